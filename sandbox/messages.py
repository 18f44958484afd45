"""What was posted in every channel, with threads, pins and reactions."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.ports import Json


@dataclass(slots=True, kw_only=True, eq=False)
class Post:
    """One message; ``body`` is Slack's message object, with its whole metadata."""

    body: Json
    ephemeral_to: str | None = None
    pinned: bool = False
    deleted: bool = False

    @property
    def ts(self) -> str:
        return str(self.body["ts"])

    @property
    def is_reply(self) -> bool:
        return str(self.body.get("thread_ts", self.ts)) != self.ts


@dataclass(slots=True, eq=False)
class Board:
    """The posts of one channel in the order of their stamps, which only rise."""

    posts: list[Post] = field(default_factory=list)
    by_ts: dict[str, Post] = field(default_factory=dict)
    threads: dict[str, list[Post]] = field(default_factory=dict)

    def add(self, post: Post) -> None:
        self.posts.append(post)
        self.by_ts[post.ts] = post
        if post.is_reply and post.ephemeral_to is None:
            thread = str(post.body["thread_ts"])
            self.threads.setdefault(thread, []).append(post)
            self._count_replies(thread)

    def find(self, ts: str) -> Post | None:
        """The post with this stamp unless it was deleted; ephemeral ones included."""
        post = self.by_ts.get(ts)
        return None if post is None or post.deleted else post

    def delete(self, post: Post) -> None:
        post.deleted = True
        if post.is_reply:
            self._count_replies(str(post.body["thread_ts"]))

    def seen_by_all(self, *, newest_first: bool = False) -> Iterator[Post]:
        ordered = reversed(self.posts) if newest_first else iter(self.posts)
        return (p for p in ordered if not p.deleted and p.ephemeral_to is None)

    def before(self, ts: str, *, inclusive: bool) -> Iterator[Post]:
        """Posts older than ``ts``, newest first."""
        end = bisect_left(self.posts, ts, key=lambda post: post.ts)
        if inclusive and end < len(self.posts) and self.posts[end].ts == ts:
            end += 1
        older = (self.posts[i] for i in range(end - 1, -1, -1))
        return (p for p in older if not p.deleted and p.ephemeral_to is None)

    def replies(self, thread_ts: str) -> list[Post]:
        return [p for p in self.threads.get(thread_ts, ()) if not p.deleted]

    def _count_replies(self, thread_ts: str) -> None:
        parent = self.by_ts.get(thread_ts)
        if parent is None:
            return
        replies = self.replies(thread_ts)
        if not replies:
            for key in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
                parent.body.pop(key, None)
            return
        users = list(dict.fromkeys(str(p.body.get("user", "")) for p in replies))
        parent.body |= {
            "thread_ts": thread_ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
        }


class Boards:
    """The board of every channel, by channel id."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}

    def of(self, channel_id: str) -> Board:
        return self._boards.setdefault(channel_id, Board())

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
