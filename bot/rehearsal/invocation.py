"""How a person at this terminal starts a program of this installation: bare, or with ``uv run`` in front."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def typed(command: str) -> str:
    """The command as it is to be typed here: ``uv run seminar play`` if this program was started in that way."""
    return f"{prefix(os.environ, Path(sys.prefix))}{command}"


def prefix(environment: Mapping[str, str], installation: Path) -> str:
    """``"uv run "`` where the programs are found in no other way, else nothing.

    uv tells the programs that it starts where it is (``UV``), a project's own environment lies beside its
    ``pyproject.toml``, and this environment is active only within ``uv run``. Somebody who started a program
    without uv can start the others without it, too.
    """
    started_by_uv = "UV" in environment
    return "uv run " if started_by_uv and (installation.parent / "pyproject.toml").is_file() else ""
