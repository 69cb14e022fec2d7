"""How far a learner has come, for the learner and, without anything that is private, for instructors. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.errors import NotFound
from bot.ids import GuildId, SetId, UserId
from bot.insight.certainty import Calibration, calibration
from bot.insight.progress import Given, Progress, progress
from bot.insight.study import Suggestion, what_to_study
from bot.store.histories import NamedSet as NamedSet
from bot.store.histories import history_of, set_named, stock_of
from bot.store.questions import list_sets

RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class LearnerProgress:
    """A learner's results in one set, or in all where ``source`` is None, and what to study next.

    ``titles`` are those of the sets that can be suggested, by their keys.
    """

    user_id: UserId
    source: NamedSet | None
    figures: Progress
    suggestions: tuple[Suggestion, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnCertainty:
    """How well a learner knows what they know: over all answers, and over those of the last 30 days."""

    source: NamedSet | None
    overall: Calibration
    recent: Calibration


def own_progress(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    set_key: str | None = None,
    set_id: SetId | None = None,
    at: datetime,
) -> LearnerProgress:
    """One's own results, in all sets unless one is named. Raises ``NotFound`` for a set the server never had."""
    source = _source(db, guild_id, set_key, set_id)
    return _progress(db, guild_id, user_id, source, at, private=True)


def learner_progress(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    set_key: str | None = None,
    set_id: SetId | None = None,
    at: datetime,
) -> LearnerProgress:
    """A learner's results for an instructor: nothing in them comes from how sure the learner was."""
    source = _source(db, guild_id, set_key, set_id)
    return _progress(db, guild_id, user_id, source, at, private=False)


def own_certainty(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    set_key: str | None = None,
    set_id: SetId | None = None,
    at: datetime,
) -> OwnCertainty:
    """One's own calibration. Raises as ``own_progress`` does."""
    source = _source(db, guild_id, set_key, set_id)
    given = history_of(db, guild_id, user_id, at, in_use=(), set_key=None if source is None else source.key)
    since = at - timedelta(days=RECENT_DAYS)
    return OwnCertainty(source, _profile(given), _profile([each for each in given if each.at >= since]))


def _profile(given: list[Given]) -> Calibration:
    return calibration((each.certainty, each.fraction) for each in given if each.certainty is not None)


def _source(db: Database, guild_id: GuildId, set_key: str | None, set_id: SetId | None) -> NamedSet | None:
    if set_key is None and set_id is None:
        return None
    source = set_named(db, guild_id, key=set_key, set_id=set_id)
    if source is None:
        raise NotFound("question set", set_key or "")
    return source


def _progress(
    db: Database, guild_id: GuildId, user_id: UserId, source: NamedSet | None, at: datetime, *, private: bool
) -> LearnerProgress:
    sets = list_sets(db, guild_id)
    in_use, titles = [each.set_id for each in sets], {each.key: each.title for each in sets}
    key = None if source is None else source.key
    given = history_of(db, guild_id, user_id, at, in_use=in_use, set_key=key)
    if not private:
        given = [replace(each, certainty=None) for each in given]
    figures = progress(given)
    prefer = key if key in titles else None
    suggestions = what_to_study(figures, stock_of(db, guild_id, in_use), at, prefer=prefer)
    return LearnerProgress(user_id, source, figures, suggestions, titles)
