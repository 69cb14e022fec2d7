"""An instructor sets an assignment: the draft and what it warns of, what is refused, and its dates later."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.assigning import (
    DRAFTS_LAST,
    AssignmentPreview,
    Caution,
    close_assignment,
    discard_draft,
    draft_assignment,
    move_due_date,
    set_assignment,
)
from bot.actions.assignment_reports import assignment_status, assignments_in
from bot.actions.attempts import assignment_overview, begin_attempt, own_assignments
from bot.actions.own_runs import OwnResult
from bot.actions.questions import publish_bundled
from bot.bank.item import Category
from bot.errors import Invalid, NotFound, RoundClosed, WrongState
from bot.ids import AssignmentId, GuildId
from bot.quiz.accommodation import Accommodation
from bot.quiz.assignment import (
    LONGEST_AHEAD,
    LONGEST_LIMIT,
    MOST_ATTEMPTS,
    SHORTEST_LIMIT,
    AssignmentState,
    Counting,
    Drawn,
    Phase,
)
from bot.quiz.focus import Focus
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import EndReason, RunState
from bot.quiz.showing import Showing, When
from bot.store.assignments import assigned_questions, delete_draft
from tests.actions.homework import (
    AFTER,
    AFTER_DUE,
    DAY,
    HOUR,
    MARKS_FIRST,
    MINUTE,
    asked_for,
    assign,
    begin,
    give,
    overview,
    press_begin,
    result,
    stored,
    work,
)
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    MIXED,
    MONDAY,
    OTHER_GUILD,
    Classroom,
    choice,
    claim,
    question_set,
    right_answer,
)


def draft(room: Classroom, *, guild_id: GuildId = GUILD, seed: int = 1, **plan: object) -> AssignmentPreview:
    return room.do(
        draft_assignment,
        guild_id=guild_id,
        user_id=HOST,
        plan=asked_for(room, **plan),
        rng=random.Random(seed),
        at=room.now,
    )


def settle(room: Classroom, assignment_id: AssignmentId, *, guild_id: GuildId = GUILD) -> AssignmentState:
    found = room.do(set_assignment, guild_id=guild_id, assignment_id=assignment_id, at=room.now)
    return found.state


def move(room: Classroom, assignment_id: AssignmentId, hours: float) -> None:
    room.do(
        move_due_date,
        guild_id=GUILD,
        assignment_id=assignment_id,
        due_at=room.now + hours * HOUR,
        at=room.now,
    )


def end(room: Classroom, assignment_id: AssignmentId) -> None:
    room.do(close_assignment, guild_id=GUILD, assignment_id=assignment_id, at=room.now)


# The draft


def test_draft_shows_what_was_asked_for_and_nobody_else_sees_it(room: Classroom) -> None:
    preview = draft(
        room,
        questions=3,
        opens_at=room.now + HOUR,
        attempts=2,
        counting=Counting.AVERAGE,
        time_limit=30 * MINUTE,
        options=AFTER_DUE,
        channel_id=CHANNEL,
    )
    found = preview.assignment
    assert (found.set_by, found.set_title, found.questions, found.attempts) == (HOST, "Geography", 3, 2)
    assert (found.opens_at, found.due_at) == (room.now + HOUR, room.now + 7 * DAY)
    assert (found.counting, found.time_limit, found.channel_id) == (Counting.AVERAGE, 30 * MINUTE, CHANNEL)
    assert found.state is AssignmentState.DRAFT
    assert len(preview.prompts) == 3
    assert stored(room, found.assignment_id) == found
    assert assignments_in(room.db, guild_id=GUILD, at=room.now) == []
    assert own_assignments(room.db, guild_id=GUILD, user_id=ANNA, at=room.now) == []
    with pytest.raises(NotFound):
        overview(room, found)
    with pytest.raises(NotFound):
        press_begin(room, found)
    room.later(hours=2)
    assert room.tick() == [], "the clock has nothing to do for a draft"


def test_prompts_are_those_that_everybody_gets(room: Classroom) -> None:
    preview = draft(room, questions=2)
    assignment_id = preview.assignment.assignment_id
    settle(room, assignment_id)
    first = begin(room, stored(room, assignment_id))
    asked = {each.item.prompt for each in room.rounds(first.run.run_id)}
    assert asked == set(preview.prompts)
    assert len(asked) == 2


def test_named_questions_are_asked_once_each_and_no_others(room: Classroom) -> None:
    preview = draft(room, items=("city", "river", "city"), questions=10)
    found = preview.assignment
    assert preview.prompts == ("Which city?", "What of river?")
    assert (found.questions, preview.cautions) == (2, (Caution.ANSWERS_BEFORE_DUE,))


def test_named_questions_can_be_a_pool_to_draw_from(room: Classroom) -> None:
    preview = draft(room, items=("city", "river", "lake"), questions=2, drawn=Drawn.EACH)
    assert (preview.assignment.questions, len(preview.prompts)) == (2, 3)


def test_pool_is_all_that_can_be_asked(room: Classroom) -> None:
    preview = draft(room, questions=2, drawn=Drawn.EACH)
    assert (preview.assignment.questions, len(preview.prompts)) == (2, 4), "a claim is no question"
    of_category = draft(room, questions=2, drawn=Drawn.EACH, category=Category.HISTORY)
    assert set(of_category.prompts) == {"So it is with lake.", "Which city?"}


def test_length_of_an_attempt_allows_for_questions_that_exclude_each_other(room: Classroom) -> None:
    twins = question_set(choice("a", not_with=("b",)), choice("b"), choice("c"), key="twins")
    room.do(publish_bundled, sets=[twins], at=room.now)
    for drawn in Drawn:
        preview = draft(room, set_key="twins", questions=3, drawn=drawn)
        assert preview.assignment.questions == 2
        assert Caution.FEWER_QUESTIONS in preview.cautions
        settle(room, preview.assignment.assignment_id)
        for user_id in (ANNA, BEN, CEM):
            first = begin(room, stored(room, preview.assignment.assignment_id), user_id, seed=user_id)
            assert first.run.total == 2


@pytest.mark.parametrize(
    ("plan", "cautions"),
    [
        ({"questions": 4, "options": AFTER_DUE}, set()),
        ({"questions": 5, "options": AFTER_DUE}, {Caution.FEWER_QUESTIONS}),
        ({"questions": 5, "drawn": Drawn.EACH, "options": AFTER_DUE}, {Caution.FEWER_QUESTIONS}),
        ({"options": AFTER}, {Caution.ANSWERS_BEFORE_DUE}),
        ({"options": RunOptions()}, {Caution.ANSWERS_BEFORE_DUE}),
        ({"options": MARKS_FIRST}, set()),
        ({"options": AFTER, "attempts": 2}, {Caution.ANSWERS_BETWEEN_ATTEMPTS}),
        ({"options": AFTER, "attempts": None}, {Caution.ANSWERS_BETWEEN_ATTEMPTS}),
        ({"options": AFTER_DUE, "attempts": None}, set()),
        ({"options": AFTER_DUE, "time_limit": HOUR}, set()),
        ({"options": AFTER_DUE, "time_limit": HOUR, "due_at": HOUR}, set()),
        ({"options": AFTER_DUE, "time_limit": HOUR, "due_at": 59 * MINUTE}, {Caution.LIMIT_NEVER_FITS}),
        (
            {
                "options": RunOptions(
                    showing=Showing(marks=When.AFTER_DUE, answers=When.AFTER, explanations=When.AFTER_DUE)
                )
            },
            {Caution.ANSWERS_BEFORE_DUE, Caution.ANSWERS_TELL_MARKS},
        ),
        (
            {
                "options": RunOptions(
                    showing=Showing(marks=When.AFTER, answers=When.AFTER_DUE, explanations=When.DURING)
                ),
                "attempts": 3,
            },
            {Caution.ANSWERS_BETWEEN_ATTEMPTS, Caution.ANSWERS_TELL_MARKS},
        ),
    ],
)
def test_what_an_instructor_may_not_have_meant(
    room: Classroom, plan: dict[str, object], cautions: set[Caution]
) -> None:
    if isinstance(plan.get("due_at"), timedelta):
        plan = {**plan, "due_at": room.now + plan["due_at"]}  # type: ignore[operator]
    assert set(draft(room, **plan).cautions) == cautions


# What is refused


@pytest.mark.parametrize(
    ("plan", "what", "remedy"),
    [
        ({"due_at": timedelta(0)}, "due date", "Choose a later one."),
        ({"due_at": -DAY}, "due date", "Choose a later one."),
        ({"due_at": DAY, "opens_at": DAY}, "due date", "Choose a later one."),
        ({"due_at": DAY, "opens_at": 2 * DAY}, "due date", "Choose a later one."),
        ({"due_at": LONGEST_AHEAD + MINUTE}, "due date", "Choose an earlier one."),
        ({"opens_at": -DAY}, "opening date", "Choose a later one, or leave it out to open at once."),
        ({"opens_at": -365 * DAY}, "opening date", "Choose a later one, or leave it out to open at once."),
        ({"questions": 0}, "number of questions", "Choose 1 to 50."),
        ({"questions": 51}, "number of questions", "Choose 1 to 50."),
        ({"items": ("river",) * 51}, "number of questions", "Choose 1 to 50."),
        ({"attempts": 0}, "number of attempts", "Choose 1 to 20, or 0 for any."),
        ({"attempts": MOST_ATTEMPTS + 1}, "number of attempts", "Choose 1 to 20, or 0 for any."),
        ({"time_limit": SHORTEST_LIMIT - timedelta(seconds=1)}, "time limit", "Choose 1 minute to 12 hours."),
        ({"time_limit": LONGEST_LIMIT + timedelta(seconds=1)}, "time limit", "Choose 1 minute to 12 hours."),
        ({"items": ("river", "ocean")}, "list of items", "`/questions show`"),
        ({"items": ("lists",)}, "list of items", "claims are for debates"),
        ({"category": Category.CLAIM}, "category", "Choose another category"),
        ({"focus": Focus(tag="no-such-tag")}, "choice", "Leave out"),
    ],
)
def test_what_cannot_be_set_is_refused_with_a_way_out(
    room: Classroom, plan: dict[str, object], what: str, remedy: str
) -> None:
    moments = {name: room.now + each for name, each in plan.items() if name in ("due_at", "opens_at")}  # type: ignore[operator]
    before = room.contents()
    with pytest.raises(Invalid) as refused:
        draft(room, **{**plan, **moments})
    assert refused.value.what == what
    assert remedy in refused.value.remedy
    assert room.contents() == before


@pytest.mark.parametrize(
    "plan",
    [
        {"due_at": timedelta(minutes=1)},
        {"due_at": LONGEST_AHEAD},
        {"time_limit": SHORTEST_LIMIT},
        {"time_limit": LONGEST_LIMIT},
        {"attempts": MOST_ATTEMPTS},
        {"attempts": None},
        {"questions": 50},
        {"items": ("river",)},
    ],
)
def test_what_is_just_possible_is_set(room: Classroom, plan: dict[str, object]) -> None:
    moments = {name: room.now + each for name, each in plan.items() if name == "due_at"}  # type: ignore[operator]
    assert assign(room, **{**plan, **moments}).phase(room.now) is Phase.OPEN


def test_unknown_questions_are_named(room: Classroom) -> None:
    with pytest.raises(Invalid) as refused:
        draft(room, items=("river", "ocean", "lists", "hill"))
    assert "ocean, lists, hill" in refused.value.reason


def test_unknown_sets_and_sets_of_claims_alone(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(claim("one"), key="claims"), MIXED], at=room.now)
    with pytest.raises(NotFound):
        draft(room, set_key="astronomy")
    with pytest.raises(Invalid) as refused:
        draft(room, set_key="claims")
    assert "/debate" in refused.value.remedy


def test_opening_today_is_opening_at_once(room: Classroom) -> None:
    assert assign(room, opens_at=room.now - 9 * HOUR).opens_at == room.now


# Setting it, and not


def test_draft_that_is_set_twice_is_one_assignment(room: Classroom) -> None:
    assignment_id = draft(room).assignment.assignment_id
    room.later(600)
    assert settle(room, assignment_id) is AssignmentState.SET
    assert stored(room, assignment_id).opens_at == room.now, (
        "it opens when it is set, not when it was drafted"
    )
    before = room.contents()
    room.later(600)
    assert settle(room, assignment_id) is AssignmentState.SET
    assert room.contents() == before
    assert len(assignments_in(room.db, guild_id=GUILD, at=room.now)) == 1


def test_draft_whose_opening_has_passed_meanwhile_opens_when_it_is_set(room: Classroom) -> None:
    later = draft(room, opens_at=room.now + HOUR).assignment
    soon = draft(room, opens_at=room.now + 3 * HOUR).assignment
    room.later(hours=2)
    for each in (later, soon):
        settle(room, each.assignment_id)
    assert stored(room, later.assignment_id).opens_at == room.now
    assert stored(room, soon.assignment_id).opens_at == soon.opens_at
    assert stored(room, soon.assignment_id).phase(room.now) is Phase.SCHEDULED


def test_draft_that_would_be_due_already_is_not_set(room: Classroom) -> None:
    assignment_id = draft(room, due_at=room.now + HOUR).assignment.assignment_id
    room.later(hours=1)
    before = room.contents()
    with pytest.raises(Invalid) as refused:
        settle(room, assignment_id)
    assert (refused.value.what, refused.value.remedy) == ("due date", "Choose a later one.")
    assert room.contents() == before


def test_discarded_draft_is_gone(room: Classroom) -> None:
    assignment_id = draft(room).assignment.assignment_id
    room.do(discard_draft, guild_id=GUILD, assignment_id=assignment_id)
    assert room.rows("SELECT COUNT(*) FROM assignment_question") == [(0,)]
    with pytest.raises(NotFound):
        settle(room, assignment_id)
    with pytest.raises(NotFound):
        room.do(discard_draft, guild_id=GUILD, assignment_id=assignment_id)


def test_what_is_set_cannot_be_discarded(room: Classroom) -> None:
    assignment = assign(room)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        room.do(discard_draft, guild_id=GUILD, assignment_id=assignment.assignment_id)
    assert refused.value.state == "set already"
    room.do(delete_draft, assignment.assignment_id)
    assert room.contents() == before, "not even by whoever forgets to look"


def test_draft_that_nobody_sets_is_forgotten_a_day_later(room: Classroom) -> None:
    forgotten = draft(room).assignment.assignment_id
    kept = assign(room).assignment_id
    room.later(DRAFTS_LAST.total_seconds())
    young = draft(room).assignment.assignment_id
    room.later(1)
    draft(room)
    with pytest.raises(NotFound):
        settle(room, forgotten)
    assert settle(room, young) is AssignmentState.SET
    assert len(assigned_questions(room.db, kept)) == 4
    assert assigned_questions(room.db, forgotten) == []


def test_withdrawn_assignment_is_not_set_again(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR)
    room.do(close_assignment, guild_id=GUILD, assignment_id=assignment.assignment_id, at=room.now)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        settle(room, assignment.assignment_id)
    assert refused.value.state == "withdrawn"
    assert room.contents() == before


def test_assignment_asks_what_its_set_was_when_it_was_drafted(room: Classroom) -> None:
    assignment = assign(room)
    before = [each.revision_id for each in assigned_questions(room.db, assignment.assignment_id)]
    reworded = question_set(*(choice(key, options=("Wrong", "Right")) for key in ("river", "hill")))
    room.do(publish_bundled, sets=[reworded], at=room.now)
    first = begin(room, assignment)
    assert sorted(each.revision_id for each in room.rounds(first.run.run_id)) == sorted(before)


# Another server


ELSEWHERE: dict[Callable[..., object], dict[str, object]] = {
    set_assignment: {},
    discard_draft: {},
    move_due_date: {"due_at": MONDAY + 2 * DAY},
    close_assignment: {},
    assignment_status: {},
    assignment_overview: {"user_id": ANNA},
    begin_attempt: {"user_id": ANNA, "number": 1, "rng": random.Random(1)},
}


@pytest.mark.parametrize("action", ELSEWHERE, ids=lambda action: action.__name__)
@pytest.mark.parametrize("is_set", [True, False])
def test_assignment_of_another_server_is_not_found(
    room: Classroom, action: Callable[..., object], is_set: bool
) -> None:
    assignment_id = assign(room).assignment_id if is_set else draft(room).assignment.assignment_id
    timed = {} if action is discard_draft else {"at": room.now}
    before = room.contents()
    with pytest.raises(NotFound) as refused:
        room.do(action, guild_id=OTHER_GUILD, assignment_id=assignment_id, **ELSEWHERE[action], **timed)
    assert refused.value.what == "assignment"
    assert room.contents() == before


def test_lists_of_another_server_are_empty(room: Classroom) -> None:
    assign(room)
    assert len(assignments_in(room.db, guild_id=GUILD, at=room.now)) == 1
    assert assignments_in(room.db, guild_id=OTHER_GUILD, at=room.now) == []
    assert len(own_assignments(room.db, guild_id=GUILD, user_id=ANNA, at=room.now)) == 1
    assert own_assignments(room.db, guild_id=OTHER_GUILD, user_id=ANNA, at=room.now) == []


# Another due date


def test_attempts_under_way_follow_the_due_date_with_everybodys_own_time(room: Classroom) -> None:
    room.accommodate(BEN, Accommodation(1.5))
    room.accommodate(CEM, Accommodation(untimed=True))
    assignment = assign(room, due_at=room.now + HOUR, time_limit=2 * HOUR)
    runs = {user_id: begin(room, assignment, user_id).run.run_id for user_id in (ANNA, BEN, CEM)}
    assert {room.run(run_id).closes_at for run_id in runs.values()} == {room.now + HOUR}
    begun = room.now
    room.later(600)
    move(room, assignment.assignment_id, 24)
    ends = {user_id: room.run(run_id).closes_at for user_id, run_id in runs.items()}
    assert ends == {ANNA: begun + 2 * HOUR, BEN: begun + 3 * HOUR, CEM: room.now + DAY}
    assert all(room.run(run_id).due_at == ends[user_id] + GRACE for user_id, run_id in runs.items())  # type: ignore[operator]
    move(room, assignment.assignment_id, 0.5)
    assert {room.run(run_id).closes_at for run_id in runs.values()} == {room.now + 0.5 * HOUR}
    room.later(1_801.5)
    room.tick()
    assert {room.run(run_id).end_reason for run_id in runs.values()} == {EndReason.TIME_UP}


def test_attempt_that_is_over_stays_over_when_the_due_date_moves(room: Classroom) -> None:
    assignment = assign(room, due_at=room.now + DAY, time_limit=10 * MINUTE, attempts=2)
    first = begin(room, assignment)
    room.later(600.5)
    ended_at = room.run(first.run.run_id).closes_at
    room.accommodate(ANNA, Accommodation(2))
    move(room, assignment.assignment_id, 48)
    assert room.run(first.run.run_id).closes_at == ended_at, "nobody has ended it yet, but its time is up"
    with pytest.raises(RoundClosed):
        give(room, first.asked.round_id, right_answer(first.asked))


def test_scheduled_assignment_can_be_moved_too(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + DAY)
    move(room, assignment.assignment_id, 30)
    moved = stored(room, assignment.assignment_id)
    assert (moved.due_at, moved.opens_at) == (room.now + 30 * HOUR, assignment.opens_at)
    assert moved.next_at == moved.opens_at


@pytest.mark.parametrize("hours", [0, -1, 23, 24, 24 * 367])
def test_impossible_due_dates_change_nothing(room: Classroom, hours: float) -> None:
    assignment = assign(room, opens_at=room.now + DAY)
    before = room.contents()
    with pytest.raises(Invalid) as refused:
        move(room, assignment.assignment_id, hours)
    assert refused.value.what == "due date"
    assert refused.value.remedy.startswith("Choose a")
    assert room.contents() == before


def test_due_date_that_has_passed_is_not_moved(room: Classroom) -> None:
    assignment = assign(room, due_at=room.now + HOUR)
    room.later(3_600)
    move(room, assignment.assignment_id, 1)
    room.later(3_600.1)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        move(room, assignment.assignment_id, 1)
    assert refused.value.state == "closed"
    assert room.contents() == before


def test_draft_has_no_due_date_to_move_or_end_to_come(room: Classroom) -> None:
    unset = draft(room).assignment
    with pytest.raises(WrongState):
        move(room, unset.assignment_id, 1)
    with pytest.raises(WrongState):
        end(room, unset.assignment_id)


def test_moved_due_date_reminds_again_only_where_the_reminder_lies_ahead(room: Classroom) -> None:
    assignment = assign(room, due_at=room.now + 8 * DAY)
    assignment_id = assignment.assignment_id
    room.later(hours=7 * 24)
    room.tick()
    assert stored(room, assignment_id).reminded_at == room.now
    move(room, assignment_id, 12)
    assert stored(room, assignment_id).reminded_at == room.now, (
        "the reminder for that would have been earlier"
    )
    move(room, assignment_id, 48)
    moved = stored(room, assignment_id)
    assert (moved.reminded_at, moved.next_at) == (None, room.now + DAY)


# The end


def test_open_assignment_ends_at_once_with_all_answers_kept(room: Classroom) -> None:
    room.accommodate(BEN, Accommodation(untimed=True))
    assignment = assign(room, time_limit=HOUR, attempts=2)
    runs = {user_id: begin(room, assignment, user_id).run.run_id for user_id in (ANNA, BEN)}
    asked = {user_id: room.rounds(run_id) for user_id, run_id in runs.items()}
    for user_id, rounds in asked.items():
        give(room, rounds[0].round_id, right_answer(rounds[0]), user_id)
    room.later(60)
    end(room, assignment.assignment_id)
    room.later(1)
    given = give(room, asked[ANNA][1].round_id, right_answer(asked[ANNA][1]), seconds_ago=1.2)
    assert given.run.run_id == runs[ANNA], "a click made before the end counts"
    with pytest.raises(RoundClosed) as late:
        give(room, asked[BEN][0].round_id, 0, BEN, seconds_ago=0.5)
    assert late.value.standing is not None
    assert stored(room, assignment.assignment_id).phase(room.now) is Phase.CLOSED
    room.later(0.5)
    room.tick()
    for user_id, right in ((ANNA, 2), (BEN, 1)):
        kept = result(room, runs[user_id], user_id)
        assert (kept.run.end_reason, kept.right) == (EndReason.TIME_UP, right)
    with pytest.raises(WrongState) as over:
        press_begin(room, assignment, CEM)
    assert over.value.state == "over"
    with pytest.raises(WrongState) as twice:
        end(room, assignment.assignment_id)
    assert twice.value.state == "closed"


def test_closing_in_the_same_instant_twice_changes_nothing_the_second_time(room: Classroom) -> None:
    assignment = assign(room)
    first = begin(room, assignment)
    end(room, assignment.assignment_id)
    closed, run = stored(room, assignment.assignment_id), room.run(first.run.run_id)
    end(room, assignment.assignment_id)
    assert (stored(room, assignment.assignment_id), room.run(first.run.run_id)) == (closed, run)


def test_closed_early_shows_what_was_to_be_shown_after_the_due_date(room: Classroom) -> None:
    assignment = assign(room, options=AFTER_DUE)
    first = begin(room, assignment)
    work(room, first.run.run_id)
    assert not result(room, first.run.run_id).shown.anything
    end(room, assignment.assignment_id)
    room.later(0.001)
    assert result(room, first.run.run_id).shown.everything


def test_assignment_that_has_not_opened_is_withdrawn(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR, channel_id=CHANNEL)
    end(room, assignment.assignment_id)
    withdrawn = stored(room, assignment.assignment_id)
    assert (withdrawn.state, withdrawn.phase(room.now + DAY)) == (AssignmentState.WITHDRAWN, Phase.WITHDRAWN)
    assert withdrawn == replace(assignment, state=AssignmentState.WITHDRAWN)
    room.later(hours=2)
    assert room.tick() == []
    assert room.publish() == []
    assert assignments_in(room.db, guild_id=GUILD, at=room.now) == []
    with pytest.raises(NotFound):
        press_begin(room, assignment)
    with pytest.raises(WrongState) as twice:
        end(room, assignment.assignment_id)
    with pytest.raises(WrongState) as moved:
        move(room, assignment.assignment_id, 5)
    assert twice.value.state == moved.value.state == "withdrawn"


def test_two_hosts_one_closes_and_the_other_moves_the_due_date(room: Classroom) -> None:
    assignment = assign(room)
    first = begin(room, assignment)
    end(room, assignment.assignment_id)
    room.later(0.01)
    with pytest.raises(WrongState):
        move(room, assignment.assignment_id, 5)
    room.later(5)
    room.tick()
    assert isinstance(result(room, first.run.run_id), OwnResult)
    assert room.run(first.run.run_id).state is RunState.ENDED
