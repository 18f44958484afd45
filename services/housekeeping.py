"""What is forgotten in time: payloads of what was said, which events came, who wrote when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data import Database, changes, inbox, messages, outbox, wakes
from data.wakes import Wake
from services.deps import Deps

KIND: Final = "housekeeping"
KEPT: Final = timedelta(days=14)
# Who wrote when; a year and a little, so that the same week a year ago can be compared.
MESSAGES_KEPT: Final = timedelta(days=400)
EVERY: Final = timedelta(days=1)
# Rows a transaction, so that nobody who presses a button waits for it.
BATCH: Final = 200


def begin(db: Database, team_id: str, now: datetime) -> None:
    """Have an installation kept tidy from now on; harmless when it is already."""
    if wakes.wake_of(db, team_id, KIND, team_id) is None:
        wakes.set_wake(db, team_id, KIND, team_id, None, now + EVERY)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Forget what is old enough, and look again tomorrow."""
    before = now - KEPT
    _in_batches(deps, lambda db: outbox.empty_payloads(db, before, BATCH))
    _in_batches(deps, lambda db: inbox.forget(db, before, BATCH))
    _in_batches(deps, lambda db: changes.forget(db, before, BATCH))
    _in_batches(deps, lambda db: messages.forget(db, now - MESSAGES_KEPT, BATCH))
    with deps.store.writing(None, planning=True) as db:
        wakes.set_wake(db, wake.team_id, KIND, wake.subject_id, None, now + EVERY)


def _in_batches(deps: Deps, forget: Callable[[Database], int]) -> None:
    forgotten = BATCH
    while forgotten == BATCH:
        with deps.store.writing(None, planning=True) as db:
            forgotten = forget(db)
