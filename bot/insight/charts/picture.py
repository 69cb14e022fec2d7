"""What a drawn picture is: its file, and the words that say all that it shows. Knows nothing of drawing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_ALT = 1_024
"""Characters that Discord takes as the description of a picture."""

NAME = re.compile(r"[a-z0-9-]{1,60}\.png")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG under a file name of its own, with the text for those who cannot see it.

    Raises ``ValueError`` for a name that cannot be referred to, and for a text that is empty or too long.
    """

    name: str
    png: bytes
    alt: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name for a picture")
        if not 1 <= len(self.alt) <= LONGEST_ALT:
            raise ValueError(f"the words of a picture have 1-{LONGEST_ALT} characters, not {len(self.alt)}")


def first_that_fits(versions: Iterable[Sequence[str]], rest: str) -> str:
    """The sentences of the first version, the longest one first, that fits into a picture's words.

    If none does, as many sentences of the last one as fit, and then ``rest``.
    """
    sentences: Sequence[str] = ()
    for sentences in versions:
        whole = " ".join(sentences)
        if len(whole) <= LONGEST_ALT:
            return whole
    kept, room = "", LONGEST_ALT - len(rest) - 1
    for sentence in sentences:
        if len(kept) + len(sentence) + 1 > room:
            break
        kept += f"{sentence} "
    return kept + rest


def cut(text: str, longest: int) -> str:
    """The text on one line, with an ellipsis where something is missing."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: max(longest - 1, 0)].rstrip() + "…"
