"""What went over the wire between the sandbox and the app."""

from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall, Drawn, invalid
from sandbox.wire_log import MOST_ENTRIES


async def wire(ask: Ask) -> Drawn:
    """The newest ``limit`` entries that began or ended after ``after``, oldest first.

    An entry comes a second time when it has ended, under the same ``seq``; the ``seq`` of the
    answer is the ``after`` of the next call.
    """
    limit = ask.number("limit", MOST_ENTRIES)
    if limit != int(limit) or limit < 1:
        raise invalid("limit must be a whole number, at least 1.")
    log = ask.ws.wire
    entries = log.after(int(ask.number("after", 0)), int(limit))
    listed = ",".join(entry.listing() for entry in entries)
    return Drawn(f'{{"ok": true, "seq": {log.count}, "entries": [{listed}]}}')


READS: Final[Mapping[str, ControlCall]] = {"wire": wire}
