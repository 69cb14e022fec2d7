"""The knowledge gate of a debate: a few questions from the bank that one tries, with feedback, before one has a side.

It is passed by trying: what counts is that one knows afterwards what the bank knows, not how one scored.
"""

import random
from collections.abc import Container, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.actions.caucuses import keep_caucuses
from bot.actions.debate_sides import sides_all_the_same
from bot.actions.debates import debate_of, going_on
from bot.actions.open_live import shuffled
from bot.actions.own_runs import OwnStep, create_own_run, end_own, next_step, pass_over
from bot.bank.kinds.claim import Claim
from bot.debate.debate import Debate
from bot.debate.formats import Stage
from bot.debate.gate import gate_questions
from bot.errors import NotFound, WrongState
from bot.ids import DebateId, GuildId, ItemId, RevisionId, RunId, UserId
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import NO_OPTIONS
from bot.quiz.run import EndReason, Round, RoundState, RunMode, RunState
from bot.store.assignments import held_back_items
from bot.store.debaters import debater_of, debaters_of, set_gate_run
from bot.store.learners import learner_for
from bot.store.questions import StoredItem, items_of, set_of_revision
from bot.store.rulings import dropped_revisions
from bot.store.runs import find_run, held_back_rounds, rounds_of


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

    Everybody gets the same questions, but for those that may not be asked any more, in whose place others come. Where
    none may be asked, one is through without. Raises ``NotFound`` for one who has not joined, or if there is no gate.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is None or not me.takes_part:
        raise NotFound("place in this debate")
    if me.gate_run_id is not None and not _begins_anew(db, me.gate_run_id, at):
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=me.gate_run_id, at=at, resumed=True)
    if debate.claim is None or debate.revision_id is None or not debate.options.gate:
        raise NotFound("knowledge gate")
    questions = _questions(db, debate, debate.claim, debate.revision_id, at)
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


def let_through_gate(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> Debate:
    """Give a side to all who are still at the gate, without asking them anything more. Harmless when repeated.

    Those who come later are asked as before. Raises ``WrongState`` while people join: then they can still try, and all
    are given their sides at once.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    if debate.stage is Stage.JOINING:
        raise WrongState("debate", "still at joining", "Sides are given when joining ends.")
    sides_all_the_same(db, debate)
    keep_caucuses(db, debate)
    return debate


def _begins_anew(db: Database, run_id: RunId, at: datetime) -> bool:
    """Whether somebody left the questions half way, or nothing that they were to be asked may be asked any more.

    Else the gate would stay shut, or open without a question.
    """
    run = find_run(db, run_id)
    if run is None:
        return True
    if run.state is RunState.ENDED:
        return run.end_reason is not EndReason.FINISHED
    pass_over(db, run, at)
    nothing_asked = all(each.state is RoundState.SKIPPED for each in rounds_of(db, run_id))
    if nothing_asked:
        end_own(db, run, EndReason.STOPPED, at)
    return nothing_asked


def drawable(
    db: Database,
    guild_id: GuildId,
    claim: Claim,
    revision_id: RevisionId,
    count: int,
    rng: random.Random,
    *,
    held: Container[ItemId] = (),
    beside: Sequence[Round] = (),
) -> list[StoredItem]:
    """So many questions on a claim's topics, those ``beside`` them among these; fewer if there are not more.

    None that the server has dropped or that is ``held`` back: each answer is followed by the right one.
    """
    dropped = dropped_revisions(db, guild_id)
    free = [
        each
        for each in items_of(db, set_of_revision(db, revision_id))
        if each.revision_id not in dropped and each.item_id not in held
    ]
    return gate_questions(claim, free, count, rng, beside=beside)


def _questions(
    db: Database, debate: Debate, claim: Claim, revision_id: RevisionId, at: datetime
) -> list[Round | StoredItem]:
    """What others have been asked at this gate (the bank may have changed since), as far as it may be asked still.

    What may not be asked any more, because it was dropped or an open assignment holds it back, is replaced.
    """
    held = held_back_items(db, debate.guild_id, at)
    runs = sorted(
        each.gate_run_id for each in debaters_of(db, debate.debate_id) if each.gate_run_id is not None
    )
    first_asked = next(((run_id, asked) for run_id in runs if (asked := rounds_of(db, run_id))), None)
    before: list[Round] = []
    if first_asked is not None:
        run_id, asked = first_asked
        held_rounds = held_back_rounds(db, run_id, held)
        before = [each for each in asked if not each.dropped and each.round_id not in held_rounds]
    count, rng = debate.options.gate, random.Random(debate.seed)
    more = drawable(db, debate.guild_id, claim, revision_id, count, rng, held=held, beside=before)
    return [*before, *more]
