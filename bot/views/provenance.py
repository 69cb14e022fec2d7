"""How an answer is explained: why it is right, where it comes from, how well it is known, what changed since."""

from bot.bank.item import Category, Confidence, ItemBase, Label
from bot.bank.question_set import SetInfo
from bot.quiz.focus import Focus, Level, Which

LEVEL_WORDS = {Level.EASY: "easy", Level.MEDIUM: "medium", Level.HARD: "hard"}

WHICH_WORDS = {Which.MISSED: "only what you missed", Which.NEW: "only what is new to you"}

CATEGORY_WORDS = {
    Category.STATISTIC: "Statistic",
    Category.HISTORY: "Historical fact",
    Category.CLAIM: "Contested claim",
}

LABEL_WORDS = {
    Label.ESTABLISHED: "well established",
    Label.CONTESTED: "contested, serious people disagree",
    Label.OUTDATED: "out of date",
    Label.MISCONCEPTION: "a common misconception",
    Label.VALUE: "a question of values",
    Label.UNVERIFIED: "not verified",
}

CONFIDENCE_WORDS = {
    Confidence.HIGH: "this is well supported",
    Confidence.MEDIUM: "this is probable",
    Confidence.LOW: "this is uncertain",
}


def explanation(item: ItemBase) -> str:
    """The explanation with what is known better, what changed since, and the source line."""
    parts = [item.explanation]
    if item.correction is not None:
        confidence = CONFIDENCE_WORDS[item.correction.confidence]
        parts.append(f"**What is known better** ({confidence}): {item.correction.text}")
    if item.since is not None:
        parts.append(f"**Since then** ({item.since.date}): {item.since.text}")
    return "\n".join(part for part in parts if part)


def source_line(item: ItemBase, info: SetInfo) -> str:
    """Status, date and source in small print."""
    facts = [f"Status: {LABEL_WORDS[item.label]}"]
    if item.as_of is not None:
        facts.append(f"as of {item.as_of}")
    return f"-# {', '.join(facts)}. Source: {source(item, info)}."


def source(item: ItemBase, info: SetInfo) -> str:
    """Where the item comes from, with the paragraph."""
    named = set_source(info) if item.source is None else item.source
    if not item.paragraph:
        return named
    word = "paragraph" if len(item.paragraph) == 1 else "paragraphs"
    return f"{named}, {word} {', '.join(map(str, item.paragraph))}"


def set_source(info: SetInfo) -> str:
    """The source that a whole set draws on, with its publisher and date."""
    given = info.source
    details = ", ".join(part for part in (given.publisher, given.date) if part)
    return f"{given.title} ({details})" if details else given.title


def scope_words(category: Category | None, focus: Focus) -> str:
    """What a quiz is about: ``all categories``, or ``historical fact, topic trust, easy``."""
    parts = [
        None if category is None else CATEGORY_WORDS[category].lower(),
        None if focus.tag is None else f"topic {focus.tag}",
        None if focus.level is None else LEVEL_WORDS[focus.level],
        None if focus.which is None else WHICH_WORDS[focus.which],
    ]
    return ", ".join(part for part in parts if part) or "all categories"
