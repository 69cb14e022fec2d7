"""Two schools with one bot: the first with one of everything, the second where somebody tries to reach it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord
from discord.http import Route
from simcord import HttpLogEntry, InteractionResult, MemberActor, ResponseMessage
from simcord.backend import serializers
from simcord.interactions import base_payload

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import DebateRoom, open_debate
from tests.discord.fair_lesson import FairLesson, fair_lesson, report
from tests.discord.lessons import OTHER, RIGHT
from tests.discord.opining import AGREE, ask_to_close, begin, invitation, preview, say
from tests.discord.room import BUTTON, Classroom, Json, Message, buttons, reply, texts
from tests.discord.sent import FORM
from tests.discord.test_grades import grade
from tests.wire.shapes import walk

FILE = """\
set:
  {{format: 1, id: our-town, title: Our town, description: Of {school}., source: {{title: Notes of {school}}}}}
items:
  - {{id: bridge, kind: true_false, category: history, prompt: The bridge of {school} is old., answer: true,
      tags: [town]}}
  - {{id: only-{school}, kind: true_false, category: history, prompt: This is {school}., answer: true}}
  - id: lists
    kind: claim
    category: claim
    prompt: Should lists be public in {school}?
    motion: Lists should be public in {school}.
    background: They are not.
    case_for: {{text: It would help. It is cheap., holders: Some, cards: [bridge]}}
    case_against: {{text: It would harm. It is dear., holders: Others, cards: [only-{school}]}}
    evidence: A trial.
    questions: [Who gains?, Who loses?]
    tags: [town]
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

LONG_FILE = """\
set:
  {format: 1, id: streets, title: Streets, description: Of alpha., source: {title: Notes of alpha}}
items:
""" + "".join(
    f"  - {{id: street-{n}, kind: true_false, category: history, prompt: Street {n} of alpha is old., answer: true}}\n"
    for n in range(16)
)
"""A set of more than a page."""

CLAIMS_FILE = """\
set:
  {format: 1, id: wards, title: Wards, description: Of alpha., source: {title: Notes of alpha}}
items:
""" + "".join(
    f"""\
  - id: ward-{n}
    kind: claim
    category: claim
    prompt: Should ward {n} of alpha grow?
    motion: Ward {n} of alpha should grow.
    background: It does not.
    case_for: {{text: It would help. It is cheap., holders: Some}}
    case_against: {{text: It would harm. It is dear., holders: Others}}
    evidence: A trial.
    questions: [Who gains?, Who loses?]
"""
    for n in range(22)
)
"""More claims than there is room for in one preview."""

TEXT_INPUT, LABEL = 4, 18
ANYTHING = "1"
"""What is written into every text field: a number and a text, so that it is never the reason of a refusal."""


@dataclass
class Schools:
    """``one`` has one of everything; ``other`` is where somebody tries to reach it."""

    one: Classroom
    other: Classroom
    debate: DebateRoom
    """It is open, at its joint statement."""
    lesson: FairLesson
    """It is closed, and graded."""
    custom_ids: Sequence[str]
    """Every button that the bot has shown in the first school."""
    forms: Sequence[Json]
    """Every form that the bot has shown in the first school."""


async def two_schools(classroom: Classroom) -> Schools:
    """The first school after all its lessons, and the second with a set of the same name."""
    one, other = classroom, second_school(classroom)
    await other.manager.slash(other.channel, "settings", instructor_role=other.guild.roles["Teaching"])
    await load(one, "alpha", check_first=False)
    await load(one, "alpha")
    await show_questions(one)
    lesson = await graded_lesson(one)
    debate = await debate_in_stages(one)
    await find_evidence(one, debate)
    await quiz_alone(one)
    await assign(one)
    await review(one)
    await live_quiz(one, debate)
    requests = one.env.http_requests
    ids, forms = list(dict.fromkeys(shown_buttons(requests))), list(shown_forms(requests))
    await load(other, "beta", check_first=False)
    return Schools(one, other, debate, lesson, ids, forms)


def second_school(one: Classroom) -> Classroom:
    """A server with the same names.

    Its instructor is a student of the first; its students are one of both, and the instructor of the first.
    """
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
        students=[guild.add_member(each.user, roles=[people]) for each in (one.students[0], one.instructor)],
    )
    one.env.backend.edit_role(guild.id, guild.default_role.id, {"permissions": 0})
    school.allow(BOT_PERMISSIONS)
    return school


async def load(school: Classroom, name: str, **options: bool) -> InteractionResult:
    """The instructor loads the school's own set."""
    file = ("our-town.yaml", FILE.format(school=name).encode())
    return await school.instructor.slash(school.channel, "questions load", file=file, **options)


async def show_questions(one: Classroom) -> None:
    """The instructor loads a set of more than a page, and looks at it."""
    file = ("streets.yaml", LONG_FILE.encode())
    await one.instructor.slash(one.channel, "questions load", file=file, check_first=False)
    shown = reply(await one.instructor.slash(one.channel, "questions show", set="streets"))
    assert "Next" in buttons(shown)


async def claim_of(school: Classroom, begins: str = "Lists should be public in") -> str:
    """The value that is offered for a claim of the school's own set."""
    offered = await school.instructor.autocomplete(school.channel, "debate open", "claim", begins)
    (own,) = [each["value"] for each in offered if each["name"].startswith(f"{begins} ")]
    return str(own)


# The lessons of the first school


async def graded_lesson(one: Classroom) -> FairLesson:
    """A debate in which somebody is nudged, with grades that are told and one that is not."""
    claim = await claim_of(one, "Votes should be public in")
    lesson = await fair_lesson(one, claim=claim, minutes=30)
    for student in one.students:
        await lesson.stance(student, "0")
    for _ in range(8):
        await lesson.argue(one.students[0])
    for student in one.students[1:4]:
        await lesson.argue(student)
    await one.env.advance_time(21 * 60)
    await lesson.host("advance")
    await lesson.settle()
    await one.students[0].click(lesson.motion, label="My stance after")
    await one.instructor.click(await grade(lesson, one.students[0]), label="Comment")
    await lesson.host("close")
    await lesson.settle()
    for _ in range(4):  # then it stays away until it is asked for
        one.env.backend.delete_message(lesson.thread.id, one.posted(lesson.thread)[-1].id)
        await lesson.settle()
    await lesson.host("status")
    await one.instructor.click(await lesson.host("grades"), label="Tell 1 person their grade")
    await lesson.settle()
    await grade(lesson, one.students[1])
    await lesson.host("grades")
    await one.students[0].slash(lesson.thread, "debate status")
    return lesson


async def debate_in_stages(one: Classroom) -> DebateRoom:
    """A debate with everything that can be chosen, up to its joint statement, and one that is only planned."""
    student, other = one.students[:2]
    claim = await claim_of(one)
    debate = await open_debate(
        one, claim=claim, format="switch", sides="chosen", gate=1, hide_openings=True, steelman=True
    )
    await one.instructor.slash(one.channel, "debate open", claim=claim)
    for member, side in ((student, "for"), (other, "against")):
        await debate.stance(member, "for", "75")
        place = reply(await member.click(debate.motion, label="My place"))
        place = reply(await member.click(place, label=f"I would argue {side}"))
        question = reply(await member.click(place, label="Try the questions"))
        answered = reply(await member.click(question, label="True"))
        await member.click(answered, label="See my result")
    await debate.advance()
    for member in (student, other):
        await debate.argue(member, claim="A thought of alpha.")
    await student.click(debate.motion, label="See the openings so far")
    await look_over_own_argument(debate, student)
    await debate.advance()
    for member in (student, other):
        await debate.argue(member, claim="Another thought of alpha.")
    await one.env.advance_time(3)
    form = await other.click(debate.argument(3), label="Answer argument 3")
    await other.submit_modal(form, {"text": "What alpha thinks."})
    await stand_outside(debate, one.students[2])
    await student.click(debate.motion, label="Judge the reasons")
    shown_map = next(each for each in one.posted(debate.thread) if texts(each).startswith("### Map"))
    await student.click(shown_map, label="Whole map")
    cards = reply(await student.click(debate.motion, label="My evidence"))
    argue = next(custom_id for label, custom_id in buttons(cards).items() if label.startswith("Argue with"))
    await student.click(cards, custom_id=argue)
    await debate.advance()
    await debate.stance(one.students[3], "declined")
    form = await student.click(debate.motion, label="Joint statement")
    await student.submit_modal(form, {"text": "What all of alpha think."})
    await one.env.advance_time(3)
    await student.click(debate.newest, label="I can sign this")
    form = await student.click(debate.newest, label="Change it")
    await student.submit_modal(form, {"text": "What most of alpha think."})
    await one.env.advance_time(3)
    await student.click(debate.newest, label="Earlier wordings")
    place = reply(await student.click(debate.motion, label="My place"))
    await student.click(place, label="Leave and delete what I wrote")
    await lead(debate)
    return debate


async def stand_outside(debate: DebateRoom, member: MemberActor) -> None:
    """Somebody would argue who has not joined, and then who has left."""
    joined = reply(
        await member.click(
            reply(await member.click(debate.motion, label="Add argument")), label="Rather not say"
        )
    )
    await member.click(joined, label="Leave the debate")
    assert "Come back" in buttons(reply(await member.click(debate.motion, label="Add argument")))


async def look_over_own_argument(debate: DebateRoom, member: MemberActor) -> None:
    """Somebody opens the form that changes an argument of theirs, withdraws it and puts it back."""
    opened = reply(
        await member.click(reply(await member.click(debate.motion, label="My arguments")), label="Open")
    )
    await member.click(opened, label="Change it")
    gone = reply(await member.click(opened, label="Withdraw it"))
    await member.click(gone, label="Put it back")


async def lead(debate: DebateRoom) -> None:
    """The instructor pauses a debate, goes on, and nearly cancels it."""
    instructor = debate.room.instructor
    controls = reply(await instructor.slash(debate.thread, "debate status"))
    paused = reply(await instructor.click(controls, label="Pause"))
    controls = reply(await instructor.click(paused, label="Go on"))
    sure = reply(await instructor.click(controls, label="Cancel the debate"))
    controls = reply(await instructor.click(sure, label="No, let it go on"))
    if "Give them sides all the same" in buttons(controls):
        await instructor.click(controls, label="Give them sides all the same")


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


async def quiz_alone(one: Classroom) -> None:
    """A student takes private quizzes, looks at the progress, and has the result of a live quiz."""
    student = one.students[0]
    for name in ("rivers", "numbers"):
        taken = reply(await student.slash(one.channel, "quiz take", set=name))
    right = await one.type_answer(student, taken, "80")
    form = await student.click(right, label="Something wrong with this question?")
    await student.submit_modal(form, {"text": "A thought of alpha on towns."})
    taken = reply(await student.slash(one.channel, "quiz take", set="our-town", certainty=True))
    sure = await one.answer(student, taken, "True")
    await student.click(sure, label="Certain")
    await student.slash(one.channel, "progress", set="our-town")
    await student.slash(one.channel, "progress", set="our-town", view="topics")
    question = await one.first_question("numbers", questions=1, certainty=True)
    await one.type_answer(student, question, "5")
    await one.env.advance_time(60)
    await student.click(one.newest(), label="My result")


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


async def live_quiz(one: Classroom, debate: DebateRoom) -> None:
    """A live quiz that goes on, with a class opinion beside it, and an inbox with all that it can show."""
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
    await report_argument(one, debate)
    await one.instructor.click(one.now(question), label="Next question")


async def opine(one: Classroom) -> None:
    """A class opinion that a student has answered, and a preview of another one."""
    student = one.students[0]
    posted = await invitation(one, set="our-town")
    said = await say(student, await begin(student, posted), AGREE)
    await student.click(said, label="Take my answers out")
    draft = await preview(one, set="our-town")
    await one.instructor.click(draft, label="Choose statements")
    file = ("wards.yaml", CLAIMS_FILE.encode())
    await one.instructor.slash(one.channel, "questions load", file=file, check_first=False)
    every = reply(await one.instructor.click(await preview(one, set="wards"), label="Take all 22"))
    await one.instructor.click(every, label="More statements")
    await ask_to_close(one)


async def rule_on(one: Classroom, result: discord.Message) -> None:
    """What is reported of a question, and what instructors do about it."""
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
    again = reply(await one.instructor.slash(one.channel, "inbox"))
    opened = reply(await one.instructor.click(again, label="Open 2"))
    await one.instructor.click(opened, label="Change the right answer")


async def report_argument(one: Classroom, debate: DebateRoom) -> None:
    """A student of both schools reports two arguments; an instructor hides one, and opens the report of the other."""
    for number in (4, 2):
        await report(one.students[0], debate.thread, debate.argument(number), "A word of alpha.")
        listed = reply(await one.instructor.slash(one.channel, "inbox"))
        opened = reply(await one.instructor.click(listed, custom_id=of_prefix(listed, "fo")))
        if number == 4:
            await one.instructor.click(opened, label="Hide it")


def of_prefix(message: Message, prefix: str) -> str:
    """The custom id of a message's button of a kind."""
    return next(each for each in buttons(message).values() if each.startswith(f"{prefix}:"))


# What was shown


def shown_buttons(requests: Sequence[HttpLogEntry]) -> Iterator[str]:
    """The custom id of every button that was shown."""
    for request in requests:
        body: Json = request.json if isinstance(request.json, dict) else {}
        message = body.get("data") or body
        for part in walk(message.get("components") or []):
            if part.get("type") == BUTTON and "custom_id" in part:
                yield str(part["custom_id"])


def shown_forms(requests: Sequence[HttpLogEntry]) -> Iterator[Json]:
    """Every form that was shown, as Discord got it."""
    for request in requests:
        if isinstance(request.json, dict) and request.json.get("type") == FORM:
            yield request.json["data"]


# As if Discord had mixed up two servers


async def forge(school: Classroom, custom_ids: Sequence[str]) -> discord.Message:
    """A message of the bot's with these buttons."""
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


async def submit_forged(school: Classroom, member: MemberActor, form: Json) -> InteractionResult:
    """A form comes in, filled in, that was never shown here. Its message is the newest one of the bot's."""
    backend = school.env.backend
    labels = [
        {"type": LABEL, "id": place, "component": _filled(part["component"])}
        for place, part in enumerate(form["components"], start=1)
        if part["type"] == LABEL
    ]
    record, payload = base_payload(
        backend,
        type=discord.InteractionType.modal_submit.value,
        channel_id=school.channel.id,
        guild_id=school.guild.id,
        user_id=member.id,
        data={"custom_id": form["custom_id"], "components": labels},
    )
    message = school.newest()
    payload["message"] = dict(
        serializers.message_payload(backend, backend.get_message(school.channel.id, message.id))
    )
    backend.emit("INTERACTION_CREATE", payload)
    await school.env.settle()
    return InteractionResult(school.env, record)


def _filled(field: Json) -> dict[str, Any]:
    """A field as Discord sends it: the first of its options, or a text."""
    filled: dict[str, Any] = {"type": field["type"], "id": 100, "custom_id": field["custom_id"]}
    options = [option["value"] for option in field.get("options") or ()]
    if field["type"] == TEXT_INPUT:
        return filled | {"value": ANYTHING}
    if "max_values" in field:
        return filled | {"values": options[:1]}
    return filled | {"value": options[0]}
