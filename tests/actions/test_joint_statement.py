"""The class writes a joint statement: two edit at once, and signatures belong to one wording."""

from dataclasses import replace

import pytest

from bot.actions.boards import BoardKind, NoticeKind
from bot.actions.debate_joining import JoinFirst
from bot.actions.debate_reports import outcome_board
from bot.actions.hiding import Hideable, HideableKind, hide_written
from bot.actions.joint_statement import (
    BEGINNING,
    LONGEST_STATEMENT,
    EarlierWording,
    JointStatement,
    StatementNews,
    look_at_earlier,
    put_back,
    sign_statement,
    statement_board,
    statement_to_edit,
    write_statement,
)
from bot.actions.leaving import look_before_leaving
from bot.debate.formats import Format, Stage
from bot.errors import Invalid, NotAllowed, NotFound, WrongState
from bot.ids import InteractionId, UserId, VersionId
from bot.store.statements import find_version
from bot.views.boards import render_notice
from bot.views.statements import signature_words, statement_card
from tests.actions.fair_debate import told
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, OTHER_GUILD, Classroom
from tests.debate_class import DebateClass, students
from tests.debate_deeds import to_show, two_sides
from tests.discord.layouts import texts_of
from tests.written import BLANK, CLEAN, DIRTY


@pytest.fixture
def debate(room: Classroom) -> DebateClass:
    """A debate at its joint statement, which Anna, Ben and Cem have joined."""
    made, _, _ = two_sides(room, Stage.STATEMENT, format=Format.SWITCH)
    made.join(CEM)
    room.publish()
    return made


def opened(debate: DebateClass, user_id: UserId) -> JointStatement | JoinFirst:
    """What comes up when somebody would open the form."""
    return statement_to_edit(debate.room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id)


def edit(debate: DebateClass, user_id: UserId) -> JointStatement:
    """Open the form, as one who takes part."""
    form = opened(debate, user_id)
    assert isinstance(form, JointStatement)
    return form


def write(
    debate: DebateClass,
    user_id: UserId,
    text: str,
    base: JointStatement,
    *,
    interaction_id: InteractionId | None = None,
) -> JointStatement:
    """Send the form off that showed ``base``."""
    return debate.room.do(
        write_statement,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        base=None if base.version is None else base.version.version_id,
        text=text,
        interaction_id=interaction_id or debate.room.click(),
        at=debate.room.now,
    )


def sign(
    debate: DebateClass, user_id: UserId, seen: JointStatement, *, signed: bool = True
) -> JoinFirst | None:
    assert seen.version is not None
    return debate.room.do(
        sign_statement,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        version_id=seen.version.version_id,
        user_id=user_id,
        signed=signed,
        at=debate.room.now,
    )


def now(debate: DebateClass) -> JointStatement:
    found = statement_board(debate.room.db, debate_id=debate.debate_id)
    assert found is not None
    return found


def standing(debate: DebateClass) -> tuple[str, int]:
    """What the statement says, and how many have signed that."""
    version = now(debate).version
    assert version is not None
    return version.text, version.signatures


def test_first_version_comes_up_and_later_ones_take_its_place(debate: DebateClass) -> None:
    empty = edit(debate, ANNA)
    assert (empty.version, empty.open) == (None, True)
    assert to_show(debate.room, BoardKind.STATEMENT) == []
    write(debate, ANNA, " We agree that lists\r\nshame people. ", empty)
    assert standing(debate) == ("We agree that lists\nshame people.", 0)
    assert to_show(debate.room, BoardKind.STATEMENT) == [debate.debate_id]
    debate.room.publish()
    write(debate, BEN, "We agree on little.", edit(debate, BEN))
    assert standing(debate) == ("We agree on little.", 0)
    assert to_show(debate.room, BoardKind.STATEMENT) == [debate.debate_id]
    assert debate.room.rows("SELECT text FROM statement_version ORDER BY version_id") == [
        ("We agree that lists\nshame people.",),
        ("We agree on little.",),
    ], "each version is kept"


def test_only_those_who_take_part_write(debate: DebateClass) -> None:
    seen = edit(debate, ANNA)
    before = debate.room.contents()
    with pytest.raises(NotAllowed):
        write(debate, UserId(9_777), "By a stranger.", seen)
    assert debate.room.contents() == before
    debate.leave(ANNA)
    with pytest.raises(NotAllowed):
        write(debate, ANNA, "By one who left.", seen)
    assert now(debate).version is None
    debate.join(ANNA)
    write(debate, ANNA, "By one who came back.", edit(debate, ANNA))
    assert standing(debate)[0] == "By one who came back."


def test_two_who_edit_at_once_lose_nothing(debate: DebateClass) -> None:
    for base_text in (None, "We agree."):
        if base_text is not None:
            write(debate, CEM, base_text, edit(debate, CEM))
        annas, bens = edit(debate, ANNA), edit(debate, BEN)
        write(debate, ANNA, "By Anna.", annas)
        before = debate.room.contents()
        with pytest.raises(WrongState) as refused:
            write(debate, BEN, "By Ben.", bens)
        assert refused.value.state == "newer than the one that you changed"
        assert debate.room.contents() == before
        assert standing(debate) == ("By Anna.", 0)
        write(debate, BEN, "By Anna and Ben.", edit(debate, BEN))
        assert standing(debate) == ("By Anna and Ben.", 0)


def test_same_interaction_twice_is_one_version(debate: DebateClass) -> None:
    click, empty = debate.room.click(), edit(debate, ANNA)
    write(debate, ANNA, "We agree.", empty, interaction_id=click)
    before = debate.room.contents()
    again = write(debate, ANNA, "We agree.", empty, interaction_id=click)
    assert debate.room.contents() == before
    assert again.version is not None
    assert again.version.text == "We agree."


def test_signatures_are_of_people_and_of_one_wording(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    for who in (ANNA, BEN, BEN, CEM):
        sign(debate, who, first)
    assert standing(debate) == ("We agree.", 3)
    sign(debate, CEM, first, signed=False)
    before = debate.room.rows("SELECT * FROM signature")
    sign(debate, CEM, first, signed=False)
    assert (debate.room.rows("SELECT * FROM signature"), standing(debate)[1]) == (before, 2)
    second = write(debate, BEN, "We agree more.", edit(debate, BEN))
    assert standing(debate) == ("We agree more.", 0)
    with pytest.raises(WrongState) as refused:
        sign(debate, CEM, first)
    assert refused.value.state == "changed since"
    with pytest.raises(WrongState):
        sign(debate, ANNA, first, signed=False)
    sign(debate, CEM, second)
    assert standing(debate) == ("We agree more.", 1)
    write(debate, ANNA, "We agree.", edit(debate, ANNA))
    assert standing(debate) == ("We agree.", 0), "the old wording anew is a new version, too"


def test_message_of_the_statement_tells_nothing_of_the_first_four_signatures(debate: DebateClass) -> None:
    """It says the same, and is not even edited: whoever watches it beside a person would see that they signed."""
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    debate.room.publish()
    said: list[str] = []
    shown: list[bool] = []
    signers = students(6)
    debate.join(*signers)
    debate.room.publish()
    steps = [([signer], True) for signer in signers] + [(signers[:2], False)]
    for people, signed in steps:
        for person in people:
            sign(debate, person, first, signed=signed)
        shown.append(to_show(debate.room, BoardKind.STATEMENT) == [debate.debate_id])
        said.append(texts_of(statement_card(now(debate))).splitlines()[-1])
        debate.room.publish()
    few = "-# Fewer than five signatures so far. A change begins the count anew."
    assert said == [
        *[few] * 4,
        "-# 5 signatures to this wording. A change begins the count anew.",
        "-# 6 signatures to this wording. A change begins the count anew.",
        few,
    ]
    assert shown == [False, False, False, False, True, True, True]


def test_transcript_and_message_count_signatures_from_five_on() -> None:
    assert {signature_words(count) for count in range(5)} == {"fewer than five signatures so far"}
    assert signature_words(5) == "5 signatures to this wording"


@pytest.mark.parametrize("left", [False, True])
def test_nobody_joins_or_comes_back_by_opening_the_form_or_signing(debate: DebateClass, left: bool) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    who = CEM if left else UserId(777)
    if left:
        sign(debate, CEM, first)
        debate.leave(CEM)
    before = debate.room.contents()
    for shown in (opened(debate, who), sign(debate, who, first)):
        assert isinstance(shown, JoinFirst)
        assert shown.left == left
    assert debate.room.contents() == before
    debate.join(who)
    assert isinstance(opened(debate, who), JointStatement)
    assert sign(debate, who, first) is None
    assert standing(debate)[1] == 1


def test_those_who_signed_are_told_when_their_wording_is_changed(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    others = students(3)
    debate.join(*others)
    for who in (ANNA, BEN, CEM, *others):
        sign(debate, who, first)
    sign(debate, CEM, first, signed=False)
    debate.leave(others[2])
    changed_by = edit(debate, ANNA)
    second = write(debate, ANNA, "We agree less.", changed_by)
    notices = told(debate.room, NoticeKind.STATEMENT_CHANGED)
    assert {each.user_id for each in notices} == {BEN, *others[:2]}, "not the one who changed it"
    assert len(notices) == 3
    assert {StatementNews.model_validate_json(each.detail) for each in notices} == {
        StatementNews(motion=debate.debate.motion, thread_id=debate.debate.thread_id)
    }
    sign(debate, BEN, second)
    write(debate, ANNA, "We agree on nothing.", edit(debate, ANNA))
    assert [each.user_id for each in told(debate.room, NoticeKind.STATEMENT_CHANGED)[3:]] == [BEN]
    said = texts_of(render_notice(notices[0]))
    assert said.startswith("The joint statement of the debate “")
    assert "We agree" not in said


def last_lines(debate: DebateClass) -> list[str]:
    return [line for line in texts_of(statement_card(now(debate))).splitlines() if line.startswith("-# ")]


def test_message_says_that_the_statement_was_changed_and_how_many_had_signed_before(
    debate: DebateClass,
) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    assert len(last_lines(debate)) == 1
    signers = students(6)
    debate.join(*signers)
    for who in signers[:4]:
        sign(debate, who, first)
    second = write(debate, ANNA, "We agree less.", edit(debate, ANNA))
    assert last_lines(debate)[0] == "-# It was changed: the wording before had fewer than five signatures."
    for who in signers:
        sign(debate, who, second)
    write(debate, BEN, "Nonsense.", edit(debate, BEN))
    write(debate, BEN, "More nonsense.", edit(debate, BEN))
    assert (
        last_lines(debate)[0] == "-# It was changed 3 times: the wording before with most signatures had 6."
    ), "changing it twice does not bury what the class had signed"
    assert "Nonsense" not in texts_of(statement_card(now(debate)))


def earlier(debate: DebateClass, page: int = 0, *, user_id: UserId = ANNA) -> EarlierWording:
    found = look_at_earlier(
        debate.room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id, page=page
    )
    assert isinstance(found, EarlierWording)
    return found


def bring_back(debate: DebateClass, shown: EarlierWording, *, user_id: UserId = ANNA) -> JointStatement:
    return debate.room.do(
        put_back,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        version_id=shown.wording.version_id,
        base=shown.newest.version_id,
        interaction_id=debate.room.click(),
        at=debate.room.now,
    )


def test_earlier_wording_comes_back_as_a_new_one(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    with pytest.raises(WrongState) as refused:
        earlier(debate)
    assert refused.value.state == "in its first wording"
    sign(debate, CEM, first)
    for text in ("Nonsense.", "More nonsense."):
        write(debate, BEN, text, edit(debate, BEN))
    pages = [earlier(debate, page) for page in (0, 1, 7)]
    assert [(each.wording.text, each.page, each.pages) for each in pages] == [
        ("Nonsense.", 0, 2),
        ("We agree.", 1, 2),
        ("We agree.", 1, 2),
    ]
    bring_back(debate, pages[1])
    assert standing(debate) == ("We agree.", 0), "signatures are for one wording"
    with pytest.raises(WrongState) as refused:
        bring_back(debate, pages[0])
    assert refused.value.state == "newer than the one that you changed"
    with pytest.raises(WrongState) as refused:
        bring_back(debate, earlier(debate, 2))
    assert refused.value.state == "the same as before"
    assert debate.room.rows("SELECT text FROM statement_version ORDER BY version_id DESC LIMIT 1") == [
        ("We agree.",)
    ]


def test_hidden_words_do_not_come_back(debate: DebateClass) -> None:
    """Nor does a wording that says the same as a hidden one."""
    for text in ("We agree.", "Vermin.", "We agree less.", "Vermin.", "We agree more."):
        write(debate, BEN, text, edit(debate, BEN))
    shown = earlier(debate, 2)
    assert shown.wording.text == "Vermin."
    second = find_version(debate.room.db, VersionId(shown.wording.version_id))
    assert second is not None
    written = Hideable(
        HideableKind.STATEMENT, second.version_id, debate.debate_id, second.user_id, None, second.text
    )
    debate.room.do(hide_written, guild_id=GUILD, written=written, hidden_by=HOST, at=debate.room.now)
    assert [earlier(debate, page).wording.text for page in range(2)] == ["We agree less.", "We agree."]
    assert earlier(debate).pages == 2
    with pytest.raises(WrongState) as refused:
        bring_back(debate, shown)
    assert refused.value.state == "hidden by an instructor"
    assert standing(debate)[0] == "We agree more."


def test_only_those_who_take_part_read_and_bring_back_what_was_said_before(debate: DebateClass) -> None:
    for text in ("We agree.", "Nonsense."):
        write(debate, BEN, text, edit(debate, BEN))
    shown = earlier(debate)
    debate.leave(CEM)
    before = debate.room.contents()
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    assert isinstance(look_at_earlier(debate.room.db, **about, user_id=CEM, page=0), JoinFirst)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        bring_back(debate, shown, user_id=CEM)
    other, _, _ = two_sides(debate.room, Stage.STATEMENT, format=Format.SWITCH)
    foreign = write(other, ANNA, "Of another debate.", edit(other, ANNA))
    assert foreign.version is not None
    with pytest.raises(NotFound):
        bring_back(debate, replace(shown, wording=foreign.version))
    assert before != debate.room.contents(), "the other debate alone"
    assert standing(debate)[0] == "Nonsense."


def test_who_would_leave_is_told_of_a_statement_that_there_is(debate: DebateClass) -> None:
    about = {"guild_id": GUILD, "debate_id": debate.debate_id, "user_id": ANNA}
    assert not look_before_leaving(debate.room.db, **about).has_statement  # type: ignore[arg-type]
    write(debate, BEN, "We agree.", edit(debate, BEN))
    assert look_before_leaving(debate.room.db, **about).has_statement  # type: ignore[arg-type]


def test_who_has_left_can_take_their_signature_back_and_stays_away(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    sign(debate, CEM, first)
    debate.leave(CEM)
    assert sign(debate, CEM, first, signed=False) is None
    assert standing(debate)[1] == 0
    assert not debate.place(CEM).takes_part


UNTOUCHED = [
    BEGINNING,
    BEGINNING.replace("\n", "\r\n  "),
    "We agree that …",
    "We still differ on …\nWe agree that …",
]
"""The beginning in the form, or a part of it, with nothing of one's own."""


@pytest.mark.parametrize("text", ["", *BLANK, *UNTOUCHED, "x" * (LONGEST_STATEMENT + 1)])
def test_empty_or_endless_statement_is_refused(debate: DebateClass, text: str) -> None:
    empty = edit(debate, ANNA)
    before = debate.room.contents()
    with pytest.raises(Invalid):
        write(debate, ANNA, text, empty)
    assert debate.room.contents() == before


def test_beginning_that_is_completed_in_part_is_taken(debate: DebateClass) -> None:
    text = BEGINNING.replace("agree that …", "agree that lists shame people.")
    write(debate, ANNA, text, edit(debate, ANNA))
    assert standing(debate) == (text, 0)


def test_form_sent_off_as_it_was_keeps_the_signatures(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    sign(debate, BEN, first)
    before = debate.room.contents()
    with pytest.raises(WrongState) as refused:
        write(debate, CEM, " We agree.", edit(debate, CEM))
    assert refused.value.state == "the same as before"
    assert debate.room.contents() == before


def test_statement_is_cleaned(debate: DebateClass) -> None:
    write(debate, ANNA, DIRTY, edit(debate, ANNA))
    version = now(debate).version
    assert version is not None
    assert version.text == CLEAN


def test_statement_can_be_written_while_all_vote_and_is_settled_by_the_close(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    debate.go_to(Stage.VOTING)
    second = write(debate, ANNA, "We agree still.", edit(debate, ANNA))
    sign(debate, BEN, second)
    debate.room.publish()
    debate.advance()
    assert to_show(debate.room, BoardKind.STATEMENT) == [debate.debate_id], "its buttons go"
    assert not now(debate).open
    before = debate.room.contents()
    for attempt in (
        lambda: write(debate, ANNA, "Later.", second),
        lambda: sign(debate, ANNA, second),
        lambda: sign(debate, BEN, second, signed=False),
        lambda: edit(debate, ANNA),
        lambda: write(debate, ANNA, "Later.", first),
    ):
        with pytest.raises(WrongState):
            attempt()
    assert debate.room.contents() == before
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert board.statement is not None
    assert (board.statement.text, board.statement.signatures) == ("We agree still.", 1)


def test_statement_comes_after_the_arguments(room: Classroom) -> None:
    debate, _, _ = two_sides(room, Stage.SWITCHED, format=Format.SWITCH)
    with pytest.raises(WrongState):
        edit(debate, ANNA)
    oxford, _, _ = two_sides(room, Stage.VOTING)
    write(oxford, ANNA, "We agree.", edit(oxford, ANNA))
    assert standing(oxford) == ("We agree.", 0), "formats without a stage for it have it while all vote"


def test_other_server_and_other_debate_find_no_statement(debate: DebateClass) -> None:
    first = write(debate, ANNA, "We agree.", edit(debate, ANNA))
    other, _, _ = two_sides(debate.room, Stage.STATEMENT, format=Format.SWITCH)
    with pytest.raises(WrongState):
        sign(other, ANNA, first)
    with pytest.raises(NotFound):
        debate.room.do(
            sign_statement,
            guild_id=OTHER_GUILD,
            debate_id=debate.debate_id,
            version_id=VersionId(1),
            user_id=ANNA,
            signed=True,
            at=debate.room.now,
        )
    assert standing(debate) == ("We agree.", 0)
