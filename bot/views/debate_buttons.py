"""The buttons and forms of a debate: private stances, arguments, one's own place."""

from typing import ClassVar

import discord
from discord import ui

from bot.actions.debating import (
    ArgumentDraft,
    ArgumentForm,
    Joined,
    add_argument,
    begin_argument,
    check_stance,
    give_stance,
    keep_draft,
    place_in_debate,
)
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING, Relation
from bot.debate.debate import Argument
from bot.debate.stance import Certainty, Phase, Stance, Standing, nearest_step
from bot.errors import Invalid, NoSuchArgument, SeminarError, StoreError
from bot.ids import DebateId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.layout import QUIET_COLOUR, Layout, card, note, quoted
from bot.views.press import ID, Press, pattern
from bot.views.replies import reply
from bot.views.words import explain

PHASES = {Phase.BEFORE: 0, Phase.AFTER: 1}
"""How a phase stands in the id of a form, which carries numbers only."""


class StanceButton(Press, template=pattern("ds", ID, "before|after")):
    """Opens the private form for a stance."""

    prefix = "ds"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate_id, phase = DebateId(self.number(0)), Phase(self.parts[1])
        stance = await desk_of(interaction).read(
            check_stance,
            guild_id=guild_of(interaction),
            debate_id=debate_id,
            user_id=user_of(interaction),
            phase=phase,
        )
        await interaction.response.send_modal(_stance_form(interaction, debate_id, phase, stance))


class AddArgument(Press, template=pattern("da", ID)):
    """Opens the form for an argument, with the draft that was kept, if any."""

    prefix = "da"
    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Add argument"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _show_argument_form(interaction, DebateId(self.number(0)), answers="")


class AnswerArgument(Press, template=pattern("dr", ID, "[0-9]{1,6}")):
    """Opens the form for an argument that answers another one."""

    prefix = "dr"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _show_argument_form(interaction, DebateId(self.number(0)), answers=self.parts[1])


class MyPlace(Press, template=pattern("dm", ID)):
    """Tells a person privately which side they argue, and what they have voted."""

    prefix = "dm"
    default_label: ClassVar[str] = "My side"

    async def pressed(self, interaction: discord.Interaction) -> None:
        place = await desk_of(interaction).read(
            place_in_debate,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        if place is None:
            await reply(interaction, "You have not joined yet. Press **My stance before** to join.")
        else:
            await reply(interaction, _place(place))


def _place(place: Joined) -> str:
    before = "not given" if place.before is None else place.before.describe()
    after = "not given yet" if place.after is None else place.after.describe()
    return (
        f"You argue **{place.side.words.lower()}** the motion. Sides are assigned; nobody takes yours for your "
        f"own view.\nYour stance before: **{before}**. After: **{after}**. Only you can see this."
    )


async def _show_argument_form(interaction: discord.Interaction, debate_id: DebateId, *, answers: str) -> None:
    _, at = stamp(interaction)
    form = await desk_of(interaction).run(
        begin_argument,
        guild_id=guild_of(interaction),
        debate_id=debate_id,
        user_id=user_of(interaction),
        at=at,
    )
    await interaction.response.send_modal(_argument_form(interaction, debate_id, form, answers))


def _stance_form(
    interaction: discord.Interaction, debate_id: DebateId, phase: Phase, stance: Stance | None
) -> ui.Modal:
    standings: ui.RadioGroup[ui.View] = ui.RadioGroup(custom_id="standing", required=True)
    for standing in Standing:
        chosen = stance is not None and stance.standing is standing
        standings.add_option(label=standing.words, value=standing.value, default=chosen)
    certainties: ui.RadioGroup[ui.View] = ui.RadioGroup(custom_id="certainty", required=False)
    sure = None if stance is None or stance.certainty is None else nearest_step(stance.certainty)
    for step in Certainty:
        certainties.add_option(label=step.words.capitalize(), value=str(step.value), default=sure is step)
    when = "before the debate" if phase is Phase.BEFORE else "after the debate"
    return STANCE.modal(
        interaction,
        (debate_id, PHASES[phase]),
        f"My stance {when}",
        labelled("Where do you stand on the motion?", standings, "Private. Only totals are ever shown."),
        labelled("How sure are you?", certainties, "You can leave this out."),
    )


def _argument_form(
    interaction: discord.Interaction, debate_id: DebateId, form: ArgumentForm, answers: str
) -> ui.Modal:
    draft = form.draft
    relations: ui.RadioGroup[ui.View] = ui.RadioGroup(custom_id="relation", required=False)
    for relation, label in ((Relation.SUPPORTS, "It supports it"), (Relation.ATTACKS, "It attacks it")):
        relations.add_option(label=label, value=relation.value, default=draft.relation == relation.value)
    return ARGUMENT.modal(
        interaction,
        (debate_id,),
        f"Argument {form.side.words.lower()} the motion",
        labelled("Claim", _text("claim", draft.claim, LONGEST_CLAIM), "What you hold, in one sentence."),
        labelled(
            "Evidence",
            _text("evidence", draft.evidence, LONGEST_EVIDENCE, long=True),
            "A fact, a source or an example. You may use the bank's questions.",
        ),
        labelled(
            "Reasoning",
            _text("reasoning", draft.reasoning, LONGEST_REASONING, long=True),
            "How the evidence supports the claim.",
        ),
        labelled(
            "Number of the argument it answers",
            _text("answers", answers or draft.answers, 10, required=False),
            "For instance 3. Leave it empty for a new point.",
        ),
        labelled("What does it do to that argument?", relations, "Left out: I go by the sides."),
    )


def _text(
    name: str, default: str, longest: int, *, long: bool = False, required: bool = True
) -> ui.TextInput[ui.View]:
    return ui.TextInput(
        custom_id=name,
        default=default or None,
        max_length=longest,
        required=required,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
    )


async def _stance_given(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    phase = Phase.BEFORE if ids[1] == PHASES[Phase.BEFORE] else Phase.AFTER
    joined = await desk_of(interaction).run(
        give_stance,
        guild_id=guild_of(interaction),
        debate_id=DebateId(ids[0]),
        user_id=user_of(interaction),
        phase=phase,
        stance=_stance(fields),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(interaction, _stance_words(joined, phase))


def _stance(fields: Fields) -> Stance:
    try:
        standing = Standing(first(fields, "standing"))
    except ValueError:
        raise Invalid("stance", "nothing was chosen", "Press the button again and choose one.") from None
    certainty = first(fields, "certainty")
    if standing is Standing.DECLINED or not certainty.isdigit():
        return Stance(standing)
    return Stance(standing, min(int(certainty), 100))


def _stance_words(joined: Joined, phase: Phase) -> str:
    stance = joined.before if phase is Phase.BEFORE else joined.after
    kept = "" if stance is None else f"Kept, privately: **{stance.describe()}**. "
    if phase is Phase.BEFORE:
        change = "You can change it until you give your stance after the debate. "
    elif joined.before is None:
        change = "You gave no stance before the debate, so this one is counted, but not compared. "
    else:
        change = "You can change it until the debate is closed. "
    side = (
        f"\nYou argue **{joined.side.words.lower()}** the motion. The side is assigned so that both are equally "
        "many; it has nothing to do with your stance."
        if joined.just_joined
        else ""
    )
    return f"{kept}{change}".rstrip() + side


async def _argument_given(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
    interaction_id, at = stamp(interaction)
    debate_id = DebateId(ids[0])
    draft = ArgumentDraft(
        **{name: first(fields, name) for name in ("claim", "evidence", "reasoning", "answers", "relation")}
    )
    try:
        argument: Argument = await desk.run(
            add_argument,
            guild_id=guild_id,
            debate_id=debate_id,
            user_id=user_id,
            draft=draft,
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
    await reply(
        interaction,
        f"Your argument is in, as number **{argument.number}**. It comes up in the thread in a moment.",
    )


def _not_taken(error: SeminarError, draft: ArgumentDraft) -> Layout:
    """Why an argument was not taken, and where its text is: nobody should have to write it twice."""
    match error:
        case NoSuchArgument():
            return note(explain(error))
        case Invalid():
            return note(f"{explain(error)} Your text is kept: press **Add argument** to find it again.")
        case _:  # the form does not come up any more, so the text goes back to its author
            return card(
                f"{explain(error)} This is what you wrote; only you can see it.",
                quoted(draft.claim),
                quoted(draft.evidence),
                quoted(draft.reasoning),
                colour=QUIET_COLOUR,
            )


STANCE = Form("ds", _stance_given)
ARGUMENT = Form("da", _argument_given)
