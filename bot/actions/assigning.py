"""An instructor sets an assignment: a draft with a preview first, then the assignment; and changes its dates later."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.actions.open_live import MOST_QUESTIONS, askable, draw_rounds
from bot.bank.item import Category
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import AssignmentId, ChannelId, GuildId, RevisionId, UserId
from bot.quiz.accommodation import own_limit
from bot.quiz.assignment import (
    LONGEST_AHEAD,
    LONGEST_LIMIT,
    MOST_ATTEMPTS,
    SHORTEST_LIMIT,
    Assignment,
    AssignmentState,
    Counting,
    Drawn,
    Phase,
    attempt_end,
    reminder_moment,
)
from bot.quiz.focus import EVERYTHING, Focus
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.showing import When
from bot.store.accommodations import accommodation_of
from bot.store.assignments import (
    assigned_questions,
    create_draft,
    delete_draft,
    delete_drafts,
    find_assignment,
    save_assignment,
)
from bot.store.attempts import move_end, open_attempts
from bot.store.boards import BoardKind, raise_board
from bot.store.notices import NoticeKind, drop_notices, is_waiting
from bot.store.questions import StoredItem

DRAFTS_LAST = timedelta(days=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """What an instructor asks for. ``items`` are the ids of the questions, in any order; none: they are drawn.

    ``opens_at`` None is at once, ``attempts`` None as many as one likes.
    """

    set_key: str
    due_at: datetime
    category: Category | None = None
    focus: Focus = EVERYTHING
    items: tuple[str, ...] = ()
    questions: int = 10
    drawn: Drawn = Drawn.SAME
    opens_at: datetime | None = None
    attempts: int | None = 1
    counting: Counting = Counting.HIGHEST
    time_limit: timedelta | None = None
    options: RunOptions = NO_OPTIONS
    channel_id: ChannelId | None = None
    reminds: bool = True


class Caution(StrEnum):
    """Something that an instructor may not have meant."""

    FEWER_QUESTIONS = "fewer_questions"
    ANSWERS_BEFORE_DUE = "answers_before_due"
    ANSWERS_BETWEEN_ATTEMPTS = "answers_between_attempts"
    ANSWERS_TELL_MARKS = "answers_tell_marks"
    LIMIT_NEVER_FITS = "limit_never_fits"


@dataclass(frozen=True, slots=True)
class AssignmentPreview:
    """A draft as the instructor sees it before anybody else does. ``prompts`` are those of the questions that
    everybody gets, or that each attempt draws from."""

    assignment: Assignment
    prompts: tuple[str, ...]
    cautions: tuple[Caution, ...]


def draft_assignment(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    plan: AssignmentPlan,
    rng: random.Random,
    at: datetime,
) -> AssignmentPreview:
    """Store a draft and give its preview; nobody but its instructor sees it, and a day later it is forgotten.

    Raises ``NotFound`` or ``Invalid``, saying what would be right.
    """
    opens_at = _opening(plan, at)
    _check_dates(opens_at, plan.due_at, at)
    _check_numbers(plan)
    stored_set, items = askable(db, guild_id, plan.set_key, plan.category, plan.focus)
    seed = rng.getrandbits(48)
    pool = _pool(items, plan, random.Random(seed))
    total = len(pool) if plan.drawn is Drawn.SAME else _drawn_each(items, pool, plan, random.Random(seed))
    draft = Assignment(
        assignment_id=AssignmentId(0),
        guild_id=guild_id,
        set_by=user_id,
        set_id=stored_set.set_id,
        set_title=stored_set.title,
        category=plan.category,
        focus=plan.focus,
        drawn=plan.drawn,
        questions=total,
        opens_at=opens_at,
        due_at=plan.due_at,
        attempts=plan.attempts,
        counting=plan.counting,
        time_limit=plan.time_limit,
        options=plan.options,
        channel_id=plan.channel_id,
        reminds=plan.reminds,
        state=AssignmentState.DRAFT,
        seed=seed,
    )
    delete_drafts(db, guild_id, at - DRAFTS_LAST)
    assignment_id = create_draft(db, draft, pool, at)
    fewer = total < plan.questions and not plan.items
    return _preview(db, replace(draft, assignment_id=assignment_id), fewer=fewer)


def set_assignment(
    db: Database, *, guild_id: GuildId, assignment_id: AssignmentId, at: datetime
) -> Assignment:
    """Make a draft an assignment; pressed twice it stays one. One that opens at once opens now.

    Raises ``NotFound`` for a draft that was forgotten, ``WrongState`` for an assignment that was withdrawn since,
    ``Invalid`` where it would be due already.
    """
    draft = assignment_in(db, guild_id, assignment_id)
    match draft.state:
        case AssignmentState.SET:
            return draft
        case AssignmentState.WITHDRAWN:
            raise WrongState("assignment", "withdrawn")
        case AssignmentState.DRAFT:
            pass
    _check_dates(max(draft.opens_at, at), draft.due_at, at)
    assignment = replace(draft, state=AssignmentState.SET, opens_at=max(draft.opens_at, at))
    save_assignment(db, assignment)
    return assignment


def discard_draft(db: Database, *, guild_id: GuildId, assignment_id: AssignmentId) -> None:
    """Forget a draft. Raises ``NotFound``, or ``WrongState`` for one that has been set."""
    draft = assignment_in(db, guild_id, assignment_id)
    if draft.state is not AssignmentState.DRAFT:
        raise WrongState("assignment", "set already")
    delete_draft(db, assignment_id)


def move_due_date(
    db: Database, *, guild_id: GuildId, assignment_id: AssignmentId, due_at: datetime, at: datetime
) -> Assignment:
    """Set another due date, for attempts under way too. Raises ``WrongState`` once the old one has passed.

    Nothing is opened again: what is shown after the due date may have been seen.
    """
    assignment = assignment_in(db, guild_id, assignment_id)
    if assignment.phase(at) not in (Phase.SCHEDULED, Phase.OPEN):
        raise WrongState("assignment", assignment.phase(at).value)
    _check_dates(assignment.opens_at, due_at, at)
    moved = replace(assignment, due_at=due_at)
    reminder = reminder_moment(moved)
    ahead = reminder is not None and reminder > at
    if ahead or is_waiting(db, NoticeKind.ASSIGNMENT_DUE, assignment_id):
        moved = replace(moved, reminded_at=None)
    return _apply(db, moved, at)


def close_assignment(
    db: Database, *, guild_id: GuildId, assignment_id: AssignmentId, at: datetime
) -> Assignment:
    """End an open assignment now, with all answers kept, or withdraw one that has not opened.

    Raises ``WrongState`` for one that is over.
    """
    assignment = assignment_in(db, guild_id, assignment_id)
    match assignment.phase(at):
        case Phase.SCHEDULED:
            withdrawn = replace(assignment, state=AssignmentState.WITHDRAWN)
            save_assignment(db, withdrawn)
            return withdrawn
        case Phase.OPEN:
            return _apply(db, replace(assignment, due_at=at), at)
        case phase:
            raise WrongState("assignment", phase.value)


def assignment_in(db: Database, guild_id: GuildId, assignment_id: AssignmentId) -> Assignment:
    """The assignment, or draft, of that server. Raises ``NotFound``."""
    assignment = find_assignment(db, assignment_id)
    if assignment is None or assignment.guild_id != guild_id:
        raise NotFound("assignment")
    return assignment


def _apply(db: Database, assignment: Assignment, at: datetime) -> Assignment:
    save_assignment(db, assignment)
    for run_id, user_id, begun_at in open_attempts(db, assignment.assignment_id, at):
        limit = own_limit(assignment.time_limit, accommodation_of(db, assignment.guild_id, user_id))
        closes_at = max(attempt_end(begun_at, limit, assignment.due_at), at)
        move_end(db, run_id, closes_at, closes_at + GRACE)
    drop_notices(db, NoticeKind.ASSIGNMENT_DUE, assignment.assignment_id, at)  # they name the other date
    raise_board(db, BoardKind.ASSIGNMENT, assignment.assignment_id)
    return assignment


def _opening(plan: AssignmentPlan, at: datetime) -> datetime:
    """When it opens. A day stands for its beginning, so today has begun: that is at once."""
    if plan.opens_at is None:
        return at
    if plan.opens_at <= at - ONE_DAY:
        raise Invalid("opening date", "it has passed", "Choose a later one, or leave it out to open at once.")
    return max(plan.opens_at, at)


def _check_dates(opens_at: datetime, due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise Invalid("due date", "it has passed", "Choose a later one.")
    if due_at <= opens_at:
        raise Invalid("due date", "it comes before the assignment opens", "Choose a later one.")
    if due_at - at > LONGEST_AHEAD:
        raise Invalid("due date", "it is more than a year away", "Choose an earlier one.")


def _check_numbers(plan: AssignmentPlan) -> None:
    if not 1 <= plan.questions <= MOST_QUESTIONS or len(plan.items) > MOST_QUESTIONS:
        raise Invalid("number of questions", "it is out of range", f"Choose 1 to {MOST_QUESTIONS}.")
    if plan.attempts is not None and not 1 <= plan.attempts <= MOST_ATTEMPTS:
        raise Invalid(
            "number of attempts", "it is out of range", f"Choose 1 to {MOST_ATTEMPTS}, or 0 for any."
        )
    if plan.time_limit is not None and not SHORTEST_LIMIT <= plan.time_limit <= LONGEST_LIMIT:
        raise Invalid("time limit", "it is out of range", "Choose 1 minute to 12 hours.")


def _pool(items: list[StoredItem], plan: AssignmentPlan, rng: random.Random) -> list[RevisionId]:
    """The questions that everybody gets, or those that each attempt draws from: fixed now, in today's wording."""
    if plan.items:
        return [stored.revision_id for stored in _named(items, plan.items)]
    match plan.drawn:
        case Drawn.SAME:
            return [revision_id for revision_id, _ in draw_rounds(items, plan.questions, rng)]
        case Drawn.EACH:
            return [stored.revision_id for stored in items]


def _drawn_each(
    items: list[StoredItem], pool: list[RevisionId], plan: AssignmentPlan, rng: random.Random
) -> int:
    """How many questions one attempt draws: fewer than wanted where some exclude each other."""
    drawable = [stored for stored in items if stored.revision_id in pool]
    return len(draw_rounds(drawable, plan.questions, rng))


def _named(items: list[StoredItem], names: tuple[str, ...]) -> list[StoredItem]:
    known = {stored.item.id: stored for stored in items}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Invalid(
            "list of items",
            f"no such question can be asked here: {', '.join(unknown[:5])}",
            "Look ids up with `/questions show`; claims are for debates.",
        )
    return [known[name] for name in dict.fromkeys(names)]


def _preview(db: Database, draft: Assignment, *, fewer: bool) -> AssignmentPreview:
    showing = draft.options.showing
    several = draft.attempts is None or draft.attempts > 1
    # Few explanations leave the right answer open.
    told = min(showing.answers, showing.explanations, key=list(When).index)
    early = told is not When.AFTER_DUE
    cautions = {
        Caution.FEWER_QUESTIONS: fewer,
        Caution.ANSWERS_BETWEEN_ATTEMPTS: several and early,
        Caution.ANSWERS_BEFORE_DUE: not several and early,
        Caution.ANSWERS_TELL_MARKS: _sooner(told, showing.marks),
        Caution.LIMIT_NEVER_FITS: draft.time_limit is not None
        and draft.time_limit > draft.due_at - draft.opens_at,
    }
    prompts = tuple(stored.item.prompt for stored in assigned_questions(db, draft.assignment_id))
    return AssignmentPreview(draft, prompts, tuple(each for each, true in cautions.items() if true))


def _sooner(one: When, other: When) -> bool:
    order = list(When)
    return order.index(one) < order.index(other)
