"""What an open page hears, read as server-sent events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.people import Json


class News:
    """The events of one open page, in order. Each wait ends after a minute."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, kind: str) -> Json:
        """The next event of this kind; others before it are passed over."""
        for line in self._lines:
            news: Json = json.loads(line.removeprefix("data: ")) if line[:1] == "d" else {}
            if news.get("kind") == kind:
                return news
        raise AssertionError("the stream ended")


@contextmanager
def listening(url: str) -> Iterator[News]:
    """A page that is open; whatever happens inside the block is heard."""
    with httpx.stream("GET", f"{url}_control/stream", trust_env=False, timeout=60) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(":")
        yield News(lines)
