"""Judging the reasons in Discord: pairs in private, one after the other, and what the outcome says of them."""

import re
from collections.abc import Sequence

import pytest
from simcord import ResponseMessage

from tests.discord.debating import DebateRoom, newcomers, open_debate
from tests.discord.room import BUTTON, Classroom, buttons, parts, reply, texts


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """An open debate in which two students have argued, each once for and once against."""
    debate = await open_debate(classroom, format="open")
    for number, student in enumerate(classroom.students[:2]):
        for side in ("for", "against"):
            await debate.argue(student, claim=f"Point {number} {side}.", side=side)
    await debate.room.env.advance_time(3)
    return debate


def numbers(shown: ResponseMessage) -> list[int]:
    return [int(line.rsplit(" ", 1)[1]) for line in texts(shown).splitlines() if "· argument " in line]


async def test_pairs_come_one_after_the_other_and_in_private(debate: DebateRoom) -> None:
    judge = debate.room.students[3]
    before = len(debate.room.posted(debate.thread))
    shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
    assert list(buttons(shown)) == ["The first", "The second", "Equally good", "Skip"]
    assert "not whether you agree" in texts(shown)
    seen = [tuple(sorted(numbers(shown)))]
    for label in ("The first", "Equally good", "Skip"):
        shown = reply(await judge.click(shown, label=label))
        seen.append(tuple(sorted(numbers(shown))))
    assert sorted(seen) == [(1, 2), (1, 4), (2, 3), (3, 4)], "one of either side each time"
    done = reply(await judge.click(shown, label="The second"))
    assert "you have compared 3 pairs, and there is none left for now" in texts(done)
    assert len(debate.room.posted(debate.thread)) == before
    assert debate.room.rows("select better from comparison order by comparison_id") == [
        ("left",),
        ("equal",),
        ("skipped",),
        ("right",),
    ]


async def test_pair_that_is_shortened_links_to_both_messages(classroom: Classroom) -> None:
    debate = await open_debate(classroom, format="open")
    one, judge = classroom.students[:2]
    for side in ("for", "against"):
        await debate.argue(one, claim=side, evidence="e" * 1000, reasoning="r" * 1000, side=side)
    await debate.room.env.advance_time(3)
    said = texts(reply(await judge.click(debate.motion, label="Judge the reasons")))
    for number in (1, 2):
        link = f"{classroom.guild.id}/{debate.thread.id}/{debate.argument(number).id}"
        assert f"-# Shortened: [Read it in full](https://discord.com/channels/{link})." in said


async def test_nobody_is_shown_an_argument_of_their_own(debate: DebateRoom) -> None:
    author = debate.room.students[0]
    shown = reply(await author.click(debate.motion, label="Judge the reasons"))
    assert sorted(numbers(shown)) == [3, 4]
    assert "Point 0" not in texts(shown)
    done = reply(await author.click(shown, label="Skip"))
    assert texts(done).endswith(
        "There is no pair to compare yet: it takes one argument from each side, neither of them yours."
    )


async def test_pair_waits_over_a_restart(debate: DebateRoom) -> None:
    judge = debate.room.students[3]
    shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
    await debate.room.restart()
    again = reply(await judge.click(debate.motion, label="Judge the reasons"))
    assert numbers(again) == numbers(shown)
    assert debate.room.value("select count(*) from comparison") == 1


async def test_press_that_is_delivered_twice_judges_once(debate: DebateRoom) -> None:
    judge = debate.room.students[3]
    shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
    await judge.click(shown, label="The first")
    await debate.room.deliver_again()
    assert debate.room.rows("select better from comparison") == [("left",), (None,)]


async def test_argument_that_is_withdrawn_meanwhile_makes_room_for_another_pair(debate: DebateRoom) -> None:
    judge, author = debate.room.students[3], debate.room.students[0]
    shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
    for custom_id in _opening(reply(await author.click(debate.motion, label="My arguments"))):
        listed = reply(await author.click(debate.motion, label="My arguments"))
        await author.click(reply(await author.click(listed, custom_id=custom_id)), label="Withdraw it")
    after = reply(await judge.click(shown, label="The first"))
    assert sorted(numbers(after)) == [3, 4]
    assert "Point 0" not in texts(after)


def _opening(listed: ResponseMessage) -> list[str]:
    ids = [part["custom_id"] for part in parts(listed) if part["type"] == BUTTON]
    return [custom_id for custom_id in ids if custom_id.startswith("dv:")]


async def test_judging_after_the_close_says_so(debate: DebateRoom) -> None:
    judge = debate.room.students[3]
    shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
    await debate.close()
    told = texts(reply(await judge.click(shown, label="The first")))
    assert told == "The debate is closed, so nothing was changed."


async def judge_all(debate: DebateRoom, judges: int, order: Sequence[int]) -> None:
    """So many newcomers compare every pair; ``order`` has the numbers of the arguments, the best first."""
    for judge in newcomers(debate.room, judges):
        shown = reply(await judge.click(debate.motion, label="Judge the reasons"))
        while "better reasons?" in texts(shown):
            first, second = numbers(shown)
            label = "The first" if order.index(first) < order.index(second) else "The second"
            shown = reply(await judge.click(shown, label=label))


async def test_outcome_names_the_best_reasons_within_each_side_with_how_sure_that_is(
    debate: DebateRoom,
) -> None:
    """Number 3 is better than number 1, its like on the side for, and number 2 than number 4."""
    await judge_all(debate, 8, [2, 3, 4, 1])
    said = await debate.outcome()
    block = said.partition("### Best reasons within each side\n")[2].splitlines()
    assert re.fullmatch(
        r"- For: \*\*3\*\* “Point 1 for\.” \(\d\d%, plausibly \d\d% to \d\d%; 16 pairs\)", block[0]
    )
    assert re.fullmatch(
        r"- Against: \*\*2\*\* “Point 0 against\.” \(\d\d%, plausibly \d\d% to \d\d%; 16 pairs\)", block[1]
    )
    assert block[2] == (
        "-# 8 people compared 32 pairs. Each figure is the chance to be found better than the average argument of the "
        "same side; the sides are not compared."
    )


async def test_side_that_is_always_found_better_is_not_told_from_the_other(debate: DebateRoom) -> None:
    """Numbers 1 and 3 are for: each of them beats each of the others, again and again."""
    await judge_all(debate, 8, [1, 3, 2, 4])
    said = await debate.outcome()
    nobody = "no argument of this side stands out from the others; all are worth reading."
    block = said.partition("### Best reasons within each side\n")[2].splitlines()
    assert block[:3] == [f"- For: {nobody}", f"- Against: {nobody}", "-# 8 people compared 32 pairs."]
    assert not re.search(r"\d%|\bw[io]n", said)
