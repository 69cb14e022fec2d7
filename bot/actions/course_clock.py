"""What time does to a live quiz: questions that are posted and run out, discussions that end, runs left waiting.

What is not due (any more) is left alone.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.course import close_question, course_of, open_next, show_result
from bot.actions.ending import close_if_open, take_last_step
from bot.actions.live_run import current_round
from bot.actions.overtime import goes_into_overtime
from bot.actions.votes import is_timed, open_second_vote
from bot.ids import RunId
from bot.quiz.pacing import GRACE, SLOWEST_POST, waited_too_long
from bot.quiz.run import Pace, Round, RoundState, Run, RunState
from bot.store.runs import find_run, set_due, set_round


def tick_run(db: Database, *, run_id: RunId, at: datetime) -> None:
    """Do what is due for a run: close the question, open the next one, or end a run left waiting.

    Does nothing when the run is not due (any more).
    """
    run = find_run(db, run_id)
    if run is None or run.due_at is None or run.due_at > at:
        return
    match run.state:
        case RunState.ASKING:
            if not goes_into_overtime(db, run, current_round(db, run), at):
                close_question(db, run, at)
        case RunState.DISCUSSING:
            _end_discussion(db, run, at)
        case RunState.REVEALING if run.pace is Pace.AUTO:
            open_next(db, run, at)
        case RunState.LOBBY | RunState.REVEALING | RunState.PAUSED:
            close_if_open(db, run, at)
            take_last_step(db, run, waited_too_long(course_of(run), run.state), at)
        case RunState.ENDED:
            set_due(db, run.run_id, None)


def question_posted(db: Database, asked: Round, *, posted_at: datetime, at: datetime) -> None:
    """Start the clock of a question: the class sees it since ``posted_at`` (Discord's clock).

    Answers are judged by Discord's clock; the run is due by this machine's clock ``at``, so that neither
    a slow post nor a wrong clock takes time from the class.
    """
    run = find_run(db, asked.run_id)
    if run is None or run.time_limit is None or asked.opened_at is not None:
        return
    if asked.state is RoundState.OPEN and run.state is RunState.ASKING:
        # A post that a crash cut short is found again, minutes old: the class has its whole time from now on.
        opened_at = max(posted_at, at - SLOWEST_POST)
        closes_at = opened_at + run.time_limit
        set_round(db, asked.round_id, RoundState.OPEN, opened_at=opened_at, closes_at=closes_at)
        set_due(db, run.run_id, at + run.time_limit + GRACE)


def _end_discussion(db: Database, run: Run, at: datetime) -> None:
    asked = current_round(db, run)
    if is_timed(run):
        open_second_vote(db, run, at)
    elif asked is not None:  # nobody chose: the first vote counts
        show_result(db, run, asked, at)
