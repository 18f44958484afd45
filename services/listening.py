"""When the bot was listening to Slack: noted while it runs, so that holes are known afterwards."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from data import listening, workspaces
from data.ids import new_id
from domain.store_errors import StoreError
from services import recovery
from services.deps import Deps

NOTED_EVERY: Final = timedelta(minutes=1)
# A machine that slept heard nothing, although the program never stopped.
SLEPT_AFTER: Final = timedelta(minutes=3)
# Less is the work of a service that keeps the clock right.
SET_BACK_BY: Final = timedelta(seconds=5)


def _always() -> bool:
    return True


class Ear:
    """Notes that this run is listening.

    Args:
        hears: Whether events can reach us now.
        slept_after: A longer silence between two notes is a hole; None where the clock is moved
            by hand, so that a jump says nothing about this machine.
    """

    def __init__(
        self,
        deps: Deps,
        *,
        hears: Callable[[], bool] = _always,
        slept_after: timedelta | None = SLEPT_AFTER,
    ) -> None:
        self._deps = deps
        self._hears = hears
        self._slept_after = slept_after
        self._instance = new_id()
        self._noted_at: datetime | None = None

    def keep(self, now: datetime) -> None:
        """Note it, once a minute at most."""
        if not self._hears():
            self._noted_at = None
            return
        begins = self._noted_at is None or self._is_broken(now - self._noted_at)
        if begins:
            self._instance = new_id()
        elif self._noted_at is not None and now - self._noted_at < NOTED_EVERY:
            return
        self._note(now, begins=begins)

    def end(self, now: datetime) -> None:
        """The last moment of this run; where it cannot be noted, the last note holds."""
        if self._noted_at is not None and not self._is_broken(now - self._noted_at):
            with suppress(StoreError):
                self._note(now)

    def _is_broken(self, silence: timedelta) -> bool:
        """Whether the machine slept, or its clock was set back."""
        slept = self._slept_after is not None and silence > self._slept_after
        return slept or silence < -SET_BACK_BY

    def _note(self, now: datetime, *, begins: bool = False) -> None:
        known = workspaces.every(self._deps.store.reading())
        if not known:
            return
        with self._deps.store.writing(None, planning=True) as db:
            for workspace in known:
                if begins:
                    listening.forget_after(db, workspace.team_id, now)
                listening.listen(db, workspace.team_id, self._instance, now)
                if begins:
                    recovery.begin(db, workspace.team_id, now)
        self._noted_at = now
