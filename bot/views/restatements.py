"""Restating an argument before answering it: the form, the message in the thread, and its author's two buttons."""

from typing import Any

import discord
from discord import ui

from bot.actions.arguing import RestateFirst
from bot.actions.restating import Restated, judge, restate, waits_for_word
from bot.debate.steelman import HONEST_TRIES, LONGEST_RESTATEMENT, Fairness
from bot.ids import ArgumentId, RestatementId, UserId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.hiding import HIDDEN
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    LONGEST_TEXT,
    QUIET_COLOUR,
    Layout,
    card,
    duration,
    fit,
    quoted,
    soon,
)
from bot.views.press import ID, Press
from bot.views.replies import acknowledge, reply

TEXT = "text"


class SayFair(Press, prefix="df", parts=(ID, "fair|not_yet")):
    """The author of an argument says whether a restatement of it is fair."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            judge,
            guild_id=guild_of(interaction),
            restatement_id=RestatementId(self.number(0)),
            user_id=user_of(interaction),
            fairness=Fairness(self.parts[1]),
            at=desk.now(),
        )
        await acknowledge(interaction)


def restatement_form(interaction: discord.Interaction, first_restate: RestateFirst) -> ui.Modal:
    """The form in which one says in one's own words what an argument is."""
    argument = first_restate.argument
    text = ui.TextInput[ui.View](
        custom_id=TEXT, style=discord.TextStyle.paragraph, max_length=LONGEST_RESTATEMENT
    )
    given = argument.text
    what_comes = _what_comes(first_restate)
    parts = (("Claim", given.claim), ("Evidence", given.evidence), ("Reasoning", given.reasoning))
    told = fit([f"**{name}**\n{quoted(words)}" for name, words in parts], LONGEST_TEXT - len(what_comes))
    return RESTATE.modal(
        interaction,
        (argument.argument_id,),
        f"First restate argument {argument.number}",
        *(ui.TextDisplay[Any](text) for text in (*told, what_comes)),
        labelled("What does it say, at its best?", text, "As its author would put it, in your own words."),
    )


def _what_comes(first_restate: RestateFirst) -> str:
    if first_restate.free_at is not None:
        return (
            "Its author has not said yet whether your words are fair. You can try others, or answer "
            f"{soon(first_restate.free_at)} without."
        )
    if first_restate.tries:
        return "Its author does not find your words fair yet. Try others: what is missing?"
    return "Its author then says whether that is fair, and you can answer."


def awaited(restated: Restated) -> UserId | None:
    """Whose word the message asks for, as long as it does."""
    made, argument = restated.restatement, restated.argument
    asks = made.text and made.hidden_at is None and made.fairness is None and argument.stands
    return argument.user_id if asks else None


def restatement_card(restated: Restated) -> Layout:
    """The message of a restatement, with the buttons for the author of the argument."""
    argument, made = restated.argument, restated.restatement
    title = f"### Argument {argument.number}, in other words"
    if not made.text:
        return card(title, "Whoever wrote this has deleted it.", colour=QUIET_COLOUR)
    if made.hidden_at is not None:
        return card(title, HIDDEN, colour=QUIET_COLOUR)
    said = quoted(made.text)
    if not argument.stands:
        return card(title, said, f"-# The argument itself was {argument.absence}.", colour=QUIET_COLOUR)
    match made.fairness:
        case None:
            return card(
                title,
                said,
                DIVIDER,
                f"-# By <@{made.user_id}>. Only the author, <@{argument.user_id}>, can say whether that is fair.",
                buttons=[
                    [
                        SayFair(
                            made.restatement_id,
                            Fairness.FAIR,
                            label="Fair",
                            style=discord.ButtonStyle.success,
                        ),
                        SayFair(made.restatement_id, Fairness.NOT_YET, label="Not yet"),
                    ]
                ],
                colour=DEBATE_COLOUR,
            )
        case Fairness.FAIR:
            words = (
                f"<@{argument.user_id}> finds this **fair**. <@{made.user_id}> may now answer the argument."
            )
        case Fairness.NOT_YET:
            words = f"<@{argument.user_id}>: **not yet**. <@{made.user_id}> can try again with **Answer argument**."
    return card(title, said, words, colour=QUIET_COLOUR)


async def _restated(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    restated = await desk_of(interaction).run(
        restate,
        guild_id=guild_of(interaction),
        argument_id=ArgumentId(ids[0]),
        user_id=user_of(interaction),
        text=first(fields, TEXT),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(
        interaction,
        f"Your words for argument {restated.argument.number} come up in the thread. As soon as its author says that "
        f"they are fair, or has said nothing for {duration(waits_for_word(restated.debate))}, **Answer argument** "
        f"opens the form for your answer; after {HONEST_TRIES} tries in any case.",
    )


RESTATE = Form("df", _restated)
