"""The checker of requests: what it lets pass, what it complains of, and how."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from tests.openapi import complaints, needs_openapi, validate
from tests.wire.limits import command_complaints, command_length
from tests.wire.server import LoopbackDiscord
from tests.wire.stock_bot import StockBot

pytestmark = needs_openapi

Json = dict[str, Any]
CALLBACK = "/interactions/1/token/callback"
MESSAGES = "/channels/1/messages"
V2 = 1 << 15


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


def row(*children: Json) -> Json:
    return {"type": 1, "components": list(children)}


def button(custom_id: str = "a", **fields: Any) -> Json:
    return {"type": 2, "style": 1, "label": "A", "custom_id": custom_id} | fields


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def command(**fields: Any) -> Json:
    return {"name": "quiz", "description": "Starts a quiz.", "type": 1} | fields


def option(name: str = "set", **fields: Any) -> Json:
    return {"name": name, "description": "Which one.", "type": 3} | fields


def sync(*commands: Json) -> list[str]:
    return validate("PUT", "/applications/1/commands", list(commands))


async def test_everything_that_discord_py_sends_passes(server: LoopbackDiscord) -> None:
    bot = StockBot()
    async with server.running(bot):
        question = (await server.slash("ask", server.instructor)).reply
        assert question is not None
        await server.click(question, "stock:1", server.instructor)
        opened = await server.click(question, "stock:form", server.instructor)
        await server.submit_modal(opened, {"Your words": "eighty"}).answered()
        await server.autocomplete("ask", "text", "Why", server.instructor)
        channel = bot.get_channel(server.channel)
        assert isinstance(channel, discord.TextChannel)
        embed = discord.Embed(title="A title", description="Words")
        sent = await channel.send("Words", embed=embed, allowed_mentions=discord.AllowedMentions.none())
        await sent.reply("To that")
        await sent.edit(content="Other words", embed=None)
        await (await sent.create_thread(name="A thread")).edit(archived=True)
        await channel.create_thread(name="Another", type=discord.ChannelType.public_thread)
        await sent.delete()
        await (await bot.fetch_user(server.instructor)).send("In private")
    assert len(server.requests) > 15
    assert complaints(server.requests) == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/users/@me", None),
        ("GET", "https://discord.com/api/v10/channels/1?with=x", None),
        ("PATCH", "/webhooks/1/token/messages/@original", {"content": "x"}),
        ("PATCH", "/webhooks/1/token/messages/%40original", {"content": "x", "tts": False}),
        ("POST", MESSAGES, {"content": "x", "message_reference": {"message_id": 5, "channel_id": "6"}}),
        ("POST", MESSAGES, {"flags": V2, "components": [text("x"), row(button())]}),
        ("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}),
        ("POST", CALLBACK, {"type": 6}),
        ("PUT", "/channels/1/thread-members/@me", None),
    ],
)
def test_good_request_passes(method: str, path: str, body: Any) -> None:
    assert validate(method, path, body) == []


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("GET", "/quizzes/1", None, "no such operation"),
        ("DELETE", "/users/@me", None, "no such operation"),
        ("GET", "/channels/None", None, "'None' is not an id"),
        ("POST", MESSAGES, None, "no body"),
        ("GET", "/channels/1", {"a": 1}, "a body where none is expected"),
        ("POST", MESSAGES, {"content": "x", "colour": 1}, "'colour' was unexpected"),
        ("POST", MESSAGES, {"content": 5}, "['content']: 5 is not of types"),
        ("POST", MESSAGES, {"content": "x" * 2001}, "more than 2000"),
        ("POST", MESSAGES, {"content": " "}, "an empty message"),
        ("POST", MESSAGES, {"content": "x", "flags": 64}, "only an answer"),
        ("POST", MESSAGES, {"components": [text("x")]}, "without their flag"),
        ("POST", MESSAGES, {"flags": V2, "content": "x", "components": [text("x")]}, "beside Components V2"),
        ("POST", MESSAGES, {"flags": V2, "components": [text("x" * 2001), text("x" * 2000)]}, "4001"),
        ("POST", MESSAGES, {"flags": V2, "components": [row(button(str(n))) for n in range(21)]}, "42"),
        ("POST", MESSAGES, {"components": [row(button(str(n))) for n in range(6)]}, "6 rows"),
        ("POST", MESSAGES, {"components": [row(button(), button())]}, "custom_id 'a' appears 2 times"),
        ("POST", MESSAGES, {"components": [row(button(label="x" * 81))]}, "is longer than 80"),
        ("POST", MESSAGES, {"components": [row(button(url="https://a.b"))]}, "with url"),
        ("POST", MESSAGES, {"components": [row(button(label=None))]}, "neither label nor emoji"),
        ("POST", MESSAGES, {"embeds": [{"description": "x" * 4000}] * 2}, "8000 characters in all"),
        ("POST", CALLBACK, {"type": 4, "data": {"title": "x"}}, "'title' was unexpected"),
        ("POST", CALLBACK, {"type": 7, "data": {"content": "x" * 2001}}, "longer than 2000"),
        ("POST", "/channels/1/messages/2/threads", {"name": "x" * 101}, "longer than 100"),
        ("POST", "/channels/1/threads", {"name": "x", "auto_archive_duration": 7}, "7 is none of 60, 1440"),
    ],
)
def test_bad_request_is_complained_of(method: str, path: str, body: Any, complaint: str) -> None:
    found = validate(method, path, body)
    assert any(complaint in line for line in found), found


def test_complaint_in_a_union_is_about_the_member_that_was_meant() -> None:
    body = {"flags": V2, "components": [{"type": 17, "components": [row(button(label=5))]}]}
    assert validate("POST", MESSAGES, body) == [
        "['components'][0]['components'][0]['components'][0]['label']: 5 is not of types \"null\", \"string\""
    ]


def gallery(*urls: str, **item: Any) -> Json:
    return {"type": 12, "items": [{"media": {"url": url}} | item for url in urls]}


def with_picture(*names: str, **item: Any) -> Json:
    files = [{"id": number, "filename": name} for number, name in enumerate(names)]
    return {"flags": V2, "components": [gallery("attachment://a.png", **item)], "attachments": files}


@pytest.mark.parametrize(
    ("method", "path", "wrapped"),
    [("POST", MESSAGES, False), ("PATCH", f"{MESSAGES}/2", False), ("POST", CALLBACK, True)],
)
def test_pictures_are_checked(method: str, path: str, wrapped: bool) -> None:
    def checked(body: Json) -> list[str]:
        return validate(method, path, {"type": 4, "data": body} if wrapped else body)

    assert checked(with_picture("a.png", description="Words")) == []
    assert checked(with_picture("b.png")) == ["the picture 'a.png' is not sent along"]
    assert "1024" in checked(with_picture("a.png", description="x" * 1_025))[0]
    assert checked(with_picture("a.png") | {"components": [gallery()]})
    assert checked(with_picture("a.png") | {"components": [gallery(*["https://a.b/c.png"] * 11)]})


def test_edit_that_leaves_its_files_alone_may_go_on_showing_them() -> None:
    body = {"flags": V2, "components": [gallery("attachment://a.png")]}
    assert validate("PATCH", f"{MESSAGES}/2", body) == []
    assert validate("PATCH", f"{MESSAGES}/2", body | {"attachments": []}) != []


def modal(*fields: Json) -> Json:
    return {"type": 9, "data": {"custom_id": "m", "title": "A form", "components": list(fields)}}


def labelled(**fields: Any) -> Json:
    control: Json = {"type": 4, "custom_id": "t", "style": 1} | fields
    return {"type": 18, "label": "Words", "component": control}


def test_modals_are_checked() -> None:
    assert validate("POST", CALLBACK, modal(labelled())) == []
    six = [labelled(custom_id=str(number)) for number in range(6)]
    assert validate("POST", CALLBACK, modal(*six)) == ["a modal of 6 items, not 1 to 5"]
    assert "appears 2 times" in validate("POST", CALLBACK, modal(labelled(), labelled()))[0]
    assert "longer than 45" in validate("POST", CALLBACK, modal(labelled() | {"label": "x" * 46}))[0]
    options = [{"label": "A", "value": "a"}]
    select = labelled(type=3, options=options, max_values=2)
    del select["component"]["style"]
    assert "max_values over its 1 options" in validate("POST", CALLBACK, modal(select))[0]


def test_good_commands_pass() -> None:
    live = option(
        "live", type=1, options=[option(required=True, autocomplete=True), option("seconds", type=4)]
    )
    assert sync(command(options=[live], nsfw=False), command(name="Flag this", type=3, description="")) == []


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([command(name="Quiz")], "lower-case"),
        ([command(name="quiz live")], "lower-case"),
        ([command(name="x" * 33)], "longer than 32"),
        ([command(description="")], "0 characters, not 1 to 100"),
        ([command(description="x" * 101)], "longer than 100"),
        ([command(), command()], "appears 2 times"),
        ([command(name=f"c{number}") for number in range(101)], "101 commands"),
        ([command(options=[option(f"o{number}") for number in range(26)])], "more than 25"),
        ([command(options=[option("a"), option("b", required=True)])], "required option after"),
        ([command(options=[option("a"), option("a")])], "option of /quiz 'a' appears 2 times"),
        ([command(options=[option("a", type=1), option("b")])], "subcommands beside"),
        ([command(options=[option(choices=[{"name": "", "value": "x"}])])], "shorter than 1"),
        (
            [command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "b"}])])],
            "autocomplete beside choices",
        ),
        ([command(options=[option(type=4, min_value=9, max_value=3)])], "min_value over max_value"),
        ([command(name="Flag", type=3, description="Flags")], "with a description"),
        ([command(emoji="x")], "'emoji' was unexpected"),
    ],
)
def test_bad_command_is_complained_of(commands: list[Json], complaint: str) -> None:
    found = sync(*commands)
    assert any(complaint in line for line in found), found


def test_all_characters_of_a_command_count() -> None:
    choices = [{"name": "n" * 100, "value": str(number) * 100} for number in range(10)]
    big = [option(f"o{number}", description="d" * 100, choices=choices) for number in range(4)]
    assert command_length(command(options=big)) == 4 + 14 + 4 * (2 + 100 + 10 * 200)
    assert any("more than 8000" in line for line in command_complaints([command(options=big)]))
    longer = command(description_localizations={"de": "x" * 50})
    assert command_length(longer) == 4 + 50
