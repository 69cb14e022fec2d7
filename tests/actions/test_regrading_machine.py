"""Rulings, take-backs, answers and new revisions in any order, in two servers that share one question.

The model is plain: for each server and revision a list of rulings. What is stored must always be what these say.
"""

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.inbox import Subject, open_entry
from bot.actions.questions import publish_bundled
from bot.actions.regrading import Applied, Preview
from bot.bank.grade import Outcome
from bot.bank.kinds import Item, item_from_json
from bot.bank.response import Picked, response_from_json
from bot.bank.ruling import Ruling, Rulings, answer_key
from bot.errors import Invalid, WrongState
from bot.ids import GuildId, RegradeId, RevisionId, UserId
from tests.actions.deciding import (
    accepting,
    ask,
    dropping,
    entries,
    keying,
    leave,
    press_apply,
    report,
    taking_back,
)
from tests.classroom import GUILD, OTHER_GUILD, Classroom, choice, question_set

PEOPLE = [UserId(number) for number in range(1, 5)]
GUILDS = (GUILD, OTHER_GUILD)
RIVER = choice("river", options=("Right", "Wrong", "Also wrong"))

guilds = st.sampled_from(GUILDS)
options = st.integers(0, 2)

ALL_ANSWERS = """
    SELECT a.answer_id, l.guild_id, o.revision_id, a.response, a.outcome, a.fraction
    FROM answer AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    JOIN round AS o ON o.round_id = a.round_id
    ORDER BY a.answer_id
"""
ALL_CHANGES = """
    SELECT answer_id, outcome_before, outcome_after FROM regrade_change ORDER BY answer_id, regrade_id
"""


class Inbox(RuleBasedStateMachine):
    """``ruled`` is the model: what each server has ruled on each revision, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Classroom(Path(self.folder.name) / "class.db")
        self.ruled: dict[tuple[GuildId, RevisionId], list[tuple[RegradeId, Ruling]]] = {}
        self.made: dict[RegradeId, GuildId] = {}
        self.first: dict[int, str | None] = {}
        self.shown: list[tuple[GuildId, Preview]] = []

    def teardown(self) -> None:
        assert self.room.rows("PRAGMA foreign_key_check") == []
        self.room.close()
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        for prompt in ("What of the river?", "What of river 0?"):
            self.publish(RIVER.model_copy(update={"prompt": prompt}))
            for guild_id in GUILDS:
                self.asked_and_answered(guild_id, {PEOPLE[0]: 0, PEOPLE[1]: 1}, closed=True)

    # What happens

    @rule(guild_id=guilds, answers=st.dictionaries(st.sampled_from(PEOPLE), options), closed=st.booleans())
    def asked_and_answered(self, guild_id: GuildId, answers: dict[UserId, int], closed: bool) -> None:
        newest = self.current()
        if self.rulings(guild_id, newest).dropped:
            with pytest.raises(Invalid):
                ask(self.room, dict(answers), guild_id=guild_id)
            return
        asked = ask(self.room, dict(answers), guild_id=guild_id, closed=closed)
        for answer_id, *_, outcome, _fraction in self.answers():
            self.first.setdefault(answer_id, outcome)
        if closed:
            for user_id in answers:
                report(self.room, asked, user_id, guild_id=guild_id)

    @rule(
        what=st.sampled_from(["explanation", "prompt", "options"]), option=options, number=st.integers(0, 2)
    )
    def questions_are_corrected(self, what: str, option: int, number: int) -> None:
        changes = {
            "explanation": f"Because of {number}.",
            "prompt": f"What of river {number}?",
            "options": RIVER.with_key(Picked(option)).options,
        }
        self.publish(self.items()[self.current()].model_copy(update={what: changes[what]}))

    @rule(guild_id=guilds, data=st.data())
    def accept(self, guild_id: GuildId, data: st.DataObject) -> None:
        subject = self.some_entry(guild_id, data)
        if subject is None:
            return
        opened = open_entry(self.room.db, guild_id=guild_id, subject=subject, at=self.room.now)
        if opened.acceptable:
            which = data.draw(st.integers(0, len(opened.acceptable) - 1))
            self.decide(guild_id, accepting(self.room, subject, which=which, guild_id=guild_id), data)

    @rule(guild_id=guilds, option=options, data=st.data())
    def change_key(self, guild_id: GuildId, option: int, data: st.DataObject) -> None:
        subject = self.some_entry(guild_id, data)
        if subject is None:
            return
        refused = ""
        try:
            self.decide(guild_id, keying(self.room, subject, option, guild_id=guild_id), data)
        except WrongState as error:
            refused = error.what
        assert refused in ("", "right answer")

    @rule(guild_id=guilds, data=st.data())
    def drop(self, guild_id: GuildId, data: st.DataObject) -> None:
        subject = self.some_entry(guild_id, data)
        if subject is None:
            return
        refused = ""
        try:
            self.decide(guild_id, dropping(self.room, subject, guild_id=guild_id), data)
        except WrongState as error:
            refused = error.what
        assert refused in ("", "question")

    @rule(guild_id=guilds, data=st.data())
    def leave_as_it_is(self, guild_id: GuildId, data: st.DataObject) -> None:
        subject = self.some_entry(guild_id, data)
        if subject is not None:
            leave(self.room, subject, guild_id=guild_id)

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        regrade_id, guild_id = data.draw(st.sampled_from(sorted(self.made.items())))
        shown = taking_back(self.room, regrade_id, guild_id=guild_id)
        self.decide(guild_id, shown, data)

    @precondition(lambda self: self.shown)
    @rule(data=st.data())
    def apply_what_was_shown_long_ago(self, data: st.DataObject) -> None:
        guild_id, shown = self.shown.pop(data.draw(st.integers(0, len(self.shown) - 1)))
        refused = ""
        try:
            self.settle(guild_id, shown, press_apply(self.room, shown.proposal_id, guild_id=guild_id))
        except WrongState as error:
            refused = error.what
        assert refused in ("", "matter", "decision")

    @rule()
    def restart(self) -> None:
        self.room.reopen()

    # What always holds

    @invariant()
    def every_answer_is_graded_by_the_rulings_in_force(self) -> None:
        items = self.items()
        for _, guild_id, revision_id, response, outcome, fraction in self.answers():
            rulings = self.rulings(guild_id, revision_id)
            grade = rulings.grade(rulings.keyed(items[revision_id]), response_from_json(response))
            assert (outcome, fraction) == (grade.outcome, grade.fraction)

    @invariant()
    def every_question_is_read_with_the_rulings_in_force(self) -> None:
        for run_id, guild_id in self.room.rows("SELECT run_id, guild_id FROM run"):
            for asked in self.room.rounds(run_id):  # type: ignore[arg-type]
                assert asked.rulings == self.rulings(GuildId(int(str(guild_id))), asked.revision_id)

    @invariant()
    def record_adds_up(self) -> None:
        now = dict(self.first)
        for answer_id, before, after in self.room.rows(ALL_CHANGES):
            assert now[int(str(answer_id))] == before
            now[int(str(answer_id))] = None if after is None else str(after)
        for answer_id, guild_id, revision_id, _, outcome, _ in self.answers():
            dropped = self.rulings(guild_id, revision_id).dropped
            assert now[answer_id] == (None if dropped else outcome)
        assert (
            self.room.rows(
                "SELECT 1 FROM regrade AS g WHERE changed <>"
                " (SELECT COUNT(*) FROM regrade_change AS c WHERE c.regrade_id = g.regrade_id)"
            )
            == []
        )

    # Steps

    def publish(self, item: Item) -> None:
        before = self.items()
        self.room.do(publish_bundled, sets=[question_set(item)], at=self.room.now)
        for revision_id, new in self.items().items():
            if revision_id in before:
                continue
            alike = [
                each
                for each, old in before.items()
                if old.prompt == new.prompt and answer_key(old) == answer_key(new)
            ]
            for guild_id in GUILDS:
                inherited = dict(pair for each in alike for pair in self.ruled.get((guild_id, each), []))
                self.ruled[guild_id, revision_id] = sorted(inherited.items())

    def decide(self, guild_id: GuildId, shown: Preview, data: st.DataObject) -> None:
        """Apply what is shown, or let it lie for a while."""
        if data.draw(st.booleans(), label="apply now"):
            done = press_apply(self.room, shown.proposal_id, guild_id=guild_id)
            assert isinstance(done, Applied)
            self.settle(guild_id, shown, done)
        else:
            self.shown.append((guild_id, shown))

    def settle(self, guild_id: GuildId, shown: Preview, done: Applied | Preview) -> None:
        if isinstance(done, Preview):
            assert done.outdated
            return
        assert done.preview.moves == shown.moves, "it does what was shown"
        taken_back = RegradeId(shown.subject.subject_id)
        if taken_back in self.made and shown.subject.reason == "taken_back":
            del self.made[taken_back]
            for ruled in self.ruled.values():
                ruled[:] = [each for each in ruled if each[0] != taken_back]
            return
        self.made[done.regrade_id] = guild_id
        items = self.items()
        [(looked_at,)] = self.room.rows(
            "SELECT revision_id FROM regrade WHERE regrade_id = :regrade_id", regrade_id=done.regrade_id
        )
        key = answer_key(items[RevisionId(int(str(looked_at)))])
        for revision_id, item in items.items():
            if answer_key(item) == key:
                self.ruled.setdefault((guild_id, revision_id), []).append((done.regrade_id, shown.ruling))

    def some_entry(self, guild_id: GuildId, data: st.DataObject) -> Subject | None:
        found = entries(self.room, guild_id)
        return data.draw(st.sampled_from(found)).subject if found else None

    def rulings(self, guild_id: GuildId, revision_id: RevisionId) -> Rulings:
        return Rulings(tuple(ruling for _, ruling in self.ruled.get((guild_id, revision_id), [])))

    def current(self) -> RevisionId:
        [(found,)] = self.room.rows("SELECT revision_id FROM item")
        return RevisionId(int(str(found)))

    def items(self) -> dict[RevisionId, Item]:
        rows = self.room.rows("SELECT revision_id, content FROM revision ORDER BY revision_id")
        return {RevisionId(int(str(found))): item_from_json(str(content)) for found, content in rows}

    def answers(self) -> list[tuple[int, GuildId, RevisionId, str, Outcome, float]]:
        return [
            (
                int(str(answer_id)),
                GuildId(int(str(guild_id))),
                RevisionId(int(str(revision_id))),
                str(response),
                Outcome(str(outcome)),
                float(str(fraction)),
            )
            for answer_id, guild_id, revision_id, response, outcome, fraction in self.room.rows(ALL_ANSWERS)
        ]


TestInbox = Inbox.TestCase
TestInbox.settings = settings(max_examples=settings.default.max_examples * 25 // 100, stateful_step_count=20)
