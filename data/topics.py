"""What is talked about regularly, as stored, and what became of topics and points at each turn."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.cadences import Occurrence
from domain.partnerships import Partnership
from domain.people import Side
from domain.topics import (
    COVERING,
    ItemOutcome,
    Outcome,
    Topic,
    TopicChange,
    with_defaults,
)

Row = Mapping[str, Any]

_COVERING: Final = ", ".join(f"'{outcome}'" for outcome in sorted(COVERING))


def every(db: Database, partnership: Partnership) -> list[Topic]:
    """All topics of a partnership, also retired ones, in their order."""
    sql = "SELECT * FROM topics WHERE team_id = :team AND partnership_id = :partnership"
    return with_defaults(partnership, [_topic(row) for row in db.query(sql, _of(partnership))])


def get(db: Database, partnership: Partnership, topic_id: str) -> Topic | None:
    return next((one for one in every(db, partnership) if one.id == topic_id), None)


def save(db: Database, partnership: Partnership, topic: Topic) -> None:
    """Store a topic as it is from now on."""
    db.execute(
        """
        INSERT INTO topics (team_id, id, partnership_id, code, words, every_weeks, audience,
            position, made_at, retired_at)
        VALUES (:team, :id, :partnership, :code, :words, :weeks, :audience, :position, :made,
            :retired)
        ON CONFLICT (team_id, id) DO UPDATE SET words = excluded.words,
            every_weeks = excluded.every_weeks, audience = excluded.audience,
            retired_at = excluded.retired_at
        """,
        _values(partnership, topic),
    )


def last_covered(
    db: Database, partnership: Partnership, before: datetime | None
) -> dict[str, datetime]:
    """When each topic was talked about last: the start of that turn; by id.

    Args:
        before: Only turns that start before this moment count; None: all of them.
    """
    sql = f"""
        SELECT x.topic_id, MAX(o.starts_at) AS at
        FROM occurrences o JOIN topic_outcomes x
            ON x.team_id = o.team_id AND x.occurrence_id = o.id
        WHERE o.team_id = :team AND o.partnership_id = :partnership AND o.kind = 'checkin'
            AND o.starts_at < :before AND x.outcome IN ({_COVERING})
        GROUP BY x.topic_id
    """  # noqa: S608  # the outcomes are constants
    values = _of(partnership) | {"before": "9999" if before is None else to_text(before)}
    return {row["topic_id"]: from_text(row["at"]) for row in db.query(sql, values)}


def record_outcomes(
    db: Database,
    partnership: Partnership,
    turn: Occurrence,
    said: Iterable[ItemOutcome],
    by: tuple[str, datetime],
) -> bool:
    """Note what became of topics and points at a turn; the last word about each counts.

    Args:
        by: The person and the moment.

    Returns:
        False when all of it was said before.
    """
    changed = 0
    topics = {one.id: one for one in every(db, partnership)}
    for one in said:
        if one.kind == "topic":
            _keep_default(db, partnership, topics[one.id])
        changed += _record(db, turn, one, by)
    return changed > 0


def outcomes(db: Database, turn: Occurrence) -> dict[str, Outcome]:
    """What became of topics and points at a turn, by id of the topic or point."""
    sql = """
        SELECT topic_id AS id, outcome FROM topic_outcomes
        WHERE team_id = :team AND occurrence_id = :turn
        UNION ALL
        SELECT point_id AS id, outcome FROM point_outcomes
        WHERE team_id = :team AND occurrence_id = :turn
    """
    return {row["id"]: row["outcome"] for row in db.query(sql, _at(turn))}


def take_outcome_back(db: Database, turn: Occurrence, topic_id: str) -> None:
    """Nothing was said of a topic at a turn."""
    db.execute(
        """
        DELETE FROM topic_outcomes
        WHERE team_id = :team AND occurrence_id = :turn AND topic_id = :topic
        """,
        _at(turn) | {"topic": topic_id},
    )


def say_none(
    db: Database, turn: Occurrence, topic_id: str, side: Side, by: tuple[str, datetime]
) -> bool:
    """A side has nothing to say about a topic at a turn; False when it had said so."""
    person_id, now = by
    added = db.execute(
        """
        INSERT INTO topic_nones (team_id, occurrence_id, topic_id, side, person_id, said_at)
        VALUES (:team, :turn, :topic, :side, :person, :now)
        ON CONFLICT (team_id, occurrence_id, topic_id, side) DO NOTHING
        """,
        _at(turn) | {"topic": topic_id, "side": side, "person": person_id, "now": to_text(now)},
    )
    return added.rowcount == 1


def take_none_back(db: Database, turn: Occurrence, topic_id: str, side: Side) -> bool:
    """A side has something to say after all; False when it had not said otherwise."""
    gone = db.execute(
        """
        DELETE FROM topic_nones
        WHERE team_id = :team AND occurrence_id = :turn AND topic_id = :topic AND side = :side
        """,
        _at(turn) | {"topic": topic_id, "side": side},
    )
    return gone.rowcount == 1


def nones(db: Database, turn: Occurrence) -> dict[str, frozenset[Side]]:
    """The sides that have nothing to say about a topic at a turn, by its id."""
    sql = "SELECT topic_id, side FROM topic_nones WHERE team_id = :team AND occurrence_id = :turn"
    found: dict[str, frozenset[Side]] = {}
    for row in db.query(sql, _at(turn)):
        found[row["topic_id"]] = found.get(row["topic_id"], frozenset()) | {row["side"]}
    return found


def put_change(db: Database, team_id: str, change: TopicChange) -> bool:
    """Keep what was done to a topic; False when it is kept already."""
    added = db.execute(
        """
        INSERT INTO topic_changes (team_id, id, partnership_id, topic_id, side, person_id, before,
            after, made_at, undone_at)
        VALUES (:team, :id, :partnership, :topic, :side, :person, :before, :after, :made, NULL)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        {
            "team": team_id,
            "id": change.id,
            "partnership": change.partnership_id,
            "topic": change.after.id,
            "side": change.side,
            "person": change.person_id,
            "before": None if change.before is None else _as_json(change.before),
            "after": _as_json(change.after),
            "made": to_text(change.made_at),
        },
    )
    return added.rowcount == 1


def change(db: Database, team_id: str, change_id: str) -> TopicChange | None:
    sql = "SELECT * FROM topic_changes WHERE team_id = :team AND id = :id"
    rows = db.query(sql, {"team": team_id, "id": change_id})
    return next(map(_change, rows), None)


def note_undone(db: Database, team_id: str, change_id: str, now: datetime) -> None:
    db.execute(
        "UPDATE topic_changes SET undone_at = :now WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": change_id, "now": to_text(now)},
    )


def _record(db: Database, turn: Occurrence, said: ItemOutcome, by: tuple[str, datetime]) -> int:
    table, column = f"{said.kind}_outcomes", f"{said.kind}_id"
    person_id, now = by
    changed = db.execute(
        f"""
        INSERT INTO {table} (team_id, occurrence_id, {column}, outcome, person_id, said_at)
        VALUES (:team, :turn, :id, :outcome, :person, :now)
        ON CONFLICT (team_id, occurrence_id, {column}) DO UPDATE SET
            outcome = excluded.outcome, person_id = excluded.person_id, said_at = excluded.said_at
        WHERE {table}.outcome <> excluded.outcome
        """,  # noqa: S608  # the kind is one of two codes
        _at(turn)
        | {"id": said.id, "outcome": said.outcome, "person": person_id, "now": to_text(now)},
    )
    return int(changed.rowcount)


def _keep_default(db: Database, partnership: Partnership, topic: Topic) -> None:
    """A row for what came with the template, so that others can refer to it."""
    db.execute(
        """
        INSERT INTO topics (team_id, id, partnership_id, code, words, every_weeks, audience,
            position, made_at, retired_at)
        VALUES (:team, :id, :partnership, :code, :words, :weeks, :audience, :position, :made,
            :retired)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        _values(partnership, topic),
    )


def _values(partnership: Partnership, topic: Topic) -> dict[str, object]:
    return _of(partnership) | {
        "id": topic.id,
        "code": topic.code,
        "words": topic.words,
        "weeks": topic.every_weeks,
        "audience": topic.audience,
        "position": topic.position,
        "made": to_text(topic.made_at),
        "retired": maybe_text(topic.retired_at),
    }


def _as_json(topic: Topic) -> str:
    moments = {"made_at": to_text(topic.made_at), "retired_at": maybe_text(topic.retired_at)}
    return json.dumps(asdict(topic) | moments, sort_keys=True)


def _topic(row: Row) -> Topic:
    return Topic(
        id=row["id"],
        code=row["code"],
        words=row["words"],
        every_weeks=row["every_weeks"],
        audience=row["audience"],
        position=row["position"],
        made_at=from_text(row["made_at"]),
        retired_at=maybe_from(row["retired_at"]),
    )


def _change(row: Row) -> TopicChange:
    before = None if row["before"] is None else _topic(json.loads(row["before"]))
    return TopicChange(
        id=row["id"],
        partnership_id=row["partnership_id"],
        side=row["side"],
        person_id=row["person_id"],
        before=before,
        after=_topic(json.loads(row["after"])),
        made_at=from_text(row["made_at"]),
        undone_at=maybe_from(row["undone_at"]),
    )


def _of(partnership: Partnership) -> dict[str, object]:
    return {"team": partnership.team_id, "partnership": partnership.id}


def _at(turn: Occurrence) -> dict[str, object]:
    return {"team": turn.team_id, "turn": turn.id}
