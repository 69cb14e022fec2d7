"""Messages on reports, nudges, ways out and grades with the longest texts that there can be: Discord takes them, and
nothing of them hangs on colours.
"""

import re
from dataclasses import replace

import pytest

from bot.actions.debate_joining import Place
from bot.actions.grading import GradeList, GradeNews, GradeSheet, StoredGrade
from bot.actions.hiding import HiddenNews, HiddenText, Hideable, HideableKind, HidingsPage
from bot.actions.inbox import InboxPage
from bot.actions.joint_statement import LONGEST_STATEMENT
from bot.actions.leaving import Leaving, Traces
from bot.actions.message_reporting import LONGEST_MESSAGE_REPORT
from bot.actions.message_reports import (
    HiddenAndDecided,
    MessageEntry,
    MessageReportNews,
    MessageVerdict,
    OpenedMessage,
)
from bot.actions.nudging import NudgeNews
from bot.bank import limits
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING, ArgumentText
from bot.debate.debate import Argument, CloseReason, Debate, Debater, DebateState
from bot.debate.formats import Format, timetable
from bot.debate.nudging import NudgeKind
from bot.debate.options import DebateOptions, SideMode
from bot.debate.rubric import LONGEST_COMMENT, Criterion, Facts
from bot.debate.sides import Side
from bot.debate.stance import Stance
from bot.debate.timetable import begin
from bot.errors import WrongState
from bot.ids import (
    ArgumentId,
    ChannelId,
    DebateId,
    GradeId,
    GuildId,
    HidingId,
    InteractionId,
    LearnerId,
    MessageId,
    MessageReportId,
    UserId,
)
from bot.store.hidings import Hiding
from bot.store.message_reports import ReportedMessage
from bot.views.debate_place import leaving_card, place_card
from bot.views.grade_cards import PAGE, fact_words, grade_card, list_card, list_pages
from bot.views.grading import ReleaseGrades, sheet_of
from bot.views.hiding import hidden_card, hidden_news, hidings_card
from bot.views.inbox_cards import inbox_card
from bot.views.inbox_messages import HiddenTexts, OpenMessage, ShowAgain, message_entry
from bot.views.layout import Layout, card
from bot.views.message_reports import decided_card, message_report_news
from bot.views.nudges import nudge_card
from bot.views.own_arguments import openings_card
from bot.views.words import explain
from tests.discord.layouts import BIG, NOW, all_different, buttons_of, long, refusals, texts_of

NEVER = re.compile(r"\b(stance|swing|won|wins?|winning|winner|lost|persua\w+|undecided)\b", re.IGNORECASE)

DEBATE = Debate(
    debate_id=DebateId(BIG),
    guild_id=GuildId(BIG),
    revision_id=None,
    claim=None,
    motion=long(limits.MOTION),
    channel_id=ChannelId(BIG),
    thread_id=ChannelId(BIG),
    opened_by=UserId(BIG),
    state=DebateState.OPEN,
    format=Format.OXFORD,
    course=begin(timetable(Format.OXFORD, None), NOW),
    options=DebateOptions(sides=SideMode.CHOSEN, gate=5),
    seed=1,
    opened_at=NOW,
    closed_at=None,
    close_reason=None,
)
CLOSED = replace(DEBATE, state=DebateState.CLOSED, closed_at=NOW, close_reason=CloseReason.FINISHED)
TEXT = ArgumentText(long(LONGEST_CLAIM), long(LONGEST_EVIDENCE), long(LONGEST_REASONING))
SHORT = ArgumentText("a", "b", "c")
ARGUMENT = Argument(ArgumentId(BIG), DebateId(BIG), 999_999, UserId(BIG), Side.FOR, TEXT, None, None, NOW)
MESSAGE = ReportedMessage(
    GuildId(BIG), ChannelId(BIG), MessageId(BIG), UserId(BIG), ArgumentId(BIG), DebateId(BIG)
)
ENTRY = MessageEntry(MessageReportId(BIG), MESSAGE, ARGUMENT, BIG, NOW, long(LONGEST_MESSAGE_REPORT))
SAID = tuple(long(LONGEST_MESSAGE_REPORT, str(number)) for number in range(40))
OPENED = OpenedMessage(ENTRY, DEBATE, SAID, gone=True)
FACTS = Facts(BIG, BIG, BIG, BIG, BIG, BIG, BIG, BIG)
NOTHING = Facts(0, 0, 0, 0, 0, 0, 0, 0)
GRADE = StoredGrade(
    GradeId(BIG),
    DebateId(BIG),
    LearnerId(BIG),
    UserId(BIG),
    dict.fromkeys(Criterion, 100),
    long(LONGEST_COMMENT),
    UserId(BIG),
    NOW,
    InteractionId(BIG),
    NOW,
)
SHEET = GradeSheet(CLOSED, LearnerId(BIG), UserId(BIG), FACTS, ((ARGUMENT, MessageId(BIG)),) * 40, GRADE)
ME = Debater(
    learner_id=LearnerId(BIG),
    user_id=UserId(BIG),
    side=None,
    reason=None,
    wish=Side.FOR,
    joined_at=NOW,
    left_at=None,
    gate_run_id=None,
    gate_done=False,
    speaks_in=None,
    named=True,
)
GONE = replace(ME, left_at=NOW)
PLACE = Place(DEBATE, ME, None, Stance.of(3, 100), Stance.of(-3, 100), has_traces=True, has_grade=True)
TRACES = Traces(BIG, BIG, BIG, BIG, BIG, BIG, BIG)
NEWS = GradeNews(motion=DEBATE.motion, marks=dict.fromkeys(Criterion, 100), comment=long(LONGEST_COMMENT))


def lists(people: int) -> GradeList:
    return GradeList(CLOSED, ((UserId(BIG), GRADE),) * people, BIG)


def nudge(kind: NudgeKind) -> Layout:
    news = NudgeNews(kind=kind, motion=DEBATE.motion, link=f"{BIG}/{BIG}")
    return nudge_card(BIG, news.model_dump_json())


def news_of(verdict: MessageVerdict) -> Layout:
    return card(message_report_news(MessageReportNews(link=f"{BIG}/{BIG}/{BIG}", verdict=verdict)))


def hidden_news_of(kind: HideableKind) -> Layout:
    number = None if kind is HideableKind.STATEMENT else 999_999
    return card(hidden_news(HiddenNews(kind=kind, number=number, motion=DEBATE.motion)))


OPENERS = [OpenMessage(BIG - number, label="Open") for number in range(5)]
WRITTEN = Hideable(HideableKind.STATEMENT, BIG, DebateId(BIG), UserId(BIG), None, long(LONGEST_STATEMENT))
HIDING = Hiding(
    HidingId(BIG), GuildId(BIG), DebateId(BIG), HideableKind.STATEMENT, BIG, UserId(BIG), NOW, shown_at=None
)
HIDDEN_LINE = HiddenText(HIDING, DEBATE, WRITTEN)
OWN_POST = replace(ENTRY, message=replace(MESSAGE, author_id=None), argument=None, words="")

CARDS: dict[str, Layout] = {
    "inbox": inbox_card(InboxPage((ENTRY,) * 5, 0, 9, BIG, 0), OPENERS, []),
    "entry": message_entry(OPENED),
    "entry, paused": message_entry(replace(OPENED, debate=replace(DEBATE, state=DebateState.PAUSED))),
    "entry, closed": message_entry(replace(OPENED, debate=CLOSED)),
    "entry of the bot's own": message_entry(OpenedMessage(OWN_POST, None, (), gone=False)),
    "entry of a statement": message_entry(replace(OPENED, written=WRITTEN)),
    "hidden": hidden_card(HiddenAndDecided(BIG, (HidingId(BIG),)), [ShowAgain(BIG)]),
    "hidden, several": hidden_card(HiddenAndDecided(1, (HidingId(BIG),) * 2), [ShowAgain(BIG)]),
    "hidden texts": hidings_card(
        HidingsPage((HIDDEN_LINE,) * 5, 1, 9),
        [ShowAgain(BIG - number, label="Show again") for number in range(5)],
        [HiddenTexts(0, label="Newer"), HiddenTexts(2, label="Older")],
    ),
    "hidden texts, shown again": hidings_card(
        HidingsPage((replace(HIDDEN_LINE, hiding=replace(HIDING, hidden_by=None, shown_at=NOW)),), 0, 1),
        [None],
        [],
    ),
    "hidden texts, none": hidings_card(HidingsPage((), 0, 1), [], []),
    **{f"news, hidden {kind.value}": hidden_news_of(kind) for kind in HideableKind},
    "dealt with": decided_card(BIG, MessageVerdict.DEALT_WITH, []),
    "nothing to do": decided_card(1, MessageVerdict.NOTHING_TO_DO, []),
    "news, dealt with": news_of(MessageVerdict.DEALT_WITH),
    "news, nothing to do": news_of(MessageVerdict.NOTHING_TO_DO),
    "nudge, silent": nudge(NudgeKind.SILENT),
    "nudge, dominant": nudge(NudgeKind.DOMINANT),
    "place": place_card(PLACE),
    "place, closed": place_card(replace(PLACE, debate=CLOSED)),
    "left": place_card(replace(PLACE, me=GONE)),
    "left, closed": place_card(replace(PLACE, debate=CLOSED, me=GONE)),
    "left, nothing kept": place_card(replace(PLACE, me=GONE, has_traces=False, has_grade=False)),
    "never joined": place_card(Place(DEBATE, None)),
    "never joined, closed": place_card(Place(CLOSED, None)),
    "leaving": leaving_card(Leaving(DEBATE, TRACES)),
    "leaving, closed": leaving_card(Leaving(CLOSED, TRACES)),
    "leaving a debate with a statement": leaving_card(Leaving(DEBATE, TRACES, has_statement=True)),
    "leaving with nothing": leaving_card(Leaving(DEBATE, Traces(0, 0, 0, 0, 0, 0, 0))),
    "sheet": sheet_of(SHEET),
    "sheet, not told": sheet_of(replace(SHEET, grade=replace(GRADE, released_at=None))),
    "sheet, not graded": sheet_of(replace(SHEET, grade=None, arguments=())),
    "grades": list_card(lists(PAGE * 2), 1, [[ReleaseGrades(BIG, label="Tell all")]]),
    "grades of nobody": list_card(lists(0), 0, []),
    "grade": grade_card(NEWS),
    "grade, changed": grade_card(NEWS.model_copy(update={"changed": True, "comment": ""})),
}


@pytest.mark.parametrize("name", CARDS)
def test_discord_takes_the_longest_that_there_can_be(name: str) -> None:
    assert refusals(CARDS[name]) == []


def test_each_state_says_in_words_what_it_is() -> None:
    assert all_different(CARDS.values())


def test_words_of_reporters_cannot_format_mention_or_disguise_anything() -> None:
    entry = replace(ENTRY, words="**look** <@1> [here](https://example.org)")
    shown = texts_of(inbox_card(InboxPage((entry,), 0, 1, 1, 0), [OpenMessage(1)], []))
    assert "“\\*\\*look\\*\\* <\u200b@1> \\[here](https" in shown
    opened = texts_of(message_entry(replace(OPENED, said=("# big\n<#1>",))))
    assert "> <\u200b#1>" in opened
    assert "\n# big" not in opened


def test_hidden_words_cannot_end_their_spoiler_or_mention_anybody() -> None:
    line = replace(HIDDEN_LINE, written=replace(WRITTEN, text="a || <@1> b"))
    shown = texts_of(hidings_card(HidingsPage((line,), 0, 1), [ShowAgain(1)], []))
    assert "||a \\|\\| <\u200b@1> b||" in shown


@pytest.mark.parametrize("text", [TEXT, ArgumentText("*" * LONGEST_CLAIM, "A survey.", "So."), SHORT])
def test_openings_fit_and_none_is_left_out(text: ArgumentText) -> None:
    found = [replace(ARGUMENT, number=number, text=text) for number in range(1, 60)]
    shown: list[str] = []
    for page in range(60):
        layout = openings_card(DebateId(BIG), found, page)
        assert refusals(layout) == []
        shown.append(texts_of(layout))
    for argument in found:
        assert any(f"**Argument {argument.number} · " in each for each in shown)


def test_more_than_fits_is_counted() -> None:
    assert "-# … and 34 more." in texts_of(CARDS["entry"])
    assert "- and 32 more in the thread" in texts_of(CARDS["sheet"])


def test_list_of_grades_has_pages() -> None:
    assert [list_pages(lists(people)) for people in (0, 1, PAGE, PAGE + 1)] == [1, 1, 1, 2]
    assert "-# Page 2 of 2" in texts_of(CARDS["grades"])


def test_whoever_has_left_is_offered_what_is_theirs_and_a_way_back() -> None:
    labels = {name: [each["label"] for each in buttons_of(CARDS[name])] for name in CARDS}
    assert labels["left"] == ["My grade", "Come back", "Delete what I wrote"]
    assert labels["left, nothing kept"] == ["Come back"]
    assert labels["left, closed"] == ["My grade", "Delete what I wrote"]
    assert labels["never joined"] == []
    assert labels["place"][-2:] == ["Leave the debate", "Leave and delete what I wrote"]
    assert labels["place, closed"] == ["My grade", "Do not name me in a transcript", "Delete what I wrote"]


@pytest.mark.parametrize("name", [name for name in CARDS if name.startswith(("sheet", "grade"))])
def test_no_text_on_grades_tells_of_stances_swings_or_winning(name: str) -> None:
    assert NEVER.findall(texts_of(CARDS[name])) == []


@pytest.mark.parametrize("facts", [FACTS, NOTHING, Facts(1, 1, 1, 1, 1, 1, 1, 1)])
def test_facts_are_counts_and_no_points(facts: Facts) -> None:
    for criterion in Criterion:
        words = fact_words(criterion, facts)
        assert NEVER.findall(words) == []
        assert not re.search(r"\b(points?|marks?|good|bad|poor)\b|%", words), words


SENTENCES = {
    0: {
        Criterion.EVIDENCE: "0 arguments",
        Criterion.REASONING: "0 arguments to read; I do not judge them",
        Criterion.ENGAGING: "0 answers to the other side, 0 arguments restated fairly before answering",
        Criterion.CIVILITY: "no message of theirs was reported and dealt with",
        Criterion.TIMELINESS: "no argument to go by",
    },
    1: {
        Criterion.EVIDENCE: "1 argument, 1 with a link as evidence, 1 card of the bank cited",
        Criterion.REASONING: "1 argument to read; I do not judge them",
        Criterion.ENGAGING: "1 answer to the other side, 1 argument restated fairly before answering",
        Criterion.CIVILITY: "1 message of theirs reported and dealt with",
        Criterion.TIMELINESS: "1 of 1 argument before the middle of its stage",
    },
    2: {
        Criterion.EVIDENCE: "2 arguments, 2 with a link as evidence, 2 cards of the bank cited",
        Criterion.REASONING: "2 arguments to read; I do not judge them",
        Criterion.ENGAGING: "2 answers to the other side, 2 arguments restated fairly before answering",
        Criterion.CIVILITY: "2 messages of theirs reported and dealt with",
        Criterion.TIMELINESS: "2 of 2 arguments before the middle of its stage",
    },
}


@pytest.mark.parametrize("count", SENTENCES)
def test_facts_are_said_in_whole_sentences(count: int) -> None:
    facts = Facts(count, count, count, count, count, count, count, count)
    assert {criterion: fact_words(criterion, facts) for criterion in Criterion} == SENTENCES[count]


def test_leaving_tells_nobody_who_left() -> None:
    for name in ("leaving", "leaving, closed", "leaving with nothing"):
        assert texts_of(CARDS[name]).splitlines()[-1] == (
            "-# It cannot be undone. Nobody is told who left, and there is no penalty: whoever leaves is not graded."
        )


def test_round_of_others_is_said_to_be_theirs() -> None:
    error = WrongState("round", "for others to argue", "Listen and judge; each round has other people.")
    assert explain(error) == (
        "This round is for others to argue, so nothing was changed. Listen and judge; each round has other people."
    )
