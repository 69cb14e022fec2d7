"""Which file a rehearsal writes to. It never writes into a file that already holds something.

The simulated Discord knows none of the channels of an older file, so the bot would take every quiz in it for lost.
"""

import tempfile
from pathlib import Path


class FileTaken(Exception):
    """The file is there already; ``path`` names it, and the text says what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is there already, and a rehearsal never writes into a file that holds something: it could be "
            "your class. Name a new file with --database, or leave it out for one in a temporary folder."
        )
        self.path = path


def rehearsal_file(chosen: Path | None, name: str) -> Path:
    """The file to write: the chosen one, or ``name`` in a new temporary folder.

    Raises ``FileTaken`` if something is in it, and ``OSError`` if its folder cannot be made.
    """
    if chosen is None:
        return Path(tempfile.mkdtemp(prefix="seminar-")) / name
    if chosen.exists() and (chosen.is_dir() or chosen.stat().st_size > 0):
        raise FileTaken(chosen)
    chosen.parent.mkdir(parents=True, exist_ok=True)
    return chosen
