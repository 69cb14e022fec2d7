"""The knowledge gate of a debate: a few questions from the bank that one tries, with feedback, before one has a side.

It is passed by trying: what counts is that one knows afterwards what the bank knows, not how one scored.
"""

import random
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debates import debate_of, going_on
from bot.actions.open_live import shuffled
from bot.actions.own_runs import OwnStep, create_own_run, next_step
from bot.debate.debate import Debate
from bot.debate.gate import gate_questions
from bot.errors import NotFound
from bot.ids import DebateId, GuildId, UserId
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import NO_OPTIONS
from bot.quiz.run import RunMode
from bot.store.debaters import debater_of, set_gate_run
from bot.store.learners import learner_for
from bot.store.questions import StoredItem, items_of, set_of_revision
from bot.store.rulings import dropped_revisions


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

    Everybody gets the same questions. Raises ``NotFound`` for one who has not joined, or where there is no gate.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is None or not me.takes_part:
        raise NotFound("place in this debate")
    if me.gate_run_id is not None:
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=me.gate_run_id, at=at, resumed=True)
    questions = questions_of_gate(db, debate)
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


def questions_of_gate(db: Database, debate: Debate) -> list[StoredItem]:
    """The questions of a debate's gate; none for a motion that was typed."""
    if debate.claim is None or debate.revision_id is None or not debate.options.gate:
        return []
    dropped = dropped_revisions(db, debate.guild_id)
    items = [
        stored
        for stored in items_of(db, set_of_revision(db, debate.revision_id))
        if stored.revision_id not in dropped
    ]
    return gate_questions(debate.claim, items, debate.options.gate, random.Random(debate.seed))
