"""The public messages of a class opinion: the invitation, the bars by statement, the map. Pure rendering."""

from collections.abc import Sequence

from bot.actions.opinion_reports import BarsBoard, InvitationBoard, MapBoard
from bot.debate.opinion import (
    Opinion,
    OpinionEnd,
    OpinionState,
    Statement,
    StatementResult,
    Vote,
    minutes_for,
)
from bot.debate.suppression import FEWEST_SHOWN
from bot.insight.bars import tally_bar
from bot.insight.charts.opinion_chart import letter_of
from bot.insight.charts.picture import Picture
from bot.insight.opinion_map import (
    FEWEST_PEOPLE,
    FEWEST_STATEMENTS,
    Group,
    NoMap,
    NoMapReason,
    OpinionMap,
)
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Layout,
    card,
    plural,
    shorten,
    soon,
)
from bot.views.opining import GiveOpinion

HOW_IT_GOES = f"""- You say to each statement, privately: agree, disagree or pass. Pass means that you are unsure \
or would rather not say. Nothing is graded.
- Stop whenever you like and go on later. Until it closes you can change any answer, or take all of yours out; \
then they stay in the totals.
- No answer is ever shown with a name, not even to instructors. Afterwards the class sees totals, and only where \
{FEWEST_SHOWN} people or more answered and not all alike."""

WITHHELD = "-# Not shown (too few answers, or all alike, which could give somebody away): "

NAMED_ROOM = 2_600
"""Characters for all statements that the map names."""
SHORTEST = 40

WHAT_A_GROUP_IS = (
    "-# A group is people who answered alike here, and nothing more. It is worked out for this message only: who "
    "belongs to which is kept nowhere."
)


def invitation(board: InvitationBoard) -> Layout:
    """The message that people start from; afterwards, where the result is."""
    opinion = board.opinion
    title = f"## Class opinion · {opinion.set_title}"
    if opinion.state is OpinionState.CLOSED:
        return card(title, f"{_end_words(opinion)} {_result_words(board)}", colour=QUIET_COLOUR)
    closing = (
        "Open until an instructor closes it."
        if opinion.closes_at is None
        else f"Closes {soon(opinion.closes_at)}."
    )
    people = plural(board.people, "person has", "people have") if board.people else "Nobody has"
    return card(
        title,
        f"Where does the class stand? There are **{plural(opinion.size, 'short statement')}**. Answering takes "
        f"{time_words(opinion.size)}.",
        HOW_IT_GOES,
        DIVIDER,
        f"{closing} {people} answered{'' if board.people else ' yet'}.",
        buttons=[[GiveOpinion(opinion.opinion_id)]],
        colour=DEBATE_COLOUR,
    )


def time_words(statements: int) -> str:
    """How long it takes to answer so many statements: ``"about 4 minutes"``."""
    return f"about {plural(minutes_for(statements), 'minute')}"


def bars(board: BarsBoard) -> Layout:
    """A page of the result: each statement with its totals."""
    first, last = board.results[0].statement.number, board.results[-1].statement.number
    which = f"Statement {first}" if first == last else f"Statements {first} to {last}"
    heading = f"### {which} of {board.opinion.size}"
    if board.page == 1:
        heading = f"## What the class thinks · {board.opinion.set_title}"
        if board.pages > 1:
            heading += f"\n{which} of {board.opinion.size}"
    people = f"{plural(board.people, 'person', 'people')} answered." if board.page == 1 else None
    if people is not None and any(result.counts is not None for result in board.results):
        people += " The bar is the share that agrees."
    return card(
        heading,
        people,
        "\n\n".join(bar for result in board.results if (bar := _bar(result))),
        _withheld(board.results),
        colour=RESULT_COLOUR,
    )


def opinion_map(board: MapBoard, drawn: Picture | None = None) -> Layout:
    """The map in words, with its picture where there is one; or why there is none."""
    heading = f"## Opinion map · {board.opinion.set_title}"
    match board.drawn:
        case NoMap():
            return card(heading, f"There is no map this time. {_why_not(board.drawn)}", colour=QUIET_COLOUR)
        case OpinionMap(groups=groups) as found:
            room = _room(found)
            return card(
                heading,
                _how_sure(found),
                drawn,
                *(
                    text
                    for place, group in enumerate(groups)
                    for text in _group(place, group, board.statements, room)
                ),
                DIVIDER,
                f"**What the groups share**\n{_shared(found, board.statements, room)}",
                DIVIDER,
                WHAT_A_GROUP_IS,
                colour=RESULT_COLOUR,
            )


def _end_words(opinion: Opinion) -> str:
    match opinion.end:
        case OpinionEnd.TIME_UP:
            return "The time is up."
        case OpinionEnd.CHANNEL_DELETED:
            return "The channel was deleted, so this is closed."
        case OpinionEnd.CLOSED_BY_HOST | None:
            return "This is closed."


def _result_words(board: InvitationBoard) -> str:
    if not board.people:
        return "Nobody answered, so there is no result."
    return f"{plural(board.people, 'person', 'people')} answered. The result is below."


def _bar(result: StatementResult) -> str | None:
    if result.counts is None:
        return None
    title = f"**{result.statement.number}.** {result.statement.text}"
    agree, disagree, passed = (result.counts[vote] for vote in (Vote.AGREE, Vote.DISAGREE, Vote.PASS))
    answered = agree + disagree + passed
    return f"{title}\nAgree: {tally_bar(agree, answered)}\n-# {disagree} disagree, {passed} pass"


def _withheld(results: Sequence[StatementResult]) -> str | None:
    numbers = [str(result.statement.number) for result in results if result.counts is None]
    return WITHHELD + ", ".join(numbers) + "." if numbers else None


def _why_not(found: NoMap) -> str:
    counted = plural(found.counted, "person", "people")
    match found.reason:
        case NoMapReason.FEW_STATEMENTS:
            return f"It takes {FEWEST_STATEMENTS} statements, and this class opinion has {found.statements}."
        case NoMapReason.FEW_PEOPLE:
            return (
                f"It takes {FEWEST_PEOPLE} people who answer {found.fewest_votes} statements or more; {counted} did. A "
                "map of fewer would show groups where there are none, and could give people away."
            )
        case NoMapReason.NO_GROUPS:
            return (
                f"The {counted} who answered enough do not fall into groups more clearly than shuffled answers do, so "
                "a map would show camps where there may be none."
            )
        case NoMapReason.SMALL_GROUPS:
            return (
                f"Beside one large group there are only groups of fewer than {FEWEST_SHOWN} people, which are not "
                "shown because that could give somebody away."
            )


def _how_sure(found: OpinionMap) -> str:
    as_good = "none" if found.as_good == 0 else str(found.as_good)
    left_out = (
        f" {plural(found.left_out, 'person', 'people')} in smaller groups {'is' if found.left_out == 1 else 'are'} not "
        "shown."
        if found.left_out
        else ""
    )
    return (
        f"{found.counted} people answered enough to be counted, and those who answered alike make {len(found.groups)} "
        f"groups.{left_out}\n-# Answers dealt anew at random fell into groups as clear as these in {as_good} of "
        f"{found.shuffles} tries, so this is more than chance."
    )


def _group(place: int, group: Group, statements: Sequence[Statement], room: int) -> list[str]:
    """What a group says, in texts of their own: in the line below a list one would belong to its last point."""
    name = f"**Group {letter_of(place)} of {group.size} people**"
    said = [
        f"{what} most on\n{_named(places, statements, room)}"
        for what, places in (("agrees", group.agrees), ("disagrees", group.disagrees))
        if places
    ]
    first, *others = said or ["stands out by no single statement."]
    return [f"{name} {first}", *(f"It {other}" for other in others)]


def _shared(found: OpinionMap, statements: Sequence[Statement], room: int) -> str:
    if not found.shared:
        return "There is no statement that every group tends to agree with."
    return f"Every group tends to agree with\n{_named(found.shared, statements, room)}"


def _named(places: Sequence[int], statements: Sequence[Statement], room: int) -> str:
    return "\n".join(f"- **{statements[at].number}.** {shorten(statements[at].text, room)}" for at in places)


def _room(found: OpinionMap) -> int:
    named = len(found.shared) + sum(len(each.agrees) + len(each.disagrees) for each in found.groups)
    return max(NAMED_ROOM // max(named, 1) - len("- **50.** \n"), SHORTEST)
