"""How rows of the outbox leave: which may go, who has claimed them, how each attempt ended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from data import Database
from data.moments import from_text, maybe_from, to_text
from data.outbox import row_of
from domain.outgoing import Destination, Row, State, Waiting

# The words of the index of open rows: without them the whole table would be read.
_OPEN: Final = "state IN ('queued', 'sending', 'uncertain')"
# What a row hangs on has been sent, and nothing older is under way for the same message or tab.
_FREE: Final = """
    (o.thread_of IS NULL OR EXISTS (
        SELECT 1 FROM outbox r
        WHERE r.team_id = o.team_id AND r.key = o.thread_of AND r.state = 'sent'))
    AND (o.target IS NULL OR (
        EXISTS (
            SELECT 1 FROM outbox r
            WHERE r.team_id = o.team_id AND r.key = o.target AND r.state = 'sent')
        AND NOT EXISTS (
            SELECT 1 FROM outbox e
            WHERE e.team_id = o.team_id AND e.target = o.target AND e.position < o.position
                AND e.state IN ('sending', 'uncertain'))))
    AND (o.kind <> 'home' OR NOT EXISTS (
        SELECT 1 FROM outbox e
        WHERE e.team_id = o.team_id AND e.place = o.place AND e.kind = 'home'
            AND e.position < o.position AND e.state IN ('sending', 'uncertain')))
"""
_WAITING: Final = f"""
    SELECT o.team_id, o.place, o.kind, o.state,
        MIN(CASE o.state WHEN 'sending' THEN o.claimed_until ELSE o.leaves_at END) AS at
    FROM outbox o
    WHERE o.{_OPEN} AND (o.state <> 'queued' OR ({_FREE}))
"""  # noqa: S608  # the parts are constants above


def waiting(db: Database) -> list[Waiting]:
    """What is open for every destination, of each kind and state the first."""
    return _waiting(db, f"{_WAITING} GROUP BY o.team_id, o.place, o.kind, o.state", {})


def waiting_at(db: Database, destination: Destination) -> list[Waiting]:
    """What is open for one destination, of each kind and state the first."""
    sql = f"""{_WAITING} AND o.team_id = :team AND o.place = :place
        GROUP BY o.team_id, o.place, o.kind, o.state"""
    return _waiting(db, sql, {"team": destination.team_id, "place": destination.place})


def _waiting(db: Database, sql: str, values: dict[str, Any]) -> list[Waiting]:
    return [
        Waiting(
            destination=Destination(row["team_id"], row["place"]),
            kind=row["kind"],
            state=row["state"],
            at=from_text(row["at"]),
        )
        for row in db.query(sql, values)
    ]


def head(db: Database, waits: Waiting, now: datetime) -> Row | None:
    """The row of this kind and state whose turn it is: answers to people first, then by arrival."""
    sql = f"""
        SELECT o.* FROM outbox o
        WHERE o.{_OPEN} AND o.team_id = :team AND o.place = :place AND o.kind = :kind
            AND o.state = :state AND o.leaves_at <= :now AND (o.state <> 'queued' OR ({_FREE}))
        ORDER BY o.urgent DESC, o.position LIMIT 1
    """  # noqa: S608  # the parts are constants above
    values = {
        "team": waits.destination.team_id,
        "place": waits.destination.place,
        "kind": waits.kind,
        "state": waits.state,
        "now": to_text(now),
    }
    return next((row_of(row) for row in db.query(sql, values)), None)


def claim(db: Database, row: Row, by: str, until: datetime, now: datetime) -> Row | None:
    """Take a row for one attempt, as it stands now; None when somebody else was quicker."""
    sql = f"""
        UPDATE outbox AS o
        SET state = 'sending', claimed_by = :by, claimed_until = :until,
            attempts = attempts + 1, attempted_at = :now, left_at = :now
        WHERE o.team_id = :team AND o.id = :id AND o.state = :state AND o.attempts = :attempts
            AND ({_FREE})
        RETURNING *
    """  # noqa: S608  # the parts are constants above
    values = {
        **_same(row),
        "by": by,
        "until": to_text(until),
        "now": to_text(now),
    }
    return next((row_of(found) for found in db.query(sql, values)), None)


def lease(db: Database, row: Row, until: datetime) -> bool:
    """Take an uncertain row for one look; False when somebody else is looking."""
    sql = """
        UPDATE outbox SET leaves_at = :until
        WHERE team_id = :team AND id = :id AND state = :state AND attempts = :attempts
            AND leaves_at = :seen
        RETURNING id
    """
    values = {**_same(row), "until": to_text(until), "seen": to_text(row.leaves_at)}
    return bool(list(db.query(sql, values)))


def is_still(db: Database, row: Row) -> bool:
    """Whether a row still is where we left it, so that what we learned about it holds."""
    sql = """
        SELECT id FROM outbox
        WHERE team_id = :team AND id = :id AND state = :state AND attempts = :attempts
    """
    return bool(list(db.query(sql, _same(row))))


def exists(db: Database, team_id: str, row_id: str) -> bool:
    sql = "SELECT 1 AS one FROM outbox WHERE team_id = :team AND id = :id"
    return bool(list(db.query(sql, {"team": team_id, "id": row_id})))


def uncertain_among(db: Database, row: Row, ids: list[str]) -> list[Row]:
    """Other posts for the same place whose end is not known, of those with these ids."""
    sql = f"""
        SELECT * FROM outbox
        WHERE {_OPEN} AND team_id = :team AND place = :place AND kind = 'post'
            AND state = 'uncertain' AND id <> :id
    """  # noqa: S608  # the parts are constants above
    values = {"team": row.team_id, "place": row.place, "id": row.id}
    wanted = set(ids)
    return [row_of(found) for found in db.query(sql, values) if found["id"] in wanted]


def settle_sent(db: Database, row: Row, channel: str | None, ts: str | None, now: datetime) -> None:
    """Slack has it. This holds whatever became of the row meanwhile."""
    db.execute(
        """
        UPDATE outbox
        SET state = 'sent', channel = :channel, ts = :ts, reason = NULL, settled_at = :now,
            left_at = CASE state WHEN 'sending' THEN :now ELSE left_at END,
            claimed_by = NULL, claimed_until = NULL
        WHERE team_id = :team AND id = :id
        """,
        {
            "team": row.team_id,
            "id": row.id,
            "channel": channel,
            "ts": ts,
            "now": to_text(now),
        },
    )


def reopen(  # noqa: PLR0913, PLR0917  # the columns that change
    db: Database, row: Row, state: State, at: datetime, reason: str | None, now: datetime
) -> None:
    """End an attempt or a look without a result: look at the row again at ``at``."""
    db.execute(
        """
        UPDATE outbox
        SET state = :new, leaves_at = :at, reason = :reason,
            left_at = CASE state WHEN 'sending' THEN :now ELSE left_at END,
            claimed_by = NULL, claimed_until = NULL
        WHERE team_id = :team AND id = :id AND state = :state AND attempts = :attempts
        """,
        {
            **_same(row),
            "new": state,
            "at": to_text(at),
            "reason": reason,
            "now": to_text(now),
        },
    )


def claimed(db: Database) -> list[Row]:
    """The rows that somebody is sending, or was when it died."""
    sql = f"SELECT * FROM outbox WHERE {_OPEN} AND state = 'sending'"  # noqa: S608
    return [row_of(row) for row in db.query(sql)]


def overdue_claims(db: Database, destination: Destination, now: datetime) -> list[Row]:
    """Rows at a destination whose sender has not been heard of in time."""
    sql = """
        SELECT * FROM outbox
        WHERE state IN ('queued', 'sending', 'uncertain') AND team_id = :team AND place = :place
            AND state = 'sending' AND claimed_until <= :now
    """
    values = {
        "team": destination.team_id,
        "place": destination.place,
        "now": to_text(now),
    }
    return [row_of(row) for row in db.query(sql, values)]


def last_post_at(db: Database, destination: Destination) -> datetime | None:
    """When the last attempt to post at a destination ended, or began if it has not ended."""
    sql = """
        SELECT MAX(left_at) AS at FROM outbox
        WHERE team_id = :team AND place = :place AND kind = 'post' AND left_at IS NOT NULL
    """
    values = {"team": destination.team_id, "place": destination.place}
    return next((maybe_from(row["at"]) for row in db.query(sql, values)), None)


def left_since(db: Database, since: datetime) -> Iterator[tuple[Row, datetime]]:
    """The rows that were attempted after a moment, and when, earliest first."""
    sql = f"""
        SELECT * FROM outbox WHERE settled_at > :since AND payload <> '{{}}' AND left_at > :since
        UNION ALL
        SELECT * FROM outbox WHERE {_OPEN} AND left_at > :since
        ORDER BY left_at
    """  # noqa: S608  # the parts are constants above
    for row in db.query(sql, {"since": to_text(since)}):
        yield row_of(row), from_text(row["left_at"])


def held_back(db: Database, now: datetime) -> list[Row]:
    """Queued rows that an attempt has put off to a moment still to come."""
    sql = f"""
        SELECT * FROM outbox
        WHERE {_OPEN} AND state = 'queued' AND reason IS NOT NULL AND leaves_at > :now
    """  # noqa: S608  # the parts are constants above
    return [row_of(row) for row in db.query(sql, {"now": to_text(now)})]


def bring_forward(db: Database, now: datetime, latest: datetime) -> None:
    """Let nothing that was tried wait beyond ``latest``: a clock that was wrong put it off."""
    values = {"now": to_text(now), "latest": to_text(latest)}
    for column in ("leaves_at", "claimed_until"):
        db.execute(
            f"""
            UPDATE outbox SET {column} = :now
            WHERE {_OPEN} AND attempts > 0 AND {column} > :latest
            """,  # noqa: S608  # the parts are constants
            values,
        )


def is_provable(db: Database, team_id: str, channel: str) -> bool:
    sql = "SELECT 1 AS one FROM provable_places WHERE team_id = :team AND channel = :channel"
    return bool(list(db.query(sql, {"team": team_id, "channel": channel})))


def set_provable(db: Database, team_id: str, channel: str, now: datetime) -> None:
    """One of our ids was read back in this channel."""
    db.execute(
        """
        INSERT INTO provable_places (team_id, channel, proven_at) VALUES (:team, :channel, :now)
        ON CONFLICT (team_id, channel) DO NOTHING
        """,
        {"team": team_id, "channel": channel, "now": to_text(now)},
    )


def sent_posts(db: Database, team_id: str, channel: str, limit: int) -> list[Row]:
    """The newest posts that we know to stand in a channel."""
    sql = """
        SELECT * FROM outbox
        WHERE team_id = :team AND channel = :channel AND ts IS NOT NULL
            AND kind = 'post' AND state = 'sent'
        ORDER BY ts DESC LIMIT :limit
    """
    values = {"team": team_id, "channel": channel, "limit": limit}
    return [row_of(row) for row in db.query(sql, values)]


def _same(row: Row) -> dict[str, Any]:
    """What tells that nobody touched the row since it was read."""
    return {"team": row.team_id, "id": row.id, "state": row.state, "attempts": row.attempts}
