"""Runs of one learner under anything that may happen, in any order: what is acknowledged stays, and is graded by
what was asked; what has been revealed is never changed, and nothing is revealed too early.

Some of the runs are attempts at assignments, whose dates and limits change under way.
"""

import random
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.accommodating import stop_accommodating
from bot.actions.assigning import (
    AssignmentPlan,
    close_assignment,
    draft_assignment,
    move_due_date,
    set_assignment,
)
from bot.actions.attempts import begin_attempt, hand_in
from bot.actions.own_answers import answer_own, own_question, say_how_sure, show_feedback
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    create_own_run,
    leave_own,
    next_step,
    own_result,
)
from bot.actions.practice import begin_practice, retake_missed
from bot.actions.questions import publish_bundled
from bot.bank.grade import Outcome
from bot.bank.question_set import QuestionSet
from bot.bank.response import Response
from bot.errors import Invalid, NotAllowed, NotFound, RoundClosed, WrongState
from bot.ids import AssignmentId, InteractionId, RoundId, RunId, SetId, UserId
from bot.quiz.accommodation import NO_ACCOMMODATION, Accommodation
from bot.quiz.assignment import Drawn
from bot.quiz.certainty import Certainty
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import RoundState, RunMode, RunState
from bot.quiz.showing import Showing, Shown, When
from bot.store.answers import answers_of_run, seen_items
from bot.store.assignments import assigned_questions, held_back_items
from bot.store.attempts import attempts_of
from bot.store.questions import StoredItem, find_set, items_of
from bot.store.runs import held_back_rounds
from tests.classroom import ANNA, BEN, GUILD, HOST, Classroom, choice, question_set, true_false

LEARNERS = (ANNA, BEN)
LATER = Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER)
SHOWINGS = (
    Showing(),
    LATER,
    Showing(marks=When.AFTER, answers=When.AFTER_DUE, explanations=When.AFTER_DUE),
    Showing(marks=When.AFTER_DUE, answers=When.AFTER_DUE, explanations=When.AFTER_DUE),
    Showing(marks=When.DURING, answers=When.AFTER, explanations=When.AFTER_DUE),
)
ACCOMMODATIONS = (Accommodation(1.5), Accommodation(4), Accommodation(untimed=True), NO_ACCOMMODATION)
MOST_ASSIGNMENTS = 3

learners = st.sampled_from(LEARNERS)
certainties = st.sampled_from(Certainty)


def version(number: int) -> QuestionSet:
    """The same questions, but another option is right in every other version."""
    options = ("Yes", "No") if number % 2 else ("No", "Yes")
    return question_set(
        choice("river", options=options),
        choice("lake", options=options),
        true_false("bay", answer=bool(number % 2)),
    )


@dataclass
class Kept:
    """What was acknowledged of an answer."""

    click: InteractionId
    response: Response
    certainty: Certainty | None = None
    revealed: bool = False


@dataclass
class Task:
    """What is known of an assignment: its questions, and what may change: its due date."""

    attempts: int | None
    limit: timedelta | None
    due_at: datetime
    pool: set[int]


@dataclass
class Attempt:
    """What is known of an attempt: until when it takes answers."""

    of: AssignmentId
    begun_at: datetime
    closes_at: datetime


class OwnRuns(RuleBasedStateMachine):
    """Two learners who begin, answer, go away and come back; ``answers`` is what was acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Classroom(Path(self.folder.name) / "class.db", version(0))
        self.versions = 1
        self.runs: dict[RunId, UserId] = {}
        self.drawn: dict[RunId, list[tuple[int, tuple[int, ...]]]] = {}
        self.answers: dict[RoundId, Kept] = {}
        self.ended: set[RunId] = set()
        self.passed_over: set[RoundId] = set()
        self.delayed: list[InteractionId] = []
        self.tasks: dict[AssignmentId, Task] = {}
        self.attempts: dict[RunId, Attempt] = {}
        self.extra: dict[UserId, Accommodation] = {}

    def teardown(self) -> None:
        self.let_it_run_out()
        assert self.room.rows("PRAGMA foreign_key_check") == []
        self.room.close()
        self.folder.cleanup()

    # What learners begin

    @initialize(certainty=st.booleans())
    def first(self, certainty: bool) -> None:
        self.begin_practice(ANNA, certainty)

    @rule(user_id=learners, certainty=st.booleans())
    def begin_practice(self, user_id: UserId, certainty: bool) -> None:
        try:
            shown = self.room.do(
                begin_practice,
                guild_id=GUILD,
                user_id=user_id,
                set_key="geography",
                category=None,
                questions=2,
                rng=random.Random(len(self.runs)),
                at=self.room.now,
                options=RunOptions(certainty=certainty),
            )
        except Invalid:
            held = held_back_items(self.room.db, GUILD, self.room.now)
            assert {each.item_id for each in self.items()} <= held, "there were questions left to draw"
        else:
            self.note(shown.run.run_id, user_id)

    @rule(user_id=learners, certainty=st.booleans(), later=st.booleans(), minutes=st.sampled_from([1, 30]))
    def begin_with_an_end(self, user_id: UserId, certainty: bool, later: bool, minutes: int) -> None:
        closes_at = self.room.now + timedelta(minutes=minutes)
        run_id = self.room.do(
            create_own_run,
            guild_id=GUILD,
            user_id=user_id,
            mode=RunMode.PRACTICE,
            set_id=self.set_id(),
            category=None,
            focus=EVERYTHING,
            options=RunOptions(certainty=certainty, showing=LATER if later else Showing()),
            seed=1,
            rounds=[(each.revision_id, (1, 0)) for each in self.items()],
            at=self.room.now,
            closes_at=closes_at,
            due_at=closes_at + GRACE,
        )
        self.note(run_id, user_id)

    @rule(data=st.data())
    def retake(self, data: st.DataObject) -> None:
        run_id, user_id = data.draw(st.sampled_from(list(self.runs.items())))
        try:
            shown = self.room.do(
                retake_missed,
                guild_id=GUILD,
                user_id=user_id,
                run_id=run_id,
                rng=random.Random(1),
                at=self.room.now,
            )
        except NotFound:
            assert self.missed(run_id) == 0
        except WrongState:
            assert not self.may_be_shown(run_id).everything
        else:
            self.note(shown.run.run_id, user_id)

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), user_id=learners, number=st.integers(1, 3), twice=st.booleans())
    def begin_attempt(self, data: st.DataObject, user_id: UserId, number: int, twice: bool) -> None:
        """Press the button for the next attempt, or one that was shown long ago; or Discord delivers it twice."""
        assignment_id = data.draw(st.sampled_from(list(self.tasks)))
        if data.draw(st.booleans()):
            number = len(self.tries(assignment_id, user_id)) + 1
        for _ in range(1 + twice):
            self.press_begin(assignment_id, user_id, number)

    def press_begin(self, assignment_id: AssignmentId, user_id: UserId, number: int) -> None:
        task, tries = self.tasks[assignment_id], self.tries(assignment_id, user_id)
        under_way = [run_id for run_id in tries if not self.is_over(run_id)]
        may_begin = self.room.now <= task.due_at and not under_way and len(tries) != task.attempts
        try:
            shown = self.room.do(
                begin_attempt,
                guild_id=GUILD,
                user_id=user_id,
                assignment_id=assignment_id,
                number=number,
                rng=random.Random(len(self.runs)),
                at=self.room.now,
            )
        except (WrongState, NotFound):
            assert not under_way
            assert not may_begin or number != len(tries) + 1
            return
        run_id = shown.run.run_id
        if under_way:
            assert [run_id] == under_way
        elif number == len(tries) + 1:
            assert may_begin
            assert run_id not in self.runs
            end = self.end_of(task, user_id, self.room.now)
            self.attempts[run_id] = Attempt(assignment_id, self.room.now, end)
            self.note(run_id, user_id)
            assert {revision_id for revision_id, _ in self.drawn[run_id]} <= task.pool
        else:
            assert run_id == tries[-1]
            assert isinstance(shown, OwnResult)

    def note(self, run_id: RunId, user_id: UserId) -> None:
        assert self.runs.setdefault(run_id, user_id) == user_id
        drawn = [(asked.revision_id, asked.option_order) for asked in self.room.rounds(run_id)]
        self.drawn.setdefault(run_id, drawn)

    # What learners do

    @rule(data=st.data(), slot=st.integers(0, 1), held_back=st.booleans())
    def answer(self, data: st.DataObject, slot: int, held_back: bool) -> None:
        """Click now; or the click is one that Discord made long ago and delivers only now."""
        click = self.delayed.pop() if held_back and self.delayed else self.room.click()
        self.deliver(*self.some_round(data), slot, click)

    @rule()
    def click_is_delayed(self) -> None:
        self.delayed.append(self.room.click())

    @rule(data=st.data())
    def same_click_again(self, data: st.DataObject) -> None:
        if self.answers:
            round_id = data.draw(st.sampled_from(list(self.answers)))
            run_id = next(each for each in self.runs if round_id in self.round_ids(each))
            self.deliver(run_id, round_id, 0, self.answers[round_id].click)

    @rule(data=st.data(), certainty=certainties)
    def say_how_sure(self, data: st.DataObject, certainty: Certainty) -> None:
        self.go_on(*self.some_round(data), certainty)

    @rule(data=st.data())
    def show(self, data: st.DataObject) -> None:
        self.go_on(*self.some_round(data), None)

    @rule(data=st.data())
    def somebody_else_presses(self, data: st.DataObject) -> None:
        run_id, round_id = self.some_round(data)
        other = next(each for each in LEARNERS if each != self.runs[run_id])
        asking = {"guild_id": GUILD, "user_id": other, "round_id": round_id}
        before = self.room.contents()
        for action, more in (
            (own_question, {}),
            (answer_own, {"answer": 0, "interaction_id": self.room.click(), "at": self.room.now}),
            (say_how_sure, {"certainty": Certainty.GUESS, "at": self.room.now}),
        ):
            try:
                self.room.do(action, **asking, **more)  # type: ignore[arg-type]
            except NotAllowed:
                continue
            raise AssertionError(f"{action.__name__} let somebody else in")
        assert self.room.contents() == before

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        run_id = data.draw(st.sampled_from(list(self.runs)))
        result = self.room.do(
            leave_own, guild_id=GUILD, user_id=self.runs[run_id], run_id=run_id, at=self.room.now
        )
        assert result.run.state is RunState.ENDED

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), twice=st.booleans())
    def hand_in(self, data: st.DataObject, twice: bool) -> None:
        run_id = data.draw(st.sampled_from(list(self.attempts)))
        for _ in range(1 + twice):
            result = self.room.do(
                hand_in, guild_id=GUILD, user_id=self.runs[run_id], run_id=run_id, at=self.room.now
            )
            assert result.run.state is RunState.ENDED

    def some_round(self, data: st.DataObject) -> tuple[RunId, RoundId]:
        run_id = data.draw(st.sampled_from(list(self.runs)))
        return run_id, data.draw(st.sampled_from(self.round_ids(run_id)))

    def deliver(self, run_id: RunId, round_id: RoundId, slot: int, click: InteractionId) -> None:
        open_now = self.is_open(run_id, round_id)
        standing = self.answers.get(round_id)
        try:
            given = self.room.do(
                answer_own,
                guild_id=GUILD,
                user_id=self.runs[run_id],
                round_id=round_id,
                answer=slot,
                interaction_id=click,
                at=self.room.now,
            )
        except (NotFound, RoundClosed, WrongState):
            assert not open_now
            return
        if open_now and (standing is None or click > standing.click):
            self.answers[round_id] = standing = Kept(click, given.response)
        assert standing is not None
        assert given.response == standing.response
        self.follow(standing, given, open_now=open_now)

    def go_on(self, run_id: RunId, round_id: RoundId, certainty: Certainty | None) -> None:
        open_now, standing = self.is_open(run_id, round_id), self.answers.get(round_id)
        asking = {"guild_id": GUILD, "user_id": self.runs[run_id], "round_id": round_id, "at": self.room.now}
        try:
            if certainty is None:
                shown = self.room.do(show_feedback, **asking)  # type: ignore[arg-type]
            else:
                shown = self.room.do(say_how_sure, certainty=certainty, **asking)  # type: ignore[arg-type]
        except (NotFound, RoundClosed):
            assert standing is None or not open_now
            return
        assert standing is not None
        if open_now and certainty is not None:
            standing.certainty = certainty
        assert shown.certainty == standing.certainty
        self.follow(standing, shown, open_now=open_now)

    def follow(self, standing: Kept, shown: OwnKept | OwnFeedback, *, open_now: bool) -> None:
        if isinstance(shown, OwnFeedback):
            assert shown.repeated == (not open_now)
            assert open_now or standing.revealed or shown.run.state is RunState.ENDED
            standing.revealed = True

    # What instructors do

    @precondition(lambda self: len(self.tasks) < MOST_ASSIGNMENTS)
    @rule(
        attempts=st.sampled_from([1, 2, None]),
        minutes=st.sampled_from([None, 1, 15]),
        due=st.sampled_from([5, 40]),
        showing=st.sampled_from(SHOWINGS),
        certainty=st.booleans(),
        drawn=st.sampled_from(Drawn),
    )
    def set_assignment(
        self,
        attempts: int | None,
        minutes: int | None,
        due: int,
        showing: Showing,
        certainty: bool,
        drawn: Drawn,
    ) -> None:
        plan = AssignmentPlan(
            "geography",
            self.room.now + timedelta(minutes=due),
            questions=2,
            drawn=drawn,
            attempts=attempts,
            time_limit=None if minutes is None else timedelta(minutes=minutes),
            options=RunOptions(certainty=certainty, showing=showing),
        )
        drafted = self.room.do(
            draft_assignment,
            guild_id=GUILD,
            user_id=HOST,
            plan=plan,
            rng=random.Random(len(self.tasks)),
            at=self.room.now,
        )
        assignment_id = drafted.assignment.assignment_id
        self.room.do(set_assignment, guild_id=GUILD, assignment_id=assignment_id, at=self.room.now)
        pool = {each.revision_id for each in assigned_questions(self.room.db, assignment_id)}
        self.tasks[assignment_id] = Task(attempts, plan.time_limit, plan.due_at, set(pool))

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), minutes=st.sampled_from([0, 1, 20, 60]))
    def move_the_due_date_or_close(self, data: st.DataObject, minutes: int) -> None:
        assignment_id = data.draw(st.sampled_from(list(self.tasks)))
        task, due_at = self.tasks[assignment_id], self.room.now + timedelta(minutes=minutes)
        named = {"guild_id": GUILD, "assignment_id": assignment_id, "at": self.room.now}
        try:
            if minutes:
                self.room.do(move_due_date, due_at=due_at, **named)  # type: ignore[arg-type]
            else:
                self.room.do(close_assignment, **named)  # type: ignore[arg-type]
        except WrongState:
            assert self.room.now > task.due_at
        else:
            assert self.room.now <= task.due_at
            task.due_at = due_at
            self.follow_changes()

    @rule(user_id=learners, accommodation=st.sampled_from(ACCOMMODATIONS))
    def accommodate(self, user_id: UserId, accommodation: Accommodation) -> None:
        if accommodation.given:
            self.room.accommodate(user_id, accommodation)
            self.extra[user_id] = accommodation
        elif self.extra.pop(user_id, None) is not None:
            self.room.do(stop_accommodating, guild_id=GUILD, person=user_id, at=self.room.now)
        self.follow_changes()

    def follow_changes(self) -> None:
        for run_id, attempt in self.attempts.items():
            if not self.is_over(run_id):
                end = self.end_of(self.tasks[attempt.of], self.runs[run_id], attempt.begun_at)
                attempt.closes_at = max(end, self.room.now)

    # What the world does

    @rule(seconds=st.sampled_from([1, 59, 62, 600, 1_800]))
    def time_passes(self, seconds: int) -> None:
        self.room.later(seconds)

    @rule()
    def clock_strikes(self) -> None:
        self.room.tick()

    @rule()
    def questions_are_corrected(self) -> None:
        self.versions += 1
        self.room.do(publish_bundled, sets=[version(self.versions)], at=self.room.now)

    @rule()
    def restart(self) -> None:
        self.room.reopen()

    # What always holds

    @invariant()
    def every_acknowledged_answer_is_stored_once_and_nothing_else(self) -> None:
        stored = {
            given.round_id: (given.user_id, given.interaction_id, given.response, given.certainty)
            for run_id in self.runs
            for given in answers_of_run(self.room.db, run_id)
        }
        owners = {round_id: user for run_id, user in self.runs.items() for round_id in self.round_ids(run_id)}
        assert stored == {
            round_id: (owners[round_id], kept.click, kept.response, kept.certainty)
            for round_id, kept in self.answers.items()
        }
        assert self.room.rows("SELECT COUNT(*) FROM answer") == [(len(self.answers),)]

    @invariant()
    def answers_are_graded_by_what_was_asked(self) -> None:
        for run_id in self.runs:
            rounds = {asked.round_id: asked for asked in self.room.rounds(run_id)}
            assert [(asked.revision_id, asked.option_order) for asked in rounds.values()] == self.drawn[
                run_id
            ]
            for given in answers_of_run(self.room.db, run_id):
                assert given.outcome is rounds[given.round_id].grade(given.response).outcome

    @invariant()
    def what_has_ended_stays_ended_and_what_is_revealed_stays_closed(self) -> None:
        for run_id in self.runs:
            run = self.room.run(run_id)
            assert run_id not in self.ended or run.state is RunState.ENDED
            if run.state is RunState.ENDED:
                self.ended.add(run_id)
                assert run.end_reason is not None
                assert run.due_at is None
            for asked in self.room.rounds(run_id):
                kept = self.answers.get(asked.round_id)
                if asked.state is RoundState.SKIPPED:
                    self.was_passed_over(run_id, asked.round_id)
                    continue
                closed = kept is not None and (kept.revealed or run.state is RunState.ENDED)
                assert asked.state is (RoundState.CLOSED if closed else RoundState.OPEN)
                assert asked.round_id not in self.passed_over, "it does not come back"

    def was_passed_over(self, run_id: RunId, round_id: RoundId) -> None:
        """A question is passed over without an answer, where an assignment holds it back at that moment."""
        if round_id not in self.passed_over:
            assert round_id in self.held_back(run_id)
            self.passed_over.add(round_id)
        assert run_id not in self.attempts
        assert round_id not in self.answers

    def held_back(self, run_id: RunId) -> frozenset[RoundId]:
        """The questions of a quiz of one's own that must not be asked any more."""
        if run_id in self.attempts:
            return frozenset()
        return held_back_rounds(self.room.db, run_id, held_back_items(self.room.db, GUILD, self.room.now))

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        for run_id, user_id in self.runs.items():
            shown = self.room.do(next_step, guild_id=GUILD, user_id=user_id, run_id=run_id, at=self.room.now)
            match shown:
                case OwnQuestion():
                    assert shown.asked.round_id not in self.held_back(run_id)
                    assert shown.asked.round_id not in self.answers
                case OwnKept():
                    assert not self.answers[shown.asked.round_id].revealed
                case OwnSheet():
                    assert shown.unanswered == 0
                    assert not self.may_be_shown(run_id).marks
                case OwnResult():
                    assert shown.answered == len(set(self.round_ids(run_id)) & set(self.answers))

    @invariant()
    def attempts_are_as_many_and_as_long_as_they_may_be(self) -> None:
        for run_id, attempt in self.attempts.items():
            run = self.room.run(run_id)
            assert (run.closes_at, run.deadline) == (attempt.closes_at, self.tasks[attempt.of].due_at)
            assert run.state is RunState.ENDED or attempt.closes_at <= self.tasks[attempt.of].due_at
        for assignment_id, task in self.tasks.items():
            for user_id in LEARNERS:
                stored = attempts_of(self.room.db, assignment_id, user_id)
                assert [each.run_id for each in stored] == self.tries(assignment_id, user_id)
                assert task.attempts is None or len(stored) <= task.attempts
                assert sum(not each.is_over(self.room.now) for each in stored) <= 1

    @invariant()
    def nothing_is_revealed_before_it_may_be_shown(self) -> None:
        for run_id in self.attempts:
            result = own_result(
                self.room.db, guild_id=GUILD, user_id=self.runs[run_id], run_id=run_id, at=self.room.now
            )
            assert result.shown == self.may_be_shown(run_id)
        for user_id in LEARNERS:
            known = {
                asked.item.id
                for run_id, owner in self.runs.items()
                if owner == user_id and self.may_be_shown(run_id).marks
                for asked in self.room.rounds(run_id)
                if asked.state is RoundState.CLOSED and asked.round_id in self.answers
            }
            assert set(seen_items(self.room.db, GUILD, user_id, self.set_id(), self.room.now)) == known

    def let_it_run_out(self) -> None:
        self.room.later(2 * 3_600)
        self.room.tick()
        for run_id, user_id in self.runs.items():
            run = self.room.run(run_id)
            assert run.closes_at is None or run.state is RunState.ENDED
            result = own_result(
                self.room.db, guild_id=GUILD, user_id=user_id, run_id=run_id, at=self.room.now
            )
            assert result.right + result.missed == result.answered
            assert run.state is not RunState.ENDED or result.shown.everything
        self.every_acknowledged_answer_is_stored_once_and_nothing_else()

    def set_id(self) -> SetId:
        stored = find_set(self.room.db, GUILD, "geography")
        assert stored is not None
        return stored.set_id

    def items(self) -> list[StoredItem]:
        return items_of(self.room.db, self.set_id())

    def round_ids(self, run_id: RunId) -> list[RoundId]:
        return [asked.round_id for asked in self.room.rounds(run_id)]

    def is_open(self, run_id: RunId, round_id: RoundId) -> bool:
        run = self.room.run(run_id)
        (asked,) = [each for each in self.room.rounds(run_id) if each.round_id == round_id]
        if round_id in self.held_back(run_id) and round_id not in self.answers:
            return False
        return (
            asked.state is RoundState.OPEN and run.state is not RunState.ENDED and self.in_time(run.closes_at)
        )

    def tries(self, assignment_id: AssignmentId, user_id: UserId) -> list[RunId]:
        return [
            run_id
            for run_id, attempt in self.attempts.items()
            if attempt.of == assignment_id and self.runs[run_id] == user_id
        ]

    def is_over(self, run_id: RunId) -> bool:
        run = self.room.run(run_id)
        return run.state is RunState.ENDED or not self.in_time(run.closes_at)

    def end_of(self, task: Task, user_id: UserId, begun_at: datetime) -> datetime:
        extra = self.extra.get(user_id, NO_ACCOMMODATION)
        if task.limit is None or extra.untimed:
            return task.due_at
        return min(begun_at + task.limit * extra.factor, task.due_at)

    def may_be_shown(self, run_id: RunId) -> Shown:
        """What the rules allow now."""
        ended = self.is_over(run_id)
        attempt = self.attempts.get(run_id)
        due_over = attempt is None or self.room.now > self.tasks[attempt.of].due_at
        by_now = {When.DURING: True, When.AFTER: ended, When.AFTER_DUE: ended and due_over}
        showing = self.room.run(run_id).options.showing
        return Shown(by_now[showing.marks], by_now[showing.answers], by_now[showing.explanations])

    def in_time(self, closes_at: datetime | None) -> bool:
        return closes_at is None or self.room.now <= closes_at

    def missed(self, run_id: RunId) -> int:
        """How many questions can be retaken: missed, and not held back by an assignment."""
        held = held_back_rounds(self.room.db, run_id, held_back_items(self.room.db, GUILD, self.room.now))
        return sum(
            given.outcome is not Outcome.RIGHT
            for given in answers_of_run(self.room.db, run_id)
            for asked in self.room.rounds(run_id)
            if asked.round_id == given.round_id
            and asked.state is RoundState.CLOSED
            and asked.round_id not in held
        )


TestOwnRuns = OwnRuns.TestCase
TestOwnRuns.settings = settings(
    max_examples=settings.default.max_examples * 30 // 100, stateful_step_count=40
)
