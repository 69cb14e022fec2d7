"""One's own arguments in Discord: the list and its pages, changing and withdrawing one, hidden openings, the map."""

import pytest

from tests.discord.debating import DebateRoom, filled_in, open_debate
from tests.discord.room import Classroom, buttons, parts, reply, texts
from tests.discord.sent import edits

MOST_COMPONENTS = 40


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its rebuttals that two students have joined, one on either side."""
    debate = await open_debate(classroom)
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.argue_now()
    return debate


def the_map(debate: DebateRoom) -> str:
    """What the map says."""
    [found] = [each for each in debate.room.posted(debate.thread) if texts(each).startswith("### Map")]
    return texts(found)


async def test_list_says_how_each_argument_stands_and_opens_it(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    assert (
        "You have added no argument yet. **Add argument** below the message of this stage opens the form."
        in await debate.press(one, "My arguments")
    )
    await debate.argue(one, claim="First.")
    await debate.argue(one, claim="Second.")
    await debate.argue(other, claim="No.", answers="1")
    listed = reply(await one.click(debate.motion, label="My arguments"))
    lines = texts(listed).splitlines()
    assert lines[:2] == ["### Your arguments", "**2** · Second."]
    assert "no answer yet" in lines[2]
    assert "1 answer." in lines[4]
    opened = reply(await one.click(listed, custom_id=list(dict_of(listed))[1]))
    assert texts(opened).startswith("### Your argument 1")
    assert "-# If you withdraw it, it keeps its number and the answers to it" in texts(opened)
    assert list(buttons(opened)) == ["Change it", "Withdraw it", "All of mine"]
    back = reply(await one.click(opened, label="All of mine"))
    assert texts(back) == texts(listed)
    assert "Only you can see this" in texts(back)


async def test_only_answers_that_stand_are_counted(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="Lists work.")
    await debate.argue(other, claim="No.", answers="1")
    assert "; 1 answer." in await debate.press(one, "My arguments")
    opened = reply(
        await other.click(reply(await other.click(debate.motion, label="My arguments")), label="Open")
    )
    gone = texts(reply(await other.click(opened, label="Withdraw it")))
    assert "-# Withdrawn, it keeps its number" in gone
    assert "; no answer yet." in await debate.press(one, "My arguments")


async def test_who_has_added_none_is_sent_only_where_the_button_is(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    one = classroom.students[0]
    await debate.stance(one, "undecided")
    await debate.vote_now()
    said = await debate.press(one, "My arguments")
    assert said.endswith("You have added no argument. There are no more to come in this debate.")
    mine = reply(await one.click(debate.motion, label="My arguments"))
    assert "Add argument" not in texts(mine)
    floor = await open_debate(classroom, format="open")
    assert "**Add argument** below the motion opens" in await floor.press(one, "My arguments")


def dict_of(message: object) -> dict[str, str]:
    """The custom ids of a message's buttons with their labels, in order: several may be labelled alike."""
    return {part["custom_id"]: part["label"] for part in parts(message) if part["type"] == 2}  # type: ignore[arg-type]


async def test_long_list_has_pages_that_discord_takes(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    for number in range(1, 24):
        assert "is in" in await debate.argue(one, claim=f"Point {number}.")
    await debate.room.env.advance_time(120)
    seen: list[int] = []
    page = reply(await one.click(debate.motion, label="My arguments"))
    for turn in ("Older", "Older", None):
        assert sum(1 for _ in parts(page)) <= MOST_COMPONENTS
        seen += [int(line.split("**")[1]) for line in texts(page).splitlines() if line.startswith("**")]
        if turn is not None:
            page = reply(await one.click(page, label=turn))
    assert seen == list(range(23, 0, -1))
    assert list(dict_of(page).values()).count("Newer") == 1
    assert "**20**" not in texts(page)
    assert "**13**" in texts(reply(await one.click(page, label="Newer")))


async def test_argument_is_changed_where_it_stands(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="First.", evidence="A survey.")
    await debate.argue(other, claim="No.", answers="1")
    await debate.room.env.advance_time(5)
    number_of_posts = len(debate.room.posted(debate.thread))
    opened = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    form = await one.click(opened, label="Change it")
    assert filled_in(form) == {"claim": "First.", "evidence": "A survey.", "reasoning": "It shows so."}
    told = reply(await one.submit_modal(form, {"claim": "Better.", "evidence": "Two.", "reasoning": "So."}))
    assert texts(told) == "Argument 1 is changed; the thread shows it in a moment."
    await debate.room.env.advance_time(5)
    shown = texts(debate.argument(1))
    assert "> Better." in shown
    assert "Changed <t:" in shown.splitlines()[-1]
    assert "“Better.”" in texts(debate.argument(2))
    assert "Better." in the_map(debate)
    assert "First." not in shown + the_map(debate)
    assert len(debate.room.posted(debate.thread)) == number_of_posts, "messages are edited, none is posted"
    again = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    assert "Before <t:" in texts(again)
    assert texts(again).splitlines()[-2].endswith(": First.")


async def test_text_of_a_change_comes_back_when_the_debate_was_closed_meanwhile(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    await debate.argue(one, claim="First.")
    opened = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    form = await one.click(opened, label="Change it")
    await debate.close()
    told = texts(
        reply(await one.submit_modal(form, {"claim": "Much better.", "evidence": "E.", "reasoning": "R."}))
    )
    assert told.startswith("The debate is closed, so nothing was changed.")
    assert "> Much better." in told
    assert debate.room.rows("select claim from argument") == [("First.",)]


async def test_withdrawn_argument_shows_its_text_to_nobody_and_comes_back(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="Lists work.")
    await debate.argue(other, claim="No.", answers="1")
    opened = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    gone = reply(await one.click(opened, label="Withdraw it"))
    assert list(buttons(gone)) == ["Put it back", "All of mine"]
    assert "> Lists work." in texts(gone), "its author still has the text"
    await debate.room.env.advance_time(5)
    assert texts(debate.argument(1)).splitlines()[1] == "Its author has withdrawn this argument."
    assert list(buttons(debate.argument(1))) == []
    assert "withdrawn since." in texts(debate.argument(2))
    public = "".join(texts(each) for each in debate.room.posted(debate.thread))
    assert "Lists work." not in public
    await one.click(gone, label="Put it back")
    await debate.room.env.advance_time(5)
    assert "> Lists work." in texts(debate.argument(1))


async def test_answer_to_what_is_withdrawn_meanwhile_comes_back_and_is_kept(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="Lists work.")
    form = await other.click(debate.argument(1), label="Answer argument 1")
    opened = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    await one.click(opened, label="Withdraw it")
    told = await debate.write(other, form, claim="They do not.")
    assert told.startswith(
        "The argument is withdrawn, so nothing was changed. There is nothing to answer any more."
    )
    assert "> They do not." in told
    assert debate.room.value("select count(*) from argument") == 1
    again = filled_in(await other.click(debate.motion, label="Add argument"))
    assert (again["claim"], again["answers"]) == ("They do not.", "1")


async def test_sides_that_switch_while_somebody_writes_send_the_text_back(classroom: Classroom) -> None:
    debate = await open_debate(classroom, format="switch")
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.advance()
    one = classroom.students[0]
    form = await one.click(debate.motion, label="Add argument")
    await debate.advance()
    told = await debate.write(one, form, claim="Lists work.")
    assert "Everybody has switched sides since your form came up." in told
    assert "> Lists work." in told
    assert debate.room.value("select count(*) from argument") == 0
    form = await one.click(debate.motion, label="Add argument")
    assert form.modal is not None
    side = form.modal["title"].split()[1]
    assert "as number **1**" in await debate.write(one, form)
    assert debate.room.value("select side from argument") == side


async def test_last_argument_that_is_withdrawn_leaves_an_empty_map(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    await debate.argue(one, claim="Lists work.")
    await debate.room.env.advance_time(3)
    assert "Lists work." in the_map(debate)
    opened = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    await one.click(opened, label="Withdraw it")
    await debate.room.env.advance_time(3)
    assert the_map(debate) == "### Map of the arguments\nNo argument stands at the moment."
    assert debate.room.direct_messages(debate.room.instructor) == []
    await debate.argue(one, claim="It is cheap.")
    await debate.room.env.advance_time(3)
    assert "It is cheap." in the_map(debate)


async def test_map_follows_with_a_picture_and_names_what_has_no_answer(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="First.")
    await debate.argue(one, claim="Second.")
    await debate.argue(other, claim="No.", answers="1")
    await debate.room.env.advance_time(5)
    said = the_map(debate)
    assert said.endswith("**Not challenged yet:** 2, 3.")
    assert "\n  - **3** (" in said, "an answer stands below what it answers"
    [shown] = [each for each in debate.room.posted(debate.thread) if texts(each).startswith("### Map")]
    [gallery] = [part for part in parts(shown) if part["type"] == 12]
    assert gallery["items"][0]["description"].startswith("Map of the arguments: ")
    assert all(sent.get("attachments") for sent in edits(debate.room.env.http_requests, shown.id))


async def test_anybody_reads_the_whole_map_in_private(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    for number in range(1, 23):
        await debate.argue(one, claim=f"Point {number} {'in many words ' * 12}.")
    await debate.argue(other, claim="No.", answers="1")
    await debate.room.env.advance_time(5)
    [shown] = [each for each in debate.room.posted(debate.thread) if texts(each).startswith("### Map")]
    first = reply(await debate.room.students[5].click(shown, label="Whole map"))
    assert first.ephemeral
    assert "Point 1 in many words" in texts(first)
    assert "(not challenged yet)" in texts(first)
    await debate.room.restart()
    second = reply(await debate.room.students[5].click(first, label="Next"))
    assert "-# Page 2 of 2." in texts(second)
    assert "Point 22 in many words" in texts(second)
    assert list(buttons(second)) == ["Back"]


# Hidden openings


@pytest.fixture
async def hidden(classroom: Classroom) -> DebateRoom:
    """A debate at its openings, which are hidden, that two students have joined."""
    debate = await open_debate(classroom, hide_openings=True)
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.advance()
    return debate


async def test_openings_are_seen_by_those_whose_own_is_in(hidden: DebateRoom) -> None:
    one, other = hidden.room.students[:2]
    await hidden.argue(one, claim="Lists work.")
    await hidden.room.env.advance_time(5)
    public = "".join(texts(each) for each in hidden.room.posted(hidden.thread))
    assert "Lists work." not in public
    assert "· 1 argument." in texts(hidden.motion)
    refused = await hidden.press(other, "See the openings so far")
    assert refused == (
        "Only those who have added an opening of their own can see the others' openings before this stage ends."
    )
    await hidden.argue(other, claim="They do not.")
    seen = await hidden.press(other, "See the openings so far")
    assert ("Lists work." in seen, "They do not." in seen) == (True, True)
    assert "Lists work." in await hidden.press(one, "My arguments"), "one's own can be looked up and changed"
    await hidden.advance()
    assert "> Lists work." in texts(hidden.argument(1))
    assert "> They do not." in texts(hidden.argument(2))
    assert "They do not." in the_map(hidden)


async def test_openings_are_seen_in_full_in_pages(hidden: DebateRoom) -> None:
    one, other = hidden.room.students[:2]
    for number in range(12):
        await hidden.argue(one, claim=f"Claim {number}.", reasoning=f"Because {number}. " * 20)
    await hidden.argue(other, claim="They do not.")
    shown = reply(await other.click(hidden.motion, label="See the openings so far"))
    seen = [texts(shown)]
    while "Later" in buttons(shown):
        shown = reply(await other.click(shown, label="Later"))
        seen.append(texts(shown))
    assert len(seen) > 1
    for number in range(12):
        assert f"> Claim {number}." in "\n".join(seen)
        assert " ".join([f"Because {number}."] * 20) in "\n".join(seen)
    assert f"-# Page 2 of {len(seen)}" in seen[1]
    back = reply(await other.click(shown, label="Earlier"))
    assert texts(back) == seen[-2]


async def test_stage_without_an_opening_ends_in_silence(hidden: DebateRoom) -> None:
    await hidden.advance()
    assert not any("### Map" in texts(each) for each in hidden.room.posted(hidden.thread))
    assert hidden.room.direct_messages(hidden.room.instructor) == []
