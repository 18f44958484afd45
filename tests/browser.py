"""Chromium for tests that drive a page, and the loud word when there is none."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# The shell draws the same pages without a browser's own windows, in a third of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NOT_RUN = "BROWSER TESTS DID NOT RUN: no Chromium found"

# For all pages of all tests; an act waits for half a minute by itself.
expect.set_options(timeout=20_000)

_left_out = pytest.StashKey[int]()


def chromium_path() -> str | None:
    """The system's own Chromium or Chrome, if it has one."""
    return next(filter(None, map(shutil.which, (*NAMES, *MAC))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # With CI=true they stay, and fail in the fixture below.
    if chromium_path() is not None or os.environ.get("CI") == "true":
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)
    config.stash[_left_out] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # One of several processes tells the one that prints the summary.
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[NOT_RUN] = session.config.stash.get(_left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    count = getattr(node, "workeroutput", {}).get(NOT_RUN, 0)
    node.config.stash[_left_out] = max(count, node.config.stash.get(_left_out, 0))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    count = config.stash.get(_left_out, 0)
    if count:
        terminalreporter.section(f"{NOT_RUN} ({count} tests)", sep="!", red=True, bold=True)


# By module: while Playwright's own event loop lives, no test of the same thread can run another.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail(NOT_RUN)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
