"""Reports on messages: who says what of which message, what instructors decide, and who is told."""

import pytest

from bot.actions.boards import BoardKind, NoticeKind, board_shown, unsent_notices, waiting_boards
from bot.actions.debate_reports import debate_status
from bot.actions.inbox import InboxPage, inbox_page
from bot.actions.message_reporting import LONGEST_MESSAGE_REPORT, message_to_report, report_message
from bot.actions.message_reports import (
    MessageEntry,
    MessageReportNews,
    MessageVerdict,
    OpenedMessage,
    decide_message,
    open_message_entry,
    pause_reported,
)
from bot.actions.restating import restate
from bot.actions.threads import MessageFacts, forget_message, note_message
from bot.debate.debate import DebateState
from bot.debate.formats import Stage
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, GuildId, InteractionId, MessageId, MessageReportId, UserId
from bot.store.message_reports import ReportedMessage
from tests.actions import deciding
from tests.actions.fair_debate import FairDebate, a_debate, told
from tests.classroom import ANNA, BEN, CEM, CHANNEL, GUILD, HOST, OTHER_GUILD, Classroom
from tests.written import BLANK, CLEAN, DIRTY

MESSAGE = MessageId(555)


def report(
    room: Classroom,
    user_id: UserId = ANNA,
    text: str = "It insults somebody.",
    *,
    author_id: UserId | None = BEN,
    channel_id: ChannelId = CHANNEL,
    message_id: MessageId = MESSAGE,
    guild_id: GuildId = GUILD,
    interaction_id: InteractionId | None = None,
) -> ReportedMessage:
    return room.do(
        report_message,
        guild_id=guild_id,
        channel_id=channel_id,
        message_id=message_id,
        author_id=author_id,
        user_id=user_id,
        text=text,
        interaction_id=interaction_id or room.click(),
        at=room.later(seconds=1),
    )


def inbox(room: Classroom, guild_id: GuildId = GUILD) -> InboxPage:
    return inbox_page(room.db, guild_id=guild_id)


def entry(room: Classroom) -> MessageEntry:
    """The one entry of the inbox."""
    [found] = inbox(room).entries
    assert isinstance(found, MessageEntry)
    return found


def opened(room: Classroom, report_id: MessageReportId | None = None) -> OpenedMessage:
    return open_message_entry(room.db, guild_id=GUILD, report_id=report_id or entry(room).report_id)


def decide(
    room: Classroom,
    verdict: MessageVerdict = MessageVerdict.DEALT_WITH,
    *,
    report_id: MessageReportId | None = None,
    guild_id: GuildId = GUILD,
) -> int:
    return room.do(
        decide_message,
        guild_id=guild_id,
        user_id=HOST,
        report_id=report_id or entry(room).report_id,
        verdict=verdict,
        at=room.later(seconds=1),
    )


def posted(room: Classroom, kind: BoardKind) -> MessageId:
    """Post what waits; gives the id of the newest message of a kind."""
    found = MessageId(0)
    while waiting := waiting_boards(room.db):
        for board in waiting:
            message_id = MessageId(int(room.click()))
            room.do(
                board_shown,
                board_id=board.board_id,
                revision=board.revision,
                message_id=message_id,
                posted_at=room.now,
                at=room.now,
            )
            found = message_id if board.kind is kind else found
    return found


# Reporting


def test_report_comes_into_the_inbox_with_its_place_and_author_but_no_reporter(room: Classroom) -> None:
    report(room)
    found = entry(room)
    assert found.message == ReportedMessage(GUILD, CHANNEL, MESSAGE, BEN)
    assert (found.people, found.words, found.argument) == (1, "It insults somebody.", None)
    assert str(int(ANNA)) not in repr(found)
    assert str(int(ANNA)) not in repr(opened(room))


def test_words_are_optional(room: Classroom) -> None:
    report(room, text="  \n ")
    assert entry(room).words == ""
    assert opened(room).said == ()


@pytest.mark.parametrize("blank", BLANK)
def test_words_that_nobody_can_see_are_none(room: Classroom, blank: str) -> None:
    report(room, text=blank)
    assert entry(room).words == ""


def test_words_are_cleaned_and_never_cut(room: Classroom) -> None:
    report(room, text=DIRTY)
    assert entry(room).words == CLEAN
    report(room, text="x" * LONGEST_MESSAGE_REPORT)
    before = room.contents()
    with pytest.raises(Invalid):
        report(room, text="x" * (LONGEST_MESSAGE_REPORT + 1))
    assert room.contents() == before


def test_one_report_a_person_and_message_whose_words_can_be_changed(room: Classroom) -> None:
    report(room, text="First.")
    assert message_to_report(room.db, guild_id=GUILD, message_id=MESSAGE, user_id=ANNA) == "First."
    report(room, text="Second.")
    assert (entry(room).people, entry(room).words) == (1, "Second.")
    assert room.rows("SELECT COUNT(*) FROM message_report") == [(1,)]
    assert message_to_report(room.db, guild_id=GUILD, message_id=MESSAGE, user_id=BEN) is None


def test_reports_of_several_people_are_one_entry(room: Classroom) -> None:
    report(room, ANNA, "One.")
    report(room, CEM, "")
    report(room, HOST, "Three.")
    assert (entry(room).people, entry(room).words) == (3, "Three.")
    assert opened(room).said == ("Three.", "One.")


def test_same_form_delivered_twice_or_late_changes_nothing(room: Classroom) -> None:
    older, newer = room.click(), room.click()
    report(room, text="New.", interaction_id=newer)
    before = room.contents()
    report(room, text="New.", interaction_id=newer)
    report(room, text="Old.", interaction_id=older)
    assert room.contents() == before


def test_text_of_a_message_is_stored_nowhere(room: Classroom) -> None:
    columns = [row[1] for row in room.rows("PRAGMA table_info(message_report)")]
    assert columns == [
        "message_report_id", "guild_id", "channel_id", "message_id", "author_id", "argument_id", "debate_id",
        "learner_id", "content", "interaction_id", "reported_at", "decided_at", "decided_by", "verdict",
    ]  # fmt: skip


def test_argument_is_reported_as_that_of_its_author(room: Classroom) -> None:
    debate = a_debate(room)
    debate.argue(BEN, "A rude claim.")
    message_id = posted(room, BoardKind.ARGUMENT)
    report(room, message_id=message_id, author_id=None, channel_id=debate.debate.thread_id)
    found = entry(room)
    assert (found.message.author_id, found.message.debate_id) == (BEN, debate.debate_id)
    assert found.argument is not None
    assert found.argument.number == 1


def test_restatement_is_reported_as_that_of_whoever_wrote_it(room: Classroom) -> None:
    debate = a_debate(room)
    argument = debate.argue(BEN)
    about = {"guild_id": GUILD, "argument_id": argument.argument_id, "user_id": CEM, "at": room.now}
    room.do(restate, **about, text="A caricature.", interaction_id=room.click())
    message_id = posted(room, BoardKind.RESTATEMENT)
    report(room, message_id=message_id, author_id=None, channel_id=debate.debate.thread_id)
    assert (entry(room).message.author_id, entry(room).argument) == (CEM, None)


def test_other_posts_of_the_bot_have_no_author(room: Classroom) -> None:
    debate = a_debate(room)
    message_id = posted(room, BoardKind.MOTION)
    report(room, message_id=message_id, author_id=None, channel_id=debate.debate.thread_id)
    assert (entry(room).message.author_id, entry(room).message.debate_id) == (None, debate.debate_id)


def test_message_of_another_server_is_never_looked_up(room: Classroom) -> None:
    debate = a_debate(room, guild_id=OTHER_GUILD)
    debate.argue(BEN)
    message_id = posted(room, BoardKind.ARGUMENT)
    report(room, message_id=message_id, author_id=None, channel_id=debate.debate.thread_id)
    found = entry(room)
    assert (found.message.author_id, found.message.argument_id, found.message.debate_id) == (None, None, None)


def test_message_that_is_deleted_later_is_said_to_be_gone(room: Classroom) -> None:
    debate = a_debate(room)
    facts = MessageFacts(MESSAGE, debate.debate.thread_id, BEN, room.now, None, None)
    room.do(note_message, facts=facts)
    report(room, channel_id=debate.debate.thread_id)
    assert not opened(room).gone
    room.do(forget_message, message_ids=[MESSAGE], at=room.now)
    assert opened(room).gone


# Deciding


@pytest.mark.parametrize("verdict", list(MessageVerdict))
def test_reporters_are_told_what_became_of_it_and_the_author_is_not(
    room: Classroom, verdict: MessageVerdict
) -> None:
    for who in (ANNA, CEM):
        report(room, who)
    assert decide(room, verdict) == 2
    notices = unsent_notices(room.db)
    assert {each.user_id for each in notices} == {ANNA, CEM}
    for each in notices:
        assert each.kind is NoticeKind.MESSAGE_REPORT_DECIDED
        news = MessageReportNews.model_validate_json(each.detail)
        assert news == MessageReportNews(link=f"{GUILD}/{CHANNEL}/{MESSAGE}", verdict=verdict)
    assert inbox(room).entries == ()
    assert room.rows("SELECT DISTINCT decided_by, verdict FROM message_report") == [(HOST, verdict.value)]


def test_second_decision_is_refused_and_tells_nobody_again(room: Classroom) -> None:
    report(room)
    report_id = entry(room).report_id
    decide(room)
    before = room.contents()
    with pytest.raises(WrongState):
        decide(room, MessageVerdict.NOTHING_TO_DO, report_id=report_id)
    with pytest.raises(WrongState):
        opened(room, report_id)
    assert room.contents() == before
    assert len(told(room, NoticeKind.MESSAGE_REPORT_DECIDED)) == 1


def test_decided_report_cannot_be_made_again_by_the_same_person(room: Classroom) -> None:
    report(room)
    decide(room)
    before = room.contents()
    with pytest.raises(WrongState):
        message_to_report(room.db, guild_id=GUILD, message_id=MESSAGE, user_id=ANNA)
    with pytest.raises(WrongState):
        report(room, text="Again!")
    assert room.contents() == before
    report(room, CEM, "Me too.")
    assert (entry(room).people, entry(room).words) == (1, "Me too.")


def test_report_that_came_after_the_look_stays_open(room: Classroom) -> None:
    report(room, ANNA)
    seen = entry(room).report_id
    report(room, CEM, "More of it.")
    assert decide(room, report_id=seen) == 1
    assert (entry(room).people, entry(room).words) == (1, "More of it.")


def test_nothing_of_one_server_is_seen_or_decided_in_another(room: Classroom) -> None:
    report(room)
    report_id = entry(room).report_id
    assert inbox(room, OTHER_GUILD).entries == ()
    before = room.contents()
    with pytest.raises(WrongState):
        open_message_entry(room.db, guild_id=OTHER_GUILD, report_id=report_id)
    with pytest.raises(WrongState):
        decide(room, report_id=report_id, guild_id=OTHER_GUILD)
    with pytest.raises(WrongState):
        pause(room, report_id, guild_id=OTHER_GUILD)
    assert room.contents() == before


def test_entry_is_the_same_after_a_restart(room: Classroom) -> None:
    report(room)
    before = opened(room)
    room.reopen()
    assert opened(room) == before
    decide(room)


def test_reports_on_messages_and_on_questions_come_newest_first(room: Classroom) -> None:
    deciding.report(room, deciding.ask(room, {BEN: 0}), ANNA)
    report(room)
    kinds = [type(each).__name__ for each in inbox(room).entries]
    assert kinds == ["MessageEntry", "Entry"]
    assert inbox(room).total == 2


# Pausing the debate


def pause(
    room: Classroom, report_id: MessageReportId, *, paused: bool = True, guild_id: GuildId = GUILD
) -> OpenedMessage:
    return room.do(pause_reported, guild_id=guild_id, report_id=report_id, paused=paused, at=room.now)


def reported_in_debate(room: Classroom) -> FairDebate:
    debate = a_debate(room)
    report(room, channel_id=debate.debate.thread_id)
    return debate


def test_debate_is_paused_from_the_entry_and_goes_on_again(room: Classroom) -> None:
    debate = reported_in_debate(room)
    report_id = entry(room).report_id
    shown = pause(room, report_id)
    assert debate.debate.state is DebateState.PAUSED
    assert shown.debate == debate.debate
    before = room.contents()
    pause(room, report_id)
    assert room.contents() == before, "pressed twice, it is paused once"
    pause(room, report_id, paused=False)
    assert (debate.debate.state, debate.debate.stage) == (DebateState.OPEN, Stage.FLOOR)
    assert inbox(room).total == 1, "the report still waits"


def test_only_a_message_in_an_open_debate_pauses_it(room: Classroom) -> None:
    report(room)
    with pytest.raises(NotFound):
        pause(room, entry(room).report_id)
    debate = a_debate(room)
    report(room, channel_id=debate.debate.thread_id, message_id=MessageId(556))
    debate.close()
    with pytest.raises(WrongState):
        pause(room, entry_on(room, MessageId(556)))


def test_status_of_a_debate_says_how_many_messages_wait(room: Classroom) -> None:
    debate = reported_in_debate(room)
    report(room, CEM, channel_id=debate.debate.thread_id)
    report(room, CEM, channel_id=debate.debate.thread_id, message_id=MessageId(556))
    report(room, CEM, message_id=MessageId(557))
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    assert debate_status(room.db, **about).reported == 2
    decide(room, report_id=entry_on(room, MESSAGE))
    assert debate_status(room.db, **about).reported == 1


def entry_on(room: Classroom, message_id: MessageId) -> MessageReportId:
    """The entry of a message."""
    entries = [each for each in inbox(room).entries if isinstance(each, MessageEntry)]
    return next(each.report_id for each in entries if each.message.message_id == message_id)
