"""Starts and stops a sandbox: one event loop in a thread of its own, listening on loopback."""

import asyncio
import socket
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

import uvicorn

from sandbox.activity import Activity, Alarms
from sandbox.door import make_app
from sandbox.errors import PortTaken, SandboxError
from sandbox.events import Events, Outside
from sandbox.loading import enter
from sandbox.manifest import read_manifest
from sandbox.messages import Boards
from sandbox.patience import Patience
from sandbox.ports import Clock, Companion, Keeper
from sandbox.signed_http import SignedHttp
from sandbox.sockets import Sockets
from sandbox.stamps import Stamps
from sandbox.stream import Stream
from sandbox.surfaces import Surfaces, Triggers
from sandbox.transport import Transport
from sandbox.wire import DroppableHttp
from sandbox.wire_log import WireLog
from sandbox.workspace import Tokens, Workspace
from sandbox.world import World
from sandbox.world_files import WorldFile

__all__ = ["Clock", "Companion", "PortTaken", "Sandbox", "SandboxOptions"]

START_WITHIN_S: Final = 10.0
STOP_WITHIN_S: Final = 5.0
DRAIN_WITHIN_S: Final = 1.0
RING_EVERY_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """How a sandbox is to be.

    Args:
        world: Its people and places; the sandbox changes them as it goes.
        file: The file that the world is of, when more than people and places stands in it.
        clock: The world's clock.
        port: 0 means any free port.
        manifest: The app's manifest, which it is held to; None lets it do everything.
        events_url: Where to post events over signed HTTP; None means Socket Mode.
        companion: The bot, when it lives in this process and shares the clock.
        rate_limits: Whether Slack's pace is enforced.
        patience: How long the app may take.
    """

    world: World
    clock: Clock
    file: WorldFile | None = None
    port: int = 0
    manifest: Mapping[str, Any] | None = None
    events_url: str | None = None
    signing_secret: str = "sandbox"
    bot_token: str = "xoxb-sandbox"
    app_token: str = "xapp-sandbox"
    companion: Companion | None = None
    rate_limits: bool = True
    patience: Patience = field(default_factory=Patience)


class Sandbox:
    """A running sandbox. ``start`` returns when it listens; it can be started once."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self.patience = options.patience
        self._companion = options.companion
        self._keeper: Keeper | None = None
        self._thread: threading.Thread | None = None
        self._started: Future[_Server] = Future()
        self._workspace: Workspace | None = None
        self.url = ""

    @property
    def stops(self) -> int:
        """How often somebody stopped what moves the clock."""
        return 0 if self._workspace is None else self._workspace.stops

    def accompany(self, companion: Companion | None, keeper: Keeper | None = None) -> None:
        """Name the bot in this process, which often can be made only once ``url`` is known.

        Args:
            keeper: Who can begin it anew when another world is loaded.
        """
        self._companion, self._keeper = companion, keeper
        if self._workspace is not None:
            self._workspace.companion, self._workspace.keeper = companion, keeper

    def start(self) -> Self:
        """Listen.

        Raises:
            PortTaken: Another program listens on the wished port.
            SandboxError: It did not come up.
        """
        listener = _listen(self._options.port)
        port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        self._thread = threading.Thread(
            target=self._run, args=(listener, port), name="sandbox", daemon=True
        )
        self._thread.start()
        try:
            self._started.result(START_WITHIN_S)
        except TimeoutError as error:
            raise SandboxError("The sandbox did not start in time.") from error
        return self

    def stop(self) -> None:
        """Close all connections and end the thread. Safe to call twice."""
        if self._thread is None or not self._thread.is_alive():
            return
        self._started.result(START_WITHIN_S).leave()
        self._thread.join(STOP_WITHIN_S)

    def __enter__(self) -> Self:
        return self if self._thread is not None else self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self, listener: socket.socket, port: int) -> None:
        with listener:
            asyncio.run(self._serve(listener, port))

    async def _serve(self, listener: socket.socket, port: int) -> None:
        ws = _workspace(replace(self._options, companion=self._companion), self.url)
        ws.keeper = self._keeper
        self._workspace = ws
        ringing = asyncio.create_task(_ring(ws))
        try:
            await _Server(_config(ws, port), ws, self._started).serve(sockets=[listener])
        finally:
            play = ws.journeys.play
            await _end(ringing, None if play is None else play.task)
            await ws.events.close()
            await ws.transport.close()


class _Server(uvicorn.Server):
    """Says when it listens, and ends when told to instead of looking ten times a second."""

    def __init__(self, config: uvicorn.Config, ws: Workspace, started: "Future[_Server]") -> None:
        super().__init__(config)
        self._ws = ws
        self._started = started
        self._loop = asyncio.get_running_loop()
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        """End; from any thread."""
        self._loop.call_soon_threadsafe(self._leaving.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started.set_result(self)

    async def main_loop(self) -> None:
        await self._leaving.wait()
        # What stays open by itself would keep the server from ending.
        self._ws.stream.close()
        await self._ws.transport.drop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing new, let answers end; uvicorn's own rests for a tenth of a second."""
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        under_way = set(self.server_state.tasks)
        if under_way:
            await asyncio.wait(under_way, timeout=DRAIN_WITHIN_S)
        for task in under_way:
            task.cancel()


def _listen(port: int) -> socket.socket:
    # Named, since asyncio sends answers at once only on sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    return listener


def _config(ws: Workspace, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(ws, port),
        http=DroppableHttp,
        ws="websockets-sansio",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
    )


def _workspace(options: SandboxOptions, url: str) -> Workspace:
    stamps, activity, alarms = Stamps(), Activity(), Alarms()
    world, manifest = options.world, read_manifest(options.manifest)
    tokens = Tokens(bot=options.bot_token, app=options.app_token)
    patience = options.patience
    sockets = Sockets(stamps, world.app.id, patience, activity.touch)
    transport = _transport(options, sockets)
    stream = Stream()
    wire = WireLog(secrets=tokens.all(), told=partial(stream.tell, "wire"))
    outside = Outside(
        transport=transport,
        activity=activity,
        alarms=alarms,
        clock=options.clock,
        wire=wire,
        patience=patience,
    )
    ws = Workspace(
        world=world,
        clock=options.clock,
        companion=options.companion,
        keeper=None,
        manifest=manifest,
        tokens=tokens,
        base_url=url,
        rate_limits=options.rate_limits,
        stamps=stamps,
        boards=Boards(),
        surfaces=Surfaces(stamps),
        triggers=Triggers(stamps, options.clock, patience),
        activity=activity,
        alarms=alarms,
        sockets=sockets,
        transport=transport,
        stream=stream,
        wire=wire,
        events=Events(world, manifest, stamps, outside, tokens.verification),
    )
    enter(ws, options.file or WorldFile(world=world))
    return ws


def _transport(options: SandboxOptions, sockets: Sockets) -> Transport:
    if options.events_url is None:
        return sockets
    return SignedHttp(options.events_url, options.signing_secret, options.patience)


async def _end(*tasks: "asyncio.Task[None] | None") -> None:
    present = [task for task in tasks if task is not None]
    for task in present:
        task.cancel()
    await asyncio.gather(*present, return_exceptions=True)


async def _ring(ws: Workspace) -> None:
    """Ring the alarms of a clock that runs by itself."""
    while True:
        await asyncio.sleep(RING_EVERY_S)
        if ws.alarms.next_at() is not None:
            ws.alarms.ring(ws.now())
