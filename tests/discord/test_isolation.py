"""Two schools with one bot, the same names everywhere and a student in both: nothing of one reaches the other."""

import re
from typing import Any

import pytest
from simcord import MemberActor

from bot.views.authority import InstructorPress
from bot.views.press import Press
from bot.views.registry import BUTTONS, FORMS
from tests.discord.debating import filled_in, open_debate
from tests.discord.room import Classroom, buttons, contents, reply, texts
from tests.discord.schools import Schools, claim_of, forge, submit_forged, two_schools
from tests.discord.test_requests import COMMANDS

REFUSED = re.compile(
    r"I cannot find (this|a) (assignment|class opinion|debate|question|quiz|run|result|uploaded file|live quiz|"
    r"hidden text|proposal|decision|plan of a debate|argument|message)"
    r"[\w “”]* here\."
    r"|You have not joined|The matter is decided already"
    r"|I do not have (this list|the result of this check) any more\."
    r"|### (Inbox\nNothing is waiting|Past decisions\nNothing has been decided|Hidden texts\nNothing has been hidden)"
)
ONES_OWN = frozenset({"va", "vn", "vb", "vs", "vx", "vk", "vo", "an", "fn"})
"""Buttons that mean the presser's own review, here or in a direct message, or the presser's own reminders."""

FOR_INSTRUCTORS = frozenset(
    {"lc", "lp", "dp", "op", "oc", "oa", "og", "ox"}
    | {"at", "ad", "ap", "am", "aq", "ac"}
    | {"fm", "fc", "fg", "ft"}
    | {"ib", "io", "ia", "ic", "ik", "iq", "ix", "iy", "iw", "it"}
    | {"fo", "fd", "fh", "fu", "fv", "fp"}
)
"""Buttons that are for instructors alone, whoever sees them."""

ON_A_DEBATE = sorted(COMMANDS["debate"] - {"open"})
"""The commands of ``/debate`` that name one."""


@pytest.fixture
async def schools(classroom: Classroom) -> Schools:
    return await two_schools(classroom)


def intruders(schools: Schools) -> list[MemberActor]:
    """Who tries: those of the other school, whatever they are in the first."""
    other = schools.other
    return [*other.students, other.instructor, other.manager]


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
            *((f"debate {name}", "debate", {}) for name in ON_A_DEBATE),
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
        *((f"debate {name}", "debate") for name in ON_A_DEBATE),
        ("opinion close", "opinion"),
        ("quiz host", "run"),
        ("quiz status", "assignment"),
    ):
        assert await one.instructor.autocomplete(one.channel, command, option, "") != []
        assert await other.instructor.autocomplete(other.channel, command, option, "") == []


async def test_ids_of_one_are_unknown_to_the_commands_of_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    run = (await one.instructor.autocomplete(one.channel, "quiz host", "run", ""))[0]["value"]
    before = contents(one)
    for command, options in (
        ("debate open", {"claim": await claim_of(one)}),
        *(
            (f"debate {name}", learner_of(one, name) | meant)
            for name in ON_A_DEBATE
            for debate in (schools.debate, schools.lesson)
            for meant in ({"debate": str(debate.debate_id)}, {})
        ),
        ("opinion close", {"opinion": "1"}),
        ("opinion close", {}),
        ("quiz host", {"run": run, "action": "stop"}),
        ("quiz host", {}),
        ("quiz status", {"assignment": "1"}),
        ("questions show", {"set": "our-town", "item": "only-alpha"}),
        ("questions show", {"set": "streets"}),
    ):
        told = texts(reply(await other.instructor.slash(other.channel, command, **options)))
        assert re.match(
            r"I cannot find |No live quiz is running in this server\.|"
            r"No (debate|class opinion) is open in this server\.",
            told,
        ), told
    assert contents(one) == before
    assert other.channel.threads == []


def learner_of(school: Classroom, command: str) -> dict[str, Any]:
    """Whom a command on a debate asks for besides the debate."""
    return {"learner": school.students[0].user} if command == "grade" else {}


async def test_reports_of_one_do_not_come_into_the_inbox_of_the_other(schools: Schools) -> None:
    for school, words in ((schools.one, "A word of alpha."), (schools.other, "Nothing is waiting.")):
        assert words in texts(reply(await school.instructor.slash(school.channel, "inbox")))


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


def test_no_two_buttons_share_a_prefix() -> None:
    assert len({button.prefix for button in BUTTONS}) == len(BUTTONS), "one of them could go untried unseen"


def test_no_two_forms_share_a_prefix() -> None:
    assert len({form.prefix for form in FORMS}) == len(FORMS), (
        "one of them would get what was typed into the other"
    )


def test_every_button_does_something() -> None:
    idle = [button.__name__ for button in BUTTONS if button.pressed is Press.pressed]
    assert idle == [], "only shown; a subclass does the work"


def test_buttons_for_instructors_are_known() -> None:
    """Else one of them could lose its check unseen."""
    assert {button.prefix for button in BUTTONS if issubclass(button, InstructorPress)} == FOR_INSTRUCTORS


async def test_buttons_for_instructors_do_nothing_for_students(schools: Schools) -> None:
    one = schools.one
    theirs = [custom_id for custom_id in schools.custom_ids if custom_id[:2] in FOR_INSTRUCTORS]
    forged = [await forge(one, theirs[at : at + 25]) for at in range(0, len(theirs), 25)]
    before = contents(one)
    student_here, instructor_elsewhere = one.students[0], one.students[5]
    for member in (student_here, instructor_elsewhere):
        for message in forged:
            for custom_id in buttons(message).values():
                pressed = await member.click(message, custom_id=custom_id)
                assert pressed.modal is None, custom_id
                assert texts(reply(pressed)).startswith("Only instructors ("), custom_id
    assert contents(one) == before


async def test_buttons_of_one_do_nothing_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    shown = {custom_id.partition(":")[0] for custom_id in schools.custom_ids}
    assert shown == {button.prefix for button in BUTTONS}, "a button that nobody tries"
    foreign = [custom_id for custom_id in schools.custom_ids if custom_id[:2] not in ONES_OWN]
    forged = [await forge(other, foreign[at : at + 25]) for at in range(0, len(foreign), 25)]
    before = contents(one)
    for member in intruders(schools):
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
    for custom_id in [each for each in schools.custom_ids if each[:2] in ONES_OWN - {"vo", "fn"}]:
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


async def test_nudges_are_stopped_by_nobody_else(schools: Schools) -> None:
    one, other = schools.one, schools.other
    stops = [custom_id for custom_id in schools.custom_ids if custom_id.startswith("fn:")]
    nudged = {user_id for (user_id,) in one.rows("select user_id from nudge join learner using (learner_id)")}
    assert nudged == {one.students[0].id, one.students[4].id, one.students[5].id}
    before = contents(one)
    message = await forge(other, stops)
    for custom_id in stops:
        told = texts(reply(await other.manager.click(message, custom_id=custom_id)))
        assert told == "Only the person who gets them can stop these messages."
    assert contents(one) == before


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
    shown = {form["custom_id"].partition("!")[0] for form in schools.forms}
    assert shown == {form.prefix for form in FORMS}, "a form that nobody tries"
    await open_debate(other, claim=await claim_of(other))
    message = await forge(other, ["da:1"])
    assert message.channel.id == other.channel.id
    before = contents(one)
    for form in schools.forms:
        for member in intruders(schools):
            told = texts(reply(await submit_forged(other, member, form)))
            assert "alpha" not in told, form["custom_id"]
            assert REFUSED.match(told) or told.startswith("Only instructors ("), (form["custom_id"], told)
    assert contents(one) == before


async def test_person_in_both_has_a_place_of_their_own_in_each(schools: Schools) -> None:
    one, other = schools.one, schools.other
    both = other.students[0]
    before = one.rows("select debate_id, state from debate")
    debate = await open_debate(other, claim=await claim_of(other))
    assert "in beta." in texts(debate.motion)
    assert (await debate.press(both, "My place")).startswith("You have not joined yet.")
    form = await both.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"stance": "", "certainty": ""}
    await both.submit_modal(form, {"stance": "0"})
    await debate.argue_now()
    assert "as number **1**" in await debate.argue(both)
    assert "There is no argument “2”" in await debate.argue(both, answers="2")
    mine = await debate.press(both, "My arguments")
    assert "**1** · Lists work." in mine
    assert "alpha" not in mine
    outcome = await debate.outcome()
    assert "1 person joined and 1 of them argued" in outcome
    assert "alpha" not in outcome
    after = one.rows("select debate_id, state from debate")
    assert after == [*before, (debate.debate_id, "closed")]


async def test_deleted_channel_in_one_ends_nothing_in_the_other(schools: Schools) -> None:
    one, other = schools.one, schools.other
    before = one.rows("select state, closed_at from debate")
    other.env.backend.delete_channel(other.channel.id)
    await other.env.settle()
    assert one.value("select count(*) from run where state <> 'ended' and mode = 'live'") == 1
    assert one.rows("select state, closed_at from debate") == before
    assert one.value("select state from opinion where state <> 'draft'") == "open"
