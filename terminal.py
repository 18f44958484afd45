"""How the command line reads, speaks, logs and ends; what it starts is not here."""

import json
import logging
import os
import re
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import click

END_WITHIN_SECONDS: Final = 4.5
# They write what people say, and tokens, to their logs below this level.
TALKATIVE: Final = ("slack_bolt", "slack_sdk", "apscheduler", "uvicorn", "httpx", "httpcore")

SANDBOX_PORT: Final = 8990
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=SANDBOX_PORT,
    show_default=True,
    help="0 takes a free one.",
)
world_option = click.option(
    "--world", type=click.Path(path_type=Path), help="Other people and places."
)
browser_option = click.option("--no-browser", is_flag=True, help="Do not open the page.")
CONNECTING: Final = """\
That is the page. An app connects with
  SLACK_API_BASE_URL={api}
  SLACK_BOT_TOKEN={bot_token}
  SLACK_APP_TOKEN={app_token}
  SLACK_SIGNING_SECRET={signing_secret}
and in Bolt for Python with
  client = WebClient({bot_token!r}, base_url={api!r})
  app = App(client=client, signing_secret={signing_secret!r})
  {start}
"""
OVER_SOCKETS: Final = "SocketModeHandler(app, {app_token!r}).start()"
OVER_HTTP: Final = "app.start(port={port}, path={path!r})  # hears all at {url}, signed"


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    click.echo(text)
    sys.stdout.flush()


def start_logging(level: str) -> None:
    """Log to stderr from ``level`` on, one of Python's names."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def connecting(api: str, tokens: tuple[str, str, str], events_url: str | None) -> str:
    """How an app of anybody's finds the sandbox instead of Slack.

    Args:
        api: The address of the sandbox's Web API.
        tokens: Those of the bot and of the app, and the signing secret.
        events_url: Where the app hears what happens; None: over a socket.
    """
    bot_token, app_token, signing_secret = tokens
    lines = CONNECTING.splitlines(keepends=True)
    if events_url is not None:
        lines = [line for line in lines if "SLACK_APP_TOKEN" not in line]
    return "".join(lines).format(
        api=api,
        bot_token=bot_token,
        app_token=app_token,
        signing_secret=signing_secret,
        start=_starting(app_token, events_url),
    )


def _starting(app_token: str, events_url: str | None) -> str:
    if events_url is None:
        return OVER_SOCKETS.format(app_token=app_token)
    parts = urlsplit(events_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return OVER_HTTP.format(port=port, path=parts.path or "/", url=events_url)


def open_page(url: str, *, unless: bool = False) -> None:
    """Open a page where there is a screen: elsewhere a browser would take over the terminal."""
    if unless:
        return
    if sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        webbrowser.open(url)


def json_object(path: Path) -> dict[str, Any]:
    """What a JSON file holds, or a sentence about why it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise click.ClickException(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(found, dict):
        raise click.ClickException(f"{path} holds no manifest.")
    return found


def web_address(url: str) -> str:
    """The address of a web server, or a sentence about why it is none."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise click.BadParameter(f"{url} is no address that starts with https:// or http://")
    return url


def plain_prefix(prefix: str) -> str:
    """A prefix that commands can have, or a sentence about why not."""
    plain = prefix.strip("/-").lower()
    # Slack: a command has at most 32 characters with its slash; our longest name has eleven.
    if not re.fullmatch(r"[a-z0-9_-]{0,19}", plain):
        raise click.BadParameter("up to 19 letters, digits, hyphens and underscores")
    return plain


class End:
    """SIGTERM and Ctrl-C, which end the process in time, whatever hangs.

    Inside the ``with`` block they break off what runs, until ``is_awaited`` is called: from then
    on they let ``wait`` return.
    """

    def __init__(self) -> None:
        # The one queue that a signal handler may put into while the same thread waits on it.
        self._told: SimpleQueue[None] = SimpleQueue()

    def __enter__(self) -> Self:
        _on_signals(self._break_off)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(0)

    def is_awaited(self) -> None:
        """To be called before anybody is told that the process is up."""
        _on_signals(self._hear)

    def wait(self) -> None:
        self._told.get()

    def _break_off(self, signum: int, frame: FrameType | None) -> None:
        del signum, frame
        _end_in_time()
        raise KeyboardInterrupt

    def _hear(self, signum: int, frame: FrameType | None) -> None:
        del signum, frame
        _end_in_time()
        self._told.put(None)


def _end_in_time() -> None:
    # What is left then is on disk, and looked up at the next start.
    last = threading.Timer(END_WITHIN_SECONDS, os._exit, (0,))
    last.daemon = True
    last.start()


def _on_signals(handler: Callable[[int, FrameType | None], object]) -> None:
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, handler)
