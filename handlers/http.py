"""Serves the app over HTTP: Slack's signed requests, and a health check."""

import errno
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import uvicorn
from slack_bolt import App
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.slack_requests import EVENTS_PATH, SlackRequests

# The path is part of the address that people type.
__all__ = ["EVENTS_PATH", "AddressUnusable", "Health", "HttpServer", "PortTaken"]

# A listener waits for the database or, to open a form, two seconds for Slack.
LISTENER_THREADS: Final = 20
START_WITHIN_SECONDS: Final = 5
STOP_WITHIN_SECONDS: Final = 3


class PortTaken(Exception):
    """Another program listens on this port already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} of {host} is taken by another program.")
        self.port = port


class AddressUnusable(Exception):
    """The address is none of this machine's, or may not be listened on."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"Nothing can listen on port {port} of {host}: {why}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What ``GET /healthz`` answers: whether the bot does its work, and each part by name."""

    parts: dict[str, bool]

    @property
    def ok(self) -> bool:
        return all(self.parts.values())


class HttpServer:
    """Listens from ``start`` to ``stop``, on a thread of its own; listeners run on a pool.

    Args:
        app: Checks signatures itself.
        host: The address to bind.
        port: 0 takes a free one.
        health: Asked at every health check.
    """

    def __init__(self, app: App, host: str, port: int, health: Callable[[], Health]) -> None:
        self._app = app
        self._health = health
        self._address = (host, port)
        self._pool = ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener")
        self._socket: socket.socket | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._address[1]

    def is_connected(self) -> bool:
        """Whether Slack can reach us, as far as this machine knows."""
        return self._server is not None and not self._server.should_exit

    def start(self) -> None:
        """Return when requests are answered.

        Raises:
            PortTaken, AddressUnusable: Nothing listens.
        """
        listening = _listening_socket(*self._address)
        self._address = (self._address[0], listening.getsockname()[1])
        config = uvicorn.Config(
            SlackRequests(self._app, self._pool, self._starlette()),
            http="httptools",
            ws="none",
            lifespan="off",
            # Who asks is told by the signature, not by the address.
            proxy_headers=False,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        )
        self._socket, self._server = listening, uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="http", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no new requests, answer those under way, and close the port."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(START_WITHIN_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _serve(self) -> None:
        assert self._server is not None
        assert self._socket is not None
        self._server.run(sockets=[self._socket])

    def _starlette(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/healthz", self._health_check, methods=["GET"]),
            ]
        )

    async def _health_check(self, _request: Request) -> Response:
        health = self._health()
        return JSONResponse(
            {"ok": health.ok, **health.parts}, status_code=200 if health.ok else 503
        )


def _listening_socket(host: str, port: int) -> socket.socket:
    """Bound here and not by the server, which would end the process when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, since asyncio sends answers at once only on sockets that say they are TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise AddressUnusable(host, port, error.strerror or str(error)) from error
    return listening
