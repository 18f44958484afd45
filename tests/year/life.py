"""The life that a plan asks for: the real store, services and planners, in a time of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from data import ids, members, partnerships, wakes
from domain.calendars import Calendar, weekly_hours
from domain.people import Role, Side
from services.actors import Who
from services.attention import Attention
from services.deps import Deps
from tests.partners import ACME, ACME_TEAM, GLOBALCALL, GLOBALCALL_TEAM, MONDAY_NOON
from tests.partnership_store import NoClients, Stage, staged
from tests.year.clocks import NIGHT_SHIFT, OFFICE, Pattern, SlowClock
from tests.year.mortal import MortalStore
from tests.year.plans import Death, Plan
from tests.year.record import COUNTRY, Human, Record


@dataclass(kw_only=True)
class Life(Record):
    """One that is lived in this process, with a store that dies when the plan says so."""

    path: Path
    store: MortalStore
    stage: Stage
    fate: list[Death]

    @property
    def deps(self) -> Deps:
        # What is planned at once does not depend on how fast this machine is.
        still = Attention(machine_seconds=lambda: 0.0)
        return Deps(store=self.store, now=lambda: self.now, clients=NoClients(), attention=still)

    def who(self, human: Human) -> Who:
        home = ACME_TEAM if human.side == "client" else GLOBALCALL_TEAM
        channel = self.stage.partnership.channel
        return Who(team_id=ACME_TEAM, slack_id=human.slack_id, home_team=home, channel=channel)


@contextmanager
def known_ids() -> Iterator[None]:
    """Ids that are the same each time, so that nothing in their order changes by chance."""
    drawn = Random(0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ids, "os", SimpleNamespace(urandom=drawn.randbytes))
        yield


def begun(folder: Path, plan: Plan) -> Life:
    """Both companies stand, with everybody's own hours, in the first week of the plan."""
    client = replace(ACME, calendar=calendar_of(OFFICE, "client"))
    vendor = replace(GLOBALCALL, calendar=calendar_of(NIGHT_SHIFT, "vendor"))
    stage = staged(folder, client=client, vendor=vendor)
    humans = [
        _human(stage.maria, "U0MARIA", "client", OFFICE),
        _human(stage.ana, "U0ANA", "vendor", NIGHT_SHIFT),
    ]
    for n, pattern in enumerate(plan.clients):
        humans.append(_joins(stage, f"U0CLIENT{n}", "client", pattern))
    for n, pattern in enumerate(plan.vendors):
        humans.append(_joins(stage, f"U0VENDOR{n}", "vendor", pattern))
    sponsors = [
        _joins(stage, "U0SUE", "client", OFFICE, role="sponsor"),
        _joins(stage, "U0VIC", "vendor", NIGHT_SHIFT, role="sponsor"),
    ]
    start = MONDAY_NOON + timedelta(weeks=plan.first_week)
    with stage.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, "week", "p1", "p1", start)
        partnerships.set_sponsors(db, stage.partnership, frozenset({"client", "vendor"}))
    stage.store.close()
    store = MortalStore.open(stage.store.path, synchronous="OFF")
    fate = list(plan.deaths)
    store.doomed_by(fate)
    path = stage.store.path
    return Life(
        path=path,
        plan=plan,
        store=store,
        stage=stage,
        humans=humans,
        sponsors=sponsors,
        fate=fate,
        now=start,
    )


def _human(person_id: str, slack_id: str, side: Side, pattern: Pattern) -> Human:
    clock = SlowClock(pattern=pattern, country=COUNTRY[side])
    return Human(id=person_id, slack_id=slack_id, side=side, clock=clock)


def _joins(
    stage: Stage, slack_id: str, side: Side, pattern: Pattern, role: Role = "member"
) -> Human:
    team = ACME_TEAM if side == "client" else GLOBALCALL_TEAM
    person_id = stage.person(slack_id, (side, role, True), home_team=team)
    with stage.store.writing(None) as db:
        members.set_calendar(db, stage.partnership, person_id, calendar_of(pattern, side))
    return _human(person_id, slack_id, side, pattern)


def calendar_of(pattern: Pattern, side: Side) -> Calendar:
    return Calendar(
        zone=pattern.zone,
        hours=weekly_hours(pattern.said),
        holiday_countries=((COUNTRY[side], None),),
    )


def title(n: int) -> str:
    return f"thing {n:03}."


def thing_id(n: int) -> str:
    return f"thing{n:015}"
