"""Private nudges in a debate: to the silent and to those who speak for many, at most one a person and debate.

Counted is all that stands in the thread: arguments, restatements, cards that were cited and, from their metadata,
messages. Whoever has left, may not speak now, came late or does not want them gets none; nothing of it
is ever public or graded.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debate_sides import chooses_late
from bot.debate.debate import Debate, Debater, DebateState, StageRecord
from bot.debate.formats import Stage
from bot.debate.nudging import NudgeKind, nudge_moment, was_there, who_to_nudge
from bot.errors import NotAllowed
from bot.ids import DebateId, LearnerId, NudgeId, UserId
from bot.store.arguments import arguments_of
from bot.store.debaters import debaters_of
from bot.store.debates import find_debate, stage_now
from bot.store.evidence import citation_counts
from bot.store.notices import NoticeKind, add_notice, drop_notices
from bot.store.nudges import (
    add_nudge,
    find_nudge,
    length_of_stage,
    not_to_nudge,
    nudge_due_at,
    nudges_in,
    nudges_of_learner,
    nudging_done,
    refuse_nudges,
    set_nudge_moment,
)
from bot.store.restatements import restatement_counts
from bot.store.threads import message_counts

NO_TIME = timedelta(0)


class NudgeNews(BaseModel):
    """What a nudge says, stored with the notice as JSON; ``link`` is the path of the thread."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: NudgeKind
    motion: str
    link: str


def aim_nudges(db: Database, debate: Debate, *, longer: timedelta = NO_TIME) -> None:
    """Note when the present stage is two thirds over by its clock; ``longer`` is by how much it was extended now."""
    stage = stage_now(db, debate.debate_id)
    if stage is None or not stage.stage.takes_arguments:
        return
    known = length_of_stage(db, stage.stage_id)
    length = (known or debate.course.planned.length or NO_TIME) + longer
    due_at = debate.course.due_at
    moment = None if due_at is None else nudge_moment(due_at, length)
    set_nudge_moment(db, stage.stage_id, debate.debate_id, length, moment)


def nudge_by_clock(db: Database, *, debate_id: DebateId, at: datetime) -> None:
    """Nudge the people of a debate if that is due; nothing if it is not (any more)."""
    due_at = nudge_due_at(db, debate_id)
    if due_at is None or due_at > at:
        return
    debate, stage = find_debate(db, debate_id), stage_now(db, debate_id)
    nudging_done(db, debate_id, at)
    if debate is not None and stage is not None and debate.state is DebateState.OPEN:
        _nudge(db, debate, stage, _speakers(db, debate), at)


def nudge_on_going_on(
    db: Database, before: Debate, stage: StageRecord | None, after: Debate, at: datetime
) -> None:
    """Nudge people where an instructor goes on from a stage without a clock, and those who could speak still can."""
    has_clock = before.course.due_at is not None or before.course.remaining is not None
    if stage is None or has_clock or not before.stage.takes_arguments or not after.stage.takes_arguments:
        return
    still = {each.learner_id for each in _speakers(db, after)}
    speakers = [each for each in _speakers(db, before) if each.learner_id in still]
    _nudge(db, after, stage, speakers, at)


def no_more_nudges_in(db: Database, debate: Debate, at: datetime, *, unsent_too: bool = False) -> None:
    """Nudge nobody any more in the stage that ends; when the debate is over, drop what has not been sent, too."""
    nudging_done(db, debate.debate_id, at)
    if unsent_too:
        for nudge_id in nudges_in(db, debate.debate_id):
            drop_notices(db, NoticeKind.DEBATE_NUDGE, nudge_id, at)


def drop_nudges(db: Database, *, debate_id: DebateId, learner_id: LearnerId, at: datetime) -> None:
    """Send a learner no nudge that has not been sent yet: they have left the debate."""
    own = set(nudges_of_learner(db, learner_id))
    for nudge_id in own.intersection(nudges_in(db, debate_id)):
        drop_notices(db, NoticeKind.DEBATE_NUDGE, nudge_id, at)


def no_more_nudges(db: Database, *, nudge_id: NudgeId, user_id: UserId, at: datetime) -> None:
    """Stop nudges for good, from within a direct message, in the server of that nudge. Harmless when repeated.

    Raises ``NotAllowed`` for anybody but the person who was nudged.
    """
    nudge = find_nudge(db, nudge_id)
    if nudge is None:
        return
    if nudge.user_id != user_id:
        raise NotAllowed("stop these messages", "the person who gets them")
    refuse_nudges(db, nudge.learner_id, at)
    for own in nudges_of_learner(db, nudge.learner_id):
        drop_notices(db, NoticeKind.DEBATE_NUDGE, own, at)


def _speakers(db: Database, debate: Debate) -> list[Debater]:
    """Those who take part and may argue now. Whoever opened the debate leads it, and is left out."""
    return [
        each
        for each in debaters_of(db, debate.debate_id)
        if each.takes_part and each.user_id != debate.opened_by and _may_argue(debate, each)
    ]


def _may_argue(debate: Debate, debater: Debater) -> bool:
    if debate.format.has_sides and debater.side is None and not chooses_late(debate, debater):
        return False
    return debate.stage is not Stage.FISHBOWL or debater.speaks_in == debate.course.position


def _nudge(
    db: Database, debate: Debate, stage: StageRecord, speakers: Sequence[Debater], at: datetime
) -> None:
    there = {each.learner_id: each for each in speakers if was_there(each.joined_at, stage.begun_at, at)}
    spoken: Counter[UserId] = Counter(each.user_id for each in arguments_of(db, debate.debate_id))
    spoken.update(restatement_counts(db, debate.debate_id))
    spoken.update(citation_counts(db, debate.debate_id))
    spoken.update(message_counts(db, debate.thread_id))
    counts = {learner_id: spoken[each.user_id] for learner_id, each in there.items()}
    spared = not_to_nudge(db, debate.debate_id)
    for learner_id, kind in who_to_nudge(counts, debate.seed).items():
        if learner_id not in spared:
            nudge_id = add_nudge(db, debate.debate_id, learner_id, kind, at)
            link = f"{debate.guild_id}/{debate.thread_id}"
            news = NudgeNews(kind=kind, motion=debate.motion, link=link).model_dump_json()
            user_id = there[learner_id].user_id
            add_notice(db, debate.guild_id, user_id, NoticeKind.DEBATE_NUDGE, nudge_id, news, at)
