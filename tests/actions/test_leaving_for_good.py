"""Leaving a debate without any penalty, and with everything that one wrote."""

from collections.abc import Sequence

import pytest

from bot.actions.arguing import ArgumentDraft, ArgumentForm, begin_argument, keep_draft
from bot.actions.boards import BoardKind, waiting_boards
from bot.actions.debate_course import cancel_debate
from bot.actions.debate_joining import let_name
from bot.actions.debate_reports import argument_board, debate_map, debate_status, outcome_board
from bot.actions.joint_statement import sign_statement, write_statement
from bot.actions.leaving import leave_and_delete, look_before_leaving
from bot.actions.message_reporting import report_message
from bot.actions.own_arguments import own_arguments, revise_argument, withdraw_argument
from bot.actions.restating import judge, restate, restated
from bot.actions.transcripts import transcript_of
from bot.debate.debate import Argument
from bot.debate.formats import Format, Planned, Stage, Timetable
from bot.debate.judging import Better
from bot.debate.stance import Phase
from bot.debate.steelman import Fairness
from bot.errors import NotAllowed, NotFound
from bot.ids import MessageId, UserId
from bot.store.arguments import find_argument
from bot.store.attempts import learners_around
from bot.store.debaters import side_counts
from bot.views import debate_arguments, debate_outcome
from bot.views.restatements import restatement_card
from tests.actions.fair_debate import AGAINST, FOR, FairDebate, a_debate
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, MONDAY, OTHER_GUILD, Classroom
from tests.discord.layouts import texts_of

SECRET = "Zebrafinch"
STAGES: Timetable = (Planned(Stage.FLOOR), Planned(Stage.STATEMENT), Planned(Stage.VOTING))


def lived_in(room: Classroom) -> FairDebate:
    """A debate in which Anna has left a trace of every sort, each with a word that nobody else uses."""
    debate = a_debate(room, stages=STAGES)
    debate.stand(ANNA, FOR)
    debate.stand(BEN, AGAINST)
    first = debate.argue(ANNA, f"{SECRET} one.", evidence=f"{SECRET} two.")
    debate.argue(BEN, "Ben's.", side="against", answers=first.number)
    debate.argue(BEN, "Another of Ben's.", side="for")
    revised = {"claim": f"{SECRET} three.", "evidence": "E.", "reasoning": f"{SECRET} four."}
    about = {"guild_id": GUILD, "user_id": ANNA, "at": room.now}
    room.do(
        revise_argument,
        **about,
        argument_id=first.argument_id,
        **revised,
        interaction_id=room.click(),
    )
    restatement = room.do(
        restate,
        **about,
        argument_id=by_number(room, debate, 2).argument_id,
        text=f"{SECRET} five.",
        interaction_id=room.click(),
    )
    room.do(
        judge,
        guild_id=GUILD,
        restatement_id=restatement.restatement.restatement_id,
        user_id=BEN,
        fairness=Fairness.FAIR,
        at=room.now,
    )
    theirs = {"guild_id": GUILD, "user_id": BEN, "at": room.now}
    room.do(
        restate, **theirs, argument_id=first.argument_id, text="In Ben's words.", interaction_id=room.click()
    )
    draft = ArgumentDraft(claim=f"{SECRET} six.")
    room.do(keep_draft, **about, debate_id=debate.debate_id, draft=draft)
    room.do(let_name, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, named=True)
    debate.judge(CEM, Better.LEFT)
    debate.judge(ANNA, Better.RIGHT)
    debate.chat(ANNA, 3)
    debate.advance()
    room.do(
        write_statement,
        **about,
        debate_id=debate.debate_id,
        base=None,
        text="All of us.",
        interaction_id=room.click(),
    )
    [(version_id,)] = room.rows("SELECT version_id FROM statement_version")
    room.do(sign_statement, **about, debate_id=debate.debate_id, version_id=version_id, signed=True)
    debate.advance()
    debate.stand(ANNA, AGAINST, Phase.AFTER)
    return debate


def by_number(room: Classroom, debate: FairDebate, number: int) -> Argument:
    board = debate_map(room.db, debate_id=debate.debate_id)
    assert board is not None
    return next(
        placed.argument
        for trees in board.trees.values()
        for placed in trees
        if placed.argument.number == number
    )


def rows_of(room: Classroom, user_id: UserId, tables: Sequence[str]) -> dict[str, int]:
    """How many rows of each table belong to a person."""
    return {
        table: count
        for table in tables
        for (count,) in room.rows(
            f"SELECT COUNT(*) FROM {table} WHERE learner_id IN "
            "(SELECT learner_id FROM learner WHERE user_id = :user_id)",
            user_id=user_id,
        )
        if isinstance(count, int)
    }


WORDS_AND_VOTES = (
    "argument", "restatement", "stance", "comparison", "signature", "statement_version", "draft",
)  # fmt: skip


def test_plain_leaving_keeps_everything_and_is_no_part_of_any_count(room: Classroom) -> None:
    debate = lived_in(room)
    kept = rows_of(room, ANNA, WORDS_AND_VOTES)
    place = debate.leave(ANNA)
    assert (place.takes_part, place.has_traces) == (False, True)
    assert rows_of(room, ANNA, WORDS_AND_VOTES) == kept
    status = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert status.members == 1
    assert sum(side_counts(room.db, debate.debate_id).values()) == 0


def test_outcome_is_shown_anew_without_one_who_leaves_after_the_close(room: Classroom) -> None:
    debate = lived_in(room)
    debate.close()
    room.publish()
    debate.leave(ANNA)
    assert {board.kind for board in waiting_boards(room.db)} == {BoardKind.MOTION, BoardKind.OUTCOME}


def test_whoever_leaves_is_not_named_in_a_transcript_until_they_come_back(room: Classroom) -> None:
    debate = lived_in(room)
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    assert transcript_of(room.db, **about).named == {ANNA}
    debate.leave(ANNA)
    assert transcript_of(room.db, **about).named == frozenset()
    debate.join(ANNA)
    assert transcript_of(room.db, **about).named == {ANNA}


def test_it_is_said_before_what_goes(room: Classroom) -> None:
    debate = lived_in(room)
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    before = room.contents()
    traces = look_before_leaving(room.db, **about, user_id=ANNA).traces
    assert (traces.arguments, traces.restatements, traces.stances) == (1, 1, 2)
    assert (traces.comparisons, traces.signatures, traces.drafts) == (1, 1, 1)
    assert room.contents() == before
    with pytest.raises(NotFound):
        look_before_leaving(room.db, **about, user_id=UserId(4))
    with pytest.raises(NotFound):
        look_before_leaving(room.db, guild_id=OTHER_GUILD, debate_id=debate.debate_id, user_id=ANNA)


@pytest.mark.parametrize("closed", [False, True])
def test_nothing_of_what_one_wrote_or_voted_is_left_in_the_file(room: Classroom, closed: bool) -> None:
    debate = lived_in(room)
    if closed:
        debate.close()
    assert any(SECRET in line for line in room.contents())
    place = debate.delete(ANNA)
    assert (place.takes_part, place.has_traces, place.before, place.after) == (False, False, None, None)
    assert not any(SECRET in line for line in room.contents())
    assert rows_of(room, ANNA, WORDS_AND_VOTES) == dict.fromkeys(WORDS_AND_VOTES, 0)
    assert room.rows("SELECT COUNT(*) FROM message WHERE user_id = :anna", anna=ANNA) == [(0,)]
    assert room.rows("SELECT COUNT(*) FROM message") == [(3,)], "that something was posted is still known"
    assert transcript_of(room.db, guild_id=GUILD, debate_id=debate.debate_id).named == frozenset()


def test_what_was_deleted_is_overwritten_in_the_file(room: Classroom) -> None:
    debate = lived_in(room)
    room.reopen()
    assert SECRET.encode() in room.path.read_bytes()
    debate.delete(ANNA)
    room.reopen()
    assert room.rows("PRAGMA secure_delete") == [(1,)]
    assert SECRET.encode() not in room.path.read_bytes()


def test_nobody_elses_words_and_votes_go(room: Classroom) -> None:
    debate = lived_in(room)
    kept = [rows_of(room, who, WORDS_AND_VOTES) for who in (BEN, CEM)]
    debate.delete(ANNA)
    assert [rows_of(room, who, WORDS_AND_VOTES) for who in (BEN, CEM)] == kept
    assert room.rows("SELECT text FROM statement_version") == [("All of us.",)]


def test_deleted_argument_keeps_its_number_and_its_answers_their_place(room: Classroom) -> None:
    debate = lived_in(room)
    answer = by_number(room, debate, 2)
    debate.delete(ANNA)
    board = debate_map(room.db, debate_id=debate.debate_id)
    assert board is not None
    placed = [each for trees in board.trees.values() for each in trees]
    assert [(each.argument.number, each.depth, each.argument.stands) for each in placed] == [
        (1, 0, False),
        (2, 1, True),
        (3, 0, True),
    ]
    shown = argument_board(room.db, argument_id=answer.argument_id)
    assert shown is not None
    assert "argument 1 (for): withdrawn since." in texts_of(debate_arguments.argument(shown))
    assert "1** (for): withdrawn" in texts_of(debate_arguments.argument_map(board, None))


def test_empty_argument_tells_nobody_whose_it_was_and_cannot_be_put_back(room: Classroom) -> None:
    debate = lived_in(room)
    argument_id = by_number(room, debate, 1).argument_id
    debate.delete(ANNA)
    gone = find_argument(room.db, argument_id)
    assert gone is not None
    assert gone.user_id == 0
    assert own_arguments(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA) == []
    with pytest.raises(NotAllowed):
        room.do(
            withdraw_argument,
            guild_id=GUILD,
            argument_id=argument_id,
            user_id=ANNA,
            withdrawn=False,
            at=room.now,
        )


def test_next_number_is_a_new_one(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(ANNA)
    debate.delete(ANNA)
    assert debate.argue(BEN).number == 2


def test_everything_that_shows_the_words_is_shown_anew(room: Classroom) -> None:
    debate = lived_in(room)
    room.publish()
    debate.delete(ANNA)
    waiting = {(board.kind, board.subject_id) for board in waiting_boards(room.db)}
    assert waiting == {
        (BoardKind.ARGUMENT, 1),
        (BoardKind.ARGUMENT, 2),
        (BoardKind.RESTATEMENT, 1),
        (BoardKind.RESTATEMENT, 2),
        (BoardKind.MOTION, debate.debate_id),
        (BoardKind.MAP, debate.debate_id),
        (BoardKind.STATEMENT, debate.debate_id),
    }


def test_restatements_show_neither_deleted_words_nor_a_deleted_author(room: Classroom) -> None:
    debate = lived_in(room)
    debate.delete(ANNA)
    for restatement_id in (1, 2):
        shown = texts_of(restatement_card(restated(room.db, guild_id=GUILD, restatement_id=restatement_id)))
        assert SECRET not in shown
        assert "<@" not in shown
    assert "Whoever wrote this has deleted it." in texts_of(
        restatement_card(restated(room.db, guild_id=GUILD, restatement_id=1))
    )


def test_deleting_twice_changes_nothing_more(room: Classroom) -> None:
    debate = lived_in(room)
    room.publish()
    debate.delete(ANNA)
    rows = {table: room.rows(f"SELECT * FROM {table}") for table in (*WORDS_AND_VOTES, "debater", "learner")}
    room.later(seconds=60)
    room.reopen()
    debate.delete(ANNA)
    assert {table: room.rows(f"SELECT * FROM {table}") for table in rows} == rows


def test_the_same_form_delivered_again_brings_no_text_back(room: Classroom) -> None:
    debate = a_debate(room)
    click = room.click()
    debate.argue(ANNA, SECRET, interaction_id=click)
    debate.delete(ANNA)
    again = debate.argue(ANNA, SECRET, interaction_id=click)
    assert (again.number, again.stands, again.text.claim) == (1, False, "")
    assert room.rows("SELECT COUNT(*) FROM argument") == [(1,)]
    assert not debate.place(ANNA).takes_part


def test_one_may_come_back_after_deleting(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(ANNA)
    debate.delete(ANNA)
    debate.argue(ANNA, "Anew.")
    place = debate.place(ANNA)
    assert (place.takes_part, place.has_traces) == (True, True)
    form = room.do(begin_argument, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, at=room.now)
    assert isinstance(form, ArgumentForm)
    assert form.draft == ArgumentDraft()


def test_other_debates_keep_what_one_wrote_there(room: Classroom) -> None:
    debate, other = a_debate(room), a_debate(room)
    for each in (debate, other):
        each.stand(ANNA, FOR)
        each.argue(ANNA, SECRET)
    debate.delete(ANNA)
    [mine] = own_arguments(room.db, guild_id=GUILD, debate_id=other.debate_id, user_id=ANNA)
    assert (mine.argument.text.claim, mine.argument.stands) == (SECRET, True)
    assert other.place(ANNA).before == FOR


def test_nobody_deletes_from_another_server_or_for_somebody_else(room: Classroom) -> None:
    debate = lived_in(room)
    before = room.contents()
    for guild_id, user_id in ((OTHER_GUILD, ANNA), (GUILD, UserId(4))):
        with pytest.raises(NotFound):
            room.do(
                leave_and_delete,
                guild_id=guild_id,
                debate_id=debate.debate_id,
                user_id=user_id,
                at=room.now,
            )
        assert room.contents() == before


def test_cancelled_debate_can_be_cleared_too(room: Classroom) -> None:
    debate = lived_in(room)
    room.do(cancel_debate, guild_id=GUILD, debate_id=debate.debate_id, user_id=HOST, at=room.now)
    debate.delete(ANNA)
    assert not any(SECRET in line for line in room.contents())


def test_outcome_shows_nothing_of_what_was_deleted(room: Classroom) -> None:
    debate = lived_in(room)
    debate.close()
    debate.delete(ANNA)
    board = outcome_board(room.db, debate_id=debate.debate_id)
    assert board is not None
    assert [each.number for each in board.arguments] == [2, 3]
    assert (board.voted_before, board.voted_after) == (2, 1), "as they were when it was closed"
    assert SECRET not in texts_of(debate_outcome.outcome(board))


def test_whoever_has_written_what_was_deleted_is_nobody_in_any_server(room: Classroom) -> None:
    debate = lived_in(room)
    debate.delete(ANNA)
    assert room.rows("SELECT guild_id FROM learner WHERE user_id = 0") == [(0,)]
    for guild_id in (GUILD, OTHER_GUILD):
        assert 0 not in [each.user_id for each in learners_around(room.db, guild_id, MONDAY)]


def test_reports_on_deleted_words_stay_with_the_instructors(room: Classroom) -> None:
    debate = lived_in(room)
    room.publish()
    [(message_id,)] = room.rows("SELECT message_id FROM board WHERE kind = 'argument' AND subject_id = 1")
    assert isinstance(message_id, int)
    room.do(
        report_message,
        guild_id=GUILD,
        channel_id=debate.debate.thread_id,
        message_id=MessageId(message_id),
        author_id=None,
        user_id=BEN,
        text="",
        interaction_id=room.click(),
        at=room.now,
    )
    debate.delete(ANNA)
    assert room.rows("SELECT author_id, argument_id FROM message_report") == [(ANNA, 1)]


def test_sides_of_a_debate_are_filled_up_without_those_who_left(room: Classroom) -> None:
    stages: Timetable = (Planned(Stage.OPENING), Planned(Stage.VOTING))
    debate = a_debate(room, format=Format.OXFORD, stages=stages)
    debate.join(ANNA, BEN)
    side = debate.place(ANNA).argues
    debate.delete(ANNA)
    debate.join(CEM)
    assert debate.place(CEM).argues is side
