"""What deliverables wait for, as stored."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.partnerships import Partnership
from domain.waits import EndedWhy, Wait


def insert(db: Database, team_id: str, one: Wait) -> None:
    db.execute(
        """
        INSERT INTO commitment_waits (team_id, id, commitment_id, on_id, words, due_at, since_at,
            until_at, ended_why, said_by)
        VALUES (:team, :id, :commitment, :on, :words, :due, :since, NULL, NULL, :by)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        {
            "team": team_id,
            "id": one.id,
            "commitment": one.commitment_id,
            "on": one.on_id,
            "words": one.words,
            "due": maybe_text(one.due_at),
            "since": to_text(one.since_at),
            "by": one.said_by,
        },
    )


def end(db: Database, team_id: str, wait_id: str, why: EndedWhy, now: datetime) -> None:
    db.execute(
        """
        UPDATE commitment_waits SET until_at = :now, ended_why = :why
        WHERE team_id = :team AND id = :id AND until_at IS NULL
        """,
        {"team": team_id, "id": wait_id, "why": why, "now": to_text(now)},
    )


def reopen(db: Database, team_id: str, wait_id: str) -> None:
    """What ended it was taken back."""
    db.execute(
        """
        UPDATE commitment_waits SET until_at = NULL, ended_why = NULL
        WHERE team_id = :team AND id = :id
        """,
        {"team": team_id, "id": wait_id},
    )


def set_due(db: Database, team_id: str, wait_id: str, due_at: datetime) -> None:
    """What it waits for is expected later, and not by choice of whoever owes that."""
    db.execute(
        "UPDATE commitment_waits SET due_at = :due WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": wait_id, "due": to_text(due_at)},
    )


def get(db: Database, team_id: str, wait_id: str) -> Wait | None:
    sql = "SELECT * FROM commitment_waits WHERE team_id = :team AND id = :id"
    return next(_read(db, sql, {"team": team_id, "id": wait_id}), None)


def of_commitment(db: Database, team_id: str, commitment_id: str) -> list[Wait]:
    """All that it waits or waited for, the longest first."""
    sql = """
        SELECT * FROM commitment_waits INDEXED BY waits_by_waiting
        WHERE team_id = :team AND commitment_id = :id
        ORDER BY since_at, id
    """
    return list(_read(db, sql, {"team": team_id, "id": commitment_id}))


def open_of(db: Database, team_id: str, ids: Iterable[str]) -> list[Wait]:
    """All that some deliverables wait for now, the longest first."""
    sql = """
        SELECT * FROM commitment_waits INDEXED BY waits_by_waiting
        WHERE team_id = :team AND commitment_id IN (SELECT value FROM json_each(:ids))
            AND until_at IS NULL
        ORDER BY since_at, id
    """
    return list(_read(db, sql, {"team": team_id, "ids": json.dumps(list(ids))}))


def waiting(db: Database, team_id: str, ids: Iterable[str]) -> frozenset[str]:
    """Which of some deliverables wait for something now."""
    return frozenset(wait.commitment_id for wait in open_of(db, team_id, ids))


def on(db: Database, team_id: str, input_id: str) -> list[Wait]:
    """What waits for a deliverable, the longest first."""
    sql = """
        SELECT * FROM commitment_waits INDEXED BY waits_by_input
        WHERE team_id = :team AND on_id = :id AND until_at IS NULL
        ORDER BY since_at, id
    """
    return list(_read(db, sql, {"team": team_id, "id": input_id}))


def ended_at(db: Database, team_id: str, input_id: str, at: datetime) -> list[Wait]:
    """What waited for a deliverable until a moment."""
    sql = """
        SELECT * FROM commitment_waits INDEXED BY waits_by_input
        WHERE team_id = :team AND on_id = :id AND until_at = :at
        ORDER BY since_at, id
    """
    return list(_read(db, sql, {"team": team_id, "id": input_id, "at": to_text(at)}))


def open_in(db: Database, partnership: Partnership) -> list[Wait]:
    """All that something open waits for in a partnership."""
    sql = """
        SELECT w.* FROM commitments c INDEXED BY commitments_open
        JOIN commitment_waits w INDEXED BY waits_by_waiting
            ON w.team_id = c.team_id AND w.commitment_id = c.id
        WHERE c.team_id = :team AND c.partnership_id = :partnership AND c.closed_at IS NULL
            AND w.until_at IS NULL
        ORDER BY w.since_at, w.id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return list(_read(db, sql, values))


def edges(every: Iterable[Wait]) -> dict[str, tuple[str, ...]]:
    """By what waits: what it waits for."""
    found: dict[str, tuple[str, ...]] = {}
    for one in every:
        if one.on_id is not None:
            found[one.commitment_id] = (*found.get(one.commitment_id, ()), one.on_id)
    return found


def _read(db: Database, sql: str, values: Mapping[str, Any]) -> Iterator[Wait]:
    return (_wait(row) for row in db.query(sql, dict(values)))


def _wait(row: Mapping[str, Any]) -> Wait:
    return Wait(
        id=row["id"],
        commitment_id=row["commitment_id"],
        on_id=row["on_id"],
        words=row["words"],
        due_at=maybe_from(row["due_at"]),
        since_at=from_text(row["since_at"]),
        until_at=maybe_from(row["until_at"]),
        ended_why=row["ended_why"],
        said_by=row["said_by"],
    )
