"""A debate on the simulated Discord as its people press it, for tests of fairness."""

from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage

from tests.discord.room import Classroom, buttons, reply, texts

REPORT = "Report to the instructors"


@dataclass
class FairLesson:
    """A debate that is open, its thread and the class in it."""

    room: Classroom
    thread: ChannelHandle

    @property
    def debate_id(self) -> int:
        return int(self.room.value(f"select debate_id from debate where thread_id = {self.thread.id}"))

    def message(self, begins: str) -> discord.Message:
        """The newest public message in the thread whose text begins so."""
        posted = reversed(self.room.posted(self.thread))
        return next(each for each in posted if texts(each).startswith(begins))

    @property
    def motion(self) -> discord.Message:
        return self.message("## Motion:")

    def argument(self, number: int) -> discord.Message:
        return self.message(f"### Argument {number} ")

    async def stance(self, member: MemberActor, stance: str, *, when: str = "before") -> str:
        form = await member.click(self.motion, label=f"My stance {when}")
        return texts(reply(await member.submit_modal(form, {"stance": stance})))

    async def argue(self, member: MemberActor, claim: str = "Lists work.", **more: str) -> str:
        form = await member.click(self.motion, label="Add argument")
        if form.modal is None and "### Before you take part" in texts(reply(form)):
            await member.click(reply(form), label="Rather not say")
            form = await member.click(self.motion, label="Add argument")
        fields = {"claim": claim, "evidence": "A survey.", "reasoning": "It shows so.", "side": "for"} | more
        return texts(reply(await member.submit_modal(form, fields)))

    async def my_place(self, member: MemberActor) -> ResponseMessage:
        return reply(await member.click(self.motion, label="My place"))

    async def host(self, command: str, **options: Any) -> ResponseMessage:
        """The instructor uses a command of ``/debate`` in the thread, and says yes if it asks whether to end it."""
        shown = reply(await self.room.instructor.slash(self.thread, f"debate {command}", **options))
        for yes in {"Yes, close it", "Yes, cancel it"} & set(buttons(shown)):
            shown = reply(await self.room.instructor.click(shown, label=yes))
        return shown

    async def settle(self) -> None:
        """Time passes, so that all public messages show the newest state."""
        await self.room.env.advance_time(6)


async def fair_lesson(room: Classroom, *, minutes: int = 0, **options: Any) -> FairLesson:
    """``/debate open`` on the claim of the set ``kinds``: one thread without sides, unless told otherwise."""
    offered = await room.instructor.autocomplete(room.channel, "debate open", "claim", "public")
    options = {"claim": offered[0]["value"], "format": "open", "minutes": minutes} | options
    preview = reply(await room.instructor.slash(room.channel, "debate open", **options))
    said = texts(reply(await room.instructor.click(preview, label="Open it")))
    assert said.startswith("The debate is open in <#"), said
    thread_id = int(said.partition("<#")[2].partition(">")[0])
    thread = next(each for each in room.channel.threads if each.id == thread_id)
    await room.env.settle()
    return FairLesson(room, thread)


async def report(
    member: MemberActor,
    channel: ChannelHandle,
    message: discord.Message,
    words: str = "",
) -> ResponseMessage:
    """Report a message with the message command; gives the private answer."""
    form = await report_form(member, channel, message)
    return reply(await member.submit_modal(form, {"text": words}))


async def report_form(
    member: MemberActor, channel: ChannelHandle, message: discord.Message
) -> InteractionResult:
    """Choose the message command; gives what comes up."""
    return await member.context_menu(channel, REPORT, message)
