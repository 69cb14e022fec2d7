"""Question sets of a server: what there is, what an uploaded file would change, and loading it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.bank.item import Category
from bot.bank.kinds import Item, revision_hash
from bot.bank.kinds.claim import Claim
from bot.bank.problem import Problem
from bot.bank.question_set import QuestionSet, SetInfo
from bot.bank.reading import Reading
from bot.errors import NotFound, WrongState
from bot.ids import EVERY_GUILD, GuildId, RevisionId, UploadId, UserId
from bot.store.questions import (
    category_counts,
    claims_of,
    find_set,
    items_of,
    list_sets,
    retire_set,
    save_set,
    set_keys_of,
)
from bot.store.uploads import decide_upload, find_upload, save_upload

LOADED = "loaded"
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SetListed:
    """A set in the list; ``counts`` are quiz questions by category, ``claims`` are debates."""

    key: str
    title: str
    info: SetInfo
    own: bool
    counts: dict[Category, int]
    claims: int


@dataclass(frozen=True, slots=True)
class ClaimListed:
    """A claim that can be debated."""

    set_key: str
    revision_id: RevisionId
    claim: Claim


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What loading a file would do. With errors, nothing can be loaded and ``upload_id`` is None."""

    name: str
    info: SetInfo | None
    added: tuple[Item, ...]
    changed: tuple[Item, ...]
    retired: tuple[Item, ...]
    unchanged: int
    hides_bundled: bool
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    upload_id: UploadId | None


def publish_bundled(db: Database, *, sets: Iterable[QuestionSet], at: datetime) -> None:
    """Make the sets of the question folders available to every server; sets that are gone are retired."""
    current: set[str] = set()
    for questions in sets:
        save_set(db, EVERY_GUILD, questions, loaded_by=None, at=at)
        current.add(questions.info.id)
    for key in set_keys_of(db, EVERY_GUILD) - current:
        retire_set(db, EVERY_GUILD, key, at)


def set_titles(db: Database, *, guild_id: GuildId) -> dict[str, str]:
    """The titles of the sets that a server may use, by key. Quick: reads no item."""
    return {stored.key: stored.title for stored in list_sets(db, guild_id)}


def sets_for(db: Database, *, guild_id: GuildId) -> list[SetListed]:
    """The sets that a server may use."""
    listed: list[SetListed] = []
    for stored in list_sets(db, guild_id):
        items = items_of(db, stored.set_id)
        claims = sum(1 for found in items if isinstance(found.item, Claim))
        listed.append(
            SetListed(stored.key, stored.title, stored.info, stored.own, category_counts(items), claims)
        )
    return listed


def items_for(
    db: Database, *, guild_id: GuildId, set_key: str
) -> tuple[SetInfo, list[tuple[RevisionId, Item]]]:
    """A set's items that are in use. Raises ``NotFound``."""
    stored = find_set(db, guild_id, set_key)
    if stored is None:
        raise NotFound("question set", set_key)
    return stored.info, [(found.revision_id, found.item) for found in items_of(db, stored.set_id)]


def tags_for(db: Database, *, guild_id: GuildId, set_key: str) -> dict[str, int]:
    """How many quiz questions of a set each topic has, the most frequent first. Raises ``NotFound``."""
    _, items = items_for(db, guild_id=guild_id, set_key=set_key)
    return dict(Counter(tag for _, item in items if item.graded for tag in item.tags).most_common())


def claims_for(db: Database, *, guild_id: GuildId) -> list[ClaimListed]:
    """Every claim that a server may debate, set by set."""
    return [
        ClaimListed(stored.key, found.revision_id, found.item)
        for stored in list_sets(db, guild_id)
        for found in claims_of(db, stored.set_id)
        if isinstance(found.item, Claim)
    ]


def plan_load(
    db: Database, *, guild_id: GuildId, user_id: UserId, name: str, reading: Reading, at: datetime
) -> LoadPlan:
    """Say what loading a file would do; nothing of it is used yet.

    ``reading`` is the file as ``read_upload`` read it: that may take seconds, and no answer must wait for it.
    Without errors the set is kept, so that a confirmation works after a restart too.
    """
    if reading.errors or len(reading.sets) != 1:
        return LoadPlan(name, None, (), (), (), 0, False, reading.errors, reading.warnings, None)
    questions = reading.sets[0]
    upload_id = save_upload(db, guild_id, user_id, name, questions, at)
    before = _current_items(db, guild_id, questions.info.id)
    kept = [item for item in questions.items if item.id in before]
    changed = [item for item in kept if revision_hash(before[item.id]) != revision_hash(item)]
    return LoadPlan(
        name=name,
        info=questions.info,
        added=tuple(item for item in questions.items if item.id not in before),
        changed=tuple(changed),
        retired=tuple(item for key, item in before.items() if questions.item(key) is None),
        unchanged=len(kept) - len(changed),
        hides_bundled=find_set(db, EVERY_GUILD, questions.info.id) is not None,
        errors=(),
        warnings=reading.warnings,
        upload_id=upload_id,
    )


def confirm_load(
    db: Database, *, guild_id: GuildId, user_id: UserId, upload_id: UploadId, at: datetime
) -> SetListed:
    """Load a file that was looked at. Raises ``NotFound`` or, for a second press, ``WrongState``."""
    upload = find_upload(db, upload_id)
    if upload is None or upload.guild_id != guild_id:
        raise NotFound("uploaded file")
    if upload.questions is None:
        raise WrongState("file", _decided(upload.decision))
    save_set(db, guild_id, upload.questions, loaded_by=user_id, at=at)
    decide_upload(db, upload_id, LOADED, at)
    loaded = upload.questions.info.id
    return next(listed for listed in sets_for(db, guild_id=guild_id) if listed.key == loaded)


def cancel_load(db: Database, *, guild_id: GuildId, upload_id: UploadId, at: datetime) -> None:
    """Set an uploaded file aside. Raises ``NotFound`` or ``WrongState``."""
    upload = find_upload(db, upload_id)
    if upload is None or upload.guild_id != guild_id:
        raise NotFound("uploaded file")
    if not decide_upload(db, upload_id, CANCELLED, at):
        raise WrongState("file", _decided(upload.decision))


def _decided(decision: str | None) -> str:
    return "already loaded" if decision == LOADED else "already set aside"


def _current_items(db: Database, guild_id: GuildId, key: str) -> dict[str, Item]:
    stored = find_set(db, guild_id, key)
    if stored is None or not stored.own:
        return {}
    return {found.item.id: found.item for found in items_of(db, stored.set_id)}
