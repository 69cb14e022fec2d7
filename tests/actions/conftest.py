from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.classroom import MIXED, Classroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    """A class with one bundled set of every kind."""
    room = Classroom(tmp_path / "class.db", MIXED)
    yield room
    room.close()
