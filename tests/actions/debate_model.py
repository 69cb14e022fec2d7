"""What people wrote in debates, as it should be stored and shown, for machines that let anything happen to it.

Each text has a word of its own (``Model.word``), so that it is found wherever it is shown or stored.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from bot.debate.debate import Debate
from bot.debate.judging import Better
from bot.debate.sides import Side
from bot.debate.steelman import Fairness
from bot.ids import (
    NOBODY,
    ArgumentId,
    ComparisonId,
    DebateId,
    HidingId,
    RestatementId,
    StageId,
    UserId,
    VersionId,
)
from bot.insight.charts.picture import Picture
from bot.store.boards import Board
from bot.store.hidings import HideableKind
from bot.views.boards import render
from tests.classroom import Classroom
from tests.discord.layouts import texts_of

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(kw_only=True)
class Words:
    """A text; ``words`` has what it says as the last one, and before that what it said; none once it is deleted."""

    kind: HideableKind
    subject_id: int
    debate_id: DebateId
    writer: UserId
    words: list[str]
    at: datetime
    hidden: bool = False
    deleted: bool = False

    @property
    def author(self) -> UserId:
        """Whom it is stored with: nobody, once its writer has deleted what they wrote."""
        return NOBODY if self.deleted else self.writer

    @property
    def now(self) -> str:
        """What it says."""
        return self.words[-1] if self.words else ""


@dataclass(kw_only=True)
class Argued(Words):
    """An argument; ``answers`` is the number of the one that it answers."""

    number: int
    side: Side
    answers: int | None
    stage_id: StageId
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Whether others may read it, unless openings are hidden."""
        return not self.withdrawn and not self.hidden


@dataclass(kw_only=True)
class InOtherWords(Words):
    """A restatement of an argument, and the first word that its author said of it."""

    argument: Argued
    fairness: Fairness | None = None


@dataclass(kw_only=True)
class Wording(Words):
    """A wording of a joint statement, and who has signed it."""

    signed: set[UserId] = field(default_factory=set[UserId])


@dataclass
class Pairing:
    """A pair of arguments that was shown to somebody, and what they said of it."""

    debate_id: DebateId
    user_id: UserId
    left: ArgumentId
    right: ArgumentId
    better: Better | None = None


class Model:
    """Everything that was acknowledged, and what has become of it."""

    def __init__(self) -> None:
        self.arguments: dict[ArgumentId, Argued] = {}
        self.restatements: dict[RestatementId, InOtherWords] = {}
        self.wordings: dict[VersionId, Wording] = {}
        self.pairs: dict[ComparisonId, Pairing] = {}
        self.drafts: dict[tuple[DebateId, UserId], str] = {}
        self.hidings: dict[HidingId, Words] = {}
        self.in_force: set[HidingId] = set()
        self.gone: list[str] = []
        self._given = 0

    def word(self, user_id: UserId) -> str:
        """A word that nobody has written yet."""
        self._given += 1
        return f"Word{self._given:05}of{user_id}"

    def __iter__(self) -> Iterator[Words]:
        yield from self.arguments.values()
        yield from self.restatements.values()
        yield from self.wordings.values()

    def of(self, kind: HideableKind, subject_id: int) -> Words:
        """The text of that kind and id."""
        return next(each for each in self if (each.kind, each.subject_id) == (kind, subject_id))

    def in_debate(self, debate_id: DebateId) -> list[Argued]:
        """The arguments of a debate, by number."""
        return [each for each in self.arguments.values() if each.debate_id == debate_id]

    def wordings_of(self, debate_id: DebateId, *, hidden: bool = False) -> list[Wording]:
        """The wordings of a joint statement, the oldest first; those that are hidden only if asked for."""
        found = [each for each in self.wordings.values() if each.debate_id == debate_id]
        return [each for each in found if hidden or not each.hidden]

    def restated_by(self, argument: Argued, user_id: UserId) -> list[InOtherWords]:
        """What somebody has made of an argument, but for what they have deleted since."""
        return [
            each
            for each in self.restatements.values()
            if each.argument is argument and each.author == user_id
        ]

    # What happens to it

    def hide(self, hiding_id: HidingId, words: Words) -> None:
        """An instructor hides a text."""
        assert not words.hidden
        words.hidden = True
        self.hidings[hiding_id] = words
        self.in_force.add(hiding_id)

    def show(self, hiding_id: HidingId) -> None:
        """An instructor shows a text again."""
        self.in_force.remove(hiding_id)
        self.hidings[hiding_id].hidden = False

    def delete(self, debate_id: DebateId, user_id: UserId) -> None:
        """Somebody takes out what they wrote in a debate. Of a joint statement only their name goes."""
        for each in self:
            if (each.debate_id, each.author) != (debate_id, user_id):
                continue
            each.deleted = True
            if isinstance(each, Wording):
                continue
            self.gone += each.words
            each.words = []
            if isinstance(each, Argued):
                each.withdrawn = True
        for wording in self.wordings_of(debate_id, hidden=True):
            wording.signed.discard(user_id)
        self.pairs = {
            key: each
            for key, each in self.pairs.items()
            if (each.debate_id, each.user_id) != (debate_id, user_id)
        }
        draft = self.drafts.pop((debate_id, user_id), None)
        self.gone += [] if draft is None else [draft]

    # What should be

    def kept_back(self, debate: Debate, stage_id: StageId | None) -> set[str]:
        """The words that nobody but their authors may read in the messages of a debate at that stage.

        Where openings are hidden, that is also what was argued in it; and always what a text said before.
        """
        back = {word for each in self if each.debate_id == debate.debate_id for word in each.words[:-1]}
        for each in self.in_debate(debate.debate_id):
            if not each.stands or (debate.hides_arguments and each.stage_id == stage_id):
                back.add(each.now)
        restated = [each for each in self.restatements.values() if each.debate_id == debate.debate_id]
        back |= {each.now for each in restated if each.hidden}
        back |= {each.now for each in self.wordings_of(debate.debate_id, hidden=True)}
        back -= {each.now for each in self.wordings_of(debate.debate_id)[-1:]}
        back |= {draft for (debate_id, _), draft in self.drafts.items() if debate_id == debate.debate_id}
        return back - {""}

    def check_stored(self, room: Classroom) -> None:
        """Everything is stored as it was last acknowledged, and nothing beside it."""
        arguments = room.rows(
            """SELECT a.argument_id, a.debate_id, l.user_id, a.number, p.number, a.side, a.claim, a.evidence,
                      a.reasoning, a.withdrawn_at IS NOT NULL, a.stage_id
               FROM argument AS a JOIN learner AS l USING (learner_id)
               LEFT JOIN argument AS p ON p.argument_id = a.parent_id ORDER BY a.argument_id"""
        )
        assert arguments == [
            (
                each.subject_id,
                each.debate_id,
                each.author,
                each.number,
                each.answers,
                each.side,
                *(parts_of(each.now) if each.words else ("", "", "")),
                each.withdrawn,
                each.stage_id,
            )
            for each in self.arguments.values()
        ]
        assert room.rows(
            "SELECT argument_id, claim, evidence, reasoning FROM argument_version ORDER BY argument_id, version_id"
        ) == [
            (each.subject_id, *parts_of(word)) for each in self.arguments.values() for word in each.words[:-1]
        ]
        assert room.rows(
            """SELECT r.restatement_id, r.argument_id, l.user_id, r.text, r.verdict
               FROM restatement AS r JOIN learner AS l USING (learner_id) ORDER BY r.restatement_id"""
        ) == [
            (each.subject_id, each.argument.subject_id, each.author, each.now, each.fairness)
            for each in self.restatements.values()
        ]
        assert room.rows(
            """SELECT v.version_id, l.user_id, v.text
               FROM statement_version AS v JOIN learner AS l USING (learner_id) ORDER BY v.version_id"""
        ) == [(each.subject_id, each.author, each.now) for each in self.wordings.values()]
        assert room.rows(
            """SELECT s.version_id, l.user_id FROM signature AS s JOIN learner AS l USING (learner_id)
               ORDER BY s.version_id, l.user_id"""
        ) == [
            (each.subject_id, user_id) for each in self.wordings.values() for user_id in sorted(each.signed)
        ]
        assert room.rows(
            """SELECT c.comparison_id, c.debate_id, l.user_id, c.left_id, c.right_id, c.better
               FROM comparison AS c JOIN learner AS l USING (learner_id) ORDER BY c.comparison_id"""
        ) == [
            (key, each.debate_id, each.user_id, each.left, each.right, each.better)
            for key, each in self.pairs.items()
        ]
        assert room.rows("SELECT kind, subject_id FROM hiding WHERE shown_at IS NULL ORDER BY hiding_id") == [
            (each.kind, each.subject_id) for each in (self.hidings[key] for key in sorted(self.in_force))
        ]
        assert room.rows("SELECT COUNT(*) FROM draft") == [(len(self.drafts),)]


def parts_of(word: str) -> tuple[str, str, str]:
    """The claim, the evidence and the reasoning of an argument that says a word."""
    return f"{word} is so.", f"{word} was seen.", f"{word} follows."


# What is shown


class ReadingDesk:
    """A desk that reads in the room, and draws nothing."""

    def __init__(self, room: Classroom) -> None:
        self.room = room
        self.rng = random.Random(1)

    async def run(
        self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action in a transaction."""
        return self.room.do(action, *args, **kwargs)

    async def read(
        self, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query."""
        return query(self.room.db, *args, **kwargs)

    async def draw(self, chart: Callable[P, Picture], *args: P.args, **kwargs: P.kwargs) -> Picture | None:
        """No picture."""
        return None

    def now(self) -> datetime:
        """The moment in the room."""
        return self.room.now


def shown_by(room: Classroom, boards: Sequence[Board]) -> list[str]:
    """What the messages of boards should say now. Each has something to show."""

    async def draw_all() -> list[str]:
        desk = ReadingDesk(room)
        found: list[str] = []
        for board in boards:
            rendered = await render(desk, board, pictures=False)
            assert rendered is not None, board
            found.append(texts_of(rendered.layout))
        return found

    return asyncio.run(draw_all())
