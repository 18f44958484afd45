"""What people have read: they say so, and what is left is counted."""

import re
from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.ports import Json
from sandbox.read_marks import EVERYONE
from sandbox.unread import unread_in_channel, unread_threads
from sandbox.world import Channel

_TS: Final = re.compile(r"\d{10}\.\d{6}")


async def seen(ask: Ask) -> Json:
    """Somebody has read a channel, or with ``thread_ts`` one thread, up to ``ts``.

    Without ``ts`` all that is there. ``user`` may be ``*`` for everybody; then ``channel`` may
    be left out, too, and the threads are read as well.
    """
    who, places = _who_and_where(ask)
    ts, thread_ts = _stamp(ask, "ts"), _stamp(ask, "thread_ts")
    for place in places:
        board = ask.ws.boards.of(place.id)
        if board.posts:
            newest = board.posts[-1].ts
            board.marks.mark(who, min(ts or newest, newest), thread_ts)
    ask.ws.stream.tell("marks", user=who)
    return {}


def _who_and_where(ask: Ask) -> tuple[str, list[Channel]]:
    if ask.text("user") != EVERYONE:
        user = ask.person()
        return user.id, [ask.place(user)]
    named = ask.optional("channel") is not None
    return EVERYONE, [ask.channel()] if named else list(ask.ws.world.channels.values())


def _stamp(ask: Ask, name: str) -> str | None:
    given = ask.optional(name)
    if given is not None and not _TS.fullmatch(given):
        raise invalid(f"{name} must be a message's stamp, such as 1792414800.000100.")
    return given


async def marks(ask: Ask) -> Json:
    """How far one person has read in each of their channels, and what is unread.

    ``threads`` names those with unread replies only, by ``<channel>/<first message's stamp>``.
    """
    user = ask.user()
    channels, threads = {}, {}
    for place in ask.ws.world.channels.values():
        if user.id not in place.members:
            continue
        board = ask.ws.boards.of(place.id)
        direct = place.dm_of is not None
        channels[place.id] = unread_in_channel(board, user.id, direct=direct)
        for root, unread in unread_threads(board, user.id):
            threads[f"{place.id}/{root}"] = unread
    return {"channels": channels, "threads": threads}


READS: Final[Mapping[str, ControlCall]] = {"marks": marks}
CALLS: Final[Mapping[str, ControlCall]] = {"seen": seen}
