"""What a large debate costs its readers: 200 people, 600 arguments and 5,000 messages, against a tenth of that.

    python benchmarks/debates.py [--people 200] [--arguments 600] [--messages 5000] [--rounds 15]

Everybody has taken a stance, answered the questions of the knowledge gate, compared pairs of arguments and voted again;
the joint statement is written. Measured is what it takes to read from the file and to render the message:

- the status for the instructor;
- the map of the arguments as text, and the picture that goes with it;
- the close: ending the debate, which is undone again each time, and its outcome.

The references, in the same run: fetching the same rows with bare SQL and throwing them away; for the picture a sheet
of the same size with nothing on it. All are best of three on one connection. Exit status 1 if opening any of them
takes longer than a second.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import click
from PIL import Image
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.debate_course import advance_debate, close_debate, open_debate
from bot.actions.debate_gate import enter_gate
from bot.actions.debate_reports import debate_map, debate_status, outcome_board
from bot.actions.debate_stances import give_stance
from bot.actions.joint_statement import write_statement
from bot.actions.own_answers import answer_own, show_feedback
from bot.actions.own_arguments import withdraw_argument
from bot.actions.own_runs import OwnQuestion, OwnStep, next_step
from bot.actions.questions import claims_for, publish_bundled
from bot.actions.threads import MessageFacts, note_message
from bot.bank.item import Category
from bot.bank.kinds import Choice, Claim
from bot.bank.question_set import QuestionSet, SetInfo
from bot.debate.argument import Relation
from bot.debate.formats import Format, Stage, timetable
from bot.debate.judging import Better, next_pair
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance
from bot.ids import ArgumentId, ChannelId, DebateId, GuildId, InteractionId, MessageId, UserId
from bot.insight.charts.argument_chart import argument_picture
from bot.insight.charts.sheet import WIDE, Sheet
from bot.store.arguments import arguments_of
from bot.store.comparisons import add_comparison, judge_comparison
from bot.store.connection import open_for_writing
from bot.store.debaters import debaters_of
from bot.store.debates import find_debate
from bot.views import debate_arguments, debate_outcome
from bot.views.debate_host_cards import host_card

GUILD, CHANNEL, THREAD, HOST = GuildId(1), ChannelId(2), ChannelId(3), UserId(4)
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST_PERSON = 1_000
GOES = 3
A_TENTH = 10
GATE = 3
PAIRS_A_PERSON = 5
ANSWERING, WITHDRAWN = 0.6, 0.05
"""The shares of arguments that answer another one, and that are withdrawn."""
LONGEST_SECONDS = 1.0

STATUS, MAP_TEXT, MAP_PICTURE, CLOSE = "status", "map, as text", "map, its picture", "close"

DEBATERS = "SELECT * FROM debater WHERE debate_id = ?"
STANCES = "SELECT * FROM stance WHERE debate_id = ?"
ARGUMENTS = "SELECT * FROM argument WHERE debate_id = ?"
COMPARISONS = "SELECT * FROM comparison WHERE debate_id = ?"
MESSAGES = """
    SELECT m.* FROM message AS m JOIN debate AS d ON d.thread_id = m.thread_id WHERE d.debate_id = ?
"""
GATE_ANSWERS = """
    SELECT a.* FROM answer AS a
    JOIN round AS o ON o.round_id = a.round_id
    JOIN debater AS m ON m.gate_run_id = o.run_id
    WHERE m.debate_id = ?
"""
ROWS = {
    STATUS: (DEBATERS, STANCES),
    MAP_TEXT: (ARGUMENTS,),
    CLOSE: (DEBATERS, STANCES, ARGUMENTS, COMPARISONS, MESSAGES, GATE_ANSWERS),
}
"""The rows that each message is made from."""


@dataclass(slots=True)
class Measured:
    """What a message and its reference took, in seconds, round by round."""

    message: list[float] = field(default_factory=list[float])
    reference: list[float] = field(default_factory=list[float])


@dataclass(frozen=True, slots=True)
class Size:
    """How large a debate is."""

    people: int
    arguments: int
    messages: int


@click.command()
@click.option("--people", default=200, show_default=True, type=click.IntRange(50), help="In the debate.")
@click.option("--arguments", default=600, show_default=True, type=click.IntRange(100), help="In all.")
@click.option("--messages", default=5_000, show_default=True, type=click.IntRange(100), help="Beside them.")
@click.option("--rounds", default=15, show_default=True, type=click.IntRange(1), help="Rounds measured.")
def main(people: int, arguments: int, messages: int, rounds: int) -> None:
    """A large debate, against a tenth of it and against bare rows."""
    console = Console()
    sizes = [
        Size(people // A_TENTH, arguments // A_TENTH, messages // A_TENTH),
        Size(people, arguments, messages),
    ]
    found: list[dict[str, Measured]] = []
    with tempfile.TemporaryDirectory(prefix="seminar-debates-") as folder:
        for size in sizes:
            db = open_for_writing(Path(folder) / f"{size.people}.db")
            try:
                with console.status(f"A debate of {size.people} people"):
                    debate_id = fill(db, size, random.Random(1))
                    found.append(measured(db, debate_id, rounds))
            finally:
                db.close()
    console.print(report(sizes[-1], *found))
    slowest = max(max(each.message) for each in found[-1].values())
    console.print(f"The longest that any of them took: {slowest:.2f} s.")
    sys.exit(1 if slowest > LONGEST_SECONDS else 0)


def measured(db: Database, debate_id: DebateId, rounds: int) -> dict[str, Measured]:
    """All of them with their references, in turns. The first round is not measured: it loads the typeface."""
    drawn = draw_map(db, debate_id)
    works: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        STATUS: (lambda: show_status(db, debate_id), lambda: scan(db, debate_id, ROWS[STATUS])),
        MAP_TEXT: (lambda: show_map(db, debate_id), lambda: scan(db, debate_id, ROWS[MAP_TEXT])),
        MAP_PICTURE: (lambda: draw_map(db, debate_id), lambda: Sheet(height_of(drawn), WIDE).png()),
        CLOSE: (lambda: close(db, debate_id), lambda: scan(db, debate_id, ROWS[CLOSE])),
    }
    found = {name: Measured() for name in works}
    for number in range(rounds + 1):
        for name, (message, reference) in works.items():
            seconds, bare = best(message), best(reference)
            if number > 0:
                found[name].message.append(seconds)
                found[name].reference.append(bare)
    return found


def show_status(db: Database, debate_id: DebateId) -> None:
    """What an instructor sees of it."""
    host_card(debate_status(db, guild_id=GUILD, debate_id=debate_id), [])


def show_map(db: Database, debate_id: DebateId) -> None:
    """The message of the map, without its picture."""
    board = debate_map(db, debate_id=debate_id)
    if board is None:
        raise SystemExit("There is no map.")
    debate_arguments.argument_map(board, None)


def draw_map(db: Database, debate_id: DebateId) -> bytes:
    """The picture of the map, and reading what is on it."""
    board = debate_map(db, debate_id=debate_id)
    if board is None:
        raise SystemExit("There is no map.")
    return argument_picture(board.debate.motion, board.trees).png


def height_of(png: bytes) -> float:
    """In the units of a sheet."""
    width, height = Image.open(BytesIO(png)).size
    return height * WIDE / width


def close(db: Database, debate_id: DebateId) -> None:
    """End the debate, and show its outcome; then nothing has happened."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        close_debate(db, guild_id=GUILD, debate_id=debate_id, user_id=HOST, at=BEGUN + timedelta(hours=3))
        board = outcome_board(db, debate_id=debate_id)
        if board is None:
            raise SystemExit("There is no outcome.")
        debate_outcome.outcome(board)
    finally:
        db.conn.execute("ROLLBACK")


def scan(db: Database, debate_id: DebateId, statements: Sequence[str]) -> None:
    """Fetch the rows."""
    for statement in statements:
        if not db.conn.execute(statement, (debate_id,)).fetchall():
            raise SystemExit(f"There are no rows: {statement}")


def best(work: Callable[[], object]) -> float:
    """The fewest seconds that the work takes in three goes: others use the machine too."""
    took: list[float] = []
    for _ in range(GOES):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


def report(size: Size, small: dict[str, Measured], large: dict[str, Measured]) -> Table:
    """Milliseconds (medians), how they grow from a tenth on, and the ratio to the reference."""
    table = Table(
        title=f"{size.people} people, {size.arguments} arguments, {size.messages:,} messages",
        caption="The picture against an empty one of its size, all others against the bare rows.",
    )
    for heading in ("", "a tenth, ms", "ms", "growth", "reference, ms", "ratio"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, each in large.items():
        few, many = statistics.median(small[name].message), statistics.median(each.message)
        pairs = zip(each.message, each.reference, strict=True)
        table.add_row(
            name,
            f"{few * 1e3:.1f}",
            f"{many * 1e3:.1f}",
            f"{many / few:.1f}",
            f"{statistics.median(each.reference) * 1e3:.2f}",
            f"{statistics.median(message / reference for message, reference in pairs):.1f}",
        )
    return table


# The debate


class Filling:
    """A debate in the making: its clock, and ids as Discord gives them."""

    def __init__(self, db: Database, size: Size, rng: random.Random) -> None:
        self.db, self.size, self.rng = db, size, rng
        self.people = [UserId(FIRST_PERSON + number) for number in range(size.people)]
        self._clicks = 0
        publish_bundled(db, sets=[question_set()], at=BEGUN)
        self.debate_id = open_debate(
            db,
            guild_id=GUILD,
            revision_id=claims_for(db, guild_id=GUILD)[0].revision_id,
            channel_id=CHANNEL,
            thread_id=THREAD,
            opened_by=HOST,
            format=Format.SWITCH,
            timetable=timetable(Format.SWITCH, None),
            options=DebateOptions(gate=GATE),
            rng=rng,
            at=BEGUN,
        )

    @property
    def at(self) -> datetime:
        """Now: a moment after the click before."""
        return BEGUN + timedelta(seconds=self._clicks)

    def click(self) -> InteractionId:
        """The next interaction."""
        self._clicks += 1
        return InteractionId(self._clicks)

    def go_to(self, stage: Stage) -> None:
        """The instructor goes on."""
        while (debate := find_debate(self.db, self.debate_id)) is not None and debate.stage is not stage:
            advance_debate(
                self.db,
                guild_id=GUILD,
                debate_id=self.debate_id,
                position=debate.course.position,
                user_id=HOST,
                at=self.at,
            )

    def stand(self, phase: Phase) -> None:
        """Everybody takes a stance; afterwards a fifth of them another one."""
        for place, user_id in enumerate(self.people):
            value = (place % 3 - 1) * (-1 if phase is Phase.AFTER and self.rng.random() < 0.2 else 1)
            give_stance(
                self.db,
                guild_id=GUILD,
                debate_id=self.debate_id,
                user_id=user_id,
                phase=phase,
                stance=Stance.of(value, 50),
                interaction_id=self.click(),
                at=self.at,
            )

    def try_gate(self, user_id: UserId) -> None:
        """Somebody answers all questions of the gate."""
        step: OwnStep = enter_gate(
            self.db, guild_id=GUILD, debate_id=self.debate_id, user_id=user_id, rng=self.rng, at=self.at
        )
        while isinstance(step, OwnQuestion):
            round_id, slot = step.asked.round_id, self.rng.randrange(2)
            answer_own(
                self.db,
                guild_id=GUILD,
                user_id=user_id,
                round_id=round_id,
                answer=slot,
                interaction_id=self.click(),
                at=self.at,
            )
            show_feedback(self.db, guild_id=GUILD, user_id=user_id, round_id=round_id, at=self.at)
            step = next_step(self.db, guild_id=GUILD, user_id=user_id, run_id=step.run.run_id, at=self.at)

    def argue(self) -> None:
        """The arguments, by anybody; some answer others, and some are withdrawn."""
        standing: list[int] = []
        for number in range(1, self.size.arguments + 1):
            answers = bool(standing) and self.rng.random() < ANSWERING
            argument = add_argument(
                self.db,
                guild_id=GUILD,
                debate_id=self.debate_id,
                user_id=self.rng.choice(self.people),
                draft=ArgumentDraft(
                    f"Point {number}: whoever sees a rule can keep it, and dispute it where it is wrong.",
                    "A survey of 2018 among some two thousand people in four cities. " * 4,
                    "It shows what people do when they know that others look. " * 4,
                    str(self.rng.choice(standing)) if answers else "",
                    self.rng.choice(list(Relation)).value if answers else "",
                ),
                interaction_id=self.click(),
                at=self.at,
            )
            if self.rng.random() < WITHDRAWN:
                withdraw_argument(
                    self.db,
                    guild_id=GUILD,
                    argument_id=argument.argument_id,
                    user_id=argument.user_id,
                    withdrawn=True,
                    at=self.at,
                )
            else:
                standing.append(number)

    def judge(self) -> None:
        """Everybody compares some pairs."""
        everything = [each for each in arguments_of(self.db, self.debate_id) if each.stands]
        sides = {side: [each.argument_id for each in everything if each.side is side] for side in Side}
        counts: Counter[ArgumentId] = Counter()
        for debater in debaters_of(self.db, self.debate_id):
            seen: set[frozenset[ArgumentId]] = set()
            for _ in range(PAIRS_A_PERSON):
                pair = next_pair(sides[Side.FOR], sides[Side.AGAINST], seen, counts, self.rng)
                if pair is None:
                    break
                seen.add(frozenset(pair))
                counts.update(pair)
                made = add_comparison(self.db, self.debate_id, debater.learner_id, *pair, self.at)
                better = self.rng.choice((Better.LEFT, Better.RIGHT, Better.EQUAL))
                judge_comparison(self.db, made, better, self.at)

    def chat(self) -> None:
        """Messages beside the arguments; nobody's text is kept."""
        for number in range(self.size.messages):
            note_message(
                self.db,
                facts=MessageFacts(
                    MessageId(10**6 + number),
                    THREAD,
                    self.rng.choice(self.people),
                    BEGUN + timedelta(seconds=number),
                    reply_to=None,
                    length=None,
                ),
            )

    def write_statement(self) -> None:
        """The class writes what all can agree on."""
        write_statement(
            self.db,
            guild_id=GUILD,
            debate_id=self.debate_id,
            user_id=self.people[0],
            base=None,
            text="We agree on what the lists show, and differ on who should see them. " * 8,
            interaction_id=self.click(),
            at=self.at,
        )


def fill(db: Database, size: Size, rng: random.Random) -> DebateId:
    """A debate that only waits for its close."""
    with db.atomic():
        debate = Filling(db, size, rng)
        debate.stand(Phase.BEFORE)
        for user_id in debate.people:
            debate.try_gate(user_id)
        debate.go_to(Stage.SWITCHED)
        debate.argue()
        debate.go_to(Stage.STATEMENT)
        debate.write_statement()
        debate.go_to(Stage.VOTING)
        debate.judge()
        debate.stand(Phase.AFTER)
        debate.chat()
    db.conn.execute("PRAGMA optimize")
    return debate.debate_id


def question_set() -> QuestionSet:
    """A claim, and the questions of its gate."""
    info = SetInfo.model_validate(
        {
            "format": 1,
            "id": "bench",
            "title": "Benchmark",
            "description": "Questions for a benchmark.",
            "source": {"title": "None"},
        }
    )
    claim = Claim.model_validate(
        {
            "id": "lists",
            "kind": "claim",
            "category": Category.CLAIM,
            "prompt": "Should scores be public?",
            "motion": "Scores should be public.",
            "background": "Some cities published lists.",
            "case_for": {"text": "It makes rules visible. It is cheap.", "holders": "Some officials"},
            "case_against": {"text": "It shames people. Errors stay.", "holders": "Some lawyers"},
            "evidence": "A comparison of cities with and without lists.",
            "questions": ("Who gains?", "Who is harmed?"),
            "tags": ("lists",),
        }
    )
    return QuestionSet(info, (claim, *(question(number) for number in range(GATE))))


def question(number: int) -> Choice:
    """One of the gate's."""
    return Choice.model_validate(
        {
            "id": f"question-{number}",
            "kind": "choice",
            "category": Category.STATISTIC,
            "prompt": f"What of {number}?",
            "options": ({"text": "This", "right": True}, {"text": "That"}),
            "explanation": "Because it is so.",
            "tags": ("lists",),
        }
    )


if __name__ == "__main__":
    main()
