"""Socket Mode: tickets, the WebSocket's frames, acks, and which socket gets which envelope."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.errors import NotConnected
from sandbox.patience import Patience
from sandbox.ports import Json
from sandbox.stamps import Stamps
from sandbox.strict_json import read_json
from sandbox.transport import Ack, Envelope

MOST_SOCKETS: Final = 10  # Slack: at most 10 open sockets an app
CONNECTION_S: Final = 3600


class Sockets:
    """The open sockets of the one app; each envelope goes to one of them, in turn."""

    def __init__(
        self, stamps: Stamps, app_id: str, patience: Patience, changed: Callable[[], None]
    ) -> None:
        self._stamps = stamps
        self.app_id = app_id
        self._patience = patience
        self._changed = changed
        self._tickets: set[str] = set()
        self._sockets: deque[WebSocket] = deque()
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Ack]]] = {}
        self._open = asyncio.Event()
        self.seen = False

    @property
    def connected(self) -> bool:
        return bool(self._sockets)

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = self._stamps.secret()
        self._tickets.add(ticket)
        return ticket

    async def ready(self) -> None:
        while not self._sockets:
            await self._open.wait()

    async def send(self, envelope: Envelope) -> Ack:
        if not self._sockets:
            raise NotConnected
        socket = self._sockets[0]
        self._sockets.rotate(-1)
        envelope_id = self._stamps.secret()
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, future)
        try:
            await socket.send_text(json.dumps(_frame(envelope_id, envelope)))
            async with asyncio.timeout(self._patience.ack_s):
                return await future
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            return Ack(acked=False)
        finally:
            del self._waiting[envelope_id]

    async def drop(self) -> None:
        for socket in list(self._sockets):
            self._forget(socket)
            await self._say_goodbye(socket, "refresh_requested")

    async def close(self) -> None:
        await self.drop()

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection from its handshake to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(code=4001, reason="the ticket is not valid")
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self._sockets) >= MOST_SOCKETS:
            await self._say_goodbye(socket, "too_many_websockets")
            return
        await socket.send_text(json.dumps(self._hello()))
        self._sockets.append(socket)
        self.seen = True
        self._open.set()
        self._changed()
        try:
            await self._listen(socket)
        finally:
            self._forget(socket)

    async def _listen(self, socket: WebSocket) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                self._hear(await socket.receive_text())

    def _hear(self, text: str) -> None:
        """Take an ack; anything else that an app says is of no use to Slack either."""
        try:
            frame = read_json(text)
        except ValueError:
            return
        if not isinstance(frame, dict):
            return
        _, future = self._waiting.get(str(frame.get("envelope_id")), (None, None))
        if future is not None and not future.done():
            future.set_result(Ack(acked=True, body=frame.get("payload")))

    def _forget(self, socket: WebSocket) -> None:
        if socket not in self._sockets:
            return
        self._sockets.remove(socket)
        if not self._sockets:
            self._open.clear()
        for owner, future in self._waiting.values():
            if owner is socket and not future.done():
                future.set_result(Ack(acked=False))
        self._changed()

    async def _say_goodbye(self, socket: WebSocket, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "127.0.0.1"}}
        with suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_text(json.dumps(frame))
            if socket.application_state is not WebSocketState.DISCONNECTED:
                await socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": {
                "host": "127.0.0.1",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_S,
            },
            "connection_info": {"app_id": self.app_id},
        }


def _frame(envelope_id: str, envelope: Envelope) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "envelope_id": envelope_id,
        "payload": envelope.payload,
        "type": envelope.type,
        "accepts_response_payload": envelope.accepts_response,
    }
    if envelope.type == "events_api":
        frame["retry_attempt"] = envelope.retry_attempt
        frame["retry_reason"] = envelope.retry_reason
    return frame
