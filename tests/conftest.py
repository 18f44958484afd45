import gc
import os
from typing import Final

import pytest
from hypothesis import settings

pytest_plugins = ("tests.browser",)

# No deadline: a busy machine is not a fault. With CI=true the same examples run every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

# Files that take long go first, so that at the end no process works alone; the longest stand first.
LONG: Final = (
    "tests/flows/test_a_quarter_of_check_ins.py",
    "tests/demo/",
    "tests/year/",
    "tests/flows/test_pulse_weeks.py",
    "tests/test_bot.py",
    "tests/flows/test_summary.py",
    "tests/flows/test_checkin_changes.py",
    "tests/flows/test_deliverables.py",
    "tests/flows/test_checkins.py",
    "tests/flows/test_by_hand.py",
    "tests/faults/",
    "tests/services/test_pulse_traces.py",
    "tests/sandbox/test_page",
    "tests/domain/test_calendars_properties.py",
    "tests/flows/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_in_line(item.nodeid))


def pytest_collection_finish() -> None:
    # A few million things that stay to the end are not looked through again and again for rubbish.
    gc.collect()
    gc.freeze()


def place_in_line(path: str) -> int:
    """Where a file stands: behind all that are long unless it is one of them."""
    ranks = (rank for rank, start in enumerate(LONG) if path.startswith(start))
    return next(ranks, len(LONG))
