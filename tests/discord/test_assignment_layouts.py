"""Every message about an assignment at its largest: Discord takes it, nothing that matters is cut, words say it all."""

import dataclasses
import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest

from bot.actions.assigning import AssignmentPreview, Caution
from bot.actions.assignment_reminders import DueNews
from bot.actions.assignment_reports import AssignmentStatus, LearnerStanding, Standing
from bot.actions.attempts import Overview
from bot.actions.boards import Notice, NoticeKind
from bot.actions.own_look import OwnLook
from bot.actions.own_runs import OwnKept, OwnQuestion, OwnResult, OwnSheet
from bot.bank import limits
from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.bank.kinds import Item, Numeric
from bot.bank.response import Typed
from bot.ids import AssignmentId, ChannelId, GuildId, RoundId, RunId, SetId, UserId
from bot.quiz.assignment import Assignment, AssignmentState, Counting, Drawn, Phase
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Focus, Level
from bot.quiz.options import RunOptions
from bot.quiz.run import Round, RoundState, Run, RunMode, RunState
from bot.quiz.showing import Showing, Shown, When
from bot.store.answers import StoredAnswer
from bot.store.attempts import Attempt
from bot.views.assignment_cards import closed_card, closing_card, set_words, status_card
from bot.views.assignments import (
    STATUS_PAGE,
    AssignmentStatusPage,
    announcement_of,
    below_status,
    instructors_list,
    learners_list,
    preview_of,
)
from bot.views.boards import render_notice
from bot.views.layout import Layout, card
from bot.views.own_assignment import overview_layout
from bot.views.own_look import look_layout
from bot.views.own_run import SHEET_PAGE, hand_in_question, own_card
from tests.discord.layouts import (
    BIG,
    INFO,
    NOW,
    all_different,
    buttons_of,
    long,
    plain,
    refusals,
    texts_of,
)
from tests.discord.test_layouts import answers_to, asked, every_item, given, run

SHOWN = [Shown(*each) for each in product((False, True), repeat=3)]
LONGEST = Showing(marks=When.DURING, answers=When.AFTER, explanations=When.AFTER_DUE)


def assignment(**changes: Any) -> Assignment:
    """One with all that there can be to say about it."""
    whole = Assignment(
        assignment_id=AssignmentId(BIG),
        guild_id=GuildId(BIG),
        set_by=UserId(BIG),
        set_id=SetId(BIG),
        set_title=INFO.title,
        category=Category.HISTORY,
        focus=Focus("t" * limits.TAG, Level.MEDIUM),
        drawn=Drawn.EACH,
        questions=50,
        opens_at=NOW + timedelta(days=1),
        due_at=NOW + timedelta(days=300),
        attempts=20,
        counting=Counting.AVERAGE,
        time_limit=timedelta(minutes=719),
        options=RunOptions(certainty=True, showing=LONGEST),
        channel_id=ChannelId(BIG),
        reminds=True,
        state=AssignmentState.SET,
        seed=1,
    )
    return dataclasses.replace(whole, **changes)


def attempt(number: int, **changes: Any) -> Attempt:
    over = Attempt(RunId(BIG - number), UserId(BIG), NOW, NOW, NOW, 50, 50, 50, 33.333)
    return dataclasses.replace(over, **changes)


def overview(
    attempts: int = 20, *, under_way: bool = False, phase: Phase = Phase.OPEN, **changes: Any
) -> Overview:
    made = tuple(attempt(number) for number in range(attempts))
    whole = Overview(
        assignment=assignment(attempts=None, opened_at=NOW),
        phase=phase,
        attempts=made,
        under_way=made[-1] if under_way else None,
        left=None,
        own_limit=timedelta(hours=17, minutes=58, seconds=30),
        ends_at=NOW,
        score=0.66,
        shown=Shown(marks=True, answers=True, explanations=True),
        reminders=True,
    )
    return dataclasses.replace(whole, **changes)


def attempt_run(state: RunState = RunState.ASKING) -> Run:
    return run(
        state=state,
        mode=RunMode.ASSIGNMENT,
        assignment_id=AssignmentId(BIG),
        options=RunOptions(
            certainty=True, showing=Showing(**dict.fromkeys(Showing.model_fields, When.AFTER_DUE))
        ),
        closes_at=NOW,
        deadline=NOW + timedelta(days=1),
    )


def rounds(
    item: Item, count: int, outcomes: Sequence[Outcome | None]
) -> tuple[tuple[Round, StoredAnswer | None], ...]:
    """So many questions alike, answered with these outcomes in turn (None: not answered)."""
    return tuple(
        (
            dataclasses.replace(asked(item, RoundState.OPEN, position=n), round_id=RoundId(BIG - n)),
            None if outcome is None else given(item, outcome),
        )
        for n in range(count)
        for outcome in [outcomes[n % len(outcomes)]]
    )


def numbers_of(layout: Layout) -> list[int]:
    """The numbers of the questions that a message lists."""
    return [int(number) for number in re.findall(r"^(\d+)\. ", texts_of(layout), re.MULTILINE)]


# For instructors


@pytest.mark.parametrize("drawn", list(Drawn))
@pytest.mark.parametrize("count", [1, 15, 16, 50, 500])
def test_preview_fits(drawn: Drawn, count: int) -> None:
    shown = assignment(drawn=drawn, state=AssignmentState.DRAFT, reminds=False)
    prompts = tuple(long(limits.PROMPT, f"{n} ") for n in range(count))
    layout = preview_of(
        AssignmentPreview(shown, prompts, tuple(Caution)), "America/Argentina/ComodRivadavia", NOW
    )
    assert refusals(layout) == []
    said = texts_of(layout)
    for words in ("Opens <t:", "**Due <t:", "There is no reminder.", "Nobody but you has seen this yet."):
        assert words in said
    assert said.count("**Please note:** ") == len(Caution)
    if drawn is Drawn.SAME:
        assert numbers_of(layout) == list(range(1, min(count, 15) + 1))
        assert (f"… and {count - 15} more." in said) == (count > 15)


@pytest.mark.parametrize("phase", [Phase.SCHEDULED, Phase.OPEN, Phase.CLOSED, Phase.WITHDRAWN])
@pytest.mark.parametrize("learners", [0, 1, 25, 26, 300])
def test_status_fits_on_every_page(phase: Phase, learners: int) -> None:
    everybody = tuple(
        LearnerStanding(UserId(BIG - n), Standing.FINISHED, 20, score=0.123, answered=49, asked=50)
        for n in range(learners)
    )
    status = AssignmentStatus(assignment(opened_at=NOW), phase, everybody)
    pages = max(-(-learners // STATUS_PAGE), 1)
    listed: list[str] = []
    for page in range(pages):
        layout = status_card(status, page, pages, STATUS_PAGE, below_status(status, page, pages))
        assert refusals(layout) == []
        listed += re.findall(
            r"^<@(\d+)> · finished: 12% \(20 attempts, another", texts_of(layout), re.MULTILINE
        )
    seen = phase in (Phase.OPEN, Phase.CLOSED)
    assert listed == [str(BIG - n) for n in range(learners)] * seen


def test_standings_differ_in_words() -> None:
    standings = [LearnerStanding(UserId(1), each, 1, answered=1, asked=2) for each in Standing]
    status = [AssignmentStatus(assignment(), Phase.OPEN, (each,)) for each in standings]
    assert all_different(status_card(each, 0, 1, STATUS_PAGE, []) for each in status)


def test_lists_fit_with_as_many_as_there_can_be() -> None:
    found = [(assignment(assignment_id=AssignmentId(BIG - n)), Phase.OPEN) for n in range(100)]
    mine = [overview(assignment=each, under_way=True) for each, _ in found[:25]]
    for layout, left_out in ((instructors_list(found), 90), (learners_list(mine), 15)):
        assert refusals(layout) == []
        assert len(buttons_of(layout)) == 10
        assert f"{left_out} more: name one under `assignment`." in texts_of(layout)
    assert refusals(instructors_list([])) == refusals(learners_list([])) == []


def test_questions_and_confirmations_fit() -> None:
    button = AssignmentStatusPage(BIG, 99)
    for state in AssignmentState:
        assert refusals(closed_card(assignment(state=state), [[button]])) == []
    for phase in Phase:
        assert refusals(closing_card(assignment(), phase, [[button]])) == []
    for channel_id in (None, ChannelId(BIG)):
        for opens_at in (NOW, NOW + timedelta(days=1)):
            assert refusals(card(set_words(assignment(channel_id=channel_id, opens_at=opens_at), NOW))) == []


@pytest.mark.parametrize("kind", [each for each in NoticeKind if each.value.startswith("assignment")])
def test_notices_fit(kind: NoticeKind) -> None:
    link = f"{BIG}/{BIG}/{BIG}"
    details = [INFO.title, "x" * 1_000]
    if kind is NoticeKind.ASSIGNMENT_DUE:
        news = [DueNews(title=INFO.title, due_at=NOW, link=link, announced=each) for each in (True, False)]
        details = [each.model_dump_json() for each in news]
    for detail in details:
        layout = render_notice(Notice(1, GuildId(BIG), UserId(BIG), kind, BIG, detail))
        assert refusals(layout) == []
        assert (INFO.title in texts_of(layout)) or detail in texts_of(layout)


# For learners


def test_announcement_fits_in_every_phase() -> None:
    layouts = [announcement_of(assignment(opened_at=NOW), phase) for phase in (Phase.OPEN, Phase.CLOSED)]
    assert [refusals(layout) for layout in layouts] == [[], []]
    assert all_different(layouts)


@pytest.mark.parametrize("attempts", [0, 1, 2, 15, 16, 20, 150])
@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED])
@pytest.mark.parametrize("under_way", [False, True])
@pytest.mark.parametrize("shown", [SHOWN[0], SHOWN[-1]], ids=["hidden", "shown"])
def test_overview_fits_with_its_attempts(attempts: int, phase: Phase, under_way: bool, shown: Shown) -> None:
    layout = overview_layout(
        overview(attempts, under_way=under_way and bool(attempts), phase=phase, shown=shown)
    )
    assert refusals(layout) == []
    said = texts_of(layout)
    if attempts:
        assert f"Attempt {attempts}: " in said
    results = [each["label"] for each in buttons_of(layout) if each["label"].startswith("Result of")]
    assert len(results) == min(attempts - (under_way and bool(attempts)), 15)
    if phase is Phase.OPEN:
        assert (
            "Your time for each attempt: 17 hours 58 minutes 30 seconds (class: 11 hours 59 minutes)" in said
        )


@every_item
def test_question_of_an_attempt_fits(item: Item) -> None:
    for answered in (None, *answers_to(item)):
        shown = OwnQuestion(attempt_run(), asked(item, RoundState.OPEN), 50, resumed=True, standing=answered)
        layout = own_card(shown)
        assert refusals(layout) == []
        said = texts_of(layout)
        assert all(text in said for text in (item.prompt, *item.choices()) if len(text) > 24)
        onward = "Next question" if answered is not None else "Skip for now"
        assert [each["label"] for each in buttons_of(layout)][-2:] == [onward, "Look over my answers"]
        assert ("Your answer so far: **" in said) == (answered is not None)


@every_item
def test_kept_answer_fits(item: Item) -> None:
    for answered in answers_to(item):
        for is_last in (True, False):
            shown = OwnKept(attempt_run(), asked(item, RoundState.OPEN), answered, Certainty.FAIRLY, is_last)
            layout = own_card(shown)
            assert refusals(layout) == []
            assert item.prompt in texts_of(layout)
            assert "Your answer is in: **" in texts_of(layout)


@every_item
@pytest.mark.parametrize("count", [1, 15, 16, 50])
def test_sheet_fits_on_every_page(item: Item, count: int) -> None:
    sheet = OwnSheet(attempt_run(), rounds(item, count, [Outcome.WRONG, None]))
    pages = -(-count // SHEET_PAGE)
    listed: list[int] = []
    for page in range(pages):
        layout = own_card(sheet, page)
        assert refusals(layout) == []
        listed += numbers_of(layout)
        labels = [each["label"] for each in buttons_of(layout)]
        pressed = [int(label.removeprefix("Question ")) for label in labels if label.startswith("Question ")]
        assert pressed == numbers_of(layout)
        assert ("Earlier questions" in labels, "Later questions" in labels) == (page > 0, page + 1 < pages)
        assert labels[-1] == "Hand in"
        open_ones = [number for number in pressed if number % 2 == 0]
        assert texts_of(layout).count("**Not answered**") == len(open_ones)
    assert listed == list(range(1, count + 1))
    assert refusals(hand_in_question(sheet)) == []


@every_item
@pytest.mark.parametrize(
    "shown", SHOWN, ids=lambda shown: "".join("my"[each] for each in dataclasses.astuple(shown))
)
def test_look_fits_and_says_no_more_than_it_may(item: Item, shown: Shown) -> None:
    item = item.model_copy(update={"explanation": long(limits.EXPLANATION, "Because of this. ")})
    answer = given(item, Outcome.WRONG)
    if isinstance(item, Numeric):
        answer = dataclasses.replace(answer, response=Typed("1" * 28))
    for each in (answer, None):
        look = OwnLook(
            attempt_run(state=RunState.ENDED), asked(item), each, INFO, shown, RoundId(BIG - 1), RoundId(BIG)
        )
        layout = look_layout(look)
        assert refusals(layout) == []
        said = texts_of(layout)
        assert item.prompt in said
        assert ("Right answer" in said) <= shown.answers
        assert ("Because of this. " in said) == shown.explanations
        assert ("Not right." in said or "Right!" in said or "Partly right" in said) == (
            shown.marks and each is not None
        )


@every_item
@pytest.mark.parametrize("count", [1, 10, 50])
@pytest.mark.parametrize(
    "shown", SHOWN, ids=lambda shown: "".join("my"[each] for each in dataclasses.astuple(shown))
)
def test_result_fits_with_every_question(item: Item, count: int, shown: Shown) -> None:
    outcomes = [Outcome.WRONG, Outcome.PARTIAL, Outcome.RIGHT, None]
    result = OwnResult(attempt_run(state=RunState.ENDED), rounds(item, count, outcomes), shown)
    layout = own_card(result)
    assert refusals(layout) == []
    assert numbers_of(layout) == list(range(1, count + 1))
    labels = [each["label"] for each in buttons_of(layout)]
    assert labels[-2:] == ["Look through the questions", "Back to the assignment"]


def test_phases_and_ends_differ_in_words() -> None:
    assert all_different(
        overview_layout(overview(attempts, under_way=under_way, phase=phase))
        for attempts, under_way, phase in (
            (0, False, Phase.OPEN),
            (0, False, Phase.CLOSED),
            (1, True, Phase.OPEN),
            (1, False, Phase.OPEN),
            (1, False, Phase.CLOSED),
        )
    )


def test_buttons_come_after_the_words_and_have_names_of_letters() -> None:
    """As a screen reader goes through them."""
    layouts: list[Layout] = [
        preview_of(AssignmentPreview(assignment(), ("A prompt?",), ()), "UTC", NOW),
        announcement_of(assignment(), Phase.OPEN),
        overview_layout(overview(2)),
        own_card(OwnSheet(attempt_run(), ())),
    ]
    for layout in layouts:
        kinds = [part["type"] for part in layout.to_components()[0]["components"]]  # type: ignore[typeddict-item]
        assert kinds[0] == 10
        assert all(earlier <= later for earlier, later in pairwise([kind == 1 for kind in kinds]))
        for button in buttons_of(layout):
            assert re.match(r"[A-Za-z]", str(button["label"]))
        assert plain(layout)
