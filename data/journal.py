"""The append-only record of who did what when; neither words people typed nor names stand in it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, to_text
from domain.people import Side
from domain.values import value

_NOTHING: Final[Mapping[str, Any]] = {}
_AS_TEXT: Final = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


@value
class Entry:
    """One thing that happened.

    Attributes:
        by: The person who did it; None when time or Slack did.
        side: The side on whose behalf; None for neither.
    """

    at: datetime
    verb: str
    subject_kind: str
    subject_id: str
    partnership_id: str | None
    by: str | None
    side: Side | None
    details: Mapping[str, Any]


def record(  # noqa: PLR0913, PLR0917  # one line a fact reads better than a value built for it
    db: Database,
    team_id: str,
    partnership_id: str | None,
    verb: str,
    subject_kind: str,
    subject_id: str,
    *,
    by: str | None,
    side: Side | None,
    now: datetime,
    details: Mapping[str, Any] = _NOTHING,
) -> None:
    """Write down what happened, in the transaction in which it happens.

    Args:
        details: Ids, codes and figures only.
    """
    db.execute(
        """
        INSERT INTO journal (team_id, id, position, partnership_id, at, verb, subject_kind,
            subject_id, by_person, side, details)
        VALUES (:team, :id,
            (SELECT COALESCE(MAX(position), 0) + 1 FROM journal),
            :partnership, :now, :verb, :kind, :subject, :by, :side, :details)
        """,
        {
            "team": team_id,
            "id": new_id(),
            "partnership": partnership_id,
            "now": to_text(now),
            "verb": verb,
            "kind": subject_kind,
            "subject": subject_id,
            "by": by,
            "side": side,
            "details": _AS_TEXT.encode(dict(details)),
        },
    )


def entries(db: Database, team_id: str, subject_kind: str, subject_id: str) -> list[Entry]:
    """What happened to one thing, oldest first."""
    sql = """
        SELECT * FROM journal
        WHERE team_id = :team AND subject_kind = :kind AND subject_id = :subject
        ORDER BY position
    """
    values = {"team": team_id, "kind": subject_kind, "subject": subject_id}
    return [_entry(row) for row in db.query(sql, values)]


def entries_of_partnership(
    db: Database, team_id: str, partnership_id: str, since: datetime
) -> list[Entry]:
    """What happened in a partnership from a moment on, oldest first."""
    sql = """
        SELECT * FROM journal
        WHERE team_id = :team AND partnership_id = :partnership AND at >= :since
        ORDER BY at, position
    """
    values = {"team": team_id, "partnership": partnership_id, "since": to_text(since)}
    return [_entry(row) for row in db.query(sql, values)]


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        at=from_text(row["at"]),
        verb=row["verb"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        partnership_id=row["partnership_id"],
        by=row["by_person"],
        side=row["side"],
        details=json.loads(row["details"]),
    )
