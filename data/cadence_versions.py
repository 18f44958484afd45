"""The rules that something recurred by, one after the other; the newest stands in `cadences`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from data.cadences import wall_text
from data.moments import from_text, to_text
from domain.cadences import Cadence
from domain.recurrence import Rule
from domain.rule_text import parse_rule, rule_text

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One rule and from which turn on it held; ``made_by`` None: it came with a template."""

    number: int
    from_original: datetime
    rule: Rule
    local_start: datetime
    zone: str
    length: timedelta
    made_by: str | None
    made_at: datetime


def add(
    db: Database, cadence: Cadence, from_original: datetime, *, by: str | None, now: datetime
) -> None:
    """Keep the rule that a cadence has now; the same version is kept once."""
    plan = cadence.plan
    db.execute(
        """
        INSERT INTO cadence_versions (team_id, cadence_id, number, from_original, rule,
            local_start, zone, minutes, made_by, made_at)
        VALUES (:team, :cadence, :number, :from, :rule, :start, :zone, :minutes, :by, :now)
        ON CONFLICT (team_id, cadence_id, number) DO NOTHING
        """,
        {
            "team": cadence.team_id,
            "cadence": cadence.id,
            "number": cadence.version,
            "from": wall_text(from_original),
            "rule": rule_text(plan.rule),
            "start": wall_text(plan.local_start),
            "zone": plan.zone,
            "minutes": int(plan.length / timedelta(minutes=1)),
            "by": by,
            "now": to_text(now),
        },
    )


def of(db: Database, cadence: Cadence) -> list[Version]:
    """Every rule of a cadence, the first one first."""
    sql = """
        SELECT * FROM cadence_versions WHERE team_id = :team AND cadence_id = :cadence
        ORDER BY number
    """
    values = {"team": cadence.team_id, "cadence": cadence.id}
    return [_version(row) for row in db.query(sql, values)]


def _version(row: Row) -> Version:
    return Version(
        number=row["number"],
        from_original=datetime.fromisoformat(row["from_original"]),
        rule=parse_rule(row["rule"]),
        local_start=datetime.fromisoformat(row["local_start"]),
        zone=row["zone"],
        length=timedelta(minutes=row["minutes"]),
        made_by=row["made_by"],
        made_at=from_text(row["made_at"]),
    )
