"""Wakes at the earliest due moment in the database and runs what is due. After a downtime it catches up."""

import logging
from datetime import datetime, timedelta

from bot.actions.schedule import do_what_is_due, everything_due, next_due_moment
from bot.views.desk import Desk
from bot.watch import AFTER_FAILURE, IDLE, Watch

log = logging.getLogger(__name__)


class Scheduler:
    """Runs what is due. ``aim`` tells it when the next thing is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._aim: datetime | None = None
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
        failed = False
        for due in await self._desk.read(everything_due, at=now):
            try:
                await self._desk.run(do_what_is_due, due=due, at=now)
            except Exception:  # one thing that cannot move must not hold up the others
                log.exception("%s %s could not be moved", due.subject, due.due_id)
                failed = True
        self._aim = await self._desk.read(next_due_moment)
        if failed:
            return AFTER_FAILURE
        return IDLE if self._aim is None else self._aim - self._desk.now()
