"""The messages of a class opinion with the longest texts that there can be, checked against Discord's limits."""

import dataclasses

import pytest

from bot.actions.opining import AllSaid, AtStatement
from bot.actions.opinion_reports import BarsBoard, InvitationBoard, MapBoard
from bot.actions.opinions import OpinionDraft, OpinionStatus
from bot.bank import limits
from bot.bank.kinds import Claim
from bot.debate.opinion import (
    MOST_STATEMENTS,
    Opinion,
    OpinionEnd,
    OpinionState,
    Statement,
    StatementResult,
    Vote,
    pages,
)
from bot.ids import ChannelId, GuildId, OpinionId, RevisionId, SetId, StatementId, UserId
from bot.insight.charts.opinion_chart import opinion_picture
from bot.insight.opinion_map import Group, NoMap, NoMapReason, OpinionMap
from bot.views import opinion_boards
from bot.views.layout import Layout
from bot.views.opining import own_card, taking_out_card
from bot.views.opinion_closing import closing_card
from bot.views.opinion_draft import draft_card, status_card
from tests.classroom import claim
from tests.discord.layouts import (
    BIG,
    GALLERY,
    NOW,
    all_different,
    buttons_of,
    long,
    parts_of,
    refusals,
    texts_of,
)

OPEN = Opinion(
    opinion_id=OpinionId(BIG),
    guild_id=GuildId(BIG),
    set_id=SetId(BIG),
    set_title=long(limits.TITLE),
    tag="t" * limits.TAG,
    channel_id=ChannelId(BIG),
    opened_by=UserId(BIG),
    state=OpinionState.OPEN,
    seed=1,
    size=MOST_STATEMENTS,
    created_at=NOW,
    closes_at=NOW,
    closed_at=None,
    end=None,
)


def longest_claim(number: int) -> Claim:
    return claim(f"c-{number}").model_copy(
        update={
            "motion": long(limits.MOTION, f"{number} "),
            "background": long(limits.BACKGROUND),
            "prompt": long(limits.PROMPT),
        }
    )


STATEMENTS = tuple(
    Statement(StatementId(BIG - number), number, RevisionId(BIG), longest_claim(number))
    for number in range(1, MOST_STATEMENTS + 1)
)
COUNTS = {Vote.AGREE: 88_888, Vote.DISAGREE: 77_777, Vote.PASS: 66_666}
POINTS = tuple((float(at), float(-at)) for at in range(9))


def group(*, named: int = 3) -> Group:
    return Group(8_888, tuple(range(named)), tuple(range(10, 10 + named)), POINTS)


def drawn(groups: int, *, named: int = 3, left_out: int = 4) -> OpinionMap:
    shared = tuple(range(47, 47 + named))
    return OpinionMap(44_444, (group(named=named),) * groups, left_out, shared, 4, 99)


def acceptable(layout: Layout) -> None:
    assert refusals(layout) == []
    assert "…" not in texts_of(layout).splitlines()[-1]


def test_longest_statement_fits_with_every_button() -> None:
    shown = AtStatement(OPEN, STATEMENTS[0], MOST_STATEMENTS - 1, Vote.PASS, 0, Vote.DISAGREE)
    layout = own_card(shown)
    acceptable(layout)
    assert STATEMENTS[0].text in texts_of(layout)
    assert [button["label"] for button in buttons_of(layout)] == ["Agree", "Disagree", "Pass", "Back", "Next"]
    chosen = [button["label"] for button in buttons_of(layout) if button["style"] == 1]
    assert chosen == ["Pass"], "no answer is green or red, and one's own stands out"


def test_steps_are_those_that_lead_somewhere() -> None:
    def steps(place: int, answered: int, standing: Vote | None) -> list[str]:
        card = own_card(AtStatement(OPEN, STATEMENTS[0], place, standing, answered))
        return [button["label"] for button in buttons_of(card)][3:]

    assert steps(0, 0, None) == ["Skip for now"]
    assert steps(0, 1, Vote.AGREE) == ["Next", "Take my answers out"]
    assert steps(7, 3, None) == ["Back", "Skip for now", "Take my answers out"]
    assert steps(7, MOST_STATEMENTS - 1, None) == ["Back", "Take my answers out"], (
        "it is the last one without an answer"
    )


@pytest.mark.parametrize("closes_at", [NOW, None])
def test_what_was_said_fits(closes_at: object) -> None:
    opinion = dataclasses.replace(OPEN, closes_at=closes_at)  # type: ignore[arg-type]
    acceptable(own_card(AllSaid(opinion, {Vote.AGREE: 48, Vote.DISAGREE: 1, Vote.PASS: 1}, Vote.AGREE)))


@pytest.mark.parametrize("offered", [MOST_STATEMENTS, 888])
def test_longest_preview_fits_and_shows_every_statement_in_full(offered: int) -> None:
    pages = [draft_card(OpinionDraft(OPEN, STATEMENTS, offered), page) for page in range(5)]
    for at, statement in enumerate(STATEMENTS):
        assert f"{statement.number}. {statement.text}" in texts_of(pages[at // 10])
    for page in pages:
        acceptable(page)
    assert texts_of(draft_card(OpinionDraft(OPEN, STATEMENTS, offered), 99)) == texts_of(pages[-1])
    part = draft_card(OpinionDraft(OPEN, STATEMENTS[:30], MOST_STATEMENTS), 1)
    acceptable(part)
    assert "Take all 50" in [button["label"] for button in buttons_of(part)]


def test_preview_of_one_statement_has_nothing_to_choose() -> None:
    one = draft_card(OpinionDraft(dataclasses.replace(OPEN, tag=None, closes_at=None), STATEMENTS[:1], 1))
    acceptable(one)
    assert [button["label"] for button in buttons_of(one)] == ["Post it", "Do not post"]


def test_many_open_class_opinions_fit_into_the_status() -> None:
    acceptable(status_card([OpinionStatus(OPEN, 88_888, 77_777, 6)] * 30))
    acceptable(status_card([OpinionStatus(OPEN, 0, 0, 0)]))
    acceptable(status_card([]))


@pytest.mark.parametrize("given", [0, 1, MOST_STATEMENTS])
def test_question_whether_to_take_answers_out_fits(given: int) -> None:
    acceptable(taking_out_card(OpinionId(BIG), given))


def test_question_whether_to_close_fits() -> None:
    acceptable(closing_card(OpinionStatus(OPEN, 88_888, 77_777, 6)))
    acceptable(closing_card(OpinionStatus(OPEN, 0, 0, 0)))


def test_invitation_fits_in_every_state_and_each_differs_in_words() -> None:
    closed = [
        dataclasses.replace(OPEN, state=OpinionState.CLOSED, end=end, closed_at=NOW) for end in OpinionEnd
    ]
    boards = [
        InvitationBoard(OPEN, 0),
        InvitationBoard(OPEN, 88_888),
        InvitationBoard(dataclasses.replace(OPEN, closes_at=None), 1),
        *(InvitationBoard(each, 88_888) for each in closed),
        InvitationBoard(closed[0], 0),
    ]
    layouts = [opinion_boards.invitation(board) for board in boards]
    for layout in layouts:
        acceptable(layout)
    assert all_different(layouts)


@pytest.mark.parametrize("counts", [COUNTS, None])
def test_longest_pages_of_bars_fit_without_a_cut(counts: dict[Vote, int] | None) -> None:
    split = pages(STATEMENTS)
    for number, page in enumerate(split, start=1):
        results = tuple(StatementResult(statement, counts) for statement in page)
        layout = opinion_boards.bars(BarsBoard(OPEN, 88_888, results, number, len(split)))
        acceptable(layout)
        if counts is None:
            assert texts_of(layout).endswith(f", {page[-1].number}.")
        else:
            assert all(statement.text in texts_of(layout) for statement in page)


def test_single_statement_is_a_page_of_its_own() -> None:
    results = (StatementResult(STATEMENTS[0], COUNTS),)
    acceptable(opinion_boards.bars(BarsBoard(OPEN, 5, results, 1, 1)))
    last = opinion_boards.bars(BarsBoard(OPEN, 5, results, 2, 2))
    assert texts_of(last).startswith("### Statement 1 of 50")


@pytest.mark.parametrize("groups", [2, 3, 5])
@pytest.mark.parametrize("named", [0, 3])
def test_longest_map_fits_with_and_without_its_picture(groups: int, named: int) -> None:
    found = drawn(groups, named=named)
    picture = opinion_picture(found, OPEN.set_title)
    for shown in (picture, None):
        layout = opinion_boards.opinion_map(MapBoard(OPEN, STATEMENTS, found), shown)
        acceptable(layout)
        assert any(part["type"] == GALLERY for part in parts_of(layout)) is (shown is not None)
        assert texts_of(layout).count("**Group ") == groups
    assert "1 person in smaller groups is not shown" in texts_of(
        opinion_boards.opinion_map(MapBoard(OPEN, STATEMENTS, drawn(2, left_out=1)))
    )


def test_every_reason_for_no_map_fits_and_differs_in_words() -> None:
    layouts = [
        opinion_boards.opinion_map(MapBoard(OPEN, STATEMENTS, NoMap(reason, 88_888, 50)))
        for reason in NoMapReason
    ]
    for layout in layouts:
        acceptable(layout)
        assert "There is no map this time." in texts_of(layout)
    assert all_different(layouts)
