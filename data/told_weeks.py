"""How a week was told: what stays as it was said, whatever happens afterwards; no sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.partnerships import Partnership

NextKind = Literal["checkin", "deliverable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What came next. ``subject_id``: of the cadence or the commitment; ``at``: as it was told."""

    kind: NextKind
    subject_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AsTold:
    """``kept``: of ``promised`` things due in the week; ``coming``: in the order told."""

    kept: int
    promised: int
    coming: tuple[Next, ...] = ()


def keep(db: Database, partnership: Partnership, week_on: date, said: AsTold) -> None:
    """Keep how a week was told; once kept it stays."""
    changed = db.execute(
        """
        UPDATE summaries SET kept = :kept, promised = :promised
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
            AND kept IS NULL
        """,
        _keys(partnership, week_on) | {"kept": said.kept, "promised": said.promised},
    )
    if changed.rowcount == 1:
        _keep_coming(db, partnership, week_on, said.coming)


def as_told(db: Database, partnership: Partnership, week_on: date) -> AsTold | None:
    """How a week was told; None when that was not kept."""
    sql = """
        SELECT kept, promised FROM summaries
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
            AND kept IS NOT NULL
    """
    for row in db.query(sql, _keys(partnership, week_on)):
        coming = tuple(_coming(db, partnership, week_on))
        return AsTold(kept=row["kept"], promised=row["promised"], coming=coming)
    return None


def _keep_coming(
    db: Database, partnership: Partnership, week_on: date, coming: Iterable[Next]
) -> None:
    for position, one in enumerate(coming, start=1):
        db.execute(
            """
            INSERT INTO summary_next (team_id, partnership_id, week_on, position, kind,
                subject_id, at)
            VALUES (:team, :partnership, :week, :position, :kind, :subject, :at)
            """,
            _keys(partnership, week_on)
            | {
                "position": position,
                "kind": one.kind,
                "subject": one.subject_id,
                "at": to_text(one.at),
            },
        )


def _coming(db: Database, partnership: Partnership, week_on: date) -> list[Next]:
    sql = """
        SELECT kind, subject_id, at FROM summary_next
        WHERE team_id = :team AND partnership_id = :partnership AND week_on = :week
        ORDER BY position
    """
    rows = db.query(sql, _keys(partnership, week_on))
    return [
        Next(kind=row["kind"], subject_id=row["subject_id"], at=from_text(row["at"]))
        for row in rows
    ]


def _keys(partnership: Partnership, week_on: date) -> dict[str, Any]:
    return {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "week": week_on.isoformat(),
    }
