"""An instructor plans a debate: checks and a preview first, then it is opened in a thread."""

import json
import random
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debate_gate import drawable
from bot.actions.debates import debatable
from bot.bank import limits
from bot.bank.fault import Fault
from bot.bank.kinds.claim import Claim
from bot.bank.lint.framing import framing_faults
from bot.debate.formats import Format, Timetable, timetable
from bot.debate.options import DebateOptions
from bot.debate.prose import read_prose
from bot.debate.timetable import LONGEST_LENGTH, SHORTEST_LENGTH
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, DebateId, GuildId, ItemId, PlanId, RevisionId, UserId
from bot.store.assignments import held_back_items
from bot.store.debate_plans import (
    StoredPlan,
    add_plan,
    delete_plan,
    drop_old_plans,
    find_plan,
    set_opening,
    set_plan_thread,
)

OPENING_TAKES = timedelta(minutes=1)
"""After so long a claimed plan is free again: the process that opened it may have ended on the way."""

PLAN_LIFETIME = timedelta(days=30)
"""A plan that nobody opens is forgotten after so long."""


class DebatePlan(BaseModel):
    """What an instructor asks for: a claim by its revision, or a motion in words; stored as JSON until it is opened.

    ``minutes`` is the length of a main stage; None: the instructor goes on by hand.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    revision_id: int | None = None
    motion: str | None = None
    format: Format = Format.OXFORD
    minutes: int | None = 10
    options: DebateOptions = DebateOptions()

    @property
    def timetable(self) -> Timetable:
        """The stages with their lengths."""
        return timetable(self.format, None if self.minutes is None else timedelta(minutes=self.minutes))


@dataclass(frozen=True, slots=True)
class DebatePreview:
    """A planned debate before anybody else sees it. ``warnings`` are what the linter finds in a typed motion.

    ``askable`` is how many questions the knowledge gate could ask now: fewer than are planned where an open assignment
    holds others back.
    """

    plan_id: PlanId
    plan: DebatePlan
    motion: str
    claim: Claim | None
    channel_id: ChannelId
    warnings: tuple[Fault, ...]
    debate_id: DebateId | None = None
    askable: int = 0


def plan_debate(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    channel_id: ChannelId,
    plan: DebatePlan,
    at: datetime,
) -> DebatePreview:
    """Check a plan and keep it until it is opened; old ones of the server are forgotten.

    Raises ``NotFound`` or ``Invalid``.
    """
    _check(plan)
    drop_old_plans(db, guild_id, at - PLAN_LIFETIME)
    if plan.motion is not None:
        remedy = f"Write one sentence of at most {limits.MOTION} characters."
        plan = plan.model_copy(
            update={"motion": read_prose("motion", " ".join(plan.motion.split()), limits.MOTION, remedy)}
        )
    if plan.revision_id is not None:
        claim = debatable(db, guild_id=guild_id, revision_id=RevisionId(plan.revision_id))
        _check_gate(db, guild_id, RevisionId(plan.revision_id), claim, plan.options.gate)
    plan_id = add_plan(db, guild_id, user_id, channel_id, plan.model_dump_json(), at)
    return planned_debate(db, guild_id=guild_id, plan_id=plan_id, at=at)


def planned_debate(db: Database, *, guild_id: GuildId, plan_id: PlanId, at: datetime) -> DebatePreview:
    """A plan that was kept. Raises ``NotFound``."""
    stored = _stored(db, guild_id, plan_id)
    plan = DebatePlan.model_validate(json.loads(stored.content))
    claim, askable = None, 0
    if plan.revision_id is not None:
        revision_id = RevisionId(plan.revision_id)
        claim = debatable(db, guild_id=guild_id, revision_id=revision_id)
        held = held_back_items(db, guild_id, at)
        askable = _count(db, guild_id, revision_id, claim, plan.options.gate, held)
    motion = plan.motion or "" if claim is None else claim.motion
    return DebatePreview(
        plan_id=plan_id,
        plan=plan,
        motion=motion,
        claim=claim,
        channel_id=stored.channel_id,
        warnings=() if claim is not None else tuple(framing_faults(motion)),
        debate_id=stored.debate_id,
        askable=askable,
    )


def debate_of_plan(db: Database, *, guild_id: GuildId, plan_id: PlanId) -> DebateId | None:
    """The debate that a plan has become, or None. Raises ``NotFound``."""
    return _stored(db, guild_id, plan_id).debate_id


@dataclass(frozen=True, slots=True)
class Opening:
    """A claim on a plan since a moment, which tells it from others; and the thread of one that was cut short.

    Nothing came into that thread: whoever has the claim takes it away.
    """

    claimed_at: datetime
    cut_short: ChannelId | None


def begin_opening(db: Database, *, guild_id: GuildId, plan_id: PlanId, at: datetime) -> Opening:
    """Claim a plan before its thread is made, so that two presses at once do not make two threads.

    Raises ``NotFound``, or ``WrongState`` for one that is open or is being opened.
    """
    stored = _stored(db, guild_id, plan_id)
    if stored.debate_id is not None:
        raise WrongState("debate", "open already")
    if stored.opening_at is not None and at - stored.opening_at < OPENING_TAKES:
        raise WrongState("debate", "being opened at this moment")
    set_opening(db, plan_id, at)
    return Opening(at, stored.thread_id)


def opening_thread_made(
    db: Database, *, guild_id: GuildId, plan_id: PlanId, claimed_at: datetime, thread_id: ChannelId
) -> None:
    """Note the thread that was made for a plan, in place of one that was taken away.

    Raises ``NotFound``, or ``WrongState`` where it took so long that another press has claimed the plan.
    """
    refuse_stale_claim(_stored(db, guild_id, plan_id), claimed_at)
    set_plan_thread(db, plan_id, thread_id)


def opening_failed(db: Database, *, guild_id: GuildId, plan_id: PlanId, claimed_at: datetime) -> None:
    """Give a claimed plan free again, at once; its thread is gone. What another press has claimed stays so.

    Raises ``NotFound``.
    """
    if _stored(db, guild_id, plan_id).opening_at == claimed_at:
        set_plan_thread(db, plan_id, None)
        set_opening(db, plan_id, None)


def refuse_stale_claim(stored: StoredPlan, claimed_at: datetime | None) -> None:
    """Raise ``WrongState`` where another press has opened the plan or, for whoever has claimed it, claimed it since."""
    if stored.debate_id is not None:
        raise WrongState("debate", "open already")
    if claimed_at is not None and stored.opening_at != claimed_at:
        raise WrongState("debate", "being opened by another press")


def discard_plan(db: Database, *, guild_id: GuildId, plan_id: PlanId) -> DebateId | None:
    """Forget a plan; gives the debate that it has become, if it did: then nothing is forgotten.

    Harmless when repeated. Raises ``NotFound`` for a plan of another server, ``WrongState`` while it is opened.
    """
    stored = find_plan(db, plan_id)
    if stored is None:
        return None
    debate_id = debate_of_plan(db, guild_id=guild_id, plan_id=plan_id)
    if debate_id is None and stored.opening_at is not None:
        raise WrongState("debate", "being opened at this moment")
    if debate_id is None:
        delete_plan(db, plan_id)
    return debate_id


def _stored(db: Database, guild_id: GuildId, plan_id: PlanId) -> StoredPlan:
    stored = find_plan(db, plan_id)
    if stored is None or stored.guild_id != guild_id:
        raise NotFound("plan of a debate")
    return stored


def _check_gate(db: Database, guild_id: GuildId, revision_id: RevisionId, claim: Claim, wanted: int) -> None:
    there = _count(db, guild_id, revision_id, claim, wanted)
    if there < wanted:
        raise Invalid(
            "knowledge gate",
            f"the bank has only {there} of {wanted} questions on this claim's topics",
            "Ask for fewer, or none, under `gate`.",
        )


def _count(
    db: Database,
    guild_id: GuildId,
    revision_id: RevisionId,
    claim: Claim,
    wanted: int,
    held: Container[ItemId] = (),
) -> int:
    """How many of the wanted questions there are for a knowledge gate, without those that are held back."""
    return len(drawable(db, guild_id, claim, revision_id, wanted, random.Random(0), held=held))


def _check(plan: DebatePlan) -> None:
    if plan.revision_id is None and plan.motion is None:
        raise Invalid(
            "command", "it names no motion", "Say what is debated: choose a `claim`, or write a `motion`."
        )
    if plan.revision_id is not None and plan.motion is not None:
        raise Invalid(
            "command",
            "it has both a `claim` and a `motion`",
            "Leave one of them out: a debate has one motion.",
        )
    if plan.options.gate and not plan.format.has_sides:
        raise Invalid(
            "knowledge gate",
            "it comes before sides, and this format has none",
            "Leave out `gate`, or choose another `format`.",
        )
    if plan.motion is not None and plan.options.gate:
        raise Invalid(
            "knowledge gate",
            "no question is linked to a motion in your own words",
            "Leave out `gate`, or use a `claim`.",
        )
    if plan.minutes is not None:
        length = timedelta(minutes=plan.minutes)
        if not SHORTEST_LENGTH <= length <= LONGEST_LENGTH:
            raise Invalid("length of a stage", "it is too short or too long", "Choose 1 minute to 30 days.")
