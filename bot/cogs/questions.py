"""``/questions``: load question sets, list them, and look at one item."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import discord
from discord import app_commands

from bot.actions.questions import confirm_load, items_for, plan_load, sets_for
from bot.bank.item import Category
from bot.bank.reading import read_upload
from bot.bank.sources import LARGEST_FILE
from bot.cogs.explained import explained
from bot.cogs.suggestions import CATEGORIES, suggest_item, suggest_set
from bot.errors import Invalid, NotFound
from bot.views.authority import require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.question_sets import item_card, item_list, load_plan, loaded_card, set_list
from bot.views.replies import reply, take_time

SUFFIXES = (".yaml", ".yml")

READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="seminar-upload")
"""Reads uploads, one after the other: a large file keeps a processor busy for seconds."""


class Questions(app_commands.Group):
    """Question sets."""

    def __init__(self) -> None:
        super().__init__(name="questions", description="Instructors: the question sets of this server")

    @app_commands.command(name="load", description="Instructors: load a question file for this server")
    @app_commands.describe(
        file="A question set as a YAML file",
        check_first="Show what would change and ask before loading (yes if left out)",
    )
    @explained
    async def load(
        self, interaction: discord.Interaction, file: discord.Attachment, check_first: bool = True
    ) -> None:
        """Check an uploaded file, and load it when that is confirmed."""
        await require_instructor(interaction, "load questions")
        if not file.filename.lower().endswith(SUFFIXES):
            raise Invalid(
                "file",
                "the name of the file does not end in .yaml",
                "Write the questions in a text file in YAML, and give it such a name.",
            )
        if file.size > LARGEST_FILE:
            raise Invalid(
                "file",
                f"it has {file.size / 2**20:.1f} MiB",
                f"A question file may have {LARGEST_FILE // 2**20} MiB at most: split it into several sets.",
            )
        # Fetching and checking a large file may take longer than the three seconds that Discord waits.
        await take_time(interaction)
        data = await file.read()
        reading = await asyncio.get_running_loop().run_in_executor(READER, read_upload, file.filename, data)
        desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
        plan = await desk.run(
            plan_load, guild_id=guild_id, user_id=user_id, name=file.filename, reading=reading, at=desk.now()
        )
        if check_first or plan.upload_id is None:
            await reply(interaction, load_plan(plan))
            return
        loaded = await desk.run(
            confirm_load, guild_id=guild_id, user_id=user_id, upload_id=plan.upload_id, at=desk.now()
        )
        await reply(interaction, loaded_card(loaded))

    @app_commands.command(name="list", description="Instructors: the question sets of this server")
    @explained
    async def list(self, interaction: discord.Interaction) -> None:
        """List the sets."""
        await require_instructor(interaction, "list the question sets")
        sets = await desk_of(interaction).read(sets_for, guild_id=guild_of(interaction))
        await reply(interaction, set_list(sets))

    @app_commands.command(
        name="show", description="Instructors: the items of a set, or one item with its answer"
    )
    @app_commands.describe(
        set="The question set",
        item="One item, in full (all items if left out)",
        category="Only the items of this category",
    )
    @app_commands.choices(category=CATEGORIES)
    @app_commands.autocomplete(set=suggest_set, item=suggest_item)
    @explained
    async def show(
        self,
        interaction: discord.Interaction,
        set: str,
        item: str | None = None,
        category: app_commands.Choice[str] | None = None,
    ) -> None:
        """Show a set or an item."""
        await require_instructor(interaction, "look at the questions")
        info, items = await desk_of(interaction).read(items_for, guild_id=guild_of(interaction), set_key=set)
        if item is None:
            chosen = None if category is None else Category(category.value)
            await reply(interaction, item_list(info, [each for _, each in items], category=chosen))
            return
        for _, each in items:
            if each.id == item:
                await reply(interaction, item_card(each, info))
                return
        raise NotFound("question", item)
