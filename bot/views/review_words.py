"""Spaced review in words: grades, days, what comes next. Pure rendering, without buttons."""

from bot.actions.own_runs import OwnResult
from bot.review.recall import Recall
from bot.review.upcoming import NextReview, Upcoming
from bot.views.layout import DIVIDER, RESULT_COLOUR, Layout, card, plural

RECALL_WORDS = {
    Recall.AGAIN: "Did not know",
    Recall.HARD: "Was hard",
    Recall.GOOD: "Knew it",
    Recall.EASY: "Was easy",
}

POINT_TO_REVIEW = "-# `/review` can ask you again what you missed, spread over the next days."

DAYS_IN_WORDS = 30
"""From so many days on, months say more."""
DAYS_OF_A_MONTH = 365 / 12
DAYS_OF_A_YEAR = 350


def in_days(days: int) -> str:
    """When something comes: ``today``, ``tomorrow``, ``in 4 days``, ``in about 3 months``."""
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < DAYS_IN_WORDS:
        return f"in {days} days"
    if days < DAYS_OF_A_YEAR:
        return f"in about {plural(round(days / DAYS_OF_A_MONTH), 'month')}"
    return "in about a year"


def next_review_line(coming: NextReview | None) -> str | None:
    """When a question comes again, and by which grade; the buttons of the other grades follow."""
    if coming is None:
        return None
    # Short, because the longest items that a set may hold leave room for little more.
    return (
        f"I ask this again **{in_days(coming.days)}**, noted as **{RECALL_WORDS[coming.recall]}**. Change it:"
    )


def other_grades(coming: NextReview | None) -> list[tuple[Recall, str]]:
    """The labels of the other grades, with the day where it is another one: ``Was easy: in 8 days``."""
    if coming is None:
        return []
    return [
        (recall, RECALL_WORDS[recall] + ("" if days == coming.days else f": {in_days(days)}"))
        for recall, days in coming.others
    ]


def upcoming_lines(upcoming: Upcoming) -> str:
    """What is left for today, and when the next ones come."""
    lines: list[str] = []
    if upcoming.today:
        lines.append(f"**{plural(upcoming.today, 'more question')}** for today: `/review` goes on.")
    lines.append(following(upcoming))
    return "\n".join(lines)


def following(upcoming: Upcoming) -> str:
    """What comes after today, in a sentence."""
    if upcoming.next_days is None:
        return "" if upcoming.today else "No question is waiting for another day."
    which = (
        "The next question comes"
        if upcoming.next_count == 1
        else f"The next {upcoming.next_count} questions come"
    )
    return f"{which} {in_days(upcoming.next_days)}."


def review_result(shown: OwnResult, lines: str) -> Layout:
    """The end of a review: how it went, and what comes next."""
    words = f"**{shown.right} of {plural(shown.answered, 'question')} right.** Only you can see this."
    return card(
        "### Your review",
        words if shown.answered else "You ended this review before the first answer.",
        lines,
        DIVIDER,
        None if shown.upcoming is None else upcoming_lines(shown.upcoming),
        colour=RESULT_COLOUR,
    )
