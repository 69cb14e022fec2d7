"""What the lobby of a live quiz says of who has joined, of teams, speed and the public board. Pure."""

from bot.actions.quiz_reports import RunBoard
from bot.quiz.options import RunOptions
from bot.quiz.speed import MOST_POINTS
from bot.quiz.teams import TeamChoice, teams_of
from bot.views.layout import plural


def ranking_rule(options: RunOptions) -> str:
    """Whether people are ranked, and by what: the end of a sentence."""
    speed = "speed counts." if options.speed_points else "speed does not count."
    if options.board:
        return f"everybody sees a board of the best, and {speed}"
    return f"nobody is ranked, and {speed}"


def extra_rules(options: RunOptions) -> str | None:
    """A point for each option that changes what counts; None where there is none."""
    rules: list[str] = []
    if options.teams:
        how = (
            "choose yours below; who does not comes into the smallest"
            if options.team_choice is TeamChoice.CHOSEN
            else "you come into the smallest"
        )
        rules.append(
            f"- **{options.teams} teams:** {how}. A team's share of right answers counts, so size is no advantage."
        )
    if options.speed_points:
        rules.append(
            f"- **Speed:** a right answer earns up to {MOST_POINTS:,} points, half of them at the last second. "
            + ("The board goes by points a question." if options.board else "Only you see yours.")
        )
    if options.board:
        rules.append(
            "- **Board:** it names five at most, by alias. You can hide, or show your server name, at any time."
        )
    return "\n".join(rules) or None


def joined_words(board: RunBoard) -> str:
    """How many have joined, in which teams."""
    if not board.joined:
        return "Nobody has joined yet. Who answers a question takes part, too."
    who = f"{plural(board.joined, 'person has', 'people have')} joined."
    sizes = [f"{team.words} {board.teams.get(team, 0)}" for team in teams_of(board.run.options.teams)]
    return f"{who} {', '.join(sizes)}." if sizes else who
