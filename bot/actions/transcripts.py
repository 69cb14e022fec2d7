"""A transcript of the arguments of a debate, for its instructor, with the names of those only who agree to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from bot.actions.debates import debate_of
from bot.actions.named_cards import EvidenceCard, cards_shown
from bot.debate.debate import Argument, Debate
from bot.ids import ArgumentId, DebateId, GuildId, UserId
from bot.store.argument_cards import argument_cards_in
from bot.store.arguments import arguments_of
from bot.store.debaters import debaters_of
from bot.store.statements import StatementVersion, newest_statement


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a transcript is written from. ``named`` are those who take part and may be named; others are numbered.

    ``cards`` are those of the bank that arguments rest on."""

    debate: Debate
    arguments: tuple[Argument, ...]
    named: frozenset[UserId]
    statement: StatementVersion | None
    cards: Mapping[ArgumentId, tuple[EvidenceCard, ...]]


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
        cards={
            argument_id: cards_shown(db, guild_id, revisions)
            for argument_id, revisions in argument_cards_in(db, debate_id).items()
        },
    )
