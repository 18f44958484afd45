import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from data.disk import Disk
from domain.store_errors import StoreError

BOUND_SECONDS = 60.0


class SlowDisk:
    """A disk that takes as long as it is told to; what it was asked for is counted."""

    def __init__(self) -> None:
        self.asked = 0
        self.asked_for_once = Event()
        self.may_end = Event()
        self.fails = False

    def flush(self, descriptor: int) -> None:
        os.fstat(descriptor)  # open, or it raises
        self.asked += 1
        self.asked_for_once.set()
        assert self.may_end.wait(BOUND_SECONDS)
        if self.fails:
            raise OSError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "some.sqlite-wal").write_bytes(b"log")
    return tmp_path / "some.sqlite"


def waiter(disk: Disk, ends: list[str]) -> Thread:
    def run() -> None:
        try:
            disk.wait()
        except StoreError:
            ends.append("lost")
        else:
            ends.append("lasts")

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread


def until(holds: Callable[[], bool]) -> None:
    pause = Event()
    for _ in range(int(BOUND_SECONDS / 0.001)):
        if holds():
            return
        pause.wait(0.001)
    raise AssertionError("it did not come about in time")


def commits(disk: Disk) -> int:
    return disk._committed  # noqa: SLF001  # how many have come is seen nowhere else


def three_of_whom_two_come_during_the_first_wait(slow: SlowDisk, disk: Disk) -> list[str]:
    ends: list[str] = []
    threads = [waiter(disk, ends)]
    assert slow.asked_for_once.wait(BOUND_SECONDS)
    threads += [waiter(disk, ends), waiter(disk, ends)]
    until(lambda: commits(disk) == 3)
    assert ends == []

    slow.may_end.set()
    for thread in threads:
        thread.join(BOUND_SECONDS)
    return ends


def test_those_who_commit_during_a_wait_share_the_next_one(database: Path) -> None:
    slow = SlowDisk()

    ends = three_of_whom_two_come_during_the_first_wait(slow, Disk(database, slow.flush))

    assert ends == ["lasts"] * 3
    assert slow.asked == 2


def test_a_disk_that_fails_is_told_to_all_who_waited_for_it_and_is_asked_again(
    database: Path,
) -> None:
    slow = SlowDisk()
    slow.fails = True
    disk = Disk(database, slow.flush)

    ends = three_of_whom_two_come_during_the_first_wait(slow, disk)
    slow.fails = False
    disk.wait()

    assert ends == ["lost"] * 3
    assert slow.asked == 3


def test_a_log_that_was_begun_anew_is_the_one_that_is_waited_for(database: Path) -> None:
    seen: list[int] = []
    disk = Disk(database, lambda descriptor: seen.append(os.fstat(descriptor).st_ino))
    log = Path(f"{database}-wal")

    disk.wait()
    log.rename(f"{log}-old")
    log.write_bytes(b"another")
    disk.wait()

    assert seen == [Path(f"{log}-old").stat().st_ino, log.stat().st_ino]
    disk.close()


def test_a_log_that_is_not_there_any_more_needs_no_wait(tmp_path: Path) -> None:
    seen: list[int] = []

    Disk(tmp_path / "none.sqlite", seen.append).wait()

    assert seen == []
