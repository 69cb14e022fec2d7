"""The words that somebody looks for, in a search or in a message. Knows nothing of items."""

import re
from typing import Final

MOST_WORDS: Final = 12
"""So many words of a search count; a longer one says no more."""

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_EMPTY: Final = """
    a about above actually after again against ago all almost already also although always am amazing an and another
    any anybody anyone anything are aren around as at away awful back bad badly be because become been before behind
    being below best better between both bring but by came can cannot certainly clear clearly come comes could couldn
    dear did didn do does doesn doing don done down during each either else enough entire entirely especially even ever
    every everybody everyone everything everywhere example fact facts far few fine first for from full fully gave get
    gets getting give given gives go goes going gone good got great had hadn happen happened happens has hasn have
    haven having he hello her here hers herself hey hi him himself his hmm how however if in indeed instead into is isn
    it its itself just keep keeps kind kinds knew know known knows last later least less let lets like likely ll lol
    look looks made make makes making many may maybe me mean means might mine more most mostly much must my myself
    near nearly need needs never next nice no nobody none nor not nothing now of off often oh ok okay old on once one
    only onto or other others otherwise our ours out over own perhaps please point probably put quite rather re read
    really right said same saw say saying says see seem seems seen shall she should shouldn simply since so some
    somebody someone something sometimes somewhere soon sorry sort still such sure take taken takes talk tell tells
    terrible than thank thanks that the their theirs them themselves then there therefore these they thing things think
    thinks this those though thought through thus till to today together told too toward towards true try under until
    unless up upon us use used uses using ve very via want wanted wants was wasn way we well went were weren what
    whatever when whenever where wherever whether which while who whole whom whose why will with within without won
    wonderful would wouldn wrong wrongly yeah yep yes yesterday yet you your yours yourself
    article statement statements
"""
_WITHOUT_CONTENT: Final = frozenset(_EMPTY.split())
"""English words that say nothing of what a text is about; “article”, because every item of a set speaks of its own."""


def words_of(text: str) -> tuple[str, ...]:
    """The words and figures of a text as they stand there, each once; one letter alone is none."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        if len(word) > 1 or not word.isascii() or word.isdigit():
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def content_words(text: str) -> tuple[str, ...]:
    """The words that say what a text is about."""
    return tuple(word for word in words_of(text) if word.casefold() not in _WITHOUT_CONTENT)


def search_words(text: str) -> tuple[str, ...]:
    """What a search looks for: the words with content, or all of them where none has any; empty for mere signs."""
    return (content_words(text) or words_of(text))[:MOST_WORDS]
