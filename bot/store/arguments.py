"""Arguments of a debate, numbered within it, and the drafts of those that could not be taken."""

from datetime import datetime

from sqlite_utils import Database

from bot.debate.argument import ArgumentText, Relation
from bot.debate.debate import Argument
from bot.debate.sides import Side
from bot.ids import ArgumentId, DebateId, InteractionId, LearnerId, StageId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.sql import Row, change, first, insert, many

ARGUMENTS = """
    SELECT a.argument_id, a.debate_id, a.number, l.user_id, a.side, a.claim, a.evidence, a.reasoning,
           p.number, a.relation, a.at, a.stage_id, a.edited_at, a.withdrawn_at, h.hidden_at
    FROM argument AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    LEFT JOIN argument AS p ON p.argument_id = a.parent_id
    LEFT JOIN hiding AS h ON h.kind = 'argument' AND h.subject_id = a.argument_id AND h.shown_at IS NULL
"""
ARGUMENTS_OF = ARGUMENTS + " WHERE a.debate_id = :debate_id ORDER BY a.number"
ARGUMENT = ARGUMENTS + " WHERE a.argument_id = :argument_id"
ARGUMENT_NUMBERED = ARGUMENTS + " WHERE a.debate_id = :debate_id AND a.number = :number"
ARGUMENT_FROM = ARGUMENTS + " WHERE a.interaction_id = :interaction_id"
LAST_NUMBER = """
    SELECT COALESCE(MAX(number), 0) FROM argument WHERE debate_id = :debate_id
"""
IN_STAGE = """
    SELECT COUNT(*) FROM argument
    WHERE stage_id = :stage_id AND learner_id = :learner_id AND withdrawn_at IS NULL
"""
BY_LEARNER = ARGUMENTS + " WHERE a.debate_id = :debate_id AND a.learner_id = :learner_id ORDER BY a.number"
KEEP_VERSION = """
    INSERT INTO argument_version (argument_id, claim, evidence, reasoning, replaced_at, interaction_id)
    SELECT argument_id, claim, evidence, reasoning, :at, :interaction_id FROM argument
    WHERE argument_id = :argument_id
    ON CONFLICT (interaction_id) DO NOTHING
"""
REVISE = """
    UPDATE argument SET claim = :claim, evidence = :evidence, reasoning = :reasoning, edited_at = :at
    WHERE argument_id = :argument_id
"""
SET_WITHDRAWN = """
    UPDATE argument SET withdrawn_at = :at WHERE argument_id = :argument_id
"""
VERSIONS = """
    SELECT claim, evidence, reasoning, replaced_at FROM argument_version
    WHERE argument_id = :argument_id
    ORDER BY version_id
"""
VERSIONS_BY = """
    SELECT v.argument_id, v.claim, v.evidence, v.reasoning, v.replaced_at
    FROM argument AS a
    JOIN argument_version AS v ON v.argument_id = a.argument_id
    WHERE a.debate_id = :debate_id AND a.learner_id = :learner_id
    ORDER BY v.version_id
"""
ANSWERS_TO = """
    SELECT argument_id FROM argument WHERE parent_id = :argument_id
"""
ANSWER_COUNTS_BY = """
    SELECT a.argument_id, COUNT(*)
    FROM argument AS a
    JOIN argument AS c ON c.parent_id = a.argument_id AND c.withdrawn_at IS NULL
    LEFT JOIN hiding AS h ON h.kind = 'argument' AND h.subject_id = c.argument_id AND h.shown_at IS NULL
    WHERE a.debate_id = :debate_id AND a.learner_id = :learner_id AND h.hiding_id IS NULL
    GROUP BY a.argument_id
"""
STANDING_ANSWERS = """
    SELECT COUNT(*) FROM argument AS a
    LEFT JOIN hiding AS h ON h.kind = 'argument' AND h.subject_id = a.argument_id AND h.shown_at IS NULL
    WHERE a.parent_id = :argument_id AND a.withdrawn_at IS NULL AND h.hiding_id IS NULL
"""
ANY_ARGUMENT = """
    SELECT 1 FROM argument WHERE debate_id = :debate_id LIMIT 1
"""
FIRST_ARGUED = """
    SELECT l.user_id, MIN(a.at)
    FROM argument AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    WHERE a.debate_id = :debate_id
    GROUP BY a.learner_id
"""
SAVE_DRAFT = """
    INSERT INTO draft (debate_id, learner_id, content, saved_at)
    VALUES (:debate_id, :learner_id, :content, :at)
    ON CONFLICT (debate_id, learner_id) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at
"""
DRAFT = """
    SELECT content FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
COUNTS = """
    SELECT (SELECT COUNT(*) FROM debater WHERE debate_id = :debate_id AND left_at IS NULL),
           (SELECT COUNT(*) FROM argument AS a
            LEFT JOIN hiding AS h ON h.kind = 'argument' AND h.subject_id = a.argument_id AND h.shown_at IS NULL
            WHERE a.debate_id = :debate_id AND a.withdrawn_at IS NULL AND h.hiding_id IS NULL)
"""
DROP_DRAFT = """
    DELETE FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id
"""


def add_argument_row(
    db: Database,
    *,
    debate_id: DebateId,
    learner_id: LearnerId,
    side: Side,
    text: ArgumentText,
    parent: Argument | None,
    relation: Relation | None,
    stage_id: StageId | None,
    interaction_id: InteractionId,
    at: datetime,
) -> ArgumentId:
    """Store an argument under the debate's next number."""
    row = first(db, LAST_NUMBER, debate_id=debate_id)
    return ArgumentId(
        insert(
            db,
            "argument",
            debate_id=debate_id,
            number=1 if row is None else row[0] + 1,
            learner_id=learner_id,
            side=side.value,
            claim=text.claim,
            evidence=text.evidence,
            reasoning=text.reasoning,
            parent_id=None if parent is None else parent.argument_id,
            relation=None if relation is None else relation.value,
            stage_id=stage_id,
            interaction_id=interaction_id,
            at=to_text(at),
        )
    )


def arguments_of(db: Database, debate_id: DebateId) -> list[Argument]:
    """The arguments of a debate, by number."""
    return [_argument(row) for row in many(db, ARGUMENTS_OF, debate_id=debate_id)]


def find_argument(db: Database, argument_id: ArgumentId) -> Argument | None:
    """The argument, or None."""
    row = first(db, ARGUMENT, argument_id=argument_id)
    return None if row is None else _argument(row)


def argument_numbered(db: Database, debate_id: DebateId, number: int) -> Argument | None:
    """The argument of that number in a debate, or None."""
    row = first(db, ARGUMENT_NUMBERED, debate_id=debate_id, number=number)
    return None if row is None else _argument(row)


def argument_from(db: Database, interaction_id: InteractionId) -> Argument | None:
    """The argument that this interaction has already stored, or None."""
    row = first(db, ARGUMENT_FROM, interaction_id=interaction_id)
    return None if row is None else _argument(row)


def count_in_stage(db: Database, stage_id: StageId, learner_id: LearnerId) -> int:
    """How many arguments a learner has added in a stage, without those that were withdrawn.

    One that was hidden counts: hiding gives nobody another try, and may be taken back.
    """
    row = first(db, IN_STAGE, stage_id=stage_id, learner_id=learner_id)
    return 0 if row is None else int(row[0])


def arguments_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> list[Argument]:
    """A learner's own arguments in a debate, by number."""
    rows = many(db, BY_LEARNER, debate_id=debate_id, learner_id=learner_id)
    return [_argument(row) for row in rows]


def revise_argument_row(
    db: Database, argument_id: ArgumentId, text: ArgumentText, interaction_id: InteractionId, at: datetime
) -> bool:
    """Put another text in place of an argument's and keep the one before; False, and nothing done, for a repeat."""
    kept = change(db, KEEP_VERSION, argument_id=argument_id, interaction_id=interaction_id, at=to_text(at))
    if kept != 1:
        return False
    change(
        db,
        REVISE,
        argument_id=argument_id,
        claim=text.claim,
        evidence=text.evidence,
        reasoning=text.reasoning,
        at=to_text(at),
    )
    return True


def set_withdrawn(db: Database, argument_id: ArgumentId, at: datetime | None) -> None:
    """Note when an argument was withdrawn; None: it stands again."""
    change(db, SET_WITHDRAWN, argument_id=argument_id, at=to_text_or_none(at))


def versions_of(db: Database, argument_id: ArgumentId) -> list[tuple[ArgumentText, datetime]]:
    """What an argument said before, the oldest first, each with when it was replaced."""
    return [
        (ArgumentText(claim, evidence, reasoning), from_text(at))
        for claim, evidence, reasoning, at in many(db, VERSIONS, argument_id=argument_id)
    ]


def versions_by(
    db: Database, debate_id: DebateId, learner_id: LearnerId
) -> dict[ArgumentId, list[tuple[ArgumentText, datetime]]]:
    """As ``versions_of`` for each of a learner's arguments in a debate that has been changed."""
    found: dict[ArgumentId, list[tuple[ArgumentText, datetime]]] = {}
    rows = many(db, VERSIONS_BY, debate_id=debate_id, learner_id=learner_id)
    for argument_id, claim, evidence, reasoning, at in rows:
        version = (ArgumentText(claim, evidence, reasoning), from_text(at))
        found.setdefault(ArgumentId(argument_id), []).append(version)
    return found


def answers_to(db: Database, argument_id: ArgumentId) -> list[ArgumentId]:
    """The arguments that answer this one."""
    return [ArgumentId(row[0]) for row in many(db, ANSWERS_TO, argument_id=argument_id)]


def answer_counts_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> dict[ArgumentId, int]:
    """How many arguments that stand answer each of a learner's own; those that none answers are left out."""
    rows = many(db, ANSWER_COUNTS_BY, debate_id=debate_id, learner_id=learner_id)
    return {ArgumentId(argument_id): count for argument_id, count in rows}


def count_standing_answers(db: Database, argument_id: ArgumentId) -> int:
    """How many arguments that stand answer this one."""
    row = first(db, STANDING_ANSWERS, argument_id=argument_id)
    return 0 if row is None else int(row[0])


def size_of(db: Database, debate_id: DebateId) -> tuple[int, int]:
    """How many have joined, and how many arguments stand."""
    row = first(db, COUNTS, debate_id=debate_id)
    return (0, 0) if row is None else (row[0], row[1])


def has_arguments(db: Database, debate_id: DebateId) -> bool:
    """Whether anybody has argued in a debate, hidden or withdrawn or not."""
    return first(db, ANY_ARGUMENT, debate_id=debate_id) is not None


def first_argued(db: Database, debate_id: DebateId) -> dict[UserId, datetime]:
    """When each author of a debate first argued, whether that is hidden or withdrawn now or not."""
    return {UserId(user_id): from_text(at) for user_id, at in many(db, FIRST_ARGUED, debate_id=debate_id)}


def save_draft(db: Database, debate_id: DebateId, learner_id: LearnerId, content: str, at: datetime) -> None:
    """Keep the text of an argument that could not be taken, so that nothing has to be typed again."""
    change(db, SAVE_DRAFT, debate_id=debate_id, learner_id=learner_id, content=content, at=to_text(at))


def find_draft(db: Database, debate_id: DebateId, learner_id: LearnerId) -> str | None:
    """The kept text, or None."""
    row = first(db, DRAFT, debate_id=debate_id, learner_id=learner_id)
    return None if row is None else str(row[0])


def drop_draft(db: Database, debate_id: DebateId, learner_id: LearnerId) -> None:
    """Forget the kept text: the argument is in."""
    change(db, DROP_DRAFT, debate_id=debate_id, learner_id=learner_id)


def _argument(row: Row) -> Argument:
    (
        argument_id, debate_id, number, user_id, side, claim, evidence, reasoning,
        parent_number, relation, at, stage_id, edited_at, withdrawn_at, hidden_at,
    ) = row  # fmt: skip
    return Argument(
        argument_id=ArgumentId(argument_id),
        debate_id=DebateId(debate_id),
        number=number,
        user_id=UserId(user_id),
        side=Side(side),
        text=ArgumentText(claim, evidence, reasoning),
        parent_number=parent_number,
        relation=None if relation is None else Relation(relation),
        at=from_text(at),
        stage_id=None if stage_id is None else StageId(stage_id),
        edited_at=from_text_or_none(edited_at),
        withdrawn_at=from_text_or_none(withdrawn_at),
        hidden_at=from_text_or_none(hidden_at),
    )
