"""Which questions are being asked in a server, so that nothing may give their answers away now. Changes nothing."""

from datetime import datetime

from sqlite_utils import Database

from bot.ids import GuildId, ItemId, UserId
from bot.store.known import ANSWER_SHOWABLE
from bot.store.moments import to_text
from bot.store.sql import many

ASKED = f"""
    SELECT v.item_id
    FROM run AS r
    JOIN round AS o ON o.run_id = r.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE r.guild_id = :guild_id AND r.mode = 'live' AND r.state <> 'ended'
          AND o.state NOT IN ('closed', 'skipped')
    UNION
    SELECT v.item_id
    FROM assignment AS g
    JOIN assignment_question AS q ON q.assignment_id = g.assignment_id
    JOIN revision AS v ON v.revision_id = q.revision_id
    WHERE g.guild_id = :guild_id AND g.state = 'set' AND g.drawn = 'same'
          AND g.opens_at <= :at AND g.due_at >= :at
    UNION
    SELECT v.item_id
    FROM assignment AS g
    JOIN run AS r ON r.assignment_id = g.assignment_id AND r.owner_id = :user_id
    JOIN round AS o ON o.run_id = r.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE g.guild_id = :guild_id AND g.state = 'set' AND g.due_at >= :at
          AND (r.state <> 'ended' AND o.state = 'open' OR NOT {ANSWER_SHOWABLE})
    UNION
    SELECT v.item_id
    FROM run AS r
    JOIN round AS o ON o.run_id = r.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE r.guild_id = :guild_id AND r.mode IN ('practice', 'review') AND r.owner_id = :user_id
          AND r.state <> 'ended'
          AND o.round_id = (
              SELECT p.round_id FROM round AS p
              WHERE p.run_id = r.run_id AND p.state = 'open'
              ORDER BY p.position LIMIT 1
          )
"""
"""What a live quiz has not shown the result of, the questions of the rest of it too; what an open assignment asks
everybody; of one that draws for each learner, and of what is taken alone, what this person has before them or may not
see the answer of yet."""


def asked_items(db: Database, guild_id: GuildId, user_id: UserId, at: datetime) -> frozenset[ItemId]:
    """The items that are being asked in a server, or of this person."""
    rows = many(db, ASKED, guild_id=guild_id, user_id=user_id, at=to_text(at))
    return frozenset(ItemId(row[0]) for row in rows)
