"""An instructor hides what somebody wrote in a debate: nobody else reads it, nothing is lost, and it can be undone."""

import random

import pytest

from bot.actions.boards import BoardKind, NoticeKind, waiting_boards
from bot.actions.debate_reports import argument_board, debate_map, motion_board, outcome_board
from bot.actions.hiding import (
    HiddenNews,
    Hideable,
    HideableKind,
    hide_written,
    hidings_page,
    message_deleted,
    show_again,
)
from bot.actions.inbox import inbox_page
from bot.actions.joint_statement import (
    JointStatement,
    statement_board,
    statement_to_edit,
    write_statement,
)
from bot.actions.judging import Pair, compare_next, judge_pair
from bot.actions.leaving import leave_and_delete
from bot.actions.message_reporting import report_message
from bot.actions.message_reports import HiddenAndDecided, MessageEntry, hide_reported, open_message_entry
from bot.actions.own_arguments import own_words
from bot.actions.restating import Restated, judge, restate, restated
from bot.actions.showing_arguments import openings, visible_arguments
from bot.actions.transcripts import transcript_of
from bot.debate.debate import Argument
from bot.debate.formats import Format, Stage
from bot.debate.judging import Better
from bot.debate.options import DebateOptions
from bot.debate.steelman import HONEST_TRIES, Fairness
from bot.errors import NotFound, WrongState
from bot.ids import HidingId, MessageId, UserId
from bot.store.arguments import find_argument
from bot.store.boards import Board, board_for
from bot.store.restatements import count_fair_restatements
from tests.actions.fair_debate import told
from tests.classroom import CEM, GUILD, HOST, OTHER_GUILD, Classroom
from tests.debate_class import DebateClass
from tests.debate_deeds import answer, own, revise, to_show, two_sides, withdraw

SLUR = "Those people are vermin."


def message(room: Classroom, kind: BoardKind, subject_id: int) -> Board:
    room.publish()
    found = board_for(room.db, kind, subject_id)
    assert found is not None
    assert found.message_id is not None
    return found


def report(debate: DebateClass, kind: BoardKind, subject_id: int, *, by: UserId = CEM) -> None:
    board = message(debate.room, kind, subject_id)
    debate.room.do(
        report_message,
        guild_id=GUILD,
        channel_id=board.channel_id,
        message_id=board.message_id or MessageId(0),
        author_id=None,
        user_id=by,
        text="",
        interaction_id=debate.room.click(),
        at=debate.room.later(seconds=1),
    )


def entry(room: Classroom) -> MessageEntry:
    [found] = inbox_page(room.db, guild_id=GUILD).entries
    assert isinstance(found, MessageEntry)
    return found


def hide(debate: DebateClass, kind: BoardKind, subject_id: int) -> HiddenAndDecided:
    """Somebody reports the message, and an instructor hides what it shows."""
    report(debate, kind, subject_id)
    return hide_shown(debate)


def hide_shown(debate: DebateClass) -> HiddenAndDecided:
    room, report_id = debate.room, entry(debate.room).report_id
    written = open_message_entry(room.db, guild_id=GUILD, report_id=report_id).written
    assert written is not None
    return room.do(
        hide_reported,
        guild_id=GUILD,
        user_id=HOST,
        report_id=report_id,
        subject_id=written.subject_id,
        at=room.later(seconds=1),
    )


def show(debate: DebateClass, done: HiddenAndDecided) -> None:
    for hiding_id in done.hidings:
        debate.room.do(
            show_again, guild_id=GUILD, user_id=HOST, hiding_id=hiding_id, at=debate.room.later(seconds=1)
        )


def delete(room: Classroom, kind: BoardKind, subject_id: int) -> None:
    """A moderator deletes the message by hand."""
    message_id = message(room, kind, subject_id).message_id or MessageId(0)
    for each in (message_id, MessageId(1)):
        room.do(message_deleted, message_id=each, at=room.now)


def now(debate: DebateClass, argument: Argument) -> Argument:
    found = find_argument(debate.room.db, argument.argument_id)
    assert found is not None
    return found


def news(room: Classroom) -> list[tuple[UserId, HiddenNews]]:
    return [
        (each.user_id, HiddenNews.model_validate_json(each.detail))
        for each in told(room, NoticeKind.TEXT_HIDDEN)
    ]


# Arguments


def test_hidden_argument_is_read_nowhere_and_keeps_its_place(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    reply = answer(debate, on_against, argument)
    done = hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    assert done.told == 1
    assert not now(debate, argument).stands
    assert set(to_show(room, BoardKind.ARGUMENT)) == {argument.argument_id, reply.argument_id}
    for kind in (BoardKind.MOTION, BoardKind.MAP):
        assert to_show(room, kind) == [debate.debate_id]
    quoting = argument_board(room.db, argument_id=reply.argument_id)
    assert quoting is not None
    assert quoting.parent is not None
    assert (quoting.parent.number, quoting.parent.absence) == (1, "hidden by an instructor")
    mapped = debate_map(room.db, debate_id=debate.debate_id)
    assert mapped is not None
    tree = mapped.trees[argument.side]
    assert [(each.argument.number, each.argument.stands) for each in tree] == [(1, False), (2, True)]
    transcript = transcript_of(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert [each.number for each in transcript.arguments] == [2]
    assert [each.number for each in visible_arguments(room.db, debate.debate)] == [2]
    motion = motion_board(room.db, debate_id=debate.debate_id)
    assert motion is not None
    assert motion.arguments == 1
    assert room.rows("SELECT claim FROM argument WHERE number = 1") == [(SLUR,)], "nothing is lost"


def test_nobody_answers_or_restates_a_hidden_argument(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        answer(debate, on_against, argument)
    assert refused.value.state == "hidden by an instructor"
    with pytest.raises(WrongState):
        say(debate, on_against, argument, "They say so.")
    assert room.contents() == before


def test_author_is_told_once_and_still_reads_it(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    expected = HiddenNews(kind=HideableKind.ARGUMENT, number=1, motion=debate.debate.motion)
    assert news(room) == [(on_for, expected)]
    mine = own(debate, argument).argument
    assert (mine.text.claim, mine.hidden_at is None) == (SLUR, False)


def test_author_cannot_change_it_but_may_withdraw_it_and_write_another(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room, options=DebateOptions(quota=1))
    argument = debate.argue(on_for, SLUR)
    hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    with pytest.raises(WrongState):
        revise(debate, argument, "Lists work.")
    with pytest.raises(WrongState):
        debate.argue(on_for)
    assert withdraw(debate, argument).argument.withdrawn_at is not None
    assert now(debate, argument).absence == "withdrawn"
    assert debate.argue(on_for).number == 2
    with pytest.raises(WrongState):
        withdraw(debate, argument, withdrawn=False)


def test_put_back_by_its_author_it_stays_hidden(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    withdraw(debate, argument)
    withdraw(debate, argument, withdrawn=False)
    assert (now(debate, argument).withdrawn_at, now(debate, argument).stands) == (None, False)


def test_shown_again_it_stands_where_it_was(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    done = hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    show(debate, done)
    assert now(debate, argument).stands
    assert news(room) == [], "what was not sent yet is not true any more"
    assert to_show(room, BoardKind.ARGUMENT) == [argument.argument_id]
    with pytest.raises(WrongState):
        show(debate, done)
    [line] = hidings_page(room.db, guild_id=GUILD).hidden
    assert line.hiding.shown_at is not None
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    assert not now(debate, argument).stands
    assert len(hidings_page(room.db, guild_id=GUILD).hidden) == 2


def test_message_deleted_by_hand_hides_it_and_comes_back_only_when_it_is_shown(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    reply = answer(debate, on_against, argument)
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    assert not now(debate, argument).stands
    assert to_show(room, BoardKind.ARGUMENT) == [reply.argument_id]
    [line] = hidings_page(room.db, guild_id=GUILD).hidden
    assert (line.hiding.hidden_by, line.written.text) == (None, SLUR)
    room.publish()
    room.do(
        show_again, guild_id=GUILD, user_id=HOST, hiding_id=line.hiding.hiding_id, at=room.later(seconds=1)
    )
    waiting = [each for each in waiting_boards(room.db) if each.subject_id == argument.argument_id]
    assert [each.message_id for each in waiting if each.kind is BoardKind.ARGUMENT] == [None]


def test_deleted_message_of_a_withdrawn_argument_hides_nothing(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for)
    withdraw(debate, argument)
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    assert hidings_page(room.db, guild_id=GUILD).hidden == ()
    assert news(room) == []


def test_message_deleted_while_its_argument_is_withdrawn_comes_back_when_that_is_put_back(
    room: Classroom,
) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for)
    withdraw(debate, argument)
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    assert now(debate, argument).hidden_at is None, "it showed nothing that could be hidden"
    assert to_show(room, BoardKind.ARGUMENT) == []
    withdraw(debate, argument, withdrawn=False)
    assert to_show(room, BoardKind.ARGUMENT) == [argument.argument_id]


def test_argument_that_is_shown_again_while_it_is_withdrawn_has_no_message_until_it_is_put_back(
    room: Classroom,
) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for)
    delete(room, BoardKind.ARGUMENT, argument.argument_id)
    withdraw(debate, argument)
    [line] = hidings_page(room.db, guild_id=GUILD).hidden
    room.do(show_again, guild_id=GUILD, user_id=HOST, hiding_id=line.hiding.hiding_id, at=room.now)
    assert to_show(room, BoardKind.ARGUMENT) == []
    withdraw(debate, argument, withdrawn=False)
    assert to_show(room, BoardKind.ARGUMENT) == [argument.argument_id]


def test_hidden_opening_comes_into_the_thread_only_when_it_is_shown_again(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, Stage.OPENING, options=DebateOptions(hide_openings=True))
    argument, other = debate.argue(on_for, SLUR), debate.argue(on_against)
    room.do(
        hide_written,
        guild_id=GUILD,
        written=Hideable(
            HideableKind.ARGUMENT, argument.argument_id, debate.debate_id, on_for, argument.number, SLUR
        ),
        hidden_by=HOST,
        at=room.now,
    )
    seen = room.do(openings, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_against, at=room.now)
    assert [each.number for each in seen] == [other.number]
    debate.advance()
    assert to_show(room, BoardKind.ARGUMENT) == [other.argument_id]
    [line] = hidings_page(room.db, guild_id=GUILD).hidden
    room.do(show_again, guild_id=GUILD, user_id=HOST, hiding_id=line.hiding.hiding_id, at=room.now)
    assert to_show(room, BoardKind.ARGUMENT) == [other.argument_id, argument.argument_id]


@pytest.mark.parametrize(("how", "posted"), [("close", True), ("cancel", False)])
def test_hidden_opening_that_is_shown_after_the_end(room: Classroom, how: str, posted: bool) -> None:
    """It comes up where the other openings have, and stays hidden with them where the debate was cancelled."""
    debate, on_for, on_against = two_sides(room, Stage.OPENING, options=DebateOptions(hide_openings=True))
    argument, other = debate.argue(on_for, SLUR), debate.argue(on_against)
    written = Hideable(
        HideableKind.ARGUMENT, argument.argument_id, debate.debate_id, on_for, argument.number, SLUR
    )
    [hiding_id] = room.do(hide_written, guild_id=GUILD, written=written, hidden_by=HOST, at=room.now)
    {"close": debate.close, "cancel": debate.cancel}[how]()
    assert to_show(room, BoardKind.ARGUMENT) == ([other.argument_id] if posted else [])
    room.do(show_again, guild_id=GUILD, user_id=HOST, hiding_id=hiding_id, at=room.now)
    both = [other.argument_id, argument.argument_id]
    assert to_show(room, BoardKind.ARGUMENT) == (both if posted else [])


def test_hidden_argument_is_in_no_pair_and_not_among_the_best(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    bad, good, weak = debate.argue(on_for, SLUR), debate.argue(on_for), debate.argue(on_for)
    other = debate.argue(on_against)
    judges = [UserId(9_300 + number) for number in range(12)]
    for each in judges:
        pair = next_pair(debate, each)
        while isinstance(pair, Pair):
            on_side = pair.left if pair.left.side is bad.side else pair.right
            liked = other if on_side.argument_id == weak.argument_id else on_side
            better = Better.LEFT if liked.argument_id == pair.left.argument_id else Better.RIGHT
            pair = room.do(
                judge_pair,
                guild_id=GUILD,
                comparison_id=pair.comparison_id,
                user_id=each,
                better=better,
                rng=random.Random(1),
                at=room.now,
            )
    shown = next_pair(debate, CEM)
    assert isinstance(shown, Pair)
    hide(debate, BoardKind.ARGUMENT, bad.argument_id)
    pair = next_pair(debate, UserId(9_400))
    assert isinstance(pair, Pair)
    assert bad.argument_id not in {pair.left.argument_id, pair.right.argument_id}
    debate.close()
    outcome = outcome_board(room.db, debate_id=debate.debate_id)
    assert outcome is not None
    best = [argument.number for side in outcome.best.values() for argument, _ in side]
    assert good.number in best
    assert bad.number not in best
    assert outcome.comparisons == 2 * len(judges), "what was said of it says nothing of the others"


def test_hidden_after_the_close_it_leaves_the_outcome(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    debate.close()
    hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    assert to_show(room, BoardKind.OUTCOME) == [debate.debate_id]
    outcome = outcome_board(room.db, debate_id=debate.debate_id)
    assert outcome is not None
    assert outcome.arguments == ()


# The inbox


def test_hiding_decides_the_report_and_only_what_was_seen_is_hidden(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    report(debate, BoardKind.ARGUMENT, argument.argument_id)
    report_id = entry(room).report_id
    before = room.contents()
    with pytest.raises(WrongState):
        room.do(hide_reported, guild_id=GUILD, user_id=HOST, report_id=report_id, subject_id=999, at=room.now)
    with pytest.raises(WrongState):
        room.do(
            hide_reported,
            guild_id=OTHER_GUILD,
            user_id=HOST,
            report_id=report_id,
            subject_id=argument.argument_id,
            at=room.now,
        )
    assert room.contents() == before
    hide_shown(debate)
    assert inbox_page(room.db, guild_id=GUILD).entries == ()
    assert inbox_page(room.db, guild_id=GUILD).hidden
    assert not inbox_page(room.db, guild_id=OTHER_GUILD).hidden
    assert hidings_page(room.db, guild_id=OTHER_GUILD).hidden == ()


def test_what_a_server_hid_is_its_own_to_show(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    done = hide(debate, BoardKind.ARGUMENT, debate.argue(on_for, SLUR).argument_id)
    for guild_id, hiding_id in ((OTHER_GUILD, done.hidings[0]), (GUILD, HidingId(99))):
        with pytest.raises(NotFound):
            room.do(show_again, guild_id=guild_id, user_id=HOST, hiding_id=hiding_id, at=room.now)


def test_nothing_can_be_hidden_of_the_motion(room: Classroom) -> None:
    debate, _, _ = two_sides(room)
    report(debate, BoardKind.MOTION, debate.debate_id)
    found = open_message_entry(room.db, guild_id=GUILD, report_id=entry(room).report_id)
    assert found.written is None


@pytest.mark.parametrize("kind", HideableKind)
def test_report_names_whoever_wrote_what_the_message_shows(room: Classroom, kind: HideableKind) -> None:
    at_statement = kind is HideableKind.STATEMENT
    debate, on_for, on_against = two_sides(
        room,
        Stage.STATEMENT if at_statement else Stage.REBUTTAL,
        format=Format.SWITCH if at_statement else Format.OXFORD,
    )
    match kind:
        case HideableKind.ARGUMENT:
            report(debate, BoardKind.ARGUMENT, debate.argue(on_against).argument_id)
        case HideableKind.RESTATEMENT:
            made = say(debate, on_against, debate.argue(on_for), "They say so.")
            report(debate, BoardKind.RESTATEMENT, made.restatement.restatement_id)
        case HideableKind.STATEMENT:
            write(debate, on_for, "We agree.")
            write(debate, on_against, "We do not.")
            report(debate, BoardKind.STATEMENT, debate.debate_id)
    assert entry(room).message.author_id == on_against
    assert entry(room).message.debate_id == debate.debate_id


def test_wording_of_one_who_left_for_good_is_nobodys(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room, Stage.STATEMENT, format=Format.SWITCH)
    write(debate, on_for, "We agree.")
    room.do(leave_and_delete, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_for, at=room.now)
    report(debate, BoardKind.STATEMENT, debate.debate_id)
    assert entry(room).message.author_id is None


# Restatements


def test_hidden_restatement_is_read_by_its_writer_only_and_opens_no_way(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=DebateOptions(steelman=True))
    argument = debate.argue(on_for)
    made = say(debate, on_against, argument, SLUR)
    room.do(
        judge,
        guild_id=GUILD,
        restatement_id=made.restatement.restatement_id,
        user_id=on_for,
        fairness=Fairness.FAIR,
        at=room.now,
    )
    learner_id = next(each.learner_id for each in debate.debaters if each.user_id == on_against)
    assert count_fair_restatements(room.db, debate.debate_id, learner_id) == 1
    hide(debate, BoardKind.RESTATEMENT, made.restatement.restatement_id)
    assert to_show(room, BoardKind.RESTATEMENT) == [made.restatement.restatement_id]
    assert count_fair_restatements(room.db, debate.debate_id, learner_id) == 0
    with pytest.raises(WrongState):
        answer(debate, on_against, argument)
    [(author, told_of)] = news(room)
    assert (author, told_of.kind, told_of.number) == (on_against, HideableKind.RESTATEMENT, 1)
    mine = own_words(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_against)
    assert [each.text for each in mine.restatements] == [SLUR]
    assert own_words(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_for).restatements == ()


def test_nobody_says_anything_of_a_hidden_restatement(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=DebateOptions(steelman=True))
    made = say(debate, on_against, debate.argue(on_for), SLUR)
    delete(room, BoardKind.RESTATEMENT, made.restatement.restatement_id)
    with pytest.raises(WrongState):
        room.do(
            judge,
            guild_id=GUILD,
            restatement_id=made.restatement.restatement_id,
            user_id=on_for,
            fairness=Fairness.FAIR,
            at=room.now,
        )
    room.later(hours=1)
    with pytest.raises(WrongState):
        answer(debate, on_against, made.argument)


def test_deleted_restatement_is_not_posted_again(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=DebateOptions(steelman=True))
    made = say(debate, on_against, debate.argue(on_for), SLUR)
    restatement_id = made.restatement.restatement_id
    delete(room, BoardKind.RESTATEMENT, restatement_id)
    assert to_show(room, BoardKind.RESTATEMENT) == []
    assert restated(room.db, guild_id=GUILD, restatement_id=restatement_id).restatement.hidden_at
    [line] = hidings_page(room.db, guild_id=GUILD).hidden
    room.do(show_again, guild_id=GUILD, user_id=HOST, hiding_id=line.hiding.hiding_id, at=room.now)
    assert to_show(room, BoardKind.RESTATEMENT) == [restatement_id]


def test_hidden_tries_count_as_tries(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=DebateOptions(steelman=True))
    argument = debate.argue(on_for)
    for _ in range(HONEST_TRIES):
        made = say(debate, on_against, argument, SLUR)
        delete(room, BoardKind.RESTATEMENT, made.restatement.restatement_id)
    assert answer(debate, on_against, argument).number == 2


def test_restatement_says_that_its_argument_was_withdrawn_and_then_that_it_stands_again(
    room: Classroom,
) -> None:
    debate, on_for, on_against = two_sides(room)
    made = say(debate, on_against, debate.argue(on_for), "They say so.")
    for withdrawn in (True, False):
        room.publish()
        withdraw(debate, made.argument, withdrawn=withdrawn)
        assert to_show(room, BoardKind.RESTATEMENT) == [made.restatement.restatement_id]


# The joint statement


@pytest.fixture
def writing(room: Classroom) -> tuple[DebateClass, UserId, UserId]:
    """A debate at its joint statement, and two who write it."""
    return two_sides(room, Stage.STATEMENT, format=Format.SWITCH)


def write(debate: DebateClass, user_id: UserId, text: str) -> JointStatement:
    room = debate.room
    base = statement_to_edit(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id)
    assert isinstance(base, JointStatement)
    room.later(seconds=5)
    return room.do(
        write_statement,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        base=None if base.version is None else base.version.version_id,
        text=text,
        interaction_id=room.click(),
        at=room.now,
    )


def stands(debate: DebateClass) -> tuple[str | None, bool]:
    found = statement_board(debate.room.db, debate_id=debate.debate_id)
    assert found is not None
    return None if found.version is None else found.version.text, found.hidden


def test_hidden_wording_gives_way_to_the_one_before(writing: tuple[DebateClass, UserId, UserId]) -> None:
    debate, one, other = writing
    write(debate, one, "We agree.")
    write(debate, other, SLUR)
    hide(debate, BoardKind.STATEMENT, debate.debate_id)
    assert stands(debate) == ("We agree.", True)
    assert to_show(debate.room, BoardKind.STATEMENT) == [debate.debate_id]
    [(author, told_of)] = news(debate.room)
    assert (author, told_of.kind, told_of.number) == (other, HideableKind.STATEMENT, None)
    mine = own_words(debate.room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=other)
    assert [each.text for each in mine.wordings] == [SLUR]
    transcript = transcript_of(debate.room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert transcript.statement is not None
    assert transcript.statement.text == "We agree."
    write(debate, one, "We agree more.")
    assert stands(debate) == ("We agree more.", False)


def test_wordings_since_the_report_are_hidden_together(writing: tuple[DebateClass, UserId, UserId]) -> None:
    debate, one, other = writing
    write(debate, one, "We agree.")
    write(debate, other, SLUR)
    report(debate, BoardKind.STATEMENT, debate.debate_id)
    write(debate, one, f"We agree. {SLUR}")
    done = hide_shown(debate)
    assert len(done.hidings) == 2
    assert stands(debate) == ("We agree.", True)
    assert {author for author, _ in news(debate.room)} == {one, other}
    show(debate, HiddenAndDecided(1, done.hidings[-1:]))
    assert stands(debate) == (f"We agree. {SLUR}", False)


def test_only_wording_hidden_leaves_none(writing: tuple[DebateClass, UserId, UserId]) -> None:
    debate, one, _ = writing
    write(debate, one, SLUR)
    hide(debate, BoardKind.STATEMENT, debate.debate_id)
    assert stands(debate) == (None, True)
    outcome = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert outcome is not None
    assert outcome.statement is None


def test_nobody_writes_on_with_a_hidden_wording(writing: tuple[DebateClass, UserId, UserId]) -> None:
    debate, one, other = writing
    write(debate, one, "We agree.")
    seen = write(debate, other, SLUR).version
    assert seen is not None
    hide(debate, BoardKind.STATEMENT, debate.debate_id)
    with pytest.raises(WrongState) as refused:
        debate.room.do(
            write_statement,
            guild_id=GUILD,
            debate_id=debate.debate_id,
            user_id=one,
            base=seen.version_id,
            text=f"{SLUR} We agree.",
            interaction_id=debate.room.click(),
            at=debate.room.now,
        )
    assert refused.value.state == "hidden by an instructor"


def test_deleted_statement_comes_back_without_its_newest_wording(
    writing: tuple[DebateClass, UserId, UserId],
) -> None:
    debate, one, other = writing
    write(debate, one, "We agree.")
    write(debate, other, SLUR)
    delete(debate.room, BoardKind.STATEMENT, debate.debate_id)
    assert stands(debate) == ("We agree.", True)
    [board] = [each for each in waiting_boards(debate.room.db) if each.kind is BoardKind.STATEMENT]
    assert board.message_id is None


# Together with the rest


def test_hidden_text_of_one_who_leaves_for_good_is_deleted_all_the_same(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    argument = debate.argue(on_for, SLUR)
    done = hide(debate, BoardKind.ARGUMENT, argument.argument_id)
    room.do(leave_and_delete, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_for, at=room.now)
    assert not any(SLUR in line for line in room.contents())
    show(debate, done)
    assert now(debate, argument).absence == "withdrawn"


def say(debate: DebateClass, user_id: UserId, argument: Argument, text: str) -> Restated:
    return debate.room.do(
        restate,
        guild_id=GUILD,
        argument_id=argument.argument_id,
        user_id=user_id,
        text=text,
        interaction_id=debate.room.click(),
        at=debate.room.now,
    )


def next_pair(debate: DebateClass, user_id: UserId) -> object:
    return debate.room.do(
        compare_next,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        rng=random.Random(1),
        at=debate.room.now,
    )
