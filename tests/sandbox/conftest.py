"""A sandbox, its people, and a client that is not the bot."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.people import Slack
from tests.wire import start_sandbox


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


def web_client(sandbox: Sandbox, token: str = "xoxb-sandbox", timeout: int = 10) -> WebClient:
    """Slack's own client, which repeats nothing by itself."""
    return WebClient(token=token, base_url=f"{sandbox.url}api/", timeout=timeout, retry_handlers=[])
