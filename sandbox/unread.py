"""What one person has not read yet in a channel and its threads, and how much of it is for them."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from sandbox.messages import Board, Post
from sandbox.ports import Json

# Slack: a channel does not turn bold because somebody came or went.
_UNNOTICED: Final = frozenset({"channel_join", "channel_leave"})


def unread_in_channel(board: Board, user_id: str, *, direct: bool) -> Json:
    """``read``, ``unread`` and ``mentions`` of one person; replies count in their threads.

    In direct messages (``direct``) every message is a mention.
    """
    read = board.marks.place(user_id)
    unread = [post for post in _newer(board.older(None), read) if _is_news(post, user_id)]
    mentions = len(unread) if direct else _mentions(unread, user_id)
    return {"read": read or None, "unread": len(unread), "mentions": mentions}


def unread_threads(board: Board, user_id: str) -> Iterator[tuple[str, Json]]:
    """The threads with replies that one person has not read, by the first message's stamp."""
    for root, thread in board.threads.items():
        read = board.marks.thread(user_id, root)
        newer = _newer(reversed(thread.posts), read)
        unread = [p for p in newer if not p.deleted and p.body.get("user") != user_id]
        if unread:
            mentions = _mentions(unread, user_id)
            yield root, {"read": read or None, "unread": len(unread), "mentions": mentions}


def _newer(newest_first: Iterable[Post], read: str) -> Iterator[Post]:
    return takewhile(lambda post: post.ts > read, newest_first)


def _is_news(post: Post, user_id: str) -> bool:
    subtype = post.body.get("subtype")
    if subtype in _UNNOTICED or post.body.get("user") == user_id:
        return False
    if post.is_reply and subtype != "thread_broadcast":
        return False
    return post.ephemeral_to in {None, user_id}


def _mentions(posts: list[Post], user_id: str) -> int:
    return sum(post.addresses(user_id) for post in posts)
