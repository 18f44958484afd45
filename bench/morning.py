"""Plans the daily messages that are due in a database, alone in a process, and says the cost."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Final

from bench.ticks import NoClients
from bench.today import now
from data.store import Store
from services.deps import Deps
from services.planners import PLANNERS
from services.planning import plan_due

# Linux counts in kilobytes, macOS in bytes.
_UNITS_A_MEGABYTE: Final = 1024 if sys.platform.startswith("linux") else 1024 * 1024


def main() -> None:
    store = Store.open(Path(sys.argv[1]))
    started_at = now()
    deps = Deps(store=store, now=lambda: started_at, clients=NoClients())
    try:
        began_seconds = time.perf_counter()
        while plan_due(deps, PLANNERS, started_at):
            pass
        took_seconds = time.perf_counter() - began_seconds
        put = store.reading().execute("SELECT COUNT(*) FROM daily_messages").fetchone()[0]
    finally:
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNITS_A_MEGABYTE
    print(json.dumps({"seconds": took_seconds, "megabytes": peak, "put": put}))


if __name__ == "__main__":
    main()
