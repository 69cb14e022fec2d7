"""A class for tests of the store and the actions: a real database file, a clock that is moved by hand, real items.

Each action runs in a transaction of its own, undone if it raises, as the store does it. The publisher is
played by ``publish``.
"""

import itertools
import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from bot.actions.accommodating import accommodate
from bot.actions.answering import Answered, answer_round
from bot.actions.boards import board_shown, waiting_boards
from bot.actions.hosting import start_run
from bot.actions.joining import Joined, join_run
from bot.actions.open_live import LivePlan, open_live
from bot.actions.questions import publish_bundled
from bot.actions.schedule import do_what_is_due, everything_due
from bot.bank.form import Filled
from bot.bank.item import Category
from bot.bank.kinds import Case, Choice, Claim, Item, Numeric, Option, ShortText, TrueFalse
from bot.bank.question_set import QuestionSet, SetInfo, SourceInfo
from bot.ids import BoardId, ChannelId, GuildId, InteractionId, MessageId, RunId, UserId
from bot.quiz.accommodation import Accommodation
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import Pace, Round, RoundState, Run
from bot.quiz.teams import Team
from bot.store.boards import Board
from bot.store.connection import open_for_writing
from bot.store.runs import find_run, rounds_of

P = ParamSpec("P")
R = TypeVar("R")

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

GUILD, OTHER_GUILD = GuildId(7_001), GuildId(7_002)
CHANNEL, OTHER_CHANNEL, THREAD = ChannelId(8_001), ChannelId(8_002), ChannelId(8_003)
HOST, ANNA, BEN, CEM = UserId(9_000), UserId(9_001), UserId(9_002), UserId(9_003)


def choice(
    key: str,
    *,
    options: Iterable[str] = ("Right", "Wrong", "Also wrong"),
    not_with: tuple[str, ...] = (),
    explanation: str = "Because it is so.",
    category: Category = Category.STATISTIC,
    shuffle: bool = True,
) -> Choice:
    """A question whose first option (in the file's order) is the right one."""
    return Choice(
        id=key,
        kind="choice",
        category=category,
        prompt=f"What of {key}?",
        options=tuple(Option(text=text, right=place == 0) for place, text in enumerate(options)),
        explanation=explanation,
        not_with=not_with,
        shuffle=shuffle,
    )


def true_false(key: str, *, answer: bool = True, category: Category = Category.HISTORY) -> TrueFalse:
    """A statement."""
    return TrueFalse(
        id=key, kind="true_false", category=category, prompt=f"So it is with {key}.", answer=answer
    )


def numeric(key: str, *, answer: int = 80, category: Category = Category.STATISTIC) -> Numeric:
    """A question answered with a number of people."""
    return Numeric(
        id=key, kind="numeric", category=category, prompt=f"How many {key}?", answer=answer, unit="people"
    )


def short_text(key: str, *, accepted: tuple[str, ...] = ("Rongcheng",)) -> ShortText:
    """A question answered with a word."""
    return ShortText(
        id=key, kind="short_text", category=Category.HISTORY, prompt=f"Which {key}?", accepted=accepted
    )


def claim(key: str, *, motion: str = "Scores should be public.") -> Claim:
    """A claim to debate."""
    return Claim(
        id=key,
        kind="claim",
        category=Category.CLAIM,
        prompt="Should scores be public?",
        motion=motion,
        background="Some cities published lists.",
        case_for=Case(text="It makes rules visible. It is cheap.", holders="Some officials"),
        case_against=Case(text="It shames people. Errors stay.", holders="Some lawyers"),
        evidence="A comparison of cities with and without lists.",
        questions=("Who gains?", "Who is harmed?"),
    )


def question_set(*items: Item, key: str = "geography", title: str = "Geography") -> QuestionSet:
    """A set of these items."""
    info = SetInfo(
        format=1,
        id=key,
        title=title,
        description="A set for tests.",
        source=SourceInfo(title="An atlas", publisher="A press", date="2019-08-01"),
    )
    return QuestionSet(info, items)


MIXED = question_set(
    choice("river"),
    true_false("lake"),
    numeric("towns"),
    short_text("city"),
    claim("lists"),
)


def plan(
    *,
    set_key: str = "geography",
    category: Category | None = None,
    questions: int = 5,
    seconds: int = 20,
    pace: Pace = Pace.AUTO,
    own_thread: bool = False,
    options: RunOptions = NO_OPTIONS,
) -> LivePlan:
    """What an instructor asks for."""
    return LivePlan(
        set_key, category, questions, timedelta(seconds=seconds), pace, own_thread, options=options
    )


def as_given(answer: int | str | Filled) -> int | Filled:
    """A pressed slot or a form; a text stands for a form with that one field."""
    return ((answer,),) if isinstance(answer, str) else answer


class Classroom:
    """One database with its clock (``now``). ``path`` may be opened again with ``reopen``."""

    def __init__(self, path: Path, *sets: QuestionSet) -> None:
        self.path = path
        self.db = open_for_writing(path)
        self.now = MONDAY
        self._numbers = itertools.count(1_000_001)
        if sets:
            self.do(publish_bundled, sets=sets, at=self.now)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def reopen(self) -> None:
        """Close the file and open it again, as after a restart."""
        self.db.close()
        self.db = open_for_writing(self.path)

    def do(self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an action in a transaction, undone if it raises."""
        self.db.conn.execute("BEGIN IMMEDIATE")
        try:
            result = action(self.db, *args, **kwargs)
        except BaseException:
            self.db.conn.execute("ROLLBACK")
            raise
        self.db.conn.execute("COMMIT")
        return result

    def contents(self) -> list[str]:
        """All that the file holds, as SQL: equal before and after means that nothing was changed."""
        return list(self.db.conn.iterdump())

    def rows(self, statement: str, **parameters: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        return self.db.conn.execute(statement, parameters).fetchall()

    def later(self, seconds: float = 0, *, hours: float = 0) -> datetime:
        """Move the clock, and give the new moment."""
        self.now += timedelta(seconds=seconds, hours=hours)
        return self.now

    def click(self) -> InteractionId:
        """The id of a new interaction: greater than all before."""
        return InteractionId(next(self._numbers))

    def open_live(
        self,
        *,
        guild_id: GuildId = GUILD,
        channel_id: ChannelId = CHANNEL,
        seed: int = 1,
        asked_for: LivePlan | None = None,
    ) -> RunId:
        """A lobby."""
        return self.do(
            open_live,
            guild_id=guild_id,
            host_id=HOST,
            channel_id=channel_id,
            plan=asked_for or plan(),
            in_thread=asked_for is not None and asked_for.own_thread,
            rng=random.Random(seed),
            at=self.now,
        )

    def start(self, run_id: RunId, *, guild_id: GuildId = GUILD) -> Round:
        """Leave the lobby, show everything, and give the first question."""
        self.do(start_run, guild_id=guild_id, run_id=run_id, at=self.now)
        self.publish()
        return self.asked(run_id)

    def publish(self) -> list[Board]:
        """Show each waiting board, as the publisher does; gives what was shown."""
        shown: list[Board] = []
        while waiting := waiting_boards(self.db):
            shown += waiting
            for board in waiting:
                self.show(board)
        return shown

    def show(self, board: Board) -> MessageId:
        """Post a board, or edit it if it has been posted."""
        message_id = board.message_id or MessageId(next(self._numbers))
        self.do(
            board_shown,
            board_id=BoardId(board.board_id),
            revision=board.revision,
            message_id=message_id,
            posted_at=self.now,
            at=self.now,
        )
        return message_id

    def tick(self) -> list[int]:
        """Do what is due, as the scheduler does; gives the ids of what was due."""
        due = everything_due(self.db, at=self.now)
        for each in due:
            self.do(do_what_is_due, due=each, at=self.now)
        return [each.due_id for each in due]

    def answer(
        self,
        asked: Round,
        user_id: UserId,
        answer: int | str | Filled,
        *,
        guild_id: GuildId = GUILD,
        interaction_id: InteractionId | None = None,
        at: datetime | None = None,
    ) -> Answered:
        """Answer a live question."""
        return self.do(
            answer_round,
            guild_id=guild_id,
            round_id=asked.round_id,
            user_id=user_id,
            answer=as_given(answer),
            interaction_id=interaction_id or self.click(),
            at=at or self.now,
        )

    def join(
        self, run_id: RunId, user_id: UserId, team: Team | None = None, *, guild_id: GuildId = GUILD
    ) -> Joined:
        """Press Join, or the button of a team."""
        return self.do(join_run, guild_id=guild_id, run_id=run_id, user_id=user_id, team=team, at=self.now)

    def accommodate(
        self, user_id: UserId, accommodation: Accommodation, *, guild_id: GuildId = GUILD
    ) -> None:
        """Give somebody extra time."""
        self.do(
            accommodate,
            guild_id=guild_id,
            person=user_id,
            accommodation=accommodation,
            by=HOST,
            at=self.now,
        )

    def run_out(self, run_id: RunId) -> None:
        """Let the time of the open question pass, and close it."""
        asked = self.asked(run_id)
        assert asked.closes_at is not None
        self.now = max(self.now, asked.closes_at + GRACE)
        self.tick()

    def go_on(self, run_id: RunId) -> Round:
        """Let the time for reading pass, and give the next question."""
        due_at = self.run(run_id).due_at
        assert due_at is not None
        self.now = due_at
        self.tick()
        self.publish()
        return self.asked(run_id)

    def run(self, run_id: RunId) -> Run:
        """The run as it stands."""
        run = find_run(self.db, run_id)
        assert run is not None
        return run

    def rounds(self, run_id: RunId) -> list[Round]:
        """The run's questions as they stand."""
        return rounds_of(self.db, run_id)

    def asked(self, run_id: RunId) -> Round:
        """The question that the run is at."""
        run = self.run(run_id)
        return [asked for asked in self.rounds(run_id) if asked.position == run.position][-1]

    def round_states(self, run_id: RunId) -> list[RoundState]:
        """The states of the run's questions, in order."""
        return [asked.state for asked in self.rounds(run_id)]


def right_slot(asked: Round) -> int:
    """The place at which the right option is shown."""
    return asked.shown_options().index(asked.item.right_answer())


def right_answer(asked: Round) -> int | str:
    """A right answer to any question: a slot, or a text."""
    return right_slot(asked) if asked.item.choices() else asked.item.right_answer()


def wrong_answer(asked: Round) -> int | str:
    """A wrong answer to any question."""
    if asked.item.choices():
        return (right_slot(asked) + 1) % len(asked.option_order)
    return "12345" if asked.item.kind == "numeric" else "quite another place"
