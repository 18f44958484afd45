"""What became of single turns: moved, skipped, cancelled, and with how much notice."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.cadences import Occurrence
from domain.proposals import TurnMove

Row = Mapping[str, Any]


def add(db: Database, team_id: str, move: TurnMove) -> None:
    db.execute(
        """
        INSERT INTO occurrence_moves (team_id, id, occurrence_id, side, person_id, what, from_at,
            to_at, reason_kept, notice_minutes, at)
        VALUES (:team, :id, :turn, :side, :person, :what, :from, :to, :reason, :notice, :at)
        """,
        {
            "team": team_id,
            "id": move.id,
            "turn": move.occurrence_id,
            "side": move.side,
            "person": move.person_id,
            "what": move.what,
            "from": to_text(move.from_at),
            "to": maybe_text(move.to_at),
            "reason": int(move.reason_kept),
            "notice": move.notice_minutes,
            "at": to_text(move.at),
        },
    )


def of_turn(db: Database, turn: Occurrence) -> list[TurnMove]:
    """What became of one turn, the first one first."""
    sql = """
        SELECT * FROM occurrence_moves WHERE team_id = :team AND occurrence_id = :turn
        ORDER BY at, id
    """
    return [_move(row) for row in db.query(sql, {"team": turn.team_id, "turn": turn.id})]


def of_turns(db: Database, team_id: str, turn_ids: Iterable[str]) -> dict[str, list[TurnMove]]:
    """As `of_turn` for some turns, by the turn's id; every turn is in it."""
    found: dict[str, list[TurnMove]] = {one: [] for one in turn_ids}
    sql = """
        SELECT * FROM occurrence_moves
        WHERE team_id = :team AND occurrence_id IN (SELECT value FROM json_each(:turns))
        ORDER BY at, id
    """
    for row in db.query(sql, {"team": team_id, "turns": json.dumps(list(found))}):
        found[row["occurrence_id"]].append(_move(row))
    return found


def _move(row: Row) -> TurnMove:
    return TurnMove(
        id=row["id"],
        occurrence_id=row["occurrence_id"],
        side=row["side"],
        person_id=row["person_id"],
        what=row["what"],
        from_at=from_text(row["from_at"]),
        to_at=maybe_from(row["to_at"]),
        reason_kept=bool(row["reason_kept"]),
        notice_minutes=row["notice_minutes"],
        at=from_text(row["at"]),
    )
