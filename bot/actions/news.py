"""Private news to learners: a result that changed, or what became of a report. Stored with the notice as JSON."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.bank.kinds import Item
from bot.bank.ruling import AlsoRight, Dropped, NewKey, Ruling
from bot.ids import GuildId, RegradeId, UserId
from bot.quiz.regrading import Move
from bot.store.notices import NoticeKind, add_notice
from bot.store.reports import Report, decide_report
from bot.store.reports import Verdict as Verdict

LONGEST_QUESTION = 300
"""Characters of a question in a notice: enough to know it again."""


class Cause(StrEnum):
    """Why a result changed."""

    ALSO_RIGHT = "also_right"
    NEW_KEY = "new_key"
    DROPPED = "dropped"
    TAKEN_BACK = "taken_back"


class Moved(BaseModel):
    """So many of one's answers went from one result to another; None did or does not count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int
    before: Outcome | None
    after: Outcome | None


class ResultNews(BaseModel):
    """A learner's result changed; ``answer`` is right (too) now, and ``reported`` says who reported the question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    answer: str
    cause: Cause
    moved: tuple[Moved, ...]
    reported: bool


class ReportNews(BaseModel):
    """What became of a learner's report; ``answer`` is right (too) now, if the verdict is that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    answer: str = ""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """A regrade as far as people are told of it."""

    guild_id: GuildId
    regrade_id: RegradeId
    ruling: Ruling
    before: Item
    after: Item
    decided_by: UserId
    at: datetime
    taken_back: bool

    @property
    def question(self) -> str:
        """The question, as in a notice."""
        return self.after.prompt[:LONGEST_QUESTION]

    @property
    def answer(self) -> str:
        """The answer that is right, or right too, since then."""
        if isinstance(self.ruling, AlsoRight) and not self.taken_back:
            return self.before.describe(self.ruling.response)
        return self.after.right_answer()

    @property
    def cause(self) -> Cause:
        """Why results changed."""
        if self.taken_back:
            return Cause.TAKEN_BACK
        match self.ruling:
            case AlsoRight():
                return Cause.ALSO_RIGHT
            case NewKey():
                return Cause.NEW_KEY
            case Dropped():
                return Cause.DROPPED
            case _:
                assert_never(self.ruling)

    @property
    def verdict(self) -> Verdict:
        """What became of the reports."""
        match self.ruling:
            case AlsoRight():
                return Verdict.ACCEPTED
            case NewKey():
                return Verdict.NEW_KEY
            case Dropped():
                return Verdict.DROPPED
            case _:
                assert_never(self.ruling)


def tell_of(
    db: Database, decision: Decision, people: Mapping[UserId, Counter[Move]], reports: Iterable[Report]
) -> None:
    """Tell each person whose result changed, once, and each reporter; and note what became of the reports."""
    settled = list(reports)
    reporters = {report.user_id for report in settled}
    written: dict[tuple[frozenset[tuple[Move, int]], bool], str] = {}
    for user_id, own in people.items():
        alike = frozenset(own.items()), user_id in reporters
        if alike not in written:  # of thousands, most have the same news
            written[alike] = _result_news(decision, own, reported=user_id in reporters).model_dump_json()
        add_notice(
            db,
            decision.guild_id,
            user_id,
            NoticeKind.RESULT_CHANGED,
            decision.regrade_id,
            written[alike],
            decision.at,
        )
    settle_reports(
        db,
        decision.guild_id,
        settled,
        ReportNews(question=decision.question, answer=decision.answer, verdict=decision.verdict),
        decided_by=decision.decided_by,
        regrade_id=decision.regrade_id,
        told_already=people,
        at=decision.at,
    )


def settle_reports(
    db: Database,
    guild_id: GuildId,
    reports: Iterable[Report],
    news: ReportNews,
    *,
    decided_by: UserId,
    regrade_id: RegradeId | None,
    told_already: Container[UserId] = (),
    at: datetime,
) -> None:
    """Note what became of reports, and tell each reporter who is not told of it anyway."""
    told: set[UserId] = set()
    for report in reports:
        decide_report(db, report.report_id, news.verdict, decided_by=decided_by, regrade_id=regrade_id, at=at)
        if report.user_id in told_already or report.user_id in told:
            continue
        told.add(report.user_id)
        detail = news.model_dump_json()
        add_notice(db, guild_id, report.user_id, NoticeKind.REPORT_DECIDED, report.report_id, detail, at)


def _result_news(decision: Decision, own: Counter[Move], *, reported: bool) -> ResultNews:
    return ResultNews(
        question=decision.question,
        answer=decision.answer,
        cause=decision.cause,
        moved=tuple(Moved(count=count, before=move.before, after=move.after) for move, count in own.items()),
        reported=reported,
    )
