"""The public messages of a debate with the longest texts that a claim and an argument may hold.

Rendered from plain values, and checked against Discord's limits.
"""

import dataclasses
import random
import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import product

import pytest

from bot.actions.debate_joining import JoinFirst
from bot.actions.debate_planning import DebatePlan, DebatePreview
from bot.actions.debate_reports import ArgumentBoard, MapBoard, MotionBoard, OutcomeBoard, StageBoard
from bot.actions.joint_statement import LONGEST_STATEMENT, EarlierWording, JointStatement
from bot.actions.judging import Pair
from bot.bank import limits
from bot.bank.item import Category, Label
from bot.bank.kinds import Claim
from bot.bank.kinds.claim import Case
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING, ArgumentText, Relation
from bot.debate.argument_map import MAP_ROOM, Placed, argument_tree, map_extract, unchallenged
from bot.debate.debate import Argument, CloseReason, Debate, DebateState, StageRecord
from bot.debate.formats import STAGES, Format, Stage, timetable
from bot.debate.judging import Strength
from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict
from bot.debate.options import DebateOptions, SideMode
from bot.debate.participation import Contribution, participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Standing
from bot.debate.swing import SwitchMatrix, measure_swing
from bot.debate.timetable import Course
from bot.ids import (
    ArgumentId,
    ChannelId,
    ComparisonId,
    DebateId,
    GuildId,
    PlanId,
    RevisionId,
    StageId,
    UserId,
    VersionId,
)
from bot.insight.charts.argument_chart import argument_picture
from bot.store.statements import Earlier, StatementVersion
from bot.views import debate_arguments, debate_boards, debate_outcome
from bot.views.debate_host_cards import preview_card
from bot.views.debate_stances import join_first_card
from bot.views.judging import pair_card
from bot.views.statements import earlier_card, statement_card
from bot.views.whole_map import whole_map_card
from tests.discord.layouts import (
    BIG,
    INFO,
    NOW,
    TEXT,
    all_different,
    buttons_of,
    long,
    parts_of,
    refusals,
    texts_of,
)

CLAIM = Claim(
    id="i" * limits.SLUG,
    kind="claim",
    category=Category.CLAIM,
    prompt=long(limits.PROMPT),
    explanation=long(limits.EXPLANATION),
    label=Label.VALUE,
    paragraph=tuple(range(9_980, 10_000)),
    source=long(limits.SOURCE),
    as_of="2018-03-11",  # type: ignore[arg-type]
    motion=long(limits.MOTION),
    background=long(limits.BACKGROUND),
    case_for=Case(text=long(limits.CASE, "for "), holders=long(limits.HOLDERS, "for ")),
    case_against=Case(text=long(limits.CASE, "against "), holders=long(limits.HOLDERS, "against ")),
    evidence=long(limits.EVIDENCE),
    questions=tuple(long(limits.QUESTION, f"{n} ") for n in range(3)),
)

OPEN = Debate(
    debate_id=DebateId(BIG),
    guild_id=GuildId(BIG),
    revision_id=RevisionId(BIG),
    claim=CLAIM,
    motion=CLAIM.motion,
    channel_id=ChannelId(BIG),
    thread_id=ChannelId(BIG),
    opened_by=UserId(BIG),
    state=DebateState.OPEN,
    format=Format.OXFORD,
    course=Course(timetable(Format.OXFORD, timedelta(minutes=10)), 2, NOW),
    options=DebateOptions(),
    seed=1,
    opened_at=NOW,
    closed_at=None,
    close_reason=None,
)
CLOSED = dataclasses.replace(
    OPEN, state=DebateState.CLOSED, closed_at=NOW, close_reason=CloseReason.CLOSED_BY_HOST
)

FIRST = Argument(
    argument_id=ArgumentId(BIG),
    debate_id=DebateId(BIG),
    number=998,
    user_id=UserId(BIG),
    side=Side.AGAINST,
    text=ArgumentText("c" * LONGEST_CLAIM, "e" * LONGEST_EVIDENCE, "r" * LONGEST_REASONING),
    parent_number=None,
    relation=None,
    at=NOW,
)


def board(debate: Debate = OPEN, members: int = 1_000, arguments: int = 1_000) -> MotionBoard:
    return MotionBoard(debate, INFO, members, arguments)


def outcome_board(counts: Mapping[tuple[Standing, Standing], int], *, shown: bool) -> OutcomeBoard:
    """The outcome of a class that went these ways; ``shown`` is whether it may be broken down."""
    matrix = SwitchMatrix(counts)
    authors = [Contribution(n, side, side.opposite) for n in range(500) for side in Side]
    return OutcomeBoard(
        debate=CLOSED,
        arguments=(),
        participation=participation(range(1_000), authors),
        voted_before=1_000,
        voted_after=1_000,
        declined_before=1_000,
        declined_after=1_000,
        before={standing: matrix.began(standing) for standing in VOTES} if shown else None,
        after={standing: matrix.ended(standing) for standing in VOTES} if shown else None,
        swing=measure_swing(matrix, random.Random(1)),
        switches_shown=shown,
        messages=100_000,
        chatters=1_000,
        uneven=True,
        best={
            side: tuple(
                (FIRST, Strength(FIRST.argument_id, 0.5, 0.25, 0.75, 1_000, stands_out=True))
                for _ in range(3)
            )
            for side in Side
        },
        comparisons=10_000,
        judges=1_000,
        knowledge=KnowledgeShift(KnowledgeVerdict.KNEW_MORE_MOVED_MORE, 0.75, 500, 400, 500, 100),
        statement=StatementVersion(
            VersionId(BIG), DebateId(BIG), UserId(BIG), "s" * LONGEST_STATEMENT, NOW, 1_000
        ),
    )


EVERYWHERE = dict.fromkeys(product(VOTES, VOTES), 111)


@pytest.mark.parametrize("members", [0, 1, 1_000])
@pytest.mark.parametrize("debate", [OPEN, CLOSED], ids=["open", "closed"])
def test_motion_fits_and_nothing_of_it_is_cut(debate: Debate, members: int) -> None:
    layout = debate_boards.motion(board(debate, members, arguments=members))
    assert refusals(layout) == []
    said = texts_of(layout)
    assert CLAIM.motion in said
    if debate is OPEN:
        assert CLAIM.background in said
        assert debate_boards.CONTENT_NOTE in said
        assert len(buttons_of(layout)) == 6


ROUND = dataclasses.replace(
    OPEN, format=Format.FISHBOWL, course=Course(timetable(Format.FISHBOWL, None), 2, None)
)


def stage_board(debate: Debate, *speakers: UserId) -> StageBoard:
    record = StageRecord(StageId(1), debate.debate_id, debate.course.position, debate.stage, NOW, None, None)
    return StageBoard(debate, record, speakers)


@pytest.mark.parametrize(
    ("speakers", "named"),
    [
        (0, "This round is nobody’s own: all who have a side may argue in it."),
        (1, f"This round is for <@{BIG}> to argue."),
        (2, f"This round is for <@{BIG}> and <@{BIG}> to argue."),
        (20, f"<@{BIG}> and <@{BIG}> to argue."),
        (25, f"<@{BIG}> and 5 more to argue."),
    ],
)
def test_round_names_so_many_of_those_who_argue_in_it(speakers: int, named: str) -> None:
    layout = debate_boards.stage(stage_board(ROUND, *[UserId(BIG)] * speakers))
    assert refusals(layout) == []
    assert named in texts_of(layout)
    assert texts_of(layout).count("<@") == min(speakers, 20)


def test_cases_fit_and_nothing_of_them_is_cut() -> None:
    layout = debate_boards.cases(board())
    assert refusals(layout) == []
    cases = (CLAIM.case_for, CLAIM.case_against)
    whole = [CLAIM.motion, CLAIM.evidence, *CLAIM.questions]
    whole += [text for case in cases for text in (case.text, case.holders)]
    assert [text[:60] for text in whole if text not in texts_of(layout)] == []


@pytest.mark.parametrize("relation", [None, *Relation])
def test_argument_fits_and_nothing_of_it_is_cut(relation: Relation | None) -> None:
    given = dataclasses.replace(FIRST, number=999, relation=relation)
    layout = debate_arguments.argument(ArgumentBoard(OPEN, given, None if relation is None else FIRST))
    assert refusals(layout) == []
    said = texts_of(layout)
    assert all(
        f"\n> {text}\n" in said for text in (given.text.claim, given.text.evidence, given.text.reasoning)
    )
    assert ("argument 998" in said) == (relation is not None)


@pytest.mark.parametrize(
    ("state", "position", "doors"),
    [
        (DebateState.OPEN, 1, []),
        (DebateState.OPEN, 2, ["Answer argument 998"]),
        (DebateState.PAUSED, 2, ["Answer argument 998"]),
        (DebateState.OPEN, 3, ["Answer argument 998"]),
        (DebateState.OPEN, 4, ["My stance after"]),
        (DebateState.CLOSED, 2, []),
        (DebateState.CLOSED, 4, []),
    ],
)
def test_argument_has_the_buttons_that_do_something_now(
    state: DebateState, position: int, doors: list[str]
) -> None:
    now = dataclasses.replace(OPEN, state=state, course=dataclasses.replace(OPEN.course, position=position))
    layout = debate_arguments.argument(ArgumentBoard(now, FIRST, None))
    assert [button["label"] for button in buttons_of(layout)] == doors


def test_map_calls_nothing_unchallenged_while_openings_are_written() -> None:
    trees = {Side.FOR: (), Side.AGAINST: (Placed(FIRST, 0, True),)}
    for position, named in ((1, False), (2, True)):
        now = dataclasses.replace(OPEN, course=dataclasses.replace(OPEN.course, position=position))
        said = texts_of(debate_arguments.argument_map(MapBoard(now, trees, (FIRST,)), None))
        assert ("**Not challenged yet:** 998." in said) == named


def big_map(count: int = 600, claim: str = "c" * LONGEST_CLAIM) -> MapBoard:
    """The map of so many arguments, every third of which answers the one before."""
    made = [
        dataclasses.replace(
            FIRST,
            number=number,
            side=(Side.FOR, Side.AGAINST)[number % 2],
            text=dataclasses.replace(FIRST.text, claim=claim),
            parent_number=None if number % 3 else number - 1,
            relation=None if number % 3 else Relation.ATTACKS,
        )
        for number in range(1, count + 1)
    ]
    trees = {side: tuple(argument_tree(made, side)) for side in Side}
    return MapBoard(OPEN, trees, tuple(unchallenged(made)))


def numbers_in(said: str) -> list[int]:
    return [int(number) for number in re.findall(r"^ *- \*\*(\d+)\*\* \(", said, re.MULTILINE)]


def test_text_and_picture_of_a_map_without_room_have_the_same_newest() -> None:
    board = big_map()
    drawn = argument_picture(board.debate.motion, board.trees)
    layout = debate_arguments.argument_map(board, drawn)
    assert refusals(layout) == []
    said = texts_of(layout)
    numbers = numbers_in(said)
    assert len(numbers) == MAP_ROOM
    assert {599, 600} <= set(numbers)
    extract = map_extract(board.trees)
    assert numbers == [each.argument.number for side in Side for each in extract[side]]
    assert {int(number) for number in re.findall(r"(\d+) \((?:for|against)\)", drawn.alt)} <= set(numbers)
    assert f"-# And {600 - MAP_ROOM} more: **Whole map** has all of them." in said
    assert [button["label"] for button in buttons_of(layout)] == ["Whole map"]


@pytest.mark.parametrize("claim", ["c" * LONGEST_CLAIM, "*" * LONGEST_CLAIM, "So it is."])
def test_whole_map_has_every_argument_on_pages_that_fit(claim: str) -> None:
    board = big_map(200, claim)
    numbers, page = list[int](), 0
    while True:
        layout = whole_map_card(board, page)
        assert refusals(layout) == []
        said = texts_of(layout)
        assert "…" not in said, "nothing is cut"
        numbers += numbers_in(said)
        labels = [button["label"] for button in buttons_of(layout)]
        assert labels == ["Back"] * (page > 0) + ["Next"] * ("Next" in labels)
        if "Next" not in labels:
            break
        page += 1
    assert numbers == [each.argument.number for side in Side for each in board.trees[side]]
    assert f"-# Page {page + 1} of {page + 1}." in said
    assert texts_of(whole_map_card(board, 9_999)) == said, "one that is past the end is the last"


def test_whole_map_says_what_is_not_challenged() -> None:
    said = texts_of(whole_map_card(big_map(3, "So it is.")))
    assert said.splitlines()[1:] == [
        "**For the motion, with the answers**",
        "- **2** (for): So it is.",
        "  - **3** (against, attacks 2): So it is. (not challenged yet)",
        "**Against the motion, with the answers**",
        "- **1** (against): So it is. (not challenged yet)",
        "-# Only you can see this.",
    ]


@pytest.mark.parametrize("sign", ["*", "\n", "> ", "<", "<@"])
def test_argument_of_signs_alone_fits(sign: str) -> None:
    """What cannot format or mention is longer than what was typed."""
    parts = [(sign * length)[:length] for length in (LONGEST_CLAIM, LONGEST_EVIDENCE, LONGEST_REASONING)]
    given = dataclasses.replace(FIRST, text=ArgumentText(*parts), relation=Relation.ATTACKS)
    layout = debate_arguments.argument(ArgumentBoard(OPEN, given, given))
    assert refusals(layout) == []
    assert buttons_of(layout)[0]["label"] == "Answer argument 998"


def pair_of(left: str, right: str) -> str:
    """What is shown of a pair whose evidence and reasoning are these."""
    first, second = (
        dataclasses.replace(FIRST, number=number, text=ArgumentText("So it is.", text, text))
        for number, text in ((1, left), (2, right))
    )
    layout = pair_card(Pair(OPEN, ComparisonId(BIG), first, second, 9_999, "1/2/3", "1/2/4"))
    assert refusals(layout) == []
    return texts_of(layout)


@pytest.mark.parametrize("sign", ["x", "word ", "*", "<"])
def test_pair_without_room_for_both_is_shown_evenly_with_links(sign: str) -> None:
    longest = (sign * LONGEST_REASONING)[:LONGEST_REASONING]
    said = pair_of(longest, longest)
    first, second = said.split("**The second**")
    assert abs(len(first.split("**The first**")[1]) - len(second)) < 200
    assert "-# Shortened: [Read it in full](https://discord.com/channels/1/2/3)." in first
    assert "-# Shortened: [Read it in full](https://discord.com/channels/1/2/4)." in second


def test_pair_is_only_shortened_where_it_has_to_be() -> None:
    longest = "x" * LONGEST_REASONING
    for said in (pair_of(longest, "Short."), pair_of("Short.", longest)):
        assert said.count(longest) == 2
        assert "Shortened" not in said
    said = pair_of(longest, "y" * 800)
    assert said.count("y" * 800) == 2, "it is within its half"
    assert said.count("Shortened") == 1


@pytest.mark.parametrize("origins", [1, 2, 3])
def test_outcome_with_the_whole_matrix_fits(origins: int) -> None:
    counts = {cell: count for cell, count in EVERYWHERE.items() if cell[0] in VOTES[:origins]}
    layout = debate_outcome.outcome(outcome_board(counts, shown=True))
    assert refusals(layout) == []
    said = texts_of(layout)
    assert CLAIM.motion in said
    assert len(re.findall(r"^333 people began \*\*\w+\*\*, and ended:$", said, re.MULTILINE)) == origins
    assert (
        len(re.findall(r"^- (for|undecided|against): 111 of 333, 33% ██$", said, re.MULTILINE)) == 3 * origins
    )


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ([], " 1 against.\n"),
        ([Side.AGAINST], " 1 argument answers another one, across the sides.\n"),
        ([Side.FOR], " 1 argument answers another one, of its own side.\n"),
        ([Side.FOR, Side.FOR], " 2 arguments answer another one, none of them across the sides.\n"),
        ([Side.FOR, Side.AGAINST], " 2 arguments answer another one, 1 of them across the sides.\n"),
    ],
)
def test_outcome_says_how_many_arguments_answer_others(answered: list[Side], said: str) -> None:
    made = [Contribution(1, Side.AGAINST), *(Contribution(2, Side.FOR, side) for side in answered)]
    shown = dataclasses.replace(outcome_board({}, shown=False), participation=participation([1, 2], made))
    assert said in texts_of(debate_outcome.outcome(shown))


def test_outcome_does_not_say_why_those_who_knew_more_moved() -> None:
    said = texts_of(debate_outcome.outcome(outcome_board(EVERYWHERE, shown=True)))
    assert "moved more often, beyond what chance explains; this does not say why.\n" in said


@pytest.mark.parametrize("counts", [{}, EVERYWHERE], ids=["nobody", "hidden"])
def test_outcome_without_a_breakdown_fits(counts: Mapping[tuple[Standing, Standing], int]) -> None:
    layout = debate_outcome.outcome(outcome_board(counts, shown=False))
    assert refusals(layout) == []
    assert "█" not in texts_of(layout)
    assert ("Where they stood, and who moved: too few" in texts_of(layout)) == bool(counts)


@pytest.mark.parametrize("signatures", [0, 1, 4, 5, 1_000])
def test_outcome_says_how_many_signed_the_joint_statement_from_five_on(signatures: int) -> None:
    board = outcome_board({}, shown=False)
    assert board.statement is not None
    statement = dataclasses.replace(board.statement, signatures=signatures)
    said = texts_of(debate_outcome.outcome(dataclasses.replace(board, statement=statement)))
    if signatures < 5:
        assert "\n-# It stands as last written; fewer than 5 people have signed it.\n" in said
        assert "Signed by" not in said
    else:
        assert f"\n-# Signed by {signatures} people.\n" in said


def test_note_on_totals_is_no_part_of_the_list_above_it() -> None:
    blocks = [part["content"] for part in parts_of(debate_boards.motion(board())) if part["type"] == TEXT]
    lists = [block for block in blocks if re.search(r"^(1\.|-) ", block, re.MULTILINE)]
    assert [block.splitlines()[-1][:3] for block in lists] == ["5. "]
    assert debate_boards.TOTALS_ONLY in blocks


def test_states_of_a_debate_differ_in_words() -> None:
    assert all_different(debate_boards.motion(board(debate)) for debate in (OPEN, CLOSED))


# Before arguing, and before opening


@pytest.mark.parametrize("left", [False, True])
def test_what_comes_before_arguing_fits_and_has_a_way_in(left: bool) -> None:
    layout = join_first_card(JoinFirst(OPEN, left=left))
    assert refusals(layout) == []
    ways_in = ["Come back"] if left else ["My stance before", "Rather not say"]
    assert [button["label"] for button in buttons_of(layout)] == ways_in
    assert (debate_boards.CONTENT_NOTE in texts_of(layout)) != left


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("mode", SideMode)
def test_ways_in_say_where_a_side_tells_of_a_view(mode: SideMode, format: Format) -> None:
    debate = dataclasses.replace(OPEN, options=DebateOptions(sides=mode), format=format)
    tells = mode is SideMode.OPPOSITE and format.has_sides
    for layout in (join_first_card(JoinFirst(debate, left=False)), debate_boards.motion(board(debate))):
        assert refusals(layout) == []
        assert (debate_boards.SIDES_TELL in texts_of(layout)) == tells


@pytest.mark.parametrize(
    ("minutes", "together"), [(10, "**Together:** 35 minutes."), (None, "**Together:** it waits for you")]
)
def test_preview_says_how_long_it_takes_and_has_the_background_apart(
    minutes: int | None, together: str
) -> None:
    plan = DebatePlan(revision_id=1, minutes=minutes, options=DebateOptions(slowmode=30, caucus=True))
    said = texts_of(preview_card(DebatePreview(PlanId(1), plan, "M", CLAIM, ChannelId(BIG), ()), [[]]))
    assert together in said
    assert f"**Background**\n{CLAIM.background}" in said
    assert "slow mode of 30 seconds; each side gets a private thread" in said


EVERY_OPTION = DebateOptions(
    sides=SideMode.OPPOSITE,
    gate=5,
    hide_openings=True,
    steelman=True,
    quota=20,
    slowmode=21_600,
    caucus=True,
)


def wording(text: str, signatures: int = 1_000) -> StatementVersion:
    return StatementVersion(VersionId(BIG), DebateId(BIG), UserId(BIG), text, NOW, signatures)


@pytest.mark.parametrize("text", ["s" * LONGEST_STATEMENT, "*" * LONGEST_STATEMENT, "<" * LONGEST_STATEMENT])
def test_statement_and_its_earlier_wordings_fit(text: str) -> None:
    debate = at_stage(Format.SWITCH, Stage.STATEMENT, DebateOptions())
    layout = statement_card(JointStatement(debate, wording(text), hidden=True, earlier=Earlier(9_000, 1_000)))
    assert refusals(layout) == []
    assert "It was changed 9000 times: the wording before with most signatures had 1000." in texts_of(layout)
    for said in ("Other words.", text):
        layout = earlier_card(EarlierWording(debate, wording(said), wording(text), 1, 3))
        assert refusals(layout) == []
        labels = [button["label"] for button in buttons_of(layout)]
        back = [] if said == text else ["Put this one back"]
        assert labels == [*back, "A newer one", "An older one"]


def at_stage(format: Format, stage: Stage, options: DebateOptions) -> Debate:
    stages = timetable(format, None)
    position = [each.stage for each in stages].index(stage)
    return dataclasses.replace(OPEN, format=format, course=Course(stages, position), options=options)


EVERY_STAGE = [(format, stage) for format in Format for stage in dict.fromkeys(STAGES[format])]


@pytest.mark.parametrize(("format", "stage"), EVERY_STAGE)
@pytest.mark.parametrize("mode", SideMode)
def test_messages_with_every_rule_fit_and_say_them(format: Format, stage: Stage, mode: SideMode) -> None:
    debate = at_stage(format, stage, EVERY_OPTION.model_copy(update={"sides": mode}))
    layout = debate_boards.motion(board(debate))
    assert refusals(layout) == []
    assert "…" not in texts_of(layout), "nothing of it is cut"
    rules = texts_of(layout).partition("**Rules here**\n")[2].partition(debate_boards.TOTALS_ONLY)[0]
    assert rules.count("\n- ") == rules.count("\n") - 1
    assert ("openings of others are hidden" in rules) == (Stage.OPENING in STAGES[format])
    assert ("Before you are given a side, you try 5 questions" in rules) == format.has_sides
    assert "you say in your own words what it claims" in rules
    assert "Each person adds at most 20 arguments in a stage." in rules
    shown = debate_boards.stage(stage_board(debate, *[UserId(BIG)] * 25))
    assert refusals(shown) == []
    said = texts_of(shown)
    assert ("First try 5 questions on the topic" in said) == (stage is Stage.JOINING)
    assert ("Those of others are hidden until your own is in." in said) == (stage is Stage.OPENING)
    assert ("you first say in your own words" in said) == stage.takes_answers
    assert ("You can add 20 arguments in this stage." in said) == stage.takes_arguments


@pytest.mark.parametrize(("format", "stage"), EVERY_STAGE)
def test_stage_that_has_the_button_for_the_statement_says_what_it_is_for(
    format: Format, stage: Stage
) -> None:
    layout = debate_boards.stage(stage_board(at_stage(format, stage, DebateOptions())))
    offered = "Joint statement" in [button["label"] for button in buttons_of(layout)]
    assert offered == (stage in (Stage.STATEMENT, Stage.VOTING))
    words = re.search(r"[wW]rite together what all|\*\*joint statement\*\* can still be", texts_of(layout))
    assert (words is not None) == offered


@pytest.mark.parametrize("format", Format)
def test_debate_without_rules_of_its_own_lists_none(format: Format) -> None:
    debate = at_stage(format, STAGES[format][0], DebateOptions())
    assert "Rules here" not in texts_of(debate_boards.motion(board(debate)))


@pytest.mark.parametrize("mode", SideMode)
def test_joining_says_how_one_comes_to_a_side(mode: SideMode) -> None:
    debate = at_stage(Format.OXFORD, Stage.JOINING, DebateOptions(sides=mode))
    for said in (
        texts_of(debate_boards.motion(board(debate))),
        texts_of(debate_boards.stage(stage_board(debate))),
    ):
        chosen = mode is SideMode.CHOSEN
        assert ("in **My place** which side you would like to argue." in said) == chosen
        assert ("Sides are given when joining ends." in said) != chosen


@pytest.mark.parametrize("format", Format)
def test_preview_with_everything_fits_and_names_what_does_nothing(format: Format) -> None:
    plan = DebatePlan(motion="M" * limits.MOTION, format=format, options=EVERY_OPTION)
    preview = DebatePreview(PlanId(BIG), plan, plan.motion or "", None, ChannelId(BIG), ())
    lacking = {"slowmode": "**There will be no slow mode:** I lack it.", "caucus": "**No private threads.**"}
    layout = preview_card(preview, [[]], lacking)
    assert refusals(layout) == []
    said = texts_of(layout)
    assert "slow mode of" not in said
    assert "each side gets" not in said
    assert said.count("There will be no slow mode") == 1
    assert ("`sides`, as there are none" in said) == (not format.has_sides)
    hides = format in (Format.OXFORD, Format.SWITCH)
    assert ("openings of others are hidden" in said) == hides
    assert ("`hide_openings`, as there are no openings" in said) != hides
