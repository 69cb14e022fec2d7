"""Stances before and after a debate: private, changeable for as long as they may be, and never a public matter."""

import itertools

import pytest
from simcord import InteractionResult

from tests.discord.debating import DebateRoom, filled_in, newcomers, open_debate
from tests.discord.room import Classroom, buttons, parts, reply, texts

CHANGE_BEFORE = "You can change it until joining ends."
CHANGE_AFTER = "You can change it until the debate is closed."
NOT_COMPARED = "There is no stance of yours from before the debate, so this one is counted, but not compared."
CLOSED = "The debate is closed."
SETTLED = "The stance before is settled, because you have given the one after the debate."
BEGUN = "The stance before is settled since the debate has begun."


def unchanged(said: str) -> str:
    """What is said where somebody tried to change something, beside having looked."""
    return f"{said.removesuffix('.')}, so nothing was changed."


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    return await open_debate(classroom)


def stored(classroom: Classroom) -> list[tuple[object, ...]]:
    """Every stance ever given, the oldest first."""
    return classroom.rows("select phase, standing, certainty from stance order by interaction_id")


def options(form: InteractionResult) -> dict[str, list[str]]:
    """What can be chosen in a form, by field."""
    assert form.modal is not None
    fields = [label["component"] for label in form.modal["components"] if "component" in label]
    return {field["custom_id"]: [option["label"] for option in field["options"]] for field in fields}


# Giving one


async def test_form_offers_every_standing_and_certainty_is_optional(debate: DebateRoom) -> None:
    form = await debate.room.students[0].click(debate.motion, label="My stance before")
    assert form.modal is not None
    assert form.modal["title"] == "My stance before the debate"
    assert options(form) == {
        "stance": [
            "Strongly for",
            "For",
            "Slightly for",
            "Undecided",
            "Slightly against",
            "Against",
            "Strongly against",
            "Rather not say",
        ],
        "certainty": ["A guess", "Leaning", "Fairly sure", "Certain"],
    }
    note, *fields = form.modal["components"]
    assert "leave at any time" in note["content"], "what joining means comes first"
    required = {each["component"]["custom_id"]: each["component"]["required"] for each in fields}
    assert required == {"stance": True, "certainty": False}
    assert filled_in(form) == {"stance": "", "certainty": ""}


@pytest.mark.parametrize(
    ("standing", "certainty", "said", "kept"),
    [
        ("for", None, "For", ("for", None, 2)),
        ("3", None, "Strongly for", ("for", None, 3)),
        ("against", "100", "Against, certain", ("against", 100, -2)),
        ("-1", "50", "Slightly against, leaning", ("against", 50, -1)),
        ("undecided", "25", "Undecided, a guess", ("undecided", 25, 0)),
        ("declined", None, "Rather not say", ("declined", None, None)),
        ("declined", "75", "Rather not say", ("declined", None, None)),
    ],
)
async def test_stance_is_kept_and_confirmed_in_private(
    debate: DebateRoom,
    standing: str,
    certainty: str | None,
    said: str,
    kept: tuple[str, int | None, int | None],
) -> None:
    student, room = debate.room.students[0], debate.room
    told = await debate.stance(student, standing, certainty)
    first, second = told.split("\n")
    assert first == f"Kept, privately: **{said}**. {CHANGE_BEFORE}"
    assert second == "You have joined. Sides are given when joining ends."
    with_values = "select phase, standing, certainty, value from stance order by interaction_id"
    assert room.rows(with_values) == [("before", *kept)]
    await debate.vote_now()
    told = await debate.stance(student, standing, certainty, when="after")
    assert told == f"Kept, privately: **{said}**. {CHANGE_AFTER}"
    assert room.rows(with_values) == [("before", *kept), ("after", *kept)]


async def test_stance_can_be_changed_and_the_form_starts_from_the_last_one(debate: DebateRoom) -> None:
    student, other = debate.room.students[:2]
    await debate.stance(student, "for", "50")
    form = await student.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"stance": "2", "certainty": "50"}
    told = await debate.stance(student, "undecided")
    assert told == f"Kept, privately: **Undecided**. {CHANGE_BEFORE}", "the side was told the first time"
    form = await student.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"stance": "0", "certainty": ""}
    form = await other.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"stance": "", "certainty": ""}, "nobody sees another's stance"
    assert stored(debate.room) == [("before", "for", 50), ("before", "undecided", None)]
    await debate.vote_now()
    form = await student.click(debate.motion, label="My stance after")
    assert filled_in(form) == {"stance": "", "certainty": ""}, "what was said before is no suggestion"


async def test_stance_before_is_settled_when_the_debate_begins(debate: DebateRoom) -> None:
    student, late = debate.room.students[:2]
    await debate.stance(student, "for")
    slow = await student.click(debate.motion, label="My stance before")
    await debate.advance()
    await debate.room.env.advance_time(120)
    assert await debate.press(student, "My stance before") == BEGUN
    assert texts(reply(await student.submit_modal(slow, {"stance": "-2"}))) == unchanged(BEGUN)
    told = await debate.stance(late, "against")
    assert told.startswith(
        "Kept, privately: **Against**. The arguments have begun, so it is counted, but not compared with the one after "
        "the debate.\nYou argue **"
    )
    assert [row[:2] for row in stored(debate.room)] == [("before", "for"), ("before", "against")]


async def test_stance_before_is_settled_once_the_one_after_is_given(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await debate.stance(student, "for")
    motion = debate.motion
    await debate.vote_now()
    await debate.stance(student, "against", when="after")
    custom_id = f"ds:{debate.debate_id}:before"
    assert texts(await debate.room.press_late(student, motion, custom_id)) == SETTLED
    assert "**Undecided**" in await debate.stance(student, "undecided", when="after")
    assert [row[:2] for row in stored(debate.room)] == [
        ("before", "for"),
        ("after", "against"),
        ("after", "undecided"),
    ]


async def test_stance_after_without_one_before_counts_but_is_not_compared(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await debate.vote_now()
    told = await debate.stance(student, "for", when="after")
    assert told.startswith(f"Kept, privately: **For**. {NOT_COMPARED}\nYou argue **")
    outcome = await debate.outcome()
    assert "Nobody voted in time before the debate and again after it." in outcome


async def test_stance_after_the_end_changes_nothing(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await debate.stance(student, "for")
    await debate.vote_now()
    form, late = await student.click(debate.motion, label="My stance after"), debate.motion
    ids = [part["custom_id"] for part in parts(late) if part.get("custom_id", "").startswith("ds:")]
    assert ids == [f"ds:{debate.debate_id}:after"]
    await debate.close()
    assert texts(reply(await student.submit_modal(form, {"stance": "-2"}))) == unchanged(CLOSED)
    await debate.room.env.advance_time(3)
    for custom_id in ids:
        assert texts(await debate.room.press_late(student, late, custom_id)) == CLOSED
    assert stored(debate.room) == [("before", "for", None)]


async def test_form_says_what_joining_means_to_whoever_does_not_take_part(debate: DebateRoom) -> None:
    """To newcomers of either phase, and to those who have left; never to those who take part."""
    student, newcomer = debate.room.students[:2]
    note = "leave at any time"
    await debate.stance(student, "for")
    assert note not in str((await student.click(debate.motion, label="My stance before")).modal)
    await debate.vote_now()
    assert note not in str((await student.click(debate.motion, label="My stance after")).modal)
    assert note in str((await newcomer.click(debate.motion, label="My stance after")).modal)
    await student.click(reply(await student.click(debate.motion, label="My place")), label="Leave the debate")
    assert note in str((await student.click(debate.motion, label="My stance after")).modal)


async def test_form_that_is_delivered_twice_is_one_stance(debate: DebateRoom) -> None:
    await debate.stance(debate.room.students[0], "for")
    await debate.room.deliver_again()
    assert stored(debate.room) == [("before", "for", None)]
    assert debate.room.value("select count(*) from debater") == 1


# Sides


async def test_sides_are_balanced_whatever_people_think(debate: DebateRoom) -> None:
    everybody = [*debate.room.students, *newcomers(debate.room, 5)]
    for student in everybody[:6]:
        await debate.stance(student, "for")
    await debate.advance()
    for student in everybody[6:]:
        assert "You argue **" in await debate.stance(student, "for")
        sides = [side for (side,) in debate.room.rows("select side from debater")]
        assert abs(sides.count("for") - sides.count("against")) <= 1
    assert debate.room.rows("select side, count(*) from debater group by side order by side") in (
        [("against", 5), ("for", 6)],
        [("against", 6), ("for", 5)],
    )


async def test_form_says_where_a_side_tells_of_a_view(classroom: Classroom) -> None:
    tells = "a side tells something of a view"
    private, honest = "Private. Only totals are ever shown.", "others see your side, which is the opposite"
    student = classroom.students[0]
    for sides in ("balanced", "opposite"):
        debate = await open_debate(classroom, sides=sides)
        said = str((await student.click(debate.motion, label="My stance before")).modal)
        assert (tells in said, honest in said) == (sides == "opposite",) * 2
        assert (private in said) == (sides == "balanced")
        assert "leave at any time" in said
        await debate.vote_now()
        said = str((await student.click(debate.motion, label="My stance after")).modal)
        assert (tells in said, private in said) == (False, True), "no side depends on the stance afterwards"


async def test_status_tells_no_view_by_the_sides_of_a_few(classroom: Classroom) -> None:
    debate = await open_debate(classroom, sides="opposite")
    for student in classroom.students[:4]:
        await debate.stance(student, "against")
    await debate.advance()
    shown = texts(reply(await classroom.instructor.slash(debate.thread, "debate status")))
    assert "4 people take part\nHow many argue each side is not shown" in shown
    assert "4 for" not in shown


async def test_latecomer_chooses_where_people_choose(classroom: Classroom) -> None:
    debate = await open_debate(classroom, sides="chosen")
    for student in classroom.students[:2]:
        await debate.stance(student, "for")
    await debate.advance()
    late = classroom.students[2]
    form = await late.click(debate.motion, label="My stance before")
    joined = reply(await late.submit_modal(form, {"stance": "2"}))
    assert "Say which side you would like to argue" in texts(joined)
    assert classroom.value("select count(*) from debater where side is null") == 1
    told = texts(reply(await late.click(joined, label="I would argue against")))
    assert told.startswith(
        "You argue **against** the motion (you chose it). Sides are for this debate; arguments are not personal views."
    )
    assert "I would argue" not in str(buttons(reply(await late.click(debate.motion, label="My place"))))


async def test_own_side_is_told_again_in_private(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    assert "You have not joined yet." in await debate.press(student, "My place")
    await debate.stance(student, "undecided", "50")
    assert "Sides are given when joining ends." in await debate.press(student, "My place")
    await debate.advance()
    side = debate.room.value("select side from debater")
    told = await debate.press(student, "My place")
    assert told.startswith(
        f"You argue **{side}** the motion (both sides were equal, so it was drawn at random)."
    )
    assert "Your stance before: **Undecided, leaning**. After: **not given yet**." in told
    await debate.vote_now()
    await debate.stance(student, "declined", when="after")
    assert "After: **Rather not say**." in await debate.press(student, "My place")
    await debate.close()
    await debate.room.env.advance_time(3)
    assert "My place" not in str(list(parts(debate.motion)))


# What everybody sees


async def test_public_messages_never_tell_a_stance(debate: DebateRoom) -> None:
    """The thread looks the same whatever four people say: only how many have joined is shown."""
    seen: set[str] = set()
    for standings in itertools.islice(
        itertools.product(("for", "against", "undecided"), repeat=4), 0, 81, 16
    ):
        fresh = await open_debate(debate.room)
        for student, standing in zip(debate.room.students, standings, strict=False):
            await fresh.stance(student, standing, "75")
        await fresh.vote_now()
        for student, standing in zip(debate.room.students, standings, strict=False):
            await fresh.stance(student, standing, when="after")
        await debate.room.env.advance_time(3)
        seen.add("\n".join(texts(message) for message in debate.room.posted(fresh.thread)))
    assert len(seen) == 1
    assert "-# 4 people have joined · 0 arguments." in seen.pop()


async def test_count_of_those_who_joined_follows(debate: DebateRoom) -> None:
    await debate.stance(debate.room.students[0], "for")
    await debate.room.env.advance_time(3)
    assert "-# 1 person has joined · 0 arguments." in texts(debate.motion)
    await debate.stance(debate.room.students[0], "against")
    await debate.stance(debate.room.students[1], "declined")
    await debate.room.env.advance_time(3)
    assert "-# 2 people have joined · 0 arguments." in texts(debate.motion)
