import json
from typing import Any

import pytest
from slack_bolt import BoltResponse

from handlers.socket_client import ack_of, frame_of


def unmasked(frame: bytes, head: int) -> bytes:
    """The content, byte by byte as the protocol has it."""
    mask, content = frame[head : head + 4], frame[head + 4 :]
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(content))


@pytest.mark.parametrize(
    ("length", "head"),
    [
        pytest.param(0, b"\x81\x80", id="nothing"),
        pytest.param(125, b"\x81\xfd", id="the longest short one"),
        pytest.param(126, b"\x81\xfe\x00\x7e", id="the shortest of a longer length"),
        pytest.param(65_535, b"\x81\xfe\xff\xff", id="the longest of two bytes"),
        pytest.param(65_536, b"\x81\xff\x00\x00\x00\x00\x00\x01\x00\x00", id="a whole form"),
    ],
)
def test_a_frame_says_how_long_it_is_and_can_be_unmasked(length: int, head: bytes) -> None:
    text = "a" + "é" * ((length - 1) // 2) + "b" * ((length - 1) % 2) if length else ""

    frame = frame_of(text)

    assert frame.startswith(head)
    assert unmasked(frame, len(head)).decode() == text


def test_two_frames_are_masked_differently() -> None:
    assert len({frame_of("the same") for _ in range(5)}) > 1


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("noted", {"text": "noted"}, id="text"),
        pytest.param({"text": 'a "quoted" é'}, {"text": 'a "quoted" é'}, id="a message"),
        pytest.param({"response_action": "clear"}, {"response_action": "clear"}, id="a form"),
    ],
)
def test_an_ack_names_its_envelope_and_holds_the_answer(
    body: str | dict[str, Any], payload: dict[str, Any] | None
) -> None:
    acked = json.loads(ack_of('e"1', BoltResponse(status=200, body=body)))

    assert acked == {"envelope_id": 'e"1'} | ({} if payload is None else {"payload": payload})
