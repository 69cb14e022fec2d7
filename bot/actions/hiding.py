"""Hiding what somebody wrote in a debate, and showing it again. The text stays in the file and with its author; what
answers it keeps its place.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.boards import board_message_deleted
from bot.actions.debates import debate_of
from bot.actions.showing_arguments import post_if_missing, show_whether_it_stands
from bot.debate.debate import Debate
from bot.errors import NotFound, WrongState
from bot.ids import (
    NOBODY,
    ArgumentId,
    DebateId,
    GuildId,
    HidingId,
    MessageId,
    RestatementId,
    UserId,
    VersionId,
)
from bot.store.arguments import find_argument
from bot.store.boards import Board, BoardKind, board_of_message, post_anew, raise_board
from bot.store.hidings import HideableKind as HideableKind
from bot.store.hidings import (
    Hiding,
    add_hiding,
    count_hidings,
    end_hiding,
    find_hiding,
    hidings_of,
    is_hidden,
)
from bot.store.notices import NoticeKind, add_notice, drop_notices
from bot.store.restatements import find_restatement
from bot.store.statements import find_version, newest_statement, version_written_by, versions_between

HIDINGS_ON_PAGE = 5


@dataclass(frozen=True, slots=True)
class Hideable:
    """What somebody wrote and a message shows; ``number`` is that of the argument that it is or restates."""

    kind: HideableKind
    subject_id: int
    debate_id: DebateId
    author_id: UserId
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A line of the record of what was hidden."""

    hiding: Hiding
    debate: Debate
    written: Hideable


@dataclass(frozen=True, slots=True)
class HidingsPage:
    """A page of that record (from 0 of ``pages``), the newest first."""

    hidden: tuple[HiddenText, ...]
    page: int
    pages: int


class HiddenNews(BaseModel):
    """What the author of a hidden text is told of, stored with the notice as JSON; never the text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: HideableKind
    number: int | None
    motion: str


def hideable_in(db: Database, guild_id: GuildId, message_id: MessageId) -> Hideable | None:
    """What somebody wrote and a message of the bot's shows now, or None: not what is hidden, withdrawn or deleted."""
    board = board_of_message(db, message_id)
    return None if board is None or board.guild_id != guild_id else _shown_by(db, board)


def hide_written(
    db: Database,
    *,
    guild_id: GuildId,
    written: Hideable,
    since: datetime | None = None,
    hidden_by: UserId | None,
    at: datetime,
) -> tuple[HidingId, ...]:
    """Hide what somebody wrote and tell them; nothing happens where it is hidden already.

    Of a joint statement each wording from the one that stood at ``since`` on is hidden: a later one has most of an
    earlier one in it. Those that came after what the instructor saw stay.
    """
    debate = debate_of(db, guild_id, written.debate_id)
    hidings: list[HidingId] = []
    for each in _with_earlier_wordings(db, written, since):
        if is_hidden(db, each.kind, each.subject_id):
            continue
        hiding_id = add_hiding(db, guild_id, debate.debate_id, each.kind, each.subject_id, hidden_by, at)
        hidings.append(hiding_id)
        if each.author_id != NOBODY:
            news = HiddenNews(kind=each.kind, number=each.number, motion=debate.motion)
            add_notice(
                db, guild_id, each.author_id, NoticeKind.TEXT_HIDDEN, hiding_id, news.model_dump_json(), at
            )
    if hidings:
        _redraw(db, debate, written)
    return tuple(hidings)


def message_deleted(db: Database, *, message_id: MessageId, at: datetime) -> None:
    """Somebody deleted a message in Discord. The bot's own is posted again if it matters, without what was hidden."""
    hide_deleted(db, message_id=message_id, at=at)
    board_message_deleted(db, message_id=message_id)


def hide_deleted(db: Database, *, message_id: MessageId, at: datetime) -> None:
    """Hide what a message showed that was deleted in Discord: nobody is to read it in another place.

    Only who may manage messages can delete the bot's. Harmless for any other message.
    """
    board = board_of_message(db, message_id)
    written = None if board is None else _shown_by(db, board)
    if board is not None and written is not None:
        hide_written(db, guild_id=board.guild_id, written=written, hidden_by=None, at=at)


def show_again(
    db: Database, *, guild_id: GuildId, user_id: UserId, hiding_id: HidingId, at: datetime
) -> None:
    """Show a hidden text again where it was. Raises ``NotFound``, or ``WrongState`` if it is shown already."""
    hiding = find_hiding(db, guild_id, hiding_id)
    written = None if hiding is None else _find(db, hiding.kind, hiding.subject_id)
    if hiding is None or written is None:
        raise NotFound("hidden text")
    if not end_hiding(db, hiding_id, user_id, at):
        raise WrongState("text", "shown again already, perhaps by another instructor")
    drop_notices(db, NoticeKind.TEXT_HIDDEN, hiding_id, at)
    debate = debate_of(db, guild_id, hiding.debate_id)
    match hiding.kind:
        case HideableKind.ARGUMENT:
            argument = find_argument(db, ArgumentId(hiding.subject_id))
            if argument is not None and argument.stands and not debate.hides_arguments:
                post_if_missing(db, debate, argument, at)
        case HideableKind.RESTATEMENT:
            post_anew(db, BoardKind.RESTATEMENT, hiding.subject_id)
        case HideableKind.STATEMENT:
            post_anew(db, BoardKind.STATEMENT, debate.debate_id)
    _redraw(db, debate, written)


def hidings_page(db: Database, *, guild_id: GuildId, page: int = 0) -> HidingsPage:
    """A page of what was hidden in a server; the nearest there is where it does not exist."""
    pages = max(1, ceil(count_hidings(db, guild_id) / HIDINGS_ON_PAGE))
    page = max(0, min(page, pages - 1))
    found: list[HiddenText] = []
    for hiding in hidings_of(db, guild_id, skip=page * HIDINGS_ON_PAGE, most=HIDINGS_ON_PAGE):
        written = _find(db, hiding.kind, hiding.subject_id)
        if written is not None:
            found.append(HiddenText(hiding, debate_of(db, guild_id, hiding.debate_id), written))
    return HidingsPage(tuple(found), page, pages)


def _shown_by(db: Database, board: Board) -> Hideable | None:
    match board.kind:
        case BoardKind.ARGUMENT:
            argument = find_argument(db, ArgumentId(board.subject_id))
            shown = argument is not None and argument.stands
            return _find(db, HideableKind.ARGUMENT, board.subject_id) if shown else None
        case BoardKind.RESTATEMENT:
            made = find_restatement(db, RestatementId(board.subject_id))
            shown = made is not None and made.text and made.hidden_at is None
            return _find(db, HideableKind.RESTATEMENT, board.subject_id) if shown else None
        case BoardKind.STATEMENT:
            version = newest_statement(db, DebateId(board.subject_id))
            return None if version is None else _find(db, HideableKind.STATEMENT, version.version_id)
        case _:
            return None


def _find(db: Database, kind: HideableKind, subject_id: int) -> Hideable | None:
    match kind:
        case HideableKind.ARGUMENT:
            argument = find_argument(db, ArgumentId(subject_id))
            if argument is None:
                return None
            debate_id, number, text = argument.debate_id, argument.number, argument.text.claim
            return Hideable(kind, subject_id, debate_id, argument.user_id, number, text)
        case HideableKind.RESTATEMENT:
            made = find_restatement(db, RestatementId(subject_id))
            restated = None if made is None else find_argument(db, made.argument_id)
            if made is None or restated is None:
                return None
            return Hideable(kind, subject_id, restated.debate_id, made.user_id, restated.number, made.text)
        case HideableKind.STATEMENT:
            version = find_version(db, VersionId(subject_id))
            if version is None:
                return None
            return Hideable(kind, subject_id, version.debate_id, version.user_id, None, version.text)


def _with_earlier_wordings(db: Database, written: Hideable, since: datetime | None) -> list[Hideable]:
    if written.kind is not HideableKind.STATEMENT or since is None:
        return [written]
    newest = VersionId(written.subject_id)
    stood = version_written_by(db, written.debate_id, since)
    oldest = newest if stood is None else min(stood.version_id, newest)
    return [
        Hideable(written.kind, each.version_id, each.debate_id, each.user_id, None, each.text)
        for each in versions_between(db, written.debate_id, VersionId(oldest), newest)
    ]


def _redraw(db: Database, debate: Debate, written: Hideable) -> None:
    match written.kind:
        case HideableKind.ARGUMENT:
            argument = find_argument(db, ArgumentId(written.subject_id))
            if argument is not None:
                show_whether_it_stands(db, argument)
        case HideableKind.RESTATEMENT:
            raise_board(db, BoardKind.RESTATEMENT, written.subject_id)
        case HideableKind.STATEMENT:
            raise_board(db, BoardKind.STATEMENT, debate.debate_id)
    raise_board(db, BoardKind.OUTCOME, debate.debate_id)
