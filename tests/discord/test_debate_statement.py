"""The joint statement in Discord: writing it together, two forms at once, signing one wording, the close."""

import pytest
from simcord import InteractionResult, MemberActor

from tests.discord.debating import DebateRoom, filled_in, newcomers, open_debate
from tests.discord.room import Classroom, buttons, reply, texts


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its joint statement, which two students have joined."""
    debate = await open_debate(classroom, format="switch")
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.advance(3)
    return debate


async def form_of(debate: DebateRoom, member: MemberActor) -> InteractionResult:
    return await member.click(debate.motion, label="Joint statement")


async def send(debate: DebateRoom, member: MemberActor, form: InteractionResult, text: str) -> str:
    told = texts(reply(await member.submit_modal(form, {"text": text})))
    await debate.room.env.advance_time(3)
    return told


async def test_class_writes_one_text_in_turns(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    form = await form_of(debate, one)
    assert filled_in(form)["text"].startswith("We agree that …")
    assert "The statement is changed" in await send(debate, one, form, "We agree that *lists*\nshame people.")
    shown = debate.newest
    assert texts(shown).splitlines()[:3] == [
        "### Joint statement",
        "> We agree that \\*lists\\*",
        "> shame people.",
    ]
    assert texts(shown).endswith("-# Fewer than five signatures so far. A change begins the count anew.")
    assert list(buttons(shown)) == ["I can sign this", "Change it"]
    form = await other.click(shown, label="Change it")
    assert filled_in(form)["text"] == "We agree that *lists*\nshame people."
    await send(debate, other, form, "We agree on little.")
    assert "> We agree on little." in texts(debate.room.now(shown)), "it stays one message"


async def test_beginning_that_nobody_completed_goes_back_to_its_sender(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    posted = debate.newest
    form = await form_of(debate, one)
    told = await send(debate, one, form, filled_in(form)["text"])
    assert told.startswith(
        "Nobody has completed its sentences yet. Say what all can agree on, and where "
        "you differ. This is what you wrote; only you can see it.\n> We agree that …"
    )
    assert debate.newest.id == posted.id


async def test_what_the_class_had_said_before_is_read_and_put_back(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await send(debate, one, await form_of(debate, one), "We agree that *lists* shame people.")
    shown = debate.newest
    assert "Earlier wordings" not in buttons(shown)
    await one.click(shown, label="I can sign this")
    for text in ("Nonsense.", "More nonsense."):
        await send(debate, other, await other.click(debate.room.now(shown), label="Change it"), text)
    assert "-# It was changed 2 times: the wording before with most signatures had fewer than five." in texts(
        debate.room.now(shown)
    )
    listed = reply(await one.click(debate.room.now(shown), label="Earlier wordings"))
    assert texts(listed).startswith("### Earlier wording 2 of 2\n> Nonsense.\n")
    assert list(buttons(listed)) == ["Put this one back", "An older one"]
    older = reply(await one.click(listed, label="An older one"))
    assert texts(older).startswith("### Earlier wording 1 of 2\n> We agree that \\*lists\\* shame people.\n")
    assert "Fewer than five signatures." in texts(older)
    assert list(buttons(older)) == ["Put this one back", "A newer one"]
    done = reply(await one.click(older, label="Put this one back"))
    assert texts(done) == "This wording is back; the thread shows it in a moment."
    await debate.room.deliver_again()
    await debate.room.env.advance_time(3)
    assert "> We agree that \\*lists\\* shame people." in texts(debate.room.now(shown))
    assert debate.room.value("select count(*) from statement_version") == 4
    outside = debate.room.students[2]
    told = reply(await outside.click(debate.room.now(shown), label="Earlier wordings"))
    assert "Nonsense" not in texts(told)
    assert list(buttons(told)) == ["My stance before", "Rather not say"]


async def test_who_signed_is_told_privately_that_the_wording_was_changed(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await send(debate, one, await form_of(debate, one), "We agree.")
    await one.click(debate.newest, label="I can sign this")
    await send(debate, other, await other.click(debate.newest, label="Change it"), "We agree less.")
    [told] = debate.room.direct_messages(one)
    assert told.startswith(
        "The joint statement of the debate “Scores should be public.” was changed after you "
    )
    assert f"Please read it in <#{debate.thread.id}>" in told


async def test_two_who_write_at_once_lose_nothing(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    first, second = await form_of(debate, one), await form_of(debate, other)
    await send(debate, one, first, "By one.")
    told = await send(debate, other, second, "By *the* other.")
    assert told.startswith("The statement is newer than the one that you changed, so nothing was changed.")
    assert "> By \\*the\\* other." in told
    assert "> By one." in texts(debate.newest)
    form = await debate.room.students[1].click(debate.newest, label="Change it")
    await send(debate, other, form, "By both.")
    assert "> By both." in texts(debate.newest)


async def test_signature_is_for_one_wording_and_can_be_taken_back(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await send(debate, one, await form_of(debate, one), "We agree.")
    shown = debate.newest
    signed = reply(await one.click(shown, label="I can sign this"))
    assert (
        texts(signed) == "You have signed this wording. Only the number of signatures is shown, from five on."
    )
    others = newcomers(debate.room, 3)
    for student in others:
        await debate.stance(student, "declined")
    for signer in (other, *others):
        await signer.click(shown, label="I can sign this")
    await debate.room.env.advance_time(3)
    assert "-# 5 signatures to this wording." in texts(debate.room.now(shown))
    assert str(one.id) not in texts(debate.room.now(shown)), "nobody is named"
    back = reply(await one.click(signed, label="Take it back"))
    assert texts(back) == "Your signature is taken back."
    await debate.room.env.advance_time(3)
    assert "-# Fewer than five signatures so far." in texts(debate.room.now(shown))
    assert debate.room.value("select count(*) from signature") == 4
    await send(debate, other, await other.click(debate.room.now(shown), label="Change it"), "We agree more.")
    assert "-# Fewer than five signatures so far." in texts(debate.room.now(shown))


async def test_who_stands_outside_is_told_what_joining_means_first(debate: DebateRoom) -> None:
    one, outside = debate.room.students[0], debate.room.students[2]
    await send(debate, one, await form_of(debate, one), "We agree.")
    for message, label in ((debate.motion, "Joint statement"), (debate.newest, "I can sign this")):
        shown = reply(await outside.click(message, label=label))
        assert "leave at any time" in texts(shown)
        assert list(buttons(shown)) == ["My stance before", "Rather not say"]
    assert debate.room.value("select count(*) from debater") == 2
    joined = reply(await outside.click(shown, label="Rather not say"))
    assert "You have signed this wording." in texts(
        reply(await outside.click(debate.newest, label="I can sign this"))
    )
    await outside.click(joined, label="Leave the debate")
    shown = reply(await outside.click(debate.newest, label="Change it"))
    assert list(buttons(shown)) == ["Come back"]
    assert debate.room.value("select count(*) from debater where left_at is null") == 2


async def test_while_all_vote_the_way_in_is_the_stance_afterwards(debate: DebateRoom) -> None:
    outside = debate.room.students[2]
    await debate.vote_now()
    shown = reply(await outside.click(debate.motion, label="Joint statement"))
    assert list(buttons(shown)) == ["My stance after"]
    form = await outside.click(shown, label="My stance after")
    assert "leave at any time" in str(form.modal), "what joining means comes first there, too"
    assert "You argue **" in texts(reply(await outside.submit_modal(form, {"stance": "declined"})))
    form = await form_of(debate, outside)
    assert form.modal is not None


async def test_press_that_is_delivered_twice_is_one_signature(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    await send(debate, one, await form_of(debate, one), "We agree.")
    await one.click(debate.newest, label="I can sign this")
    await debate.room.deliver_again()
    assert debate.room.value("select count(*) from signature") == 1


async def test_nobody_signs_what_they_have_not_seen(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await send(debate, one, await form_of(debate, one), "We agree.")
    seen = debate.newest
    await send(debate, other, await other.click(seen, label="Change it"), "We do not agree.")
    late = await debate.room.press_late(one, seen, buttons(seen)["I can sign this"])
    assert texts(late) == (
        "The statement is changed since, so nothing was changed. Read it again before you sign."
    )
    assert debate.room.value("select count(*) from signature") == 0


async def test_statement_stands_in_the_outcome_and_takes_nothing_more(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    await send(debate, one, await form_of(debate, one), "We agree.")
    shown = debate.newest
    form = await one.click(shown, label="Change it")
    assert "### Joint statement\n> We agree." in await debate.outcome()
    await debate.room.env.advance_time(3)
    assert list(buttons(debate.room.now(shown))) == []
    told = await send(debate, one, form, "We agree much more.")
    assert told.startswith("The debate is closed, so nothing was changed.")
    assert "> We agree much more." in told


async def test_statement_survives_a_restart(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    await send(debate, one, await form_of(debate, one), "We agree.")
    await debate.room.restart()
    await one.click(debate.newest, label="I can sign this")
    await debate.room.env.advance_time(3)
    assert debate.room.value("select count(*) from signature") == 1
    assert "-# Fewer than five signatures so far." in texts(debate.newest)
