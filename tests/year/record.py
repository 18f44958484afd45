"""What happened in a life, as anybody outside could have noted it; who judges reads this alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from data.outbox import Row
from data.store import Store
from domain.people import Side
from tests.partners import MONDAY_NOON
from tests.year.clocks import SlowClock
from tests.year.plans import Plan

MINUTE: Final = timedelta(minutes=1)
COUNTRY: Final[dict[Side, str]] = {"client": "US", "vendor": "PH"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Human:
    """Somebody who takes part, and the clock by which they live."""

    id: str
    slack_id: str
    side: Side
    clock: SlowClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What Slack took, when, and how it read then."""

    row: Row
    at: datetime


def _nothing(human: Human, posted: Posted) -> None:
    """Nobody judges it at once."""


@dataclass(kw_only=True)
class Record:
    """Everything that happened.

    Attributes:
        seen: How each deliverable stood, from each moment on at which it changed.
        touched: When somebody changed whether and when they are written to.
        down: From when until when the bot was gone.
        answered: The names of what people were answered instead of what they wanted.
    """

    plan: Plan
    store: Store
    humans: list[Human]
    now: datetime
    sponsors: list[Human] = field(default_factory=list)
    posted: dict[str, Posted] = field(default_factory=dict)
    seen: dict[str, list[tuple[datetime, dict[str, Any]]]] = field(default_factory=dict)
    quiet: dict[str, list[tuple[datetime, str | None]]] = field(default_factory=dict)
    touched: dict[str, list[datetime]] = field(default_factory=dict)
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    absences: list[tuple[datetime, list[dict[str, Any]]]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    on_post: Callable[[Human, Posted], None] = _nothing

    @property
    def start(self) -> datetime:
        return starts_at(self.plan)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(weeks=self.plan.weeks)

    def human(self, person_id: str) -> Human:
        return next(one for one in self.everybody if one.id == person_id)

    @property
    def everybody(self) -> list[Human]:
        return [*self.humans, *self.sponsors]

    def title(self, thing: str) -> str:
        return str(self.seen[thing][-1][1]["title"])

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return list(self.store.reading().query(sql, values))


def starts_at(plan: Plan) -> datetime:
    return MONDAY_NOON + timedelta(weeks=plan.first_week)


def look(record: Record) -> None:
    """Note how everything stands for whoever judges."""
    sql = "SELECT commitment_id FROM commitment_waits WHERE until_at IS NULL"
    waiting = {row["commitment_id"] for row in record.rows(sql)}
    for row in record.rows("SELECT * FROM commitments"):
        stands = {key: row[key] for key in row if key not in {"next_at", "asked_at"}}
        stands["waits"] = row["id"] in waiting
        history = record.seen.setdefault(row["id"], [])
        if not history or history[-1][1] != stands:
            history.append((record.now, stands))
    away_now = record.rows("SELECT * FROM away")
    if not record.absences or record.absences[-1][1] != away_now:
        record.absences.append((record.now, away_now))
    for row in record.rows("SELECT id, quiet_until FROM people"):
        known = record.quiet.setdefault(row["id"], [])
        if not known or known[-1][1] != row["quiet_until"]:
            known.append((record.now, row["quiet_until"]))
