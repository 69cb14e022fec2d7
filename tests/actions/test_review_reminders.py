"""Reminders to review: opt-in, at most one a day, none without need, and none that cannot be sent."""

from datetime import datetime, timedelta

import pytest

from bot.actions.boards import notice_settled, unsent_notices
from bot.actions.reminding import aim_reminders, choose_reminder, no_more_reminders
from bot.actions.reviewing import agree_to_review, review_home, stop_review
from bot.actions.schedule import next_due_moment
from bot.errors import Invalid, NotAllowed
from bot.ids import LearnerId, UserId
from bot.store.notices import NoticeKind, add_notice
from tests.actions.test_reviews import drop, review_all, take
from tests.classroom import ANNA, BEN, GUILD, HOST, MONDAY, OTHER_GUILD, Classroom

EIGHTEEN = MONDAY.replace(hour=18)
DAY = timedelta(days=1)


def agree(room: Classroom, user_id: UserId = ANNA) -> None:
    room.do(agree_to_review, guild_id=GUILD, user_id=user_id, at=room.now)


def choose(room: Classroom, hour: int | None, user_id: UserId = ANNA) -> bool:
    return room.do(choose_reminder, guild_id=GUILD, user_id=user_id, hour=hour, at=room.now)


@pytest.fixture
def reminded(room: Classroom) -> Classroom:
    """Anna has four questions due, and wants to be reminded at 18:00; it is 9:00."""
    take(room)
    agree(room)
    assert choose(room, 18)
    return room


def sent(room: Classroom, *, arrived: bool = True) -> list[str]:
    """Send what waits, as the publisher does; gives how many questions each reminder names."""
    waiting = unsent_notices(room.db)
    for notice in waiting:
        assert (notice.kind, notice.guild_id) == (NoticeKind.REVIEW_DUE, GUILD)
        room.do(notice_settled, notice_id=notice.notice_id, sent=arrived, at=room.now)
    return [notice.detail for notice in waiting]


def tick_at(room: Classroom, moment: datetime) -> list[str]:
    room.now = moment
    room.tick()
    return sent(room)


def learner(room: Classroom) -> LearnerId:
    return LearnerId(int(str(room.rows("SELECT learner_id FROM review_plan")[0][0])))


def test_nobody_is_reminded_who_did_not_ask(room: Classroom) -> None:
    take(room)
    agree(room)
    assert next_due_moment(room.db) is None
    assert tick_at(room, EIGHTEEN + DAY) == []


def test_hour_without_an_agreement_is_not_kept(room: Classroom) -> None:
    before = room.contents()
    assert not choose(room, 18)
    assert room.contents() == before


def test_hour_that_no_day_has_is_refused(room: Classroom) -> None:
    agree(room)
    with pytest.raises(Invalid):
        choose(room, 24)


def test_reminder_comes_at_the_hour_and_names_what_is_due(reminded: Classroom) -> None:
    assert next_due_moment(reminded.db) == EIGHTEEN
    assert tick_at(reminded, EIGHTEEN - timedelta(seconds=1)) == []
    assert tick_at(reminded, EIGHTEEN) == ["4"]
    assert tick_at(reminded, EIGHTEEN) == []
    assert next_due_moment(reminded.db) == EIGHTEEN + DAY
    assert tick_at(reminded, EIGHTEEN + DAY) == ["4"]


def test_reminder_names_no_more_than_the_daily_number(reminded: Classroom) -> None:
    reminded.db.conn.execute("UPDATE review_plan SET daily = 3")
    assert tick_at(reminded, EIGHTEEN) == ["3"]


def test_misses_since_the_last_review_are_found(room: Classroom) -> None:
    agree(room)
    choose(room, 18)
    take(room)
    assert tick_at(room, EIGHTEEN) == ["4"]


def test_dropped_questions_are_not_counted(reminded: Classroom) -> None:
    drop(reminded, "river", GUILD)
    drop(reminded, "lake", OTHER_GUILD)
    assert tick_at(reminded, EIGHTEEN) == ["3"]


def test_no_reminder_when_the_day_is_done_or_nothing_is_due(reminded: Classroom) -> None:
    review_all(reminded)
    assert tick_at(reminded, EIGHTEEN) == []
    assert next_due_moment(reminded.db) == EIGHTEEN + DAY


def test_no_reminder_when_the_daily_number_is_done(reminded: Classroom) -> None:
    reminded.db.conn.execute("UPDATE review_plan SET daily = 2")
    assert len(review_all(reminded)) == 2
    assert tick_at(reminded, EIGHTEEN) == []


def test_one_reminder_a_day_even_if_the_hour_is_moved(reminded: Classroom) -> None:
    assert tick_at(reminded, EIGHTEEN) == ["4"]
    choose(reminded, 20)
    assert tick_at(reminded, EIGHTEEN + timedelta(hours=2)) == []
    assert tick_at(reminded, EIGHTEEN + timedelta(hours=26)) == ["4"]


def test_one_reminder_after_a_downtime_and_none_hours_late(reminded: Classroom) -> None:
    reminded.reopen()
    assert tick_at(reminded, EIGHTEEN + 5 * DAY + timedelta(hours=5)) == []
    assert tick_at(reminded, EIGHTEEN + 6 * DAY + timedelta(hours=1)) == ["4"]
    assert next_due_moment(reminded.db) == EIGHTEEN + 7 * DAY


def test_reminders_do_not_pile_up_while_discord_takes_none(reminded: Classroom) -> None:
    for days in range(3):
        reminded.now = EIGHTEEN + days * DAY
        reminded.tick()
    assert sent(reminded) == ["4"]


def test_closed_messages_switch_reminders_off_and_say_so(reminded: Classroom) -> None:
    reminded.now = EIGHTEEN
    reminded.tick()
    sent(reminded, arrived=False)
    assert next_due_moment(reminded.db) is None
    home = reminded.do(review_home, guild_id=GUILD, user_id=ANNA, at=reminded.now)
    assert home is not None
    assert (home.unreachable, home.reminder_hour) == (True, None)
    choose(reminded, 20)
    home = reminded.do(review_home, guild_id=GUILD, user_id=ANNA, at=reminded.now)
    assert home is not None
    assert (home.unreachable, home.reminder_hour) == (False, 20)


def test_other_notices_that_do_not_arrive_leave_reminders_alone(reminded: Classroom) -> None:
    reminded.do(add_notice, GUILD, HOST, NoticeKind.RUN_CHANNEL_LOST, learner(reminded), "", reminded.now)
    (notice,) = unsent_notices(reminded.db)
    reminded.do(notice_settled, notice_id=notice.notice_id, sent=False, at=reminded.now)
    assert next_due_moment(reminded.db) == EIGHTEEN


def test_reminders_wait_for_what_a_host_must_know(reminded: Classroom) -> None:
    reminded.now = EIGHTEEN
    reminded.tick()
    reminded.do(add_notice, GUILD, HOST, NoticeKind.RUN_CHANNEL_LOST, 1, "", reminded.now)
    kinds = [notice.kind for notice in unsent_notices(reminded.db)]
    assert kinds == [NoticeKind.RUN_CHANNEL_LOST, NoticeKind.REVIEW_DUE]


def test_off_stops_reminders_and_what_was_not_sent_yet(reminded: Classroom) -> None:
    reminded.now = EIGHTEEN
    reminded.tick()
    choose(reminded, None)
    assert (sent(reminded), next_due_moment(reminded.db)) == ([], None)


def test_stopping_review_stops_its_reminders(reminded: Classroom) -> None:
    reminded.now = EIGHTEEN
    reminded.tick()
    reminded.do(stop_review, guild_id=GUILD, user_id=ANNA, at=reminded.now)
    assert (sent(reminded), next_due_moment(reminded.db)) == ([], None)


def test_button_of_a_direct_message_is_for_its_reader(reminded: Classroom) -> None:
    before = reminded.contents()
    with pytest.raises(NotAllowed):
        reminded.do(no_more_reminders, learner_id=learner(reminded), user_id=BEN, at=reminded.now)
    assert reminded.contents() == before
    for _ in range(2):
        reminded.do(no_more_reminders, learner_id=learner(reminded), user_id=ANNA, at=reminded.now)
        assert next_due_moment(reminded.db) is None
    old = learner(reminded)
    reminded.do(stop_review, guild_id=GUILD, user_id=ANNA, at=reminded.now)
    reminded.do(no_more_reminders, learner_id=old, user_id=ANNA, at=reminded.now)


def test_reminders_of_a_server_are_aimed_anew(reminded: Classroom) -> None:
    reminded.db.conn.execute("UPDATE review_plan SET reminder_at = '2026-03-02T13:00:00.000000Z'")
    reminded.do(aim_reminders, guild_id=OTHER_GUILD, at=reminded.now)
    assert next_due_moment(reminded.db) == EIGHTEEN - timedelta(hours=5)
    reminded.do(aim_reminders, guild_id=GUILD, at=reminded.now)
    assert next_due_moment(reminded.db) == EIGHTEEN
