"""What the bot has to say, as asked for by the subjects; claiming and settling are not here."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.outgoing import CLOSED, Message, Row, Sent

# The values are the domain's; whoever puts or reads a message finds them here, too.
__all__ = [
    "Message",
    "Row",
    "Sent",
    "Spot",
    "by_key",
    "by_message",
    "close",
    "drop",
    "empty_payloads",
    "last_drawn",
    "move_channel",
    "payload_text",
    "put",
    "redraw",
    "row_of",
    "sent_to",
    "some_sent",
    "state_of",
    "undelivered",
    "upcoming",
]

_AS_TEXT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a post stands in Slack. ``root_ts`` None: it is no reply, as far as is known."""

    channel: str
    ts: str
    root_ts: str | None


_INSERT: Final = """
    INSERT INTO outbox (
        team_id, id, key, position, partnership_id, kind, place, payload, audience, needs,
        thread_of, target, target_ts, asker, urgent, state, reason, put_at, leaves_at,
        worth_until, attempts, settled_at
    )
    VALUES (
        :team, :id, :key,
        (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox),
        :partnership, :kind, :place, :payload, :audience, :needs,
        :thread_of, :target, :target_ts, :asker, :urgent, :state, :reason, :now, :leaves_at,
        :worth_until, 0, :settled_at
    )
    ON CONFLICT (team_id, key) DO NOTHING
"""


def put(  # noqa: PLR0913  # the key and the moment stand beside the message, not in it
    db: Database,
    team_id: str,
    partnership_id: str | None,
    key: str,
    message: Message,
    *,
    now: datetime,
    stands: bool = False,
) -> bool:
    """Have something said once, whoever asks and how often.

    A reply to, or a change of, a post that was never put or will never be sent is recorded as
    dropped. A Home tab still waiting is replaced by a newer one.

    Args:
        key: Names the fact that is told, unique in the installation.
        stands: In this transaction it was seen that what it answers, or changes, can be.

    Returns:
        True when the key is new.
    """
    if message.kind == "home" and _replace_waiting_home(db, team_id, message):
        return True
    reason = None if stands else _dead_end(db, team_id, message)
    values = _of_message(message, now) | {
        "team": team_id,
        "id": new_id(),
        "key": key,
        "partnership": partnership_id,
        "state": "dropped" if reason else "queued",
        "reason": reason,
        "now": to_text(now),
        "settled_at": to_text(now) if reason else None,
    }
    return db.execute(_INSERT, values).rowcount == 1


def _of_message(message: Message, now: datetime) -> dict[str, object]:
    return {
        "kind": message.kind,
        "place": message.place,
        "payload": payload_text(message.payload),
        "audience": message.audience,
        "needs": message.needs,
        "thread_of": message.thread_of,
        "target": message.target,
        "target_ts": message.target_ts,
        "asker": message.asker,
        "urgent": int(message.urgent),
        "leaves_at": to_text(message.leaves_at or now),
        "worth_until": maybe_text(message.worth_until),
    }


def redraw(  # noqa: PLR0913  # as put
    db: Database,
    team_id: str,
    partnership_id: str | None,
    target_key: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
) -> bool:
    """Bring a live message to its newest state.

    What has not left yet is drawn anew in place; else an update is queued. Nothing happens when
    the post was never put or will never be sent, or already says this.

    Returns:
        False when the post was never put.
    """
    post = by_key(db, team_id, target_key)
    if post is None or post.state in CLOSED:
        return post is not None
    latest = _latest_drawing(db, team_id, target_key) or post
    waits = latest.state == "queued" or (latest.kind == "update" and latest.state == "uncertain")
    if waits:
        _set_payload(db, latest, payload)
    elif latest.state in CLOSED or payload_text(latest.payload) != payload_text(payload):
        update = Message(
            kind="update",
            place=post.place,
            payload=payload,
            audience=post.audience,
            needs=post.needs,
            target=target_key,
        )
        key = f"update/{target_key}/{new_id()}"
        put(db, team_id, partnership_id, key, update, now=now, stands=True)
    return True


def last_drawn(db: Database, team_id: str, key: str) -> Mapping[str, Any]:
    """What a live message says in its newest state; empty when it is unknown, or blanked."""
    latest = _latest_drawing(db, team_id, key) or by_key(db, team_id, key)
    return {} if latest is None else latest.payload


def drop(db: Database, team_id: str, key: str, reason: str, *, now: datetime) -> bool:
    """Take back what has not left yet. False when it is under way, gone, or unknown."""
    row = by_key(db, team_id, key)
    if row is None or row.state != "queued":
        return False
    close(db, row, "dropped", reason, now=now)
    return True


def close(db: Database, row: Row, state: str, reason: str, *, now: datetime) -> list[Row]:
    """Settle a row that will never be sent, and with it whatever hangs on it.

    Returns:
        The rows that were dropped along with it.
    """
    db.execute(
        """
        UPDATE outbox
        SET state = :state, reason = :reason, settled_at = :now,
            claimed_by = NULL, claimed_until = NULL
        WHERE team_id = :team AND id = :id
        """,
        {
            "state": state,
            "reason": reason,
            "now": to_text(now),
            "team": row.team_id,
            "id": row.id,
        },
    )
    dropped = []
    for dependent in _waiting_for(db, row):
        dropped.append(dependent)
        dropped += close(db, dependent, "dropped", f"target_{state}", now=now)
    return dropped


def state_of(db: Database, team_id: str, key: str) -> Sent | None:
    """How far the message of a key has come; None when it was never put."""
    # Not the whole row: what it says may be long, and is not asked for.
    sql = "SELECT state, channel, ts, reason FROM outbox WHERE team_id = :team AND key = :key"
    return next((Sent(**row) for row in db.query(sql, {"team": team_id, "key": key})), None)


def sent_to(db: Database, team_id: str, key: str) -> Spot | None:
    """Where the post of a key stands; None as long as it is not in Slack."""
    sql = """
        SELECT o.channel, o.ts, r.ts AS root_ts
        FROM outbox o LEFT JOIN outbox r ON r.team_id = o.team_id AND r.key = o.thread_of
        WHERE o.team_id = :team AND o.key = :key AND o.channel IS NOT NULL AND o.ts IS NOT NULL
    """
    return next((Spot(**row) for row in db.query(sql, {"team": team_id, "key": key})), None)


def some_sent(db: Database, team_id: str, keys: Iterable[str]) -> dict[str, Spot]:
    """As `sent_to` for some posts, by their keys; what is not in Slack is not in it."""
    sql = """
        SELECT o.key, o.channel, o.ts, r.ts AS root_ts
        FROM json_each(:keys) j CROSS JOIN outbox o ON o.team_id = :team AND o.key = j.value
        LEFT JOIN outbox r ON r.team_id = o.team_id AND r.key = o.thread_of
        WHERE o.channel IS NOT NULL AND o.ts IS NOT NULL
    """
    rows = db.query(sql, {"team": team_id, "keys": json.dumps(list(keys))})
    return {row.pop("key"): Spot(**row) for row in rows}


def by_key(db: Database, team_id: str, key: str) -> Row | None:
    sql = "SELECT * FROM outbox WHERE team_id = :team AND key = :key"
    return next((row_of(row) for row in db.query(sql, {"team": team_id, "key": key})), None)


def by_message(db: Database, team_id: str, channel: str, ts: str) -> Row | None:
    """The row behind a message that people see in Slack; None when it is not one of ours."""
    sql = "SELECT * FROM outbox WHERE team_id = :team AND channel = :channel AND ts = :ts"
    values = {"team": team_id, "channel": channel, "ts": ts}
    rows = (row_of(row) for row in db.query(f"{sql} AND kind = 'post'", values))
    return next(rows, None)


# Materialized, so that the few open rows are found by their own index and then sorted.
_OPEN_ROWS: Final = """
    WITH open_rows AS MATERIALIZED (
        SELECT * FROM outbox
        WHERE state IN ('queued', 'sending', 'uncertain') AND team_id = :team
    )
"""


def undelivered(db: Database, team_id: str, limit: int = 50) -> list[Row]:
    """What could not be said, or not provably, newest first; and what is being tried again."""
    sql = f"""
        {_OPEN_ROWS}
        SELECT * FROM outbox WHERE team_id = :team AND state IN ('unproven', 'refused')
        UNION ALL
        SELECT * FROM open_rows
        WHERE state = 'uncertain' OR (state = 'queued' AND reason IS NOT NULL)
        ORDER BY position DESC LIMIT :limit
    """  # noqa: S608  # the parts are constants above
    return [row_of(row) for row in db.query(sql, {"team": team_id, "limit": limit})]


def upcoming(db: Database, team_id: str, limit: int = 5) -> list[Row]:
    """What leaves next, soonest first."""
    sql = f"""
        {_OPEN_ROWS}
        SELECT * FROM open_rows WHERE state = 'queued' ORDER BY leaves_at, position LIMIT :limit
    """  # noqa: S608  # the parts are constants above
    return [row_of(row) for row in db.query(sql, {"team": team_id, "limit": limit})]


def move_channel(db: Database, team_id: str, old: str, new: str) -> None:
    """Slack gave a channel a new id: what waits goes there, and what is there is found there."""
    values = {"team": team_id, "old": old, "new": new}
    where = "WHERE team_id = :team AND"
    db.execute(f"UPDATE outbox SET place = :new {where} place = :old", values)  # noqa: S608
    db.execute(f"UPDATE outbox SET channel = :new {where} channel = :old", values)  # noqa: S608
    db.execute(f"DELETE FROM provable_places {where} channel = :new", values)  # noqa: S608
    db.execute(f"UPDATE provable_places SET channel = :new {where} channel = :old", values)  # noqa: S608


def empty_payloads(db: Database, before: datetime, limit: int) -> int:
    """Blank what was settled before a moment; returns how many rows were blanked."""
    cursor = db.execute(
        """
        UPDATE outbox SET payload = '{}', place = CASE kind WHEN 'respond' THEN '' ELSE place END
        WHERE (team_id, id) IN (
            SELECT team_id, id FROM outbox
            WHERE payload <> '{}' AND settled_at < :before LIMIT :limit
        )
        """,
        {"before": to_text(before), "limit": limit},
    )
    return cursor.rowcount


def payload_text(payload: Mapping[str, Any]) -> str:
    """The same text for the same payload, so that drawings can be compared."""
    return _AS_TEXT.encode(payload)


def row_of(row: Mapping[str, Any]) -> Row:
    """Read a row of the table."""
    return Row(
        team_id=row["team_id"],
        id=row["id"],
        key=row["key"],
        position=row["position"],
        partnership_id=row["partnership_id"],
        kind=row["kind"],
        place=row["place"],
        payload=json.loads(row["payload"]),
        audience=row["audience"],
        needs=row["needs"],
        thread_of=row["thread_of"],
        target=row["target"],
        target_ts=row["target_ts"],
        asker=row["asker"],
        urgent=bool(row["urgent"]),
        state=row["state"],
        reason=row["reason"],
        leaves_at=from_text(row["leaves_at"]),
        worth_until=maybe_from(row["worth_until"]),
        attempts=row["attempts"],
        attempted_at=maybe_from(row["attempted_at"]),
        claimed_by=row["claimed_by"],
        claimed_until=maybe_from(row["claimed_until"]),
        settled_at=maybe_from(row["settled_at"]),
        channel=row["channel"],
        ts=row["ts"],
    )


def _dead_end(db: Database, team_id: str, message: Message) -> str | None:
    for key in (message.thread_of, message.target):
        if key is None:
            continue
        found = state_of(db, team_id, key)
        if found is None:
            return "target_unknown"
        if found.state in CLOSED:
            return f"target_{found.state}"
    return None


def _replace_waiting_home(db: Database, team_id: str, message: Message) -> bool:
    sql = """
        UPDATE outbox SET payload = :payload
        WHERE team_id = :team AND place = :place AND kind = 'home'
            AND state IN ('queued', 'uncertain')
        RETURNING id
    """
    values = {
        "team": team_id,
        "place": message.place,
        "payload": payload_text(message.payload),
    }
    return bool(list(db.query(sql, values)))


def _latest_drawing(db: Database, team_id: str, key: str) -> Row | None:
    sql = """
        SELECT * FROM outbox WHERE team_id = :team AND target = :key AND kind = 'update'
        ORDER BY position DESC LIMIT 1
    """
    return next((row_of(row) for row in db.query(sql, {"team": team_id, "key": key})), None)


def _set_payload(db: Database, row: Row, payload: Mapping[str, Any]) -> None:
    db.execute(
        "UPDATE outbox SET payload = :payload WHERE team_id = :team AND id = :id",
        {"payload": payload_text(payload), "team": row.team_id, "id": row.id},
    )


def _waiting_for(db: Database, row: Row) -> list[Row]:
    sql = """
        SELECT * FROM outbox WHERE team_id = :team AND target = :key AND state = 'queued'
        UNION
        SELECT * FROM outbox WHERE team_id = :team AND thread_of = :key AND state = 'queued'
        ORDER BY position
    """
    return [row_of(found) for found in db.query(sql, {"team": row.team_id, "key": row.key})]
