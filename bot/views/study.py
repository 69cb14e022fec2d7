"""What to study next, in words: the reason, and the command that does it."""

from collections.abc import Mapping, Sequence

from bot.insight.study import FEWEST_ANSWERS, Suggestion, Why
from bot.views.layout import plural
from bot.views.provenance import WHICH_WORDS

MOST_ASKED = 50
USUAL_QUESTIONS = 10
"""How many questions a quiz asks unless another number is given."""


def study_list(suggestions: Sequence[Suggestion], titles: Mapping[str, str], *, own: bool) -> str:
    """What to study next, each with its reason and the command for it; ``titles`` are those of sets by key."""
    if not suggestions:
        done = "Nothing is left to go over, and nothing is new in these sets."
        return f"**What to study next**\n{done}" + (" Well done." if own else "")
    numbered = [f"{number}. {_suggested(each, titles)}" for number, each in enumerate(suggestions, start=1)]
    return "\n".join(("**What to study next**", *numbered))


def _suggested(suggestion: Suggestion, titles: Mapping[str, str]) -> str:
    return f"{_reason(suggestion, titles)}\n{study_command(suggestion)}"


def _reason(suggestion: Suggestion, titles: Mapping[str, str]) -> str:
    count, key = suggestion.count, suggestion.set_key or ""
    of, title = plural(suggestion.of, "question"), titles.get(key, key)
    was = "was" if count == 1 else "were"
    match suggestion.why:
        case Why.MISCONCEPTION:
            return f"**{suggestion.tag or title}**: you were certain of {plural(count, 'answer')} that {was} wrong."
        case Why.TOPIC:
            return f"**{suggestion.tag}**: {count} of {of} {was} missed the last time."
        case Why.LONG_AGO:
            return f"**{title}**: {plural(count, 'question')} {was} missed a week ago or longer."
        case Why.MISSED:
            return f"**{title}**: {count} of {of} {was} missed the last time."
        case Why.NEW:
            return f"**{title}**: {count} of {of} {'is' if count == 1 else 'are'} new."
        case Why.START:
            return f"With fewer than {FEWEST_ANSWERS} answers, figures say little yet. Take a quiz:"


def study_command(suggestion: Suggestion) -> str:
    """The very command that begins such a quiz."""
    parts = ["/quiz take"]
    if suggestion.set_key is not None:
        parts.append(f"set:{suggestion.set_key}")
    if suggestion.tag is not None:
        parts.append(f"tag:{suggestion.tag}")
    if suggestion.which is not None:
        parts.append(f"only:{WHICH_WORDS[suggestion.which]}")
    if suggestion.why is Why.MISCONCEPTION and suggestion.asks > USUAL_QUESTIONS:
        # Else the drawing might leave out the very questions that this is about.
        parts.append(f"questions:{min(suggestion.asks, MOST_ASKED)}")
    return f"`{' '.join(parts)}`"
