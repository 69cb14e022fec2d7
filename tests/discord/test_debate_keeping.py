"""The threads of a debate in Discord: locked while it rests, slowed, tagged, one a side; and what is in the way."""

import discord
from simcord import ChannelHandle, MemberActor

from bot.actions.leaving import leave_and_delete
from bot.ids import DebateId, GuildId, UserId
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import MAY_KEEP, DebateRoom, newcomers, open_debate
from tests.discord.room import Classroom, buttons, reply, texts

NOT_KEPT = "I could not lock or slow the thread of your debate"
NO_CAUCUS = "The sides of your debate have no private threads"


def state(debate: DebateRoom) -> tuple[bool, int]:
    """Whether the thread is locked, and its slow mode."""
    thread = debate.room.env.backend.get_thread(debate.thread.id)
    assert thread.thread_metadata is not None
    return thread.thread_metadata.locked, thread.rate_limit_per_user


async def settle(debate: DebateRoom, seconds: float = 3) -> None:
    await debate.room.env.advance_time(seconds)


def told(room: Classroom, beginning: str) -> list[str]:
    return [each for each in room.direct_messages(room.instructor) if each.startswith(beginning)]


# Locking and slowing


async def test_thread_is_slow_while_it_goes_on_and_shut_while_it_rests(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom, slowmode=30)
    await settle(debate)
    assert state(debate) == (False, 30)
    for command, locked in (("pause", True), ("pause", True), ("resume", False)):
        await classroom.instructor.slash(debate.thread, f"debate {command}")
        await settle(debate)
        assert state(debate) == (locked, 30)
    await debate.close()
    await settle(debate)
    assert state(debate) == (True, 0)
    assert texts(debate.newest).startswith("## Outcome of the debate")
    assert classroom.direct_messages(classroom.instructor) == []


async def test_host_is_told_once_where_the_bot_may_not_lock(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    for command in ("pause", "resume") * 2:
        await classroom.instructor.slash(debate.thread, f"debate {command}")
        await settle(debate)
    assert state(debate) == (False, 0)
    [notice] = told(classroom, NOT_KEPT)
    assert f"because I lack Manage Threads in <#{debate.thread.id}>" in notice
    await debate.argue_now()
    assert "is in" in await debate.argue(classroom.students[0])
    await debate.outcome()
    await settle(debate)
    assert len(told(classroom, NOT_KEPT)) == 1


async def test_permission_that_comes_later_is_used(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    await classroom.instructor.slash(debate.thread, "debate pause")
    await settle(debate)
    classroom.allow(MAY_KEEP)
    await debate.close()
    await settle(debate)
    assert state(debate) == (True, 0)


async def test_lock_that_fails_for_a_while_is_tried_again(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    path = f"/channels/{debate.thread.id}"
    classroom.env.inject_error("PATCH", path, status=500, code=0, message="Trouble", times=3)
    await classroom.instructor.slash(debate.thread, "debate pause")
    await settle(debate, 2)
    assert state(debate) == (False, 0)
    await classroom.until(lambda: state(debate) == (True, 0), seconds=60)
    assert told(classroom, NOT_KEPT) == []


async def test_lock_that_never_works_is_given_up_and_told(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    path = f"/channels/{debate.thread.id}"
    classroom.env.inject_error("PATCH", path, status=500, code=0, message="Trouble", times=None)
    await classroom.instructor.slash(debate.thread, "debate pause")
    for _ in range(60):
        await settle(debate, 30)
    [notice] = told(classroom, NOT_KEPT)
    assert "because Discord did not take it" in notice
    tries = [each for each in classroom.env.http_requests if (each.method, each.path) == ("PATCH", path)]
    assert len(tries) == 8


async def test_lock_is_made_up_for_after_a_restart(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    classroom.env.inject_error(
        "PATCH", f"/channels/{debate.thread.id}", status=500, code=0, message="Trouble", times=1
    )
    await classroom.instructor.slash(debate.thread, "debate pause")
    await classroom.restart()
    await settle(debate)
    assert state(debate) == (True, 0)


async def test_thread_that_is_not_found_is_nobodys_trouble(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    classroom.env.inject_error(
        "PATCH",
        f"/channels/{debate.thread.id}",
        status=404,
        code=10003,
        message="Unknown Channel",
        times=None,
    )
    await classroom.instructor.slash(debate.thread, "debate pause")
    await settle(debate)
    assert told(classroom, NOT_KEPT) == []


# What people do to the thread


async def test_thread_that_was_renamed_or_archived_by_hand_goes_on(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    await debate.argue_now()
    backend = classroom.env.backend
    backend.edit_channel(debate.thread.id, {"name": "another name"})
    backend.edit_channel(debate.thread.id, {}, thread_metadata={"archived": True})
    await classroom.env.settle()
    assert "is in" in await debate.argue(classroom.students[0])
    await settle(debate)
    assert "> Lists work." in texts(debate.argument(1))
    await debate.close()
    await settle(debate)
    assert state(debate) == (True, 0)
    assert debate.thread.name == "another name"


async def test_thread_that_was_locked_by_hand_is_left_so_until_the_debate_goes_on(
    classroom: Classroom,
) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom)
    await settle(debate)
    classroom.env.backend.edit_channel(debate.thread.id, {}, thread_metadata={"locked": True})
    await settle(debate, 60)
    assert state(debate) == (True, 0), "whoever locks it has a reason"
    await debate.advance()
    assert state(debate) == (False, 0), "the next stage is for everybody again"


# The threads of the sides


def caucus(debate: DebateRoom, side: str) -> ChannelHandle:
    name = f"{side}: Scores should be public"
    return next(thread for thread in debate.room.channel.threads if thread.name == name)


def members(debate: DebateRoom, side: str) -> set[int]:
    """The students in a side's thread."""
    inside = debate.room.env.backend.get_thread(caucus(debate, side).id).thread_members
    return set(inside) - {debate.room.env.backend.bot_user.id}


def drawn(debate: DebateRoom, side: str) -> set[int]:
    rows = debate.room.rows(
        "select l.user_id from debater m join learner l using (learner_id) where m.side = :side", side=side
    )
    return {user_id for (user_id,) in rows}


async def with_sides(room: Classroom, people: int = 4) -> DebateRoom:
    debate = await open_debate(room, caucus=True)
    for student in room.students[:people]:
        await debate.stance(student, "undecided")
    await debate.advance()
    await settle(debate)
    return debate


async def test_each_side_has_a_private_thread(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    for words, side in (("For", "for"), ("Against", "against")):
        assert members(debate, words) == drawn(debate, side)
        kind = classroom.env.backend.get_thread(caucus(debate, words).id).type
        assert kind == discord.ChannelType.private_thread.value
    (late,) = newcomers(classroom, 1)
    await debate.stance(late, "for")
    await settle(debate)
    assert late.id in members(debate, "For") | members(debate, "Against")
    assert classroom.direct_messages(classroom.instructor) == []


async def test_side_threads_are_put_away_after_the_end(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    await debate.close()
    await settle(debate)
    for words in ("For", "Against"):
        metadata = classroom.env.backend.get_thread(caucus(debate, words).id).thread_metadata
        assert metadata is not None
        assert (metadata.archived, metadata.locked) == (True, True)
    assert told(classroom, NO_CAUCUS) == []


async def test_who_deletes_what_they_wrote_after_the_end_is_taken_out(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    await debate.close()
    await settle(debate)
    one = classroom.students[0]
    await classroom.office.run(
        leave_and_delete,
        guild_id=GuildId(classroom.guild.id),
        debate_id=DebateId(debate.debate_id),
        user_id=UserId(one.id),
        at=classroom.office.now(),
    )
    await settle(debate)
    assert one.id not in members(debate, "For") | members(debate, "Against")
    for words in ("For", "Against"):
        metadata = classroom.env.backend.get_thread(caucus(debate, words).id).thread_metadata
        assert metadata is not None
        assert (metadata.archived, metadata.locked) == (True, True)


async def test_who_leaves_the_debate_leaves_the_thread_and_comes_back(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    one = classroom.students[0]
    await one.click(reply(await one.click(debate.motion, label="My place")), label="Leave the debate")
    await settle(debate)
    inside = members(debate, "For") | members(debate, "Against")
    assert inside == {each.id for each in classroom.students[1:4]}
    assert "is in" in await debate.argue(one)
    await settle(debate)
    assert one.id in members(debate, "For") | members(debate, "Against")


async def test_host_is_told_once_where_there_can_be_no_private_threads(classroom: Classroom) -> None:
    debate = await with_sides(classroom)
    [notice] = told(classroom, NO_CAUCUS)
    assert "because I lack Create Private Threads" in notice
    (late,) = newcomers(classroom, 1)
    await debate.stance(late, "for")
    await settle(debate)
    assert len(told(classroom, NO_CAUCUS)) == 1
    assert "is in" in await debate.argue(classroom.students[0])
    assert len(classroom.channel.threads) == 1


async def test_member_who_left_the_server_keeps_nobody_out(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom, caucus=True)
    for student in classroom.students[:4]:
        await debate.stance(student, "undecided")
    gone = classroom.students[0]
    classroom.guild.remove_member(gone)
    path = f"/channels/*/thread-members/{gone.id}"
    classroom.env.inject_error("PUT", path, status=404, code=10007, message="Unknown Member", times=None)
    await debate.advance()
    await settle(debate)
    inside = members(debate, "For") | members(debate, "Against")
    assert inside == {each.id for each in classroom.students[1:4]}
    assert told(classroom, NO_CAUCUS) == []


async def test_one_who_may_not_see_the_channel_keeps_nobody_out(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await open_debate(classroom, caucus=True)
    for student in classroom.students[:4]:
        await debate.stance(student, "undecided")
    path = f"/channels/*/thread-members/{classroom.students[0].id}"
    classroom.env.inject_error("PUT", path, status=403, code=50001, message="Missing Access", times=None)
    await debate.advance()
    await settle(debate)
    inside = members(debate, "For") | members(debate, "Against")
    assert inside == {each.id for each in classroom.students[1:4]}


async def test_side_thread_that_was_deleted_is_named(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    classroom.env.backend.delete_channel(caucus(debate, "For").id)
    await classroom.env.settle()
    for late in newcomers(classroom, 2):
        await debate.stance(late, "for")
        await settle(debate)
    [notice] = told(classroom, NO_CAUCUS)
    assert "because the one of those who argue for was deleted" in notice
    assert drawn(debate, "against") == members(debate, "Against"), "the other side's goes on"
    assert classroom.value("select state from debate") == "open"


async def test_side_thread_is_taken_out_of_the_archive_for_a_latecomer(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await with_sides(classroom)
    for words in ("For", "Against"):
        thread = caucus(debate, words)
        classroom.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await classroom.env.settle()
    (late,) = newcomers(classroom, 1)
    await debate.stance(late, "for")
    await settle(debate)
    own = "For" if late.id in drawn(debate, "for") else "Against"
    assert late.id in members(debate, own)
    metadata = classroom.env.backend.get_thread(caucus(debate, own).id).thread_metadata
    assert metadata is not None
    assert not metadata.archived


# A forum


def forum_with(room: Classroom, *tags: str, required: bool = False) -> ChannelHandle:
    forum = room.guild.create_forum_channel("debates")
    listed = [
        {"id": str(9_000 + at), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for at, name in enumerate(tags)
    ]
    room.env.backend.edit_channel(forum.id, {"available_tags": listed})
    if required:
        known = room.bot.get_channel(forum.id)
        assert isinstance(known, discord.ForumChannel)
        known._flags = discord.ChannelFlags(require_tag=True).value  # SimCord knows no such forums
    return forum


def tags_of(debate: DebateRoom) -> list[str]:
    thread = debate.room.env.backend.get_thread(debate.thread.id)
    forum = debate.room.env.backend.get_channel(thread.parent_id or 0)
    names = {int(tag["id"]): tag["name"] for tag in forum.available_tags}
    return sorted(names[tag] for tag in thread.applied_tags)


async def held_in_a_forum(room: Classroom, forum: ChannelHandle, **options: object) -> DebateRoom:
    await room.env.settle()
    debate = await open_debate(room, channel=forum, **options)
    assert debate.thread.id in [thread.id for thread in forum.threads]
    await settle(debate)
    return debate


async def test_debate_in_a_forum_is_its_post(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await held_in_a_forum(classroom, forum_with(classroom, "Ethics"))
    first = classroom.posted(debate.thread)[0]
    assert texts(first).startswith("## Motion: Scores should be public.\n**Sides are assigned")
    assert sum(texts(each).startswith("## Motion") for each in classroom.posted(debate.thread)) == 1
    assert "My stance before" in buttons(first)
    assert tags_of(debate) == []
    await debate.argue_now()
    assert "is in" in await debate.argue(classroom.students[0])
    await debate.outcome()


async def test_post_has_the_tag_of_its_stage_and_keeps_the_others(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    forum = forum_with(classroom, "Joining", "Ethics", "Opening", "Closed")
    debate = await held_in_a_forum(classroom, forum)
    assert tags_of(debate) == ["Joining"]
    classroom.env.backend.edit_channel(debate.thread.id, {"applied_tags": [9_000, 9_001]})
    await classroom.env.settle()
    await debate.advance()
    assert tags_of(debate) == ["Ethics", "Opening"]
    await debate.advance()
    assert tags_of(debate) == ["Ethics"], (
        "there is none for rebuttals, and that of the openings would be wrong"
    )
    await debate.close()
    await settle(debate)
    assert tags_of(debate) == ["Closed", "Ethics"]
    assert state(debate) == (True, 0)


async def test_forum_that_asks_for_a_tag_gets_one(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    forum = forum_with(classroom, "Ethics", "Opening", required=True)
    debate = await held_in_a_forum(classroom, forum)
    assert tags_of(debate) == ["Ethics"]
    await debate.advance()
    assert tags_of(debate) == ["Ethics", "Opening"]


async def test_only_tag_of_a_forum_that_asks_for_one_stays(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await held_in_a_forum(classroom, forum_with(classroom, "Opening", "Joining", required=True))
    assert tags_of(debate) == ["Joining"]
    await debate.advance(2)
    assert tags_of(debate) == ["Opening"]


async def test_tags_that_the_bot_may_not_set_are_nobodys_trouble(classroom: Classroom) -> None:
    debate = await held_in_a_forum(classroom, forum_with(classroom, "Joining", "Opening"))
    await debate.advance()
    assert tags_of(debate) == ["Joining"]
    assert classroom.direct_messages(classroom.instructor) == []


async def test_forum_has_no_private_threads_for_the_sides(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    forum = forum_with(classroom)
    debate = await held_in_a_forum(classroom, forum, caucus=True)
    await debate.stance(classroom.students[0], "for")
    await debate.advance()
    await settle(debate)
    [notice] = told(classroom, NO_CAUCUS)
    assert f"because <#{forum.id}> takes no private threads" in notice


async def test_forum_that_takes_no_posts_says_what_is_missing(classroom: Classroom) -> None:
    forum = forum_with(classroom)
    less = discord.Permissions(BOT_PERMISSIONS.value)
    less.update(send_messages=False, send_messages_in_threads=False)
    classroom.allow(less)
    asked = await _ask(classroom, classroom.instructor, forum)
    assert f"I lack Send Messages and Send Messages in Threads in <#{forum.id}>" in asked


async def _ask(room: Classroom, member: MemberActor, forum: ChannelHandle) -> str:
    offered = await member.autocomplete(room.channel, "debate open", "claim", "public")
    asked = await member.slash(room.channel, "debate open", claim=str(offered[0]["value"]), channel=forum)
    return texts(reply(asked))


async def test_motion_of_a_post_that_was_deleted_is_posted_again(classroom: Classroom) -> None:
    classroom.allow(MAY_KEEP)
    debate = await held_in_a_forum(classroom, forum_with(classroom))
    first = debate.motion
    classroom.env.backend.delete_message(debate.thread.id, first.id)
    await settle(debate)
    assert debate.motion.id != first.id
    assert "Kept, privately" in await debate.stance(classroom.students[0], "for")
