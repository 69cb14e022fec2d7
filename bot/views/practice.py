"""A private quiz: its messages, all of them private to the learner, and their buttons and form."""

from typing import ClassVar

import discord

from bot.actions.practice import (
    PracticeFeedback,
    PracticeQuestion,
    PracticeResult,
    answer_practice,
    leave_practice,
    next_practice,
    practice_question,
    retake_missed,
)
from bot.bank.form import Filled
from bot.bank.grade import Grade, Outcome
from bot.ids import RoundId, RunId
from bot.views.answer_form import answer_form, filled_in
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form
from bot.views.layout import DIVIDER, RESULT_COLOUR, Button, Layout, card, plural, rows
from bot.views.press import ID, SLOT, Press, pattern
from bot.views.provenance import explanation, source_line
from bot.views.question import (
    button_labels,
    heading,
    option_list,
    result_line,
    right_answer_block,
    said,
)
from bot.views.replies import replace, reply
from bot.views.report import ReportQuestion
from bot.views.ruled import ruling_lines

RESULT_ROOM = 3_400


class PracticeAnswer(Press, template=pattern("pa", ID, SLOT)):
    """Answers a question of the learner's own quiz with the option shown at a place."""

    prefix = "pa"
    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _take_answer(interaction, RoundId(self.number(0)), self.number(1))


class PracticeType(Press, template=pattern("pt", ID)):
    """Opens the form for an answer."""

    prefix = "pt"
    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Answer"

    async def pressed(self, interaction: discord.Interaction) -> None:
        asked = await desk_of(interaction).read(
            practice_question,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
        )
        await interaction.response.send_modal(answer_form(PRACTICE_ANSWER, interaction, asked, asked.form()))


class PracticeNext(Press, template=pattern("pn", ID)):
    """Shows the next question, or the result after the last one."""

    prefix = "pn"
    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Next question"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).read(
            next_practice,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            run_id=RunId(self.number(0)),
        )
        await replace(interaction, practice_card(shown))


class PracticeLeave(Press, template=pattern("pl", ID)):
    """Ends the quiz before its last question."""

    prefix = "pl"
    default_label: ClassVar[str] = "Finish now"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        result = await desk.run(
            leave_practice,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            run_id=RunId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, practice_card(result))


class RetakeMissed(Press, template=pattern("pr", ID)):
    """Asks again what the learner missed in a quiz, live or private, as a new private quiz."""

    prefix = "pr"
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Retake what I missed"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            retake_missed,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            run_id=RunId(self.number(0)),
            rng=desk.rng,
            at=desk.now(),
        )
        await reply(interaction, practice_card(shown))


def practice_card(shown: PracticeQuestion | PracticeResult) -> Layout:
    """The next question, or the result."""
    match shown:
        case PracticeQuestion():
            return _question(shown)
        case PracticeResult():
            return _result(shown)


def verdict(grade: Grade) -> str:
    """Whether an answer is right, in words; how much of it where it is so in part."""
    match grade.outcome:
        case Outcome.RIGHT:
            return "Right!"
        case Outcome.PARTIAL:
            return f"Partly right: {grade.fraction:.0%} of the credit."
        case Outcome.WRONG:
            return "Not right."


def feedback_card(feedback: PracticeFeedback) -> Layout:
    """What a learner sees after an answer: right or not, why, and where it comes from."""
    asked = feedback.asked
    label = "See my result" if feedback.is_last else None
    return card(
        heading(asked.item, asked.position + 1, feedback.run.total),
        asked.item.prompt,
        DIVIDER,
        "You answered this question before; your first answer counts." if feedback.repeated else None,
        f"**{verdict(feedback.grade)}** You answered: {said(asked, feedback.response)}",
        feedback.grade.feedback,
        DIVIDER,
        right_answer_block(asked),
        ruling_lines(asked),
        explanation(asked.item),
        DIVIDER,
        source_line(asked.item, feedback.source),
        buttons=[[PracticeNext(feedback.run.run_id, label=label), ReportQuestion(asked.round_id)]],
        colour=RESULT_COLOUR,
    )


def _question(shown: PracticeQuestion) -> Layout:
    asked = shown.asked
    buttons: list[Button] = [
        PracticeAnswer(asked.round_id, slot, label=label) for slot, label in enumerate(button_labels(asked))
    ]
    if not buttons:
        buttons = [PracticeType(asked.round_id)]
    welcome = (
        f"You go on with the quiz of {plural(shown.run.total, 'question')} that you began."
        if shown.resumed
        else None
    )
    return card(
        heading(asked.item, shown.number, shown.run.total),
        welcome,
        asked.item.prompt,
        DIVIDER,
        option_list(asked),
        asked.item.hint(),
        "-# Only you can see this. For a break, just leave: `/quiz take` goes on here later.",
        buttons=[*rows(buttons), [PracticeLeave(shown.run.run_id)]],
    )


def _result(shown: PracticeResult) -> Layout:
    answered = shown.right + shown.missed
    room = RESULT_ROOM // max(len(shown.rounds), 1) - 60
    lines = [
        result_line(asked, given.response, given.outcome, max(room, 30))
        for asked, given in shown.rounds
        if given is not None
    ]
    buttons: list[Button] = [RetakeMissed(shown.run.run_id)] if shown.missed else []
    words = f"**{shown.right} of {plural(answered, 'question')} right.** Only you can see this."
    return card(
        f"### Your result · {shown.run.set_title}",
        words
        if answered
        else "You ended this quiz before the first answer. Start another with `/quiz take`.",
        "\n".join(lines),
        buttons=[buttons],
        colour=RESULT_COLOUR,
    )


async def _take_answer(interaction: discord.Interaction, round_id: RoundId, answer: int | Filled) -> None:
    interaction_id, at = stamp(interaction)
    feedback = await desk_of(interaction).run(
        answer_practice,
        guild_id=guild_of(interaction),
        user_id=user_of(interaction),
        round_id=round_id,
        answer=answer,
        interaction_id=interaction_id,
        at=at,
    )
    await replace(interaction, feedback_card(feedback))


async def _typed(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await _take_answer(interaction, RoundId(ids[0]), filled_in(fields))


PRACTICE_ANSWER = Form("pt", _typed, routine=True)
