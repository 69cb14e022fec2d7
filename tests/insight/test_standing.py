"""Who stands where: honest ties, nobody at the bottom, nothing that tells on a single person."""

import hypothesis.strategies as st
from hypothesis import given

from bot.insight.standing import (
    FEWEST_IN_TEAM,
    FEWEST_RANKED,
    MOST_NAMED,
    Score,
    TeamScore,
    standing,
    team_scores,
)

QUESTIONS = 10


def right(person: str, number: int, *, asked: int = QUESTIONS, points: int | None = None) -> Score[str]:
    return Score(person, asked, asked, number, points)


def class_of(*numbers: int) -> list[Score[str]]:
    """People a, b, c … with so many right answers of ten."""
    return [right("abcdefghijklmnopqrstuvwxyz"[place], number) for place, number in enumerate(numbers)]


def named(scores: list[Score[str]]) -> list[tuple[int, str]]:
    shown, _ = standing(scores, QUESTIONS).best()
    return [(place.number, score.person) for place in shown for score in place.scores]


def test_places_count_those_before() -> None:
    ranked = standing(class_of(9, 8, 8, 5, 1), QUESTIONS)
    assert [(place.number, len(place.scores)) for place in ranked.places] == [(1, 1), (2, 2), (4, 1), (5, 1)]
    assert ranked.of == 5


def test_at_most_five_are_named_and_nobody_of_the_lower_half() -> None:
    assert named(class_of(*range(10, 0, -1))) == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]
    assert named(class_of(10, 9, 8, 7, 6)) == [(1, "a"), (2, "b")]


def test_tie_that_does_not_fit_is_counted_but_nobody_in_it_named() -> None:
    shown, crowd = standing(class_of(10, 8, 8, 8, 8, 8, 3, 2), QUESTIONS).best()
    assert [place.number for place in shown] == [1]
    assert crowd is not None
    assert (crowd.number, len(crowd.scores)) == (2, 5)


def test_whole_class_with_everything_right_shares_the_first_place() -> None:
    shown, crowd = standing(class_of(*[10] * 12), QUESTIONS).best()
    assert shown == ()
    assert crowd is not None
    assert (crowd.number, len(crowd.scores)) == (1, 12)


def test_nobody_is_named_for_nothing() -> None:
    assert standing(class_of(*[0] * 12), QUESTIONS).best() == ((), None)
    assert named(class_of(4, 0, 0, 0, 0, 0, 0, 0)) == [(1, "a")]


def test_under_five_people_there_is_no_board() -> None:
    ranked = standing(class_of(10, 8, 6, 4), QUESTIONS)
    assert not ranked.enough
    assert ranked.best() == ((), None)
    assert standing([], QUESTIONS).best() == ((), None)


def test_late_joiner_is_measured_since_joining() -> None:
    late = right("late", 5, asked=6)
    ranked = standing([*class_of(8, 7, 6, 5), late], QUESTIONS)
    place = ranked.place_of("late")
    assert place is not None
    assert place.number == 1, "5 of 6 is more than 8 of 10"


def test_who_was_there_for_less_than_half_has_no_place() -> None:
    ranked = standing(
        [*class_of(8, 7, 6, 5, 4), right("late", 4, asked=4), right("half", 5, asked=5)], QUESTIONS
    )
    assert ranked.place_of("late") is None
    assert ranked.place_of("half") is not None
    assert ranked.of == 6


def test_who_never_answered_has_no_place() -> None:
    assert standing([Score("silent", QUESTIONS, 0, 0)], QUESTIONS).of == 0
    assert standing([Score("too late", 0, 0, 0)], 0).of == 0


def test_speed_points_are_ranked_by_what_is_shown() -> None:
    scores = [right(name, 5, points=points) for name, points in [("a", 8_001), ("b", 8_004), ("c", 7_989)]]
    ranked = standing(scores, QUESTIONS)
    assert [score.mean_points for score in scores] == [800, 800, 799]
    assert [len(place.scores) for place in ranked.places] == [2, 1]


def test_speed_points_of_a_late_joiner_are_a_question_asked() -> None:
    early, late = right("early", 9, points=7_000), right("late", 5, asked=5, points=4_000)
    place = standing([early, late], QUESTIONS).place_of("late")
    assert place is not None
    assert place.number == 1


people = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=40)


@given(people)
def test_board_keeps_its_promises(drawn: list[tuple[int, int]]) -> None:
    scores = [right(str(n), min(got, asked), asked=asked) for n, (asked, got) in enumerate(drawn)]
    ranked = standing(scores, QUESTIONS)
    shown, crowd = ranked.best()
    on_board = [score for place in shown for score in place.scores]
    assert len(on_board) <= MOST_NAMED
    assert 2 * len(on_board) <= ranked.of
    assert not on_board or ranked.of >= FEWEST_RANKED
    assert all(score.right > 0 for score in on_board)
    placed = [score for place in ranked.places for score in place.scores]
    for score in on_board:
        better = sum(other.measure > score.measure for other in placed)
        place = ranked.place_of(score.person)
        assert place is not None
        assert place.number == better + 1
    for place in (*shown, *([] if crowd is None else [crowd])):
        alike = [score for score in placed if score.measure == place.scores[0].measure]
        assert list(place.scores) == alike, "whoever is equal stands together"


# Teams


def members(team: str, *results: tuple[int, int]) -> list[tuple[str, int, int]]:
    """The members of a team, each with answers and right ones."""
    return [(team, answers, got) for answers, got in results]


def test_share_of_given_answers_decides_whatever_the_size() -> None:
    few = members("few", *[(4, 3)] * 5)
    many = members("many", *[(4, 2)] * 9)
    scores = team_scores([*few, *many], ["many", "few"])
    assert [(score.team, score.right, score.answers, score.members) for score in scores] == [
        ("few", 15, 20, 5),
        ("many", 18, 36, 9),
    ]
    assert scores[0].describe() == "15 of 20 answers right, 75%"


def test_equal_teams_stand_in_the_given_order() -> None:
    scores = team_scores([*members("b", *[(2, 1)] * 5), *members("a", *[(4, 2)] * 5)], ["a", "b"])
    assert [score.team for score in scores] == ["a", "b"]


def test_member_who_never_answered_does_not_count() -> None:
    (score,) = team_scores(members("a", *[(2, 1)] * 5, (0, 0)), ["a"])
    assert (score.members, score.answers) == (5, 10)


def test_small_team_is_withheld() -> None:
    scores = team_scores(
        [*members("a", *[(2, 1)] * 6), *members("b", *[(2, 1)] * 6), *members("c", *[(2, 1)] * 4)],
        ["a", "b", "c"],
    )
    assert [score.team for score in scores if score.shown] == ["a"]


def test_withheld_team_does_not_follow_from_the_total() -> None:
    both = team_scores([*members("a", *[(2, 1)] * 9), *members("b", *[(2, 1)] * 4)], ["a", "b"])
    assert not any(score.shown for score in both)


def test_answers_that_were_all_alike_are_withheld() -> None:
    for got in (0, 2):
        alike = members("a", *[(2, got)] * 6)
        scores = team_scores(
            [*alike, *members("b", *[(2, 1)] * 6), *members("c", *[(2, 1)] * 7)], ["a", "b", "c"]
        )
        assert [score.team for score in scores if score.shown] == ["c"]


def test_no_team_has_a_figure_where_nobody_answered() -> None:
    assert team_scores([("a", 0, 0), ("b", 0, 0)], ["a", "b"]) == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 5), st.integers(0, 5)), max_size=60))
def test_what_is_shown_and_what_is_left_tell_on_nobody(drawn: list[tuple[str, int, int]]) -> None:
    scores = team_scores([(team, answers, min(got, answers)) for team, answers, got in drawn], "abcdef")
    withheld = [score for score in scores if not score.shown]
    for group in [*([score] for score in scores if score.shown), *([withheld] if withheld else [])]:
        if group is withheld and len(withheld) == len(scores):
            continue  # then no figure stands beside the class's total
        assert sum(score.members for score in group) >= FEWEST_IN_TEAM
        assert 0 < sum(score.right for score in group) < sum(score.answers for score in group)


def test_figure_says_counts_first() -> None:
    assert TeamScore("a", 5, 1, 300).describe() == "1 of 300 answers right, under 1%"
