"""What the publisher tells the database: a message was posted, deleted, or cannot be posted."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.course import hold
from bot.actions.course_clock import question_posted
from bot.actions.reminding import reminder_unsent
from bot.actions.schedule import next_due_moment
from bot.debate.debate import Debate, DebateState
from bot.debate.opinion import Opinion, OpinionState
from bot.ids import (
    ArgumentId,
    AssignmentId,
    BoardId,
    CitationId,
    DebateId,
    LearnerId,
    MessageId,
    OpinionId,
    RestatementId,
    RoundId,
    RunId,
    StageId,
    StatementId,
    UserId,
)
from bot.quiz.assignment import Assignment
from bot.quiz.run import PauseReason, Round, RoundState, Run, RunState
from bot.store.arguments import find_argument
from bot.store.assignments import find_assignment
from bot.store.boards import (
    MESSAGE_DELETED,
    ask_again,
    board_ids_behind,
    board_of_message,
    boards_behind,
    find_board,
    lost_boards,
    mark_lost,
    mark_shown,
    retry_boards,
)
from bot.store.boards import Board as Board
from bot.store.boards import BoardKind as BoardKind
from bot.store.caucuses import any_caucus_waits
from bot.store.debates import (
    find_debate,
    find_stage,
)
from bot.store.evidence import find_citation
from bot.store.notices import Notice as Notice
from bot.store.notices import NoticeKind as NoticeKind
from bot.store.notices import add_notice, any_notice_waits, find_notice, notice_done, waiting_notices
from bot.store.opinions import find_opinion, find_statement
from bot.store.restatements import find_restatement
from bot.store.runs import find_round, find_run
from bot.store.thread_wishes import any_wish_waits

MOST_REPOSTS = 3
"""A message that somebody keeps deleting is posted so many times again, and then left."""


def waiting_boards(db: Database) -> list[Board]:
    """The public messages that do not show the newest state yet."""
    return boards_behind(db)


def unsent_notices(db: Database) -> list[Notice]:
    """The private notices that have not been sent yet."""
    return waiting_notices(db)


def notice_settled(db: Database, *, notice_id: int, sent: bool, at: datetime) -> None:
    """Note that a notice was sent, or could not be. Reminders that do not arrive are switched off."""
    notice = find_notice(db, notice_id)
    if notice is not None and notice.kind is NoticeKind.REVIEW_DUE and not sent:
        reminder_unsent(db, LearnerId(notice.subject_id), at)
    notice_done(db, notice_id, sent=sent, at=at)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What waits to be done after a commit: when something is due, which boards to show, and whether there are notices
    to send or threads to keep."""

    due_at: datetime | None
    boards: tuple[BoardId, ...]
    notices: bool
    threads: bool = False


def pulse(db: Database) -> Pulse:
    """What waits to be done. Quick: a few look-ups in small indexes, after every batch of actions."""
    threads = any_wish_waits(db) or any_caucus_waits(db)
    return Pulse(next_due_moment(db), board_ids_behind(db), any_notice_waits(db), threads)


def board_shown(
    db: Database,
    *,
    board_id: BoardId,
    revision: int,
    message_id: MessageId,
    posted_at: datetime,
    at: datetime,
) -> None:
    """Note that a message shows a revision. A question's clock starts when it is first seen."""
    board = find_board(db, board_id)
    if board is None:
        return
    mark_shown(db, board_id, revision, message_id)
    if board.message_id is None:  # the channel takes messages: those that it refused before go out too
        retry_boards(db, board.channel_id, MOST_REPOSTS)
    if board.kind is BoardKind.ROUND:
        asked = find_round(db, RoundId(board.subject_id))
        if asked is not None:
            question_posted(db, asked, posted_at=posted_at, at=at)


def message_missing(db: Database, *, board_id: BoardId) -> None:
    """A board's message was deleted: post it again if it still matters, otherwise leave it."""
    board = find_board(db, board_id)
    if board is None:
        return
    if board.reposts < MOST_REPOSTS and _still_needed(db, board):
        ask_again(db, board_id)
    else:
        mark_lost(db, board_id, MESSAGE_DELETED)


def board_message_deleted(db: Database, *, message_id: MessageId) -> bool:
    """Somebody deleted a message; gives whether it was a board's."""
    board = board_of_message(db, message_id)
    if board is None:
        return False
    message_missing(db, board_id=board.board_id)
    return True


def cannot_post(
    db: Database, *, board_id: BoardId, missing: str, at: datetime, of_itself: bool = False
) -> None:
    """A board cannot be shown: hold its quiz and tell the host, once for all the boards that lack the same.

    ``missing`` says what the bot is lacking, in words. ``of_itself``: the message was refused for what it is, not
    for where it goes. Then a message that stands already and that nobody waits for is just left as it is.
    """
    board = find_board(db, board_id)
    if board is None:
        return
    if of_itself and board.message_id is not None and not _is_current_round(db, board):
        mark_lost(db, board_id, missing)
        return
    subject = _subject(db, board)
    told = any(_subject(db, lost) == subject for lost in lost_boards(db, board.channel_id, missing))
    mark_lost(db, board_id, missing)
    if isinstance(subject, Run) and subject.state not in (RunState.PAUSED, RunState.ENDED):
        hold(db, subject, PauseReason.CANNOT_POST, at)
    if subject is not None and not told:
        _tell_of_missing(db, subject, missing, at)


def _is_current_round(db: Database, board: Board) -> bool:
    if board.kind is not BoardKind.ROUND:
        return False
    asked = find_round(db, RoundId(board.subject_id))
    run = None if asked is None else find_run(db, asked.run_id)
    return asked is not None and run is not None and _is_current(run, asked)


def _is_current(run: Run, asked: Round) -> bool:
    return (run.position, run.vote) == (asked.position, asked.vote)


def _tell_of_missing(
    db: Database, subject: Run | Assignment | Debate | Opinion, missing: str, at: datetime
) -> None:
    match subject:
        case Run():
            over = subject.state is RunState.ENDED
            kind = NoticeKind.RUN_NOT_SHOWN if over else NoticeKind.RUN_CANNOT_POST
            _tell_host(db, subject, kind, missing, at)
        case Assignment(guild_id=guild_id, set_by=who, assignment_id=subject_id):
            add_notice(db, guild_id, who, NoticeKind.ASSIGNMENT_CANNOT_POST, subject_id, missing, at)
        case Debate(guild_id=guild_id, opened_by=who, debate_id=subject_id):
            add_notice(db, guild_id, who, NoticeKind.DEBATE_CANNOT_POST, subject_id, missing, at)
        case Opinion(guild_id=guild_id, opened_by=who, opinion_id=subject_id):
            add_notice(db, guild_id, who, NoticeKind.OPINION_CANNOT_POST, subject_id, missing, at)


def _tell_host(db: Database, run: Run, kind: NoticeKind, detail: str, at: datetime) -> None:
    add_notice(db, run.guild_id, UserId(run.owner_id), kind, run.run_id, detail, at)


def _subject(db: Database, board: Board) -> Run | Assignment | Debate | Opinion | None:
    """What the board belongs to: whoever began that is told when it cannot be shown."""
    match board.kind:
        case BoardKind.RUN | BoardKind.SUMMARY:
            return find_run(db, RunId(board.subject_id))
        case BoardKind.ROUND | BoardKind.PAUSE:
            asked = find_round(db, RoundId(board.subject_id))
            return None if asked is None else find_run(db, asked.run_id)
        case BoardKind.ASSIGNMENT:
            return find_assignment(db, AssignmentId(board.subject_id))
        case BoardKind.MOTION | BoardKind.CASES | BoardKind.OUTCOME | BoardKind.MAP | BoardKind.STATEMENT:
            return find_debate(db, DebateId(board.subject_id))
        case BoardKind.RESTATEMENT:
            restatement = find_restatement(db, RestatementId(board.subject_id))
            argument = None if restatement is None else find_argument(db, restatement.argument_id)
            return None if argument is None else find_debate(db, argument.debate_id)
        case BoardKind.STAGE | BoardKind.REST:
            stage = find_stage(db, StageId(board.subject_id))
            return None if stage is None else find_debate(db, stage.debate_id)
        case BoardKind.ARGUMENT:
            argument = find_argument(db, ArgumentId(board.subject_id))
            return None if argument is None else find_debate(db, argument.debate_id)
        case BoardKind.OPINION | BoardKind.OPINION_MAP:
            return find_opinion(db, OpinionId(board.subject_id))
        case BoardKind.OPINION_BARS:
            found = find_statement(db, StatementId(board.subject_id))
            return None if found is None else find_opinion(db, found[0])
        case BoardKind.CITATION:
            citation = find_citation(db, CitationId(board.subject_id))
            debate_id = None if citation is None else citation.debate_id
            return None if debate_id is None else find_debate(db, debate_id)


def _still_needed(db: Database, board: Board) -> bool:
    match board.kind:
        case BoardKind.ROUND:
            asked = find_round(db, RoundId(board.subject_id))
            run = None if asked is None else find_run(db, asked.run_id)
            if asked is None or run is None:
                return False
            # The newest result carries the host's button for the next question; what is discussed, those for a vote.
            on_show = run.state is RunState.REVEALING or asked.state is RoundState.HIDDEN
            return (on_show and _is_current(run, asked)) or asked.state in (RoundState.OPEN, RoundState.HELD)
        case BoardKind.RUN | BoardKind.PAUSE:
            run = _subject(db, board)
            return isinstance(run, Run) and run.state in (RunState.LOBBY, RunState.PAUSED)
        case BoardKind.SUMMARY | BoardKind.OUTCOME:
            return True
        case BoardKind.ASSIGNMENT:
            assignment = _subject(db, board)
            return isinstance(assignment, Assignment) and assignment.closed_at is None
        case BoardKind.MOTION:
            debate = find_debate(db, DebateId(board.subject_id))
            return debate is not None and debate.state is not DebateState.CLOSED
        case BoardKind.OPINION:
            opinion = _subject(db, board)
            return isinstance(opinion, Opinion) and opinion.state is OpinionState.OPEN
        case BoardKind.CASES | BoardKind.CITATION:
            return False
        case BoardKind.REST:
            debate = _subject(db, board)
            return isinstance(debate, Debate) and debate.state is DebateState.PAUSED
        case BoardKind.ARGUMENT | BoardKind.RESTATEMENT:
            return False  # whoever deletes one hides it: see ``hiding``
        case BoardKind.OPINION_BARS | BoardKind.OPINION_MAP:
            return False
        case BoardKind.STAGE:
            stage = find_stage(db, StageId(board.subject_id))
            return stage is not None and stage.ended_at is None
        case BoardKind.MAP | BoardKind.STATEMENT:
            return _goes_on(_subject(db, board))


def _goes_on(subject: Run | Assignment | Debate | Opinion | None) -> bool:
    return isinstance(subject, Debate) and subject.state is not DebateState.CLOSED
