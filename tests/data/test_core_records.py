from datetime import timedelta

import pytest

from data import channels, inbox, journal, listening, wakes, workspaces
from data.channels import Channel
from data.listening import Hole
from data.store import Store
from data.workspaces import Workspace
from tests.stores import MONDAY_NOON, TEAM

HOUR = timedelta(hours=1)


def test_an_event_is_accepted_once(store: Store) -> None:
    with store.writing(None) as db:
        assert inbox.accept(db, TEAM, "Ev1", "message", MONDAY_NOON)
        assert not inbox.accept(db, TEAM, "Ev1", "message", MONDAY_NOON + HOUR)
        assert inbox.accept(db, "T2", "Ev1", "message", MONDAY_NOON)


def test_old_events_are_forgotten_in_batches(store: Store) -> None:
    with store.writing(None) as db:
        for number in range(5):
            inbox.accept(db, TEAM, f"Ev{number}", "message", MONDAY_NOON + number * HOUR)

        assert inbox.forget(db, MONDAY_NOON + 3 * HOUR, limit=2) == 2
        assert inbox.forget(db, MONDAY_NOON + 3 * HOUR, limit=2) == 1
        assert not inbox.accept(db, TEAM, "Ev4", "message", MONDAY_NOON)


def test_the_journal_tells_what_happened_to_a_thing_in_order(store: Store) -> None:
    with store.writing("p") as db:
        for verb in ("created", "accepted", "done"):
            journal.record(
                db, TEAM, "p", verb, "deliverable", "d1", by="ana", side="vendor", now=MONDAY_NOON
            )
        journal.record(
            db,
            TEAM,
            None,
            "created",
            "deliverable",
            "d2",
            by=None,
            side=None,
            now=MONDAY_NOON + HOUR,
            details={"minutes": 5},
        )

    found = journal.entries(store.reading(), TEAM, "deliverable", "d1")
    other = journal.entries(store.reading(), TEAM, "deliverable", "d2")

    assert [entry.verb for entry in found] == ["created", "accepted", "done"]
    assert (found[0].by, found[0].side, found[0].at) == ("ana", "vendor", MONDAY_NOON)
    assert other[0].details == {"minutes": 5}
    assert len(journal.entries_of_partnership(store.reading(), TEAM, "p", MONDAY_NOON)) == 3
    assert journal.entries_of_partnership(store.reading(), TEAM, "p", MONDAY_NOON + HOUR) == []


def test_a_wake_is_one_row_for_each_thing(store: Store) -> None:
    with store.writing(None) as db:
        wakes.set_wake(db, TEAM, "checkin", "o1", "p", MONDAY_NOON + 2 * HOUR)
        wakes.set_wake(db, TEAM, "checkin", "o1", "p", MONDAY_NOON + HOUR)
        wakes.set_wake(db, TEAM, "daily", "ana", None, MONDAY_NOON + 3 * HOUR)

    db = store.reading()

    assert wakes.next_at(db) == MONDAY_NOON + HOUR
    assert wakes.due(db, MONDAY_NOON, 10) == []
    assert [wake.subject_id for wake in wakes.due(db, MONDAY_NOON + 3 * HOUR, 10)] == ["o1", "ana"]
    assert len(wakes.due(db, MONDAY_NOON + 3 * HOUR, 1)) == 1
    with store.writing(None) as writing:
        wakes.clear_wake(writing, TEAM, "checkin", "o1")
    assert wakes.next_at(db) == MONDAY_NOON + 3 * HOUR


def test_a_wake_that_was_set_anew_is_not_put_off(store: Store) -> None:
    with store.writing(None) as db:
        wakes.set_wake(db, TEAM, "checkin", "o1", "p", MONDAY_NOON)
        (seen,) = wakes.due(db, MONDAY_NOON, 10)
        wakes.set_wake(db, TEAM, "checkin", "o1", "p", MONDAY_NOON)

        assert not wakes.put_off(db, seen, MONDAY_NOON + HOUR)
        (again,) = wakes.due(db, MONDAY_NOON, 10)
        assert wakes.put_off(db, again, MONDAY_NOON + HOUR)


def test_a_wake_at_the_latest_by_then_is_brought_forward_and_never_put_back(store: Store) -> None:
    kept = []
    for due_at in (MONDAY_NOON, MONDAY_NOON + HOUR, MONDAY_NOON, MONDAY_NOON - HOUR):
        with store.writing("p") as db:
            wakes.wake_by(db, TEAM, "boards", "p", "p", due_at)
        kept.append(wakes.wake_of(store.reading(), TEAM, "boards", "p"))

    first, later, same, earlier = kept
    assert first is not None
    assert earlier is not None
    assert first == later == same
    assert earlier.due_at == MONDAY_NOON - HOUR
    assert earlier.turn != first.turn


def test_a_channel_knows_whose_people_may_be_in_it(store: Store) -> None:
    shared = Channel(
        team_id=TEAM,
        channel="C1",
        bot_is_member=True,
        is_ext_shared=True,
        host_team=TEAM,
        connected_teams=frozenset({"T2"}),
    )
    with store.writing(None) as db:
        channels.save(db, shared)
        channels.save(db, Channel(team_id=TEAM, channel="C2", bot_is_member=True))

    db = store.reading()

    assert channels.get(db, TEAM, "C1") == shared
    assert channels.organisations(db, TEAM, "C1") == {TEAM, "T2"}
    assert channels.organisations(db, TEAM, "C2") == {TEAM}
    assert channels.organisations(db, TEAM, "C3") == frozenset()


def test_a_channel_changes_and_gets_a_new_id(store: Store) -> None:
    with store.writing(None) as db:
        channels.save(db, Channel(team_id=TEAM, channel="C1", bot_is_member=True))
        channels.set_member(db, TEAM, "C1", is_member=False)
        channels.set_archived(db, TEAM, "C1", is_archived=True)
        channels.rename(db, TEAM, "C1", "C9")

    found = channels.every(store.reading(), TEAM)

    assert found == [Channel(team_id=TEAM, channel="C9", bot_is_member=False, is_archived=True)]


def test_a_workspace_keeps_its_first_day(store: Store) -> None:
    first = Workspace(
        team_id=TEAM,
        name="Acme",
        url="https://acme.example/",
        bot_user_id="U1",
        bot_id="B1",
        installed_at=MONDAY_NOON,
    )
    with store.writing(None) as db:
        workspaces.save(db, first)
        workspaces.save(
            db,
            Workspace(
                team_id=TEAM,
                name="Acme Retail",
                url="https://acme.example/",
                bot_user_id="U1",
                bot_id="B1",
                installed_at=MONDAY_NOON + HOUR,
            ),
        )

    found = workspaces.get(store.reading(), TEAM)

    assert found is not None
    assert (found.name, found.installed_at) == ("Acme Retail", MONDAY_NOON)
    assert workspaces.every(store.reading()) == [found]


@pytest.mark.parametrize(
    ("runs", "holes"),
    [
        pytest.param([], [(0, 10)], id="never"),
        pytest.param([(0, 10)], [], id="always"),
        pytest.param([(-5, 15)], [], id="longer than asked for"),
        pytest.param([(0, 3), (5, 10)], [(3, 5)], id="a restart"),
        pytest.param([(2, 3), (6, 8)], [(0, 2), (3, 6), (8, 10)], id="begun late, ended early"),
        pytest.param([(0, 6), (2, 4), (5, 10)], [], id="two runs at once"),
        pytest.param([(0, 9), (1, 2), (9, 10)], [], id="one run within another"),
    ],
)
def test_holes_are_what_no_run_covers(
    store: Store, runs: list[tuple[int, int]], holes: list[tuple[int, int]]
) -> None:
    with store.writing(None) as db:
        for number, (start, end) in enumerate(runs):
            listening.listen(db, TEAM, str(number), MONDAY_NOON + start * HOUR)
            listening.listen(db, TEAM, str(number), MONDAY_NOON + end * HOUR)

    found = listening.holes(store.reading(), TEAM, MONDAY_NOON, MONDAY_NOON + 10 * HOUR)

    assert found == [Hole(MONDAY_NOON + a * HOUR, MONDAY_NOON + b * HOUR) for a, b in holes]
