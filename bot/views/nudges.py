"""The private nudge in a debate, and the button that stops such messages. It is read in a direct message."""

from typing import ClassVar

import discord

from bot.actions.nudging import NudgeNews, no_more_nudges
from bot.debate.nudging import NudgeKind
from bot.ids import NudgeId
from bot.views.desk import desk_of, user_of
from bot.views.layout import DEBATE_COLOUR, QUIET_COLOUR, Layout, card, message_link
from bot.views.press import ID, Press
from bot.views.replies import replace


class NoMoreNudges(Press, prefix="fn", parts=(ID,)):
    """Stops nudges for good, in the server that the nudge comes from."""

    default_label: ClassVar[str] = "No more such messages"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            no_more_nudges, nudge_id=NudgeId(self.number(0)), user_id=user_of(interaction), at=desk.now()
        )
        words = "You get no more such messages from that server. You can take part in its debates as before."
        await replace(interaction, card(words, colour=QUIET_COLOUR))


def nudge_card(nudge_id: int, detail: str) -> Layout:
    """What somebody reads who has said nothing yet, or a great deal."""
    news = NudgeNews.model_validate_json(detail)
    thread = message_link("Go to the thread", news.link)
    match news.kind:
        case NudgeKind.SILENT:
            words = (
                "You have not said anything in it so far. There is still time, if you like: one short argument, or an "
                f"answer to somebody’s, is plenty. {thread}\n**Just reading along is fine, too:** nobody counts it "
                "against you."
            )
        case NudgeKind.DOMINANT:
            words = (
                "You have put a lot into it: thank you. Others have hardly come in yet. Could you leave them some room "
                f"for a while, or ask one of them what they make of it? {thread}"
            )
    return card(
        "### A private word on a debate",
        f"Motion: **{news.motion}**",
        words,
        "-# Only you get this, at most once a debate, and it is no part of any grade.",
        buttons=[[NoMoreNudges(nudge_id)]],
        colour=DEBATE_COLOUR,
    )
