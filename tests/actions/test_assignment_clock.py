"""What the clock does for assignments, what becomes of their announcements, and who hears of it."""

from datetime import datetime, timedelta

import pytest

from bot.actions.assigning import close_assignment, move_due_date
from bot.actions.assignment_clock import ACTIVE_LATELY, tick_assignment
from bot.actions.assignment_reminders import DueNews, due_news, no_more_assignment_reminders
from bot.actions.assignment_reports import assignment_board
from bot.actions.attempts import remind_of_assignments
from bot.actions.boards import (
    MOST_REPOSTS,
    Board,
    NoticeKind,
    board_message_deleted,
    board_shown,
    cannot_post,
    notice_settled,
    pulse,
    unsent_notices,
    waiting_boards,
)
from bot.actions.lost_channels import board_channel_gone, channel_gone
from bot.actions.schedule import next_due_moment
from bot.ids import AssignmentId, MessageId, UserId
from bot.quiz.assignment import Assignment, Phase
from bot.quiz.pacing import GRACE
from bot.quiz.run import RunState
from bot.store.boards import BoardKind, board_for
from bot.store.learners import learner_for
from tests.actions.homework import DAY, HOUR, MINUTE, assign, attempt, begin, stored
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    OTHER_CHANNEL,
    OTHER_GUILD,
    Classroom,
)

DORA, EMIL = UserId(9_004), UserId(9_005)
MISSING = "Send Messages"


def come(room: Classroom, *people: UserId, at: datetime | None = None) -> None:
    """These people have been seen in the server."""
    for user_id in people:
        room.do(learner_for, GUILD, user_id, at or room.now)


def board(room: Classroom, assignment: Assignment) -> Board:
    found = board_for(room.db, BoardKind.ASSIGNMENT, assignment.assignment_id)
    assert found is not None
    return found


def told(room: Classroom) -> list[tuple[NoticeKind, UserId, int]]:
    """The private notices that wait, in the order in which they go out."""
    return [(each.kind, each.user_id, each.subject_id) for each in unsent_notices(room.db)]


def reminded(room: Classroom) -> set[UserId]:
    """Who is to be reminded; fails if somebody is twice."""
    waiting = [user_id for kind, user_id, _ in told(room) if kind is NoticeKind.ASSIGNMENT_DUE]
    assert len(waiting) == len(set(waiting))
    return set(waiting)


def send(room: Classroom) -> None:
    """All that waits is sent."""
    for notice in unsent_notices(room.db):
        room.do(notice_settled, notice_id=notice.notice_id, sent=True, at=room.now)


def move(room: Classroom, assignment: Assignment, due_at: datetime) -> None:
    room.do(move_due_date, guild_id=GUILD, assignment_id=assignment.assignment_id, due_at=due_at, at=room.now)


def end(room: Classroom, assignment: Assignment) -> None:
    room.do(close_assignment, guild_id=GUILD, assignment_id=assignment.assignment_id, at=room.now)


def wait_until(room: Classroom, moment: datetime) -> None:
    """Let that moment come, and the clock do what is due."""
    assert moment >= room.now
    room.now = moment
    room.tick()


# Opening, reminding, closing


def test_assignment_is_announced_once_when_it_opens(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR, channel_id=CHANNEL)
    assert next_due_moment(room.db) == pulse(room.db).due_at == assignment.opens_at
    wait_until(room, assignment.opens_at - MINUTE)
    assert waiting_boards(room.db) == []
    wait_until(room, assignment.opens_at)
    assert stored(room, assignment.assignment_id).opened_at == assignment.opens_at
    shown = room.publish()
    assert [(each.kind, each.channel_id, each.subject_id) for each in shown] == [
        (BoardKind.ASSIGNMENT, CHANNEL, assignment.assignment_id)
    ]
    for _ in range(3):
        room.later(60)
        room.do(tick_assignment, assignment_id=assignment.assignment_id, at=room.now)
    assert room.publish() == []
    assert room.rows("SELECT COUNT(*) FROM board") == [(1,)]


def test_assignment_without_a_channel_opens_silently(room: Classroom) -> None:
    assignment = assign(room)
    assert assignment.opened_at == room.now
    assert waiting_boards(room.db) == []
    wait_until(room, assignment.due_at + GRACE)
    assert stored(room, assignment.assignment_id).closed_at == room.now
    assert room.rows("SELECT COUNT(*) FROM board") == [(0,)]


def test_announcement_follows_the_assignment(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL, due_at=room.now + 8 * DAY)
    assignment_id = assignment.assignment_id
    room.publish()

    def shown() -> tuple[Phase, datetime]:
        found = assignment_board(room.db, assignment_id=assignment_id, at=room.now)
        assert found is not None
        return found[1], found[0].due_at

    assert shown() == (Phase.OPEN, assignment.due_at)
    move(room, assignment, room.now + DAY)
    assert [each.subject_id for each in room.publish()] == [assignment_id]
    assert shown() == (Phase.OPEN, room.now + DAY)
    wait_until(room, room.now + DAY + GRACE)
    assert [each.subject_id for each in room.publish()] == [assignment_id]
    assert shown()[0] is Phase.CLOSED
    assert room.rows("SELECT COUNT(*) FROM board") == [(1,)]
    assert assignment_board(room.db, assignment_id=AssignmentId(99), at=room.now) is None


def test_those_who_are_not_done_are_reminded_once(room: Classroom) -> None:
    assignment = assign(room, attempts=2)
    come(room, DORA, EMIL, HOST)
    attempt(room, assignment, ANNA)
    begin(room, assignment, ANNA, number=2)
    begin(room, assignment, BEN)
    room.do(remind_of_assignments, guild_id=GUILD, user_id=CEM, wanted=False, at=room.now)
    room.do(remind_of_assignments, guild_id=GUILD, user_id=EMIL, wanted=False, at=room.now)
    room.do(remind_of_assignments, guild_id=GUILD, user_id=EMIL, wanted=True, at=room.now)
    room.do(learner_for, OTHER_GUILD, UserId(9_006), room.now)
    wait_until(room, assignment.due_at - DAY - MINUTE)
    assert reminded(room) == set()
    wait_until(room, assignment.due_at - DAY)
    assert reminded(room) == {BEN, DORA, EMIL}
    [news] = {DueNews.model_validate_json(each.detail) for each in unsent_notices(room.db)}
    assert (news.title, news.due_at) == (assignment.set_title, assignment.due_at)
    send(room)
    for _ in range(3):
        room.later(hours=1)
        room.tick()
    wait_until(room, assignment.due_at + GRACE)
    assert told(room) == []


def test_whoever_has_run_out_of_time_is_done(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR)
    wait_until(room, assignment.due_at - DAY - HOUR - MINUTE)
    begin(room, assignment, ANNA)
    wait_until(room, assignment.due_at - DAY - MINUTE)
    begin(room, assignment, BEN)
    wait_until(room, assignment.due_at - DAY)
    assert reminded(room) == {BEN}
    send(room)
    room.later(1)
    move(room, assignment, room.now + 3 * DAY)
    wait_until(room, stored(room, assignment.assignment_id).due_at - DAY)
    assert reminded(room) == set()


def test_whoever_has_not_been_seen_for_long_is_left_alone(room: Classroom) -> None:
    first = assign(room, due_at=room.now + DAY)
    attempt(room, first, BEN)
    come(room, ANNA, CEM)
    wait_until(room, room.now + ACTIVE_LATELY)
    second = assign(room, due_at=room.now + 10 * DAY)
    attempt(room, assign(room, items=("river",)), CEM)
    come(room, DORA)
    wait_until(room, second.due_at - DAY)
    assert {user for _, user, subject in told(room) if subject == second.assignment_id} == {CEM, DORA}


def test_reminders_that_are_not_wanted_at_all(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room, reminds=False)
    short = assign(room, due_at=room.now + 30 * MINUTE)
    wait_until(room, short.due_at + GRACE)
    wait_until(room, assignment.due_at + GRACE)
    assert told(room) == []
    assert stored(room, short.assignment_id).closed_at is not None


def test_reminders_go_out_after_what_went_wrong(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room, channel_id=CHANNEL)
    wait_until(room, assignment.due_at - DAY)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert [kind for kind, _, _ in told(room)] == [
        NoticeKind.ASSIGNMENT_CHANNEL_LOST,
        NoticeKind.ASSIGNMENT_DUE,
    ]


def test_reminder_that_cannot_be_sent_is_not_tried_again(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room)
    wait_until(room, assignment.due_at - DAY)
    [notice] = unsent_notices(room.db)
    room.do(notice_settled, notice_id=notice.notice_id, sent=False, at=room.now)
    room.later(60)
    room.tick()
    assert told(room) == []


def test_closing_ends_attempts_and_comes_after_late_clicks(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    room.publish()
    first = begin(room, assignment)
    wait_until(room, assignment.due_at + GRACE - MINUTE / 60)
    assert stored(room, assignment.assignment_id).closed_at is None
    wait_until(room, assignment.due_at + GRACE)
    closed = stored(room, assignment.assignment_id)
    assert (closed.closed_at, closed.next_at) == (room.now, None)
    assert room.run(first.run.run_id).state is RunState.ENDED
    assert len(waiting_boards(room.db)) == 1
    before = room.contents()
    assert room.tick() == []
    room.do(tick_assignment, assignment_id=assignment.assignment_id, at=room.later(hours=5))
    assert room.contents() == before


def test_assignment_that_is_closed_early_reminds_nobody(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room, channel_id=CHANNEL)
    room.publish()
    room.later(hours=1)
    end(room, assignment)
    wait_until(room, room.now + GRACE)
    assert told(room) == []
    assert stored(room, assignment.assignment_id).closed_at == room.now
    wait_until(room, assignment.due_at + GRACE)
    assert told(room) == []


def test_due_date_that_comes_nearer_than_its_reminder_reminds_at_once(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room)
    wait_until(room, room.now + 5 * DAY)
    move(room, assignment, room.now + 3 * HOUR)
    assert reminded(room) == set()
    room.tick()
    assert reminded(room) == {ANNA}
    send(room)
    move(room, assignment, room.now + 6 * DAY)
    wait_until(room, room.now + 5 * DAY)
    assert reminded(room) == {ANNA}, "there is another date to be reminded of"


@pytest.mark.parametrize("hours", [6, 12, 72])
def test_reminders_that_still_wait_name_no_date_that_has_been_moved(room: Classroom, hours: float) -> None:
    come(room, ANNA)
    assignment = assign(room)
    wait_until(room, assignment.due_at - DAY)
    assert reminded(room) == {ANNA}
    move(room, assignment, room.now + hours * HOUR)
    assert reminded(room) == set()
    due_at = stored(room, assignment.assignment_id).due_at
    wait_until(room, max(room.now, due_at - DAY))
    assert reminded(room) == {ANNA}
    [notice] = unsent_notices(room.db)
    assert DueNews.model_validate_json(notice.detail).due_at == due_at


def test_closing_early_takes_back_the_reminders_that_still_wait(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room)
    wait_until(room, assignment.due_at - DAY)
    end(room, assignment)
    assert told(room) == []
    wait_until(room, room.now + GRACE)
    assert told(room) == []


# After a downtime


@pytest.mark.parametrize(("late", "closed"), [(GRACE / 2, False), (GRACE, True), (DAY, True)])
def test_everything_missed_is_done_in_order_and_nobody_is_reminded_too_late(
    room: Classroom, late: timedelta, closed: bool
) -> None:
    come(room, ANNA)
    assignment = assign(room, opens_at=room.now + HOUR, channel_id=CHANNEL)
    room.reopen()
    wait_until(room, assignment.due_at + late)
    done = stored(room, assignment.assignment_id)
    assert (done.opened_at, done.reminded_at) == (room.now, room.now)
    assert done.closed_at == (room.now if closed else None)
    assert told(room) == []
    assert len(room.publish()) == 1
    assert room.tick() == []


def test_reminder_that_was_missed_still_comes_before_the_due_date(room: Classroom) -> None:
    come(room, ANNA)
    assignment = assign(room)
    wait_until(room, assignment.due_at - HOUR)
    assert reminded(room) == {ANNA}
    send(room)
    wait_until(room, assignment.due_at)
    assert told(room) == []


def test_reminders_that_still_wait_when_it_is_over_are_not_sent(room: Classroom) -> None:
    come(room, ANNA, BEN)
    assignment, other = assign(room), assign(room, due_at=room.now + 7 * DAY + HOUR)
    wait_until(room, other.due_at - DAY)
    assert len(told(room)) == 4
    room.reopen()
    wait_until(room, assignment.due_at + GRACE)
    assert {subject for _, _, subject in told(room)} == {other.assignment_id}


def test_assignments_of_several_servers_wait_for_nobody(room: Classroom) -> None:
    far = assign(room, due_at=room.now + 5 * DAY)
    near = assign(room, guild_id=OTHER_GUILD, due_at=room.now + HOUR, reminds=False)
    assert next_due_moment(room.db) == near.due_at + GRACE
    wait_until(room, near.due_at + GRACE)
    assert stored(room, near.assignment_id).closed_at is not None
    assert stored(room, far.assignment_id).closed_at is None
    assert next_due_moment(room.db) == far.due_at - DAY


# The announcement


def test_lost_channel_is_told_once_and_the_assignment_goes_on(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    beside = assign(room, channel_id=CHANNEL)
    elsewhere = assign(room, channel_id=OTHER_CHANNEL)
    room.publish()
    lost = [(NoticeKind.ASSIGNMENT_CHANNEL_LOST, HOST, each.assignment_id) for each in (assignment, beside)]
    for _ in range(2):
        room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert told(room) == lost
    send(room)
    for each in (assignment, beside):
        room.do(board_channel_gone, board_id=board(room, each).board_id, at=room.now)
    move(room, assignment, room.now + 2 * DAY)
    assert waiting_boards(room.db) == []
    assert told(room) == []
    attempt(room, assignment)
    wait_until(room, room.now + 2 * DAY + GRACE)
    assert stored(room, assignment.assignment_id).closed_at == room.now
    assert stored(room, elsewhere.assignment_id).phase(room.now) is Phase.OPEN
    assert [kind for kind, _, _ in told(room) if kind is not NoticeKind.ASSIGNMENT_DUE] == []
    assert waiting_boards(room.db) == []


def test_channel_that_was_lost_before_the_opening_is_told_when_it_opens(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR, channel_id=CHANNEL)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert told(room) == []
    wait_until(room, assignment.opens_at)
    [announcement] = waiting_boards(room.db)
    room.do(board_channel_gone, board_id=announcement.board_id, at=room.now)
    assert told(room) == [(NoticeKind.ASSIGNMENT_CHANNEL_LOST, HOST, assignment.assignment_id)]
    assert waiting_boards(room.db) == []
    attempt(room, assignment)


def test_lost_channel_of_another_server_or_of_an_assignment_that_is_over(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL, due_at=room.now + HOUR, reminds=False)
    room.publish()
    room.do(channel_gone, guild_id=OTHER_GUILD, channel_id=CHANNEL, at=room.now)
    assert told(room) == []
    wait_until(room, assignment.due_at + GRACE)
    room.publish()
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert told(room) == []


def test_announcement_that_is_refused_is_told_once_and_the_assignment_goes_on(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    beside = assign(room, channel_id=CHANNEL)
    for _ in range(3):
        for each in (assignment, beside):
            room.do(cannot_post, board_id=board(room, each).board_id, missing=MISSING, at=room.now)
    assert told(room) == [
        (NoticeKind.ASSIGNMENT_CANNOT_POST, HOST, each.assignment_id) for each in (assignment, beside)
    ]
    assert {each.detail for each in unsent_notices(room.db)} == {MISSING}
    send(room)
    assert waiting_boards(room.db) == []
    attempt(room, assignment)
    move(room, assignment, room.now + 2 * DAY)
    wait_until(room, room.now + 2 * DAY + GRACE)
    assert stored(room, assignment.assignment_id).closed_at == room.now
    assert NoticeKind.ASSIGNMENT_CANNOT_POST not in [kind for kind, _, _ in told(room)]


def test_refused_announcement_goes_out_when_its_channel_takes_messages_again(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    room.do(cannot_post, board_id=board(room, assignment).board_id, missing=MISSING, at=room.now)
    later = assign(room, channel_id=CHANNEL)
    assert [each.subject_id for each in room.publish()] == [later.assignment_id, assignment.assignment_id]


def test_edit_that_is_refused_for_what_it_is_leaves_the_announcement_as_it_is(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    room.publish()
    move(room, assignment, room.now + 2 * DAY)
    [behind] = waiting_boards(room.db)
    room.do(cannot_post, board_id=behind.board_id, missing="a taste", at=room.now, of_itself=True)
    assert told(room) == []
    assert waiting_boards(room.db) == []


def test_announcement_that_is_deleted_is_posted_again_while_the_assignment_is_open(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    for _ in range(MOST_REPOSTS):
        room.publish()
        old = board(room, assignment).message_id
        assert old is not None
        assert room.do(board_message_deleted, message_id=old)
        [again] = room.publish()
        assert again.message_id is None
        assert board(room, assignment).message_id not in (None, old)
    message_id = board(room, assignment).message_id
    assert message_id is not None
    room.do(board_message_deleted, message_id=message_id)
    assert waiting_boards(room.db) == [], "somebody does not want it there"
    attempt(room, assignment)


def test_announcement_that_is_deleted_afterwards_stays_away(room: Classroom) -> None:
    assignment = assign(room, channel_id=CHANNEL, due_at=room.now + HOUR)
    room.publish()
    wait_until(room, assignment.due_at + GRACE)
    room.publish()
    message_id = board(room, assignment).message_id
    assert message_id is not None
    assert room.do(board_message_deleted, message_id=message_id)
    assert waiting_boards(room.db) == []


@pytest.mark.parametrize("moved", [False, True])
def test_announcement_shows_the_newest_state_however_late_it_is_posted(room: Classroom, moved: bool) -> None:
    assignment = assign(room, channel_id=CHANNEL)
    [first] = waiting_boards(room.db)
    if moved:
        move(room, assignment, room.now + 2 * DAY)
    room.do(
        board_shown,
        board_id=first.board_id,
        revision=first.revision,
        message_id=MessageId(5),
        posted_at=room.now,
        at=room.now,
    )
    assert len(waiting_boards(room.db)) == moved


# What a reminder says, and no more of them


def test_reminder_links_to_the_announcement_where_there_is_one(room: Classroom) -> None:
    announced, silent, refused = (
        assign(room, channel_id=CHANNEL),
        assign(room),
        assign(room, channel_id=CHANNEL),
    )
    [first, second] = waiting_boards(room.db)
    message_id = room.show(first)
    room.do(cannot_post, board_id=second.board_id, missing=MISSING, at=room.now)
    news = [due_news(room.db, each) for each in (announced, silent, refused)]
    assert [each.link for each in news] == [f"{GUILD}/{CHANNEL}/{message_id}", str(GUILD), str(GUILD)]
    assert [each.announced for each in news] == [True, False, False]
    assert {(each.title, each.due_at) for each in news} == {("Geography", announced.due_at)}


def test_reminders_are_stopped_from_within_a_direct_message(room: Classroom) -> None:
    come(room, ANNA, BEN)
    room.do(learner_for, OTHER_GUILD, ANNA, room.now)
    assignment, elsewhere = assign(room), assign(room, guild_id=OTHER_GUILD)
    for _ in range(2):
        room.do(
            no_more_assignment_reminders,
            assignment_id=assignment.assignment_id,
            user_id=ANNA,
            at=room.now,
        )
    before = room.contents()
    for assignment_id, user_id in ((assignment.assignment_id, CEM), (AssignmentId(99), ANNA)):
        room.do(no_more_assignment_reminders, assignment_id=assignment_id, user_id=user_id, at=room.now)
    assert room.contents() == before, "a stranger does not become a learner"
    wait_until(room, assignment.due_at - DAY)
    assert [(user_id, subject) for _, user_id, subject in told(room)] == [
        (BEN, assignment.assignment_id),
        (ANNA, elsewhere.assignment_id),
    ]
