from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread, current_thread

import pytest

from data import Database, outbox, wakes
from data.wakes import Wake
from schedules.rhythm import Rhythm
from services.deps import Deps
from services.listening import Ear
from services.planning import Planner
from tests.desk import CHANNEL, Desk, desk_on_sandbox
from tests.stores import TEAM, message
from tests.waiting import wait_until
from tests.wire import MONDAY_MORNING

SOON = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


class CountingEar(Ear):
    """Is asked once each tick."""

    ticks = 0

    def keep(self, now: datetime) -> None:
        self.ticks += 1
        super().keep(now)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_on_sandbox(tmp_path) as opened:
        yield opened


@contextmanager
def rhythm_of(
    desk: Desk, planners: Mapping[str, Planner] | None = None, ear: Ear | None = None
) -> Iterator[Rhythm]:
    rhythm = Rhythm(
        desk.deps, desk.courier, planners or {}, ear or Ear(desk.deps, slept_after=None)
    )
    stop_listening = desk.clock.on_move(rhythm.look_now)
    rhythm.start()
    try:
        yield rhythm
    finally:
        stop_listening()
        rhythm.stop()


def due(desk: Desk, kind: str, subject: str, due_at: datetime) -> None:
    with desk.store.writing(None) as db:
        wakes.set_wake(db, TEAM, kind, subject, None, due_at)


def says_once(deps: Deps, wake: Wake, now: datetime) -> None:
    """A planner that posts and is done."""
    with deps.store.writing(None, planning=True) as db:
        said = message(place=CHANNEL, payload={"text": wake.subject_id})
        outbox.put(db, wake.team_id, None, f"said/{wake.subject_id}", said, now=now)
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


def hourly(deps: Deps, wake: Wake, now: datetime) -> None:
    """A planner that posts each hour."""
    with deps.store.writing(None, planning=True) as db:
        said = message(place=CHANNEL, payload={"text": f"{now:%H:%M}"})
        outbox.put(db, wake.team_id, None, f"hourly/{wake.due_at}", said, now=now)
        wakes.set_wake(db, TEAM, wake.kind, wake.subject_id, None, wake.due_at + HOUR)


def test_a_commit_wakes_delivery(desk: Desk) -> None:
    with rhythm_of(desk) as rhythm:
        assert rhythm.wait_idle(SOON)

        desk.put("hello")
        assert rhythm.wait_idle(SOON)

        assert desk.texts() == ["hello"]


def test_a_commit_wakes_planning(desk: Desk) -> None:
    with rhythm_of(desk, {"say": says_once}) as rhythm:
        assert rhythm.wait_idle(SOON)

        due(desk, "say", "hello", desk.clock.now())
        assert rhythm.wait_idle(SOON)

        assert desk.texts() == ["hello"]


def test_nothing_is_idle_while_something_may_leave_or_is_due(desk: Desk) -> None:
    later = desk.clock.now() + HOUR
    with rhythm_of(desk, {"say": says_once}) as rhythm:
        assert rhythm.wait_idle(SOON)
        assert rhythm.next_due() is None

        desk.put("one")
        desk.put("two")
        due(desk, "say", "three", later)
        assert not rhythm.idle()
        assert rhythm.wait_idle(SOON)

        assert rhythm.next_due() == desk.clock.now() + SECOND
        desk.wait(seconds=1)
        assert not rhythm.idle()
        assert rhythm.wait_idle(SOON)
        assert rhythm.next_due() == later


def test_a_world_that_moves_its_clock_stops_at_every_due_moment(tmp_path: Path) -> None:
    with desk_on_sandbox(tmp_path) as desk, rhythm_of(desk, {"hourly": hourly}) as rhythm:
        due(desk, "hourly", "h", MONDAY_MORNING + HOUR)
        for _ in range(24):
            assert rhythm.wait_idle(SOON)
            next_at = rhythm.next_due()
            assert next_at is not None
            desk.clock.move(next_at)
        assert rhythm.wait_idle(SOON)

        hours = [(MONDAY_MORNING + number * HOUR) for number in range(1, 25)]
        assert desk.texts() == [f"{moment:%H:%M}" for moment in hours]
        stamps = [float(post["ts"]) for post in desk.messages()]
        assert [int(ts) for ts in stamps] == [int(moment.timestamp()) for moment in hours]


def test_days_of_downtime_are_caught_up(desk: Desk) -> None:
    for number in range(150):
        due(desk, "say", f"number {number}", desk.clock.now() - HOUR)

    with rhythm_of(desk, {"say": says_once}) as rhythm:
        assert rhythm.wait_idle(SOON)

    rows = list(desk.store.reading().query("SELECT COUNT(*) AS n FROM outbox"))
    assert rows[0]["n"] == 150


def test_a_clock_that_stands_still_is_not_asked_again_and_again(desk: Desk) -> None:
    ear = CountingEar(desk.deps, slept_after=None)
    desk.put("one")
    desk.put("two")
    due(desk, "say", "later", desk.clock.now() + timedelta(milliseconds=1))
    with rhythm_of(desk, {"say": says_once}, ear) as rhythm:
        assert rhythm.wait_idle(SOON)
        before = ear.ticks

        Event().wait(0.3)

        assert ear.ticks - before <= 2


def test_in_real_time_a_wake_and_a_post_come_by_themselves(tmp_path: Path) -> None:
    with desk_on_sandbox(tmp_path) as desk:
        desk.clock.running = True
        said = Event()

        def tell(deps: Deps, wake: Wake, now: datetime) -> None:
            says_once(deps, wake, now)
            said.set()

        with rhythm_of(desk, {"say": tell}) as rhythm:
            due(desk, "say", "hello", desk.clock.now() + timedelta(milliseconds=300))
            assert said.wait(60)
            assert rhythm.wait_idle(SOON)

            assert desk.texts() == ["hello"]


def test_a_planner_that_fails_stops_neither_planning_nor_delivery(desk: Desk) -> None:
    def broken(_deps: Deps, wake: Wake, _now: datetime) -> None:
        raise LookupError(wake.subject_id)

    with rhythm_of(desk, {"say": says_once, "broken": broken}) as rhythm:
        due(desk, "broken", "b", desk.clock.now())
        due(desk, "say", "hello", desk.clock.now())
        assert rhythm.wait_idle(SOON)

        assert desk.texts() == ["hello"]
        assert rhythm.next_due() == desk.clock.now() + timedelta(minutes=5)


def test_what_a_refusal_puts_elsewhere_leaves_too(desk: Desk) -> None:
    def tell(db: Database, row: outbox.Row, now: datetime) -> None:
        outbox.put(db, TEAM, None, f"told/{row.id}", message(place=CHANNEL), now=now)

    desk.new_courier(on_refused=tell)
    with rhythm_of(desk) as rhythm:
        desk.put("nowhere", place="C0NOWHERE")
        assert rhythm.wait_idle(SOON)

        assert desk.texts() == ["hello"]


def test_stopping_lets_what_is_being_sent_end_and_be_recorded(desk: Desk) -> None:
    with rhythm_of(desk):
        desk.put("hello")

    assert desk.state("hello") in {"sent", "queued"}
    assert len(desk.texts()) == (1 if desk.state("hello") == "sent" else 0)


def test_stopping_does_not_wait_for_a_slack_that_does_not_answer(desk: Desk) -> None:
    desk.slack.fault("chat.postMessage", "timeout")
    # Slack would be waited for a minute.
    rhythm = Rhythm(desk.deps, desk.courier, {}, Ear(desk.deps, slept_after=None))
    rhythm.start()
    desk.put("hello")
    wait_until(lambda: desk.state("hello") == "sending")

    rhythm.stop(timedelta(seconds=0.2))

    assert desk.state("hello") == "sending"


def test_after_stopping_the_planner_at_work_ends_and_no_other_begins(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    begun, may_end = Event(), Event()
    threads: list[Thread] = []
    seen: list[str] = []

    def slow(deps: Deps, wake: Wake, now: datetime) -> None:
        threads.append(current_thread())
        begun.set()
        may_end.wait(60)
        seen.append(wake.subject_id)
        says_once(deps, wake, now)

    for number in range(3):
        due(desk, "slow", f"{number}", desk.clock.now())
    rhythm = Rhythm(desk.deps, desk.courier, {"slow": slow}, Ear(desk.deps, slept_after=None))
    rhythm.start()
    assert begun.wait(60)
    rhythm.stop(timedelta(seconds=0.1))
    may_end.set()
    threads[0].join(60)

    assert seen == ["0"]
    assert caplog.records == []


def test_many_channels_are_served_at_once_and_never_above_pace(tmp_path: Path) -> None:
    """Slack's pace is a second a channel: the world refuses what comes too early."""
    clock_start = MONDAY_MORNING
    with desk_on_sandbox(tmp_path, start_at=clock_start) as desk:
        people = [desk.person(name) for name in ("maria", "james", "priya", "tom", "grace")]
        for turn in range(4):
            for person in people:
                desk.put(f"{person} {turn}", place=f"person:{person}")
        with rhythm_of(desk) as rhythm:
            while True:
                assert rhythm.wait_idle(SOON)
                next_at = rhythm.next_due()
                if next_at is None:
                    break
                desk.clock.move(next_at)

        calls = desk.slack.calls("chat.postMessage")
        assert [call["status"] for call in calls] == [200] * 20
        assert desk.clock.now() == clock_start + 3 * SECOND
