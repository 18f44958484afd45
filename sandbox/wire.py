"""The HTTP protocol with one more gift for the app on top: a connection can be dropped."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_KEY: Final = "sandbox.transport"


class DroppableHttp(HttpToolsProtocol):
    """Hands every request the transport that it came by."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[_KEY] = self.transport  # type: ignore[typeddict-unknown-key]


class Silence(Response):
    """No answer at all: the connection ends without a word."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        transport = scope.get(_KEY)
        if transport is not None:
            transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


async def client_left(request: Request) -> None:
    """Return when the client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
