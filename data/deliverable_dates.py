"""The history of the dates of what people owe, as stored."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.deliverables import Cause, Commitment, DateChange
from domain.due_days import Named
from domain.people import Side
from domain.values import value


@value
class Caused:
    """Why a date moved though nobody chose it.

    Attributes:
        input_id: Of the deliverable of the other side that was late; None: no such.
        minutes: The working time by which it moved.
    """

    cause: Cause
    minutes: int
    input_id: str | None = None


@value
class Mover:
    """Who changes a date, on whose behalf, and why.

    Attributes:
        reason: None: none was given.
        named: The day that was named, when the owner does not work on it.
        caused: None: the person chose the date.
    """

    person_id: str
    side: Side | None
    reason: str | None = None
    named: Named | None = None
    caused: Caused | None = None


def add(
    db: Database, one: Commitment, old_due_at: datetime | None, by: Mover, now: datetime
) -> None:
    """Note the date that a commitment has now. ``old_due_at`` None: it is the first."""
    db.execute(
        """
        INSERT INTO commitment_dates (team_id, commitment_id, position, due_at, old_due_at,
            changed_by, side, changed_at, was_early, reason, named_on, named_why, cause,
            cause_id, cause_minutes)
        VALUES (:team, :id,
            (SELECT COALESCE(MAX(position), 0) + 1 FROM commitment_dates
             WHERE team_id = :team AND commitment_id = :id),
            :due, :old_due, :by, :side, :now, :early, :reason, :named_on, :named_why,
            :cause, :cause_id, :cause_minutes)
        """,
        _keys(one)
        | _named_values(by.named)
        | _cause_values(by.caused)
        | {
            "due": to_text(one.due_at),
            "old_due": maybe_text(old_due_at),
            "by": by.person_id,
            "side": by.side,
            "now": to_text(now),
            "early": int(old_due_at is None or now < old_due_at),
            "reason": by.reason,
        },
    )


def take_back(db: Database, one: Commitment) -> None:
    """The last change of date did not happen; the first date stays."""
    db.execute(
        """
        DELETE FROM commitment_dates
        WHERE team_id = :team AND commitment_id = :id AND position > 1 AND position = (
            SELECT MAX(position) FROM commitment_dates
            WHERE team_id = :team AND commitment_id = :id)
        """,
        _keys(one),
    )


def name_day(db: Database, one: Commitment, named: Named | None) -> None:
    """The date it has now was said anew, by another day or another owner."""
    db.execute(
        """
        UPDATE commitment_dates SET named_on = :named_on, named_why = :named_why
        WHERE team_id = :team AND commitment_id = :id AND position = (
            SELECT MAX(position) FROM commitment_dates
            WHERE team_id = :team AND commitment_id = :id)
        """,
        _keys(one) | _named_values(named),
    )


def named_day(db: Database, one: Commitment) -> Named | None:
    """The day that was named for its date, when its owner does not work on it; else None."""
    rows = db.query(
        """
        SELECT named_on, named_why FROM commitment_dates
        WHERE team_id = :team AND commitment_id = :id ORDER BY position DESC LIMIT 1
        """,
        _keys(one),
    )
    row = next(iter(rows), None)
    if row is None or row["named_on"] is None:
        return None
    return Named(day=date.fromisoformat(row["named_on"]), why=row["named_why"])


def history(db: Database, one: Commitment) -> list[DateChange]:
    """The history of dates, the first one first."""
    rows = db.query(
        """
        SELECT * FROM commitment_dates
        WHERE team_id = :team AND commitment_id = :id ORDER BY position
        """,
        _keys(one),
    )
    return [_date(row) for row in rows]


def _date(row: Mapping[str, Any]) -> DateChange:
    return DateChange(
        due_at=from_text(row["due_at"]),
        old_due_at=maybe_from(row["old_due_at"]),
        changed_by=row["changed_by"],
        side=row["side"],
        changed_at=from_text(row["changed_at"]),
        was_early=bool(row["was_early"]),
        reason=row["reason"],
        cause=row["cause"],
        cause_id=row["cause_id"],
        minutes=row["cause_minutes"] or 0,
    )


def _named_values(named: Named | None) -> dict[str, str | None]:
    if named is None:
        return {"named_on": None, "named_why": None}
    return {"named_on": named.day.isoformat(), "named_why": named.why}


def _cause_values(caused: Caused | None) -> dict[str, Any]:
    if caused is None:
        return {"cause": None, "cause_id": None, "cause_minutes": None}
    return {
        "cause": caused.cause,
        "cause_id": caused.input_id,
        "cause_minutes": caused.minutes,
    }


def _keys(one: Commitment) -> dict[str, Any]:
    return {"team": one.team_id, "id": one.id}
