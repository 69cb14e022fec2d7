"""A debate in stages for tests of the actions: opening one, and what its instructor and its class do in it."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.actions.arguing import ArgumentDraft, ArgumentForm, add_argument, begin_argument
from bot.actions.debate_course import (
    advance_debate,
    cancel_debate,
    close_debate,
    extend_debate,
    open_debate,
    pause_debate,
    resume_debate,
)
from bot.actions.debate_joining import Place, join_debate, leave_debate, place_in_debate, wish_for_side
from bot.actions.debate_stances import give_stance
from bot.actions.questions import claims_for
from bot.debate.debate import Argument, Debate, Debater, StageRecord
from bot.debate.formats import Format, Stage, Timetable, timetable
from bot.debate.options import NO_DEBATE_OPTIONS, DebateOptions
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance
from bot.ids import ChannelId, DebateId, InteractionId, UserId
from bot.store.debaters import debaters_of
from bot.store.debates import find_debate, stages_of
from tests.classroom import CHANNEL, GUILD, HOST, Classroom

LENGTH = timedelta(minutes=10)
"""How long a main stage lasts unless a test says otherwise."""

_threads = itertools.count(80_000)


@dataclass(frozen=True, slots=True)
class DebateClass:
    """A debate that is open, and the class in it."""

    room: Classroom
    debate_id: DebateId

    # How it stands

    @property
    def debate(self) -> Debate:
        """The debate as it stands."""
        found = find_debate(self.room.db, self.debate_id)
        assert found is not None
        return found

    @property
    def stages(self) -> list[StageRecord]:
        """The stages that it is at or has been at."""
        return stages_of(self.room.db, self.debate_id)

    @property
    def debaters(self) -> list[Debater]:
        """Everybody who has joined."""
        return debaters_of(self.room.db, self.debate_id)

    def sides(self) -> dict[UserId, Side | None]:
        """Who was given which side."""
        return {each.user_id: each.side for each in self.debaters}

    def place(self, user_id: UserId) -> Place:
        """Somebody's own place in it."""
        return place_in_debate(self.room.db, guild_id=GUILD, debate_id=self.debate_id, user_id=user_id)

    # What its instructor does

    def advance(self, position: int | None = None, *, user_id: UserId = HOST) -> Debate:
        """Go on from a place; from where it is unless another one is given."""
        seen = self.debate.course.position if position is None else position
        return self.room.do(
            advance_debate,
            guild_id=GUILD,
            debate_id=self.debate_id,
            position=seen,
            user_id=user_id,
            at=self.room.now,
        ).debate

    def go_to(self, stage: Stage) -> Debate:
        """Go on until the debate is at a stage; fails if it never is."""
        while self.debate.stage is not stage:
            at = self.debate.course.position
            assert self.advance().course.position == at + 1, f"there is no {stage} to come"
        return self.debate

    def extend(self, minutes: float, position: int | None = None) -> Debate:
        """Give the stage more time."""
        seen = self.debate.course.position if position is None else position
        return self.room.do(
            extend_debate,
            guild_id=GUILD,
            debate_id=self.debate_id,
            position=seen,
            more=timedelta(minutes=minutes),
            at=self.room.now,
        )

    def pause(self) -> Debate:
        """Stop its clock."""
        return self.room.do(pause_debate, guild_id=GUILD, debate_id=self.debate_id, at=self.room.now)

    def resume(self) -> Debate:
        """Let its clock go on."""
        return self.room.do(resume_debate, guild_id=GUILD, debate_id=self.debate_id, at=self.room.now)

    def close(self) -> Debate:
        """Close it."""
        return self.room.do(
            close_debate, guild_id=GUILD, debate_id=self.debate_id, user_id=HOST, at=self.room.now
        )

    def cancel(self) -> Debate:
        """End it without an outcome."""
        return self.room.do(
            cancel_debate, guild_id=GUILD, debate_id=self.debate_id, user_id=HOST, at=self.room.now
        )

    def run_out(self) -> Debate:
        """Let the time of the present stage pass."""
        due_at = self.debate.course.due_at
        assert due_at is not None
        self.room.now = due_at
        self.room.tick()
        return self.debate

    # What the class does

    def join(self, *people: UserId) -> None:
        """Come in, or come back."""
        for user_id in people:
            self.room.do(
                join_debate, guild_id=GUILD, debate_id=self.debate_id, user_id=user_id, at=self.room.now
            )

    def leave(self, user_id: UserId) -> Place:
        """Leave."""
        return self.room.do(
            leave_debate, guild_id=GUILD, debate_id=self.debate_id, user_id=user_id, at=self.room.now
        )

    def wish(self, user_id: UserId, side: Side) -> Place:
        """Say which side one would choose."""
        return self.room.do(
            wish_for_side,
            guild_id=GUILD,
            debate_id=self.debate_id,
            user_id=user_id,
            side=side,
            at=self.room.now,
        )

    def stand(
        self,
        user_id: UserId,
        value: int | None,
        *,
        phase: Phase = Phase.BEFORE,
        interaction_id: InteractionId | None = None,
    ) -> Place:
        """Give a stance of -3 to 3, or decline."""
        return self.room.do(
            give_stance,
            guild_id=GUILD,
            debate_id=self.debate_id,
            user_id=user_id,
            phase=phase,
            stance=Stance.of(value),
            interaction_id=interaction_id or self.room.click(),
            at=self.room.now,
        )

    def form(self, user_id: UserId, *, answers: str = "") -> ArgumentForm:
        """Open the form for an argument."""
        begun = self.room.do(
            begin_argument,
            guild_id=GUILD,
            debate_id=self.debate_id,
            user_id=user_id,
            answers=answers,
            at=self.room.now,
        )
        assert isinstance(begun, ArgumentForm)
        return begun

    def argue(
        self,
        user_id: UserId,
        claim: str = "Lists work.",
        *,
        answers: str = "",
        side: str = "",
        interaction_id: InteractionId | None = None,
    ) -> Argument:
        """Add an argument."""
        return self.room.do(
            add_argument,
            guild_id=GUILD,
            debate_id=self.debate_id,
            user_id=user_id,
            draft=ArgumentDraft(claim, "A survey of 2018.", "It shows so.", answers, side=side),
            interaction_id=interaction_id or self.room.click(),
            at=self.room.now,
        )


def debate_in(
    room: Classroom,
    *,
    format: Format = Format.OXFORD,
    length: timedelta | None = LENGTH,
    stages: Timetable | None = None,
    options: DebateOptions = NO_DEBATE_OPTIONS,
    seed: int = 1,
) -> DebateClass:
    """Open a debate on the claim of the class's set, in a thread of its own."""
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=claims_for(room.db, guild_id=GUILD)[0].revision_id,
        channel_id=CHANNEL,
        thread_id=ChannelId(next(_threads)),
        opened_by=HOST,
        format=format,
        timetable=stages or timetable(format, length),
        options=options,
        rng=random.Random(seed),
        at=room.now,
    )
    return DebateClass(room, debate_id)


def students(count: int) -> Sequence[UserId]:
    """So many people."""
    return [UserId(9_100 + number) for number in range(count)]
