"""The inbox with the longest texts that there can be: it fits, and nothing of it hangs on colours."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.decisions import DecisionsPage, Regrade
from bot.actions.inbox import Entry, InboxPage, Opened, Reason, Subject
from bot.actions.news import Cause, Moved, ReportNews, ResultNews, Verdict
from bot.actions.regrading import Applied, Preview
from bot.bank import limits
from bot.bank.grade import Outcome
from bot.bank.kinds import Estimate, Item, Matching, Multiple, Numeric, Ordering, ShortText, Sorting
from bot.bank.response import Assigned, Bounds, Chosen, Picked, Response, Typed
from bot.bank.ruling import AlsoRight, Dropped, NewKey, Ruling, Rulings
from bot.ids import GuildId, ProposalId, RegradeId, RevisionId, UserId
from bot.quiz.regrading import Move
from bot.views.inbox import OpenEntry, PastDecisions, TakeBack, entry, preview
from bot.views.inbox_cards import applied_card, decisions_card, inbox_card, key_card
from bot.views.layout import card
from bot.views.ruled import report_news, result_news
from tests.discord.layouts import BIG, INFO, NOW, all_different, long, refusals, texts_of
from tests.discord.test_layouts import ITEMS, every_item

LONG = long(1_000)
MOVES = Counter(
    {
        Move(before, after): BIG
        for before in (*Outcome, None)
        for after in (*Outcome, None)
        if before is not after or before is Outcome.PARTIAL
    }
)


def response_to(item: Item) -> Response:
    """An answer that can be the key."""
    match item:
        case Multiple():
            return Chosen(tuple(range(1, len(item.options))))
        case Ordering():
            return Assigned(tuple(reversed(range(len(item.events)))))
        case Matching():
            return Assigned((0,) * len(item.pairs))
        case Sorting():
            return Assigned((0,) * len(item.statements))
        case Estimate():
            return Bounds("123456789", "123456789")
        case Numeric():
            return Typed("123456789")
        case ShortText():
            return Typed("*_" * 50)
        case _:
            return Picked(1)


def rulings_on(item: Item) -> list[Ruling]:
    return [AlsoRight(response_to(item)), NewKey(response_to(item)), Dropped()]


def shown(item: Item, ruling: Ruling, *, reason: Reason = Reason.REPORT, outdated: bool = True) -> Preview:
    after = Rulings((ruling,)).keyed(item)
    return Preview(
        ProposalId(BIG),
        ruling,
        Subject(reason, BIG),
        item,
        after,
        ((item.prompt, BIG),) * 9,
        BIG,
        BIG,
        MOVES,
        BIG,
        BIG,
        outdated,
    )


@every_item
def test_inbox_fits(item: Item) -> None:
    subject = Subject(Reason.NEAR_MISS, BIG)
    entries = tuple(Entry(subject, RevisionId(BIG), item, BIG, NOW, LONG) for _ in range(5))
    page = InboxPage(entries, 1, 3, BIG, BIG)
    openers = [OpenEntry("n", BIG + number, label=f"Open {number}") for number in range(5)]
    assert refusals(inbox_card(page, openers, [PastDecisions(0)])) == []


@every_item
@pytest.mark.parametrize("reason", [Reason.REPORT, Reason.NEAR_MISS])
def test_entry_fits(item: Item, reason: Reason) -> None:
    response = response_to(item)
    opened = Opened(
        subject=Subject(reason, BIG),
        revision_id=RevisionId(BIG),
        item=item,
        rulings=Rulings((AlsoRight(response), Dropped())),
        info=INFO,
        people=1_000,
        said=((LONG, response), (LONG, None)) * 50,
        acceptable=tuple((BIG + number, response) for number in range(9)),
        outcomes=tuple((outcome, BIG) for outcome in Outcome),
    )
    layout = entry(opened)
    assert refusals(layout) == []
    assert item.prompt[:60] in texts_of(layout)
    assert "Right answer: " in texts_of(layout)


@every_item
@pytest.mark.parametrize("reason", list(Reason))
def test_preview_and_what_was_done_fit(item: Item, reason: Reason) -> None:
    for ruling in rulings_on(item):
        layout = preview(shown(item, ruling, reason=reason))
        assert refusals(layout) == []
        assert "Nothing has been changed yet." in texts_of(layout)
        assert refusals(applied_card(Applied(RegradeId(BIG), shown(item, ruling)), [PastDecisions(0)])) == []


@every_item
def test_question_for_its_key_fits(item: Item) -> None:
    assert refusals(key_card(item, [])) == []


@every_item
def test_record_fits(item: Item) -> None:
    decisions = tuple(
        (
            Regrade(
                RegradeId(BIG + number), GuildId(BIG), RevisionId(BIG), ruling, Reason.REPORT, None, number > 2,
                UserId(BIG), NOW + timedelta(days=number), BIG, BIG, BIG,
            ),
            item,
        )
        for number, ruling in enumerate([*rulings_on(item), *rulings_on(item)[:2]])
    )  # fmt: skip
    takers = [TakeBack(BIG + number) for number in range(3)]
    page = DecisionsPage(decisions, 1, 3)
    assert refusals(decisions_card(page, [*takers, None, None], [PastDecisions(2)])) == []


def test_news_fit_and_differ_in_words() -> None:
    moved = tuple(Moved(count=2, before=move.before, after=move.after) for move in MOVES)
    question, answer = long(limits.PROMPT)[:300], LONG
    results = [
        ResultNews(question=question, answer=answer, cause=cause, moved=moved, reported=True)
        for cause in Cause
    ]
    reports = [ReportNews(question=question, answer=answer, verdict=verdict) for verdict in Verdict]
    layouts = [card(result_news(each)) for each in results] + [card(report_news(each)) for each in reports]
    assert all(refusals(layout) == [] for layout in layouts)
    assert all_different(layouts)


def test_one_person_and_many_read_naturally() -> None:
    item = ITEMS["statement"]
    one = shown(item, Dropped())
    assert "1 person" in texts_of(
        applied_card(Applied(RegradeId(1), replace(one, told=1, reporters=1)), [PastDecisions(0)])
    )
    nobody = replace(one, told=0, reporters=0, answers=0, unseen=0, moves=Counter[Move]())
    said = texts_of(preview(nobody))
    assert "Nobody has a result on it yet, so no result changes." in said
    assert "Nobody would be told of another result." in said
