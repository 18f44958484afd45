"""The life that a plan asks for: the real store, services and planners, in a time of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Final

import pytest

from data import ids, members, wakes
from data.outbox import Row
from domain.calendars import Calendar, weekly_hours
from domain.people import Side
from services.actors import Who
from services.deps import Deps
from tests.partners import ACME, ACME_TEAM, GLOBALCALL, GLOBALCALL_TEAM, MONDAY_NOON
from tests.partnership_store import NoClients, Stage, staged
from tests.year.clocks import NIGHT_SHIFT, OFFICE, Pattern, SlowClock
from tests.year.mortal import MortalStore
from tests.year.plans import Death, Plan

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
class Life:
    """Everything that happened, as anybody outside could have noted it.

    Attributes:
        seen: How each deliverable stood, from each moment on at which it changed.
        touched: When somebody changed whether and when they are written to.
        down: From when until when the bot was gone.
        answered: The names of what people were answered instead of what they wanted.
    """

    path: Path
    plan: Plan
    store: MortalStore
    stage: Stage
    humans: list[Human]
    fate: list[Death]
    now: datetime
    posted: dict[str, Posted] = field(default_factory=dict)
    seen: dict[str, list[tuple[datetime, dict[str, Any]]]] = field(default_factory=dict)
    quiet: dict[str, list[tuple[datetime, str | None]]] = field(default_factory=dict)
    touched: dict[str, list[datetime]] = field(default_factory=dict)
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    absences: list[tuple[datetime, list[dict[str, Any]]]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    on_post: Callable[[Human, Posted], None] = _nothing

    @property
    def deps(self) -> Deps:
        return Deps(store=self.store, now=lambda: self.now, clients=NoClients())

    @property
    def start(self) -> datetime:
        return MONDAY_NOON + timedelta(weeks=self.plan.first_week)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(weeks=self.plan.weeks)

    def human(self, person_id: str) -> Human:
        return next(one for one in self.humans if one.id == person_id)

    def who(self, human: Human) -> Who:
        home = ACME_TEAM if human.side == "client" else GLOBALCALL_TEAM
        channel = self.stage.partnership.channel
        return Who(team_id=ACME_TEAM, slack_id=human.slack_id, home_team=home, channel=channel)

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return list(self.store.reading().query(sql, values))


@contextmanager
def known_ids() -> Iterator[None]:
    """Ids that are the same each time, so that nothing in their order changes by chance."""
    drawn = Random(0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ids, "os", SimpleNamespace(urandom=drawn.randbytes))
        yield


def begun(folder: Path, plan: Plan) -> Life:
    """Both companies stand, with everybody's own hours, in the first week of the plan."""
    client = replace(ACME, calendar=_calendar(OFFICE, "client"))
    vendor = replace(GLOBALCALL, calendar=_calendar(NIGHT_SHIFT, "vendor"))
    stage = staged(folder, client=client, vendor=vendor)
    humans = [
        _human(stage.maria, "U0MARIA", "client", OFFICE),
        _human(stage.ana, "U0ANA", "vendor", NIGHT_SHIFT),
    ]
    for n, pattern in enumerate(plan.clients):
        humans.append(_joins(stage, f"U0CLIENT{n}", "client", pattern))
    for n, pattern in enumerate(plan.vendors):
        humans.append(_joins(stage, f"U0VENDOR{n}", "vendor", pattern))
    start = MONDAY_NOON + timedelta(weeks=plan.first_week)
    with stage.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, "week", "p1", "p1", start)
    stage.store.close()
    store = MortalStore.open(stage.store.path, synchronous="OFF")
    fate = list(plan.deaths)
    store.doomed_by(fate)
    path = stage.store.path
    return Life(path=path, plan=plan, store=store, stage=stage, humans=humans, fate=fate, now=start)


def _human(person_id: str, slack_id: str, side: Side, pattern: Pattern) -> Human:
    clock = SlowClock(pattern=pattern, country=COUNTRY[side])
    return Human(id=person_id, slack_id=slack_id, side=side, clock=clock)


def _joins(stage: Stage, slack_id: str, side: Side, pattern: Pattern) -> Human:
    team = ACME_TEAM if side == "client" else GLOBALCALL_TEAM
    person_id = stage.person(slack_id, (side, "member", True), home_team=team)
    with stage.store.writing(None) as db:
        members.set_calendar(db, stage.partnership, person_id, _calendar(pattern, side))
    return _human(person_id, slack_id, side, pattern)


def _calendar(pattern: Pattern, side: Side) -> Calendar:
    return Calendar(
        zone=pattern.zone,
        hours=weekly_hours(pattern.said),
        holiday_countries=((COUNTRY[side], None),),
    )


def title(n: int) -> str:
    return f"thing {n:03}."


def thing_id(n: int) -> str:
    return f"thing{n:015}"


def number(thing: str) -> int:
    return int(thing.removeprefix("thing"))
