"""Messages and forms as a person reads them: their words, and the buttons beside the words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from demo.control import Json

_WORDS = frozenset({"mrkdwn", "plain_text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A button or menu where it stands.

    Attributes:
        beside: The words between the buttons before it and its own.
        value: What is sent along when it is pressed; None for menus.
    """

    action_id: str
    block_id: str
    beside: str
    value: str | None


def words_of(drawn: Json) -> str:
    """All words of a message or form, or of a part of one, line by line."""
    text = "" if drawn.get("type") in _WORDS else str(drawn.get("text") or "")
    lines = list(_lines(drawn.get("blocks", drawn)))
    return "\n".join(lines or [text])


def spots(drawn: Json) -> Iterator[Spot]:
    """The buttons and menus of a message or form, from the top."""
    beside: list[str] = []
    for block in drawn.get("blocks", []):
        if block["type"] == "actions":
            yield from _spots_of(block, block["elements"], "\n".join(beside))
            beside = []
            continue
        beside.extend(_lines(block))
        accessory = block.get("accessory")
        if accessory is not None:
            yield from _spots_of(block, [accessory], "\n".join(_lines(block)))


def _spots_of(block: Json, elements: Iterable[Json], beside: str) -> Iterator[Spot]:
    for element in elements:
        if "action_id" in element:
            yield Spot(
                action_id=element["action_id"],
                block_id=block["block_id"],
                beside=beside,
                value=element.get("value"),
            )


def _lines(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") in _WORDS:
            yield str(part["text"])
            return
        if part.get("type") == "text" and "text" in part:  # a piece of rich text
            yield str(part["text"])
        for inner in part.values():
            yield from _lines(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _lines(inner)
