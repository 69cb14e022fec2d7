"""A transcript as a Markdown file. Pure rendering; nobody is named who has not agreed to it."""

from collections.abc import Mapping, Sequence

from bot.actions.evidence import EvidenceCard
from bot.actions.transcripts import Transcript
from bot.debate.debate import Argument
from bot.ids import UserId
from bot.views.evidence_cards import card_name, in_short, status
from bot.views.provenance import source
from bot.views.statements import signature_words


def transcript_text(transcript: Transcript, names: Mapping[UserId, str]) -> str:
    """The transcript in Markdown; ``names`` are those of the people who may be named, as far as they are known."""
    numbers: dict[UserId, int] = {}
    lines = [
        f"# Debate: {transcript.debate.motion}",
        "",
        f"Opened {transcript.debate.opened_at:%Y-%m-%d}. Arguments only; free chat is never kept. People are named "
        "only if they agreed.",
        "",
    ]
    for argument in transcript.arguments:
        number = numbers.setdefault(argument.user_id, len(numbers) + 1)
        named = argument.user_id in transcript.named
        who = names.get(argument.user_id, f"Learner {number}") if named else f"Learner {number}"
        lines += _argument(argument, transcript.cards.get(argument.argument_id, ()), who)
    if transcript.statement is not None:
        lines += ["## Joint statement", "", _quoted(transcript.statement.text), ""]
        lines.append(f"{signature_words(transcript.statement.signatures).capitalize()}.")
    return "\n".join(lines).rstrip() + "\n"


def _argument(argument: Argument, cards: Sequence[EvidenceCard], who: str) -> list[str]:
    how = ""
    if argument.relation is not None:
        how = f", {argument.relation.value} argument {argument.parent_number}"
    edited = "" if argument.edited_at is None else " (changed since)"
    return [
        f"## Argument {argument.number}: {argument.side.words.lower()} the motion{how}",
        "",
        f"*{who}, {argument.at:%Y-%m-%d %H:%M} UTC{edited}*",
        "",
        "**Claim.**",
        "",
        _quoted(argument.text.claim),
        "",
        "**Evidence.**",
        "",
        _quoted(argument.text.evidence),
        "",
        *(line for each in cards for line in (f"- {_card(each)}", "")),
        "**Reasoning.**",
        "",
        _quoted(argument.text.reasoning),
        "",
    ]


def _card(shown: EvidenceCard) -> str:
    item = shown.item
    words = f"{card_name(shown)}, from the bank: {in_short(item)} {status(item)} Source: {source(item, shown.info)}"
    return " ".join(words.split())


def _quoted(text: str) -> str:
    # A line of somebody's own must not pass for a heading, and so for the argument of somebody else.
    return "\n".join(f"> {line}" for line in text.splitlines())
