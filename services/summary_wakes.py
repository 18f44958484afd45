"""When what was told or previewed of a week is drawn again; the drawing itself is not here."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, summary, wakes
from data.summary import WeekTold
from domain.partnerships import Partnership

LIVE: Final = "summary_live"
# So long the lines of a told summary are kept true.
KEPT_TRUE_FOR: Final = timedelta(days=7)
# No draft of a week is shown earlier: it is told in the next one.
DRAFTED_WITHIN: Final = timedelta(days=7)


def touch(db: Database, partnership: Partnership, now: datetime) -> None:
    """Something changed that a summary or preview may show: have them drawn again, if any."""
    told = summary.newest_told(db, partnership)
    planned = summary.planned(db, partnership)
    is_shown = told is not None and is_kept_true(told, now)
    is_drafted = planned is not None and now > planned.due_at - DRAFTED_WITHIN
    if is_shown or is_drafted:
        wakes.set_wake(db, partnership.team_id, LIVE, partnership.id, partnership.id, now)


def is_kept_true(told: WeekTold, now: datetime) -> bool:
    return now - told.due_at < KEPT_TRUE_FOR
