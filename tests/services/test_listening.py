import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data import listening, workspaces
from data.listening import Hole
from data.workspaces import Workspace
from services.deps import Deps
from services.listening import Ear
from tests.desk import clients_of
from tests.stores import MONDAY_NOON, TEAM, open_store

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    store = open_store(tmp_path)
    workspace = Workspace(
        team_id=TEAM,
        name="Acme",
        url="https://acme.example/",
        bot_user_id="U1",
        bot_id="B1",
        installed_at=MONDAY_NOON,
    )
    with store.writing(None) as db:
        workspaces.save(db, workspace)
    yield Deps(store=store, now=lambda: MONDAY_NOON, clients=clients_of("http://127.0.0.1:9/"))
    store.close()


def holes(deps: Deps, hours: int = 1) -> list[Hole]:
    until = MONDAY_NOON + hours * HOUR
    return listening.holes(deps.store.reading(), TEAM, MONDAY_NOON, until)


def keep(ear: Ear, first: int, last: int) -> None:
    """Tick every five seconds from one minute to another."""
    for seconds in range(first * 60, last * 60 + 1, 5):
        ear.keep(MONDAY_NOON + timedelta(seconds=seconds))


def test_a_run_that_ticks_leaves_no_hole(deps: Deps) -> None:
    keep(Ear(deps), 0, 60)

    assert holes(deps) == []


def test_it_is_noted_once_a_minute_at_most(deps: Deps) -> None:
    commits: list[None] = []
    deps.store.on_commit(lambda: commits.append(None))

    keep(Ear(deps), 0, 10)

    assert len(commits) == 11


def test_a_restart_leaves_a_hole(deps: Deps) -> None:
    first = Ear(deps)
    keep(first, 0, 10)
    first.end(MONDAY_NOON + 10 * MINUTE + timedelta(seconds=30))
    keep(Ear(deps), 20, 60)

    gone = MONDAY_NOON + 10 * MINUTE + timedelta(seconds=30)
    assert holes(deps) == [Hole(gone, MONDAY_NOON + 20 * MINUTE)]


def test_a_machine_that_slept_heard_nothing(deps: Deps) -> None:
    ear = Ear(deps)
    keep(ear, 0, 10)
    keep(ear, 40, 60)

    assert holes(deps) == [Hole(MONDAY_NOON + 10 * MINUTE, MONDAY_NOON + 40 * MINUTE)]


def test_a_clock_moved_by_hand_leaves_no_hole(deps: Deps) -> None:
    ear = Ear(deps, slept_after=None)
    keep(ear, 0, 10)
    keep(ear, 40, 60)

    assert holes(deps) == []


def test_without_a_connection_nothing_is_heard(deps: Deps) -> None:
    connected = [True]
    ear = Ear(deps, hears=lambda: connected[0])
    keep(ear, 0, 10)
    connected[0] = False
    keep(ear, 11, 12)
    connected[0] = True
    keep(ear, 13, 60)

    assert holes(deps) == [Hole(MONDAY_NOON + 10 * MINUTE, MONDAY_NOON + 13 * MINUTE)]


@pytest.mark.parametrize("restarted", [True, False], ids=["a new run", "the same run"])
def test_nobody_has_listened_in_hours_that_a_wrong_clock_named(
    deps: Deps, *, restarted: bool
) -> None:
    ear = Ear(deps)
    keep(ear, 0, 10)
    keep(ear, 24 * 60, 24 * 60 + 5)

    keep(Ear(deps) if restarted else ear, 11, 20)

    assert holes(deps, hours=48) == [
        Hole(MONDAY_NOON + 10 * MINUTE, MONDAY_NOON + 11 * MINUTE),
        Hole(MONDAY_NOON + 20 * MINUTE, MONDAY_NOON + 48 * HOUR),
    ]


def test_a_run_ends_quietly_while_another_program_holds_the_database(deps: Deps) -> None:
    ear = Ear(deps)
    keep(ear, 0, 10)
    deps.store.reading().conn.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(deps.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        ear.end(MONDAY_NOON + 11 * MINUTE)

    assert holes(deps)[0].from_at == MONDAY_NOON + 10 * MINUTE
