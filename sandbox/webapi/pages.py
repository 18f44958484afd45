"""Pages of a list, with Slack's cursors."""

import base64
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.webapi.call import Call

T = TypeVar("T")


def page(
    call: Call, items: list[T], *, most: int = 1000, default: int = 100
) -> tuple[list[T], Json]:
    """The page that the call asks for, and ``response_metadata`` with the next cursor."""
    size = limit(call, most=most, default=default)
    start = int(cursor(call, "at") or 0)
    end = start + size
    return items[start:end], next_cursor("at", str(end) if end < len(items) else None)


def limit(call: Call, *, most: int, default: int) -> int:
    size = call.number("limit", default=default)
    if size < 0 or size > most:
        raise Refused("invalid_limit")
    return size or default


def cursor(call: Call, kind: str) -> str | None:
    """What the cursor says; None on the first page.

    Raises:
        Refused: ``invalid_cursor``.
    """
    given = call.optional("cursor")
    if given is None:
        return None
    try:
        text = base64.b64decode(given, validate=True).decode()
        prefix, _, value = text.partition(":")
        if prefix != kind or float(value) < 0:
            raise Refused("invalid_cursor")
    except ValueError as error:
        raise Refused("invalid_cursor") from error
    return value


def next_cursor(kind: str, value: str | None) -> Json:
    text = base64.b64encode(f"{kind}:{value}".encode()).decode() if value is not None else ""
    return {"next_cursor": text}


def cut(items: Iterable[T], size: int) -> tuple[list[T], bool]:
    """The first ``size`` items, and whether there are more."""
    found = list(islice(items, size + 1))
    return found[:size], len(found) > size
