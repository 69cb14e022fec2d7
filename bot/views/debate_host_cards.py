"""What an instructor sees of a debate: the preview of a plan, and where it is. Pure rendering."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from bot.actions.debate_planning import DebatePlan, DebatePreview
from bot.actions.debate_reports import DebateStatus
from bot.debate.debate import CloseReason, DebateState
from bot.debate.formats import Stage, Timetable
from bot.debate.options import SideMode
from bot.ids import ChannelId
from bot.views.debate_words import FORMAT_WORDS, course_line, timetable_words
from bot.views.layout import DIVIDER, Button, Layout, card, duration, plural

NOTHING_LACKING: Mapping[str, str] = MappingProxyType({})
Rows = Iterable[Sequence[Button]]

SIDE_WORDS = {
    SideMode.BALANCED: "sides are balanced, and take turns over debates",
    SideMode.RANDOM: "sides are drawn by lot",
    SideMode.CHOSEN: "people choose their side, at most half of them the same",
    SideMode.OPPOSITE: "people argue the opposite of what they think, or by lot if they do not say what",
}

SIDES_WITHHELD = "How many argue each side is not shown: here that would tell what people think."


def preview_card(
    preview: DebatePreview, buttons: Rows, lacking: Mapping[str, str] = NOTHING_LACKING
) -> Layout:
    """A planned debate, before anybody else sees it. ``lacking`` has the options that cannot be kept, and why."""
    plan = preview.plan
    warnings = "\n".join(
        f"- {fault.what[:1].upper()}{fault.what[1:]}" + (f"; {fault.remedy}." if fault.remedy else ".")
        for fault in preview.warnings
    )
    claim = preview.claim
    return card(
        "### Preview of your debate",
        f"Motion: **{preview.motion}**",
        f"**Please look at the wording:**\n{warnings}" if warnings else None,
        DIVIDER,
        f"**Format:** {FORMAT_WORDS[plan.format]}\n{timetable_words(plan.timetable)}",
        _together(plan.timetable),
        _options(plan, lacking),
        _unused(plan),
        _held_back(preview),
        "\n".join(lacking.values()) or None,
        DIVIDER,
        "There are no case cards for a motion in your own words."
        if claim is None
        else f"**Background**\n{claim.background}",
        DIVIDER,
        f"It opens in a thread of its own in <#{preview.channel_id}>. You can go on, pause, and give more time at any "
        "moment. Nobody but you has seen this yet.",
        buttons=buttons,
    )


def opened_words(thread_id: ChannelId, timetable: Timetable) -> str:
    """What an instructor is told when a debate has been opened."""
    by_hand = timetable[0].length is None
    how = "It waits for you to go on" if by_hand else "It goes on by its clock"
    return f"The debate is open in <#{thread_id}>. {how}; `/debate status` has the controls."


def host_card(status: DebateStatus, buttons: Rows, news: str | None = None) -> Layout:
    """Where a debate is, for its instructor; ``news`` is what they have to be told first."""
    debate = status.debate
    sides = ""
    if debate.format.has_sides:
        counts = [f"{count} {side.words.lower()}" for side, count in (status.by_side or {}).items()]
        if status.without_side:
            counts.append(f"{status.without_side} without a side yet")
        sides = f": {', '.join(counts)}" if counts else ""
    where = _closed_words(status) if debate.state is DebateState.CLOSED else course_line(debate)
    return card(
        f"### Debate: {debate.motion}",
        news,
        where,
        f"{plural(status.members, 'person takes', 'people take')} part{sides}",
        _at_gate(status),
        SIDES_WITHHELD if status.by_side is None else None,
        f"{plural(status.arguments, 'argument')} · {plural(status.before, 'stance')} before, {status.after} after",
        f"**{plural(status.reported, 'reported message waits', 'reported messages wait')}** in `/inbox`."
        if status.reported
        else None,
        f"-# In <#{debate.thread_id}>. Only you can see this; stances are never shown singly.",
        buttons=buttons,
    )


def _at_gate(status: DebateStatus) -> str | None:
    """Why so many have no side yet, where it is for the questions to try."""
    if not status.at_gate or status.debate.state is DebateState.CLOSED:
        return None
    have = "person has" if status.at_gate == 1 else "people have"
    return f"**{status.at_gate} {have} not tried the questions yet**, and get no side before."


def _closed_words(status: DebateStatus) -> str:
    match status.debate.close_reason:
        case CloseReason.CANCELLED:
            return "Cancelled: there is no outcome."
        case CloseReason.THREAD_DELETED:
            return "Closed, because its thread was deleted. **Show the outcome** shows it to you alone."
        case _ if status.outcome_lost:
            return "Closed. **Its outcome could not be posted in the thread, or was deleted there.**"
        case _:
            return "Closed. The outcome is at the end of the thread."


def _unused(plan: DebatePlan) -> str | None:
    """The options that do nothing in this format."""
    options, has_sides = plan.options, plan.format.has_sides
    unused = [
        "`hide_openings`, as there are no openings"
        if options.hide_openings and not _has_openings(plan)
        else None,
        "`sides`, as there are none" if options.sides is not SideMode.BALANCED and not has_sides else None,
        "`caucus`, as there are no sides" if options.caucus and not has_sides else None,
    ]
    kept = [each for each in unused if each]
    return f"**Not used in this format:** {'; '.join(kept)}." if kept else None


def _held_back(preview: DebatePreview) -> str | None:
    """That the knowledge gate asks less than was planned while an assignment is open."""
    wanted, askable = preview.plan.options.gate, preview.askable
    if preview.claim is None or askable >= wanted:
        return None
    asks = f"{askable} of {plural(wanted, 'question')}" if askable else "nothing"
    through = "" if askable else " Until then, people come through without any."
    return (
        f"**For now the gate asks {asks}:** an open assignment has the others, whose answers come after its due date."
        f"{through}"
    )


def _has_openings(plan: DebatePlan) -> bool:
    return any(planned.stage is Stage.OPENING for planned in plan.timetable)


def _together(timetable: Timetable) -> str:
    """How long the stages are in all. A text of its own: below a list it would belong to its last point."""
    lengths = [planned.length for planned in timetable if planned.length is not None]
    if len(lengths) < len(timetable):
        return "**Together:** it waits for you to go on, so it takes as long as you let it."
    return f"**Together:** {duration(sum(lengths, timedelta()))}."


def _options(plan: DebatePlan, lacking: Collection[str]) -> str | None:
    """The options that will be kept."""
    options, has_sides = plan.options, plan.format.has_sides
    parts = [
        SIDE_WORDS[options.sides] if has_sides else None,
        f"{plural(options.gate, 'question')} to try before a side is given" if options.gate else None,
        "openings of others are hidden until one's own is in"
        if options.hide_openings and _has_openings(plan)
        else None,
        "one restates an argument fairly before rebutting it" if options.steelman else None,
        f"at most {plural(options.quota, 'argument')} a person and stage" if options.quota else None,
        f"slow mode of {duration(timedelta(seconds=options.slowmode))}"
        if options.slowmode and "slowmode" not in lacking
        else None,
        "each side gets a private thread"
        if options.caucus and has_sides and "caucus" not in lacking
        else None,
    ]
    kept = [part for part in parts if part]
    return "**Options:** " + "; ".join(kept) + "." if kept else None
