"""Checks of items beside each other: the same question twice, and one that gives another's answer away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from bot.bank.fault import Fault
from bot.bank.kinds import Item, ShortText
from bot.bank.lint.register import Examined, set_check
from bot.bank.spelling import plain

_NEARLY_SAME: Final = 0.9
_COMMON: Final = 20
"""A word in more prompts than this is too common to tell which prompts are alike."""
_TOPIC: Final = 12
"""A name in more items than this is a topic of the set rather than a secret."""
_SHORTEST: Final = 3


@set_check("near-same-prompt")
def _near_same_prompts(examined: Examined) -> Iterator[tuple[int, Fault]]:
    """Prompts that differ by little, or only in the order of their words.

    To stay far from comparing each with each, only those are compared that share a word which is rare in the
    set, and the same figures: “in 2017” and “in 2018” are two questions.
    """
    items = examined.items
    seen: dict[str, int] = {}
    by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    prompts = [plain(item.prompt) for item in items]
    sorted_prompts = [" ".join(sorted(prompt.split())) for prompt in prompts]
    for at, prompt in enumerate(prompts):
        figures = " ".join(re.findall(r"\d+", prompt))
        shelves = [by_word[word, figures] for word in set(prompt.split())]
        twin = seen.setdefault(prompt, at)
        if twin == at:
            candidates = {other for shelf in shelves if len(shelf) <= _COMMON for other in shelf}
            twin = _nearest_prompt(prompts, at, candidates)
            twin = _nearest_prompt(sorted_prompts, at, candidates) if twin is None else twin
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


@set_check("gives-answer-away")
def _give_each_other_away(examined: Examined) -> Iterator[tuple[int, Fault]]:
    """Items whose prompt or explanation holds the typed answer of another one that may be drawn with them."""
    items = examined.items
    answers = {
        at: {f" {plain(text)} " for text in item.accepted if len(plain(text)) >= _SHORTEST}
        for at, item in enumerate(items)
        if isinstance(item, ShortText)
    }
    words = {word for texts in answers.values() for text in texts for word in text.split()}
    texts: dict[int, str] = {}
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    for at, item in enumerate(items):
        if item.graded:
            text = plain(f"{item.prompt}\n{item.explanation}")
            shared = words.intersection(text.split())
            if shared:
                texts[at] = f" {text} "
                for word in shared:
                    by_word[word].add(at)
    for asked, forms in answers.items():
        holding = {
            at
            for form in forms
            for at in min((by_word[word] for word in form.split()), key=len)
            if form in texts[at]
        } - {asked}
        apart = [at for at in holding if not _kept_apart(items[at], items[asked])]
        if len(holding) <= _TOPIC:
            for at in sorted(apart):
                what = f"this gives away “{items[asked].right_answer()}”, the answer to “{items[asked].id}”"
                yield at, Fault("gives-answer-away", what, f"add {items[asked].id} to “not_with:”")


def _kept_apart(one: Item, other: Item) -> bool:
    return other.id in one.not_with or one.id in other.not_with
