"""What was posted in every channel, with threads, pins, reactions and the order of all changes."""

import json
import re
import secrets
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from sandbox.ports import Json
from sandbox.read_marks import ReadMarks

EVERYBODY: Final = "!"
# A mention as text and as an element of rich text, and the words for all who are there.
_ADDRESS: Final = re.compile(
    r'<@(\w+)[|>]|<!(?:channel|here|everyone)[|>]|"type": "broadcast"|"user_id": "(\w+)"'
)


@dataclass(slots=True, kw_only=True, eq=False)
class Post:
    """One message; ``body`` is Slack's message object, with its whole metadata.

    ``revision`` is that of its board when it last changed.
    """

    body: Json
    ephemeral_to: str | None = None
    pinned: bool = False
    deleted: bool = False
    revision: int = 0
    _listing: tuple[int, str] = (-1, "")
    _addressed: tuple[int, frozenset[str]] = (-1, frozenset())

    @property
    def ts(self) -> str:
        return str(self.body["ts"])

    @property
    def is_reply(self) -> bool:
        return str(self.body.get("thread_ts", self.ts)) != self.ts

    def listing(self) -> str:
        """JSON of the message as pages and tests read it; drawn once for each revision."""
        if self._listing[0] != self.revision:
            shown = self.body | {"ephemeral_to": self.ephemeral_to, "pinned": self.pinned}
            self._listing = self.revision, json.dumps(shown)
        return self._listing[1]

    def addresses(self, user_id: str) -> bool:
        """Whether the message mentions this person, or everybody."""
        if self._addressed[0] != self.revision:
            named = (
                found.group(1) or found.group(2) or EVERYBODY
                for found in _ADDRESS.finditer(self.listing())
            )
            self._addressed = self.revision, frozenset(named)
        return user_id in self._addressed[1] or EVERYBODY in self._addressed[1]


@dataclass(slots=True, eq=False)
class Thread:
    """The replies under one message, counted as they come and go."""

    posts: list[Post] = field(default_factory=list)
    by_user: Counter[str] = field(default_factory=Counter)

    def add(self, post: Post) -> None:
        self.posts.append(post)
        self.by_user[str(post.body.get("user", ""))] += 1

    def drop(self, post: Post) -> None:
        user = str(post.body.get("user", ""))
        self.by_user[user] -= 1
        if not self.by_user[user]:
            del self.by_user[user]

    def summary(self) -> Json:
        """What the parent says of its replies; empty when there are none."""
        latest = next((p.ts for p in reversed(self.posts) if not p.deleted), None)
        if latest is None:
            return {}
        return {
            "reply_count": self.by_user.total(),
            "reply_users": list(self.by_user),
            "reply_users_count": len(self.by_user),
            "latest_reply": latest,
        }


def _first_revision() -> int:
    # A page may outlive the sandbox: what it read from the one before must not look like ours.
    return secrets.randbelow(2**40) + 1


@dataclass(slots=True, eq=False)
class Board:
    """The posts of one channel in the order of their stamps, which only rise.

    Attributes:
        born: The revision before the first change.
        revision: Rises with every change of any post.
        marks: Who has read how far.
    """

    posts: list[Post] = field(default_factory=list)
    by_ts: dict[str, Post] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    born: int = field(default_factory=_first_revision)
    revision: int = field(init=False)
    marks: ReadMarks = field(default_factory=ReadMarks)
    # Every post by its stamp, the one that changed last at the end.
    _changes: dict[str, Post] = field(default_factory=dict)
    _pinned: dict[str, Post] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.revision = self.born

    def add(self, post: Post) -> None:
        self.posts.append(post)
        self.by_ts[post.ts] = post
        self.touch(post)
        if post.is_reply and post.ephemeral_to is None:
            thread = str(post.body["thread_ts"])
            self.threads.setdefault(thread, Thread()).add(post)
            self._count_replies(thread)

    def touch(self, post: Post) -> None:
        """Note that ``post`` changed."""
        self.revision += 1
        post.revision = self.revision
        self._changes.pop(post.ts, None)
        self._changes[post.ts] = post
        self._pinned.pop(post.ts, None)
        if post.pinned and not post.deleted:
            self._pinned[post.ts] = post

    def knows(self, revision: int) -> bool:
        """Whether ``changed_since`` can tell all that happened after ``revision``."""
        return self.born <= revision <= self.revision

    def changed_since(self, revision: int) -> list[Post]:
        """The posts that changed after ``revision`` in the order of their stamps, deleted too."""
        newer = takewhile(lambda p: p.revision > revision, reversed(self._changes.values()))
        return sorted(newer, key=lambda post: post.ts)

    def find(self, ts: str) -> Post | None:
        """The post with this stamp unless it was deleted; ephemeral ones included."""
        post = self.by_ts.get(ts)
        return None if post is None or post.deleted else post

    def delete(self, post: Post) -> None:
        post.deleted = True
        self.touch(post)
        if post.is_reply and post.ephemeral_to is None:
            thread = str(post.body["thread_ts"])
            self.threads[thread].drop(post)
            self._count_replies(thread)

    def seen_by_all(self) -> Iterator[Post]:
        return (p for p in self.posts if not p.deleted and p.ephemeral_to is None)

    def pinned(self) -> list[Post]:
        """The pinned posts, newest first."""
        return sorted(self._pinned.values(), key=lambda post: post.ts, reverse=True)

    def before(self, ts: str, *, inclusive: bool) -> Iterator[Post]:
        """Posts that all members see and that are older than ``ts``, newest first."""
        return (p for p in self.older(ts, inclusive=inclusive) if p.ephemeral_to is None)

    def older(self, ts: str | None, *, inclusive: bool = False) -> Iterator[Post]:
        """Posts older than ``ts``, newest first, ephemeral ones too; None means all."""
        end = len(self.posts)
        if ts is not None:
            end = bisect_left(self.posts, ts, key=lambda post: post.ts)
            if inclusive and end < len(self.posts) and self.posts[end].ts == ts:
                end += 1
        older = (self.posts[i] for i in range(end - 1, -1, -1))
        return (p for p in older if not p.deleted)

    def replies(self, thread_ts: str) -> list[Post]:
        thread = self.threads.get(thread_ts)
        return [] if thread is None else [p for p in thread.posts if not p.deleted]

    def _count_replies(self, thread_ts: str) -> None:
        parent = self.by_ts.get(thread_ts)
        if parent is None:
            return
        summary = self.threads[thread_ts].summary()
        if summary:
            parent.body |= {"thread_ts": thread_ts, **summary}
        else:
            for key in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
                parent.body.pop(key, None)
        self.touch(parent)


class Boards:
    """The board of every channel, by channel id."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}

    def of(self, channel_id: str) -> Board:
        board = self._boards.get(channel_id)
        if board is None:
            board = self._boards[channel_id] = Board()
        return board

    def rename(self, old_id: str, new_id: str) -> None:
        if old_id in self._boards:
            self._boards[new_id] = self._boards.pop(old_id)


def react(post: Post, name: str, user_id: str) -> bool:
    """Add a reaction; False if this user had it already."""
    reactions = post.body.setdefault("reactions", [])
    entry = next((r for r in reactions if r["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    if user_id in entry["users"]:
        return False
    entry["users"].append(user_id)
    entry["count"] += 1
    return True


def unreact(post: Post, name: str, user_id: str) -> bool:
    """Take a reaction away; False if this user had none of that name."""
    reactions = post.body.get("reactions", [])
    entry = next((r for r in reactions if r["name"] == name), None)
    if entry is None or user_id not in entry["users"]:
        return False
    entry["users"].remove(user_id)
    entry["count"] -= 1
    post.body["reactions"] = [r for r in reactions if r["count"]]
    if not post.body["reactions"]:
        del post.body["reactions"]
    return True
