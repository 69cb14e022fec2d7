"""Aliases: enough of them, and words that offend nobody."""

import random
from itertools import islice

from bot.quiz.aliases import ADJECTIVES, BIRDS, PLAIN_TRIES, alias_candidates
from bot.quiz.teams import Team

UNKIND = {
    *(
        "big",
        "black",
        "blind",
        "bold",
        "bossy",
        "chubby",
        "clever",
        "clumsy",
        "crazy",
        "dumb",
        "fat",
        "fast",
        "slow",
    ),
    *(
        "lazy",
        "little",
        "lucky",
        "mad",
        "old",
        "plain",
        "proud",
        "pretty",
        "quick",
        "shy",
        "silly",
        "slender",
        "smart",
    ),
    *(
        "swift",
        "tall",
        "tiny",
        "ugly",
        "white",
        "wild",
        "wise",
        "young",
        "booby",
        "buzzard",
        "chicken",
        "coot",
        "crow",
    ),
    *(
        "cuckoo",
        "dodo",
        "goose",
        "gull",
        "loon",
        "magpie",
        "parrot",
        "peacock",
        "pigeon",
        "quail",
        "shag",
        "shrike",
    ),
    *("thrush", "tit", "turkey", "vulture"),
}
"""Words that would say something of a person: how quick, how clever, how they look, or that they are laughed at."""


def test_words_stand_once_each_and_are_plain() -> None:
    for words in (ADJECTIVES, BIRDS):
        assert len(set(words)) == len(words)
        assert all(word.isascii() and word.istitle() and word.isalpha() for word in words)


def test_no_word_says_anything_of_a_person() -> None:
    assert not {word.lower() for word in (*ADJECTIVES, *BIRDS)} & UNKIND
    assert not {word.lower() for word in (*ADJECTIVES, *BIRDS)} & {team.value for team in Team}


def test_there_are_enough_for_a_lecture_hall() -> None:
    assert len(ADJECTIVES) * len(BIRDS) > 4_000


def test_candidates_never_end() -> None:
    tried = list(islice(alias_candidates(random.Random(1)), PLAIN_TRIES + 500))
    assert all(len(name.split()) == 2 for name in tried[:PLAIN_TRIES])
    numbered = tried[PLAIN_TRIES:]
    assert len(set(numbered)) == len(numbered), "a number comes once"
