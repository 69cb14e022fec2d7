"""Typed answers of the bundled set: the ways in which people write them, their slips, and what comes close."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from num2words import num2words

from bot.bank.grade import Outcome
from bot.bank.kinds import Item, Numeric, ShortText
from bot.bank.numbers import plain_digits
from bot.bank.response import Typed
from bot.bank.spelling import allowance, plain
from bot.errors import UnreadableAnswer
from tests.bank.test_bundled import SOCIAL_CREDIT

NUMERIC = [item for item in SOCIAL_CREDIT.items if isinstance(item, Numeric)]
SHORT = [item for item in SOCIAL_CREDIT.items if isinstance(item, ShortText)]
ARTICLE = {value for figures in (SOCIAL_CREDIT.info.source.figures or {}).values() for value in figures}
"""Every figure of the article."""

MISSPELT = {
    "tsinghua": ["Tsingua", "Tsinghau University", "tsinghua univeristy", "Quinghua"],
    "geng-commission": ["central millitary commission", "Central Military Comission", "Central Militery Commission"],
    "hu-jintao": ["Hu Jingtao", "Hu Jintau", "hu jin tao"],
    "premier-since-2023": ["li quiang", "Li Qian"],
    "jiang-zemin": ["Jiang Zeming", "Jang Zemin", "jiang ze min"],
    "mao-21st-century": ["Mao Zedung", "Mao Ze Dong", "Mao Zhedong", "Mao Tsetung"],
    "sincerity-culture": ["sincerety", "sinceritty", "sincerity"],
    "ndrc": ["National Developement and Reform Commission", "national development & reform comission"],
    "wechat-developer": ["Tencents", "Tenscent", "ten cent"],
    "ant-affiliate": ["Alibabba", "Ali-Baba", "Allibaba"],
    "camera-singapore": ["Singapur", "Singapor", "singapoor"],
    "uighurs-tracking": ["Uigurs", "Uyghers", "Uighers"],
    "gchq": ["gchq", "G C H Q", "Goverment Communications Headquarters"],
    "optic-nerve-company": ["yahoo!", "Yahooo", "Yaho"],
    "thomas-office": ["information comissioner", "the Information Commisioner", "Infomation Commissioner"],
    "dna-profiling": ["DNA-Profiling", "dna profilling", "DNA finger printing"],
    "fico-score": ["fico", "F.I.C.O.", "FICO-score"],
    "voter-data-company": ["Cambridge Analitica", "Cambrige Analytica", "cambridge analytics"],
    "hukou-name": ["Hukuo", "hu-kou", "Hokou"],
    "experian-files": ["Experion", "Expirian", "experien"],
    "surveillance-network": ["Surveilance Studies Network", "surveillance studys network", "s.s.n."],
    "fbi-faces": ["f.b.i.", "F B I", "Federal Bureau of Investigations", "Fedral Bureau of Investigation"],
    "shanghai-post": ["Shangai", "Shanghei", "shang hai"],
    "shaanxi": ["Shaannxi", "shaan xi", "Shaanxi provence"],
}  # fmt: skip
"""For each question with a typed answer: how people get it slightly wrong."""


def outcome(item: Item, text: str) -> Outcome | None:
    """How a typed text is graded; None if it cannot be read."""
    try:
        return item.grade(Typed(text)).outcome
    except UnreadableAnswer:
        return None


def ways_of_writing(item: Numeric) -> Iterator[str]:
    """The item's value as people write it: grouped or not, in words, with its unit, with a hedge."""
    value, unit = item.answer, item.unit
    digits = plain_digits(value)
    yield from (digits, f" {digits} ", f"{digits}.", f"+{digits}")
    if unit == "year":
        yield from (f"in {digits}", f"the year {digits}", f"year {digits}")
        return
    yield from (
        f"about {digits}",
        f"~{digits}",
        f"approximately {digits}",
        num2words(value),
        num2words(value).upper(),
    )
    if unit == "%":
        yield from (f"{digits}%", f"{digits} %", f"{digits} percent", f"{digits} per cent", f"{value / 100}")
    else:
        yield from (f"{digits} {unit}", f"{num2words(value)} {unit}", f"around {digits} {unit}")
    if value >= 1000:
        yield from (
            f"{value:,f}",
            f"{value:,f} {unit}",
            f"{value:,f}".replace(",", " "),
            f"{value:,f}".replace(",", "'"),
        )
    for scale, words in ((10**9, ("billion", "bn")), (10**6, ("million", "m")), (10**3, ("thousand", "k"))):
        if value >= scale:
            yield from (f"{plain_digits(value / scale)} {word}" for word in words)
            break


@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_a_number_may_be_written_as_people_write_it(item: Numeric):
    for text in ways_of_writing(item):
        assert outcome(item, text) is Outcome.RIGHT, text


@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_the_other_figures_of_the_article_are_refused(item: Numeric):
    assert len(ARTICLE) > 30
    for value in ARTICLE - {item.answer}:
        assert outcome(item, plain_digits(value)) is Outcome.WRONG, value


@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_numbers_that_come_close_are_refused(item: Numeric):
    """The next whole number where the value is exact; else double and half, ten times, and the other sign."""
    near = [item.answer * 10, item.answer / 10, -item.answer, item.answer * 2, item.answer / 2]
    if item.tolerance is None:
        near += [item.answer - 1, item.answer + 1]
    for value in near:
        assert outcome(item, plain_digits(Decimal(value))) is not Outcome.RIGHT, value


def test_every_question_with_a_typed_answer_has_its_misspellings_here():
    assert set(MISSPELT) == {item.id for item in SHORT}


@pytest.mark.parametrize("item", SHORT, ids=lambda item: item.id)
def test_usual_misspellings_are_right(item: ShortText):
    for text in MISSPELT[item.id]:
        assert outcome(item, text) is Outcome.RIGHT, text


@pytest.mark.parametrize("item", SHORT, ids=lambda item: item.id)
def test_case_blanks_and_punctuation_do_not_count(item: ShortText):
    for answer in item.accepted:
        for text in (answer.upper(), answer.lower(), f"  {answer}. ", f"“{answer}”", f"the {answer}"):
            assert outcome(item, text) is Outcome.RIGHT, text


@pytest.mark.parametrize("item", SHORT, ids=lambda item: item.id)
def test_one_slip_of_the_finger_is_forgiven_in_a_long_answer(item: ShortText):
    for answer in item.accepted:
        if allowance(answer) and len(plain(answer)) > 8:
            middle = len(answer) // 2
            for text in (
                answer[:middle] + answer[middle + 1 :],
                answer[:middle] + answer[middle] * 2 + answer[middle + 1 :],
                answer[:middle] + answer[middle + 1] + answer[middle] + answer[middle + 2 :],
            ):
                assert outcome(item, text) is Outcome.RIGHT, text


@pytest.mark.parametrize("item", SHORT, ids=lambda item: item.id)
def test_the_answers_of_all_other_items_are_wrong(item: ShortText):
    for other in SOCIAL_CREDIT.items:
        if other.id == item.id or not other.graded:
            continue
        answers = other.accepted if isinstance(other, ShortText) else (other.right_answer(),)
        for text in answers:
            assert outcome(item, text) is Outcome.WRONG, f"{text} ({other.id})"
