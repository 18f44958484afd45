"""A side's own words beside a line of what is open, as stored."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.notes import Note
from domain.partnerships import Partnership
from domain.people import Side

Notes = Mapping[str, Mapping[Side, str]]


def save(db: Database, partnership: Partnership, finding: str, note: Note, person_id: str) -> None:
    """Put a side's note beside a finding, in the place of its last one.

    Args:
        finding: Key of the finding.
    """
    values = _keys(partnership, finding, note.side) | {
        "words": note.words,
        "old": note.old_words,
        "person": person_id,
        "now": to_text(note.noted_at),
    }
    db.execute(
        """
        INSERT INTO finding_notes (team_id, partnership_id, finding, side, words, old_words,
            person_id, noted_at)
        VALUES (:team, :partnership, :finding, :side, :words, :old, :person, :now)
        ON CONFLICT (team_id, partnership_id, finding, side) DO UPDATE SET
            words = excluded.words, old_words = excluded.old_words,
            person_id = excluded.person_id, noted_at = excluded.noted_at
        """,
        values,
    )


def get(db: Database, partnership: Partnership, finding: str, side: Side) -> Note | None:
    """What a side noted last beside a finding; None: it never did."""
    rows = db.query(
        """
        SELECT words, old_words, noted_at FROM finding_notes
        WHERE team_id = :team AND partnership_id = :partnership AND finding = :finding
            AND side = :side
        """,
        _keys(partnership, finding, side),
    )
    row = next(iter(rows), None)
    if row is None:
        return None
    return Note(
        side=side,
        words=row["words"],
        old_words=row["old_words"],
        noted_at=from_text(row["noted_at"]),
    )


def every(db: Database, partnership: Partnership) -> Notes:
    """What each side adds, by the key of the finding."""
    sql = """
        SELECT finding, side, words FROM finding_notes
        WHERE team_id = :team AND partnership_id = :partnership AND words <> '' ORDER BY side
    """
    found: dict[str, dict[Side, str]] = {}
    for row in db.query(sql, {"team": partnership.team_id, "partnership": partnership.id}):
        found.setdefault(row["finding"], {})[row["side"]] = row["words"]
    return found


def _keys(partnership: Partnership, finding: str, side: Side) -> dict[str, Any]:
    return {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "finding": finding,
        "side": side,
    }
