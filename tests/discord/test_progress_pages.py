"""The pages of /progress as messages: what they say, and that they fit on a phone and into Discord's limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.progress import LearnerProgress, OwnCertainty
from bot.bank import limits
from bot.bank.item import Category
from bot.ids import SetId, UserId
from bot.insight.certainty import calibration
from bot.insight.charts.picture import Picture
from bot.insight.progress import Given, progress
from bot.insight.study import Suggestion, Why, what_to_study
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Which
from bot.store.histories import NamedSet
from bot.views.progress import Page, certainty_card, progress_card
from bot.views.study import study_command, study_list
from tests.discord.layouts import BIG, all_different, buttons_of, long, refusals, texts_of
from tests.insight.test_progress_figures import MONDAY, PARTIAL, RIGHT, WRONG, answer, asked

KEY, TAG = "s" * limits.SLUG, "t" * (limits.TAG - 3)
PAGES = [Page.SUMMARY, Page.TOPICS, Page.HISTORY]
READABLE = 1_500
"""Characters of a card that a phone shows in a screen or two."""


def many_answers() -> list[Given]:
    """Three years of answers to questions of many topics, with all that can be said of them."""
    given: list[Given] = []
    for day in range(1_100):
        item = asked(
            day % 900, *(f"{TAG}-{(day + n) % 20:02}" for n in range(3)), category=list(Category)[day % 3],
            difficulty=day % 5 + 1, set_key=KEY,
        )  # fmt: skip
        one = answer(item, (RIGHT, WRONG, PARTIAL)[day % 3], day)
        given.append(replace(one, certainty=Certainty.CERTAIN))
    return given


def found(given: list[Given], stock: int = 2_000, title: str = "Rivers") -> LearnerProgress:
    figures = progress(given)
    at = MONDAY + timedelta(days=1_101)
    suggestions = what_to_study(figures, {KEY: stock}, at)
    source = NamedSet(SetId(BIG), KEY, title)
    return LearnerProgress(UserId(BIG), source, figures, suggestions, {KEY: title})


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_taken_by_discord_and_readable_on_a_phone(page: Page, own: bool) -> None:
    shown = progress_card(found(many_answers(), title=long(limits.TITLE)), page, own=own)
    assert refusals(shown) == []
    assert len(texts_of(shown)) <= READABLE


def test_pages_differ_and_lead_to_all_the_others() -> None:
    mine = found(many_answers())
    pages = {page: progress_card(mine, page, own=True) for page in PAGES}
    assert all_different(pages.values())
    for page, shown in pages.items():
        ends = {button["custom_id"].rsplit(":", 1)[1] for button in buttons_of(shown)}
        assert ends == set(Page) - {page}


def test_how_sure_is_the_summary_for_anybody_else() -> None:
    theirs = found([replace(each, certainty=None) for each in many_answers()])
    sure = progress_card(theirs, Page.CERTAINTY, own=False)
    assert texts_of(sure) == texts_of(progress_card(theirs, Page.SUMMARY, own=False))
    assert "ertain" not in texts_of(sure).replace(KEY, "")


def test_a_long_history_goes_by_months_and_tells_of_what_was_before() -> None:
    text = texts_of(progress_card(found(many_answers()), Page.HISTORY, own=True))
    assert "Answers that were right, month by month" in text
    assert "March 2029 · " in text
    assert text.count(" · ") == 12 + 1
    assert "And 7" in text


@pytest.mark.parametrize("answers", [0, 1, 4, 5, 19, 20, 300])
def test_how_sure_one_is_says_in_words_what_the_picture_shows(answers: int) -> None:
    given = [(Certainty(n % 3 + 1), float(n % 2)) for n in range(answers)]
    recent = calibration(given[: answers // 2])
    drawn = Picture("calibration.png", b"png", "In words.") if answers else None
    shown = certainty_card(OwnCertainty(None, calibration(given), recent), drawn)
    assert refusals(shown) == []
    assert len(texts_of(shown)) <= READABLE
    assert ("The last 30 days" in texts_of(shown)) == (answers > 0)


def test_change_of_late_stands_beside_the_whole() -> None:
    before = [(Certainty.CERTAIN, 0.0)] * 30
    of_late = [(Certainty.CERTAIN, 1.0)] * 30
    shown = certainty_card(OwnCertainty(None, calibration(before + of_late), calibration(of_late)), None)
    text = texts_of(shown)
    assert "When you are certain, you are right 50% of the time (30 of 60)." in text
    assert (
        "**The last 30 days**: 30 answers\nWhen you are certain, you are right 100% of the time (30 of 30)."
        in text
    )
    assert "Brier score 0.01, in all 0.41; less is better." in text


def suggestion(why: Why, **more: object) -> Suggestion:
    return Suggestion(why, "rivers", **{"which": Which.MISSED, "count": 2, "of": 5, "asks": 2, **more})  # type: ignore[arg-type]


def test_commands_name_the_options_as_discord_does() -> None:
    assert study_command(suggestion(Why.TOPIC, tag="trust")) == (
        "`/quiz take set:rivers tag:trust only:only what you missed`"
    )
    assert study_command(suggestion(Why.NEW, which=Which.NEW)) == (
        "`/quiz take set:rivers only:only what is new to you`"
    )
    assert study_command(Suggestion(Why.START, None)) == "`/quiz take`"


def test_a_quiz_on_misconceptions_leaves_none_of_them_out() -> None:
    assert "questions:" not in study_command(suggestion(Why.MISCONCEPTION, asks=10))
    assert study_command(suggestion(Why.MISCONCEPTION, asks=11)).endswith(" questions:11`")
    assert study_command(suggestion(Why.MISCONCEPTION, asks=300)).endswith(" questions:50`")


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("count", [1, 3])
def test_every_reason_is_a_sentence_of_its_own(why: Why, count: int) -> None:
    said = study_list([suggestion(why, count=count, tag="trust")], {"rivers": "Rivers"}, own=True)
    assert said.startswith("**What to study next**\n1. ")
    if why is not Why.START:
        assert f" {count} " in said
    verbs = ("were missed", "are new", "answers that were") if count == 1 else ("was", "is new")
    assert not any(verb in said for verb in verbs)


def test_nothing_to_study_is_good_news() -> None:
    assert study_list([], {}, own=True).endswith("nothing is new in these sets. Well done.")
    assert study_list([], {}, own=False).endswith("nothing is new in these sets.")
