"""/debate close: the outcome, its honest verdict, and nothing in it that tells on anybody."""

import itertools
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from simcord import MemberActor

from bot.actions.debate_course import close_debate, open_debate
from bot.actions.debate_reports import OutcomeBoard, outcome_board
from bot.actions.debate_stances import give_stance
from bot.actions.questions import claims_for
from bot.debate.formats import Format, Planned, Stage
from bot.debate.stance import Phase, Stance, Standing
from bot.debate.swing import SwitchMatrix, measure_swing
from bot.ids import ChannelId, DebateId, UserId
from bot.views import debate_outcome
from bot.views.debate_words import WAYS_AFTERWARDS
from tests import classroom as without_discord
from tests.discord import debating
from tests.discord.debating import DebateRoom, newcomers
from tests.discord.room import Classroom, buttons, reply, texts

TOO_FEW = (
    "**Too few began on one side or the other to tell a shift from chance. It takes 5 people on each side.**"
)
HIDDEN = "too few, or too much alike, to show without giving somebody’s vote away."
NOTHING_SHOWN = f"Where they stood, and who moved: {HIDDEN}"
HIDDEN_SWITCHES = f"Where they stood after, and who moved: {HIDDEN}"
FIGURE_MEANS = (
    "It compares the shares of people who moved each way: +1 if all ended for, -1 if all ended against, "
)
NEVER_ASKED = "**The debate was closed before anybody was asked where they stand now.**"
SHIFTS = {
    "for": (
        "**A shift towards the motion, beyond what chance explains.** Of those who began against or undecided, a "
        "larger share ended for than the other way round; moves to undecided do not count here."
    ),
    "against": (
        "**A shift away from the motion, beyond what chance explains.** Of those who began for or undecided, a "
        "larger share ended against than the other way round; moves to undecided do not count here."
    ),
}
NOT_WHY = "This says that people moved, not that the debate moved them."
F, U, A = Standing.FOR, Standing.UNDECIDED, Standing.AGAINST
ENDS = ("for", "undecided", "against")


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    return await debating.open_debate(classroom)


async def vote(
    debate: DebateRoom, people: Sequence[MemberActor], paths: Iterable[tuple[str, str | None]]
) -> None:
    """Each person says where they stand before, and after unless that is None."""
    ways = list(paths)
    await vote_before(debate, people, ways)
    await vote_after(debate, people, ways)


async def vote_before(
    debate: DebateRoom, people: Sequence[MemberActor], ways: Sequence[tuple[str, str | None]]
) -> None:
    """Each says where they stand now."""
    for person, (before, _) in zip(people, ways, strict=True):
        await debate.stance(person, before)


async def vote_after(
    debate: DebateRoom, people: Sequence[MemberActor], ways: Sequence[tuple[str, str | None]]
) -> None:
    """The vote begins, and each says where they stand then, unless that is None."""
    await debate.vote_now()
    for person, (_, after) in zip(people, ways, strict=True):
        if after is not None:
            await debate.stance(person, after, when="after")


# Closing


async def test_outcome_tells_what_was_argued_and_nothing_of_few_stances(debate: DebateRoom) -> None:
    one, other, third, fourth = debate.room.students[:4]
    people = [one, other, third, fourth]
    ways = [("for", "for"), ("against", "for"), ("undecided", None), ("declined", "for")]
    await vote_before(debate, people, ways)
    await debate.argue_now()
    sides = dict(
        debate.room.rows(
            "select l.user_id, d.side from debater as d join learner as l on l.learner_id = d.learner_id"
        )
    )
    other = next(each for each in people if sides[each.id] != sides[one.id])
    await debate.argue(one)
    await debate.argue(other, answers="1", relation="attacks")
    await debate.argue(other, answers="2")
    await fourth.send(debate.thread, "Well said.")
    await vote_after(debate, people, ways)
    outcome = await debate.outcome()
    by_side = dict(debate.room.rows("select side, count(*) from argument group by side"))
    assert outcome == "\n".join(
        (
            "## Outcome of the debate",
            f"Motion: **{debating.MOTION}**",
            TOO_FEW,
            "### Stances",
            "3 people voted before the debate, 3 after it, 2 both times and in time.",
            NOTHING_SHOWN,
            "### Taking part",
            f"4 people joined and 2 of them argued: {by_side['for']} argument{'s' if by_side['for'] > 1 else ''} "
            f"for, {by_side['against']} against. 2 arguments answer another one, 1 of them across the sides.",
            "Beside the arguments, 1 person posted 1 message here.",
            "-# Stances stay private.",
            WAYS_AFTERWARDS,
        )
    )


async def test_outcome_of_a_class_has_totals_switches_and_a_verdict(debate: DebateRoom) -> None:
    people = [*debate.room.students, *newcomers(debate.room, 12)]
    paths = [
        (before, after)
        for before in ("for", "against", "undecided")
        for after in ("for",) * 3 + ("against",) * 3
    ]
    await vote(debate, people, paths)
    outcome = await debate.outcome()
    assert "18 people voted before the debate, 18 after it, 18 both times and in time." in outcome
    assert "Those who voted both times, before: 6 for, 6 undecided, 6 against." in outcome
    assert "The same people, after: 9 for, 0 undecided, 9 against." in outcome
    for origin in ("for", "against", "undecided"):
        assert (
            f"\n6 people began **{origin}**, and ended:\n- for: 3 of 6, 50% ███\n- undecided: 0 of 6, 0%\n"
            "- against: 3 of 6, 50% ███\n"
        ) in outcome
    assert HIDDEN not in outcome
    verdict = "**No clear shift. That is the usual outcome, and no defeat for anybody.**"
    assert outcome.splitlines()[1:4] == [f"Motion: **{debating.MOTION}**", verdict, "### Stances"]
    assert re.search(
        rf"\nPersuasion figure \+0.00, plausibly between -0.\d\d and \+0.\d\d\. {re.escape(FIGURE_MEANS)}",
        outcome,
    )


async def test_clear_shift_is_called_one(debate: DebateRoom) -> None:
    people = [*debate.room.students, *newcomers(debate.room, 15)]
    stay_and_go = [("for", "for")] * 6 + [("for", "undecided")]
    stay_and_go += [("against", "for")] * 6 + [("against", "against")]
    stay_and_go += [("undecided", "for")] * 6 + [("undecided", "undecided")]
    await vote(debate, people, stay_and_go)
    outcome = await debate.outcome()
    assert f"\n{SHIFTS['for']} {NOT_WHY}\n### Stances\n" in outcome
    assert "\nPersuasion figure +0." in outcome
    assert "won" not in outcome
    assert "winner" not in outcome


async def test_class_in_which_few_are_undecided_gets_a_verdict_on_its_sides(debate: DebateRoom) -> None:
    people = [*debate.room.students, *newcomers(debate.room, 9)]
    await vote(
        debate,
        people,
        [("for", "for")] * 6
        + [("for", "against")]
        + [("against", "for")] * 6
        + [("against", "against")]
        + [("undecided", "against")],
    )
    outcome = await debate.outcome()
    assert f"\n{SHIFTS['for']} {NOT_WHY}\n" in outcome
    assert "before: 7 for, 1 undecided, 7 against." in outcome
    assert HIDDEN_SWITCHES in outcome, "what the only one who began undecided did"
    assert nothing_of_the_matrix(outcome)


async def test_side_that_lacked_people_is_named_where_its_number_is_shown(debate: DebateRoom) -> None:
    people = [*debate.room.students, *newcomers(debate.room, 3)]
    await vote(debate, people, [("for", "for")] * 3 + [("for", "against")] * 5 + [("against", "against")])
    outcome = await debate.outcome()
    assert "before: 8 for, 0 undecided, 1 against." in outcome
    assert (
        "**Only 1 person began against, so a shift cannot be told from chance. It takes 5 people on each side.**"
    ) in outcome


async def test_silent_debate_is_said_to_be_one(debate: DebateRoom) -> None:
    await debate.vote_now()
    outcome = await debate.outcome()
    assert "0 people joined, and nobody added an argument." in outcome
    assert "**Nobody voted in time before the debate and again after it.**" in outcome
    assert "0 people voted before the debate, 0 after it." in outcome
    assert HIDDEN not in outcome


async def test_debate_that_is_closed_before_the_last_vote_says_that_nobody_was_asked(
    debate: DebateRoom,
) -> None:
    await debate.stance(debate.room.students[0], "for")
    outcome = await debate.outcome()
    assert NEVER_ASKED in outcome
    assert "\n1 person voted before the debate.\n" in outcome
    assert "Nobody voted" not in outcome


async def test_closed_motion_points_to_the_outcome_and_has_no_buttons(debate: DebateRoom) -> None:
    await debate.stance(debate.room.students[0], "for")
    await debate.close()
    await debate.room.env.advance_time(3)
    assert texts(debate.motion) == (
        f"## Motion: {debating.MOTION}\nThis debate is closed. 1 person has joined · 0 arguments.\n"
        f"-# The outcome is at the end of this thread.\n{WAYS_AFTERWARDS}"
    )
    assert buttons(debate.motion) == {}


async def test_closing_twice_says_so_and_posts_one_outcome(debate: DebateRoom) -> None:
    await debate.outcome()
    assert await debate.close() == "The debate is closed, so nothing was changed."
    outcomes = [each for each in debate.room.posted(debate.thread) if texts(each).startswith("## Outcome")]
    assert len(outcomes) == 1


async def test_closing_is_for_instructors_and_whoever_opened_it(debate: DebateRoom) -> None:
    refused = "Only the host and other instructors can close this debate."
    assert await debate.close(debate.room.students[0]) == refused
    assert debate.room.value("select state from debate") == "open"
    assert "Closed. The outcome is at the end" in await debate.close(debate.room.manager)


async def test_debate_is_closed_from_elsewhere_by_name_or_where_it_is_the_only_one(
    debate: DebateRoom,
) -> None:
    room = debate.room
    offered = await room.instructor.autocomplete(room.channel, "debate close", "debate", "")
    assert offered == [{"name": debating.MOTION, "value": str(debate.debate_id)}]
    second = await debating.open_debate(room)
    unclear = await room.instructor.slash(room.channel, "debate close")
    assert texts(reply(unclear)) == (
        "There are several debates in this server. Use the command in the debate's own thread, "
        "or tap the box `debate` and choose one from the list."
    )
    asked = await room.instructor.slash(room.channel, "debate close", debate=str(second.debate_id))
    await room.instructor.click(reply(asked), label="Yes, close it")
    assert room.rows("select state from debate order by debate_id") == [("open",), ("closed",)]
    again = await room.instructor.slash(room.channel, "debate close", debate=str(second.debate_id))
    assert texts(reply(again)) == "The debate is closed, so nothing was changed."
    asked = await room.instructor.slash(room.channel, "debate close")
    assert debating.MOTION in texts(reply(asked)), "the only one left, by its motion"
    await room.instructor.click(reply(asked), label="Yes, close it")
    none_left = await room.instructor.slash(room.channel, "debate close")
    assert texts(reply(none_left)) == "No debate is open in this server. Open one with `/debate open`."
    unknown = await room.instructor.slash(room.channel, "debate close", debate=debating.MOTION)
    assert texts(reply(unknown)).startswith(f"I cannot find a debate named “{debating.MOTION}” here.")
    assert await room.instructor.autocomplete(room.channel, "debate close", "debate", "") == []


# What can be read off the message


async def test_one_person_who_voted_twice_is_not_told_on(debate: DebateRoom) -> None:
    await vote(debate, debate.room.students[:1], [("for", "against")])
    outcome = await debate.outcome()
    assert "1 person voted before the debate, 1 after it, 1 both times and in time." in outcome
    assert NOTHING_SHOWN in outcome
    assert nothing_of_the_matrix(outcome)


async def test_class_that_began_alike_is_not_told_on(debate: DebateRoom) -> None:
    """Six began for, which is a unanimous breakdown: the rows of the matrix must not show it either."""
    paths = [("for", "for")] * 3 + [("for", "against")] * 3
    await vote(debate, debate.room.students, paths)
    outcome = await debate.outcome()
    assert NOTHING_SHOWN in outcome
    assert outcome.count(HIDDEN) == 1, "it is said once"
    assert nothing_of_the_matrix(outcome)


async def test_row_of_few_hides_the_whole_matrix(debate: DebateRoom) -> None:
    """With both totals known, the row of the two who began against would be what the other row leaves over."""
    people = [*debate.room.students, *newcomers(debate.room, 2)]
    paths = [("for", "for")] * 3 + [("for", "against")] * 3 + [("against", "against")] * 2
    await vote(debate, people, paths)
    outcome = await debate.outcome()
    assert "before: 6 for, 0 undecided, 2 against." in outcome
    assert HIDDEN_SWITCHES in outcome
    assert nothing_of_the_matrix(outcome)


async def test_row_of_people_who_agree_hides_the_whole_matrix_and_the_figure(debate: DebateRoom) -> None:
    """Each origin has enough people for a verdict; all who began undecided went the same way."""
    people = [*debate.room.students, *newcomers(debate.room, 12)]
    paths = [(before, after) for before in ("for", "against") for after in ("for", "against") * 3]
    paths += [("undecided", "undecided")] * 6
    await vote(debate, people, paths)
    outcome = await debate.outcome()
    assert "before: 6 for, 6 undecided, 6 against." in outcome
    assert HIDDEN_SWITCHES in outcome
    assert nothing_of_the_matrix(outcome)
    assert "**No clear shift. That is the usual outcome, and no defeat for anybody.**" in outcome


Paths = Sequence[tuple[Standing, Standing]]


class Debates:
    """Debates without Discord, for many of them in a short time."""

    def __init__(self, path: Path) -> None:
        self.room = without_discord.Classroom(path, without_discord.MIXED)
        self._threads = itertools.count(1)

    def outcome(self, paths: Paths, *, once: Sequence[Standing] = ()) -> str:
        """The text of the outcome, after people went these ways, and others voted before only."""
        return text_of(self.board(paths, once=once))

    def board(self, paths: Paths, *, once: Sequence[Standing] = ()) -> OutcomeBoard:
        """The outcome, after people went these ways, and others voted before only."""
        room = self.room
        (listed,) = claims_for(room.db, guild_id=without_discord.GUILD)
        debate_id = room.do(
            open_debate,
            guild_id=without_discord.GUILD,
            revision_id=listed.revision_id,
            channel_id=without_discord.CHANNEL,
            thread_id=ChannelId(next(self._threads)),
            opened_by=without_discord.HOST,
            format=Format.OXFORD,
            timetable=(Planned(Stage.FLOOR),),
            rng=random.Random(1),
            at=room.now,
        )
        for number, path in enumerate([*paths, *((standing,) for standing in once)], start=1):
            for phase, standing in zip(Phase, path, strict=False):
                self._vote(debate_id, UserId(number), phase, standing)
        room.do(
            close_debate,
            guild_id=without_discord.GUILD,
            debate_id=debate_id,
            user_id=without_discord.HOST,
            at=room.now,
        )
        board = outcome_board(room.db, debate_id=debate_id)
        assert board is not None
        return board

    def _vote(self, debate_id: DebateId, user_id: UserId, phase: Phase, standing: Standing) -> None:
        self.room.do(
            give_stance,
            guild_id=without_discord.GUILD,
            debate_id=debate_id,
            user_id=user_id,
            phase=phase,
            stance=Stance(standing),
            interaction_id=self.room.click(),
            at=self.room.now,
        )


def text_of(board: OutcomeBoard) -> str:
    """An outcome as it is read."""
    return "\n".join(_contents(debate_outcome.outcome(board).to_components()))


def _contents(components: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for component in components:
        if "content" in component:
            yield str(component["content"])
        yield from _contents(component.get("components") or ())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def debates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debates]:
    debates = Debates(tmp_path_factory.mktemp("debates") / "class.db")
    yield debates
    debates.room.close()


def nothing_of_the_matrix(outcome: str) -> bool:
    """Whether nothing is said of where those who began at one stance ended, in words or in a figure."""
    said = outcome.partition("### Stances")[2].partition("### Taking part")[0]
    return not re.search(r"began|ended|\d+ of \d+|█|Persuasion|plausibly", said)


def rows_shown(outcome: str) -> dict[str, tuple[int, ...]]:
    """The rows of the matrix that stand in an outcome: who began so, as votes for/undecided/against."""
    rows: dict[str, tuple[int, ...]] = {}
    for began, origin, *ended in re.findall(
        r"^(\d+) (?:person|people) began \*\*(\w+)\*\*, and ended:\n"
        r"- for: (\d+) of .*\n- undecided: (\d+) of .*\n- against: (\d+) of .*$",
        outcome,
        re.MULTILINE,
    ):
        rows[origin] = tuple(map(int, ended))
        assert sum(rows[origin]) == int(began)
    return rows


def totals_shown(outcome: str) -> list[tuple[int, ...]]:
    """The totals before and after that stand in an outcome, as votes for/undecided/against."""
    found = re.findall(r": (\d+) for, (\d+) undecided, (\d+) against\.$", outcome, re.MULTILINE)
    return [tuple(map(int, counts)) for counts in found]


def tells(votes: Sequence[int]) -> bool:
    """Whether a breakdown would tell on somebody: of few people, or of people who all agree."""
    return sum(votes) < 5 or max(votes) == sum(votes)


def votes_of(standings: Iterable[Standing]) -> tuple[int, ...]:
    """How many are for, undecided and against."""
    given = list(standings)
    return tuple(given.count(standing) for standing in (F, U, A))


def matrix_of(paths: Paths) -> dict[str, tuple[int, ...]]:
    """The rows of the matrix for those origins at which anybody began."""
    return {
        origin.words.lower(): votes_of(after for before, after in paths if before is origin)
        for origin in (F, U, A)
        if any(before is origin for before, _ in paths)
    }


def must_be_hidden(paths: Paths) -> bool:
    """Whether nothing of the matrix may be shown: a row of it, or the rows' sizes, would tell on somebody."""
    return any(map(tells, matrix_of(paths).values())) or tells(votes_of(before for before, _ in paths))


ways = st.lists(st.tuples(st.sampled_from((F, U, A)), st.sampled_from((F, U, A))), max_size=14)
CELLS = [(before, after) for before in (F, U, A) for after in (F, U, A)]
classes = st.lists(st.sampled_from((0, 0, 1, 2, 3, 5)), min_size=9, max_size=9).map(
    lambda counts: [cell for cell, count in zip(CELLS, counts, strict=True) for _ in range(count)]
)
"""Classes whose rows are often large enough to be shown, and often just not."""


@settings(max_examples=200)
@given(paths=ways | classes)
@example(paths=[(F, F), (F, A)] * 3 + [(U, U), (U, F)] * 3 + [(A, A), (A, F)] * 3)
@example(paths=[(F, F), (F, A)] * 3 + [(U, U), (U, F)] * 3 + [(A, A)])
@example(paths=[(F, F), (F, A)] * 3 + [(U, U)] * 6)
@example(paths=[(F, F)] * 4 + [(F, A)])
def test_matrix_is_shown_whole_or_not_at_all(debates: Debates, paths: Paths) -> None:
    outcome = debates.outcome(paths)
    assert not any(map(tells, totals_shown(outcome))), outcome
    if must_be_hidden(paths):
        assert rows_shown(outcome) == {}
        assert nothing_of_the_matrix(outcome), outcome
        assert outcome.count(HIDDEN) == bool(paths), "two totals can force a row"
    else:
        assert rows_shown(outcome) == matrix_of(paths), outcome
        assert totals_shown(outcome) == [votes_of(standings) for standings in zip(*paths, strict=True)]
        assert HIDDEN not in outcome


@settings(max_examples=80)
@given(paths=(ways | classes).filter(must_be_hidden), other=st.randoms(use_true_random=False))
def test_of_a_hidden_matrix_nothing_is_told_but_where_people_began(
    debates: Debates, paths: Paths, other: random.Random
) -> None:
    otherwise = [(start, other.choice((F, U, A))) for start, _ in paths]
    assume(must_be_hidden(otherwise))
    one, two = (debates.outcome(each).splitlines() for each in (paths, otherwise))
    # The verdict says whether there was a shift at all, and stands in a line of its own after the motion.
    assert one[:2] + one[3:] == two[:2] + two[3:]


@settings(max_examples=40)
@given(paths=ways.filter(lambda paths: 1 <= len(paths) <= 4), other=st.randoms(use_true_random=False))
def test_outcome_of_fewer_than_five_is_the_same_whatever_they_voted(
    debates: Debates, paths: Paths, other: random.Random
) -> None:
    otherwise = [(other.choice((F, U, A)), other.choice((F, U, A))) for _ in paths]
    assert debates.outcome(paths) == debates.outcome(otherwise)


@pytest.mark.parametrize("people", [1, 4, 5, 9])
def test_outcome_is_the_same_for_whichever_stance_all_of_them_share(debates: Debates, people: int) -> None:
    said = {debates.outcome([(before, after)] * people) for before in (F, U, A) for after in (F, U, A)}
    assert len(said) == 1


def test_those_who_voted_once_are_in_no_breakdown(debates: Debates) -> None:
    twice = [(F, F), (F, A), (A, A), (A, F), (U, F)]
    with_others = debates.outcome(twice, once=[F, F, F])
    alone = debates.outcome(twice)
    assert "8 people voted before the debate, 5 after it, 5 both times and in time." in with_others
    shown = [said.partition("\nThose who")[2].partition("\n### Taking")[0] for said in (with_others, alone)]
    assert shown[0] == shown[1]
    assert with_others.partition("### Stances")[0] == alone.partition("### Stances")[0]


# What is said of the matrix

rows_of_all_sizes = st.tuples(*[st.sampled_from((0, 1, 2, 6, 20, 30))] * 3)


@settings(max_examples=300)
@given(rows_of_all_sizes, rows_of_all_sizes, rows_of_all_sizes, st.integers(0, 99))
@example((30, 20, 1), (1, 4, 1), (6, 1, 1), 1)
@example((24, 1, 10), (4, 2, 1), (6, 1, 1), 1)
@example((18, 1, 1), (14, 5, 1), (30, 5, 25), 1)
@example((25, 5, 30), (1, 5, 14), (1, 1, 18), 1)
@example((20, 0, 1), (0, 0, 0), (20, 0, 6), 1)
def test_words_say_what_the_matrix_above_them_says(
    debates: Debates,
    f: tuple[int, int, int],
    u: tuple[int, int, int],
    a: tuple[int, int, int],
    seed: int,
) -> None:
    cells = {
        (origin, end): count
        for origin, row in zip((F, U, A), (f, u, a), strict=True)
        for end, count in zip((F, U, A), row, strict=True)
    }
    swing = measure_swing(SwitchMatrix(cells), random.Random(seed), resamples=200)
    before = {origin: swing.matrix.began(origin) for origin in (F, U, A)}
    said = text_of(replace(debates.board([]), swing=swing, before=before, switches_shown=True))
    rows = rows_shown(said)
    began, ended = (
        [sum(rows.get(each, ())) for each in ENDS],
        [sum(each) for each in zip(*rows.values(), strict=True)],
    )
    towards = sum(
        rows[origin][at] for at, end in enumerate(ENDS) for origin in ENDS[at + 1 :] if origin in rows
    )
    away = sum(rows[origin][at] for at, end in enumerate(ENDS) for origin in ENDS[:at] if origin in rows)
    without_undecided = "" if any(u) else " or undecided"
    if SHIFTS["for"].replace(without_undecided, "") in said:
        sign = 1
    elif SHIFTS["against"].replace(without_undecided, "") in said:
        sign = -1
    else:
        assert re.search(r"\*\*(No clear shift|(Only|Nobody) .*so a shift cannot be told|Nobody voted)", said)
        assert NOT_WHY not in said
        return
    assert NOT_WHY in said
    assert (towards - away) * sign > 0
    assert ((ended[0] - ended[2]) - (began[0] - began[2])) * sign > 0
    rows.setdefault("undecided", (0, 0, 0))
    came_for = (rows["against"][0] + rows["undecided"][0]) / (began[2] + began[1])
    came_against = (rows["for"][2] + rows["undecided"][2]) / (began[0] + began[1])
    assert (came_for - came_against) * sign > 0


def test_figure_that_the_counts_contradict_is_explained_where_the_counts_are_shown(debates: Debates) -> None:
    rows = {F: (30, 20, 1), U: (1, 4, 1), A: (6, 1, 1)}
    paths = [
        (origin, end)
        for origin, row in rows.items()
        for end, count in zip((F, U, A), row, strict=True)
        for _ in range(count)
    ]
    said = debates.outcome(paths)
    assert rows_shown(said) == {"for": (30, 20, 1), "undecided": (1, 4, 1), "against": (6, 1, 1)}
    assert "**No clear shift: the numbers of people and the shares do not say the same.**\n" in said
    assert "\nPersuasion figure +0.37, " in said
    hidden = [(start, F if start is A else end) for start, end in paths]
    assert "**No clear shift. That is the usual outcome, and no defeat for anybody.**\n" in debates.outcome(
        hidden
    )
