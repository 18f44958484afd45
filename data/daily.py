"""The daily messages: what stands in which, and under which key it was put; no words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.daily import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """One person's message of one working day.

    Attributes:
        day_on: The day on which the shift starts, on the person's calendar.
        partnership_id: None for a direct message about all partnerships.
        items: What stands in it, in the order in which it came.
        hidden: Put aside by the person until the next shift.
    """

    team_id: str
    id: str
    person_id: str
    day_on: date
    partnership_id: str | None
    key: str
    items: tuple[Item, ...]
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
            "items": _items_text(daily.items),
            "now": to_text(daily.put_at),
        },
    )
    return added.rowcount == 1


def set_items(db: Database, daily: Daily, items: Sequence[Item]) -> None:
    db.execute(
        "UPDATE daily_messages SET items = :items WHERE team_id = :team AND id = :id",
        {"team": daily.team_id, "id": daily.id, "items": _items_text(items)},
    )


def hide(db: Database, daily: Daily) -> None:
    """The person wants to see nothing of it until the next shift."""
    db.execute(
        "UPDATE daily_messages SET hidden = 1 WHERE team_id = :team AND id = :id",
        {"team": daily.team_id, "id": daily.id},
    )


def show_again(db: Database, daily: Daily) -> None:
    """It is put aside no more."""
    db.execute(
        "UPDATE daily_messages SET hidden = 0 WHERE team_id = :team AND id = :id",
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
    """The last message in each place where the person was told anything."""
    sql = """
        SELECT * FROM daily_messages d
        WHERE d.team_id = :team AND d.person_id = :person AND d.day_on = (
            SELECT MAX(n.day_on) FROM daily_messages n
            WHERE n.team_id = :team AND n.person_id = :person
                AND n.partnership_id = d.partnership_id)
        ORDER BY d.partnership_id
    """
    return [_daily(row) for row in db.query(sql, {"team": team_id, "person": person_id})]


def told(
    db: Database, team_id: str, person_id: str, since: datetime, now: datetime
) -> frozenset[Item]:
    """What stands in the person's messages from a day on.

    What stands in a message that never leaves, or that is put aside, was not told.
    """
    sql = """
        SELECT d.items FROM daily_messages d
        LEFT JOIN outbox o ON o.team_id = d.team_id AND o.key = d.outbox_key
        WHERE d.team_id = :team AND d.person_id = :person AND d.day_on >= :day AND d.hidden = 0
            AND COALESCE(o.state, 'sent') NOT IN ('dropped', 'refused')
            AND NOT (COALESCE(o.state, 'sent') = 'queued' AND COALESCE(o.worth_until, '9') <= :now)
    """
    values = {
        "team": team_id,
        "person": person_id,
        "day": since.date().isoformat(),
        "now": to_text(now),
    }
    return frozenset(item for row in db.query(sql, values) for item in _items(row["items"]))


def by_key(db: Database, team_id: str, key: str) -> Daily | None:
    """The message that was put under a key of ``message_key``; None for any other key."""
    beginning, *parts = key.split("/")
    if beginning != "daily" or len(parts) < 2:
        return None
    found = of_day(db, team_id, parts[0], date.fromisoformat(parts[1]))
    return next((one for one in found if one.key == key), None)


def _items_text(items: Sequence[Item]) -> str:
    return json.dumps([[one.kind, one.partnership_id, one.subject_id] for one in items])


def _items(text: str) -> tuple[Item, ...]:
    return tuple(
        Item(kind=kind, partnership_id=partnership_id, subject_id=subject_id)
        for kind, partnership_id, subject_id in json.loads(text)
    )


def _daily(row: Mapping[str, Any]) -> Daily:
    return Daily(
        team_id=row["team_id"],
        id=row["id"],
        person_id=row["person_id"],
        day_on=date.fromisoformat(row["day_on"]),
        partnership_id=row["partnership_id"] or None,
        key=row["outbox_key"],
        items=_items(row["items"]),
        put_at=from_text(row["put_at"]),
        hidden=bool(row["hidden"]),
    )
