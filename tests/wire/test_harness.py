"""The loopback Discord itself, with the unmodified discord.py client and a plain bot on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest

from tests.wire.faults import Fault
from tests.wire.interactions import NotAcknowledged
from tests.wire.process import BotProcess
from tests.wire.server import LoopbackDiscord, all_settled
from tests.wire.stock_bot import StockBot
from tests.wire.world import Message


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


@pytest.fixture
async def bot(server: LoopbackDiscord) -> AsyncIterator[StockBot]:
    client = StockBot()
    async with server.running(client):
        yield client


async def asked(server: LoopbackDiscord) -> Message:
    """The message of /ask, with its buttons."""
    question = await server.slash("ask", server.instructor)
    assert question.reply is not None
    return question.reply


def channel_of(server: LoopbackDiscord, bot: StockBot) -> discord.TextChannel:
    channel = bot.get_channel(server.channel)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_command_is_synced_and_answered(server: LoopbackDiscord, bot: StockBot) -> None:
    asked = await server.slash("ask", server.instructor, text="How many?")
    assert asked.type == 4
    assert not asked.ephemeral
    assert asked.text == "How many?"
    assert asked.reply is not None
    assert asked.reply.button("Answer 2") == "stock:2"


async def test_option_is_completed_while_typing(server: LoopbackDiscord, bot: StockBot) -> None:
    typed = await server.autocomplete("ask", "text", "Why", server.instructor)
    assert typed.choices == [{"name": "Why?", "value": "Why?"}]


async def test_click_is_answered_in_private(server: LoopbackDiscord, bot: StockBot) -> None:
    question, student = await asked(server), server.add_person("Ada")
    clicked = await server.click(question, "stock:2", student)
    assert clicked.ephemeral
    assert clicked.text == "You chose 2."
    assert clicked.latency is not None
    assert 0 < clicked.latency < 1
    with pytest.raises(discord.NotFound):
        await channel_of(server, bot).fetch_message(clicked.reply.id if clicked.reply else 0)


async def test_form_is_opened_sent_and_answered_after_a_deferral(
    server: LoopbackDiscord, bot: StockBot
) -> None:
    opened = await server.click(await asked(server), "stock:form", server.add_person("Ada"))
    assert opened.modal["title"] == "Write"
    submitted = server.submit_modal(opened, {"Your words": "eighty"})
    await submitted.answered()
    assert submitted.type == 5
    assert submitted.ephemeral
    assert submitted.text == "You wrote: eighty"
    assert submitted.followups == []


async def test_nobody_presses_a_button_that_is_not_there(server: LoopbackDiscord, bot: StockBot) -> None:
    with pytest.raises(LookupError, match="no usable"):
        server.click(await asked(server), "stock:77", server.instructor)


async def test_same_click_delivered_twice_is_answered_once(server: LoopbackDiscord, bot: StockBot) -> None:
    question = await asked(server)
    clicked = await server.click(question, "stock:1", server.instructor, deliveries=2)
    await server.click(question, "stock:2", server.instructor)
    statuses = [request.status for request in server.sent("POST", f"{clicked.token}/callback")]
    assert sorted(statuses) == [200, 400]


async def test_late_answer_is_refused(server: LoopbackDiscord, bot: StockBot) -> None:
    clicked = server.click(await asked(server), "stock:1", server.instructor, age=3.5)
    with pytest.raises(NotAcknowledged):
        await clicked
    await server.click(await asked(server), "stock:1", server.instructor)
    assert [request.status for request in server.sent("POST", f"{clicked.token}/callback")] == [404]


async def test_dropped_socket_is_resumed_and_misses_nothing(server: LoopbackDiscord, bot: StockBot) -> None:
    question = await asked(server)
    server.gateway.drop()
    clicked = server.click(question, "stock:1", server.instructor)
    await server.gateway.ready(resumed=1)
    assert (await clicked).text == "You chose 1."
    assert server.gateway.identified == 1
    assert bot.resumes == 1


async def test_client_resumes_when_asked_to_reconnect(server: LoopbackDiscord, bot: StockBot) -> None:
    server.gateway.ask_to_reconnect()
    await server.gateway.ready(resumed=1)
    await server.gateway.close(4000)
    await server.gateway.ready(resumed=2)
    assert (await server.slash("ask", server.instructor)).reply


async def test_invalid_session_begins_anew(server: LoopbackDiscord, bot: StockBot) -> None:
    server.gateway.invalidate()
    await server.gateway.ready(identified=2)
    assert (await server.slash("ask", server.instructor)).reply


async def test_refused_resume_begins_anew(server: LoopbackDiscord, bot: StockBot) -> None:
    server.gateway.refuse_resumes = 1
    server.gateway.drop()
    await server.gateway.ready(identified=2)
    assert server.gateway.resumed == 0


async def test_wrong_token_and_unapproved_intents_end_the_client(server: LoopbackDiscord) -> None:
    with server.client_pointed_here():
        with pytest.raises(discord.LoginFailure):
            await StockBot().start("another.token.altogether")
        curious = discord.Client(intents=discord.Intents.all())
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with server.running(curious):
                pass


async def test_rate_limited_request_is_sent_again(server: LoopbackDiscord, bot: StockBot) -> None:
    limit = server.rate_limit("POST", "/channels/*/messages")
    sent = await channel_of(server, bot).send("Hello")
    assert limit.hits == 1
    assert (await server.wait_for_message("Hello")).id == sent.id
    assert [request.status for request in server.sent("POST", "/messages")] == [429, 200]


async def test_server_error_after_the_message_was_posted_posts_it_once(
    server: LoopbackDiscord, bot: StockBot
) -> None:
    server.inject(Fault("POST", "/channels/*/messages", status=502, applied=True))
    sent = await channel_of(server, bot).send("Once only")
    assert len(server.sent("POST", "/messages")) == 2
    assert [m.id for m in server.world.messages[server.channel].values()] == [sent.id]


async def test_lost_callback_that_took_effect_is_refused_when_repeated(
    server: LoopbackDiscord, bot: StockBot
) -> None:
    question = await asked(server)
    server.inject(Fault("POST", "/interactions/*/callback", status=500, applied=True))
    clicked = await server.click(question, "stock:1", server.instructor)
    assert clicked.text == "You chose 1."


async def test_dropped_request_raises_and_a_slow_one_does_not(server: LoopbackDiscord, bot: StockBot) -> None:
    channel = channel_of(server, bot)
    server.inject(Fault("POST", "/channels/*", drop=True))
    with pytest.raises(aiohttp.ClientConnectionError):
        await channel.send("Lost")
    server.inject(Fault("POST", "/channels/*", latency=0.01))
    await channel.send("Slow")
    assert [message.text for message in server.world.all_messages()] == ["Slow"]


async def test_refusals_use_discords_codes(server: LoopbackDiscord, bot: StockBot) -> None:
    channel = channel_of(server, bot)
    theirs = server.say(server.channel, server.instructor, "Mine")
    with pytest.raises(discord.Forbidden) as refused:
        await channel.get_partial_message(theirs.id).edit(content="Yours")
    assert refused.value.code == 50005
    server.refuse("POST", f"/channels/{channel.id}/messages", 403, 50013)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("No")
    assert refused.value.code == 50013
    server.world.remove_channel(channel.id)
    with pytest.raises(discord.NotFound) as gone:
        await channel.typing()
    assert gone.value.code == 10003


async def test_nonce_gives_the_earlier_message(server: LoopbackDiscord, bot: StockBot) -> None:
    channel = channel_of(server, bot)
    first = await channel.send("First", nonce="board-1")
    again = await channel.send("First", nonce="board-1")
    other = await channel.send("Second", nonce="board-2")
    assert first.id == again.id != other.id


async def test_messages_are_edited_listed_and_deleted(server: LoopbackDiscord, bot: StockBot) -> None:
    channel = channel_of(server, bot)
    one, two = await channel.send("One"), await channel.send("Two")
    await one.edit(content="One, better")
    assert [message.content async for message in channel.history()] == ["Two", "One, better"]
    await two.delete()
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(two.id)


async def test_threads_come_from_messages_and_alone(server: LoopbackDiscord, bot: StockBot) -> None:
    channel = channel_of(server, bot)
    message = await channel.send("Discuss")
    thread = await message.create_thread(name="On it")
    assert thread.id == message.id
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Again")
    assert refused.value.code == 160004
    alone = await channel.create_thread(name="A debate", type=discord.ChannelType.public_thread)
    said = server.say(alone.id, server.instructor, "I think so")
    server.say(alone.id, server.add_person("Ada"), "I do not", reply_to=said)
    reply = await bot.wait_for("message", check=lambda m: m.type is discord.MessageType.reply, timeout=5)
    assert reply.reference is not None
    assert reply.reference.message_id == said.id
    # Without the message content intent others' words do not arrive.
    assert reply.content == ""
    await alone.edit(archived=True, locked=True)
    assert server.world.channels[alone.id]["thread_metadata"]["archived"]


async def test_person_is_written_to_in_private(server: LoopbackDiscord, bot: StockBot) -> None:
    student = server.add_person("Ada")
    sent = await (await bot.fetch_user(student)).send("A word")
    assert server.world.message(sent.channel.id, sent.id).text == "A word"


async def test_file_goes_to_and_fro(server: LoopbackDiscord, bot: StockBot, tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes(b"format: 1\n")
    sent = await channel_of(server, bot).send(file=discord.File(path))
    assert sent.attachments[0].filename == "set.yaml"
    assert await sent.attachments[0].read() == b"format: 1\n"


async def test_unknown_route_is_not_found(server: LoopbackDiscord, bot: StockBot) -> None:
    guild = bot.get_guild(server.guild)
    assert guild is not None
    with pytest.raises(discord.NotFound):
        await guild.invites()


async def test_bot_in_another_process_is_killed_and_started_again(
    server: LoopbackDiscord, tmp_path: Path
) -> None:
    log = tmp_path / "bot.log"
    async with BotProcess(server.environment, "tests.wire.stock_bot", log=log) as bot:
        await server.gateway.ready()
        question, students = await asked(server), server.add_people(100)
        assert all(await all_settled([server.click(question, "stock:1", who) for who in students]))
        await bot.kill()
        lost = server.click(question, "stock:1", students[0], age=2.9)
        assert not await lost.settled()
        await bot.start()
        await server.gateway.ready(identified=2)
        assert (await server.click(question, "stock:2", students[0])).text == "You chose 2."
    assert "Traceback" not in bot.output()
