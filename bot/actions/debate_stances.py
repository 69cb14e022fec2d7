"""Private stances: where people stand before a debate and after it, and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debate_joining import Place, come_in, join_first, place_in_debate
from bot.actions.debates import debate_of
from bot.debate.debate import Debate, DebateState
from bot.debate.formats import Stage
from bot.debate.stance import Phase, Stance
from bot.errors import WrongState
from bot.ids import DebateId, GuildId, InteractionId, LearnerId, UserId
from bot.store.arguments import first_argued, has_arguments
from bot.store.debates import stages_of
from bot.store.learners import find_learner, learner_for
from bot.store.stances import add_stance, first_given, stance_given, stances_by


@dataclass(frozen=True, slots=True)
class StanceForm:
    """What the form for a stance starts with: the one that was given for that phase, if any.

    Whoever does not take part (yet, or any more) comes in by sending it off.
    """

    debate: Debate
    stance: Stance | None
    takes_part: bool


def check_stance(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, phase: Phase, at: datetime
) -> StanceForm:
    """What the form starts with. Raises ``NotFound`` or ``WrongState`` as ``give_stance`` does."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    stances = {} if learner_id is None else stances_by(db, debate_id, learner_id)
    _refuse_stance(debate, phase, stances, settled=_is_settled(db, debate, learner_id, at))
    return StanceForm(debate, stances.get(phase), takes_part=join_first(db, debate, user_id) is None)


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
) -> Place:
    """Store a private stance; whoever gives one and does not take part joins.

    The one before can be changed while people join (where they do not join first, until somebody argues), and never
    after one has given the one after: otherwise what one thought before could be written anew. Whoever comes late can
    give it once, until all vote; it is not compared then (see ``given_late``). The one after can be changed until
    the debate is closed. The same interaction delivered twice is one stance. Raises ``NotFound`` or ``WrongState``.
    """
    debate = debate_of(db, guild_id, debate_id)
    if stance_given(db, interaction_id):
        return place_in_debate(db, guild_id=guild_id, debate_id=debate_id, user_id=user_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    settled = _is_settled(db, debate, learner_id, at)
    _refuse_stance(debate, phase, stances_by(db, debate_id, learner_id), settled=settled)
    # The stance comes first: where sides depend on it, a late one depends on this one.
    add_stance(db, debate_id, learner_id, phase, stance, interaction_id, at)
    came = come_in(db, debate, learner_id, at)
    place = place_in_debate(db, guild_id=guild_id, debate_id=debate_id, user_id=user_id)
    heard = debate.stage is not Stage.JOINING if debate.has_joining else has_arguments(db, debate_id)
    first_at = first_given(db, debate_id, learner_id, Phase.BEFORE)
    late = first_at is not None and bool(given_late(db, debate, {user_id: first_at}))
    return replace(place, just_joined=came.just_joined, heard=heard, late=late)


def given_late(db: Database, debate: Debate, first_at: Mapping[UserId, datetime]) -> frozenset[UserId]:
    """Those of people, with when each first gave a stance before, who could have heard others argue by then.

    That is so once joining has ended or, where people do not join first, once somebody else has argued. What they say
    tells nothing of where they began: it is counted, but not compared. Who corrects what was in time is not late.
    """
    if debate.has_joining:
        ended_at = stages_of(db, debate.debate_id)[0].ended_at
        return frozenset(
            user_id for user_id, at in first_at.items() if ended_at is not None and at > ended_at
        )
    argued = first_argued(db, debate.debate_id)
    return frozenset(
        user_id
        for user_id, at in first_at.items()
        if any(author_id != user_id and argued_at < at for author_id, argued_at in argued.items())
    )


def _is_settled(db: Database, debate: Debate, learner_id: LearnerId | None, at: datetime) -> bool:
    """Whether the stance before that somebody has given cannot be changed any more."""
    given_at = None if learner_id is None else first_given(db, debate.debate_id, learner_id, Phase.BEFORE)
    if given_at is None:
        return False
    argued = has_arguments(db, debate.debate_id)
    return not debate.may_change_stance_before(argued=argued, given_at=given_at, at=at)


def _refuse_stance(debate: Debate, phase: Phase, stances: dict[Phase, Stance], *, settled: bool) -> None:
    if debate.state is not DebateState.OPEN:
        raise WrongState("debate", debate.state.value)
    match phase:
        case Phase.BEFORE:
            if Phase.AFTER in stances:
                raise WrongState("stance before", "settled, because you have given the one after the debate")
            if not debate.takes_stance_before:
                raise WrongState(
                    "stance before",
                    "settled, because all say now where they stand after the debate",
                    "Press **My stance after** to take part in that.",
                )
            if settled:
                raise WrongState("stance before", "settled since the debate has begun")
        case Phase.AFTER:
            if not debate.takes_stance_after:
                raise WrongState("stance after", "asked for at the end of the debate")
