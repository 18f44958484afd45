"""Slack's requests as they come over HTTP, read for the app and answered; who listens is not here.

Written for ASGI itself: what a framework adds to each request costs more than the reading.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import Executor
from typing import Any, Final

from slack_bolt import App, BoltRequest, BoltResponse

EVENTS_PATH: Final = "/slack/events"
# Slack: a view holds at most 250 kB, and comes back with what was typed in it.
BODY_MOST_BYTES: Final = 2_000_000
# What Bolt raises over a body that is no JSON, no object, or nested too deeply.
UNREADABLE: Final = (AttributeError, IndexError, RecursionError, TypeError, ValueError)
BAD_REQUEST: Final = BoltResponse(status=400)
WRONG_METHOD: Final = BoltResponse(status=405)
TOO_LONG: Final = BoltResponse(status=413)
IMPLAUSIBLE: Final = BoltResponse(status=401, body={"error": "invalid request"})

# As ASGI names them.
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Served = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = dict[str, str | Sequence[str]]

log = logging.getLogger(__name__)


class HungUp(Exception):
    """Who sent half a request went away."""


class SlackRequests:
    """Takes what Slack sends to the app, whose listeners run on threads.

    Args:
        app: Checks signatures itself.
        threads: On which the app works.
        others: Gets everything that is no request of Slack's.
    """

    def __init__(self, app: App, threads: Executor, others: Served) -> None:
        self._app = app
        self._threads = threads
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == EVENTS_PATH:
            await _send(send, await self._answer(scope, receive))
        else:
            await self._others(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> BoltResponse:
        if scope["method"] != "POST":
            return WRONG_METHOD
        try:
            body = await _body_within(receive, BODY_MOST_BYTES)
        except HungUp:
            # Nobody reads it any more.
            return BAD_REQUEST
        if body is None:
            return TOO_LONG
        headers: Headers = {
            name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]
        }
        if not _is_plausible(headers):
            return IMPLAUSIBLE
        loop = asyncio.get_running_loop()
        query = scope["query_string"].decode("latin-1")
        return await loop.run_in_executor(self._threads, self._dispatch, body, query, headers)

    def _dispatch(self, body: bytes, query: str, headers: Headers) -> BoltResponse:
        # Bolt reads the body before it looks at the signature, so this is done for strangers, too.
        try:
            asked = BoltRequest(body=body.decode(), query=query, headers=headers)
        except UNREADABLE as error:
            log.info("a request that cannot be read: %s", type(error).__name__)
            return BAD_REQUEST
        return self._app.dispatch(asked)


async def _body_within(receive: Receive, most_bytes: int) -> bytes | None:
    """The body; None when it is longer than anything Slack sends.

    Raises:
        HungUp: It never came to its end.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HungUp
        body += message.get("body", b"")
        if len(body) > most_bytes:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _is_plausible(headers: Headers) -> bool:
    """Whether the signature's time is a number at all: Bolt answers 500 where it is not."""
    stamp = str(headers.get("x-slack-request-timestamp", "0"))
    return stamp.isascii() and stamp.isdigit() and len(stamp) < 20


async def _send(send: Send, answer: BoltResponse) -> None:
    body = answer.body.encode()
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, values in answer.headers.items()
        for value in values
    ]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
