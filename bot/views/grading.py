"""The buttons and forms of grades: giving marks and a comment, telling everybody theirs, and one's own."""

from typing import Any, ClassVar

import discord
from discord import ui

from bot.actions.grading import (
    GradeList,
    GradeSheet,
    give_comment,
    give_marks,
    grade_list,
    grade_sheet_of,
    own_grade,
    release_grades,
)
from bot.debate.rubric import LONGEST_COMMENT, WEIGHTS, Criterion
from bot.errors import SeminarError
from bot.ids import DebateId, InteractionId, LearnerId
from bot.views.authority import InstructorPress, require_instructor
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.given_back import given_back
from bot.views.grade_cards import (
    CRITERION_WORDS,
    fact_words,
    grade_card,
    list_card,
    list_pages,
    sheet_card,
)
from bot.views.layout import Button, Layout, plural
from bot.views.press import ID, SLOT, Press, turning
from bot.views.replies import replace, reply, show_form
from bot.views.words import explain

WHAT = "grade a debate"
COMMENT = "comment"
LONGEST_MARK = 8


class GradingPress(InstructorPress):
    """The base of the buttons for whoever grades."""

    what = WHAT


class GiveMarks(GradingPress, prefix="fm", parts=(ID, ID)):
    """Opens the form for marks, with those that were given and what the bot has counted."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Give marks"

    async def pressed(self, interaction: discord.Interaction) -> None:
        sheet = await _sheet(interaction, DebateId(self.number(0)), LearnerId(self.number(1)))
        await show_form(
            interaction, MARKS.modal(interaction, _ids(sheet), "Marks, 0 to 100 each", *_mark_fields(sheet))
        )


class GiveComment(GradingPress, prefix="fc", parts=(ID, ID)):
    """Opens the form for what is said with the marks."""

    default_label: ClassVar[str] = "Comment"

    async def pressed(self, interaction: discord.Interaction) -> None:
        sheet = await _sheet(interaction, DebateId(self.number(0)), LearnerId(self.number(1)))
        text = ui.TextInput[Any](
            custom_id=COMMENT,
            style=discord.TextStyle.paragraph,
            default=None if sheet.grade is None else sheet.grade.comment or None,
            required=False,
            max_length=LONGEST_COMMENT,
        )
        await show_form(
            interaction,
            WITH_MARKS.modal(
                interaction,
                _ids(sheet),
                "Comment on a grade",
                labelled("Your comment", text, "The learner reads it with the marks."),
            ),
        )


class GradesPage(GradingPress, prefix="fg", parts=(ID, SLOT)):
    """Shows who is graded, a page of them."""

    default_label: ClassVar[str] = "All grades"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await replace(
            interaction, await grades_of_debate(interaction, DebateId(self.number(0)), self.number(1))
        )


class ReleaseGrades(GradingPress, prefix="ft", parts=(ID,)):
    """Tells each learner their grade, privately."""

    style = discord.ButtonStyle.success

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            release_grades,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, _list(shown, 0))


class MyGrade(Press, prefix="fy", parts=(ID,)):
    """Shows one's own grade."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "My grade"

    async def pressed(self, interaction: discord.Interaction) -> None:
        news = await desk_of(interaction).read(
            own_grade,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        await reply(interaction, grade_card(news))


def sheet_of(sheet: GradeSheet) -> Layout:
    """Somebody's grade for an instructor, with what can be done."""
    ids = sheet.debate.debate_id, sheet.learner_id
    buttons: list[Button] = [GiveMarks(*ids, label="Change the marks" if sheet.grade else None)]
    if sheet.grade is not None:
        buttons.append(GiveComment(*ids))
    buttons.append(GradesPage(sheet.debate.debate_id, 0))
    return sheet_card(sheet, [buttons])


async def grades_of_debate(interaction: discord.Interaction, debate_id: DebateId, page: int = 0) -> Layout:
    """Who is graded in a debate, with the button that tells them."""
    shown = await desk_of(interaction).read(grade_list, guild_id=guild_of(interaction), debate_id=debate_id)
    return _list(shown, page)


def _list(shown: GradeList, page: int) -> Layout:
    pages = list_pages(shown)
    page = min(page, pages - 1)
    debate_id = shown.debate.debate_id
    buttons = turning(GradesPage, debate_id, page=page, pages=pages, back="Page before", onward="Next page")
    if shown.may_release and shown.to_release:
        people = plural(shown.to_release, "person their grade", "people their grades")
        buttons.append(ReleaseGrades(debate_id, label=f"Tell {people}"))
    return list_card(shown, page, [buttons])


async def _sheet(interaction: discord.Interaction, debate_id: DebateId, learner_id: LearnerId) -> GradeSheet:
    return await desk_of(interaction).read(
        grade_sheet_of, guild_id=guild_of(interaction), debate_id=debate_id, learner_id=learner_id
    )


def _ids(sheet: GradeSheet) -> tuple[int, int, int]:
    return sheet.debate.debate_id, sheet.learner_id, sheet.version


def _mark_fields(sheet: GradeSheet) -> list[ui.Item[Any]]:
    return [
        labelled(
            f"{CRITERION_WORDS[criterion]} ({WEIGHTS[criterion]}%)",
            ui.TextInput[Any](
                custom_id=criterion.value,
                default=None if sheet.grade is None else str(sheet.grade.marks[criterion]),
                placeholder="0 to 100",
                max_length=LONGEST_MARK,
            ),
            f"Counted: {fact_words(criterion, sheet.facts)}.",
        )
        for criterion in Criterion
    ]


async def _marked(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    typed = {criterion: first(fields, criterion.value) for criterion in Criterion}
    try:
        await require_instructor(interaction, WHAT)
        interaction_id, at = stamp(interaction)
        sheet = await desk_of(interaction).run(
            give_marks,
            guild_id=guild_of(interaction),
            debate_id=DebateId(ids[0]),
            learner_id=LearnerId(ids[1]),
            typed=typed,
            base=InteractionId(ids[2]),
            user_id=user_of(interaction),
            interaction_id=interaction_id,
            at=at,
        )
    except SeminarError as error:
        marks = "\n".join(f"{CRITERION_WORDS[criterion]}: {mark}" for criterion, mark in typed.items())
        await reply(interaction, given_back(explain(error), marks))
        return
    await replace(interaction, sheet_of(sheet))


async def _commented(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await require_instructor(interaction, WHAT)
    interaction_id, at = stamp(interaction)
    sheet = await desk_of(interaction).run(
        give_comment,
        guild_id=guild_of(interaction),
        debate_id=DebateId(ids[0]),
        learner_id=LearnerId(ids[1]),
        comment=first(fields, COMMENT),
        base=InteractionId(ids[2]),
        user_id=user_of(interaction),
        interaction_id=interaction_id,
        at=at,
    )
    await replace(interaction, sheet_of(sheet))


MARKS = Form("fm", _marked)
WITH_MARKS = Form("fc", _commented)
