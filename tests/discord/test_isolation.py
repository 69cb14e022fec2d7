"""Two schools with one bot, the same names everywhere and a student in both: nothing of one reaches the other."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord
import pytest
from discord.http import Route
from simcord import InteractionResult, MemberActor, ResponseMessage
from simcord.backend import serializers
from simcord.interactions import base_payload

from bot.client import BUTTONS
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import DebateRoom, argument, filled_in, open_debate
from tests.discord.lessons import OTHER, RIGHT
from tests.discord.opining import AGREE, begin, invitation, preview, say
from tests.discord.room import Classroom, buttons, reply, texts
from tests.wire.shapes import walk

FILE = """\
set:
  {{format: 1, id: our-town, title: Our town, description: Of {school}., source: {{title: Notes of {school}}}}}
items:
  - {{id: bridge, kind: true_false, category: history, prompt: The bridge of {school} is old., answer: true}}
  - {{id: only-{school}, kind: true_false, category: history, prompt: This is {school}., answer: true}}
  - id: lists
    kind: claim
    category: claim
    prompt: Should lists be public in {school}?
    motion: Lists should be public in {school}.
    background: They are not.
    case_for: {{text: It would help. It is cheap., holders: Some}}
    case_against: {{text: It would harm. It is dear., holders: Others}}
    evidence: A trial.
    questions: [Who gains?, Who loses?]
  - id: votes
    kind: claim
    category: claim
    prompt: Should votes be public in {school}?
    motion: Votes should be public in {school}.
    background: They are not.
    case_for: {{text: It would help. It is cheap., holders: Some}}
    case_against: {{text: It would harm. It is dear., holders: Others}}
    evidence: A trial.
    questions: [Who gains?, Who loses?]
"""
REFUSED = re.compile(
    r"I cannot find this (assignment|class opinion|debate|question|quiz|run|result|uploaded file|live quiz|proposal|"
    r"decision)"
    r"[\w ]* here\."
    r"|You have not joined|The matter is decided already"
    r"|I do not have (this list|the result of this check) any more\."
    r"|### (Inbox\nNothing is waiting|Past decisions\nNothing has been decided)"
)
BUTTON = 2
ONES_OWN = frozenset({"va", "vn", "vb", "vs", "vx", "vk", "vo", "an"})
"""Buttons that mean the presser's own review, here or in a direct message, or the presser's own reminders."""


@dataclass
class Schools:
    """``one`` has one of everything; ``other`` is where somebody tries to reach it."""

    one: Classroom
    other: Classroom
    debate: DebateRoom
    custom_ids: Sequence[str]
    """Every button that the bot has shown in the first school."""


def second_school(one: Classroom) -> Classroom:
    """A server with the same names; its instructor is a student of the first, its student is one of both."""
    guild = one.env.create_guild("School")
    people = guild.create_role(
        "People", permissions=BOT_PERMISSIONS | discord.Permissions(use_application_commands=True)
    )
    teaching = guild.create_role("Teaching")
    managing = guild.create_role("Managing", permissions=discord.Permissions(manage_guild=True))
    school = replace(
        one,
        guild=guild,
        channel=guild.create_text_channel("class"),
        manager=guild.add_member(one.env.create_user("manager"), roles=[people, managing]),
        instructor=guild.add_member(one.students[5].user, roles=[people, teaching]),
        students=[guild.add_member(one.students[0].user, roles=[people])],
    )
    one.env.backend.edit_role(guild.id, guild.default_role.id, {"permissions": 0})
    school.allow(BOT_PERMISSIONS)
    return school


async def load(school: Classroom, name: str, **options: bool) -> InteractionResult:
    file = ("our-town.yaml", FILE.format(school=name).encode())
    return await school.instructor.slash(school.channel, "questions load", file=file, **options)


def shown_buttons(requests: Sequence[Any]) -> Iterator[str]:
    for request in requests:
        body = request.json if isinstance(request.json, dict) else {}
        message = body.get("data") or body
        for part in walk(message.get("components") or []):
            if part.get("type") == BUTTON and "custom_id" in part:
                yield str(part["custom_id"])


@pytest.fixture
async def schools(classroom: Classroom) -> Schools:
    one, other = classroom, second_school(classroom)
    await other.manager.slash(other.channel, "settings", instructor_role=other.guild.roles["Teaching"])
    await load(one, "alpha", check_first=False)
    await load(one, "alpha")
    debate = await open_debate(one, claim=await claim_of(one))
    await debate.stance(one.students[0], "for", "75")
    await debate.argue_now()
    await debate.argue(one.students[0], claim="A thought of alpha.")
    for name in ("rivers", "numbers"):
        taken = reply(await one.students[0].slash(one.channel, "quiz take", set=name))
    await one.type_answer(one.students[0], taken, "80")
    taken = reply(await one.students[0].slash(one.channel, "quiz take", set="our-town", certainty=True))
    sure = await one.answer(one.students[0], taken, "True")
    await one.students[0].click(sure, label="Certain")
    await one.students[0].slash(one.channel, "progress", set="our-town")
    await one.students[0].slash(one.channel, "progress", set="our-town", view="topics")
    question = await one.first_question("numbers", questions=1, certainty=True)
    await one.type_answer(one.students[0], question, "5")
    await one.env.advance_time(60)
    await one.students[0].click(one.newest(), label="My result")
    await assign(one)
    await review(one)
    await find_evidence(one, debate)
    options = {"teams": 2, "team_choice": "chosen", "board": True}
    lobby = await one.lobby("rivers", questions=3, pace="host", **options)
    await one.students[0].click(lobby, label="Join Blue")
    await one.instructor.click(lobby, label="Start")
    question = one.newest()
    await one.answer(one.students[0], question, RIGHT)
    await opine(one)
    await one.instructor.click(question, label="Host controls")
    await one.close(question)
    await rule_on(one, one.now(question))
    await one.instructor.click(one.now(question), label="Next question")
    ids = list(dict.fromkeys(shown_buttons(one.env.http_requests)))
    await load(other, "beta", check_first=False)
    return Schools(one, other, debate, ids)


async def opine(one: Classroom) -> None:
    """A class opinion that a student has answered, and a preview of another one."""
    student = one.students[0]
    posted = await invitation(one, set="our-town")
    await say(student, await begin(student, posted), AGREE)
    await preview(one, set="our-town")


async def find_evidence(one: Classroom, debate: DebateRoom) -> None:
    """A student searches, cites and has a message checked: every button on evidence."""
    student = one.students[0]
    found = reply(await student.slash(debate.thread, "evidence search", words="lists public alpha"))
    assert "Cite here" in buttons(found)
    found = reply(await student.slash(debate.thread, "evidence search", words="river number"))
    await student.click(found, label="Next")
    await student.click(debate.motion, label="My evidence")
    message = await student.send(one.channel, "Lists should be public in alpha.")
    checked = reply(await student.context_menu(one.channel, "Check against the bank", message))
    assert "Show it in the channel" in buttons(checked), texts(checked)


async def rule_on(one: Classroom, result: discord.Message) -> None:
    """The inbox with all that it can show: every button of it."""
    for number, student in enumerate(one.students):
        form = await student.click(result, label="Something wrong with this question?")
        await student.submit_modal(form, {"text": f"A thought of alpha, {number}."})
    listed = reply(await one.instructor.slash(one.channel, "inbox"))
    opened = reply(await one.instructor.click(listed, label="Open 1"))
    asked = reply(await one.instructor.click(opened, label="Change the right answer"))
    shown = reply(await one.instructor.click(asked, label=f"C · {OTHER}"))
    done = reply(await one.instructor.click(shown, label="Apply"))
    await one.instructor.click(done, label="Past decisions")
    form = await one.students[0].click(result, label="Something wrong with this question?")
    await one.students[0].submit_modal(form, {"text": "Still a thought of alpha."})
    again = reply(await one.instructor.slash(one.channel, "inbox"))
    await one.instructor.click(again, label="Open 1")


async def assign(one: Classroom) -> None:
    """An assignment with all that instructors and learners can press, and a reminder of it."""
    student = one.students[0]
    given = {"set": "our-town", "due": "in 2 hours", "attempts": 2}
    draft = reply(await one.instructor.slash(one.channel, "quiz assign", **given))
    await one.instructor.click(draft, label="Set it")
    await one.env.advance_time(5_500)
    assert "No more reminders" in buttons(one.posted(student.user.dm_channel)[-1])
    overview = reply(await student.click(one.newest(), label="Start"))
    question = reply(await student.click(overview, label="Begin"))
    answers = reply(await student.click(question, label="Look over my answers"))
    sure = reply(await student.click(answers, label="Hand in"))
    answers = reply(await student.click(sure, label="No, back to my answers"))
    question = reply(await student.click(answers, label="Question 1"))
    for number in (1, 2):
        kept = reply(await student.click(question, label="True"))
        onward = "Next question" if number == 1 else "Look over my answers"
        question = reply(await student.click(kept, label=onward))
    result = reply(await student.click(question, label="Hand in"))
    await student.click(reply(await student.click(result, label="Look through the questions")), label="Next")
    status = reply(await one.instructor.slash(one.channel, "quiz status", assignment="1"))
    await one.instructor.click(status, label="Close now")


async def review(school: Classroom) -> None:
    """A student agrees, is reminded, answers a question, and nearly deletes everything."""
    student = school.students[0]
    home = reply(await student.click(await offered(school), label="Yes, remember for me"))
    agreed_at = datetime.fromisoformat(school.value("select agreed_at from review_plan"))
    await student.slash(school.channel, "review", reminder=str((agreed_at.hour + 1) % 24))
    await school.env.advance_time(3600)
    form = await student.click(reply(await student.click(home, label="Begin")), label="Answer")
    sure = reply(await student.submit_modal(form, {"answer-0": "80"}))
    await student.click(sure, label="Certain")
    again = reply(await student.slash(school.channel, "review"))
    await student.click(reply(await student.click(again, label="Stop and delete")), label="Keep it")


async def offered(school: Classroom) -> ResponseMessage:
    """What a student is asked at the first ``/review``."""
    return reply(await school.students[0].slash(school.channel, "review"))


async def claim_of(school: Classroom) -> str:
    """The value that is offered for the claim of the school's own set."""
    offered = await school.instructor.autocomplete(
        school.channel, "debate open", "claim", "Lists should be public in"
    )
    (own,) = [each["value"] for each in offered if each["name"].startswith("Lists should be public in ")]
    return str(own)


def contents(school: Classroom) -> list[str]:
    """All that the file holds."""
    with closing(sqlite3.connect(f"file:{school.path}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


async def forge(school: Classroom, custom_ids: Sequence[str]) -> discord.Message:
    """A message of the bot's with these buttons, as if Discord had mixed up two servers."""
    rows = [
        {
            "type": 1,
            "components": [{"type": BUTTON, "style": 2, "label": each, "custom_id": each} for each in five],
        }
        for five in (custom_ids[start : start + 5] for start in range(0, len(custom_ids), 5))
    ]
    body = {"flags": 1 << 15, "components": rows, "allowed_mentions": {"parse": []}}
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=school.channel.id)
    await school.bot.http.request(route, json=body)
    return school.newest()


async def submit_forged(
    school: Classroom, member: MemberActor, custom_id: str, **fields: str
) -> InteractionResult:
    """A form comes in that was never shown here."""
    backend = school.env.backend
    labels = [
        {
            "type": 18,
            "id": place,
            "component": {"type": 4, "id": 100 + place, "custom_id": name, "value": text},
        }
        for place, (name, text) in enumerate(fields.items(), start=1)
    ]
    record, payload = base_payload(
        backend,
        type=discord.InteractionType.modal_submit.value,
        channel_id=school.channel.id,
        guild_id=school.guild.id,
        user_id=member.id,
        data={"custom_id": custom_id, "components": labels},
    )
    message = school.newest()
    payload["message"] = dict(
        serializers.message_payload(backend, backend.get_message(school.channel.id, message.id))
    )
    backend.emit("INTERACTION_CREATE", payload)
    await school.env.settle()
    return InteractionResult(school.env, record)


# Seeing and naming


async def test_lists_and_suggestions_hold_only_what_is_ones_own(schools: Schools) -> None:
    for school, own, foreign in ((schools.one, "alpha", "beta"), (schools.other, "beta", "alpha")):
        listed = texts(reply(await school.instructor.slash(school.channel, "questions list")))
        assert f"Of {own}." in listed
        assert foreign not in listed
        shown = await school.instructor.slash(school.channel, "questions show", set="our-town")
        assert f"`only-{own}`" in texts(reply(shown))
        assert foreign not in texts(reply(shown))
        for command, option, filled in (
            ("questions show", "item", {"set": "our-town"}),
            ("questions show", "set", {}),
            ("quiz live", "set", {}),
            ("debate open", "claim", {}),
            ("debate close", "debate", {}),
            ("opinion open", "set", {}),
            ("opinion close", "opinion", {}),
            ("quiz host", "run", {}),
            ("quiz assign", "set", {}),
            ("quiz status", "assignment", {}),
        ):
            for typed in ("", foreign, f"Lists should be public in {foreign}"):
                offered = await school.instructor.autocomplete(
                    school.channel, command, option, typed, **filled
                )
                assert foreign not in str(offered), (command, option, typed)


async def test_evidence_of_one_is_neither_found_nor_touched_in_the_other(schools: Schools) -> None:
    for school, own, foreign in ((schools.one, "alpha", "beta"), (schools.other, "beta", "alpha")):
        student = school.students[0]
        found = texts(
            reply(await student.slash(school.channel, "evidence search", words=f"lists public {own}"))
        )
        assert f"Lists should be public in {own}." in found
        assert foreign not in found
        told = texts(reply(await student.slash(school.channel, "evidence search", words=foreign)))
        assert told.startswith(f"The bank has nothing with “{foreign}”")
        message = await student.send(school.channel, f"Lists should be public in {foreign}.")
        checked = await student.context_menu(school.channel, "Check against the bank", message)
        assert f"in {foreign}" not in texts(reply(checked))


async def test_runs_and_debates_of_one_are_not_offered_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    for command, option in (
        ("debate close", "debate"),
        ("opinion close", "opinion"),
        ("quiz host", "run"),
        ("quiz status", "assignment"),
    ):
        assert len(await one.instructor.autocomplete(one.channel, command, option, "")) == 1
        assert await other.instructor.autocomplete(other.channel, command, option, "") == []


async def test_ids_of_one_are_unknown_to_the_commands_of_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    run = (await one.instructor.autocomplete(one.channel, "quiz host", "run", ""))[0]["value"]
    before = contents(one)
    for command, options in (
        ("debate open", {"claim": await claim_of(one)}),
        ("debate close", {"debate": str(schools.debate.debate_id)}),
        ("debate close", {}),
        ("opinion close", {"opinion": "1"}),
        ("opinion close", {}),
        ("quiz host", {"run": run, "action": "stop"}),
        ("quiz host", {}),
        ("quiz status", {"assignment": "1"}),
        ("questions show", {"set": "our-town", "item": "only-alpha"}),
    ):
        told = texts(reply(await other.instructor.slash(other.channel, command, **options)))
        assert re.match(
            r"I cannot find |No live quiz is running in this server\.|"
            r"The command cannot be used: no (debate|class opinion) is open in this server\.",
            told,
        ), told
    assert contents(one) == before
    assert other.channel.threads == []


async def test_same_name_means_ones_own_set(schools: Schools) -> None:
    for school, own in ((schools.one, "alpha"), (schools.other, "beta")):
        taken = await school.instructor.slash(school.channel, "quiz take", set="our-town")
        assert own in texts(reply(taken))


async def test_settings_of_one_say_nothing_in_the_other(schools: Schools) -> None:
    """Who teaches in one school is a student in the other."""
    one, other = schools.one, schools.other
    teacher_there = one.students[5]
    assert teacher_there.id == other.instructor.id
    refused = await teacher_there.slash(one.channel, "questions list")
    assert texts(reply(refused)).startswith("Only instructors (")
    shown = texts(reply(await other.manager.slash(other.channel, "settings")))
    assert f"<@&{other.guild.roles['Teaching'].id}>" in shown
    assert str(one.guild.roles["Teaching"].id) not in shown


# Pressing


async def test_buttons_of_one_do_nothing_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    prefixes = {custom_id.partition(":")[0] for custom_id in schools.custom_ids}
    assert prefixes == {button.prefix for button in BUTTONS}
    foreign = [custom_id for custom_id in schools.custom_ids if custom_id[:2] not in ONES_OWN]
    forged = [await forge(other, foreign[at : at + 25]) for at in range(0, len(foreign), 25)]
    before = contents(one)
    for member in (other.students[0], other.instructor, other.manager):
        for message in forged:
            for custom_id in buttons(message).values():
                pressed = await member.click(message, custom_id=custom_id)
                assert pressed.modal is None, custom_id
                told = texts(reply(pressed))
                assert "alpha" not in told, custom_id
                assert REFUSED.match(told) or told.startswith("Only "), (custom_id, told)
    assert contents(one) == before


async def test_review_of_one_is_untouched_by_what_is_pressed_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    tables = ("review_plan", "card", "review_log")
    before = [one.rows(f"select * from {table}") for table in tables]
    for custom_id in [each for each in schools.custom_ids if each[:2] in ONES_OWN - {"vo"}]:
        message = await forge(other, [custom_id])
        await other.students[0].click(message, custom_id=custom_id)
        assert "alpha" not in texts(other.now(message)), custom_id
        for table, rows in zip(tables, before, strict=True):
            kept = f"select t.* from {table} as t join learner using (learner_id) where guild_id = :guild"
            assert one.rows(kept, guild=one.guild.id) == rows, custom_id


async def test_reminders_are_stopped_by_nobody_else(schools: Schools) -> None:
    (stop,) = (custom_id for custom_id in schools.custom_ids if custom_id.startswith("vo:"))
    before = contents(schools.one)
    for member in (schools.other.instructor, schools.other.manager):
        message = await forge(schools.other, [stop])
        told = texts(reply(await member.click(message, custom_id=stop)))
        assert told == "Only the person who gets them can stop these reminders."
    assert contents(schools.one) == before


async def test_reminders_of_assignments_are_stopped_for_nobody_else(schools: Schools) -> None:
    one, other = schools.one, schools.other
    (stop,) = (custom_id for custom_id in schools.custom_ids if custom_id.startswith("an:"))
    before = contents(one)
    await other.manager.click(await forge(other, [stop]), custom_id=stop)
    assert contents(one) == before
    await other.instructor.click(await forge(other, [stop]), custom_id=stop)
    stopped = one.rows("select user_id from learner where reminders_off_at is not null")
    assert stopped == [(other.instructor.id,)], "a learner of both schools, and nobody else"


async def test_assignments_of_one_are_not_listed_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    for school, words in ((one, "Our town"), (other, "Nothing is assigned here.")):
        assert words in texts(reply(await school.instructor.slash(school.channel, "quiz status")))
    for school, words in ((one, "Your assignments"), (other, "There is no assignment here for you.")):
        assert words in texts(reply(await school.students[0].slash(school.channel, "quiz status")))


async def test_forms_of_one_do_nothing_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    debate_id = schools.debate.debate_id
    await open_debate(other, claim=await claim_of(other))
    other_message = await forge(other, ["da:1"])
    assert other_message.channel.id == other.channel.id
    rounds = [round_id for (round_id,) in one.rows("select round_id from round")]
    before = contents(one)
    stance, text = {"standing": "against", "certainty": "100"}, argument(claim="From elsewhere.")
    submissions = [(f"ds!{debate_id}!{phase}!1", stance) for phase in (0, 1)]
    submissions += [(f"da!{debate_id}!1", text), (f"da!{debate_id}!2", text | {"answers": "1"})]
    submissions += [
        (f"{prefix}!{round_id}!3", {"answer-0": "1"}) for prefix in ("qt", "pt") for round_id in rounds
    ]
    submissions += [(f"oc!{opinion_id}!4", {"statements-0": "1"}) for opinion_id in (1, 2)]
    for custom_id, fields in submissions:
        for member in (other.students[0], other.instructor):
            told = texts(reply(await submit_forged(other, member, custom_id, **fields)))
            assert REFUSED.match(told) or told.startswith("Only instructors ("), (custom_id, told)
    assert contents(one) == before


async def test_person_in_both_has_a_place_of_their_own_in_each(schools: Schools) -> None:
    other = schools.other
    both = other.students[0]
    debate = await open_debate(other, claim=await claim_of(other))
    assert "in beta." in texts(debate.motion)
    assert (await debate.press(both, "My side")).startswith("You have not joined yet.")
    form = await both.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"standing": "", "certainty": ""}
    assert "as number **1**" in await debate.argue(both)
    assert "There is no argument “2”" in await debate.argue(both, answers="2")
    outcome = await debate.outcome()
    assert "1 person joined and 1 of them argued" in outcome
    assert "alpha" not in outcome
    assert schools.one.rows("select state from debate order by debate_id") == [("open",), ("closed",)]


async def test_deleted_channel_in_one_ends_nothing_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    other.env.backend.delete_channel(other.channel.id)
    await other.env.settle()
    assert one.value("select count(*) from run where state <> 'ended' and mode = 'live'") == 1
    assert one.value("select state from debate") == "open"
    assert one.value("select state from opinion where state <> 'draft'") == "open"
