"""Wakes at the earliest due moment in the database and runs what is due. After a downtime it catches up.

What fails is tried again, more and more rarely, and holds nothing else up.
"""

import logging
from datetime import datetime, timedelta

from bot.actions.schedule import Due, do_what_is_due, everything_due, next_due_moment
from bot.views.desk import Desk
from bot.watch import IDLE, Rest, Watch, rest_after_failure

log = logging.getLogger(__name__)

FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=10)

WHILE_SOMETHING_RESTS = timedelta(seconds=1)
"""What rests stays the earliest thing due, and hides the moment of the next one: it is looked for so often."""


class Scheduler:
    """Runs what is due. ``aim`` tells it when the next thing is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._aim: datetime | None = None
        self._rests: dict[Due, Rest] = {}
        self._watch = Watch("scheduler", self._do_what_is_due)

    def aim(self, due_at: datetime | None) -> None:
        """Wake at ``due_at``, earlier or later than before. Cheap when nothing has changed."""
        if due_at != self._aim:
            self._aim = due_at
            self._watch.wake()

    async def close(self) -> None:
        """Stop; what is due is done after the next start."""
        await self._watch.close()

    async def _do_what_is_due(self) -> timedelta:
        now = self._desk.now()
        everything = await self._desk.read(everything_due, at=now)
        self._rests = {due: rest for due, rest in self._rests.items() if due in everything}
        for due in everything:
            rest = self._rests.get(due)
            if rest is None or rest.is_over(now):
                await self._do(due, now)
        self._aim = await self._desk.read(next_due_moment)
        if self._rests:
            return WHILE_SOMETHING_RESTS
        return IDLE if self._aim is None else self._aim - self._desk.now()

    async def _do(self, due: Due, now: datetime) -> None:
        try:
            await self._desk.run(do_what_is_due, due=due, at=now)
        except Exception as error:
            earlier = self._rests.get(due)
            self._rests[due] = rest_after_failure(earlier, now, FIRST_REST, LONGEST_REST)
            log.error(
                "%s %s could not be moved: %r", due.subject, due.due_id, error, exc_info=earlier is None
            )
        else:
            self._rests.pop(due, None)
