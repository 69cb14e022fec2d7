"""One's own place in a debate: the side and why it is one's own, the stances, a wish, the way out. Private."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot.actions.debate_gate import enter_gate
from bot.actions.debate_joining import (
    Place,
    join_debate,
    leave_debate,
    let_name,
    look_at_place,
    place_in_debate,
    wish_for_side,
)
from bot.actions.leaving import Leaving, leave_and_delete, look_before_leaving
from bot.debate.debate import Debate, Debater, DebateState
from bot.debate.formats import Stage
from bot.debate.options import SideMode
from bot.debate.sides import Side
from bot.ids import DebateId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.grading import MyGrade
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, plural, rows
from bot.views.own_arguments import MyArguments
from bot.views.own_run import own_card
from bot.views.own_way import ToGate, ToPlace
from bot.views.press import ID, Press
from bot.views.replies import replace, reply


class MyPlace(ToPlace):
    """Tells a person privately which side they argue, what they have voted, and the way out."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        place = await desk_of(interaction).run(
            look_at_place,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
        )
        await reply(interaction, place_card(place))


class LeaveDebate(Press, prefix="dl", parts=(ID,)):
    """Leaves a debate, without any penalty."""

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


class ComeBack(Press, prefix="dc", parts=(ID,)):
    """Comes back into a debate that one has left, with the side that one had."""

    default_label: ClassVar[str] = "Come back"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        place = await desk.run(
            join_debate,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        await replace(interaction, place_card(place))


class LeaveAndDelete(Press, prefix="fl", parts=(ID, "ask|sure|keep")):
    """Leaves a debate and deletes what one wrote and voted in it; asks first."""

    default_label: ClassVar[str] = "Leave and delete what I wrote"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        debate_id, user_id = DebateId(self.number(0)), user_of(interaction)
        if self.parts[1] == "ask":
            leaving = await desk.read(
                look_before_leaving, guild_id=guild_id, debate_id=debate_id, user_id=user_id
            )
            await replace(interaction, leaving_card(leaving))
            return
        if self.parts[1] == "sure":
            place = await desk.run(
                leave_and_delete, guild_id=guild_id, debate_id=debate_id, user_id=user_id, at=desk.now()
            )
        else:
            place = await desk.read(place_in_debate, guild_id=guild_id, debate_id=debate_id, user_id=user_id)
        await replace(interaction, place_card(place))


class WishForSide(Press, prefix="dw", parts=(ID, "for|against")):
    """Says which side one would like to argue, where people choose."""

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


class LetName(Press, prefix="az", parts=(ID, "[01]")):
    """Says whether a transcript of the arguments may name one."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        place = await desk_of(interaction).run(
            let_name,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            named=bool(self.number(1)),
        )
        await replace(interaction, place_card(place))


class TryGate(ToGate):
    """Begins the questions of the knowledge gate, or goes on with them."""

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
    debate, me = place.debate, place.me
    closed = debate.state is DebateState.CLOSED
    if me is None:
        words = (
            "You did not take part in this debate."
            if closed
            else f"You have not joined yet. Press **{_way_in(place)}** below the motion to join."
        )
        return card(words, colour=QUIET_COLOUR)
    if not me.takes_part:
        return card(_left_words(place), buttons=rows(_last_doors(place)), colour=QUIET_COLOUR)
    before = "not given" if place.before is None else place.before.describe()
    none_after = "not given" if closed else "not given yet"
    after = none_after if place.after is None else place.after.describe()
    return card(
        "This debate is closed." if closed else side_words(place),
        f"Your stance before: **{before}**. After: **{after}**.",
        "A transcript may name you." if me.named else "A transcript does not name you.",
        "-# Only you can see this.",
        buttons=place_buttons(place),
        colour=QUIET_COLOUR,
    )


def _way_in(place: Place) -> str:
    return "My stance before" if place.debate.takes_stance_before else "My stance after"


def _left_words(place: Place) -> str:
    words = "You have left this debate; nobody holds that against you."
    if not place.has_traces:
        words = f"{words} Nothing that you wrote or voted in it is kept."
    elif place.debate.state is DebateState.CLOSED:
        words = f"{words} What you wrote stays."
    else:
        words = f"{words} What you wrote stays, and your stance counts in the totals."
    if place.debate.state is DebateState.CLOSED:
        return words
    return f"{words} You can come back at any time."


def _doors(place: Place) -> list[Button]:
    """What somebody who takes part can do while the debate goes on."""
    debate, me = place.debate, place.me
    if me is None:
        return []
    doors: list[Button] = []
    if debate.format.has_sides and debate.options.sides is SideMode.CHOSEN and me.side is None:
        doors += [
            WishForSide(debate.debate_id, side.value, label=f"I would argue {side.words.lower()}")
            for side in Side
        ]
    if me.side is None and debate.options.gate and not me.gate_done:
        doors.append(gate_button(debate, me))
    return doors


def gate_button(debate: Debate, me: Debater) -> Button:
    """The way into the questions of the knowledge gate, or on with them."""
    label = "Go on with the questions" if me.gate_run_id else "Try the questions"
    return TryGate(debate.debate_id, label=label)


def _last_doors(place: Place) -> list[Button]:
    """One's name, one's grade, and the ways out."""
    debate_id, me = place.debate.debate_id, place.me
    closed = place.debate.state is DebateState.CLOSED
    doors: list[Button] = []
    if me is not None and me.takes_part and place.debate.stage is not Stage.JOINING:
        doors.append(MyArguments(debate_id, 0))
    if place.has_grade:
        doors.append(MyGrade(debate_id))
    if me is not None and not me.takes_part and not closed:
        doors.append(ComeBack(debate_id))
    if me is not None and me.takes_part:
        wish = "Do not name me in a transcript" if me.named else "A transcript may name me"
        doors.append(LetName(debate_id, int(not me.named), label=wish))
        if not closed:
            doors.append(LeaveDebate(debate_id))
            doors.append(LeaveAndDelete(debate_id, "ask"))
    if place.has_traces and (closed or not place.takes_part):
        doors.append(LeaveAndDelete(debate_id, "ask", label="Delete what I wrote"))
    return doors


def leaving_card(leaving: Leaving) -> Layout:
    """Asks before somebody's words and votes are deleted."""
    traces, debate = leaving.traces, leaving.debate
    kinds = (
        (traces.arguments, "argument"),
        (traces.restatements, "restatement"),
        (traces.drafts, "draft"),
        (traces.comparisons, "comparison"),
        (traces.signatures, "signature"),
    )
    what = [plural(count, name) for count, name in kinds if count]
    if traces.stances:
        what.append("what you said of where you stand")
    if traces.citations:
        what.append(f"your name below {plural(traces.citations, 'card')} from the bank")
    buttons: list[Button] = [
        LeaveAndDelete(
            debate.debate_id, "sure", label="Yes, delete it for good", style=discord.ButtonStyle.danger
        ),
        LeaveAndDelete(debate.debate_id, "keep", label="No, keep it"),
    ]
    closed = debate.state is DebateState.CLOSED
    return card(
        "### Delete what you wrote?" if closed else "### Leave and delete what you wrote?",
        f"This deletes for good: **{', '.join(what)}**." if what else "There is nothing of yours to delete.",
        "Your arguments keep their numbers, without text and name, so that the answers to them keep their place."
        if traces.arguments
        else None,
        "The joint statement stays, as it is everybody’s." if leaving.has_statement else None,
        "Messages of your own in the thread are yours to delete: I keep no text of them.",
        "What the outcome has shown stays as it is: counts without names." if closed else None,
        "-# It cannot be undone. Nobody is told who left, and there is no penalty: whoever leaves is not graded.",
        buttons=[buttons],
    )


def place_buttons(place: Place) -> list[Sequence[Button]]:
    """What somebody who takes part can do about their place: wish, try the questions, be named or not, leave."""
    closed = place.debate.state is DebateState.CLOSED
    return rows(_last_doors(place) if closed else [*_doors(place), *_last_doors(place)])


def side_words(place: Place) -> str:
    """Which side somebody argues now and why, or what they wait for."""
    debate, me = place.debate, place.me
    if me is None or not debate.format.has_sides:
        return "You take part. There are no sides here: each argument says which way it speaks."
    if me.side is None and debate.options.gate and not me.gate_done:
        return (
            f"You have joined. Before you are given a side, try {plural(debate.options.gate, 'question')} on the "
            f"topic: trying is enough, and you see what the bank knows.{_wish_words(debate, me)}"
        )
    if place.argues is None or me.side is None:
        return f"You have joined. {_until_a_side(debate, me)}"
    why = "" if me.reason is None else f" ({me.reason.words})"
    switched = " now, as everybody has switched sides" if place.argues is not me.side else why
    return (
        f"You argue **{place.argues.words.lower()}** the motion{switched}. {_what_a_side_tells(debate)}"
        f"{_turn_words(place, me)}"
    )


def _turn_words(place: Place, me: Debater) -> str:
    """In which round of a fishbowl somebody argues, and what they do in the present one."""
    debate, own = place.debate, me.round_in(place.debate)
    if debate.stage is not Stage.FISHBOWL or own is None or me.speaks_in is None:
        return ""
    if me.speaks_in == debate.course.position:
        return f" In this round **you argue**: yours is {own}."
    if not place.listens:
        return (
            f" This round is nobody’s own, so **you may argue** in it; yours {_is_or_was(debate, me)} {own}."
        )
    if me.speaks_in < debate.course.position:
        return f" You argued in {own}; in this round you listen and judge."
    return f" **You argue in {own}**; in this round you listen and judge."


def _is_or_was(debate: Debate, me: Debater) -> str:
    return "was" if me.speaks_in is not None and me.speaks_in < debate.course.position else "is"


def _wish_words(debate: Debate, me: Debater) -> str:
    """What somebody has said of the side that they would like, where people choose."""
    if debate.options.sides is not SideMode.CHOSEN:
        return ""
    if me.wish is None:
        return " Say which side you would like to argue, too."
    return f" You would like to argue **{me.wish.words.lower()}**."


def _until_a_side(debate: Debate, me: Debater) -> str:
    """How somebody comes to the side that they do not have yet."""
    if debate.options.sides is not SideMode.CHOSEN:
        return "Sides are given when joining ends."
    if debate.stage is not Stage.JOINING:
        return (
            "Say which side you would like to argue: it is yours unless it has more people than the other. If you "
            "argue before you say so, you get the one with fewer."
        )
    if me.wish is None:
        return "Sides are given when joining ends. Say which one you would like to argue."
    return f"Sides are given when joining ends. You would like to argue **{me.wish.words.lower()}**."


def _what_a_side_tells(debate: Debate) -> str:
    """What others can gather from somebody's side."""
    match debate.options.sides:
        case SideMode.CHOSEN:
            return "Sides are for this debate; arguments are not personal views."
        case SideMode.OPPOSITE:
            return "A side tells something of a view here, unless it was drawn by lot; only you see which yours is."
        case SideMode.BALANCED | SideMode.RANDOM:
            return "Sides are assigned; nobody takes yours for your own view."
