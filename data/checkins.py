"""What people said about a check-in's turn, and which posts tell of it; turns are in `cadences`."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.cadences import Occurrence
from domain.checkins import AgendaPoint, Confirmation
from domain.people import Side

Row = Mapping[str, Any]

POST_KINDS: Final = ("agenda", "reminder", "start", "after", "after-client", "after-vendor")


def add_point(db: Database, turn: Occurrence, point: AgendaPoint) -> bool:
    """Put a point on the agenda, behind the others; False when it stands there already."""
    added = db.execute(
        """
        INSERT INTO agenda_points (team_id, id, occurrence_id, position, person_id, side, words,
            added_at)
        VALUES (:team, :id, :turn,
            (SELECT COALESCE(MAX(position), 0) + 1 FROM agenda_points
                WHERE team_id = :team AND occurrence_id = :turn),
            :person, :side, :words, :now)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        {
            "team": turn.team_id,
            "id": point.id,
            "turn": turn.id,
            "person": point.person_id,
            "side": point.side,
            "words": point.words,
            "now": to_text(point.added_at),
        },
    )
    return added.rowcount == 1


def points(db: Database, turn: Occurrence) -> list[AgendaPoint]:
    """The agenda of a turn, in the order in which points were added."""
    sql = """
        SELECT * FROM agenda_points WHERE team_id = :team AND occurrence_id = :turn
        ORDER BY position
    """
    return [_point(row) for row in db.query(sql, _keys(turn))]


def points_of(db: Database, team_id: str, turn_ids: Iterable[str]) -> dict[str, list[AgendaPoint]]:
    """The agendas of some turns, by the turn's id; a turn without points is not in it."""
    sql = """
        SELECT * FROM agenda_points
        WHERE team_id = :team AND occurrence_id IN (SELECT value FROM json_each(:turns))
        ORDER BY position
    """
    found: dict[str, list[AgendaPoint]] = {}
    for row in db.query(sql, {"team": team_id, "turns": json.dumps(list(turn_ids))}):
        found.setdefault(row["occurrence_id"], []).append(_point(row))
    return found


def confirm(db: Database, turn: Occurrence, confirmation: Confirmation, person_id: str) -> bool:
    """Note what a side says about a turn; False when it had said the same."""
    changed = db.execute(
        """
        INSERT INTO confirmations (team_id, occurrence_id, side, said, person_id, said_at)
        VALUES (:team, :turn, :side, :said, :person, :now)
        ON CONFLICT (team_id, occurrence_id, side) DO UPDATE SET
            said = excluded.said, person_id = excluded.person_id, said_at = excluded.said_at
        WHERE confirmations.said <> excluded.said
        """,
        _keys(turn)
        | {
            "side": confirmation.side,
            "said": confirmation.said,
            "person": person_id,
            "now": to_text(confirmation.said_at),
        },
    )
    return changed.rowcount == 1


def confirmations(db: Database, turn: Occurrence) -> dict[Side, Confirmation]:
    """What each side said about a turn; a side that said nothing is not in it."""
    sql = "SELECT * FROM confirmations WHERE team_id = :team AND occurrence_id = :turn"
    found = [_confirmation(row) for row in db.query(sql, _keys(turn))]
    return {one.side: one for one in found}


def confirmations_of(
    db: Database, team_id: str, turn_ids: Iterable[str]
) -> dict[str, dict[Side, Confirmation]]:
    """As `confirmations` for some turns, by the turn's id; where nobody spoke it is not in it."""
    sql = """
        SELECT * FROM confirmations
        WHERE team_id = :team AND occurrence_id IN (SELECT value FROM json_each(:turns))
    """
    found: dict[str, dict[Side, Confirmation]] = {}
    for row in db.query(sql, {"team": team_id, "turns": json.dumps(list(turn_ids))}):
        found.setdefault(row["occurrence_id"], {})[row["side"]] = _confirmation(row)
    return found


def forget_confirmations(db: Database, turn: Occurrence) -> None:
    """The turn gets another time, so what was said about the old one no longer holds."""
    sql = "DELETE FROM confirmations WHERE team_id = :team AND occurrence_id = :turn"
    db.execute(sql, _keys(turn))


def post_key(turn: Occurrence, kind: str, *parts: str) -> str:
    """Key of a post that tells of a turn.

    Reminders and the start carry the start they tell of, so that a moved turn is told again.
    """
    return "/".join((f"checkin-{kind}", turn.id, *parts))


def posts(db: Database, turn: Occurrence) -> list[tuple[str, str]]:
    """Kind and key of each post that tells of a turn, as put in the outbox."""
    values: dict[str, str] = {"team": turn.team_id}
    for number, kind in enumerate(POST_KINDS):
        key = post_key(turn, kind)
        # "0" is the character behind "/", so the range is the key itself and all below it.
        values |= {f"kind{number}": kind, f"key{number}": key, f"until{number}": f"{key}0"}
    rows = db.query(_POSTS, values)
    return [(str(row["kind"]), str(row["key"])) for row in rows]


def posts_of(
    db: Database, team_id: str, turn_ids: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """As `posts` for some turns, by the turn's id; every turn is in it."""
    found: dict[str, list[tuple[str, str]]] = {one: [] for one in turn_ids}
    beginnings = [f"checkin-{kind}/{one}" for one in found for kind in POST_KINDS]
    values = {"team": team_id, "beginnings": json.dumps(beginnings)}
    for row in db.query(_POSTS_OF, values):
        kind, turn_id = row["beginning"].removeprefix("checkin-").split("/")
        found[turn_id].append((kind, row["key"]))
    for told in found.values():
        told.sort(key=lambda one: (POST_KINDS.index(one[0]), one[1]))
    return found


# "0" is the character behind "/", so the range is the key itself and all below it.
_POSTS_OF: Final = """
    SELECT json_each.value AS beginning, o.key
    FROM json_each(:beginnings) CROSS JOIN outbox o
    WHERE o.team_id = :team AND o.key >= json_each.value AND o.key < json_each.value || '0'
"""
# One range for each kind: an OR would have the whole outbox read.
_POSTS: Final = "\nUNION ALL\n".join(
    f"""
    SELECT :kind{number} AS kind, key FROM outbox
    WHERE team_id = :team AND key >= :key{number} AND key < :until{number}
    """  # noqa: S608  # the numbers of a constant
    for number in range(len(POST_KINDS))
)


def _keys(turn: Occurrence) -> dict[str, object]:
    return {"team": turn.team_id, "turn": turn.id}


def _point(row: Row) -> AgendaPoint:
    return AgendaPoint(
        id=row["id"],
        side=row["side"],
        person_id=row["person_id"],
        words=row["words"],
        added_at=from_text(row["added_at"]),
    )


def _confirmation(row: Row) -> Confirmation:
    return Confirmation(
        occurrence_id=row["occurrence_id"],
        side=row["side"],
        said=row["said"],
        said_at=from_text(row["said_at"]),
    )
