"""How far a learner has come: four pages, all private. Instructors see three of them, and nothing of certainty."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import discord

from bot.actions.progress import (
    RECENT_DAYS,
    LearnerProgress,
    NamedSet,
    OwnCertainty,
    learner_progress,
    own_certainty,
    own_progress,
)
from bot.bank.item import Category
from bot.ids import SetId, UserId
from bot.insight.bars import tally_bar
from bot.insight.charts.calibration_chart import calibration_picture
from bot.insight.charts.picture import Picture
from bot.insight.progress import FEWEST_OF_TOPIC, Group, Progress, Span, Unit
from bot.insight.proportion import plausible_range, tally
from bot.quiz.focus import Level
from bot.views.authority import require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import DIVIDER, RESULT_COLOUR, Button, Divider, Layout, card, plural
from bot.views.press import ID, Press
from bot.views.provenance import CATEGORY_WORDS, LEVEL_WORDS
from bot.views.replies import replace, reply, take_time
from bot.views.study import study_command, study_list


class Page(StrEnum):
    """A page of somebody's progress."""

    SUMMARY = "summary"
    TOPICS = "topics"
    HISTORY = "history"
    CERTAINTY = "certainty"


PAGE_LABELS = {
    Page.SUMMARY: "Summary",
    Page.TOPICS: "By topic",
    Page.HISTORY: "Over time",
    Page.CERTAINTY: "How sure I am",
}


class ProgressPage(Press, prefix="pg", parts=(ID, ID, "|".join(Page))):
    """Turns to a page of somebody's progress, in all sets (0) or in one."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_progress(
            interaction,
            UserId(self.number(0)),
            Page(self.parts[2]),
            set_id=SetId(self.number(1)) if self.number(1) else None,
        )


async def show_progress(
    interaction: discord.Interaction,
    user_id: UserId,
    page: Page,
    *,
    set_key: str | None = None,
    set_id: SetId | None = None,
) -> None:
    """Show a page privately, in the message whose button was pressed if there is one.

    Raises ``NotAllowed`` for somebody else's progress unless the person is an instructor, and ``NotFound``. How
    sure somebody is, only they themselves see: for others that page is the summary.
    """
    desk, guild_id, own = desk_of(interaction), guild_of(interaction), user_id == user_of(interaction)
    at = desk.now()
    if not own:
        await require_instructor(interaction, "look at somebody else's progress")
    if own and page is Page.CERTAINTY:
        await _show_certainty(interaction, set_key, set_id)
        return
    query = own_progress if own else learner_progress
    found = await desk.read(query, guild_id=guild_id, user_id=user_id, set_key=set_key, set_id=set_id, at=at)
    shown = progress_card(found, page, own=own)
    if interaction.type is discord.InteractionType.component:
        await replace(interaction, shown)
    else:
        await reply(interaction, shown)


async def _show_certainty(
    interaction: discord.Interaction, set_key: str | None, set_id: SetId | None
) -> None:
    # Drawing may take its time, so it comes in a message of its own, which is announced at once.
    await take_time(interaction)
    desk = desk_of(interaction)
    sure = await desk.read(
        own_certainty,
        guild_id=guild_of(interaction),
        user_id=user_of(interaction),
        set_key=set_key,
        set_id=set_id,
        at=desk.now(),
    )
    drawn = await desk.draw(calibration_picture, sure.overall) if sure.overall.answers else None
    await reply(interaction, certainty_card(sure, drawn))


def progress_card(found: LearnerProgress, page: Page, *, own: bool) -> Layout:
    """A page of the results: the summary, by topic, or over time."""
    whose = "Your progress" if own else f"Progress of <@{found.user_id}>"
    title = f"### {whose} · {_source_words(found.source)}"
    if not found.figures.answers:
        return card(title, _nothing_yet(found, own=own), colour=RESULT_COLOUR)
    match page:
        case Page.TOPICS:
            parts = _topics(found.figures)
        case Page.HISTORY:
            parts = _history(found.figures)
        case Page.SUMMARY | Page.CERTAINTY:
            page = Page.SUMMARY
            parts = _summary(found, own=own)
    return card(title, *parts, buttons=[_turns(found, page, own=own)], colour=RESULT_COLOUR)


def certainty_card(sure: OwnCertainty, drawn: Picture | None) -> Layout:
    """How well somebody knows what they know, in all and of late; ``drawn`` shows what the first part says."""
    said_any = sure.overall.answers > 0
    return card(
        f"### How sure you are · {_source_words(sure.source)}",
        "\n".join(_whole_profile(sure)),
        drawn,
        DIVIDER if said_any else None,
        _recent_profile(sure) if said_any else None,
        "-# Nobody else sees this, instructors included.",
        colour=RESULT_COLOUR,
    )


def _whole_profile(sure: OwnCertainty) -> list[str]:
    if not sure.overall.answers:
        return [
            *sure.overall.sentences(),
            "Take a quiz with `/quiz take certainty:True`: after each answer you can say how sure you are, and "
            "here you see how well that fits.",
        ]
    return [f"**{plural(sure.overall.answers, 'answer')} in all**", *sure.overall.sentences()]


def _recent_profile(sure: OwnCertainty) -> str:
    recent = sure.recent
    heading = f"**The last {RECENT_DAYS} days**"
    if not recent.answers:
        return f"{heading}\nNo answer for which you said how sure you were."
    if recent.answers == sure.overall.answers:
        return (
            f"{heading}\nAll of these answers are from this time: later you will see here what has changed."
        )
    lines = [line for level in reversed(recent.levels) if (line := level.describe()) is not None]
    if recent.tells and recent.brier is not None and sure.overall.brier is not None:
        lines.append(f"Brier score {recent.brier:.2f}, in all {sure.overall.brier:.2f}; less is better.")
    return "\n".join((f"{heading}: {plural(recent.answers, 'answer')}", *lines))


def _source_words(source: NamedSet | None) -> str:
    return "all question sets" if source is None else source.title


def _nothing_yet(found: LearnerProgress, *, own: bool) -> str:
    which = "" if found.source is None else " of this set"
    if not own:
        return f"There is no answered question{which} here yet. Questions that are still open do not count."
    start = " or ".join(study_command(each) for each in found.suggestions)
    return (
        f"You have no answered question{which} here yet; questions that are still open do not count. "
        f"Take some in private, at your own pace: {start}"
    )


def _summary(found: LearnerProgress, *, own: bool) -> list[str | Divider | None]:
    privacy = (
        "-# Only you see this message. Instructors can look at your results, but never at how sure you were."
        if own
        else "-# Only you see this message."
    )
    return [
        _counts(found.figures),
        _lines("**Right at the first try, by category**", found.figures.categories, _category),
        DIVIDER,
        study_list(found.suggestions, found.titles, own=own),
        privacy,
    ]


def _counts(figures: Progress) -> str:
    whole, live = figures.whole, figures.answers - figures.alone
    plausible = plausible_range(whole.first_right, whole.questions)
    hedge = "" if plausible is None else f" (few questions: {plausible} is plausible)"
    lines = [
        f"**{plural(figures.answers, 'answer')} to {plural(whole.questions, 'question')}**: "
        f"{live} in class, {figures.alone} alone.",
        f"Right at the first try: **{tally(whole.first_right, whole.questions)}**{hedge}.",
    ]
    if figures.answers > whole.questions:
        now = whole.questions - whole.missed
        lines.append(f"Right at the latest try: **{tally(now, whole.questions)}**.")
    return "\n".join(lines)


def _topics(figures: Progress) -> list[str | Divider | None]:
    rest = figures.other_topics
    groups = (*figures.topics, *([] if rest is None else [rest]))
    return [
        _lines("**Right at the first try, by topic**", groups, lambda group: group.name or "Other topics")
        or f"No topic has {FEWEST_OF_TOPIC} answered questions yet.",
        DIVIDER,
        _lines("**Right at the first try, by difficulty**", figures.levels, _level),
        "-# A question can have several topics." if figures.topics else None,
    ]


def _history(figures: Progress) -> list[str | Divider | None]:
    told = figures.history
    earlier = f"And {plural(told.earlier, 'answer')} before." if told.earlier else None
    lines = [f"{_span(each, told.unit)} · {tally_bar(each.right, each.answers)}" for each in told.spans]
    return [
        f"**Answers that were right, {told.unit} by {told.unit}**",
        "\n".join(lines),
        earlier,
        f"-# Every answer counts here, repeated questions too. A {told.unit} without answers is left out.",
    ]


def _span(span: Span, unit: Unit) -> str:
    match unit:
        case Unit.WEEK:
            return f"Week of {span.begins.day} {span.begins:%B}"
        case Unit.MONTH:
            return f"{span.begins:%B %Y}"


def _lines(heading: str, groups: Sequence[Group], named: Callable[[Group], str]) -> str | None:
    """A heading and, for each group, its name with its figures; in small print what belongs to them."""
    if not groups:
        return None
    lines = [heading]
    for group in groups:
        lines.append(f"{named(group)} · {group.describe()}")
        if (belongs := group.small_print()) is not None:
            lines.append(f"-# {belongs}")
    return "\n".join(lines)


def _turns(found: LearnerProgress, page: Page, *, own: bool) -> list[Button]:
    source = 0 if found.source is None else found.source.set_id
    return [
        ProgressPage(found.user_id, source, each.value, label=PAGE_LABELS[each])
        for each in Page
        if each is not page and (own or each is not Page.CERTAINTY)
    ]


def _category(group: Group) -> str:
    return CATEGORY_WORDS[Category(group.name)]


def _level(group: Group) -> str:
    return LEVEL_WORDS[Level(group.name)].capitalize()
