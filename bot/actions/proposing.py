"""What an instructor may propose for a question: each proposal is shown with all that it would change."""

from datetime import datetime
from typing import assert_never

from sqlite_utils import Database

from bot.actions.inbox import Reason, Subject, undecided
from bot.actions.regrading import Preview, plan_regrade, preview_of
from bot.bank.form import Filled
from bot.bank.grade import Outcome
from bot.bank.kinds import Item
from bot.bank.response import Picked, Response
from bot.bank.ruling import AlsoRight, Dropped, NewKey, Ruling
from bot.errors import NotFound, UnreadableAnswer, WrongState
from bot.ids import AnswerId, GuildId, RegradeId, ReportId, RevisionId, UserId
from bot.store.questions import revision_item
from bot.store.regrades import Proposal, create_proposal, find_regrade
from bot.store.reports import near_miss, open_report
from bot.store.rulings import rulings_of


def propose_accepting(
    db: Database, *, guild_id: GuildId, user_id: UserId, subject: Subject, chosen: int, at: datetime
) -> Preview:
    """Accept an answer for everybody: that of the report or near miss whose id is ``chosen``.

    Raises ``WrongState`` or ``NotFound``.
    """
    revision_id, _, _ = undecided(db, guild_id, subject)
    return _propose(
        db, guild_id, user_id, subject, AlsoRight(_chosen(db, guild_id, subject, revision_id, chosen)), at
    )


def propose_key(
    db: Database, *, guild_id: GuildId, user_id: UserId, subject: Subject, answer: int | Filled, at: datetime
) -> Preview:
    """Change the right answer to this: the place of an option in the file, or the question's form filled in.

    Raises ``WrongState``, and ``NotFound``, ``UnreadableAnswer`` or ``Invalid`` for what cannot be the right answer.
    """
    item = question_of(db, guild_id=guild_id, subject=subject)
    return _propose(db, guild_id, user_id, subject, NewKey(_response(item, answer)), at)


def propose_dropping(
    db: Database, *, guild_id: GuildId, user_id: UserId, subject: Subject, at: datetime
) -> Preview:
    """Leave the question out of every result. Raises ``WrongState``."""
    return _propose(db, guild_id, user_id, subject, Dropped(), at)


def propose_taking_back(
    db: Database, *, guild_id: GuildId, user_id: UserId, regrade_id: RegradeId, at: datetime
) -> Preview:
    """Take back what was ruled. Raises ``NotFound``, or ``WrongState`` if that has been done."""
    found = find_regrade(db, guild_id, regrade_id)
    if found is None or found.takes_back is not None:
        raise NotFound("decision")
    subject = Subject(Reason.TAKEN_BACK, regrade_id)
    return _keep(db, guild_id, user_id, found.revision_id, subject, found.ruling, at)


def question_of(db: Database, *, guild_id: GuildId, subject: Subject) -> Item:
    """The question of an entry, with the answer that is right so far. Raises ``WrongState`` if it was decided."""
    revision_id, _, _ = undecided(db, guild_id, subject)
    return rulings_of(db, guild_id, revision_id).keyed(revision_item(db, revision_id))


def _propose(
    db: Database, guild_id: GuildId, user_id: UserId, subject: Subject, ruling: Ruling, at: datetime
) -> Preview:
    revision_id, _, _ = undecided(db, guild_id, subject)
    _refuse_idle(db, guild_id, revision_id, ruling)
    return _keep(db, guild_id, user_id, revision_id, subject, ruling, at)


def _keep(
    db: Database,
    guild_id: GuildId,
    user_id: UserId,
    revision_id: RevisionId,
    subject: Subject,
    ruling: Ruling,
    at: datetime,
) -> Preview:
    plan = plan_regrade(db, guild_id, revision_id, ruling, subject, at)
    proposal_id = create_proposal(
        db,
        guild_id=guild_id,
        revision_id=revision_id,
        ruling=ruling,
        reason=subject.reason,
        subject_id=subject.subject_id,
        fingerprint=plan.fingerprint(),
        proposed_by=user_id,
        at=at,
    )
    proposal = Proposal(
        proposal_id,
        guild_id,
        revision_id,
        ruling,
        subject.reason,
        subject.subject_id,
        plan.fingerprint(),
        None,
    )
    return preview_of(plan, proposal)


def _refuse_idle(db: Database, guild_id: GuildId, revision_id: RevisionId, ruling: Ruling) -> None:
    """Raise ``WrongState`` for a ruling that says what holds already."""
    before = rulings_of(db, guild_id, revision_id)
    keyed = before.keyed(revision_item(db, revision_id))
    match ruling:
        case AlsoRight(response):
            if before.grade(keyed, response).outcome is Outcome.RIGHT:
                raise WrongState("answer", "right already")
        case NewKey(response):
            if keyed.with_key(response) == keyed and not before.also_right:
                raise WrongState("right answer", "this one already")
        case Dropped():
            if before.dropped:
                raise WrongState("question", "out of the results already")
        case _:
            assert_never(ruling)


def _response(item: Item, answer: int | Filled) -> Response:
    """The response that the place of an option in the file, or a form in the file's order, stands for."""
    order = range(len(item.choices()))
    if isinstance(answer, int):
        if item.form(order) or answer not in order:
            raise NotFound("option")
        return Picked(answer)
    try:
        return item.from_form(order, answer)
    except ValueError:
        raise UnreadableAnswer("", "Fill in every field.") from None


def _chosen(
    db: Database, guild_id: GuildId, subject: Subject, revision_id: RevisionId, chosen: int
) -> Response:
    if subject.reason is Reason.REPORT:
        found = open_report(db, guild_id, ReportId(chosen))
    else:
        found = near_miss(db, guild_id, AnswerId(chosen))
    if found is None or found.response is None or found.revision_id != revision_id:
        raise NotFound("answer")
    return found.response
