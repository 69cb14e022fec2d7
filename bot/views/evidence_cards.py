"""Evidence cards: what is claimed, who says it, what others say, how well it is known. Pure rendering.

The texts come from question files, which a server may have written itself: none of them can format or mention.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.evidence import CitationBoard, EvidenceCard
from bot.bank.item import ItemBase, Label, Scope
from bot.bank.kinds import Claim, Item, TrueFalse
from bot.debate.sides import Side
from bot.views.layout import DEBATE_COLOUR, DIVIDER, QUIET_COLOUR, Layout, Part, card, learner_text, shorten
from bot.views.provenance import CONFIDENCE_WORDS, LABEL_WORDS, set_source, source

CARDS_ON_PAGE = 3
LONGEST_PAGE = 3_300
"""Characters of the cards on a page, all together; a single longer card has a page to itself."""
LONGEST_CASE = 320
"""Characters of a claim's case in a list; the whole of it stands in its debate."""

CARD_LENGTHS = ((200, 120), (100, 80), (40, 40))
"""Characters for what a card claims and for its source, below an argument: the first that leave the argument room."""

LEAST_ANSWER = 30
"""Characters of an answer below an argument, however little room there is."""

SOURCE_NOTE = 200
"""Characters for what “the article” is, below the cards that speak of it."""

SCOPE_WORDS = {
    Scope.NATIONAL: "for the whole country",
    Scope.PILOT: "for a pilot, not for the whole country",
    Scope.FIRM: "for firms",
    Scope.OTHER: None,
}

MORE_WORDS = {
    Label.MISCONCEPTION: "what is widely said of this, or said in the source, is wrong",
    Label.OUTDATED: "it has changed since the source was written",
    Label.UNVERIFIED: "the source gives no evidence for it",
}
"""What a label says of the source: a card may have it beside an answer that puts the source right."""

WITHHELD = (
    "-# Questions that are being asked just now, of the class or of you, and what would give them away are not shown "
    "until they are over."
)


@dataclass(frozen=True, slots=True)
class CardTexts:
    """The texts of a card, one below the other, and its status, which belongs below them."""

    parts: tuple[str, ...]
    status: str

    @property
    def length(self) -> int:
        """Characters in all."""
        return sum(map(len, (*self.parts, self.status)))


def card_texts(shown: EvidenceCard, *, brief: bool = False) -> CardTexts:
    """What a card says; ``brief`` shortens the cases of a claim."""
    item = shown.item
    parts = _cases(shown, item, brief=brief) if isinstance(item, Claim) else _fact(shown)
    heading = "Source" if isinstance(item, Claim) else "Who says it"
    parts.append(f"**{heading}:** {learner_text(source(item, shown.info))}")
    parts += _others(item)
    return CardTexts(tuple(parts), status(item))


def source_note(cards: Sequence[EvidenceCard]) -> str | None:
    """Which source the cards mean that speak of “the article”, said once for all of them; None where none does."""
    named = {
        set_source(each.info): None
        for each in cards
        if any("the article" in text.lower() for text in card_texts(each).parts)
    }
    if not named:
        return None
    return f"-# “The article” is: {learner_text(shorten('; '.join(named), SOURCE_NOTE))}."


def card_name(shown: EvidenceCard) -> str:
    """What a card is called, in the words by which the evidence of an argument names it."""
    return f"Card {shown.item_id}"


def card_lines(cards: Sequence[EvidenceCard], room: int) -> list[str]:
    """The cards below an argument, as long as the argument leaves them room: it is whole, and they can be looked up."""
    lines: list[str] = []
    for claim, named in CARD_LENGTHS:
        lines = [card_line(each, claim, named) for each in cards]
        if sum(map(len, lines)) <= room:
            break
    return lines


def card_line(shown: EvidenceCard, claim: int, named: int) -> str:
    """A card in short, below an argument that rests on it: what is claimed, its status, its source.

    ``claim`` and ``named`` are the most characters for what is claimed and for the source.
    """
    item = shown.item
    beware = f" {_beware(item)}." if item.label is Label.MISCONCEPTION else ""
    from_where = learner_text(shorten(source(item, shown.info), named))
    return (
        f"-# **{card_name(shown)}**, from the bank.{beware} {in_short(item, claim)}\n"
        f"-# {status(item)} **Source:** {from_where}"
    )


def in_short(item: Item, longest: int = LONGEST_PAGE) -> str:
    """What a card says on one line: its motion, or what is asked, shortened to ``longest`` characters, and the answer.

    The answer is there in any case: without it, a common error would stand as if it were so.
    """
    if isinstance(item, Claim):
        return f"**Motion:** {_one_line(item.motion, longest)}"
    if isinstance(item, TrueFalse):
        return f"**What is claimed:** {_one_line(item.prompt, longest)} {answer_words(item)}"
    answer = shorten(answer_words(item), max(longest // 2, LEAST_ANSWER))
    return f"**Question:** {_one_line(item.prompt, longest)} **Answer:** {answer}"


def _one_line(text: str, longest: int) -> str:
    return learner_text(shorten(" ".join(text.split()), longest))


def status(item: ItemBase) -> str:
    """How well an item is known, of which date it is, and what it holds for."""
    known = LABEL_WORDS[item.label]
    if item.label in MORE_WORDS:
        known = f"{known}: {MORE_WORDS[item.label]}"
    scope = None if item.scope is None else SCOPE_WORDS[item.scope]
    holds = [f"**As of** {item.as_of}"] if item.as_of is not None else []
    holds += [scope if holds else scope.capitalize()] if scope is not None else []
    return f"**Status:** {known}." + (f" {', '.join(holds)}." if holds else "")


def answer_words(item: ItemBase) -> str:
    """The bank's answer to a question; of a statement it says whether it is so, and never a bare “false”."""
    if isinstance(item, TrueFalse):
        return f"As the bank has it, this is {'so' if item.answer else 'not so'}."
    return learner_text(item.right_answer())


def nothing_found(words: str, *, withheld: bool) -> Layout:
    """What is said where a search finds nothing."""
    return card(
        f"The bank has nothing with “{learner_text(shorten(words, 100))}”. Try fewer or other words: the names of "
        "people, places and topics find most.",
        WITHHELD if withheld else None,
        colour=QUIET_COLOUR,
    )


def citation(board: CitationBoard) -> Layout:
    """Cards that somebody posted: evidence in a debate, or what a message of theirs touches."""
    where = board.citation
    who = "somebody who has left" if where.user_id is None else f"<@{where.user_id}>"
    texts = [card_texts(each) for each in board.cards]
    if where.message_id is None:
        side = "" if board.side is None else f", who argues **{board.side.words.lower()}** the motion"
        return card(
            "### Evidence card",
            *_listed(texts),
            DIVIDER,
            source_note(board.cards),
            f"-# Cited by {who}{side}.",
            colour=DEBATE_COLOUR,
        )
    link = f"https://discord.com/channels/{where.guild_id}/{where.channel_id}/{where.message_id}"
    return card(
        "### What the bank has on a message",
        f"{who[:1].upper()}{who[1:]} checked [this message]({link}) against the bank and shows what it touches.",
        *_listed(texts),
        DIVIDER,
        source_note(board.cards),
        "-# A card is no verdict on the message: read its status, its date and who says it.",
    )


def split_pages(texts: Sequence[CardTexts]) -> list[range]:
    """Which cards stand on each page: whole ones, three at most. There is always a page."""
    pages: list[range] = []
    start, length = 0, 0
    for at, each in enumerate(texts):
        if at > start and (at - start == CARDS_ON_PAGE or length + each.length > LONGEST_PAGE):
            pages.append(range(start, at))
            start, length = at, 0
        length += each.length
    return [*pages, range(start, len(texts))]


def _listed(texts: Sequence[CardTexts]) -> list[Part]:
    parts: list[Part] = []
    for each in texts:
        parts += [DIVIDER, *each.parts, each.status]
    return parts


def _fact(shown: EvidenceCard) -> list[str]:
    item = shown.item
    prompt, answer = learner_text(item.prompt), answer_words(item)
    if isinstance(item, TrueFalse):
        asked = [prompt, f"**{answer}**"]
        what = "What is claimed"
    else:
        asked = [prompt, f"**Answer:** {answer}"]
        what = "Question in the bank"
    if item.label is Label.MISCONCEPTION:
        what = _beware(item)
    lines = [*asked, learner_text(item.explanation)]
    return [f"**{card_name(shown)} · {what}**\n" + "\n".join(line for line in lines if line)]


def _beware(item: ItemBase) -> str:
    """What stands above a misconception, so that nobody takes it for evidence of what it says."""
    if isinstance(item, TrueFalse) and not item.answer:
        return "Beware: this is a common error"
    return "Beware: this is often told wrongly"


def _cases(shown: EvidenceCard, claim: Claim, *, brief: bool) -> list[str]:
    return [
        f"**{card_name(shown)} · What is claimed** (a motion to debate)\n{learner_text(claim.motion)}",
        *(
            f"**{side.words}**, held by: {learner_text(case.holders)}\n"
            + learner_text(shorten(case.text, LONGEST_CASE) if brief else case.text)
            for side, case in ((Side.FOR, claim.case_for), (Side.AGAINST, claim.case_against))
        ),
    ]


def _others(item: ItemBase) -> list[str]:
    parts: list[str] = []
    if item.correction is not None:
        confidence = CONFIDENCE_WORDS[item.correction.confidence]
        parts.append(f"**What others say** ({confidence}): {learner_text(item.correction.text)}")
    if item.since is not None:
        parts.append(f"**Since then** ({item.since.date}): {learner_text(item.since.text)}")
    return parts
