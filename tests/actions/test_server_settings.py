"""The choices of a server: what is set, kept and taken back, and what a time zone changes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.actions.reminding import choose_reminder
from bot.actions.reviewing import agree_to_review
from bot.actions.schedule import next_due_moment
from bot.actions.settings import Choice, GuildSettings, choose_settings, settings_of, time_zones
from bot.errors import NotFound
from bot.store.guilds import time_zone_of
from tests.actions.test_reviews import take
from tests.classroom import ANNA, CHANNEL, GUILD, MONDAY, OTHER_GUILD, Classroom


def choose(
    room: Classroom, time_zone: str | None = None, *, role: int | None = None, forget: Choice | None = None
) -> GuildSettings:
    return room.do(
        choose_settings,
        guild_id=GUILD,
        instructor_role_id=role,
        default_channel_id=None,
        time_zone=time_zone,
        forget=forget,
        at=room.now,
    )


def test_time_zone_is_kept_until_it_is_taken_back(room: Classroom) -> None:
    assert time_zone_of(room.db, GUILD).key == "UTC"
    assert choose(room, "Europe/Berlin").time_zone == "Europe/Berlin"
    assert choose(room, role=5) == settings_of(room.db, guild_id=GUILD)
    assert settings_of(room.db, guild_id=GUILD) == GuildSettings(GUILD, 5, None, "Europe/Berlin")
    assert time_zone_of(room.db, GUILD).key == "Europe/Berlin"
    assert time_zone_of(room.db, OTHER_GUILD).key == "UTC"
    assert choose(room, forget=Choice.TIME_ZONE) == GuildSettings(GUILD, 5, None, None)
    assert time_zone_of(room.db, GUILD).key == "UTC"


def test_each_choice_is_taken_back_alone(room: Classroom) -> None:
    room.do(
        choose_settings,
        guild_id=GUILD,
        instructor_role_id=5,
        default_channel_id=CHANNEL,
        time_zone="Asia/Tokyo",
        at=room.now,
    )
    assert choose(room, forget=Choice.INSTRUCTOR_ROLE) == GuildSettings(GUILD, None, CHANNEL, "Asia/Tokyo")
    assert choose(room, forget=Choice.DEFAULT_CHANNEL) == GuildSettings(GUILD, None, None, "Asia/Tokyo")


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "europe/berlin", "../../etc/passwd", "Factory"])
def test_time_zone_that_does_not_exist_changes_nothing(room: Classroom, name: str) -> None:
    choose(room, "Europe/Berlin", role=5)
    before = room.contents()
    with pytest.raises(NotFound) as refused:
        choose(room, name, role=6)
    assert (refused.value.what, refused.value.name) == ("time zone", name)
    assert room.contents() == before


def test_all_time_zones_can_be_read(room: Classroom) -> None:
    assert {"UTC", "Europe/Berlin", "Asia/Kathmandu"} < set(time_zones())
    assert not {"Factory", "localtime"} & set(time_zones())
    assert list(time_zones()) == sorted(time_zones())
    assert all(ZoneInfo(name).key == name for name in time_zones())


def test_reminders_come_at_the_hour_of_the_new_time_zone(room: Classroom) -> None:
    take(room)
    room.do(agree_to_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    room.do(choose_reminder, guild_id=GUILD, user_id=ANNA, hour=18, at=room.now)
    assert next_due_moment(room.db) == MONDAY.replace(hour=18)
    choose(room, "Asia/Tokyo")
    assert next_due_moment(room.db) == MONDAY.replace(hour=9) + timedelta(days=1)
    choose(room, forget=Choice.TIME_ZONE)
    assert next_due_moment(room.db) == MONDAY.replace(hour=18)
