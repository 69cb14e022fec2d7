"""Each format of a debate from its preview to its transcript, as a class of six reads and presses it."""

import re
from collections.abc import Sequence

import discord
import pytest
from simcord import ChannelHandle, MemberActor, ResponseMessage

from bot.bank.question_set import QuestionSet
from tests.classroom import choice, claim, question_set
from tests.discord.debating import MAY_KEEP, DebateRoom, claim_id, newcomers, open_debate
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import posts

NEVER_PUBLIC = re.compile(r"strongly|slightly|a guess|fairly sure", re.IGNORECASE)
"""Words of stances: they are private."""


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    """A claim, and three questions on its topic."""
    items = [
        item.model_copy(update={"tags": ("lists",)})
        for item in (choice("lake"), choice("river"), choice("sea"), claim("lists"))
    ]
    return [question_set(*items, key="kinds")]


class Lesson(DebateRoom):
    """A debate and what is read in it."""

    @property
    def stage(self) -> str:
        """What the message of the present stage says."""
        return texts(self._stage())

    def _stage(self) -> discord.Message:
        posted = self.room.posted(self.thread)
        return next(each for each in reversed(posted) if re.match(r"### .+ of \d\)", texts(each)))

    def doors(self) -> list[str]:
        """The buttons of the present stage, in order; those of the motion are the same."""
        assert list(buttons(self._stage())) == list(buttons(self.motion))
        return list(buttons(self.motion))

    async def settle(self) -> None:
        await self.room.env.advance_time(3)

    async def place(self, member: MemberActor) -> ResponseMessage:
        """What somebody reads about their own place."""
        return reply(await member.click(self.motion, label="My place"))

    async def side(self, member: MemberActor) -> str:
        found = re.search(r"You argue \*\*(for|against)\*\*", texts(await self.place(member)))
        assert found is not None
        return found[1]

    async def rebut(self, member: MemberActor, number: int, **fields: str) -> str:
        """Answer an argument with the button below it."""
        form = await member.click(self.argument(number), label=f"Answer argument {number}")
        return await self.write(member, form, **fields)

    async def next_stage(self, member: MemberActor) -> str:
        """The instructor presses the button of the controls; gives what they show then."""
        panel = reply(await member.slash(self.thread, "debate status"))
        shown = reply(await member.click(panel, label=next(iter(buttons(panel)))))
        await self.settle()
        return texts(shown)

    async def transcript(self) -> str:
        answered = reply(await self.room.instructor.slash(self.thread, "debate transcript"))
        [file] = answered.attachments
        return (await file.read()).decode()

    def nothing_private_was_said(self) -> bool:
        """Whether no public message of the bot holds a word of somebody's stance."""
        said = "\n".join(texts(each) for each in self.room.posted(self.thread))
        return NEVER_PUBLIC.search(said) is None


async def preview_of(
    room: Classroom, *, channel: ChannelHandle | None = None, **options: object
) -> ResponseMessage:
    if "motion" not in options:
        options["claim"] = await claim_id(room)
    where = {} if channel is None else {"channel": channel}
    return reply(await room.instructor.slash(room.channel, "debate open", **where, **options))


async def opened(room: Classroom, **options: object) -> Lesson:
    debate = await open_debate(room, **options)
    lesson = Lesson(room, debate.thread)
    await lesson.settle()
    return lesson


async def through_the_gate(lesson: Lesson, member: MemberActor) -> str:
    """Answer all questions of the gate with their first option; gives the result."""
    shown = reply(await member.click(await lesson.place(member), label="Try the questions"))
    while "Your result" not in texts(shown):
        labels = list(buttons(shown))
        onward = [label for label in labels if label in ("Next question", "See my result")]
        pressed = onward[0] if onward else next(label for label in labels if label.startswith("A"))
        shown = reply(await member.click(shown, label=pressed))
    return texts(shown)


async def test_oxford_with_every_option(classroom: Classroom) -> None:
    """By the clock and by hand, over a restart, with one who comes late and one who leaves."""
    classroom.allow(MAY_KEEP)
    a, b, c, d, e, f = classroom.students
    host = classroom.instructor
    asked = {"gate": 2, "hide_openings": True, "steelman": True, "quota": 1, "slowmode": 30, "caucus": True}
    preview = await preview_of(classroom, minutes=10, **asked)
    said = texts(preview)
    assert "1. Joining: 5 minutes\n2. Openings: 10 minutes\n3. Rebuttals: 10 minutes" in said
    for option in (
        "sides are balanced",
        "2 questions to try",
        "openings of others are hidden",
        "one restates an argument fairly",
        "at most 1 argument a person and stage",
        "slow mode of 30 seconds",
        "each side gets a private thread",
    ):
        assert option in said
    assert "There will be no" not in said, "the bot may do all that is asked for"
    assert list(buttons(preview)) == ["Open it", "Discard"]
    assert "Discarded: nobody has seen it." in texts(reply(await host.click(preview, label="Discard")))
    assert not classroom.channel.threads
    lesson = await opened(classroom, minutes=10, **asked)

    # Joining, by the clock
    assert list(buttons(lesson.motion)) == ["My stance before", "My place"]
    assert "Now: **Joining (1 of 5)**; it ends <t:" in texts(lesson.motion)
    for student in (a, b, c, d, e):
        told = await lesson.stance(student, "1", "75")
        assert "Kept, privately: **Slightly for, fairly sure**. You can change it until joining ends." in told
        assert "Before you are given a side, try 2 questions" in told
    for student in (a, b, c, d):
        assert "**You are through**" in await through_the_gate(lesson, student)
    assert "Sides are given when joining ends." in texts(await lesson.place(a))
    await lesson.room.env.advance_time(300)
    await lesson.settle()

    # Openings
    assert lesson.stage.startswith("### Openings (2 of 5)\nAdd your side's main points.")
    assert "\nIt ends <t:" in lesson.stage
    assert lesson.doors() == [
        "Add argument",
        "My place",
        "My arguments",
        "My evidence",
        "See the openings so far",
        "My stance before",
    ]
    sides = {student: await lesson.side(student) for student in (a, b, c, d)}
    assert sorted(sides.values()) == ["against", "against", "for", "for"]
    assert {thread.name[:3] for thread in classroom.channel.threads} == {"Deb", "For", "Aga"}
    assert "try 2 questions" in texts(await lesson.place(e))
    first = reply(await e.click(lesson.motion, label="Add argument"))
    assert list(buttons(first)) == ["Try the questions"]
    refused = texts(reply(await b.click(lesson.motion, label="See the openings so far")))
    assert refused.startswith("Only those who have added an opening of their own")
    told = await lesson.argue(a, claim="The first opening.")
    assert told.startswith("Your argument is in, as number **1**. The thread shows it when the openings end.")
    refused = texts(reply(await a.click(lesson.motion, label="Add argument")))
    assert refused == (
        "The quota of this stage is used up, so nothing was changed. It is 1 a person; the next stage has a new one."
    )
    await lesson.argue(b, claim="The second opening.")
    await lesson.settle()
    assert "The first opening." not in "".join(texts(each) for each in classroom.posted(lesson.thread))
    seen = texts(reply(await a.click(lesson.motion, label="See the openings so far")))
    assert "The second opening." in seen
    await classroom.restart(away=20)

    # Rebuttals, by hand
    shown = await lesson.next_stage(host)
    assert "Now: **Rebuttals (3 of 5)**" in shown
    assert "5 people take part: 2 for, 2 against, 1 without a side yet" in shown
    assert "> The first opening." in texts(lesson.argument(1))
    assert lesson.doors() == [
        "Add argument",
        "My place",
        "My arguments",
        "My evidence",
        "Judge the reasons",
        "My stance before",
    ]
    rebutting = next(each for each in (b, c) if sides[each] != sides[a])
    form = await rebutting.click(lesson.argument(1), label="Answer argument 1")
    assert form.modal is not None
    assert form.modal["title"] == "First restate argument 1"
    await rebutting.submit_modal(form, {"text": "The opening at its best."})
    await lesson.settle()
    await a.click(lesson.newest, label="Fair")
    assert "as number **3**. The thread shows it in a moment." in await lesson.rebut(rebutting, 1)
    await lesson.settle()
    assert "Attacks argument 1" in texts(lesson.argument(3))
    late = f
    told = await lesson.stance(late, "-3")
    assert (
        "The arguments have begun, so it is counted, but not compared with the one after the debate." in told
    )
    assert "**You are through**" in await through_the_gate(lesson, late)
    assert await lesson.side(late) in ("for", "against")
    left = reply(await d.click(await lesson.place(d), label="Leave the debate"))
    assert "nobody holds that against you" in texts(left)

    # Closing words and the last vote, by the clock
    await lesson.room.env.advance_time(600)
    await lesson.settle()
    assert lesson.stage.startswith("### Closing words (4 of 5)")
    assert "as number **4**" in await lesson.argue(late)
    await lesson.room.env.advance_time(300)
    await lesson.settle()
    assert lesson.stage.startswith("### Your stance after (5 of 5)\nSay privately where you stand now.")
    assert lesson.doors() == [
        "My stance after",
        "My place",
        "My arguments",
        "My evidence",
        "Joint statement",
        "Judge the reasons",
    ]
    for student in (a, b, c, e, late):
        told = await lesson.stance(student, "0", when="after")
        assert "You can change it until the debate is closed." in told
    pair = reply(await e.click(lesson.motion, label="Judge the reasons"))
    assert list(buttons(pair)) == ["The first", "The second", "Equally good", "Skip"]
    await e.click(pair, label="Equally good")
    assert lesson.nothing_private_was_said()

    # The end
    assert "Closed. The outcome is at the end of the thread." in await lesson.next_stage(host)
    outcome = texts(lesson.newest)
    assert f"5 people joined and {len({a, b, rebutting, late})} of them argued" in outcome
    assert "6 people voted before the debate, 5 after it, 4 both times and in time." in outcome
    assert "**Too few began on one side or the other to tell a shift from chance." in outcome
    assert list(buttons(lesson.motion)) == []
    assert lesson.stage.endswith("This stage is over.")
    written = await lesson.transcript()
    assert "## Argument 1: " in written
    assert ", attacks argument 1" in written
    assert a.name not in written, "nobody has agreed to be named"
    assert classroom.direct_messages(host) == []


async def test_open_debate_on_a_motion_in_ones_own_words(classroom: Classroom) -> None:
    """By hand all the way; whoever argues says which way it speaks."""
    a, b, c, d, *_ = classroom.students
    words = "Towns should publish lists of those who owe taxes."
    preview = await preview_of(classroom, motion=words, format="open", minutes=0, gate=0)
    assert "1. Open floor: until you go on\n2. Your stance after: until you go on" in texts(preview)
    assert "There are no case cards for a motion in your own words." in texts(preview)
    shown = texts(reply(await classroom.instructor.click(preview, label="Open it")))
    assert "It waits for you to go on; `/debate status` has the controls." in shown
    lesson = Lesson(classroom, classroom.channel.threads[0])
    await lesson.settle()
    assert "**Arguments are not personal views: each says which way it speaks.**" in texts(lesson.motion)
    assert list(buttons(lesson.motion)) == [
        "My stance before",
        "Add argument",
        "My place",
        "My arguments",
        "Judge the reasons",
    ]
    told = await lesson.stance(a, "3")
    assert "You can change it until somebody argues." in told
    assert "There are no sides here" in told
    await lesson.argue(a, side="for")
    await lesson.argue(b, side="against", claim="They shame people.")
    await lesson.settle()
    told = await lesson.stance(c, "declined")
    assert (
        "The arguments have begun, so it is counted, but not compared with the one after the debate." in told
    )
    assert "as number **3**" in await lesson.rebut(c, 2, side="for", claim="Few are named.")
    await lesson.settle()
    assert "the argument, not its author, speaks that way" in texts(lesson.argument(3))
    pair = reply(await d.click(lesson.motion, label="Judge the reasons"))
    assert "Judge the evidence and the reasoning, not whether you agree." in texts(pair)
    await d.click(pair, label="The first")
    agreed = reply(await a.click(await lesson.place(a), label="A transcript may name me"))
    assert "Do not name me in a transcript" in buttons(agreed)
    panel = reply(await classroom.instructor.slash(lesson.thread, "debate status"))
    assert list(buttons(panel)) == [
        "Next stage",
        "End it in 5 minutes",
        "Pause",
        "Refresh",
        "Close now",
        "Cancel the debate",
    ]
    await lesson.next_stage(classroom.instructor)
    assert "until the instructor goes on" in lesson.stage
    assert list(buttons(lesson.argument(1))) == ["My stance after"]
    await lesson.stance(a, "declined", when="after")
    assert "Closed." in await lesson.next_stage(classroom.instructor)
    outcome = texts(lesson.newest)
    assert "3 people joined and 3 of them argued: 2 arguments for, 1 against." in outcome
    assert "Nobody voted in time before the debate and again after it." in outcome
    written = await lesson.transcript()
    assert f"# Debate: {words}" in written
    assert f"*{a.name}, " in written
    assert b.name not in written


@pytest.mark.parametrize("sides", ["opposite", "random"])
async def test_switch_to_a_joint_statement(classroom: Classroom, sides: str) -> None:
    a, b, c, d, *_ = classroom.students
    host = classroom.instructor
    lesson = await opened(classroom, format="switch", sides=sides, minutes=4)
    tells = "everybody argues the opposite of what they think" in texts(lesson.motion)
    assert tells == (sides == "opposite")
    for student, stance in ((a, "3"), (b, "-2"), (c, "0"), (d, "declined")):
        await lesson.stance(student, stance)
    await lesson.next_stage(host)
    before = {student: await lesson.side(student) for student in (a, b, c, d)}
    if sides == "random":
        assert sorted(before.values()) == ["against", "against", "for", "for"]
    else:
        assert (before[a], before[b]) == ("against", "for")
        assert "here, people argue the opposite of what they think" in texts(await lesson.place(a))
        assert "it was drawn by lot" in texts(await lesson.place(c))
    await lesson.argue(a, claim="By the first.")
    await lesson.room.env.advance_time(240)
    await lesson.settle()

    assert lesson.stage.startswith("### Switched sides (3 of 5)\nEverybody argues the other side now.")
    for student in (a, b, c, d):
        assert await lesson.side(student) != before[student]
        assert "as everybody has switched sides" in texts(await lesson.place(student))
    assert "as number **2**" in await lesson.rebut(a, 1, claim="And now the other way.")
    await classroom.restart(away=5)
    await lesson.next_stage(host)

    assert lesson.stage.startswith("### Joint statement (4 of 5)\nWrite together what all agree on")
    assert lesson.doors()[:2] == ["Joint statement", "My place"]
    form = await b.click(lesson.motion, label="Joint statement")
    told = texts(reply(await b.submit_modal(form, {"text": "We agree that errors must be mended."})))
    assert told == "The statement is changed; the thread shows it in a moment."
    await lesson.settle()
    statement = lesson.newest
    assert list(buttons(statement)) == ["I can sign this", "Change it"]
    for student in (a, c):
        await student.click(statement, label="I can sign this")
    await lesson.settle()
    assert "Fewer than five signatures so far. A change" in texts(classroom.now(statement))
    await lesson.room.env.advance_time(240)
    await lesson.settle()

    assert lesson.stage.startswith("### Your stance after (5 of 5)")
    for student in (a, b, c, d):
        await lesson.stance(student, "1", when="after")
    await lesson.room.env.advance_time(120)
    await lesson.settle()
    outcome = texts(lesson.newest)
    assert outcome.startswith("## Outcome of the debate"), "its clock has closed it"
    assert "### Joint statement\n> We agree that errors must be mended." in outcome
    assert "1 argument answers another one, across the sides." in outcome
    assert "> We agree that errors must be mended.\n-# Fewer than five signatures so far." in texts(
        classroom.now(statement)
    )
    assert "A change" not in texts(classroom.now(statement)), "nothing can be changed any more"
    assert "Fewer than five signatures so far." in await lesson.transcript()


async def test_fishbowl_in_which_each_argues_once(classroom: Classroom) -> None:
    host = classroom.instructor
    lesson = await opened(classroom, format="fishbowl", sides="chosen", minutes=6)
    rounds = "2. Fishbowl, round 1: Those whose round it is argue"
    assert rounds in texts(lesson.motion)
    for number in (2, 3):
        assert f"\n{number + 1}. Fishbowl, round {number}: the same, other people argue.\n" in texts(
            lesson.motion
        )
    for number, student in enumerate(classroom.students):
        await lesson.stance(student, "1")
        wish = "for" if number < 4 else "against"
        told = texts(reply(await student.click(await lesson.place(student), label=f"I would argue {wish}")))
        assert f"You would like to argue **{wish}**." in told
    await lesson.next_stage(host)
    reasons = [texts(await lesson.place(student)) for student in classroom.students]
    assert ["you chose it" in each for each in reasons] == [True, True, True, False, True, True]
    assert "the side that you chose was full" in reasons[3]

    spoken: list[MemberActor] = []
    for number in (1, 2, 3):
        assert lesson.stage.startswith(f"### Fishbowl, round {number} ({number + 1} of 5)\n")
        assert lesson.doors()[0] == "Add argument"
        here = [
            student
            for student in classroom.students
            if f"In this round **you argue**: yours is round {number} of 3."
            in texts(await lesson.place(student))
        ]
        assert len(here) == 2
        called = re.search(r"\nThis round is for <@(\d+)> and <@(\d+)> to argue\.", lesson.stage)
        assert called is not None
        assert {int(each) for each in called.groups()} == {each.id for each in here}
        message = posts(classroom.env.http_requests, lesson.thread.id)[-1]
        assert set(message["allowed_mentions"]["users"]) == {each.id for each in here}
        spoken += here
        listener = next(each for each in classroom.students if each not in here)
        assert "in this round you listen and judge." in texts(await lesson.place(listener))
        refused = texts(reply(await listener.click(lesson.motion, label="Add argument")))
        assert re.fullmatch(
            r"This round is for others to argue, so nothing was changed\. "
            r"(Yours is round [23] of 3; until then, listen and judge|Yours was round [12] of 3\. Listen and judge)\.",
            refused,
        )
        for student in here:
            assert "Your argument is in" in await lesson.argue(student, claim=f"Round {number}.")
        if number == 2:
            await classroom.restart()
        await lesson.next_stage(host) if number == 1 else await lesson.room.env.advance_time(360)
        await lesson.settle()
    assert set(spoken) == set(classroom.students), "each has argued in one round"
    (late,) = newcomers(classroom, 1)
    told = await lesson.stance(late, "2", when="after")
    assert (
        "There is no stance of yours from before the debate, so this one is counted, but not compared."
        in told
    )
    await lesson.room.env.advance_time(180)
    await lesson.settle()
    outcome = texts(lesson.newest)
    assert "7 people joined and 6 of them argued: 3 arguments for, 3 against." in outcome
    assert (await lesson.transcript()).count("## Argument ") == 6


async def test_who_left_comes_back_with_one_press(classroom: Classroom) -> None:
    """Whoever has given a stance cannot give it again, so that button would not let them in."""
    lesson = await opened(classroom)
    one = classroom.students[0]
    await lesson.stance(one, "1")
    await lesson.advance()
    side = await lesson.side(one)
    left = reply(await one.click(await lesson.place(one), label="Leave the debate"))
    assert list(buttons(left)) == ["Come back", "Delete what I wrote"]
    back = reply(await one.click(left, label="Come back"))
    assert f"You argue **{side}** the motion" in texts(back)
    assert "Your stance before: **Slightly for**." in texts(back)


async def test_preview_says_which_options_cannot_be_kept(classroom: Classroom) -> None:
    said = texts(await preview_of(classroom, slowmode=10, caucus=True))
    place = f"<#{classroom.channel.id}>"
    assert f"**There will be no slow mode:** I lack Manage Threads in {place}." in said
    assert "slow mode of" not in said, "what will not happen is not listed as an option"
    assert f"**There will be no private threads:** I lack Create Private Threads in {place}." in said
    assert "There will be no" not in texts(await preview_of(classroom))
    assert "There will be no" not in texts(await preview_of(classroom, format="open", caucus=True))
    classroom.allow(MAY_KEEP)
    forum = classroom.guild.create_forum_channel("forum")
    await classroom.env.settle()
    said = texts(await preview_of(classroom, slowmode=10, caucus=True, channel=forum))
    assert f"**There will be no private threads:** <#{forum.id}> takes none." in said
    assert "slow mode:" not in said


async def test_loaded_motion_is_named_in_the_preview_and_may_still_be_opened(classroom: Classroom) -> None:
    preview = await preview_of(classroom, motion="Why do the shameful officials not stop spying?", minutes=0)
    said = texts(preview)
    assert said.count("**Please look at the wording:**") == 1
    assert "\n- The motion is a question" in said
    assert "\n- The wording takes a side before the debate begins: “shameful”; use a word" in said
    assert "Open it" in buttons(preview)
    assert "The debate is open in" in texts(reply(await classroom.instructor.click(preview, label="Open it")))
