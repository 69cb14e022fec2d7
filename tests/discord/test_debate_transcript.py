"""The transcript in Discord: a private file for instructors, with the names of those who agree."""

import pytest
from simcord import MemberActor

from tests.discord.debating import DebateRoom, open_debate
from tests.discord.room import Classroom, reply, texts


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """An open debate in which three students have argued, the first two of whom may be named."""
    debate = await open_debate(classroom, format="open")
    for student in classroom.students[:3]:
        await debate.argue(student, claim=f"By {student.name}.", side="for")
    for student in classroom.students[:2]:
        place = reply(await student.click(debate.motion, label="My place"))
        changed = reply(await student.click(place, label="A transcript may name me"))
        assert "Do not name me in a transcript" in str(changed.components)
    return debate


async def transcript(debate: DebateRoom, member: MemberActor | None = None) -> str:
    """``/debate transcript`` in the thread: the file."""
    member = member or debate.room.instructor
    answered = reply(await member.slash(debate.thread, "debate transcript"))
    [file] = answered.attachments
    assert file.filename == f"debate-{debate.debate_id}.md"
    return (await file.read()).decode()


def authors(text: str) -> list[str]:
    return [
        line.strip("*").split(",")[0] for line in text.splitlines() if line.startswith("*") and "UTC" in line
    ]


async def test_instructor_gets_the_arguments_and_the_names_of_those_who_agree(debate: DebateRoom) -> None:
    text = await transcript(debate)
    one, two, three = debate.room.students[:3]
    assert authors(text) == [one.name, two.name, "Learner 3"]
    assert f"> By {three.name}." in text


async def test_consent_can_be_taken_back(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    place = reply(await one.click(debate.motion, label="My place"))
    await one.click(place, label="Do not name me in a transcript")
    assert authors(await transcript(debate))[0] == "Learner 1"


async def test_member_who_left_the_server_is_named_as_they_agreed(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    debate.room.guild.remove_member(one)
    await debate.room.env.settle()
    assert authors(await transcript(debate))[0] == one.name


async def test_name_that_discord_does_not_tell_is_a_number(debate: DebateRoom) -> None:
    one, two = debate.room.students[:2]
    for path in (f"/guilds/*/members/{one.id}", f"/users/{one.id}"):
        debate.room.env.inject_error("GET", path, status=404, code=10013, message="Unknown User", times=None)
    assert authors(await transcript(debate)) == ["Learner 1", two.name, "Learner 3"]


async def test_learners_get_none(debate: DebateRoom) -> None:
    asked = await debate.room.students[0].slash(debate.thread, "debate transcript")
    assert texts(reply(asked)).startswith("Only ")
    assert reply(asked).attachments == []


async def test_closed_debate_still_has_its_transcript(debate: DebateRoom) -> None:
    await debate.close()
    assert len(authors(await transcript(debate))) == 3
