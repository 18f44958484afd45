"""The turns of what recurs, as stored; when the next one is, is decided elsewhere."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, to_text
from domain.cadences import (
    OPEN_STATES,
    Cadence,
    CadenceKind,
    Occurrence,
    OccurrenceState,
)
from domain.partnerships import Partnership
from domain.recurrence import Turn

Row = Mapping[str, Any]

_OPEN: Final = ", ".join(f"'{state}'" for state in sorted(OPEN_STATES))


def add_turn(db: Database, cadence: Cadence, turn: Turn, known_from: datetime) -> Occurrence:
    """The stored turn, made if it was not there."""
    return ensure_turn(db, cadence, turn, known_from)[0]


def ensure_turn(
    db: Database, cadence: Cadence, turn: Turn, known_from: datetime
) -> tuple[Occurrence, bool]:
    """The stored turn, made if it was not there, and whether it was made."""
    new = Occurrence(
        team_id=cadence.team_id,
        id=new_id(),
        cadence_id=cadence.id,
        partnership_id=cadence.partnership_id,
        kind=cadence.kind,
        # To the minute, as it is stored.
        original=turn.original.replace(second=0, microsecond=0),
        starts_at=turn.starts_at,
        ends_at=turn.starts_at + cadence.plan.length,
        state="planned",
        known_from=known_from,
    )
    if _insert(db, new):
        return new, True
    known = by_original(db, cadence, turn.original)
    assert known is not None  # it stood in the way
    return known, False


def _insert(db: Database, new: Occurrence) -> bool:
    added = db.execute(
        """
        INSERT INTO occurrences (team_id, id, cadence_id, partnership_id, kind, original,
            starts_at, ends_at, state, known_from)
        VALUES (:team, :id, :cadence, :partnership, :kind, :original, :starts, :ends, :state,
            :known)
        ON CONFLICT (team_id, cadence_id, original) DO NOTHING
        """,
        {
            "team": new.team_id,
            "id": new.id,
            "cadence": new.cadence_id,
            "partnership": new.partnership_id,
            "kind": new.kind,
            "original": wall_text(new.original),
            "starts": to_text(new.starts_at),
            "ends": to_text(new.ends_at),
            "state": new.state,
            "known": to_text(new.known_from),
        },
    )
    return added.rowcount == 1


def occurrence(db: Database, team_id: str, occurrence_id: str) -> Occurrence | None:
    sql = "SELECT * FROM occurrences WHERE team_id = :team AND id = :id"
    return _first(db.query(sql, {"team": team_id, "id": occurrence_id}))


def some(db: Database, team_id: str, ids: Iterable[str]) -> list[Occurrence]:
    """Those of some turns that there are."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND id IN (SELECT value FROM json_each(:ids))
    """
    return [_occurrence(row) for row in db.query(sql, {"team": team_id, "ids": _listed(ids)})]


def last_originals(db: Database, partnership: Partnership) -> dict[str, datetime]:
    """Wall time by the rule of each cadence's latest turn, by the cadence's id."""
    sql = """
        SELECT c.id, (SELECT MAX(o.original) FROM occurrences o
            WHERE o.team_id = c.team_id AND o.cadence_id = c.id) AS original
        FROM cadences c WHERE c.team_id = :team AND c.partnership_id = :partnership
    """
    rows = db.query(sql, {"team": partnership.team_id, "partnership": partnership.id})
    return {
        row["id"]: datetime.fromisoformat(row["original"])
        for row in rows
        if row["original"] is not None
    }


def by_original(db: Database, cadence: Cadence, original: datetime) -> Occurrence | None:
    """The turn of a cadence by its key; None when it has no row yet."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence AND original = :original
    """
    values = {"team": cadence.team_id, "cadence": cadence.id, "original": wall_text(original)}
    return _first(db.query(sql, values))


def last_original(db: Database, cadence: Cadence) -> datetime | None:
    """Wall time by the rule of the latest turn that exists; None before the first."""
    sql = """
        SELECT MAX(original) AS original FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence
    """
    row = next(iter(db.query(sql, {"team": cadence.team_id, "cadence": cadence.id})))
    return None if row["original"] is None else datetime.fromisoformat(row["original"])


def open_turns(db: Database, cadence: Cadence) -> list[Occurrence]:
    """The turns of one cadence that are to come or under way, soonest first."""
    sql = f"""
        SELECT * FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence AND state IN ({_OPEN})
        ORDER BY starts_at
    """  # noqa: S608  # the states are constants
    values = {"team": cadence.team_id, "cadence": cadence.id}
    return [_occurrence(row) for row in db.query(sql, values)]


def cancelled_turns(db: Database, cadence: Cadence, now: datetime) -> list[Occurrence]:
    """The turns of one cadence that would start after ``now`` and were cancelled, soonest first."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence AND state = 'cancelled'
            AND starts_at > :now
        ORDER BY starts_at
    """
    values = {"team": cadence.team_id, "cadence": cadence.id, "now": to_text(now)}
    return [_occurrence(row) for row in db.query(sql, values)]


def coming(
    db: Database, partnership: Partnership, kind: CadenceKind, now: datetime
) -> list[Occurrence]:
    """Turns of a kind that start after ``now`` and are not called off, soonest first."""
    sql = f"""
        SELECT * FROM occurrences
        WHERE team_id = :team AND partnership_id = :partnership AND kind = :kind
            AND starts_at > :now AND state IN ({_OPEN})
        ORDER BY starts_at, id
    """  # noqa: S608  # the states are constants
    values = _keys(partnership, kind) | {"now": to_text(now)}
    return [_occurrence(row) for row in db.query(sql, values)]


def between(
    db: Database,
    partnership: Partnership,
    kind: CadenceKind,
    start: datetime,
    end: datetime,
) -> list[Occurrence]:
    """Turns of a kind, in any state, that start in [start, end), soonest first."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND partnership_id = :partnership AND kind = :kind
            AND starts_at >= :start AND starts_at < :end
        ORDER BY starts_at, id
    """
    values = _keys(partnership, kind) | {"start": to_text(start), "end": to_text(end)}
    return [_occurrence(row) for row in db.query(sql, values)]


def since(
    db: Database, partnership: Partnership, kind: CadenceKind, start: datetime
) -> list[Occurrence]:
    """Turns of a kind, in any state, that start at ``start`` or later, soonest first."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND partnership_id = :partnership AND kind = :kind
            AND starts_at >= :start
        ORDER BY starts_at, id
    """
    values = _keys(partnership, kind) | {"start": to_text(start)}
    return [_occurrence(row) for row in db.query(sql, values)]


def of_days(
    db: Database, partnership: Partnership, kind: CadenceKind, first_on: date, before_on: date
) -> list[Occurrence]:
    """Turns of a kind, in any state, whose day by their rule is in [first_on, before_on)."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND partnership_id = :partnership AND kind = :kind
            AND original >= :first AND original < :before
        ORDER BY original, id
    """
    days = {"first": first_on.isoformat(), "before": before_on.isoformat()}
    return [_occurrence(row) for row in db.query(sql, _keys(partnership, kind) | days)]


def before(db: Database, turn: Occurrence, most: int) -> list[Occurrence]:
    """The last turns of the same cadence before one that are over or left out, the newest first."""
    sql = """
        SELECT * FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence AND starts_at < :start
            AND state IN ('over', 'skipped', 'cancelled')
        ORDER BY starts_at DESC LIMIT :most
    """
    values = {
        "team": turn.team_id,
        "cadence": turn.cadence_id,
        "start": to_text(turn.starts_at),
        "most": most,
    }
    return [_occurrence(row) for row in db.query(sql, values)]


def set_state(db: Database, turn: Occurrence, state: OccurrenceState) -> bool:
    """Bring a turn into a state; False when it was in it already."""
    changed = db.execute(
        """
        UPDATE occurrences SET state = :state
        WHERE team_id = :team AND id = :id AND state <> :state
        """,
        {"team": turn.team_id, "id": turn.id, "state": state},
    )
    return changed.rowcount == 1


def move(
    db: Database,
    turn: Occurrence,
    starts_at: datetime,
    *,
    now: datetime,
    original: datetime | None = None,
) -> Occurrence:
    """Let a turn start at another moment and take as long as before; returns it as it is then.

    Args:
        original: Its new wall time by a rule that changed too; None: only this turn moves.
    """
    rows = db.query(
        """
        UPDATE occurrences
        SET starts_at = :starts, ends_at = :ends, original = :original, known_from = :now
        WHERE team_id = :team AND id = :id
        RETURNING *
        """,
        {
            "team": turn.team_id,
            "id": turn.id,
            "starts": to_text(starts_at),
            "ends": to_text(starts_at + turn.length),
            "original": wall_text(original or turn.original),
            "now": to_text(now),
        },
    )
    return _occurrence(next(iter(rows)))


# What is kept of a turn and goes with it.
_OF_TURNS: Final = (
    *("occurrence_moves", "topic_outcomes", "point_outcomes", "topic_nones"),
    *("checkin_reports", "checkin_promises"),
)


_UNTOLD_AFTER: Final = """
    WHERE team_id = :team AND cadence_id = :cadence AND original > :original
        AND state IN ('planned', 'skipped')
        AND NOT EXISTS (SELECT 1 FROM agenda_points p
            WHERE p.team_id = occurrences.team_id AND p.occurrence_id = occurrences.id)
        AND NOT EXISTS (SELECT 1 FROM written_turns w
            WHERE w.team_id = occurrences.team_id AND w.occurrence_id = occurrences.id)
"""


def forget_after(db: Database, cadence: Cadence, original: datetime) -> list[str]:
    """Take away turns after one of which nobody was told yet; returns their ids."""
    values = {"team": cadence.team_id, "cadence": cadence.id, "original": wall_text(original)}
    for table in _OF_TURNS:
        db.execute(
            f"""
            DELETE FROM {table} WHERE team_id = :team
                AND occurrence_id IN (SELECT id FROM occurrences {_UNTOLD_AFTER})
            """,  # noqa: S608  # tables and condition are constants
            values,
        )
    rows = db.query(f"DELETE FROM occurrences {_UNTOLD_AFTER} RETURNING id", values)  # noqa: S608
    return [str(row["id"]) for row in rows]


def wall_text(local: datetime) -> str:
    """Wall time to the minute; the text sorts as the times do."""
    return local.isoformat(timespec="minutes")


def _listed(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))


def _keys(partnership: Partnership, kind: CadenceKind) -> dict[str, object]:
    return {"team": partnership.team_id, "partnership": partnership.id, "kind": kind}


def _first(rows: Iterable[Row]) -> Occurrence | None:
    return next(map(_occurrence, rows), None)


def _occurrence(row: Row) -> Occurrence:
    return Occurrence(
        team_id=row["team_id"],
        id=row["id"],
        cadence_id=row["cadence_id"],
        partnership_id=row["partnership_id"],
        kind=row["kind"],
        original=datetime.fromisoformat(row["original"]),
        starts_at=from_text(row["starts_at"]),
        ends_at=from_text(row["ends_at"]),
        state=row["state"],
        known_from=from_text(row["known_from"]),
    )
