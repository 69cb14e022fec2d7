"""The joint statement of a class: its message in the thread, the form to change it, signing it."""

from typing import ClassVar

import discord
from discord import ui

from bot.actions.debate_joining import JoinFirst
from bot.actions.joint_statement import (
    BEGINNING,
    LONGEST_STATEMENT,
    Earlier,
    EarlierWording,
    JointStatement,
    StatementNews,
    look_at_earlier,
    put_back,
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
from bot.views.press import ID, NUMBER, Press, turning
from bot.views.replies import replace, reply, show_form, show_privately

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


class EarlierWordings(Press, prefix="hw", parts=(ID, NUMBER)):
    """Shows privately what the statement said before, a wording at a time; the newest of them is 0."""

    default_label: ClassVar[str] = "Earlier wordings"

    async def pressed(self, interaction: discord.Interaction) -> None:
        found = await desk_of(interaction).read(
            look_at_earlier,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            page=self.number(1),
        )
        shown = join_first_card(found) if isinstance(found, JoinFirst) else earlier_card(found)
        await show_privately(interaction, shown)


class PutBack(Press, prefix="hb", parts=(ID, ID, ID)):
    """Puts an earlier wording in the place of the one that stood when it was looked at."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Put this one back"

    async def pressed(self, interaction: discord.Interaction) -> None:
        interaction_id, at = stamp(interaction)
        await desk_of(interaction).run(
            put_back,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            version_id=VersionId(self.number(1)),
            base=VersionId(self.number(2)),
            interaction_id=interaction_id,
            at=at,
        )
        await replace(
            interaction, card("This wording is back; the thread shows it in a moment.", colour=QUIET_COLOUR)
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
        if statement.earlier.wordings:
            buttons.append(EarlierWordings(debate_id, 0))
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
        f"<#{news.thread_id}>: you can sign it, change it again, or put yours back under "
        "**Earlier wordings**."
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


def earlier_card(shown: EarlierWording) -> Layout:
    """An earlier wording, with the ways to the others and back to it."""
    wording, debate_id = shown.wording, shown.debate.debate_id
    stands = wording.text == shown.newest.text
    others = turning(
        EarlierWordings,
        debate_id,
        page=shown.page,
        pages=shown.pages,
        back="A newer one",
        onward="An older one",
    )
    back: list[Button] = [] if stands else [PutBack(debate_id, wording.version_id, shown.newest.version_id)]
    return card(
        f"### Earlier wording {shown.pages - shown.page} of {shown.pages}",
        quoted(wording.text),
        f"-# <t:{int(wording.at.timestamp())}:t>. {signature_words(wording.signatures, past=True).capitalize()}.",
        "The statement says this now." if stands else "-# If you put it back, its signatures begin anew.",
        buttons=[[*back, *others]],
        colour=QUIET_COLOUR,
    )


def signature_words(signatures: int, *, past: bool = False) -> str:
    """How many have signed, or had where that is ``past``. Where few have, each one more would tell who it was."""
    if signatures < FEWEST_SHOWN:
        return f"fewer than {FEWEST_SIGNATURES} signatures{'' if past else ' so far'}"
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
