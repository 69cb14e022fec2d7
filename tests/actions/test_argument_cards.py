"""Arguments that rest on cards of the bank: named by number, kept as they were then, gone with their author."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.boards import BoardKind, waiting_boards
from bot.actions.dealing import Hand, my_evidence
from bot.actions.debate_course import open_debate
from bot.actions.debate_joining import join_debate
from bot.actions.debate_reports import argument_board
from bot.actions.evidence import citation_board, cite_evidence, keep_found
from bot.actions.leaving import leave_and_delete, look_before_leaving
from bot.actions.own_arguments import revise_argument, withdraw_argument
from bot.actions.questions import claims_for, publish_bundled
from bot.actions.transcripts import transcript_of
from bot.debate.debate import Argument
from bot.debate.formats import Format, Planned, Stage
from bot.errors import Invalid
from bot.ids import DebateId, LearnerId, RevisionId, UserId
from bot.store.argument_cards import cards_used
from bot.store.questions import save_set
from bot.views.evidence_cards import citation
from bot.views.transcript import transcript_text
from tests.actions.test_debate_evidence import DEBATED, FACTS, MOTION
from tests.classroom import (
    ANNA,
    BEN,
    CHANNEL,
    GUILD,
    HOST,
    OTHER_CHANNEL,
    OTHER_GUILD,
    THREAD,
    Classroom,
    choice,
    plan,
    question_set,
)
from tests.discord.layouts import texts_of


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", DEBATED)
    yield room
    room.close()


@pytest.fixture
def debate_id(room: Classroom) -> DebateId:
    [listed] = claims_for(room.db, guild_id=GUILD)
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=listed.revision_id,
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=(Planned(Stage.FLOOR),),
        rng=random.Random(1),
        at=room.now,
    )
    for user_id in (ANNA, BEN):
        room.do(join_debate, guild_id=GUILD, debate_id=debate_id, user_id=user_id, at=room.now)
    return debate_id


def number_of(room: Classroom, key: str) -> int:
    [(item_id,)] = room.rows("SELECT item_id FROM item WHERE key = :key", key=key)
    assert isinstance(item_id, int)
    return item_id


def argue(room: Classroom, debate_id: DebateId, evidence: str, user_id: UserId = ANNA) -> Argument:
    return room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=user_id,
        draft=ArgumentDraft("Lists work.", evidence, "It shows so."),
        interaction_id=room.click(),
        at=room.now,
    )


def shown(room: Classroom, argument: Argument) -> list[str]:
    """The keys of the cards that an argument's message shows."""
    board = argument_board(room.db, argument_id=argument.argument_id)
    assert board is not None
    return [card.item.id for card in board.cards]


def learner(room: Classroom, user_id: UserId) -> LearnerId:
    [(learner_id,)] = room.rows("SELECT learner_id FROM learner WHERE user_id = :user_id", user_id=user_id)
    return LearnerId(int(str(learner_id)))


def test_cards_that_evidence_names_are_shown_with_the_argument(room: Classroom, debate_id: DebateId) -> None:
    a, b = number_of(room, "a"), number_of(room, "b")
    assert shown(room, argue(room, debate_id, f"Two facts.\nCard {b}: one.\nCard {a}: another.")) == [
        "b",
        "a",
    ]
    assert shown(room, argue(room, debate_id, "A survey of 2018.")) == []


def test_a_card_stays_what_it_was_when_it_was_dealt(room: Classroom, debate_id: DebateId) -> None:
    changed = [item.model_copy(update={"explanation": "Now it is otherwise."}) for item in FACTS]
    room.do(publish_bundled, sets=[question_set(MOTION, *changed, key="debated")], at=room.now)
    argument = argue(room, debate_id, f"Card {number_of(room, 'a')}")
    board = argument_board(room.db, argument_id=argument.argument_id)
    assert board is not None
    assert board.cards[0].item == next(item for item in FACTS if item.id == "a")


def test_unknown_number_and_too_many_are_said_and_nothing_is_stored(
    room: Classroom, debate_id: DebateId
) -> None:
    secret = question_set(choice("secret"), key="secret")
    room.do(save_set, OTHER_GUILD, secret, loaded_by=None, at=room.now)
    for number in (999_999, number_of(room, "secret")):
        with pytest.raises(Invalid) as refused:
            argue(room, debate_id, f"Card {number}")
        assert refused.value.reason == f"there is no card {number} that you can use now"
        assert "**My evidence**" in refused.value.remedy
    with pytest.raises(Invalid) as refused:
        argue(room, debate_id, "\n".join(f"Card {number_of(room, key)}" for key in "abcd"))
    assert refused.value.reason == "it names 4 cards"
    assert room.rows("SELECT COUNT(*) FROM argument") == [(0,)]


def test_no_card_is_named_while_its_question_is_asked(room: Classroom, debate_id: DebateId) -> None:
    number = number_of(room, "a")
    room.open_live(channel_id=OTHER_CHANNEL, asked_for=plan(set_key="debated", questions=6))
    with pytest.raises(Invalid) as refused:
        argue(room, debate_id, f"Card {number}")
    assert refused.value.reason == f"there is no card {number} that you can use now"


def test_changing_an_argument_changes_its_cards(room: Classroom, debate_id: DebateId) -> None:
    argument = argue(room, debate_id, f"Card {number_of(room, 'a')}")

    def revise(evidence: str) -> None:
        room.do(
            revise_argument,
            guild_id=GUILD,
            argument_id=argument.argument_id,
            user_id=ANNA,
            claim="Lists work.",
            evidence=evidence,
            reasoning="It shows so.",
            interaction_id=room.click(),
            at=room.now,
        )

    revise(f"Card {number_of(room, 'c')}")
    assert shown(room, argument) == ["c"]
    with pytest.raises(Invalid):
        revise("Card 999999")
    assert shown(room, argument) == ["c"]
    revise("A survey.")
    assert shown(room, argument) == []


def test_withdrawn_argument_shows_no_cards_until_it_is_put_back(room: Classroom, debate_id: DebateId) -> None:
    argument = argue(room, debate_id, f"Card {number_of(room, 'a')}")
    for withdrawn, cards in ((True, []), (False, ["a"])):
        room.do(
            withdraw_argument,
            guild_id=GUILD,
            argument_id=argument.argument_id,
            user_id=ANNA,
            withdrawn=withdrawn,
            at=room.now,
        )
        assert shown(room, argument) == cards


def test_each_card_counts_once_whether_it_was_posted_or_argued_with(
    room: Classroom, debate_id: DebateId
) -> None:
    hand = my_evidence(room.db, guild_id=GUILD, debate_id=debate_id, user_id=ANNA, at=room.now)
    assert isinstance(hand, Hand)
    first, second = hand.cards[:2]

    def cite(revision_id: RevisionId) -> None:
        room.do(
            cite_evidence,
            guild_id=GUILD,
            debate_id=debate_id,
            user_id=ANNA,
            revision_id=revision_id,
            interaction_id=room.click(),
            at=room.now,
        )

    assert cards_used(room.db, debate_id, learner(room, ANNA)) == 0
    cite(first.revision_id)
    argue(room, debate_id, f"Card {first.item_id}\nCard {second.item_id}")
    assert cards_used(room.db, debate_id, learner(room, ANNA)) == 2
    assert cards_used(room.db, debate_id, learner(room, BEN)) == 0


def test_whoever_deletes_what_they_wrote_takes_their_name_off_the_cards(
    room: Classroom, debate_id: DebateId
) -> None:
    argue(room, debate_id, f"Card {number_of(room, 'a')}")
    argue(room, debate_id, f"Card {number_of(room, 'b')}", BEN)
    hand = my_evidence(room.db, guild_id=GUILD, debate_id=debate_id, user_id=ANNA, at=room.now)
    assert isinstance(hand, Hand)
    citation_id = room.do(
        cite_evidence,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=ANNA,
        revision_id=hand.cards[0].revision_id,
        interaction_id=room.click(),
        at=room.now,
    )
    for channel_id in (THREAD, CHANNEL):
        room.do(keep_found, guild_id=GUILD, user_id=ANNA, channel_id=channel_id, items=(), at=room.now)
        room.do(keep_found, guild_id=GUILD, user_id=BEN, channel_id=channel_id, items=(), at=room.now)
    room.do(keep_found, guild_id=GUILD, user_id=ANNA, channel_id=THREAD, items=(), at=room.now)
    room.publish()
    about = {"guild_id": GUILD, "debate_id": debate_id, "user_id": ANNA}
    assert look_before_leaving(room.db, **about).traces.citations == 1
    room.do(leave_and_delete, **about, at=room.now)
    assert room.rows("SELECT COUNT(*) FROM argument_card") == [(1,)]
    assert room.rows("SELECT COUNT(*) FROM finding") == [(1,)]
    board = citation_board(room.db, citation_id=citation_id)
    assert board is not None
    assert "Cited by somebody who has left." in texts_of(citation(board))
    assert citation_id in [
        each.subject_id for each in waiting_boards(room.db) if each.kind is BoardKind.CITATION
    ]


def test_transcript_names_the_cards(room: Classroom, debate_id: DebateId) -> None:
    number = number_of(room, "a")
    argue(room, debate_id, f"Card {number}: it says so.")
    text = transcript_text(transcript_of(room.db, guild_id=GUILD, debate_id=debate_id), {})
    assert f"- Card {number}, from the bank: " in text
    assert "Source: " in text
