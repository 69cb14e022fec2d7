"""Debates in words: formats, stages, what people do in each, until when. Pure, without buttons."""

from collections.abc import Sequence

from bot.debate.debate import Debate, DebateState
from bot.debate.formats import Format, Stage, Timetable
from bot.debate.options import SideMode
from bot.debate.sides import Side
from bot.ids import UserId
from bot.views.layout import duration, plural, shorten, soon

FORMAT_WORDS = {
    Format.OPEN: "open: one thread, no sides",
    Format.OXFORD: "oxford: two sides open, rebut and close",
    Format.SWITCH: "switch: each argues both sides, then a joint statement",
    Format.FISHBOWL: "fishbowl: a few argue in turn, the rest judge",
}

STAGE_WORDS = {
    Stage.JOINING: "Joining",
    Stage.FLOOR: "Open floor",
    Stage.OPENING: "Openings",
    Stage.REBUTTAL: "Rebuttals",
    Stage.CLOSING: "Closing words",
    Stage.SWITCHED: "Switched sides",
    Stage.FISHBOWL: "Fishbowl",
    Stage.STATEMENT: "Joint statement",
    Stage.VOTING: "Your stance after",
}

TASKS = {
    Stage.JOINING: "Say privately where you stand now. Sides are given when joining ends.",
    Stage.FLOOR: "Add arguments for or against the motion, and answer those of others.",
    Stage.OPENING: "Add your side's main points. They stand by themselves; answers come next.",
    Stage.REBUTTAL: (
        "Answer the other side's arguments. Press **Answer argument** below the one that you mean, or **Add argument** "
        "and give its number."
    ),
    Stage.CLOSING: "Say what your side's case comes down to, now that you have heard the other.",
    Stage.SWITCHED: "Everybody argues the other side now. Make its case as well as those who had it before.",
    Stage.FISHBOWL: (
        "Those whose round it is argue; everybody else listens and judges. **My place** says which round is yours."
    ),
    Stage.STATEMENT: "Write together what all agree on, and where you still differ. Anybody can change it or sign it.",
    Stage.VOTING: "Say privately where you stand now. Changing your mind is fine, and so is not changing it.",
}

CHOOSING = (
    "Say privately where you stand now, and in **My place** which side you would like to argue. When joining ends, "
    "either side takes at most half of you."
)
"""The task of joining where people choose their sides."""

IF_YOU_LIKE = (
    "If you like, also write together what all can agree on and where you still differ: **Joint statement**."
)
STILL_OPEN = "The **joint statement** can still be changed and signed."
"""What the button for the statement is for while all vote, in formats without a stage for it, and in the others."""

MOST_NAMED = 20
"""So many of those who argue in a round are named in its message, and notified by it."""

ELSEWHERE = "If a button does not answer here, use `/debate status` in another channel."
"""A debate that rests has its thread locked, and Discord takes no presses in a locked one."""

WAYS_AFTERWARDS = (
    "-# `/debate status` shows you your place in this debate; there you can also withdraw what you wrote."
)
"""A closed debate has no buttons: its thread is locked."""

CONTENT_NOTE = (
    "-# This debate is about a question on which serious people disagree. Taking part is free: you can read "
    "along, choose “Rather not say”, or leave at any time, and nobody will hold it against you."
)

SIDES_TELL = (
    "In this debate everybody argues the opposite of what they think, so a side tells something of a view. "
    "Choose “Rather not say” to be given a side by lot."
)


def stage_title(debate: Debate, position: int) -> str:
    """A stage by its place: ``Rebuttals (3 of 5)``; the rounds of a fishbowl are numbered."""
    stages, words = len(debate.course.timetable), _name(debate.course.timetable, position)
    return words if stages == 1 else f"{words} ({position + 1} of {stages})"


def stage_task(debate: Debate, speakers: Sequence[UserId] = ()) -> str:
    """What people do in the present stage; ``speakers`` are those whose round of a fishbowl it is."""
    return f"{_own_task(debate, speakers)}{_beside_the_task(debate)}"


def _own_task(debate: Debate, speakers: Sequence[UserId]) -> str:
    if debate.stage is not Stage.FISHBOWL:
        return _task(debate, debate.stage)
    if not speakers:
        return "This round is nobody’s own: all who have a side may argue in it."
    named = [f"<@{each}>" for each in speakers[:MOST_NAMED]]
    if len(speakers) > MOST_NAMED:
        named.append(f"{len(speakers) - MOST_NAMED} more")
    *firsts, last = named
    people = f"{', '.join(firsts)} and {last}" if firsts else last
    return f"This round is for {people} to argue. Everybody else listens and judges."


def _task(debate: Debate, stage: Stage) -> str:
    chosen = stage is Stage.JOINING and debate.options.sides is SideMode.CHOSEN
    return CHOOSING if chosen else TASKS[stage]


def _beside_the_task(debate: Debate) -> str:
    """What else one should know at the present stage: the rules that one comes upon, and the joint statement."""
    options, stage = debate.options, debate.stage
    rules: list[str] = []
    if stage is Stage.VOTING:
        written = any(planned.stage is Stage.STATEMENT for planned in debate.course.timetable)
        rules.append(STILL_OPEN if written else IF_YOU_LIKE)
    if stage is Stage.JOINING and options.gate:
        rules.append(f"First try {plural(options.gate, 'question')} on the topic: **My place** has them.")
    if debate.hides_arguments:
        rules.append("Those of others are hidden until your own is in.")
    if stage.takes_answers and options.steelman:
        rules.append(
            "Before you answer the other side, you first say in your own words what that argument claims."
        )
    if stage.takes_arguments and options.quota:
        rules.append(f"You can add {plural(options.quota, 'argument')} in this stage.")
    return "".join(f" {each}" for each in rules)


def rules_here(debate: Debate) -> str | None:
    """The rules that an instructor has set for this debate, as a list; None where there are none.

    Slow mode and the sides' own threads are not among them: the server may not allow those, and Discord shows them.
    """
    options, stages = debate.options, [planned.stage for planned in debate.course.timetable]
    rules: list[str] = []
    if options.gate and debate.format.has_sides:
        rules.append(
            f"Before you are given a side, you try {plural(options.gate, 'question')} on the topic. Trying is enough."
        )
    elif options.gate:
        rules.append(
            f"**My place** has {plural(options.gate, 'question')} on the topic to try first, if you like."
        )
    if options.hide_openings and Stage.OPENING in stages:
        rules.append(
            "The openings of others are hidden until your own is in; all are shown when that stage ends."
        )
    if options.steelman:
        rules.append(
            "Before you answer an argument of the other side, you say in your own words what it claims, and its author "
            "says whether that is fair."
        )
    if options.quota:
        rules.append(f"Each person adds at most {plural(options.quota, 'argument')} in a stage.")
    return "**Rules here**\n" + "\n".join(f"- {each}" for each in rules) if rules else None


def course_line(debate: Debate) -> str:
    """Where a debate is and until when: ``Rebuttals (3 of 5), until in 5 minutes.``"""
    title = stage_title(debate, debate.course.position)
    if debate.state is DebateState.PAUSED:
        left = debate.course.remaining
        rest = "" if left is None else f" {duration(left)} are left of this stage."
        return f"**Paused.** {title}.{rest} {ELSEWHERE}"
    if debate.course.due_at is None:
        return f"Now: **{title}**, until the instructor goes on."
    return f"Now: **{title}**; it ends {soon(debate.course.due_at)}."


def until_when(debate: Debate) -> str:
    """The same without the name of the stage, for a message whose title it is."""
    if debate.state is DebateState.PAUSED:
        left = debate.course.remaining
        rest = "" if left is None else f" {duration(left)} are left of this stage."
        return f"**Paused.**{rest} {ELSEWHERE}"
    if debate.course.due_at is None:
        return "It lasts until the instructor goes on."
    return f"It ends {soon(debate.course.due_at)}."


def how_it_goes(debate: Debate) -> str:
    """The stages as a numbered list, with what people do in each; of further rounds, that they are the same."""
    timetable, told, lines = debate.course.timetable, set[Stage](), list[str]()
    for position, planned in enumerate(timetable):
        task = _task(debate, planned.stage) if planned.stage not in told else "the same, other people argue."
        told.add(planned.stage)
        lines.append(f"{position + 1}. {_name(timetable, position)}: {task}")
    return "**How it goes**\n" + "\n".join(lines)


def timetable_words(timetable: Timetable) -> str:
    """The stages with their lengths, a line each."""
    return "\n".join(
        f"{position + 1}. {_name(timetable, position)}: "
        + ("until you go on" if planned.length is None else duration(planned.length))
        for position, planned in enumerate(timetable)
    )


def _name(timetable: Timetable, position: int) -> str:
    stages = [planned.stage for planned in timetable]
    words = STAGE_WORDS[stages[position]]
    if stages[position] is Stage.FISHBOWL:
        return f"{words}, round {stages[: position + 1].count(Stage.FISHBOWL)}"
    return words


def thread_name(motion: str) -> str:
    """The name of a debate's thread."""
    return _name_of_thread("Debate", motion)


def caucus_name(motion: str, side: Side) -> str:
    """The name of a side's private thread."""
    return _name_of_thread(side.words, motion)


def _name_of_thread(what: str, motion: str) -> str:
    # Where a sentence ends with a mention of the thread, the full stop of the motion would be a second one.
    return shorten(f"{what}: {motion.rstrip('.')}", 100)
