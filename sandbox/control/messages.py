"""What was said: all of a channel, its newest part, one thread, or only what changed."""

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from sandbox.control.ask import Ask, ControlCall, Drawn, invalid
from sandbox.messages import Board, Post
from sandbox.ports import Json
from sandbox.world import Channel


async def messages(ask: Ask) -> Json | Drawn:
    """The messages of a channel, or of a person's direct messages with the bot.

    Without more words all of them. ``after`` is a revision from an earlier answer: only what
    changed since, with the stamps that are ``gone``; ``whole`` is true when that could not be
    told, and the answer holds everything there is. ``limit`` gives the newest ones (older than
    ``before``), and ``more`` whether there are older ones; ``thread`` one message and its replies.
    """
    place = _place(ask)
    if place is None:
        return {"channel": None, "messages": [], "revision": 0}
    board = ask.ws.boards.of(place.id)
    if ask.optional("after") is not None:
        return _changed(board, place, int(ask.number("after", 0)))
    if ask.optional("thread") is not None:
        return _drawn(board, place, _thread(board, ask.text("thread")))
    if ask.optional("limit") is not None or ask.optional("before") is not None:
        return _newest(board, place, ask)
    return _drawn(board, place, _all(board))


def _place(ask: Ask) -> Channel | None:
    if ask.optional("channel") is not None:
        return ask.channel()
    if ask.optional("user") is not None:
        return ask.ws.world.dm_with(ask.user())
    raise invalid("Give channel, or user for the direct messages with the bot.")


def _all(board: Board) -> list[Post]:
    return [post for post in board.posts if not post.deleted]


def _thread(board: Board, ts: str) -> list[Post]:
    parent = board.find(ts)
    return [*([parent] if parent is not None else []), *board.replies(ts)]


def _changed(board: Board, place: Channel, after: int) -> Drawn:
    if not board.knows(after):
        return _drawn(board, place, _all(board), gone=[], whole=True)
    changed = board.changed_since(after)
    gone = [post.ts for post in changed if post.deleted]
    left = (post for post in changed if not post.deleted)
    return _drawn(board, place, left, gone=gone, whole=False)


def _newest(board: Board, place: Channel, ask: Ask) -> Drawn:
    limit = ask.number("limit", len(board.posts) + 1)
    if limit != int(limit) or limit < 1:
        raise invalid("limit must be a whole number, at least 1.")
    size = min(int(limit), len(board.posts))
    found = list(islice(board.older(ask.optional("before")), size + 1))
    return _drawn(board, place, reversed(found[:size]), more=len(found) > size)


def _drawn(board: Board, place: Channel, posts: Iterable[Post], **more: object) -> Drawn:
    head = json.dumps({"ok": True, "channel": place.id, "revision": board.revision, **more})
    listed = ",".join(post.listing() for post in posts)
    return Drawn(f'{head[:-1]}, "messages": [{listed}]}}')


READS: Final[Mapping[str, ControlCall]] = {"messages": messages}
