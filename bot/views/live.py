"""The public messages of a live quiz: lobby, question, result, pause, summary. Pure rendering."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.quiz_reports import RoundBoard, RunBoard, SummaryBoard
from bot.insight.charts.picture import Picture
from bot.insight.run_summary import QuestionResult
from bot.quiz.pacing import QUIET_LIMIT
from bot.quiz.run import EndReason, Pace, PauseReason, RoundState, Run, RunState
from bot.views.host import Control, HostPanel, host_button
from bot.views.joining import join_buttons
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Aside,
    Button,
    Layout,
    card,
    plural,
    rows,
    shorten,
    soon,
)
from bot.views.live_buttons import AnswerButton, Discuss, MyResultButton, TypeButton
from bot.views.provenance import explanation, scope_words, source_line
from bot.views.question import button_labels, heading, option_list, result_blocks
from bot.views.report import ReportQuestion
from bot.views.ruled import dropped_line, ruling_lines
from bot.views.rules import extra_rules, joined_words, ranking_rule
from bot.views.standing import ranking_block, team_block

END_WORDS = {
    EndReason.FINISHED: "The quiz is over. Thank you for taking part!",
    EndReason.STOPPED: "The host has ended the quiz. All answers so far are kept.",
    EndReason.NEVER_STARTED: "This quiz was not started within an hour, so it is closed.",
    EndReason.PAUSED_TOO_LONG: "The quiz was paused for an hour, so it has ended. All answers are kept.",
    EndReason.LEFT_WAITING: "Nobody went on with the quiz for an hour, so it has ended. All answers are kept.",
    EndReason.TIME_UP: "The time is up. All answers are kept.",
    EndReason.CHANNEL_LOST: "The quiz has ended, because its channel is gone. All answers are kept.",
}

PAUSE_WORDS = {
    PauseReason.HOST: "The host has paused the quiz.",
    PauseReason.NOBODY: f"Paused: nobody answered the last {QUIET_LIMIT} questions.",
    PauseReason.CANNOT_POST: "Paused: I could not write in this channel.",
}

SUMMARY_ROOM = 3_300
"""Characters for the list of questions in the summary, with what it says of teams and persons."""
HARDEST_ROOM = 300
SHORTEST_PROMPT = 20


def lobby(board: RunBoard) -> Layout:
    """The first message of a live quiz: what will happen, and later where it stands."""
    run = board.run
    title = f"## Live quiz · {run.set_title}"
    if run.state is RunState.ENDED:
        words = END_WORDS[run.end_reason or EndReason.FINISHED]
        return card(title, words, colour=QUIET_COLOUR)
    if run.state is RunState.LOBBY:
        buttons: list[Button] = [host_button(run, Control.START), HostPanel(run.run_id)]
        return card(
            title,
            _rules(run),
            extra_rules(run.options),
            joined_words(board),
            f"-# Host: <@{run.owner_id}>",
            buttons=[*join_buttons(run), buttons],
        )
    state = "Paused." if run.state is RunState.PAUSED else f"Question {run.position + 1} of {run.total}."
    late = "-# You can join at any question, by **Join** or by answering; nothing before counts against you."
    return card(
        title,
        f"{state} The questions are below.",
        late,
        buttons=rows([*(button for row in join_buttons(run) for button in row), HostPanel(run.run_id)]),
    )


def question(board: RoundBoard, now: datetime) -> Layout:
    """The message of one question in whatever state it is.

    ``now`` stands in for the moment of posting while the question has not been posted yet.
    """
    match board.asked.state:
        case RoundState.CLOSED:
            return _result(board)
        case RoundState.SKIPPED:
            words = "The host skipped this question."
            if board.run.state is RunState.ENDED and board.run.position == board.asked.position:
                words = "The quiz ended before anybody answered this question."
            return card(_heading(board), board.asked.item.prompt, words, colour=QUIET_COLOUR)
        case RoundState.HELD:
            return _held(board)
        case RoundState.OPEN | RoundState.WAITING:
            return _open(board, now)


def pause(board: RoundBoard) -> Layout:
    """The message that tells the host that nobody answers; ``Go on`` stays as long as the pause."""
    run = board.run
    if run.state is not RunState.PAUSED or run.position != board.asked.position:
        return card("The quiz went on.", colour=QUIET_COLOUR)
    return card(
        f"**{PAUSE_WORDS[PauseReason.NOBODY]}**",
        f"<@{run.owner_id}>, press **Go on** when the class is ready. After an hour the quiz ends by itself, "
        "and its results are kept.",
        buttons=[[host_button(run, Control.RESUME), host_button(run, Control.STOP)]],
        colour=QUIET_COLOUR,
    )


def summary(board: SummaryBoard, drawn: Picture | None = None) -> Layout:
    """The last message: the class by question; ``drawn`` shows what its list says.

    Persons stand there only if the host opened the quiz with a board.
    """
    run, results = board.run, board.summary.questions
    hardest = board.summary.describe_hardest()
    standings = [block for block in (team_block(board.teams), ranking_block(board.ranking)) if block]
    room = SUMMARY_ROOM - sum(map(len, standings))
    return card(
        f"## Results · {run.set_title}",
        END_WORDS[run.end_reason or EndReason.FINISHED],
        board.summary.describe() if results else "No question was finished.",
        drawn,
        "\n".join(_result_list(results, room)),
        dropped_line(board.dropped),
        None if hardest is None else shorten(hardest, HARDEST_ROOM),
        *(part for block in standings for part in (DIVIDER, block)),
        "-# Only you see your own result.",
        buttons=[[MyResultButton(run.run_id)]],
        colour=RESULT_COLOUR,
    )


def _result_list(results: Sequence[QuestionResult], room: int) -> list[str]:
    """Each question with how it went; in a long list briefly, so that every question is there."""
    said = [each.describe() for each in results]
    if _prompt_room(said, room) < SHORTEST_PROMPT:
        said = [each.describe_briefly() for each in results]
    longest = max(_prompt_room(said, room), SHORTEST_PROMPT)
    return [
        f"{each.number}. {shorten(each.prompt, longest)}\n-# {words}"
        for each, words in zip(results, said, strict=True)
    ]


def _prompt_room(said: Sequence[str], room: int) -> int:
    """Characters for each question's text beside what is said of it, its number and the line breaks."""
    return (room - sum(len(words) + 10 for words in said)) // max(len(said), 1)


def _rules(run: Run) -> str:
    seconds = 0 if run.time_limit is None else int(run.time_limit.total_seconds())
    pace = (
        "the next question comes by itself"
        if run.pace is Pace.AUTO
        else "the host goes on to the next question"
    )
    about = scope_words(run.category, run.focus)
    return "\n".join(
        (
            f"**{plural(run.total, 'question')}** ({about}), **{seconds} seconds** each; {pace}.",
            "Your answers are private, and you can change one until its question closes.",
            "After each question come the right answer and its source. At the end you see your own result; "
            + ranking_rule(run.options),
            "The quiz begins when the host presses **Start**.",
        )
    )


def _heading(board: RoundBoard) -> str:
    return heading(board.asked.item, board.asked.position + 1, board.run.total)


def _open(board: RoundBoard, now: datetime) -> Layout:
    asked = board.asked
    closes_at = asked.closes_at
    if closes_at is None and board.run.time_limit is not None:
        closes_at = now + board.run.time_limit
    closing = "" if closes_at is None else f"Closes {soon(closes_at)}. "
    # Some may still answer then; a count that goes on would tell who they are.
    standing = "Time is up. The result follows shortly." if board.overtime else f"{closing}{_answered(board)}"
    buttons: list[Button] = [
        AnswerButton(asked.round_id, slot, label=label) for slot, label in enumerate(button_labels(asked))
    ]
    if not buttons:
        buttons = [TypeButton(asked.round_id)]
    return card(
        _heading(board),
        asked.item.prompt,
        DIVIDER,
        option_list(asked),
        asked.item.hint(),
        buttons=rows(buttons),
        # Last, so that a screen reader comes to the answers first.
        foot=Aside(standing, HostPanel(board.run.run_id)),
    )


def _answered(board: RoundBoard) -> str:
    if not board.answered:
        return "Nobody has answered yet."
    return f"{plural(board.answered, 'person has', 'people have')} answered."


def _held(board: RoundBoard) -> Layout:
    run = board.run
    words = PAUSE_WORDS[run.pause_reason or PauseReason.HOST]
    return card(
        _heading(board),
        board.asked.item.prompt,
        f"{words} Answers so far are kept. {_answered(board)}",
        buttons=[[host_button(run, Control.RESUME), HostPanel(run.run_id)]],
        colour=QUIET_COLOUR,
    )


def _result(board: RoundBoard) -> Layout:
    asked, run = board.asked, board.run
    discussion = "-# Discuss it right here." if board.in_thread else None
    if board.discussion is not None:
        discussion = f"Discussion: <#{board.discussion}>"
    return card(
        _heading(board),
        asked.item.prompt,
        DIVIDER,
        *result_blocks(asked, board.spread),
        ruling_lines(asked),
        explanation(asked.item),
        DIVIDER,
        source_line(asked.item, board.info),
        discussion,
        buttons=[_result_buttons(board)],
        colour=RESULT_COLOUR if run.state is not RunState.PAUSED else QUIET_COLOUR,
    )


def _result_buttons(board: RoundBoard) -> list[Button]:
    run = board.run
    buttons: list[Button] = [] if board.in_thread else [Discuss(board.asked.round_id)]
    if run.position == board.asked.position:
        if run.state is RunState.REVEALING and run.pace is Pace.HOST:
            buttons.append(host_button(run, Control.NEXT))
        if run.state in (RunState.REVEALING, RunState.PAUSED):
            buttons.append(HostPanel(run.run_id))
    buttons.append(ReportQuestion(board.asked.round_id))
    return buttons
