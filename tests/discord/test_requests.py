"""Every request to Discord is one that Discord takes, and the checks that say so are not blind.

The fixture ``classroom`` checks the requests of every test; here are whole lessons with all that can happen, and
the definitions of the commands.
"""

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from simcord import HttpLogEntry

from bot.views.host import CONTROL_LABELS
from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import faults
from tests.openapi import complaints, needs_openapi

Json = dict[str, Any]

CHAT_INPUT = discord.AppCommandType.chat_input.value

COMMANDS = {
    "quiz": {"live", "take", "assign", "status", "host"},
    "debate": {
        "open",
        "status",
        "advance",
        "extend",
        "pause",
        "resume",
        "close",
        "cancel",
        "transcript",
        "grade",
        "grades",
    },
    "opinion": {"open", "close", "status"},
    "questions": {"load", "list", "show"},
    "evidence": {"search"},
    "Check against the bank": set(),
    "progress": set(),
    "review": set(),
    "inbox": set(),
    "settings": set(),
    "accommodate": set(),
    "help": set(),
    "Submit as argument": set(),
    "Report to the instructors": set(),
}


def operations(requests: list[HttpLogEntry]) -> set[str]:
    """The method and the path of each request, with ids and tokens left out."""
    return {
        f"{each.method} {re.sub(r'/(?:[0-9]+|@me|@original|[^/]{20,})', '/*', each.path)}"
        for each in requests
    }


async def lesson(classroom: Classroom) -> None:
    """A quiz of all kinds with mistakes, changes, discussions, a pause, trouble, and a private quiz after it."""
    one, two = classroom.students[:2]
    question = await classroom.first_question("kinds", questions=4, seconds=20)
    for number in range(4):
        if "Answer" in buttons(question):
            await classroom.type_answer(one, question, "no idea at all, 7 or 8")
            await classroom.type_answer(two, question, "80" if "How many" in texts(question) else "Suining")
            await classroom.type_answer(two, question, "81" if "How many" in texts(question) else "Rongcheng")
        else:
            await classroom.answer(one, question, "True" if "froze" in texts(question) else RIGHT)
            await classroom.answer(two, question, "False" if "froze" in texts(question) else WRONG)
        if number == 1:
            await classroom.host("pause")
            await classroom.env.advance_time(5)
            await classroom.host("resume")
            await classroom.host("extend")
            await classroom.host("close")
            result = await classroom.close(question, seconds=0)
        else:
            result = await classroom.close(question)
        await one.click(result, label="Discuss")
        await one.send(classroom.channel.threads[-1], "Really?")
        if number < 3:
            question = await classroom.next_question()
    mine = reply(await two.click(classroom.newest(), label="My result"))
    await two.click(mine, label="Retake what I missed")
    private = reply(await one.slash(classroom.channel, "quiz take", set="rivers", questions=1))
    feedback = await classroom.answer(one, private, WRONG)
    await one.click(feedback, label="See my result")
    await classroom.instructor.autocomplete(classroom.channel, "quiz live", "set", "riv")
    await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", place="thread")
    await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", questions=2)
    await classroom.instructor.click(classroom.newest(), label="Start")
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.settle()


@needs_openapi
async def test_discord_would_take_every_request_of_a_lesson(classroom: Classroom) -> None:
    await lesson(classroom)
    requests = classroom.env.http_requests
    assert complaints(requests) == []
    assert operations(requests) >= {
        "PUT /applications/*/commands",
        "POST /channels/*/messages",
        "PATCH /channels/*/messages/*",
        "POST /channels/*/messages/*/threads",
        "POST /channels/*/threads",
        "POST /users/*/channels",
    }
    assert any("/callback" in each.path for each in requests)
    assert any(each.path.startswith("/webhooks/") for each in requests)


@needs_openapi
async def test_discord_would_take_every_request_of_a_restart(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.restart(away=60)
    assert complaints(classroom.env.http_requests) == []


async def test_lesson_pings_nobody_and_says_nothing_in_public(classroom: Classroom) -> None:
    await lesson(classroom)
    assert faults(classroom.env.http_requests, hosts=[]) == []


# The commands


def synced(classroom: Classroom) -> list[Json]:
    (sync,) = [each for each in classroom.env.http_requests if each.path.endswith("/commands")]
    assert sync.json is not None
    return sync.json


def described(spec: Json) -> Iterator[Json]:
    yield spec
    for option in spec.get("options") or ():
        yield from described(option)


@needs_openapi
async def test_discord_would_take_the_commands(classroom: Classroom) -> None:
    (sync,) = [each for each in classroom.env.http_requests if each.path.endswith("/commands")]
    assert complaints([sync]) == []


async def test_commands_are_all_there(classroom: Classroom) -> None:
    found = {
        command["name"]: {option["name"] for option in command.get("options") or () if option["type"] == 1}
        for command in synced(classroom)
    }
    assert found == COMMANDS


async def test_every_command_and_option_is_described(classroom: Classroom) -> None:
    for command in synced(classroom):
        if command["type"] != CHAT_INPUT:
            continue  # Discord takes no description of what is chosen from a message's menu
        for part in described(command):
            assert part["description"] not in ("", "…"), part["name"]
            assert len(part["description"]) <= 100


async def test_commands_are_offered_in_private_messages_to_say_where_they_work(classroom: Classroom) -> None:
    assert {tuple(command["contexts"]) for command in synced(classroom)} == {(0, 1)}


async def test_every_control_is_a_choice_of_the_host_command(classroom: Classroom) -> None:
    quiz = next(command for command in synced(classroom) if command["name"] == "quiz")
    host = next(option for option in quiz["options"] if option["name"] == "host")
    action = next(option for option in host["options"] if option["name"] == "action")
    assert [choice["name"] for choice in action["choices"]] == list(CONTROL_LABELS.values())


async def test_commands_are_synced_once_a_start(classroom: Classroom) -> None:
    await classroom.restart()
    syncs = [each for each in classroom.env.http_requests if each.path.endswith("/commands")]
    assert len(syncs) == 2
    assert syncs[0].json == syncs[1].json


# The checks themselves


def posted(message: Json, path: str = "/channels/1/messages") -> HttpLogEntry:
    return HttpLogEntry("POST", path, {}, message, None)


def answered(kind: int, data: Json) -> HttpLogEntry:
    return posted({"type": kind, "data": data}, "/interactions/1/token/callback")


QUIET: Json = {"parse": []}
TO_EIGHT: Json = {"parse": [], "users": ["8"]}
ASKS: list[Json] = [
    {"type": 10, "content": "Only the author, <@9>, can say."},
    {"type": 2, "style": 1, "label": "Fair", "custom_id": "df:1:fair"},
]
BUTTON: Json = {"type": 2, "style": 1, "label": "A", "custom_id": "qa:1:0"}


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (posted({"content": "x"}), "could ping"),
        (posted({"content": "x", "allowed_mentions": {"parse": ["users"]}}), "could ping"),
        (posted({"content": "x", "allowed_mentions": QUIET | {"roles": [5]}}), "could ping"),
        (posted({"content": "x", "allowed_mentions": QUIET | {"users": [8]}}), "no host"),
        (
            posted({"components": [*ASKS, {"type": 10, "content": "<@8>"}], "allowed_mentions": TO_EIGHT}),
            "no host",
        ),
        (posted({"components": ASKS[:1], "allowed_mentions": TO_EIGHT}), "no host"),
        (answered(4, {"content": "x", "flags": 64}), "could ping"),
        (answered(4, {"content": "x", "allowed_mentions": QUIET}), "in public"),
        (answered(5, {}), "in public"),
        (posted({"content": "x", "allowed_mentions": QUIET}, "/webhooks/1/token"), "in public"),
        (
            posted({"components": [BUTTON | {"custom_id": "qa:Danube"}], "allowed_mentions": QUIET}),
            "custom id",
        ),
        (answered(9, {"custom_id": "Danube!1", "components": []}), "custom id"),
    ],
)
def test_fault_is_found(request_: HttpLogEntry, fault: str) -> None:
    (found,) = faults([request_], hosts=[7])
    assert fault in found


@pytest.mark.parametrize(
    "request_",
    [
        posted({"components": [BUTTON], "allowed_mentions": QUIET}),
        posted({"content": "x", "allowed_mentions": QUIET | {"users": ["7"]}}),
        posted({"components": ASKS, "allowed_mentions": QUIET | {"users": ["9"]}}),
        answered(4, {"content": "x", "flags": 64 | 1 << 15, "allowed_mentions": QUIET}),
        answered(5, {"flags": 64}),
        answered(6, {}),
        answered(
            9, {"custom_id": "qt!1!2", "components": [{"type": 18, "component": {"custom_id": "answer"}}]}
        ),
    ],
)
def test_good_request_has_no_fault(request_: HttpLogEntry) -> None:
    assert faults([request_], hosts=[7]) == []
