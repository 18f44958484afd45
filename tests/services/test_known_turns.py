"""What is kept of turns while a partnership is planned is what stands in the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from data import partnerships, wakes
from data.store import Store
from data.wakes import Wake
from domain.cadences import Plan
from domain.checkins import WAKE_BEFORE, CheckIn
from domain.rule_text import Rule, monthly_by_weekday, weekly
from services import cadences as cadence_verbs
from services import checkin_planning
from services.deps import Deps
from services.directory import Clients
from services.known import Known
from services.known_turns import KnownTurns, Posts
from services.planners import PLANNERS
from services.planning import Planner, plan_due
from services.together import Together
from tests.partners import NEW_YORK, PARTNERSHIP
from tests.stores import open_store

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
THREE_WEEKS = timedelta(days=21)
FIVE_WEEKS = timedelta(days=35)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A partnership with check-ins of several kinds; the vendor is off on one of their days."""
    store = open_store(tmp_path)
    with store.writing(None) as db:
        partnerships.insert(db, PARTNERSHIP)
        partnerships.agree(db, PARTNERSHIP, "maria", MONDAY)
        partnerships.add_day_off(db, PARTNERSHIP, "vendor", date(2026, 12, 1), None)
        for plan in _plans():
            cadence_verbs.create(
                db, PARTNERSHIP, plan, by=None, now=MONDAY, wake_before=WAKE_BEFORE
            )
    yield store
    store.close()


def _plans() -> Iterator[Plan]:
    kept: tuple[tuple[str, Rule, dict[str, str]], ...] = (
        ("2026-11-24T10:00", weekly((1,)), {}),
        ("2026-11-24T11:00", weekly((1,)), {"holidays": "shared"}),
        ("2026-11-24T12:00", weekly((1,)), {"holidays": "skip"}),
        ("2026-11-18T09:00", monthly_by_weekday(3, 2), {}),
        ("2026-11-19T09:00", weekly((3,)), {"preset": "written"}),
    )
    for start, rule, settings in kept:
        yield Plan(
            kind="checkin",
            title=f"Review {start}",
            rule=rule,
            local_start=datetime.fromisoformat(start),
            zone=NEW_YORK,
            length=timedelta(minutes=30),
            settings=settings,
        )


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(timedelta(0), id="always awake"),
        pytest.param(timedelta(days=6), id="asleep for days"),
        pytest.param(timedelta(days=19), id="asleep for weeks"),
    ],
)
def test_what_is_known_of_turns_is_what_a_new_reading_finds(store: Store, step: timedelta) -> None:
    looked: list[Wake] = []
    wrong: list[Wake] = []

    def plan(known: Known, wake: Wake) -> None:
        checkin_planning.plan.plan(known, wake)
        looked.append(wake)
        if _all_of(known.turns) != _all_of(KnownTurns(known.db, known.partnership, known.now)):
            wrong.append(wake)

    deps = Deps(store=store, now=lambda: MONDAY, clients=cast("Clients", None))
    planners: dict[str, Planner] = {**PLANNERS, "checkin": Together(plan)}
    now = MONDAY
    while now < MONDAY + FIVE_WEEKS:
        due_at = wakes.next_at(store.reading())
        assert due_at is not None
        now = max(now + step, due_at)
        while plan_due(deps, planners, now):
            pass

    assert wrong == []
    assert len({one.subject_id for one in looked}) > 8


def _all_of(turns: KnownTurns) -> list[tuple[CheckIn, Posts]]:
    every = [*turns.coming(), *turns.over(turns.now - THREE_WEEKS)]
    return [(one, sorted(turns.posts(one.turn))) for one in every]
