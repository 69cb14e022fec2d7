"""Messages about an assignment: its preview, its announcement, a learner's own, how far everybody is.

Pure rendering; the buttons are given.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import fmean

from bot.actions.assigning import AssignmentPreview, Caution
from bot.actions.assignment_reminders import DueNews
from bot.actions.assignment_reports import AssignmentStatus, LearnerStanding, Standing
from bot.actions.attempts import Overview
from bot.quiz.assignment import Assignment, AssignmentState, Drawn, Phase
from bot.views.assignment_words import (
    attempts_words,
    limit_words,
    moment,
    showing_words,
    size_words,
)
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    Aside,
    Button,
    Layout,
    card,
    duration,
    plural,
    shorten,
    soon,
)

Rows = Iterable[Sequence[Button]]

PROMPTS_ROOM = 1_800
MOST_PROMPTS = 15

MOST_ATTEMPTS_LISTED = 15
"""So many attempts have a line and a button: three rows of buttons."""

CAUTION_WORDS = {
    Caution.FEWER_QUESTIONS: "There are no more such questions.",
    Caution.ANSWERS_BEFORE_DUE: "Right answers or explanations are seen before the due date, so they can be "
    "passed on to those who have not begun.",
    Caution.ANSWERS_BETWEEN_ATTEMPTS: "Right answers or explanations are seen before the next attempt.",
    Caution.ANSWERS_TELL_MARKS: "Right answers or explanations are seen before the marks, and so tell them.",
    Caution.LIMIT_NEVER_FITS: "The time limit is longer than the time from opening to the due date.",
}

STANDING_WORDS = {
    Standing.FINISHED: "finished",
    Standing.UNDER_WAY: "under way",
    Standing.NOT_BEGUN: "not begun",
}

PHASE_WORDS = {
    Phase.DRAFT: "a draft",
    Phase.WITHDRAWN: "withdrawn",
    Phase.SCHEDULED: "not open yet",
    Phase.OPEN: "open",
    Phase.CLOSED: "closed",
}

WITHDRAWN = "It does not open, and nobody gets to see it."

NOT_KNOWN = (
    "-# “Not begun” are people who came or answered something here in the last 60 days: I am not told who else is in "
    "this server. Only instructors see this."
)


def preview_card(preview: AssignmentPreview, clock: str, at: datetime, buttons: Rows) -> Layout:
    """A draft for its instructor, before anybody else sees it; ``clock`` is the time zone that dates count by."""
    assignment = preview.assignment
    opens = "Opens as soon as you press **Set it**" if assignment.opens_at <= at else None
    listed = preview.prompts[:MOST_PROMPTS]
    room = PROMPTS_ROOM // max(len(listed), 1)
    where = (
        "It is announced nowhere: people find it with `/quiz status`."
        if assignment.channel_id is None
        else f"It is announced in <#{assignment.channel_id}>."
    )
    reminder = "" if assignment.reminds else " There is no reminder."
    questions = "\n".join(
        f"{number}. {shorten(' '.join(prompt.split()), room)}"
        for number, prompt in enumerate(listed, start=1)
    )
    if len(preview.prompts) > len(listed):
        questions += f"\n… and {len(preview.prompts) - len(listed)} more."
    drawn = f"Each attempt draws {assignment.questions} of {plural(len(preview.prompts), 'question')}."
    return card(
        f"### Preview of your assignment · {assignment.set_title}",
        _terms(assignment, opens=opens),
        f"{where}{reminder}",
        f"-# Typed dates count by {clock} time (`/settings time_zone:`); here you see them by your own clock.",
        "\n".join(f"**Please note:** {CAUTION_WORDS[each]}" for each in preview.cautions),
        DIVIDER,
        questions if assignment.drawn is Drawn.SAME else drawn,
        DIVIDER,
        "Nobody but you has seen this yet. To change something, press **Discard** and give the command again.",
        buttons=buttons,
    )


def announcement(assignment: Assignment, phase: Phase, buttons: Rows) -> Layout:
    """The public message of an assignment."""
    title = f"## Assignment · {assignment.set_title}"
    if phase is Phase.CLOSED:
        return card(
            title,
            f"This assignment is over: it was due {moment(assignment.due_at)}.",
            buttons=buttons,
            colour=QUIET_COLOUR,
        )
    return card(
        title,
        _terms(assignment),
        "Press **Start** to see it privately; nothing begins before you say so. Each answer is kept at once, and you "
        "can leave and come back.",
        f"-# Set by <@{assignment.set_by}>",
        buttons=buttons,
    )


def overview_card(overview: Overview, buttons: Rows) -> Layout:
    """An assignment for one learner: what it asks, how it stands, and what comes next."""
    assignment = overview.assignment
    terms = _terms(assignment, overview) if overview.phase is Phase.OPEN else _past_terms(assignment)
    counted = None if overview.score is None else f"**Your result: {overview.score:.0%}**"
    return card(
        f"### Assignment · {assignment.set_title}",
        terms,
        DIVIDER,
        "\n".join(_attempt_lines(overview)),
        counted,
        _what_now(overview),
        "-# Only you can see this.",
        buttons=buttons,
    )


def own_list_card(overviews: Sequence[Overview], openers: Sequence[Button]) -> Layout:
    """The assignments of a server for one learner, with a button beside each."""
    if not overviews:
        return card("### Assignments", "There is no assignment here for you.", colour=QUIET_COLOUR)
    entries = [
        Aside(
            f"**{each.assignment.set_title}** · {_own_state(each)}\n-# "
            f"{size_words(each.assignment)} · due {moment(each.assignment.due_at)}",
            opener,
        )
        for each, opener in zip(overviews, openers, strict=True)
    ]
    return card("### Your assignments", *entries, "-# Only you can see this.")


def list_card(found: Sequence[tuple[Assignment, Phase]], openers: Sequence[Button], left_out: int) -> Layout:
    """The assignments of a server for its instructors, with a button beside each."""
    if not found:
        return card(
            "### Assignments", "Nothing is assigned here. `/quiz assign` sets something.", colour=QUIET_COLOUR
        )
    entries = [
        Aside(
            f"**{assignment.set_title}** · {PHASE_WORDS[phase]}\n-# "
            f"{size_words(assignment)} · due {moment(assignment.due_at)}",
            opener,
        )
        for (assignment, phase), opener in zip(found, openers, strict=True)
    ]
    older = f"-# {left_out} more: name one under `assignment`." if left_out else None
    return card("### Assignments", *entries, older, "-# Only you can see this.")


def set_words(assignment: Assignment, at: datetime) -> str:
    """What an instructor is told when an assignment is set."""
    where = "" if assignment.channel_id is None else f" in <#{assignment.channel_id}>"
    if assignment.phase(at) is Phase.SCHEDULED:
        when = f"It opens {moment(assignment.opens_at)}" + (
            f" and is announced then{where}." if where else "."
        )
    elif where:
        when = f"It is open now, and announced{where}."
    else:
        when = "It is open now: people find it with `/quiz status`."
    return f"**Your assignment is set.** {when} `/quiz status` shows you how far everybody is."


def due_card(detail: str, buttons: Rows) -> Layout:
    """A reminder, as a direct message."""
    news = DueNews.model_validate_json(detail)
    link = f"https://discord.com/channels/{news.link}"
    where = (
        f"Press **Start** below [its announcement]({link})."
        if news.announced
        else f"Open [your server]({link}) and type `/quiz status`."
    )
    words = f"**{news.title}** is due {moment(news.due_at)}. {where}"
    return card("### Assignment due soon", words, buttons=buttons)


def status_card(status: AssignmentStatus, page: int, pages: int, page_size: int, buttons: Rows) -> Layout:
    """How far everybody is with an assignment, a page of them."""
    assignment = status.assignment
    title = f"### Assignment · {assignment.set_title} · {PHASE_WORDS[status.phase]}"
    match status.phase:
        case Phase.WITHDRAWN:
            return card(title, WITHDRAWN, colour=QUIET_COLOUR)
        case Phase.SCHEDULED:
            return card(title, _terms(assignment), "Nobody sees it before it opens.", buttons=buttons)
        case _:
            pass
    finished = status.of(Standing.FINISHED)
    counts = " · ".join(f"{len(status.of(each))} {words}" for each, words in STANDING_WORDS.items())
    scores = [each.score for each in finished if each.score is not None]
    mean = f"\nMean result of those who have finished: {fmean(scores):.0%}" if scores else ""
    on_page = status.learners[page * page_size : (page + 1) * page_size]
    return card(
        title,
        f"**Due {moment(assignment.due_at)}**\n-# {_short_terms(assignment)}",
        f"**{counts}**{mean}",
        DIVIDER,
        "\n".join(_learner_line(each) for each in on_page) or "Nobody has begun yet.",
        f"-# Page {page + 1} of {pages}" if pages > 1 else None,
        DIVIDER,
        NOT_KNOWN,
        buttons=buttons,
    )


def closing_card(assignment: Assignment, phase: Phase, buttons: Rows) -> Layout:
    """Asks whether an assignment is to end now, or not to open at all."""
    words = (
        "It will not open, and nobody gets to see it."
        if phase is Phase.SCHEDULED
        else "Attempts under way end at once; all answers so far are kept and count. It cannot be opened again."
    )
    question = "Withdraw" if phase is Phase.SCHEDULED else "Close"
    return card(f"### {question} this assignment · {assignment.set_title}?", words, buttons=buttons)


def closed_card(assignment: Assignment, buttons: Rows) -> Layout:
    """What an instructor is told who has closed or withdrawn an assignment."""
    if assignment.state is AssignmentState.WITHDRAWN:
        return card(f"### Withdrawn · {assignment.set_title}", WITHDRAWN, colour=QUIET_COLOUR)
    return card(
        f"### Closed · {assignment.set_title}",
        "All answers so far are kept and count. People can see their results now.",
        buttons=buttons,
        colour=QUIET_COLOUR,
    )


def _terms(assignment: Assignment, overview: Overview | None = None, opens: str | None = None) -> str:
    own = assignment.time_limit if overview is None else overview.own_limit
    if opens is None and assignment.opened_at is None:
        opens = f"Opens {moment(assignment.opens_at)}"
    lines = [
        opens,
        f"**Due {moment(assignment.due_at)}**",
        size_words(assignment),
        attempts_words(assignment),
        limit_words(assignment.time_limit, own),
        showing_words(assignment.options.showing),
        "After each answer you may say how sure you are" if assignment.options.certainty else None,
    ]
    return "\n".join(line for line in lines if line)


def _past_terms(assignment: Assignment) -> str:
    counting = "" if assignment.attempts == 1 else f"\n{attempts_words(assignment)}"
    return f"It was due {moment(assignment.due_at)}.{counting}"


def _short_terms(assignment: Assignment) -> str:
    limit = limit_words(assignment.time_limit, assignment.time_limit)
    return f"{size_words(assignment)} · {attempts_words(assignment)} · {limit}"


def _attempt_lines(overview: Overview) -> list[str]:
    lines: list[str] = []
    if len(overview.attempts) > MOST_ATTEMPTS_LISTED:
        lines.append(f"The last {MOST_ATTEMPTS_LISTED} of {len(overview.attempts)} attempts:")
    for number, attempt in list(enumerate(overview.attempts, start=1))[-MOST_ATTEMPTS_LISTED:]:
        if attempt is overview.under_way:
            state = (
                f"under way, {attempt.answered} of {attempt.asked} answered; ends {soon(attempt.closes_at)}"
            )
        elif overview.shown.marks:
            state = f"{attempt.points:.3g} of {plural(attempt.counting, 'point')}"
        else:
            state = f"handed in, {attempt.answered} of {attempt.asked} answered"
        lines.append(f"Attempt {number}: {state}")
    return lines


def _what_now(overview: Overview) -> str | None:
    if overview.phase is Phase.CLOSED:
        return (
            "This assignment is over."
            if overview.attempts
            else "This assignment is over; you did not begin it."
        )
    if overview.under_way is not None:
        return None
    if not overview.may_begin:
        return "No attempt is left."
    if overview.own_limit is None:
        return None
    if overview.ends_at == overview.assignment.due_at:
        return f"The clock starts when you begin, and you have only until the due date, {soon(overview.ends_at)}."
    return f"The clock starts when you begin: you then have {duration(overview.own_limit)}."


def _own_state(overview: Overview) -> str:
    if overview.under_way is not None:
        return f"under way, {overview.under_way.answered} of {overview.under_way.asked} answered"
    if overview.score is not None:
        return f"your result: {overview.score:.0%}"
    if overview.attempts:
        return "handed in"
    return "over, not begun" if overview.phase is Phase.CLOSED else "not begun"


def _learner_line(learner: LearnerStanding) -> str:
    who = f"<@{learner.user_id}>"
    match learner.standing:
        case Standing.FINISHED:
            score = "" if learner.score is None else f" {learner.score:.0%}"
            again = f", another under way ({learner.answered} of {learner.asked})" if learner.asked else ""
            return f"{who} · finished:{score} ({plural(learner.attempts, 'attempt')}{again})"
        case Standing.UNDER_WAY:
            return f"{who} · under way: {learner.answered} of {learner.asked} answered"
        case Standing.NOT_BEGUN:
            return f"{who} · not begun"
