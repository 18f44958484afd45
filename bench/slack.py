"""A Slack that answers whatever is asked and remembers when; it plays nobody and checks nothing."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from bench.world import HOME, channel_of, client_user, vendor_team, vendor_user

Json = dict[str, Any]

ANSWER_AFTER_SECONDS: Final = 0.1
PAGE: Final = 200
# Answered at once: nobody waits for them but the start.
AT_ONCE: Final = frozenset({"auth.test", "apps.connections.open"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as the server saw it, in this machine's seconds."""

    method: str
    channel: str
    began_seconds: float
    ended_seconds: float


@dataclass(kw_only=True)
class Slack:
    """What was called, and the sockets of the apps that are connected, by their app token."""

    channels: int
    url: str = ""
    socket_url: str = ""
    calls: list[Call] = field(default_factory=list)
    under_way: int = 0
    sockets: dict[str, ServerConnection] = field(default_factory=dict)
    on_ack: dict[str, Callable[[Json], None]] = field(default_factory=dict)
    connected: asyncio.Condition = field(default_factory=asyncio.Condition)

    def posts(self) -> list[Call]:
        return [call for call in self.calls if call.method == "chat.postMessage"]

    async def socket_of(self, token: str, within_seconds: float) -> ServerConnection:
        async with asyncio.timeout(within_seconds), self.connected:
            await self.connected.wait_for(lambda: token in self.sockets)
            return self.sockets[token]

    async def settled(self, quiet_seconds: float, within_seconds: float) -> bool:
        """Wait until nothing was posted for a while; False when that did not happen in time."""
        end_seconds = time.perf_counter() + within_seconds
        posted = -1
        while time.perf_counter() < end_seconds:
            if posted == len(self.posts()):
                return True
            posted = len(self.posts())
            await asyncio.sleep(quiet_seconds)
        return False


@asynccontextmanager
async def slack(channels: int) -> AsyncIterator[Slack]:
    """Serve on loopback inside the block."""
    one = Slack(channels=channels)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _answer(one, reader, writer)

    async def hold(socket: ServerConnection) -> None:
        await _hold(one, socket)

    web = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
    one.url = f"http://127.0.0.1:{web.sockets[0].getsockname()[1]}/api/"
    async with web, serve(hold, "127.0.0.1", 0, compression=None, ping_interval=None) as sockets:
        port = next(iter(sockets.sockets)).getsockname()[1]
        one.socket_url = f"ws://127.0.0.1:{port}/"
        yield one


async def _hold(one: Slack, socket: ServerConnection) -> None:
    token = socket.request.path.rpartition("=")[2] if socket.request is not None else ""
    await socket.send(json.dumps({"type": "hello", "num_connections": 1}))
    async with one.connected:
        one.sockets[token] = socket
        one.connected.notify_all()
    with suppress(ConnectionClosed):  # the app was ended
        async for text in socket:
            ack = json.loads(text)
            told = one.on_ack.pop(ack.get("envelope_id", ""), None)
            if told is not None:
                told(ack.get("payload") or {})


async def _answer(one: Slack, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)^content-length: *(\d+)", head, re.MULTILINE)
        raw = await reader.readexactly(int(length[1])) if length else b""
        method = head.split(" ", 2)[1].rpartition("/")[2].partition("?")[0]
        body = await _timed(one, method, head, raw.decode())
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass  # the app went away
    finally:
        writer.close()


async def _timed(one: Slack, method: str, head: str, raw: str) -> bytes:
    began_seconds = time.perf_counter()
    asked = _arguments(head, raw)
    one.under_way += 1
    if method not in AT_ONCE:
        await asyncio.sleep(ANSWER_AFTER_SECONDS)
    one.under_way -= 1
    one.calls.append(
        Call(
            method=method,
            channel=str(asked.get("channel", "")),
            began_seconds=began_seconds,
            ended_seconds=time.perf_counter(),
        )
    )
    return json.dumps({"ok": True, **_body(one, method, head + raw, asked)}).encode()


def _arguments(head: str, raw: str) -> Json:
    if raw.startswith("{"):
        return dict(json.loads(raw))
    query = head.split(" ", 2)[1].partition("?")[2]
    return {name: values[-1] for name, values in parse_qs(f"{query}&{raw}").items()}


def _body(one: Slack, method: str, text: str, asked: Json) -> Json:
    if method == "auth.test":
        return {
            "url": "https://bench.slack.com/",
            "team": "Bench",
            "team_id": HOME,
            "user_id": "U0BOT",
            "bot_id": "B0BOT",
        }
    if method == "apps.connections.open":
        token = re.search(r"xapp-[a-z-]+", text)
        return {"url": f"{one.socket_url}?app={token[0] if token else ''}"}
    if method == "chat.postMessage":
        return {"channel": asked["channel"], "ts": f"1800000000.{len(one.calls):06}"}
    if method == "users.conversations":
        return _conversations(one, asked)
    if method == "conversations.members":
        number = int(str(asked["channel"])[-4:])
        return {"members": ["U0BOT", client_user(number), vendor_user(number)]}
    if method == "conversations.open":
        return {"channel": {"id": f"D{str(asked['users'])[1:]}"}}
    if method == "users.info":
        return {"user": {"id": asked["user"], "team_id": HOME, "name": "somebody"}}
    return {"messages": [], "view": {"id": "V0"}}


def _conversations(one: Slack, asked: Json) -> Json:
    start = int(asked.get("cursor") or 0)
    end = min(start + PAGE, one.channels)
    found = [
        {
            "id": channel_of(number),
            "name": f"shared-{number}",
            "is_member": True,
            "is_ext_shared": True,
            "conversation_host_id": HOME,
            "connected_team_ids": [vendor_team(number)],
        }
        for number in range(start, end)
    ]
    more = str(end) if end < one.channels else ""
    return {"channels": found, "response_metadata": {"next_cursor": more}}
