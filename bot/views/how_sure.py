"""How sure are you? Three buttons below the confirmation of an answer, private, never in the way."""

import discord

from bot.actions.answering import Answered, say_certainty
from bot.ids import InteractionId, RoundId
from bot.insight.certainty import RIGHT_MARK, Calibration
from bot.quiz.certainty import Certainty
from bot.views.certainty import CERTAINTY_WORDS, HOW_SURE
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.joining import allowance_words, given_team
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, soon
from bot.views.press import ID, Press
from bot.views.question import said
from bot.views.replies import replace

MOST_MARKS = RIGHT_MARK[Certainty.CERTAIN]


class SayCertainty(Press, prefix="qs", parts=(ID, ID, "[123]")):
    """Says how sure one is of an answer. Its id carries the round, the click that answered, and the step."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        interaction_id, at = stamp(interaction)
        answered = await desk_of(interaction).run(
            say_certainty,
            guild_id=guild_of(interaction),
            round_id=RoundId(self.number(0)),
            user_id=user_of(interaction),
            given_by=InteractionId(self.number(1)),
            certainty=Certainty(self.number(2)),
            interaction_id=interaction_id,
            at=at,
        )
        await replace(interaction, _asking(answered))


def sureness_words(profile: Calibration) -> str | None:
    """What a learner's own answers say of how well they know what they know; None where none came with that."""
    if not profile.answers:
        return None
    marks = f"{profile.marks:.1f}".removesuffix(".0").replace("-", "−")
    earned = (
        f"**How sure you were: {marks} of at most {MOST_MARKS * profile.answers} marks.** A right answer earns 1, 2 "
        "or 3, the surer the more; a wrong one costs 0, 2 or 6."
    )
    return "\n".join((earned, *profile.sentences()))


def confirmation(answered: Answered) -> Layout | str:
    """What a learner reads after an answer is on disk. It says nothing of right or wrong."""
    return _asking(answered) if answered.asked.options.certainty else _confirmed(answered)


def _confirmed(answered: Answered) -> str:
    # Whoever has extra time is told of it, not of the class's end.
    closes_at = answered.asked.closes_at if answered.allowance is None else None
    until = (
        "until the question closes" if closes_at is None else f"until the question closes, {soon(closes_at)}"
    )
    words = f"Your answer is in: **{said(answered.asked, answered.response)}**. You can change it {until}."
    if answered.team is not None:
        words += f"\n{given_team(answered.team)}"
    return words if answered.allowance is None else f"{words}\n{allowance_words(answered.allowance)}"


def _asking(answered: Answered) -> Layout:
    """The confirmation, with the question how sure one is, or with what one has said to be."""
    step = answered.certainty
    question = (
        HOW_SURE
        if step is None
        else f"How sure you are: **{CERTAINTY_WORDS[step].lower()}**. Only you see it; you can change this, too."
    )
    buttons: list[Button] = [
        SayCertainty(
            answered.asked.round_id,
            answered.given_by,
            each.value,
            label=words,
            style=discord.ButtonStyle.success if each is step else None,
        )
        for each, words in CERTAINTY_WORDS.items()
    ]
    return card(_confirmed(answered), question, buttons=[buttons], colour=QUIET_COLOUR)
