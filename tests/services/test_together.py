"""What is due of one partnership is planned in one transaction, and what goes wrong in there."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import Database, partnerships, wakes
from data.store import Store
from data.wakes import Wake
from services.attention import Attention
from services.deps import Deps
from services.known import Known
from services.planning import next_wake_at, plan_due
from services.together import MOST_IN_A_GROUP, Beside, Planner, Together, groups_of
from tests.desk import clients_of
from tests.partners import ACME_TEAM, MONDAY_NOON, partnership
from tests.stores import open_store

MINUTE = timedelta(minutes=1)


class Machine:
    """A clock that goes on while somebody rests, and else by a little for each look at it."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def seconds(self) -> float:
        self._seconds += 0.002
        return self._seconds

    def rest(self, seconds: float) -> None:
        self._seconds += seconds


class Room:
    """Two partnerships, what was planned in which order, and how often was committed."""

    def __init__(self, store: Store, attention: Attention | None = None) -> None:
        self.store = store
        self.deps = Deps(
            store=store,
            now=lambda: MONDAY_NOON,
            clients=clients_of("http://127.0.0.1:9/"),
            # However busy the machine that runs this, a transaction is never too long.
            attention=attention or Attention(lambda: 0.0),
        )
        self.seen: list[str] = []
        self.commits = 0
        with store.writing(None) as db:
            for number in (1, 2):
                one = partnership(id=f"p{number}", channel=f"C{number}")
                partnerships.insert(db, one)
        store.on_commit(self._count)

    def due(
        self, subject: str, *, of: str | None = "p1", kind: str = "turn", minutes: int = 0
    ) -> None:
        with self.store.writing(of) as db:
            due_at = MONDAY_NOON - timedelta(minutes=minutes)
            wakes.set_wake(db, ACME_TEAM, kind, subject, of, due_at)
        self.commits = 0

    def plan(
        self, more: Mapping[str, Planner] | None = None, is_over: Callable[[], bool] | None = None
    ) -> int:
        planners: dict[str, Planner] = {
            "turn": Together(self.note),
            "person": Beside(self.beside),
            "alone": self.alone,
        }
        planners |= more or {}
        return plan_due(self.deps, planners, MONDAY_NOON, is_over or (lambda: False))

    def left(self) -> dict[str, Wake]:
        db = self.store.reading()
        return {one.subject_id: one for one in wakes.due(db, MONDAY_NOON + timedelta(days=1), 10)}

    def note(self, known: Known, wake: Wake) -> None:
        self.beside(known.db, wake, known.now)

    def beside(self, db: Database, wake: Wake, _now: datetime) -> None:
        self.seen.append(wake.subject_id)
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)

    def alone(self, deps: Deps, wake: Wake, _now: datetime) -> None:
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            self.seen.append(wake.subject_id)
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)

    def _count(self) -> None:
        self.commits += 1


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store = open_store(tmp_path)
    yield Room(store)
    store.close()


def test_what_is_due_is_planned_by_partnership_in_one_transaction(room: Room) -> None:
    room.due("second", minutes=2)
    room.due("of the other", of="p2", minutes=3)
    room.due("first", minutes=4)

    count = room.plan()

    assert count == 3
    assert room.seen == ["first", "second", "of the other"]
    assert room.commits == 1
    assert room.left() == {}


def test_what_belongs_to_no_partnership_shares_a_transaction_too(room: Room) -> None:
    room.due("maria", of=None, kind="person", minutes=3)
    room.due("turn", minutes=2)
    room.due("ana", of=None, kind="person", minutes=1)

    room.plan()

    assert room.seen == ["maria", "ana", "turn"]
    assert room.commits == 1


def test_no_group_is_so_long_that_looking_it_up_takes_more_than_planning(room: Room) -> None:
    people = [f"person {number:02}" for number in range(2 * MOST_IN_A_GROUP + 1)]
    with room.store.writing(None) as db:
        for one in people:
            wakes.set_wake(db, ACME_TEAM, "person", one, None, MONDAY_NOON)

    due = wakes.due(room.store.reading(), MONDAY_NOON, 1000)
    groups = groups_of({"person": Beside(room.beside)}, due)

    assert [len(group.wakes) for group in groups] == [MOST_IN_A_GROUP, MOST_IN_A_GROUP, 1]


def test_one_that_is_planned_alone_parts_its_partnership(room: Room) -> None:
    room.due("before", minutes=4)
    room.due("alone", kind="alone", minutes=3)
    room.due("after", minutes=2)

    room.plan()

    assert room.seen == ["before", "alone", "after"]
    assert room.commits == 3


def test_what_fails_is_undone_with_all_beside_it_and_put_off_while_the_others_are_planned(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(known: Known, wake: Wake) -> None:
        room.note(known, wake)
        raise LookupError(wake.subject_id)

    room.due("good", minutes=4)
    room.due("bad", kind="broken", minutes=3)
    room.due("as good", minutes=2)

    with caplog.at_level(logging.ERROR):
        room.plan({"broken": Together(fails)})

    assert room.seen == ["good", "bad", "bad", "good", "as good"]
    assert list(room.left()) == ["bad"]
    assert room.left()["bad"].due_at == MONDAY_NOON + 5 * MINUTE
    assert caplog.text.count("planning broken bad failed") == 1


def test_what_planning_makes_due_is_planned_at_once(room: Room) -> None:
    def begins_another(known: Known, wake: Wake) -> None:
        room.note(known, wake)
        wakes.set_wake(known.db, ACME_TEAM, "turn", "next", "p1", MONDAY_NOON)
        known.due_now.add(("turn", "next"))

    room.due("first", kind="begins", minutes=1)

    room.plan({"begins": Together(begins_another)})

    assert room.seen == ["first", "next"]
    assert room.commits == 1


def test_what_planning_makes_due_and_fails_does_not_undo_what_it_came_from(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    def begins_another(known: Known, wake: Wake) -> None:
        room.note(known, wake)
        wakes.set_wake(known.db, ACME_TEAM, "broken", "next", "p1", MONDAY_NOON)
        known.due_now.add(("broken", "next"))

    def fails(_known: Known, wake: Wake) -> None:
        raise LookupError(wake.subject_id)

    planners = {"begins": Together(begins_another), "broken": Together(fails)}
    room.due("first", kind="begins", minutes=1)

    with caplog.at_level(logging.ERROR):
        while room.plan(planners):
            pass

    assert list(room.left()) == ["next"]
    assert "planning broken next failed" in caplog.text


def test_a_planner_that_leaves_its_wake_is_asked_again_later(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.due("left", kind="forgetful")

    with caplog.at_level(logging.ERROR):
        room.plan({"forgetful": Together(lambda _known, _wake: None)})

    assert room.left()["left"].due_at == MONDAY_NOON + 5 * MINUTE
    assert "left its wake as it was" in caplog.text


def test_while_somebody_is_answered_a_transaction_ends_after_one_partnership(
    tmp_path: Path,
) -> None:
    machine = Machine()
    with closing(open_store(tmp_path)) as store:
        room = Room(store, Attention(machine.seconds, machine.rest))
        room.due("first")
        room.due("second")
        room.due("third", of="p2")

        with room.deps.attention.answering():
            # Its turn comes all the same, one piece at a time.
            room.plan()

        assert room.seen == ["first", "second", "third"]
        assert room.commits == 2


def test_what_is_over_ends_after_the_one_that_is_planned(room: Room) -> None:
    for subject in ("first", "second", "third"):
        room.due(subject)

    room.plan(is_over=lambda: bool(room.seen))

    assert room.seen == ["first"]
    assert set(room.left()) == {"second", "third"}


def test_what_was_set_anew_since_it_was_read_is_left_to_the_next_look(room: Room) -> None:
    later = MONDAY_NOON + timedelta(hours=1)

    def puts_off_the_others(known: Known, wake: Wake) -> None:
        room.note(known, wake)
        for kind, subject, of in (("alone", "lonely", "p1"), ("turn", "of the other", "p2")):
            wakes.set_wake(known.db, ACME_TEAM, kind, subject, of, later)

    room.due("first", kind="changes", minutes=3)
    room.due("lonely", kind="alone", minutes=2)
    room.due("of the other", of="p2", minutes=1)

    room.plan({"changes": Together(puts_off_the_others)})

    assert room.seen == ["first"]
    assert next_wake_at(room.deps) == later


def test_wakes_of_a_partnership_that_is_gone_are_cleared(room: Room) -> None:
    room.due("nobody's", of="gone")
    room.due("somebody's")

    room.plan()

    assert room.seen == ["somebody's"]
    assert room.left() == {}
