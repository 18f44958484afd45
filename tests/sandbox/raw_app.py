"""An app without any library of Slack's: it sees each frame and acks only what it is told to."""

import json
from types import TracebackType
from typing import Any, Self

from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]


class RawApp:
    """One Socket Mode connection."""

    def __init__(self, url: str) -> None:
        opened = WebClient(token="xapp-sandbox", base_url=f"{url}api/").apps_connections_open(
            app_token="xapp-sandbox"
        )
        self._connecting = connect(opened["url"], proxy=None)
        self._socket: ClientConnection
        self.hello: Json = {}

    def __enter__(self) -> Self:
        self._socket = self._connecting.__enter__()
        self.hello = self.frame()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connecting.__exit__(kind, error, traceback)

    def frame(self, within_s: float = 60.0) -> Json:
        """The next frame.

        Raises:
            TimeoutError: None came in time.
        """
        frame: Json = json.loads(self._socket.recv(timeout=within_s))
        return frame

    def ack(self, frame: Json, payload: Json | None = None) -> None:
        answer: Json = {"envelope_id": frame["envelope_id"]}
        if payload is not None:
            answer["payload"] = payload
        self._socket.send(json.dumps(answer))

    def next_acked(self) -> Json:
        """The payload of the next frame, acked at once."""
        frame = self.frame()
        self.ack(frame)
        payload: Json = frame["payload"]
        return payload

    def event(self) -> Json:
        """The inner event of the next frame, acked at once."""
        inner: Json = self.next_acked()["event"]
        return inner
