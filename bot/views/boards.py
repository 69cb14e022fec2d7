"""From a board to its message: what to read, and how to render it. The publisher asks only this module."""

from dataclasses import dataclass
from datetime import datetime

import discord

from bot.actions.assignment_reports import assignment_board
from bot.actions.boards import Board, BoardKind, Notice, NoticeKind
from bot.actions.debate_reports import argument_board, debate_map, motion_board, outcome_board, stage_board
from bot.actions.evidence import citation_board
from bot.actions.hiding import HiddenNews
from bot.actions.joint_statement import StatementNews, statement_board
from bot.actions.message_reports import MessageReportNews
from bot.actions.news import ReportNews, ResultNews
from bot.actions.opinion_reports import bars_board, invitation_board, map_board
from bot.actions.quiz_reports import round_board, run_board, summary_board
from bot.actions.restating import restated
from bot.ids import (
    ArgumentId,
    AssignmentId,
    CitationId,
    DebateId,
    OpinionId,
    RestatementId,
    RoundId,
    RunId,
    StageId,
    StatementId,
    UserId,
)
from bot.insight.charts.argument_chart import argument_picture
from bot.insight.charts.class_chart import class_picture
from bot.insight.charts.opinion_chart import opinion_picture
from bot.insight.charts.picture import Picture
from bot.insight.charts.shift_chart import shift_picture
from bot.insight.opinion_map import OpinionMap
from bot.views import debate_arguments, debate_boards, debate_outcome, evidence_cards, live, opinion_boards
from bot.views.assignments import announcement_of, due_reminder
from bot.views.debate_words import MOST_NAMED
from bot.views.desk import Desk
from bot.views.grade_cards import grade_news
from bot.views.hiding import hidden_news
from bot.views.layout import QUIET_COLOUR, Layout, card
from bot.views.message_reports import message_report_news
from bot.views.nudges import nudge_card
from bot.views.restatements import awaited, restatement_card
from bot.views.review import reminder_card
from bot.views.revote import option_shifts
from bot.views.ruled import report_news, result_news
from bot.views.statements import statement_card, statement_news

NOBODY = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message, and whom it may notify. The pictures that go with it are its layout's."""

    layout: Layout
    mentions: discord.AllowedMentions = NOBODY

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What has to be sent along."""
        return self.layout.pictures


async def render(desk: Desk, board: Board, *, pictures: bool = True) -> Rendered | None:
    """The message that a board should show now, or None if what it shows is gone.

    Without ``pictures`` none is drawn, as where Discord would take none; the texts are the same.
    """
    match board.kind:
        case BoardKind.RUN:
            lobby = await desk.read(run_board, run_id=RunId(board.subject_id))
            return None if lobby is None else Rendered(live.lobby(lobby))
        case BoardKind.SUMMARY:
            return await _render_summary(desk, RunId(board.subject_id), pictures=pictures)
        case BoardKind.ROUND | BoardKind.PAUSE:
            round_id = RoundId(board.subject_id)
            return await _render_round(desk, board.kind, round_id, desk.now(), pictures=pictures)
        case BoardKind.ASSIGNMENT:
            assignment_id = AssignmentId(board.subject_id)
            found = await desk.read(assignment_board, assignment_id=assignment_id, at=desk.now())
            return None if found is None else Rendered(announcement_of(*found))
        case BoardKind.MOTION | BoardKind.CASES | BoardKind.OUTCOME:
            return await _render_debate(desk, board.kind, DebateId(board.subject_id))
        case BoardKind.CITATION:
            cited = await desk.read(citation_board, citation_id=CitationId(board.subject_id))
            return None if cited is None or not cited.cards else Rendered(evidence_cards.citation(cited))
        case BoardKind.MAP:
            return await _render_debate_map(desk, DebateId(board.subject_id), pictures=pictures)
        case BoardKind.STATEMENT:
            statement = await desk.read(statement_board, debate_id=DebateId(board.subject_id))
            return None if statement is None else Rendered(statement_card(statement))
        case BoardKind.RESTATEMENT:
            restatement_id = RestatementId(board.subject_id)
            restatement = await desk.read(restated, guild_id=board.guild_id, restatement_id=restatement_id)
            author_id = awaited(restatement)
            return Rendered(restatement_card(restatement), NOBODY if author_id is None else _only(author_id))
        case BoardKind.STAGE | BoardKind.REST:
            stage = await desk.read(stage_board, stage_id=StageId(board.subject_id))
            if stage is None:
                return None
            if board.kind is BoardKind.REST:
                return Rendered(debate_boards.rest(stage))
            return Rendered(debate_boards.stage(stage), _only(*stage.speakers[:MOST_NAMED]))
        case BoardKind.ARGUMENT:
            argument = await desk.read(argument_board, argument_id=ArgumentId(board.subject_id))
            return None if argument is None else Rendered(debate_arguments.argument(argument))
        case BoardKind.OPINION:
            invited = await desk.read(invitation_board, opinion_id=OpinionId(board.subject_id))
            return None if invited is None else Rendered(opinion_boards.invitation(invited))
        case BoardKind.OPINION_BARS:
            bars = await desk.read(bars_board, statement_id=StatementId(board.subject_id))
            return None if bars is None else Rendered(opinion_boards.bars(bars))
        case BoardKind.OPINION_MAP:
            return await _render_map(desk, OpinionId(board.subject_id), pictures=pictures)


def render_notice(notice: Notice) -> Layout:
    """A private message: to a host about something that went wrong, or to a learner who wants to be reminded, or whom a
    decision concerns."""
    match notice.kind:
        case NoticeKind.RUN_CANNOT_POST:
            text = (
                f"Your live quiz is paused, because {notice.detail}. All answers are kept. When that is put "
                "right, go on with `/quiz host action:Go on`. After an hour the quiz ends by itself."
            )
        case NoticeKind.RUN_NOT_SHOWN:
            text = (
                f"Your live quiz has ended, but I could not show all of its results, because {notice.detail}. All "
                "answers are kept. When that is put right, the results come up with the next quiz in that channel."
            )
        case NoticeKind.RUN_CHANNEL_LOST:
            text = "Your live quiz has ended, because its channel was deleted. All answers are kept."
        case NoticeKind.ASSIGNMENT_CANNOT_POST:
            text = (
                f"Your assignment could not be announced, because {notice.detail}. It goes on all the same: people "
                "find it with `/quiz status`."
            )
        case NoticeKind.ASSIGNMENT_CHANNEL_LOST:
            text = (
                f"The channel in which your assignment “{notice.detail}” was announced was deleted. It goes on all the "
                "same: people find it with `/quiz status`."
            )
        case NoticeKind.ASSIGNMENT_DUE:
            return due_reminder(AssignmentId(notice.subject_id), notice.detail)
        case NoticeKind.DEBATE_CANNOT_POST:
            text = (
                f"Something of your debate could not be shown in its thread, because {notice.detail}. "
                "What people wrote and voted is kept. It comes up with my next message there; once the debate is "
                "closed, `/debate status` shows you the outcome and can post it again."
            )
        case NoticeKind.DEBATE_THREAD_NOT_KEPT:
            text = (
                f"I could not lock or slow the thread of your debate, because {notice.detail}. The debate goes on all "
                "the same; whoever manages the server can do it by hand."
            )
        case NoticeKind.DEBATE_WITHOUT_CAUCUS:
            text = (
                f"The sides of your debate have no private threads, because {notice.detail}. The debate goes on all "
                "the same."
            )
        case NoticeKind.DEBATE_THREAD_LOST:
            text = (
                "Your debate is closed, because its thread was deleted. Stances and arguments are kept: "
                "`/debate status` shows you the outcome."
            )
        case NoticeKind.OPINION_CANNOT_POST:
            text = (
                f"Something of your class opinion could not be shown, because {notice.detail}. What people said is "
                "kept. When that is put right, it comes up with my next message in that channel."
            )
        case NoticeKind.OPINION_CHANNEL_LOST:
            text = (
                "Your class opinion is closed, because its channel was deleted. What people said is kept, but there is "
                "no place to show the result."
            )
        case NoticeKind.REVIEW_DUE:
            return reminder_card(notice.guild_id, notice.subject_id, notice.detail)
        case NoticeKind.RESULT_CHANGED:
            text = result_news(ResultNews.model_validate_json(notice.detail))
        case NoticeKind.REPORT_DECIDED:
            text = report_news(ReportNews.model_validate_json(notice.detail))
        case NoticeKind.MESSAGE_REPORT_DECIDED:
            text = message_report_news(MessageReportNews.model_validate_json(notice.detail))
        case NoticeKind.DEBATE_NUDGE:
            return nudge_card(notice.subject_id, notice.detail)
        case NoticeKind.GRADE_RELEASED:
            return grade_news(notice.detail)
        case NoticeKind.TEXT_HIDDEN:
            text = hidden_news(HiddenNews.model_validate_json(notice.detail))
        case NoticeKind.STATEMENT_CHANGED:
            text = statement_news(StatementNews.model_validate_json(notice.detail))
    return card(text, colour=QUIET_COLOUR)


async def _render_summary(desk: Desk, run_id: RunId, *, pictures: bool) -> Rendered | None:
    board = await desk.read(summary_board, run_id=run_id)
    if board is None:
        return None
    drawn = None
    if pictures and board.summary.answers:
        drawn = await desk.draw(class_picture, board.summary, f"Results · {board.run.set_title}")
    return Rendered(live.summary(board, drawn))


async def _render_round(
    desk: Desk, kind: BoardKind, round_id: RoundId, now: datetime, *, pictures: bool
) -> Rendered | None:
    board = await desk.read(round_board, round_id=round_id)
    if board is None:
        return None
    if kind is BoardKind.ROUND:
        shifts = option_shifts(board) if pictures else []
        drawn = await desk.draw(shift_picture, board.asked.item.prompt, shifts) if shifts else None
        return Rendered(live.question(board, now, drawn))
    # Meant to reach the host, when nobody answers.
    return Rendered(live.pause(board), _only(UserId(board.run.owner_id)))


def _only(*user_ids: UserId) -> discord.AllowedMentions:
    """What lets a message notify these people and nobody else."""
    return discord.AllowedMentions(
        everyone=False, roles=False, replied_user=False, users=[discord.Object(each) for each in user_ids]
    )


async def _render_debate(desk: Desk, kind: BoardKind, debate_id: DebateId) -> Rendered | None:
    if kind is BoardKind.OUTCOME:
        ended = await desk.read(outcome_board, debate_id=debate_id)
        return None if ended is None else Rendered(debate_outcome.outcome(ended))
    board = await desk.read(motion_board, debate_id=debate_id)
    if board is None:
        return None
    return Rendered(debate_boards.motion(board) if kind is BoardKind.MOTION else debate_boards.cases(board))


async def _render_map(desk: Desk, opinion_id: OpinionId, *, pictures: bool) -> Rendered | None:
    board = await desk.read(map_board, opinion_id=opinion_id)
    if board is None:
        return None
    drawn = None
    if pictures and isinstance(board.drawn, OpinionMap):
        title = f"Opinion map · {board.opinion.set_title}"
        drawn = await desk.draw(opinion_picture, board.drawn, title)
    return Rendered(opinion_boards.opinion_map(board, drawn))


async def _render_debate_map(desk: Desk, debate_id: DebateId, *, pictures: bool) -> Rendered | None:
    board = await desk.read(debate_map, debate_id=debate_id)
    if board is None:
        return None
    drawn = None
    if pictures and any(board.trees.values()):
        drawn = await desk.draw(
            argument_picture,
            board.debate.motion,
            board.trees,
            names_unchallenged=board.names_unchallenged,
        )
    return Rendered(debate_arguments.argument_map(board, drawn))
