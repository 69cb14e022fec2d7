"""A run of one learner alone: the buttons and the form of its messages, all of them private to the learner."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot.actions.attempts import hand_in
from bot.actions.own_answers import answer_own, own_question, say_how_sure, show_feedback
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    OwnStep,
    leave_own,
    look_over,
    next_step,
)
from bot.actions.practice import retake_missed
from bot.actions.review_grades import change_recall
from bot.bank.form import Filled
from bot.ids import RoundId, RunId
from bot.quiz.certainty import Certainty
from bot.quiz.run import EndReason, Round, RunMode, RunState
from bot.review.recall import Recall
from bot.views.answer_form import answer_form, filled_in
from bot.views.certainty import CERTAINTY_WORDS
from bot.views.desk import by, desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form
from bot.views.layout import Button, Layout, rows
from bot.views.own_cards import (
    RESULT_ROOM,
    hand_in_card,
    kept_card,
    own_feedback_card,
    own_result_card,
    question_card,
    sheet_card,
)
from bot.views.own_way import ToAssignment, ToGate, ToLook, ToPlace
from bot.views.press import ID, SLOT, Press
from bot.views.question import button_labels, result_line
from bot.views.replies import replace, reply, show_form
from bot.views.report import ReportQuestion
from bot.views.review_words import other_grades, review_result

SHEET_PAGE = 15
"""So many questions on a page of answers: three rows of buttons."""


class OwnAnswer(Press, prefix="pa", parts=(ID, SLOT)):
    """Answers a question of the learner's own run with the option shown at a place."""

    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _take_answer(interaction, RoundId(self.number(0)), self.number(1))


class OwnType(Press, prefix="pt", parts=(ID,)):
    """Opens the form for an answer, filled with the answer so far."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Answer"

    async def pressed(self, interaction: discord.Interaction) -> None:
        question = await desk_of(interaction).read(
            own_question,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
        )
        fields = question.asked.form(question.standing)
        await show_form(interaction, answer_form(OWN_ANSWER, interaction, question.asked, fields))


class HowSure(Press, prefix="pc", parts=(ID, "[1-3]")):
    """Says how sure the learner is of an answer; then comes the feedback, where it comes at once."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        after = await desk_of(interaction).run(
            say_how_sure,
            round_id=RoundId(self.number(0)),
            certainty=Certainty(self.number(1)),
            **by(interaction),
        )
        await replace(interaction, after_answer(after))


class ShowFeedback(Press, prefix="pf", parts=(ID,)):
    """Goes on to the feedback without saying how sure one is."""

    routine = True
    default_label: ClassVar[str] = "Just show me"

    async def pressed(self, interaction: discord.Interaction) -> None:
        after = await desk_of(interaction).run(
            show_feedback, round_id=RoundId(self.number(0)), **by(interaction)
        )
        await replace(interaction, after_answer(after))


class OwnNext(Press, prefix="pn", parts=(ID,)):
    """Shows the next question, or the result after the last one."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Next question"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).run(next_step, run_id=RunId(self.number(0)), **by(interaction))
        await replace(interaction, own_card(shown))


class OwnLeave(Press, prefix="pl", parts=(ID,)):
    """Ends the run before its last question."""

    default_label: ClassVar[str] = "Finish now"

    async def pressed(self, interaction: discord.Interaction) -> None:
        result = await desk_of(interaction).run(leave_own, run_id=RunId(self.number(0)), **by(interaction))
        await replace(interaction, own_card(result))


class RetakeMissed(Press, prefix="pr", parts=(ID,)):
    """Asks again what the learner missed in a quiz, live or private, as a new private quiz."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Retake what I missed"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(retake_missed, run_id=RunId(self.number(0)), rng=desk.rng, **by(interaction))
        await reply(interaction, own_card(shown))


class ChangeRecall(Press, prefix="vg", parts=(ID, "[1-4]")):
    """Says how well the learner knew an answer of a review, if it was not as noted: it comes sooner or later then."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        feedback = await desk_of(interaction).run(
            change_recall, round_id=RoundId(self.number(0)), recall=Recall(self.number(1)), **by(interaction)
        )
        await replace(interaction, feedback_card(feedback))


class OwnOnward(Press, prefix="po", parts=(ID, SLOT)):
    """Shows the next question without an answer behind a place, or all answers if there is none."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Next question"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).run(
            next_step, run_id=RunId(self.number(0)), past=self.number(1), **by(interaction)
        )
        await replace(interaction, own_card(shown))


class OwnLookOver(Press, prefix="ps", parts=(ID, SLOT)):
    """Shows all answers so far, a page of them."""

    routine = True
    default_label: ClassVar[str] = "Look over my answers"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).read(look_over, run_id=RunId(self.number(0)), **by(interaction))
        await replace(interaction, own_card(shown, self.number(1)))


class ToQuestion(Press, prefix="pq", parts=(ID,)):
    """Shows a question once more, with the answer so far."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        question = await desk_of(interaction).read(
            own_question,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
        )
        await replace(interaction, own_card(question))


class HandIn(Press, prefix="ph", parts=(ID,)):
    """Ends an attempt whose feedback comes later."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Hand in"

    async def pressed(self, interaction: discord.Interaction) -> None:
        result = await desk_of(interaction).run(hand_in, run_id=RunId(self.number(0)), **by(interaction))
        await replace(interaction, own_card(result))


class AskToHandIn(Press, prefix="pw", parts=(ID,)):
    """Asks whether to hand in an attempt in which something is not answered: it cannot be taken back."""

    default_label: ClassVar[str] = "Hand in"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).read(look_over, run_id=RunId(self.number(0)), **by(interaction))
        if shown.run.state is RunState.ENDED:
            await replace(interaction, own_card(shown))
        else:
            await replace(interaction, hand_in_question(shown))


def own_card(shown: OwnStep, page: int = 0) -> Layout:
    """Where the learner goes on: a question, an answer that waits for its feedback, all answers, or the result."""
    match shown:
        case OwnQuestion():
            return question_card(shown, _below_question(shown))
        case OwnKept():
            return kept_card(shown, _below_kept(shown))
        case OwnSheet():
            return sheet_card(shown, page, SHEET_PAGE, _below_sheet(shown, page))
        case OwnResult() if shown.run.mode is RunMode.REVIEW:
            lines = [
                result_line(asked, given.response, given.outcome, RESULT_ROOM // len(shown.rounds) - 60)
                for asked, given in shown.rounds
                if given is not None
            ]
            return review_result(shown, "\n".join(lines))
        case OwnResult():
            return own_result_card(shown, [_below_result(shown)])


def after_answer(after: OwnKept | OwnFeedback) -> Layout:
    """What a learner sees after an answer."""
    return feedback_card(after) if isinstance(after, OwnFeedback) else own_card(after)


def feedback_card(feedback: OwnFeedback) -> Layout:
    """What a learner sees after an answer, with the way on."""
    round_id = feedback.asked.round_id
    others: list[Button] = [
        ChangeRecall(round_id, recall.value, label=label)
        for recall, label in other_grades(feedback.next_review)
    ]
    onward: list[Button] = [OwnNext(feedback.run.run_id, label="See my result" if feedback.is_last else None)]
    if feedback.shown.answers:
        onward.append(ReportQuestion(round_id))
    return own_feedback_card(feedback, [others, onward])


def _below_question(shown: OwnQuestion) -> list[Sequence[Button]]:
    asked, run = shown.asked, shown.run
    answers: list[Button] = [
        OwnAnswer(asked.round_id, slot, label=label) for slot, label in enumerate(button_labels(asked))
    ]
    if run.options.showing.during:
        onward: list[Button] = [
            OwnLeave(run.run_id) if run.assignment_id is None else AskToHandIn(run.run_id)
        ]
    else:
        # Blue is what leads on: an answer, and with one the next question.
        skip = (
            OwnOnward(run.run_id, asked.position)
            if shown.standing is not None
            else OwnOnward(
                run.run_id, asked.position, label="Skip for now", style=discord.ButtonStyle.secondary
            )
        )
        onward = [skip, _look_over(asked)]
    return [*rows(answers or [OwnType(asked.round_id)]), onward]


def _below_kept(kept: OwnKept) -> list[Sequence[Button]]:
    run, round_id = kept.run, kept.asked.round_id
    how_sure: list[Button] = [
        HowSure(round_id, step.value, label=words)
        for step, words in CERTAINTY_WORDS.items()
        if run.options.certainty
    ]
    if run.options.showing.during:
        return [how_sure, [ShowFeedback(round_id)]]
    look = _look_over(kept.asked)
    if kept.is_last:
        return [how_sure, [look]]
    return [how_sure, [OwnOnward(run.run_id, kept.asked.position), look]]


def _look_over(asked: Round) -> Button:
    """Leads to the page of answers with this question on it."""
    return OwnLookOver(asked.run_id, asked.position // SHEET_PAGE)


def _below_sheet(sheet: OwnSheet, page: int) -> list[Sequence[Button]]:
    run_id = sheet.run.run_id
    on_page = sheet.rounds[page * SHEET_PAGE : (page + 1) * SHEET_PAGE]
    numbers: list[Button] = [
        ToQuestion(
            asked.round_id,
            label=f"Question {asked.position + 1}",
            style=discord.ButtonStyle.primary if given is None else None,
        )
        for asked, given in on_page
    ]
    turning: list[Button] = []
    if page:
        turning.append(OwnLookOver(run_id, page - 1, label="Earlier questions"))
    if (page + 1) * SHEET_PAGE < len(sheet.rounds):
        turning.append(OwnLookOver(run_id, page + 1, label="Later questions"))
    done: Button = (
        AskToHandIn(run_id, style=discord.ButtonStyle.success) if sheet.unanswered else HandIn(run_id)
    )
    return [*rows(numbers), [*turning, done]]


def hand_in_question(shown: OwnSheet | OwnResult) -> Layout:
    """Asks whether to hand in what is not answered throughout."""
    run = shown.run
    left = sum(given is None for _, given in shown.rounds)
    back: Button = (
        OwnLookOver(run.run_id, 0, label="No, back to my answers")
        if isinstance(shown, OwnSheet)
        else OwnNext(run.run_id, label="No, go on")
    )
    yes = HandIn(run.run_id, label="Yes, hand in", style=discord.ButtonStyle.danger)
    return hand_in_card(run, left, [[yes, back]])


def _below_result(result: OwnResult) -> list[Button]:
    run, shown = result.run, result.shown
    buttons: list[Button] = []
    if result.gate_of is not None:
        finished = run.end_reason is EndReason.FINISHED
        buttons.append(ToPlace(result.gate_of) if finished else ToGate(result.gate_of, label="Begin anew"))
    if result.missed and shown.everything:
        buttons.append(RetakeMissed(run.run_id))
    if result.rounds and (run.assignment_id is not None or result.answered):
        buttons.append(ToLook(result.rounds[0][0].round_id))
    if run.assignment_id is not None:
        buttons.append(ToAssignment(run.assignment_id, label="Back to the assignment"))
    return buttons


async def _take_answer(interaction: discord.Interaction, round_id: RoundId, answer: int | Filled) -> None:
    interaction_id, at = stamp(interaction)
    after = await desk_of(interaction).run(
        answer_own,
        guild_id=guild_of(interaction),
        user_id=user_of(interaction),
        round_id=round_id,
        answer=answer,
        interaction_id=interaction_id,
        at=at,
    )
    await replace(interaction, after_answer(after))


async def _typed(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await _take_answer(interaction, RoundId(ids[0]), filled_in(fields))


OWN_ANSWER = Form("pt", _typed, routine=True)
