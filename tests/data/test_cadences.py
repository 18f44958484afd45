"""What recurs and its turns, stored and read back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import Database, cadences, partnerships, wakes
from data.store import Store
from domain.cadences import Cadence, Occurrence, Plan, coming_turns
from domain.calendars import office
from domain.partnerships import Partnership, SideInfo
from domain.recurrence import monthly_by_working_day, weekly
from services import cadences as cadence_verbs

wall = datetime.fromisoformat
MONDAY = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
TUESDAYS = Plan(
    kind="checkin",
    title="Operations review",
    rule=weekly((1,)),
    local_start=wall("2026-10-27T10:00"),
    zone="America/New_York",
    length=timedelta(minutes=30),
    link="https://meet.example/1",
    settings={"asked": 3},
)
ACME = Partnership(
    team_id="T1",
    id="p1",
    channel="C1",
    state="agreed",
    home_side="client",
    client=SideInfo(
        side="client", name="Acme", slack_team="T1", calendar=office("America/New_York")
    ),
    vendor=SideInfo(
        side="vendor", name="Globalcall", slack_team="T2", calendar=office("Asia/Manila")
    ),
    template="call_center",
    reply_time=timedelta(hours=8),
    installer_id="maria",
    created_at=MONDAY,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "touchbase.db", synchronous="OFF")
    with opened.writing(None) as db:
        partnerships.insert(db, ACME)
    yield opened
    opened.close()


def begin(
    db: Database, partnership: Partnership, plan: Plan, *, now: datetime
) -> tuple[Cadence, Occurrence]:
    begun = cadence_verbs.create(db, partnership, plan, by="maria", now=now)
    assert begun is not None
    cadence, first = begun
    assert first is not None
    return cadence, first


def test_a_cadence_comes_back_as_it_was_stored(store: Store) -> None:
    with store.writing(ACME.id) as db:
        cadence, first = begin(db, ACME, TUESDAYS, now=MONDAY)

    db = store.reading()
    assert cadences.get(db, "T1", cadence.id) == cadence
    assert cadences.of_partnership(db, ACME, "checkin") == [cadence]
    assert cadences.of_partnership(db, ACME, "pulse") == []
    assert cadence.plan == TUESDAYS
    assert first.starts_at == datetime(2026, 10, 27, 14, 0, tzinfo=UTC)
    assert cadences.coming(db, ACME, "checkin", MONDAY)[0] == first


def test_turns_keep_their_wall_time_over_the_end_of_summer_time(store: Store) -> None:
    with store.writing(ACME.id) as db:
        _, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        second = cadence_verbs.plan_after(db, ACME, first, not_before=first.ends_at)

    assert second is not None
    assert second.original == wall("2026-11-03T10:00")
    assert second.starts_at == datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    woken = wakes.wake_of(store.reading(), "T1", "checkin", second.id)
    assert woken is not None
    assert woken.due_at == second.starts_at


def test_a_turn_is_followed_by_one_turn_however_often_that_is_asked(store: Store) -> None:
    with store.writing(ACME.id) as db:
        cadence, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        once = cadence_verbs.plan_after(db, ACME, first, not_before=MONDAY)
        twice = cadence_verbs.plan_after(db, ACME, first, not_before=MONDAY)

    assert once is not None
    assert twice is None
    assert cadences.open_turns(store.reading(), cadence) == [first, once]


def test_after_weeks_of_downtime_turns_that_are_over_get_no_row(store: Store) -> None:
    three_weeks_on = MONDAY + timedelta(weeks=3)
    with store.writing(ACME.id) as db:
        cadence, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        following = cadence_verbs.plan_after(db, ACME, first, not_before=three_weeks_on)

    assert following is not None
    assert following.original == wall("2026-11-17T10:00")
    assert cadences.open_turns(store.reading(), cadence) == [first, following]


def test_a_moved_turn_keeps_its_key_and_its_length(store: Store) -> None:
    with store.writing(ACME.id) as db:
        _, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        cadences.move(db, first, first.starts_at + timedelta(days=2), now=MONDAY)

    moved = cadences.occurrence(store.reading(), "T1", first.id)
    assert moved is not None
    assert moved.original == first.original
    assert moved.starts_at == first.starts_at + timedelta(days=2)
    assert moved.ends_at - moved.starts_at == timedelta(minutes=30)


def test_an_ended_cadence_cancels_what_is_to_come_and_wakes_nobody(store: Store) -> None:
    with store.writing(ACME.id) as db:
        cadence, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        dropped = cadence_verbs.end(db, cadence, by="maria", now=MONDAY)
        again = cadence_verbs.end(db, cadence, by="maria", now=MONDAY)
        following = cadence_verbs.plan_after(db, ACME, first, not_before=MONDAY)

    db = store.reading()
    assert dropped == [first]
    assert again == []
    assert following is None
    assert cadences.coming(db, ACME, "checkin", MONDAY) == []
    assert wakes.wake_of(db, "T1", "checkin", first.id) is None
    assert cadences.of_partnership(db, ACME, "checkin") == []


def test_a_skipped_turn_is_not_the_next_one(store: Store) -> None:
    with store.writing(ACME.id) as db:
        _, first = begin(db, ACME, TUESDAYS, now=MONDAY)
        second = cadence_verbs.plan_after(db, ACME, first, not_before=MONDAY)
        assert cadences.set_state(db, first, "skipped")
        assert not cadences.set_state(db, first, "skipped")

    assert cadences.coming(store.reading(), ACME, "checkin", MONDAY)[0] == second


def test_the_working_days_of_a_rule_are_those_of_both_sides(store: Store) -> None:
    off = replace(ACME.vendor.calendar, days_off=frozenset({date(2026, 10, 30)}))
    partnership = replace(ACME, vendor=replace(ACME.vendor, calendar=off))
    last_working_day = replace(TUESDAYS, rule=monthly_by_working_day(-1))

    with store.writing(ACME.id) as db:
        _, first = begin(db, partnership, last_working_day, now=MONDAY)

    assert first.original == wall("2026-10-29T10:00")


def test_the_coming_turns_of_a_plan_start_after_now() -> None:
    long_running = replace(TUESDAYS, local_start=wall("2026-09-01T10:00"))

    found = coming_turns(long_running, MONDAY, 3)

    assert [turn.original.day for turn in found] == [27, 3, 10]


def test_a_cadence_whose_id_was_made_before_begins_once(store: Store) -> None:
    with store.writing(ACME.id) as db:
        once = cadence_verbs.create(db, ACME, TUESDAYS, by="maria", now=MONDAY, cadence_id="made")
        twice = cadence_verbs.create(db, ACME, TUESDAYS, by="maria", now=MONDAY, cadence_id="made")

    assert once is not None
    assert once[0].id == "made"
    assert twice is None
    assert len(cadences.of_partnership(store.reading(), ACME, "checkin")) == 1
