import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.certainty import SPANS, STATED, Bias, Calibration, best_mean_mark, calibration, mark
from bot.quiz.certainty import Certainty

GUESS, FAIRLY, CERTAIN = Certainty

FRACTIONS = st.floats(0, 1)
MARKED = st.lists(st.tuples(st.sampled_from(Certainty), st.sampled_from((0.0, 0.25, 0.5, 1.0)) | FRACTIONS))


def answers(certainty: Certainty, right: int, of: int) -> list[tuple[Certainty, float]]:
    return [(certainty, 1.0)] * right + [(certainty, 0.0)] * (of - right)


def bias(certainty: Certainty, right: int, of: int) -> Bias | None:
    return calibration(answers(certainty, right, of)).level(certainty).bias


def mixed() -> Calibration:
    """Ten answers: 5 of 5 right when certain, 2 of 3 when fairly sure, 0 of 2 when guessing."""
    return calibration(answers(CERTAIN, 5, 5) + answers(FAIRLY, 2, 3) + answers(GUESS, 0, 2))


# Marks


@pytest.mark.parametrize(
    ("certainty", "right", "half", "wrong"), [(GUESS, 1, 0.5, 0), (FAIRLY, 2, 0, -2), (CERTAIN, 3, -1.5, -6)]
)
def test_marks_are_those_of_gardner_medwin_and_a_part_lies_between(
    certainty: Certainty, right: float, half: float, wrong: float
) -> None:
    assert [mark(certainty, fraction) for fraction in (1, 0.5, 0)] == [right, half, wrong]


def test_no_answer_earns_nothing() -> None:
    assert mark(None, 0.0) == 0


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan")])
def test_what_is_no_fraction_is_refused(fraction: float) -> None:
    with pytest.raises(ValueError, match="worth 0-1"):
        mark(CERTAIN, fraction)
    with pytest.raises(ValueError, match="worth 0-1"):
        calibration([(CERTAIN, fraction)])


@given(FRACTIONS)
def test_each_step_earns_most_in_its_own_span(chance: float) -> None:
    fitting = [each for each in Certainty if SPANS[each][0] <= chance <= SPANS[each][1]]
    for each in fitting:
        assert mark(each, chance) == pytest.approx(best_mean_mark(chance), abs=1e-9)


@pytest.mark.parametrize(
    ("accuracy", "best"), [(0, 0), (0.5, 0.5), (2 / 3, 2 / 3), (0.7, 0.8), (0.8, 1.2), (0.9, 2.1), (1, 3)]
)
def test_best_mean_mark_against_numbers_worked_by_hand(accuracy: float, best: float) -> None:
    assert best_mean_mark(accuracy) == pytest.approx(best)


def test_steps_stand_for_the_middle_of_their_spans() -> None:
    for each in Certainty:
        assert STATED[each] == pytest.approx(sum(SPANS[each]) / 2)


# The profile


def test_profile_against_numbers_worked_by_hand() -> None:
    found = mixed()
    assert (found.answers, found.right, found.accuracy) == (10, 7, 0.7)
    assert found.marks == 15 + 4 - 2
    assert found.bonus == pytest.approx(0.1 * (1.7 - 0.8))
    assert found.certainty_accuracy == pytest.approx(0.79)
    # 5 · 0.1² + 2 · (4/15)² + (11/15)² + 2 · (1/3)² = 0.95222
    assert found.brier == pytest.approx(0.095222, abs=1e-6)
    assert [(each.answers, each.right, each.partly) for each in found.levels] == [
        (2, 0, 0),
        (3, 2, 0),
        (5, 5, 0),
    ]


def test_parts_of_the_credit_are_counted_as_such() -> None:
    level = calibration([(CERTAIN, 1.0), (CERTAIN, 0.5), (CERTAIN, 0.0)]).level(CERTAIN)
    assert (level.right, level.partly, level.credit, level.share) == (1, 1, 1.5, pytest.approx(1 / 3))


def test_certain_and_always_right_gets_the_best_that_there_is() -> None:
    found = calibration(answers(CERTAIN, 30, 30))
    assert (found.marks, found.bonus, found.brier) == (90, pytest.approx(0), pytest.approx(0.01))


def test_certain_and_always_wrong_loses_most() -> None:
    found = calibration(answers(CERTAIN, 0, 30))
    assert (found.marks, found.bonus) == (-180, pytest.approx(-0.6))


def test_without_answers_there_is_nothing_to_say() -> None:
    found = calibration([])
    assert (found.answers, found.marks, found.accuracy, found.bonus, found.brier) == (0, 0, None, None, None)
    assert found.certainty_accuracy is None
    assert found.sentences() == ["You have not said yet how sure you are of an answer."]


@given(MARKED)
def test_profile_adds_up_and_stays_within_its_bounds(marked: list[tuple[Certainty, float]]) -> None:
    found = calibration(iter(marked))
    assert found.answers == len(marked)
    assert found.marks == pytest.approx(sum(mark(*each) for each in marked))
    assert -6 * len(marked) <= found.marks <= 3 * len(marked)
    for level in found.levels:
        assert level.right <= level.credit + 1e-9
        assert level.credit <= level.right + level.partly + 1e-9
        low, high = level.range
        assert level.share is None or low <= level.share <= high
    if marked:
        assert found.brier is not None
        assert found.bonus is not None
        assert 0 <= found.brier <= 0.81
        assert found.bonus >= -0.6 - 1e-9
    assert found.sentences()


@given(MARKED)
def test_order_of_the_answers_does_not_matter(marked: list[tuple[Certainty, float]]) -> None:
    one, other = calibration(marked), calibration(reversed(marked))
    assert [(each.answers, each.right) for each in one.levels] == [
        (each.answers, each.right) for each in other.levels
    ]
    assert one.marks == pytest.approx(other.marks)


# Flags


@pytest.mark.parametrize(
    ("certainty", "right", "of", "expected"),
    [
        (CERTAIN, 12, 20, Bias.OVER),  # (0.60 − 0.80)² · 20 = 0.80
        (CERTAIN, 13, 20, None),  # (0.65 − 0.80)² · 20 = 0.45
        (CERTAIN, 17, 24, None),  # 0.20
        (CERTAIN, 100, 100, None),
        (FAIRLY, 9, 20, Bias.OVER),  # (0.45 − 0.667)² · 20 = 0.94
        (FAIRLY, 11, 20, None),  # 0.27
        (FAIRLY, 20, 20, Bias.UNDER),  # (1 − 0.8)² · 20 = 0.80
        (FAIRLY, 19, 20, None),  # 0.45
        (GUESS, 17, 20, Bias.UNDER),  # (0.85 − 0.667)² · 20 = 0.67
        (GUESS, 16, 20, None),  # 0.36
        (GUESS, 0, 100, None),
        (CERTAIN, 0, 19, None),  # too few to say
        (CERTAIN, 0, 20, Bias.OVER),
    ],
)
def test_only_what_is_clearly_off_is_flagged(
    certainty: Certainty, right: int, of: int, expected: Bias | None
) -> None:
    assert bias(certainty, right, of) is expected


def test_answers_that_were_mostly_right_make_nobody_over_confident() -> None:
    level = calibration([(CERTAIN, 1.0)] * 10 + [(CERTAIN, 0.75)] * 10).level(CERTAIN)
    assert (level.share, level.bias) == (0.5, None)


def test_parts_make_nobody_under_confident() -> None:
    level = calibration([(GUESS, 1.0)] * 12 + [(GUESS, 0.9)] * 10).level(GUESS)
    assert level.bias is None


@given(st.sampled_from(Certainty), st.integers(0, 200), st.integers(0, 200))
def test_flag_fits_what_the_person_can_count(certainty: Certainty, right: int, wrong: int) -> None:
    level = calibration(answers(certainty, right, right + wrong)).level(certainty)
    low, high = SPANS[certainty]
    if level.bias is Bias.OVER:
        assert level.share is not None
        assert level.share < low
    if level.bias is Bias.UNDER:
        assert level.share is not None
        assert level.share > high
    assert (level.advice() is None) is (level.bias is None)


# Words


def test_profile_in_plain_english() -> None:
    marked = answers(CERTAIN, 17, 24) + answers(FAIRLY, 9, 20) + answers(GUESS, 2, 6)
    assert calibration(marked).sentences() == [
        "When you are certain, you are right 71% of the time (17 of 24).",
        "When you are fairly sure, you are right 45% of the time (9 of 20). That is less often than “fairly "
        "sure” needs (67%): say “guess” more often.",
        "When you guess, you are right 33% of the time (2 of 6; few answers, so 10% to 70% is plausible).",
        # (17·3 − 7·6 + 9·2 − 11·2 + 2·1) / 50 = 7 / 50; 28 of 50 right: a guess for all earns 0.56
        "On average an answer earned 0.14 marks (between −6 and 3). The best single step for all of them would "
        "have earned 0.42 more.",
        # (17·0.1² + 7·0.9² + 9·(4/15)² + 11·(11/15)² + 2·(2/3)² + 4·(1/3)²) / 50 = 13.73 / 50
        "Brier score 0.27: 0 is perfect, 0.25 is what “50%” every time would get.",
    ]


def test_few_answers_are_only_counted() -> None:
    marked = [*answers(CERTAIN, 1, 3), (FAIRLY, 0.5)]
    assert calibration(marked).sentences() == [
        "When you are certain: 1 of 3 right.",
        "When you are fairly sure: 0 of 1 right, 1 partly right.",
        "With 20 answers or more, this says how well you know what you know.",
    ]


def test_telling_sure_from_unsure_answers_pays_and_is_praised() -> None:
    marked = answers(CERTAIN, 20, 20) + answers(GUESS, 2, 10)
    said = calibration(marked).sentences()
    # 62 marks of 30 answers; 22 of 30 right: "fairly sure" for all earns 4 · 0.7333 − 2 = 0.93
    assert said[-2].endswith(
        "2.07 marks (between −6 and 3). That is 1.13 more than any single step for all of them would have earned."
    )


def test_loss_is_written_with_a_true_minus_sign() -> None:
    said = calibration(answers(CERTAIN, 0, 20)).sentences()
    assert "earned −6.00 marks" in said[-2]
    assert "certain” needs (80%)" in said[0]
