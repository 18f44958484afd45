"""The points of earlier turns and what became of them, as stored; the points of one: `checkins`."""

import json
from collections.abc import Sequence
from typing import Final

from sqlite_utils import Database

from data import cadences, checkins
from data.moments import from_text
from domain.agenda import TURNS_CARRIED, PastTurn
from domain.cadences import Occurrence
from domain.checkins import AgendaPoint
from domain.topics import Outcome

_POINTS: Final = """
    SELECT * FROM agenda_points WHERE team_id = :team
        AND (occurrence_id IN (SELECT value FROM json_each(:turns)) OR id IN (
            SELECT point_id FROM point_outcomes
            WHERE team_id = :team AND occurrence_id IN (SELECT value FROM json_each(:turns))))
    ORDER BY added_at, position
"""


def earlier_points(
    db: Database, turn: Occurrence
) -> tuple[list[tuple[str, AgendaPoint]], list[PastTurn]]:
    """The points of the last turns before one, each with its turn's id, and these turns.

    Returns:
        The points in the order in which they were added; the turns the newest first, none where
        there are no points.
    """
    turns = cadences.before(db, turn, TURNS_CARRIED)
    ids = json.dumps([one.id for one in turns])
    rows = list(db.query(_POINTS, {"team": turn.team_id, "turns": ids})) if turns else []
    points = [
        AgendaPoint(
            id=row["id"],
            side=row["side"],
            person_id=row["person_id"],
            words=row["words"],
            added_at=from_text(row["added_at"]),
        )
        for row in rows
    ]
    told = zip([str(row["occurrence_id"]) for row in rows], points, strict=True)
    return list(told), _past(db, turns) if rows else []


def _past(db: Database, turns: Sequence[Occurrence]) -> list[PastTurn]:
    return [
        PastTurn(
            turn=one,
            said=checkins.confirmations(db, one),
            outcomes=_outcomes(db, one),
        )
        for one in turns
    ]


def _outcomes(db: Database, turn: Occurrence) -> dict[str, Outcome]:
    sql = """
        SELECT point_id, outcome FROM point_outcomes
        WHERE team_id = :team AND occurrence_id = :turn
    """
    rows = db.query(sql, {"team": turn.team_id, "turn": turn.id})
    return {row["point_id"]: row["outcome"] for row in rows}
