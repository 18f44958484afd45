"""Starts the bot and its floors as processes of their own, and ends them."""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bench.slack import Slack

Transport = Literal["http", "socket"]
Kind = Literal["default", "committing"]

ROOT: Final = Path(__file__).resolve().parent.parent
SECRET: Final = "bench"
START_WITHIN_SECONDS: Final = 30
END_WITHIN_SECONDS: Final = 8


class NotStarted(Exception):
    """A server ended, or said nothing, before it was ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server.

    Attributes:
        port: Where it listens; None in Socket Mode.
        app_token: Under which it connects in Socket Mode.
        started_in_seconds: From nothing until it said that it was ready.
    """

    process: asyncio.subprocess.Process
    port: int | None
    app_token: str
    started_in_seconds: float

    def resident_megabytes(self) -> float:
        """What the process holds in memory, as its operating system says."""
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists():
            found = re.search(r"VmRSS:\s*(\d+) kB", status.read_text())
            return int(found[1]) / 1024 if found else 0.0
        asked = os.popen(f"ps -o rss= -p {self.process.pid}").read()
        return int(asked) / 1024


@asynccontextmanager
async def bot(transport: Transport, slack: Slack, database: Path) -> AsyncIterator[Server]:
    """The whole product, as ``bot.py`` starts it."""
    token = "xapp-bot"
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_BASE_URL": slack.url,
        "TOUCHBASE_DATABASE": str(database),
        "TOUCHBASE_LOG_LEVEL": "WARNING",
    }
    if transport == "http":
        settings |= {"SLACK_SIGNING_SECRET": SECRET, "PORT": "0"}
    else:
        settings |= {"SLACK_APP_TOKEN": token}
    # A folder without .env, so that nothing but these settings is read.
    command = [str(ROOT / "bot.py"), "run"]
    async with _running(command, settings, token, database.parent) as server:
        yield server


@asynccontextmanager
async def bare(
    kind: Kind, transport: Transport, slack: Slack, database: Path
) -> AsyncIterator[Server]:
    """A bare Bolt app: see ``bench.bare``."""
    token = f"xapp-{kind}"
    command = ["-m", "bench.bare", "--kind", kind, "--transport", transport]
    command += ["--api", slack.url, "--secret", SECRET, "--app-token", token]
    command += ["--database", str(database)]
    async with _running(command, {}, token, ROOT) as server:
        yield server


@asynccontextmanager
async def libraries(folder: Path) -> AsyncIterator[Server]:
    """What every bot of this kind imports, and nothing else."""
    said = "import slack_bolt, starlette, uvicorn; print('ready', flush=True); input()"
    async with _running(["-c", said], {}, "", folder) as server:
        yield server


@asynccontextmanager
async def _running(
    command: Sequence[str], settings: Mapping[str, str], token: str, folder: Path
) -> AsyncIterator[Server]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    started_seconds = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=folder,
        env={**kept, **settings},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        port = await _ready(process)
        took_seconds = time.perf_counter() - started_seconds
        yield Server(process=process, port=port, app_token=token, started_in_seconds=took_seconds)
    finally:
        await _end(process)


async def _ready(process: asyncio.subprocess.Process) -> int | None:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_WITHIN_SECONDS):
            line = (await process.stdout.readline()).decode()
    except TimeoutError as error:
        raise NotStarted(f"nothing said within {START_WITHIN_SECONDS} seconds") from error
    if not line:
        raise NotStarted(f"ended with {await process.wait()}")
    port = re.search(r"127\.0\.0\.1:(\d+)/", line)
    return int(port[1]) if port else None


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(END_WITHIN_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
