"""Checks of contested claims: a neutral motion, and two cases that are worth arguing.

The rules are those of educators who teach controversial issues: one proposition, no double negative, terms
defined, place and time stated, nothing that is settled, no loaded words from either side, institutions rather
than peoples, nobody's dignity up for debate, equal cards for both sides. A list of words can only point at
what a person should look at again, so each of these is advice.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.bank.fault import Fault
from bot.bank.item import Label
from bot.bank.kinds import Claim, Item
from bot.bank.lint.dignity import peoples_in, slights_in
from bot.bank.lint.register import item_check
from bot.bank.wording import listing

_LONG: Final = 140
_UNEVEN: Final = 1.5
_SENTENCES: Final = range(2, 5)
_SETTLED: Final = frozenset({Label.ESTABLISHED, Label.MISCONCEPTION, Label.OUTDATED})


def _words(text: str, *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern for any of the words; a hyphen at the end stands for any ending."""
    forms = (word[:-1] + r"\w*" if word.endswith("-") else word for word in text.split())
    return re.compile(rf"\b(?:{'|'.join(form.replace('_', ' ') for form in forms)})\b", flags)


_NEGATIONS: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_JOINED: Final = re.compile(
    r"(?:,|;)\s*(?:and|but|or|while|whereas|although|so)\b|\bbecause\b"
    r"|\b(?:and|but|or)\s+(?:should|must|ought|is|are|was|were|has|have|had|will|can|could|may|does|do)\b",
    re.IGNORECASE,
)
_LOADED: Final = _words(
    "regime- totalitarian- tyran- dictator- despot- autocrat- authoritarian- draconian- orwellian big_brother "
    "dystopia- utopia- nightmar- sinister evil- wicked brainwash- indoctrinat- propagand- police_state "
    "surveillance_state so-called snoop- snitch- puppet- henchm- crony cronies clique- mob mobs witch-hunt- "
    "oppress- enslav- free_world freedom-loving civili[sz]ed uncivili[sz]ed backward primitive- hypocri- "
    "hysteri- paranoi- smear- slander- meddl- demoni[sz]- bully- bullie- harmonious- glorious- heroic- "
    "enlightened innocent guiltless shameful- shameless- disgrac- outrag- disgust- ridiculous- absurd- "
    "cruel- greed- stupid- idiot- naive- terrifying chilling creepy obvious- undeniabl- undoubtedly blatant- "
    "clearly truly mere merely simply of_course everyone_knows nobody_can_deny"
)
_PERSECUTION: Final = _words(
    "persecut- genocid- ethnic_cleansing tortur- massacr- exterminat- pogrom- enslave- slavery lynch- eugenic- "
    "internment camps inferior inferiority superior_race subhuman- worthless deserve- deserved unworthy "
    "right_to_exist"
)
_SCOPE: Final = _words(
    "world worldwide global- international- democrac- states countries governments "
    r"(?:every|each|all|any|most|no)\s+(?:state|country|government|nation|city|school|court|parliament) "
    r"(?:all|most|many|few)\s+(?:nations|cities|schools|courts|parliaments) "
    r"national\s+(?:law|laws|government|governments|parliament|parliaments)"
)
_PLACE_FIRST: Final = _words(
    "China Chinese Germany German France French Britain British Europe European America American Japan Japanese "
    "India Indian Russia Russian Singapore Canada Canadian Australia Australian UK US EU UN",
    flags=0,
)
_POLICY: Final = _words("should must ought")
_TIME: Final = re.compile(
    r"\b(?:1[0-9]|20|21)[0-9]{2}s?\b|\b(?:today|now|currently|nowadays|recent|century|decade|decades|year|years|since"
    r"|yet|still)\b",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(r"\b[A-Z]{3,}s?\b")
_KNOWN: Final = frozenset({"USA", "DNA"})


@item_check(
    "motion-is-question", "motion-is-long", "motion-is-several", "motion-is-double-negative",
    "motion-is-loaded", "motion-names-people", "motion-on-dignity", "motion-without-place", "motion-without-time",
)  # fmt: skip
def _motion(item: Item) -> Iterator[Fault]:
    if isinstance(item, Claim):
        for fault in framing_faults(item.motion):
            yield Fault(fault.code, fault.what, fault.remedy, ("motion",))


def framing_faults(motion: str) -> Iterator[Fault]:
    """What a reader might object to in a motion, whoever wrote it; faults without a path."""
    yield from _form(motion)
    yield from _tone(motion)
    if not (re.search(r"\W[A-Z]", motion) or _PLACE_FIRST.match(motion) or _SCOPE.search(motion)):
        remedy = "name the country, the city or the kind of institution, such as “every state”"
        yield Fault("motion-without-place", "the motion does not say where it holds", remedy)
    if not (_POLICY.search(motion) or _TIME.search(motion)):
        yield Fault(
            "motion-without-time", "the motion does not say when it holds", "name the year or the period"
        )


def _form(motion: str) -> Iterator[Fault]:
    if "?" in motion:
        what = "the motion is a question; nobody can be for or against a question"
        yield Fault("motion-is-question", what, "state it as a sentence")
    if len(motion) > _LONG:
        what = f"the motion has {len(motion)} characters"
        yield Fault("motion-is-long", what, f"say it in {_LONG}, and the rest in the background")
    if re.search(r"[.!;]\s+\w", motion):
        yield Fault("motion-is-several", "the motion says more than one thing", "keep one sentence")
    elif joined := _JOINED.search(motion):
        what = f"the motion joins two propositions with “{joined[0].strip(' ,;')}”"
        yield Fault("motion-is-several", what, "keep the one that people disagree about")
    if len(_NEGATIONS.findall(motion)) > 1:
        what = "the motion has a double negative, so being against it is hard to read"
        yield Fault("motion-is-double-negative", what, "turn it into the positive")


def _tone(motion: str) -> Iterator[Fault]:
    if loaded := _found(_LOADED, motion):
        what = f"the wording takes a side before the debate begins: {loaded}"
        yield Fault("motion-is-loaded", what, "use a word that both sides would use")
    if peoples := _quoted(peoples_in(motion)):
        remedy = "name the institution, such as a government, or say whom exactly, such as adults in China"
        yield Fault("motion-names-people", f"the wording speaks of a people as one: {peoples}", remedy)
    remedy = "debate a policy of an institution instead"
    if persecution := _found(_PERSECUTION, motion):
        what = f"{persecution} could make somebody defend persecution, or argue about a group's dignity"
        yield Fault("motion-on-dignity", what, remedy)
    elif slights := _quoted(slights_in(motion)):
        what = f"{slights} could make people argue about what others are worth, or whether their rights hold"
        yield Fault("motion-on-dignity", what, remedy)


@item_check("motion-has-unknown-term")
def _terms(item: Item) -> Iterator[Fault]:
    if isinstance(item, Claim):
        terms = [term for term in _ABBREVIATION.findall(item.motion) if term not in _KNOWN]
        strange = [term for term in terms if term not in item.background]
        if strange:
            what = f"the background does not say what {listing(strange)} is"
            yield Fault("motion-has-unknown-term", what, "explain it there, or write it out", ("motion",))


@item_check("claim-is-settled")
def _open(item: Item) -> Iterator[Fault]:
    if isinstance(item, Claim) and item.label in _SETTLED:
        what = f"a claim with the label “{item.label}” is settled, and a debate would reopen it"
        yield Fault("claim-is-settled", what, "ask it in a quiz, or label it contested or value", ("label",))


@item_check("cases-uneven", "case-length")
def _cases(item: Item) -> Iterator[Fault]:
    if not isinstance(item, Claim):
        return
    texts = {"case_for": item.case_for.text, "case_against": item.case_against.text}
    for name, text in texts.items():
        count = len(re.findall(r"[.!?][\"'”’)]*(?:\s|$)", text.strip()))
        if count not in _SENTENCES:
            what = f"this case has {count} sentence{'' if count == 1 else 's'}"
            yield Fault("case-length", what, "give each case two to four", (name, "text"))
    shorter, longer = sorted(texts, key=lambda name: len(texts[name]))
    if len(texts[longer]) > len(texts[shorter]) * _UNEVEN:
        what = "this case is much shorter than the other, which looks like taking sides"
        yield Fault("cases-uneven", what, "give both sides about the same room", (shorter, "text"))


def _found(pattern: re.Pattern[str], motion: str) -> str:
    """The matches as a quoted list; empty without any."""
    return _quoted(match[0] for match in pattern.finditer(motion))


def _quoted(matches: Iterable[str]) -> str:
    names = [f"“{match}”" for match in dict.fromkeys(matches)]
    return listing(names) if names else ""
