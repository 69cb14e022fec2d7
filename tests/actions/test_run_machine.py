"""A live quiz under anything that may happen, in any order: what is acknowledged stays, and no run gets stuck."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.answering import say_certainty
from bot.actions.boards import board_message_deleted, cannot_post, waiting_boards
from bot.actions.hosting import (
    close_now,
    extend_question,
    move_on,
    pause_run,
    resume_run,
    skip_question,
    start_run,
    stop_run,
)
from bot.actions.overtime import end_for
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import my_result, round_board, run_board, summary_board
from bot.actions.revote import begin_second_vote, extend_discussion, host_board, skip_second_vote
from bot.bank.question_set import QuestionSet
from bot.bank.response import Response
from bot.errors import AnswerReplaced, FirstVoteOver, NotFound, RoundClosed, RoundHeld, WrongState
from bot.ids import InteractionId, RoundId, RunId, UserId
from bot.quiz.accommodation import NO_ACCOMMODATION, Accommodation
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.revote import Revote
from bot.quiz.run import Pace, Round, RoundState, RunState
from bot.quiz.teams import Team, TeamChoice
from bot.quiz.votes import by_question
from bot.store.answers import answers_of_run
from bot.store.boards import BoardKind
from bot.store.participants import records_of
from tests.classroom import GUILD, Classroom, choice, plan, question_set, true_false

LEARNERS = [UserId(number) for number in range(1, 7)]
EXTRA_TIME = {LEARNERS[0]: Accommodation(1.5), LEARNERS[1]: Accommodation(untimed=True)}
QUESTIONS = 4
OVER = (RoundState.CLOSED, RoundState.SKIPPED)

learners = st.sampled_from(LEARNERS)
slots = st.integers(0, 1)
usually = st.sampled_from([True, True, True, False])
rankings = st.sampled_from(
    [
        RunOptions(),
        RunOptions(teams=2, speed_points=True, board=True),
        RunOptions(teams=3, team_choice=TeamChoice.CHOSEN),
    ]
)
wishes = st.builds(
    lambda ranking, certainty, revote: ranking.model_copy(update={"certainty": certainty, "revote": revote}),
    rankings,
    usually,
    st.sampled_from(list(Revote)[::-1]),
)
divided = st.permutations([0, 0, 1, 1] + [1] * (len(LEARNERS) - 4))


def version(number: int) -> QuestionSet:
    """The same questions, but another option is right in every other version."""
    options = ("Yes", "No") if number % 2 else ("No", "Yes")
    return question_set(
        choice("river", options=options),
        choice("lake", options=options),
        true_false("bay", answer=bool(number % 2)),
        true_false("hill", answer=not number % 2),
    )


class LiveQuiz(RuleBasedStateMachine):
    """One channel, one quiz after the other; ``answers`` is what was acknowledged.

    ``sure`` is what people have said of these answers, with the press that said so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Classroom(Path(self.folder.name) / "class.db", version(0))
        for user_id, accommodation in EXTRA_TIME.items():
            self.room.accommodate(user_id, accommodation)
        self.versions = 1
        self.runs: list[RunId] = []
        self.asked_as: dict[RunId, list[tuple[int, tuple[int, ...]]]] = {}
        self.answers: dict[tuple[RoundId, UserId], tuple[InteractionId, Response]] = {}
        self.sure: dict[tuple[RoundId, UserId], tuple[InteractionId, Certainty]] = {}
        self.furthest: dict[RunId, tuple[int, int]] = {}
        self.joined: dict[RunId, dict[UserId, int]] = {}
        self.ended: set[RunId] = set()
        self.delayed: list[InteractionId] = []

    def teardown(self) -> None:
        self.let_it_run_out()
        assert self.room.rows("PRAGMA foreign_key_check") == []
        self.room.close()
        self.folder.cleanup()

    @property
    def run_id(self) -> RunId:
        return self.runs[-1]

    # What hosts do

    @initialize(pace=st.sampled_from(Pace), seed=st.integers(0, 99), options=wishes, started=usually)
    def begin(self, pace: Pace, seed: int, options: RunOptions, started: bool) -> None:
        self.open(pace, seed, options, started)

    @precondition(lambda self: self.run_id in self.ended)
    @rule(pace=st.sampled_from(Pace), seed=st.integers(0, 99), options=wishes, started=usually)
    def open(self, pace: Pace, seed: int, options: RunOptions, started: bool) -> None:
        asked_for = plan(questions=QUESTIONS, pace=pace, options=options)
        run_id = self.room.open_live(seed=seed, asked_for=asked_for)
        self.runs.append(run_id)
        self.furthest[run_id] = (-1, 1)
        self.joined[run_id] = {}
        self.asked_as[run_id] = [(each.revision_id, each.option_order) for each in self.room.rounds(run_id)]
        if started:
            self.start()

    @rule()
    def start(self) -> None:
        self.press(start_run, RunState.LOBBY)

    @rule(behind=st.integers(0, 1))
    def next(self, behind: int) -> None:
        position = self.room.run(self.run_id).position - behind
        self.press(move_on, *([] if behind else [RunState.REVEALING]), position=position)

    @rule(behind=st.none() | st.integers(0, 1), vote=st.none() | st.integers(1, 2))
    def skip(self, behind: int | None, vote: int | None) -> None:
        allowed = [] if behind or vote not in (None, self.room.run(self.run_id).vote) else [RunState.ASKING]
        if allowed and self.current().state is RoundState.HELD:
            allowed.append(RunState.PAUSED)
        position = None if behind is None else self.room.run(self.run_id).position - behind
        self.press(skip_question, *allowed, position=position, vote=vote)

    @rule(vote=st.none() | st.integers(1, 2))
    def close(self, vote: int | None) -> None:
        fits = vote in (None, self.room.run(self.run_id).vote)
        self.press(close_now, *([RunState.ASKING] if fits else []), vote=vote)

    @rule()
    def extend(self) -> None:
        posted = self.current().closes_at is not None
        self.press(extend_question, *([RunState.ASKING] if posted else []))

    @rule(behind=st.none() | st.integers(0, 1), again=st.booleans())
    def vote_again(self, behind: int | None, again: bool) -> None:
        position = None if behind is None else self.room.run(self.run_id).position - behind
        action = begin_second_vote if again else skip_second_vote
        self.press(action, *([] if behind else [RunState.DISCUSSING]), position=position)

    @rule()
    def discuss_longer(self) -> None:
        timed = self.room.run(self.run_id).options.revote is Revote.AUTO
        self.press(extend_discussion, *([RunState.DISCUSSING] if timed else []))

    @rule()
    def pause(self) -> None:
        self.press(pause_run, RunState.ASKING, RunState.DISCUSSING, RunState.REVEALING)

    @rule()
    def resume(self) -> None:
        self.press(resume_run, RunState.PAUSED)

    @rule(sure=st.sampled_from([True] + [False] * 7))
    def stop(self, sure: bool) -> None:
        if sure:
            self.press(stop_run, *(state for state in RunState if state is not RunState.ENDED))

    def press(self, action: Callable[..., object], *allowed: RunState, **more: object) -> None:
        """Press a button of the host's: it works in the states of ``allowed`` and nowhere else."""
        state = self.room.run(self.run_id).state
        try:
            self.room.do(action, guild_id=GUILD, run_id=self.run_id, at=self.room.now, **more)
        except WrongState:
            assert state not in allowed
        else:
            assert state in allowed

    # What learners do

    @rule(user_id=learners)
    def join(self, user_id: UserId) -> None:
        run = self.room.run(self.run_id)
        try:
            joined = self.room.join(self.run_id, user_id)
        except WrongState:
            assert run.state is RunState.ENDED
            return
        assert run.state is not RunState.ENDED
        assert joined.new == (user_id not in self.joined[self.run_id])
        assert (joined.allowance is not None) == (user_id in EXTRA_TIME)
        since = joined.participant.joined_position
        assert self.joined[self.run_id].setdefault(user_id, since) == since
        assert not joined.new or since in (max(run.position, 0), run.position + 1)

    @rule(user_id=learners, place=st.integers(0, 2))
    def choose_a_team(self, user_id: UserId, place: int) -> None:
        team = tuple(Team)[place]
        run = self.room.run(self.run_id)
        try:
            joined = self.room.join(self.run_id, user_id, team)
        except (NotFound, WrongState):
            assert run.position >= 0 or run.state is RunState.ENDED or run.options.teams != 3
        else:
            assert joined.participant.team is team or run.position >= 0
            self.joined[self.run_id].setdefault(user_id, joined.participant.joined_position)

    @rule(user_id=learners, slot=slots, held_back=st.booleans(), late=st.sampled_from([0.0, 0.0, 60.0]))
    def answer(self, user_id: UserId, slot: int, held_back: bool, late: float) -> None:
        """Click now; or the click is one that Discord made long ago and delivers only now."""
        self.deliver(self.current(), user_id, slot, self.click(held_back), late)

    @rule(given=divided, step=st.none() | st.sampled_from(Certainty), until_it_closes=usually)
    def everybody_answers(self, given: list[int], step: Certainty | None, until_it_closes: bool) -> None:
        """The class is divided; one of them also says how sure they are."""
        self.room.publish()
        for user_id, slot in zip(LEARNERS, given, strict=True):
            self.deliver(self.current(), user_id, slot, self.room.click(), 0)
        if step is not None:
            self.say_how_sure(LEARNERS[0], step, False, 0, False)
        if until_it_closes:
            self.time_passes(22)

    @rule()
    def click_is_delayed(self) -> None:
        self.delayed.append(self.room.click())

    @rule(data=st.data())
    def same_click_again(self, data: st.DataObject) -> None:
        rounds = {asked.round_id: asked for asked in self.room.rounds(self.run_id)}
        own = [key for key in self.answers if key[0] in rounds]
        if own:
            round_id, user_id = data.draw(st.sampled_from(own))
            click, _ = self.answers[round_id, user_id]
            self.deliver(rounds[round_id], user_id, 0, click, 0)

    @rule(user_id=learners, data=st.data())
    def click_an_old_or_coming_question(self, user_id: UserId, data: st.DataObject) -> None:
        asked = data.draw(st.sampled_from(self.room.rounds(self.run_id)))
        self.deliver(asked, user_id, 1, self.room.click(), 0)

    def click(self, held_back: bool) -> InteractionId:
        return self.delayed.pop() if held_back and self.delayed else self.room.click()

    def deliver(self, asked: Round, user_id: UserId, slot: int, click: InteractionId, late: float) -> None:
        at = self.moment(asked, late)
        key = (asked.round_id, user_id)
        standing = self.answers.get(key)
        end = end_for(asked, EXTRA_TIME.get(user_id, NO_ACCOMMODATION))
        in_time = end is None or at <= end
        refused: RoundClosed | RoundHeld | FirstVoteOver | None = None
        try:
            given = self.room.answer(asked, user_id, slot, interaction_id=click, at=at)
        except (RoundClosed, RoundHeld, FirstVoteOver) as error:
            refused = error
        else:
            assert given.stored == (standing is None or click > standing[0])
            if given.stored:
                self.answers[key] = (click, given.response)
                self.sure.pop(key, None)
                since = self.joined[self.run_id].setdefault(user_id, asked.position)
                if asked.vote == 2:  # who joined in the discussion counts from this question on
                    self.joined[self.run_id][user_id] = min(since, asked.position)
            assert (given.given_by, given.response) == self.answers[key]
            assert given.certainty == self.sure.get(key, (0, None))[1]
        assert (refused is None) == (asked.state is RoundState.OPEN and in_time)
        if refused is not None:
            assert isinstance(refused, RoundHeld) == (asked.state is RoundState.HELD)
            assert isinstance(refused, FirstVoteOver) == (asked.state is RoundState.HIDDEN)
            if isinstance(refused, RoundClosed):  # either vote's answer counts
                votes = [each for each in self.room.rounds(self.run_id) if each.position == asked.position]
                standing = next(
                    (
                        self.answers[each.round_id, user_id]
                        for each in votes
                        if (each.round_id, user_id) in self.answers
                    ),
                    None,
                )
            assert (refused.standing is None) == (standing is None)

    def moment(self, asked: Round, late: float) -> datetime:
        """Now, or some seconds after the end of a question."""
        at = self.room.now
        if late and asked.closes_at is not None:
            at = asked.closes_at.replace(microsecond=0) + (self.room.later(late) - at)
        return at

    @rule(
        user_id=learners,
        step=st.sampled_from(Certainty),
        held_back=st.booleans(),
        late=st.sampled_from([0.0, 0.0, 60.0]),
        of_another_answer=st.sampled_from([False, False, True]),
    )
    def say_how_sure(
        self, user_id: UserId, step: Certainty, held_back: bool, late: float, of_another_answer: bool
    ) -> None:
        asked, press = self.current(), self.click(held_back)
        at, key = self.moment(asked, late), (asked.round_id, user_id)
        answered = self.answers.get(key)
        given_by = self.room.click() if of_another_answer or answered is None else answered[0]
        end = end_for(asked, EXTRA_TIME.get(user_id, NO_ACCOMMODATION))
        in_time = end is None or at <= end
        refused: Exception | None = None
        try:
            said = self.room.do(
                say_certainty,
                guild_id=GUILD,
                round_id=asked.round_id,
                user_id=user_id,
                given_by=given_by,
                certainty=step,
                interaction_id=press,
                at=at,
            )
        except (NotFound, WrongState, AnswerReplaced) as error:
            refused = error
        else:
            assert answered is not None
            before = self.sure.get(key)
            # What was said of an earlier answer has its press still on record.
            if said.stored:
                assert press > max(answered[0], before[0] if before else 0)
                self.sure[key] = (press, step)
            assert said.certainty == self.sure.get(key, (0, None))[1]
        if answered is None or not asked.options.certainty:
            assert isinstance(refused, NotFound)
        elif asked.state is not RoundState.OPEN or not in_time:
            assert isinstance(refused, WrongState)
        else:
            assert isinstance(refused, AnswerReplaced) == of_another_answer

    # What the world does

    @rule(seconds=st.sampled_from([1, 5, 10, 22, 60, 3_700]))
    def time_passes(self, seconds: int) -> None:
        self.room.later(seconds)
        asked = self.current()
        self.room.tick()
        now = next(each for each in self.room.rounds(self.run_id) if each.round_id == asked.round_id)
        if asked.state is RoundState.OPEN and now.state in (*OVER, RoundState.HIDDEN):
            self.nobody_had_time_left(asked)

    def nobody_had_time_left(self, asked: Round) -> None:
        for user_id in self.joined[self.run_id]:
            end = end_for(asked, EXTRA_TIME.get(user_id, NO_ACCOMMODATION))
            answered = (asked.round_id, user_id) in self.answers
            assert answered or (end is not None and end <= self.room.now)

    @rule()
    def publish(self) -> None:
        self.room.publish()

    @rule()
    def show_only_the_first(self) -> None:
        for board in waiting_boards(self.room.db)[:1]:
            self.room.show(board)

    @rule()
    def permission_is_missing(self) -> None:
        for board in waiting_boards(self.room.db)[:1]:
            self.room.do(cannot_post, board_id=board.board_id, missing="Send Messages", at=self.room.now)

    @rule(data=st.data())
    def message_is_deleted(self, data: st.DataObject) -> None:
        posted = [
            row[0] for row in self.room.rows("SELECT message_id FROM board WHERE message_id IS NOT NULL")
        ]
        if posted:
            self.room.do(board_message_deleted, message_id=data.draw(st.sampled_from(posted)))

    @rule()
    def questions_are_corrected(self) -> None:
        self.versions += 1
        self.room.do(publish_bundled, sets=[version(self.versions)], at=self.room.now)

    @rule()
    def restart(self) -> None:
        self.room.reopen()

    # What always holds

    @invariant()
    def every_acknowledged_answer_is_stored_once_and_nothing_else(self) -> None:
        stored = [
            ((given.round_id, given.user_id), (given.interaction_id, given.response))
            for run_id in self.runs
            for given in answers_of_run(self.room.db, run_id)
        ]
        assert len(stored) == len(self.answers)
        assert dict(stored) == self.answers

    @invariant()
    def how_sure_people_are_is_what_they_said_last(self) -> None:
        stored = {
            (given.round_id, given.user_id): given.certainty
            for run_id in self.runs
            for given in answers_of_run(self.room.db, run_id)
            if given.certainty is not None
        }
        assert stored == {key: step for key, (_, step) in self.sure.items()}

    @invariant()
    def participants_are_those_who_joined_or_answered(self) -> None:
        for run_id in self.runs:
            records = records_of(self.room.db, run_id)
            people = {record.user_id: record.participant for record in records}
            assert {user: each.joined_position for user, each in people.items()} == self.joined[run_id]
            places = {asked.round_id: asked.position for asked in self.room.rounds(run_id)}
            for given in answers_of_run(self.room.db, run_id):
                assert places[given.round_id] >= people[given.user_id].joined_position
            aliases = [each.alias for each in people.values()]
            teams = [each.team for each in people.values()]
            run = self.room.run(run_id)
            assert run.options.board == (None not in aliases) or not people
            assert not run.options.board or len(set(aliases)) == len(aliases)
            if run.options.teams == 2:
                assert abs(teams.count(Team.BLUE) - teams.count(Team.GREEN)) <= 1

    @invariant()
    def answers_are_graded_by_what_was_asked(self) -> None:
        for run_id in self.runs:
            rounds = {asked.round_id: asked for asked in self.room.rounds(run_id)}
            drawn = [
                [(asked.revision_id, asked.option_order) for asked in votes] for votes in self.votes(run_id)
            ]
            assert [first for first, *_ in drawn] == self.asked_as[run_id]
            assert all(second == first for first, *more in drawn for second in more)
            for given in answers_of_run(self.room.db, run_id):
                assert given.outcome is rounds[given.round_id].item.grade(given.response).outcome

    @invariant()
    def run_and_rounds_agree(self) -> None:
        for run_id in self.runs:
            run, questions = self.room.run(run_id), self.votes(run_id)
            states = [votes[-1].state for votes in questions]
            past, coming = states[: max(run.position, 0)], states[run.position + 1 :]
            current = states[run.position] if run.position >= 0 else RoundState.WAITING
            assert all(state in OVER for state in past)
            assert all(state is RoundState.WAITING for state in coming)
            assert run.total == len(questions) == QUESTIONS
            for votes in questions:
                assert len(votes) == 1 or run.options.revote is not Revote.OFF
                settled = votes[-1].state in OVER
                assert all(
                    (vote.state in OVER) if settled else (vote.state is RoundState.HIDDEN)
                    for vote in votes[:-1]
                )
            match run.state:
                case RunState.LOBBY:
                    assert run.position == -1
                case RunState.ASKING:
                    assert current is RoundState.OPEN
                case RunState.DISCUSSING:
                    assert current is RoundState.HIDDEN
                    assert run.vote == 1
                case RunState.REVEALING:
                    assert current is RoundState.CLOSED
                case RunState.PAUSED:
                    held = (RoundState.HELD, RoundState.CLOSED, RoundState.HIDDEN)
                    assert current in held or run.position == -1
                case RunState.ENDED:
                    assert current in OVER or run.position == -1
                    assert run.end_reason is not None
            assert (run.position, run.vote) >= self.furthest[run_id]
            self.furthest[run_id] = (run.position, run.vote)
            assert not (run_id in self.ended and run.state is not RunState.ENDED)
            if run.state is RunState.ENDED:
                self.ended.add(run_id)

    @invariant()
    def every_run_is_due_or_over_or_about_to_be_posted(self) -> None:
        for run_id in self.runs:
            run = self.room.run(run_id)
            if run.state is RunState.ENDED:
                assert run.due_at is None
            elif run.due_at is None:
                assert run.state is RunState.ASKING
                waiting = {(board.kind, board.subject_id) for board in waiting_boards(self.room.db)}
                assert (BoardKind.ROUND, self.room.asked(run_id).round_id) in waiting

    @invariant()
    def no_message_shows_more_than_there_is(self) -> None:
        assert self.room.rows("SELECT 1 FROM board WHERE shown_revision > revision") == []

    @invariant()
    def everything_can_be_shown(self) -> None:
        for run_id in self.runs:
            assert run_board(self.room.db, run_id=run_id) is not None
            assert summary_board(self.room.db, run_id=run_id) is not None
            for asked in self.room.rounds(run_id):
                shown = round_board(self.room.db, round_id=asked.round_id)
                assert shown is not None
                assert (shown.spread is not None) == (asked.state is RoundState.CLOSED)
                assert (shown.shift is not None) == (asked.state is RoundState.CLOSED and asked.vote == 2)
                assert not shown.overtime or asked.state is RoundState.OPEN
            host = host_board(self.room.db, guild_id=GUILD, run_id=run_id)
            asked = self.votes(run_id)[max(host.run.position, 0)][-1]
            assert (host.first_vote is not None) == (asked.state is RoundState.HIDDEN)

    def let_it_run_out(self) -> None:
        """Nobody does anything any more: every run comes to its end, and every message is shown."""
        for _ in range(8 * QUESTIONS):
            self.room.publish()
            due_at = self.room.run(self.run_id).due_at
            if due_at is None:
                break
            self.room.now = max(self.room.now, due_at)
            self.room.tick()
        for run_id in self.runs:
            assert self.room.run(run_id).state is RunState.ENDED
            for user_id in LEARNERS:
                mine = my_result(self.room.db, guild_id=GUILD, run_id=run_id, user_id=user_id)
                assert mine.right + mine.missed == mine.answered <= len(mine.rounds) <= QUESTIONS
                last = {
                    asked.position: self.answers[asked.round_id, user_id][1]
                    for asked in self.room.rounds(run_id)
                    if asked.state is RoundState.CLOSED and (asked.round_id, user_id) in self.answers
                }
                counted = {
                    asked.position: given.response for asked, given in mine.rounds if given is not None
                }
                assert counted == last
        self.every_acknowledged_answer_is_stored_once_and_nothing_else()
        self.run_and_rounds_agree()
        assert waiting_boards(self.room.db) == []

    def current(self) -> Round:
        """The vote that the run is at; the first one in the lobby."""
        return self.votes(self.run_id)[max(self.room.run(self.run_id).position, 0)][-1]

    def votes(self, run_id: RunId) -> list[Sequence[Round]]:
        return by_question(self.room.rounds(run_id))


TestLiveQuiz = LiveQuiz.TestCase
TestLiveQuiz.settings = settings(
    max_examples=settings.default.max_examples * 40 // 100, stateful_step_count=50
)
