"""What people do in a debate on the simulated Discord, and what they see there."""

from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, InteractionResult, MemberActor

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.room import Classroom, buttons, texts
from tests.discord.room import reply as private_reply

MOTION = "Scores should be public."
"""The motion of the claim in the set ``kinds``."""


MAY_KEEP = BOT_PERMISSIONS | discord.Permissions(
    manage_channels=True, manage_threads=True, create_private_threads=True
)
"""What the bot needs for every option. SimCord asks for Manage Channels where Discord asks for Manage Threads."""

STANCES = {"for": "2", "against": "-2", "undecided": "0"}
"""The options of the form that stand for the plain views."""


@dataclass
class DebateRoom:
    """A debate that is open, its thread and the class in it."""

    room: Classroom
    thread: ChannelHandle

    @property
    def debate_id(self) -> int:
        """The debate in this thread."""
        return self.room.value(f"select debate_id from debate where thread_id = {self.thread.id}")

    @property
    def motion(self) -> discord.Message:
        """The message with the motion and its buttons, the newest if it was posted anew."""
        return next(
            each for each in reversed(self.room.posted(self.thread)) if texts(each).startswith("## Motion:")
        )

    @property
    def newest(self) -> discord.Message:
        """The newest public message in the thread."""
        return self.room.newest(self.thread)

    def argument(self, number: int) -> discord.Message:
        """The message of an argument."""
        return next(
            each
            for each in self.room.posted(self.thread)
            if texts(each).startswith(f"### Argument {number} ")
        )

    async def press(self, member: MemberActor, label: str) -> str:
        """Press a button of the motion; gives what is answered in words."""
        return texts(private_reply(await member.click(self.motion, label=label)))

    async def stance(
        self, member: MemberActor, standing: str, certainty: str | None = None, *, when: str = "before"
    ) -> str:
        """Say where one stands; gives the private answer."""
        form = await member.click(self.motion, label=f"My stance {when}")
        assert form.modal is not None, texts(private_reply(form))
        values = {"stance": STANCES.get(standing, standing)}
        if certainty is not None:
            values["certainty"] = certainty
        return texts(private_reply(await member.submit_modal(form, values)))

    async def advance(self, stages: int = 1) -> None:
        """The instructor goes on, so many stages."""
        for _ in range(stages):
            await self.room.instructor.slash(self.thread, "debate advance")
        await self.room.env.advance_time(3)

    async def argue_now(self) -> None:
        """Go on from joining to the rebuttals, where everything can be argued and answered."""
        await self.advance(2)

    async def vote_now(self) -> None:
        """Go on to the stance afterwards."""
        position, stages = self.room.rows(
            f"select position, json_array_length(timetable) from debate where thread_id = {self.thread.id}"
        )[0]
        await self.advance(int(str(stages)) - 1 - int(str(position)))

    async def write(self, member: MemberActor, form: InteractionResult, **fields: str) -> str:
        """Fill in and send off the form for an argument; gives the private answer."""
        return texts(private_reply(await member.submit_modal(form, argument(**fields))))

    async def argue(self, member: MemberActor, **fields: str) -> str:
        """Add an argument with the button of the motion; gives the private answer."""
        return await self.write(member, await self.form(member), **fields)

    async def form(self, member: MemberActor, label: str = "Add argument") -> InteractionResult:
        """Open the form for an argument; who has not joined declines a stance first, who has left comes back."""
        form = await member.click(self.motion, label=label)
        if form.modal is None:
            shown = private_reply(form)
            for way_in in {"Rather not say", "Come back"} & set(buttons(shown)):
                await member.click(shown, label=way_in)
                form = await member.click(self.motion, label=label)
        return form

    async def close(self, member: MemberActor | None = None, **options: Any) -> str:
        """``/debate close`` in the thread, and yes if it asks; gives the private answer."""
        return await self.end("close", "Yes, close it", member, **options)

    async def cancel(self, member: MemberActor | None = None, **options: Any) -> str:
        """``/debate cancel`` in the thread, and yes if it asks; gives the private answer."""
        return await self.end("cancel", "Yes, cancel it", member, **options)

    async def end(self, command: str, yes: str, member: MemberActor | None, **options: Any) -> str:
        """Type a command that ends the debate, and press the button that means it."""
        who = member or self.room.instructor
        shown = private_reply(await who.slash(self.thread, f"debate {command}", **options))
        if yes in buttons(shown):
            shown = private_reply(await who.click(shown, label=yes))
        return texts(shown)

    async def outcome(self) -> str:
        """Close the debate; gives the outcome that is posted."""
        assert "losed. " in await self.close()
        return texts(self.newest)


def argument(**fields: str) -> dict[str, str]:
    """The fields of the form for an argument: a complete one, with what is given in place of it."""
    return {
        "claim": "Lists work.",
        "evidence": "A survey of 2018.",
        "reasoning": "It shows so.",
    } | fields


def filled_in(form: InteractionResult) -> dict[str, str]:
    """What stands in the fields of a form when it comes up."""
    assert form.modal is not None, "no form came up"
    shown: dict[str, str] = {}
    for label in form.modal["components"]:
        if "component" not in label:
            continue  # a text between the fields
        field = label["component"]
        chosen = [option["value"] for option in field.get("options", ()) if option.get("default")]
        shown[field["custom_id"]] = chosen[0] if chosen else field.get("value") or ""
    return shown


def title(form: InteractionResult) -> str:
    """The title of a form."""
    assert form.modal is not None, "no form came up"
    return str(form.modal["title"])


def said_in(form: InteractionResult) -> list[str]:
    """The texts between the fields of a form."""
    assert form.modal is not None, "no form came up"
    return [part["content"] for part in form.modal["components"] if "content" in part]


async def claim_id(room: Classroom, typed: str = "public", member: MemberActor | None = None) -> str:
    """The claim that is offered first while somebody types."""
    offered = await (member or room.instructor).autocomplete(room.channel, "debate open", "claim", typed)
    return str(offered[0]["value"])


async def open_debate(
    room: Classroom, *, member: MemberActor | None = None, place: ChannelHandle | None = None, **options: Any
) -> DebateRoom:
    """``/debate open`` on the claim of the set ``kinds``, led by hand, and **Open it** below its preview."""
    place, member = place or room.channel, member or room.instructor
    options.setdefault("claim", await claim_id(room))
    options.setdefault("minutes", 0)
    preview = await member.slash(place, "debate open", **options)
    said = texts(private_reply(preview))
    assert said.startswith("### Preview of your debate"), said
    opened = await member.click(private_reply(preview), label="Open it")
    said = texts(private_reply(opened))
    assert said.startswith("The debate is open in <#"), said
    thread_id = int(said.partition("<#")[2].partition(">")[0])
    threads = [thread for channel in room.guild.channels.values() for thread in channel.threads]
    return DebateRoom(room, next(thread for thread in threads if thread.id == thread_id))


def newcomers(room: Classroom, count: int) -> list[MemberActor]:
    """More students in the class."""
    people = room.guild.roles["People"]
    return [
        room.guild.add_member(room.env.create_user(f"newcomer{number}"), roles=[people])
        for number in range(count)
    ]
