"""Words for what a server has ruled about a question, and for results that changed by it."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from bot.actions.news import Cause, Moved, ReportNews, ResultNews, Verdict
from bot.bank.grade import Outcome
from bot.bank.kinds import Item
from bot.bank.ruling import AlsoRight, Dropped, NewKey, Ruling
from bot.quiz.regrading import Move
from bot.quiz.run import Round
from bot.views.layout import learner_text, plural, quoted, shorten
from bot.views.question import said

LONGEST_ANSWER = 200
MOST_ACCEPTED = 5

OUTCOME_WORDS: dict[Outcome | None, str] = {
    Outcome.RIGHT: "right",
    Outcome.PARTIAL: "partly right",
    Outcome.WRONG: "not right",
    None: "not counted",
}


def ruling_lines(asked: Round) -> str | None:
    """What the instructors have ruled about a question, below its right answer; None where they have not."""
    lines: list[str] = []
    accepted = [shorten(said(asked, response), LONGEST_ANSWER) for response in asked.rulings.also_right]
    if accepted:
        more = len(accepted) - MOST_ACCEPTED
        shown = "; ".join(accepted[:MOST_ACCEPTED]) + (f"; and {more} more" if more > 0 else "")
        lines.append(f"Accepted as well: {shown}")
    if asked.rulings.key is not None:
        lines.append(
            "-# An instructor has corrected the right answer. The explanation may still be about the earlier one."
        )
    if asked.dropped:
        lines.append("-# This question does not count: an instructor took it out of the results.")
    return "\n".join(lines) or None


def dropped_line(numbers: Sequence[int]) -> str | None:
    """Which questions of a quiz do not count; None where all do."""
    if not numbers:
        return None
    named = ", ".join(map(str, numbers))
    if len(numbers) == 1:
        return f"Question {named} does not count: an instructor took it out of the results."
    return f"Questions {named} do not count: an instructor took them out of the results."


def ruling_words(item: Item, ruling: Ruling) -> str:
    """A ruling as an instructor reads it; ``item`` is the question in whatever revision."""
    match ruling:
        case AlsoRight(response):
            return f"“{_short(item.describe(response))}” is accepted for everybody"
        case NewKey(response):
            return f"the right answer is “{_short(item.with_key(response).right_answer())}”"
        case Dropped():
            return "the question does not count"
        case _:
            assert_never(ruling)


def move_words(move: Move, count: int) -> str:
    """So many answers from one result to another: ``5 answers: not right → right``, said in words."""
    if move.before == move.after:
        return f"**{plural(count, 'answer')}**: still {OUTCOME_WORDS[move.after]}, but for another share of the credit"
    return (
        f"**{plural(count, 'answer')}**: now {OUTCOME_WORDS[move.after]}, before {OUTCOME_WORDS[move.before]}"
    )


def move_list(moves: Iterable[tuple[Move, int]]) -> str:
    """One line for each way in which results change."""
    return "\n".join(f"- {move_words(move, count)}" for move, count in moves)


def result_news(news: ResultNews) -> str:
    """A private message to a learner whose result changed."""
    thanks = (
        "Thank you for reporting this question. Your result has changed."
        if news.reported
        else "Your result of a quiz has changed."
    )
    return "\n".join(
        (
            thanks,
            quoted(news.question),
            _cause_words(news),
            *(_own_words(moved) for moved in news.moved),
        )
    )


def report_news(news: ReportNews) -> str:
    """A private message to a learner about what became of a report."""
    match news.verdict:
        case Verdict.ACCEPTED:
            words = f"Thank you: “{_short(news.answer)}” is accepted as right now."
        case Verdict.NEW_KEY:
            words = f"Thank you: the right answer has been corrected. It is “{_short(news.answer)}”."
        case Verdict.DROPPED:
            words = "Thank you: the question does not count any more."
        case Verdict.STAYS:
            words = "Thank you. An instructor has looked at the question, and it stays as it is."
    return f"You reported that something is wrong with this question:\n{quoted(news.question)}\n{words}"


def _cause_words(news: ResultNews) -> str:
    match news.cause:
        case Cause.ALSO_RIGHT:
            return f"An instructor has accepted “{_short(news.answer)}” as right, too."
        case Cause.NEW_KEY:
            return f"An instructor has corrected the right answer. It is “{_short(news.answer)}”."
        case Cause.DROPPED:
            return "An instructor has taken the question out of the results."
        case Cause.TAKEN_BACK:
            return (
                "An instructor has taken back an earlier decision. "
                f"The right answer is “{_short(news.answer)}”."
            )


def _own_words(moved: Moved) -> str:
    answers = "Your answer" if moved.count == 1 else f"{moved.count} of your answers"
    verb, past = ("counts", "was") if moved.count == 1 else ("count", "were")
    if moved.before == moved.after:
        return f"{answers} {verb} for another share of the credit now."
    if moved.after is None:
        return f"{answers} {past} {OUTCOME_WORDS[moved.before]} before and {verb} no more."
    before = "not counted" if moved.before is None else OUTCOME_WORDS[moved.before]
    return f"{answers} {verb} as **{OUTCOME_WORDS[moved.after]}** now (before: {before})."


def _short(text: str) -> str:
    return learner_text(shorten(text, LONGEST_ANSWER))
