from collections.abc import Mapping, Set

from bot.bank.touching import MOST_PASSAGES, Having, Passage, passages, touched

ALL = frozenset(range(100))
NOTHING: Having[int] = Having(frozenset(), frozenset())


def having(**words: Set[int]) -> dict[str, Having[int]]:
    """Items by word; all of them have it in their title."""
    return {word: Having(items, items) for word, items in words.items()}


def nearest(words: str, found: Mapping[str, Having[int]]) -> list[int]:
    passage = Passage(words, tuple(words.split()))
    return [
        touch.key
        for touch in touched([passage], {**dict.fromkeys(passage.words, NOTHING), **found}, len(ALL))
    ]


def test_three_rare_words_that_are_most_of_a_sentence_touch():
    assert nearest("births china day", having(births={1}, china=ALL, day={1, 2})) == [1]


def test_words_that_all_items_have_touch_nothing():
    assert nearest("social credit china", having(social=ALL, credit=ALL, china=ALL)) == []


def test_a_few_shared_words_of_a_long_sentence_touch_nothing():
    words = "births day football weather lunch bus holiday brother garden music"
    assert nearest(words, having(births={1}, day={1})) == []


def test_two_very_rare_words_are_enough_where_they_are_the_sentence():
    assert nearest("tencent wechat", having(tencent={1, 2}, wechat={1})) == [1]
    assert nearest("tencent lunch", having(tencent={1}, lunch=set(range(60)))) == []


def test_a_word_in_the_title_weighs_more():
    body_only = Having(frozenset({1, 2}), frozenset({2}))
    assert nearest("births day deaths", dict.fromkeys(("births", "day", "deaths"), body_only)) == [2, 1]


def test_the_nearest_passage_of_an_item_counts():
    read = [Passage("far", ("births", "day", "lunch")), Passage("near", ("births", "day", "deaths"))]
    found = having(births={1}, day={1}, deaths={1}, lunch=set())
    (touch,) = touched(read, found, len(ALL))
    assert (touch.passage.text, touch.in_title) == ("near", 3)


def test_nothing_is_touched_where_there_is_nothing():
    assert touched([Passage("a", ("births", "day"))], having(births=set(), day=set()), 0) == []


def test_sentences_and_their_clauses_are_passages():
    read = passages(
        "Births in China fell, because many couples marry late. Really?\nTerm limits ended in 2018!"
    )
    assert [passage.text for passage in read] == [
        "Births in China fell, because many couples marry late.",
        "Births in China fell",
        "many couples marry late.",
        "Term limits ended in 2018!",
    ]


def test_a_comma_within_a_number_ends_no_clause():
    assert [passage.words for passage in passages("19,000 deaths daily")] == [("19,000", "deaths", "daily")]


def test_a_message_has_so_many_passages_at_most():
    assert len(passages(" ".join(f"Word{n} other{n} thing{n}." for n in range(400)))) == MOST_PASSAGES
