"""The buttons and the form of arguments."""

import itertools
from dataclasses import replace
from typing import Any, ClassVar

import discord
from discord import ui

from bot.actions.arguing import (
    ArgumentDraft,
    ArgumentForm,
    RestateFirst,
    add_argument,
    begin_argument,
    keep_draft,
)
from bot.actions.debate_joining import JoinFirst
from bot.actions.showing_arguments import openings_hidden
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING, Relation, with_card
from bot.debate.debate import Argument
from bot.debate.sides import Side
from bot.errors import Invalid, NoSuchArgument, SeminarError, StoreError
from bot.ids import DebateId
from bot.views.argument_fields import answered_argument, argument_text
from bot.views.debate_stances import join_first_card
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.given_back import given_back
from bot.views.layout import Layout, note
from bot.views.press import ID, Press
from bot.views.replies import reply, show_form
from bot.views.restatements import restatement_form
from bot.views.words import explain

RELATION_LABELS = {
    Relation.SUPPORTS: "It supports it",
    Relation.ATTACKS: "It attacks it",
    Relation.UNDERCUTS: "It undercuts it: the evidence does not show that",
}

SIDES = (None, *Side)
"""By their places the sides that a form is for stand in its id, which carries numbers only."""

NO_PARENT = 0
"""Stands in the id of a form that answers no argument yet: numbers begin at 1."""

LONGEST_ANSWERS = 20
"""Characters for the number of an argument, with a word before it."""

ARGUMENT_FIELDS = ("claim", "evidence", "reasoning", "answers", "relation", "side")


class AddArgument(Press, prefix="da", parts=(ID,)):
    """Opens the form for an argument, with the draft that was kept, if any."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Add argument"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_argument_form(interaction, DebateId(self.number(0)))


class AnswerArgument(Press, prefix="dr", parts=(ID, "[0-9]{1,6}")):
    """Opens the form for an argument that answers another one."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_argument_form(interaction, DebateId(self.number(0)), answers=self.parts[1])


async def show_argument_form(
    interaction: discord.Interaction,
    debate_id: DebateId,
    *,
    answers: str = "",
    claim: str = "",
    evidence: str = "",
    card: int | None = None,
) -> None:
    """Open the form for an argument, or the one to restate what it answers first.

    Given texts stand in it; a card of the bank is named in its evidence, after what a kept draft has there.
    """
    _, at = stamp(interaction)
    begun = await desk_of(interaction).run(
        begin_argument,
        guild_id=guild_of(interaction),
        debate_id=debate_id,
        user_id=user_of(interaction),
        answers=answers,
        at=at,
    )
    match begun:
        case JoinFirst():
            await reply(interaction, join_first_card(begun))
        case ArgumentForm():
            if claim or evidence:
                begun = replace(begun, draft=ArgumentDraft(claim=claim, evidence=evidence))
            if card is not None:
                named = with_card(begun.draft.evidence, card)[:LONGEST_EVIDENCE]
                begun = replace(begun, draft=replace(begun.draft, evidence=named))
            await show_form(interaction, _argument_form(interaction, debate_id, begun))
        case RestateFirst():
            await show_form(interaction, restatement_form(interaction, begun))


def _argument_form(interaction: discord.Interaction, debate_id: DebateId, form: ArgumentForm) -> ui.Modal:
    """The form for an argument. Its id carries the number of the one that it answers; 0: a field asks for it."""
    draft, parent = form.draft, form.parent
    return ARGUMENT.modal(
        interaction,
        (debate_id, SIDES.index(form.side), NO_PARENT if parent is None else parent.number),
        _title(form),
        *([] if parent is None else [answered_argument(parent, form.side)]),
        labelled(
            "Claim", argument_text("claim", draft.claim, LONGEST_CLAIM), "What you hold, in one sentence."
        ),
        labelled(
            "Evidence",
            argument_text("evidence", draft.evidence, LONGEST_EVIDENCE, long=True),
            "A fact, a link or an example; for a card of the bank, begin a line with its name: Card 12.",
        ),
        labelled(
            "Reasoning",
            argument_text("reasoning", draft.reasoning, LONGEST_REASONING, long=True),
            "How the evidence supports the claim.",
        ),
        *_answering(form),
    )


def _title(form: ArgumentForm) -> str:
    if form.parent is not None:
        return f"Answer to argument {form.parent.number}"
    return "Argument" if form.side is None else f"Argument {form.side.words.lower()} the motion"


def _answering(form: ArgumentForm) -> list[ui.Item[Any]]:
    """Which argument it answers, unless that is settled, and what it does to that; nothing where arguments stand by
    themselves.

    Without sides, one field says which way it speaks and whether it undercuts: a form has five places.
    """
    if not form.debate.stage.takes_answers:
        return []
    if form.parent is not None:
        return [_last_field(form)]
    number = argument_text("answers", form.draft.answers, LONGEST_ANSWERS, required=False)
    field = labelled(
        "Number of the argument it answers", number, "For instance 3. Leave it empty for a new point."
    )
    return [field, _last_field(form)]


def _last_field(form: ArgumentForm) -> ui.Item[Any]:
    answered = "that argument" if form.parent is None else f"argument {form.parent.number}"
    choices: ui.RadioGroup[ui.View]
    if form.side is None:
        choices = ui.RadioGroup(custom_id="side", required=True)
        for relation, side in itertools.product((None, Relation.UNDERCUTS), Side):
            words = f"{side.words} the motion"
            chosen = form.draft.side == side.value and (form.draft.relation or None) == relation
            choices.add_option(
                label=words if relation is None else f"{words}: the evidence of {answered} does not show it",
                value=side.value if relation is None else f"{side.value} {relation.value}",
                default=chosen,
            )
        return labelled("Which way does it speak?", choices, "The argument, not necessarily you.")
    choices = ui.RadioGroup(custom_id="relation", required=False)
    for relation, label in RELATION_LABELS.items():
        choices.add_option(label=label, value=relation.value, default=form.draft.relation == relation.value)
    return labelled(f"What does it do to {answered}?", choices, "Left out: I go by the sides.")


async def _argument_given(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
    interaction_id, at = stamp(interaction)
    debate_id = DebateId(ids[0])
    typed = {name: first(fields, name) for name in ARGUMENT_FIELDS}
    if ids[2] != NO_PARENT:
        typed["answers"] = str(ids[2])
    if SIDES[ids[1]] is None:
        typed["side"], _, typed["relation"] = typed["side"].partition(" ")
    draft = ArgumentDraft(**typed)
    try:
        argument: Argument = await desk.run(
            add_argument,
            guild_id=guild_id,
            debate_id=debate_id,
            user_id=user_id,
            draft=draft,
            written_for=SIDES[ids[1]],
            interaction_id=interaction_id,
            at=at,
        )
    except SeminarError as error:
        if not isinstance(error, StoreError):
            await desk.run(
                keep_draft, guild_id=guild_id, debate_id=debate_id, user_id=user_id, draft=draft, at=at
            )
        await reply(interaction, _not_taken(error, draft))
        return
    hidden = await desk.read(openings_hidden, guild_id=guild_id, debate_id=debate_id)
    await reply(interaction, argument_is_in(argument, hidden=hidden))


def argument_is_in(argument: Argument, *, hidden: bool) -> str:
    """The confirmation of an argument; ``hidden`` says that others' openings cannot be seen yet."""
    shown = "when the openings end" if hidden else "in a moment"
    return (
        f"Your argument is in, as number **{argument.number}**. The thread shows it {shown}. **My arguments** has it, "
        "to change or to withdraw."
    )


def _not_taken(error: SeminarError, draft: ArgumentDraft) -> Layout:
    """Why an argument was not taken, and where its text is: nobody should have to write it twice."""
    match error:
        case NoSuchArgument():
            return note(explain(error))
        case Invalid():
            return note(f"{explain(error)} Your text is kept: press **Add argument** to find it again.")
        case _:  # the form may not come up any more
            return given_back(explain(error), draft.claim, draft.evidence, draft.reasoning)


ARGUMENT = Form("da", _argument_given)
