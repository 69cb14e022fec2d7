"""What an outcome shows of votes: withheld where it could tell on somebody, and never counted anew once shown."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions.boards import Board, BoardKind, waiting_boards
from bot.actions.debate_course import cancel_debate
from bot.actions.debate_reports import OutcomeBoard, motion_board, outcome_board, stage_board
from bot.actions.own_arguments import withdraw_argument
from bot.debate.debate import Argument
from bot.debate.formats import Format, timetable
from bot.debate.judging import Better
from bot.debate.knowledge import KnowledgeVerdict, knowledge_and_shift
from bot.debate.stance import VOTES, Phase, Stance, Standing
from bot.debate.swing import Verdict
from bot.errors import SeminarError
from bot.ids import UserId
from bot.store.debates import stages_of
from bot.views import debate_boards, debate_outcome
from tests.actions.fair_debate import (
    AGAINST,
    BY_HAND,
    DECLINED,
    FOR,
    UNDECIDED,
    FairDebate,
    a_debate,
    each_with,
    people,
)
from tests.classroom import Classroom
from tests.discord.layouts import texts_of

STANCES = (FOR, AGAINST, UNDECIDED, DECLINED)
TIMES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(debate: FairDebate) -> OutcomeBoard:
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    return board


def votes_of(board: OutcomeBoard) -> tuple[object, ...]:
    """All that an outcome shows of votes."""
    return (
        board.voted_before,
        board.voted_after,
        board.declined_before,
        board.declined_after,
        board.swing.matrix.voters,
        board.before,
        board.after,
        dict(board.swing.matrix.cells) if board.switches_shown else None,
        board.swing.verdict,
        board.swing.figure,
        board.swing.interval,
        {side: [each for _, each in pairs] for side, pairs in board.best.items()},
        board.comparisons,
        board.judges,
        board.knowledge,
    )


def vote_all(debate: FairDebate, pairs: Mapping[UserId, tuple[Stance, Stance]]) -> None:
    for user_id, (before, _) in pairs.items():
        debate.stand(user_id, before)
    debate.advance()
    for user_id, (_, after) in pairs.items():
        debate.stand(user_id, after, Phase.AFTER)


# Where people began


def test_stance_before_that_came_after_joining_is_counted_and_not_compared(room: Classroom) -> None:
    """Whoever says so late where they stood has heard arguments."""
    debate = a_debate(room, format=Format.OXFORD, stages=timetable(Format.OXFORD, None))
    early, late = people(12)[:6], people(12)[6:]
    for user_id, stance in each_with(early, (FOR, AGAINST)):
        debate.stand(user_id, stance)
    room.later(seconds=60)
    debate.advance()
    room.later(seconds=60)
    for user_id in late:
        debate.stand(user_id, AGAINST)
    for _ in range(3):
        debate.advance()
    for user_id in (*early, *late):
        debate.stand(user_id, FOR, Phase.AFTER)
    debate.close()
    board = outcome(debate)
    assert (board.voted_before, board.voted_after, board.swing.matrix.voters) == (12, 12, 6)


def test_without_joining_a_stance_before_is_late_once_somebody_else_has_argued(room: Classroom) -> None:
    debate = a_debate(room)
    early, late = people(12)[:6], people(12)[6:]
    for user_id, stance in each_with(early, (FOR, AGAINST)):
        debate.stand(user_id, stance)
    room.later(seconds=30)
    argued = debate.argue(late[0])
    room.later(seconds=30)
    withdraw(debate, argued)
    debate.stand(early[0], AGAINST)  # within two minutes: a thumb slipped
    for user_id in late:
        debate.stand(user_id, AGAINST)
    debate.advance()
    for user_id in (*early, *late):
        debate.stand(user_id, FOR, Phase.AFTER)
    debate.close()
    board = outcome(debate)
    assert (board.voted_before, board.voted_after, board.swing.matrix.voters) == (12, 12, 7), (
        "and the only author"
    )
    assert board.before == {Standing.FOR: 2, Standing.AGAINST: 5, Standing.UNDECIDED: 0}


def withdraw(debate: FairDebate, argument: Argument) -> None:
    """Its author takes it back."""
    debate.room.do(
        withdraw_argument,
        guild_id=debate.guild_id,
        argument_id=argument.argument_id,
        user_id=argument.user_id,
        withdrawn=True,
        at=debate.room.now,
    )


# Suppression


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_fewer_than_five_are_not_broken_down(room: Classroom, count: int) -> None:
    debate = a_debate(room)
    vote_all(debate, {who: (stance, FOR) for who, stance in each_with(people(count), (FOR, AGAINST))})
    debate.close()
    board = outcome(debate)
    assert (board.before, board.after, board.switches_shown) == (None, None, False)
    assert board.swing.matrix.cells == {}
    assert board.swing.matrix.voters == count
    shown = texts_of(debate_outcome.outcome(board))
    assert "too few, or too much alike, to show" in shown
    assert "began **" not in shown


def test_five_who_agree_are_not_broken_down(room: Classroom) -> None:
    debate = a_debate(room)
    vote_all(debate, dict.fromkeys(people(5), (FOR, FOR)))
    debate.close()
    board = outcome(debate)
    assert (board.before, board.after, board.switches_shown) == (None, None, False)


def test_one_unanimous_row_withholds_all_rows_and_the_totals_after(room: Classroom) -> None:
    debate = a_debate(room)
    pairs = dict(each_with(people(6), (FOR,)))
    both = {who: (stance, stance) for who, stance in pairs.items()}  # all six who began for stay
    both |= {UserId(20 + n): (AGAINST, FOR if n % 2 else AGAINST) for n in range(6)}
    both |= {UserId(40 + n): (UNDECIDED, FOR if n % 2 else AGAINST) for n in range(6)}
    vote_all(debate, both)
    debate.close()
    board = outcome(debate)
    assert board.before == {Standing.FOR: 6, Standing.AGAINST: 6, Standing.UNDECIDED: 6}
    assert (board.after, board.switches_shown) == (None, False)
    assert board.swing.verdict is not Verdict.TOO_FEW
    assert (board.swing.matrix.cells, board.swing.figure, board.swing.interval) == ({}, None, None)


@pytest.mark.parametrize(
    ("voted", "declined", "shown"), [(4, 1, 1), (1, 4, 4), (3, 1, 0), (0, 6, 0), (6, 0, 0)]
)
def test_how_many_would_rather_not_say_is_shown_where_it_tells_on_nobody(
    room: Classroom, voted: int, declined: int, shown: int
) -> None:
    debate = a_debate(room)
    asked = people(voted + declined)
    answers = {**dict.fromkeys(asked[:voted], FOR), **dict.fromkeys(asked[voted:], DECLINED)}
    vote_all(debate, {who: (stance, stance) for who, stance in answers.items()})
    counted = outcome(debate)
    debate.close()
    board = outcome(debate)
    assert (board.voted_before, board.declined_before, board.declined_after) == (voted, shown, shown)
    assert votes_of(board) == votes_of(counted)
    said = f" Rather not say: {shown} before, {shown} after."
    assert (said in texts_of(debate_outcome.outcome(board))) == bool(shown)


@TIMES
@given(votes=st.lists(st.tuples(st.sampled_from(STANCES), st.sampled_from(STANCES)), max_size=24))
def test_every_count_that_is_shown_has_five_people_of_two_minds(
    room: Classroom, votes: list[tuple[Stance, Stance]]
) -> None:
    debate = a_debate(room)
    vote_all(debate, dict(zip(people(len(votes)), votes, strict=True)))
    debate.close()
    board = outcome(debate)
    shown = [counts for counts in (board.before, board.after) if counts is not None]
    if board.switches_shown:
        began = [origin for origin in VOTES if board.swing.matrix.began(origin)]
        shown += [board.swing.matrix.row(origin) for origin in began]
    for counts in shown:
        assert sum(counts.values()) >= 5
        assert max(counts.values()) < sum(counts.values())
    assert board.switches_shown or board.swing.matrix.cells == {}


def test_knowledge_is_withheld_where_the_rest_of_the_class_would_be_told_on() -> None:
    known = [(1.0, True), (1.0, False)] * 5 + [(0.0, True), (0.0, False)] * 5
    assert knowledge_and_shift(known).verdict is not KnowledgeVerdict.TOO_FEW
    for unknown in ([True], [False] * 4, [True] * 9, [False] * 9):
        # The switches of everybody, less these counts, are those of the few who have no score.
        assert knowledge_and_shift(known, unknown).verdict is KnowledgeVerdict.TOO_FEW
    assert knowledge_and_shift(known, [True, False, True, False, False]) == knowledge_and_shift(known)


# Shown once, shown for good


def a_class(room: Classroom) -> FairDebate:
    """A debate of thirty with arguments that were compared; what is shown is everything that can be."""
    debate = a_debate(room)
    users = people(30)
    for place, side in enumerate(("for", "for", "against", "against")):
        debate.argue(users[place], side=side)
    after = (FOR, AGAINST)
    vote_all(
        debate,
        {
            who: (stance, after[place % 2])
            for place, (who, stance) in enumerate(each_with(users, (FOR, AGAINST, UNDECIDED)))
        },
    )
    for who in users[4:12]:
        debate.judge_all(who, [1, 4, 2, 3])
    return debate


def test_what_is_shown_of_votes_stays_when_somebody_deletes_theirs(room: Classroom) -> None:
    debate = a_class(room)
    debate.close()
    seen = votes_of(outcome(debate))
    assert outcome(debate).switches_shown
    assert any(outcome(debate).best.values())
    debate.delete(people(30)[4])
    assert room.rows("SELECT COUNT(*) FROM stance") == [(58,)]
    assert votes_of(outcome(debate)) == seen


def test_deleted_argument_is_no_longer_among_the_best(room: Classroom) -> None:
    debate = a_class(room)
    debate.close()
    named = [argument.number for pairs in outcome(debate).best.values() for argument, _ in pairs]
    assert named == [1, 4]
    debate.delete(people(30)[0])
    named = [argument.number for pairs in outcome(debate).best.values() for argument, _ in pairs]
    assert named == [4]
    assert [argument.number for argument in outcome(debate).arguments] == [2, 3, 4]


def test_votes_deleted_before_the_close_are_not_counted(room: Classroom) -> None:
    debate = a_class(room)
    debate.delete(people(30)[4])
    debate.close()
    board = outcome(debate)
    assert (board.voted_before, board.voted_after, board.swing.matrix.voters) == (29, 29, 29)


def test_kept_figures_are_those_that_were_counted(room: Classroom) -> None:
    debate = a_class(room)
    counted = votes_of(outcome(debate))
    debate.close()
    assert room.rows("SELECT COUNT(*) FROM debate_figures") == [(1,)]
    assert votes_of(outcome(debate)) == counted
    room.reopen()
    assert votes_of(outcome(debate)) == counted


def test_file_keeps_no_counts_that_are_not_shown(room: Classroom) -> None:
    debate = a_debate(room)
    vote_all(debate, dict.fromkeys(people(3), (FOR, AGAINST)))
    debate.close()
    [(content,)] = room.rows("SELECT content FROM debate_figures")
    assert isinstance(content, str)
    assert "for" not in content.replace("before", "")
    assert "against" not in content


def test_outcome_of_a_debate_from_before_is_kept_before_the_first_deletion(room: Classroom) -> None:
    debate = a_class(room)
    debate.close()
    room.db.conn.execute("DELETE FROM debate_figures")
    seen = votes_of(outcome(debate))
    debate.delete(people(30)[4])
    debate.delete(people(30)[5])
    assert votes_of(outcome(debate)) == seen


def test_cancelled_debate_keeps_no_figures(room: Classroom) -> None:
    debate = a_class(room)
    about = {"guild_id": debate.guild_id, "debate_id": debate.debate_id, "user_id": UserId(1)}
    room.do(cancel_debate, **about, at=room.now)
    debate.delete(people(30)[4])
    assert room.rows("SELECT * FROM debate_figures") == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("before"), st.integers(0, 9), st.sampled_from(STANCES)),
        st.tuples(st.just("after"), st.integers(0, 9), st.sampled_from(STANCES)),
        st.tuples(st.just("argue"), st.integers(0, 9), st.sampled_from(["for", "against"])),
        st.tuples(st.just("judge"), st.integers(0, 9), st.sampled_from([Better.LEFT, Better.RIGHT])),
        st.tuples(st.just("leave"), st.integers(0, 9), st.none()),
        st.tuples(st.just("delete"), st.integers(0, 9), st.none()),
        st.tuples(st.sampled_from(["advance", "close"]), st.just(0), st.none()),
    ),
    max_size=60,
)


def do(debate: FairDebate, step: tuple[str, int, object]) -> None:
    """Take a step as far as it is possible now; what is refused changes nothing."""
    what, number, how = step
    who = people(10)[number]
    try:
        match what, how:
            case "before", Stance():
                debate.stand(who, how)
            case "after", Stance():
                debate.stand(who, how, Phase.AFTER)
            case "argue", str():
                debate.argue(who, side=how)
            case "judge", Better():
                debate.judge(who, how)
            case "leave", _:
                debate.leave(who)
            case "delete", _:
                debate.delete(who)
            case "advance", _:
                debate.advance()
            case _:
                debate.close()
    except SeminarError:
        pass


def public_votes(debate: FairDebate) -> tuple[object, ...] | None:
    """All that the public messages of a debate say of votes now; None while there is no outcome."""
    boards = {
        kind
        for (kind,) in debate.room.rows("SELECT kind FROM board WHERE subject_id = :i", i=debate.debate_id)
    }
    return votes_of(outcome(debate)) if "outcome" in boards else None


def votes_only(seen: tuple[object, ...]) -> tuple[object, ...]:
    """Without the best arguments: these may go with their authors, and tell of no vote."""
    return (*seen[:9], *seen[10:])


@TIMES
@given(before=STEPS, after=STEPS)
def test_no_two_public_states_of_a_debate_differ_by_a_vote(
    room: Classroom,
    before: list[tuple[str, int, object]],
    after: list[tuple[str, int, object]],
) -> None:
    debate = a_debate(room, stages=BY_HAND)
    vote_all_of_ten(debate)
    states: list[tuple[object, ...]] = []
    for step in [*before, ("close", 0, None), *after]:
        do(debate, step)
        seen = public_votes(debate)
        if seen is not None:
            states.append(votes_only(seen))
    assert states, "it is closed in the end"
    assert all(state == states[0] for state in states)


def vote_all_of_ten(debate: FairDebate) -> None:
    """Ten stances and two arguments of either side, so that the outcome has something to show."""
    for who, stance in each_with(people(10), (FOR, AGAINST)):
        debate.stand(who, stance)
    for number, side in enumerate(("for", "against", "for", "against")):
        debate.argue(people(10)[number], side=side)


@TIMES
@given(steps=STEPS)
def test_nothing_public_tells_of_votes_while_a_debate_goes_on(
    room: Classroom, steps: list[tuple[str, int, object]]
) -> None:
    """Two debates with the same people and arguments, and other stances: their messages say the same."""
    one, other = a_debate(room), a_debate(room)
    turned = {FOR: AGAINST, AGAINST: UNDECIDED, UNDECIDED: DECLINED, DECLINED: FOR}
    for step in steps:
        if step[0] == "close":
            continue
        do(one, step)
        what, number, how = step
        do(other, (what, number, turned[how] if isinstance(how, Stance) else how))
        if public_votes(one) is None and public_votes(other) is None:
            assert messages(one) == messages(other)


def messages(debate: FairDebate) -> list[str]:
    """What the motion, the stages and the status say of a debate."""
    db = debate.room.db
    motion = motion_board(db, debate_id=debate.debate_id)
    assert motion is not None
    stages = [stage_board(db, stage_id=each.stage_id) for each in stages_of(db, debate.debate_id)]
    return [
        texts_of(debate_boards.motion(motion)),
        *(texts_of(debate_boards.stage(each)) for each in stages if each is not None),
    ]


def kinds(boards: list[Board]) -> set[BoardKind]:
    return {board.kind for board in boards}


def test_outcome_is_shown_anew_when_something_of_it_is_deleted(room: Classroom) -> None:
    debate = a_class(room)
    debate.close()
    room.publish()
    debate.delete(people(30)[0])
    assert {BoardKind.OUTCOME, BoardKind.ARGUMENT, BoardKind.MAP} <= kinds(waiting_boards(room.db))
