"""One's own arguments: the list with how each stands, changing one, withdrawing it. Private to the author."""

from collections.abc import Sequence
from math import ceil
from typing import ClassVar

import discord
from discord import ui

from bot.actions.own_arguments import (
    OwnArgument,
    OwnWords,
    own_argument,
    own_words,
    revise_argument,
    withdraw_argument,
)
from bot.actions.showing_arguments import openings
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING
from bot.debate.debate import Argument, Debate, DebateState
from bot.debate.formats import Stage
from bot.ids import ArgumentId, DebateId
from bot.views.argument_fields import answered_argument, argument_text
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.hiding import HIDDEN
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    Aside,
    Button,
    Layout,
    card,
    learner_text,
    plural,
    quoted,
    shorten,
)
from bot.views.press import ID, NUMBER, SLOT, Press, turning
from bot.views.replies import replace, reply, show_form, show_privately

PAGE = 10
"""So many at most on a page: Discord takes 40 components in a message, and each of one's own is three of them."""

OPENINGS_ROOM = 3_600
"""So many characters of openings on a page, which is a message; one that is longer has a page of its own."""

LINE_ROOM = 120
MOST_HIDDEN = 3
HIDDEN_ROOM = 600

HIDDEN_NOTE = (
    "Only you see its text, and nothing of it is lost. If you do not see why, please speak with an instructor: it can "
    "be shown again."
)


class MyArguments(Press, prefix="dk", parts=(ID, SLOT)):
    """Lists one's own arguments in a debate, a page of them, counted from 0."""

    default_label: ClassVar[str] = "My arguments"

    async def pressed(self, interaction: discord.Interaction) -> None:
        found = await desk_of(interaction).read(
            own_words,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        shown = own_arguments_card(found, self.number(1))
        await show_privately(interaction, shown)


class OneOfMine(Press, prefix="dv", parts=(ID,)):
    """Shows one of one's own arguments, with what can be done about it."""

    default_label: ClassVar[str] = "Open"

    async def pressed(self, interaction: discord.Interaction) -> None:
        own = await _mine(interaction, ArgumentId(self.number(0)))
        await replace(interaction, own_argument_card(own))


class EditArgument(Press, prefix="dg", parts=(ID,)):
    """Opens the form with one's argument as it stands."""

    default_label: ClassVar[str] = "Change it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        own = await _mine(interaction, ArgumentId(self.number(0)))
        await show_form(interaction, _revision_form(interaction, own))


class WithdrawArgument(Press, prefix="di", parts=(ID, "[01]")):
    """Withdraws one's argument (1), or puts it back (0)."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        own = await desk.run(
            withdraw_argument,
            guild_id=guild_of(interaction),
            argument_id=ArgumentId(self.number(0)),
            user_id=user_of(interaction),
            withdrawn=bool(self.number(1)),
            at=desk.now(),
        )
        await replace(interaction, own_argument_card(own))


class SeeOpenings(Press, prefix="do", parts=(ID, NUMBER)):
    """Shows the openings so far to one whose own is in, a page of them, counted from 0."""

    default_label: ClassVar[str] = "See the openings so far"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, debate_id = desk_of(interaction), DebateId(self.number(0))
        found = await desk.run(
            openings,
            guild_id=guild_of(interaction),
            debate_id=debate_id,
            user_id=user_of(interaction),
            at=desk.now(),
        )
        shown = openings_card(debate_id, found, self.number(1))
        await show_privately(interaction, shown)


async def _mine(interaction: discord.Interaction, argument_id: ArgumentId) -> OwnArgument:
    """An argument of whoever pressed. Raises ``NotFound`` or ``NotAllowed``."""
    return await desk_of(interaction).read(
        own_argument,
        guild_id=guild_of(interaction),
        argument_id=argument_id,
        user_id=user_of(interaction),
    )


def own_arguments_card(words: OwnWords, page: int = 0) -> Layout:
    """A page of one's own arguments, the newest first, each with a button beside it.

    The first page has what of one's other words is hidden, too.
    """
    found = words.arguments
    listed = found[::-1][page * PAGE : (page + 1) * PAGE]
    hidden = [] if page else _hidden_words(words)
    if not listed:
        return card("### Your arguments", _none_yet(words.debate), *hidden, colour=QUIET_COLOUR)
    entries = [
        Aside(
            f"**{own.argument.number}** · {learner_text(shorten(own.argument.text.claim, LINE_ROOM))}\n"
            f"-# {_state(own)}",
            OneOfMine(own.argument.argument_id),
        )
        for own in listed
    ]
    neighbours = turning(
        MyArguments,
        words.debate.debate_id,
        page=page,
        pages=ceil(len(found) / PAGE),
        back="Newer",
        onward="Older",
    )
    return card(
        "### Your arguments",
        *entries,
        *hidden,
        "-# Only you can see this.",
        buttons=[neighbours],
        colour=QUIET_COLOUR,
    )


def _none_yet(debate: Debate) -> str:
    if debate.state is DebateState.CLOSED:
        return "You added no argument in this debate."
    if debate.stage.takes_arguments:
        where = "the message of this stage" if debate.course.position else "the motion"
        return f"You have added no argument yet. **Add argument** below {where} opens the form."
    if debate.stage is Stage.JOINING:
        return "You have added no argument yet. They come when sides are given."
    return "You have added no argument. There are no more to come in this debate."


def own_argument_card(own: OwnArgument) -> Layout:
    """One of one's own arguments in full, and what it said before."""
    argument = own.argument
    before = "\n".join(
        f"Before {discord.utils.format_dt(until, 'f')}: {learner_text(shorten(text.claim, LINE_ROOM))}"
        for text, until in own.versions[-3:]
    )
    buttons: list[Button] = []
    withdrawn = argument.withdrawn_at is not None
    if own.may_change and argument.stands:
        buttons.append(EditArgument(argument.argument_id))
    if not withdrawn:
        buttons.append(WithdrawArgument(argument.argument_id, 1, label="Withdraw it"))
    elif own.may_change:
        buttons.append(WithdrawArgument(argument.argument_id, 0, label="Put it back"))
    buttons.append(MyArguments(own.debate.debate_id, 0, label="All of mine"))
    return card(
        f"### Your argument {argument.number}",
        _state(own),
        DIVIDER,
        f"**Claim**\n{quoted(argument.text.claim)}",
        f"**Evidence**\n{quoted(argument.text.evidence)}",
        f"**Reasoning**\n{quoted(argument.text.reasoning)}",
        DIVIDER,
        before or None,
        HIDDEN_NOTE if argument.hidden_at is not None else None,
        f"-# {'Withdrawn' if withdrawn else 'If you withdraw it'}, it keeps its number and the answers to it, and "
        "nobody is shown its text.",
        buttons=[buttons],
        colour=QUIET_COLOUR,
    )


def openings_card(debate_id: DebateId, found: Sequence[Argument], page: int = 0) -> Layout:
    """A page of the openings so far, in full, for those whose own is in; the last one where there is none such."""
    pages = _pages([_opening(each) for each in found])
    page = min(page, len(pages) - 1)
    neighbours = turning(SeeOpenings, debate_id, page=page, pages=len(pages), back="Earlier", onward="Later")
    return card(
        "### The openings so far",
        *(pages[page] or ["None of them stands at the moment."]),
        f"-# Page {page + 1} of {len(pages)}" if len(pages) > 1 else None,
        "-# They come into the thread when this stage ends. Only those whose own is in see this.",
        buttons=[neighbours],
        colour=QUIET_COLOUR,
    )


def _opening(argument: Argument) -> str:
    text = argument.text
    return "\n".join(
        (
            f"**Argument {argument.number} · {argument.side.words} the motion**",
            f"**Claim**\n{quoted(text.claim)}",
            f"**Evidence**\n{quoted(text.evidence)}",
            f"**Reasoning**\n{quoted(text.reasoning)}",
        )
    )


def _pages(texts: Sequence[str]) -> list[list[str]]:
    """As many texts on each page as have room there, in their order; at least one page."""
    pages: list[list[str]] = [[]]
    for text in texts:
        full = len(pages[-1]) == PAGE or sum(map(len, pages[-1])) + len(text) > OPENINGS_ROOM
        if pages[-1] and full:
            pages.append([])
        pages[-1].append(text)
    return pages


def _hidden_words(words: OwnWords) -> list[str]:
    """What is listed nowhere else, because only an argument has a number; the newest."""
    texts = [
        *(("A restatement", each.text) for each in words.restatements),
        *(("A wording of the joint statement", each.text) for each in words.wordings),
    ][-MOST_HIDDEN:]
    return [f"{what} of yours. {HIDDEN}\n{quoted(shorten(text, HIDDEN_ROOM))}" for what, text in texts]


def _state(own: OwnArgument) -> str:
    argument = own.argument
    if argument.withdrawn_at is not None:
        return "Withdrawn."
    if argument.hidden_at is not None:
        return HIDDEN
    side = argument.side.words.lower()
    edited = "" if argument.edited_at is None else ", changed since"
    answers = "no answer yet" if not own.answers else plural(own.answers, "answer")
    return f"In, {side} the motion{edited}; {answers}."


def _revision_form(interaction: discord.Interaction, own: OwnArgument) -> ui.Modal:
    argument, text = own.argument, own.argument.text
    return REVISION.modal(
        interaction,
        (argument.argument_id,),
        f"Change argument {argument.number}",
        *([] if own.parent is None else [answered_argument(own.parent)]),
        labelled("Claim", argument_text("claim", text.claim, LONGEST_CLAIM)),
        labelled("Evidence", argument_text("evidence", text.evidence, LONGEST_EVIDENCE, long=True)),
        labelled(
            "Reasoning",
            argument_text("reasoning", text.reasoning, LONGEST_REASONING, long=True),
            "What it says now is kept; you can look it up.",
        ),
    )


async def _revised(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    own = await desk_of(interaction).run(
        revise_argument,
        guild_id=guild_of(interaction),
        argument_id=ArgumentId(ids[0]),
        user_id=user_of(interaction),
        claim=first(fields, "claim"),
        evidence=first(fields, "evidence"),
        reasoning=first(fields, "reasoning"),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(interaction, f"Argument {own.argument.number} is changed; the thread shows it in a moment.")


REVISION = Form("dg", _revised)
