"""What both sides learned, as stored; what they learned it from is not here."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, maybe_from, to_text
from domain.lessons import Lessons
from domain.partnerships import Partnership

_COLUMNS: Final = ("first", "second", "third")
# Ids are random: of two that were written at one moment the later row is the newer.
_HOLD: Final = """
    FROM lessons AS one WHERE team_id = :team AND undone_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM lessons AS later
        WHERE later.team_id = one.team_id AND later.survey_id = one.survey_id
            AND later.undone_at IS NULL
            AND (later.written_at, later.rowid) > (one.written_at, one.rowid)
    )
"""
_NEWEST: Final = "ORDER BY written_at DESC, rowid DESC LIMIT :most"


def insert(db: Database, lessons: Lessons) -> None:
    words = dict(zip_longest(_COLUMNS, lessons.words))
    db.execute(
        """
        INSERT INTO lessons (team_id, id, partnership_id, survey_id, written_by, side, written_at,
            undone_at, first, second, third)
        VALUES (:team, :id, :partnership, :survey, :by, :side, :at, NULL, :first, :second, :third)
        """,
        {
            "team": lessons.team_id,
            "id": lessons.id,
            "partnership": lessons.partnership_id,
            "survey": lessons.survey_id,
            "by": lessons.written_by,
            "side": lessons.side,
            "at": to_text(lessons.written_at),
            **words,
        },
    )


def get(db: Database, team_id: str, lessons_id: str) -> Lessons | None:
    sql = "SELECT * FROM lessons WHERE team_id = :team AND id = :id"
    return _first(db.query(sql, {"team": team_id, "id": lessons_id}))


def of_survey(db: Database, team_id: str, survey_id: str) -> Lessons | None:
    """Those that hold after one look back; None: none were written, or all were taken back."""
    sql = f"SELECT * {_HOLD} AND survey_id = :survey {_NEWEST}"  # constants
    return _first(db.query(sql, {"team": team_id, "survey": survey_id, "most": 1}))


def of_partnership(db: Database, partnership: Partnership, most: int) -> list[Lessons]:
    """Those that hold, newest first."""
    sql = f"SELECT * {_HOLD} AND partnership_id = :partnership {_NEWEST}"  # constants
    values = {"team": partnership.team_id, "partnership": partnership.id, "most": most}
    return [_lessons(row) for row in db.query(sql, values)]


def of_workspace(db: Database, team_id: str, most: int) -> list[Lessons]:
    """Those that hold in any partnership of a workspace, newest first."""
    sql = f"SELECT * {_HOLD} {_NEWEST}"  # constants
    return [_lessons(row) for row in db.query(sql, {"team": team_id, "most": most})]


def undo(db: Database, lessons: Lessons, now: datetime) -> None:
    sql = "UPDATE lessons SET undone_at = :now WHERE team_id = :team AND id = :id"
    db.execute(sql, {"team": lessons.team_id, "id": lessons.id, "now": to_text(now)})


def _first(rows: Iterable[Mapping[str, Any]]) -> Lessons | None:
    return next((_lessons(row) for row in rows), None)


def _lessons(row: Mapping[str, Any]) -> Lessons:
    return Lessons(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        survey_id=row["survey_id"],
        words=tuple(row[name] for name in _COLUMNS if row[name]),
        written_by=row["written_by"],
        side=row["side"],
        written_at=from_text(row["written_at"]),
        undone_at=maybe_from(row["undone_at"]),
    )
