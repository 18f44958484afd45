"""What is due next: what the companion will do, and the sandbox's own alarms."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sandbox.control.ask import Ask, ControlCall
from sandbox.ports import Json, Upcoming
from sandbox.workspace import Workspace

MOST_DUE: Final = 500
SHOWN: Final = 50


async def due(ask: Ask) -> Json:
    """The soonest first; ``more`` is how many are known beyond ``limit``."""
    limit = int(min(ask.number("limit", SHOWN), MOST_DUE))
    found = sorted([*await _planned(ask.ws), *_alarms(ask.ws)], key=lambda entry: entry[0])
    shown = [{"at": at.isoformat(), "what": what, "where": where} for at, what, where in found]
    return {"due": shown[:limit], "more": len(shown[limit:])}


async def _planned(ws: Workspace) -> list[tuple[datetime, str, str | None]]:
    if ws.companion is None:
        return []
    # The companion may look into its database: not on the loop that its API calls need.
    found = await asyncio.to_thread(ws.companion.upcoming, MOST_DUE)
    return [_entry(one) for one in found]


def _entry(one: Upcoming) -> tuple[datetime, str, str | None]:
    return one.at, one.what, one.where


def _alarms(ws: Workspace) -> list[tuple[datetime, str, str | None]]:
    return [(at, what, None) for at, what in ws.alarms.every()]


READS: Final[Mapping[str, ControlCall]] = {"due": due}
