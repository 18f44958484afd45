"""What went wrong and is written down, so that it is not asked for again for ever."""

from datetime import datetime

from data import inbox, journal
from services.deps import Deps


def give_up_event(
    deps: Deps, team_id: str, *, event: tuple[str, str], reference: str | None, now: datetime
) -> None:
    """Note that an event could not be taken in after its last attempt.

    Args:
        event: Its id and its type.
        reference: Stands in the log beside the traceback; None for an error with its own name.
    """
    event_id, event_type = event
    with deps.store.writing(None) as db:
        if not inbox.accept(db, team_id, event_id, event_type, now):
            return
        journal.record(
            db,
            team_id,
            None,
            "gave_up",
            "event",
            event_id,
            by=None,
            side=None,
            now=now,
            details={"type": event_type, "reference": reference or ""},
        )
