"""What the messages of a quiz show, read from the database. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from bot.actions.overtime import in_overtime
from bot.actions.standings import OwnStanding as OwnStanding
from bot.actions.standings import Ranking as Ranking
from bot.actions.standings import own_standing, ranking_of, team_table
from bot.actions.threads import discussion_of
from bot.bank.grade import Outcome
from bot.bank.question_set import SetInfo
from bot.bank.response import Picked
from bot.errors import NotFound, WrongState
from bot.ids import ChannelId, GuildId, LearnerId, RoundId, RunId, UserId
from bot.insight.certainty import Calibration, calibration
from bot.insight.distribution import Distribution, distribution
from bot.insight.run_summary import QuestionResult, RunSummary, question_result, summarise_run
from bot.insight.shift import Shift, measure_shift
from bot.insight.standing import TeamScore
from bot.quiz.run import Round, RoundState, Run, RunMode, RunState
from bot.quiz.teams import Team
from bot.quiz.votes import Votes, by_question, counting, last_cast
from bot.store.answers import StoredAnswer, answer_of, answers_of_round, answers_of_run, count_answers
from bot.store.learners import find_learner
from bot.store.participants import count_participants, records_of, team_sizes
from bot.store.questions import set_info
from bot.store.review_plans import plan_for
from bot.store.runs import find_round, find_run, open_live_runs, rounds_of, votes_at
from bot.store.threads import is_tracked


@dataclass(frozen=True, slots=True)
class RunBoard:
    """The lobby of a live run, and later its standing; how many have joined, and come into which team."""

    run: Run
    info: SetInfo
    joined: int = 0
    teams: Mapping[Team, int] = field(default_factory=dict[Team, int])


@dataclass(frozen=True, slots=True)
class RoundBoard:
    """One vote on a question of a live run. ``spread`` is there once it is closed.

    ``overtime`` says that the class's time is over, and the result waits for those with extra time.

    ``in_thread`` says that the run is held in a thread, where Discord allows no thread for the discussion. With a
    first vote goes the state of the ``second`` one, where there is one. With a second vote that is closed go
    ``first``, how the answers to the first one were spread, and ``shift``, what changed from one to the other.
    """

    run: Run
    asked: Round
    info: SetInfo
    answered: int
    spread: Distribution | None
    discussion: ChannelId | None
    in_thread: bool
    overtime: bool = False
    second: RoundState | None = None
    first: Distribution | None = None
    shift: Shift | None = None


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
    """A run for one learner: the questions since they joined that are done with, each with the answer that counts.

    ``notes`` say what right or wrong does not say of an answer, beside the class's answers. ``own`` is what else there
    is for one who took part. ``agreed`` says whether the learner has spaced review. Where a question was voted on
    twice the latest answer counts; ``first`` holds those to the first vote on such questions, by place.
    """

    run: Run
    rounds: tuple[tuple[Round, StoredAnswer | None], ...]
    skipped: int
    notes: Mapping[RoundId, str] = field(default_factory=dict[RoundId, str])
    own: OwnStanding | None = None
    agreed: bool = False
    first: Mapping[int, StoredAnswer] = field(default_factory=dict[int, StoredAnswer])

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(1 for given in self._counting() if given is not None and given.outcome is Outcome.RIGHT)

    @property
    def questions(self) -> int:
        """How many questions count."""
        return len(self._counting())

    @property
    def sureness(self) -> Calibration:
        """What the answers say that came with how sure the learner was of them."""
        return calibration(
            (answer.certainty, answer.fraction)
            for answer in self._counting()
            if answer is not None and answer.certainty is not None
        )

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
    closed = asked.state is RoundState.CLOSED
    votes = votes_at(db, asked.run_id, asked.position)
    before = votes[0] if closed and asked.vote > 1 else None
    return RoundBoard(
        run=run,
        asked=asked,
        info=set_info(db, run.set_id),
        answered=count_answers(db, round_id),
        spread=_spread(db, asked) if closed else None,
        discussion=discussion_of(db, asked),
        in_thread=run.channel_id is not None and is_tracked(db, run.channel_id),
        overtime=asked.state is RoundState.OPEN and in_overtime(db, asked),
        second=votes[-1].state if votes[-1].vote > asked.vote else None,
        first=None if before is None else _spread(db, before),
        shift=None if before is None else measure_shift(_right(db, before), _right(db, asked)),
    )


def _spread(db: Database, asked: Round) -> Distribution:
    answers = answers_of_round(db, asked.round_id)
    marked = [(given.response, given.outcome) for given in answers]
    return distribution(asked.item, marked, asked.option_order).with_right(_accepted_options(asked))


def _right(db: Database, asked: Round) -> dict[UserId, bool]:
    """Who answered, and whether rightly."""
    answers = answers_of_round(db, asked.round_id)
    return {given.user_id: given.outcome is Outcome.RIGHT for given in answers}


def summary_board(db: Database, *, run_id: RunId) -> SummaryBoard | None:
    """What the message at the end of a run shows, or None."""
    run = find_run(db, run_id)
    if run is None:
        return None
    by_round: dict[RoundId, list[StoredAnswer]] = {}
    for given in answers_of_run(db, run_id):
        by_round.setdefault(given.round_id, []).append(given)
    finished = _done_with(rounds_of(db, run_id))
    done = [votes for votes in finished if not votes[0].dropped]
    results = [_question_result(votes, by_round) for votes in done]
    people = {given.user_id for votes in done for vote in votes for given in by_round.get(vote.round_id, [])}
    records = records_of(db, run_id) if run.options.teams or run.options.board else []
    return SummaryBoard(
        run,
        summarise_run(results, len(people)),
        team_table(run, records),
        ranking_of(run, records, len(done)),
        tuple(votes[0].position + 1 for votes in finished if votes[0].dropped),
    )


def _done_with(rounds: list[Round]) -> list[Votes]:
    """The questions that have a result, each with its votes that count; a vote that nobody took part in may not."""
    closed = [asked for asked in rounds if asked.state is RoundState.CLOSED]
    return by_question(closed)


def _question_result(votes: Votes, by_round: Mapping[RoundId, list[StoredAnswer]]) -> QuestionResult:
    vote, answers = last_cast(votes, by_round)
    before = None if vote is votes[0] else [each.outcome for each in by_round.get(votes[0].round_id, [])]
    return question_result(
        vote.position + 1, vote.item.prompt, [given.outcome for given in answers], before=before
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
    given = {
        asked.round_id: answer for asked in rounds if (answer := _given(db, asked, learner_id)) is not None
    }
    done = _done_with(rounds)
    counted = sum(not votes[0].dropped for votes in done)
    own = None if learner_id is None else own_standing(db, run, learner_id, counted)
    since = 0 if own is None else own.participant.joined_position
    done = [votes for votes in done if votes[0].position >= since]
    answered = tuple(counting(votes, given) for votes in done)
    skipped = sum(all(vote.state is RoundState.SKIPPED for vote in votes) for votes in by_question(rounds))
    notes = {
        asked.round_id: note for asked, given in answered if (note := _note(db, asked, given)) is not None
    }
    agreed = plan_for(db, guild_id, user_id) is not None
    return MyResult(run, answered, skipped, notes, own, agreed, _first_answers(done, given))


def _first_answers(done: list[Votes], given: Mapping[RoundId, StoredAnswer]) -> dict[int, StoredAnswer]:
    """A learner's answers to the first vote, by place, where a question that counts was voted on twice."""
    return {
        votes[0].position: given[votes[0].round_id]
        for votes in done
        if len(votes) > 1 and votes[0].round_id in given and not votes[0].dropped
    }


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
