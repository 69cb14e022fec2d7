"""“Something wrong with this question?”: the button under an explanation, and its form."""

from typing import Any, ClassVar

import discord
from discord import ui

from bot.actions.reporting import LONGEST_REPORT, question_to_report, report_question
from bot.ids import RoundId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.press import ID, Press
from bot.views.replies import reply, show_form

TEXT = "text"


class ReportQuestion(Press, prefix="rq", parts=(ID,)):
    """Opens the form for a report, filled with what this person has reported of the question already."""

    default_label: ClassVar[str] = "Something wrong with this question?"

    async def pressed(self, interaction: discord.Interaction) -> None:
        round_id = RoundId(self.number(0))
        _, at = stamp(interaction)
        found = await desk_of(interaction).read(
            question_to_report,
            guild_id=guild_of(interaction),
            round_id=round_id,
            user_id=user_of(interaction),
            at=at,
        )
        text = ui.TextInput[Any](
            custom_id=TEXT,
            style=discord.TextStyle.paragraph,
            default=found.text,
            max_length=LONGEST_REPORT,
        )
        await show_form(
            interaction,
            REPORT.modal(
                interaction,
                (round_id,),
                "Report this question",
                ui.TextDisplay(found.asked.item.prompt),
                labelled(
                    "What is wrong?",
                    text,
                    "An instructor reads it with your answer, but without your name.",
                ),
            ),
        )


async def _reported(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    await desk_of(interaction).run(
        report_question,
        guild_id=guild_of(interaction),
        round_id=RoundId(ids[0]),
        user_id=user_of(interaction),
        text=first(fields, TEXT),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(
        interaction,
        "Thank you: your report is in the instructors’ inbox, with your answer and without your name. When one of "
        "them has decided, I tell you in a private message. To change what you wrote, press the button again.",
    )


REPORT = Form("rq", _reported)
