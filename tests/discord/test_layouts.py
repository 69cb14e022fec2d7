"""Messages with the longest texts that a question file may hold, and messages read without their colours.

Rendered from plain values, and checked against Discord's limits; the forms go through the simulated Discord.
"""

import dataclasses
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.own_runs import OwnFeedback, OwnQuestion, OwnResult
from bot.actions.quiz_reports import MyResult, RoundBoard, RunBoard, SummaryBoard
from bot.bank import limits
from bot.bank.grade import Outcome
from bot.bank.item import Category, Correction, Label, Since
from bot.bank.kinds import (
    Choice,
    Estimate,
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    ShortText,
    Sorting,
    Statement,
    TrueFalse,
)
from bot.bank.question_set import QuestionSet
from bot.bank.response import Assigned, Bounds, Chosen, Picked, Response, Typed
from bot.ids import ChannelId, GuildId, InteractionId, RevisionId, RoundId, RunId, SetId, UserId
from bot.insight.charts.picture import LONGEST_ALT, Picture
from bot.insight.distribution import distribution
from bot.insight.run_summary import question_result, summarise_run
from bot.quiz.certainty import Certainty
from bot.quiz.run import EndReason, Pace, PauseReason, Round, RoundState, Run, RunMode, RunState
from bot.quiz.showing import Shown
from bot.review.recall import Recall
from bot.review.upcoming import NextReview
from bot.store.answers import StoredAnswer
from bot.views import live
from bot.views.host import panel
from bot.views.layout import LONGEST_TEXT, Layout
from bot.views.live_buttons import own_result
from bot.views.own_run import feedback_card, own_card
from bot.views.question import said
from bot.views.question_sets import item_card
from tests.discord.layouts import (
    BIG,
    GALLERY,
    INFO,
    NOW,
    SECTION,
    TEXT,
    Json,
    all_different,
    buttons_of,
    long,
    parts_of,
    plain,
    refusals,
    texts_of,
)
from tests.discord.room import Classroom, reply

IN_MONTHS = NextReview(Recall.EASY, 300, ((Recall.AGAIN, 1), (Recall.HARD, 200), (Recall.GOOD, 250)))
ALL_SHOWN = Shown(marks=True, answers=True, explanations=True)

COMMON: Json = {
    "id": "i" * limits.SLUG,
    "category": Category.CLAIM,
    "prompt": long(limits.PROMPT),
    "label": Label.CONTESTED,
    "as_of": "2018-03-11",
    "difficulty": 5,
    "paragraph": tuple(range(9_980, 10_000)),
    "tags": tuple(f"{n}" * limits.TAG for n in range(limits.TAGS)),
    "source": long(limits.SOURCE),
}
KNOWN_BETTER: Json = {
    "correction": Correction(text=long(limits.KNOWN_BETTER), confidence="medium"),  # type: ignore[arg-type]
    "since": Since(date="2022-11-14", text=long(limits.KNOWN_BETTER)),
}


def options(length: int) -> tuple[Option, ...]:
    return tuple(
        Option(
            text=long(length, f"{n} "),
            right=n == 7,
            feedback=None if n == 7 else long(limits.FEEDBACK),
        )
        for n in range(limits.OPTIONS)
    )


MANY_LONG_OPTIONS = Choice(
    **COMMON | {"prompt": long(100)},
    kind="choice",
    options=options(limits.OPTION),
    explanation=long(limits.EXPLANATION),
)
LONG_EVERYTHING = Choice(
    **COMMON, **KNOWN_BETTER, kind="choice", options=options(60), explanation=long(limits.EXPLANATION)
)
SHORT_OPTIONS = Choice(
    **COMMON,
    **KNOWN_BETTER,
    kind="choice",
    options=options(24),
    explanation=long(limits.EXPLANATION),
)
STATEMENT = TrueFalse(
    **COMMON,
    **KNOWN_BETTER,
    kind="true_false",
    answer=False,
    feedback=long(limits.FEEDBACK),
    explanation=long(limits.EXPLANATION),
)
NUMBER = Numeric(
    **COMMON,
    **KNOWN_BETTER,
    kind="numeric",
    answer="-123456789012345678901234",  # type: ignore[arg-type]
    unit=long(limits.UNIT),
    explanation=long(limits.EXPLANATION),
)
WORD = ShortText(
    **COMMON,
    **KNOWN_BETTER,
    kind="short_text",
    accepted=(long(limits.ANSWER),),
    explanation=long(limits.EXPLANATION),
)
SEVERAL = Multiple(
    **COMMON,
    kind="multiple",
    options=tuple(
        Option(text=long(110, f"{n} "), right=n < 3, feedback=long(110, f"why {n} "))
        for n in range(limits.OPTIONS)
    ),
    explanation=long(limits.EXPLANATION),
)
RANGE = Estimate(
    **COMMON,
    **KNOWN_BETTER,
    kind="estimate",
    answer="-123456789012345678901234",  # type: ignore[arg-type]
    unit=long(limits.UNIT),
    widest="1",  # type: ignore[arg-type]
    feedback=long(limits.FEEDBACK),
    explanation=long(limits.EXPLANATION),
)
ORDER = Ordering(
    **COMMON,
    **KNOWN_BETTER,
    kind="ordering",
    events=tuple(long(limits.PART, f"event {n} ") for n in range(5)),
    feedback=long(limits.FEEDBACK),
    explanation=long(limits.EXPLANATION),
)
PAIRS = Matching(
    **COMMON,
    since=KNOWN_BETTER["since"],
    kind="matching",
    pairs=tuple(
        Pair(left=long(limits.PART, f"left {n} "), right=long(limits.PART, f"r{n} ")) for n in range(5)
    ),
    extra=tuple(long(limits.PART, f"extra {n} ") for n in range(3)),
    feedback=long(limits.FEEDBACK),
    explanation=long(limits.EXPLANATION),
)
GROUPS = Sorting(
    **COMMON,
    kind="sorting",
    into=tuple(long(limits.PART, f"group {n} ") for n in range(5)),
    statements=tuple(
        Statement(
            text=long(limits.PART, f"statement {n} "),
            belongs_to=long(limits.PART, f"group {4 - n} "),
            feedback=long(130, f"why {n} "),
        )
        for n in range(5)
    ),
    explanation=long(limits.EXPLANATION),
)
ITEMS: dict[str, Item] = {
    "many long options": MANY_LONG_OPTIONS,
    "long everything": LONG_EVERYTHING,
    "short options": SHORT_OPTIONS,
    "statement": STATEMENT,
    "number": NUMBER,
    "word": WORD,
    "several": SEVERAL,
    "range": RANGE,
    "order": ORDER,
    "pairs": PAIRS,
    "groups": GROUPS,
}
IN_PARTS = (ORDER, PAIRS, GROUPS)

every_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())


def run(**changes: Any) -> Run:
    asked = Run(
        run_id=RunId(BIG),
        guild_id=GuildId(BIG),
        mode=RunMode.LIVE,
        owner_id=UserId(BIG),
        set_id=SetId(BIG),
        set_title=INFO.title,
        category=Category.CLAIM,
        total=50,
        time_limit=timedelta(seconds=600),
        pace=Pace.HOST,
        channel_id=ChannelId(BIG),
        state=RunState.REVEALING,
        position=48,
        quiet_rounds=0,
        seed=1,
        due_at=None,
        remaining=None,
        pause_reason=None,
        end_reason=None,
    )
    return dataclasses.replace(asked, **changes)


def asked(item: Item, state: RoundState = RoundState.CLOSED, position: int = 48) -> Round:
    return Round(
        round_id=RoundId(BIG),
        run_id=RunId(BIG),
        guild_id=GuildId(BIG),
        mode=RunMode.LIVE,
        position=position,
        revision_id=RevisionId(BIG),
        item=item,
        option_order=tuple(reversed(range(len(item.choices())))),
        state=state,
        opened_at=NOW,
        closes_at=NOW,
    )


def answers_to(item: Item) -> list[Response]:
    """Answers as long as there are."""
    match item:
        case Choice() | TrueFalse():
            return [Picked(option) for option in range(len(item.choices()))]
        case Multiple():
            return [Chosen(tuple(range(len(item.options)))), Chosen((0,)), Chosen((9,))]
        case Estimate():
            return [
                Bounds("9" * 28, "-" + "9" * 28),
                Bounds("1" * 28, "2" * 28),
                Bounds(str(item.answer), str(item.answer)),
            ]
        case Ordering() | Matching() | Sorting():
            return [Assigned((0,) * 5), Assigned((4, 3, 2, 1, 0)), Assigned((0, 1, 2, 3, 4))]
        case _:
            return [Typed("*_" * 100)]


def responses(item: Item) -> list[tuple[Response, Outcome]]:
    """Answers that make the longest distribution."""
    if not isinstance(item, Numeric | ShortText):
        given = answers_to(item) * 100
        return [(response, item.grade(response).outcome) for response in given]
    wrong = [Typed("*" * 199 + str(n)) for n in range(8)] * 2
    return [(response, Outcome.WRONG) for response in wrong] + [(Typed("x"), Outcome.PARTIAL)]


def board(item: Item, state: RoundState = RoundState.CLOSED) -> RoundBoard:
    round_ = asked(item, state)
    closed = state is RoundState.CLOSED
    return RoundBoard(
        run=run(),
        asked=round_,
        info=INFO,
        answered=1_000,
        spread=distribution(item, responses(item), round_.option_order) if closed else None,
        discussion=ChannelId(BIG) if closed else None,
        in_thread=False,
    )


# Live quizzes


@every_item
@pytest.mark.parametrize("state", list(RoundState))
def test_question_fits_in_every_state(item: Item, state: RoundState) -> None:
    layout = live.question(board(item, state), NOW)
    assert refusals(layout) == []


@every_item
@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_nothing_of_a_question_is_cut(item: Item, state: RoundState) -> None:
    said = plain(live.question(board(item, state), NOW))
    shown = [item.prompt]
    if state is RoundState.CLOSED:
        better = (item.correction, item.since)
        right = [row.text for row in item.rows()] if item in IN_PARTS else [item.right_answer()]
        if item is SEVERAL:  # with a letter for each
            right = [option.text for option in SEVERAL.options if option.right]
        shown += [*right, item.explanation, *(part.text for part in better if part is not None)]
    if state is RoundState.OPEN or item is not PAIRS:  # halves that belong to nothing are in no right answer
        shown += [option if state is RoundState.OPEN else option[:150] for option in item.choices()]
    missing = [text[:60] for text in shown if text not in said]
    assert missing == [], f"{len(said)} characters"


@every_item
def test_every_option_has_a_button(item: Item) -> None:
    buttons = buttons_of(live.question(board(item, RoundState.OPEN), NOW))
    answering = [button for button in buttons if button["custom_id"][:2] in ("qa", "qt")]
    pressed = isinstance(item, Choice | TrueFalse)
    assert len(answering) == (len(item.choices()) if pressed else 1)
    assert len({button["label"] for button in answering}) == len(answering)


def test_lobby_fits() -> None:
    for state in RunState:
        layout = live.lobby(RunBoard(run(state=state, end_reason=EndReason.PAUSED_TOO_LONG), INFO))
        assert refusals(layout) == []


def test_pause_and_panel_fit() -> None:
    paused = run(state=RunState.PAUSED, pause_reason=PauseReason.NOBODY)
    assert refusals(live.pause(dataclasses.replace(board(WORD), run=paused))) == []
    for state in RunState:
        assert refusals(panel(run(state=state))) == []


@pytest.mark.parametrize("count", [1, 10, 25, 50])
def test_summary_of_long_questions_fits(count: int) -> None:
    # All but one are equally hard, so that all of these are named as the hardest.
    wrong = [[Outcome.WRONG] * 9 + [Outcome.RIGHT] * (n == 0) for n in range(count)]
    results = [question_result(n + 1, long(limits.PROMPT), outcomes) for n, outcomes in enumerate(wrong)]
    layout = live.summary(SummaryBoard(run(end_reason=EndReason.FINISHED), summarise_run(results, 1_000)))
    assert refusals(layout) == []
    said = texts_of(layout)
    for number in range(1, count + 1):
        found = re.search(rf"^{number}\. .{{15,}}\n-# (\d+) of (9|10) right", said, re.MULTILINE)
        assert found, f"question {number} is missing"


def test_picture_stands_where_it_was_put_and_the_rest_says_the_same_without_it() -> None:
    results = [question_result(1, "Why?", [Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG])]
    board_ = SummaryBoard(run(end_reason=EndReason.FINISHED), summarise_run(results, 3))
    picture = Picture("class.png", b"", "x" * LONGEST_ALT)
    layout, bare = live.summary(board_, picture), live.summary(board_)
    assert refusals(layout) == refusals(bare) == []
    assert "1 of 3 right, 1 partly right" in texts_of(layout)
    kinds = [part["type"] for part in parts_of(layout)]
    assert kinds[kinds.index(GALLERY) - 1] == TEXT
    assert layout.pictures == (picture,)
    layout.drop_pictures()
    assert layout.pictures == ()
    assert layout.to_components() == bare.to_components()


def given(item: Item, outcome: Outcome) -> StoredAnswer:
    response = answers_to(item)[0]
    return StoredAnswer(
        RoundId(BIG),
        UserId(BIG),
        response,
        outcome,
        0.0,
        False,
        InteractionId(BIG),
        Certainty.FAIRLY,
        NOW,
        NOW,
    )


@every_item
@pytest.mark.parametrize("count", [1, 10, 50])
def test_own_result_of_long_questions_fits(item: Item, count: int) -> None:
    outcomes = [Outcome.WRONG, Outcome.PARTIAL, Outcome.RIGHT]
    rounds = tuple(
        (dataclasses.replace(asked(item, position=n), round_id=RoundId(n)), given(item, outcomes[n % 3]))
        for n in range(count)
    )
    note = item.own_note(answers_to(item)[0], answers_to(item) * 2)
    notes = {} if note is None else {round_.round_id: note for round_, _ in rounds}
    layout = own_result(MyResult(run(state=RunState.ENDED), rounds, skipped=0, notes=notes))
    assert refusals(layout) == []
    assert re.search(rf"^{count}\. ", texts_of(layout), re.MULTILINE), "the last question is missing"


@every_item
@pytest.mark.parametrize("count", [1, 10, 50])
def test_result_of_a_private_quiz_fits(item: Item, count: int) -> None:
    rounds = tuple((asked(item, position=n), given(item, Outcome.WRONG)) for n in range(count))
    layout = own_card(OwnResult(run(state=RunState.ENDED), rounds, ALL_SHOWN))
    assert refusals(layout) == []
    assert re.search(rf"^{count}\. ", texts_of(layout), re.MULTILINE), "the last question is missing"


# Private quizzes


@every_item
def test_private_question_fits(item: Item) -> None:
    layout = own_card(OwnQuestion(run(), asked(item, RoundState.OPEN), 50, resumed=True))
    assert refusals(layout) == []
    assert all(text in texts_of(layout) for text in (item.prompt, *item.choices()) if len(text) > 24)


@every_item
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("coming", [None, IN_MONTHS], ids=["practice", "review"])
def test_feedback_fits(item: Item, outcome: Outcome, coming: NextReview | None) -> None:
    response = answers_to(item)[0]
    right = WORD.grade(Typed("x")) if isinstance(item, Numeric | ShortText) else item.grade(response)
    comment = right.feedback if item in (SEVERAL, RANGE, GROUPS) else long(limits.FEEDBACK)
    assert comment is not None
    grade = dataclasses.replace(right, outcome=outcome, feedback=comment)
    layout = feedback_card(
        OwnFeedback(
            run(),
            asked(item),
            INFO,
            response,
            grade,
            Certainty.FAIRLY,
            ALL_SHOWN,
            repeated=coming is None,
            is_last=True,
            next_review=coming,
        )
    )
    assert refusals(layout) == []
    assert item.explanation in texts_of(layout)
    assert coming is None or "I ask this again **in about 10 months**" in texts_of(layout)
    assert comment in texts_of(layout)
    # With the line of a review, the longest item that there may be loses the last words of its longest text.
    whole = item in IN_PARTS and coming is None
    assert all(row.text in texts_of(layout) for row in item.rows() if whole)


@pytest.mark.parametrize("item", [SEVERAL, RANGE, *IN_PARTS], ids=lambda item: item.kind)
def test_private_confirmation_is_short(item: Item) -> None:
    for response in answers_to(item):
        assert len(said(asked(item), response)) <= 350


@pytest.mark.parametrize("item", IN_PARTS, ids=lambda item: item.kind)
def test_result_says_each_part_once(item: Item) -> None:
    shown = texts_of(live.question(board(item), NOW))
    assert [shown.count(row.text) for row in item.rows()] == [1] * 5


@every_item
def test_item_for_instructors_fits(item: Item) -> None:
    assert refusals(item_card(item, INFO)) == []


# Forms


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    return [
        QuestionSet(INFO.model_copy(update={"id": "longest-numbers"}), (NUMBER,)),
        QuestionSet(INFO.model_copy(update={"id": "longest-words"}), (WORD,)),
    ]


@pytest.mark.parametrize("name", ["longest-numbers", "longest-words"])
async def test_form_fits(classroom: Classroom, name: str) -> None:
    student = classroom.students[0]
    question = await classroom.first_question(name, questions=1)
    form = await student.click(question, label="Answer")
    assert form.modal is not None
    assert form.modal["components"][0]["content"] == long(limits.PROMPT)
    longest = form.modal["components"][1]["component"]["max_length"]
    filled = "1" * longest if name == "longest-numbers" else "*_" * (longest // 2)
    await student.submit_modal(form, {"answer-0": filled})
    again = await student.click(question, label="Answer")
    assert again.modal is not None
    taken = reply(await student.submit_modal(again, {"answer-0": "7" if "numbers" in name else filled}))
    assert taken.ephemeral
    await classroom.close(question)
    mine = reply(await student.click(classroom.newest(), label="My result"))
    assert mine.ephemeral


# Without colours


def test_states_of_a_question_differ_in_words() -> None:
    states = (RoundState.OPEN, RoundState.HELD, RoundState.CLOSED, RoundState.SKIPPED)
    assert all_different(live.question(board(STATEMENT, state), NOW) for state in states)


def test_states_of_a_quiz_differ_in_words() -> None:
    states = (RunState.LOBBY, RunState.ASKING, RunState.PAUSED, RunState.ENDED)
    assert all_different(live.lobby(RunBoard(run(state=state), INFO)) for state in states)
    assert all_different(panel(run(state=state)) for state in RunState)


def test_ends_of_a_quiz_differ_in_words() -> None:
    assert all_different(
        live.lobby(RunBoard(run(state=RunState.ENDED, end_reason=end), INFO)) for end in EndReason
    )


@pytest.mark.parametrize(
    "item", [MANY_LONG_OPTIONS, SHORT_OPTIONS, STATEMENT], ids=["long", "short", "statement"]
)
def test_right_option_is_marked_in_words(item: Item) -> None:
    said = texts_of(live.question(board(item), NOW)).splitlines()
    marked = [line for line in said if "(right)" in line]
    assert len(marked) == 1
    assert re.fullmatch(r"\*\*.+ \(right\)\*\*", marked[0]), "the only one in bold"
    assert item.right_answer()[:150] in marked[0]
    assert re.match(r"-# \d+ of \d+", said[said.index(marked[0]) + 1])
    assert any(line.startswith("**Right answer: ") for line in said)


def test_every_bar_stands_behind_its_numbers_in_small_print_below_a_name() -> None:
    for item in ITEMS.values():
        closed = board(item)
        assert closed.spread is not None
        blocks = [part["content"] for part in parts_of(live.question(closed, NOW)) if part["type"] == TEXT]
        (spread,) = [block.splitlines() for block in blocks if "█" in block]
        if spread[-1].startswith("Half of"):
            assert item is RANGE
            spread.pop()
        names, numbers = spread[::2], spread[1::2]
        assert len(names) == len(numbers) == len(closed.spread.rows), spread
        for name, number in zip(names, numbers, strict=True):
            assert name, spread
            assert "█" not in name
            assert re.fullmatch(r"-# \d+ of \d+(, \d+%)?( █+)?", number), number


@every_item
def test_host_controls_stand_beside_the_closing_line_below_the_answers(item: Item) -> None:
    layout = live.question(board(item, RoundState.OPEN), NOW)
    (section,) = [part for part in parts_of(layout) if part["type"] == SECTION]
    (line,) = section["components"]
    assert line["content"] == f"Closes <t:{int(NOW.timestamp())}:R>. 1000 people have answered."
    assert section["accessory"]["label"] == "Host controls"
    labels = [button["label"] for button in buttons_of(layout)]
    assert labels.index("Host controls") == len(labels) - 1, "a screen reader comes to the answers first"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_verdict_is_said_in_words(outcome: Outcome) -> None:
    grade = dataclasses.replace(STATEMENT.grade(Picked(0)), outcome=outcome, fraction=0.5)
    feedback = OwnFeedback(
        run(), asked(STATEMENT), INFO, Picked(0), grade, None, ALL_SHOWN, repeated=False, is_last=False
    )
    words = {
        "right": "**Right!**",
        "wrong": "**Not right.**",
        "partial": "**Partly right: 50% of the credit.**",
    }
    assert words[outcome.value] in texts_of(feedback_card(feedback))


MESSAGES: dict[str, Callable[[], Layout]] = {
    "lobby": lambda: live.lobby(RunBoard(run(state=RunState.LOBBY), INFO)),
    "question": lambda: live.question(board(MANY_LONG_OPTIONS, RoundState.OPEN), NOW),
    "held": lambda: live.question(board(WORD, RoundState.HELD), NOW),
    "result": lambda: live.question(board(MANY_LONG_OPTIONS), NOW),
    "panel": lambda: panel(run(state=RunState.ASKING)),
    "private": lambda: own_card(OwnQuestion(run(), asked(STATEMENT), 1, resumed=False)),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_every_button_has_a_name_of_letters(message: Callable[[], Layout]) -> None:
    for button in buttons_of(message()):
        assert re.match(r"[A-Za-z0-9]", button["label"]), button


def test_long_texts_stay_within_one_message_in_all() -> None:
    for item in ITEMS.values():
        for state in RoundState:
            assert len(texts_of(live.question(board(item, state), NOW)).replace("\n", "")) <= LONGEST_TEXT
