from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.rubric import WEIGHTS, Criterion, is_early, read_mark, total
from bot.errors import Invalid
from tests.classroom import MONDAY

MARKS = st.fixed_dictionaries({criterion: st.integers(0, 100) for criterion in Criterion})


def test_weights_are_those_of_the_rubric() -> None:
    assert [WEIGHTS[each] for each in Criterion] == [30, 25, 25, 10, 10]
    assert [each.value for each in Criterion] == [
        "evidence",
        "reasoning",
        "engaging",
        "civility",
        "timeliness",
    ]


def test_total_worked_by_hand() -> None:
    marks = dict(zip(Criterion, (80, 60, 40, 100, 50), strict=True))
    # 0.3·80 + 0.25·60 + 0.25·40 + 0.1·100 + 0.1·50
    assert total(marks) == pytest.approx(24 + 15 + 10 + 10 + 5)


@given(MARKS)
def test_total_lies_between_the_marks(marks: dict[Criterion, int]) -> None:
    assert min(marks.values()) - 1e-9 <= total(marks) <= max(marks.values()) + 1e-9


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("0", 0), ("100", 100), (" 80 ", 80), ("80%", 80), ("80 %", 80), ("80/100", 80), ("007", 7)],
)
def test_mark_is_read(typed: str, mark: int) -> None:
    assert read_mark(Criterion.EVIDENCE, typed) == mark


@pytest.mark.parametrize("typed", ["", " ", "101", "-1", "8.5", "８０", "eighty", "80/90", "1e1", "9" * 50])
def test_what_is_no_mark_is_refused_with_its_criterion(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_mark(Criterion.CIVILITY, typed)
    assert refused.value.what == "mark for civility"
    assert len(refused.value.reason) < 80


@pytest.mark.parametrize(("minute", "early"), [(0, True), (4, True), (5, False), (10, False)])
def test_early_is_before_the_middle(minute: int, early: bool) -> None:
    end = MONDAY + timedelta(minutes=10)
    assert is_early(MONDAY + timedelta(minutes=minute), MONDAY, end) is early
