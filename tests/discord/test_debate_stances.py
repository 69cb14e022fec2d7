"""Stances before and after a debate: private, changeable for as long as they may be, and never a public matter."""

import itertools

import pytest
from simcord import InteractionResult

from tests.discord.debating import DebateRoom, filled_in, newcomers, open_debate
from tests.discord.room import Classroom, parts, reply, texts

CHANGE_BEFORE = "You can change it until you give your stance after the debate."
CHANGE_AFTER = "You can change it until the debate is closed."
NOT_COMPARED = "You gave no stance before the debate, so this one is counted, but not compared."
CLOSED = "The debate is closed, so nothing was changed."
SETTLED = (
    "The stance before is settled, because you have given the one after the debate, so nothing was changed."
)


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    return await open_debate(classroom)


def stored(classroom: Classroom) -> list[tuple[object, ...]]:
    """Every stance ever given, the oldest first."""
    return classroom.rows("select phase, standing, certainty from stance order by interaction_id")


def options(form: InteractionResult) -> dict[str, list[str]]:
    """What can be chosen in a form, by field."""
    assert form.modal is not None
    fields = [label["component"] for label in form.modal["components"]]
    return {field["custom_id"]: [option["label"] for option in field["options"]] for field in fields}


# Giving one


async def test_form_offers_every_standing_and_certainty_is_optional(debate: DebateRoom) -> None:
    form = await debate.room.students[0].click(debate.motion, label="My stance before")
    assert form.modal is not None
    assert form.modal["title"] == "My stance before the debate"
    assert options(form) == {
        "standing": ["For", "Against", "Undecided", "Rather not say"],
        "certainty": ["A guess", "Leaning", "Fairly sure", "Certain"],
    }
    required = {
        each["component"]["custom_id"]: each["component"]["required"] for each in form.modal["components"]
    }
    assert required == {"standing": True, "certainty": False}
    assert filled_in(form) == {"standing": "", "certainty": ""}


@pytest.mark.parametrize(
    ("standing", "certainty", "said", "kept"),
    [
        ("for", None, "For", ("for", None)),
        ("against", "100", "Against, certain", ("against", 100)),
        ("undecided", "25", "Undecided, a guess", ("undecided", 25)),
        ("declined", None, "Rather not say", ("declined", None)),
        ("declined", "75", "Rather not say", ("declined", None)),
    ],
)
async def test_stance_is_kept_and_confirmed_in_private(
    debate: DebateRoom, standing: str, certainty: str | None, said: str, kept: tuple[str, int | None]
) -> None:
    student = debate.room.students[0]
    told = await debate.stance(student, standing, certainty)
    first, second = told.split("\n")
    assert first == f"Kept, privately: **{said}**. {CHANGE_BEFORE}"
    assert second.startswith("You argue **")
    assert second.endswith(
        "the motion. The side is assigned so that both are equally many; it has nothing to do with your stance."
    )
    assert stored(debate.room) == [("before", *kept)]
    told = await debate.stance(student, standing, certainty, when="after")
    assert told == f"Kept, privately: **{said}**. {CHANGE_AFTER}"
    assert stored(debate.room) == [("before", *kept), ("after", *kept)]


async def test_stance_can_be_changed_and_the_form_starts_from_the_last_one(debate: DebateRoom) -> None:
    student, other = debate.room.students[:2]
    await debate.stance(student, "for", "50")
    form = await student.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"standing": "for", "certainty": "50"}
    told = await debate.stance(student, "undecided")
    assert told == f"Kept, privately: **Undecided**. {CHANGE_BEFORE}", "the side was told the first time"
    form = await student.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"standing": "undecided", "certainty": ""}
    form = await student.click(debate.motion, label="My stance after")
    assert filled_in(form) == {"standing": "", "certainty": ""}, "what was said before is no suggestion"
    form = await other.click(debate.motion, label="My stance before")
    assert filled_in(form) == {"standing": "", "certainty": ""}, "nobody sees another's stance"
    assert stored(debate.room) == [("before", "for", 50), ("before", "undecided", None)]


async def test_stance_before_is_settled_once_the_one_after_is_given(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await debate.stance(student, "for")
    slow = await student.click(debate.motion, label="My stance before")
    await debate.stance(student, "against", when="after")
    assert await debate.press(student, "My stance before") == SETTLED
    assert texts(reply(await student.submit_modal(slow, {"standing": "against"}))) == SETTLED
    assert "**Undecided**" in await debate.stance(student, "undecided", when="after")
    assert [row[:2] for row in stored(debate.room)] == [
        ("before", "for"),
        ("after", "against"),
        ("after", "undecided"),
    ]


async def test_stance_after_without_one_before_counts_but_is_not_compared(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    told = await debate.stance(student, "for", when="after")
    assert told.startswith(f"Kept, privately: **For**. {NOT_COMPARED}\nYou argue **")
    assert await debate.press(student, "My stance before") == SETTLED
    outcome = await debate.outcome()
    assert "Nobody voted both before and after the debate." in outcome


async def test_stance_after_the_end_changes_nothing(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await debate.stance(student, "for")
    forms = [await student.click(debate.motion, label=f"My stance {when}") for when in ("before", "after")]
    late = debate.motion
    ids = [part["custom_id"] for part in parts(late) if part.get("custom_id", "").startswith("ds:")]
    await debate.close()
    for form in forms:
        assert texts(reply(await student.submit_modal(form, {"standing": "against"}))) == CLOSED
    await debate.room.env.advance_time(3)
    for custom_id in ids:
        assert texts(await debate.room.press_late(student, late, custom_id)) == CLOSED
    assert stored(debate.room) == [("before", "for", None)]


async def test_form_that_is_delivered_twice_is_one_stance(debate: DebateRoom) -> None:
    await debate.stance(debate.room.students[0], "for")
    await debate.room.deliver_again()
    assert stored(debate.room) == [("before", "for", None)]
    assert debate.room.value("select count(*) from debater") == 1


# Sides


async def test_sides_are_balanced_whatever_people_think(debate: DebateRoom) -> None:
    told: list[str] = []
    for student in [*debate.room.students, *newcomers(debate.room, 5)]:
        told.append(await debate.stance(student, "for"))
        sides = ["against" if "**against** the motion" in each else "for" for each in told]
        assert abs(sides.count("for") - sides.count("against")) <= 1
    assert debate.room.rows("select side, count(*) from debater group by side order by side") in (
        [("against", 5), ("for", 6)],
        [("against", 6), ("for", 5)],
    )


async def test_own_side_is_told_again_in_private(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    assert await debate.press(student, "My side") == (
        "You have not joined yet. Press **My stance before** to join."
    )
    told = await debate.stance(student, "undecided", "50")
    side = told.partition("You argue **")[2].partition("**")[0]
    assert await debate.press(student, "My side") == (
        f"You argue **{side}** the motion. Sides are assigned; nobody takes yours for your own view.\n"
        "Your stance before: **Undecided, leaning**. After: **not given yet**. Only you can see this."
    )
    await debate.stance(student, "declined", when="after")
    assert "After: **Rather not say**." in await debate.press(student, "My side")
    await debate.close()
    await debate.room.env.advance_time(3)
    assert "My side" not in str(list(parts(debate.motion)))


async def test_whoever_opens_the_form_for_an_argument_has_joined(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    await student.click(debate.motion, label="Add argument")
    assert "Your stance before: **not given**." in await debate.press(student, "My side")
    told = await debate.stance(student, "for")
    assert "You argue" not in told


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
