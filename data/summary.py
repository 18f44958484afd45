"""Weekly summaries as stored: which weeks were told, and their findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from data.moments import from_text, maybe_from, to_text
from domain.findings import Finding
from domain.partnerships import Partnership

State = Literal["planned", "told", "dropped"]
ToldTo = Literal["channel", "leads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTold:
    """A week that is or was to be told.

    Attributes:
        week_on: Its Monday, on the home side's calendar.
        due_at: When it was to be told, as planned.
        settled_at: When it was told or dropped; None while planned.
        told_to: None while it is not told, and for weeks told before this was kept.
    """

    week_on: date
    state: State
    due_at: datetime
    settled_at: datetime | None = None
    told_to: ToldTo | None = None


def plan(db: Database, partnership: Partnership, week_on: date, due_at: datetime) -> None:
    """A week is to be told; one that was told or dropped stays so."""
    db.execute(
        """
        INSERT INTO summaries (team_id, partnership_id, week_on, state, due_at)
        VALUES (:team, :partnership, :week, 'planned', :due)
        ON CONFLICT (team_id, partnership_id, week_on) DO UPDATE SET due_at = excluded.due_at
        WHERE summaries.state = 'planned'
        """,
        _keys(partnership) | {"week": week_on.isoformat(), "due": to_text(due_at)},
    )


def planned(db: Database, partnership: Partnership) -> WeekTold | None:
    """The week that is told next; None when summaries have not begun."""
    sql = """
        SELECT * FROM summaries
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'planned'
        ORDER BY week_on LIMIT 1
    """
    return next((_week(row) for row in db.query(sql, _keys(partnership))), None)


def of_week(db: Database, partnership: Partnership, week_on: date) -> WeekTold | None:
    sql = """
        SELECT * FROM summaries
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
    """
    values = _keys(partnership) | {"week": week_on.isoformat()}
    return next((_week(row) for row in db.query(sql, values)), None)


def newest_told(db: Database, partnership: Partnership) -> WeekTold | None:
    sql = """
        SELECT * FROM summaries
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'told'
        ORDER BY week_on DESC LIMIT 1
    """
    return next((_week(row) for row in db.query(sql, _keys(partnership))), None)


def settle(
    db: Database, partnership: Partnership, week_on: date, told_to: ToldTo | None, now: datetime
) -> bool:
    """The week was told, or dropped (told to nobody); False when that had been settled."""
    changed = db.execute(
        """
        UPDATE summaries SET state = :state, settled_at = :now, told_to = :told_to
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
            AND state = 'planned'
        """,
        _keys(partnership)
        | {
            "week": week_on.isoformat(),
            "state": "dropped" if told_to is None else "told",
            "told_to": told_to,
            "now": to_text(now),
        },
    )
    return changed.rowcount == 1


def keep_findings(
    db: Database, partnership: Partnership, week_on: date, every: Iterable[Finding]
) -> None:
    """Keep what was open when the week was told."""
    for one in every:
        db.execute(
            """
            INSERT INTO summary_findings (team_id, partnership_id, week_on, finding, kind, turn,
                since, severity)
            VALUES (:team, :partnership, :week, :finding, :kind, :turn, :since, :severity)
            ON CONFLICT DO NOTHING
            """,
            _keys(partnership)
            | {
                "week": week_on.isoformat(),
                "finding": one.key,
                "kind": one.kind,
                "turn": one.turn,
                "since": to_text(one.since),
                "severity": one.severity,
            },
        )


def kept_findings(db: Database, partnership: Partnership, week_on: date) -> frozenset[str]:
    """Keys of what was open when the week was told."""
    sql = """
        SELECT finding FROM summary_findings
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
    """
    rows = db.query(sql, _keys(partnership) | {"week": week_on.isoformat()})
    return frozenset(str(row["finding"]) for row in rows)


def declare_settled(
    db: Database, partnership: Partnership, finding: str, person_id: str, now: datetime
) -> bool:
    """A lead says that a finding is settled; False when it had been said."""
    added = db.execute(
        """
        INSERT INTO settled_findings (team_id, partnership_id, finding, person_id, settled_at)
        VALUES (:team, :partnership, :finding, :person, :now) ON CONFLICT DO NOTHING
        """,
        _keys(partnership) | {"finding": finding, "person": person_id, "now": to_text(now)},
    )
    return added.rowcount == 1


def declared_settled(db: Database, partnership: Partnership) -> frozenset[str]:
    sql = """
        SELECT finding FROM settled_findings
        WHERE team_id = :team AND partnership_id = :partnership
    """
    return frozenset(str(row["finding"]) for row in db.query(sql, _keys(partnership)))


def summary_key(partnership: Partnership, week_on: date) -> str:
    """Key of the post that tells the channel a week."""
    return f"summary/{partnership.id}/{week_on.isoformat()}"


def _week(row: Mapping[str, Any]) -> WeekTold:
    return WeekTold(
        week_on=date.fromisoformat(row["week_on"]),
        state=row["state"],
        due_at=from_text(row["due_at"]),
        settled_at=maybe_from(row["settled_at"]),
        told_to=row["told_to"],
    )


def _keys(partnership: Partnership) -> dict[str, Any]:
    return {"team": partnership.team_id, "partnership": partnership.id}
