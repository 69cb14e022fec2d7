"""What people write in debates, under anything that may happen to it: nothing is lost that was acknowledged, and what
was deleted, withdrawn or hidden is read nowhere.
"""

import random
from collections.abc import Sequence
from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import invariant, precondition, rule

from bot.actions.arguing import ArgumentDraft, keep_draft
from bot.actions.debate_figures import figures_of
from bot.actions.debate_joining import JoinFirst
from bot.actions.debate_reports import argument_board, debate_map, debate_status, motion_board, outcome_board
from bot.actions.hiding import hide_written, hideable_in, hidings_page, message_deleted, show_again
from bot.actions.joint_statement import (
    STAGES,
    look_at_earlier,
    put_back,
    sign_statement,
    statement_board,
    statement_to_edit,
    write_statement,
)
from bot.actions.judging import NoPair, Pair, compare_next, judge_pair
from bot.actions.leaving import leave_and_delete
from bot.actions.own_arguments import own_arguments, own_words, revise_argument, withdraw_argument
from bot.actions.restating import judge, restate, restated
from bot.actions.showing_arguments import openings, visible_arguments
from bot.actions.transcripts import transcript_of
from bot.debate.debate import CloseReason, DebateState
from bot.debate.formats import Stage
from bot.debate.judging import Better
from bot.debate.steelman import HONEST_TRIES, Fairness
from bot.errors import WrongState
from bot.ids import NOBODY, UserId
from bot.store.boards import Board, BoardKind
from bot.store.debate_figures import find_figures
from bot.store.hidings import HideableKind
from tests.actions.debate_model import (
    Argued,
    InOtherWords,
    Pairing,
    Wording,
    Words,
    parts_of,
    shown_by,
)
from tests.actions.held_debates import (
    PEOPLE,
    HeldDebates,
    argued,
    goes_on,
    is_open,
    people,
    which,
)
from tests.classroom import GUILD, HOST

WRITTEN = frozenset({BoardKind.ARGUMENT, BoardKind.RESTATEMENT, BoardKind.STATEMENT})
"""The messages that show what one person wrote."""

mostly_authors = st.sampled_from([None] * 6 + PEOPLE[:2])
"""Whoever wrote it; now and then somebody else."""

answered = precondition(lambda machine: machine.model.arguments and machine.now.stage.takes_answers)
writes = precondition(lambda machine: is_open(machine) and machine.now.stage in STAGES)


class WordsOfDebates(HeldDebates):
    """What was written in any of the debates may still be withdrawn, hidden, shown again or deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[int, tuple[str | None, object]] = {}

    def teardown(self) -> None:
        if self.held:
            if is_open(self):
                self.come_to_the_outcome()
            self.leave_for_good(PEOPLE[1], before=False)
            self.figures_of_a_closed_debate_stay()
            self.what_is_kept_back_is_read_nowhere()
            self.publish()
        super().teardown()

    def come_to_the_outcome(self) -> None:
        """The class compares what there is and votes, and the debate is closed."""
        if self.now.state is DebateState.PAUSED:
            self.debate.resume()
        self.all_compare(first=True)
        self.debate.go_to(Stage.VOTING)
        self.vote((1, -1, 2, -2, 0, 3))
        self.debate.close()
        self.figures_of_a_closed_debate_stay()

    # What people do with what they wrote

    @rule(user_id=people, before=st.sampled_from([False, False, True]))
    def leave_for_good(self, user_id: UserId, before: bool) -> None:
        """From the debate under way, or from the one before it."""
        debate = self.held[-2 if before and len(self.held) > 1 else -1]
        may = self.learner(debate, user_id)
        place = self.tried(leave_and_delete, debate_id=debate.debate_id, user_id=user_id)
        assert (place is not None) == may
        if place is not None:
            assert (place.takes_part, place.has_traces, place.before, place.after) == (
                False,
                False,
                None,
                None,
            )
            self.model.delete(debate.debate_id, user_id)
            self.what_was_deleted_is_nowhere_in_the_file()

    @rule(user_id=people)
    def keep_draft(self, user_id: UserId) -> None:
        """A text that could not be taken."""
        word = self.model.word(user_id)
        draft = ArgumentDraft(word)
        self.do(keep_draft, debate_id=self.debate.debate_id, user_id=user_id, draft=draft)
        self.model.drafts[self.debate.debate_id, user_id] = word

    @argued
    @rule(number=which, user_id=mostly_authors)
    def revise(self, number: int, user_id: UserId | None) -> None:
        argument = self.pick(number)
        debate = next(each for each in self.held if each.debate_id == argument.debate_id)
        who = argument.writer if user_id is None else user_id
        word = self.model.word(who)
        text = dict(zip(("claim", "evidence", "reasoning"), parts_of(word), strict=True))
        click = self.room.click()
        about = {"argument_id": argument.subject_id, "user_id": who, **text, "interaction_id": click}
        own = self.tried(revise_argument, **about)
        may = who == argument.author and not argument.hidden
        if own is None:
            looked = debate.debate.hides_arguments
            assert not may or debate.debate.state is not DebateState.OPEN or looked
            return
        assert may
        assert debate.debate.state is DebateState.OPEN
        argument.words.append(word)
        before = self.room.contents()
        self.do(revise_argument, **about)
        assert self.room.contents() == before

    @argued
    @rule(number=which, user_id=mostly_authors, withdrawn=st.booleans())
    def withdraw(self, number: int, user_id: UserId | None, withdrawn: bool) -> None:
        """Withdraw an argument, or put it back."""
        argument = self.pick(number)
        debate = next(each for each in self.held if each.debate_id == argument.debate_id).debate
        who = argument.writer if user_id is None else user_id
        may = who == argument.author
        if may and not withdrawn:
            quota = debate.options.quota
            room = not argument.withdrawn or not quota or self.used(who, argument.stage_id) < quota
            may = debate.state is DebateState.OPEN and room
        own = self.tried(withdraw_argument, argument_id=argument.subject_id, user_id=who, withdrawn=withdrawn)
        assert (own is not None) == may
        if own is not None:
            argument.withdrawn = withdrawn

    @argued
    @rule(user_id=people, better=st.sampled_from(Better))
    def compare(self, user_id: UserId, better: Better) -> None:
        """Say something of the pair that is shown, and leave the next one."""
        about = {"user_id": user_id, "rng": random.Random(1)}
        pair = self.tried(compare_next, debate_id=self.debate.debate_id, **about)
        assert (pair is not None) == (self.now.state is DebateState.OPEN)
        if isinstance(pair, Pair):
            self.pair_shown(user_id, pair)
            self.judge_pair(user_id, pair, better)

    @argued
    @goes_on
    @rule(first=st.booleans())
    def all_compare(self, first: bool) -> None:
        """The whole class finds the same ones better: those that came first, or last."""
        for user_id in PEOPLE:
            about = {"user_id": user_id, "rng": random.Random(1)}
            pair = self.tried(compare_next, debate_id=self.debate.debate_id, **about)
            for _ in range(6):
                if not isinstance(pair, Pair):
                    break
                self.pair_shown(user_id, pair)
                on_left = (pair.left.number < pair.right.number) == first
                pair = self.judge_pair(user_id, pair, Better.LEFT if on_left else Better.RIGHT)

    def judge_pair(self, user_id: UserId, pair: Pair, better: Better) -> Pair | NoPair:
        about = {"user_id": user_id, "rng": random.Random(1)}
        following = self.do(judge_pair, comparison_id=pair.comparison_id, better=better, **about)
        self.model.pairs[pair.comparison_id].better = better
        if isinstance(following, Pair):
            self.pair_shown(user_id, following)
        return following

    def pair_shown(self, user_id: UserId, pair: Pair) -> None:
        back = self.kept_back(self.debate)
        for each in (pair.left, pair.right):
            mine = self.model.arguments[each.argument_id]
            assert mine.author not in (user_id, NOBODY)
            assert mine.now not in back
        assert pair.left.side is not pair.right.side
        ids = (pair.left.argument_id, pair.right.argument_id)
        new = Pairing(self.debate.debate_id, user_id, *ids)
        known = self.model.pairs.setdefault(pair.comparison_id, new)
        assert (known.left, known.right) == ids

    # In other words

    @answered
    @rule(number=which, user_id=people)
    def restate(self, number: int, user_id: UserId) -> None:
        argument = self.pick(number)
        debate = next(each for each in self.held if each.debate_id == argument.debate_id).debate
        word = self.model.word(user_id)
        may = (
            debate.state is DebateState.OPEN
            and debate.stage.takes_answers
            and argument.author != user_id
            and argument.stands
            and len(self.model.restated_by(argument, user_id)) < HONEST_TRIES
        )
        click = self.room.click()
        about = {
            "argument_id": argument.subject_id,
            "user_id": user_id,
            "text": word,
            "interaction_id": click,
        }
        made = self.tried(restate, **about)
        assert (made is not None) == may
        if made is None:
            return
        made_id = made.restatement.restatement_id
        self.model.restatements[made_id] = InOtherWords(
            kind=HideableKind.RESTATEMENT,
            subject_id=made_id,
            debate_id=debate.debate_id,
            writer=user_id,
            words=[word],
            at=self.room.now,
            argument=argument,
        )

    @precondition(lambda self: self.model.restatements)
    @rule(number=which, user_id=mostly_authors, fairness=st.sampled_from(Fairness))
    def say_fair(self, number: int, user_id: UserId | None, fairness: Fairness) -> None:
        made = list(self.model.restatements.values())[-1 - number % len(self.model.restatements)]
        who = made.argument.writer if user_id is None else user_id
        said = self.tried(judge, restatement_id=made.subject_id, user_id=who, fairness=fairness)
        assert (said is not None) == (who == made.argument.author and not made.hidden)
        if said is not None:
            made.fairness = made.fairness or fairness

    # The joint statement

    @writes
    @rule(user_id=people)
    def look_at_statement(self, user_id: UserId) -> None:
        """Open its form: what one sends off later replaces what one sees now."""
        about = {"guild_id": GUILD, "debate_id": self.debate.debate_id, "user_id": user_id}
        takes_part = self.debate.place(user_id).takes_part
        try:
            found = self.room.do(statement_to_edit, **about)  # type: ignore[arg-type]
        except WrongState:
            assert not self.takes_wordings()
            return
        assert self.takes_wordings()
        assert isinstance(found, JoinFirst) == (not takes_part)
        if isinstance(found, JoinFirst):
            assert not self.debate.place(user_id).takes_part, "nobody joins by opening a form"
        else:
            self.seen[user_id] = None if found.version is None else found.version.version_id

    @writes
    @rule(user_id=people, anew=st.booleans())
    def write_statement(self, user_id: UserId, anew: bool) -> None:
        if anew:
            self.look_at_statement(user_id)
        if user_id not in self.seen:
            return
        debate_id, word = self.debate.debate_id, self.model.word(user_id)
        stands = self.model.wordings_of(debate_id)[-1:]
        newest = stands[0].subject_id if stands else None
        may = self.takes_wordings() and self.seen[user_id] == newest and self.debate.place(user_id).takes_part
        base = self.seen[user_id]
        about = {"debate_id": debate_id, "user_id": user_id, "interaction_id": self.room.click()}
        written = self.tried(write_statement, **about, base=base, text=word)
        assert (written is not None) == may
        if written is None:
            return
        assert written.version is not None
        version_id = written.version.version_id
        self.model.wordings[version_id] = Wording(
            kind=HideableKind.STATEMENT,
            subject_id=version_id,
            debate_id=debate_id,
            writer=user_id,
            words=[word],
            at=self.room.now,
        )

    @precondition(lambda self: self.model.wordings)
    @rule(user_id=people, number=st.integers(0, 4))
    def put_wording_back(self, user_id: UserId, number: int) -> None:
        wording = list(self.model.wordings.values())[-1 - number % len(self.model.wordings)]
        debate_id = self.debate.debate_id
        stands = self.model.wordings_of(debate_id)[-1:]
        base = stands[0].subject_id if stands else wording.subject_id
        hidden = [each.now for each in self.model.wordings_of(debate_id, hidden=True) if each.hidden]
        may = (
            self.takes_wordings()
            and self.debate.place(user_id).takes_part
            and wording.debate_id == debate_id
            and wording.now not in hidden
            and wording.now != stands[0].now
        )
        about = {"debate_id": debate_id, "user_id": user_id, "interaction_id": self.room.click()}
        written = self.tried(put_back, **about, version_id=wording.subject_id, base=base)
        assert (written is not None) == may
        if written is None:
            return
        assert written.version is not None
        version_id = written.version.version_id
        self.model.wordings[version_id] = Wording(
            kind=HideableKind.STATEMENT,
            subject_id=version_id,
            debate_id=debate_id,
            writer=user_id,
            words=[wording.now],
            at=self.room.now,
        )

    @rule(user_id=people)
    def look_at_earlier_wordings(self, user_id: UserId) -> None:
        """Those who take part read all that are not hidden."""
        about = {"guild_id": GUILD, "debate_id": self.debate.debate_id, "user_id": user_id}
        every = self.model.wordings_of(self.debate.debate_id, hidden=True)
        hidden = {each.now for each in every if each.hidden}
        shown = self.model.wordings_of(self.debate.debate_id)
        earlier = [each.now for each in shown[:-1] if each.now not in hidden][::-1]
        read: list[str] = []
        while True:
            try:
                found = look_at_earlier(self.room.db, **about, page=len(read))  # type: ignore[arg-type]
            except WrongState:
                break
            if isinstance(found, JoinFirst):
                break
            read.append(found.wording.text)
            if found.page + 1 == found.pages:
                break
        allowed = self.takes_wordings() and self.debate.place(user_id).takes_part
        assert read == (earlier if allowed else [])

    @precondition(lambda self: self.model.wordings)
    @rule(user_id=people, number=st.integers(0, 2), signed=st.booleans())
    def sign(self, user_id: UserId, number: int, signed: bool) -> None:
        wording = list(self.model.wordings.values())[-1 - number % len(self.model.wordings)]
        newest = self.model.wordings_of(self.debate.debate_id)[-1:]
        about = {"debate_id": self.debate.debate_id, "version_id": wording.subject_id, "user_id": user_id}
        takes_part = self.debate.place(user_id).takes_part
        try:
            outside = self.do(sign_statement, **about, signed=signed)
        except WrongState:
            assert not self.takes_wordings() or newest != [wording]
            return
        assert self.takes_wordings()
        assert newest == [wording]
        assert (outside is None) == (takes_part or not signed)
        assert self.debate.place(user_id).takes_part == takes_part
        if outside is None:
            (wording.signed.add if signed else wording.signed.discard)(user_id)

    def takes_wordings(self) -> bool:
        return self.now.state is DebateState.OPEN and self.now.stage in STAGES

    @rule(user_id=people)
    def look_at_openings(self, user_id: UserId) -> None:
        """Those who have written theirs look at those of the others."""
        found = self.tried(openings, debate_id=self.debate.debate_id, user_id=user_id)
        if found is not None:
            there = [each for each in self.model.in_debate(self.debate.debate_id) if each.stands]
            assert {each.argument_id for each in found} <= {each.subject_id for each in there}

    # What instructors and moderators hide

    def shown_board(self, number: int) -> Board | None:
        """A message in a thread: of five, four that show a text, of the newest ones more often."""
        there = [each for each in self.boards() if each.board_id in self.shown][::-1]
        if number % 5:
            there = [each for each in there if each.kind in WRITTEN]
        return there[number % min(len(there), 12)] if there else None

    def shows(self, board: Board) -> Words | None:
        """The text that a message is about, unless it is kept back."""
        match board.kind:
            case BoardKind.ARGUMENT:
                argument = self.model.of(HideableKind.ARGUMENT, board.subject_id)
                return argument if isinstance(argument, Argued) and argument.stands else None
            case BoardKind.RESTATEMENT:
                made = self.model.of(HideableKind.RESTATEMENT, board.subject_id)
                return made if made.words and not made.hidden else None
            case BoardKind.STATEMENT:
                stands = [each for each in self.model.wordings.values() if each.debate_id == board.subject_id]
                return next((each for each in stands[::-1] if not each.hidden), None)
            case _:
                return None

    @rule(number=which, since=st.none() | st.integers(0, 10))
    def hide(self, number: int, since: int | None) -> None:
        """An instructor hides what a message shows; of a statement what it has said for some minutes."""
        self.publish()
        board = self.shown_board(number)
        if board is None or board.message_id is None:
            return
        words = self.shows(board)
        found = hideable_in(self.room.db, GUILD, board.message_id)
        assert (found is None) == (words is None)
        if found is None or words is None:
            return
        assert (found.kind, found.subject_id, found.author_id) == (words.kind, words.subject_id, words.author)
        assert words.now in found.text
        from_then = None if since is None else self.room.now - timedelta(minutes=since)
        meant: Sequence[Words] = [words]
        if isinstance(words, Wording) and from_then is not None:
            wordings = self.model.wordings_of(words.debate_id, hidden=True)
            stood = [each for each in wordings if each.at <= from_then][-1:] or [words]
            first = min(stood[0].subject_id, words.subject_id)
            meant = [
                each for each in wordings if first <= each.subject_id <= words.subject_id and not each.hidden
            ]
        hidings = self.do(hide_written, written=found, since=from_then, hidden_by=HOST)
        for hiding_id, each in zip(hidings, meant, strict=True):
            self.model.hide(hiding_id, each)
        assert self.do(hide_written, written=found, hidden_by=HOST) == (), "it is hidden already"

    @rule(number=which)
    def message_is_deleted(self, number: int) -> None:
        """Somebody deletes a message by hand: what it showed is hidden."""
        self.publish()
        board = self.shown_board(number)
        if board is None or board.message_id is None:
            return
        words = self.shows(board)
        self.room.do(message_deleted, message_id=board.message_id, at=self.room.now)
        del self.shown[board.board_id]
        if words is not None:
            [newest] = hidings_page(self.room.db, guild_id=GUILD).hidden[:1]
            assert newest.written.subject_id == words.subject_id
            self.model.hide(newest.hiding.hiding_id, words)

    @precondition(lambda self: self.model.hidings)
    @rule(number=which)
    def show_again(self, number: int) -> None:
        hiding_id = list(self.model.hidings)[-1 - number % len(self.model.hidings)]
        shown = self.goes(show_again, user_id=HOST, hiding_id=hiding_id)
        assert shown == (hiding_id in self.model.in_force)
        if shown:
            self.model.show(hiding_id)

    # What always holds

    @invariant()
    def everything_acknowledged_is_stored(self) -> None:
        self.model.check_stored(self.room)
        assert self.room.rows("PRAGMA foreign_key_check") == []

    @invariant()
    def what_is_kept_back_is_read_nowhere(self) -> None:
        """In no message, whether it is posted yet or not, and in nothing that actions give to others."""
        db = self.room.db
        for debate in self.held[-2:]:
            debate_id, back = debate.debate_id, self.kept_back(debate)
            thread_id = debate.debate.thread_id
            read = shown_by(self.room, [each for each in self.boards() if each.channel_id == thread_id])
            read += [repr(visible_arguments(db, debate.debate))]
            now = self.model.kept_back(debate.debate, None)
            _none_of(back, read)
            outcome, transcript = (
                outcome_board(db, debate_id=debate_id),
                transcript_of(db, guild_id=GUILD, debate_id=debate_id),
            )
            # An instructor reads hidden openings too.
            _none_of(now, [repr(outcome), repr(transcript)])

    @invariant()
    def what_was_deleted_is_read_nowhere(self) -> None:
        db, model, gone = self.room.db, self.model, self.model.gone
        if not gone:
            return
        read: list[object] = [argument_board(db, argument_id=argument_id) for argument_id in model.arguments]
        read += [restated(db, guild_id=GUILD, restatement_id=each) for each in model.restatements]
        for debate in self.held:
            about = {"debate_id": debate.debate_id}
            read += [each(db, **about) for each in (motion_board, debate_map, outcome_board, statement_board)]
            read.append(debate_status(db, guild_id=GUILD, **about))
            read += [own_words(db, guild_id=GUILD, **about, user_id=each) for each in (*PEOPLE, NOBODY)]
        read.append(hidings_page(db, guild_id=GUILD))
        _none_of(gone, [repr(each) for each in read])

    def what_was_deleted_is_nowhere_in_the_file(self) -> None:
        _none_of(self.model.gone, self.room.contents())

    @invariant()
    def everybody_finds_what_is_their_own(self) -> None:
        for debate in self.held[-2:]:
            for user_id in PEOPLE:
                found = own_arguments(
                    self.room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id
                )
                mine = [each for each in self.model.in_debate(debate.debate_id) if each.author == user_id]
                assert [each.argument.number for each in found] == [each.number for each in mine]
                for own, words in zip(found, mine, strict=True):
                    said = [text.claim for text, _ in own.versions] + [own.argument.text.claim]
                    assert said == [parts_of(word)[0] for word in words.words]

    @invariant()
    def what_may_be_read_has_its_message(self) -> None:
        """Each argument and restatement that is not kept back is in the thread, or about to be."""
        live = {
            (kind, subject_id)
            for kind, subject_id in self.room.rows("SELECT kind, subject_id FROM board WHERE state = 'live'")
        }
        for debate in self.held[-2:]:
            ended = debate.debate
            if ended.thread_id in self.lost or ended.close_reason is CloseReason.CANCELLED:
                continue
            back = self.kept_back(debate)
            for each in (*self.model.arguments.values(), *self.model.restatements.values()):
                if each.debate_id == debate.debate_id and each.words and each.now not in back:
                    assert (each.kind.value, each.subject_id) in live

    @invariant()
    def figures_of_a_closed_debate_stay(self) -> None:
        """Whatever is voted, deleted or hidden later: only an argument that does not stand is not named any more."""
        for held in self.held:
            debate = held.debate
            if debate.state is not DebateState.CLOSED:
                continue
            kept = find_figures(self.room.db, held.debate_id)
            assert (kept is not None) == (debate.close_reason is not None and debate.close_reason.has_outcome)
            if kept is None:
                continue
            figures = figures_of(self.room.db, debate)
            assert self.figures.setdefault(held.debate_id, (kept, figures))[0] == kept
            outcome = outcome_board(self.room.db, debate_id=held.debate_id)
            assert outcome is not None
            named = {argument.argument_id for pairs in outcome.best.values() for argument, _ in pairs}
            standing = {key for key, each in self.model.arguments.items() if each.stands}
            assert named == {each.key for each in figures.best} & standing
            for name in ("voted_before", "voted_after", "before", "after", "switches_shown", "comparisons"):
                assert getattr(outcome, name) == getattr(figures, name)


def _none_of(words: Sequence[str] | set[str], texts: Sequence[str]) -> None:
    everything = "\n".join(texts)
    assert not [word for word in words if word in everything]


TestWordsOfDebates = WordsOfDebates.TestCase
TestWordsOfDebates.settings = settings(
    max_examples=settings.default.max_examples * 40 // 100, stateful_step_count=40
)
