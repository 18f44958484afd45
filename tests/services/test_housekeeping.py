from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import inbox, messages, outbox, wakes
from domain.messages import Written, stamp_of
from services import housekeeping
from services.deps import Deps
from services.planning import plan_due
from tests.desk import clients_of
from tests.partners import PARTNERSHIP
from tests.stores import MONDAY_NOON, TEAM, message, open_store

DAY = timedelta(days=1)
PLANNERS = {housekeeping.KIND: housekeeping.plan}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    store = open_store(tmp_path)
    with store.writing(None) as db:
        housekeeping.begin(db, TEAM, MONDAY_NOON)
    yield Deps(store=store, now=lambda: MONDAY_NOON, clients=clients_of("http://127.0.0.1:9/"))
    store.close()


def test_payloads_and_events_are_forgotten_after_fourteen_days(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        for number in range(450):
            outbox.put(db, TEAM, None, f"m{number}", message(), now=MONDAY_NOON)
            outbox.drop(db, TEAM, f"m{number}", "for a test", now=MONDAY_NOON)
            inbox.accept(db, TEAM, f"Ev{number}", "message", MONDAY_NOON)
        outbox.put(db, TEAM, None, "waiting", message(), now=MONDAY_NOON)

    plan_due(deps, PLANNERS, MONDAY_NOON + 14 * DAY)
    assert kept(deps) == (451, 450)
    plan_due(deps, PLANNERS, MONDAY_NOON + 15 * DAY)

    assert kept(deps) == (1, 0)
    assert wakes.next_at(deps.store.reading()) == MONDAY_NOON + 16 * DAY


def kept(deps: Deps) -> tuple[int, int]:
    db = deps.store.reading()
    payloads = next(iter(db.query("SELECT COUNT(*) AS n FROM outbox WHERE payload <> '{}'")))["n"]
    events = next(iter(db.query("SELECT COUNT(*) AS n FROM inbox")))["n"]
    return payloads, events


def test_beginning_again_changes_nothing(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        housekeeping.begin(db, TEAM, MONDAY_NOON + 5 * DAY)

    assert wakes.next_at(deps.store.reading()) == MONDAY_NOON + DAY


def test_who_wrote_when_is_forgotten_after_four_hundred_days(deps: Deps) -> None:
    at_home = replace(PARTNERSHIP, team_id=TEAM)
    old, young = MONDAY_NOON - 400 * DAY, MONDAY_NOON - 398 * DAY
    with deps.store.writing(None) as db:
        for at in (old, young):
            written = Written(channel="C1", ts=stamp_of(at), person_id="ana", side="vendor", at=at)
            messages.add(db, at_home, written)

    plan_due(deps, PLANNERS, MONDAY_NOON + DAY)

    db = deps.store.reading()
    found = messages.between(db, at_home, old - DAY, MONDAY_NOON)
    assert [one.at for one in found] == [young]
    assert messages.last_of_side(db, at_home, "client") is None
