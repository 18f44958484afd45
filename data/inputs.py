"""What each side brings to a check-in, as stored, and what is owed for each turn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data import deliverables
from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.cadences import Occurrence
from domain.inputs import Brought, Input
from domain.partnerships import Partnership

Row = Mapping[str, Any]


def add(db: Database, partnership: Partnership, one: Input) -> bool:
    """Store a new input; False when it is stored already."""
    added = db.execute(
        """
        INSERT INTO inputs (team_id, id, cadence_id, partnership_id, side, words,
            working_days_before, owner_person_id, made_by, made_side, made_at, retired_at)
        VALUES (:team, :id, :cadence, :partnership, :side, :words, :days, :owner, :by, :by_side,
            :made, :retired)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        {
            "team": partnership.team_id,
            "id": one.id,
            "cadence": one.cadence_id,
            "partnership": partnership.id,
            "side": one.side,
            "words": one.words,
            "days": one.working_days_before,
            "owner": one.owner_id,
            "by": one.made_by,
            "by_side": one.made_side,
            "made": to_text(one.made_at),
            "retired": maybe_text(one.retired_at),
        },
    )
    return added.rowcount == 1


def get(db: Database, team_id: str, input_id: str) -> Input | None:
    sql = "SELECT * FROM inputs WHERE team_id = :team AND id = :id"
    return next(map(_input, db.query(sql, {"team": team_id, "id": input_id})), None)


def of_partnership(db: Database, partnership: Partnership) -> list[Input]:
    """What is brought to any check-in of a partnership, the first one first."""
    sql = """
        SELECT * FROM inputs
        WHERE team_id = :team AND partnership_id = :partnership AND retired_at IS NULL
        ORDER BY made_at, id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return [_input(row) for row in db.query(sql, values)]


def retire(db: Database, team_id: str, input_id: str, now: datetime | None) -> None:
    """It is not brought any more; None: it is again."""
    db.execute(
        "UPDATE inputs SET retired_at = :now WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": input_id, "now": maybe_text(now)},
    )


def hand_over_delivered(db: Database, team_id: str, old_id: str, new_id: str) -> None:
    """What was delivered for an input counts for the one that took its place."""
    db.execute(
        """
        UPDATE input_commitments SET input_id = :new
        WHERE team_id = :team AND input_id = :old AND commitment_id IN (
            SELECT c.id FROM commitments c
            WHERE c.team_id = input_commitments.team_id AND c.state = 'done')
        """,
        {"team": team_id, "old": old_id, "new": new_id},
    )


def link(db: Database, brought: Brought) -> None:
    """Note what is owed for a turn, and for which start."""
    db.execute(
        """
        INSERT INTO input_commitments (team_id, occurrence_id, input_id, commitment_id, turn_at)
        VALUES (:team, :turn, :input, :commitment, :at)
        ON CONFLICT (team_id, occurrence_id, input_id) DO UPDATE SET
            commitment_id = excluded.commitment_id, turn_at = excluded.turn_at
        """,
        _keys(brought) | {"commitment": brought.commitment.id, "at": to_text(brought.turn_at)},
    )


def unlink(db: Database, brought: Brought) -> None:
    db.execute(
        """
        DELETE FROM input_commitments
        WHERE team_id = :team AND occurrence_id = :turn AND input_id = :input
        """,
        _keys(brought),
    )


def of_turn(db: Database, turn: Occurrence) -> list[Brought]:
    """What is or was owed for one turn, the first input first."""
    sql = """
        SELECT i.*, l.occurrence_id, l.commitment_id, l.turn_at
        FROM input_commitments l JOIN inputs i ON i.team_id = l.team_id AND i.id = l.input_id
        WHERE l.team_id = :team AND l.occurrence_id = :turn
        ORDER BY i.made_at, i.id
    """
    return _brought(db, db.query(sql, {"team": turn.team_id, "turn": turn.id}), turn.team_id)


def owed_in(db: Database, partnership: Partnership) -> list[Brought]:
    """All that is open or taken back for turns of a partnership that are not over."""
    sql = """
        SELECT i.*, l.occurrence_id, l.commitment_id, l.turn_at
        FROM inputs i JOIN input_commitments l ON l.team_id = i.team_id AND l.input_id = i.id
        LEFT JOIN occurrences o ON o.team_id = l.team_id AND o.id = l.occurrence_id
        WHERE i.team_id = :team AND i.partnership_id = :partnership
            AND (o.state IS NULL OR o.state NOT IN ('over', 'started'))
        ORDER BY l.turn_at, i.id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return _brought(db, db.query(sql, values), partnership.team_id)


def was_taken_on(db: Database, team_id: str, input_id: str) -> bool:
    """Whether somebody took it on for any turn."""
    rows = db.query(
        """
        SELECT 1 AS found FROM input_commitments l
        JOIN commitments c ON c.team_id = l.team_id AND c.id = l.commitment_id
        WHERE l.team_id = :team AND l.input_id = :input AND c.state IN ('accepted', 'done')
        LIMIT 1
        """,
        {"team": team_id, "input": input_id},
    )
    return bool(list(rows))


def _brought(db: Database, rows: Any, team_id: str) -> list[Brought]:
    found = list(rows)
    owed = deliverables.every(db, team_id, [row["commitment_id"] for row in found])
    return [
        Brought(
            input=_input(row),
            turn_id=row["occurrence_id"],
            turn_at=from_text(row["turn_at"]),
            commitment=owed[row["commitment_id"]],
        )
        for row in found
    ]


def _input(row: Row) -> Input:
    return Input(
        id=row["id"],
        cadence_id=row["cadence_id"],
        side=row["side"],
        words=row["words"],
        working_days_before=row["working_days_before"],
        owner_id=row["owner_person_id"],
        made_by=row["made_by"],
        made_side=row["made_side"],
        made_at=from_text(row["made_at"]),
        retired_at=maybe_from(row["retired_at"]),
    )


def _keys(brought: Brought) -> dict[str, object]:
    return {
        "team": brought.commitment.team_id,
        "turn": brought.turn_id,
        "input": brought.input.id,
    }
