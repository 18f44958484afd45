"""Slack's Socket Mode client with a shorter way in and out; when to connect is not decided here."""

import json
import os
import struct
from contextlib import suppress
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_sdk.socket_mode import SocketModeClient

# RFC 6455: a final frame of text, and what marks its content as masked.
_TEXT: Final = 0x81
_MASKED: Final = 0x80
# RFC 6455: lengths up to this stand in one byte, longer ones behind a mark of their own.
_SHORT: Final = 125
_IN_TWO_BYTES: Final = 126
_IN_EIGHT_BYTES: Final = 127


class Client(SocketModeClient):
    """Hands what people did to the listeners' threads at once, and acks in one piece.

    The client of the library lets each envelope wait in a queue for a thread that hands it on,
    and masks an ack byte by byte.
    """

    def enqueue_message(self, message: str) -> None:
        envelope = _envelope_in(message)
        if envelope is None:
            # What concerns the connection itself is left to the library.
            super().enqueue_message(message)
        elif not self.closed:
            # The threads may have ended in between; then Slack sends it again.
            with suppress(RuntimeError):
                self.message_workers.submit(self.run_message_listeners, envelope, message)

    def ack(self, envelope_id: str, answer: BoltResponse) -> None:
        """Tell Slack what was answered; anything but success is not acked and comes again."""
        if answer.status != 200:
            return
        text = ack_of(envelope_id, answer)
        session = self.current_session
        try:
            assert session is not None
            assert session.sock is not None
            with session.sock_send_lock:
                session.sock.sendall(frame_of(text))
        except (AssertionError, OSError, ValueError):
            # The connection is being replaced: the library waits for the new one.
            self.send_message(text)


def ack_of(envelope_id: str, answer: BoltResponse) -> str:
    """The JSON that acks an envelope, with the answer if there is one."""
    told = json.dumps(envelope_id)
    if not answer.body:
        return f'{{"envelope_id": {told}}}'
    content_type = next(iter(answer.headers.get("content-type", ())), "")
    is_json = content_type.startswith("application/json")
    payload = answer.body if is_json else json.dumps({"text": answer.body})
    return f'{{"envelope_id": {told}, "payload": {payload}}}'


def frame_of(text: str) -> bytes:
    """A WebSocket frame as a client sends it: masked with four random bytes."""
    content, mask = text.encode(), os.urandom(4)
    length = len(content)
    if length <= _SHORT:
        head = bytes((_TEXT, _MASKED | length))
    elif length < 1 << 16:
        head = struct.pack("!BBH", _TEXT, _MASKED | _IN_TWO_BYTES, length)
    else:
        head = struct.pack("!BBQ", _TEXT, _MASKED | _IN_EIGHT_BYTES, length)
    # As one number each: byte by byte it takes a tenth of what is answered with.
    repeated = (mask * (length // 4 + 1))[:length]
    masked = int.from_bytes(content) ^ int.from_bytes(repeated)
    return head + mask + masked.to_bytes(length)


def _envelope_in(message: str) -> dict[str, Any] | None:
    """What people did; None for what is said about the connection."""
    try:
        envelope = json.loads(message)
    except ValueError:
        return None
    is_one = isinstance(envelope, dict) and isinstance(envelope.get("envelope_id"), str)
    return envelope if is_one and envelope.get("type") != "disconnect" else None
