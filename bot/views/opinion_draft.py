"""A class opinion for its host: the preview, its buttons, the form that chooses statements, and how far each one is."""

from collections.abc import Sequence
from typing import Any, ClassVar

import discord
from discord import ui
from discord.utils import format_dt

from bot.actions.opinions import (
    Offered,
    OpinionDraft,
    OpinionStatus,
    choose_all,
    choose_statements,
    discard_opinion,
    offered_claims,
    post_opinion,
    shown_draft,
)
from bot.debate.opinion import MOST_STATEMENTS, Opinion
from bot.errors import NotFound
from bot.ids import OpinionId, RevisionId
from bot.insight.opinion_map import FEWEST_PEOPLE, FEWEST_STATEMENTS, fewest_votes
from bot.views.authority import InstructorPress, require_instructor
from bot.views.desk import desk_of, guild_of
from bot.views.forms import Fields, Form, labelled
from bot.views.layout import DIVIDER, QUIET_COLOUR, RESULT_COLOUR, Button, Layout, card, plural, shorten, soon
from bot.views.opinion_boards import time_words
from bot.views.press import ID, SLOT, turning
from bot.views.replies import replace, reply, show_form

ON_A_PAGE = 10
"""Statements of the preview at a time: each of them is there in full."""
LONGEST_OPTION = 100
IN_A_LIST = 25
MOST_LISTS = 5
NAME = "statements-"
WHAT = "open a class opinion"


class DraftPress(InstructorPress):
    """The base of the buttons below a preview."""

    what = WHAT


class OpinionPost(DraftPress, prefix="op", parts=(ID,)):
    """Shows the class opinion to the class."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Post it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        opinion = await desk.run(
            post_opinion,
            guild_id=guild_of(interaction),
            opinion_id=OpinionId(self.number(0)),
            at=desk.now(),
        )
        await replace(
            interaction,
            card(
                f"The class opinion is open in <#{opinion.channel_id}>. `/opinion status` says how many have answered; "
                f"`/opinion close` ends it{_or_by_itself(opinion)} and posts the result.",
                colour=RESULT_COLOUR,
            ),
        )


class OpinionChoose(DraftPress, prefix="oc", parts=(ID,)):
    """Opens the form in which the statements are chosen."""

    default_label: ClassVar[str] = "Choose statements"

    async def pressed(self, interaction: discord.Interaction) -> None:
        opinion_id = OpinionId(self.number(0))
        offered = await desk_of(interaction).read(
            offered_claims, guild_id=guild_of(interaction), opinion_id=opinion_id
        )
        lists = [offered[start : start + IN_A_LIST] for start in range(0, len(offered), IN_A_LIST)]
        await show_form(
            interaction,
            STATEMENTS.modal(
                interaction,
                (opinion_id,),
                "Choose statements",
                *(_list(number, part) for number, part in enumerate(lists[:MOST_LISTS])),
            ),
        )


class OpinionAll(DraftPress, prefix="oa", parts=(ID,)):
    """Makes every claim a statement."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        draft = await desk_of(interaction).run(
            choose_all, guild_id=guild_of(interaction), opinion_id=OpinionId(self.number(0))
        )
        await replace(interaction, draft_card(draft))


class OpinionPage(DraftPress, prefix="og", parts=(ID, SLOT)):
    """Turns to a page of the statements in the preview."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        draft = await desk_of(interaction).read(
            shown_draft, guild_id=guild_of(interaction), opinion_id=OpinionId(self.number(0))
        )
        await replace(interaction, draft_card(draft, self.number(1)))


class OpinionDiscard(DraftPress, prefix="ox", parts=(ID,)):
    """Forgets the draft."""

    default_label: ClassVar[str] = "Do not post"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await desk_of(interaction).run(
            discard_opinion, guild_id=guild_of(interaction), opinion_id=OpinionId(self.number(0))
        )
        await replace(interaction, card("Nothing was posted.", colour=QUIET_COLOUR))


def draft_card(draft: OpinionDraft, page: int = 0) -> Layout:
    """What the class opinion will be, for its host alone, with a page of its statements (from 0)."""
    opinion, statements = draft.opinion, draft.statements
    of = f" of {draft.offered}" if draft.offered > len(statements) else ""
    time = time_words(len(statements))
    topic = "" if opinion.tag is None else f" on “{opinion.tag}”"
    starts = range(0, len(statements), ON_A_PAGE)
    start = starts[min(page, len(starts) - 1)]
    shown = statements[start : start + ON_A_PAGE]
    which = f"Statements {start + 1} to {start + len(shown)}:" if len(starts) > 1 else None
    neighbours = turning(
        OpinionPage,
        opinion.opinion_id,
        page=start // ON_A_PAGE,
        pages=len(starts),
        back="Earlier statements",
        onward="More statements",
    )
    return card(
        "### Preview of the class opinion",
        f"**{opinion.set_title}**{topic} · **{len(statements)}{of} statements**, {time} for each person, in "
        "an order of their own:",
        which,
        "\n".join(f"{each.number}. {each.text}" for each in shown),
        DIVIDER,
        f"It appears in <#{opinion.channel_id}> and {_ends(opinion)}. Then the result is posted there: bars by "
        f"statement, and {_map_words(len(statements))}",
        "-# Only you can see this. Nobody has been asked anything yet.",
        buttons=[neighbours, _deciding(draft)],
        colour=QUIET_COLOUR,
    )


def status_card(found: Sequence[OpinionStatus]) -> Layout:
    """How far the open class opinions are."""
    if not found:
        return card("No class opinion is open. Open one with `/opinion open`.", colour=QUIET_COLOUR)
    return card(
        "### Open class opinions",
        *(_status(each) for each in found[:10]),
        "-# What people say, and who has answered, is shown to nobody. `/opinion close` ends one and posts its result.",
        colour=QUIET_COLOUR,
    )


def _deciding(draft: OpinionDraft) -> list[Button]:
    """The buttons that post it, change its statements, or do neither."""
    opinion_id, chosen = draft.opinion.opinion_id, len(draft.statements)
    others: list[Button] = []
    if draft.offered > 1:
        others.append(OpinionChoose(opinion_id))
    if chosen < draft.offered <= MOST_STATEMENTS:
        others.append(OpinionAll(opinion_id, label=f"Take all {draft.offered}"))
    return [OpinionPost(opinion_id), *others, OpinionDiscard(opinion_id)]


def _status(status: OpinionStatus) -> str:
    opinion = status.opinion
    people = plural(status.people, "person has", "people have") if status.people else "Nobody has"
    complete = f", {status.complete} of them to all {opinion.size} statements" if status.people else " yet"
    return (
        f"**{opinion.set_title}** in <#{opinion.channel_id}>: {people} answered{complete}. "
        f"It {_ends(opinion)}."
    )


def _ends(opinion: Opinion) -> str:
    if opinion.closes_at is None:
        return "stays open until you close it with `/opinion close`"
    return f"closes {soon(opinion.closes_at)} ({format_dt(opinion.closes_at, 'f')})"


def _or_by_itself(opinion: Opinion) -> str:
    return "" if opinion.closes_at is None else f" before {format_dt(opinion.closes_at, 'f')}"


def _map_words(statements: int) -> str:
    if statements < FEWEST_STATEMENTS:
        return f"no opinion map, which takes {FEWEST_STATEMENTS} statements."
    return (
        f"an opinion map if {FEWEST_PEOPLE} people answer {fewest_votes(statements)} statements or more and fall into "
        "groups more clearly than chance explains."
    )


def _list(number: int, offered: Sequence[Offered]) -> ui.Item[Any]:
    first = number * IN_A_LIST + 1
    return labelled(
        f"Statements {first} to {first + len(offered) - 1}",
        ui.Select[ui.View](
            custom_id=f"{NAME}{number}",
            placeholder="None of these",
            required=False,
            min_values=0,
            max_values=len(offered),
            options=[_option(each) for each in offered],
        ),
    )


def _option(offered: Offered) -> discord.SelectOption:
    text = offered.claim.motion
    label = shorten(text, LONGEST_OPTION)
    rest = text[len(label) - 1 :].strip() if label.endswith("…") else ""
    return discord.SelectOption(
        label=label,
        description=shorten(f"… {rest}", LONGEST_OPTION) if rest else None,
        value=str(offered.revision_id),
        default=offered.chosen,
    )


async def _chosen(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await require_instructor(interaction, WHAT)
    values = [value for number in range(MOST_LISTS) for value in fields.get(f"{NAME}{number}", ()) if value]
    if not all(value.isascii() and value.isdigit() and len(value) <= 18 for value in values):
        raise NotFound("claim")
    draft = await desk_of(interaction).run(
        choose_statements,
        guild_id=guild_of(interaction),
        opinion_id=OpinionId(ids[0]),
        revision_ids=[RevisionId(int(value)) for value in values],
    )
    if interaction.message is None:
        await reply(interaction, draft_card(draft))
    else:
        await replace(interaction, draft_card(draft))


STATEMENTS = Form("oc", _chosen)
