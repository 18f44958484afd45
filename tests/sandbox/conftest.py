"""A sandbox, its people, and a client that is not the bot."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.people import Slack
from tests.sandbox.page_stage import Stage, lively_stage
from tests.sandbox.panel_stage import left_as_found
from tests.wire import start_sandbox, web_client


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with start_sandbox() as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> Iterator[Slack]:
    with Slack(sandbox.url) as people:
        yield people


@pytest.fixture(scope="module")
def shared_sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of a module that leave it as they found it."""
    with start_sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def shared_slack(shared_sandbox: Sandbox) -> Iterator[Slack]:
    with Slack(shared_sandbox.url) as people:
        yield people


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return web_client(sandbox)


@pytest.fixture(scope="module")
def lively(browser: Browser) -> Iterator[Stage]:
    """Two companies, a page, and an app that is not ours, for all tests of a module."""
    with lively_stage(browser) as built:
        yield built


@pytest.fixture
def there(lively: Stage) -> Iterator[Stage]:
    """The same for one test; its clock only goes on."""
    with left_as_found(lively) as stage:
        yield stage
