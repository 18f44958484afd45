import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from data.backup import NoPlaceForBackup, copy_to
from data.store import Store
from domain.store_errors import CorruptDatabase

PAGE_BYTES = 4096


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "touchbase.sqlite", synchronous="OFF")
    yield opened
    opened.close()


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """A disk with little room: no file of this process grows beyond it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_for_which_there_is_no_room_leaves_nothing_and_can_be_made_later(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    with files_of_at_most(10 * PAGE_BYTES), pytest.raises(NoPlaceForBackup, match="written"):
        copy_to(store, folder / "copy.sqlite")
    assert list(folder.iterdir()) == []

    copy_to(store, folder / "copy.sqlite")
    assert [file.name for file in folder.iterdir()] == ["copy.sqlite"]


def test_a_copy_that_a_death_cut_off_does_not_keep_the_next_one_from_being_made(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "copy.sqlite.part").write_bytes(b"SQLite format 3\0 and no more")

    copy_to(store, tmp_path / "copy.sqlite")

    assert not (tmp_path / "copy.sqlite.part").exists()
    with closing(Store.open(tmp_path / "copy.sqlite")) as copy:
        assert copy.reading().table_names() == store.reading().table_names()


def test_a_damaged_database_is_named_and_not_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "touchbase.sqlite"
    Store.open(path, synchronous="OFF").close()
    with closing(sqlite3.connect(path)) as conn:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'wakes'"
        (page,) = conn.execute(sql).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE_BYTES : page * PAGE_BYTES] = b"\xff" * PAGE_BYTES
    path.write_bytes(content)

    with closing(Store.open(path)) as store, pytest.raises(CorruptDatabase, match="touchbase"):
        copy_to(store, tmp_path / "copy.sqlite")

    assert not list(tmp_path.glob("copy*"))
