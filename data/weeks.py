"""Which *This week* posts a partnership has had; what stands in them is not stored."""

from datetime import date, datetime

from sqlite_utils import Database

from data.moments import from_text, to_text
from data.remembering import remembered
from domain.partnerships import Partnership
from domain.values import value


@value
class Week:
    """One *This week* post.

    Attributes:
        week_on: The Monday, on the home side's calendar.
        key: Of the post in the outbox.
    """

    week_on: date
    key: str
    put_at: datetime


def week_key(partnership: Partnership, week_on: date) -> str:
    return f"week/{partnership.id}/{week_on.isoformat()}"


def add(db: Database, partnership: Partnership, week_on: date, now: datetime) -> bool:
    """Note that a week's post was put; True when it was not so before."""
    added = db.execute(
        """
        INSERT INTO weeks (team_id, partnership_id, week_on, outbox_key, put_at)
        VALUES (:team, :partnership, :week, :key, :now) ON CONFLICT DO NOTHING
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "week": week_on.isoformat(),
            "key": week_key(partnership, week_on),
            "now": to_text(now),
        },
    )
    return added.rowcount == 1


def newest(db: Database, partnership: Partnership) -> Week | None:
    """The last *This week* post that was put; None before the first."""
    return remembered(
        db, "weeks", (partnership.team_id, partnership.id), lambda: _newest(db, partnership)
    )


def _newest(db: Database, partnership: Partnership) -> Week | None:
    rows = db.query(
        """
        SELECT week_on, outbox_key, put_at FROM weeks
        WHERE team_id = :team AND partnership_id = :partnership
        ORDER BY week_on DESC LIMIT 1
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    found = list(rows)
    if not found:
        return None
    row = found[0]
    return Week(
        week_on=date.fromisoformat(row["week_on"]),
        key=row["outbox_key"],
        put_at=from_text(row["put_at"]),
    )
