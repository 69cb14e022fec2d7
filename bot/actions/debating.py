"""A debate: opening it, private stances before and after, arguments, closing it."""

import json
import random
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.dealing import deal_evidence
from bot.bank.kinds.claim import Claim
from bot.debate.argument import Relation, default_relation, read_argument
from bot.debate.debate import Argument, CloseReason, Debate, DebateState
from bot.debate.sides import Side, assign_side
from bot.debate.stance import Phase, Stance
from bot.errors import Invalid, NoSuchArgument, NotFound, WrongState
from bot.ids import ChannelId, DebateId, GuildId, InteractionId, LearnerId, RevisionId, UserId
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.debates import (
    add_argument_row,
    add_member,
    add_stance,
    argument_from,
    argument_numbered,
    close_debate_row,
    create_debate,
    debate_in_thread,
    drop_draft,
    find_argument,
    find_debate,
    find_draft,
    open_debates,
    save_draft,
    side_counts,
    side_of,
    stances_by,
)
from bot.store.learners import find_learner, learner_for
from bot.store.questions import revision_item, revision_set
from bot.store.threads import ThreadKind, track_thread


@dataclass(frozen=True, slots=True)
class ArgumentForm:
    """What the form for an argument is filled with: the person's side, and a kept draft if there is one."""

    debate: Debate
    side: Side
    draft: "ArgumentDraft"


@dataclass(frozen=True, slots=True)
class ArgumentDraft:
    """The fields of the form as they were typed; ``answers`` is the number of an argument, or empty."""

    claim: str = ""
    evidence: str = ""
    reasoning: str = ""
    answers: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A learner's private place in a debate."""

    debate: Debate
    side: Side
    just_joined: bool
    before: Stance | None
    after: Stance | None


def debatable(db: Database, *, guild_id: GuildId, revision_id: RevisionId) -> Claim:
    """The claim of that revision, if the server may use it. Raises ``NotFound``."""
    owner = revision_set(db, revision_id)
    item = None if owner not in (0, guild_id) else revision_item(db, revision_id)
    if not isinstance(item, Claim):
        raise NotFound("claim")
    return item


def open_debate(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId,
    channel_id: ChannelId,
    thread_id: ChannelId,
    opened_by: UserId,
    rng: random.Random,
    at: datetime,
) -> DebateId:
    """Open a debate on a claim in a thread that has been made for it. Raises ``NotFound``."""
    debatable(db, guild_id=guild_id, revision_id=revision_id)
    debate_id = create_debate(
        db,
        guild_id=guild_id,
        revision_id=revision_id,
        channel_id=channel_id,
        thread_id=thread_id,
        opened_by=opened_by,
        seed=rng.getrandbits(48),
        at=at,
    )
    deal_evidence(db, debate_id)
    create_board(db, BoardKind.CASES, debate_id, guild_id, thread_id, at)
    create_board(db, BoardKind.MOTION, debate_id, guild_id, thread_id, at)
    track_thread(db, thread_id, guild_id, ThreadKind.DEBATE, debate_id, at)
    return debate_id


def place_in_debate(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId
) -> Joined | None:
    """A learner's side and stances, or None before joining. Raises ``NotFound``."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    side = None if learner_id is None else side_of(db, debate_id, learner_id)
    if learner_id is None or side is None:
        return None
    stances = stances_by(db, debate_id, learner_id)
    return Joined(debate, side, False, stances.get(Phase.BEFORE), stances.get(Phase.AFTER))


def check_stance(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, phase: Phase
) -> Stance | None:
    """The stance that the form starts from. Raises ``NotFound`` or ``WrongState`` as ``give_stance`` does."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    stances = {} if learner_id is None else stances_by(db, debate_id, learner_id)
    _refuse_stance(debate, phase, stances)
    return stances.get(phase)


def give_stance(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    phase: Phase,
    stance: Stance,
    interaction_id: InteractionId,
    at: datetime,
) -> Joined:
    """Store a private stance; whoever gives one for the first time joins and is assigned a side.

    A stance can be changed until the debate is closed, but the one before only until the one after is given:
    otherwise what one thought before could be written anew. Raises ``NotFound`` or ``WrongState``.
    """
    debate = debate_of(db, guild_id, debate_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    _refuse_stance(debate, phase, stances_by(db, debate_id, learner_id))
    side, just_joined = _join(db, debate, learner_id, at)
    add_stance(db, debate_id, learner_id, phase, stance, interaction_id, at)
    if just_joined:
        raise_board(db, BoardKind.MOTION, debate_id)
    stances = stances_by(db, debate_id, learner_id)
    return Joined(debate, side, just_joined, stances.get(Phase.BEFORE), stances.get(Phase.AFTER))


def begin_argument(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> ArgumentForm:
    """Join if need be, and give what the form for an argument starts with. Raises as ``add_argument``."""
    debate = _open_debate(db, guild_id, debate_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    side, just_joined = _join(db, debate, learner_id, at)
    if just_joined:
        raise_board(db, BoardKind.MOTION, debate_id)
    kept = find_draft(db, debate_id, learner_id)
    draft = ArgumentDraft() if kept is None else ArgumentDraft(**json.loads(kept))
    return ArgumentForm(debate, side, draft)


def keep_draft(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    draft: ArgumentDraft,
    at: datetime,
) -> None:
    """Keep a text that could not be taken, so that the form comes up filled in again."""
    debate_of(db, guild_id, debate_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    save_draft(db, debate_id, learner_id, json.dumps(asdict(draft)), at)


def add_argument(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    draft: ArgumentDraft,
    interaction_id: InteractionId,
    at: datetime,
) -> Argument:
    """Store an argument under the next number; the publisher posts it into the thread.

    The same interaction delivered twice gives the same argument. Raises ``NotFound``, ``WrongState`` (the
    debate is closed), ``NoSuchArgument`` or ``Invalid`` (a part is empty or too long).
    """
    repeated = argument_from(db, interaction_id)
    if repeated is not None:
        return repeated
    debate = _open_debate(db, guild_id, debate_id)
    text = read_argument(draft.claim, draft.evidence, draft.reasoning)
    learner_id = learner_for(db, guild_id, user_id, at)
    side, _ = _join(db, debate, learner_id, at)
    parent = _parent(db, debate_id, draft.answers)
    relation = None if parent is None else _relation(draft.relation, side, parent)
    argument_id = add_argument_row(
        db,
        debate_id=debate_id,
        learner_id=learner_id,
        side=side,
        text=text,
        parent=parent,
        relation=relation,
        interaction_id=interaction_id,
        at=at,
    )
    drop_draft(db, debate_id, learner_id)
    create_board(db, BoardKind.ARGUMENT, argument_id, guild_id, debate.thread_id, at)
    raise_board(db, BoardKind.MOTION, debate_id)
    stored = find_argument(db, argument_id)
    if stored is None:
        raise NotFound("argument")
    return stored


def close_debate(db: Database, *, guild_id: GuildId, debate_id: DebateId, at: datetime) -> Debate:
    """Close a debate and post its outcome. Raises ``NotFound`` or, the second time, ``WrongState``."""
    debate = debate_of(db, guild_id, debate_id)
    if not close_debate_row(db, debate_id, CloseReason.CLOSED_BY_HOST, at):
        raise WrongState("debate", "closed")
    create_board(db, BoardKind.OUTCOME, debate_id, guild_id, debate.thread_id, at)
    raise_board(db, BoardKind.MOTION, debate_id)
    return debate


def debates_open(db: Database, *, guild_id: GuildId) -> list[Debate]:
    """The server's open debates, the newest first."""
    return open_debates(db, guild_id)


def debate_here(db: Database, *, guild_id: GuildId, thread_id: ChannelId) -> Debate | None:
    """The debate that is held in this thread, or None."""
    debate = debate_in_thread(db, thread_id)
    return debate if debate is not None and debate.guild_id == guild_id else None


def debate_of(db: Database, guild_id: GuildId, debate_id: DebateId) -> Debate:
    """The debate of this server. Raises ``NotFound`` for any other."""
    debate = find_debate(db, debate_id)
    if debate is None or debate.guild_id != guild_id:
        raise NotFound("debate")
    return debate


def _open_debate(db: Database, guild_id: GuildId, debate_id: DebateId) -> Debate:
    debate = debate_of(db, guild_id, debate_id)
    if debate.state is not DebateState.OPEN:
        raise WrongState("debate", "closed")
    return debate


def _refuse_stance(debate: Debate, phase: Phase, stances: dict[Phase, Stance]) -> None:
    if debate.state is not DebateState.OPEN:
        raise WrongState("debate", "closed")
    if phase is Phase.BEFORE and Phase.AFTER in stances:
        raise WrongState("stance before", "settled, because you have given the one after the debate")


def _join(db: Database, debate: Debate, learner_id: LearnerId, at: datetime) -> tuple[Side, bool]:
    side = side_of(db, debate.debate_id, learner_id)
    if side is not None:
        return side, False
    counts = side_counts(db, debate.debate_id)
    assignment = assign_side(counts, random.Random(debate.seed + sum(counts.values())))
    add_member(db, debate.debate_id, learner_id, assignment, at)
    return assignment.side, True


def _parent(db: Database, debate_id: DebateId, answers: str) -> Argument | None:
    number = answers.strip().lstrip("#").strip()
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        raise NoSuchArgument(answers.strip())
    parent = argument_numbered(db, debate_id, int(number))
    if parent is None:
        raise NoSuchArgument(number)
    return parent


def _relation(chosen: str, side: Side, parent: Argument) -> Relation:
    if not chosen:
        return default_relation(side, parent.side)
    try:
        return Relation(chosen)
    except ValueError:
        raise Invalid("relation", f"“{chosen}” is not known", "Choose supports or attacks.") from None
