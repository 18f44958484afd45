import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import wakes
from data.store import Store
from data.wakes import Wake
from services.deps import Deps
from services.planning import next_wake_at, plan_due, weeks_first
from tests.desk import clients_of
from tests.stores import MONDAY_NOON, TEAM, open_store

MINUTE = timedelta(minutes=1)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    store = open_store(tmp_path)
    yield Deps(store=store, now=lambda: MONDAY_NOON, clients=clients_of("http://127.0.0.1:9/"))
    store.close()


def due(store: Store, kind: str, subject: str, due_at: datetime = MONDAY_NOON) -> None:
    with store.writing(None) as db:
        wakes.set_wake(db, TEAM, kind, subject, None, due_at)


def clear(deps: Deps, wake: Wake, _now: datetime) -> None:
    with deps.store.writing(None, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


def broken(_deps: Deps, wake: Wake, _now: datetime) -> None:
    raise LookupError(wake.subject_id)


def forgetful(_deps: Deps, _wake: Wake, _now: datetime) -> None:
    """Leaves its wake as it was."""


def test_what_is_due_goes_to_the_planner_of_its_kind_longest_due_first(deps: Deps) -> None:
    seen: list[str] = []

    def note(deps: Deps, wake: Wake, now: datetime) -> None:
        seen.append(wake.subject_id)
        clear(deps, wake, now)

    due(deps.store, "checkin", "second")
    due(deps.store, "daily", "first", MONDAY_NOON - MINUTE)
    due(deps.store, "daily", "not yet", MONDAY_NOON + MINUTE)

    count = plan_due(deps, {"checkin": note, "daily": note}, MONDAY_NOON)

    assert (seen, count) == (["first", "second"], 2)
    assert next_wake_at(deps) == MONDAY_NOON + MINUTE
    assert plan_due(deps, {}, MONDAY_NOON) == 0


def test_after_a_long_sleep_a_week_opens_before_what_was_due_before_it() -> None:
    due_at = iter(MONDAY_NOON + n * MINUTE for n in range(6))
    asleep = [
        Wake(team_id=TEAM, kind=kind, subject_id=kind, partnership_id=where, due_at=next(due_at))
        for kind, where in (
            ("checkin", "p1"),
            ("daily", None),
            ("checkin", "p2"),
            ("week", "p2"),
            ("week", "p1"),
            ("pulse", "p1"),
        )
    ]

    ordered = [(wake.kind, wake.partnership_id) for wake in weeks_first(asleep)]

    assert ordered == [
        ("week", "p1"),
        ("checkin", "p1"),
        ("daily", None),
        ("week", "p2"),
        ("checkin", "p2"),
        ("pulse", "p1"),
    ]


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("broken", id="a planner that fails"),
        pytest.param("forgetful", id="a planner that leaves its wake as it was"),
        pytest.param("unknown", id="a kind of wake that nobody plans"),
    ],
)
def test_one_planner_at_fault_does_not_stop_the_others(
    deps: Deps, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    due(deps.store, kind, "bad", MONDAY_NOON - MINUTE)
    due(deps.store, "good", "fine")
    planners = {"broken": broken, "forgetful": forgetful, "good": clear}

    with caplog.at_level(logging.ERROR):
        plan_due(deps, planners, MONDAY_NOON)

    (left,) = wakes.due(deps.store.reading(), MONDAY_NOON + timedelta(days=1), 10)
    assert (left.subject_id, left.due_at) == ("bad", MONDAY_NOON + 5 * MINUTE)
    assert "bad" in caplog.text


def test_a_wake_set_anew_for_the_same_moment_is_not_taken_for_one_left_as_it_was(
    deps: Deps,
) -> None:
    """A clock that stands still: the planner and somebody else set the same moment."""
    due(deps.store, "checkin", "o1")

    def again(deps: Deps, wake: Wake, now: datetime) -> None:
        due(deps.store, wake.kind, wake.subject_id, now)

    plan_due(deps, {"checkin": again}, MONDAY_NOON)

    assert next_wake_at(deps) == MONDAY_NOON


def test_when_it_is_over_no_other_planner_begins(deps: Deps) -> None:
    seen: list[str] = []

    def note(deps: Deps, wake: Wake, now: datetime) -> None:
        seen.append(wake.subject_id)
        clear(deps, wake, now)

    for subject in ("first", "second", "third"):
        due(deps.store, "daily", subject)

    plan_due(deps, {"daily": note}, MONDAY_NOON, lambda: bool(seen))

    assert seen == ["first"]
    assert next_wake_at(deps) == MONDAY_NOON


def test_a_planner_that_outlives_the_database_is_no_fault(
    deps: Deps, caplog: pytest.LogCaptureFixture
) -> None:
    begun: list[str] = []

    def slow(deps: Deps, wake: Wake, now: datetime) -> None:
        begun.append(wake.subject_id)
        deps.store.close()
        clear(deps, wake, now)

    due(deps.store, "daily", "first")
    due(deps.store, "daily", "second")

    plan_due(deps, {"daily": slow}, MONDAY_NOON, lambda: bool(begun))

    assert begun == ["first"]
    assert caplog.records == []
