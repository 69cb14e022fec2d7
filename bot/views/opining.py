"""What a person says to the statements of a class opinion: private cards with three buttons, one after the other."""

from typing import ClassVar

import discord

from bot.actions.opining import (
    AllSaid,
    AtStatement,
    OwnPlace,
    answers_given,
    give_opinion,
    my_statement,
    take_answers_out,
)
from bot.debate.opinion import Counts, Opinion, Vote
from bot.ids import OpinionId, StatementId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Button,
    Layout,
    card,
    plural,
    soon,
)
from bot.views.press import ID, PLACE, Press
from bot.views.replies import replace, reply

FIRST_WORDS = (
    "Only you can see this: no answer is ever shown with a name. Pass if you are unsure or would rather not say. For a "
    "break, just leave; **Give my opinion** goes on here later."
)
TAKEN_OUT = (
    "No answer of yours is in this class opinion any more. **Give my opinion** begins anew, until it closes."
)
SHOWN_ORDER = (Vote.AGREE, Vote.DISAGREE, Vote.PASS)


class GiveOpinion(Press, prefix="oo", parts=(ID,)):
    """Shows a person the first statement that has no answer of theirs yet, privately."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Give my opinion"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await reply(interaction, own_card(await _found(interaction, OpinionId(self.number(0)), None)))


class OpinionStep(Press, prefix="os", parts=(ID, PLACE)):
    """Turns to the statement at a place of the person's own order; beyond the last one, to what is left."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await _found(interaction, OpinionId(self.number(0)), self.number(1))
        await replace(interaction, own_card(shown))


class OpinionVote(Press, prefix="ov", parts=(ID, "-1|0|1")):
    """Says something to a statement, and goes on."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        interaction_id, at = stamp(interaction)
        shown = await desk_of(interaction).run(
            give_opinion,
            guild_id=guild_of(interaction),
            statement_id=StatementId(self.number(0)),
            user_id=user_of(interaction),
            vote=Vote(self.number(1)),
            interaction_id=interaction_id,
            at=at,
        )
        await replace(interaction, own_card(shown))


class TakeAnswersOut(Press, prefix="ot", parts=(ID, "ask|sure|keep")):
    """Deletes all answers of a person in a class opinion; it asks first."""

    default_label: ClassVar[str] = "Take my answers out"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, opinion_id = desk_of(interaction), OpinionId(self.number(0))
        guild_id, user_id = guild_of(interaction), user_of(interaction)
        _, at = stamp(interaction)
        match self.parts[1]:
            case "ask":
                given = await desk.read(
                    answers_given, guild_id=guild_id, opinion_id=opinion_id, user_id=user_id, at=at
                )
                shown = taking_out_card(opinion_id, given)
            case "sure":
                await desk.run(
                    take_answers_out, guild_id=guild_id, opinion_id=opinion_id, user_id=user_id, at=at
                )
                shown = card(TAKEN_OUT, colour=RESULT_COLOUR)
            case _:
                shown = own_card(await _found(interaction, opinion_id, None))
        await replace(interaction, shown)


def taking_out_card(opinion_id: OpinionId, given: int) -> Layout:
    """The question whether to take so many answers out."""
    if not given:
        return card(TAKEN_OUT, colour=QUIET_COLOUR)
    return card(
        "### Take your answers out?",
        f"This deletes your **{plural(given, 'answer')}** here for good, and none of them is counted. Nobody is told.",
        "You can answer anew until it closes. Once it is closed, answers stay in the totals, which name nobody.",
        buttons=[
            [
                TakeAnswersOut(
                    opinion_id, "sure", label="Yes, take them out", style=discord.ButtonStyle.danger
                ),
                TakeAnswersOut(opinion_id, "keep", label="No, keep them"),
            ]
        ],
        colour=QUIET_COLOUR,
    )


def own_card(shown: OwnPlace) -> Layout:
    """Where a person goes on: a statement to answer, or that all of them have an answer."""
    match shown:
        case AtStatement():
            return _statement(shown)
        case AllSaid():
            return _all_said(shown)


def counted(counts: Counts) -> str:
    """The answers in words: ``"12 agree, 5 disagree, 3 pass"``."""
    return ", ".join(f"{counts.get(vote, 0)} {vote.words.lower()}" for vote in SHOWN_ORDER)


def _statement(shown: AtStatement) -> Layout:
    opinion, statement = shown.opinion, shown.statement
    background = " ".join(statement.claim.background.split())
    note = FIRST_WORDS if shown.answered == 0 else "Only you can see this."
    standing = None if shown.standing is None else f"You have said: **{shown.standing.words}**."
    return card(
        f"### Statement {shown.place + 1} of {opinion.size}",
        _kept(shown.kept),
        f"**{statement.text}**",
        f"-# {background}",
        DIVIDER,
        standing,
        f"-# {shown.answered} of {opinion.size} answered. {note}",
        buttons=[
            [
                OpinionVote(
                    statement.statement_id,
                    vote.value,
                    label=vote.words,
                    style=_style(chosen=vote is shown.standing),
                )
                for vote in SHOWN_ORDER
            ],
            _steps(shown),
        ],
        colour=DEBATE_COLOUR,
    )


def _style(*, chosen: bool) -> discord.ButtonStyle:
    # No green and no red: neither answer is the right one.
    return discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary


def _steps(shown: AtStatement) -> list[Button]:
    opinion, place = shown.opinion, shown.place
    steps: list[Button] = []
    if place > 0:
        steps.append(OpinionStep(opinion.opinion_id, place - 1, label="Back"))
    if shown.standing is not None:
        steps.append(OpinionStep(opinion.opinion_id, place + 1, label="Next"))
    elif shown.answered < opinion.size - 1:
        steps.append(OpinionStep(opinion.opinion_id, place + 1, label="Skip for now"))
    if shown.answered:
        steps.append(TakeAnswersOut(opinion.opinion_id, "ask"))
    return steps


def _kept(vote: Vote | None) -> str | None:
    return None if vote is None else f"-# Kept: you said **{vote.words.lower()}** to the statement before."


def _all_said(shown: AllSaid) -> Layout:
    opinion = shown.opinion
    return card(
        f"### You have answered all {opinion.size} statements",
        f"{_given(shown.counts)} Only you can see this.",
        f"You can change any answer, or take all of them out, {_until(opinion)}. The result comes up in "
        f"<#{opinion.channel_id}> afterwards, and then what was answered stays counted.",
        buttons=[
            [
                OpinionStep(opinion.opinion_id, 0, label="Go through my answers"),
                TakeAnswersOut(opinion.opinion_id, "ask"),
            ]
        ],
        colour=RESULT_COLOUR,
    )


def _given(counts: Counts) -> str:
    return f"Your answers: {counted(counts)}."


def _until(opinion: Opinion) -> str:
    return (
        "until it is closed" if opinion.closes_at is None else f"until it closes, {soon(opinion.closes_at)}"
    )


async def _found(interaction: discord.Interaction, opinion_id: OpinionId, place: int | None) -> OwnPlace:
    _, at = stamp(interaction)
    return await desk_of(interaction).read(
        my_statement,
        guild_id=guild_of(interaction),
        opinion_id=opinion_id,
        user_id=user_of(interaction),
        place=place,
        at=at,
    )
