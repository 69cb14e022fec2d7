"""How a debate rests and ends, as its class and its instructor see it; and an outcome that did not get through."""

import pytest

from bot.refusals import THREAD_LOCKED
from tests.discord import debating
from tests.discord.debating import DebateRoom, newcomers, open_debate
from tests.discord.room import Classroom, buttons, reply, texts

OUTCOME = "## Outcome of the debate"


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate in which one argument stands."""
    debate = await open_debate(classroom)
    await debate.argue_now()
    await debate.argue(classroom.students[0])
    return debate


def posted(debate: DebateRoom, beginning: str) -> list[str]:
    """What the thread shows that begins so, oldest first."""
    return [said for each in debate.room.posted(debate.thread) if (said := texts(each)).startswith(beginning)]


async def settled(debate: DebateRoom) -> None:
    await debate.room.env.settle()
    await debate.room.env.advance_time(3)


# Pauses


async def test_pause_is_said_where_people_are_and_again_when_it_comes_again(debate: DebateRoom) -> None:
    room = debate.room
    await room.instructor.slash(debate.thread, "debate pause")
    await settled(debate)
    assert texts(debate.newest).startswith(
        "### The debate is paused\nWhat you have written and voted is kept."
    )
    await room.instructor.slash(debate.thread, "debate resume")
    await settled(debate)
    assert texts(debate.newest) == "-# The debate was paused here."
    await debate.argue(room.students[1])
    await room.instructor.slash(debate.thread, "debate pause")
    await settled(debate)
    assert texts(debate.newest).startswith("### The debate is paused")
    assert len(posted(debate, "-# The debate was paused here.")) == 1
    await debate.close()
    await settled(debate)
    assert posted(debate, "### The debate is paused") == []


async def test_status_shows_ones_place_from_another_channel_while_the_debate_rests(
    debate: DebateRoom,
) -> None:
    room = debate.room
    await room.instructor.slash(debate.thread, "debate pause")
    shown = texts(reply(await room.students[0].slash(room.channel, "debate status")))
    assert "You argue" in shown
    panel = texts(reply(await room.instructor.slash(room.channel, "debate status")))
    assert panel.startswith(f"### Debate: {debating.MOTION}")


# Endings


@pytest.mark.parametrize(
    ("command", "question", "words"),
    [
        ("close", "### Close this debate now?", "and with them the stance after the debate."),
        ("cancel", "### Cancel this debate?", "What stands in the thread stays there. Stances stay private."),
    ],
)
async def test_command_that_ends_a_debate_asks_first(
    debate: DebateRoom, command: str, question: str, words: str
) -> None:
    room = debate.room
    asked = reply(await room.instructor.slash(debate.thread, f"debate {command}"))
    assert texts(asked).startswith(f"{question}\n**{debating.MOTION}**")
    assert words in texts(asked)
    assert room.value("select state from debate") == "open"
    panel = reply(await room.instructor.click(asked, label="No, let it go on"))
    assert texts(panel).startswith("### Debate:")
    assert room.value("select state from debate") == "open"


async def test_debate_at_its_last_stage_is_closed_without_a_question(debate: DebateRoom) -> None:
    await debate.vote_now()
    closed = reply(await debate.room.instructor.slash(debate.thread, "debate close"))
    assert texts(closed).startswith("The debate is closed.")


async def test_cancellation_is_said_at_the_end_of_the_thread(debate: DebateRoom) -> None:
    assert "Cancelled: there is no outcome." in await debate.cancel()
    await settled(debate)
    assert texts(debate.newest).startswith(f"## The debate was cancelled\nMotion: **{debating.MOTION}**")
    assert posted(debate, OUTCOME) == []
    assert "still hidden" not in texts(debate.newest)


async def test_cancelling_says_that_hidden_openings_stay_hidden(classroom: Classroom) -> None:
    debate = await open_debate(classroom, hide_openings=True)
    await debate.advance()
    await debate.argue(classroom.students[0])
    asked = texts(reply(await classroom.instructor.slash(debate.thread, "debate cancel")))
    assert "What stands in the thread stays there; openings that are hidden stay hidden." in asked
    await debate.cancel()
    await settled(debate)
    assert posted(debate, "### Argument") == []


# An outcome that did not get through


async def test_outcome_that_could_not_be_posted_is_posted_when_asked_for(debate: DebateRoom) -> None:
    room = debate.room
    path = f"/channels/{debate.thread.id}/messages"
    room.env.inject_error(
        "POST", path, status=400, code=THREAD_LOCKED, message="Thread is locked", times=None
    )
    await debate.close()
    await settled(debate)
    assert posted(debate, OUTCOME) == []
    assert (
        "`/debate status` shows you the outcome and can post it again"
        in room.direct_messages(room.instructor)[-1]
    )
    room.env.backend.faults.clear()
    panel = reply(await room.instructor.slash(debate.thread, "debate status"))
    assert "**Its outcome could not be posted in the thread, or was deleted there.**" in texts(panel)
    shown = reply(await room.instructor.click(panel, label="Show the outcome"))
    assert texts(shown).startswith(OUTCOME)
    again = reply(await room.instructor.click(panel, label="Post it again"))
    assert texts(again).startswith(f"### Debate: {debating.MOTION}\nI am posting it again.")
    await settled(debate)
    assert len(posted(debate, OUTCOME)) == 1
    panel = reply(await room.instructor.slash(debate.thread, "debate status"))
    assert set(buttons(panel)) == {"Show the outcome"}


async def test_outcome_that_somebody_deletes_comes_up_again(debate: DebateRoom) -> None:
    await debate.close()
    await settled(debate)
    for _ in range(4):
        debate.room.env.backend.delete_message(debate.thread.id, debate.newest.id)
        await settled(debate)
    assert posted(debate, OUTCOME) == [], "four times means it"
    panel = reply(await debate.room.instructor.slash(debate.thread, "debate status"))
    await debate.room.instructor.click(panel, label="Post it again")
    await settled(debate)
    assert len(posted(debate, OUTCOME)) == 1


async def test_outcome_of_a_debate_whose_thread_was_deleted_is_for_its_instructor(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom)
    people = [*classroom.students, *newcomers(classroom, 6)]
    for person in people:
        await debate.stance(person, "for")
    await debate.vote_now()
    for person in people:
        await debate.stance(person, "against", when="after")
    classroom.env.backend.delete_channel(debate.thread.id)
    await classroom.env.settle()
    panel = reply(await classroom.instructor.slash(classroom.channel, "debate status"))
    assert "Closed, because its thread was deleted." in texts(panel)
    assert set(buttons(panel)) == {"Show the outcome"}
    shown = texts(reply(await classroom.instructor.click(panel, label="Show the outcome")))
    assert shown.startswith(OUTCOME)
    assert f"{len(people)} people voted before" in shown
