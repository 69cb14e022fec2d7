"""Grades of a debate: what the bot counts of somebody, what an instructor gives, and telling it privately at the end.

Where people stand, whether they moved and which side did better is not read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debates import debate_of
from bot.debate.debate import Argument, CloseReason, Debate, Debater, DebateState
from bot.debate.formats import Stage
from bot.debate.prose import read_optional_prose
from bot.debate.rubric import LONGEST_COMMENT, Criterion, Facts, is_early, read_mark
from bot.errors import NotFound, WrongState
from bot.ids import DebateId, GuildId, InteractionId, LearnerId, MessageId, UserId
from bot.store.argument_cards import cards_used
from bot.store.arguments import arguments_by, arguments_of
from bot.store.boards import BoardKind, board_for
from bot.store.debaters import debater_of, debaters_of
from bot.store.debates import stages_of
from bot.store.grades import StoredGrade as StoredGrade
from bot.store.grades import grade_of, grades_of, release_grade, save_comment, save_marks
from bot.store.learners import find_learner
from bot.store.message_reports import messages_dealt_with
from bot.store.notices import NoticeKind, add_notice, drop_notices, is_waiting
from bot.store.restatements import count_fair_restatements

NO_VERSION = InteractionId(0)


@dataclass(frozen=True, slots=True)
class GradeSheet:
    """Somebody's grade as their instructor sees it: facts, arguments that stand with their messages, and the grade."""

    debate: Debate
    learner_id: LearnerId
    user_id: UserId
    facts: Facts
    arguments: tuple[tuple[Argument, MessageId | None], ...]
    grade: StoredGrade | None

    @property
    def version(self) -> InteractionId:
        """What the form that changes the grade starts from."""
        return NO_VERSION if self.grade is None else self.grade.version


@dataclass(frozen=True, slots=True)
class GradeList:
    """Who takes part in a debate, in the order of joining, with the grades so far; ``left`` have left it."""

    debate: Debate
    people: tuple[tuple[UserId, StoredGrade | None], ...]
    left: int

    @property
    def graded(self) -> int:
        """How many have a grade."""
        return sum(grade is not None for _, grade in self.people)

    @property
    def to_release(self) -> int:
        """How many grades have not been told."""
        return sum(grade is not None and grade.released_at is None for _, grade in self.people)

    @property
    def may_release(self) -> bool:
        """Whether grades may be told now."""
        return self.debate.state is DebateState.CLOSED


class GradeNews(BaseModel):
    """A grade as its learner reads it, stored with the notice as JSON; ``changed`` after it was told once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    motion: str
    marks: dict[Criterion, int]
    comment: str
    changed: bool = False


def grade_sheet(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> GradeSheet:
    """What an instructor sees of somebody.

    Raises ``NotFound`` for one who has not joined, ``WrongState`` for one who has left, and before the vote.
    """
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None:
        debate_of(db, guild_id, debate_id)
        raise NotFound("learner in that debate")
    return grade_sheet_of(db, guild_id=guild_id, debate_id=debate_id, learner_id=learner_id)


def grade_sheet_of(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, learner_id: LearnerId
) -> GradeSheet:
    """The same, of a learner."""
    debate, learner = _gradable(db, guild_id, debate_id, learner_id)
    arguments = [each for each in arguments_by(db, debate_id, learner_id) if each.stands]
    return GradeSheet(
        debate=debate,
        learner_id=learner_id,
        user_id=learner.user_id,
        facts=_facts(db, debate, learner, arguments),
        arguments=tuple((each, _message_of(db, each)) for each in arguments),
        grade=grade_of(db, debate_id, learner_id),
    )


def give_marks(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    learner_id: LearnerId,
    typed: Mapping[Criterion, str],
    base: InteractionId,
    user_id: UserId,
    interaction_id: InteractionId,
    at: datetime,
) -> GradeSheet:
    """Give marks from 0 to 100; after their release the learner is told of the change.

    ``base`` is the version that the instructor saw: marks that another one has given meanwhile are not overwritten.
    The same interaction delivered twice changes nothing. Raises as ``grade_sheet``, ``Invalid`` or ``WrongState``.
    """
    _gradable(db, guild_id, debate_id, learner_id)
    marks = {criterion: read_mark(criterion, typed.get(criterion, "")) for criterion in Criterion}
    before = grade_of(db, debate_id, learner_id)
    if before is None or before.version != interaction_id:
        _refuse_outdated(before, base)
        save_marks(db, debate_id, learner_id, marks, user_id, interaction_id, at)
        _tell_change(db, guild_id, debate_id, before, at)
    return grade_sheet_of(db, guild_id=guild_id, debate_id=debate_id, learner_id=learner_id)


def give_comment(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    learner_id: LearnerId,
    comment: str,
    base: InteractionId,
    user_id: UserId,
    interaction_id: InteractionId,
    at: datetime,
) -> GradeSheet:
    """Say something with the marks, or take it back with an empty text. Raises as ``give_marks``."""
    _gradable(db, guild_id, debate_id, learner_id)
    before = grade_of(db, debate_id, learner_id)
    if before is None:
        raise WrongState("grade", "not there yet: give the marks first")
    if before.version != interaction_id:
        _refuse_outdated(before, base)
        words = read_optional_prose("comment", comment, LONGEST_COMMENT)
        save_comment(db, debate_id, learner_id, words, user_id, interaction_id, at)
        _tell_change(db, guild_id, debate_id, before, at)
    return grade_sheet_of(db, guild_id=guild_id, debate_id=debate_id, learner_id=learner_id)


def grade_list(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> GradeList:
    """Who is graded in a debate. Raises ``NotFound``, or ``WrongState`` before the vote."""
    debate = _graded(debate_of(db, guild_id, debate_id))
    everybody = debaters_of(db, debate_id)
    grades = grades_of(db, debate_id)
    return GradeList(
        debate,
        tuple((each.user_id, grades.get(each.learner_id)) for each in everybody if each.takes_part),
        sum(not each.takes_part for each in everybody),
    )


def release_grades(db: Database, *, guild_id: GuildId, debate_id: DebateId, at: datetime) -> GradeList:
    """Tell each person who takes part their grade, privately; those that were told are not told again.

    Raises ``WrongState`` before the debate is closed.
    """
    debate = _graded(debate_of(db, guild_id, debate_id))
    if debate.state is not DebateState.CLOSED:
        raise WrongState("debate", "still open: grades are told after it is closed")
    grades = grades_of(db, debate_id)
    for each in debaters_of(db, debate_id):
        grade = grades.get(each.learner_id)
        if grade is not None and each.takes_part and release_grade(db, grade.grade_id, at):
            _tell(db, debate, grade, at)
    return grade_list(db, guild_id=guild_id, debate_id=debate_id)


def own_grade(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> GradeNews:
    """One's own grade, once it is released. Raises ``NotFound`` before."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    grade = None if learner_id is None else grade_of(db, debate_id, learner_id)
    if grade is None or grade.released_at is None:
        raise NotFound("grade of yours")
    return _news(debate, grade)


def _gradable(
    db: Database, guild_id: GuildId, debate_id: DebateId, learner_id: LearnerId
) -> tuple[Debate, Debater]:
    debate = _graded(debate_of(db, guild_id, debate_id))
    learner = debater_of(db, debate_id, learner_id)
    if learner is None:
        raise NotFound("learner in that debate")
    if not learner.takes_part:
        raise WrongState("learner", "out of this debate: whoever leaves is not graded")
    return debate, learner


def _graded(debate: Debate) -> Debate:
    if debate.close_reason is CloseReason.CANCELLED:
        raise WrongState("debate", "cancelled: nobody is graded for it")
    if debate.state is not DebateState.CLOSED and debate.stage is not Stage.VOTING:
        raise WrongState("debate", "still being argued: grades come at its vote, or when it is closed")
    return debate


def _facts(db: Database, debate: Debate, learner: Debater, arguments: list[Argument]) -> Facts:
    others = {
        each.number: each.side
        for each in arguments_of(db, debate.debate_id)
        if each.user_id != learner.user_id
    }
    over = {each.stage_id: each for each in stages_of(db, debate.debate_id)}
    moments = [
        (each.at, stage.begun_at, stage.ended_at)
        for each in arguments
        if each.stage_id is not None
        and (stage := over.get(each.stage_id)) is not None
        and stage.ended_at is not None
    ]
    return Facts(
        arguments=len(arguments),
        with_link=sum("://" in each.text.evidence for each in arguments),
        cards_cited=cards_used(db, debate.debate_id, learner.learner_id),
        across=sum(
            each.parent_number is not None and others.get(each.parent_number) is each.side.opposite
            for each in arguments
        ),
        fair_restatements=count_fair_restatements(db, debate.debate_id, learner.learner_id),
        reports_dealt_with=messages_dealt_with(db, debate.debate_id, learner.user_id),
        early=sum(is_early(*moment) for moment in moments),
        timed=len(moments),
    )


def _message_of(db: Database, argument: Argument) -> MessageId | None:
    board = board_for(db, BoardKind.ARGUMENT, argument.argument_id)
    return None if board is None else board.message_id


def _refuse_outdated(before: StoredGrade | None, base: InteractionId) -> None:
    if (NO_VERSION if before is None else before.version) != base:
        raise WrongState("grade", "newer than what you saw: somebody has changed it. Look at it again first")


def _tell_change(
    db: Database, guild_id: GuildId, debate_id: DebateId, before: StoredGrade | None, at: datetime
) -> None:
    """Tell a learner whose grade was released that it is another one now."""
    if before is None or before.released_at is None:
        return
    now = grade_of(db, debate_id, before.learner_id)
    if now is not None and (now.marks, now.comment) != (before.marks, before.comment):
        _tell(db, debate_of(db, guild_id, debate_id), now, at, changed=True)


def _tell(db: Database, debate: Debate, grade: StoredGrade, at: datetime, *, changed: bool = False) -> None:
    # Of two that have not been sent yet the newer one says it all, and is no change to its reader.
    unread = is_waiting(db, NoticeKind.GRADE_RELEASED, grade.grade_id)
    drop_notices(db, NoticeKind.GRADE_RELEASED, grade.grade_id, at)
    news = _news(debate, grade, changed=changed and not unread).model_dump_json()
    add_notice(db, debate.guild_id, grade.user_id, NoticeKind.GRADE_RELEASED, grade.grade_id, news, at)


def _news(debate: Debate, grade: StoredGrade, *, changed: bool = False) -> GradeNews:
    return GradeNews(motion=debate.motion, marks=dict(grade.marks), comment=grade.comment, changed=changed)
