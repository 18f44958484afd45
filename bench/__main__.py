"""Runs the benchmarks, all or by name, and prints each figure beside its floor."""

import asyncio
import os
import platform
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from bench import acks, checkins, deliverables, delivery, page, pulse, starts, ticks
from bench.figures import Figure, table
from bench.ground import Ground, ground

Benchmark = Callable[[Ground], Awaitable[list[Figure]]]

BENCHMARKS: Final[Mapping[str, Benchmark]] = {
    "http": partial(acks.measure, transport="http"),
    "socket": partial(acks.measure, transport="socket"),
    "monday-http": partial(acks.measure_monday, transport="http"),
    "monday-socket": partial(acks.measure_monday, transport="socket"),
    "delivery": delivery.measure,
    "ticks": ticks.measure,
    "checkins": checkins.measure,
    "deliverables": deliverables.measure,
    "pulse": pulse.measure,
    "starts": starts.measure,
    "page": page.measure,
}
MOST_SECONDS: Final = 900


async def run(names: list[str]) -> list[Figure]:
    found: list[Figure] = []
    async with asyncio.timeout(MOST_SECONDS), ground() as here:
        for name in names:
            found += await BENCHMARKS[name](here)
    return found


def main() -> None:
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(unknown)}. There are {', '.join(BENCHMARKS)}.")
    figures = asyncio.run(run(names))
    print(
        f"\nPython {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {os.cpu_count()} cores, {platform.system()}\n\n{table(figures)}\n"
    )
    missed = [figure.what for figure in figures if not figure.held]
    if missed:
        sys.exit(f"Not held: {'; '.join(missed)}.")


if __name__ == "__main__":
    main()
