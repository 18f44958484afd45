"""The questions whether messages are to be tracked, as stored: never what was written."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.deliverables import Source
from domain.tracking import Asked, PinQuestion


def add(db: Database, question: PinQuestion) -> bool:
    """Keep a question; False when its message was asked about before."""
    source = question.source
    added = db.execute(
        """
        INSERT INTO pin_questions (team_id, channel, ts, id, partnership_id, thread_ts, pinned_by,
            author_id, asked_at, state)
        VALUES (:team, :channel, :ts, :id, :partnership, :thread, :pinned_by, :author, :asked_at,
            :state)
        ON CONFLICT (team_id, channel, ts) DO NOTHING
        """,
        {
            "team": question.team_id,
            "channel": source.channel,
            "ts": source.ts,
            "id": question.id,
            "partnership": question.partnership_id,
            "thread": source.thread_ts,
            "pinned_by": question.pinned_by,
            "author": question.author_id,
            "asked_at": to_text(question.asked_at),
            "state": question.state,
        },
    )
    return added.rowcount == 1


def of_message(db: Database, team_id: str, channel: str, ts: str) -> PinQuestion | None:
    rows = db.query(
        "SELECT * FROM pin_questions WHERE team_id = :team AND channel = :channel AND ts = :ts",
        {"team": team_id, "channel": channel, "ts": ts},
    )
    return next(map(_question, rows), None)


def get(db: Database, team_id: str, question_id: str) -> PinQuestion | None:
    rows = db.query(
        "SELECT * FROM pin_questions WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": question_id},
    )
    return next(map(_question, rows), None)


def set_state(db: Database, question: PinQuestion, state: Asked) -> None:
    db.execute(
        "UPDATE pin_questions SET state = :state WHERE team_id = :team AND id = :id",
        {"team": question.team_id, "id": question.id, "state": state},
    )


def forget(db: Database, question: PinQuestion) -> None:
    """It was never read by anybody."""
    db.execute(
        "DELETE FROM pin_questions WHERE team_id = :team AND id = :id",
        {"team": question.team_id, "id": question.id},
    )


def move_channel(db: Database, team_id: str, old: str, new: str) -> None:
    db.execute(
        "UPDATE pin_questions SET channel = :new WHERE team_id = :team AND channel = :old",
        {"team": team_id, "old": old, "new": new},
    )


def _question(row: Mapping[str, Any]) -> PinQuestion:
    return PinQuestion(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        source=Source(channel=row["channel"], ts=row["ts"], thread_ts=row["thread_ts"]),
        pinned_by=row["pinned_by"],
        author_id=row["author_id"],
        asked_at=from_text(row["asked_at"]),
        state=row["state"],
    )
