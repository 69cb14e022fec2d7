"""What the messages of a quiz show, read from the database. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from bot.actions.overtime import in_overtime
from bot.actions.standings import OwnStanding as OwnStanding
from bot.actions.standings import Ranking as Ranking
from bot.actions.standings import own_standing, ranking_of, team_table
from bot.bank.grade import Outcome
from bot.bank.question_set import SetInfo
from bot.bank.response import Picked
from bot.errors import NotFound, WrongState
from bot.ids import ChannelId, GuildId, LearnerId, RoundId, RunId, UserId
from bot.insight.distribution import Distribution, distribution
from bot.insight.run_summary import RunSummary, question_result, summarise_run
from bot.insight.standing import TeamScore
from bot.quiz.run import Round, RoundState, Run, RunMode, RunState
from bot.quiz.teams import Team
from bot.store.answers import StoredAnswer, answer_of, answers_of_round, answers_of_run, count_answers
from bot.store.learners import find_learner
from bot.store.participants import count_participants, records_of, team_sizes
from bot.store.questions import set_info
from bot.store.review_plans import plan_for
from bot.store.runs import find_round, find_run, open_live_runs, rounds_of
from bot.store.threads import ThreadKind, is_tracked, thread_for


@dataclass(frozen=True, slots=True)
class RunBoard:
    """The lobby of a live run, and later its standing; how many have joined, and come into which team."""

    run: Run
    info: SetInfo
    joined: int = 0
    teams: Mapping[Team, int] = field(default_factory=dict[Team, int])


@dataclass(frozen=True, slots=True)
class RoundBoard:
    """A question of a live run. ``spread`` is there once it is closed.

    ``overtime`` says that the class's time is over, and the result waits for those with extra time.

    ``in_thread`` says that the run is held in a thread, where Discord allows no thread for the discussion.
    """

    run: Run
    asked: Round
    info: SetInfo
    answered: int
    spread: Distribution | None
    discussion: ChannelId | None
    in_thread: bool
    overtime: bool = False


@dataclass(frozen=True, slots=True)
class SummaryBoard:
    """A run that has ended, for everybody. ``ranking`` is None in a run without a public board.

    ``dropped`` are the numbers of questions that do not count.
    """

    run: Run
    summary: RunSummary
    teams: tuple[TeamScore[Team], ...] = ()
    ranking: Ranking | None = None
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MyResult:
    """A run for one learner: the closed questions since they joined, with the answers given.

    ``notes`` say what right or wrong does not say of an answer, beside the class's answers. ``own`` is what else there
    is for one who took part. ``agreed`` says whether the learner has spaced review.
    """

    run: Run
    rounds: tuple[tuple[Round, StoredAnswer | None], ...]
    skipped: int
    notes: Mapping[RoundId, str] = field(default_factory=dict[RoundId, str])
    own: OwnStanding | None = None
    agreed: bool = False

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(1 for given in self._counting() if given is not None and given.outcome is Outcome.RIGHT)

    @property
    def questions(self) -> int:
        """How many questions count."""
        return len(self._counting())

    @property
    def answered(self) -> int:
        """How many questions that count were answered."""
        return sum(1 for given in self._counting() if given is not None)

    @property
    def missed(self) -> int:
        """How many answers were not right."""
        return self.answered - self.right

    def _counting(self) -> list[StoredAnswer | None]:
        return [given for asked, given in self.rounds if not asked.dropped]


def run_board(db: Database, *, run_id: RunId) -> RunBoard | None:
    """What the run's first message shows, or None."""
    run = find_run(db, run_id)
    if run is None:
        return None
    return RunBoard(run, set_info(db, run.set_id), count_participants(db, run_id), team_sizes(db, run_id))


def round_board(db: Database, *, round_id: RoundId) -> RoundBoard | None:
    """What a question's message shows, or None."""
    asked = find_round(db, round_id)
    run = None if asked is None else find_run(db, asked.run_id)
    if asked is None or run is None:
        return None
    spread = None
    if asked.state is RoundState.CLOSED:
        answers = answers_of_round(db, round_id)
        spread = distribution(
            asked.item, [(given.response, given.outcome) for given in answers], asked.option_order
        ).with_right(_accepted_options(asked))
    return RoundBoard(
        run=run,
        asked=asked,
        info=set_info(db, run.set_id),
        answered=count_answers(db, round_id),
        spread=spread,
        discussion=thread_for(db, ThreadKind.DISCUSSION, round_id),
        in_thread=run.channel_id is not None and is_tracked(db, run.channel_id),
        overtime=asked.state is RoundState.OPEN and in_overtime(db, asked),
    )


def summary_board(db: Database, *, run_id: RunId) -> SummaryBoard | None:
    """What the message at the end of a run shows, or None."""
    run = find_run(db, run_id)
    if run is None:
        return None
    by_round: dict[RoundId, list[StoredAnswer]] = {}
    for given in answers_of_run(db, run_id):
        by_round.setdefault(given.round_id, []).append(given)
    finished = [asked for asked in rounds_of(db, run_id) if asked.state is RoundState.CLOSED]
    closed = [asked for asked in finished if not asked.dropped]
    results = [
        question_result(
            asked.position + 1,
            asked.item.prompt,
            [given.outcome for given in by_round.get(asked.round_id, [])],
        )
        for asked in closed
    ]
    people = {given.user_id for asked in closed for given in by_round.get(asked.round_id, [])}
    records = records_of(db, run_id) if run.options.teams or run.options.board else []
    return SummaryBoard(
        run,
        summarise_run(results, len(people)),
        team_table(run, records),
        ranking_of(run, records, len(closed)),
        tuple(asked.position + 1 for asked in finished if asked.dropped),
    )


def my_result(db: Database, *, guild_id: GuildId, run_id: RunId, user_id: UserId) -> MyResult:
    """A learner's own result of a live run. Raises ``NotFound``, or ``WrongState`` before its end."""
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id or run.mode is not RunMode.LIVE:
        raise NotFound("quiz")
    if run.state is not RunState.ENDED:
        raise WrongState("quiz", "still running")
    learner_id = find_learner(db, guild_id, user_id)
    rounds = rounds_of(db, run_id)
    closed = [asked for asked in rounds if asked.state is RoundState.CLOSED]
    own = (
        None
        if learner_id is None
        else own_standing(db, run, learner_id, sum(not asked.dropped for asked in closed))
    )
    since = 0 if own is None else own.participant.joined_position
    skipped = sum(1 for asked in rounds if asked.state is RoundState.SKIPPED)
    answered = tuple((asked, _given(db, asked, learner_id)) for asked in closed if asked.position >= since)
    notes = {
        asked.round_id: note for asked, given in answered if (note := _note(db, asked, given)) is not None
    }
    agreed = plan_for(db, guild_id, user_id) is not None
    return MyResult(run, answered, skipped, notes, own, agreed)


def _note(db: Database, asked: Round, given: StoredAnswer | None) -> str | None:
    # The class's answers are read only for the kinds that have something to say.
    if given is None or asked.item.own_note(given.response) is None:
        return None
    everybody = [answer.response for answer in answers_of_round(db, asked.round_id)]
    return asked.item.own_note(given.response, everybody)


def live_runs(db: Database, *, guild_id: GuildId) -> list[Run]:
    """The server's live runs that have not ended, the newest first."""
    return open_live_runs(db, guild_id)


def _accepted_options(asked: Round) -> frozenset[int | None]:
    return frozenset(each.option for each in asked.rulings.also_right if isinstance(each, Picked))


def _given(db: Database, asked: Round, learner_id: LearnerId | None) -> StoredAnswer | None:
    return None if learner_id is None else answer_of(db, asked.round_id, learner_id)
