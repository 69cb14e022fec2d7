"""What a run was opened with beside its questions. Stored with the run as JSON; nothing that equals its default is."""

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from bot.quiz.showing import Showing
from bot.quiz.teams import MOST_TEAMS, TeamChoice


class RunOptions(BaseModel):
    """The options of a run; everything is off by default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    certainty: bool = False
    """After an answer, learners are asked how sure they are."""
    showing: Showing = Showing()
    """When a learner who works alone is shown what."""

    teams: int = Field(default=0, ge=0, le=MOST_TEAMS)
    """How many teams there are; 0: none."""

    team_choice: TeamChoice = TeamChoice.BALANCED
    """How people come into teams."""

    speed_points: bool = False
    """Right answers earn points, more of them the quicker they come."""

    board: bool = False
    """At the end the best are shown to everybody, by alias unless they choose otherwise."""


NO_OPTIONS = RunOptions()


def options_to_text(options: RunOptions) -> str:
    """The form in which options are stored: a JSON object of what is not the default."""
    return options.model_dump_json(exclude_defaults=True)


@lru_cache(maxsize=1024)
def options_from_text(stored: str) -> RunOptions:
    """The options that :func:`options_to_text` wrote; ValueError (pydantic's) for anything else."""
    return RunOptions.model_validate_json(stored)
