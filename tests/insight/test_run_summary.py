import pytest

from bot.bank.grade import Outcome
from bot.insight.run_summary import QuestionResult, question_result, summarise_run


def result(number: int, right: int, answers: int) -> QuestionResult:
    return QuestionResult(number, f"Question {number}?", right, answers)


@pytest.mark.parametrize(
    ("right", "answers", "words"),
    [
        (0, 0, "nobody answered"),
        (3, 4, "3 of 4 right"),
        (7, 12, "7 of 12 right, 58% (few answers: 32% to 81% is plausible)"),
        (58, 100, "58 of 100 right, 58%"),
    ],
)
def test_words_are_as_sure_as_the_numbers_allow(right: int, answers: int, words: str) -> None:
    assert result(1, right, answers).describe() == words


def test_partly_right_is_not_right() -> None:
    counted = question_result(2, "Why?", [Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG])
    assert (counted.number, counted.right, counted.partly, counted.missed, counted.answers) == (2, 1, 1, 1, 3)


def test_summary_adds_up() -> None:
    summary = summarise_run([result(1, 6, 12), result(2, 3, 10)], people=12)
    assert (summary.right, summary.answers) == (9, 22)
    assert summary.describe() == "12 people, 9 of 22 answers right, 41%."


def test_few_people_with_many_answers_get_no_percentage() -> None:
    summary = summarise_run([result(n, 2, 3) for n in range(1, 6)], people=3)
    assert summary.describe() == "3 people, 10 of 15 answers right."
    assert summarise_run([result(1, 1, 1)], people=1).describe() == "1 person, 1 of 1 answers right."


def test_empty_run_says_so() -> None:
    summary = summarise_run([], people=0)
    assert summary.describe() == "Nobody answered."
    assert summary.describe_hardest() is None


def test_hardest_question_is_the_one_fewest_got_right() -> None:
    summary = summarise_run([result(1, 60, 80), result(2, 30, 75), result(3, 50, 80)], people=80)
    assert [each.number for each in summary.hardest] == [2]
    assert summary.describe_hardest() == "Fewest right: question 2 (30 of 75 right, 40%)."


def test_hardest_of_few_answers_may_be_chance() -> None:
    summary = summarise_run([result(1, 6, 10), result(2, 3, 10), result(3, 0, 2)], people=10)
    assert [each.number for each in summary.hardest] == [2]
    words = summary.describe_hardest()
    assert words is not None
    assert words.endswith("With so few answers this may be chance.")


def test_tied_questions_are_all_named() -> None:
    summary = summarise_run([result(1, 2, 6), result(2, 4, 12), result(3, 9, 12)], people=12)
    assert [each.number for each in summary.hardest] == [1, 2]


@pytest.mark.parametrize(
    "questions",
    [
        [result(1, 1, 12)],
        [result(1, 1, 4), result(2, 4, 4)],
        [result(1, 1, 4), result(2, 8, 12)],
        [result(1, 6, 12), result(2, 5, 10)],
        [result(1, 12, 12), result(2, 12, 12)],
    ],
)
def test_no_hardest_where_it_would_say_nothing(questions: list[QuestionResult]) -> None:
    summary = summarise_run(questions, people=12)
    assert summary.hardest == ()
    assert summary.describe_hardest() is None


def test_partly_right_answers_are_told_apart() -> None:
    one, many = QuestionResult(1, "Why?", 2, 4, 1), QuestionResult(2, "Why?", 5, 12, 3)
    assert one.describe() == one.describe_briefly() == "2 of 4 right, 1 partly right"
    assert many.describe() == "5 of 12 right, 42% (few answers: 19% to 68% is plausible), 3 partly right"
    assert (many.missed, one.missed) == (4, 1)
    assert (
        summarise_run([one, many], 12).describe() == "12 people, 7 of 16 answers right, 44%, 4 partly right."
    )
