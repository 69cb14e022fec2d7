"""Boards: public messages that show something of the database. Actions only raise a board's revision."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import BoardId, ChannelId, DebateId, GuildId, MessageId
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, change, first, insert, many


class BoardKind(StrEnum):
    """What a board shows.

    Its ``subject_id`` is the id of a run, a round, an assignment, a debate, one of its stages, an argument, a class
    opinion, a citation, or of the statement that a page of the opinion's bars begins with.
    """

    RUN = "run"
    ROUND = "round"
    PAUSE = "pause"
    SUMMARY = "summary"
    ASSIGNMENT = "assignment"
    MOTION = "motion"
    STAGE = "stage"
    MAP = "map"
    REST = "rest"
    RESTATEMENT = "restatement"
    STATEMENT = "statement"
    CASES = "cases"
    ARGUMENT = "argument"
    OUTCOME = "outcome"
    OPINION = "opinion"
    OPINION_BARS = "opinion_bars"
    OPINION_MAP = "opinion_map"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Board:
    """A public message: where it is (``message_id`` None: not posted yet) and what it should show."""

    board_id: BoardId
    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId | None
    kind: BoardKind
    subject_id: int
    revision: int
    shown_revision: int
    reposts: int
    created_at: datetime

    @property
    def nonce(self) -> str:
        """A name for the posting of this message (25 characters at most); a repost has another one."""
        return f"{self.board_id}-{self.reposts}-{int(self.created_at.timestamp())}"


COLUMNS = """
    SELECT board_id, guild_id, channel_id, message_id, kind, subject_id, revision, shown_revision, reposts,
           created_at
    FROM board
"""
# Messages that are not there yet go before those that only change: a new question waits for nothing.
# Each channel has its own places, so that a busy one does not hide what waits in the others.
IDS_BEHIND = """
    SELECT board_id
    FROM (
        SELECT board_id, ROW_NUMBER() OVER (
            PARTITION BY channel_id ORDER BY message_id IS NOT NULL, board_id
        ) AS place
        FROM board
        WHERE revision > shown_revision AND state = 'live'
    )
    WHERE place <= :most_of_a_channel
    ORDER BY place, board_id
    LIMIT :most
"""
BEHIND = (
    COLUMNS
    + f"""
    WHERE board_id IN ({IDS_BEHIND})
    ORDER BY message_id IS NOT NULL, board_id
"""
)
BY_ID = COLUMNS + " WHERE board_id = :board_id"
BY_SUBJECT = COLUMNS + " WHERE kind = :kind AND subject_id = :subject_id"
BY_MESSAGE = COLUMNS + " WHERE message_id = :message_id"
RAISE = """
    UPDATE board SET revision = revision + 1 WHERE kind = :kind AND subject_id = :subject_id
"""
RAISE_ARGUMENTS = """
    UPDATE board SET revision = revision + 1
    WHERE kind = 'argument' AND subject_id IN (
        SELECT argument_id FROM argument WHERE debate_id = :debate_id AND withdrawn_at IS NULL
    )
"""
SHOWN = """
    UPDATE board
    SET shown_revision = MAX(shown_revision, :revision), message_id = :message_id, problem = NULL
    WHERE board_id = :board_id
"""
LOST = """
    UPDATE board SET state = 'lost', problem = :problem WHERE board_id = :board_id
"""
REPOST = """
    UPDATE board
    SET message_id = NULL, reposts = reposts + 1, revision = revision + 1, state = 'live', problem = NULL
    WHERE board_id = :board_id
"""
IS_LOST = "SELECT 1 FROM board WHERE kind = :kind AND subject_id = :subject_id AND state = 'lost'"
LOST_BEHIND = """
    UPDATE board SET state = 'lost', problem = :problem
    WHERE channel_id = :channel_id AND revision > shown_revision AND state = 'live'
"""
LOST_IN = COLUMNS + " WHERE channel_id = :channel_id AND state = 'lost' AND problem = :problem"
REVIVE = """
    UPDATE board SET state = 'live', problem = NULL, revision = revision + 1
    WHERE channel_id = :channel_id AND state = 'lost' AND problem IS NOT :deleted
"""
RETRY = """
    UPDATE board SET state = 'live', problem = NULL, revision = revision + 1, reposts = reposts + 1
    WHERE channel_id = :channel_id AND state = 'lost' AND problem IS NOT :deleted AND reposts < :most
"""
POST_ANEW = """
    UPDATE board
    SET message_id = NULL, reposts = reposts + 1, revision = revision + 1, state = 'live', problem = NULL
    WHERE kind = :kind AND subject_id = :subject_id AND state = 'lost' AND problem = :deleted
"""
MOST_OF_A_CHANNEL = 20
"""So many boards of a channel are looked at together: some may rest after a failure without hiding the others."""

MOST_BEHIND = 2_000

MESSAGE_DELETED = "message deleted"
"""The problem of a message that somebody deleted, and that is not posted again."""


def create_board(
    db: Database, kind: BoardKind, subject_id: int, guild_id: GuildId, channel_id: ChannelId, at: datetime
) -> BoardId:
    """Ask for a public message; the publisher posts it."""
    return BoardId(
        insert(
            db,
            "board",
            guild_id=guild_id,
            channel_id=channel_id,
            kind=kind.value,
            subject_id=subject_id,
            revision=1,
            shown_revision=0,
            state="live",
            reposts=0,
            created_at=to_text(at),
        )
    )


def raise_board(db: Database, kind: BoardKind, subject_id: int) -> None:
    """Say that what the board shows has changed. Nothing happens where there is no such board."""
    change(db, RAISE, kind=kind.value, subject_id=subject_id)


def raise_arguments(db: Database, debate_id: DebateId) -> None:
    """As ``raise_board`` for each argument of a debate that is not withdrawn."""
    change(db, RAISE_ARGUMENTS, debate_id=debate_id)


def boards_behind(db: Database) -> list[Board]:
    """The boards whose message does not show the newest revision yet, a bounded number of each channel.

    Within a channel the messages that are not posted yet come first, then the others by age.
    """
    return [_board(row) for row in many(db, BEHIND, most_of_a_channel=MOST_OF_A_CHANNEL, most=MOST_BEHIND)]


def board_ids_behind(db: Database) -> tuple[BoardId, ...]:
    """The ids of the ``boards_behind``."""
    rows = many(db, IDS_BEHIND, most_of_a_channel=MOST_OF_A_CHANNEL, most=MOST_BEHIND)
    return tuple(BoardId(row[0]) for row in rows)


def find_board(db: Database, board_id: BoardId) -> Board | None:
    """The board, or None."""
    row = first(db, BY_ID, board_id=board_id)
    return None if row is None else _board(row)


def board_for(db: Database, kind: BoardKind, subject_id: int) -> Board | None:
    """The board that shows this, or None."""
    row = first(db, BY_SUBJECT, kind=kind.value, subject_id=subject_id)
    return None if row is None else _board(row)


def board_of_message(db: Database, message_id: MessageId) -> Board | None:
    """The board that this message is, or None."""
    row = first(db, BY_MESSAGE, message_id=message_id)
    return None if row is None else _board(row)


def mark_shown(db: Database, board_id: BoardId, revision: int, message_id: MessageId) -> None:
    """Note which revision the message shows."""
    change(db, SHOWN, board_id=board_id, revision=revision, message_id=message_id)


def mark_lost(db: Database, board_id: BoardId, problem: str) -> None:
    """Note that the message cannot be shown, and why; nothing more is tried until it is revived."""
    change(db, LOST, board_id=board_id, problem=problem)


def mark_all_lost(db: Database, channel_id: ChannelId, problem: str) -> int:
    """As ``mark_lost`` for each board of a channel that is behind; gives how many there were."""
    return change(db, LOST_BEHIND, channel_id=channel_id, problem=problem)


def lost_boards(db: Database, channel_id: ChannelId, problem: str) -> list[Board]:
    """The boards of a channel that were lost for that reason and have not been revived."""
    return [_board(row) for row in many(db, LOST_IN, channel_id=channel_id, problem=problem)]


def ask_again(db: Database, board_id: BoardId) -> None:
    """Forget a message, which was deleted or has had its time, so that a new one is posted."""
    change(db, REPOST, board_id=board_id)


def post_anew(db: Database, kind: BoardKind, subject_id: int) -> bool:
    """Post a message again that somebody had deleted; False, and nothing done, where none was."""
    return change(db, POST_ANEW, kind=kind.value, subject_id=subject_id, deleted=MESSAGE_DELETED) == 1


def is_lost(db: Database, kind: BoardKind, subject_id: int) -> bool:
    """Whether that message could not be posted or was deleted, and is not tried again by itself."""
    return first(db, IS_LOST, kind=kind.value, subject_id=subject_id) is not None


def revive_boards(db: Database, channel_id: ChannelId) -> int:
    """Try the boards of a channel again that could not be posted; gives how many there are."""
    return change(db, REVIVE, channel_id=channel_id, deleted=MESSAGE_DELETED)


def retry_boards(db: Database, channel_id: ChannelId, most: int) -> int:
    """As ``revive_boards``, but without a person who asks for it: each board comes back ``most`` times at most."""
    return change(db, RETRY, channel_id=channel_id, deleted=MESSAGE_DELETED, most=most)


def _board(row: Row) -> Board:
    (
        board_id,
        guild_id,
        channel_id,
        message_id,
        kind,
        subject_id,
        revision,
        shown_revision,
        reposts,
        created_at,
    ) = row
    return Board(
        BoardId(board_id),
        GuildId(guild_id),
        ChannelId(channel_id),
        None if message_id is None else MessageId(message_id),
        BoardKind(kind),
        subject_id,
        revision,
        shown_revision,
        reposts,
        from_text(created_at),
    )
