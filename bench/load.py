"""People at their keyboards: what they type and press, sent as Slack sends it, and timed."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol
from urllib.parse import urlencode

from bench.servers import SECRET, Server
from bench.slack import Slack
from bench.today import now
from bench.world import HOME, channel_of, client_user, vendor_team, vendor_user

Json = dict[str, Any]
Act = Literal["command", "done"]

# Slack: three seconds; after that people see a failure, so nothing is waited for much longer.
ANSWER_WITHIN_SECONDS: Final = 15


class Door(Protocol):
    """A way to a server, for one person at a time."""

    async def send(self, kind: Act, body: Json) -> tuple[float, Json]:
        """The seconds until it was acked, and the ack's body."""
        ...


@dataclass(kw_only=True)
class Acks:
    """What a round has seen.

    Attributes:
        seconds: How long each ack took, by what was done.
        done: Ids of the deliverables that were acked as done.
    """

    seconds: dict[Act, list[float]] = field(default_factory=lambda: {"command": [], "done": []})
    done: list[str] = field(default_factory=list)
    lasted_seconds: float = 0.0

    @property
    def every(self) -> list[float]:
        return self.seconds["command"] + self.seconds["done"]


class HttpDoor:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, kind: Act, body: Json) -> tuple[float, Json]:
        form = body if kind == "command" else {"payload": json.dumps(body)}
        request = _signed(urlencode(form).encode())
        began_seconds = time.perf_counter()
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        answer = await self._reader.readexactly(length)
        took_seconds = time.perf_counter() - began_seconds
        if not head.startswith(b"http/1.1 200"):
            raise AssertionError(f"not acked: {head[:40]!r} {answer[:200]!r}")
        return took_seconds, json.loads(answer) if answer.startswith(b"{") else {}

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


class SocketDoor:
    """The app's one socket, shared by all."""

    def __init__(self, slack: Slack, token: str) -> None:
        self._slack = slack
        self._token = token
        self._sent = 0

    async def send(self, kind: Act, body: Json) -> tuple[float, Json]:
        self._sent += 1
        envelope_id = f"{self._token}-{id(self)}-{self._sent}"
        envelope = {
            "envelope_id": envelope_id,
            "type": "slash_commands" if kind == "command" else "interactive",
            "accepts_response_payload": True,
            "payload": body,
        }
        text = json.dumps(envelope)
        acked = asyncio.get_running_loop().create_future()
        began_seconds = time.perf_counter()
        self._slack.on_ack[envelope_id] = lambda ack: acked.set_result(
            (time.perf_counter() - began_seconds, ack)
        )
        await self._slack.sockets[self._token].send(text)
        took: tuple[float, Json] = await acked
        return took

    async def close(self) -> None:
        """The socket stays the server's."""


async def doors(server: Server, slack: Slack, count: int) -> list[HttpDoor | SocketDoor]:
    """As many ways to a server as there are people."""
    if server.port is None:
        await slack.socket_of(server.app_token, ANSWER_WITHIN_SECONDS)
        return [SocketDoor(slack, server.app_token) for _ in range(count)]
    return [
        HttpDoor(*await asyncio.open_connection("127.0.0.1", server.port)) for _ in range(count)
    ]


async def work(door: Door, numbers: list[int], acks: Acks) -> None:
    """For each partnership one deliverable is written down and then marked as done."""
    for number in numbers:
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            seconds, answer = await door.send("command", command(number))
        acks.seconds["command"].append(seconds)
        deliverable = id_in(answer)
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            seconds, _ = await door.send("done", press(number, deliverable))
        acks.seconds["done"].append(seconds)
        acks.done.append(deliverable)


def command(number: int) -> Json:
    """A lead of the client asks somebody of the vendor for something."""
    return {
        "command": "/deliverable",
        "text": f"<@{vendor_user(number, 1)}|vendor> refresh by Friday 17:00",
        "team_id": HOME,
        "team_domain": "bench",
        "channel_id": channel_of(number),
        "channel_name": f"shared-{number}",
        "user_id": client_user(number),
        "user_name": "lead",
        "api_app_id": "A0BENCH",
        "trigger_id": f"1.2.{number}",
        # Nothing is said there: the answer goes with the ack.
        "response_url": "http://127.0.0.1:9/",
    }


def press(number: int, deliverable: str) -> Json:
    """Its owner presses *Done* in the shared channel."""
    channel = {"id": channel_of(number), "name": f"shared-{number}"}
    return {
        "type": "block_actions",
        "team": {"id": HOME, "domain": "bench"},
        "user": {"id": vendor_user(number, 1), "team_id": vendor_team(number)},
        "api_app_id": "A0BENCH",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": channel["id"]},
        "channel": channel,
        "message": {"ts": "1.1", "thread_ts": "1.0", "text": "refresh"},
        "trigger_id": f"1.2.{number}",
        "response_url": "http://127.0.0.1:9/",
        "actions": [
            {
                "type": "button",
                "action_id": "deliverable.done",
                "block_id": f"deliverable-{deliverable}",
                "value": deliverable,
                "action_ts": "1.1",
            }
        ],
    }


def id_in(answer: Json) -> str:
    """The id that the buttons of the answer carry; a bare app answers nothing."""
    rows = [block for block in answer.get("blocks", ()) if block["type"] == "actions"]
    if not rows:
        return "none"
    return str(rows[0]["elements"][0]["value"]).partition("|")[0]


def _signed(body: bytes) -> bytes:
    stamp = str(int(now().timestamp()))
    base = b":".join([b"v0", stamp.encode(), body])
    signature = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
