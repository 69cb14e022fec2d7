"""What a run was opened with beside its questions. Stored with the run as JSON; nothing that equals its default is."""

from pydantic import BaseModel, ConfigDict

from bot.quiz.showing import Showing


class RunOptions(BaseModel):
    """The options of a run; everything is off by default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    certainty: bool = False
    """After an answer, learners are asked how sure they are."""
    showing: Showing = Showing()
    """When a learner who works alone is shown what."""


NO_OPTIONS = RunOptions()


def options_to_text(options: RunOptions) -> str:
    """The form in which options are stored: a JSON object of what is not the default."""
    return options.model_dump_json(exclude_defaults=True)


def options_from_text(stored: str) -> RunOptions:
    """The options that :func:`options_to_text` wrote; ValueError (pydantic's) for anything else."""
    return RunOptions.model_validate_json(stored)
