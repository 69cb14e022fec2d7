"""What people write, made fit to be stored and shown. Knows nothing of what it is for."""

import unicodedata

from bot.errors import Invalid

KEPT_CONTROLS = "\n\t"
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Characters that Unicode counts as letters or symbols, but that show nothing."""


def read_prose(what: str, text: str, longest: int, remedy: str) -> str:
    """The text that a person wrote, trimmed and without control characters.

    Raises ``Invalid``, naming ``what`` it is, if nothing of it can be seen (``remedy`` says what to write) or if it is
    too long.
    """
    read = read_optional_prose(what, text, longest)
    if not read:
        raise Invalid(what, "it is empty", remedy)
    return read


def read_optional_prose(what: str, text: str, longest: int) -> str:
    """As ``read_prose``, but a text of which nothing can be seen is an empty one."""
    cleaned = clean_prose(text)
    if not any(_is_visible(character) for character in cleaned):
        return ""
    if len(cleaned) > longest:
        raise Invalid(
            what, f"it has {len(cleaned)} characters", f"Shorten it to {longest} characters or fewer."
        )
    return cleaned


def clean_prose(text: str) -> str:
    """The text without what cannot be stored or only hides other text, trimmed."""
    return "".join(character for character in text.replace("\r\n", "\n") if _belongs(character)).strip()


def _belongs(character: str) -> bool:
    # A lone surrogate cannot be written to a database, and other control characters only hide text.
    return character in KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}


def _is_visible(character: str) -> bool:
    # Zero-width and formatting characters (Cf) and separators (Z*) alone would make a blank text.
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
    return character not in BLANKS and unicodedata.category(character) not in hidden
