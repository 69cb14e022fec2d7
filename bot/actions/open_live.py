"""Opening a live quiz: what is asked is drawn and stored before anybody sees it."""

import random
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlite_utils import Database

from bot.bank.item import Category
from bot.errors import AlreadyRunning, Invalid, NotFound
from bot.ids import ChannelId, GuildId, RevisionId, RunId, UserId
from bot.quiz.drawing import Candidate, draw, option_order
from bot.quiz.focus import EVERYTHING, Focus, Seen, Which
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.pacing import LOBBY_LIMIT
from bot.quiz.run import Pace, Round, RunMode, RunState
from bot.quiz.teams import MOST_TEAMS, TeamChoice
from bot.store.boards import BoardKind, create_board
from bot.store.questions import StoredItem, StoredSet, find_set, items_of
from bot.store.rulings import dropped_revisions
from bot.store.runs import create_run, live_run_in_channel
from bot.store.threads import ThreadKind, track_thread

MOST_QUESTIONS = 50
SHORTEST_QUESTION = timedelta(seconds=5)
LONGEST_QUESTION = timedelta(minutes=10)

NOTHING_SEEN: Mapping[str, Seen] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LivePlan:
    """What an instructor asks for."""

    set_key: str
    category: Category | None
    questions: int
    time_limit: timedelta
    pace: Pace
    own_thread: bool
    focus: Focus = EVERYTHING
    options: RunOptions = NO_OPTIONS


def check_live(db: Database, *, guild_id: GuildId, channel_id: ChannelId, plan: LivePlan) -> None:
    """Raise what ``open_live`` would raise, so that no thread is made for a quiz that cannot run.

    Raises ``AlreadyRunning`` (only where the quiz runs in the channel itself), ``NotFound``, ``Invalid``.
    """
    if not plan.own_thread and live_run_in_channel(db, channel_id) is not None:
        raise AlreadyRunning
    _planned(db, guild_id, plan)


def _planned(db: Database, guild_id: GuildId, plan: LivePlan) -> tuple[StoredSet, list[StoredItem]]:
    """The set and the items that the plan draws on. Raises ``NotFound`` or ``Invalid``."""
    if not SHORTEST_QUESTION <= plan.time_limit <= LONGEST_QUESTION:
        raise Invalid("time for a question", "it is too short or too long", "Choose 5 to 600 seconds.")
    if not 1 <= plan.questions <= MOST_QUESTIONS:
        raise Invalid("number of questions", "it is out of range", f"Choose 1 to {MOST_QUESTIONS}.")
    if plan.options.teams == 1 or (plan.options.team_choice is TeamChoice.CHOSEN and not plan.options.teams):
        raise Invalid(
            "choice of teams",
            "there are no teams to choose from",
            f"Say under `teams` how many: 2 to {MOST_TEAMS}.",
        )
    return askable(db, guild_id, plan.set_key, plan.category, plan.focus)


def open_live(
    db: Database,
    *,
    guild_id: GuildId,
    host_id: UserId,
    channel_id: ChannelId,
    plan: LivePlan,
    in_thread: bool,
    rng: random.Random,
    at: datetime,
) -> RunId:
    """Draw the questions of a live quiz and open its lobby in ``channel_id``.

    With ``in_thread`` the channel is a thread, the quiz's own or another; its messages are tracked.
    Raises as ``check_live`` does.
    """
    if live_run_in_channel(db, channel_id) is not None:
        raise AlreadyRunning
    stored_set, items = _planned(db, guild_id, plan)
    seed = rng.getrandbits(48)
    run_id = create_run(
        db,
        guild_id=guild_id,
        mode=RunMode.LIVE,
        owner_id=host_id,
        set_id=stored_set.set_id,
        category=plan.category,
        focus=plan.focus,
        options=plan.options,
        time_limit=plan.time_limit,
        pace=plan.pace,
        channel_id=channel_id,
        state=RunState.LOBBY,
        position=-1,
        seed=seed,
        due_at=at + LOBBY_LIMIT,
        rounds=draw_rounds(items, plan.questions, random.Random(seed)),
        at=at,
    )
    create_board(db, BoardKind.RUN, run_id, guild_id, channel_id, at)
    if in_thread:
        track_thread(db, channel_id, guild_id, ThreadKind.RUN, run_id, at)
    return run_id


def askable(
    db: Database,
    guild_id: GuildId,
    set_key: str,
    category: Category | None,
    focus: Focus,
    seen: Mapping[str, Seen] = NOTHING_SEEN,
) -> tuple[StoredSet, list[StoredItem]]:
    """The set of that key and its items that a quiz can ask. Raises ``NotFound`` or ``Invalid``.

    ``seen`` are the latest answers of the learner who takes the quiz by item, where one learner does. What the
    server has dropped is not asked.
    """
    stored_set = find_set(db, guild_id, set_key)
    if stored_set is None:
        raise NotFound("question set", set_key)
    dropped = dropped_revisions(db, guild_id)
    graded = [
        stored
        for stored in items_of(db, stored_set.set_id)
        if stored.item.graded and stored.revision_id not in dropped
    ]
    if not graded:
        raise Invalid(
            "question set", "it has no quiz questions, only claims to debate", "Use it with `/debate open`."
        )
    of_category = [stored for stored in graded if category in (None, stored.item.category)]
    if not of_category:
        raise Invalid(
            "category",
            "this set has no quiz question of that category",
            "Choose another category, or leave it out.",
        )
    items = [stored for stored in of_category if focus.admits(stored.item, seen.get(stored.item.id))]
    if not items:
        raise _nothing_left(focus)
    return stored_set, items


def _nothing_left(focus: Focus) -> Invalid:
    match focus.which:
        case Which.MISSED:
            return Invalid(
                "choice", "you have missed no such question", "Leave out `only`, or choose new ones."
            )
        case Which.NEW:
            return Invalid(
                "choice",
                "you have answered every such question",
                "Leave out `only`, or choose those you missed.",
            )
        case None:
            return Invalid(
                "choice",
                "this set has no such question",
                "Leave out `tag` or `difficulty`, or choose another.",
            )


def draw_rounds(
    items: list[StoredItem], count: int, rng: random.Random, stale: Container[str] = ()
) -> list[tuple[RevisionId, tuple[int, ...]]]:
    """Draw items and shuffle their options: the revision and the order of options of each round.

    ``stale`` are the ids of items that are drawn only if the others do not suffice.
    """
    candidates = [
        Candidate(stored.item.id, frozenset(stored.item.not_with), stored, fresh=stored.item.id not in stale)
        for stored in items
    ]
    return [shuffled(stored, rng) for stored in draw(candidates, count, rng)]


def shuffled(stored: StoredItem | Round, rng: random.Random) -> tuple[RevisionId, tuple[int, ...]]:
    """A round of this item, or of one that was asked before, its options in random order."""
    item = stored.item
    return stored.revision_id, option_order(item.choices(), keep=item.keeps_order(), rng=rng)
