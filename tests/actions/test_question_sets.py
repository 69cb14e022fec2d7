"""The sets of a server: bundled ones, its own, and loading a file with a look at it first."""

from dataclasses import replace

import pytest

from bot.actions.questions import (
    LoadPlan,
    SetListed,
    cancel_load,
    claims_for,
    confirm_load,
    items_for,
    plan_load,
    publish_bundled,
    sets_for,
)
from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.bank.question_set import QuestionSet
from bot.bank.reading import read_upload
from bot.errors import NotFound, WrongState
from bot.ids import EVERY_GUILD, GuildId, UploadId
from bot.store.answers import answers_of_round
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    HOST,
    MIXED,
    OTHER_CHANNEL,
    OTHER_GUILD,
    Classroom,
    choice,
    claim,
    numeric,
    plan,
    question_set,
    short_text,
    true_false,
)

FILE = """\
set:
  format: 1
  id: geography
  title: Our own geography
  description: What our class collected.
  source: {title: Our notes}
items:
  - id: river
    kind: choice
    category: statistic
    prompt: Which is the longest river?
    options:
      - {text: The long one, right: true}
      - {text: The short one}
    explanation: It is the longest.
  - id: bay
    kind: true_false
    category: history
    prompt: The bay is deep.
    answer: true
    explanation: It was measured.
"""


def publish(room: Classroom, *sets: QuestionSet) -> None:
    room.do(publish_bundled, sets=sets, at=room.later(1))


def revisions(room: Classroom, *, guild_id: GuildId = GUILD, key: str = "geography") -> dict[str, int]:
    return {item.id: revision for revision, item in items_for(room.db, guild_id=guild_id, set_key=key)[1]}


def look_at(room: Classroom, text: str = FILE, *, guild_id: GuildId = GUILD) -> LoadPlan:
    return room.do(
        plan_load,
        guild_id=guild_id,
        user_id=HOST,
        name="set.yaml",
        reading=read_upload("set.yaml", text.encode()),
        at=room.now,
    )


def confirm(room: Classroom, upload_id: UploadId | None, *, guild_id: GuildId = GUILD) -> SetListed:
    assert upload_id is not None
    return room.do(confirm_load, guild_id=guild_id, user_id=HOST, upload_id=upload_id, at=room.now)


def titles(room: Classroom, guild_id: GuildId = GUILD) -> list[str]:
    return [listed.title for listed in sets_for(room.db, guild_id=guild_id)]


# Bundled sets


def test_publishing_the_same_again_keeps_every_revision(room: Classroom) -> None:
    before = revisions(room)
    for _ in range(2):
        publish(room, MIXED)
    assert revisions(room) == before
    assert room.rows("SELECT COUNT(*) FROM revision") == [(len(MIXED.items),)]


def test_changed_item_gets_a_new_revision_and_old_answers_keep_theirs(room: Classroom) -> None:
    publish(room, question_set(numeric("towns", answer=80)))
    run_id = room.open_live(asked_for=plan(questions=1))
    asked = room.start(run_id)
    room.answer(asked, ANNA, "80")
    publish(room, question_set(numeric("towns", answer=90)))
    assert revisions(room)["towns"] != asked.revision_id
    room.answer(asked, BEN, "90")
    assert [given.outcome for given in answers_of_round(room.db, asked.round_id)] == [
        Outcome.RIGHT,
        Outcome.WRONG,
    ]
    assert room.asked(run_id).item.right_answer() == asked.item.right_answer()
    assert room.asked(run_id).revision_id == asked.revision_id


def test_item_that_is_changed_back_gets_its_old_revision_back(room: Classroom) -> None:
    before = revisions(room)
    publish(room, question_set(choice("river", options=("New", "Other"))))
    publish(room, MIXED)
    assert revisions(room) == before


def test_notes_to_the_checker_are_no_new_revision(room: Classroom) -> None:
    before = revisions(room)
    noted = tuple(
        item.model_copy(update={"reasons": {"short-explanation": "It is enough."}}) for item in MIXED.items
    )
    publish(room, replace(MIXED, items=noted))
    assert revisions(room) == before


def test_removed_items_retire_and_come_back_as_they_were(room: Classroom) -> None:
    before = revisions(room)
    publish(room, question_set(*MIXED.items[:2]))
    assert revisions(room) == {key: before[key] for key in ("river", "lake")}
    publish(room, MIXED)
    assert revisions(room) == before


def test_items_stand_in_the_order_of_the_file(room: Classroom) -> None:
    publish(room, question_set(*reversed(MIXED.items)))
    assert list(revisions(room)) == ["lists", "city", "towns", "lake", "river"]


def test_removed_set_retires_and_comes_back(room: Classroom) -> None:
    before = revisions(room)
    publish(room, question_set(choice("star"), key="astronomy", title="Astronomy"))
    assert titles(room) == ["Astronomy"]
    with pytest.raises(NotFound):
        items_for(room.db, guild_id=GUILD, set_key="geography")
    publish(room, MIXED)
    assert titles(room) == ["Geography"]
    assert revisions(room) == before


def test_run_under_way_outlives_its_set(room: Classroom) -> None:
    run_id = room.open_live()
    publish(room)
    asked = room.start(run_id)
    assert room.answer(asked, ANNA, 0 if asked.item.choices() else asked.item.right_answer()).stored
    assert room.run(run_id).set_title == "Geography"
    with pytest.raises(NotFound):
        room.open_live(channel_id=OTHER_CHANNEL)


def test_kind_of_an_item_may_change(room: Classroom) -> None:
    before = revisions(room)["river"]
    publish(room, question_set(short_text("river")))
    assert revisions(room)["river"] != before
    assert room.rows("SELECT kind FROM item WHERE key = 'river'") == [("short_text",)]


def test_list_counts_what_can_be_asked_and_what_can_be_debated(room: Classroom) -> None:
    [listed] = sets_for(room.db, guild_id=GUILD)
    assert listed.counts == {Category.STATISTIC: 2, Category.HISTORY: 2, Category.CLAIM: 0}
    assert (listed.claims, listed.own) == (1, False)


# Loading a file


def test_looking_at_a_file_changes_no_question(room: Classroom) -> None:
    before, listed = revisions(room), titles(room)
    shown = look_at(room)
    assert shown.errors == ()
    assert [item.id for item in shown.added] == ["river", "bay"]
    assert (shown.changed, shown.retired, shown.unchanged, shown.hides_bundled) == ((), (), 0, True)
    assert (revisions(room), titles(room)) == (before, listed)


def test_confirming_loads_it_once(room: Classroom) -> None:
    shown = look_at(room)
    loaded = confirm(room, shown.upload_id)
    assert (loaded.title, loaded.own, sum(loaded.counts.values())) == ("Our own geography", True, 2)
    before = room.contents()
    with pytest.raises(WrongState) as second:
        confirm(room, shown.upload_id)
    assert second.value.state == "already loaded"
    with pytest.raises(WrongState):
        room.do(cancel_load, guild_id=GUILD, upload_id=shown.upload_id, at=room.now)
    assert room.contents() == before


def test_confirming_works_after_a_restart(room: Classroom) -> None:
    shown = look_at(room)
    room.reopen()
    assert confirm(room, shown.upload_id).key == "geography"


def test_text_of_a_decided_file_is_not_kept(room: Classroom) -> None:
    confirm(room, look_at(room).upload_id)
    room.do(cancel_load, guild_id=GUILD, upload_id=look_at(room).upload_id, at=room.now)
    assert room.rows("SELECT decision, content FROM upload") == [("loaded", ""), ("cancelled", "")]


def test_file_that_was_set_aside_is_not_loaded(room: Classroom) -> None:
    shown = look_at(room)
    room.do(cancel_load, guild_id=GUILD, upload_id=shown.upload_id, at=room.now)
    with pytest.raises(WrongState) as refused:
        confirm(room, shown.upload_id)
    assert refused.value.state == "already set aside"
    assert titles(room) == ["Geography"]


def test_second_load_says_what_it_changes(room: Classroom) -> None:
    confirm(room, look_at(room).upload_id)
    first = revisions(room)
    new = FILE.replace("longest river", "widest river").replace("id: bay", "id: gulf")
    shown = look_at(room, new)
    assert [item.id for item in shown.added] == ["gulf"]
    assert [item.id for item in shown.changed] == ["river"]
    assert [item.id for item in shown.retired] == ["bay"]
    confirm(room, shown.upload_id)
    same = look_at(room, new)
    assert (same.added, same.changed, same.retired, same.unchanged) == ((), (), (), 2)
    assert set(revisions(room)) == {"river", "gulf"}
    assert revisions(room)["river"] != first["river"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "set: [",
        FILE.replace("right: true", "right: false"),
        FILE.replace("id: bay", "id: river"),
        FILE.replace("answer: true", "answer: yes"),
        "\x00",
    ],
)
def test_file_with_errors_cannot_be_confirmed(room: Classroom, text: str) -> None:
    before = room.contents()
    shown = look_at(room, text)
    assert shown.errors
    assert all(str(problem).startswith("set.yaml:") for problem in shown.errors)
    assert shown.upload_id is None
    assert room.contents() == before


def test_file_in_another_encoding_is_an_error_and_no_crash(room: Classroom) -> None:
    for data in (FILE.encode("utf-16"), b"\xff\xfe\x00", FILE.replace("bay", "b\u00e4y").encode("latin-1")):
        shown = room.do(
            plan_load,
            guild_id=GUILD,
            user_id=HOST,
            name="set.yaml",
            reading=read_upload("set.yaml", data),
            at=room.now,
        )
        assert shown.errors
        assert shown.upload_id is None


def test_byte_order_mark_is_no_trouble(room: Classroom) -> None:
    data = b"\xef\xbb\xbf" + FILE.encode()
    shown = room.do(
        plan_load,
        guild_id=GUILD,
        user_id=HOST,
        name="set.yaml",
        reading=read_upload("set.yaml", data),
        at=room.now,
    )
    assert confirm(room, shown.upload_id).key == "geography"


# A server's own set


def test_own_set_hides_the_bundled_one_for_that_server_only(room: Classroom) -> None:
    confirm(room, look_at(room).upload_id)
    assert titles(room) == ["Our own geography"]
    assert titles(room, OTHER_GUILD) == ["Geography"]
    assert set(revisions(room)) == {"river", "bay"}
    assert set(revisions(room, guild_id=OTHER_GUILD)) == {item.id for item in MIXED.items}
    assert claims_for(room.db, guild_id=GUILD) == []
    assert len(claims_for(room.db, guild_id=OTHER_GUILD)) == 1
    asked = {each.item.prompt for each in room.rounds(room.open_live())}
    assert asked == {"Which is the longest river?", "The bay is deep."}


def test_new_bundled_version_does_not_touch_a_servers_own_set(room: Classroom) -> None:
    confirm(room, look_at(room).upload_id)
    before = revisions(room)
    publish(room, question_set(claim("lists"), true_false("sea")))
    assert revisions(room) == before
    publish(room)
    assert titles(room) == ["Our own geography"]
    assert titles(room, OTHER_GUILD) == []


def test_own_sets_stand_first(room: Classroom) -> None:
    confirm(room, look_at(room, FILE.replace("id: geography", "id: zoology")).upload_id)
    assert [(listed.key, listed.own) for listed in sets_for(room.db, guild_id=GUILD)] == [
        ("zoology", True),
        ("geography", False),
    ]


def test_bundled_sets_belong_to_nobody_else(room: Classroom) -> None:
    assert titles(room, EVERY_GUILD) == titles(room, OTHER_GUILD) == ["Geography"]


def test_unknown_uploads(room: Classroom) -> None:
    with pytest.raises(NotFound):
        confirm(room, UploadId(99))
    with pytest.raises(NotFound):
        room.do(cancel_load, guild_id=GUILD, upload_id=UploadId(99), at=room.now)
