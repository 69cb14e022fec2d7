"""A learner's answers in figures, worked out by hand, and what holds for any answers."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.ids import ItemId
from bot.insight.progress import (
    FEWEST_OF_TOPIC,
    MOST_MONTHS,
    MOST_TOPICS,
    Asked,
    Given,
    Group,
    Span,
    Unit,
    progress,
)
from bot.quiz.run import RunMode

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
RIGHT, PARTIAL, WRONG = Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG
WORTH = {RIGHT: 1.0, PARTIAL: 0.5, WRONG: 0.0}


def asked(
    number: int,
    *tags: str,
    category: Category = Category.STATISTIC,
    difficulty: int = 3,
    set_key: str = "rivers",
    askable: bool = True,
) -> Asked:
    """An item."""
    return Asked(ItemId(number), set_key, category, tags, difficulty, askable)


def answer(item: Asked, outcome: Outcome, days: float = 0, mode: RunMode = RunMode.PRACTICE) -> Given:
    """An answer, so many days after a Monday."""
    return Given(item, outcome, WORTH[outcome], MONDAY + timedelta(days=days), mode)


def test_figures_worked_out_by_hand() -> None:
    one, two, three = asked(1), asked(2, category=Category.HISTORY), asked(3, difficulty=5)
    figures = progress(
        [
            answer(one, WRONG, mode=RunMode.LIVE),
            answer(two, RIGHT, mode=RunMode.LIVE),
            answer(one, RIGHT, 1),
            answer(three, RIGHT, 2),
            answer(three, WRONG, 3),
            answer(two, RIGHT, 4),
        ]
    )
    assert (figures.answers, figures.alone) == (6, 4)
    assert figures.whole == Group("", questions=3, first_right=2, missed=1)
    assert figures.categories == (Group("statistic", 2, 1, 1), Group("history", 1, 1, 0))
    assert figures.levels == (Group("medium", 2, 1, 0), Group("hard", 1, 1, 1))
    assert [each.missed for each in figures.standings] == [False, False, True]


def test_of_two_votes_on_a_question_the_first_is_the_first_try() -> None:
    voted = asked(1)
    figures = progress([answer(voted, WRONG, mode=RunMode.LIVE), answer(voted, RIGHT, mode=RunMode.LIVE)])
    assert figures.whole == Group("", 1, first_right=0, missed=0)


def test_partly_right_is_not_right() -> None:
    assert progress([answer(asked(1), PARTIAL)]).whole == Group("", 1, first_right=0, missed=1)


def test_nobody_without_answers_has_figures() -> None:
    figures = progress([])
    assert figures.answers == 0
    assert figures.whole == Group("", 0, 0, 0)
    assert (figures.categories, figures.topics, figures.other_topics) == ((), (), None)
    assert figures.history.spans == ()


def test_only_topics_of_five_questions_have_a_line() -> None:
    given = [answer(asked(n, "trust"), RIGHT) for n in range(5)]
    given += [answer(asked(n, "cities"), WRONG) for n in range(5, 9)]
    figures = progress(given)
    assert figures.topics == (Group("trust", 5, 5, 0),)
    assert figures.other_topics == Group("", 4, 0, 4)


def test_without_any_large_topic_there_is_no_rest_either() -> None:
    assert progress([answer(asked(1, "trust"), RIGHT)]).other_topics is None


def test_a_question_of_two_topics_is_in_both() -> None:
    figures = progress([answer(asked(n, "trust", "cities"), RIGHT) for n in range(5)])
    assert [group.name for group in figures.topics] == ["cities", "trust"]
    assert figures.other_topics is None


def test_group_is_described_with_what_is_plausible_and_what_is_left() -> None:
    assert Group("x", 12, 7, 3).describe() == "7 of 12, 58% ██████"
    assert Group("x", 12, 7, 3).small_print() == "32% to 81% is plausible; 3 to go over"
    assert Group("x", 3, 2, 0).describe() == "2 of 3 ███████"
    assert Group("x", 3, 2, 0).small_print() is None
    assert Group("x", 40, 40, 0).describe() == "40 of 40, 100% ██████████"
    assert Group("x", 40, 40, 0).small_print() is None
    assert Group("x", 4, 0, 4).describe() == "0 of 4"
    assert Group("x", 4, 0, 4).small_print() == "4 to go over"


def test_history_goes_by_weeks_from_monday() -> None:
    item = asked(1)
    told = progress([answer(item, RIGHT, 6), answer(item, WRONG, 7), answer(item, RIGHT, 9)]).history
    assert told.unit is Unit.WEEK
    assert told.spans == (Span(date(2026, 3, 2), 1, 1), Span(date(2026, 3, 9), 2, 1))


def test_history_of_more_than_eight_weeks_goes_by_months() -> None:
    item = asked(1)
    assert progress([answer(item, RIGHT), answer(item, RIGHT, 55)]).history.unit is Unit.WEEK
    told = progress([answer(item, RIGHT), answer(item, WRONG, 56)]).history
    assert told.unit is Unit.MONTH
    assert told.spans == (Span(date(2026, 3, 1), 1, 1), Span(date(2026, 4, 1), 1, 0))


def test_history_tells_how_much_lies_before_the_last_twelve_months() -> None:
    told = progress([answer(asked(1), RIGHT, 31 * month) for month in range(14)]).history
    assert len(told.spans) == MOST_MONTHS
    assert told.earlier == 2


def test_days_are_those_of_utc() -> None:
    late = MONDAY.replace(hour=0) - timedelta(minutes=1)
    east = Given(asked(1), RIGHT, 1.0, late.astimezone(), RunMode.LIVE)
    assert progress([east]).history.spans[0].begins == date(2026, 2, 23)


ITEMS = st.builds(
    lambda number, tags: asked(
        number,
        *sorted(tags)[: number % 4],
        category=list(Category)[number % 3],
        difficulty=number % 5 + 1,
    ),
    st.integers(0, 40),
    st.just(("a", "b", "c", "d")),
)
ANSWERS = st.lists(
    st.builds(answer, ITEMS, st.sampled_from(Outcome), st.floats(0, 900), st.sampled_from(RunMode)),
    max_size=80,
)


@any_of(ANSWERS)
def test_parts_make_up_the_whole(answers: list[Given]) -> None:
    figures = progress(answers)
    for groups in (figures.categories, figures.levels):
        assert sum(group.questions for group in groups) == figures.whole.questions
        assert sum(group.first_right for group in groups) == figures.whole.first_right
        assert sum(group.missed for group in groups) == figures.whole.missed
    told = figures.history
    assert sum(span.answers for span in told.spans) + told.earlier == figures.answers == len(answers)


@any_of(ANSWERS)
def test_first_tries_are_as_many_as_questions(answers: list[Given]) -> None:
    figures = progress(answers)
    assert figures.whole.questions == len({each.item.item_id for each in answers}) <= len(answers)
    assert 0 <= figures.whole.first_right <= figures.whole.questions
    assert figures.whole.missed == sum(each.missed for each in figures.standings)


@any_of(ANSWERS)
def test_every_question_is_in_a_topic_or_in_the_rest(answers: list[Given]) -> None:
    figures = progress(answers)
    assert len(figures.topics) <= MOST_TOPICS
    assert all(group.questions >= FEWEST_OF_TOPIC for group in figures.topics)
    if figures.topics:
        rest = 0 if figures.other_topics is None else figures.other_topics.questions
        assert sum(group.questions for group in figures.topics) + rest >= figures.whole.questions


@any_of(ANSWERS)
def test_history_is_in_order_and_has_no_empty_span(answers: list[Given]) -> None:
    spans = progress(answers).history.spans
    assert [each.begins for each in spans] == sorted({each.begins for each in spans})
    assert all(0 <= each.right <= each.answers and each.answers > 0 for each in spans)
