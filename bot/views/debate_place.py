"""One's own place in a debate: the side and why it is one's own, the stances, a wish, the way out. Private."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot.actions.debate_gate import enter_gate
from bot.actions.debate_joining import Place, leave_debate, let_name, look_at_place, wish_for_side
from bot.debate.debate import DebateState
from bot.debate.formats import Format, Stage
from bot.debate.options import SideMode
from bot.debate.sides import Side
from bot.ids import DebateId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, plural, rows
from bot.views.own_run import own_card
from bot.views.press import ID, Press, pattern
from bot.views.replies import replace, reply


class MyPlace(Press, template=pattern("dm", ID)):
    """Tells a person privately which side they argue, what they have voted, and the way out."""

    prefix = "dm"
    default_label: ClassVar[str] = "My side"

    async def pressed(self, interaction: discord.Interaction) -> None:
        place = await desk_of(interaction).run(
            look_at_place,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        await reply(interaction, place_card(place))


class LeaveDebate(Press, template=pattern("dl", ID)):
    """Leaves a debate, without any penalty."""

    prefix = "dl"
    default_label: ClassVar[str] = "Leave the debate"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        place = await desk.run(
            leave_debate,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        await replace(interaction, place_card(place))


class WishForSide(Press, template=pattern("dw", ID, "for|against")):
    """Says which side one would like to argue, where people choose."""

    prefix = "dw"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        place = await desk.run(
            wish_for_side,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            side=Side(self.parts[1]),
            at=desk.now(),
        )
        await replace(interaction, place_card(place))


class LetName(Press, template=pattern("az", ID, "[01]")):
    """Says whether a transcript of the arguments may name one."""

    prefix = "az"

    async def pressed(self, interaction: discord.Interaction) -> None:
        place = await desk_of(interaction).run(
            let_name,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            named=bool(self.number(1)),
        )
        await replace(interaction, place_card(place))


class TryGate(Press, template=pattern("dq", ID)):
    """Begins the questions of the knowledge gate, or goes on with them."""

    prefix = "dq"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            enter_gate,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            rng=desk.rng,
            at=desk.now(),
        )
        await replace(interaction, own_card(shown))


def place_card(place: Place) -> Layout:
    """A person's own place in a debate, with what they can do about it."""
    me = place.me
    if place.debate.state is DebateState.CLOSED and not place.takes_part:
        return card("You did not take part in this debate, and it is closed.", colour=QUIET_COLOUR)
    if me is None:
        button = "My stance before" if place.debate.takes_stance_before else "My stance after"
        return card(f"You have not joined yet. Press **{button}** to join.", colour=QUIET_COLOUR)
    if not me.takes_part:
        words = (
            "You have left this debate; nobody holds that against you. What you wrote stays. To come back, press "
            "**My stance before** or **Add argument**."
        )
        return card(words, colour=QUIET_COLOUR)
    before = "not given" if place.before is None else place.before.describe()
    after = "not given yet" if place.after is None else place.after.describe()
    return card(
        side_words(place),
        f"Your stance before: **{before}**. After: **{after}**.",
        "-# Only you can see this.",
        buttons=place_buttons(place),
        colour=QUIET_COLOUR,
    )


def place_buttons(place: Place) -> list[Sequence[Button]]:
    """What somebody who takes part can do about their place: wish, try the questions, be named or not, leave."""
    debate, me = place.debate, place.me
    if me is None or debate.state is DebateState.CLOSED:
        return []
    buttons: list[Button] = []
    if me.side is None and debate.format.has_sides and debate.options.sides is SideMode.CHOSEN:
        buttons += [
            WishForSide(debate.debate_id, side.value, label=f"I would argue {side.words.lower()}")
            for side in Side
        ]
    if me.side is None and debate.options.gate and not me.gate_done:
        label = "Go on with the questions" if me.gate_run_id else "Try the questions"
        buttons.append(TryGate(debate.debate_id, label=label, style=discord.ButtonStyle.primary))
    naming = "Do not name me in a transcript" if me.named else "A transcript may name me"
    buttons.append(LetName(debate.debate_id, int(not me.named), label=naming))
    buttons.append(LeaveDebate(debate.debate_id))
    return rows(buttons)


def side_words(place: Place) -> str:
    """Which side somebody argues now and why, or what they wait for."""
    debate, me = place.debate, place.me
    if me is None or not debate.format.has_sides:
        return "You take part. There are no sides here: each argument says which way it speaks."
    if me.side is None and debate.options.gate and not me.gate_done:
        return (
            f"You have joined. Before you are given a side, try {plural(debate.options.gate, 'question')} on the "
            "topic: trying is enough, and you see what the bank knows."
        )
    if place.argues is None or me.side is None:
        if debate.options.sides is not SideMode.CHOSEN:
            wish = ""
        elif me.wish is None:
            wish = " Say which one you would like to argue."
        else:
            wish = f" You would like to argue **{me.wish.words.lower()}**."
        return f"You have joined. Sides are given when joining ends.{wish}"
    why = "" if me.reason is None else f" ({me.reason.words})"
    switched = " now, as everybody has switched sides" if place.argues is not me.side else why
    turn = ""
    if debate.format is Format.FISHBOWL and debate.stage is Stage.FISHBOWL:
        turn = " In this round you listen and judge." if place.listens else " In this round **you argue**."
    return (
        f"You argue **{place.argues.words.lower()}** the motion{switched}. Sides are assigned; nobody takes yours for "
        f"your own view.{turn}"
    )
