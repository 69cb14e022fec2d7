"""People come into a debate and leave it, and look up their own place in it. Only they themselves are shown it."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.caucuses import keep_caucuses
from bot.actions.debate_sides import argued_side, listens, show_round, side_for_late
from bot.actions.debates import debate_of, going_on
from bot.actions.nudging import drop_nudges
from bot.debate.debate import Debate, Debater, DebateState
from bot.debate.formats import Stage
from bot.debate.options import SideMode
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance
from bot.errors import NotFound, WrongState
from bot.ids import DebateId, GuildId, LearnerId, UserId
from bot.store.boards import BoardKind, raise_board
from bot.store.debaters import add_debater, debater_of, set_left, set_named, set_wish
from bot.store.grades import grade_of
from bot.store.learners import find_learner, learner_for
from bot.store.stances import stances_by
from bot.store.traces import traces_of


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's own place in a debate. ``me`` is None before they join; ``argues`` is the side they argue now.

    ``heard`` says, of a stance just given, that arguments had begun by then, and ``late`` that they had when its giver
    first gave a stance before: see ``debate_stances.given_late``. ``listens`` says that this round of a fishbowl is for
    others to argue. ``has_traces`` says that something of what they wrote or voted is kept, ``has_grade`` that they may
    read a grade.
    """

    debate: Debate
    me: Debater | None
    argues: Side | None = None
    listens: bool = False
    before: Stance | None = None
    after: Stance | None = None
    just_joined: bool = False
    heard: bool = False
    late: bool = False
    has_traces: bool = False
    has_grade: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether they have joined and not left."""
        return self.me is not None and self.me.takes_part


@dataclass(frozen=True, slots=True)
class JoinFirst:
    """That one has to come in first, and is told what that means; ``left`` if one was in and has left.

    ``at_gate`` is there for one who is in, but has to try the questions of the knowledge gate first.
    """

    debate: Debate
    left: bool
    at_gate: Debater | None = None


def join_first(db: Database, debate: Debate, user_id: UserId) -> JoinFirst | None:
    """What somebody needs to whom only those who take part may do something; None if they do."""
    learner_id = find_learner(db, debate.guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate.debate_id, learner_id)
    return None if me is not None and me.takes_part else JoinFirst(debate, left=me is not None)


def look_at_place(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> Place:
    """As ``place_in_debate``, but a side is given first to one who has come through the knowledge gate since."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate_id, learner_id)
    if me is not None and me.takes_part and debate.state is not DebateState.CLOSED:
        side_for_late(db, debate, me)
        _follow(db, debate, me)
    return place_in_debate(db, guild_id=guild_id, debate_id=debate_id, user_id=user_id)


def place_in_debate(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> Place:
    """A learner's place. Raises ``NotFound`` for a debate of another server."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None:
        return Place(debate, None)
    return _place(db, debate, learner_id)


def join_debate(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Place:
    """Come into a debate, or back into it with the side that one had. Raises ``WrongState`` for a closed one."""
    debate = debate_of(db, guild_id, debate_id)
    return come_in(db, debate, learner_for(db, guild_id, user_id, at), at)


def come_in(
    db: Database, debate: Debate, learner_id: LearnerId, at: datetime, *, argues: bool = False
) -> Place:
    """The same for a learner; harmless for one who is in. Whoever ``argues`` needs a side now."""
    if debate.state is DebateState.CLOSED:
        raise WrongState("debate", "closed")
    me = debater_of(db, debate.debate_id, learner_id)
    if me is not None and me.takes_part:
        side_for_late(db, debate, me, argues=argues)  # the knowledge gate may have been passed since
        _follow(db, debate, me)
        return _place(db, debate, learner_id)
    add_debater(db, debate.debate_id, learner_id, at)
    me = debater_of(db, debate.debate_id, learner_id)
    if me is not None:
        side_for_late(db, debate, me, argues=argues)
    show_round(db, debate)  # one who has come back has their turn again
    if not debate.has_joining or debate.stage is not Stage.JOINING:
        keep_caucuses(db, debate)
    raise_board(db, BoardKind.MOTION, debate.debate_id)
    return _place(db, debate, learner_id, just_joined=True)


def leave_debate(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Place:
    """Leave a debate, without any penalty; what one wrote stays unless one withdraws it. Harmless when repeated."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate_id, learner_id)
    if learner_id is None or me is None:
        raise NotFound("place in this debate")
    if me.takes_part:
        set_left(db, debate_id, learner_id, at)
        if me.side is not None:
            keep_caucuses(db, debate)
        show_round(db, debate)
        drop_nudges(db, debate_id=debate_id, learner_id=learner_id, at=at)
        raise_board(db, BoardKind.MOTION, debate_id)
        raise_board(db, BoardKind.OUTCOME, debate_id)
    return _place(db, debate, learner_id)


def wish_for_side(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, side: Side, at: datetime
) -> Place:
    """Say which side one would like to argue, where people choose, and come in with that; changeable until it is given.

    Raises ``WrongState`` where it is given already, is not chosen at all, or the debate does not go on.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    if debate.options.sides is not SideMode.CHOSEN or not debate.format.has_sides:
        raise WrongState("side", "given in this debate, not chosen")
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is not None and me.side is not None:
        raise WrongState("side", "given already")
    # The wish comes first: a late one is given a side on coming in.
    if me is None or not me.takes_part:
        add_debater(db, debate_id, learner_id, at)
        raise_board(db, BoardKind.MOTION, debate_id)
    set_wish(db, debate_id, learner_id, side)
    return come_in(db, debate, learner_id, at)


def let_name(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, named: bool) -> Place:
    """Say whether a transcript of the debate may name one. Raises ``NotFound`` for one who has not joined."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None or debater_of(db, debate_id, learner_id) is None:
        raise NotFound("place in this debate")
    set_named(db, debate_id, learner_id, named=named)
    return _place(db, debate, learner_id)


def _follow(db: Database, debate: Debate, before: Debater) -> None:
    """Let somebody who has just been given a side into its private thread."""
    now = debater_of(db, debate.debate_id, before.learner_id)
    if now is not None and now.side is not before.side:
        keep_caucuses(db, debate)


def _place(db: Database, debate: Debate, learner_id: LearnerId, *, just_joined: bool = False) -> Place:
    me = debater_of(db, debate.debate_id, learner_id)
    stances = stances_by(db, debate.debate_id, learner_id)
    grade = grade_of(db, debate.debate_id, learner_id)
    return Place(
        debate=debate,
        me=me,
        argues=None if me is None else argued_side(debate, me),
        listens=me is not None and listens(db, debate, me),
        before=stances.get(Phase.BEFORE),
        after=stances.get(Phase.AFTER),
        just_joined=just_joined,
        has_traces=traces_of(db, debate.debate_id, debate.thread_id, learner_id).exist,
        has_grade=grade is not None and grade.released_at is not None,
    )
