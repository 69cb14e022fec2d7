"""Debates that are held one after the other, for state machines: opened, led, ended, argued and voted in."""

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.boards import waiting_boards
from bot.actions.debate_gate import enter_gate
from bot.actions.lost_channels import board_channel_gone, channel_gone
from bot.actions.own_answers import answer_own, show_feedback
from bot.actions.own_runs import OwnQuestion, OwnStep, next_step
from bot.debate.argument import Relation
from bot.debate.debate import CloseReason, Debate, DebateState
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Side
from bot.debate.stance import Phase
from bot.debate.steelman import Fairness, may_answer, wait_for_word
from bot.errors import SeminarError
from bot.ids import BoardId, ChannelId, StageId, UserId, VersionId
from bot.store.boards import Board, find_board
from bot.store.debaters import debater_of
from bot.store.debates import stage_now
from bot.store.hidings import HideableKind
from bot.store.learners import find_learner
from tests.actions.debate_model import (
    Argued,
    Model,
    parts_of,
    shown_by,
)
from tests.classroom import CHANNEL, GUILD, Classroom, claim, question_set, right_answer, true_false
from tests.debate_class import LENGTH, DebateClass, debate_in

T = TypeVar("T")

PEOPLE = [UserId(number) for number in range(11, 17)]
"""Enough to compare and to vote: of fewer than five nothing is counted."""

SET = question_set(
    true_false("lake").model_copy(update={"tags": ("lists",)}),
    claim("lists").model_copy(update={"tags": ("lists",)}),
)

people = st.sampled_from(PEOPLE)
which = st.integers(0, 99)

voted = st.sampled_from(
    [
        (2, -2, 1, -1, 3, -3),
        (3, 3, 3, 0, 0, -1),
        (1, 1, 1, 1, 1, 1),
        (-2, 0, None, None, 2),
        (2,),
    ]
)
"""Stances, one a person: enough to be broken down, all alike, too few."""

busy = st.sampled_from([6, 4, 2, 0])
places = st.sampled_from(
    [
        (Format.OPEN, 0),
        (Format.OPEN, 1),
        (Format.OXFORD, 0),
        (Format.OXFORD, 1),
        (Format.OXFORD, 2),
        (Format.OXFORD, 4),
        (Format.SWITCH, 2),
        (Format.SWITCH, 3),
        (Format.FISHBOWL, 1),
    ]
)
"""A format, and the stage of it that a debate comes to before anything else happens."""

plans = st.builds(
    DebateOptions,
    sides=st.sampled_from([SideMode.BALANCED, SideMode.OPPOSITE]),
    gate=st.sampled_from([0, 0, 0, 1]),
    hide_openings=st.booleans(),
    steelman=st.booleans(),
    quota=st.sampled_from([0, 0, 2]),
    caucus=st.booleans(),
)


def is_open(machine: "HeldDebates") -> bool:
    return machine.now.state is not DebateState.CLOSED


goes_on = precondition(is_open)
argued = precondition(lambda machine: machine.model.arguments)


class HeldDebates(RuleBasedStateMachine):
    """One debate after the other, and the messages that show them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Classroom(Path(self.folder.name) / "class.db", SET)
        self.model = Model()
        self.held: list[DebateClass] = []
        self.shown: dict[BoardId, str] = {}
        self.lost: set[ChannelId] = set()
        self.seen: dict[UserId, VersionId | None] = {}

    def teardown(self) -> None:
        self.room.close()
        self.folder.cleanup()

    @property
    def debate(self) -> DebateClass:
        return self.held[-1]

    @property
    def now(self) -> Debate:
        return self.debate.debate

    def do(self, action: Callable[..., T], **about: object) -> T:
        """Run an action in the server at the moment."""
        return self.room.do(action, guild_id=GUILD, at=self.room.now, **about)

    def tried(self, action: Callable[..., T], **about: object) -> T | None:
        """What an action gives; None for what is refused. It raises nothing else."""
        try:
            return self.do(action, **about)
        except SeminarError:
            return None

    def goes(self, action: Callable[..., None], **about: object) -> bool:
        """Whether an action is taken that gives nothing."""
        try:
            self.do(action, **about)
        except SeminarError:
            return False
        return True

    def pick(self, number: int) -> Argued:
        """An argument of any debate, of the newest ones more often."""
        newest = list(self.model.arguments.values())[::-1]
        return newest[number % min(len(newest), 12)]

    def learner(self, debate: DebateClass, user_id: UserId) -> bool:
        """Whether somebody has been in a debate."""
        learner_id = find_learner(self.room.db, GUILD, user_id)
        return learner_id is not None and debater_of(self.room.db, debate.debate_id, learner_id) is not None

    def kept_back(self, debate: DebateClass) -> set[str]:
        stage = stage_now(self.room.db, debate.debate_id)
        return self.model.kept_back(debate.debate, None if stage is None else stage.stage_id)

    # What instructors do

    @initialize(
        place=places,
        options=plans,
        stances=voted,
        busy=busy,
        timed=st.booleans(),
    )
    def begin(
        self,
        place: tuple[Format, int],
        options: DebateOptions,
        stances: Sequence[int | None],
        busy: int,
        timed: bool,
    ) -> None:
        self.open(place, options, stances, busy, timed)

    @precondition(lambda self: not is_open(self))
    @rule(
        place=places,
        options=plans,
        stances=voted,
        busy=busy,
        timed=st.booleans(),
    )
    def open(
        self,
        place: tuple[Format, int],
        options: DebateOptions,
        stances: Sequence[int | None],
        busy: int,
        timed: bool,
    ) -> None:
        """Open a debate, and come to a place in it; ``busy`` people argue in each stage on the way, and there."""
        format, on = place
        self.held.append(
            debate_in(self.room, format=format, length=LENGTH if timed else None, options=options, seed=on)
        )
        self.seen.clear()
        for user_id in PEOPLE:
            self.debate.join(user_id)
            self.pass_gate(user_id)
        for user_id, value in zip(PEOPLE, stances, strict=False):
            self.debate.stand(user_id, value)
        for stage in range(on + 1):
            for number, user_id in enumerate(PEOPLE[:busy]):
                self.argue(user_id, number if stage == on else None, Side.AGAINST if number % 2 else Side.FOR)
            if stage < on:
                self.debate.advance()
        if self.now.stage is Stage.VOTING:
            self.vote(stances[::-1])

    @goes_on
    @rule(really=st.integers(0, 2))
    def advance(self, really: int) -> None:
        if not really:
            self.debate.advance()

    @goes_on
    @rule(minutes=st.sampled_from([1, 1, 2, 4, 11]), restarts=st.booleans())
    def time_passes(self, minutes: int, restarts: bool) -> None:
        if restarts:
            self.room.reopen()
        self.room.later(60 * minutes)
        self.room.tick()

    @goes_on
    @rule(for_now=st.sampled_from([True, True, True, False]))
    def pause(self, for_now: bool) -> None:
        """Pause, or let it go on."""
        if self.now.state is DebateState.PAUSED:
            self.debate.resume()
            return
        self.debate.pause()
        if for_now:
            self.debate.resume()

    @goes_on
    @rule(how=st.sampled_from([DebateClass.close, DebateClass.cancel]), really=st.integers(0, 4))
    def end(self, how: Callable[[DebateClass], Debate], really: int) -> None:
        if not really:
            how(self.debate)

    @goes_on
    @rule(whole=st.booleans(), really=st.integers(0, 4))
    def lose_channel(self, whole: bool, really: int) -> None:
        """The thread of a debate is deleted, or the channel with all its threads."""
        if really:
            return
        gone = CHANNEL if whole else self.now.thread_id
        self.do(channel_gone, channel_id=gone)
        assert (self.now.state, self.now.close_reason) == (DebateState.CLOSED, CloseReason.THREAD_DELETED)
        before = self.room.contents()
        self.do(channel_gone, channel_id=gone)
        assert self.room.contents() == before
        assert not [each for each in waiting_boards(self.room.db) if each.channel_id == self.now.thread_id]
        self.lost |= {each.debate.thread_id for each in (self.held if whole else self.held[-1:])}
        live = {board.board_id for board in self.boards() if board.channel_id not in self.lost}
        self.shown = {key: text for key, text in self.shown.items() if key in live}

    # What the class does

    @rule(user_id=people, stays=st.booleans())
    def come_or_go(self, user_id: UserId, stays: bool) -> None:
        if is_open(self):
            self.debate.join(user_id)
        if not stays and self.learner(self.debate, user_id):
            self.debate.leave(user_id)

    @goes_on
    @rule(user_id=people)
    def pass_gate(self, user_id: UserId) -> None:
        """Try the questions of the knowledge gate, where there is one and one has joined."""
        step: OwnStep | None = self.tried(
            enter_gate, debate_id=self.debate.debate_id, user_id=user_id, rng=random.Random(1)
        )
        while isinstance(step, OwnQuestion):
            about = {"user_id": user_id, "round_id": step.asked.round_id}
            self.do(answer_own, **about, answer=right_answer(step.asked), interaction_id=self.room.click())
            self.do(show_feedback, **about)
            step = self.do(next_step, user_id=user_id, run_id=step.run.run_id)

    @goes_on
    @rule(given=voted)
    def vote(self, given: Sequence[int | None]) -> None:
        phase = Phase.AFTER if self.now.stage is Stage.VOTING else Phase.BEFORE
        for user_id, value in zip(PEOPLE, given, strict=False):
            try:
                self.debate.stand(user_id, value, phase=phase)
            except SeminarError:
                continue

    @goes_on
    @rule(user_id=people, answers=st.none() | which, side=st.sampled_from(Side))
    def argue(self, user_id: UserId, answers: int | None, side: Side) -> None:
        debate, stage = self.now, stage_now(self.room.db, self.debate.debate_id)
        assert stage is not None
        there = self.model.in_debate(debate.debate_id)
        parent = there[-1 - answers % len(there)] if answers is not None and there else None
        word = self.model.word(user_id)
        added = self.tried(
            add_argument,
            debate_id=debate.debate_id,
            user_id=user_id,
            draft=ArgumentDraft(
                *parts_of(word), "" if parent is None else str(parent.number), side=side.value
            ),
            interaction_id=self.room.click(),
        )
        if added is None:
            return
        assert (debate.state, debate.stage.takes_arguments) == (DebateState.OPEN, True)
        assert added.number == len(there) + 1, "a number is given once"
        if parent is not None:
            assert parent.stands
            if (
                debate.options.steelman
                and parent.author != user_id
                and added.relation is not Relation.SUPPORTS
            ):
                assert self.may_answer(parent, user_id)
        self.model.drafts.pop((debate.debate_id, user_id), None)
        self.model.arguments[added.argument_id] = Argued(
            kind=HideableKind.ARGUMENT,
            subject_id=added.argument_id,
            debate_id=debate.debate_id,
            writer=user_id,
            words=[word],
            at=self.room.now,
            number=added.number,
            side=added.side,
            answers=None if parent is None else parent.number,
            stage_id=stage.stage_id,
        )
        assert not debate.options.quota or self.used(user_id, stage.stage_id) <= debate.options.quota

    @goes_on
    @rule(side=st.sampled_from(Side))
    def all_argue(self, side: Side) -> None:
        for number, user_id in enumerate(PEOPLE):
            self.argue(user_id, None, side if number % 2 else side.opposite)

    def used(self, user_id: UserId, stage_id: StageId) -> int:
        """How much of their quota somebody has used in a stage."""
        return sum(
            (each.author, each.stage_id, each.withdrawn) == (user_id, stage_id, False)
            for each in self.model.arguments.values()
        )

    def may_answer(self, parent: Argued, user_id: UserId) -> bool:
        """Whether somebody has restated an argument well enough, or waited long enough, to attack it."""
        said = [
            (each.at, Fairness.NOT_YET if each.hidden else each.fairness)
            for each in self.model.restated_by(parent, user_id)
        ]
        return may_answer(self.room.now, said, wait_for_word(self.now.course.planned.length))

    # What becomes of messages

    def boards(self) -> list[Board]:
        found = [
            find_board(self.room.db, BoardId(int(str(row[0]))))
            for row in self.room.rows("SELECT board_id FROM board ORDER BY board_id")
        ]
        return [each for each in found if each is not None]

    @rule()
    def publish(self) -> None:
        """Each message shows the newest state; the publisher finds out which are in threads that are gone."""
        while waiting := waiting_boards(self.room.db):
            for board, text in zip(waiting, shown_by(self.room, waiting), strict=True):
                if board.channel_id in self.lost:
                    self.room.do(board_channel_gone, board_id=board.board_id, at=self.room.now)
                else:
                    self.room.show(board)
                    self.shown[board.board_id] = text
        posted = [each for each in self.boards() if each.board_id in self.shown]
        now = shown_by(self.room, posted)
        for board, text in zip(posted, now, strict=True):
            assert self.shown[board.board_id] == text, (
                "a message is behind, and nobody is told to show it anew"
            )
