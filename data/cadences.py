"""What recurs, as stored; its turns are read and written in ``data.turns``."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, maybe_from, to_text
from data.turns import (
    add_turn,
    before,
    between,
    by_original,
    cancelled_turns,
    coming,
    ensure_turn,
    forget_after,
    last_original,
    last_originals,
    move,
    occurrence,
    of_days,
    open_turns,
    set_state,
    since,
    some,
    wall_text,
)
from domain.cadences import (
    Cadence,
    CadenceKind,
    Plan,
)
from domain.partnerships import Partnership
from domain.rule_text import parse_rule, rule_text

Row = Mapping[str, Any]

# Whoever asks for what recurs finds its turns here, too.
__all__ = [
    "add_turn",
    "before",
    "between",
    "by_original",
    "cancelled_turns",
    "change",
    "coming",
    "end",
    "ensure_turn",
    "every",
    "forget_after",
    "get",
    "insert",
    "last_original",
    "last_originals",
    "move",
    "occurrence",
    "of_days",
    "of_partnership",
    "open_turns",
    "resume",
    "set_state",
    "since",
    "some",
    "wall_text",
]


def insert(  # noqa: PLR0913  # the columns that stand beside the plan
    db: Database,
    partnership: Partnership,
    plan: Plan,
    *,
    by: str | None,
    now: datetime,
    cadence_id: str | None = None,
) -> Cadence | None:
    """Store a new cadence without any turn.

    Args:
        by: None: it came with a template.
        cadence_id: Made beforehand, so that a form sent twice stores it once; None: any.

    Returns:
        None when it is stored already.
    """
    rows = db.query(
        """
        INSERT INTO cadences (team_id, id, partnership_id, kind, title, link, rule, local_start,
            zone, minutes, settings, state, created_by, created_at)
        VALUES (:team, :id, :partnership, :kind, :title, :link, :rule, :local_start,
            :zone, :minutes, :settings, 'active', :by, :now)
        ON CONFLICT (team_id, id) DO NOTHING
        RETURNING *
        """,
        {
            "team": partnership.team_id,
            "id": cadence_id or new_id(),
            "partnership": partnership.id,
            "kind": plan.kind,
            "by": by,
            "now": to_text(now),
        }
        | _columns(plan),
    )
    return next(map(_cadence, rows), None)


def change(db: Database, cadence: Cadence, plan: Plan) -> Cadence:
    """Give a cadence another plan, its next version; turns that exist stay as they are."""
    rows = db.query(
        """
        UPDATE cadences
        SET title = :title, link = :link, rule = :rule, local_start = :local_start, zone = :zone,
            minutes = :minutes, settings = :settings, version = version + 1
        WHERE team_id = :team AND id = :id
        RETURNING *
        """,
        {"team": cadence.team_id, "id": cadence.id} | _columns(plan),
    )
    return _cadence(next(iter(rows)))


def end(db: Database, cadence: Cadence) -> bool:
    """No further turns; False when it had ended already."""
    ended = db.execute(
        """
        UPDATE cadences SET state = 'ended'
        WHERE team_id = :team AND id = :id AND state = 'active'
        """,
        {"team": cadence.team_id, "id": cadence.id},
    )
    return ended.rowcount == 1


def resume(db: Database, cadence: Cadence) -> None:
    """Further turns again; turns that exist stay as they are."""
    db.execute(
        "UPDATE cadences SET state = 'active' WHERE team_id = :team AND id = :id",
        {"team": cadence.team_id, "id": cadence.id},
    )


def get(db: Database, team_id: str, cadence_id: str) -> Cadence | None:
    sql = "SELECT * FROM cadences WHERE team_id = :team AND id = :id"
    return next(map(_cadence, db.query(sql, {"team": team_id, "id": cadence_id})), None)


def every(db: Database, partnership: Partnership) -> dict[str, Cadence]:
    """All that recurs or recurred in a partnership, of any kind, by id."""
    sql = "SELECT * FROM cadences WHERE team_id = :team AND partnership_id = :partnership"
    rows = db.query(sql, {"team": partnership.team_id, "partnership": partnership.id})
    return {row["id"]: _cadence(row) for row in rows}


def of_partnership(
    db: Database, partnership: Partnership, kind: CadenceKind, *, only_asked: bool = False
) -> list[Cadence]:
    """The active cadences of a kind, oldest first.

    Args:
        only_asked: Those that wait for a side's word.
    """
    asked = "AND proposed_side IS NOT NULL AND agreed_at IS NULL" if only_asked else ""
    sql = f"""
        SELECT * FROM cadences
        WHERE team_id = :team AND partnership_id = :partnership AND kind = :kind
            AND state = 'active' {asked}
        ORDER BY created_at, id
    """  # noqa: S608  # the condition is a constant
    return [_cadence(row) for row in db.query(sql, _of_kind(partnership, kind))]


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "link": plan.link,
        "rule": rule_text(plan.rule),
        "local_start": wall_text(plan.local_start),
        "zone": plan.zone,
        "minutes": int(plan.length / timedelta(minutes=1)),
        "settings": json.dumps(dict(plan.settings), sort_keys=True),
    }


def _of_kind(partnership: Partnership, kind: CadenceKind) -> dict[str, object]:
    return {"team": partnership.team_id, "partnership": partnership.id, "kind": kind}


def _cadence(row: Row) -> Cadence:
    return Cadence(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        plan=Plan(
            kind=row["kind"],
            title=row["title"],
            rule=parse_rule(row["rule"]),
            local_start=datetime.fromisoformat(row["local_start"]),
            zone=row["zone"],
            length=timedelta(minutes=row["minutes"]),
            link=row["link"],
            settings=json.loads(row["settings"]),
        ),
        state=row["state"],
        created_by=row["created_by"],
        created_at=from_text(row["created_at"]),
        version=row["version"],
        proposed_side=row["proposed_side"],
        proposed_at=maybe_from(row["proposed_at"]),
        agreed_at=maybe_from(row["agreed_at"]),
        agreed_side=row["agreed_side"],
    )
