"""What people owe, as stored; the history of its dates stands elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data import deliverable_dates
from data.deliverable_dates import Mover
from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.deliverables import Commitment, OwnerKind, Source, State
from domain.partnerships import Partnership
from domain.people import Side

# More open items than anybody can read; what is beyond is not lost, only not listed.
MOST_LISTED: Final = 500

_COLUMNS: Final = """
    c.team_id, c.id, c.partnership_id, c.kind, c.title, c.owner_id, c.side, c.state, c.due_at,
    c.first_due_at, c.moves, c.created_by, c.created_at, c.closed_at, c.asked_at,
    c.details, c.audience, c.importance, c.owner_kind, c.declined_why, c.closed_reason, c.review,
    c.review_until, c.reviewed_at, c.sent_back, c.snoozed_until, c.acknowledged_at, c.next_at,
    c.source_channel, c.source_ts, c.source_thread_ts, c.cadence_id, c.stopped_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carded:
    """A commitment with the place of its card.

    Attributes:
        ts: None while it has no card in Slack.
        root_ts: Of the post under which the card stands.
    """

    commitment: Commitment
    channel: str | None
    ts: str | None
    root_ts: str | None


def card_key(commitment_id: str) -> str:
    """Key of the post that shows a deliverable in the thread of *This week*."""
    return f"deliverable-card/{commitment_id}"


def of_card(db: Database, partnership: Partnership, key: str) -> Commitment | None:
    """The deliverable whose card has this key; None when it is the key of something else."""
    commitment_id = key.removeprefix(card_key(""))
    return None if commitment_id == key else get(db, partnership.team_id, commitment_id)


def insert(db: Database, one: Commitment, by: Mover) -> bool:
    """Store a new commitment with its first date; False when its id is stored already."""
    added = db.execute(
        """
        INSERT INTO commitments (team_id, id, partnership_id, kind, title, owner_id, side, state,
            due_at, first_due_at, moves, created_by, created_at, closed_at, asked_at, details,
            audience, importance, owner_kind, declined_why, closed_reason, review, review_until,
            reviewed_at, sent_back, snoozed_until, acknowledged_at, next_at, source_channel,
            source_ts, source_thread_ts, cadence_id, stopped_at)
        VALUES (:team, :id, :partnership, :kind, :title, :owner, :side, :state, :due, :first_due,
            :moves, :created_by, :created_at, :closed_at, :asked_at, :details, :audience,
            :importance, :owner_kind, :declined_why, :closed_reason, :review, :review_until,
            :reviewed_at, :sent_back, :snoozed_until, :acknowledged_at, :next_at, :source_channel,
            :source_ts, :source_thread_ts, :cadence, :stopped_at)
        ON CONFLICT (team_id, id) DO NOTHING
        """,
        _keys(one) | _changing(one) | _lasting(one),
    )
    if added.rowcount != 1:
        return False
    deliverable_dates.add(db, one, None, by, one.created_at)
    return True


def save(db: Database, one: Commitment) -> None:
    """Store what can change about a commitment; when its owner hears of it is reckoned anew."""
    db.execute(
        """
        UPDATE commitments SET title = :title, owner_id = :owner, side = :side, state = :state,
            due_at = :due, first_due_at = :first_due, moves = :moves, closed_at = :closed_at,
            asked_at = :asked_at, details = :details, audience = :audience,
            importance = :importance, owner_kind = :owner_kind, declined_why = :declined_why,
            closed_reason = :closed_reason, review = :review, review_until = :review_until,
            reviewed_at = :reviewed_at, sent_back = :sent_back, snoozed_until = :snoozed_until,
            acknowledged_at = :acknowledged_at, next_at = NULL, stopped_at = :stopped_at
        WHERE team_id = :team AND id = :id
        """,
        _keys(one) | _changing(one),
    )


def get(db: Database, team_id: str, commitment_id: str) -> Commitment | None:
    sql = f"SELECT {_COLUMNS} FROM commitments c WHERE c.team_id = :team AND c.id = :id"  # noqa: S608
    return next(_read(db, sql, {"team": team_id, "id": commitment_id}), None)


def every(db: Database, team_id: str, ids: Iterable[str]) -> dict[str, Commitment]:
    """Those of some ids that there are."""
    sql = f"""
        SELECT {_COLUMNS} FROM commitments c
        WHERE c.team_id = :team AND c.id IN (SELECT value FROM json_each(:ids))
    """  # noqa: S608  # the columns are a constant
    values = {"team": team_id, "ids": json.dumps(list(ids))}
    return {one.id: one for one in _read(db, sql, values)}


def of_source(db: Database, team_id: str, source: Source) -> list[Commitment]:
    """What is tracked from a message and was neither withdrawn nor declined, the oldest first."""
    sql = f"""
        SELECT {_COLUMNS} FROM commitments c INDEXED BY commitments_by_source
        WHERE c.team_id = :team AND c.source_channel = :channel AND c.source_ts = :ts
            AND c.kind = 'deliverable' AND c.state NOT IN ('withdrawn', 'declined')
        ORDER BY c.created_at, c.id
    """  # noqa: S608  # the columns are a constant
    values = {"team": team_id, "channel": source.channel, "ts": source.ts}
    return list(_read(db, sql, values))


def move_channel(db: Database, team_id: str, old: str, new: str) -> None:
    """A channel has another id: messages in it are found there."""
    db.execute(
        """
        UPDATE commitments SET source_channel = :new
        WHERE team_id = :team AND source_channel = :old AND source_ts IS NOT NULL
        """,
        {"team": team_id, "old": old, "new": new},
    )


def open_in(
    db: Database,
    partnership: Partnership,
    until: datetime | None = None,
    *,
    is_public: bool = True,
) -> list[Carded]:
    """What is open in a partnership with its cards, the longest due first.

    Args:
        until: Only what is due before this moment; None: everything.
        is_public: Only what may stand in the shared channel; else whoever asks looks who may read
            each.
    """
    where = """
        c.partnership_id = :partnership AND c.closed_at IS NULL
        AND c.due_at < :until AND (c.audience = 'both' OR NOT :public)
    """
    values = {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "public": is_public,
        "until": "9999" if until is None else to_text(until),
        "most": MOST_LISTED,
    }
    return carded_rows(db, where, values, "commitments_open")


def carded_rows(db: Database, where: str, values: Mapping[str, Any], index: str) -> list[Carded]:
    """Commitments with their cards, the longest due first.

    Args:
        where: Beside the team, over the columns of ``c``; a constant of ours, as is ``index``.
        values: Hold ``team`` and how many at ``most``.
    """
    sql = f"""
        SELECT {_COLUMNS}, o.channel AS card_channel, o.ts AS card_ts, w.ts AS root_ts
        FROM commitments c INDEXED BY {index}
        LEFT JOIN outbox o ON o.team_id = c.team_id AND o.key = 'deliverable-card/' || c.id
        LEFT JOIN outbox w ON w.team_id = c.team_id AND w.key = o.thread_of
        WHERE c.team_id = :team AND {where}
        ORDER BY c.due_at LIMIT :most
    """  # noqa: S608  # all parts are constants
    return [_carded(row) for row in db.query(sql, dict(values))]


def closed_in(
    db: Database, partnership: Partnership, from_at: datetime, until_at: datetime
) -> list[Commitment]:
    """What was closed from one moment until another, in any way, in that order.

    What may not stand in the shared channel is left out.
    """
    sql = f"""
        SELECT {_COLUMNS} FROM commitments c
        WHERE c.team_id = :team AND c.partnership_id = :partnership
            AND c.closed_at >= :from AND c.closed_at < :until AND c.audience = 'both'
        ORDER BY c.closed_at
    """  # noqa: S608  # the columns are a constant
    values = {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "from": to_text(from_at),
        "until": to_text(until_at),
    }
    return list(_read(db, sql, values))


def owed_by(
    db: Database, team_id: str, person_id: str, until: datetime | None = None
) -> list[Commitment]:
    """What a person owes in all partnerships, the longest due first.

    Args:
        until: Only what is due before this moment; None: everything.
    """
    sql = f"""
        SELECT {_COLUMNS} FROM commitments c
        WHERE c.team_id = :team AND c.owner_id = :person AND c.closed_at IS NULL
            AND c.due_at < :until
        ORDER BY c.due_at LIMIT :most
    """  # noqa: S608  # the columns are a constant
    values = {
        "team": team_id,
        "person": person_id,
        "until": "9999" if until is None else to_text(until),
        "most": MOST_LISTED,
    }
    return list(_read(db, sql, values))


def with_a_word(
    db: Database, team_id: str, person_id: str, until: datetime, now: datetime
) -> list[Commitment]:
    """What of all that a person owes may have something to say now, the longest due first.

    Args:
        until: What is due before this moment belongs to it, whether something is said or not.
    """
    sql = f"""
        SELECT {_COLUMNS} FROM (
            SELECT id FROM commitments INDEXED BY commitments_by_owner
            WHERE team_id = :team AND owner_id = :person AND closed_at IS NULL AND due_at < :until
            UNION
            SELECT id FROM commitments INDEXED BY commitments_next
            WHERE team_id = :team AND owner_id = :person AND closed_at IS NULL AND next_at <= :now
            UNION
            SELECT id FROM commitments INDEXED BY commitments_next
            WHERE team_id = :team AND owner_id = :person AND closed_at IS NULL
                AND next_at IS NULL
        ) f CROSS JOIN commitments c ON c.team_id = :team AND c.id = f.id
        ORDER BY c.due_at LIMIT :most
    """  # noqa: S608  # the columns are a constant
    values = {
        "team": team_id,
        "person": person_id,
        "until": to_text(until),
        "now": to_text(now),
        "most": MOST_LISTED,
    }
    return list(_read(db, sql, values))


def owes_anything(db: Database, team_id: str, person_id: str) -> bool:
    rows = db.query(
        """
        SELECT 1 AS found FROM commitments INDEXED BY commitments_by_owner
        WHERE team_id = :team AND owner_id = :person AND closed_at IS NULL LIMIT 1
        """,
        {"team": team_id, "person": person_id},
    )
    return bool(list(rows))


def owners_in(
    db: Database, partnership: Partnership
) -> list[tuple[str, str, OwnerKind, Side, State]]:
    """Of all that is open in a partnership: id, owner, what it was given to, side and state."""
    rows = db.query(
        """
        SELECT id, owner_id, owner_kind, side, state
        FROM commitments INDEXED BY commitments_open
        WHERE team_id = :team AND partnership_id = :partnership AND closed_at IS NULL
        ORDER BY due_at, id
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    return [
        (row["id"], row["owner_id"], row["owner_kind"], row["side"], row["state"]) for row in rows
    ]


def note_asked(db: Database, team_id: str, commitment_id: str, now: datetime) -> None:
    """Its owner was asked about it after it was due; the first time is kept."""
    db.execute(
        """
        UPDATE commitments SET asked_at = :now
        WHERE team_id = :team AND id = :id AND asked_at IS NULL
        """,
        {"team": team_id, "id": commitment_id, "now": to_text(now)},
    )


def _read(db: Database, sql: str, values: dict[str, Any]) -> Iterator[Commitment]:
    return (_commitment(row) for row in db.query(sql, values))


def _carded(row: Mapping[str, Any]) -> Carded:
    return Carded(
        commitment=_commitment(row),
        channel=row["card_channel"],
        ts=row["card_ts"],
        root_ts=row["root_ts"],
    )


def _commitment(row: Mapping[str, Any]) -> Commitment:
    return Commitment(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        kind=row["kind"],
        title=row["title"],
        owner_id=row["owner_id"],
        side=row["side"],
        state=row["state"],
        due_at=from_text(row["due_at"]),
        first_due_at=from_text(row["first_due_at"]),
        moves=row["moves"],
        created_by=row["created_by"],
        created_at=from_text(row["created_at"]),
        closed_at=maybe_from(row["closed_at"]),
        asked_at=maybe_from(row["asked_at"]),
        details=row["details"],
        audience=row["audience"],
        importance=row["importance"],
        owner_kind=row["owner_kind"],
        declined_why=row["declined_why"],
        closed_reason=row["closed_reason"],
        review=row["review"],
        review_until=maybe_from(row["review_until"]),
        reviewed_at=maybe_from(row["reviewed_at"]),
        sent_back=row["sent_back"],
        snoozed_until=maybe_from(row["snoozed_until"]),
        acknowledged_at=maybe_from(row["acknowledged_at"]),
        next_at=maybe_from(row["next_at"]),
        source=_source(row),
        cadence_id=row["cadence_id"],
        stopped_at=maybe_from(row["stopped_at"]),
    )


def _source(row: Mapping[str, Any]) -> Source | None:
    if row["source_ts"] is None:
        return None
    return Source(
        channel=row["source_channel"], ts=row["source_ts"], thread_ts=row["source_thread_ts"]
    )


def _changing(one: Commitment) -> dict[str, Any]:
    return {
        "title": one.title,
        "owner": one.owner_id,
        "side": one.side,
        "state": one.state,
        "due": to_text(one.due_at),
        "first_due": to_text(one.first_due_at),
        "moves": one.moves,
        "closed_at": maybe_text(one.closed_at),
        "asked_at": maybe_text(one.asked_at),
        "details": one.details,
        "audience": one.audience,
        "importance": one.importance,
        "owner_kind": one.owner_kind,
        "declined_why": one.declined_why,
        "closed_reason": one.closed_reason,
        "review": one.review,
        "review_until": maybe_text(one.review_until),
        "reviewed_at": maybe_text(one.reviewed_at),
        "sent_back": one.sent_back,
        "snoozed_until": maybe_text(one.snoozed_until),
        "acknowledged_at": maybe_text(one.acknowledged_at),
        "next_at": maybe_text(one.next_at),
        "stopped_at": maybe_text(one.stopped_at),
    }


def _lasting(one: Commitment) -> dict[str, Any]:
    source = one.source
    return {
        "partnership": one.partnership_id,
        "kind": one.kind,
        "created_by": one.created_by,
        "created_at": to_text(one.created_at),
        "source_channel": None if source is None else source.channel,
        "source_ts": None if source is None else source.ts,
        "source_thread_ts": None if source is None else source.thread_ts,
        "cadence": one.cadence_id,
    }


def _keys(one: Commitment) -> dict[str, Any]:
    return {"team": one.team_id, "id": one.id}
