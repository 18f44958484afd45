"""What calendars were given of a check-in, as stored: the versions, and what the newest tells."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from data import cadences
from data.cadences import wall_text
from data.moments import from_text, to_text
from domain.cadences import Cadence
from domain.invitations import Entry, Moved, Series, Single
from domain.partnerships import Partnership
from domain.rule_text import parse_rule, rule_text

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One version of an invitation. ``digest`` is of title and link."""

    sequence: int
    digest: str
    made_at: datetime


def newest(db: Database, cadence: Cadence) -> Made | None:
    """The newest version; None when nobody took one."""
    sql = """
        SELECT sequence, digest, made_at FROM invitations
        WHERE team_id = :team AND cadence_id = :cadence ORDER BY sequence DESC LIMIT 1
    """
    row = next(iter(db.query(sql, _keys(cadence))), None)
    if row is None:
        return None
    return Made(sequence=row["sequence"], digest=row["digest"], made_at=from_text(row["made_at"]))


def told(db: Database, cadence: Cadence) -> list[Entry]:
    """What the newest version tells, in its order."""
    sql = """
        SELECT entry FROM invitation_entries
        WHERE team_id = :team AND cadence_id = :cadence ORDER BY position
    """
    return [_read(json.loads(row["entry"])) for row in db.query(sql, _keys(cadence))]


def add(  # noqa: PLR0913  # who and when stand beside what is told
    db: Database,
    cadence: Cadence,
    entries: Sequence[Entry],
    sequence: int,
    *,
    by: str,
    now: datetime,
) -> None:
    """Store another version, which tells this instead of what the one before told."""
    db.execute(
        """
        INSERT INTO invitations (team_id, cadence_id, sequence, digest, made_by, made_at)
        VALUES (:team, :cadence, :sequence, :digest, :by, :now)
        """,
        _keys(cadence)
        | {"sequence": sequence, "digest": words_digest(cadence)}
        | {"by": by, "now": to_text(now)},
    )
    where = "WHERE team_id = :team AND cadence_id = :cadence"
    db.execute(f"DELETE FROM invitation_entries {where}", _keys(cadence))  # noqa: S608
    for position, entry in enumerate(entries):
        db.execute(
            """
            INSERT INTO invitation_entries (team_id, cadence_id, position, entry)
            VALUES (:team, :cadence, :position, :entry)
            """,
            _keys(cadence) | {"position": position, "entry": _text(_written(entry))},
        )


def words_digest(cadence: Cadence) -> str:
    """The same as long as a check-in has the same title and link."""
    return sha256(_text([cadence.title, cadence.plan.link]).encode()).hexdigest()


def taken(db: Database, partnership: Partnership) -> list[Cadence]:
    """The check-ins, also ended ones, of which somebody took an invitation."""
    sql = """
        SELECT c.id FROM cadences c
        WHERE c.team_id = :team AND c.partnership_id = :partnership AND c.kind = 'checkin'
            AND EXISTS (SELECT 1 FROM invitations i
                WHERE i.team_id = c.team_id AND i.cadence_id = c.id)
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    # Not by ORDER BY: for its sake SQLite would walk through all check-ins of all partnerships.
    ids = sorted(str(row["id"]) for row in db.query(sql, values))
    found = [cadences.get(db, partnership.team_id, one) for one in ids]
    return [cadence for cadence in found if cadence is not None]


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _written(entry: Entry) -> dict[str, Any]:
    common = {
        "uid": entry.uid,
        "zone": entry.zone,
        "minutes": int(entry.length / _MINUTE),
        "cancelled": entry.cancelled,
    }
    if isinstance(entry, Single):
        single = {"original": wall_text(entry.original), "starts": to_text(entry.starts_at)}
        return common | single
    return common | {
        "rule": rule_text(entry.rule),
        "start": wall_text(entry.start),
        "from": wall_text(entry.planned_from),
        "last": None if entry.last is None else wall_text(entry.last),
        "ended": entry.ended,
        "left_out": [wall_text(one) for one in entry.left_out],
        "moved": [
            [wall_text(one.original), to_text(one.starts_at), int(one.length / _MINUTE)]
            for one in entry.moved
        ],
    }


def _read(found: Mapping[str, Any]) -> Entry:
    wall = datetime.fromisoformat
    length = timedelta(minutes=found["minutes"])
    if "original" in found:
        return Single(
            uid=found["uid"],
            original=wall(found["original"]),
            starts_at=from_text(found["starts"]),
            zone=found["zone"],
            length=length,
            cancelled=found["cancelled"],
        )
    return Series(
        uid=found["uid"],
        rule=parse_rule(found["rule"]),
        start=wall(found["start"]),
        planned_from=wall(found["from"]),
        zone=found["zone"],
        length=length,
        last=None if found["last"] is None else wall(found["last"]),
        ended=found["ended"],
        left_out=tuple(wall(one) for one in found["left_out"]),
        moved=tuple(
            Moved(
                original=wall(original),
                starts_at=from_text(starts),
                length=timedelta(minutes=minutes),
            )
            for original, starts, minutes in found["moved"]
        ),
        cancelled=found["cancelled"],
    )


def _keys(cadence: Cadence) -> dict[str, object]:
    return {"team": cadence.team_id, "cadence": cadence.id}
