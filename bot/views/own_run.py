"""A run of one learner alone: its messages, all of them private to the learner, and their buttons and form."""

from typing import ClassVar

import discord

from bot.actions.own_answers import answer_own, own_question, say_how_sure, show_feedback
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnStep,
    leave_own,
    next_step,
)
from bot.actions.practice import retake_missed
from bot.actions.review_grades import change_recall
from bot.bank.form import Filled
from bot.bank.grade import Grade, Outcome
from bot.ids import RoundId, RunId
from bot.quiz.certainty import Certainty
from bot.quiz.run import Run, RunMode
from bot.review.recall import Recall
from bot.views.answer_form import answer_form, filled_in
from bot.views.certainty import CERTAINTY_WORDS, HOW_SURE
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
from bot.views.review_words import POINT_TO_REVIEW, next_review_line, other_grades, review_result
from bot.views.ruled import ruling_lines

RESULT_ROOM = 3_400


class OwnAnswer(Press, template=pattern("pa", ID, SLOT)):
    """Answers a question of the learner's own run with the option shown at a place."""

    prefix = "pa"
    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _take_answer(interaction, RoundId(self.number(0)), self.number(1))


class OwnType(Press, template=pattern("pt", ID)):
    """Opens the form for an answer, filled with the answer so far."""

    prefix = "pt"
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
        await interaction.response.send_modal(answer_form(OWN_ANSWER, interaction, question.asked, fields))


class HowSure(Press, template=pattern("pc", ID, "[1-3]")):
    """Says how sure the learner is of an answer; then comes the feedback, where it comes at once."""

    prefix = "pc"
    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        after = await desk.run(
            say_how_sure,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
            certainty=Certainty(self.number(1)),
            at=desk.now(),
        )
        await replace(interaction, after_answer(after))


class ShowFeedback(Press, template=pattern("pf", ID)):
    """Goes on to the feedback without saying how sure one is."""

    prefix = "pf"
    routine = True
    default_label: ClassVar[str] = "Just show me"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        after = await desk.run(
            show_feedback,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, after_answer(after))


class OwnNext(Press, template=pattern("pn", ID)):
    """Shows the next question, or the result after the last one."""

    prefix = "pn"
    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Next question"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.read(
            next_step,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            run_id=RunId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, own_card(shown))


class OwnLeave(Press, template=pattern("pl", ID)):
    """Ends the run before its last question."""

    prefix = "pl"
    default_label: ClassVar[str] = "Finish now"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        result = await desk.run(
            leave_own,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            run_id=RunId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, own_card(result))


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
        await reply(interaction, own_card(shown))


class ChangeRecall(Press, template=pattern("vg", ID, "[1-4]")):
    """Says how well the learner knew an answer of a review, if it was not as noted: it comes sooner or later then."""

    prefix = "vg"
    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        feedback = await desk.run(
            change_recall,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            round_id=RoundId(self.number(0)),
            recall=Recall(self.number(1)),
            at=desk.now(),
        )
        await replace(interaction, feedback_card(feedback))


def own_card(shown: OwnStep) -> Layout:
    """Where the learner goes on: the next question, an answer that waits for its feedback, or the result."""
    match shown:
        case OwnQuestion():
            return _question(shown)
        case OwnKept():
            return _kept(shown)
        case OwnResult():
            return _result(shown)


def after_answer(after: OwnKept | OwnFeedback) -> Layout:
    """What a learner sees after an answer."""
    return feedback_card(after) if isinstance(after, OwnFeedback) else _kept(after)


def verdict(grade: Grade) -> str:
    """Whether an answer is right, in words; how much of it where it is so in part."""
    match grade.outcome:
        case Outcome.RIGHT:
            return "Right!"
        case Outcome.PARTIAL:
            return f"Partly right: {grade.fraction:.0%} of the credit."
        case Outcome.WRONG:
            return "Not right."


def feedback_card(feedback: OwnFeedback) -> Layout:
    """What a learner sees after an answer: right or not, why, and where it comes from, as far as it is shown."""
    asked, shown, coming = feedback.asked, feedback.shown, feedback.next_review
    others: list[Button] = [
        ChangeRecall(asked.round_id, recall.value, label=label) for recall, label in other_grades(coming)
    ]
    label = "See my result" if feedback.is_last else None
    mark = f"**{verdict(feedback.grade)}** " if shown.marks else ""
    reporting: list[Button] = [ReportQuestion(asked.round_id)] if shown.answers else []
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
        next_review_line(coming),
        buttons=[others, [OwnNext(feedback.run.run_id, label=label), *reporting]],
        colour=RESULT_COLOUR,
    )


def _question(shown: OwnQuestion) -> Layout:
    asked = shown.asked
    buttons: list[Button] = [
        OwnAnswer(asked.round_id, slot, label=label) for slot, label in enumerate(button_labels(asked))
    ]
    if not buttons:
        buttons = [OwnType(asked.round_id)]
    what = "review" if shown.run.mode is RunMode.REVIEW else "quiz"
    welcome = (
        f"You go on with the {what} of {plural(shown.run.total, 'question')} that you began."
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
        f"-# Only you can see this. For a break, just leave: {_way_back(shown.run)} goes on here later.",
        buttons=[*rows(buttons), [OwnLeave(shown.run.run_id)]],
    )


def _way_back(run: Run) -> str:
    return "`/review`" if run.mode is RunMode.REVIEW else "`/quiz take`"


def _kept(kept: OwnKept) -> Layout:
    asked, run = kept.asked, kept.run
    how_sure: list[Button] = [
        HowSure(asked.round_id, step.value, label=words)
        for step, words in CERTAINTY_WORDS.items()
        if run.options.certainty
    ]
    if run.options.showing.during:
        onward: Button = ShowFeedback(asked.round_id)
    else:
        onward = OwnNext(run.run_id, label="See all my answers" if kept.is_last else None)
    return card(
        heading(asked.item, asked.position + 1, run.total),
        asked.item.prompt,
        DIVIDER,
        f"Your answer is in: **{said(asked, kept.response)}**{_sureness(kept.certainty)}",
        HOW_SURE if how_sure else None,
        buttons=[how_sure, [onward]],
    )


def _sureness(certainty: Certainty | None) -> str:
    return "" if certainty is None else f" ({CERTAINTY_WORDS[certainty].lower()})"


def _result(shown: OwnResult) -> Layout:
    room = RESULT_ROOM // max(len(shown.rounds), 1) - 60
    lines = [
        result_line(asked, given.response, given.outcome, max(room, 30))
        for asked, given in shown.rounds
        if given is not None
    ]
    if shown.run.mode is RunMode.REVIEW:
        return review_result(shown, "\n".join(lines))
    buttons: list[Button] = [RetakeMissed(shown.run.run_id)] if shown.missed else []
    words = f"**{shown.right} of {plural(shown.answered, 'question')} right.** Only you can see this."
    if not lines:
        words = "You ended this quiz before the first answer. Start another with `/quiz take`."
    elif not shown.answered:
        words = "**None of these questions counts.** Only you can see this."
    return card(
        f"### Your result · {shown.run.set_title}",
        words,
        "\n".join(lines),
        POINT_TO_REVIEW if shown.missed and not shown.agreed and shown.shown.marks else None,
        buttons=[buttons],
        colour=RESULT_COLOUR,
    )


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
