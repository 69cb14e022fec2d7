"""Evidence cards in a debate: dealt when it opens, seen by one's own side, cited by those who take part."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.boards import cannot_post, unsent_notices, waiting_boards
from bot.actions.dealing import Hand, NoHand, my_evidence
from bot.actions.debate_course import advance_debate, close_debate, open_debate, pause_debate
from bot.actions.debate_joining import leave_debate
from bot.actions.debate_stances import give_stance
from bot.actions.evidence import citation_board, cite_evidence, find_evidence, found_cards, keep_found
from bot.actions.questions import claims_for, publish_bundled
from bot.bank.kinds import Claim
from bot.debate.evidence import HAND
from bot.debate.formats import Format, Planned, Stage, Timetable
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance, Standing
from bot.errors import NotAllowed, NotFound, WrongState
from bot.ids import ChannelId, CitationId, DebateId, GuildId, InteractionId, RevisionId, UserId
from bot.store.boards import BoardKind
from bot.store.evidence import dealt_to
from bot.store.questions import save_set
from tests.bank.test_bundled import SOCIAL_CREDIT
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    OTHER_CHANNEL,
    OTHER_GUILD,
    THREAD,
    Classroom,
    choice,
    claim,
    plan,
    question_set,
)

FACTS = [choice(key) for key in ("a", "b", "c", "d", "e", "f")]
PLAIN = claim("lists")
MOTION = PLAIN.model_copy(
    update={
        "case_for": PLAIN.case_for.model_copy(update={"cards": ("a", "b", "c")}),
        "case_against": PLAIN.case_against.model_copy(update={"cards": ("d", "e", "f")}),
    }
)
DEBATED = question_set(MOTION, *FACTS, key="debated")
FLOOR = (Planned(Stage.FLOOR),)
CARDS = {Side.FOR: {"a", "b", "c"}, Side.AGAINST: {"d", "e", "f"}}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", DEBATED)
    yield room
    room.close()


def opened(
    room: Classroom,
    *,
    seed: int = 1,
    thread_id: ChannelId = THREAD,
    guild_id: GuildId = GUILD,
    key: str = "lists",
    format: Format = Format.OXFORD,
    timetable: Timetable = FLOOR,
) -> DebateId:
    claims = {listed.claim.id: listed.revision_id for listed in claims_for(room.db, guild_id=guild_id)}
    return room.do(
        open_debate,
        guild_id=guild_id,
        revision_id=claims[key],
        channel_id=CHANNEL,
        thread_id=thread_id,
        opened_by=HOST,
        format=format,
        timetable=timetable,
        rng=random.Random(seed),
        at=room.now,
    )


@pytest.fixture
def debate_id(room: Classroom) -> DebateId:
    return opened(room)


def join(room: Classroom, debate_id: DebateId, user_id: UserId, guild_id: GuildId = GUILD) -> Side | None:
    return room.do(
        give_stance,
        guild_id=guild_id,
        debate_id=debate_id,
        user_id=user_id,
        phase=Phase.BEFORE,
        stance=Stance(Standing.UNDECIDED),
        interaction_id=room.click(),
        at=room.now,
    ).argues


def hand(room: Classroom, debate_id: DebateId, user_id: UserId) -> Hand:
    found = my_evidence(room.db, guild_id=GUILD, debate_id=debate_id, user_id=user_id, at=room.now)
    assert isinstance(found, Hand)
    return found


def no_hand(room: Classroom, debate_id: DebateId, user_id: UserId) -> NoHand:
    found = my_evidence(room.db, guild_id=GUILD, debate_id=debate_id, user_id=user_id, at=room.now)
    assert isinstance(found, NoHand)
    return found


def go_on(room: Classroom, debate_id: DebateId, position: int) -> None:
    room.do(advance_debate, guild_id=GUILD, debate_id=debate_id, position=position, user_id=HOST, at=room.now)


def names(given: Hand) -> set[str]:
    return {card.item.id for card in given.cards}


def cite(
    room: Classroom,
    debate_id: DebateId,
    user_id: UserId,
    revision_id: RevisionId,
    *,
    guild_id: GuildId = GUILD,
    interaction_id: InteractionId | None = None,
) -> CitationId:
    return room.do(
        cite_evidence,
        guild_id=guild_id,
        debate_id=debate_id,
        user_id=user_id,
        revision_id=revision_id,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def citations(room: Classroom) -> int:
    ((count,),) = room.rows("SELECT COUNT(*) FROM board WHERE kind = 'citation'")
    assert isinstance(count, int)
    return count


# Dealing


def test_cards_are_dealt_when_a_debate_opens(room: Classroom, debate_id: DebateId) -> None:
    dealt = {side: dealt_to(room.db, debate_id, side) for side in Side}
    assert [len(cards) for cards in dealt.values()] == [HAND, HAND]
    for user_id in (ANNA, BEN):
        side = join(room, debate_id, user_id)
        given = hand(room, debate_id, user_id)
        assert side is not None
        assert (given.side, names(given), given.dealt) == (side, CARDS[side], HAND)
        assert given.may_cite


def test_nobody_sees_cards_before_joining(room: Classroom, debate_id: DebateId) -> None:
    assert no_hand(room, debate_id, ANNA) is NoHand.NOT_JOINED
    join(room, debate_id, BEN)
    assert no_hand(room, debate_id, ANNA) is NoHand.NOT_JOINED


def test_cards_come_with_the_side_and_change_with_it(room: Classroom) -> None:
    """In a debate that switches, everybody argues the other side later, and has its cards then."""
    stages = (Planned(Stage.JOINING), Planned(Stage.OPENING), Planned(Stage.SWITCHED))
    debate_id = opened(room, format=Format.SWITCH, timetable=stages)
    assert join(room, debate_id, ANNA) is None
    assert no_hand(room, debate_id, ANNA) is NoHand.NO_SIDE
    go_on(room, debate_id, 0)
    first = hand(room, debate_id, ANNA)
    go_on(room, debate_id, 1)
    second = hand(room, debate_id, ANNA)
    assert first.side is not None
    assert (second.side, names(second)) == (first.side.opposite, CARDS[first.side.opposite])
    shown = citation_board(room.db, citation_id=cite(room, debate_id, ANNA, second.cards[0].revision_id))
    assert shown is not None
    assert shown.side is second.side


def test_without_sides_everybody_has_the_cards_of_both(room: Classroom) -> None:
    debate_id = opened(room, format=Format.OPEN)
    join(room, debate_id, ANNA)
    given = hand(room, debate_id, ANNA)
    assert (given.side, names(given), given.dealt) == (None, CARDS[Side.FOR] | CARDS[Side.AGAINST], 2 * HAND)
    shown = citation_board(room.db, citation_id=cite(room, debate_id, ANNA, given.cards[0].revision_id))
    assert shown is not None
    assert shown.side is None


def test_a_motion_in_somebodys_own_words_has_no_cards(room: Classroom) -> None:
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=None,
        motion="Scores should be public.",
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=FLOOR,
        rng=random.Random(1),
        at=room.now,
    )
    join(room, debate_id, ANNA)
    assert (hand(room, debate_id, ANNA).cards, hand(room, debate_id, ANNA).dealt) == ((), 0)


def test_cards_stay_what_they_were_when_dealt(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    before = hand(room, debate_id, ANNA)
    changed = [item.model_copy(update={"explanation": "Now it is otherwise."}) for item in FACTS]
    room.do(publish_bundled, sets=[question_set(MOTION, *changed, key="debated")], at=room.now)
    assert hand(room, debate_id, ANNA) == before


def test_too_few_cards_are_told_by_their_number(room: Classroom) -> None:
    few = question_set(claim("bare"), key="few")
    room.do(publish_bundled, sets=[DEBATED, few], at=room.now)
    bare = opened(room, key="bare")
    join(room, bare, ANNA)
    given = hand(room, bare, ANNA)
    assert (given.dealt, given.wanted, given.cards) == (0, HAND, ())


def test_facts_that_are_linked_by_topic_or_name_are_dealt(room: Classroom) -> None:
    tags = ("trust", "pilots", "surveys")
    topical = claim("topical").model_copy(update={"tags": tags, "not_with": ("named",)})
    items = [
        choice("tagged").model_copy(update={"tags": tags}),
        choice("named"),
        choice("naming", not_with=("topical",)),
    ]
    near = [*items, choice("also").model_copy(update={"tags": (*tags, "more")}), choice("far")]
    room.do(publish_bundled, sets=[question_set(topical, *near, key="near")], at=room.now)
    debate_id = opened(room, key="topical")
    keys = dict(room.rows("SELECT v.revision_id, i.key FROM revision AS v JOIN item AS i USING (item_id)"))  # type: ignore[arg-type]
    dealt = {keys[each] for side in Side for each in dealt_to(room.db, debate_id, side)}
    assert dealt == {"tagged", "named", "naming", "also"}


def test_cards_come_from_the_claims_own_set_only(room: Classroom) -> None:
    """Another set, of this server or of another one, may use the same ids."""
    own = question_set(claim("bare").model_copy(update={"tags": ("x", "y", "z")}), key="own")
    other = question_set(
        choice("a").model_copy(update={"tags": ("x", "y", "z"), "not_with": ("bare",)}), key="other"
    )
    room.do(save_set, GUILD, own, loaded_by=None, at=room.now)
    room.do(save_set, GUILD, other, loaded_by=None, at=room.now)
    room.do(save_set, OTHER_GUILD, other, loaded_by=None, at=room.now)
    assert dealt_to(room.db, opened(room, key="bare"), Side.FOR) == []


def test_every_claim_of_the_bundled_set_deals_equally(tmp_path: Path) -> None:
    room = Classroom(tmp_path / "bundled.db", SOCIAL_CREDIT)
    claims = [item for item in SOCIAL_CREDIT.items if isinstance(item, Claim)]
    sizes: list[int] = []
    for number, each in enumerate(claims):
        debate_id = opened(room, key=each.id, thread_id=ChannelId(90_000 + number))
        on_for, on_against = (dealt_to(room.db, debate_id, side) for side in Side)
        assert len(on_for) == len(on_against) == len({*on_for, *on_against}) / 2
        sizes.append(len(on_for))
    assert sizes.count(HAND) >= 24
    room.close()


def test_a_card_is_out_of_sight_while_its_question_is_asked(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    join(room, debate_id, BEN)
    run_id = room.open_live(channel_id=OTHER_CHANNEL, asked_for=plan(set_key="debated", questions=6))
    for user_id in (ANNA, BEN):
        given = hand(room, debate_id, user_id)
        assert (given.cards, given.dealt) == ((), HAND)
    room.start(run_id)
    room.run_out(run_id)
    closed = room.rounds(run_id)[0].item.id
    assert names(hand(room, debate_id, ANNA)) | names(hand(room, debate_id, BEN)) == {closed}


# Citing


def test_a_cited_card_is_posted_into_the_thread_with_who_cites_it(
    room: Classroom, debate_id: DebateId
) -> None:
    side = join(room, debate_id, ANNA)
    room.publish()
    card = hand(room, debate_id, ANNA).cards[0]
    citation_id = cite(room, debate_id, ANNA, card.revision_id)
    (board,) = waiting_boards(room.db)
    assert (board.kind, board.subject_id, board.channel_id) == (BoardKind.CITATION, citation_id, THREAD)
    shown = citation_board(room.db, citation_id=citation_id)
    assert shown is not None
    assert (shown.citation.user_id, shown.side, shown.cards) == (ANNA, side, (card,))


def test_a_press_delivered_twice_posts_once(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    press, card = room.click(), hand(room, debate_id, ANNA).cards[0]
    first = cite(room, debate_id, ANNA, card.revision_id, interaction_id=press)
    assert cite(room, debate_id, ANNA, card.revision_id, interaction_id=press) == first
    assert citations(room) == 1


def test_a_card_is_posted_once_in_a_debate_whoever_cites_it(room: Classroom, debate_id: DebateId) -> None:
    for user_id in (ANNA, BEN):
        join(room, debate_id, user_id)
    card = hand(room, debate_id, ANNA).cards[0]
    cite(room, debate_id, ANNA, card.revision_id)
    for user_id in (ANNA, BEN):
        with pytest.raises(WrongState) as refused:
            cite(room, debate_id, user_id, card.revision_id)
        assert refused.value.state == "in this thread already"
    second = opened(room, thread_id=OTHER_CHANNEL)
    join(room, second, ANNA)
    cite(room, second, ANNA, card.revision_id)
    assert citations(room) == 2


def test_only_those_who_take_part_may_cite(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    card = hand(room, debate_id, ANNA).cards[0]
    for user_id in (BEN, HOST):
        with pytest.raises(NotAllowed):
            cite(room, debate_id, user_id, card.revision_id)
    assert citations(room) == 0


def test_nothing_is_cited_in_a_debate_that_is_closed(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    card = hand(room, debate_id, ANNA).cards[0]
    room.do(close_debate, guild_id=GUILD, debate_id=debate_id, user_id=HOST, at=room.now)
    with pytest.raises(WrongState):
        cite(room, debate_id, ANNA, card.revision_id)
    assert not hand(room, debate_id, ANNA).may_cite
    assert names(hand(room, debate_id, ANNA))  # to look at, they stay


def test_nothing_is_cited_while_a_debate_rests_or_by_one_who_has_left(
    room: Classroom, debate_id: DebateId
) -> None:
    for user_id in (ANNA, BEN):
        join(room, debate_id, user_id)
    card = hand(room, debate_id, ANNA).cards[0]
    room.do(leave_debate, guild_id=GUILD, debate_id=debate_id, user_id=ANNA, at=room.now)
    with pytest.raises(NotAllowed):
        cite(room, debate_id, ANNA, card.revision_id)
    assert no_hand(room, debate_id, ANNA) is NoHand.NOT_JOINED
    card = hand(room, debate_id, BEN).cards[0]
    room.do(pause_debate, guild_id=GUILD, debate_id=debate_id, at=room.now)
    with pytest.raises(WrongState) as refused:
        cite(room, debate_id, BEN, card.revision_id)
    assert refused.value.state == "paused"


def test_no_card_of_another_server_is_cited(room: Classroom, debate_id: DebateId) -> None:
    secret = question_set(choice("secret"), key="secret")
    room.do(save_set, OTHER_GUILD, secret, loaded_by=None, at=room.now)
    ((revision_id,),) = room.rows(
        "SELECT v.revision_id FROM revision AS v JOIN item AS i USING (item_id) WHERE i.key = 'secret'"
    )
    join(room, debate_id, ANNA)
    with pytest.raises(NotFound):
        cite(room, debate_id, ANNA, revision_id)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        cite(room, debate_id, ANNA, RevisionId(999_999))
    with pytest.raises(NotFound):
        cite(room, debate_id, ANNA, revision_id, guild_id=OTHER_GUILD)  # type: ignore[arg-type]


def test_no_card_is_cited_while_its_question_is_asked(room: Classroom, debate_id: DebateId) -> None:
    join(room, debate_id, ANNA)
    card = hand(room, debate_id, ANNA).cards[0]
    room.open_live(channel_id=OTHER_CHANNEL, asked_for=plan(set_key="debated", questions=6))
    with pytest.raises(WrongState) as refused:
        cite(room, debate_id, ANNA, card.revision_id)
    assert "while its question is being asked" in refused.value.state


def test_a_search_in_the_thread_offers_citing_to_those_who_take_part(
    room: Classroom, debate_id: DebateId
) -> None:
    join(room, debate_id, ANNA)

    def citing(user_id: UserId, channel_id: ChannelId) -> DebateId | None:
        found = find_evidence(room.db, guild_id=GUILD, user_id=user_id, words="lists", at=room.now)
        kept = room.do(
            keep_found, guild_id=GUILD, user_id=user_id, channel_id=channel_id, items=found.items, at=room.now
        )
        return found_cards(room.db, guild_id=GUILD, user_id=user_id, finding_id=kept, at=room.now).citing

    assert citing(ANNA, THREAD) == debate_id
    assert citing(ANNA, CHANNEL) is None
    assert citing(BEN, THREAD) is None
    room.do(close_debate, guild_id=GUILD, debate_id=debate_id, user_id=HOST, at=room.now)
    assert citing(ANNA, THREAD) is None


def test_who_opened_the_debate_learns_that_a_card_cannot_be_posted(
    room: Classroom, debate_id: DebateId
) -> None:
    join(room, debate_id, CEM)
    room.publish()
    cite(room, debate_id, CEM, hand(room, debate_id, CEM).cards[0].revision_id)
    (board,) = waiting_boards(room.db)
    room.do(cannot_post, board_id=board.board_id, missing="I lack a permission", at=room.now)
    assert [(notice.user_id, notice.subject_id) for notice in unsent_notices(room.db)] == [(HOST, debate_id)]
