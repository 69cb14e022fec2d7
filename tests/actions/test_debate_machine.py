"""A debate under anything that may happen, in any order: what is acknowledged stays, and no debate gets stuck."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.boards import waiting_boards
from bot.actions.debate_joining import Place
from bot.actions.debate_reports import (
    argument_board,
    debate_map,
    debate_status,
    motion_board,
    outcome_board,
    stage_board,
)
from bot.debate.debate import CloseReason, Debate, DebateState
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Side
from bot.debate.stance import Phase
from bot.errors import NoSuchArgument, NotFound, WrongState
from bot.ids import ArgumentId, InteractionId, StageId, UserId
from bot.store.arguments import count_in_stage
from bot.store.boards import BoardKind
from bot.store.debates import stage_now
from tests.classroom import GUILD, MIXED, Classroom
from tests.debate_class import LENGTH, DebateClass, debate_in

PEOPLE = [UserId(number) for number in range(1, 6)]
EVEN = (SideMode.BALANCED, SideMode.RANDOM, SideMode.CHOSEN)

people = st.sampled_from(PEOPLE)
sides = st.sampled_from(Side)
values = st.none() | st.integers(-3, 3)
lengths = st.sampled_from([LENGTH, LENGTH, timedelta(minutes=2), None])
at_first = st.dictionaries(people, st.tuples(values, sides), max_size=len(PEOPLE))
"""Who comes in before anything else happens, with a stance and a wish."""

places = st.sampled_from([0, 0, 1, 2, 3])
"""How many stages the instructor goes on at once."""

plans = st.builds(
    DebateOptions,
    sides=st.sampled_from(SideMode),
    quota=st.sampled_from([0, 0, 1, 2]),
    hide_openings=st.booleans(),
)

REFUSED = (WrongState, NotFound, NoSuchArgument)


def _is_open(machine: "HeldDebate") -> bool:
    return machine.now.state is not DebateState.CLOSED


goes_on = precondition(_is_open)


class HeldDebate(RuleBasedStateMachine):
    """One debate after the other; ``arguments`` and ``stances`` are what was acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Classroom(Path(self.folder.name) / "class.db", MIXED)
        self.held: list[DebateClass] = []
        self.arguments: dict[InteractionId, tuple[UserId, int, str, Side]] = {}
        self.first_given: dict[UserId, datetime] = {}
        self.first_argued: dict[UserId, datetime] = {}
        self.stances: dict[InteractionId, tuple[UserId, Phase, int | None]] = {}
        self.given: dict[tuple[int, UserId], Side] = {}
        self.drawn: set[UserId] = set()
        self.ended: dict[int, tuple[CloseReason, datetime]] = {}
        self.furthest = 0

    def teardown(self) -> None:
        if self.held:
            self.let_it_run_out()
        assert self.room.rows("PRAGMA foreign_key_check") == []
        self.room.close()
        self.folder.cleanup()

    @property
    def debate(self) -> DebateClass:
        return self.held[-1]

    @property
    def now(self) -> Debate:
        return self.debate.debate

    # What instructors do

    @initialize(
        format=st.sampled_from(Format),
        length=lengths,
        options=plans,
        seed=st.integers(0, 99),
        came=at_first,
        on=places,
    )
    def begin(
        self,
        format: Format,
        length: timedelta | None,
        options: DebateOptions,
        seed: int,
        came: Mapping[UserId, tuple[int | None, Side]],
        on: int,
    ) -> None:
        self.open(format, length, options, seed, came, on)

    @precondition(lambda self: not _is_open(self))
    @rule(
        format=st.sampled_from(Format),
        length=lengths,
        options=plans,
        seed=st.integers(0, 99),
        came=at_first,
        on=places,
    )
    def open(
        self,
        format: Format,
        length: timedelta | None,
        options: DebateOptions,
        seed: int,
        came: Mapping[UserId, tuple[int | None, Side]],
        on: int,
    ) -> None:
        self.held.append(debate_in(self.room, format=format, length=length, options=options, seed=seed))
        self.furthest = 0
        self.first_given.clear()
        self.first_argued.clear()
        self.drawn.clear()
        for user_id, (value, side) in came.items():
            self.stand(user_id, value, Phase.BEFORE)
            self.wish(user_id, side)
        for _ in range(on):
            if not self.now.course.is_last:
                self.advance(0)

    @goes_on
    @rule(behind=st.sampled_from([0, 1, 1, 2]))
    def advance(self, behind: int) -> None:
        """Go on from a place that was seen now or earlier."""
        before = self.now
        seen = before.course.position - behind
        after = self.led(lambda: self.debate.advance(seen))
        if behind:
            assert after == before, "who saw an earlier stage changes nothing"
        else:
            moved = after.course.position == seen + 1
            assert moved != (after.state is DebateState.CLOSED)

    @goes_on
    @rule(minutes=st.integers(1, 30), behind=st.sampled_from([0, 0, 1]))
    def extend(self, minutes: int, behind: int) -> None:
        before = self.now
        after = self.led(lambda: self.debate.extend(minutes, before.course.position - behind))
        if behind:
            assert after == before
        elif before.course.due_at is not None:
            assert after.course.due_at is not None
            assert after.course.due_at >= before.course.due_at + timedelta(minutes=minutes)

    @goes_on
    @rule(for_now=st.sampled_from([True, True, False]))
    def pause(self, for_now: bool) -> None:
        self.led(self.debate.pause)
        if for_now:
            self.room.later(60)
            self.led(self.debate.resume)

    @goes_on
    @rule()
    def resume(self) -> None:
        self.led(self.debate.resume)

    @goes_on
    @rule(how=st.sampled_from([DebateClass.close, DebateClass.cancel]), really=st.integers(0, 5))
    def end(self, how: Callable[[DebateClass], Debate], really: int) -> None:
        if not really:
            self.led(lambda: how(self.debate))

    def led(self, step: Callable[[], Debate]) -> Debate:
        """An instructor's step: never refused while the debate goes on."""
        joining = self.now.stage is Stage.JOINING
        after = step()
        self.moved(joining)
        return after

    # What the clock does

    @goes_on
    @rule(minutes=st.sampled_from([0, 0, 1, 1, 4, 11]))
    def time_passes(self, minutes: int) -> None:
        joining = self.now.stage is Stage.JOINING
        self.room.later(60 * minutes)
        self.room.tick()
        due_at = self.now.course.due_at
        assert due_at is None or due_at > self.room.now, "nothing that is due is left"
        self.moved(joining)

    @rule()
    def restart(self) -> None:
        before = self.now
        self.room.reopen()
        assert self.now == before

    @rule()
    def publish(self) -> None:
        """Everything that waits can be shown."""
        for board in waiting_boards(self.room.db):
            match board.kind:
                case BoardKind.ARGUMENT:
                    shown = argument_board(self.room.db, argument_id=ArgumentId(board.subject_id))
                case BoardKind.STAGE:
                    shown = stage_board(self.room.db, stage_id=StageId(board.subject_id))
                case BoardKind.OUTCOME:
                    shown = outcome_board(self.room.db, debate_id=self.debate.debate_id)
                case BoardKind.MAP:
                    shown = debate_map(self.room.db, debate_id=self.debate.debate_id)
                case _:
                    shown = motion_board(self.room.db, debate_id=self.debate.debate_id)
            assert shown is not None
        self.room.publish()

    def moved(self, was_joining: bool) -> None:
        """The debate may have ended, and takes nothing more; or joining has, and sides were given evenly."""
        after = self.now
        if after.state is DebateState.CLOSED:
            self.nothing_more_is_taken()
            return
        if not was_joining or after.stage is Stage.JOINING:
            return
        present = [each for each in self.debate.debaters if each.takes_part]
        assert all(each.side is not None for each in present)
        self.drawn.update(each.user_id for each in present)
        drawn = Counter(each.side for each in present)
        if after.options.sides in EVEN:
            assert abs(drawn[Side.FOR] - drawn[Side.AGAINST]) <= 1

    def nothing_more_is_taken(self) -> None:
        before = self.room.contents()
        debate, user_id = self.debate, PEOPLE[0]
        steps: list[Callable[[], object]] = [
            lambda: debate.advance(),
            lambda: debate.extend(5),
            debate.pause,
            debate.resume,
            debate.close,
            debate.cancel,
            lambda: debate.join(user_id),
            lambda: debate.wish(user_id, Side.FOR),
            lambda: debate.stand(user_id, 1),
            lambda: debate.stand(user_id, 1, phase=Phase.AFTER),
            lambda: debate.form(user_id),
            lambda: debate.argue(user_id, side="for"),
        ]
        assert not any(self.tried(step) for step in steps)
        self.room.tick()
        assert self.room.contents() == before

    # What the class does

    @goes_on
    @rule(user_id=people)
    def join(self, user_id: UserId) -> None:
        assert self.tried(lambda: self.debate.join(user_id))

    @goes_on
    @rule(user_id=people)
    def leave(self, user_id: UserId) -> None:
        known = any(each.user_id == user_id for each in self.debate.debaters)
        assert self.tried(lambda: self.debate.leave(user_id)) == known, "the way out is always open"
        assert not self.debate.place(user_id).takes_part

    @goes_on
    @rule(user_id=people, side=sides)
    def wish(self, user_id: UserId, side: Side) -> None:
        before = self.now
        had = self.debate.sides().get(user_id)
        taken = self.tried(lambda: self.debate.wish(user_id, side))
        chosen = before.options.sides is SideMode.CHOSEN and before.format.has_sides
        assert taken == (before.state is DebateState.OPEN and chosen and had is None)

    @goes_on
    @rule(user_id=people, value=values, phase=st.sampled_from(Phase))
    def stand(self, user_id: UserId, value: int | None, phase: Phase) -> None:
        before, place = self.now, self.debate.place(user_id)
        click = self.room.click()
        given: list[Place] = []
        taken = self.tried(
            lambda: given.append(self.debate.stand(user_id, value, phase=phase, interaction_id=click))
        )
        if phase is Phase.AFTER:
            may = before.stage is Stage.VOTING
        else:
            given_at = self.first_given.get(user_id)
            first = given_at is None or before.may_change_stance_before(
                argued=bool(self.own_arguments()), given_at=given_at, at=self.room.now
            )
            may = before.stage is not Stage.VOTING and place.after is None and first
        assert taken == (may and before.state is DebateState.OPEN)
        if taken:
            self.stances[click] = (user_id, phase, value)
            if phase is Phase.BEFORE:
                self.first_given.setdefault(user_id, self.room.now)
                assert given[0].late == self.came_late(user_id)
            assert self.debate.place(user_id).takes_part

    def came_late(self, user_id: UserId) -> bool:
        """Whether somebody could have heard others before they first said where they stood before."""
        if self.now.has_joining:
            heard = [self.debate.stages[0].ended_at]
        else:
            heard = [at for author_id, at in self.first_argued.items() if author_id != user_id]
        return any(at is not None and at < self.first_given[user_id] for at in heard)

    @goes_on
    @rule(user_id=people, answers=st.sampled_from(["", "", "1", "2", "99"]), side=sides)
    def argue(self, user_id: UserId, answers: str, side: Side) -> None:
        before = self.now
        click, claim = self.room.click(), f"Thought {len(self.arguments)}."
        argued = None
        may = self.may_argue(user_id, answers)

        def add() -> None:
            nonlocal argued
            argued = self.debate.argue(user_id, claim, answers=answers, side=side.value, interaction_id=click)

        assert self.tried(add) == may
        if argued is None:
            return
        assert (before.state, before.stage.takes_arguments) == (DebateState.OPEN, True)
        own = self.debate.sides()[user_id]
        if own is None:
            assert argued.side is side
        else:
            assert argued.side is (own.opposite if before.stage is Stage.SWITCHED else own)
        self.arguments[click] = (user_id, argued.number, claim, argued.side)
        self.first_argued.setdefault(user_id, self.room.now)

    @goes_on
    @rule(side=sides)
    def all_argue(self, side: Side) -> None:
        for user_id in PEOPLE:
            self.argue(user_id, "", side)

    def may_argue(self, user_id: UserId, answers: str) -> bool:
        """Whether the debate should take an argument from somebody, from what is known of it otherwise."""
        debate = self.now
        if debate.state is not DebateState.OPEN or not debate.stage.takes_arguments:
            return False
        me = next((each for each in self.debate.debaters if each.user_id == user_id), None)
        if debate.stage is Stage.FISHBOWL:
            turns = {each.speaks_in for each in self.debate.debaters if each.takes_part or each is me}
            mine = me.speaks_in if me is not None and me.side is not None else self.next_round()
            if mine != debate.course.position and debate.course.position in turns:
                return False
        stage = stage_now(self.room.db, debate.debate_id)
        assert stage is not None
        used = 0 if me is None else count_in_stage(self.room.db, stage.stage_id, me.learner_id)
        if debate.options.quota and used >= debate.options.quota:
            return False
        numbers = {number for _, number, _, _ in self.own_arguments()}
        return not answers or (debate.stage.takes_answers and int(answers) in numbers)

    def next_round(self) -> int:
        """The round in which somebody argues who comes in now: the next one, or the last."""
        course = self.now.course
        rounds = [at for at, each in enumerate(course.timetable) if each.stage is Stage.FISHBOWL]
        return next((at for at in rounds if at > course.position), rounds[-1])

    def own_arguments(self) -> list[tuple[UserId, int, str, Side]]:
        """The acknowledged arguments of the present debate."""
        rows = self.room.rows(
            "SELECT interaction_id FROM argument WHERE debate_id = :debate_id",
            debate_id=self.debate.debate_id,
        )
        return [self.arguments[InteractionId(int(str(row[0])))] for row in rows]

    @precondition(lambda self: self.arguments)
    @rule(which=st.integers(0, 99))
    def argument_is_delivered_again(self, which: int) -> None:
        click, (user_id, number, claim, _) = list(self.arguments.items())[which % len(self.arguments)]
        before = self.room.contents()
        assert self.debate.argue(user_id, claim, interaction_id=click).number == number
        assert self.room.contents() == before

    @precondition(lambda self: self.stances)
    @rule(which=st.integers(0, 99))
    def stance_is_delivered_again(self, which: int) -> None:
        click, (user_id, phase, value) = list(self.stances.items())[which % len(self.stances)]
        before = self.room.contents()
        self.debate.stand(user_id, value, phase=phase, interaction_id=click)
        assert self.room.contents() == before

    def tried(self, step: Callable[[], object]) -> bool:
        """Whether a step of the class was taken; what is refused changes nothing."""
        before = self.room.contents()
        try:
            step()
        except REFUSED:
            assert self.room.contents() == before
            return False
        return True

    # What always holds

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        arguments = self.room.rows(
            """SELECT a.interaction_id, l.user_id, a.number, a.claim, a.side
               FROM argument AS a JOIN learner AS l USING (learner_id)"""
        )
        assert {row[0]: tuple(row[1:]) for row in arguments} == self.arguments
        stances = self.room.rows(
            "SELECT s.interaction_id, l.user_id, s.phase, s.value FROM stance AS s JOIN learner AS l USING (learner_id)"
        )
        assert {row[0]: tuple(row[1:]) for row in stances} == self.stances

    @invariant()
    def side_never_changes_once_given(self) -> None:
        for held in self.held[-2:]:
            for user_id, side in held.sides().items():
                if side is not None:
                    assert self.given.setdefault((held.debate_id, user_id), side) is side
            for (debate_id, user_id), side in self.given.items():
                if debate_id == held.debate_id:
                    assert held.sides()[user_id] is side

    @invariant()
    def nobody_has_a_side_while_people_join_and_everybody_afterwards(self) -> None:
        """Where people choose, who comes late has one as soon as they have chosen or argued, and not before."""
        if not self.held or self.now.state is DebateState.CLOSED:
            return
        present = [each for each in self.debate.debaters if each.takes_part]
        if not self.now.format.has_sides or self.now.stage is Stage.JOINING:
            assert all(each.side is None for each in self.debate.debaters)
        elif self.now.options.sides is SideMode.CHOSEN:
            argued = {user_id for user_id, *_ in self.own_arguments()}
            for each in present:
                has_said = each.wish is not None or each.user_id in argued
                assert (each.side is not None) == (each.user_id in self.drawn or has_said)
        else:
            assert all(each.side is not None for each in present)

    @invariant()
    def at_most_one_stage_is_open_and_each_was_there_once(self) -> None:
        for held in self.held[-2:]:
            debate, stages = held.debate, held.stages
            assert [each.position for each in stages] == list(range(debate.course.position + 1))
            assert all(each.ended_at is not None for each in stages[:-1])
            assert (stages[-1].ended_at is None) == (debate.state is not DebateState.CLOSED)

    @invariant()
    def every_argument_was_added_while_its_stage_took_it(self) -> None:
        for at, stage, begun_at, ended_at in self.room.rows(
            "SELECT a.at, s.stage, s.begun_at, s.ended_at FROM argument AS a JOIN debate_stage AS s USING (stage_id)"
        ):
            assert Stage(str(stage)).takes_arguments
            assert str(begun_at) <= str(at)
            assert ended_at is None or str(at) <= str(ended_at)
        assert self.room.rows("SELECT COUNT(*) FROM argument WHERE stage_id IS NULL") == [(0,)]

    @invariant()
    def closed_debate_stays_closed_with_one_outcome_or_none(self) -> None:
        for held in self.held:
            debate = held.debate
            if debate.state is not DebateState.CLOSED:
                assert held.debate_id not in self.ended
                continue
            assert debate.close_reason is not None
            assert debate.closed_at is not None
            assert debate.course.due_at is None
            end = (debate.close_reason, debate.closed_at)
            assert self.ended.setdefault(held.debate_id, end) == end
            [(shown,)] = self.room.rows(
                "SELECT COUNT(*) FROM board WHERE kind = 'outcome' AND subject_id = :id", id=held.debate_id
            )
            assert shown == 1

    @invariant()
    def debate_only_goes_forward(self) -> None:
        if self.held:
            assert self.now.course.position >= self.furthest
            self.furthest = self.now.course.position

    @invariant()
    def every_argument_is_in_the_thread_unless_openings_are_hidden(self) -> None:
        """Openings are hidden while people write them, and stay so where a debate is cancelled meanwhile."""
        missing = self.room.rows(
            """SELECT a.debate_id FROM argument AS a WHERE NOT EXISTS (
                   SELECT 1 FROM board AS b WHERE b.kind = 'argument' AND b.subject_id = a.argument_id)"""
        )
        without = {debate_id for (debate_id,) in missing}
        for held in self.held:
            if held.debate_id in without:
                debate = held.debate
                assert debate.options.hide_openings
                assert debate.stage is Stage.OPENING
                assert debate.state is not DebateState.CLOSED or debate.close_reason is CloseReason.CANCELLED

    def let_it_run_out(self) -> None:
        """Whatever has happened: led by hand or by its clock, the debate comes to its outcome."""
        for _ in range(20):
            debate = self.now
            if debate.state is DebateState.CLOSED:
                break
            if debate.state is DebateState.PAUSED:
                self.debate.resume()
            elif debate.course.due_at is None:
                self.debate.advance()
            else:
                self.debate.run_out()
        assert self.now.state is DebateState.CLOSED
        self.publish()
        assert outcome_board(self.room.db, debate_id=self.debate.debate_id) is not None
        assert debate_status(self.room.db, guild_id=GUILD, debate_id=self.debate.debate_id) is not None
        self.nothing_acknowledged_is_lost()


TestHeldDebate = HeldDebate.TestCase
TestHeldDebate.settings = settings(
    max_examples=settings.default.max_examples * 40 // 100, stateful_step_count=40
)
