import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlite_utils import Database

from data import inbox
from data.connection import NotWriting
from data.disk import Disk
from data.schema import STEPS
from data.store import AlreadyWriting, ClosedStore, Store
from domain.store_errors import (
    CorruptDatabase,
    FullDisk,
    LockedDatabase,
    MissingDatabase,
    NewerDatabase,
    ReadOnlyDatabase,
)
from tests.project_files import ROOT
from tests.stores import MONDAY_NOON, TEAM, open_store

IN_A_MOMENT = timedelta(milliseconds=50)
NOBODY = 65534


def events(store: Store) -> list[str]:
    rows = store.reading().query("SELECT event_id FROM inbox ORDER BY event_id")
    return [row["event_id"] for row in rows]


def accept(store: Store, event_id: str) -> None:
    with store.writing(None) as db:
        inbox.accept(db, TEAM, event_id, "message", MONDAY_NOON)


def accept_and_fail(store: Store, event_id: str) -> None:
    with store.writing(None) as db:
        inbox.accept(db, TEAM, event_id, "message", MONDAY_NOON)
        raise LookupError


def accept_many(store: Store, count: int) -> None:
    with store.writing(None) as db:
        for number in range(count):
            inbox.accept(db, TEAM, f"Ev{number:05}", "message", MONDAY_NOON)


@pytest.fixture
def other_program(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "touchbase.sqlite", isolation_level=None)) as other:
        yield other


def test_connections_are_set_up_for_safety(store: Store) -> None:
    def pragma(name: str) -> object:
        return next(iter(store.reading().query(f"PRAGMA {name}"))).popitem()[1]

    assert pragma("journal_mode") == "wal"
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 1400


def waits_for_the_disk(monitored: Store, act: Callable[[Store], None]) -> int:
    """How often an act waits until what it wrote lasts."""
    waited: list[int] = []
    monitored._disk = Disk(monitored.path, waited.append)  # noqa: SLF001  # seen nowhere else
    act(monitored)
    return len(waited)


def write(store: Store, *, lasting: bool = True, planning: bool = False) -> None:
    with store.writing(None, lasting=lasting, planning=planning) as db:
        inbox.accept(db, TEAM, f"Ev{lasting}{planning}", "message", MONDAY_NOON)


@pytest.mark.parametrize(
    ("act", "times"),
    [
        pytest.param(write, 1, id="whatever is written"),
        pytest.param(partial(write, planning=True), 1, id="what is planned, unless said"),
        pytest.param(partial(write, lasting=False), 0, id="what may be undone"),
        pytest.param(lambda store: list(events(store)), 0, id="nothing is written"),
    ],
)
def test_a_write_has_reached_the_disk_when_it_returns_unless_told_otherwise(
    tmp_path: Path, act: Callable[[Store], None], times: int
) -> None:
    with closing(Store.open(tmp_path / "safe.sqlite")) as store:
        assert waits_for_the_disk(store, act) == times


def test_sqlite_itself_has_the_disk_keep_up_when_it_moves_its_log(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "safe.sqlite")) as store:
        row = next(iter(store.reading().query("PRAGMA synchronous")))

    assert row["synchronous"] == 1  # SQLite: NORMAL


def test_the_thread_that_plans_keeps_more_pages_than_others(store: Store) -> None:
    before = _pages_kept(store)

    with store.writing(None, planning=True):
        pass

    assert _pages_kept(store) == 4 * before


def _pages_kept(store: Store) -> int:
    return int(store.reading().execute("PRAGMA cache_size").fetchone()[0])


def test_what_is_committed_is_there_after_opening_again(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store:
        accept(store, "Ev1")

    with closing(open_store(tmp_path)) as store:
        assert events(store) == ["Ev1"]


def test_a_closed_store_stays_closed(store: Store) -> None:
    store.close()

    with pytest.raises(ClosedStore):
        store.reading()


def test_an_error_inside_undoes_the_whole_write(store: Store) -> None:
    accept(store, "Ev1")
    with pytest.raises(LookupError):
        accept_and_fail(store, "Ev2")

    assert events(store) == ["Ev1"]


def test_nothing_is_written_outside_of_a_write(store: Store) -> None:
    with pytest.raises(NotWriting):
        inbox.accept(store.reading(), TEAM, "Ev1", "message", MONDAY_NOON)

    accept(store, "Ev2")
    with pytest.raises(NotWriting):
        inbox.accept(store.reading(), TEAM, "Ev3", "message", MONDAY_NOON)

    assert events(store) == ["Ev2"]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO inbox VALUES ('T', 'Ev', 'message', '')",
        "  update inbox SET kind = ''",
        "DELETE FROM inbox",
        "DROP TABLE inbox",
        "BEGIN IMMEDIATE",
        "WITH one AS (SELECT 1) DELETE FROM inbox",
        "DELETE FROM inbox RETURNING event_id",
        "-- SELECT\nDELETE FROM inbox",
    ],
)
def test_no_statement_that_changes_anything_runs_outside_of_a_write(store: Store, sql: str) -> None:
    accept(store, "Ev1")

    with pytest.raises(NotWriting):
        store.reading().execute(sql)
    with pytest.raises(NotWriting):
        store.reading().query(sql)

    assert events(store) == ["Ev1"]


def test_a_write_within_a_write_is_refused_instead_of_waiting_for_itself(store: Store) -> None:
    with pytest.raises(AlreadyWriting), store.writing(None), store.writing(None):
        pass

    accept(store, "Ev1")
    assert events(store) == ["Ev1"]


def test_whoever_wants_to_know_is_told_after_each_commit_and_of_nothing_else(store: Store) -> None:
    seen: list[list[str]] = []
    store.on_commit(lambda: seen.append(events(store)))

    accept(store, "Ev1")
    with pytest.raises(LookupError), store.writing(None):
        raise LookupError
    accept(store, "Ev2")

    assert seen == [["Ev1"], ["Ev1", "Ev2"]]


def test_writers_of_many_threads_lose_nothing(store: Store) -> None:
    def write(number: int) -> None:
        for turn in range(25):
            accept(store, f"Ev{number}-{turn}")

    threads = [Thread(target=write, args=(number,), daemon=True) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(events(store)) == 200


def test_connections_of_ended_threads_are_closed(store: Store) -> None:
    for _ in range(20):
        thread = Thread(target=store.reading, daemon=True)
        thread.start()
        thread.join(60)
    store.reading()

    assert len(store._connections) <= 2  # noqa: SLF001  # nothing else shows what is kept


def test_acts_that_follow_each_other_use_one_connection_on_whatever_thread(store: Store) -> None:
    used: list[Database] = []

    def act() -> None:
        with store.lent():
            used.append(store.reading())

    for _ in range(3):
        thread = Thread(target=act, daemon=True)
        thread.start()
        thread.join(60)

    assert used[0] is used[1] is used[2]


def test_acts_at_the_same_time_each_have_a_connection_of_their_own(store: Store) -> None:
    both = Barrier(2, timeout=60)
    used: list[Database] = []

    def act() -> None:
        with store.lent():
            used.append(store.reading())
            both.wait()

    threads = [Thread(target=act, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert used[0] is not used[1]


def test_a_thread_that_has_a_connection_keeps_it_during_an_act(store: Store) -> None:
    own = store.reading()
    with store.lent():
        assert store.reading() is own

    assert store.reading() is own


def test_a_connection_that_is_not_lent_is_closed_with_the_store(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    lent: list[Database] = []

    def act() -> None:
        with store.lent():
            lent.append(store.reading())

    thread = Thread(target=act, daemon=True)
    thread.start()
    thread.join(60)
    store.close()

    with pytest.raises(sqlite3.ProgrammingError):
        lent[0].conn.execute("SELECT 1")


def test_two_programs_that_start_together_both_find_the_tables(tmp_path: Path) -> None:
    path, stores = tmp_path / "touchbase.sqlite", list[Store]()
    threads = [
        Thread(target=lambda: stores.append(Store.open(path, synchronous="OFF")), daemon=True)
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(stores) == 6
    for store in stores:
        store.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "touchbase.sqlite"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('touchbase', 'a step to come', '')"
        )
        newer.commit()

    with pytest.raises(NewerDatabase, match="newer version") as raised:
        Store.open(path)

    assert str(path) in str(raised.value)


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "touchbase.sqlite"
    first = STEPS.pending(Database(memory=True))[0].name
    with closing(sqlite3.connect(path)) as conn:
        STEPS.apply(Database(conn), stop_before=STEPS.pending(Database(conn))[1].name)

    with closing(open_store(tmp_path)) as store:
        applied = [step.name for step in STEPS.applied(store.reading())]

    assert applied[0] == first
    assert len(applied) > 1


def test_a_database_that_another_program_holds_is_named_as_locked(
    tmp_path: Path, other_program: sqlite3.Connection
) -> None:
    open_store(tmp_path).close()
    other_program.execute("PRAGMA locking_mode = EXCLUSIVE")
    other_program.execute("BEGIN EXCLUSIVE")

    with pytest.raises(LockedDatabase, match="locked by another program"):
        Store.open(tmp_path / "touchbase.sqlite", busy_timeout=IN_A_MOMENT)


def test_a_write_that_another_program_keeps_out_leaves_nothing_behind(
    tmp_path: Path, other_program: sqlite3.Connection
) -> None:
    path = tmp_path / "touchbase.sqlite"
    with closing(Store.open(path, synchronous="OFF", busy_timeout=IN_A_MOMENT)) as store:
        other_program.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedDatabase):
            accept(store, "Ev1")
        other_program.execute("ROLLBACK")

        accept(store, "Ev2")
        assert events(store) == ["Ev2"]


def test_a_full_disk_undoes_the_write_and_is_survived(store: Store) -> None:
    db = store.reading()
    pages = next(iter(db.query("PRAGMA page_count")))["page_count"]
    list(db.query(f"PRAGMA max_page_count = {pages + 2}"))

    with pytest.raises(FullDisk, match="no room left"):
        accept_many(store, 2000)

    assert events(store) == []
    list(db.query("PRAGMA max_page_count = 100000"))
    accept(store, "Ev1")
    assert events(store) == ["Ev1"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Dear diary, this is no database at all. " * 50, id="a text"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 4080, id="a broken head"),
        pytest.param(b"SQLite format 3\0", id="only a head"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "touchbase.sqlite"
    path.write_bytes(content)

    with pytest.raises(CorruptDatabase, match="damaged"):
        Store.open(path)

    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("people", id="with a table that we have, too"),
        pytest.param("bookmarks", id="with other tables"),
        pytest.param("_sqlite_migrations", id="made by the same library"),
    ],
)
def test_a_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, table: str
) -> None:
    path = tmp_path / "touchbase.sqlite"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"CREATE TABLE {table} (migration_set)")
    content = path.read_bytes()

    with pytest.raises(CorruptDatabase, match="not a database of Touchbase"):
        Store.open(path)

    assert path.read_bytes() == content


def test_a_file_that_a_death_left_without_tables_is_filled(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "touchbase.sqlite")) as conn:
        conn.execute("PRAGMA journal_mode = WAL")

    with closing(open_store(tmp_path)) as store:
        accept(store, "Ev1")
        assert events(store) == ["Ev1"]


def test_a_database_that_was_cut_off_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "touchbase.sqlite"
    with closing(open_store(tmp_path)) as store:
        accept(store, "Ev1")
    cut = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(cut)

    with pytest.raises(CorruptDatabase):
        Store.open(path)

    assert path.read_bytes() == cut


def test_a_database_that_lost_a_table_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store:
        accept(store, "Ev1")
    path = tmp_path / "touchbase.sqlite"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TABLE wakes")
    content = path.read_bytes()

    with pytest.raises(CorruptDatabase, match="damaged"):
        Store.open(path)

    assert path.read_bytes() == content


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="folder"):
        Store.open(tmp_path / "nowhere" / "touchbase.sqlite")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase):
        Store.open(tmp_path)


def test_a_folder_that_may_not_be_written_is_named_as_read_only() -> None:
    # Not in pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_store(folder).close()
        (folder / "touchbase.sqlite").chmod(0o444)
        folder.chmod(0o555)

        said = opened_by_somebody_without_rights(folder / "touchbase.sqlite")
        folder.chmod(0o755)

    assert said == ReadOnlyDatabase.__name__


def opened_by_somebody_without_rights(path: Path) -> str:
    """The error that somebody who is not root meets; root itself may write everything."""
    program = f"""
import os, sys
from data.store import Store
if os.geteuid() == 0:
    os.setuid({NOBODY})
try:
    Store.open(sys.argv[1])
except Exception as error:
    print(type(error).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return done.stdout.strip() or done.stderr
