"""A class in which questions are asked, answered, reported and decided about: steps for tests of the inbox."""

import itertools
from collections.abc import Mapping

from bot.actions.decisions import decisions_page
from bot.actions.inbox import Entry, Reason, Subject, dismiss, inbox_page, open_entry
from bot.actions.news import ReportNews, ResultNews
from bot.actions.proposing import (
    propose_accepting,
    propose_dropping,
    propose_key,
    propose_taking_back,
)
from bot.actions.regrading import Applied, Preview, apply_proposal
from bot.actions.reporting import report_question
from bot.bank.form import Filled
from bot.bank.grade import Outcome
from bot.bank.kinds import Item
from bot.ids import ChannelId, GuildId, ProposalId, RegradeId, UserId
from bot.quiz.run import Round
from bot.store.notices import Notice, NoticeKind, waiting_notices
from tests.classroom import GUILD, HOST, Classroom, as_given, plan

CHANNELS = itertools.count(50_000)


def ask(
    room: Classroom,
    answers: Mapping[UserId, int | str | Filled],
    *,
    guild_id: GuildId = GUILD,
    closed: bool = True,
) -> Round:
    """A live quiz of one question, answered by these people with the place of an option in the file or a form."""
    run_id = room.open_live(
        guild_id=guild_id, channel_id=ChannelId(next(CHANNELS)), asked_for=plan(questions=1)
    )
    asked = room.start(run_id, guild_id=guild_id)
    for user_id, answer in answers.items():
        slot = asked.option_order.index(answer) if isinstance(answer, int) else answer
        room.answer(asked, user_id, slot, guild_id=guild_id)
    if closed:
        room.run_out(run_id)
        room.publish()
    return room.rounds(run_id)[0]


def report(
    room: Classroom,
    asked: Round,
    user_id: UserId,
    text: str = "That is wrong.",
    *,
    guild_id: GuildId = GUILD,
) -> None:
    """Somebody reports a closed question."""
    room.do(
        report_question,
        guild_id=guild_id,
        round_id=asked.round_id,
        user_id=user_id,
        text=text,
        interaction_id=room.click(),
        at=room.later(1),
    )


def entries(room: Classroom, guild_id: GuildId = GUILD) -> tuple[Entry, ...]:
    """The first page of the inbox."""
    return inbox_page(room.db, guild_id=guild_id).entries


def subject_of(room: Classroom, reason: Reason = Reason.REPORT, guild_id: GuildId = GUILD) -> Subject:
    """The newest entry of that sort."""
    return next(each.subject for each in entries(room, guild_id) if each.subject.reason is reason)


def accepting(
    room: Classroom, subject: Subject, *, which: int = 0, guild_id: GuildId = GUILD, by: UserId = HOST
) -> Preview:
    """A proposal to accept an answer of the entry."""
    chosen, _ = open_entry(room.db, guild_id=guild_id, subject=subject, at=room.now).acceptable[which]
    return room.do(
        propose_accepting, guild_id=guild_id, user_id=by, subject=subject, chosen=chosen, at=room.now
    )


def keying(
    room: Classroom,
    subject: Subject,
    answer: int | str | Filled,
    *,
    guild_id: GuildId = GUILD,
    by: UserId = HOST,
) -> Preview:
    """A proposal of another right answer."""
    return room.do(
        propose_key, guild_id=guild_id, user_id=by, subject=subject, answer=as_given(answer), at=room.now
    )


def dropping(room: Classroom, subject: Subject, *, guild_id: GuildId = GUILD, by: UserId = HOST) -> Preview:
    """A proposal to drop the question."""
    return room.do(propose_dropping, guild_id=guild_id, user_id=by, subject=subject, at=room.now)


def taking_back(
    room: Classroom, regrade_id: RegradeId, *, guild_id: GuildId = GUILD, by: UserId = HOST
) -> Preview:
    """A proposal to take a decision back."""
    return room.do(propose_taking_back, guild_id=guild_id, user_id=by, regrade_id=regrade_id, at=room.now)


def press_apply(
    room: Classroom, proposal_id: ProposalId, *, guild_id: GuildId = GUILD, by: UserId = HOST
) -> Applied | Preview:
    """Apply a proposal."""
    return room.do(apply_proposal, guild_id=guild_id, user_id=by, proposal_id=proposal_id, at=room.now)


def applied(room: Classroom, shown: Preview, *, guild_id: GuildId = GUILD, by: UserId = HOST) -> Applied:
    """Apply a proposal that nothing has come between."""
    done = press_apply(room, shown.proposal_id, guild_id=guild_id, by=by)
    assert isinstance(done, Applied)
    return done


def leave(room: Classroom, subject: Subject, *, guild_id: GuildId = GUILD) -> int:
    """Leave the question as it is."""
    return room.do(dismiss, guild_id=guild_id, user_id=HOST, subject=subject, at=room.now)


def decisions(room: Classroom, guild_id: GuildId = GUILD) -> int:
    """How many decisions are on the first page of the record."""
    return len(decisions_page(room.db, guild_id=guild_id).decisions)


def outcomes(room: Classroom, guild_id: GuildId = GUILD) -> dict[UserId, Outcome]:
    """How each person's newest answer is graded now."""
    rows = room.rows(
        "SELECT l.user_id, a.outcome FROM answer AS a JOIN learner AS l ON l.learner_id = a.learner_id"
        " WHERE l.guild_id = :guild_id ORDER BY a.answer_id",
        guild_id=guild_id,
    )
    return {UserId(int(str(user_id))): Outcome(str(outcome)) for user_id, outcome in rows}


def notices(room: Classroom) -> dict[UserId, Notice]:
    """Who is to be told something; fails if somebody is told twice."""
    waiting = [
        each
        for each in waiting_notices(room.db)
        if each.kind in (NoticeKind.RESULT_CHANGED, NoticeKind.REPORT_DECIDED)
    ]
    by_user = {each.user_id: each for each in waiting}
    assert len(by_user) == len(waiting)
    return by_user


def forget_notices(room: Classroom) -> None:
    """All that is waiting has been sent."""
    room.db.conn.execute("UPDATE notice SET sent_at = created_at")


def result_news(notice: Notice) -> ResultNews:
    """What a notice says of a result."""
    assert notice.kind is NoticeKind.RESULT_CHANGED
    return ResultNews.model_validate_json(notice.detail)


def report_news(notice: Notice) -> ReportNews:
    """What a notice says of a report."""
    assert notice.kind is NoticeKind.REPORT_DECIDED
    return ReportNews.model_validate_json(notice.detail)


def the_item(room: Classroom, asked: Round) -> Item:
    """The question of a round as it stands."""
    return next(each.item for each in room.rounds(asked.run_id) if each.round_id == asked.round_id)
