"""The button and the form for a private stance, before the debate and after it."""

from typing import Any, ClassVar

import discord
from discord import ui

from bot.actions.debate_joining import JoinFirst, Place
from bot.actions.debate_stances import StanceForm, check_stance, give_stance
from bot.debate.stance import FURTHEST, Certainty, Phase, Stance, Standing, nearest_step, value_words
from bot.errors import Invalid
from bot.ids import DebateId
from bot.views.debate_place import ComeBack, gate_button, place_buttons, side_words
from bot.views.debate_words import CONTENT_NOTE, SIDES_TELL
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.layout import QUIET_COLOUR, Layout, card, note, plural
from bot.views.press import ID, Press
from bot.views.replies import replace, reply, show_form

DECLINED = "declined"

STANCE_LABELS = {
    **{str(value): value_words(value) for value in range(FURTHEST, -FURTHEST - 1, -1)},
    DECLINED: Standing.DECLINED.words,
}
"""The options of the form, from strongly for to strongly against."""

PRIVATE = "Private. Only totals are ever shown."
PRIVATE_BUT = "Private in itself, but others see your side, which is the opposite."
"""Where sides tell of stances."""

PHASES = {Phase.BEFORE: 0, Phase.AFTER: 1}
"""How a phase stands in the id of a form, which carries numbers only."""


class StanceButton(Press, prefix="ds", parts=(ID, "before|after")):
    """Opens the private form for a stance."""

    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate_id, phase = DebateId(self.number(0)), Phase(self.parts[1])
        form = await desk_of(interaction).read(
            check_stance,
            guild_id=guild_of(interaction),
            debate_id=debate_id,
            user_id=user_of(interaction),
            phase=phase,
            at=desk_of(interaction).now(),
        )
        await show_form(interaction, _stance_form(interaction, phase, form))


class RatherNotSay(Press, prefix="dz", parts=(ID,)):
    """Joins a debate without saying where one stands."""

    default_label: ClassVar[str] = "Rather not say"

    async def pressed(self, interaction: discord.Interaction) -> None:
        interaction_id, at = stamp(interaction)
        joined = await desk_of(interaction).run(
            give_stance,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            phase=Phase.BEFORE,
            stance=Stance.of(None),
            interaction_id=interaction_id,
            at=at,
        )
        await replace(interaction, _stance_card(joined, Phase.BEFORE))


def join_first_card(first_join: JoinFirst) -> Layout:
    """What is said to somebody who does not take part and would argue or sign: what that means, and the ways in.

    To one who is in, but not through the knowledge gate: its questions.
    """
    debate = first_join.debate
    if first_join.left:
        return card(
            "You have left this debate. Come back first, then do once more what brought you here.",
            buttons=[[ComeBack(debate.debate_id)]],
            colour=QUIET_COLOUR,
        )
    if first_join.at_gate is not None:
        return card(
            f"Before you are given a side, try {plural(debate.options.gate, 'question')} on the topic: trying is "
            "enough. Then do once more what brought you here.",
            buttons=[[gate_button(debate, first_join.at_gate)]],
            colour=QUIET_COLOUR,
        )
    # While all vote, only the stance afterwards is taken; its form has “Rather not say”, too.
    before = debate.takes_stance_before
    phase = Phase.BEFORE if before else Phase.AFTER
    stance = StanceButton(debate.debate_id, phase.value, label=f"My stance {phase.value}")
    return card(
        "### Before you take part",
        SIDES_TELL if debate.sides_tell and before else None,
        CONTENT_NOTE,
        "Say privately where you stand now, or rather not. Then do once more what brought you here.",
        buttons=[[stance, RatherNotSay(debate.debate_id)] if before else [stance]],
        colour=QUIET_COLOUR,
    )


def _stance_form(interaction: discord.Interaction, phase: Phase, form: StanceForm) -> ui.Modal:
    debate, stance = form.debate, form.stance
    stances: ui.RadioGroup[ui.View] = ui.RadioGroup(custom_id="stance", required=True)
    given = None if stance is None else _stance_key(stance)
    for key, label in STANCE_LABELS.items():
        stances.add_option(label=label, value=key, default=key == given)
    certainties: ui.RadioGroup[ui.View] = ui.RadioGroup(custom_id="certainty", required=False)
    sure = None if stance is None or stance.certainty is None else nearest_step(stance.certainty)
    for step in Certainty:
        certainties.add_option(label=step.words.capitalize(), value=str(step.value), default=sure is step)
    when = "before the debate" if phase is Phase.BEFORE else "after the debate"
    tells = debate.sides_tell and phase is Phase.BEFORE
    said = [*([SIDES_TELL] if tells else []), *([] if form.takes_part else [CONTENT_NOTE])]
    first_words: list[ui.Item[Any]] = [ui.TextDisplay(each) for each in said]
    return STANCE.modal(
        interaction,
        (debate.debate_id, PHASES[phase]),
        f"My stance {when}",
        *first_words,
        labelled("Where do you stand on the motion?", stances, PRIVATE_BUT if tells else PRIVATE),
        labelled("How sure are you?", certainties, "You can leave this out."),
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
    await reply(interaction, _stance_card(joined, phase))


def _stance(fields: Fields) -> Stance:
    key, certainty = first(fields, "stance"), first(fields, "certainty")
    if key not in STANCE_LABELS:
        raise Invalid("stance", "nothing was chosen", "Press the button again and choose one.")
    if key == DECLINED:
        return Stance.of(None)
    return Stance.of(int(key), min(int(certainty), 100) if certainty.isdigit() else None)


def _stance_key(stance: Stance) -> str | None:
    """The option that stands for a stance; None for one from before there were degrees."""
    if stance.standing is Standing.DECLINED:
        return DECLINED
    return None if stance.value is None else str(stance.value)


def _stance_card(given: Place, phase: Phase) -> Layout:
    """The confirmation; to one who has just joined also their place, with the way out."""
    stance = given.before if phase is Phase.BEFORE else given.after
    kept = "" if stance is None else f"Kept, privately: **{stance.describe()}**. "
    words = f"{kept}{_how_long(given, phase)}"
    if not given.just_joined:
        return note(words)
    return card(words, side_words(given), buttons=place_buttons(given), colour=QUIET_COLOUR)


def _how_long(given: Place, phase: Phase) -> str:
    debate = given.debate
    if phase is Phase.AFTER and given.before is None:
        return "There is no stance of yours from before the debate, so this one is counted, but not compared."
    if phase is Phase.AFTER:
        return "You can change it until the debate is closed."
    if given.late:
        return "The arguments have begun, so it is counted, but not compared with the one after the debate."
    if given.heard:
        return "You can correct it for two minutes. Then it stays, because people argue already."
    return f"You can change it until {'joining ends' if debate.has_joining else 'somebody argues'}."


STANCE = Form("ds", _stance_given)
