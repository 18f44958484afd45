"""Starts a sandbox for a test; what people do in it is in ``tests.people``."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from clock import MovableClock
from sandbox.patience import Patience
from sandbox.server import Sandbox, SandboxOptions
from sandbox.world_files import load_world

# A Monday, 9:00 in New York and 22:00 in Manila.
MONDAY_MORNING = datetime(2026, 10, 19, 13, 0, tzinfo=UTC)


def much_patience() -> Patience:
    """A busy machine is no fault of the app's."""
    return Patience(ack_s=60, trigger_s=60)


def is_patient(sandbox: Sandbox) -> None:
    """Let a sandbox that was not started here wait as long."""
    sandbox.patience.ack_s = sandbox.patience.trigger_s = 60


def sandbox_options(
    *, world: Path | None = None, start_at: datetime = MONDAY_MORNING, running: bool = False
) -> SandboxOptions:
    """Options for a sandbox on a free port whose clock stands still unless ``running``."""
    clock = MovableClock(start_at, running=running)
    return SandboxOptions(world=load_world(world), clock=clock, patience=much_patience())


def start_sandbox(options: SandboxOptions | None = None, **changes: Any) -> Sandbox:
    """A sandbox that listens; use it as a context manager, or call ``stop``.

    Args:
        options: None means two companies on a clock that stands still.
        changes: Fields of ``SandboxOptions`` to set, such as ``manifest`` or ``events_url``.
    """
    return Sandbox(replace(options or sandbox_options(), **changes)).start()


def web_client(sandbox: Sandbox, token: str = "xoxb-sandbox", timeout: int = 60) -> WebClient:
    """Slack's own client, which repeats nothing by itself."""
    return WebClient(token=token, base_url=f"{sandbox.url}api/", timeout=timeout, retry_handlers=[])


def manifest_with(
    *,
    scopes: list[str] | None = None,
    events: list[str] | None = None,
    commands: list[str] | None = None,
    shortcuts: list[str] | None = None,
) -> Mapping[str, Any]:
    """A small app manifest in Slack's format."""
    return {
        "features": {
            "bot_user": {"display_name": "helper"},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "slash_commands": [{"command": name} for name in commands or []],
            "shortcuts": [{"callback_id": name} for name in shortcuts or []],
        },
        "oauth_config": {"scopes": {"bot": scopes or []}},
        "settings": {"event_subscriptions": {"bot_events": events or []}},
    }
