"""The buttons by which people take part in a live quiz, and by which they choose how its board shows them."""

from typing import ClassVar

import discord

from bot.actions.joining import Allowance, Joined, Participant, join_run, show_as
from bot.ids import RunId
from bot.quiz.aliases import Appearance
from bot.quiz.run import Run
from bot.quiz.teams import Team, TeamChoice, teams_of
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, duration, rows
from bot.views.press import ID, SLOT, Press
from bot.views.replies import reply
from bot.views.standing import shown_as

SHOWING_LABELS = {
    Appearance.ALIAS: "Show my alias",
    Appearance.NAME: "Show my server name",
    Appearance.HIDDEN: "Hide me",
}


class Join(Press, prefix="jn", parts=(ID,)):
    """Takes part in a live quiz; pressed again, it shows where one is."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Join"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _join(interaction, RunId(self.number(0)), None)


class JoinTeam(Press, prefix="jt", parts=(ID, SLOT)):
    """Takes part in a team, or changes to it."""

    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _join(interaction, RunId(self.number(0)), tuple(Team)[self.number(1) % len(Team)])


class ShowAs(Press, prefix="js", parts=(ID, "[a-z]+")):
    """Chooses how the public board shows one."""

    routine = True

    async def pressed(self, interaction: discord.Interaction) -> None:
        run_id, showing = RunId(self.number(0)), Appearance(self.parts[1])
        participant = await desk_of(interaction).run(
            show_as,
            guild_id=guild_of(interaction),
            run_id=run_id,
            user_id=user_of(interaction),
            showing=showing,
        )
        chosen = card(
            shown_as(participant), buttons=[showing_buttons(run_id, participant)], colour=QUIET_COLOUR
        )
        await reply(interaction, chosen)


def join_buttons(run: Run) -> list[list[Button]]:
    """The rows of buttons by which people join: one, or one a team while teams are chosen."""
    chosen = run.options.teams > 0 and run.options.team_choice is TeamChoice.CHOSEN
    if not chosen or run.position >= 0:
        return [[Join(run.run_id)]]
    teams = teams_of(run.options.teams)
    buttons: list[Button] = [
        JoinTeam(run.run_id, place, label=f"Join {team.words}") for place, team in enumerate(teams)
    ]
    return [list(row) for row in rows(buttons)]


def showing_buttons(run_id: RunId, participant: Participant) -> list[Button]:
    """The ways of being shown that are left."""
    return [
        ShowAs(run_id, showing.value, label=label)
        for showing, label in SHOWING_LABELS.items()
        if showing is not participant.showing
    ]


def join_reply(joined: Joined) -> Layout:
    """What somebody reads after pressing Join."""
    run, participant = joined.run, joined.participant
    return card(
        "You take part." if joined.new else "You take part already.",
        _counting(run, participant) if joined.new else None,
        _team_line(run, participant),
        None if joined.allowance is None else allowance_words(joined.allowance),
        shown_as(participant) if run.options.board else None,
        buttons=[showing_buttons(run.run_id, participant)] if run.options.board else [],
        colour=QUIET_COLOUR,
    )


def allowance_words(allowance: Allowance) -> str:
    """A person's own time beside the class's, told to them alone."""
    usual = duration(allowance.usual)
    if allowance.untimed:
        return (
            f"Your time: no limit (class: {usual}). The result waits for your answer, at most "
            f"{duration(allowance.own)}, unless the host closes the question."
        )
    return (
        f"Your time: {duration(allowance.own)} (class: {usual}). When the question says that time is up, yours goes "
        "on until then or until you have answered."
    )


def given_team(team: Team) -> str:
    """Tells somebody who made no choice which team they are in."""
    return f"You are in team **{team.words}**, the smallest so far."


def _counting(run: Run, participant: Participant) -> str | None:
    if run.position < 0:
        return "The quiz begins when the host presses **Start**."
    if participant.joined_position >= run.total:
        return "This was the last question, so nothing is left to answer."
    return f"For you it counts from question {participant.joined_position + 1} on; nothing before counts against you."


def _team_line(run: Run, participant: Participant) -> str | None:
    if participant.team is None:
        return None
    change = run.options.team_choice is TeamChoice.CHOSEN and run.position < 0
    return f"You are in team **{participant.team.words}**." + (
        " You can change it until the quiz begins." if change else ""
    )


async def _join(interaction: discord.Interaction, run_id: RunId, team: Team | None) -> None:
    _, at = stamp(interaction)
    joined = await desk_of(interaction).run(
        join_run,
        guild_id=guild_of(interaction),
        run_id=run_id,
        user_id=user_of(interaction),
        team=team,
        at=at,
    )
    await reply(interaction, join_reply(joined))
