"""Question sets for instructors: lists, one item in full, and what an uploaded file would change."""

from collections.abc import Sequence
from math import ceil
from typing import ClassVar

import discord

from bot.actions.questions import LoadPlan, SetListed, cancel_load, confirm_load, items_for
from bot.bank.item import Category, ItemBase
from bot.bank.kinds import Item, Ordering
from bot.bank.kinds.claim import Claim
from bot.bank.problem import Problem
from bot.bank.question_set import SetInfo
from bot.ids import UploadId
from bot.views.authority import InstructorPress
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import QUIET_COLOUR, RESULT_COLOUR, Button, Layout, card, learner_text, plural, shorten
from bot.views.press import ID, KEY, Press, turning
from bot.views.provenance import CATEGORY_WORDS, explanation, source_line
from bot.views.replies import replace

PROBLEMS_SHOWN = 15
NAMES_SHOWN = 12
ITEMS_ON_PAGE = 15


class ConfirmLoad(InstructorPress, prefix="lc", parts=(ID,)):
    """Loads the file that was looked at."""

    what = "load questions"
    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Load it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        loaded = await desk.run(
            confirm_load,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            upload_id=UploadId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, loaded_card(loaded))


class CancelLoad(Press, prefix="lx", parts=(ID,)):
    """Sets the file aside."""

    default_label: ClassVar[str] = "Do not load"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            cancel_load,
            guild_id=guild_of(interaction),
            upload_id=UploadId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, card("The file was set aside. Nothing was changed.", colour=QUIET_COLOUR))


class ItemPage(InstructorPress, prefix="lp", parts=(KEY, "all|statistic|history|claim", "[0-9]{1,3}")):
    """Turns to another page of a set's items: the set's key, the category or all, and the page from 0."""

    what = "look at the questions"

    async def pressed(self, interaction: discord.Interaction) -> None:
        key, category, page = self.parts
        info, items = await desk_of(interaction).read(items_for, guild_id=guild_of(interaction), set_key=key)
        chosen = None if category == "all" else Category(category)
        await replace(
            interaction, item_list(info, [each for _, each in items], category=chosen, page=int(page))
        )


def set_list(sets: Sequence[SetListed]) -> Layout:
    """All sets that a server may use."""
    if not sets:
        return card(
            "### Question sets",
            "There is no question set yet. Load one with `/questions load`, or ask the person who runs this bot.",
        )
    return card("### Question sets", "\n".join(_set_lines(listed) for listed in sets))


def item_list(
    info: SetInfo, items: Sequence[Item], *, category: Category | None = None, page: int = 0
) -> Layout:
    """The items of a set by id, or those of one category, with buttons to turn the pages if there are several.

    A page that does not exist (any more) is the nearest one that does.
    """
    chosen = [item for item in items if category in (None, item.category)]
    count = max(1, ceil(len(chosen) / ITEMS_ON_PAGE))
    page = max(0, min(page, count - 1))
    here = chosen[page * ITEMS_ON_PAGE :][:ITEMS_ON_PAGE]
    lines = [
        f"{learner_text(shorten(item.prompt, 110))}\n-# `{item.id}`"
        + (f" · {CATEGORY_WORDS[item.category]}" if category is None else "")
        for item in here
    ]
    kinds = f" · {CATEGORY_WORDS[category].lower()}s only" if category is not None else ""
    place = f"-# {plural(len(chosen), 'item')}{kinds} · page {page + 1} of {count}"
    of = "all" if category is None else category.value
    neighbours = turning(ItemPage, info.id, of, page=page, pages=count, back="Earlier")
    return card(
        f"### {info.title}",
        info.description,
        "\n".join(lines) or "There is nothing of this category in the set.",
        place if count > 1 or category is not None else None,
        "-# See one in full: choose it under `item`.",
        buttons=[neighbours],
    )


def item_card(item: Item, info: SetInfo) -> Layout:
    """One item in full, with its key: for instructors only."""
    return card(
        f"### {CATEGORY_WORDS[item.category]} · `{item.id}`",
        item.prompt,
        *_key(item),
        explanation(item),
        source_line(item, info),
        f"-# Difficulty {item.difficulty} of 5"
        + (f" · {', '.join(item.tags)}" if item.tags else "")
        + " · Only you can see this.",
    )


def load_plan(plan: LoadPlan) -> Layout:
    """What loading a file would do, with a button to do it; or every error with its line."""
    name = learner_text(plan.name)
    if plan.info is None:
        return card(
            f"### {name} cannot be loaded",
            f"{plural(len(plan.errors), 'thing')} to put right; nothing was changed.",
            _problems(plan.errors),
            "-# Correct the file and send it again with `/questions load`.",
            colour=QUIET_COLOUR,
        )
    buttons: list[Button] = []
    if plan.upload_id is not None:
        buttons = [ConfirmLoad(plan.upload_id), CancelLoad(plan.upload_id)]
    return card(
        f"### {name}: {plan.info.title}",
        "Nothing has been changed yet. Loading it would mean, for this server only:",
        "\n".join(
            (
                _change("added", plan.added),
                _change("changed (earlier answers keep the old wording)", plan.changed),
                _change("retired (their answers are kept)", plan.retired),
                f"**{plan.unchanged}** unchanged",
            )
        ),
        f"It takes the place of the bundled set `{plan.info.id}` in this server."
        if plan.hides_bundled
        else None,
        f"{plural(len(plan.warnings), 'warning')}:\n{_problems(plan.warnings)}" if plan.warnings else None,
        buttons=[buttons],
    )


def loaded_card(loaded: SetListed) -> Layout:
    """The confirmation that a set is there."""
    return card(
        "### Loaded",
        _set_lines(loaded),
        f"Run it with `/quiz live set:{loaded.key}`, or try it alone with `/quiz take set:{loaded.key}`.",
        colour=RESULT_COLOUR,
    )


def _set_lines(listed: SetListed) -> str:
    questions = sum(listed.counts.values())
    by_category = ", ".join(
        f"{listed.counts[category]} {words}"
        for category, words in (
            (Category.STATISTIC, "on statistics"),
            (Category.HISTORY, "on history"),
            (Category.CLAIM, "on contested claims"),
        )
        if listed.counts[category]
    )
    origin = "this server's own" if listed.own else "bundled"
    counts = plural(questions, "quiz question") + (f" ({by_category})" if by_category else "")
    return (
        f"**{listed.title}** (`{listed.key}`, {origin}): {counts}, {plural(listed.claims, 'claim')} to debate.\n"
        f"-# {listed.info.description}"
    )


def _key(item: ItemBase) -> list[str]:
    if isinstance(item, Claim):
        return [
            f"**Motion: {item.motion}**",
            item.background,
            f"For: {item.case_for.text}\n-# Held by: {item.case_for.holders}",
            f"Against: {item.case_against.text}\n-# Held by: {item.case_against.holders}",
            f"What would settle it: {item.evidence}",
            "\n".join(f"- {question}" for question in item.questions),
        ]
    # The choices of an order stand in the right order in the file, so its key says them already.
    options = "" if isinstance(item, Ordering) else "\n".join(f"- {text}" for text in item.choices())
    return [part for part in (options, f"**Right answer: {item.right_answer()}**") if part]


def _change(what: str, items: Sequence[Item]) -> str:
    if not items:
        return f"**0** {what}"
    names = ", ".join(f"`{item.id}`" for item in items[:NAMES_SHOWN])
    more = f" and {len(items) - NAMES_SHOWN} more" if len(items) > NAMES_SHOWN else ""
    return f"**{len(items)}** {what}: {names}{more}"


def _problems(problems: Sequence[Problem]) -> str:
    lines = [learner_text(shorten(str(problem), 220)) for problem in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"… and {len(problems) - PROBLEMS_SHOWN} more. `seminar check` lists all of them.")
    return "\n".join(f"- {line}" for line in lines)
