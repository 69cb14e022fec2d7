"""Grades of a debate: what is counted, who may grade whom and when, and how it is told."""

from datetime import timedelta

import pytest

from bot.actions.boards import BoardKind, NoticeKind, notice_settled, unsent_notices
from bot.actions.debate_course import cancel_debate
from bot.actions.grading import (
    NO_VERSION,
    GradeNews,
    GradeSheet,
    give_comment,
    give_marks,
    grade_list,
    grade_sheet,
    own_grade,
    release_grades,
)
from bot.actions.message_reporting import report_message
from bot.actions.message_reports import MessageVerdict, decide_message, message_entries
from bot.actions.own_arguments import withdraw_argument
from bot.actions.restating import judge, restate
from bot.debate.formats import Planned, Stage, Timetable
from bot.debate.rubric import LONGEST_COMMENT, Criterion, Facts
from bot.debate.stance import Phase
from bot.debate.steelman import Fairness
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ArgumentId, GuildId, InteractionId, MessageId, UserId
from bot.store.boards import board_for
from tests.actions.fair_debate import AGAINST, BY_HAND, FOR, UNDECIDED, FairDebate, a_debate, told
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, OTHER_GUILD, Classroom
from tests.written import BLANK, CLEAN, DIRTY

TIMED: Timetable = (Planned(Stage.FLOOR, timedelta(minutes=20)), Planned(Stage.VOTING))
TYPED = dict(zip(Criterion, ("80", "60%", "40/100", " 100 ", "50"), strict=True))
MARKS = dict(zip(Criterion, (80, 60, 40, 100, 50), strict=True))


def at_its_vote(room: Classroom) -> FairDebate:
    """Anna has argued twice and Ben once; Cem has only joined."""
    debate = a_debate(room)
    debate.argue(ANNA)
    debate.argue(BEN, side="against", answers=1)
    debate.argue(ANNA, answers=2, evidence="See https://example.org/report.")
    debate.join(CEM)
    debate.advance()
    return debate


def sheet(debate: FairDebate, user_id: UserId = ANNA, *, guild_id: GuildId = GUILD) -> GradeSheet:
    return grade_sheet(debate.room.db, guild_id=guild_id, debate_id=debate.debate_id, user_id=user_id)


def mark(
    debate: FairDebate,
    user_id: UserId = ANNA,
    *,
    base: InteractionId | None = None,
    interaction_id: InteractionId | None = None,
    guild_id: GuildId = GUILD,
    by: UserId = HOST,
    **typed: str,
) -> GradeSheet:
    room = debate.room
    seen = sheet(debate, user_id)
    return room.do(
        give_marks,
        guild_id=guild_id,
        debate_id=debate.debate_id,
        learner_id=seen.learner_id,
        typed=TYPED | {Criterion(name): mark for name, mark in typed.items()},
        base=seen.version if base is None else base,
        user_id=by,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def comment(
    debate: FairDebate, text: str, user_id: UserId = ANNA, *, base: InteractionId | None = None
) -> GradeSheet:
    room = debate.room
    seen = sheet(debate, user_id)
    return room.do(
        give_comment,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        learner_id=seen.learner_id,
        comment=text,
        base=seen.version if base is None else base,
        user_id=HOST,
        interaction_id=room.click(),
        at=room.now,
    )


def release(debate: FairDebate) -> None:
    debate.room.do(release_grades, guild_id=GUILD, debate_id=debate.debate_id, at=debate.room.now)


def news(room: Classroom) -> dict[UserId, GradeNews]:
    """The grades that wait to be told."""
    return {
        each.user_id: GradeNews.model_validate_json(each.detail)
        for each in told(room, NoticeKind.GRADE_RELEASED)
    }


def send(room: Classroom) -> None:
    """All private messages go out."""
    for each in unsent_notices(room.db):
        room.do(notice_settled, notice_id=each.notice_id, sent=True, at=room.now)


# What is counted


def test_facts_count_what_somebody_did(room: Classroom) -> None:
    debate = at_its_vote(room)
    facts = sheet(debate).facts
    assert (facts.arguments, facts.with_link, facts.cards_cited) == (2, 1, 0)
    assert (facts.across, facts.fair_restatements, facts.reports_dealt_with) == (1, 0, 0)
    assert sheet(debate, CEM).facts == Facts(0, 0, 0, 0, 0, 0, 0, 0)


def test_withdrawn_arguments_do_not_count(room: Classroom) -> None:
    debate = at_its_vote(room)
    about = {"guild_id": GUILD, "argument_id": ArgumentId(3), "user_id": ANNA, "at": room.now}
    room.do(withdraw_argument, **about, withdrawn=True)
    assert sheet(debate).facts.arguments == 1
    assert [argument.number for argument, _ in sheet(debate).arguments] == [1]


def test_answering_oneself_is_no_answer_to_the_other_side(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(ANNA, side="for")
    debate.argue(ANNA, side="against", answers=1)
    debate.argue(BEN, side="for")
    debate.argue(ANNA, side="for", answers=3)
    debate.advance()
    assert sheet(debate).facts.across == 0


def test_restatements_that_were_found_fair_count_once_an_argument(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(BEN)
    debate.join(ANNA)
    for verdict in (Fairness.NOT_YET, Fairness.FAIR, Fairness.FAIR):
        about = {"guild_id": GUILD, "at": room.now}
        made = room.do(
            restate,
            **about,
            argument_id=ArgumentId(1),
            user_id=ANNA,
            text="In other words.",
            interaction_id=room.click(),
        )
        restatement_id = made.restatement.restatement_id
        room.do(judge, **about, restatement_id=restatement_id, user_id=BEN, fairness=verdict)
    debate.advance()
    assert sheet(debate).facts.fair_restatements == 1


@pytest.mark.parametrize(
    ("verdict", "count"), [(MessageVerdict.DEALT_WITH, 1), (MessageVerdict.NOTHING_TO_DO, 0)]
)
def test_only_reports_that_were_dealt_with_count(
    room: Classroom, verdict: MessageVerdict, count: int
) -> None:
    debate = at_its_vote(room)
    for who in (BEN, CEM):
        room.do(
            report_message,
            guild_id=GUILD,
            channel_id=debate.debate.thread_id,
            message_id=MessageId(77),
            author_id=ANNA,
            user_id=who,
            text="",
            interaction_id=room.click(),
            at=room.now,
        )
    assert sheet(debate).facts.reports_dealt_with == 0, "a report alone is nothing"
    [entry] = message_entries(room.db, GUILD)
    about = {"guild_id": GUILD, "user_id": HOST, "report_id": entry.report_id, "at": room.now}
    room.do(decide_message, **about, verdict=verdict)
    assert sheet(debate).facts.reports_dealt_with == count
    assert sheet(debate, BEN).facts.reports_dealt_with == 0


def test_arguments_before_the_middle_of_their_stage_are_early(room: Classroom) -> None:
    debate = a_debate(room, stages=TIMED)
    debate.argue(ANNA)
    room.now += timedelta(minutes=9)
    debate.argue(ANNA)
    room.now += timedelta(minutes=9)
    debate.argue(ANNA)
    room.now += timedelta(minutes=2)
    room.tick()
    assert (sheet(debate).facts.early, sheet(debate).facts.timed) == (2, 3)


def test_arguments_come_with_the_messages_that_show_them(room: Classroom) -> None:
    debate = at_its_vote(room)
    room.publish()
    shown = sheet(debate).arguments
    for argument, message_id in shown:
        board = board_for(room.db, BoardKind.ARGUMENT, argument.argument_id)
        assert board is not None
        assert message_id == board.message_id
    assert len(shown) == 2


def test_where_somebody_stands_changes_nothing_of_their_sheet(room: Classroom) -> None:
    sheets: list[object] = []
    for before, after in ((FOR, FOR), (AGAINST, FOR), (UNDECIDED, AGAINST)):
        debate = a_debate(room)
        debate.stand(ANNA, before)
        debate.argue(ANNA)
        debate.advance()
        debate.stand(ANNA, after, Phase.AFTER)
        debate.close()
        found = sheet(debate)
        sheets.append((found.facts, len(found.arguments), found.grade))
    assert sheets[0] == sheets[1] == sheets[2]


# Who and when


def test_grading_begins_with_the_vote(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(ANNA)
    with pytest.raises(WrongState):
        sheet(debate)
    with pytest.raises(WrongState):
        grade_list(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    debate.advance()
    assert sheet(debate).grade is None
    debate.close()
    assert sheet(debate).grade is None


def test_cancelled_debate_is_not_graded(room: Classroom) -> None:
    debate = at_its_vote(room)
    room.do(cancel_debate, guild_id=GUILD, debate_id=debate.debate_id, user_id=HOST, at=room.now)
    with pytest.raises(WrongState):
        sheet(debate)


@pytest.mark.parametrize("stranger", [UserId(4), HOST])
def test_only_those_who_joined_are_graded(room: Classroom, stranger: UserId) -> None:
    debate = at_its_vote(room)
    a_debate(room).join(HOST)
    with pytest.raises(NotFound):
        sheet(debate, stranger)


def test_whoever_has_left_is_not_graded_nor_told(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    learner_id = sheet(debate).learner_id
    debate.leave(ANNA)
    with pytest.raises(WrongState):
        sheet(debate)
    with pytest.raises(WrongState):
        room.do(
            give_marks,
            guild_id=GUILD,
            debate_id=debate.debate_id,
            learner_id=learner_id,
            typed=TYPED,
            base=NO_VERSION,
            user_id=HOST,
            interaction_id=room.click(),
            at=room.now,
        )
    debate.close()
    release(debate)
    assert news(room) == {}
    shown = grade_list(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert ([user_id for user_id, _ in shown.people], shown.left) == ([BEN, CEM], 1)
    with pytest.raises(NotFound):
        own_grade(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA)


def test_who_comes_back_finds_the_grade_that_was_given(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    debate.leave(ANNA)
    debate.join(ANNA)
    debate.close()
    release(debate)
    assert set(news(room)) == {ANNA}


def test_deleting_takes_a_grade_along_that_was_not_told(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    mark(debate, BEN)
    debate.close()
    debate.delete(ANNA)
    release(debate)
    debate.delete(BEN)
    assert room.rows("SELECT COUNT(*) FROM debate_grade") == [(1,)]
    assert own_grade(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=BEN).marks == MARKS


def test_nothing_of_one_server_is_graded_or_read_in_another(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    debate.close()
    release(debate)
    before = room.contents()
    about = {"guild_id": OTHER_GUILD, "debate_id": debate.debate_id}
    with pytest.raises(NotFound):
        sheet(debate, guild_id=OTHER_GUILD)
    with pytest.raises(NotFound):
        mark(debate, guild_id=OTHER_GUILD)
    with pytest.raises(NotFound):
        grade_list(room.db, **about)
    with pytest.raises(NotFound):
        room.do(release_grades, **about, at=room.now)
    with pytest.raises(NotFound):
        own_grade(room.db, **about, user_id=ANNA)
    assert room.contents() == before


def test_learner_of_another_debate_cannot_be_graded_in_this_one(room: Classroom) -> None:
    debate, other = at_its_vote(room), a_debate(room)
    other.argue(UserId(4))
    other.advance()
    learner_id = sheet(other, UserId(4)).learner_id
    with pytest.raises(NotFound):
        room.do(
            give_marks,
            guild_id=GUILD,
            debate_id=debate.debate_id,
            learner_id=learner_id,
            typed=TYPED,
            base=NO_VERSION,
            user_id=HOST,
            interaction_id=room.click(),
            at=room.now,
        )


# Giving


def test_marks_and_comment_are_kept_for_each_person(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    comment(debate, "  Well argued.\r\nGo on. ")
    mark(debate, BEN, evidence="0")
    room.reopen()
    mine = sheet(debate).grade
    assert mine is not None
    assert (mine.marks, mine.comment, mine.graded_by) == (MARKS, "Well argued.\nGo on.", HOST)
    theirs = sheet(debate, BEN).grade
    assert theirs is not None
    assert (theirs.marks[Criterion.EVIDENCE], theirs.comment) == (0, "")


def test_comment_stays_when_marks_change_and_can_be_taken_back(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    comment(debate, "Well argued.")
    changed = mark(debate, evidence="90").grade
    assert changed is not None
    assert (changed.comment, changed.marks[Criterion.EVIDENCE]) == ("Well argued.", 90)
    for blank in BLANK:
        comment(debate, "Well argued.")
        emptied = comment(debate, blank).grade
        assert emptied is not None
        assert emptied.comment == ""


@pytest.mark.parametrize("typed", ["", "101", "x"])
def test_wrong_mark_changes_nothing(room: Classroom, typed: str) -> None:
    debate = at_its_vote(room)
    before = room.contents()
    with pytest.raises(Invalid):
        mark(debate, civility=typed)
    assert room.contents() == before


def test_comment_is_cleaned_and_never_cut(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    grade = comment(debate, DIRTY).grade
    assert grade is not None
    assert grade.comment == CLEAN
    before = room.contents()
    with pytest.raises(Invalid):
        comment(debate, "x" * (LONGEST_COMMENT + 1))
    assert room.contents() == before


def test_comment_needs_marks_first(room: Classroom) -> None:
    with pytest.raises(WrongState):
        comment(at_its_vote(room), "Well argued.")


def test_same_form_twice_changes_nothing(room: Classroom) -> None:
    debate = at_its_vote(room)
    click = room.click()
    mark(debate, base=NO_VERSION, interaction_id=click)
    before = room.contents()
    mark(debate, base=NO_VERSION, interaction_id=click)
    assert room.contents() == before


def test_marks_of_another_instructor_are_not_overwritten_unseen(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate, by=UserId(1))
    before = room.contents()
    with pytest.raises(WrongState):
        mark(debate, base=NO_VERSION, by=UserId(2))
    with pytest.raises(WrongState):
        comment(debate, "Mine.", base=NO_VERSION)
    assert room.contents() == before
    mark(debate, by=UserId(2), evidence="1")
    grade = sheet(debate).grade
    assert grade is not None
    assert (grade.graded_by, grade.marks[Criterion.EVIDENCE]) == (2, 1)


# Telling


def test_grades_are_told_after_the_close_only_and_to_each_alone(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    comment(debate, "Well argued.")
    mark(debate, BEN, evidence="10")
    with pytest.raises(WrongState):
        release(debate)
    assert told(room, NoticeKind.GRADE_RELEASED) == []
    debate.close()
    assert news(room) == {}
    release(debate)
    assert news(room) == {
        ANNA: GradeNews(motion=debate.debate.motion, marks=MARKS, comment="Well argued."),
        BEN: GradeNews(motion=debate.debate.motion, marks=MARKS | {Criterion.EVIDENCE: 10}, comment=""),
    }


def test_release_again_tells_only_those_who_were_graded_since(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    debate.close()
    release(debate)
    send(room)
    release(debate)
    assert news(room) == {}
    mark(debate, BEN)
    assert news(room) == {}, "a grade that was not released is told to nobody"
    release(debate)
    assert set(news(room)) == {BEN}


def test_list_says_who_is_graded_and_told(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    shown = grade_list(room.db, **about)
    assert [(user_id, grade is not None) for user_id, grade in shown.people] == [
        (ANNA, True),
        (BEN, False),
        (CEM, False),
    ]
    assert (shown.graded, shown.to_release, shown.may_release) == (1, 1, False)
    debate.close()
    release(debate)
    shown = grade_list(room.db, **about)
    assert (shown.graded, shown.to_release, shown.may_release) == (1, 0, True)


def test_change_after_the_release_is_told(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    debate.close()
    release(debate)
    send(room)
    mark(debate, evidence="90")
    assert news(room)[ANNA].changed
    assert news(room)[ANNA].marks[Criterion.EVIDENCE] == 90
    send(room)
    comment(debate, "Better than I thought.")
    assert news(room)[ANNA].comment == "Better than I thought."
    send(room)
    mark(debate, evidence="90")
    assert news(room) == {}, "the same marks again are no change"


def test_change_of_what_nobody_has_read_yet_is_one_message(room: Classroom) -> None:
    debate = at_its_vote(room)
    mark(debate)
    debate.close()
    release(debate)
    mark(debate, evidence="90")
    [only] = told(room, NoticeKind.GRADE_RELEASED)
    assert GradeNews.model_validate_json(only.detail) == GradeNews(
        motion=debate.debate.motion, marks=MARKS | {Criterion.EVIDENCE: 90}, comment=""
    )


def test_own_grade_is_there_once_it_is_released(room: Classroom) -> None:
    debate = at_its_vote(room)
    about = {"guild_id": GUILD, "debate_id": debate.debate_id, "user_id": ANNA}
    mark(debate)
    debate.close()
    with pytest.raises(NotFound):
        own_grade(room.db, **about)
    assert not debate.place(ANNA).has_grade
    release(debate)
    room.reopen()
    assert own_grade(room.db, **about).marks == MARKS
    assert debate.place(ANNA).has_grade
    assert not debate.place(BEN).has_grade
    with pytest.raises(NotFound):
        own_grade(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=BEN)


def test_debate_whose_thread_was_deleted_can_be_graded(room: Classroom) -> None:
    debate = at_its_vote(room)
    room.db.conn.execute("UPDATE debate SET state = 'closed', close_reason = 'thread_deleted'")
    mark(debate)
    release(debate)
    assert set(news(room)) == {ANNA}


def test_timetable_without_a_vote_is_graded_after_the_close(room: Classroom) -> None:
    debate = a_debate(room, stages=BY_HAND[:1])
    debate.argue(ANNA)
    with pytest.raises(WrongState):
        sheet(debate)
    debate.close()
    assert sheet(debate).facts.arguments == 1
