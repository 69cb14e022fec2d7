"""/debate open: who may, where, on what; and the thread that it makes."""

from collections.abc import Sequence

import discord
import pytest

from bot.actions.debate_planning import begin_opening, opening_thread_made
from bot.bank.question_set import QuestionSet
from bot.ids import ChannelId, GuildId, PlanId
from tests.classroom import claim, question_set
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import MOTION, claim_id, open_debate
from tests.discord.lessons import KINDS, RIVERS
from tests.discord.room import Classroom, buttons, parts, reply, texts

LONG = (
    "In cities of more than a million people, lists of those who broke a rule should be kept " + "open " * 22
)
LONG = f"{LONG.strip()}."

MANY = question_set(
    *(claim(f"claim-{number}", motion=f"Motion {number} is right.") for number in range(40)),
    claim("long", motion=LONG),
    key="many",
    title="Many claims",
)


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    return (KINDS, RIVERS, MANY)


def without(*names: str) -> discord.Permissions:
    """What the bot may do, but for these."""
    permissions = discord.Permissions(BOT_PERMISSIONS.value)
    permissions.update(**dict.fromkeys(names, False))
    return permissions


def nothing_was_opened(classroom: Classroom) -> bool:
    threads = [thread for channel in classroom.guild.channels.values() for thread in channel.threads]
    tables = ("debate", "thread", "board")
    return threads == [] and all(classroom.rows(f"select * from {table}") == [] for table in tables)


# The claim


async def test_motions_come_up_while_typing_cut_to_what_discord_takes(classroom: Classroom) -> None:
    everything = await classroom.instructor.autocomplete(classroom.channel, "debate open", "claim", "")
    assert len(everything) == 25
    assert all(1 <= len(each["name"]) <= 100 for each in everything)
    (found, *_) = await classroom.instructor.autocomplete(
        classroom.channel, "debate open", "claim", "cities million people lists"
    )
    assert LONG.startswith(found["name"].removesuffix("…"))
    assert found["name"].endswith("…")
    assert await classroom.instructor.autocomplete(classroom.channel, "debate open", "claim", "xyzzy") == []


async def test_long_motion_is_whole_in_the_thread_and_cut_in_its_name(classroom: Classroom) -> None:
    debate = await open_debate(classroom, claim=await claim_id(classroom, "cities million people lists"))
    assert f"## Motion: {LONG}" in texts(debate.motion)
    assert len(str(debate.thread.name)) <= 100
    assert str(debate.thread.name).startswith("Debate: In cities of more than")


async def test_what_is_no_claim_is_refused_in_words(classroom: Classroom) -> None:
    question = classroom.value("select min(revision_id) from revision")  # the first item is a question
    for typed in ("lists", MOTION, "²", "0", "-1", "9" * 18, "9" * 40, " 1", "1e3", "<@1>"):
        refused = await classroom.instructor.slash(classroom.channel, "debate open", claim=typed)
        said = texts(reply(refused))
        assert said.startswith("I cannot find "), (typed, said)
    refused = await classroom.instructor.slash(classroom.channel, "debate open", claim=str(question))
    assert texts(reply(refused)).startswith("I cannot find this claim here.")
    assert nothing_was_opened(classroom)


# Who


async def test_only_instructors_open_debates(classroom: Classroom) -> None:
    claim_number = await claim_id(classroom)
    refused = await classroom.students[0].slash(classroom.channel, "debate open", claim=claim_number)
    assert texts(reply(refused)) == (
        "Only instructors (the server's instructor role, or anybody who may manage the server) can open a debate."
    )
    assert nothing_was_opened(classroom)
    for member in (classroom.instructor, classroom.manager):
        await open_debate(classroom, member=member)
    assert classroom.rows("select opened_by from debate") == [
        (classroom.instructor.id,),
        (classroom.manager.id,),
    ]


# Where


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (["create_public_threads"], "Create Public Threads"),
        (["send_messages_in_threads"], "Send Messages in Threads"),
        (
            ["create_public_threads", "send_messages_in_threads"],
            "Create Public Threads and Send Messages in Threads",
        ),
    ],
)
async def test_missing_permission_is_named_and_nothing_is_left_behind(
    classroom: Classroom, missing: list[str], named: str
) -> None:
    classroom.allow(without(*missing))
    claim_number = await claim_id(classroom)
    refused = await classroom.instructor.slash(classroom.channel, "debate open", claim=claim_number)
    assert texts(reply(refused)) == (
        f"I lack {named} in <#{classroom.channel.id}>. Ask somebody who manages the server to allow it."
    )
    assert nothing_was_opened(classroom)
    classroom.allow(BOT_PERMISSIONS)
    await open_debate(classroom)


async def test_channel_may_be_closed_to_the_bot_alone(classroom: Classroom) -> None:
    bot_role = classroom.guild.roles[classroom.env.backend.bot_user.name]
    silent = classroom.guild.create_text_channel(
        "silent", overwrites={bot_role: discord.PermissionOverwrite(create_public_threads=False)}
    )
    claim_number = await claim_id(classroom)
    refused = await classroom.instructor.slash(
        classroom.channel, "debate open", claim=claim_number, channel=silent
    )
    assert f"I lack Create Public Threads in <#{silent.id}>" in texts(reply(refused))
    assert nothing_was_opened(classroom)


async def test_refusal_of_discord_itself_is_put_into_words(classroom: Classroom) -> None:
    path = f"/channels/{classroom.channel.id}/threads"
    classroom.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions")
    preview = await classroom.instructor.slash(
        classroom.channel, "debate open", claim=await claim_id(classroom)
    )
    refused = await classroom.instructor.click(reply(preview), label="Open it")
    assert texts(refused.followups[-1]) == (
        f"I may not open threads in <#{classroom.channel.id}>. Allow me to create public threads."
    )
    assert nothing_was_opened(classroom)


async def test_voice_channel_is_no_place_for_a_debate(classroom: Classroom) -> None:
    voice = classroom.guild.create_voice_channel("voice")
    claim_number = await claim_id(classroom)
    refused = await classroom.instructor.slash(voice, "debate open", claim=claim_number)
    assert texts(reply(refused)) == (
        "The channel is not a text channel. Use a text channel, or name one under `channel`."
    )
    assert nothing_was_opened(classroom)
    await open_debate(classroom, place=voice, channel=classroom.channel)
    assert len(classroom.channel.threads) == 1


async def test_from_a_post_of_a_forum_the_debate_becomes_a_post_beside_it(classroom: Classroom) -> None:
    forum = classroom.guild.create_forum_channel("forum")
    backend = classroom.env.backend
    backend.create_thread(forum.id, "A post", classroom.students[0].id)
    await classroom.env.settle()
    (post,) = forum.threads
    debate = await open_debate(classroom, place=post)
    assert debate.thread.id in {thread.id for thread in forum.threads}
    assert classroom.value("select channel_id from debate") == forum.id
    assert debate.room.posted(debate.thread)[0] == debate.motion, "the post's own message is the motion"


async def test_in_a_thread_the_debate_opens_beside_it(classroom: Classroom) -> None:
    first = await open_debate(classroom)
    second = await open_debate(classroom, place=first.thread)
    assert first.thread.id != second.thread.id
    assert {thread.id for thread in classroom.channel.threads} == {first.thread.id, second.thread.id}


async def test_default_channel_is_used_unless_another_is_named(classroom: Classroom) -> None:
    debates = classroom.guild.create_text_channel("debates")
    await classroom.manager.slash(classroom.channel, "settings", default_channel=debates)
    await open_debate(classroom)
    assert [len(channel.threads) for channel in (classroom.channel, debates)] == [0, 1]
    await open_debate(classroom, channel=classroom.channel)
    assert [len(channel.threads) for channel in (classroom.channel, debates)] == [1, 1]
    classroom.env.backend.delete_channel(debates.id)
    await classroom.env.settle()
    await open_debate(classroom)
    assert len(classroom.channel.threads) == 2


# The thread


async def test_thread_holds_the_cases_and_the_motion(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    assert debate.thread.name == "Debate: Scores should be public", "sentences may end with its name"
    cases, motion = classroom.posted(debate.thread)
    for said in (
        f"## Two cases on: {MOTION}",
        "### The case for\nIt makes rules visible. It is cheap.\n-# Held by: Some officials",
        "### The case against\nIt shames people. Errors stay.\n-# Held by: Some lawyers",
        "### What would settle it\nA comparison of cities with and without lists.",
        "### To think about\n- Who gains?\n- Who is harmed?",
        "Source: An atlas (A press, 2019-08-01).",
    ):
        assert said in texts(cases)
    for said in (
        f"## Motion: {MOTION}",
        "**Sides are assigned; arguments are not personal views.**",
        "Some cities published lists.",
        "**How it goes**\n1. Joining: Say privately where you stand now. Sides are given when joining ends.\n"
        "2. Openings: ",
        "5. Your stance after: ",
        "\nOf stances only totals are shown, and only when enough people voted.",
        "Now: **Joining (1 of 5)**, until the instructor goes on.",
        "choose “Rather not say”, or leave at any time",
        "Nobody has joined · 0 arguments.",
    ):
        assert said in texts(motion)
    assert not any(
        "1. " in part.get("content", "") and "Only totals" in part["content"] for part in parts(motion)
    ), "it would be shown as a part of the last point"
    assert list(buttons(motion)) == ["My stance before", "My place"]
    assert buttons(cases) == {}


async def test_debate_is_written_down_with_its_thread(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    assert classroom.rows("select guild_id, channel_id, thread_id, opened_by, state from debate") == [
        (classroom.guild.id, classroom.channel.id, debate.thread.id, classroom.instructor.id, "open")
    ]
    assert classroom.rows("select thread_id, kind, subject_id from thread") == [
        (debate.thread.id, "debate", debate.debate_id)
    ]


async def test_thread_of_an_opening_that_was_cut_short_is_taken_away(classroom: Classroom) -> None:
    classroom.allow(BOT_PERMISSIONS | discord.Permissions(manage_threads=True))
    preview = reply(
        await classroom.instructor.slash(classroom.channel, "debate open", claim=await claim_id(classroom))
    )
    plan = {
        "guild_id": GuildId(classroom.guild.id),
        "plan_id": PlanId(classroom.value("select plan_id from debate_plan")),
    }
    desk, backend = classroom.office, classroom.env.backend
    begun = await desk.run(begin_opening, **plan, at=desk.now())
    orphan = ChannelId(backend.create_thread(classroom.channel.id, "Debate", backend.bot_user.id).id)
    await desk.run(opening_thread_made, **plan, claimed_at=begun.claimed_at, thread_id=orphan)
    await classroom.restart(away=70)
    opened = reply(await classroom.instructor.click(preview, label="Open it"))
    assert texts(opened).startswith("The debate is open in <#")
    assert classroom.value("select thread_id from debate") != orphan
    asked = [(each.method, each.path) for each in classroom.env.http_requests]
    assert asked.count(("DELETE", f"/channels/{orphan}")) == 1
    assert classroom.value("select thread_id from debate_plan") == classroom.value(
        "select thread_id from debate"
    )
