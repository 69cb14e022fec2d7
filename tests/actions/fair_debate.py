"""A debate for tests of fairness: what people do in it, and every public message of it as it stands now."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.boards import NoticeKind, unsent_notices
from bot.actions.debate_course import advance_debate, close_debate, open_debate
from bot.actions.debate_joining import Place, join_debate, leave_debate, place_in_debate
from bot.actions.debate_stances import give_stance
from bot.actions.judging import NoPair, compare_next, judge_pair
from bot.actions.leaving import leave_and_delete
from bot.actions.questions import claims_for
from bot.actions.threads import MessageFacts, note_message
from bot.debate.debate import Argument, Debate
from bot.debate.formats import Format, Planned, Stage, Timetable, timetable
from bot.debate.judging import Better
from bot.debate.options import NO_DEBATE_OPTIONS, DebateOptions
from bot.debate.stance import Phase, Stance, Standing
from bot.ids import ChannelId, DebateId, GuildId, InteractionId, MessageId, UserId
from bot.store.debates import find_debate
from bot.store.notices import Notice
from tests.classroom import CHANNEL, GUILD, HOST, Classroom

FOR, AGAINST, UNDECIDED = (Stance(each) for each in (Standing.FOR, Standing.AGAINST, Standing.UNDECIDED))
DECLINED = Stance(Standing.DECLINED)

FLOOR: Timetable = (Planned(Stage.FLOOR, timedelta(minutes=30)), Planned(Stage.VOTING))
BY_HAND = timetable(Format.OPEN, None)


@dataclass
class FairDebate:
    """A debate in a room, with its people; each call is a press of a moment of its own unless one is given."""

    room: Classroom
    debate_id: DebateId
    guild_id: GuildId = GUILD

    @property
    def debate(self) -> Debate:
        found = find_debate(self.room.db, self.debate_id)
        assert found is not None
        return found

    def join(self, *people: UserId) -> None:
        for user_id in people:
            self.room.do(
                join_debate,
                guild_id=self.guild_id,
                debate_id=self.debate_id,
                user_id=user_id,
                at=self.room.now,
            )

    def stand(self, user_id: UserId, stance: Stance, phase: Phase = Phase.BEFORE) -> None:
        self.room.do(
            give_stance,
            guild_id=self.guild_id,
            debate_id=self.debate_id,
            user_id=user_id,
            phase=phase,
            stance=stance,
            interaction_id=self.room.click(),
            at=self.room.now,
        )

    def argue(
        self,
        user_id: UserId,
        claim: str = "Lists work.",
        *,
        side: str = "for",
        evidence: str = "A survey of 2018.",
        answers: int | None = None,
        interaction_id: InteractionId | None = None,
    ) -> Argument:
        parent = "" if answers is None else str(answers)
        return self.room.do(
            add_argument,
            guild_id=self.guild_id,
            debate_id=self.debate_id,
            user_id=user_id,
            draft=ArgumentDraft(claim, evidence, "It shows so.", parent, "", side),
            interaction_id=interaction_id or self.room.click(),
            at=self.room.now,
        )

    def chat(self, user_id: UserId, times: int = 1) -> None:
        for _ in range(times):
            facts = MessageFacts(
                MessageId(self.room.click()), self.debate.thread_id, user_id, self.room.now, None, None
            )
            self.room.do(note_message, facts=facts)

    def judge(self, user_id: UserId, better: Better) -> bool:
        """Compare a pair; False where there is none."""
        about = {"guild_id": self.guild_id, "user_id": user_id, "rng": random.Random(1), "at": self.room.now}
        pair = self.room.do(compare_next, debate_id=self.debate_id, **about)
        if isinstance(pair, NoPair):
            return False
        self.room.do(judge_pair, comparison_id=pair.comparison_id, better=better, **about)
        return True

    def judge_all(self, user_id: UserId, order: Sequence[int]) -> None:
        """Compare every pair there is; ``order`` has the numbers of the arguments, the best first."""
        about = {"guild_id": self.guild_id, "user_id": user_id, "rng": random.Random(1), "at": self.room.now}
        pair = self.room.do(compare_next, debate_id=self.debate_id, **about)
        while not isinstance(pair, NoPair):
            first = order.index(pair.left.number) < order.index(pair.right.number)
            better = Better.LEFT if first else Better.RIGHT
            pair = self.room.do(judge_pair, comparison_id=pair.comparison_id, better=better, **about)

    def advance(self) -> None:
        self.room.do(
            advance_debate,
            guild_id=self.guild_id,
            debate_id=self.debate_id,
            position=self.debate.course.position,
            user_id=HOST,
            at=self.room.now,
        )

    def close(self) -> None:
        self.room.do(
            close_debate, guild_id=self.guild_id, debate_id=self.debate_id, user_id=HOST, at=self.room.now
        )

    def leave(self, user_id: UserId) -> Place:
        return self.room.do(
            leave_debate,
            guild_id=self.guild_id,
            debate_id=self.debate_id,
            user_id=user_id,
            at=self.room.now,
        )

    def delete(self, user_id: UserId) -> Place:
        return self.room.do(
            leave_and_delete,
            guild_id=self.guild_id,
            debate_id=self.debate_id,
            user_id=user_id,
            at=self.room.now,
        )

    def place(self, user_id: UserId) -> Place:
        return place_in_debate(
            self.room.db, guild_id=self.guild_id, debate_id=self.debate_id, user_id=user_id
        )


def a_debate(
    room: Classroom,
    *,
    format: Format = Format.OPEN,
    stages: Timetable = BY_HAND,
    options: DebateOptions = NO_DEBATE_OPTIONS,
    guild_id: GuildId = GUILD,
    opened_by: UserId = HOST,
) -> FairDebate:
    """A debate on the claim of the room's set, in a thread of its own."""
    [listed] = claims_for(room.db, guild_id=guild_id)
    debate_id = room.do(
        open_debate,
        guild_id=guild_id,
        revision_id=listed.revision_id,
        channel_id=CHANNEL,
        thread_id=ChannelId(int(room.click()) + 500_000),
        opened_by=opened_by,
        format=format,
        timetable=stages,
        options=options,
        rng=random.Random(1),
        at=room.now,
    )
    return FairDebate(room, debate_id, guild_id)


def people(count: int) -> list[UserId]:
    """So many people."""
    return [UserId(10_000 + number) for number in range(count)]


def told(room: Classroom, kind: NoticeKind) -> list[Notice]:
    """The unsent private notices of a kind."""
    return [each for each in unsent_notices(room.db) if each.kind is kind]


def each_with(users: Sequence[UserId], stances: Sequence[Stance]) -> Iterator[tuple[UserId, Stance]]:
    """People with stances in turn."""
    return ((user_id, stances[place % len(stances)]) for place, user_id in enumerate(users))
