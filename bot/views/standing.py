"""How teams and people stand at the end of a live quiz, in words: for everybody, and for each person alone. Pure."""

from collections.abc import Sequence

from bot.actions.joining import Participant
from bot.actions.standings import OwnStanding, Ranking
from bot.ids import UserId
from bot.insight.proportion import FEWEST_FOR_CERTAINTY
from bot.insight.standing import FEWEST_IN_TEAM, FEWEST_RANKED, Place, Score, TeamScore
from bot.quiz.aliases import Appearance
from bot.quiz.run import Run
from bot.quiz.speed import MOST_POINTS
from bot.quiz.teams import Team
from bot.views.layout import plural

SOMEBODY = "somebody who stays unnamed"


def team_block(scores: Sequence[TeamScore[Team]]) -> str | None:
    """The teams of a run that has ended, the best first; None where there are none."""
    if not scores:
        return None
    withheld = [score.team.words for score in scores if not score.shown]
    lines = [
        f"{score.team.words}: {score.describe()} ({plural(score.members, 'person', 'people')})"
        for score in scores
        if score.shown
    ]
    if withheld:
        lines.append(
            f"-# Not shown: {', '.join(withheld)}. With under {FEWEST_IN_TEAM} people, or with answers that were "
            "all alike, a team's figure could tell how single people answered."
        )
    if len(withheld) < len(scores):
        few = any(score.answers < FEWEST_FOR_CERTAINTY for score in scores if score.shown)
        lines.append(
            "-# Only answers that were given count, so a larger team has no advantage."
            + (" With so few answers, a difference may be chance." if few else "")
        )
    return "\n".join(["**Teams**", *lines])


def ranking_block(ranking: Ranking | None) -> str | None:
    """The public board of persons; None in a run that was opened without."""
    if ranking is None:
        return None
    standing = ranking.standing
    if not standing.enough:
        return (
            f"**Board**\n-# No board this time: it takes at least {FEWEST_RANKED} people who were there for half of "
            "the questions."
        )
    named, crowd = standing.best()
    lines = [_place_line(place, score, ranking) for place in named for score in place.scores]
    if crowd is not None:
        lines.append(
            f"Place {crowd.number}: shared by {len(crowd.scores)} people, each {_achieved(crowd.scores[0])}"
        )
    if not lines:
        return "**Board**\n-# No board this time: nobody had a question right."
    return "\n".join(["**Board**", *lines])


def own_lines(run: Run, own: OwnStanding | None) -> str | None:
    """What a person alone is told beside their right answers: team, speed points, place, and how they are shown."""
    if own is None:
        return None
    lines: list[str] = []
    if own.participant.team is not None:
        lines.append(f"Your team: **{own.participant.team.words}**.")
    if own.points is not None:
        lines.append(f"Your speed points: **{own.points:,}** (up to {MOST_POINTS:,} for each right answer).")
    if run.options.board:
        lines += [_own_place(own), shown_as(own.participant)]
    return "\n".join(lines) or None


def shown_as(participant: Participant) -> str:
    """How the public board shows a person, told to them alone."""
    alias = participant.alias or "an alias"
    match participant.showing:
        case Appearance.ALIAS:
            return f"The board shows the best by an alias. Yours is **{alias}**; only you know that."
        case Appearance.NAME:
            return "If you are among the best, the board shows your name in this server."
        case Appearance.HIDDEN:
            return "The board never names you, not even by an alias."


def _own_place(own: OwnStanding) -> str:
    if own.place is None:
        return (
            "You have no place on the board: that takes an answer, and being there for half of the questions."
        )
    if own.placed < FEWEST_RANKED:
        return "There is no board this time, because too few took part."
    others = len(own.place.scores) - 1
    shared = f", shared with {plural(others, 'other')}" if others else ""
    return f"Your place: **{own.place.number} of {own.placed}**{shared}."


def _place_line(place: Place[UserId], score: Score[UserId], ranking: Ranking) -> str:
    # Not as a list: Discord numbers the lines of one by itself, and would part those who share a place.
    return f"Place {place.number}: {_named(score.person, ranking.people[score.person])}, {_achieved(score)}"


def _named(user_id: UserId, participant: Participant) -> str:
    match participant.showing:
        case Appearance.ALIAS:
            return f"**{participant.alias or SOMEBODY}**"
        case Appearance.NAME:
            return f"<@{user_id}>"
        case Appearance.HIDDEN:
            return SOMEBODY


def _achieved(score: Score[UserId]) -> str:
    if score.mean_points is not None:
        return f"{score.mean_points:,} points a question"
    return f"{score.right} of {score.asked} right"
