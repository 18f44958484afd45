"""How many starts of check-ins stand at a channel's top level in one week."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import Database, cadences, partnerships, weeks
from data.store import Store
from domain.cadences import CadenceKind, Occurrence, Plan
from domain.checkins import CheckIn
from domain.people import SIDES
from domain.rule_text import weekly
from services import cadences as cadence_verbs
from services.checkin_starts import start_thread
from tests.partners import NEW_YORK, PARTNERSHIP
from tests.stores import open_store

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path)) as store, store.writing(None) as db:
        partnerships.insert(db, PARTNERSHIP)
        partnerships.agree(db, PARTNERSHIP, "maria", MONDAY)
        weeks.add(db, PARTNERSHIP, MONDAY.date(), MONDAY)
        yield store


def begun(db: Database, day: int, kind: CadenceKind = "checkin", preset: str = "") -> Occurrence:
    """Something weekly at 10:00 in New York; its turn in the week of 16 November."""
    plan = Plan(
        kind=kind,
        title=f"On day {day}",
        rule=weekly((day,)),
        local_start=datetime.fromisoformat("2026-11-16T10:00") + timedelta(days=day),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
        settings={"preset": preset} if preset else {},
    )
    made = cadence_verbs.create(db, PARTNERSHIP, plan, by=None, now=MONDAY)
    assert made is not None
    assert made[1] is not None
    return made[1]


def at_top(db: Database, turn: Occurrence, *, public_summary: bool = False) -> bool:
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    assert cadence is not None
    public = frozenset(SIDES) if public_summary else frozenset()
    one = replace(PARTNERSHIP, state="agreed", public_summary=public)
    thread = start_thread(db, CheckIn(partnership=one, cadence=cadence, turn=turn))
    assert thread in {None, weeks.week_key(one, MONDAY.date())}
    return thread is None


@pytest.mark.parametrize(
    ("pulse", "public_summary", "told_at_top"),
    [
        pytest.param(False, False, [True, True, True, False], id="check-ins alone"),
        pytest.param(True, False, [True, True, False, False], id="and a pulse"),
        pytest.param(True, True, [True, False, False, False], id="and a summary for all"),
    ],
)
def test_the_first_starts_of_a_week_stand_at_the_top(
    store: Store, *, pulse: bool, public_summary: bool, told_at_top: list[bool]
) -> None:
    db = store.reading()
    turns = [begun(db, day) for day in (3, 1, 2, 4)]
    if pulse:
        begun(db, 2, "pulse")

    told = {turn.starts_at: at_top(db, turn, public_summary=public_summary) for turn in turns}

    assert [told[at] for at in sorted(told)] == told_at_top


def test_what_is_skipped_or_held_in_writing_takes_no_room(store: Store) -> None:
    db = store.reading()
    begun(db, 2, "pulse")
    skipped, written, second, third = (
        begun(db, day, preset="written" if day == 2 else "") for day in (1, 2, 3, 4)
    )
    cadences.set_state(db, skipped, "skipped")

    told = [at_top(db, turn) for turn in (second, third)]

    assert written.starts_at < second.starts_at
    assert told == [True, True]
