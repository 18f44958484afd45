"""Check-ins in writing as stored: questions, the turns that were asked, and what was answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, to_text
from domain.cadences import Cadence, Occurrence
from domain.partnerships import Partnership
from domain.people import Side
from domain.written import WrittenAnswer, WrittenQuestion, WrittenTurn, usual_questions

Row = Mapping[str, Any]


def version(db: Database, cadence: Cadence) -> int:
    """The version of the questions that are asked next; 0: the usual ones."""
    sql = """
        SELECT COALESCE(MAX(version), 0) AS version FROM written_questions
        WHERE team_id = :team AND cadence_id = :cadence
    """
    return int(next(iter(db.query(sql, _of(cadence))))["version"])


def made_at(db: Database, cadence: Cadence, number: int) -> datetime | None:
    """When a version of the questions was written; None: it was not."""
    sql = """
        SELECT made_at FROM written_questions
        WHERE team_id = :team AND cadence_id = :cadence AND version = :version LIMIT 1
    """
    rows = db.query(sql, _of(cadence) | {"version": number})
    return next((from_text(row["made_at"]) for row in rows), None)


def questions(db: Database, cadence: Cadence, number: int) -> tuple[WrittenQuestion, ...]:
    """The questions of a version, in their order."""
    sql = """
        SELECT position, words FROM written_questions
        WHERE team_id = :team AND cadence_id = :cadence AND version = :version
        ORDER BY position
    """
    rows = db.query(sql, _of(cadence) | {"version": number})
    typed = [WrittenQuestion(position=row["position"], words=row["words"]) for row in rows]
    return tuple(typed) or usual_questions()


def set_questions(
    db: Database, cadence: Cadence, words: Sequence[str], *, by: str, now: datetime
) -> int:
    """Ask something else from the next turn on; returns the new version."""
    number = version(db, cadence) + 1
    for position, one in enumerate(words, start=1):
        db.execute(
            """
            INSERT INTO written_questions (team_id, cadence_id, version, position, words,
                made_by, made_at)
            VALUES (:team, :cadence, :version, :position, :words, :by, :now)
            """,
            _of(cadence)
            | {
                "version": number,
                "position": position,
                "words": one,
                "by": by,
                "now": to_text(now),
            },
        )
    return number


def open_turn(db: Database, turn: Occurrence, one: WrittenTurn) -> bool:
    """Let a turn be answered; False when it can be already."""
    added = db.execute(
        """
        INSERT INTO written_turns (team_id, occurrence_id, cadence_id, partnership_id, version,
            opened_at, closes_at)
        VALUES (:team, :turn, :cadence, :partnership, :version, :opened, :closes)
        ON CONFLICT (team_id, occurrence_id) DO NOTHING
        """,
        _keys(turn)
        | {
            "cadence": turn.cadence_id,
            "partnership": turn.partnership_id,
            "version": one.version,
            "opened": to_text(one.opened_at),
            "closes": to_text(one.closes_at),
        },
    )
    return added.rowcount == 1


def set_closing(db: Database, turn: Occurrence, closes_at: datetime) -> None:
    """The turn was given another time while it could be answered."""
    db.execute(
        """
        UPDATE written_turns SET closes_at = :closes
        WHERE team_id = :team AND occurrence_id = :turn
        """,
        _keys(turn) | {"closes": to_text(closes_at)},
    )


def close(db: Database, turn: Occurrence, now: datetime) -> None:
    """The answers are put together."""
    db.execute(
        """
        UPDATE written_turns SET closed_at = :now
        WHERE team_id = :team AND occurrence_id = :turn AND closed_at IS NULL
        """,
        _keys(turn) | {"now": to_text(now)},
    )


def get(db: Database, turn: Occurrence) -> WrittenTurn | None:
    """None: the turn was not asked yet."""
    sql = "SELECT * FROM written_turns WHERE team_id = :team AND occurrence_id = :turn"
    return next(map(_turn, db.query(sql, _keys(turn))), None)


def open_in(db: Database, partnership: Partnership, now: datetime) -> list[WrittenTurn]:
    """The turns of a partnership that are answered now, those that close first before others."""
    sql = """
        SELECT * FROM written_turns
        WHERE team_id = :team AND partnership_id = :partnership AND closes_at > :now
            AND closed_at IS NULL
        ORDER BY closes_at, occurrence_id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id, "now": to_text(now)}
    return [_turn(row) for row in db.query(sql, values)]


def is_newest(db: Database, turn: Occurrence, one: WrittenTurn) -> bool:
    """Whether no later turn of the same check-in has opened."""
    sql = """
        SELECT 1 FROM written_turns
        WHERE team_id = :team AND cadence_id = :cadence AND opened_at > :opened LIMIT 1
    """
    values = {"team": turn.team_id, "cadence": one.cadence_id, "opened": to_text(one.opened_at)}
    return not list(db.query(sql, values))


def before(db: Database, turn: Occurrence, opened_at: datetime) -> str | None:
    """The turn of the same check-in that was asked last before; None: none was."""
    sql = """
        SELECT occurrence_id FROM written_turns
        WHERE team_id = :team AND cadence_id = :cadence AND opened_at < :opened
            AND occurrence_id <> :turn
        ORDER BY opened_at DESC LIMIT 1
    """
    values = _keys(turn) | {"cadence": turn.cadence_id, "opened": to_text(opened_at)}
    return next((str(row["occurrence_id"]) for row in db.query(sql, values)), None)


def last_answered(
    db: Database, turn: Occurrence, person_id: str
) -> tuple[int, dict[int, str]] | None:
    """What a person answered last in the check-in before this turn.

    Returns:
        The version of the questions then, and the words by position; None: nothing yet.
    """
    sql = """
        SELECT t.version, a.position, a.words FROM written_answers a
        JOIN written_turns t ON t.team_id = a.team_id AND t.occurrence_id = a.occurrence_id
        WHERE a.team_id = :team AND a.person_id = :person AND t.cadence_id = :cadence
            AND a.words IS NOT NULL AND t.occurrence_id = (
                SELECT n.occurrence_id FROM written_turns n
                JOIN written_answers w
                    ON w.team_id = n.team_id AND w.occurrence_id = n.occurrence_id
                WHERE n.team_id = :team AND n.cadence_id = :cadence AND w.person_id = :person
                    AND n.occurrence_id <> :turn
                ORDER BY n.opened_at DESC LIMIT 1)
    """
    values = _keys(turn) | {"cadence": turn.cadence_id, "person": person_id}
    rows = list(db.query(sql, values))
    if not rows:
        return None
    return rows[0]["version"], {row["position"]: str(row["words"]) for row in rows}


def answers(db: Database, turn: Occurrence) -> list[WrittenAnswer]:
    """All answers to a turn with their writers' names, by which they are ordered."""
    sql = """
        SELECT a.*, p.name FROM written_answers a
        LEFT JOIN people p ON p.team_id = a.team_id AND p.id = a.person_id
        WHERE a.team_id = :team AND a.occurrence_id = :turn
        ORDER BY p.name, a.person_id, a.position
    """
    return [_answer(row) for row in db.query(sql, _keys(turn))]


def write(
    db: Database,
    turn: Occurrence,
    writer: tuple[str, Side],
    said: Mapping[int, str],
    moment: tuple[datetime, bool],
) -> None:
    """Put what a person answers in the place of what the same person answered before.

    Args:
        writer: The person and the side.
        said: Words by the question's position.
        moment: When, and whether that is late.
    """
    person_id, side = writer
    db.execute(
        """
        DELETE FROM written_answers
        WHERE team_id = :team AND occurrence_id = :turn AND person_id = :person
        """,
        _keys(turn) | {"person": person_id},
    )
    for position, words in sorted(said.items()):
        db.execute(
            """
            INSERT INTO written_answers (team_id, occurrence_id, person_id, position, side, words,
                answered_at, late)
            VALUES (:team, :turn, :person, :position, :side, :words, :now, :late)
            """,
            _keys(turn)
            | {
                "person": person_id,
                "position": position,
                "side": side,
                "words": words,
                "now": to_text(moment[0]),
                "late": int(moment[1]),
            },
        )


def _of(cadence: Cadence) -> dict[str, object]:
    return {"team": cadence.team_id, "cadence": cadence.id}


def _keys(turn: Occurrence) -> dict[str, object]:
    return {"team": turn.team_id, "turn": turn.id}


def _turn(row: Row) -> WrittenTurn:
    return WrittenTurn(
        occurrence_id=row["occurrence_id"],
        cadence_id=row["cadence_id"],
        version=row["version"],
        opened_at=from_text(row["opened_at"]),
        closes_at=from_text(row["closes_at"]),
        closed_at=maybe_from(row["closed_at"]),
    )


def _answer(row: Row) -> WrittenAnswer:
    return WrittenAnswer(
        person_id=row["person_id"],
        writer=row["name"] or "",
        side=row["side"],
        position=row["position"],
        words=row["words"],
        answered_at=from_text(row["answered_at"]),
        late=bool(row["late"]),
    )
