"""Evidence cards with the longest texts that a question file may hold, checked against Discord's limits."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.actions.checking import Touched
from bot.actions.dealing import Hand
from bot.actions.debate_reports import ArgumentBoard
from bot.actions.evidence import Citation, CitationBoard, EvidenceCard, FoundCards, Searched
from bot.bank import limits
from bot.bank.figure_said import SaidFigure
from bot.bank.item import Category, Confidence, Correction, Label, Scope, Since
from bot.bank.kinds import Choice, Item, Numeric, Option, TrueFalse
from bot.bank.question_set import SourceInfo
from bot.debate.argument import ArgumentText, Relation
from bot.debate.sides import Side
from bot.ids import (
    ChannelId,
    CitationId,
    DebateId,
    FindingId,
    GuildId,
    ItemId,
    MessageId,
    RevisionId,
    SetId,
    UserId,
)
from bot.views import evidence_cards
from bot.views.checking import checked_card, nothing_touched, that_fit
from bot.views.debate_arguments import argument
from bot.views.evidence import evidence_list, hand_card
from bot.views.evidence_cards import (
    LONGEST_PAGE,
    CardTexts,
    card_line,
    card_texts,
    nothing_found,
    split_pages,
    status,
)
from bot.views.layout import learner_text
from tests.classroom import choice, numeric, true_false
from tests.discord.layouts import BIG, INFO, Json, all_different, buttons_of, long, refusals, texts_of
from tests.discord.test_debate_layouts import CLAIM, CLOSED, FIRST, OPEN

HOSTILE = "*<@&1> `_~|> " * 100
COMMON: Json = {
    "id": "i" * limits.SLUG,
    "category": Category.STATISTIC,
    "paragraph": tuple(range(9_980, 10_000)),
    "source": long(limits.SOURCE),
    "as_of": "2018-03-11",
    "scope": Scope.PILOT,
}
LONGEST = Choice(
    kind="choice",
    prompt=long(limits.PROMPT),
    explanation=long(limits.EXPLANATION),
    correction=Correction(text=long(limits.KNOWN_BETTER), confidence=Confidence.MEDIUM),
    since=Since(date="2022-11-30", text=long(limits.KNOWN_BETTER)),
    options=(Option(text=long(limits.OPTION), right=True), Option(text="No")),
    label=Label.MISCONCEPTION,
    **COMMON,
)
SIGNS = LONGEST.model_copy(
    update={
        "prompt": HOSTILE[: limits.PROMPT],
        "explanation": HOSTILE[: limits.EXPLANATION],
        "correction": Correction(text=HOSTILE[: limits.KNOWN_BETTER].strip(), confidence=Confidence.LOW),
    }
)
SHORT, FIGURE = choice("short"), numeric("towns")
ITEMS = {"longest": LONGEST, "signs": SIGNS, "claim": CLAIM, "short": SHORT, "figure": FIGURE}


def shown(item: Item, number: int = 0) -> EvidenceCard:
    return EvidenceCard(ItemId(BIG - number), RevisionId(BIG - number), SetId(BIG), item, INFO)


def all_shown(items: Sequence[Item]) -> tuple[EvidenceCard, ...]:
    return tuple(shown(item, number) for number, item in enumerate(items))


def found(items: Sequence[Item], *, citing: bool = True) -> FoundCards:
    return FoundCards(FindingId(BIG), all_shown(items), DebateId(BIG) if citing else None, withheld=True)


def hand(items: Sequence[Item], dealt: int | None = None) -> Hand:
    return Hand(OPEN, Side.AGAINST, all_shown(items), len(items) if dealt is None else dealt)


def cited(items: Sequence[Item], message_id: int | None) -> CitationBoard:
    citation = Citation(
        CitationId(BIG), GuildId(BIG), ChannelId(BIG), UserId(BIG), None if message_id else DebateId(BIG),
        None if message_id is None else MessageId(message_id), None if message_id else Side.FOR, (),
    )  # fmt: skip
    return CitationBoard(citation, all_shown(items))


@pytest.mark.parametrize("citing", [True, False])
@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_every_page_of_a_search_fits(items: Item, citing: bool) -> None:
    cards = found([items] * 30, citing=citing)
    pages = split_pages([card_texts(each, brief=True) for each in cards.cards])
    for page in range(len(pages)):
        for how in Searched:
            layout = evidence_list(cards, page, how)
            assert refusals(layout) == []
            assert f"page {page + 1} of {len(pages)}" in texts_of(layout)
            assert sum(button["label"] == "Cite here" for button in buttons_of(layout)) == citing * len(
                pages[page]
            )


@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_every_page_of_a_hand_fits(items: Item) -> None:
    pages = split_pages([card_texts(shown(items))] * 3)
    for page in range(len(pages)):
        assert refusals(hand_card(hand([items] * 3), page)) == []


@pytest.mark.parametrize("dealt", [0, 1, 3])
def test_a_hand_with_no_card_in_sight_fits(dealt: int) -> None:
    layout = hand_card(hand([], dealt))
    assert refusals(layout) == []
    assert ("out of sight" in texts_of(layout)) == (dealt > 0)


def test_cards_of_a_closed_debate_cannot_be_cited() -> None:
    closed = dataclasses.replace(hand([SHORT]), debate=CLOSED)
    assert buttons_of(hand_card(closed)) == []
    assert [button["label"] for button in buttons_of(hand_card(hand([SHORT])))] == [
        "Cite here",
        f"Argue with card {BIG}",
    ]


@pytest.mark.parametrize("message_id", [None, BIG])
@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_a_citation_fits(items: Item, message_id: int | None) -> None:
    layout = evidence_cards.citation(cited([items], message_id))
    assert refusals(layout) == []
    assert f"<@{BIG}>" in texts_of(layout)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_what_a_message_touches_fits(items: Item, own: bool) -> None:
    said = SaidFigure(Decimal("123456789012345678901234567890.123"), same=False)
    touched = that_fit(
        [Touched(shown(items), said), Touched(shown(items), None), Touched(shown(FIGURE), said)]
    )
    layout = checked_card(touched, own=own, finding_id=FindingId(BIG) if own else None, in_thread=True)
    assert touched
    assert refusals(layout) == []
    assert [button["label"] for button in buttons_of(layout)] == ["Show it in the thread"] * own
    posted = evidence_cards.citation(cited([each.card.item for each in touched], BIG))
    assert refusals(posted) == []


def test_nothing_of_a_card_that_has_room_is_cut() -> None:
    """The status, who says it and what others say are told whole, also with the longest texts."""
    layout = evidence_cards.citation(cited([LONGEST], None))
    said = texts_of(layout)
    assert status(LONGEST) in said
    assert "Since then** (2022-11-30)" in said
    assert len(card_texts(shown(LONGEST)).parts) == 4


@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_longest_argument_is_whole_above_its_cards(items: Item) -> None:
    given = dataclasses.replace(FIRST, number=999, relation=Relation.ATTACKS)
    layout = argument(ArgumentBoard(OPEN, given, FIRST, all_shown([items] * 3)))
    assert refusals(layout) == []
    said = texts_of(layout)
    for text in (given.text.claim, given.text.evidence, given.text.reasoning):
        assert f"\n> {text}\n" in said
    assert said.count(status(items)) == 3
    assert said.count("**Source:**") == 3


def test_cards_below_a_short_argument_say_more() -> None:
    given = dataclasses.replace(FIRST, text=ArgumentText("So it is.", "Card 1", "So."))
    long, short = (
        texts_of(argument(ArgumentBoard(OPEN, each, None, all_shown([LONGEST] * 3))))
        for each in (FIRST, given)
    )
    assert long.count(learner_text(LONGEST.prompt)[:150]) == 0
    assert short.count(learner_text(LONGEST.prompt)[:150]) == 3


def test_notes_fit() -> None:
    assert refusals(nothing_touched()) == []
    assert refusals(nothing_found(HOSTILE, withheld=True)) == []


def test_pages_hold_whole_cards_three_at_most() -> None:
    def sizes(*lengths: int) -> list[int]:
        return [len(page) for page in split_pages([CardTexts(("x" * length,), "") for length in lengths])]

    assert sizes(*[10] * 7) == [3, 3, 1]
    assert sizes(LONGEST_PAGE, 1, 1) == [1, 2]
    assert sizes(LONGEST_PAGE + 500, LONGEST_PAGE + 500) == [1, 1]
    assert sizes(LONGEST_PAGE // 2, LONGEST_PAGE // 2, 1) == [2, 1]
    assert sizes() == [0]


def test_labels_differ_in_words_and_tell_of_the_source() -> None:
    cards = [found([LONGEST.model_copy(update={"label": label})]) for label in Label]
    assert all_different(map(evidence_list, cards))
    assert "is wrong" in status(LONGEST)


def test_a_statement_is_never_just_false() -> None:
    for answer, words in ((True, "this is so."), (False, "this is not so.")):
        item: TrueFalse = true_false("lake", answer=answer)
        said = texts_of(evidence_list(found([item])))
        assert f"**As the bank has it, {words}**" in said
        assert "False" not in said


def test_question_is_not_called_a_claim_and_its_answer_stands_apart() -> None:
    said = texts_of(evidence_list(found([SHORT.model_copy(update={"prompt": "Which lake?"})])))
    assert f"**Card {BIG} · Question in the bank**\nWhich lake?\n**Answer:** " in said
    assert "What is claimed" not in said
    line = card_line(shown(FIGURE.model_copy(update={"prompt": "How many?"})), 200, 120)
    assert "**Question:** How many? **Answer:** " in line
    said = texts_of(evidence_list(found([true_false("lake", answer=True)])))
    assert f"**Card {BIG} · What is claimed**\n" in said
    assert f"**Card {BIG} · What is claimed** (a motion to debate)\n" in texts_of(
        evidence_list(found([CLAIM]))
    )


def test_misconception_is_dealt_with_a_warning() -> None:
    wrong = true_false("lake", answer=False).model_copy(
        update={"label": Label.MISCONCEPTION, "prompt": long(limits.PROMPT)}
    )
    said = texts_of(hand_card(hand([wrong])))
    assert f"**Card {BIG} · Beware: this is a common error**\n" in said
    assert "What is claimed" not in said
    line = card_line(shown(wrong), 60, 40)
    assert "Beware: this is a common error." in line
    assert "… As the bank has it, this is not so." in line, "the answer is never cut"
    assert f"**Card {BIG} · Beware: this is often told wrongly**\n" in texts_of(hand_card(hand([LONGEST])))


def test_what_the_article_is_stands_once_below_the_cards() -> None:
    info = INFO.model_copy(
        update={"source": SourceInfo(title="On Lakes", publisher="A *press*", date="2019-08-01")}
    )
    said_of_it = SHORT.model_copy(update={"explanation": "The article says so."})
    cards = tuple(dataclasses.replace(each, info=info) for each in all_shown([said_of_it, said_of_it]))
    note = "-# “The article” is: On Lakes (A \\*press\\*, 2019-08-01)."
    for layout in (
        evidence_list(dataclasses.replace(found([]), cards=cards)),
        hand_card(dataclasses.replace(hand([SHORT]), cards=cards)),
        evidence_cards.citation(dataclasses.replace(cited([], None), cards=cards)),
        checked_card([Touched(each, None) for each in cards], own=True),
    ):
        assert texts_of(layout).count(note) == 1
    assert "“The article”" not in texts_of(evidence_list(found([SHORT])))


def test_scope_is_told_where_it_says_something() -> None:
    assert "for a pilot, not for the whole country" in status(LONGEST)
    assert status(LONGEST.model_copy(update={"scope": Scope.OTHER, "as_of": None, "label": Label.VALUE})) == (
        "**Status:** a question of values."
    )


def test_figures_stand_beside_each_other() -> None:
    item = Numeric(kind="numeric", prompt="How many?", answer=80, unit="%", label=Label.ESTABLISHED, **COMMON)
    another, ours = SaidFigure(Decimal(90), same=False), "**80%** (as of 2018-03-11)"
    for said, own, words in (
        (another, True, f"The bank has {ours}; your message says **90%**."),
        (another, False, f"The bank has {ours}; the message says **90%**."),
        (SaidFigure(Decimal(80), same=True), True, f"The bank has the same figure: {ours}."),
    ):
        assert words in texts_of(checked_card([Touched(shown(item), said)], own=own))


def test_hostile_texts_neither_format_nor_mention() -> None:
    said = texts_of(evidence_cards.citation(cited([SIGNS], None)))
    assert "<@&1>" not in said
    assert "`_~" not in said
