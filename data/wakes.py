"""What is due when: one row for each thing that time will have to look at again."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, to_text
from domain.values import value


@value
class Wake:
    """A moment at which a planner looks at a thing.

    Attributes:
        kind: Names the planner.
        partnership_id: None for what belongs to no partnership.
        turn: New each time the wake is set, even for the same moment.
    """

    team_id: str
    kind: str
    subject_id: str
    partnership_id: str | None
    due_at: datetime
    turn: str = ""


_SET: Final = """
    INSERT INTO wakes (team_id, kind, subject_id, partnership_id, due_at, turn)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (team_id, kind, subject_id)
    DO UPDATE SET partnership_id = excluded.partnership_id, due_at = excluded.due_at,
        turn = excluded.turn
"""
_SET_IF_EARLIER: Final = f"{_SET} WHERE wakes.due_at > excluded.due_at"


def set_wake(  # noqa: PLR0913, PLR0917  # the columns of one short row
    db: Database,
    team_id: str,
    kind: str,
    subject_id: str,
    partnership_id: str | None,
    due_at: datetime,
) -> None:
    """Look at the thing at ``due_at``, whatever was set for it before."""
    db.execute(_SET, (team_id, kind, subject_id, partnership_id, to_text(due_at), new_id()))


def wake_by(  # noqa: PLR0913, PLR0917  # as set_wake
    db: Database,
    team_id: str,
    kind: str,
    subject_id: str,
    partnership_id: str | None,
    due_at: datetime,
) -> None:
    """Look at the thing at ``due_at`` at the latest; what is due earlier stays as it is.

    For planners that read in the transaction in which they clear their wake: while it is due,
    nothing is committed that they do not see.
    """
    values = (team_id, kind, subject_id, partnership_id, to_text(due_at), new_id())
    db.execute(_SET_IF_EARLIER, values)


def clear_wake(db: Database, team_id: str, kind: str, subject_id: str) -> None:
    """Time need not look at the thing any more."""
    db.execute(
        "DELETE FROM wakes WHERE team_id = ? AND kind = ? AND subject_id = ?",
        (team_id, kind, subject_id),
    )


def set_unless_due(db: Database, wake: Wake, now: datetime, looked_at: str) -> None:
    """Look at the wake's moment, whatever was set for it before; what is due by now stays due.

    Args:
        looked_at: The turn of the wake that is planned now: it is due no more.
    """
    about = (wake.team_id, wake.kind, wake.subject_id, wake.partnership_id)
    values = (*about, to_text(wake.due_at), new_id(), to_text(now), looked_at)
    db.execute(f"{_SET} WHERE wakes.due_at > ? OR wakes.turn = ?", values)


def done_with(db: Database, wake: Wake) -> None:
    """It was looked at; what was set anew meanwhile stays."""
    sql = """
        DELETE FROM wakes
        WHERE team_id = :team AND kind = :kind AND subject_id = :subject AND turn = :turn
    """
    values = {
        "team": wake.team_id,
        "kind": wake.kind,
        "subject": wake.subject_id,
        "turn": wake.turn,
    }
    db.execute(sql, values)


def put_off(db: Database, wake: Wake, due_at: datetime) -> bool:
    """Look later, unless the wake was set anew or cleared meanwhile."""
    sql = """
        UPDATE wakes SET due_at = :later
        WHERE team_id = :team AND kind = :kind AND subject_id = :subject AND turn = :turn
        RETURNING kind
    """
    values = {
        "team": wake.team_id,
        "kind": wake.kind,
        "subject": wake.subject_id,
        "turn": wake.turn,
        "later": to_text(due_at),
    }
    return bool(list(db.query(sql, values)))


def due(db: Database, now: datetime, limit: int) -> list[Wake]:
    """The wakes that are due, longest due first.

    Of one moment those of weeks come first: what is told at it belongs in the thread of the week
    that opens then.
    """
    sql = """
        SELECT team_id, kind, subject_id, partnership_id, due_at, turn FROM wakes
        WHERE due_at <= :now
        ORDER BY due_at, CASE kind WHEN 'week' THEN 0 ELSE 1 END, team_id, kind, subject_id
        LIMIT :limit
    """
    # There may be many of them, so that a mapping for each row would take too long.
    rows = db.execute(sql, {"now": to_text(now), "limit": limit}).fetchall()
    return [
        Wake(
            team_id=team_id,
            kind=kind,
            subject_id=subject_id,
            partnership_id=partnership_id,
            due_at=from_text(due_at),
            turn=turn,
        )
        for team_id, kind, subject_id, partnership_id, due_at, turn in rows
    ]


def standing(db: Database, among: Iterable[Wake]) -> list[Wake]:
    """Those of some wakes, in their order, that were neither set anew nor cleared since."""
    every = list(among)
    sql = """
        SELECT w.turn FROM json_each(:wakes) j CROSS JOIN wakes w
            ON w.team_id = json_extract(j.value, '$[0]')
            AND w.kind = json_extract(j.value, '$[1]')
            AND w.subject_id = json_extract(j.value, '$[2]')
            AND w.turn = json_extract(j.value, '$[3]')
    """
    listed = [(one.team_id, one.kind, one.subject_id, one.turn) for one in every]
    left = {row["turn"] for row in db.query(sql, {"wakes": json.dumps(listed)})}
    return [one for one in every if one.turn in left]


def due_among(
    db: Database, team_id: str, subjects: Iterable[tuple[str, str]], now: datetime
) -> list[Wake]:
    """The wakes of some things that are due, longest due first.

    Args:
        subjects: The kind of the wake and the id of the thing.
    """
    sql = """
        SELECT w.* FROM json_each(:subjects) j CROSS JOIN wakes w
            ON w.team_id = :team AND w.kind = json_extract(j.value, '$[0]')
            AND w.subject_id = json_extract(j.value, '$[1]')
        WHERE w.due_at <= :now ORDER BY w.due_at, w.kind, w.subject_id
    """
    values = {"team": team_id, "subjects": json.dumps(sorted(subjects)), "now": to_text(now)}
    return [_wake(row) for row in db.query(sql, values)]


def next_at(db: Database) -> datetime | None:
    """The earliest moment at which anything is due; it may be past."""
    row = next(iter(db.query("SELECT MIN(due_at) AS due_at FROM wakes")))
    return None if row["due_at"] is None else from_text(row["due_at"])


def wake_of(db: Database, team_id: str, kind: str, subject_id: str) -> Wake | None:
    sql = "SELECT * FROM wakes WHERE team_id = :team AND kind = :kind AND subject_id = :subject"
    values = {"team": team_id, "kind": kind, "subject": subject_id}
    return next((_wake(row) for row in db.query(sql, values)), None)


def _wake(row: Mapping[str, Any]) -> Wake:
    return Wake(
        team_id=row["team_id"],
        kind=row["kind"],
        subject_id=row["subject_id"],
        partnership_id=row["partnership_id"],
        due_at=from_text(row["due_at"]),
        turn=row["turn"],
    )
