"""Changes of settings, as stored: what is proposed, what holds, what was taken back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.changes import Change
from domain.partnerships import Partnership


def insert(db: Database, change: Change) -> None:
    db.execute(
        """
        INSERT INTO changes (team_id, id, partnership_id, side, state, old_values, new_values,
            made_by, made_at, settled_side, settled_at, outbox_key)
        VALUES (:team, :id, :partnership, :side, :state, :old, :new,
            :made_by, :made_at, :settled_side, :settled_at, :key)
        """,
        _standing(change)
        | {
            "partnership": change.partnership_id,
            "side": change.side,
            "new": _text(change.new),
            "made_by": change.made_by,
            "made_at": to_text(change.made_at),
        },
    )


def save(db: Database, change: Change) -> None:
    """Store how a change stands now."""
    db.execute(
        """
        UPDATE changes SET state = :state, old_values = :old, settled_side = :settled_side,
            settled_at = :settled_at, outbox_key = :key
        WHERE team_id = :team AND id = :id
        """,
        _standing(change),
    )


def get(db: Database, team_id: str, change_id: str) -> Change | None:
    sql = "SELECT * FROM changes WHERE team_id = :team AND id = :id"
    rows = db.query(sql, {"team": team_id, "id": change_id})
    return next((_change(row) for row in list(rows)), None)


def standing(db: Database, partnership: Partnership) -> list[Change]:
    """What is proposed or holds, oldest first; what holds can be days old."""
    rows = db.query(
        """
        SELECT * FROM changes
        WHERE team_id = :team AND partnership_id = :id AND state IN ('proposed', 'holds')
        ORDER BY made_at, id
        """,
        {"team": partnership.team_id, "id": partnership.id},
    )
    return [_change(row) for row in list(rows)]


def forget(db: Database, before: datetime, limit: int) -> int:
    """Delete what was settled before a moment; returns how many were. The journal keeps that."""
    deleted = db.execute(
        """
        DELETE FROM changes WHERE (team_id, id) IN (
            SELECT team_id, id FROM changes WHERE settled_at < :before LIMIT :limit
        )
        """,
        {"before": to_text(before), "limit": limit},
    )
    return deleted.rowcount


def _standing(change: Change) -> dict[str, object]:
    return {
        "team": change.team_id,
        "id": change.id,
        "state": change.state,
        "old": _text(change.old),
        "settled_side": change.settled_side,
        "settled_at": maybe_text(change.settled_at),
        "key": change.post_key,
    }


def _text(values: Mapping[Any, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        side=row["side"],
        state=row["state"],
        old=json.loads(row["old_values"]),
        new=json.loads(row["new_values"]),
        made_by=row["made_by"],
        made_at=from_text(row["made_at"]),
        settled_side=row["settled_side"],
        settled_at=maybe_from(row["settled_at"]),
        post_key=row["outbox_key"],
    )
