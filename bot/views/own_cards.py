"""What a learner reads of a run of their own: a question, an answer that is kept, feedback, all answers, a result.

Pure rendering; which buttons go below is decided where the buttons are.
"""

from collections.abc import Iterable, Sequence

import discord

from bot.actions.own_look import OwnLook
from bot.actions.own_runs import OwnFeedback, OwnKept, OwnQuestion, OwnResult, OwnSheet
from bot.bank.grade import Grade, Outcome
from bot.bank.response import Response
from bot.quiz.certainty import Certainty
from bot.quiz.run import EndReason, Round, Run, RunMode
from bot.quiz.showing import Shown
from bot.views.assignment_words import when_shown
from bot.views.certainty import CERTAINTY_WORDS, HOW_SURE
from bot.views.layout import DIVIDER, RESULT_COLOUR, Button, Layout, card, plural, shorten, soon
from bot.views.provenance import explanation, source_line
from bot.views.question import heading, option_list, result_line, right_answer, right_answer_block, said
from bot.views.review_words import POINT_TO_REVIEW, next_review_line
from bot.views.ruled import ruling_lines

Rows = Iterable[Sequence[Button]]

RESULT_ROOM = 3_400
SHORTEST_LINE = 30
NAMED = 60
"""Characters of a question by which it is found again in the list of one's answers."""

OUTCOME_WORDS = {Outcome.RIGHT: "Right", Outcome.PARTIAL: "Partly right", Outcome.WRONG: "Not right"}


def question_card(shown: OwnQuestion, buttons: Rows) -> Layout:
    """A question, with the answer so far where it can be changed."""
    asked, run = shown.asked, shown.run
    standing = None if shown.standing is None else f"Your answer so far: **{said(asked, shown.standing)}**"
    return card(
        heading(asked.item, shown.number, run.total),
        _welcome(run) if shown.resumed else None,
        asked.item.prompt,
        DIVIDER,
        option_list(asked),
        asked.item.hint(),
        standing,
        _private(run),
        buttons=buttons,
    )


def kept_card(kept: OwnKept, buttons: Rows) -> Layout:
    """An answer that is stored and that no feedback has been shown for."""
    asked, run = kept.asked, kept.run
    return card(
        heading(asked.item, asked.position + 1, run.total),
        asked.item.prompt,
        DIVIDER,
        f"Your answer is in: **{said(asked, kept.response)}**{_sureness(kept.certainty)}",
        HOW_SURE if run.options.certainty else None,
        _time_left(run),
        buttons=buttons,
    )


def own_feedback_card(feedback: OwnFeedback, buttons: Rows) -> Layout:
    """What a learner sees after an answer: right or not, why, and where it comes from, as far as it is shown."""
    asked, shown = feedback.asked, feedback.shown
    mark = f"**{verdict(feedback.grade)}** " if shown.marks else ""
    return card(
        heading(asked.item, asked.position + 1, feedback.run.total),
        asked.item.prompt,
        DIVIDER,
        "You answered this question before; your first answer counts." if feedback.repeated else None,
        f"{mark}You answered: {said(asked, feedback.response)}{_sureness(feedback.certainty)}",
        feedback.grade.feedback if shown.marks and shown.explanations else None,
        DIVIDER,
        right_answer_block(asked) if shown.answers else None,
        ruling_lines(asked) if shown.answers else None,
        explanation(asked.item) if shown.explanations else None,
        DIVIDER,
        source_line(asked.item, feedback.source) if shown.explanations else None,
        DIVIDER,
        next_review_line(feedback.next_review),
        buttons=buttons,
        colour=RESULT_COLOUR,
    )


def look_card(look: OwnLook, buttons: Rows) -> Layout:
    """A question of a run that is over, as far as it may be shown by now."""
    asked, shown, given = look.asked, look.shown, look.given
    if given is None:
        answer = "You did not answer this question."
    else:
        mark = f"**{verdict(asked.grade(given.response))}** " if shown.marks else ""
        answer = f"{mark}You answered: {said(asked, given.response)}{_sureness(given.certainty)}"
    return card(
        heading(asked.item, asked.position + 1, look.run.total),
        asked.item.prompt,
        DIVIDER,
        option_list(asked),
        answer,
        DIVIDER,
        right_answer_block(asked) if shown.answers else None,
        ruling_lines(asked) if shown.answers else None,
        explanation(asked.item) if shown.explanations else None,
        _not_shown_yet(look.run, shown),
        DIVIDER,
        source_line(asked.item, look.source) if shown.explanations else None,
        buttons=buttons,
        colour=RESULT_COLOUR,
    )


def sheet_card(sheet: OwnSheet, page: int, page_size: int, buttons: Rows) -> Layout:
    """All answers of a run that can still be changed, a page of them."""
    on_page = sheet.rounds[page * page_size : (page + 1) * page_size]
    room = RESULT_ROOM // max(len(on_page), 1) - 60
    lines = [
        f"{asked.position + 1}. {shorten(asked.item.prompt, min(room // 2, NAMED))}\n-# "
        + (
            "**Not answered**"
            if given is None
            else _answer(asked, given.response, given.certainty, room // 2)
        )
        for asked, given in on_page
    ]
    left = sheet.unanswered
    return card(
        f"### Your answers · {sheet.run.set_title}",
        "All questions are answered." if not left else f"**{plural(left, 'question')} not answered yet.**",
        "\n".join(lines),
        "Press a question to answer it or to change your answer. When you are done, press **Hand in**.",
        _time_left(sheet.run),
        buttons=buttons,
    )


def hand_in_card(run: Run, left: int, buttons: Rows) -> Layout:
    """Asks whether to hand in a run in which ``left`` questions are not answered."""
    return card(
        f"### Hand in now? · {run.set_title}",
        f"**{plural(left, 'question')} not answered yet**: what is not answered counts as wrong."
        if left
        else None,
        "Once it is handed in, nothing can be changed.",
        _time_left(run),
        buttons=buttons,
    )


def own_result_card(result: OwnResult, buttons: Rows) -> Layout:
    """How a run went, as far as it may be shown by now."""
    room = max(RESULT_ROOM // max(len(result.rounds), 1) - 60, SHORTEST_LINE)
    everything = result.run.mode is RunMode.ASSIGNMENT  # there, what was not answered counts too
    lines: list[str] = []
    for asked, given in result.rounds:
        if given is not None:
            said_so = (given.response, given.outcome, given.certainty)
            lines.append(_result_line(asked, said_so, result.shown, room))
        elif everything:
            lines.append(_result_line(asked, None, result.shown, room))
    pointed = result.missed and not result.agreed and result.shown.everything
    return card(
        f"### Your result · {result.run.set_title}",
        _result_words(result),
        "\n".join(lines),
        _not_shown_yet(result.run, result.shown),
        POINT_TO_REVIEW if pointed else None,
        buttons=buttons,
        colour=RESULT_COLOUR,
    )


def verdict(grade: Grade) -> str:
    """Whether an answer is right, in words; how much of it where it is so in part."""
    match grade.outcome:
        case Outcome.RIGHT:
            return "Right!"
        case Outcome.PARTIAL:
            return f"Partly right: {grade.fraction:.0%} of the credit."
        case Outcome.WRONG:
            return "Not right."


def _result_words(result: OwnResult) -> str:
    if result.run.mode is RunMode.ASSIGNMENT:
        if not result.shown.marks:
            return (
                f"**Handed in: {result.answered} of {plural(len(result.rounds), 'question')} answered.** "
                "Only you can see this."
            )
        partly = (
            "" if result.points == result.right else f", {result.points:.3g} points with what is partly right"
        )
        return f"**{result.right} of {plural(result.counting, 'question')} right{partly}.** Only you can see this."
    if result.run.mode is RunMode.GATE and result.run.end_reason is not EndReason.FINISHED:
        return "You stopped before the last question. **Begin anew** asks them again: trying is enough."
    if result.run.mode is RunMode.GATE:
        return f"{_through(result)} **My place** below the motion shows where you stand now."
    if all(given is None for _, given in result.rounds):
        return "You ended this quiz before the first answer. Start another with `/quiz take`."
    if not result.answered:
        return "**None of these questions counts.** Only you can see this."
    return f"**{result.right} of {plural(result.answered, 'question')} right.** Only you can see this."


def _through(result: OwnResult) -> str:
    """How somebody has come through the knowledge gate."""
    if not result.rounds:
        return "**You are through without questions:** none on this topic can be asked at the moment."
    if not result.counting:
        return "**You are through:** trying is what counts, though none of these questions does any more."
    right = f"{result.right} of {plural(result.counting, 'question')} right"
    return f"**You are through**, with {right}: trying is what counts."


def _result_line(
    asked: Round,
    given: tuple[Response, Outcome, Certainty | None] | None,
    shown: Shown,
    room: int,
) -> str:
    if asked.dropped or (shown.marks and shown.answers):
        response, outcome, _ = given or (None, None, None)
        return result_line(asked, response, outcome, room)
    if given is None:
        words = "Not answered"
    else:
        response, outcome, certainty = given
        words = _answer(asked, response, certainty, room // 2)
        if shown.marks:
            words = f"**{OUTCOME_WORDS[outcome]}**: {words}"
    right = f". Right answer: {shorten(right_answer(asked), room // 2)}" if shown.answers else ""
    return f"{asked.position + 1}. {words}{right}"


def _answer(asked: Round, response: Response, certainty: Certainty | None, room: int) -> str:
    return f"{shorten(said(asked, response), max(room, SHORTEST_LINE))}{_sureness(certainty)}"


def _sureness(certainty: Certainty | None) -> str:
    return "" if certainty is None else f" ({CERTAINTY_WORDS[certainty].lower()})"


def _welcome(run: Run) -> str:
    what = {RunMode.REVIEW: "review", RunMode.ASSIGNMENT: "attempt"}.get(run.mode, "quiz")
    return f"You go on with the {what} of {plural(run.total, 'question')} that you began."


def _private(run: Run) -> str:
    match run.mode:
        case RunMode.REVIEW:
            back = "`/review` goes on here later."
        case RunMode.ASSIGNMENT:
            back = "**Start** or `/quiz status` goes on here later."
        case RunMode.GATE:
            back = "**My place** below the motion goes on here."
        case _:
            back = "`/quiz take` goes on here later."
    time = _time_left(run)
    words = f"-# Only you can see this. Each answer is kept at once. For a break, just leave: {back}"
    return words if time is None else f"{time}\n{words}"


def _time_left(run: Run) -> str | None:
    if run.closes_at is None:
        return None
    if run.deadline is not None and run.closes_at >= run.deadline:
        return f"-# Due {discord.utils.format_dt(run.closes_at, 'f')} ({soon(run.closes_at)})."
    return f"-# Your time ends {soon(run.closes_at)}; the clock goes on while you are away."


def _not_shown_yet(run: Run, shown: Shown) -> str | None:
    return None if run.deadline is None else when_shown(shown, run.deadline)
