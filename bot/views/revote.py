"""Words for a question that is voted on twice: while it is discussed, and when both votes are over. Pure rendering.

What stands here while a first vote is hidden says how many voted, and never how; but for the host's own panel.
"""

from bot.actions.quiz_reports import RoundBoard
from bot.actions.votes import is_timed
from bot.insight.charts.shift_chart import Shift as OptionShift
from bot.insight.distribution import Distribution
from bot.insight.run_summary import QuestionResult
from bot.quiz.revote import DISCUSSION, HIGHEST_PERCENT, LOWEST_PERCENT, Advice, FirstVote, Revote
from bot.quiz.run import RoundState, Run, RunState
from bot.views.layout import plural, soon
from bot.views.question import option_name

MINUTES = plural(int(DISCUSSION.total_seconds() // 60), "minute")

ADVICE_WORDS = {
    Advice.TOO_FEW: "Too few voted to say whether a discussion pays.",
    Advice.EXPLAIN: (
        f"Fewer than {LOWEST_PERCENT}% are right: a discussion rarely helps then. Give a hint or explain first, or "
        "show the result."
    ),
    Advice.DISCUSS: (
        f"Between {LOWEST_PERCENT}% and {HIGHEST_PERCENT}% are right: now a discussion pays. Ask everybody to "
        "convince a neighbour who chose something else, before they vote again."
    ),
    Advice.MOVE_ON: f"More than {HIGHEST_PERCENT}% are right: show the result and go on.",
}


def revote_rule(revote: Revote) -> str | None:
    """What the lobby says of second votes; None where there are none."""
    match revote:
        case Revote.OFF:
            return None
        case Revote.HOST:
            when = "You may be asked to talk a question over and vote again."
        case Revote.AUTO:
            when = f"Where the class is divided, you have {MINUTES} to talk it over, then you vote again."
    return f"- **Second vote:** {when} The first result stays hidden till then; your latest vote counts."


def vote_words(board: RoundBoard) -> str:
    """What is added to the heading of a question where there is more than one vote."""
    if board.asked.vote > 1:
        return " · second vote"
    return " · first vote" if board.second is not None or board.asked.state is RoundState.HIDDEN else ""


def discussion_words(board: RoundBoard) -> str:
    """What the class reads between the two votes: how many voted, what to do now, and what comes next."""
    run = board.run
    voted = f"**The first vote is over: {plural(board.answered, 'person', 'people')} voted.**"
    if run.state is RunState.PAUSED:
        return f"{voted} The quiz is paused; after that the discussion goes on. All votes are kept."
    following = "The host opens the second vote, or shows the result."
    if is_timed(run) and run.due_at is not None:
        following = f"The second vote opens {soon(run.due_at)}."
    return (
        f"{voted} Now talk it over: what did you choose, and why? How the vote went stays hidden until the "
        f"question is done with. {following}"
    )


def superseded_words(board: RoundBoard) -> str:
    """What is left of a first vote's message once there is a second one."""
    voted = f"{plural(board.answered, 'person', 'people')} took part in the first vote."
    if board.asked.state is RoundState.CLOSED:
        return f"{voted} The result stands below, with the second vote."
    return f"{voted} The second vote stands below."


def spreads(board: RoundBoard) -> tuple[Distribution | None, Distribution | None]:
    """How the answers to show are spread, and those of an earlier vote to put beside them, where there are any."""
    if board.first is not None and (board.spread is None or not board.spread.answers):
        return board.first, None  # nothing came after the first vote
    return board.spread, board.first


def option_shifts(board: RoundBoard) -> list[OptionShift]:
    """How many chose each option at first and then; empty where there are no two votes, or no options to choose."""
    if (
        board.spread is None
        or board.first is None
        or not board.spread.answers
        or not board.asked.item.choices()
    ):
        return []
    return [
        OptionShift(option_name(board.asked, now.option), before.count, now.count, now.right)
        for before, now in zip(board.first.rows, board.spread.rows, strict=False)
        if now.option is not None and now.option == before.option
    ]


def shift_words(board: RoundBoard) -> str | None:
    """What changed from the first vote to the second; None for any other vote."""
    if board.shift is None:
        return None
    first, second, *moves = board.shift.describe().splitlines()
    return "\n".join(("**Before and after the discussion**", f"-# {first}", f"-# {second}", *moves))


def host_words(run: Run, first: FirstVote) -> str:
    """What the host alone may read between the votes: the share right, how sure it is, and what it suggests."""
    result = QuestionResult(run.position + 1, "", first.right, first.answers)
    state, following = "", ""
    if run.state is RunState.PAUSED:
        state = "The quiz is paused. "
    elif is_timed(run) and run.due_at is not None:
        following = f" The second vote opens by itself {soon(run.due_at)}."
    return (
        f"{state}The first vote on question {run.position + 1} of {run.total} is over: **{result.describe()}**.\n"
        f"{ADVICE_WORDS[first.advice]}{following}\n-# Only you see this. Do not tell the class yet."
    )
