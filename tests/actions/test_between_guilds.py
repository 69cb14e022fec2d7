"""Nothing leaks from one server to another: whatever is named by its id is not found from elsewhere."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.actions.answering import answer_round, question_for_form
from bot.actions.arguing import ArgumentDraft, add_argument, begin_argument, keep_draft
from bot.actions.assigning import (
    AssignmentPlan,
    close_assignment,
    discard_draft,
    draft_assignment,
    move_due_date,
    set_assignment,
)
from bot.actions.assignment_reports import assignment_status
from bot.actions.attempts import assignment_overview, begin_attempt, hand_in
from bot.actions.dealing import my_evidence
from bot.actions.debate_course import (
    advance_debate,
    cancel_debate,
    close_debate,
    extend_debate,
    open_debate,
    pause_debate,
    resume_debate,
)
from bot.actions.debate_gate import enter_gate
from bot.actions.debate_joining import (
    join_debate,
    leave_debate,
    let_name,
    look_at_place,
    place_in_debate,
    wish_for_side,
)
from bot.actions.debate_planning import (
    DebatePlan,
    begin_opening,
    debate_of_plan,
    discard_plan,
    opening_failed,
    plan_debate,
    planned_debate,
)
from bot.actions.debate_reports import debate_status, whole_map
from bot.actions.debate_stances import check_stance, give_stance
from bot.actions.debates import debatable, debate_here, debates_open
from bot.actions.evidence import cite_evidence
from bot.actions.grading import (
    give_comment,
    give_marks,
    grade_list,
    grade_sheet,
    grade_sheet_of,
    own_grade,
    release_grades,
)
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
from bot.actions.joint_statement import sign_statement, statement_to_edit, write_statement
from bot.actions.judging import Pair, compare_next, judge_pair
from bot.actions.leaving import leave_and_delete, look_before_leaving
from bot.actions.message_reporting import report_message
from bot.actions.message_reports import MessageVerdict, decide_message, open_message_entry, pause_reported
from bot.actions.own_answers import answer_own, own_question, say_how_sure, show_feedback
from bot.actions.own_arguments import own_argument, own_arguments, revise_argument, withdraw_argument
from bot.actions.own_look import look_at
from bot.actions.own_runs import OwnQuestion, leave_own, look_over, next_step, own_result
from bot.actions.practice import begin_practice, retake_missed
from bot.actions.questions import cancel_load, claims_for, confirm_load, items_for, plan_load, sets_for
from bot.actions.quiz_reports import live_runs, my_result
from bot.actions.restating import judge, restate, restated
from bot.actions.review_grades import change_recall
from bot.actions.settings import choose_settings, settings_of
from bot.actions.showing_arguments import openings
from bot.actions.threads import discussion_place, track_discussion
from bot.actions.transcripts import transcript_of
from bot.bank.reading import read_upload
from bot.debate.formats import Format, Planned, Stage
from bot.debate.judging import Better
from bot.debate.rubric import Criterion
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance, Standing
from bot.debate.steelman import Fairness
from bot.errors import NotFound, WrongState
from bot.ids import (
    ArgumentId,
    AssignmentId,
    ChannelId,
    ComparisonId,
    DebateId,
    GuildId,
    LearnerId,
    MessageId,
    MessageReportId,
    PlanId,
    RestatementId,
    RevisionId,
    RoundId,
    RunId,
    UploadId,
    VersionId,
)
from bot.quiz.certainty import Certainty
from bot.review.recall import Recall
from tests.actions.homework import DAY, asked_for, assign, attempt
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    MONDAY,
    OTHER_CHANNEL,
    OTHER_GUILD,
    THREAD,
    Classroom,
    plan,
    wrong_answer,
)

OWN_SET = b"""\
set: {format: 1, id: our-own, title: Ours, description: Ours alone., source: {title: Notes}}
items:
  - {id: lake, kind: true_false, category: history, prompt: It is deep., answer: true, explanation: It is.}
  - id: lists
    kind: claim
    category: claim
    prompt: Should it be?
    motion: It should be.
    background: It is not.
    case_for: {text: It would help. It is cheap., holders: Some}
    case_against: {text: It would harm. It is dear., holders: Others}
    evidence: A trial.
    questions: [Who gains?, Who loses?]
"""


@dataclass(frozen=True, slots=True)
class Ids:
    """What there is in one server."""

    run_id: RunId
    round_id: RoundId
    ended_run_id: RunId
    closed_round_id: RoundId
    practice_id: RunId
    practice_round_id: RoundId
    debate_id: DebateId
    argument_id: ArgumentId
    restatement_id: RestatementId
    comparison_id: ComparisonId
    report_id: MessageReportId
    learner_id: LearnerId
    """Anna's, who has argued."""
    plan_id: PlanId
    claim_id: RevisionId
    upload_id: UploadId
    assignment_id: AssignmentId
    draft_id: AssignmentId
    attempt_id: RunId
    attempt_round_id: RoundId


@pytest.fixture
def ids(room: Classroom) -> Ids:
    """A server with one of everything, Anna in it."""
    upload = room.do(
        plan_load,
        guild_id=GUILD,
        user_id=HOST,
        name="a.yaml",
        reading=read_upload("a.yaml", OWN_SET),
        at=room.now,
    )
    assert upload.upload_id is not None, upload.errors
    room.do(confirm_load, guild_id=GUILD, user_id=HOST, upload_id=upload.upload_id, at=room.now)
    waiting = room.do(
        plan_load,
        guild_id=GUILD,
        user_id=HOST,
        name="a.yaml",
        reading=read_upload("a.yaml", OWN_SET),
        at=room.now,
    )
    assert waiting.upload_id is not None
    claim_id = next(
        each.revision_id for each in claims_for(room.db, guild_id=GUILD) if each.set_key == "our-own"
    )
    ended_run_id = room.open_live(asked_for=plan(questions=1))
    ended = room.start(ended_run_id)
    room.answer(ended, ANNA, wrong_answer(ended))
    room.run_out(ended_run_id)
    run_id = room.open_live()
    asked = room.start(run_id)
    practice = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=ANNA,
        set_key="geography",
        category=None,
        questions=3,
        rng=random.Random(1),
        at=room.now,
    )
    assert isinstance(practice, OwnQuestion)
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=claim_id,
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=(Planned(Stage.FLOOR), Planned(Stage.STATEMENT)),
        rng=random.Random(1),
        at=room.now,
    )
    argument = room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=ANNA,
        draft=ArgumentDraft("a", "b", "c"),
        interaction_id=room.click(),
        at=room.now,
    )
    words = room.do(
        restate,
        guild_id=GUILD,
        argument_id=argument.argument_id,
        user_id=BEN,
        text="That a.",
        interaction_id=room.click(),
        at=room.now,
    )
    room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=BEN,
        draft=ArgumentDraft("d", "e", "f"),
        interaction_id=room.click(),
        at=room.now,
    )
    pair = room.do(
        compare_next, guild_id=GUILD, debate_id=debate_id, user_id=CEM, rng=random.Random(1), at=room.now
    )
    assert isinstance(pair, Pair)
    room.do(
        report_message,
        guild_id=GUILD,
        channel_id=THREAD,
        message_id=MessageId(77),
        author_id=ANNA,
        user_id=BEN,
        text="Look.",
        interaction_id=room.click(),
        at=room.now,
    )
    preview = room.do(
        plan_debate,
        guild_id=GUILD,
        user_id=HOST,
        channel_id=CHANNEL,
        plan=DebatePlan(revision_id=claim_id),
        at=room.now,
    )
    assignment = assign(room)
    done = attempt(room, assignment)
    drafted = room.do(
        draft_assignment,
        guild_id=GUILD,
        user_id=HOST,
        plan=asked_for(room),
        rng=random.Random(1),
        at=room.now,
    )
    return Ids(
        run_id,
        asked.round_id,
        ended_run_id,
        ended.round_id,
        practice.run.run_id,
        practice.asked.round_id,
        debate_id,
        argument.argument_id,
        words.restatement.restatement_id,
        pair.comparison_id,
        MessageReportId(only(room, "SELECT message_report_id FROM message_report")),
        LearnerId(only(room, f"SELECT learner_id FROM learner WHERE user_id = {ANNA}")),
        preview.plan_id,
        claim_id,
        waiting.upload_id,
        assignment.assignment_id,
        drafted.assignment.assignment_id,
        done.run.run_id,
        done.rounds[0][0].round_id,
    )


def only(room: Classroom, statement: str) -> int:
    """The one number that a query gives."""
    ((number,),) = room.rows(statement)
    return int(str(number))


Arguments = Callable[[Ids], Mapping[str, object]]

ATTEMPTS: dict[Callable[..., object], Arguments] = {
    answer_round: lambda ids: {"round_id": ids.round_id, "user_id": ANNA, "answer": 0, "interaction_id": 1},
    question_for_form: lambda ids: {"round_id": ids.round_id, "user_id": ANNA},
    start_run: lambda ids: {"run_id": ids.run_id},
    move_on: lambda ids: {"run_id": ids.run_id, "position": 0},
    pause_run: lambda ids: {"run_id": ids.run_id},
    resume_run: lambda ids: {"run_id": ids.run_id},
    skip_question: lambda ids: {"run_id": ids.run_id},
    close_now: lambda ids: {"run_id": ids.run_id},
    extend_question: lambda ids: {"run_id": ids.run_id},
    stop_run: lambda ids: {"run_id": ids.run_id},
    my_result: lambda ids: {"run_id": ids.ended_run_id, "user_id": ANNA},
    retake_missed: lambda ids: {"run_id": ids.ended_run_id, "user_id": ANNA, "rng": random.Random(1)},
    next_step: lambda ids: {"run_id": ids.practice_id, "user_id": ANNA},
    own_question: lambda ids: {"round_id": ids.practice_round_id, "user_id": ANNA},
    answer_own: lambda ids: {
        "round_id": ids.practice_round_id,
        "user_id": ANNA,
        "answer": 0,
        "interaction_id": 1,
    },
    own_result: lambda ids: {"run_id": ids.practice_id, "user_id": ANNA},
    say_how_sure: lambda ids: {
        "round_id": ids.practice_round_id,
        "user_id": ANNA,
        "certainty": Certainty.GUESS,
    },
    show_feedback: lambda ids: {"round_id": ids.practice_round_id, "user_id": ANNA},
    change_recall: lambda ids: {
        "round_id": ids.practice_round_id,
        "user_id": ANNA,
        "recall": Recall.EASY,
    },
    leave_own: lambda ids: {"run_id": ids.practice_id, "user_id": ANNA},
    begin_practice: lambda _: {
        "user_id": ANNA,
        "set_key": "our-own",
        "category": None,
        "questions": 1,
        "rng": random.Random(1),
    },
    draft_assignment: lambda _: {
        "user_id": HOST,
        "plan": AssignmentPlan("our-own", MONDAY + DAY),
        "rng": random.Random(1),
    },
    set_assignment: lambda ids: {"assignment_id": ids.draft_id},
    discard_draft: lambda ids: {"assignment_id": ids.draft_id},
    move_due_date: lambda ids: {"assignment_id": ids.assignment_id, "due_at": MONDAY + DAY},
    close_assignment: lambda ids: {"assignment_id": ids.assignment_id},
    assignment_status: lambda ids: {"assignment_id": ids.assignment_id},
    assignment_overview: lambda ids: {"assignment_id": ids.assignment_id, "user_id": ANNA},
    begin_attempt: lambda ids: {
        "assignment_id": ids.assignment_id,
        "user_id": ANNA,
        "number": 1,
        "rng": random.Random(1),
    },
    hand_in: lambda ids: {"run_id": ids.attempt_id, "user_id": ANNA},
    look_over: lambda ids: {"run_id": ids.attempt_id, "user_id": ANNA},
    look_at: lambda ids: {"round_id": ids.attempt_round_id, "user_id": ANNA},
    discussion_place: lambda ids: {"round_id": ids.closed_round_id},
    track_discussion: lambda ids: {"round_id": ids.closed_round_id, "thread_id": ChannelId(5)},
    debatable: lambda ids: {"revision_id": ids.claim_id},
    open_debate: lambda ids: {
        "revision_id": ids.claim_id,
        "channel_id": OTHER_CHANNEL,
        "thread_id": ChannelId(5),
        "opened_by": HOST,
        "format": Format.OXFORD,
        "timetable": (Planned(Stage.FLOOR),),
        "rng": random.Random(1),
    },
    plan_debate: lambda ids: {
        "user_id": HOST,
        "channel_id": OTHER_CHANNEL,
        "plan": DebatePlan(revision_id=ids.claim_id),
    },
    planned_debate: lambda ids: {"plan_id": ids.plan_id},
    debate_of_plan: lambda ids: {"plan_id": ids.plan_id},
    begin_opening: lambda ids: {"plan_id": ids.plan_id},
    opening_failed: lambda ids: {"plan_id": ids.plan_id, "claimed_at": MONDAY},
    discard_plan: lambda ids: {"plan_id": ids.plan_id},
    debate_status: lambda ids: {"debate_id": ids.debate_id},
    whole_map: lambda ids: {"debate_id": ids.debate_id},
    advance_debate: lambda ids: {"debate_id": ids.debate_id, "position": 0, "user_id": HOST},
    extend_debate: lambda ids: {"debate_id": ids.debate_id, "position": 0, "more": timedelta(minutes=5)},
    pause_debate: lambda ids: {"debate_id": ids.debate_id},
    resume_debate: lambda ids: {"debate_id": ids.debate_id},
    cancel_debate: lambda ids: {"debate_id": ids.debate_id, "user_id": HOST},
    transcript_of: lambda ids: {"debate_id": ids.debate_id},
    join_debate: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    leave_debate: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    wish_for_side: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "side": Side.FOR},
    let_name: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "named": True},
    look_at_place: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    enter_gate: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "rng": random.Random(1)},
    place_in_debate: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    check_stance: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "phase": Phase.BEFORE},
    give_stance: lambda ids: {
        "debate_id": ids.debate_id,
        "user_id": ANNA,
        "phase": Phase.BEFORE,
        "stance": Stance(Standing.FOR),
        "interaction_id": 1,
    },
    begin_argument: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    keep_draft: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "draft": ArgumentDraft()},
    add_argument: lambda ids: {
        "debate_id": ids.debate_id,
        "user_id": ANNA,
        "draft": ArgumentDraft("a", "b", "c"),
        "interaction_id": 1,
    },
    my_evidence: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    cite_evidence: lambda ids: {
        "debate_id": ids.debate_id,
        "user_id": ANNA,
        "revision_id": ids.claim_id,
        "interaction_id": 1,
    },
    openings: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    own_arguments: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    own_argument: lambda ids: {"argument_id": ids.argument_id, "user_id": ANNA},
    revise_argument: lambda ids: {
        "argument_id": ids.argument_id,
        "user_id": ANNA,
        "claim": "d",
        "evidence": "e",
        "reasoning": "f",
        "interaction_id": 1,
    },
    withdraw_argument: lambda ids: {"argument_id": ids.argument_id, "user_id": ANNA, "withdrawn": True},
    restate: lambda ids: {
        "argument_id": ids.argument_id,
        "user_id": BEN,
        "text": "That a.",
        "interaction_id": 1,
    },
    restated: lambda ids: {"restatement_id": ids.restatement_id},
    judge: lambda ids: {
        "restatement_id": ids.restatement_id,
        "user_id": ANNA,
        "fairness": Fairness.FAIR,
    },
    compare_next: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA, "rng": random.Random(1)},
    statement_to_edit: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    write_statement: lambda ids: {
        "debate_id": ids.debate_id,
        "user_id": ANNA,
        "base": None,
        "text": "We agree.",
        "interaction_id": 1,
    },
    sign_statement: lambda ids: {
        "debate_id": ids.debate_id,
        "version_id": VersionId(1),
        "user_id": ANNA,
        "signed": True,
    },
    judge_pair: lambda ids: {
        "comparison_id": ids.comparison_id,
        "user_id": CEM,
        "better": Better.LEFT,
        "rng": random.Random(1),
    },
    look_before_leaving: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    leave_and_delete: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    grade_sheet: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    grade_sheet_of: lambda ids: {"debate_id": ids.debate_id, "learner_id": ids.learner_id},
    give_marks: lambda ids: {
        "debate_id": ids.debate_id,
        "learner_id": ids.learner_id,
        "typed": dict.fromkeys(Criterion, "50"),
        "base": 0,
        "user_id": HOST,
        "interaction_id": 1,
    },
    give_comment: lambda ids: {
        "debate_id": ids.debate_id,
        "learner_id": ids.learner_id,
        "comment": "Good.",
        "base": 0,
        "user_id": HOST,
        "interaction_id": 1,
    },
    grade_list: lambda ids: {"debate_id": ids.debate_id},
    release_grades: lambda ids: {"debate_id": ids.debate_id},
    own_grade: lambda ids: {"debate_id": ids.debate_id, "user_id": ANNA},
    open_message_entry: lambda ids: {"report_id": ids.report_id},
    decide_message: lambda ids: {
        "user_id": HOST,
        "report_id": ids.report_id,
        "verdict": MessageVerdict.DEALT_WITH,
    },
    pause_reported: lambda ids: {"report_id": ids.report_id, "paused": True},
    close_debate: lambda ids: {"debate_id": ids.debate_id, "user_id": HOST},
    items_for: lambda _: {"set_key": "our-own"},
    confirm_load: lambda ids: {"upload_id": ids.upload_id, "user_id": HOST},
    cancel_load: lambda ids: {"upload_id": ids.upload_id},
}
DECIDED_ALREADY = {open_message_entry, decide_message, pause_reported}
"""What is not in the inbox of a server counts as decided there, whoever asks."""

TIMELESS = {
    discard_draft,
    my_result,
    own_question,
    discussion_place,
    debatable,
    place_in_debate,
    look_at_place,
    let_name,
    debate_of_plan,
    opening_failed,
    discard_plan,
    look_before_leaving,
    grade_sheet,
    grade_sheet_of,
    grade_list,
    own_grade,
    open_message_entry,
    debate_status,
    whole_map,
    transcript_of,
    own_arguments,
    own_argument,
    restated,
    items_for,
    statement_to_edit,
}


@pytest.mark.parametrize("action", ATTEMPTS, ids=lambda action: action.__name__)
def test_ids_of_another_server_are_not_found(
    room: Classroom, ids: Ids, action: Callable[..., object]
) -> None:
    arguments = dict(ATTEMPTS[action](ids))
    if action not in TIMELESS:
        arguments["at"] = room.now
    before = room.contents()
    with pytest.raises(WrongState if action in DECIDED_ALREADY else NotFound):
        room.do(action, guild_id=OTHER_GUILD, **arguments)
    assert room.contents() == before


def test_lists_hold_only_what_is_the_servers_own(room: Classroom, ids: Ids) -> None:
    def listed(guild_id: GuildId) -> tuple[int, int, int, list[str]]:
        return (
            len(live_runs(room.db, guild_id=guild_id)),
            len(debates_open(room.db, guild_id=guild_id)),
            len(claims_for(room.db, guild_id=guild_id)),
            [each.key for each in sets_for(room.db, guild_id=guild_id)],
        )

    assert listed(GUILD) == (1, 1, 2, ["our-own", "geography"])
    assert listed(OTHER_GUILD) == (0, 0, 1, ["geography"])
    assert debate_here(room.db, guild_id=OTHER_GUILD, thread_id=THREAD) is None
    assert debate_here(room.db, guild_id=GUILD, thread_id=THREAD) is not None


def test_own_set_of_one_server_is_unknown_in_another(room: Classroom, ids: Ids) -> None:
    with pytest.raises(NotFound):
        room.open_live(guild_id=OTHER_GUILD, channel_id=OTHER_CHANNEL, asked_for=plan(set_key="our-own"))


def test_same_person_in_two_servers_is_two_learners(room: Classroom) -> None:
    for guild_id, channel_id in ((GUILD, CHANNEL), (OTHER_GUILD, OTHER_CHANNEL)):
        run_id = room.open_live(guild_id=guild_id, channel_id=channel_id, asked_for=plan(questions=1))
        asked = room.start(run_id, guild_id=guild_id)
        room.answer(asked, ANNA, wrong_answer(asked), guild_id=guild_id)
        room.run_out(run_id)
        assert my_result(room.db, guild_id=guild_id, run_id=run_id, user_id=ANNA).answered == 1
    assert room.rows("SELECT guild_id FROM learner WHERE user_id = 9001 ORDER BY guild_id") == [
        (GUILD,),
        (OTHER_GUILD,),
    ]


def test_choices_of_one_server_are_not_anothers(room: Classroom) -> None:
    room.do(choose_settings, guild_id=GUILD, instructor_role_id=5, default_channel_id=None, at=room.now)
    chosen = room.do(
        choose_settings, guild_id=GUILD, instructor_role_id=None, default_channel_id=CHANNEL, at=room.now
    )
    assert (chosen.instructor_role_id, chosen.default_channel_id) == (5, CHANNEL)
    assert settings_of(room.db, guild_id=GUILD) == chosen
    elsewhere = settings_of(room.db, guild_id=OTHER_GUILD)
    assert (elsewhere.instructor_role_id, elsewhere.default_channel_id) == (None, None)
