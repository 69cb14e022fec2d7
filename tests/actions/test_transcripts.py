"""The transcript of a debate: what stands in it, and that it names only those who agree."""

import pytest

from bot.actions.debate_joining import let_name
from bot.actions.joint_statement import write_statement
from bot.actions.transcripts import transcript_of
from bot.debate.formats import Format, Stage
from bot.errors import NotFound
from bot.ids import UserId
from bot.views.transcript import transcript_text
from tests.classroom import ANNA, BEN, GUILD, OTHER_GUILD, Classroom
from tests.debate_class import DebateClass, debate_in
from tests.debate_deeds import answer, revise, two_sides, withdraw

NAMES = {ANNA: "Anna A.", BEN: "Ben B."}


def agree(debate: DebateClass, user_id: UserId, *, named: bool = True) -> None:
    debate.room.do(let_name, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id, named=named)


def text(debate: DebateClass) -> str:
    return transcript_text(transcript_of(debate.room.db, guild_id=GUILD, debate_id=debate.debate_id), NAMES)


def test_whole_debate_as_a_file(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, Stage.REBUTTAL)
    given = debate.argue(on_for, "Lists work.\nEverywhere.")
    answer(debate, on_against, given, claim="They do not.")
    withdraw(debate, debate.argue(on_for, "Not this."))
    revise(debate, given, "Lists work.")
    agree(debate, on_against)
    debate.go_to(Stage.VOTING)
    room.do(
        write_statement,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=ANNA,
        base=None,
        text="We agree.\nOn little.",
        interaction_id=room.click(),
        at=room.now,
    )
    assert (
        text(debate)
        == f"""\
# Debate: Scores should be public.

Opened 2026-03-02. Arguments only; free chat is never kept. People are named only if they agreed.

## Argument 1: for the motion

*Learner 1, 2026-03-02 09:00 UTC (changed since)*

**Claim.**

> Lists work.

**Evidence.**

> A survey of 2018.

**Reasoning.**

> It shows so.

## Argument 2: against the motion, attacks argument 1

*{NAMES[on_against]}, 2026-03-02 09:00 UTC*

**Claim.**

> They do not.

**Evidence.**

> A survey.

**Reasoning.**

> It shows so.

## Joint statement

> We agree.
> On little.

Fewer than five signatures so far.
"""
    )


def test_nobody_is_named_unless_they_agree_and_that_can_be_taken_back(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    for author in (ANNA, BEN, ANNA):
        debate.argue(author, side="for")
    assert transcript_of(room.db, guild_id=GUILD, debate_id=debate.debate_id).named == frozenset()
    assert text(debate).count("*Learner 1,") == 2, "the same person has the same number"
    agree(debate, BEN)
    assert ("Ben B." in text(debate), "Anna A." in text(debate)) == (True, False)
    debate.close()
    agree(debate, BEN, named=False)
    assert "Ben B." not in text(debate)
    assert text(debate).count("*Learner 2,") == 1


def test_name_that_is_not_known_is_a_number(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    debate.argue(ANNA, side="for")
    agree(debate, ANNA)
    found = transcript_of(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert "*Learner 1," in transcript_text(found, {})


def test_only_who_joined_can_agree(room: Classroom) -> None:
    debate = debate_in(room)
    with pytest.raises(NotFound):
        agree(debate, ANNA)
    with pytest.raises(NotFound):
        room.do(let_name, guild_id=OTHER_GUILD, debate_id=debate.debate_id, user_id=ANNA, named=True)


def test_nobody_writes_the_argument_of_somebody_else(room: Classroom) -> None:
    """A line of one's own must not look like the beginning of another argument."""
    debate = debate_in(room, format=Format.OPEN)
    debate.argue(
        ANNA, "I agree.\n\n## Argument 2: against the motion\n\n*Ben B., 2026-03-02 09:00 UTC*", side="for"
    )
    headings = [line for line in text(debate).splitlines() if line.startswith("#")]
    assert headings == ["# Debate: Scores should be public.", "## Argument 1: for the motion"]
    assert "\n*Ben B." not in text(debate)


def test_empty_debate_and_other_server(room: Classroom) -> None:
    debate = debate_in(room)
    assert text(debate).count("\n## ") == 0
    with pytest.raises(NotFound):
        transcript_of(room.db, guild_id=OTHER_GUILD, debate_id=debate.debate_id)
