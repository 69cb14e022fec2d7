"""Finding evidence: whose it is, and that no search tells the answer to a question that is being asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.attempts import hand_in
from bot.actions.evidence import (
    MOST_FOUND,
    EvidenceCard,
    Found,
    Searched,
    find_evidence,
    found_cards,
    keep_found,
)
from bot.actions.hosting import skip_question, stop_run
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import create_own_run, leave_own
from bot.actions.questions import publish_bundled
from bot.errors import NotFound
from bot.ids import EVERY_GUILD, FindingId, GuildId, RunId, UserId
from bot.quiz.assignment import Drawn
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.revote import Revote
from bot.quiz.run import RunMode
from bot.store.questions import find_set, items_of, retire_set, save_set
from tests.actions.deciding import applied, ask, dropping, keying, report, subject_of
from tests.actions.homework import AFTER, AFTER_DUE, DAY, MINUTE, assign, begin
from tests.classroom import (
    ANNA,
    BEN,
    CHANNEL,
    GUILD,
    OTHER_GUILD,
    Classroom,
    choice,
    claim,
    plan,
    question_set,
    short_text,
)

CITY = short_text("city", accepted=("Rongcheng",)).model_copy(
    update={"prompt": "Which city was the first?", "explanation": "Rongcheng began in 2013."}
)
ALSO = choice("begun", explanation="Rongcheng began the pilots.", not_with=("city",))
NAMED = CITY.model_copy(update={"not_with": ("pilots",)})
PILOTS = choice("pilots", explanation="Rongcheng was among the pilots.")
FREE = choice("size", explanation="Rongcheng is a small town.")

CITIES = question_set(NAMED, ALSO, PILOTS, FREE, claim("lists"), key="cities")
"""“city” must not be asked with two others, one by its own word and one by the other's."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", CITIES)
    yield room
    room.close()


def search(room: Classroom, words: str, user_id: UserId = ANNA, guild_id: GuildId = GUILD) -> Found:
    return find_evidence(room.db, guild_id=guild_id, user_id=user_id, words=words, at=room.now)


def keys(room: Classroom, words: str, user_id: UserId = ANNA, guild_id: GuildId = GUILD) -> set[str]:
    """The ids of the items that are found."""
    names = dict(room.rows("SELECT item_id, key FROM item"))  # type: ignore[arg-type]
    return {str(names[item_id]) for item_id in search(room, words, user_id, guild_id).items}


def asking(room: Classroom, *only: str, options: RunOptions = NO_OPTIONS) -> RunId:
    """A live quiz with the first of these questions of the set; it is open, and the whole set is in use again."""
    items = [item for item in CITIES.items if item.id in only]
    room.do(publish_bundled, sets=[question_set(*items, key="cities")], at=room.now)
    run_id = room.open_live(asked_for=plan(set_key="cities", questions=1, options=options))
    room.start(run_id)
    room.do(publish_bundled, sets=[CITIES], at=room.now)
    return run_id


def own_run(room: Classroom) -> RunId:
    """Anna practises: she is asked “city”, then “size”."""
    stored = find_set(room.db, GUILD, "cities")
    assert stored is not None
    items = {each.item.id: each for each in items_of(room.db, stored.set_id)}
    return room.do(
        create_own_run,
        guild_id=GUILD,
        user_id=ANNA,
        mode=RunMode.PRACTICE,
        set_id=stored.set_id,
        category=None,
        focus=EVERYTHING,
        options=NO_OPTIONS,
        seed=1,
        rounds=[(items["city"].revision_id, ()), (items["size"].revision_id, (0, 1, 2))],
        at=room.now,
    )


ALL = {"city", "begun", "pilots", "size"}


# Finding


def test_what_has_all_words_is_found_first_and_what_has_some_only_where_nothing_has_all(
    room: Classroom,
) -> None:
    assert keys(room, "Rongcheng") == ALL
    assert keys(room, "rongcheng town") == {"size"}
    assert search(room, "rongcheng town").how is Searched.ALL
    assert keys(room, "town lists") == {"size", "lists"}
    assert search(room, "town lists").how is Searched.SOME
    assert search(room, "Rongchengg").how is Searched.ALIKE
    assert search(room, "football") == Found((), Searched.ALL, withheld=False)


def test_so_many_are_found_at_most(room: Classroom) -> None:
    many = question_set(*(choice(f"item-{n}") for n in range(MOST_FOUND + 20)), key="many")
    room.do(publish_bundled, sets=[CITIES, many], at=room.now)
    assert len(search(room, "what of item").items) == MOST_FOUND


def test_sets_of_other_servers_are_never_found(room: Classroom) -> None:
    own = question_set(choice("secret", explanation="Rongcheng has a secret."), key="own")
    room.do(save_set, OTHER_GUILD, own, loaded_by=None, at=room.now)
    assert keys(room, "secret") == set()
    assert keys(room, "secret", guild_id=OTHER_GUILD) == {"secret"}
    assert keys(room, "Rongcheng", guild_id=OTHER_GUILD) == ALL | {"secret"}


def test_what_is_retired_is_not_found_nor_shown_any_more(room: Classroom) -> None:
    found = kept(room, "Rongcheng")
    room.do(publish_bundled, sets=[question_set(FREE, key="cities")], at=room.now)
    assert keys(room, "Rongcheng") == {"size"}
    assert [card.item.id for card in shown(room, found)] == ["size"]
    room.do(retire_set, EVERY_GUILD, "cities", room.now)
    assert keys(room, "Rongcheng") == set()
    assert shown(room, found) == []


def test_what_the_server_has_dropped_is_not_found_there(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(FREE), CITIES], at=room.now)
    report(room, ask(room, {ANNA: 0}), ANNA)
    applied(room, dropping(room, subject_of(room)))
    found = search(room, "Rongcheng town")
    assert len(found.items) == 1  # that of the other set
    assert len(search(room, "Rongcheng town", guild_id=OTHER_GUILD).items) == 2


def test_a_card_has_the_answer_that_holds_in_the_server(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(FREE)], at=room.now)
    report(room, ask(room, {ANNA: 0}), ANNA)
    assert [card.item.right_answer() for card in shown(room, kept(room, "town"))] == ["Right"]
    applied(room, keying(room, subject_of(room), 1))
    assert [card.item.right_answer() for card in shown(room, kept(room, "town"))] == ["Wrong"]


# Pages


def kept(room: Classroom, words: str, user_id: UserId = ANNA) -> FindingId:
    return room.do(
        keep_found,
        guild_id=GUILD,
        user_id=user_id,
        channel_id=CHANNEL,
        items=search(room, words, user_id).items,
        at=room.now,
    )


def shown(
    room: Classroom, finding_id: FindingId, user_id: UserId = ANNA, guild_id: GuildId = GUILD
) -> list[EvidenceCard]:
    found = found_cards(room.db, guild_id=guild_id, user_id=user_id, finding_id=finding_id, at=room.now)
    return list(found.cards)


def test_the_newest_search_is_kept_and_no_words_of_it(room: Classroom) -> None:
    first = kept(room, "Rongcheng town")
    second = kept(room, "lists")
    assert [card.item.id for card in shown(room, second)] == ["lists"]
    with pytest.raises(NotFound):
        shown(room, first)
    ((stored,),) = room.rows("SELECT items FROM finding")
    assert str(stored).strip("[]").isdigit()


def test_what_one_has_found_nobody_else_can_turn(room: Classroom) -> None:
    found = kept(room, "lists")
    for user_id, guild_id in ((BEN, GUILD), (ANNA, OTHER_GUILD)):
        with pytest.raises(NotFound):
            shown(room, found, user_id, guild_id)


# What is being asked


def test_a_question_of_a_live_quiz_is_not_found_nor_what_gives_it_away(room: Classroom) -> None:
    before = kept(room, "Rongcheng")
    run_id = asking(room, "city")
    assert keys(room, "Rongcheng") == {"size"}
    assert "city" not in keys(room, "first city")
    assert [card.item.id for card in shown(room, before)] == ["size"]
    assert keys(room, "Rongcheng", guild_id=OTHER_GUILD) == ALL
    room.run_out(run_id)
    assert keys(room, "Rongcheng") == ALL


def test_a_guess_at_the_answer_finds_nothing_that_another_guess_does_not(room: Classroom) -> None:
    """Neither cards nor words may say that the bank has something on the right answer."""
    room.do(publish_bundled, sets=[question_set(CITY, key="cities")], at=room.now)
    room.start(room.open_live(asked_for=plan(set_key="cities", questions=1)))
    right, wrong = search(room, "Rongcheng"), search(room, "Beijing")
    assert right == wrong == Found((), Searched.ALL, withheld=True)


def test_questions_that_come_later_in_the_quiz_are_not_found_either(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(set_key="cities", questions=4))
    asked = {each.item.id for each in room.rounds(run_id)}
    assert len(asked) > 1
    assert keys(room, "Rongcheng").isdisjoint(asked)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    assert keys(room, "Rongcheng") == ALL


def test_a_first_vote_that_is_over_is_not_found_until_the_result_is_shown(room: Classroom) -> None:
    run_id = asking(room, "city", options=RunOptions(revote=Revote.HOST))
    room.answer(room.asked(run_id), ANNA, "Rongcheng")
    room.run_out(run_id)
    assert [state.value for state in room.round_states(run_id)] == ["hidden"]
    assert keys(room, "Rongcheng") == {"size"}


def test_a_skipped_question_is_found_again(room: Classroom) -> None:
    run_id = asking(room, "city")
    room.do(skip_question, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    assert keys(room, "Rongcheng") == ALL


def test_what_is_before_somebody_in_their_own_quiz_is_not_found_by_them(room: Classroom) -> None:
    run_id = own_run(room)
    assert keys(room, "Rongcheng") == {"size"}
    assert keys(room, "Rongcheng", BEN) == ALL
    asked = room.rounds(run_id)[0]
    room.do(
        answer_own,
        guild_id=GUILD,
        user_id=ANNA,
        round_id=asked.round_id,
        answer=(("Rongcheng",),),
        interaction_id=room.click(),
        at=room.now,
    )
    assert keys(room, "Rongcheng") == ALL - {"size"}  # now the second question is before her
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert keys(room, "Rongcheng") == ALL


@pytest.mark.parametrize("options", [NO_OPTIONS, AFTER, AFTER_DUE], ids=["during", "after", "after_due"])
def test_what_is_assigned_to_all_is_found_by_nobody_until_it_is_due(
    room: Classroom, options: RunOptions
) -> None:
    assignment = assign(room, set_key="cities", items=("city",), options=options)
    assert keys(room, "Rongcheng", BEN) == keys(room, "Rongcheng") == {"size"}
    begin(room, assignment)
    assert keys(room, "Rongcheng", BEN) == keys(room, "Rongcheng") == {"size"}
    assert keys(room, "Rongcheng", guild_id=OTHER_GUILD) == ALL
    room.now = assignment.due_at + MINUTE
    room.tick()
    assert keys(room, "Rongcheng", BEN) == keys(room, "Rongcheng") == ALL


def test_what_opens_later_is_found_until_then(room: Classroom) -> None:
    assign(room, set_key="cities", items=("city",), opens_at=room.now + DAY)
    assert keys(room, "Rongcheng") == ALL
    room.later(hours=24)
    assert keys(room, "Rongcheng") == {"size"}


@pytest.mark.parametrize(
    ("options", "handed_in"), [(AFTER, ALL), (AFTER_DUE, {"size"})], ids=["after", "after_due"]
)
def test_what_is_drawn_for_each_is_hidden_from_whoever_has_it(
    room: Classroom, options: RunOptions, handed_in: set[str]
) -> None:
    only = question_set(NAMED, key="cities")
    room.do(publish_bundled, sets=[only], at=room.now)
    assignment = assign(room, set_key="cities", questions=1, drawn=Drawn.EACH, options=options)
    room.do(publish_bundled, sets=[CITIES], at=room.now)
    assert keys(room, "Rongcheng") == ALL
    attempt = begin(room, assignment)
    assert keys(room, "Rongcheng") == {"size"}
    assert keys(room, "Rongcheng", BEN) == ALL
    room.do(hand_in, guild_id=GUILD, user_id=ANNA, run_id=attempt.run.run_id, at=room.now)
    assert keys(room, "Rongcheng") == handed_in
    room.now = assignment.due_at + MINUTE
    assert keys(room, "Rongcheng") == ALL


def test_that_something_is_withheld_does_not_depend_on_the_words(room: Classroom) -> None:
    assert not search(room, "lists").withheld
    asking(room, "city")
    assert search(room, "lists").withheld
    assert search(room, "football").withheld
    assert not search(room, "lists", guild_id=OTHER_GUILD).withheld
