"""What sponsors are to be told, as stored, and whether the owner has read of it; no words."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.daily import Item
from domain.deliverables import Commitment
from domain.sponsors import Notice, State


def add(db: Database, notice: Notice) -> None:
    db.execute(
        """
        INSERT INTO sponsor_notices (team_id, commitment_id, number, partnership_id, due_at,
            owner_id, side, asked_by, asked_at, from_at, until_at, state, changed_at)
        VALUES (:team, :id, :number, :partnership, :due, :owner, :side, :by, :asked, :from, :until,
            :state, :changed)
        """,
        _keys(notice)
        | {
            "partnership": notice.partnership_id,
            "due": to_text(notice.due_at),
            "owner": notice.owner_id,
            "side": notice.side,
            "by": notice.asked_by,
            "asked": to_text(notice.asked_at),
            "from": to_text(notice.from_at),
            "until": to_text(notice.until_at),
            "state": notice.state,
            "changed": to_text(notice.changed_at),
        },
    )


def set_state(db: Database, notice: Notice, state: State, now: datetime) -> None:
    db.execute(
        """
        UPDATE sponsor_notices SET state = :state, changed_at = :now
        WHERE team_id = :team AND commitment_id = :id AND number = :number
        """,
        _keys(notice) | {"state": state, "now": to_text(now)},
    )


def put_off(
    db: Database, notice: Notice, from_at: datetime, until_at: datetime, now: datetime
) -> None:
    """Its owner is heard in another shift."""
    db.execute(
        """
        UPDATE sponsor_notices SET from_at = :from, until_at = :until, changed_at = :now
        WHERE team_id = :team AND commitment_id = :id AND number = :number
        """,
        _keys(notice) | {"from": to_text(from_at), "until": to_text(until_at), "now": to_text(now)},
    )


def newest(db: Database, one: Commitment) -> Notice | None:
    """The last that was asked about it, whatever date it had."""
    return every(db, one.team_id, [one.id]).get(one.id)


def every(db: Database, team_id: str, ids: Iterable[str]) -> dict[str, Notice]:
    """The last that was asked about each, by the id of what is owed."""
    sql = """
        SELECT n.* FROM json_each(:ids) j CROSS JOIN sponsor_notices n
            ON n.team_id = :team AND n.commitment_id = j.value
        ORDER BY n.number
    """
    rows = db.query(sql, {"team": team_id, "ids": json.dumps(list(ids))})
    return {row["commitment_id"]: _notice(row) for row in rows}


def read_at(db: Database, notice: Notice, owner_id: str, item: Item) -> datetime | None:
    """When the first message with an item came for the shift of the notice; None: none came.

    A message that stood already when it was asked was only changed in place, which calls nobody.
    """
    sql = """
        SELECT d.items, d.put_at FROM daily_messages d
        JOIN outbox o ON o.team_id = d.team_id AND o.key = d.outbox_key AND o.state = 'sent'
        WHERE d.team_id = :team AND d.person_id = :owner AND d.put_at >= :from
        ORDER BY d.put_at
    """
    values = {"team": notice.team_id, "owner": owner_id, "from": to_text(notice.read_from)}
    wanted = [item.kind, item.partnership_id, item.subject_id]
    found = (row["put_at"] for row in db.query(sql, values) if wanted in json.loads(row["items"]))
    return next((from_text(at) for at in found), None)


def _notice(row: Mapping[str, Any]) -> Notice:
    return Notice(
        team_id=row["team_id"],
        commitment_id=row["commitment_id"],
        number=row["number"],
        partnership_id=row["partnership_id"],
        due_at=from_text(row["due_at"]),
        owner_id=row["owner_id"],
        side=row["side"],
        asked_by=row["asked_by"],
        asked_at=from_text(row["asked_at"]),
        from_at=from_text(row["from_at"]),
        until_at=from_text(row["until_at"]),
        state=row["state"],
        changed_at=from_text(row["changed_at"]),
    )


def _keys(notice: Notice) -> dict[str, Any]:
    return {"team": notice.team_id, "id": notice.commitment_id, "number": notice.number}
