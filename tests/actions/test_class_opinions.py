"""A class opinion: previews, private answers that can be changed, the end, and a result that tells on nobody."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.boards import board_message_deleted, cannot_post
from bot.actions.lost_channels import channel_gone
from bot.actions.opining import AllSaid, AtStatement, OwnPlace, answers_given
from bot.actions.opinion_reports import bars_board, invitation_board, map_board
from bot.actions.opinions import (
    DRAFT_LIFETIME,
    choose_all,
    choose_statements,
    claim_tags,
    close_opinion,
    discard_opinion,
    offered_claims,
    opinion_status,
    opinions_open,
    post_opinion,
    shown_draft,
)
from bot.actions.questions import publish_bundled
from bot.bank.question_set import QuestionSet
from bot.debate.opinion import (
    MOST_STATEMENTS,
    PROPOSED_STATEMENTS,
    Opinion,
    OpinionEnd,
    OpinionState,
    Vote,
    order_for,
)
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import InteractionId, OpinionId, RevisionId, StatementId, UserId
from bot.insight.opinion_map import NoMap, NoMapReason, OpinionMap
from bot.store.boards import Board, BoardKind, board_for
from bot.store.opinions import find_opinion, vote_counts
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    MIXED,
    OTHER_CHANNEL,
    OTHER_GUILD,
    Classroom,
    choice,
    claim,
    question_set,
)
from tests.opinions import (
    SIZE,
    VIEWS,
    closed,
    draft,
    opened,
    place_of,
    revision_ids,
    say,
    say_all,
    statements,
    taken_out,
    two_camps,
)

YES, NO, PASS = Vote.AGREE, Vote.DISAGREE, Vote.PASS
MANY = question_set(*(claim(f"c-{number}") for number in range(MOST_STATEMENTS + 10)), key="many")
PLAIN = question_set(choice("lake"), key="plain")
PEOPLE = [UserId(9_100 + number) for number in range(6)]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", MIXED, VIEWS, MANY, PLAIN)
    yield room
    room.close()


def at_statement(place: OwnPlace) -> AtStatement:
    assert isinstance(place, AtStatement), place
    return place


def all_said(place: OwnPlace) -> AllSaid:
    assert isinstance(place, AllSaid), place
    return place


def found(room: Classroom, opinion_id: OpinionId) -> Opinion:
    opinion = find_opinion(room.db, opinion_id)
    assert opinion is not None
    return opinion


def boards(room: Classroom) -> list[str]:
    return [str(kind) for (kind,) in room.rows("SELECT kind FROM board ORDER BY board_id")]


def votes(room: Classroom) -> list[tuple[object, ...]]:
    return room.rows("SELECT statement_id, vote FROM opinion_vote ORDER BY statement_id, learner_id")


def invitation(room: Classroom, opinion_id: OpinionId) -> Board:
    board = board_for(room.db, BoardKind.OPINION, opinion_id)
    assert board is not None
    return board


# The preview


def test_draft_proposes_a_few_motions_and_shows_nothing_to_anybody(room: Classroom) -> None:
    preview = draft(room)
    assert len(preview.statements) == PROPOSED_STATEMENTS
    assert {f"City number {number} should publish its scores." for number in range(1, SIZE + 1)} > {
        each.text for each in preview.statements
    }
    assert (preview.offered, preview.opinion.size, preview.opinion.set_title) == (
        SIZE,
        PROPOSED_STATEMENTS,
        "Views of towns",
    )
    assert preview.opinion.state is OpinionState.DRAFT
    assert boards(room) == []
    assert opinions_open(room.db, guild_id=GUILD) == []


def test_topic_narrows_the_claims(room: Classroom) -> None:
    preview = draft(room, tag="odd")
    assert [each.claim.id for each in preview.statements] == [
        f"view-{number}" for number in range(1, SIZE + 1, 2)
    ]
    assert preview.offered == SIZE / 2
    assert claim_tags(room.db, guild_id=GUILD, set_key="views") == {"odd": 8, "even": 8, "all-even": 8}
    assert claim_tags(room.db, guild_id=GUILD, set_key="plain") == {}


def test_same_set_is_proposed_alike_each_time(room: Classroom) -> None:
    assert revision_ids(draft(room, seed=1)) == revision_ids(draft(room, seed=2))


def test_all_claims_can_be_taken_at_once_unless_they_are_too_many(room: Classroom) -> None:
    small, large = draft(room).opinion.opinion_id, draft(room, set_key="many").opinion.opinion_id
    every = room.do(choose_all, guild_id=GUILD, opinion_id=small)
    assert [each.claim.id for each in every.statements] == [f"view-{n}" for n in range(1, SIZE + 1)]
    before = room.contents()
    with pytest.raises(Invalid, match="60 statements"):
        room.do(choose_all, guild_id=GUILD, opinion_id=large)
    with pytest.raises(NotFound):
        room.do(choose_all, guild_id=OTHER_GUILD, opinion_id=small)
    assert room.contents() == before
    assert shown_draft(room.db, guild_id=GUILD, opinion_id=small) == every


@pytest.mark.parametrize(("set_key", "tag"), [("plain", None), ("views", "no-such-topic")])
def test_set_without_such_claims_is_refused(room: Classroom, set_key: str, tag: str | None) -> None:
    before = room.contents()
    with pytest.raises(Invalid, match="has no claims"):
        draft(room, set_key=set_key, tag=tag)
    assert room.contents() == before


def test_unknown_set_is_refused(room: Classroom) -> None:
    for read in (
        lambda: draft(room, set_key="nothing"),
        lambda: claim_tags(room.db, guild_id=GUILD, set_key="x"),
    ):
        with pytest.raises(NotFound):
            read()


def test_end_that_has_passed_is_refused(room: Classroom) -> None:
    with pytest.raises(Invalid, match="has passed"):
        draft(room, closes_at=room.now)
    late = draft(room, closes_at=room.now + timedelta(hours=1)).opinion.opinion_id
    room.later(hours=1)
    with pytest.raises(Invalid, match="has passed"):
        room.do(post_opinion, guild_id=GUILD, opinion_id=late, at=room.now)
    assert boards(room) == []


def test_statements_can_be_chosen_one_by_one(room: Classroom) -> None:
    opinion_id = draft(room).opinion.opinion_id
    every = revision_ids(room.do(choose_all, guild_id=GUILD, opinion_id=opinion_id))
    chosen = room.do(
        choose_statements, guild_id=GUILD, opinion_id=opinion_id, revision_ids=[every[7], every[2], every[7]]
    )
    assert [(each.number, each.revision_id) for each in chosen.statements] == [(1, every[2]), (2, every[7])]
    assert (chosen.opinion.size, chosen.offered) == (2, SIZE)
    offered = offered_claims(room.db, guild_id=GUILD, opinion_id=opinion_id)
    assert [each.revision_id for each in offered] == every
    assert [each.revision_id for each in offered if each.chosen] == [every[2], every[7]]


def test_choice_of_none_of_too_many_or_of_others_is_refused(room: Classroom) -> None:
    small, large = draft(room, tag="odd"), draft(room, set_key="many")
    offered = offered_claims(room.db, guild_id=GUILD, opinion_id=large.opinion.opinion_id)
    before = room.contents()
    for preview, chosen, error in (
        (small, [], Invalid),
        (large, [each.revision_id for each in offered], Invalid),
        (small, [revision_ids(large)[0]], NotFound),
        (small, [RevisionId(999_999)], NotFound),
    ):
        with pytest.raises(error):
            room.do(
                choose_statements,
                guild_id=GUILD,
                opinion_id=preview.opinion.opinion_id,
                revision_ids=chosen,
            )
    assert room.contents() == before


def test_draft_can_be_posted_once(room: Classroom) -> None:
    opinion_id = opened(room)
    assert boards(room) == ["opinion"]
    assert [each.opinion_id for each in opinions_open(room.db, guild_id=GUILD)] == [opinion_id]
    before = room.contents()
    for action in (
        lambda: room.do(post_opinion, guild_id=GUILD, opinion_id=opinion_id, at=room.now),
        lambda: room.do(discard_opinion, guild_id=GUILD, opinion_id=opinion_id),
        lambda: room.do(choose_statements, guild_id=GUILD, opinion_id=opinion_id, revision_ids=[]),
        lambda: offered_claims(room.db, guild_id=GUILD, opinion_id=opinion_id),
    ):
        with pytest.raises(WrongState, match="posted already"):
            action()
    assert room.contents() == before
    closed(room, opinion_id)
    with pytest.raises(WrongState, match="closed already"):
        room.do(post_opinion, guild_id=GUILD, opinion_id=opinion_id, at=room.now)


def test_draft_can_be_discarded(room: Classroom) -> None:
    opinion_id = draft(room).opinion.opinion_id
    room.do(discard_opinion, guild_id=GUILD, opinion_id=opinion_id)
    assert room.rows("SELECT COUNT(*) FROM opinion_statement") == [(0,)]
    for action in (
        lambda: room.do(discard_opinion, guild_id=GUILD, opinion_id=opinion_id),
        lambda: room.do(post_opinion, guild_id=GUILD, opinion_id=opinion_id, at=room.now),
    ):
        with pytest.raises(NotFound):
            action()


def test_draft_cannot_be_answered_or_closed(room: Classroom) -> None:
    preview = draft(room)
    opinion_id = preview.opinion.opinion_id
    for action in (
        lambda: place_of(room, opinion_id, ANNA),
        lambda: say(room, preview.statements[0].statement_id, ANNA, YES),
        lambda: close_opinion(room.db, guild_id=GUILD, opinion_id=opinion_id, at=room.now),
    ):
        with pytest.raises(WrongState):
            action()
    assert votes(room) == []


def test_old_drafts_are_cleared_away_but_nothing_that_was_posted(room: Classroom) -> None:
    old, posted = draft(room).opinion.opinion_id, opened(room)
    say(room, statements(room, posted)[0].statement_id, ANNA, YES)
    elsewhere = draft(room, guild_id=OTHER_GUILD, channel_id=OTHER_CHANNEL).opinion.opinion_id
    room.now += DRAFT_LIFETIME + timedelta(seconds=1)
    new = draft(room).opinion.opinion_id
    assert find_opinion(room.db, old) is None
    for opinion_id in (posted, elsewhere, new):
        assert find_opinion(room.db, opinion_id) is not None
    assert len(votes(room)) == 1


# Answers


def test_statements_come_one_after_the_other_until_all_are_answered(room: Classroom) -> None:
    opinion_id = opened(room)
    seen: list[int] = []
    shown = place_of(room, opinion_id, ANNA)
    for answered in range(SIZE):
        here = at_statement(shown)
        assert (here.place, here.answered, here.standing) == (answered, answered, None)
        seen.append(here.statement.number)
        shown = say(room, here.statement.statement_id, ANNA, (YES, NO, PASS)[answered % 3])
        assert shown.kept is (YES, NO, PASS)[answered % 3]
    assert all_said(shown).counts == {YES: 6, NO: 5, PASS: 5}
    assert all_said(place_of(room, opinion_id, ANNA)).kept is None
    assert [number - 1 for number in seen] == list(order_for(found(room, opinion_id).seed, ANNA, SIZE))


def test_looking_stores_nothing(room: Classroom) -> None:
    opinion_id = opened(room)
    before = room.contents()
    for place in (None, 0, 3, -1, 99):
        place_of(room, opinion_id, ANNA, place)
    assert room.contents() == before


def test_person_goes_on_where_they_stopped_also_after_a_restart(room: Classroom) -> None:
    opinion_id = opened(room)
    for _ in range(3):
        say(room, at_statement(place_of(room, opinion_id, ANNA)).statement.statement_id, ANNA, YES)
    fourth = at_statement(place_of(room, opinion_id, ANNA))
    room.reopen()
    again = at_statement(place_of(room, opinion_id, ANNA))
    assert (again.statement.number, again.place, again.answered) == (fourth.statement.number, 3, 3)


def test_skipped_statements_come_back_at_the_end(room: Classroom) -> None:
    opinion_id = opened(room)
    skipped = at_statement(place_of(room, opinion_id, ANNA)).statement
    shown = place_of(room, opinion_id, ANNA, 1)
    for _ in range(SIZE - 1):
        shown = say(room, at_statement(shown).statement.statement_id, ANNA, YES)
    assert at_statement(shown).statement == skipped
    all_said(say(room, skipped.statement_id, ANNA, PASS))


def test_answer_can_be_changed_and_then_comes_the_next_in_order(room: Classroom) -> None:
    opinion_id = opened(room)
    order = order_for(found(room, opinion_id).seed, ANNA, SIZE)
    by_place = [statements(room, opinion_id)[position] for position in order]
    for statement in by_place:
        say(room, statement.statement_id, ANNA, YES)
    assert at_statement(place_of(room, opinion_id, ANNA, 4)).standing is YES
    shown = at_statement(say(room, by_place[4].statement_id, ANNA, NO))
    assert (shown.place, shown.kept, shown.standing) == (5, NO, YES)
    assert at_statement(place_of(room, opinion_id, ANNA, 4)).standing is NO
    assert all_said(say(room, by_place[-1].statement_id, ANNA, PASS)).counts == {YES: 14, NO: 1, PASS: 1}
    assert len(votes(room)) == SIZE, "one vote a statement, the last one given"


def test_place_beyond_the_last_is_what_is_left(room: Classroom) -> None:
    opinion_id = opened(room)
    assert at_statement(place_of(room, opinion_id, ANNA, SIZE)).place == 0
    say_all(room, opinion_id, ANNA, [YES] * SIZE)
    all_said(place_of(room, opinion_id, ANNA, SIZE))


def test_same_press_delivered_twice_changes_nothing(room: Classroom) -> None:
    opinion_id = opened(room)
    statement_id, press = statements(room, opinion_id)[0].statement_id, room.click()
    say(room, statement_id, ANNA, YES, interaction_id=press)
    before = room.contents()
    say(room, statement_id, ANNA, YES, interaction_id=press)
    assert room.contents() == before


def test_of_two_presses_the_later_one_stands_in_whatever_order_they_arrive(room: Classroom) -> None:
    opinion_id = opened(room)
    statement_id = statements(room, opinion_id)[0].statement_id
    earlier, later = room.click(), room.click()
    say(room, statement_id, ANNA, NO, interaction_id=later)
    shown = say(room, statement_id, ANNA, YES, interaction_id=earlier)
    assert votes(room) == [(statement_id, -1)]
    assert shown.kept is NO, "what is kept is what is said to be kept"


def test_late_answer_changes_nothing(room: Classroom) -> None:
    opinion_id = opened(room, closes_at=room.now + timedelta(hours=2))
    statement_id = statements(room, opinion_id)[0].statement_id
    say(room, statement_id, ANNA, YES)
    room.later(hours=2)
    before = room.contents()
    for late in (
        lambda: say(room, statement_id, ANNA, NO),
        lambda: say(room, statement_id, BEN, NO),
        lambda: place_of(room, opinion_id, ANNA),
    ):
        with pytest.raises(WrongState, match="closed"):
            late()
    assert room.contents() == before
    room.tick()
    with pytest.raises(WrongState):
        say(room, statement_id, ANNA, NO)


def test_unknown_ids_are_not_found(room: Classroom) -> None:
    opened(room)
    with pytest.raises(NotFound):
        say(room, StatementId(999), ANNA, YES)
    with pytest.raises(NotFound):
        place_of(room, OpinionId(999), ANNA)


def test_invitation_is_shown_anew_for_a_new_person_only(room: Classroom) -> None:
    opinion_id = opened(room)
    one, two = statements(room, opinion_id)[:2]
    room.publish()
    revision = invitation(room, opinion_id).revision
    say(room, one.statement_id, ANNA, YES)
    assert invitation(room, opinion_id).revision == revision + 1
    say(room, two.statement_id, ANNA, YES)
    say(room, one.statement_id, ANNA, NO)
    assert invitation(room, opinion_id).revision == revision + 1
    say(room, one.statement_id, BEN, NO)
    assert invitation(room, opinion_id).revision == revision + 2
    board = invitation_board(room.db, opinion_id=opinion_id)
    assert board is not None
    assert board.people == 2


def test_changed_question_set_leaves_an_open_class_opinion_as_it_is(room: Classroom) -> None:
    opinion_id = opened(room)
    before = statements(room, opinion_id)
    fewer = QuestionSet(VIEWS.info, (claim("view-1", motion="Something else."),))
    room.do(publish_bundled, sets=[MIXED, MANY, PLAIN, fewer], at=room.now)
    assert statements(room, opinion_id) == before
    say(room, before[5].statement_id, ANNA, YES)


# Taking answers out


def test_answers_that_are_taken_out_leave_nothing_and_the_counts_follow(room: Classroom) -> None:
    opinion_id, other = opened(room), opened(room, tag="odd")
    for person in PEOPLE:
        say_all(room, opinion_id, person, [YES, NO] * (SIZE // 2))
    say_all(room, other, ANNA, [NO] * (SIZE // 2))
    before = votes(room)
    say_all(room, opinion_id, ANNA, [PASS] * SIZE)
    room.publish()
    revision = invitation(room, opinion_id).revision
    assert taken_out(room, opinion_id, ANNA) == SIZE
    assert votes(room) == before, "what others said, and what she said elsewhere, stays"
    assert invitation(room, opinion_id).revision == revision + 1
    _, status = opinion_status(room.db, guild_id=GUILD)
    assert (status.people, status.complete, status.answers) == (6, 6, 6 * SIZE)
    assert at_statement(place_of(room, opinion_id, ANNA)).answered == 0
    assert taken_out(room, opinion_id, ANNA) == 0
    assert invitation(room, opinion_id).revision == revision + 1, "nothing is shown anew for nothing"
    for person in PEOPLE[1:]:
        taken_out(room, opinion_id, person)
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, NO)
    closed(room, opinion_id)
    board = invitation_board(room.db, opinion_id=opinion_id)
    page = bars_board(room.db, statement_id=statements(room, opinion_id)[0].statement_id)
    assert board is not None
    assert page is not None
    assert board.people == page.people == 2
    assert vote_counts(room.db, opinion_id)[0] == {YES: 1, NO: 1}


def test_somebody_who_has_said_nothing_takes_nothing_out_and_is_not_noted(room: Classroom) -> None:
    opinion_id = opened(room)
    before = room.contents()
    assert taken_out(room, opinion_id, UserId(77)) == 0
    assert room.contents() == before


def test_nothing_is_taken_out_after_the_end(room: Classroom) -> None:
    opinion_id = opened(room, closes_at=room.now + timedelta(hours=2))
    say_all(room, opinion_id, ANNA, [YES] * SIZE)
    room.later(hours=2)
    before = room.contents()
    with pytest.raises(WrongState, match="closed"):
        taken_out(room, opinion_id, ANNA)
    with pytest.raises(NotFound):
        taken_out(room, opinion_id, ANNA, guild_id=OTHER_GUILD)
    with pytest.raises(WrongState, match="closed"):
        answers_given(room.db, guild_id=GUILD, opinion_id=opinion_id, user_id=ANNA, at=room.now)
    assert room.contents() == before
    assert len(votes(room)) == SIZE


# How far it is


def test_status_counts_people_and_says_nothing_else(room: Classroom) -> None:
    opinion_id = opened(room)
    say_all(room, opinion_id, ANNA, [YES] * SIZE)
    say_all(room, opinion_id, BEN, [NO] * 3 + [None] * (SIZE - 3))
    opened(room, tag="odd")
    newest, first = opinion_status(room.db, guild_id=GUILD)
    assert (first.people, first.complete, first.answers) == (2, 1, SIZE + 3)
    assert (newest.people, newest.complete, newest.answers) == (0, 0, 0)
    assert opinion_status(room.db, guild_id=OTHER_GUILD) == []


# The end


def test_closing_posts_the_bars_and_then_the_map(room: Classroom) -> None:
    opinion_id = opened(room)
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    room.publish()
    closed(room, opinion_id)
    assert boards(room) == ["opinion", "opinion_bars", "opinion_map"]
    assert (found(room, opinion_id).state, found(room, opinion_id).end) == (
        OpinionState.CLOSED,
        OpinionEnd.CLOSED_BY_HOST,
    )
    assert invitation(room, opinion_id).revision > invitation(room, opinion_id).shown_revision
    before = room.contents()
    with pytest.raises(WrongState, match="closed already"):
        closed(room, opinion_id)
    assert room.contents() == before


def test_class_opinion_that_nobody_answered_has_no_result(room: Classroom) -> None:
    opinion_id = opened(room)
    room.publish()
    closed(room, opinion_id)
    assert boards(room) == ["opinion"]
    (shown,) = room.publish()
    assert shown.kind is BoardKind.OPINION


def test_clock_closes_it_once(room: Classroom) -> None:
    opinion_id = opened(room, closes_at=room.now + timedelta(hours=48))
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    room.later(hours=47.9)
    assert room.tick() == []
    room.later(hours=0.1)
    room.reopen()
    assert room.tick() == [opinion_id]
    assert found(room, opinion_id).end is OpinionEnd.TIME_UP
    assert boards(room) == ["opinion", "opinion_bars", "opinion_map"]
    assert room.tick() == []


def test_clock_and_host_at_once_close_it_once(room: Classroom) -> None:
    opinion_id = opened(room, closes_at=room.now + timedelta(hours=1))
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    room.later(hours=1)
    room.tick()
    with pytest.raises(WrongState):
        closed(room, opinion_id)
    assert boards(room) == ["opinion", "opinion_bars", "opinion_map"]


def test_result_of_many_statements_takes_several_messages(room: Classroom) -> None:
    opinion_id = draft(room, set_key="many").opinion.opinion_id
    every = [each.revision_id for each in offered_claims(room.db, guild_id=GUILD, opinion_id=opinion_id)]
    most = every[:MOST_STATEMENTS]
    room.do(choose_statements, guild_id=GUILD, opinion_id=opinion_id, revision_ids=most)
    room.do(post_opinion, guild_id=GUILD, opinion_id=opinion_id, at=room.now)
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    closed(room, opinion_id)
    starts = [
        StatementId(subject)
        for (subject,) in room.db.conn.execute(
            "SELECT subject_id FROM board WHERE kind = 'opinion_bars' ORDER BY board_id"
        )
    ]
    pages = [bars_board(room.db, statement_id=start) for start in starts]
    assert [each.statement for page in pages if page for each in page.results] == statements(room, opinion_id)
    assert [(page.page, page.pages) for page in pages if page] == [(1, 2), (2, 2)]


def test_bars_withhold_what_could_tell_on_somebody(room: Classroom) -> None:
    opinion_id = opened(room)
    every = statements(room, opinion_id)
    for number, person in enumerate(PEOPLE):
        say(room, every[0].statement_id, person, YES if number else PASS)
        say(room, every[1].statement_id, person, NO)
        if number < 4:
            say(room, every[2].statement_id, person, (YES, NO)[number % 2])
    closed(room, opinion_id)
    page = bars_board(room.db, statement_id=every[0].statement_id)
    assert page is not None
    assert page.people == 6
    assert [each.counts for each in page.results] == [{YES: 5, PASS: 1, NO: 0}, *[None] * (SIZE - 1)]


def test_bars_begin_at_a_page_only(room: Classroom) -> None:
    opinion_id = opened(room)
    second = statements(room, opinion_id)[1].statement_id
    assert bars_board(room.db, statement_id=second) is None
    assert bars_board(room.db, statement_id=StatementId(999)) is None
    assert map_board(room.db, opinion_id=OpinionId(999)) is None
    assert invitation_board(room.db, opinion_id=OpinionId(999)) is None


def test_map_of_a_small_class_says_why_there_is_none(room: Classroom) -> None:
    opinion_id = opened(room)
    for person in PEOPLE:
        say_all(room, opinion_id, person, [YES] * SIZE)
    closed(room, opinion_id)
    board = map_board(room.db, opinion_id=opinion_id)
    assert board is not None
    assert board.drawn == NoMap(NoMapReason.FEW_PEOPLE, 6, SIZE)


def test_map_of_two_camps_is_drawn_and_groups_are_stored_nowhere(room: Classroom) -> None:
    opinion_id = opened(room)
    two_camps(room, opinion_id)
    closed(room, opinion_id)
    before = room.contents()
    board = map_board(room.db, opinion_id=opinion_id)
    again = map_board(room.db, opinion_id=opinion_id)
    assert board is not None
    assert isinstance(board.drawn, OpinionMap)
    assert [group.size for group in board.drawn.groups] == [12, 12]
    assert board == again, "shown anew, it is the same map"
    assert room.contents() == before
    columns = {
        str(name)
        for table in ("opinion", "opinion_statement", "opinion_vote")
        for _, name, *_ in room.rows(f"PRAGMA table_info({table})")
    }
    assert not {name for name in columns if "group" in name or "camp" in name or "score" in name}


# Trouble


def test_deleted_channel_closes_it_and_tells_who_opened_it(room: Classroom) -> None:
    opinion_id = opened(room)
    elsewhere = opened(room, channel_id=OTHER_CHANNEL)
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert (found(room, opinion_id).state, found(room, opinion_id).end) == (
        OpinionState.CLOSED,
        OpinionEnd.CHANNEL_DELETED,
    )
    assert found(room, elsewhere).state is OpinionState.OPEN
    assert boards(room) == ["opinion", "opinion"], "there is no place for a result"
    assert room.rows("SELECT user_id, kind, subject_id FROM notice") == [
        (HOST, "opinion_channel_lost", opinion_id)
    ]
    assert len(votes(room)) == 1
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert room.rows("SELECT COUNT(*) FROM notice") == [(1,)]


def test_channel_of_another_server_closes_nothing(room: Classroom) -> None:
    opinion_id = opened(room)
    room.do(channel_gone, guild_id=OTHER_GUILD, channel_id=CHANNEL, at=room.now)
    assert found(room, opinion_id).state is OpinionState.OPEN


def test_what_cannot_be_posted_is_told_once_and_shown_with_the_next_message(room: Classroom) -> None:
    opinion_id = opened(room)
    say(room, statements(room, opinion_id)[0].statement_id, ANNA, YES)
    room.publish()
    closed(room, opinion_id)
    for kind, subject in ((BoardKind.OPINION_MAP, opinion_id), (BoardKind.OPINION_BARS, 1)):
        board = board_for(room.db, kind, subject)
        assert board is not None
        room.do(cannot_post, board_id=board.board_id, missing="I may not", at=room.now)
    assert room.rows("SELECT kind, detail FROM notice") == [("opinion_cannot_post", "I may not")]
    room.publish()
    opened(room)
    assert {board.kind for board in room.publish()} == {
        BoardKind.OPINION,
        BoardKind.OPINION_BARS,
        BoardKind.OPINION_MAP,
    }


def test_deleted_invitation_comes_back_while_it_is_open(room: Classroom) -> None:
    opinion_id = opened(room)
    say(room, statements(room, opinion_id)[0].statement_id, CEM, YES)
    (board,) = room.publish()
    message_id = room.show(board)
    room.do(board_message_deleted, message_id=message_id)
    (again,) = room.publish()
    assert (again.kind, again.reposts) == (BoardKind.OPINION, 1)
    closed(room, opinion_id)
    room.publish()
    for kind, subject in ((BoardKind.OPINION, opinion_id), (BoardKind.OPINION_MAP, opinion_id)):
        shown = board_for(room.db, kind, subject)
        assert shown is not None
        assert shown.message_id is not None
        room.do(board_message_deleted, message_id=shown.message_id)
    assert room.publish() == [], "whoever deletes a result has a reason"


def test_same_person_in_two_servers_has_two_opinions(room: Classroom) -> None:
    here = opened(room)
    there = opened(room, guild_id=OTHER_GUILD, channel_id=OTHER_CHANNEL)
    say_all(room, here, ANNA, [YES] * SIZE)
    shown = place_of(room, there, ANNA, guild_id=OTHER_GUILD)
    assert at_statement(shown).answered == 0
    statement_id = statements(room, there)[0].statement_id
    with pytest.raises(NotFound):
        say(room, statement_id, ANNA, YES)
    say(room, statement_id, ANNA, NO, guild_id=OTHER_GUILD, interaction_id=InteractionId(5))
    assert room.rows("SELECT COUNT(DISTINCT learner_id) FROM opinion_vote") == [(2,)]


def test_ids_of_another_server_are_not_found(room: Classroom) -> None:
    waiting, opinion_id = draft(room).opinion.opinion_id, opened(room)
    statement_id = statements(room, opinion_id)[0].statement_id
    before = room.contents()
    for attempt in (
        lambda: place_of(room, opinion_id, ANNA, guild_id=OTHER_GUILD),
        lambda: say(room, statement_id, ANNA, YES, guild_id=OTHER_GUILD),
        lambda: offered_claims(room.db, guild_id=OTHER_GUILD, opinion_id=waiting),
        lambda: room.do(choose_statements, guild_id=OTHER_GUILD, opinion_id=waiting, revision_ids=[]),
        lambda: room.do(post_opinion, guild_id=OTHER_GUILD, opinion_id=waiting, at=room.now),
        lambda: room.do(discard_opinion, guild_id=OTHER_GUILD, opinion_id=waiting),
        lambda: room.do(close_opinion, guild_id=OTHER_GUILD, opinion_id=opinion_id, at=room.now),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert room.contents() == before
    assert opinions_open(room.db, guild_id=OTHER_GUILD) == []
