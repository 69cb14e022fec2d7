"""Instructors set extra time for a learner, once for every quiz. Nobody but instructors sees who has it.

The person is called ``person`` here and not by an id's name: the log names the ids of arguments.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.attempts import follow_accommodation
from bot.errors import Invalid, NotFound
from bot.ids import GuildId, UserId
from bot.quiz.accommodation import LARGEST_FACTOR, SMALLEST_FACTOR, Accommodation
from bot.store.accommodations import (
    accommodation_of,
    accommodations_of_guild,
    remove_accommodation_of,
    save_accommodation,
)
from bot.store.learners import find_learner, learner_for


def accommodate(
    db: Database, *, guild_id: GuildId, person: UserId, accommodation: Accommodation, by: UserId, at: datetime
) -> None:
    """Set what a person has from now on, in attempts under way too. Raises ``Invalid`` for a factor out of range."""
    if not accommodation.untimed and not SMALLEST_FACTOR <= accommodation.factor <= LARGEST_FACTOR:
        raise Invalid(
            "factor",
            "it is out of range",
            f"Choose {SMALLEST_FACTOR:g} to {LARGEST_FACTOR:g} times the usual time.",
        )
    save_accommodation(db, learner_for(db, guild_id, person, at), accommodation, by, at)
    follow_accommodation(db, guild_id=guild_id, user_id=person, at=at)


def stop_accommodating(db: Database, *, guild_id: GuildId, person: UserId, at: datetime) -> None:
    """Take it back, in attempts under way too. Raises ``NotFound`` where there was none."""
    learner_id = find_learner(db, guild_id, person)
    if learner_id is None or not remove_accommodation_of(db, learner_id):
        raise NotFound("extra time")
    follow_accommodation(db, guild_id=guild_id, user_id=person, at=at)


def accommodation_for(db: Database, *, guild_id: GuildId, person: UserId) -> Accommodation:
    """What a person has; nothing is an accommodation too."""
    return accommodation_of(db, guild_id, person)


def accommodations(db: Database, *, guild_id: GuildId) -> list[tuple[UserId, Accommodation]]:
    """Everybody in this server who has one."""
    return accommodations_of_guild(db, guild_id)
