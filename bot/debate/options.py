"""What a debate was opened with beside its motion and its timetable. Stored as JSON; defaults are left out."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

MOST_GATE_ITEMS = 5
MOST_QUOTA = 20
LONGEST_SLOWMODE = 21_600


class SideMode(StrEnum):
    """How people come to a side."""

    BALANCED = "balanced"
    RANDOM = "random"
    CHOSEN = "chosen"
    OPPOSITE = "opposite"


class DebateOptions(BaseModel):
    """The options of a debate; everything is off, and sides are balanced, by default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sides: SideMode = SideMode.BALANCED
    """How people come to a side, in a format that has sides."""

    gate: int = Field(default=0, ge=0, le=MOST_GATE_ITEMS)
    """So many questions from the bank are tried before one is given a side; 0: none."""

    hide_openings: bool = False
    """Openings of others are shown once one's own is in, and to everybody at the end of that stage."""

    steelman: bool = False
    """Before one rebuts an argument one restates it, and its author says whether that is fair."""

    quota: int = Field(default=0, ge=0, le=MOST_QUOTA)
    """At most so many arguments a person and stage; 0: any number."""

    slowmode: int = Field(default=0, ge=0, le=LONGEST_SLOWMODE)
    """Seconds between two messages of one person in the thread, where the bot may set that."""

    caucus: bool = False
    """Each side gets a private thread, where the server allows it."""


NO_DEBATE_OPTIONS = DebateOptions()


def debate_options_to_text(options: DebateOptions) -> str:
    """The form in which options are stored: a JSON object of what is not the default."""
    return options.model_dump_json(exclude_defaults=True)


def debate_options_from_text(stored: str) -> DebateOptions:
    """The options that :func:`debate_options_to_text` wrote; ValueError (pydantic's) for anything else."""
    return DebateOptions.model_validate_json(stored)
