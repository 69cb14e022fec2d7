"""A person reports a message to the instructors. What the message says is never kept."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.hiding import HideableKind, hideable_in
from bot.debate.prose import read_optional_prose
from bot.errors import WrongState
from bot.ids import (
    NOBODY,
    ArgumentId,
    ChannelId,
    DebateId,
    GuildId,
    InteractionId,
    MessageId,
    UserId,
)
from bot.store.debates import debate_in_thread
from bot.store.learners import find_learner, learner_for
from bot.store.message_reports import ReportedMessage, message_report_by, save_message_report

LONGEST_MESSAGE_REPORT = 1_000


def message_to_report(
    db: Database, *, guild_id: GuildId, message_id: MessageId, user_id: UserId
) -> str | None:
    """What this person has said of the message so far, for the form. Raises ``WrongState`` if that was decided."""
    learner_id = find_learner(db, guild_id, user_id)
    report = None if learner_id is None else message_report_by(db, learner_id, message_id)
    if report is None:
        return None
    if report.verdict is not None:
        raise WrongState("report", "decided already: an instructor has looked at this message")
    return report.text


def report_message(
    db: Database,
    *,
    guild_id: GuildId,
    channel_id: ChannelId,
    message_id: MessageId,
    author_id: UserId | None,
    user_id: UserId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> ReportedMessage:
    """Store a report: one a person and message, whose words can be changed until an instructor has decided.

    ``author_id`` is None for what the bot has posted: then the author is that of what it shows: an argument, a
    restatement, or the newest wording of a joint statement. The same form delivered twice changes nothing. Raises
    ``WrongState`` if the report was decided, ``Invalid`` if it is too long.
    """
    message_to_report(db, guild_id=guild_id, message_id=message_id, user_id=user_id)
    message = _reported(db, guild_id, channel_id, message_id, author_id)
    words = read_optional_prose("report", text, LONGEST_MESSAGE_REPORT)
    learner_id = learner_for(db, guild_id, user_id, at)
    save_message_report(db, message, learner_id, words, interaction_id, at)
    return message


def _reported(
    db: Database,
    guild_id: GuildId,
    channel_id: ChannelId,
    message_id: MessageId,
    author_id: UserId | None,
) -> ReportedMessage:
    debate = debate_in_thread(db, channel_id)
    debate_id = debate.debate_id if debate is not None and debate.guild_id == guild_id else None
    argument_id = None
    if author_id is None:
        author_id, argument_id, debate_id = _posted_for(db, guild_id, message_id, debate_id)
    return ReportedMessage(guild_id, channel_id, message_id, author_id, argument_id, debate_id)


def _posted_for(
    db: Database, guild_id: GuildId, message_id: MessageId, debate_id: DebateId | None
) -> tuple[UserId | None, ArgumentId | None, DebateId | None]:
    """Whose words the bot has posted in a message, which argument they are, and in which debate."""
    written = hideable_in(db, guild_id, message_id)
    if written is None:
        return None, None, debate_id
    argument_id = ArgumentId(written.subject_id) if written.kind is HideableKind.ARGUMENT else None
    author_id = None if written.author_id == NOBODY else written.author_id  # who left has disowned what stays
    return author_id, argument_id, written.debate_id
