"""Runs and their rounds: reading them, and writing the step that a rule has decided."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from sqlite_utils import Database

from bot.bank.item import Category
from bot.bank.ruling import NO_RULINGS
from bot.ids import AssignmentId, ChannelId, GuildId, ItemId, RevisionId, RoundId, RunId, SetId, UserId
from bot.quiz.focus import EVERYTHING, Focus, focus_from_text, focus_to_text
from bot.quiz.options import NO_OPTIONS, RunOptions, options_from_text, options_to_text
from bot.quiz.pacing import Step
from bot.quiz.run import EndReason, Pace, PauseReason, Round, RoundState, Run, RunMode, RunState
from bot.store.moments import from_text_or_none, to_text, to_text_or_none
from bot.store.questions import parse_item
from bot.store.rulings import RULINGS_OF_ROUND, keyed_item, parse_rulings
from bot.store.sql import Row, change, first, insert, many

RUN = """
    SELECT r.run_id, r.guild_id, r.mode, r.owner_id, r.set_id, s.title, r.category, r.focus,
           (SELECT COUNT(DISTINCT o.position) FROM round AS o WHERE o.run_id = r.run_id),
           r.seconds, r.pace, r.channel_id, r.state, r.position, r.quiet_rounds, r.seed,
           r.due_at, r.remaining, r.pause_reason, r.end_reason, r.options,
           r.closes_at,
           (SELECT MAX(o.vote) FROM round AS o WHERE o.run_id = r.run_id AND o.position = r.position),
           r.assignment_id, g.due_at
    FROM run AS r
    JOIN question_set AS s ON s.set_id = r.set_id
    LEFT JOIN assignment AS g ON g.assignment_id = r.assignment_id
    WHERE r.run_id = :run_id
"""
LIVE_RUN_IN_CHANNEL = """
    SELECT run_id FROM run WHERE channel_id = :channel_id AND mode = 'live' AND state <> 'ended'
"""
OPEN_LIVE_RUNS = """
    SELECT run_id FROM run
    WHERE guild_id = :guild_id AND mode = 'live' AND state <> 'ended'
    ORDER BY run_id DESC
"""
LAST_PRACTICE = """
    SELECT run_id FROM run
    WHERE guild_id = :guild_id AND mode = 'practice' AND owner_id = :owner_id AND set_id = :set_id
          AND category IS :category AND focus = :focus AND state <> 'ended'
    ORDER BY run_id DESC
"""
ROUNDS = f"""
    SELECT o.round_id, o.run_id, r.guild_id, r.mode, o.position, o.revision_id, v.content, o.option_order,
           o.state, o.opened_at, o.closes_at, ({RULINGS_OF_ROUND}), o.vote, r.options
    FROM round AS o
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
"""
ROUND = ROUNDS + " WHERE o.round_id = :round_id"
ROUNDS_OF_RUN = ROUNDS + " WHERE o.run_id = :run_id ORDER BY o.position, o.vote"
VOTES_AT = ROUNDS + " WHERE o.run_id = :run_id AND o.position = :position ORDER BY o.vote"
ROUND_AT = ROUNDS + " WHERE o.run_id = :run_id AND o.position = :position ORDER BY o.vote DESC LIMIT 1"
SECOND_VOTE = """
    INSERT INTO round (run_id, position, revision_id, option_order, state, vote)
    SELECT run_id, position, revision_id, option_order, 'waiting', 2
    FROM round
    WHERE round_id = :round_id AND vote = 1
"""
TAKE_STEP = """
    UPDATE run
    SET state = :state, position = :position, quiet_rounds = :quiet_rounds, due_at = :due_at,
        remaining = :remaining, pause_reason = :pause_reason,
        end_reason = :end_reason,
        started_at = CASE WHEN :state = 'asking' AND started_at IS NULL THEN :at ELSE started_at END,
        ended_at = CASE WHEN :state = 'ended' THEN :at ELSE NULL END
    WHERE run_id = :run_id
"""
SET_DUE = """
    UPDATE run SET due_at = :due_at WHERE run_id = :run_id
"""
SET_ROUND = """
    UPDATE round
    SET state = :state,
        opened_at = COALESCE(:opened_at, opened_at),
        closes_at = :closes_at,
        closed_at = :closed_at
    WHERE round_id = :round_id
"""
SETTLE_HIDDEN = """
    UPDATE round SET state = :state WHERE run_id = :run_id AND position = :position AND state = 'hidden'
"""
OPEN_ROUNDS = """
    SELECT COUNT(*) FROM round WHERE run_id = :run_id AND state = 'open'
"""
UNANSWERED = """
    SELECT COUNT(*) FROM round AS o
    WHERE o.run_id = :run_id AND o.state <> 'skipped'
          AND NOT EXISTS (SELECT 1 FROM answer AS a WHERE a.round_id = o.round_id)
"""
ROUNDS_WITH_ITEMS = """
    SELECT o.round_id FROM round AS o
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE o.run_id = :run_id AND v.item_id IN (SELECT value FROM json_each(:items))
"""
DUE_RUNS = """
    SELECT run_id FROM run WHERE due_at <= :at ORDER BY due_at LIMIT 100
"""
NEXT_DUE = """
    SELECT MIN(due_at) FROM run WHERE due_at IS NOT NULL
"""


def create_run(
    db: Database,
    *,
    guild_id: GuildId,
    mode: RunMode,
    owner_id: UserId,
    set_id: SetId,
    category: Category | None,
    time_limit: timedelta | None,
    pace: Pace,
    channel_id: ChannelId | None,
    state: RunState,
    position: int,
    seed: int,
    due_at: datetime | None,
    rounds: Sequence[tuple[RevisionId, tuple[int, ...]]],
    at: datetime,
    focus: Focus = EVERYTHING,
    options: RunOptions = NO_OPTIONS,
    closes_at: datetime | None = None,
    assignment_id: AssignmentId | None = None,
) -> RunId:
    """Store a run and its rounds (revision and order of options), all of them waiting."""
    run_id = insert(
        db,
        "run",
        guild_id=guild_id,
        mode=mode.value,
        owner_id=owner_id,
        set_id=set_id,
        category=None if category is None else category.value,
        focus=focus_to_text(focus),
        options=options_to_text(options),
        closes_at=to_text_or_none(closes_at),
        assignment_id=assignment_id,
        seconds=None if time_limit is None else int(time_limit.total_seconds()),
        pace=pace.value,
        channel_id=channel_id,
        state=state.value,
        position=position,
        seed=seed,
        due_at=to_text_or_none(due_at),
        created_at=to_text(at),
        quiet_rounds=0,
    )
    for index, (revision_id, order) in enumerate(rounds):
        insert(
            db,
            "round",
            run_id=run_id,
            position=index,
            revision_id=revision_id,
            option_order=",".join(map(str, order)),
            state=RoundState.WAITING.value,
        )
    return RunId(run_id)


def find_run(db: Database, run_id: RunId) -> Run | None:
    """The run, or None."""
    row = first(db, RUN, run_id=run_id)
    return None if row is None else _run(row)


def live_run_in_channel(db: Database, channel_id: ChannelId) -> RunId | None:
    """The live run of that channel that has not ended, if there is one."""
    row = first(db, LIVE_RUN_IN_CHANNEL, channel_id=channel_id)
    return None if row is None else RunId(row[0])


def open_live_runs(db: Database, guild_id: GuildId) -> list[Run]:
    """The server's live runs that have not ended, the newest first."""
    found = [find_run(db, RunId(row[0])) for row in many(db, OPEN_LIVE_RUNS, guild_id=guild_id)]
    return [run for run in found if run is not None]


def unfinished_practice(
    db: Database, guild_id: GuildId, owner_id: UserId, set_id: SetId, category: Category | None, focus: Focus
) -> RunId | None:
    """The private run of that set, category and focus that a learner has begun and not finished."""
    row = first(
        db,
        LAST_PRACTICE,
        guild_id=guild_id,
        owner_id=owner_id,
        set_id=set_id,
        category=None if category is None else category.value,
        focus=focus_to_text(focus),
    )
    return None if row is None else RunId(row[0])


def find_round(db: Database, round_id: RoundId) -> Round | None:
    """The round with its item, or None."""
    row = first(db, ROUND, round_id=round_id)
    return None if row is None else _round(row)


def rounds_of(db: Database, run_id: RunId) -> list[Round]:
    """All rounds of a run, in order: a second vote right after the first one."""
    return [_round(row) for row in many(db, ROUNDS_OF_RUN, run_id=run_id)]


def round_at(db: Database, run_id: RunId, position: int) -> Round | None:
    """The round at that place of the run, the second vote where there is one; or None."""
    row = first(db, ROUND_AT, run_id=run_id, position=position)
    return None if row is None else _round(row)


def votes_at(db: Database, run_id: RunId, position: int) -> list[Round]:
    """The votes on one question, in order."""
    return [_round(row) for row in many(db, VOTES_AT, run_id=run_id, position=position)]


def count_open_rounds(db: Database, run_id: RunId) -> int:
    """How many rounds of a run are open."""
    row = first(db, OPEN_ROUNDS, run_id=run_id)
    return 0 if row is None else int(row[0])


def count_unanswered(db: Database, run_id: RunId) -> int:
    """How many rounds of a run nobody has answered, without those that were skipped."""
    row = first(db, UNANSWERED, run_id=run_id)
    return 0 if row is None else int(row[0])


def held_back_rounds(db: Database, run_id: RunId, items: Iterable[ItemId]) -> frozenset[RoundId]:
    """The rounds of a run that ask one of these items, in whatever revision."""
    rows = many(db, ROUNDS_WITH_ITEMS, run_id=run_id, items=json.dumps(sorted(items)))
    return frozenset(RoundId(round_id) for (round_id,) in rows)


def create_second_vote(db: Database, first_vote: Round) -> None:
    """Add the second vote on a question, with the same revision and order of options; it is waiting."""
    change(db, SECOND_VOTE, round_id=first_vote.round_id)


def take_step(
    db: Database, run_id: RunId, step: Step, at: datetime, *, remaining: timedelta | None = None
) -> None:
    """Write where the run stands now."""
    change(
        db,
        TAKE_STEP,
        run_id=run_id,
        state=step.state.value,
        position=step.position,
        quiet_rounds=step.quiet_rounds,
        due_at=None if step.due_in is None else to_text(at + step.due_in),
        remaining=None if remaining is None else remaining.total_seconds(),
        pause_reason=step.pause_reason,
        end_reason=step.end_reason,
        at=to_text(at),
    )


def set_due(db: Database, run_id: RunId, due_at: datetime | None) -> None:
    """Set when the run must be looked at again."""
    change(db, SET_DUE, run_id=run_id, due_at=to_text_or_none(due_at))


def set_round(
    db: Database,
    round_id: RoundId,
    state: RoundState,
    *,
    opened_at: datetime | None = None,
    closes_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> None:
    """Write where a round stands; ``opened_at`` is kept where it is not given."""
    change(
        db,
        SET_ROUND,
        round_id=round_id,
        state=state.value,
        opened_at=to_text_or_none(opened_at),
        closes_at=to_text_or_none(closes_at),
        closed_at=to_text_or_none(closed_at),
    )


def settle_hidden(db: Database, run_id: RunId, position: int, state: RoundState) -> None:
    """Write how a first vote whose result was hidden ends; nothing where there is none."""
    change(db, SETTLE_HIDDEN, run_id=run_id, position=position, state=state.value)


def due_runs(db: Database, at: datetime) -> list[RunId]:
    """The runs whose due moment has come, the longest waiting first; at most 100."""
    return [RunId(row[0]) for row in many(db, DUE_RUNS, at=to_text(at))]


def next_due(db: Database) -> datetime | None:
    """The earliest due moment of any run."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def _run(row: Row) -> Run:
    (
        run_id, guild_id, mode, owner_id, set_id, title, category, focus, total, seconds, pace, channel_id,
        state, position, quiet_rounds, seed, due_at, remaining, pause_reason, end_reason, options, closes_at,
        vote, assignment_id, deadline,
    ) = row  # fmt: skip
    return Run(
        run_id=RunId(run_id),
        guild_id=GuildId(guild_id),
        mode=RunMode(mode),
        owner_id=UserId(owner_id),
        set_id=SetId(set_id),
        set_title=title,
        category=None if category is None else Category(category),
        focus=focus_from_text(focus),
        total=total,
        time_limit=None if seconds is None else timedelta(seconds=seconds),
        pace=Pace(pace),
        channel_id=None if channel_id is None else ChannelId(channel_id),
        state=RunState(state),
        position=position,
        quiet_rounds=quiet_rounds,
        seed=seed,
        due_at=from_text_or_none(due_at),
        remaining=None if remaining is None else timedelta(seconds=remaining),
        pause_reason=None if pause_reason is None else PauseReason(pause_reason),
        end_reason=None if end_reason is None else EndReason(end_reason),
        options=options_from_text(options),
        closes_at=from_text_or_none(closes_at),
        vote=vote or 1,
        assignment_id=None if assignment_id is None else AssignmentId(assignment_id),
        deadline=from_text_or_none(deadline),
    )


@lru_cache(maxsize=1024)
def _order(stored: str) -> tuple[int, ...]:
    # Every answer of a class looks up its question, and there are few orders of a few options.
    return tuple(int(option) for option in stored.split(",") if option)


def _round(row: Row) -> Round:
    (
        round_id, run_id, guild_id, mode, position, revision_id, content, option_order,
        state, opened_at, closes_at, stored_rulings, vote, options,
    ) = row  # fmt: skip
    return Round(
        round_id=RoundId(round_id),
        run_id=RunId(run_id),
        guild_id=GuildId(guild_id),
        mode=RunMode(mode),
        position=position,
        revision_id=RevisionId(revision_id),
        item=parse_item(content) if stored_rulings is None else keyed_item(content, stored_rulings),
        option_order=_order(option_order),
        state=RoundState(state),
        opened_at=from_text_or_none(opened_at),
        closes_at=from_text_or_none(closes_at),
        rulings=NO_RULINGS if stored_rulings is None else parse_rulings(stored_rulings),
        vote=vote,
        options=options_from_text(options),
    )
