"""Warnings of weak items: they work, but teach or measure less than they could.

Each check is a small pure function over one item, or over a set's items, registered under its code. An author
answers a warning with ``reasons: {code: why}`` in the item. Knows nothing of files and places.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from bot.bank.fault import Fault
from bot.bank.item import Category
from bot.bank.kinds import Choice, Claim, Item
from bot.bank.spelling import plain
from bot.bank.wording import listing, nearest

_ItemCheck = Callable[[Item], Iterator[Fault]]
_ITEM_CHECKS: Final[list[_ItemCheck]] = []
CODES: Final[set[str]] = {"unknown-reason"}
"""The codes of all warnings."""

_MUCH_LONGER: Final = 1.6
_LONGER_BY: Final = 25
_LONG_MOTION: Final = 140
_NEARLY_SAME: Final = 0.9
_COMMON: Final = 20
_NEGATIONS: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_ABOVE: Final = re.compile(r"\b(?:all|none|both|any|neither) of (?:the above|these|them|the others)\b")


def _check(*codes: str) -> Callable[[_ItemCheck], _ItemCheck]:
    """Register a check of one item with the codes that it can give."""

    def register(check: _ItemCheck) -> _ItemCheck:
        CODES.update(codes)
        _ITEM_CHECKS.append(check)
        return check

    return register


def warnings_of(items: Sequence[Item]) -> Iterator[tuple[int, Fault]]:
    """The warnings of a set's items that no reason answers, each with the index of its item."""
    found = [(at, fault) for at, item in enumerate(items) for check in _ITEM_CHECKS for fault in check(item)]
    for at, fault in (*found, *_near_same_prompts(items)):
        if fault.code not in items[at].reasons:
            yield at, fault


@_check("no-feedback")
def _feedback(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice):
        bare = [at for at, option in enumerate(item.options) if not option.right and option.feedback is None]
        if bare:
            which = listing([str(at + 1) for at in bare])
            what = f"wrong option{'s' if len(bare) > 1 else ''} {which} without feedback"
            yield Fault("no-feedback", what, "name the misconception in “feedback:”", ("options", bare[0]))


@_check("right-is-longest")
def _length_gives_away(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice):
        longest_wrong = max(len(option.text) for option in item.options if not option.right)
        for at, option in enumerate(item.options):
            length = len(option.text)
            if (
                option.right
                and length > longest_wrong * _MUCH_LONGER
                and length >= longest_wrong + _LONGER_BY
            ):
                what = "the right option is much longer than the others, which gives it away"
                yield Fault("right-is-longest", what, "make them alike in length", ("options", at, "text"))


@_check("of-the-above")
def _refers_to_other_options(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice):
        for at, option in enumerate(item.options):
            if _ABOVE.search(option.text.casefold()):
                what = f"“{option.text}” speaks of the other options, and options are shuffled"
                remedy = "replace it with an option of its own"
                yield Fault("of-the-above", what, remedy, ("options", at, "text"))


@_check("no-as-of")
def _date_of_statistic(item: Item) -> Iterator[Fault]:
    if item.category is Category.STATISTIC and item.graded and item.as_of is None:
        yield Fault("no-as-of", "a statistic without its date", "add “as_of:”, such as 2018-03")


@_check("no-explanation", "empty-explanation")
def _explained(item: Item) -> Iterator[Fault]:
    if not item.graded:
        return
    if not item.explanation:
        yield Fault("no-explanation", "nothing explains the answer", "say in “explanation:” why it is right")
    elif plain(item.explanation) == plain(item.prompt):
        what = "the explanation only repeats the prompt"
        yield Fault("empty-explanation", what, "say why the answer is right", ("explanation",))


@_check("motion-is-question", "motion-is-long", "motion-is-several", "motion-is-double-negative")
def _motion(item: Item) -> Iterator[Fault]:
    if not isinstance(item, Claim):
        return
    motion, path = item.motion, ("motion",)
    if "?" in motion:
        what = "the motion is a question; nobody can be for or against a question"
        yield Fault("motion-is-question", what, "state it as a sentence", path)
    if len(motion) > _LONG_MOTION:
        what = f"the motion has {len(motion)} characters"
        yield Fault("motion-is-long", what, f"say it in {_LONG_MOTION}, and the rest in the background", path)
    if re.search(r"[.!;]\s+\w", motion):
        what = "the motion says more than one thing"
        yield Fault("motion-is-several", what, "keep one sentence", path)
    if len(_NEGATIONS.findall(motion)) > 1:
        what = "the motion has a double negative, so being against it is hard to read"
        yield Fault("motion-is-double-negative", what, "turn it into the positive", path)


@_check("unknown-reason")
def _reasons(item: Item) -> Iterator[Fault]:
    for code in item.reasons:
        if code not in CODES:
            meant = nearest(code, CODES)
            remedy = f"did you mean {meant}?" if meant else f"known are {listing(sorted(CODES))}"
            yield Fault(
                "unknown-reason", f"there is no warning “{code}”", remedy, ("reasons", code), key=True
            )


CODES.add("near-same-prompt")


def _near_same_prompts(items: Sequence[Item]) -> Iterator[tuple[int, Fault]]:
    """Prompts that differ by little. To stay far from comparing each with each, only those are compared that
    share a word which is rare in the set, and the same figures: “in 2017” and “in 2018” are two questions."""
    seen: dict[str, int] = {}
    by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    prompts = [plain(item.prompt) for item in items]
    for at, prompt in enumerate(prompts):
        figures = " ".join(re.findall(r"\d+", prompt))
        shelves = [by_word[word, figures] for word in set(prompt.split())]
        twin = seen.setdefault(prompt, at)
        if twin == at:
            candidates = {other for shelf in shelves if len(shelf) <= _COMMON for other in shelf}
            twin = _nearest_prompt(prompts, at, candidates)
        if twin is not None:
            what = f"the prompt is nearly the same as that of “{items[twin].id}”"
            yield at, Fault("near-same-prompt", what, "make the two differ, or drop one", ("prompt",))
        for shelf in shelves:
            shelf.append(at)


def _nearest_prompt(prompts: Sequence[str], at: int, candidates: Iterable[int]) -> int | None:
    prompt = prompts[at]
    scored = (
        (Indel.normalized_similarity(prompt, prompts[other], score_cutoff=_NEARLY_SAME), -other)
        for other in candidates
    )
    score, other = max(scored, default=(0.0, 0))
    return -other if score else None
