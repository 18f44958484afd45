"""What came of check-ins, as stored: by side, with the promises that were made there."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from data.moments import to_text
from domain.cadences import Occurrence
from domain.checkin_reports import CameOfIt, Report
from domain.people import Side

Row = Mapping[str, Any]

_UNSAID: Final = "unsaid"


def save(
    db: Database, turn: Occurrence, side: Side, report: Report, by: tuple[str, datetime]
) -> bool:
    """Keep what a side tells of a turn; its last word counts.

    Args:
        by: The person and the moment.

    Returns:
        False when it had told the same.
    """
    person_id, now = by
    changed = db.execute(
        """
        INSERT INTO checkin_reports (team_id, occurrence_id, side, started_late_side, roles,
            notes_link, other_on, person_id, at)
        VALUES (:team, :turn, :side, :late, :roles, :notes, :other, :person, :now)
        ON CONFLICT (team_id, occurrence_id, side) DO UPDATE SET
            started_late_side = excluded.started_late_side, roles = excluded.roles,
            notes_link = excluded.notes_link, other_on = excluded.other_on,
            person_id = excluded.person_id, at = excluded.at
        WHERE checkin_reports.started_late_side <> excluded.started_late_side
            OR checkin_reports.roles <> excluded.roles
            OR COALESCE(checkin_reports.notes_link, '') <> COALESCE(excluded.notes_link, '')
            OR COALESCE(checkin_reports.other_on, '') <> COALESCE(excluded.other_on, '')
        """,
        _of(turn)
        | {
            "side": side,
            "late": report.late or _UNSAID,
            "roles": ",".join(report.roles),
            "notes": report.notes_link,
            "other": None if report.other_on is None else report.other_on.isoformat(),
            "person": person_id,
            "now": to_text(now),
        },
    )
    return changed.rowcount == 1


def add_promises(db: Database, turn: Occurrence, commitment_ids: Iterable[str]) -> None:
    """Note what was promised at a turn; what is noted already stays."""
    for commitment_id in commitment_ids:
        db.execute(
            """
            INSERT INTO checkin_promises (team_id, occurrence_id, commitment_id)
            VALUES (:team, :turn, :commitment)
            ON CONFLICT (team_id, occurrence_id, commitment_id) DO NOTHING
            """,
            _of(turn) | {"commitment": commitment_id},
        )


def came_of(db: Database, turn: Occurrence) -> CameOfIt:
    """What both sides told of a turn; promises that were declined or taken back do not count."""
    reports = "SELECT * FROM checkin_reports WHERE team_id = :team AND occurrence_id = :turn"
    promises = """
        SELECT COUNT(*) AS count
        FROM checkin_promises p
        JOIN commitments c ON c.team_id = p.team_id AND c.id = p.commitment_id
        WHERE p.team_id = :team AND p.occurrence_id = :turn
            AND c.state NOT IN ('declined', 'withdrawn')
    """
    return CameOfIt(
        by_side={row["side"]: _report(row) for row in db.query(reports, _of(turn))},
        promises=next(iter(db.query(promises, _of(turn))))["count"],
    )


def came_of_some(db: Database, team_id: str, turn_ids: Iterable[str]) -> dict[str, CameOfIt]:
    """As `came_of` for some turns, by the turn's id; where nothing was told it is not in it."""
    values = {"team": team_id, "turns": json.dumps(list(turn_ids))}
    reports = """
        SELECT * FROM checkin_reports
        WHERE team_id = :team AND occurrence_id IN (SELECT value FROM json_each(:turns))
    """
    promises = """
        SELECT p.occurrence_id, COUNT(*) AS count FROM checkin_promises p
        JOIN commitments c ON c.team_id = p.team_id AND c.id = p.commitment_id
        WHERE p.team_id = :team AND p.occurrence_id IN (SELECT value FROM json_each(:turns))
            AND c.state NOT IN ('declined', 'withdrawn')
        GROUP BY p.occurrence_id
    """
    by_side: dict[str, dict[Side, Report]] = {}
    for row in db.query(reports, values):
        by_side.setdefault(row["occurrence_id"], {})[row["side"]] = _report(row)
    counts = {row["occurrence_id"]: row["count"] for row in db.query(promises, values)}
    return {
        one: CameOfIt(by_side=by_side.get(one, {}), promises=counts.get(one, 0))
        for one in by_side.keys() | counts.keys()
    }


def promised(db: Database, turn: Occurrence) -> list[str]:
    """The titles of what was promised at a turn and still stands, the first date first."""
    sql = """
        SELECT c.title FROM checkin_promises p
        JOIN commitments c ON c.team_id = p.team_id AND c.id = p.commitment_id
        WHERE p.team_id = :team AND p.occurrence_id = :turn
            AND c.state NOT IN ('declined', 'withdrawn')
        ORDER BY c.due_at, c.id
    """
    return [str(row["title"]) for row in db.query(sql, _of(turn))]


def is_followed(db: Database, turn: Occurrence, now: datetime) -> bool:
    """Whether a later turn of the same check-in has begun."""
    sql = """
        SELECT 1 FROM occurrences
        WHERE team_id = :team AND cadence_id = :cadence AND id <> :turn
            AND starts_at > :start AND starts_at <= :now AND state IN ('started', 'over')
        LIMIT 1
    """
    values = {"cadence": turn.cadence_id, "start": to_text(turn.starts_at), "now": to_text(now)}
    return next(iter(db.query(sql, _of(turn) | values)), None) is not None


def forget(db: Database, turn: Occurrence) -> None:
    """The turn gets another time, so what was told of the old one no longer holds."""
    for table in ("checkin_reports", "checkin_promises"):
        sql = f"DELETE FROM {table} WHERE team_id = :team AND occurrence_id = :turn"  # noqa: S608
        db.execute(sql, _of(turn))


def _of(turn: Occurrence) -> dict[str, object]:
    return {"team": turn.team_id, "turn": turn.id}


def _report(row: Row) -> Report:
    return Report(
        late=None if row["started_late_side"] == _UNSAID else row["started_late_side"],
        roles=tuple(role for role in row["roles"].split(",") if role),
        notes_link=row["notes_link"],
        other_on=None if row["other_on"] is None else date.fromisoformat(row["other_on"]),
    )
