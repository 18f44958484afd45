"""The daily messages: which items stood in which, and under which key it was put."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """One person's message of one working day.

    Attributes:
        day_on: The day on which the shift starts, on the person's calendar.
        partnership_id: None for a direct message about all partnerships.
        items: Ids of the commitments that stood in it when it was put.
        hidden: Put aside by the person until the next shift.
    """

    team_id: str
    id: str
    person_id: str
    day_on: date
    partnership_id: str | None
    key: str
    items: tuple[str, ...]
    put_at: datetime
    hidden: bool = False


def message_key(person_id: str, day_on: date, partnership_id: str | None) -> str:
    whole = f"daily/{person_id}/{day_on.isoformat()}"
    return whole if partnership_id is None else f"{whole}/{partnership_id}"


def add(db: Database, daily: Daily) -> bool:
    """Note a message, once a person, day and partnership; False when there is one already."""
    added = db.execute(
        """
        INSERT INTO daily_messages (team_id, id, person_id, day_on, partnership_id, outbox_key,
            items, hidden, put_at)
        VALUES (:team, :id, :person, :day, :partnership, :key, :items, 0, :now)
        ON CONFLICT (team_id, person_id, day_on, partnership_id) DO NOTHING
        """,
        {
            "team": daily.team_id,
            "id": daily.id,
            "person": daily.person_id,
            "day": daily.day_on.isoformat(),
            "partnership": daily.partnership_id or "",
            "key": daily.key,
            "items": json.dumps(list(daily.items)),
            "now": to_text(daily.put_at),
        },
    )
    return added.rowcount == 1


def set_items(db: Database, daily: Daily, items: Sequence[str]) -> None:
    db.execute(
        "UPDATE daily_messages SET items = :items WHERE team_id = :team AND id = :id",
        {"team": daily.team_id, "id": daily.id, "items": json.dumps(list(items))},
    )


def hide(db: Database, daily: Daily) -> None:
    """The person wants to see nothing of it until the next shift."""
    db.execute(
        "UPDATE daily_messages SET hidden = 1 WHERE team_id = :team AND id = :id",
        {"team": daily.team_id, "id": daily.id},
    )


def get(db: Database, team_id: str, daily_id: str) -> Daily | None:
    sql = "SELECT * FROM daily_messages WHERE team_id = :team AND id = :id"
    return next((_daily(row) for row in db.query(sql, {"team": team_id, "id": daily_id})), None)


def of_day(db: Database, team_id: str, person_id: str, day_on: date) -> list[Daily]:
    """The messages of one person and day: one, or one for each partnership."""
    sql = """
        SELECT * FROM daily_messages
        WHERE team_id = :team AND person_id = :person AND day_on = :day ORDER BY partnership_id
    """
    values = {"team": team_id, "person": person_id, "day": day_on.isoformat()}
    return [_daily(row) for row in db.query(sql, values)]


def newest(db: Database, team_id: str, person_id: str) -> list[Daily]:
    """The messages of the last day that had any."""
    sql = """
        SELECT * FROM daily_messages
        WHERE team_id = :team AND person_id = :person AND day_on = (
            SELECT MAX(day_on) FROM daily_messages WHERE team_id = :team AND person_id = :person)
        ORDER BY partnership_id
    """
    return [_daily(row) for row in db.query(sql, {"team": team_id, "person": person_id})]


def _daily(row: Mapping[str, Any]) -> Daily:
    return Daily(
        team_id=row["team_id"],
        id=row["id"],
        person_id=row["person_id"],
        day_on=date.fromisoformat(row["day_on"]),
        partnership_id=row["partnership_id"] or None,
        key=row["outbox_key"],
        items=tuple(json.loads(row["items"])),
        put_at=from_text(row["put_at"]),
        hidden=bool(row["hidden"]),
    )
