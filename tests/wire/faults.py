"""What can be made to go wrong with a request: statuses, waits and lost connections."""

import re
from dataclasses import dataclass, field
from fnmatch import translate

from tests.wire.shapes import Json


class Refusal(Exception):
    """Discord says no, in its own words: an HTTP status and a JSON error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.body: Json = {"code": code, "message": message}


def unknown(code: int, what: str) -> Refusal:
    return Refusal(404, code, f"Unknown {what}")


@dataclass(slots=True)
class Fault:
    """Goes wrong for the next `times` requests (None: for all) whose method and path match the patterns."""

    method: str
    path: str
    times: int | None = 1
    status: int | None = None
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    latency: float = 0.0
    drop: bool = False
    applied: bool = False
    """Whether the request takes effect before its answer is lost."""
    hits: int = 0
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pattern = re.compile(translate(self.path))

    def strikes(self, method: str, path: str) -> bool:
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method not in ("*", method) or not self._pattern.match(path):
            return False
        self.hits += 1
        return True


def rate_limited(
    method: str, path: str, *, retry_after: float, times: int = 1, globally: bool = False
) -> Fault:
    """A 429 as Discord itself sends it; without the Via header discord.py takes it for a ban and raises."""
    return Fault(
        method,
        path,
        times=times,
        status=429,
        body={"message": "You are being rate limited.", "retry_after": retry_after, "global": globally},
        headers={"Via": "1.1 google", "X-RateLimit-Scope": "global" if globally else "user"},
    )
