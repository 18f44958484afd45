"""The live posts of a partnership: under which keys they stand, and how a change reaches them."""

from datetime import datetime

from data import Database, wakes, weeks
from domain.partnerships import Partnership


def first_key(partnership: Partnership) -> str:
    """Key of the first post, in which the other company is asked."""
    return f"first/{partnership.id}"


def hub_key(partnership: Partnership) -> str:
    """Key of the pinned post with the buttons."""
    return f"hub/{partnership.id}"


def week_key(db: Database, partnership: Partnership) -> str | None:
    """Key of the newest *This week* post, under which replies stand; None before agreement."""
    week = weeks.newest(db, partnership)
    return None if week is None else week.key


def redraw_soon(db: Database, partnership: Partnership, now: datetime) -> None:
    """Have hub and *This week* drawn again, outside the transaction that changed something."""
    wakes.wake_by(db, partnership.team_id, "boards", partnership.id, partnership.id, now)
