"""Weekly summaries as stored: which weeks were told, and their findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.findings import Finding
from domain.partnerships import Partnership

State = Literal["planned", "told", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTold:
    """A week that is or was to be told.

    Attributes:
        week_on: Its Monday, on the home side's calendar.
        due_at: When it was to be told, as planned.
    """

    week_on: date
    state: State
    due_at: datetime


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
    db: Database, partnership: Partnership, week_on: date, state: State, now: datetime
) -> bool:
    """The week was told or dropped; False when that had been settled."""
    changed = db.execute(
        """
        UPDATE summaries SET state = :state, settled_at = :now
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
            AND state = 'planned'
        """,
        _keys(partnership) | {"week": week_on.isoformat(), "state": state, "now": to_text(now)},
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


def summary_key(partnership: Partnership, week_on: date, person_id: str | None = None) -> str:
    """Key of the post that tells a week. ``person_id`` None: the one for the whole channel."""
    key = f"summary/{partnership.id}/{week_on.isoformat()}"
    return key if person_id is None else f"{key}/{person_id}"


def copies(db: Database, partnership: Partnership, beginning: str) -> list[str]:
    """Keys of the posts in the outbox that have this key or begin with it and a slash."""
    below = beginning.rstrip("/")
    # "0" is the character behind "/". The plain range is what the index finds; of it some is cut.
    sql = """
        SELECT key FROM outbox
        WHERE team_id = :team AND key >= :key AND key < :until AND (key = :key OR key > :from)
        ORDER BY key
    """
    values = {"team": partnership.team_id, "key": below, "from": f"{below}/", "until": f"{below}0"}
    return [str(row["key"]) for row in db.query(sql, values)]


def _week(row: Mapping[str, Any]) -> WeekTold:
    return WeekTold(
        week_on=date.fromisoformat(row["week_on"]),
        state=row["state"],
        due_at=from_text(row["due_at"]),
    )


def _keys(partnership: Partnership) -> dict[str, Any]:
    return {"team": partnership.team_id, "partnership": partnership.id}
