"""Warnings of weak items and lopsided sets: they work, but teach or measure less than they could.

Each check is a small pure function, registered under its codes; a new one is a function in the module of its
subject. An author answers a warning with ``reasons: {code: why}`` in the item, or in the set's head where the
warning is about the set. Knows nothing of files and places.
"""

from collections.abc import Iterator, Mapping

from bot.bank.fault import Fault
from bot.bank.lint import alike, balance, evidence, framing, wording
from bot.bank.lint.register import CODES, HEAD, ITEM_CHECKS, SET_CHECKS, Examined
from bot.bank.wording import listing, nearest

__all__ = ["CODES", "HEAD", "SUBJECTS", "Examined", "warnings_of"]

SUBJECTS = (wording, evidence, framing, alike, balance)
"""The modules with checks; importing them registers the checks."""

CODES.add("unknown-reason")


def warnings_of(examined: Examined, reasons: Mapping[str, str] | None = None) -> Iterator[tuple[int, Fault]]:
    """The warnings that no reason answers, each with the index of its item, or HEAD.

    ``reasons`` are those of the set's head.
    """
    of_head = reasons or {}
    found = [
        (at, fault)
        for at, item in enumerate(examined.items)
        for check in ITEM_CHECKS
        for fault in check(item)
    ]
    for check in SET_CHECKS:
        found += check(examined)
    for at, fault in found:
        if fault.code not in (of_head if at == HEAD else examined.items[at].reasons):
            yield at, fault
    for at, given in ((HEAD, of_head), *((at, item.reasons) for at, item in enumerate(examined.items))):
        for fault in _unknown_reasons(given):
            if fault.code not in given:
                yield at, fault


def _unknown_reasons(reasons: Mapping[str, str]) -> Iterator[Fault]:
    for code in reasons:
        if code not in CODES:
            meant = nearest(code, CODES)
            remedy = f"did you mean {meant}?" if meant else f"known are {listing(sorted(CODES))}"
            yield Fault(
                "unknown-reason", f"there is no warning “{code}”", remedy, ("reasons", code), key=True
            )
