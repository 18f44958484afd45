"""What all benchmarks of a run share: a folder, a Slack, and a filled database to copy."""

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.slack import Slack, slack
from bench.today import now
from bench.world import PARTNERSHIPS, Size, fill


@dataclass(kw_only=True)
class Ground:
    """A database of each size is filled once in a run and copied for each use."""

    folder: Path
    slack: Slack
    filled: dict[Size, Path] = field(default_factory=dict)
    copies: int = 0

    def database(self, size: Size | None = None) -> Path:
        """A fresh copy, in a folder of its own."""
        size = size or Size()
        if size not in self.filled:
            started_seconds = time.perf_counter()
            path = self.folder / f"filled{len(self.filled)}.sqlite"
            fill(path, size, now())
            self.filled[size] = path
            say(
                f"{size.partnerships} partnerships and {size.commitments} commitments stored in"
                f" {time.perf_counter() - started_seconds:.1f} s"
            )
        place = self.fresh_folder() / "touchbase.sqlite"
        shutil.copyfile(self.filled[size], place)
        return place

    def fresh_folder(self) -> Path:
        self.copies += 1
        folder = self.folder / str(self.copies)
        folder.mkdir()
        return folder


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    with TemporaryDirectory(prefix="touchbase-bench-") as folder:
        async with slack(PARTNERSHIPS) as one:
            yield Ground(folder=Path(folder), slack=one)


def say(text: str) -> None:
    """Tell what is going on, at once."""
    print(text, flush=True)
