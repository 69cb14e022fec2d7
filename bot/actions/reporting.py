"""A learner reports that something is wrong with a question."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.own_runs import shown_now
from bot.debate.prose import read_prose
from bot.errors import NotAllowed, NotFound
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, UserId
from bot.quiz.run import Round, RoundState, RunMode
from bot.store.answers import StoredAnswer, answer_of
from bot.store.learners import find_learner, learner_for
from bot.store.reports import report_text, save_report
from bot.store.runs import find_round, find_run

LONGEST_REPORT = 1_000


@dataclass(frozen=True, slots=True)
class Reportable:
    """A question that may be reported, with what this learner has reported of it already."""

    asked: Round
    text: str | None


def question_to_report(
    db: Database, *, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime
) -> Reportable:
    """What the form for a report shows. Changes nothing.

    Only those may report who may see the answer. Raises ``NotFound`` or ``NotAllowed``.
    """
    learner_id = find_learner(db, guild_id, user_id)
    asked, _ = _seen_round(db, guild_id, round_id, user_id, learner_id, at)
    return Reportable(asked, None if learner_id is None else report_text(db, learner_id, asked.revision_id))


def report_question(
    db: Database,
    *,
    guild_id: GuildId,
    round_id: RoundId,
    user_id: UserId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> bool:
    """Store a report with the answer that its learner gave; an earlier one of the same question is replaced.

    False if the form was delivered twice or late, which changes nothing. Raises ``Invalid`` for an empty or
    too long text, and as ``question_to_report`` does.
    """
    learner_id = learner_for(db, guild_id, user_id, at)
    asked, given = _seen_round(db, guild_id, round_id, user_id, learner_id, at)
    said = read_prose("report", text, LONGEST_REPORT, "Say in a few words what is wrong.")
    return save_report(
        db,
        guild_id=guild_id,
        revision_id=asked.revision_id,
        round_id=round_id,
        learner_id=learner_id,
        response=None if given is None else given.response,
        text=said,
        interaction_id=interaction_id,
        at=at,
    )


def _seen_round(
    db: Database,
    guild_id: GuildId,
    round_id: RoundId,
    user_id: UserId,
    learner_id: LearnerId | None,
    at: datetime,
) -> tuple[Round, StoredAnswer | None]:
    asked = find_round(db, round_id)
    run = None if asked is None else find_run(db, asked.run_id)
    if asked is None or run is None or asked.guild_id != guild_id:
        raise NotFound("question")
    given = None if learner_id is None else answer_of(db, round_id, learner_id)
    if asked.mode is not RunMode.LIVE:
        if run.owner_id != user_id:
            raise NotAllowed("report from this private quiz", "the learner who began it")
        if given is None or not shown_now(run, at).answers:
            raise NotFound("result of this question")
    if asked.state is not RoundState.CLOSED:
        raise NotFound("result of this question")
    return asked, given
