"""The joint statement of a class: its message in the thread, the form to change it, signing it."""

from typing import ClassVar

import discord
from discord import ui

from bot.actions.debate_joining import JoinFirst
from bot.actions.joint_statement import (
    BEGINNING,
    LONGEST_STATEMENT,
    Earlier,
    JointStatement,
    StatementNews,
    sign_statement,
    statement_to_edit,
    write_statement,
)
from bot.debate.suppression import FEWEST_SHOWN
from bot.ids import DebateId, VersionId
from bot.views.debate_stances import join_first_card
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.hiding import HIDDEN, MOTION_ROOM
from bot.views.layout import DEBATE_COLOUR, QUIET_COLOUR, Button, Layout, card, plural, quoted, shorten
from bot.views.press import ID, Press
from bot.views.replies import replace, reply, show_form

TEXT = "text"
NOTHING_YET = 0
"""Stands in the form's id where there is no version yet."""

FEWEST_SIGNATURES = "five"
"""``FEWEST_SHOWN`` in words."""


class EditStatement(Press, prefix="dy", parts=(ID,)):
    """Opens the form with the statement as it stands."""

    default_label: ClassVar[str] = "Joint statement"

    async def pressed(self, interaction: discord.Interaction) -> None:
        found = await desk_of(interaction).read(
            statement_to_edit,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        if isinstance(found, JoinFirst):
            await reply(interaction, join_first_card(found))
            return
        version = found.version
        text = ui.TextInput[ui.View](
            custom_id=TEXT,
            style=discord.TextStyle.paragraph,
            default=BEGINNING if version is None else version.text,
            max_length=LONGEST_STATEMENT,
        )
        await show_form(
            interaction,
            STATEMENT.modal(
                interaction,
                (found.debate.debate_id, NOTHING_YET if version is None else version.version_id),
                "Joint statement",
                labelled(
                    "What all can agree on, and where you differ",
                    text,
                    "Everybody can change it. Signatures are for one wording.",
                ),
            ),
        )


class SignStatement(Press, prefix="ax", parts=(ID, ID, "[01]")):
    """Signs the statement as it stands (1), or takes the signature back (0)."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "I can sign this"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, debate_id, version_id = desk_of(interaction), self.number(0), self.number(1)
        signed = bool(self.number(2))
        outside = await desk.run(
            sign_statement,
            guild_id=guild_of(interaction),
            debate_id=DebateId(debate_id),
            version_id=VersionId(version_id),
            user_id=user_of(interaction),
            signed=signed,
            at=desk.now(),
        )
        if outside is not None:
            await reply(interaction, join_first_card(outside))
            return
        if not signed:
            await replace(interaction, card("Your signature is taken back.", colour=QUIET_COLOUR))
            return
        back: Button = SignStatement(
            debate_id, version_id, 0, label="Take it back", style=discord.ButtonStyle.secondary
        )
        words = f"You have signed this wording. Only the number of signatures is shown, from {FEWEST_SIGNATURES} on."
        await reply(interaction, card(words, buttons=[[back]], colour=QUIET_COLOUR))


def statement_card(statement: JointStatement) -> Layout:
    """The message of the statement in its thread."""
    version, debate_id = statement.version, statement.debate.debate_id
    buttons: list[Button] = [EditStatement(debate_id, label="Change it")] if statement.open else []
    if version is None:
        words = HIDDEN if statement.hidden else "Nobody has begun it yet."
        return card("### Joint statement", words, buttons=[buttons], colour=QUIET_COLOUR)
    if statement.open:
        buttons.insert(0, SignStatement(debate_id, version.version_id, 1))
    return card(
        "### Joint statement",
        quoted(version.text),
        "-# A later wording was hidden by an instructor." if statement.hidden else None,
        _earlier_words(statement.earlier),
        f"-# {signature_words(version.signatures).capitalize()}."
        + (" A change begins the count anew." if statement.open else ""),
        buttons=[buttons],
        colour=DEBATE_COLOUR if statement.open else QUIET_COLOUR,
    )


def statement_news(news: StatementNews) -> str:
    """A private message to somebody whose signed wording was changed."""
    return (
        f"The joint statement of the debate “{shorten(news.motion, MOTION_ROOM)}” was changed after you had signed it. "
        f"Your signature is for the wording that you signed, and not for the new one. Please read it in "
        f"<#{news.thread_id}>: you can sign it, or change it again."
    )


def _earlier_words(earlier: Earlier) -> str | None:
    """That the statement was changed, and how many had signed what it said before."""
    if not earlier.wordings:
        return None
    most = earlier.most_signatures
    had = f"fewer than {FEWEST_SIGNATURES}" if most < FEWEST_SHOWN else str(most)
    if earlier.wordings == 1:
        return f"-# It was changed: the wording before had {had} signatures."
    return f"-# It was changed {earlier.wordings} times: the wording before with most signatures had {had}."


def signature_words(signatures: int) -> str:
    """How many have signed. Where few have, each one more would tell who it was."""
    if signatures < FEWEST_SHOWN:
        return f"fewer than {FEWEST_SIGNATURES} signatures so far"
    return f"{plural(signatures, 'signature')} to this wording"


async def _written(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    await desk_of(interaction).run(
        write_statement,
        guild_id=guild_of(interaction),
        debate_id=DebateId(ids[0]),
        user_id=user_of(interaction),
        base=None if ids[1] == NOTHING_YET else VersionId(ids[1]),
        text=first(fields, TEXT),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(interaction, "The statement is changed; the thread shows it in a moment.")


STATEMENT = Form("dy", _written)
