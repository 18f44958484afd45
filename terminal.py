"""How the command line reads, speaks, logs and ends; what it starts is not here."""

import json
import logging
import os
import re
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

END_WITHIN_SECONDS: Final = 4.5
# They write what people say, and tokens, to their logs below this level.
TALKATIVE: Final = ("slack_bolt", "slack_sdk", "apscheduler", "uvicorn", "httpx", "httpcore")


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


def open_page(url: str) -> None:
    """Open a page where there is a screen: elsewhere a browser would take over the terminal."""
    if sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        webbrowser.open(url)


def json_object(path: Path) -> dict[str, Any]:
    """What a JSON file holds, or a sentence about why it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(found, dict):
        raise click.ClickException(f"{path} holds no manifest.")
    return found


def plain_prefix(prefix: str) -> str:
    """A prefix that commands can have, or a sentence about why not."""
    plain = prefix.strip("/-").lower()
    # Slack: a command has at most 32 characters with its slash; our longest name has eleven.
    if not re.fullmatch(r"[a-z0-9_-]{0,19}", plain):
        raise click.BadParameter("up to 19 letters, digits, hyphens and underscores")
    return plain


@contextmanager
def ends_early() -> Iterator[None]:
    """What runs inside is ended by SIGTERM as by Ctrl-C, and neither is an error."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)


def wait_for_end() -> None:
    """Wait for SIGTERM or Ctrl-C; from then on the process ends in time, whatever hangs."""
    ended = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        ended.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    ended.wait()
    # What is left then is on disk, and looked up at the next start.
    last = threading.Timer(END_WITHIN_SECONDS, os._exit, (0,))
    last.daemon = True
    last.start()
