"""The knowledge gate of a debate: a few questions from the bank that one tries, with feedback, before one has a side.

It is passed by trying: what counts is that one knows afterwards what the bank knows, not how one scored.
"""

import random
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debates import debate_of, going_on
from bot.actions.open_live import shuffled
from bot.actions.own_runs import OwnStep, create_own_run, next_step
from bot.bank.kinds.claim import Claim
from bot.debate.debate import Debate
from bot.debate.gate import gate_questions
from bot.errors import NotFound
from bot.ids import DebateId, GuildId, RevisionId, RunId, UserId
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import NO_OPTIONS
from bot.quiz.run import EndReason, Round, RunMode, RunState
from bot.store.debaters import debater_of, debaters_of, set_gate_run
from bot.store.learners import learner_for
from bot.store.questions import StoredItem, items_of, set_of_revision
from bot.store.rulings import dropped_revisions
from bot.store.runs import find_run, rounds_of


def enter_gate(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    rng: random.Random,
    at: datetime,
) -> OwnStep:
    """Begin the questions of the gate, or go on with them; once done, how they went.

    Everybody gets the same questions, but for those that were dropped since. Raises ``NotFound`` for one who has not
    joined, or where there is no gate.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is None or not me.takes_part:
        raise NotFound("place in this debate")
    if me.gate_run_id is not None and not _was_left(db, me.gate_run_id):
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=me.gate_run_id, at=at, resumed=True)
    questions = _asked_before(db, debate) or _drawn(db, debate)
    if not questions or debate.revision_id is None:
        raise NotFound("knowledge gate")
    seed = rng.getrandbits(48)
    shuffle = random.Random(seed)
    run_id = create_own_run(
        db,
        guild_id=guild_id,
        user_id=user_id,
        mode=RunMode.GATE,
        set_id=set_of_revision(db, debate.revision_id),
        category=None,
        focus=EVERYTHING,
        options=NO_OPTIONS,
        seed=seed,
        rounds=[shuffled(stored, shuffle) for stored in questions],
        at=at,
    )
    set_gate_run(db, debate_id, learner_id, run_id)
    return next_step(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def _was_left(db: Database, run_id: RunId) -> bool:
    """Whether somebody left the questions half way: they begin anew, else the gate would stay shut."""
    run = find_run(db, run_id)
    return run is None or (run.state is RunState.ENDED and run.end_reason is not EndReason.FINISHED)


def drawable(
    db: Database, guild_id: GuildId, claim: Claim, revision_id: RevisionId, count: int, rng: random.Random
) -> list[StoredItem]:
    """So many questions on a claim's topics, none that the server has dropped; fewer if there are not more."""
    dropped = dropped_revisions(db, guild_id)
    items = items_of(db, set_of_revision(db, revision_id))
    return gate_questions(claim, [each for each in items if each.revision_id not in dropped], count, rng)


def _drawn(db: Database, debate: Debate) -> list[StoredItem]:
    """The questions of a debate's gate; none for a motion that was typed."""
    if debate.claim is None or debate.revision_id is None or not debate.options.gate:
        return []
    rng = random.Random(debate.seed)
    return drawable(db, debate.guild_id, debate.claim, debate.revision_id, debate.options.gate, rng)


def _asked_before(db: Database, debate: Debate) -> list[Round]:
    """The questions that others have been asked at this gate: the bank may have changed since.

    Those that were dropped are left out, unless none would be left: then nobody could come through any more.
    """
    runs = [each.gate_run_id for each in debaters_of(db, debate.debate_id) if each.gate_run_id is not None]
    asked = rounds_of(db, min(runs)) if runs else []
    return [each for each in asked if not each.dropped] or asked
