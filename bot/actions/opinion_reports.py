"""What the public messages of a class opinion show, read from the database. Changes nothing.

The groups of the map are worked out here each time that it is shown; who belongs to which is never kept.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.debate.opinion import Opinion, Statement, StatementResult, pages, result_of
from bot.ids import OpinionId, StatementId
from bot.insight.opinion_map import NoMap, OpinionMap, opinion_map
from bot.store.opinions import find_opinion, find_statement, statements_of, taking_part, vote_counts, votes_of


@dataclass(frozen=True, slots=True)
class InvitationBoard:
    """The message that people start from; ``people`` have answered something."""

    opinion: Opinion
    people: int


@dataclass(frozen=True, slots=True)
class BarsBoard:
    """A page of the result (from 1 of ``pages``), statement by statement."""

    opinion: Opinion
    people: int
    results: tuple[StatementResult, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MapBoard:
    """The opinion map, or why there is none."""

    opinion: Opinion
    statements: tuple[Statement, ...]
    drawn: OpinionMap | NoMap


def invitation_board(db: Database, *, opinion_id: OpinionId) -> InvitationBoard | None:
    """What the message that people start from shows, or None."""
    opinion = find_opinion(db, opinion_id)
    if opinion is None:
        return None
    people, _, _ = taking_part(db, opinion)
    return InvitationBoard(opinion, people)


def bars_board(db: Database, *, statement_id: StatementId) -> BarsBoard | None:
    """The page of the result that begins with a statement, or None."""
    found = find_statement(db, statement_id)
    opinion = None if found is None else find_opinion(db, found[0])
    if opinion is None:
        return None
    split = pages(statements_of(db, opinion.opinion_id))
    page = next((at for at, each in enumerate(split) if each[0].statement_id == statement_id), None)
    if page is None:
        return None
    counts = vote_counts(db, opinion.opinion_id)
    results = tuple(result_of(each, counts.get(each.number - 1, {})) for each in split[page])
    people, _, _ = taking_part(db, opinion)
    return BarsBoard(opinion, people, results, page + 1, len(split))


def map_board(db: Database, *, opinion_id: OpinionId) -> MapBoard | None:
    """The opinion map with its statements, or None. Takes a second where there are hundreds of people."""
    opinion = find_opinion(db, opinion_id)
    if opinion is None:
        return None
    statements = tuple(statements_of(db, opinion_id))
    votes = [[said.get(at) for at in range(len(statements))] for said in votes_of(db, opinion_id)]
    return MapBoard(opinion, statements, opinion_map(votes, opinion.seed))
