"""An instructor plans a debate: checks and a preview first, then it is opened in a thread."""

import json
import random
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
from bot.ids import ChannelId, DebateId, GuildId, PlanId, RevisionId, UserId
from bot.store.debate_plans import StoredPlan, add_plan, find_plan, set_opening, set_plan_thread

OPENING_TAKES = timedelta(minutes=1)
"""After so long a claimed plan is free again: the process that opened it may have ended on the way."""


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
    """A planned debate before anybody else sees it. ``warnings`` are what the linter finds in a typed motion."""

    plan_id: PlanId
    plan: DebatePlan
    motion: str
    claim: Claim | None
    channel_id: ChannelId
    warnings: tuple[Fault, ...]
    debate_id: DebateId | None = None


def plan_debate(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    channel_id: ChannelId,
    plan: DebatePlan,
    at: datetime,
) -> DebatePreview:
    """Check a plan and keep it until it is opened. Raises ``NotFound`` or ``Invalid``."""
    _check(plan)
    if plan.motion is not None:
        remedy = f"Write one sentence of at most {limits.MOTION} characters."
        plan = plan.model_copy(
            update={"motion": read_prose("motion", " ".join(plan.motion.split()), limits.MOTION, remedy)}
        )
    if plan.revision_id is not None:
        claim = debatable(db, guild_id=guild_id, revision_id=RevisionId(plan.revision_id))
        _check_gate(db, guild_id, RevisionId(plan.revision_id), claim, plan.options.gate)
    plan_id = add_plan(db, guild_id, user_id, channel_id, plan.model_dump_json(), at)
    return planned_debate(db, guild_id=guild_id, plan_id=plan_id)


def planned_debate(db: Database, *, guild_id: GuildId, plan_id: PlanId) -> DebatePreview:
    """A plan that was kept. Raises ``NotFound``."""
    stored = _stored(db, guild_id, plan_id)
    plan = DebatePlan.model_validate(json.loads(stored.content))
    claim = None
    if plan.revision_id is not None:
        claim = debatable(db, guild_id=guild_id, revision_id=RevisionId(plan.revision_id))
    motion = plan.motion or "" if claim is None else claim.motion
    return DebatePreview(
        plan_id=plan_id,
        plan=plan,
        motion=motion,
        claim=claim,
        channel_id=stored.channel_id,
        warnings=() if claim is not None else tuple(framing_faults(motion)),
        debate_id=stored.debate_id,
    )


def debate_of_plan(db: Database, *, guild_id: GuildId, plan_id: PlanId) -> DebateId | None:
    """The debate that a plan has become, or None. Raises ``NotFound``."""
    return _stored(db, guild_id, plan_id).debate_id


def begin_opening(db: Database, *, guild_id: GuildId, plan_id: PlanId, at: datetime) -> ChannelId | None:
    """Claim a plan before its thread is made, so that two presses at once do not make two threads.

    Gives the thread of an opening that was cut short, which nothing came into: the caller takes it away.
    Raises ``NotFound``, or ``WrongState`` for one that is open or is being opened.
    """
    stored = _stored(db, guild_id, plan_id)
    if stored.debate_id is not None:
        raise WrongState("debate", "open already")
    if stored.opening_at is not None and at - stored.opening_at < OPENING_TAKES:
        raise WrongState("debate", "being opened at this moment")
    set_opening(db, plan_id, at)
    return stored.thread_id


def opening_thread_made(db: Database, *, guild_id: GuildId, plan_id: PlanId, thread_id: ChannelId) -> None:
    """Note the thread that was made for a plan, in place of one that was taken away. Raises ``NotFound``."""
    _stored(db, guild_id, plan_id)
    set_plan_thread(db, plan_id, thread_id)


def opening_failed(db: Database, *, guild_id: GuildId, plan_id: PlanId) -> None:
    """Give a claimed plan free again, at once; its thread is gone. Raises ``NotFound``."""
    _stored(db, guild_id, plan_id)
    set_plan_thread(db, plan_id, None)
    set_opening(db, plan_id, None)


def _stored(db: Database, guild_id: GuildId, plan_id: PlanId) -> StoredPlan:
    stored = find_plan(db, plan_id)
    if stored is None or stored.guild_id != guild_id:
        raise NotFound("plan of a debate")
    return stored


def _check_gate(db: Database, guild_id: GuildId, revision_id: RevisionId, claim: Claim, wanted: int) -> None:
    there = len(drawable(db, guild_id, claim, revision_id, wanted, random.Random(0)))
    if there < wanted:
        raise Invalid(
            "knowledge gate",
            f"the bank has only {there} of {wanted} questions on this claim's topics",
            "Ask for fewer, or none, under `gate`.",
        )


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
