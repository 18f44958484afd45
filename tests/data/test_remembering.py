from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data import Database, channels
from data.channels import Channel
from data.store import Store
from tests.stores import CHANNEL, TEAM, open_store

KNOWN = Channel(team_id=TEAM, channel=CHANNEL, bot_is_member=True)


@pytest.fixture
def known(store: Store) -> Store:
    save(store, KNOWN)
    return store


def save(store: Store, channel: Channel) -> None:
    with store.writing(None) as db:
        channels.save(db, channel)


def read(db: Database) -> Channel | None:
    return channels.get(db, TEAM, CHANNEL)


def test_what_a_transaction_has_read_it_does_not_read_again(known: Store) -> None:
    said: list[str] = []
    with known.writing(None) as db:
        db.conn.set_trace_callback(said.append)
        found = [read(db) for _ in range(3)]
        db.conn.set_trace_callback(None)

    assert found == [KNOWN] * 3
    assert len(said) == 1


@pytest.mark.parametrize(
    ("write", "after"),
    [
        pytest.param(
            lambda db: channels.set_archived(db, TEAM, CHANNEL, is_archived=True),
            replace(KNOWN, is_archived=True),
            id="changed",
        ),
        pytest.param(
            lambda db: channels.save(db, replace(KNOWN, connected_teams=frozenset({"T2"}))),
            replace(KNOWN, connected_teams=frozenset({"T2"})),
            id="stored anew",
        ),
        pytest.param(lambda db: channels.rename(db, TEAM, CHANNEL, "C9"), None, id="gone"),
    ],
)
def test_a_transaction_sees_what_it_has_written(
    known: Store, write: Callable[[Database], None], after: Channel | None
) -> None:
    with known.writing(None) as db:
        assert read(db) == KNOWN
        write(db)

        assert read(db) == after


def test_what_is_not_there_is_seen_once_it_is(store: Store) -> None:
    with store.writing(None) as db:
        assert read(db) is None
        channels.save(db, KNOWN)

        assert read(db) == KNOWN


def test_what_was_undone_is_not_remembered(known: Store) -> None:
    with pytest.raises(LookupError):
        archive_and_fail(known)

    with known.writing(None) as db:
        assert read(db) == KNOWN


def archive_and_fail(store: Store) -> None:
    with store.writing(None) as db:
        channels.set_archived(db, TEAM, CHANNEL, is_archived=True)
        read(db)
        raise LookupError


def test_what_others_write_is_seen_by_the_next_transaction_and_outside_of_any(
    known: Store, tmp_path: Path
) -> None:
    shared = replace(KNOWN, connected_teams=frozenset({"T2"}))
    others = open_store(tmp_path)
    with known.writing(None) as db:
        read(db)

    save(others, shared)
    assert read(known.reading()) == shared
    save(others, KNOWN)
    with known.writing(None) as db:
        assert read(db) == KNOWN
    others.close()
