"""/settings and /help, who may what, and what the commands say in a direct message."""

import discord
import pytest
from simcord import InteractionResult, UserHandle
from simcord.backend import serializers
from simcord.interactions import base_payload

from bot.views.help import EVERYBODY as FOR_EVERYBODY
from bot.views.help import INSTRUCTORS as FOR_INSTRUCTORS
from bot.views.help import help_card
from tests.discord.layouts import refusals, texts_of
from tests.discord.room import Classroom, contents, reply, texts
from tests.discord.test_requests import COMMANDS

EVERYBODY = [
    "/quiz take",
    "/quiz status",
    "/progress",
    "/review",
    "/evidence search",
    "/debate status",
    "My result",
    "Retake what I missed",
    "Rather not say",
    "Submit as argument",
    "Check against the bank",
    "Report to the instructors",
]
INSTRUCTORS = [
    "/quiz live", "/quiz host", "/quiz assign", "/accommodate", "/debate open", "/debate advance", "/debate extend",
    "/debate pause", "/debate resume", "/debate close", "/debate cancel", "/debate transcript",
    "/debate grade", "/debate grades",
    "/opinion open", "/opinion status", "/opinion close", "/questions load", "/questions list", "/questions show",
    "/inbox", "/settings",
]  # fmt: skip


# Settings


async def test_settings_are_shown_to_instructors(classroom: Classroom) -> None:
    teaching = classroom.guild.roles["Teaching"]
    for member in (classroom.instructor, classroom.manager):
        shown = await member.slash(classroom.channel, "settings")
        assert texts(reply(shown)) == (
            "### Settings of this server\n"
            f"**Instructors:** <@&{teaching.id}>, and those with Manage Server.\n"
            "**Quizzes and debates open in:** the channel in which the command is used.\n"
            "**Time zone for due dates and reminders:** UTC (nothing chosen).\n"
            "-# Change them with `/settings instructor_role:… default_channel:… time_zone:…`."
        )


async def test_settings_change_one_at_a_time(classroom: Classroom) -> None:
    helpers = classroom.guild.create_role("Helpers")
    debates = classroom.guild.create_text_channel("debates")
    changed = await classroom.manager.slash(classroom.channel, "settings", default_channel=debates)
    assert f"open in:** <#{debates.id}>." in texts(reply(changed))
    assert "Teaching" not in texts(reply(changed))
    changed = await classroom.manager.slash(classroom.channel, "settings", instructor_role=helpers)
    assert f"**Instructors:** <@&{helpers.id}>" in texts(reply(changed))
    assert f"open in:** <#{debates.id}>." in texts(reply(changed))
    refused = await classroom.instructor.slash(classroom.channel, "questions list")
    assert texts(reply(refused)).startswith("Only instructors ("), "the old role teaches no more"
    backend = classroom.env.backend
    backend.add_member_role(classroom.guild.id, classroom.students[0].id, helpers.id)
    listed = await classroom.students[0].slash(classroom.channel, "questions list")
    assert texts(reply(listed)).startswith("### Question sets")


async def test_settings_can_be_taken_back(classroom: Classroom) -> None:
    await classroom.manager.slash(classroom.channel, "settings", default_channel=classroom.channel)
    shown = await classroom.manager.slash(classroom.channel, "settings", forget="default_channel")
    assert "open in:** the channel in which the command is used." in texts(reply(shown))
    assert f"<@&{classroom.guild.roles['Teaching'].id}>" in texts(reply(shown))
    shown = await classroom.manager.slash(classroom.channel, "settings", forget="instructor_role")
    assert "**Instructors:** nobody besides those with Manage Server." in texts(reply(shown))
    refused = await classroom.instructor.slash(classroom.channel, "questions list")
    assert texts(reply(refused)).startswith("Only instructors (")


async def test_settings_are_changed_by_managers_only(classroom: Classroom) -> None:
    refused = "Only people with the Manage Server permission can change the settings."
    role = classroom.guild.roles["People"]
    before = classroom.rows("select * from guild")
    for member in (classroom.instructor, classroom.students[0]):
        for options in ({"default_channel": classroom.channel}, {"instructor_role": role}):
            told = await member.slash(classroom.channel, "settings", **options)
            assert texts(reply(told)) == refused
    told = await classroom.students[0].slash(classroom.channel, "settings")
    assert texts(reply(told)).startswith("Only instructors (")
    assert classroom.rows("select * from guild") == before


async def test_role_of_everybody_is_no_instructor_role(classroom: Classroom) -> None:
    everybody = classroom.guild.default_role
    told = await classroom.manager.slash(classroom.channel, "settings", instructor_role=everybody)
    assert texts(reply(told)) == "Everybody has this role. Choose a role that only instructors have."
    shown = await classroom.manager.slash(classroom.channel, "settings")
    assert f"<@&{classroom.guild.roles['Teaching'].id}>" in texts(reply(shown))


async def test_settings_outlive_a_restart(classroom: Classroom) -> None:
    await classroom.restart()
    listed = await classroom.instructor.slash(classroom.channel, "questions list")
    assert texts(reply(listed)).startswith("### Question sets")


async def test_deleted_role_teaches_nobody(classroom: Classroom) -> None:
    classroom.env.backend.delete_role(classroom.guild.id, classroom.guild.roles["Teaching"].id)
    refused = await classroom.instructor.slash(classroom.channel, "questions list")
    assert texts(reply(refused)).startswith("Only instructors (")
    shown = await classroom.manager.slash(classroom.channel, "settings")
    assert texts(reply(shown)).startswith("### Settings")


# Help


async def test_help_is_by_role(classroom: Classroom) -> None:
    for member, wanted, unwanted in (
        (classroom.students[0], EVERYBODY, INSTRUCTORS),
        (classroom.instructor, EVERYBODY + INSTRUCTORS, []),
        (classroom.manager, EVERYBODY + INSTRUCTORS, []),
    ):
        shown = texts(reply(await member.slash(classroom.channel, "help")))
        assert all(each in shown for each in wanted)
        assert not any(f"`{each}`" in shown for each in unwanted)


async def test_an_instructor_reads_first_what_instructors_do(classroom: Classroom) -> None:
    shown = texts(reply(await classroom.instructor.slash(classroom.channel, "help")))
    assert shown.index("`/quiz live`") < shown.index("What everybody can do") < shown.index("`/quiz take`")


@pytest.mark.parametrize(
    ("instructor", "blocks"), [(False, FOR_EVERYBODY), (True, (*FOR_INSTRUCTORS, *FOR_EVERYBODY))]
)
def test_help_fits_into_one_message_uncut(instructor: bool, blocks: tuple[str, ...]) -> None:
    shown = help_card(in_server=True, instructor=instructor)
    assert refusals(shown) == []
    assert all(block in texts_of(shown) for block in blocks)


async def test_help_works_in_any_channel_and_thread(classroom: Classroom) -> None:
    voice = classroom.guild.create_voice_channel("voice")
    shown = await classroom.students[0].slash(voice, "help")
    assert texts(reply(shown)).startswith("### What you can do here")


# Direct messages

IN_PRIVATE = {
    "inbox": {},
    "help": {},
    "settings": {},
    "accommodate": {},
    "quiz take": {"set": "rivers"},
    "quiz assign": {"set": "rivers", "due": "tomorrow"},
    "quiz status": {},
    "quiz live": {"set": "rivers"},
    "quiz host": {},
    "progress": {},
    "review": {},
    "debate open": {"claim": "1"},
    "debate status": {},
    "debate advance": {},
    "debate extend": {},
    "debate pause": {},
    "debate resume": {},
    "debate close": {},
    "opinion open": {"set": "rivers"},
    "opinion close": {},
    "opinion status": {},
    "evidence search": {"words": "rivers"},
    "debate cancel": {},
    "debate transcript": {},
    "debate grade": {},
    "debate grades": {},
    "questions list": {},
    "questions show": {"set": "rivers"},
    "questions load": {"file": ("a.yaml", b"set: {}")},
}


ON_MESSAGES = ("Check against the bank", "Submit as argument", "Report to the instructors")

WORKS_IN_A_SERVER = (
    "### Seminar\nSeminar works in a server, not in direct messages: open the server of your class and type `/help` "
    "there. If you do not have one yet, invite me to a server that you manage."
)


async def test_every_command_says_in_a_direct_message_where_it_works(classroom: Classroom) -> None:
    user = classroom.students[0].user
    before = contents(classroom)
    assert set(user.available_commands()) == set(IN_PRIVATE)
    for command, options in IN_PRIVATE.items():
        meant = {"learner": user} if command == "debate grade" else options
        assert texts(reply(await user.slash(command, **meant))) == WORKS_IN_A_SERVER, command
    assert contents(classroom) == before


async def test_every_message_command_says_in_a_direct_message_where_it_works(classroom: Classroom) -> None:
    user = classroom.students[0].user
    menu = classroom.bot.tree.get_commands(type=discord.AppCommandType.message)
    assert {command.name for command in menu} == set(ON_MESSAGES)
    message = await user.send_dm("Lists work.")
    before = contents(classroom)
    for command in ON_MESSAGES:
        told = texts(reply(await choose_in_private(classroom, user, command, message)))
        assert told == WORKS_IN_A_SERVER, command
    assert contents(classroom) == before


async def choose_in_private(
    classroom: Classroom, user: UserHandle, command: str, message: discord.Message
) -> InteractionResult:
    """Somebody chooses a command on a message of theirs in the direct messages with the bot."""
    backend = classroom.env.backend
    shown = dict(serializers.message_payload(backend, backend.get_message(message.channel.id, message.id)))
    record, payload = base_payload(
        backend,
        type=discord.InteractionType.application_command.value,
        channel_id=message.channel.id,
        guild_id=None,
        user_id=user.id,
        data={
            "id": "1",
            "name": command,
            "type": discord.AppCommandType.message.value,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): shown}},
        },
    )
    backend.emit("INTERACTION_CREATE", payload)
    await classroom.env.settle()
    return InteractionResult(classroom.env, record)


@pytest.mark.parametrize(
    ("command", "option", "filled"),
    [
        ("quiz take", "set", {}),
        ("debate open", "claim", {}),
        ("debate close", "debate", {}),
        ("opinion open", "tag", {"set": "kinds"}),
        ("opinion open", "closes", {}),
        ("opinion close", "opinion", {}),
        *((f"debate {name}", "debate", {}) for name in sorted(COMMANDS["debate"] - {"open", "close"})),
        ("quiz host", "run", {}),
        ("quiz assign", "due", {}),
        ("quiz assign", "opens", {}),
        ("quiz status", "assignment", {}),
        ("questions show", "item", {"set": "kinds"}),
    ],
)
async def test_nothing_comes_up_while_typing_in_a_direct_message(
    classroom: Classroom, command: str, option: str, filled: dict[str, str]
) -> None:
    assert await classroom.instructor.user.autocomplete(command, option, "", **filled) == []
