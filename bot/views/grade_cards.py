"""Grades of a debate: the sheet and the list for instructors, and what a learner reads. Pure rendering.

Nothing here knows where anybody stands, whether they moved or which side did better.
"""

from collections.abc import Iterable, Sequence

from bot.actions.grading import GradeList, GradeNews, GradeSheet, StoredGrade
from bot.debate.debate import Argument
from bot.debate.rubric import BEST_MARK, WEIGHTS, Criterion, Facts, Marks, total
from bot.ids import GuildId, MessageId, UserId
from bot.views.layout import (
    DIVIDER,
    RESULT_COLOUR,
    Button,
    Layout,
    card,
    learner_text,
    message_link,
    plural,
    quoted,
    shorten,
)

CRITERION_WORDS = {
    Criterion.EVIDENCE: "Evidence",
    Criterion.REASONING: "Reasoning",
    Criterion.ENGAGING: "Engaging the other case",
    Criterion.CIVILITY: "Civility",
    Criterion.TIMELINESS: "Timeliness",
}

MOST_ARGUMENTS = 8
CLAIM_ROOM = 60
COMMENT_ROOM = 500
"""On the instructor's sheet, so that nothing else has to be cut; the learner reads all of the comment."""

PAGE = 25

Rows = Iterable[Sequence[Button]]


def fact_words(criterion: Criterion, facts: Facts) -> str:
    """What the bot counts for a criterion, in a sentence without its full stop."""
    arguments = plural(facts.arguments, "argument")
    match criterion:
        case Criterion.EVIDENCE:
            cited = f"{plural(facts.cards_cited, 'card')} of the bank cited" if facts.cards_cited else None
            links = f"{facts.with_link} with a link as evidence" if facts.arguments else None
            return ", ".join(part for part in (arguments, links, cited) if part)
        case Criterion.REASONING:
            return f"{arguments} to read; I do not judge them"
        case Criterion.ENGAGING:
            answers = plural(facts.across, "answer")
            fair = plural(facts.fair_restatements, "argument")
            return f"{answers} to the other side, {fair} restated fairly before answering"
        case Criterion.CIVILITY:
            if not facts.reports_dealt_with:
                return "no message of theirs was reported and dealt with"
            return f"{plural(facts.reports_dealt_with, 'message')} of theirs reported and dealt with"
        case Criterion.TIMELINESS:
            if not facts.timed:
                return "no argument to go by"
            return f"{facts.early} of {plural(facts.timed, 'argument')} before the middle of its stage"


def sheet_card(sheet: GradeSheet, buttons: Rows) -> Layout:
    """Somebody's grade for an instructor: what the bot counts, what there is to read, and the marks so far."""
    facts = "\n".join(
        f"- **{CRITERION_WORDS[criterion]}** ({WEIGHTS[criterion]}%): {fact_words(criterion, sheet.facts)}"
        for criterion in Criterion
    )
    return card(
        f"### Grade of <@{sheet.user_id}>",
        f"Debate: **{sheet.debate.motion}**",
        DIVIDER,
        f"**What I have counted**\n{facts}",
        "-# These are facts, not points. Please grade how it was argued, not what anybody thinks.",
        _arguments(sheet),
        DIVIDER,
        *_given(sheet.grade),
        buttons=buttons,
    )


def _arguments(sheet: GradeSheet) -> str | None:
    lines = [
        _argument_line(sheet.debate.guild_id, sheet.debate.thread_id, argument, message_id)
        for argument, message_id in sheet.arguments[:MOST_ARGUMENTS]
    ]
    more = len(sheet.arguments) - len(lines)
    if more > 0:
        lines.append(f"- and {more} more in the thread")
    return "**To read**\n" + "\n".join(lines) if lines else None


def _argument_line(
    guild_id: GuildId, thread_id: int, argument: Argument, message_id: MessageId | None
) -> str:
    claim = learner_text(shorten(" ".join(argument.text.claim.split()), CLAIM_ROOM))
    number = f"argument {argument.number}"
    if message_id is None:
        return f"- {number}: {claim}"
    return f"- {message_link(number, f'{guild_id}/{thread_id}/{message_id}')}: {claim}"


def _given(grade: StoredGrade | None) -> list[str | None]:
    if grade is None:
        return ["**Not graded yet.**"]
    told = (
        "The learner has been told; a change is told, too."
        if grade.released_at is not None
        else "Nobody has been told yet."
    )
    return [
        f"**Your marks**\n{mark_lines(grade.marks)}",
        quoted(shorten(grade.comment, COMMENT_ROOM)) if grade.comment else None,
        f"-# Given by <@{grade.graded_by}>. {told}",
    ]


def mark_lines(marks: Marks) -> str:
    """The marks with their weights, and all together."""
    lines = [
        f"- {CRITERION_WORDS[criterion]}: **{marks[criterion]}** (weighs {WEIGHTS[criterion]}%)"
        for criterion in Criterion
    ]
    return "\n".join((*lines, f"- Together: **{total_words(marks)}**"))


def total_words(marks: Marks) -> str:
    """All marks together: ``78.5 of 100``."""
    return f"{round(total(marks), 1):g} of {BEST_MARK}"


def list_pages(shown: GradeList) -> int:
    """How many pages the list has."""
    return max(-(-len(shown.people) // PAGE), 1)


def list_card(shown: GradeList, page: int, buttons: Rows) -> Layout:
    """Who is graded, for instructors."""
    pages = list_pages(shown)
    people = shown.people[page * PAGE :][:PAGE]
    if shown.may_release:
        how = "Whoever takes no direct messages finds the grade with `/debate status`."
    else:
        how = "Grades can be told when the debate is closed."
    return card(
        f"### Grades: {shown.graded} of {plural(len(shown.people), 'person', 'people')}",
        f"Debate: **{shown.debate.motion}**",
        "\n".join(_person_line(user_id, grade) for user_id, grade in people) or "Nobody takes part.",
        f"Not graded, because they have left: {plural(shown.left, 'person', 'people')}."
        if shown.left
        else None,
        f"-# Page {page + 1} of {pages}" if pages > 1 else None,
        f"-# `/debate grade learner:…` grades somebody. {how} Only instructors can see this.",
        buttons=buttons,
    )


def _person_line(user_id: UserId, grade: StoredGrade | None) -> str:
    if grade is None:
        return f"- <@{user_id}>: not graded yet"
    return f"- <@{user_id}>: **{total_words(grade.marks)}**" + (", told" if grade.released_at else "")


def grade_card(news: GradeNews) -> Layout:
    """One's own grade."""
    return card(
        "### Your grade has changed" if news.changed else "### Your grade for a debate",
        f"Debate: **{news.motion}**",
        mark_lines(news.marks),
        quoted(news.comment) if news.comment else None,
        "-# Only you get this. It is about how you argued, not about what you think. If something is unclear, ask your "
        "instructor.",
        colour=RESULT_COLOUR,
    )


def grade_news(detail: str) -> Layout:
    """The direct message with a grade."""
    return grade_card(GradeNews.model_validate_json(detail))
