"""A debate at its awkward moments: two presses at once, a permission lost, a stage that ends while somebody writes."""

import discord
import pytest
from simcord import MemberActor

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import argument, claim_id, newcomers, open_debate
from tests.discord.room import Classroom, buttons, reply, texts


def without(*names: str) -> discord.Permissions:
    """What the bot may do, but for these."""
    permissions = discord.Permissions(BOT_PERMISSIONS.value)
    permissions.update(**dict.fromkeys(names, False))
    return permissions


@pytest.fixture
def colleague(classroom: Classroom) -> MemberActor:
    """A second instructor."""
    roles = classroom.guild.roles
    user = classroom.env.create_user("colleague")
    return classroom.guild.add_member(user, roles=[roles["People"], roles["Teaching"]])


def position(room: Classroom) -> int:
    return room.value("select position from debate")


# Opening


async def test_two_presses_on_open_it_make_one_debate(classroom: Classroom) -> None:
    instructor = classroom.instructor
    asked = await instructor.slash(classroom.channel, "debate open", claim=await claim_id(classroom))
    preview = reply(asked)
    press = (instructor, preview, buttons(preview)["Open it"])
    told = [texts(each) for each in await classroom.press_at_once(press, press)]
    assert sum(each.startswith("The debate is open in <#") for each in told) == 1
    # The second press comes while the first one makes the thread, or after it.
    assert (
        told.count("The debate is being opened at this moment, so nothing was changed.")
        + told.count("The debate is open already, so nothing was changed.")
        == len(told) - 1
    )
    assert len(classroom.channel.threads) == 1
    assert classroom.value("select count(*) from debate") == 1


async def test_permission_that_is_lost_before_open_it_is_named_and_the_plan_is_kept(
    classroom: Classroom,
) -> None:
    instructor = classroom.instructor
    asked = await instructor.slash(classroom.channel, "debate open", claim=await claim_id(classroom))
    classroom.allow(without("create_public_threads"))
    refused = texts(reply(await instructor.click(reply(asked), label="Open it")))
    assert refused == (
        f"I lack Create Public Threads in <#{classroom.channel.id}>. "
        "Ask somebody who manages the server to allow it."
    )
    assert classroom.rows("select * from debate") == []
    classroom.allow(BOT_PERMISSIONS)
    opened = texts(reply(await instructor.click(reply(asked), label="Open it")))
    assert opened.startswith("The debate is open in <#")


async def test_channel_that_is_deleted_before_open_it_is_no_riddle(classroom: Classroom) -> None:
    elsewhere = classroom.guild.create_text_channel("elsewhere")
    asked = await classroom.instructor.slash(
        classroom.channel, "debate open", claim=await claim_id(classroom), channel=elsewhere
    )
    classroom.env.backend.delete_channel(elsewhere.id)
    await classroom.env.settle()
    told = texts(reply(await classroom.instructor.click(reply(asked), label="Open it")))
    assert told.startswith("I cannot find this channel here.")
    assert classroom.rows("select * from debate") == []


async def test_slow_mode_that_may_not_be_set_is_told_and_the_debate_goes_on(classroom: Classroom) -> None:
    debate = await open_debate(classroom, slowmode=30)
    await classroom.env.advance_time(3)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert told.startswith(
        "I could not lock or slow the thread of your debate, because I lack Manage Threads"
    )
    await debate.argue_now()
    assert "is in" in await debate.argue(classroom.students[0])


# Going on


async def test_two_instructors_who_press_next_stage_at_once_go_on_once(
    classroom: Classroom, colleague: MemberActor
) -> None:
    debate = await open_debate(classroom)
    panels = [
        (member, reply(await member.slash(debate.thread, "debate status")))
        for member in (classroom.instructor, colleague)
    ]
    told = await classroom.press_at_once(
        *((member, panel, buttons(panel)["Next stage"]) for member, panel in panels)
    )
    assert position(classroom) == 1
    shown = [texts(classroom_panel) for classroom_panel in told]
    assert all("Now: **Openings (2 of 5)**" in each for each in shown)
    # Either of them may be the quicker one.
    assert sorted("**It has gone on already:**" in each for each in shown) == [False, True]


async def test_two_instructors_who_send_the_command_at_once_go_on_once(
    classroom: Classroom, colleague: MemberActor
) -> None:
    debate = await open_debate(classroom)
    first = reply(await classroom.instructor.slash(debate.thread, "debate advance"))
    second = reply(await colleague.slash(debate.thread, "debate advance"))
    assert position(classroom) == 1
    assert "**It has gone on already:** another instructor or the clock was quicker" in texts(second)
    assert "gone on already" not in texts(first)
    await classroom.env.advance_time(6)
    await colleague.slash(debate.thread, "debate advance")
    assert position(classroom) == 2


async def test_command_that_meets_the_clock_skips_no_stage(classroom: Classroom) -> None:
    debate = await open_debate(classroom, minutes=2)
    await classroom.env.advance_time(62)
    assert position(classroom) == 1
    told = reply(await classroom.instructor.slash(debate.thread, "debate advance"))
    assert "Now: **Openings (2 of 5)**" in texts(told)
    assert position(classroom) == 1


# A stage that ends while a form is open


async def test_stance_before_whose_form_was_open_at_the_last_vote_says_what_to_press(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom)
    one, other = classroom.students[:2]
    form = await one.click(debate.motion, label="My stance before")
    late = await other.click(debate.motion, label="My stance before")
    await debate.advance()
    told = texts(reply(await other.submit_modal(late, {"stance": "1"})))
    assert told.startswith(
        "Kept, privately: **Slightly for**. The arguments have begun, so it is counted, but not compared with the one "
        "after the debate."
    )
    await debate.vote_now()
    told = texts(reply(await one.submit_modal(form, {"stance": "2"})))
    assert "where they stand after the debate" in told
    assert "**My stance after**" in told
    assert classroom.value("select count(*) from stance") == 1


async def test_stance_after_whose_form_was_open_at_the_close_says_so(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    await debate.vote_now()
    form = await classroom.students[0].click(debate.motion, label="My stance after")
    await debate.close()
    told = texts(reply(await classroom.students[0].submit_modal(form, {"stance": "2"})))
    assert told.startswith("The debate is closed, so nothing was changed.")


async def test_argument_whose_form_was_open_when_arguing_ended_goes_back_to_its_author(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom)
    one = classroom.students[0]
    await debate.argue_now()
    form = await debate.form(one)
    await debate.vote_now()
    told = await debate.write(one, form, claim="What I mean.")
    assert told.startswith(
        "The debate is at its last vote, so nothing was changed. It takes no more arguments."
    )
    assert "> What I mean." in told
    assert classroom.value("select count(*) from argument") == 0


async def test_opening_whose_form_was_open_at_the_end_of_the_openings_is_a_rebuttal(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom, hide_openings=True)
    one = classroom.students[0]
    await debate.advance()
    form = await debate.form(one)
    await debate.advance()
    told = await debate.write(one, form, claim="A little late.")
    assert told.startswith("Your argument is in, as number **1**. The thread shows it in a moment.")
    await classroom.env.advance_time(3)
    assert "> A little late." in texts(debate.argument(1))


async def test_argument_of_a_fishbowl_whose_round_ended_meanwhile_goes_back_to_its_author(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom, format="fishbowl")
    for student in classroom.students:
        await debate.stance(student, "undecided")
    await debate.advance()
    forms = [(each, await each.click(debate.motion, label="Add argument")) for each in classroom.students]
    one, form = next((each, form) for each, form in forms if form.modal is not None)
    await debate.advance()
    told = await debate.write(one, form, claim="My only word.")
    assert told.startswith("This round is for others to argue, so nothing was changed.")
    assert "> My only word." in told


async def test_argument_that_was_written_in_a_pause_goes_back_and_is_kept(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    one = classroom.students[0]
    await debate.argue_now()
    form = await debate.form(one)
    await classroom.instructor.slash(debate.thread, "debate pause")
    told = texts(reply(await one.submit_modal(form, argument(claim="In the pause."))))
    assert told.startswith("The debate is paused, so nothing was changed.")
    assert "> In the pause." in told
    await classroom.instructor.slash(debate.thread, "debate resume")
    assert "as number **1**" in await debate.argue(one, claim="In the pause.")


# Somebody who leaves the server


async def test_member_who_leaves_the_server_leaves_their_words_and_holds_up_nobody(
    classroom: Classroom,
) -> None:
    debate = await open_debate(classroom, steelman=True)
    gone, *others = [*classroom.students[:3], *newcomers(classroom, 1)]
    for student in (gone, *others):
        await debate.stance(student, "undecided")
    await debate.argue_now()
    await debate.argue(gone, claim="My last word here.")
    await classroom.env.advance_time(3)
    classroom.guild.remove_member(gone)
    await classroom.env.settle()
    assert "> My last word here." in texts(debate.argument(1))
    forms = [(each, await each.click(debate.argument(1), label="Answer argument 1")) for each in others]
    other, form = next(
        (each, form) for each, form in forms if form.modal is not None and "restate" in form.modal["title"]
    )
    await other.submit_modal(form, {"text": "In other words."})
    await classroom.env.advance_time(301)
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert "as number **2**" in await debate.write(other, form)
    await classroom.env.advance_time(3)
    assert "4 people joined and 2 of them argued" in await debate.outcome()
