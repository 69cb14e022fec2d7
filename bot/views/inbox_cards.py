"""How the instructors' inbox looks: its entries, one in full, what a decision would change, and what was decided.

Pure rendering: which buttons stand on a card is said by ``inbox``. Nothing here knows who wrote or reported.
"""

from collections.abc import Sequence

from bot.actions.decisions import DecisionsPage, Regrade
from bot.actions.inbox import Entry, InboxPage, Opened, Reason
from bot.actions.message_reports import MessageEntry
from bot.actions.regrading import Applied, Preview
from bot.bank.grade import Outcome
from bot.bank.kinds import Item, Ordering
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Aside,
    Button,
    Layout,
    card,
    learner_text,
    letter,
    plural,
    quoted,
    shorten,
)
from bot.views.message_reports import entry_lines as message_lines
from bot.views.provenance import explanation, source_line
from bot.views.ruled import OUTCOME_WORDS, move_list, ruling_words

PROMPT_ROOM = 150
WORDS_ROOM = 150
MOST_REPORTS_SHOWN = 6
REPORT_ROOM = 220
WORDING_ROOM = 200
MOST_WORDINGS = 4

Rows = Sequence[Sequence[Button]]


def inbox_card(shown: InboxPage, openers: Sequence[Button], turning: Sequence[Button]) -> Layout:
    """The inbox, with a button beside each entry."""
    if not shown.entries:
        return card(
            "### Inbox",
            "Nothing is waiting. Reports from “Something wrong with this question?” come here, messages that were "
            "reported with **Report to the instructors**, and typed answers that missed by little.",
            buttons=[turning],
            colour=QUIET_COLOUR,
        )
    page = f" · page {shown.page + 1} of {shown.pages}" if shown.pages > 1 else ""
    entries = [
        Aside(_entry_lines(number, entry), opener)
        for number, (entry, opener) in enumerate(zip(shown.entries, openers, strict=True), start=1)
    ]
    return card(
        f"### Inbox: {plural(shown.total, 'matter')} to decide",
        *entries,
        f"-# The newest come first{page}. Only you can see this.",
        buttons=[turning],
    )


def entry_card(opened: Opened, buttons: Rows) -> Layout:
    """An entry in full: the question with its key, what was said of it, and what can be done."""
    item = opened.item
    return card(
        f"### {_entry_title(opened.subject.reason, opened.people)}",
        item.prompt,
        _options(item),
        _key(opened),
        DIVIDER,
        *_said(opened),
        _outcomes(opened),
        DIVIDER,
        explanation(item),
        source_line(item, opened.info),
        "-# Nothing changes before you have seen what would.",
        buttons=buttons,
    )


def key_card(item: Item, buttons: Rows) -> Layout:
    """Asks the question again: the instructor answers it as it should be answered."""
    return card(
        "### Which answer is right?",
        item.prompt,
        _options(item),
        f"So far: **{item.right_answer()}**. Answer the question as it should be answered; you then see what that "
        "would change, and nothing changes before you apply it.",
        buttons=buttons,
    )


def preview_card(preview: Preview, buttons: Sequence[Button]) -> Layout:
    """Before and after, in words and numbers."""
    if preview.subject.reason is Reason.TAKEN_BACK:
        what = f"Taken back: {ruling_words(preview.before, preview.ruling)}."
    else:
        what = f"{_capital(ruling_words(preview.before, preview.ruling))}."
    before, after = preview.before.right_answer(), preview.after.right_answer()
    return card(
        "### What this would change",
        "**Something has changed since you looked, so nothing was done. This is how it stands now.**"
        if preview.outdated
        else None,
        quoted(shorten(preview.before.prompt, WORDING_ROOM)),
        f"**{what}**",
        f"Right answer before: {before}\nRight answer after: {after}" if before != after else None,
        _wordings(preview),
        DIVIDER,
        _effect(preview),
        _told(preview.told, preview.reporters, "would be"),
        "-# Nothing has been changed yet.",
        buttons=[buttons],
    )


def applied_card(applied: Applied, buttons: Sequence[Button]) -> Layout:
    """What was done."""
    done = applied.preview
    return card(
        "### Done",
        quoted(shorten(done.before.prompt, WORDING_ROOM)),
        move_list(done.moves.items()) if done.moves else "No result that anybody has seen was changed.",
        _told(done.told, done.reporters, "are"),
        "Answers from now on are graded the new way. You can take this back under **Past decisions**.",
        buttons=[buttons],
        colour=RESULT_COLOUR,
    )


def dismissed_card(told: int, buttons: Sequence[Button]) -> Layout:
    """The question stays as it is."""
    people = plural(told, "person who reported it is", "people who reported it are")
    return card(
        "### It stays as it is",
        "Nothing was changed." + (f" {_capital(people)} told so, privately." if told else ""),
        buttons=[buttons],
        colour=QUIET_COLOUR,
    )


def decisions_card(
    shown: DecisionsPage, takers: Sequence[Button | None], turning: Sequence[Button]
) -> Layout:
    """The record of decisions; those that can be taken back have a button."""
    lines: list[str | Aside] = []
    for (decision, item), taker in zip(shown.decisions, takers, strict=True):
        text = _decision_lines(decision, item)
        lines.append(text if taker is None else Aside(text, taker))
    page = f"-# Page {shown.page + 1} of {shown.pages}" if shown.pages > 1 else None
    return card(
        "### Past decisions",
        *(lines or ["Nothing has been decided yet."]),
        page,
        buttons=[turning],
        colour=QUIET_COLOUR,
    )


def _entry_title(reason: Reason, people: int) -> str:
    if reason is Reason.REPORT:
        return f"Reported by {plural(people, 'person', 'people')}"
    return f"Missed by little, by {plural(people, 'person', 'people')}"


def _entry_lines(number: int, entry: Entry | MessageEntry) -> str:
    if isinstance(entry, MessageEntry):
        return message_lines(number, entry)
    words = learner_text(shorten(" ".join(entry.words.split()), WORDS_ROOM))
    return (
        f"**{number}. {_entry_title(entry.subject.reason, entry.people)}:** “{words}”\n"
        f"-# {learner_text(shorten(entry.item.prompt, PROMPT_ROOM))}"
    )


def _options(item: Item) -> str | None:
    # The choices of an order stand in the right order in the file; its key names them all.
    if isinstance(item, Ordering):
        return None
    return "\n".join(f"**{letter(at)}** · {text}" for at, text in enumerate(item.choices())) or None


def _key(opened: Opened) -> str:
    item, rulings = opened.item, opened.rulings
    lines = [f"**Right answer: {item.right_answer()}**"]
    if rulings.key is not None:
        lines.append("-# Corrected by an instructor of this server.")
    lines += [
        f"Accepted as well: {learner_text(shorten(item.describe(response), WORDS_ROOM))}"
        for response in rulings.also_right
    ]
    if rulings.dropped:
        lines.append("-# It does not count: an instructor of this server took it out of the results.")
    return "\n".join(lines)


def _said(opened: Opened) -> list[str]:
    """One text for each report, so that each is read by itself."""
    if opened.subject.reason is Reason.NEAR_MISS:
        written = opened.said[0][0]
        return [f"What was written:\n{quoted(shorten(written, REPORT_ROOM))}"]
    shown = opened.said[:MOST_REPORTS_SHOWN]
    parts = [
        f"{quoted(shorten(text, REPORT_ROOM))}\n-# "
        + (
            "This person had not answered."
            if response is None
            else f"Had answered: {learner_text(shorten(opened.item.describe(response), WORDS_ROOM))}"
        )
        for text, response in shown
    ]
    if len(opened.said) > len(shown):
        parts.append(f"-# … and {len(opened.said) - len(shown)} more.")
    return parts


def _outcomes(opened: Opened) -> str | None:
    if not opened.outcomes:
        return None
    counts = ", ".join(f"{count} {OUTCOME_WORDS[Outcome(outcome)]}" for outcome, count in opened.outcomes)
    return f"All answers to it in this server: {counts}."


def _wordings(preview: Preview) -> str | None:
    if len(preview.wordings) < 2:
        return None
    lines = [f"It concerns {len(preview.wordings)} versions of this question with the same answers:"]
    lines += [
        f"- {learner_text(shorten(prompt, WORDING_ROOM))} ({plural(answers, 'answer')})"
        for prompt, answers in preview.wordings[:MOST_WORDINGS]
    ]
    if len(preview.wordings) > MOST_WORDINGS:
        lines.append(f"- and {len(preview.wordings) - MOST_WORDINGS} more")
    return "\n".join(lines)


def _effect(preview: Preview) -> str:
    changed = preview.moves.total()
    if not preview.answers:
        effect = "Nobody has a result on it yet, so no result changes."
    elif not changed:
        effect = f"None of the {plural(preview.answers, 'result')} so far changes."
    else:
        effect = f"Of {plural(preview.answers, 'result')} so far, {changed} would change:"
        effect += f"\n{move_list(preview.moves.items())}"
    if preview.unseen:
        effect += (
            f"\n{plural(preview.unseen, 'answer')} whose result is not shown yet would be graded by it, too."
        )
    return effect


def _told(people: int, reporters: int, are: str) -> str:
    told = f"**{plural(people, 'person', 'people')}** {are if people != 1 or are != 'are' else 'is'} told, privately"
    if not people:
        told = f"Nobody {'is' if are == 'are' else are} told of another result"
    reported = f"; {plural(reporters, 'reporter')} will hear what was decided" if reporters else ""
    return f"{told}{reported}."


def _decision_lines(decision: Regrade, item: Item) -> str:
    words = ruling_words(item, decision.ruling)
    if decision.takes_back is not None:
        words = f"taken back: {words}"
    elif decision.taken_back:
        words += " (taken back since)"
    return (
        f"**{_capital(words)}.** {learner_text(shorten(item.prompt, PROMPT_ROOM))}\n"
        f"-# <t:{int(decision.decided_at.timestamp())}:f>, by <@{decision.decided_by}>: "
        f"{plural(decision.changed, 'answer')} of {decision.answers} changed, "
        f"{plural(decision.told, 'person', 'people')} told."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
