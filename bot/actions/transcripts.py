"""A transcript of the arguments of a debate, for its instructor, with the names of those only who agree to it."""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.actions.debates import debate_of
from bot.debate.debate import Argument, Debate
from bot.ids import DebateId, GuildId, UserId
from bot.store.arguments import arguments_of
from bot.store.debaters import debaters_of
from bot.store.statements import StatementVersion, newest_statement


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a transcript is written from. ``named`` are those who take part and may be named; others are numbered."""

    debate: Debate
    arguments: tuple[Argument, ...]
    named: frozenset[UserId]
    statement: StatementVersion | None


def transcript_of(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> Transcript:
    """The arguments of a debate that stand, by number, with its joint statement. Raises ``NotFound``."""
    debate = debate_of(db, guild_id, debate_id)
    return Transcript(
        debate=debate,
        arguments=tuple(each for each in arguments_of(db, debate_id) if each.stands),
        named=frozenset(
            each.user_id for each in debaters_of(db, debate_id) if each.named and each.takes_part
        ),
        statement=newest_statement(db, debate_id),
    )
