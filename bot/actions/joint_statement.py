"""The class writes a joint statement: what all can agree on, and where they differ. All who take part edit and sign."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debate_joining import JoinFirst, join_first
from bot.actions.debates import debate_of, going_on
from bot.debate.debate import Debate
from bot.debate.formats import Stage
from bot.debate.prose import read_prose
from bot.debate.suppression import FEWEST_SHOWN
from bot.errors import Invalid, NotAllowed, NotFound, WrongState
from bot.ids import ChannelId, DebateId, GuildId, InteractionId, UserId, VersionId
from bot.store.boards import BoardKind, board_for, create_board, raise_board
from bot.store.debaters import debater_of
from bot.store.debates import find_debate
from bot.store.learners import learner_for
from bot.store.notices import NoticeKind, add_notice
from bot.store.statements import (
    Earlier,
    StatementVersion,
    add_statement,
    any_hidden_since,
    earlier_wording,
    earlier_wordings,
    find_version,
    has_hidden_words,
    newest_statement,
    sign,
    signers_of,
    statement_from,
    take_back_signature,
)

LONGEST_STATEMENT = 1_500

BEGINNING = "We agree that …\n\nWe still differ on …\n\nThe best evidence for each side is …"
"""What stands in the form where nobody has written yet."""

STAGES = frozenset({Stage.STATEMENT, Stage.VOTING})


NONE_EARLIER = Earlier(0, 0)


class StatementNews(BaseModel):
    """What those are told of whose signed wording was changed, stored with the notice as JSON; never the text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    motion: str
    thread_id: ChannelId


@dataclass(frozen=True, slots=True)
class JointStatement:
    """The statement as it stands; ``version`` is None before the first one.

    ``hidden`` says that an instructor has hidden a wording that came after this one; ``earlier`` tells of those that
    came before it.
    """

    debate: Debate
    version: StatementVersion | None
    hidden: bool = False
    earlier: Earlier = NONE_EARLIER

    @property
    def open(self) -> bool:
        """Whether it can be edited and signed now."""
        return self.debate.stage in STAGES and self.debate.closed_at is None


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What the statement said before (``wording``, number ``page`` of ``pages`` from 0, the newest first) and now."""

    debate: Debate
    newest: StatementVersion
    wording: StatementVersion
    page: int
    pages: int


def statement_to_edit(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId
) -> JointStatement | JoinFirst:
    """The statement for its form. Nobody joins by opening it. Raises ``NotFound`` or ``WrongState``."""
    debate = _writing(db, guild_id, debate_id)
    return join_first(db, debate, user_id) or JointStatement(debate, newest_statement(db, debate_id))


def write_statement(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    base: VersionId | None,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> JointStatement:
    """Store a new version in place of the one that its writer saw (``base``), and tell those who had signed that one.

    Raises ``WrongState`` where somebody else has written one since (nothing is overwritten), the one seen is hidden, or
    nothing was changed (signatures stay), ``Invalid`` for an empty or too long one and for one with nothing but the
    ``BEGINNING``, ``NotAllowed`` for one who does not take part: one may have left since the form came up. The same
    interaction delivered twice stores one.
    """
    repeated = statement_from(db, interaction_id)
    if repeated is not None:
        return JointStatement(debate_of(db, guild_id, debate_id), newest_statement(db, debate_id))
    debate = _writing(db, guild_id, debate_id)
    words = read_prose(
        "statement", text, LONGEST_STATEMENT, "Say what all can agree on, and where you differ."
    )
    if set(_lines(words)) <= set(_lines(BEGINNING)):
        raise Invalid(
            "statement",
            "nobody has completed its sentences yet",
            "Say what all can agree on, and where you differ.",
        )
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is None or not me.takes_part:
        raise NotAllowed("write the joint statement", "those who take part in the debate")
    newest = newest_statement(db, debate_id)
    if base is not None and (newest is None or newest.version_id < base):
        raise WrongState(
            "wording that you changed",
            "hidden by an instructor",
            "**Change it** has the one before it.",
        )
    if (None if newest is None else newest.version_id) != base:
        raise WrongState(
            "statement",
            "newer than the one that you changed",
            "Somebody else has written meanwhile: put both together with **Change it**.",
        )
    if newest is not None and newest.text == words:
        raise WrongState("statement", "the same as before", "Its signatures stay.")
    add_statement(db, debate_id, learner_id, words, interaction_id, at)
    if newest is not None:
        _tell_signers(db, debate, newest, user_id, at)
    _show(db, debate, at)
    return JointStatement(debate, newest_statement(db, debate_id))


def sign_statement(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    version_id: VersionId,
    user_id: UserId,
    signed: bool,
    at: datetime,
) -> JoinFirst | None:
    """Sign the statement as it stands, or take one's signature back. Harmless when repeated.

    Nobody joins by signing; whoever has left may still take theirs back. Raises ``WrongState`` for a version that is
    not the newest any more: nobody signs what they have not seen.
    """
    debate = _writing(db, guild_id, debate_id)
    newest = newest_statement(db, debate_id)
    if newest is None or newest.version_id != version_id:
        raise WrongState("statement", "changed since", "Read it again before you sign.")
    outside = join_first(db, debate, user_id) if signed else None
    if outside is not None:
        return outside
    learner_id = learner_for(db, guild_id, user_id, at)
    if signed:
        sign(db, version_id, learner_id, at)
    else:
        take_back_signature(db, version_id, learner_id)
    # Below the fewest that are shown the message says the same: an edit of it would tell of the press.
    now = newest_statement(db, debate_id)
    if now is not None and max(newest.signatures, now.signatures) >= FEWEST_SHOWN:
        _show(db, debate, at)
    return None


def look_at_earlier(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, page: int
) -> EarlierWording | JoinFirst:
    """An earlier wording that is not hidden, from 0 for the one before the present one; the nearest there is.

    Raises ``WrongState`` where there is none, or as ``statement_to_edit``.
    """
    debate = _writing(db, guild_id, debate_id)
    outside = join_first(db, debate, user_id)
    if outside is not None:
        return outside
    newest = newest_statement(db, debate_id)
    pages = 0 if newest is None else earlier_wordings(db, newest).wordings
    page = max(0, min(page, pages - 1))
    found = None if newest is None else earlier_wording(db, newest, page)
    if newest is None or found is None:
        raise WrongState("statement", "in its first wording", "There is no earlier one.")
    return EarlierWording(debate, newest, found, page, pages)


def put_back(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    version_id: VersionId,
    base: VersionId,
    interaction_id: InteractionId,
    at: datetime,
) -> JointStatement:
    """Store an earlier wording anew, in place of the one that stood when its reader saw it (``base``).

    Raises ``NotFound`` for one of another debate, ``WrongState`` for one that is hidden by now, or as
    ``write_statement``.
    """
    wording = find_version(db, version_id)
    if wording is None or wording.debate_id != debate_id:
        raise NotFound("wording")
    if has_hidden_words(db, wording):
        raise WrongState("wording", "hidden by an instructor")
    return write_statement(
        db,
        guild_id=guild_id,
        debate_id=debate_id,
        user_id=user_id,
        base=base,
        text=wording.text,
        interaction_id=interaction_id,
        at=at,
    )


def statement_board(db: Database, *, debate_id: DebateId) -> JointStatement | None:
    """What the message of the statement shows, or None."""
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    version = newest_statement(db, debate_id)
    earlier = NONE_EARLIER if version is None else earlier_wordings(db, version)
    return JointStatement(debate, version, any_hidden_since(db, debate_id, version), earlier)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _writing(db: Database, guild_id: GuildId, debate_id: DebateId) -> Debate:
    debate = going_on(debate_of(db, guild_id, debate_id))
    if debate.stage not in STAGES:
        raise WrongState("debate", "not at its joint statement yet", "It comes after the arguments.")
    return debate


def _tell_signers(
    db: Database, debate: Debate, replaced: StatementVersion, changed_by: UserId, at: datetime
) -> None:
    """Tell the others who had signed a wording that it is not the class's any more: their names go with no other."""
    news = StatementNews(motion=debate.motion, thread_id=debate.thread_id).model_dump_json()
    for user_id in signers_of(db, replaced.version_id):
        if user_id != changed_by:
            kind, subject_id = NoticeKind.STATEMENT_CHANGED, replaced.version_id
            add_notice(db, debate.guild_id, user_id, kind, subject_id, news, at)


def _show(db: Database, debate: Debate, at: datetime) -> None:
    if board_for(db, BoardKind.STATEMENT, debate.debate_id) is None:
        create_board(db, BoardKind.STATEMENT, debate.debate_id, debate.guild_id, debate.thread_id, at)
    else:
        raise_board(db, BoardKind.STATEMENT, debate.debate_id)
