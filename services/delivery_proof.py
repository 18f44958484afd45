"""Whether Slack has a post after all: the search for its id, and what finding none proves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from domain.outgoing import Kind, Row
from services.delivery_calls import Where, file_name, id_in

# A request that timed out may still be executed for a while.
LOOK_AFTER: Final = timedelta(seconds=15)
# Slack shares a file some time after it said ok.
LOOK_FOR_FILE_AFTER: Final = timedelta(seconds=60)
# How far Slack's clock and ours may be apart, and how late a request may be executed.
SEARCH_BEFORE: Final = timedelta(minutes=10)
SEARCH_AFTER: Final = timedelta(minutes=10)
# Slack gives apps that are sold outside its Marketplace no more than this a page.
PAGE_SIZE: Final = 15
BIG_PAGE_SIZE: Final = 200

# Calls a method with arguments and gives the answer's body, or raises.
Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a search.

    Attributes:
        posts: The ts of every post of ours on the page, by its id.
        files: The ts of every message with a file, by the file's name.
        cursor: Of the next page; empty when this is the last.
    """

    posts: Mapping[str, str]
    files: Mapping[str, str]
    cursor: str

    def ts_of(self, row: Row) -> str | None:
        """Where a row stands; None when it is not on this page."""
        if row.kind == "file":
            return self.files.get(file_name(row))
        return self.posts.get(row.id)


def look_after(kind: Kind) -> timedelta:
    """How long after an attempt it makes sense to look for what came of it."""
    return LOOK_FOR_FILE_AFTER if kind == "file" else LOOK_AFTER


def search_page(ask: Ask, row: Row, where: Where, cursor: str, slack_ahead: timedelta) -> Page:
    """One page of the messages among which the post must be, if Slack has it.

    Args:
        slack_ahead: By how much Slack's clock, which dates the messages, is ahead of ours.
    """
    attempted_at = (row.attempted_at or row.leaves_at) + slack_ahead
    arguments = {
        "oldest": _stamp(attempted_at - SEARCH_BEFORE),
        "latest": _stamp(attempted_at + SEARCH_AFTER),
        "limit": BIG_PAGE_SIZE,
        **({"cursor": cursor} if cursor else {}),
    }
    answer = _read(ask, where.channel, where.thread_ts, arguments)
    messages = answer.get("messages") or ()
    found = [(id_in(message), message) for message in messages]
    return Page(
        posts={found_id: str(message["ts"]) for found_id, message in found if found_id},
        files={
            str(file.get("name")): str(message["ts"])
            for message in messages
            for file in message.get("files") or ()
        },
        cursor=str((answer.get("response_metadata") or {}).get("next_cursor") or ""),
    )


def reads_back(ask: Ask, sent: Row, thread_ts: str | None) -> bool:
    """Whether the id of a post that surely stands in a channel can be read there."""
    arguments = {"oldest": sent.ts, "latest": sent.ts, "limit": PAGE_SIZE}
    answer = _read(ask, sent.channel, thread_ts, arguments)
    return any(id_in(message) == sent.id for message in answer.get("messages") or ())


def _read(
    ask: Ask, channel: str | None, thread_ts: str | None, arguments: Mapping[str, Any]
) -> Mapping[str, Any]:
    method = "conversations.replies" if thread_ts else "conversations.history"
    thread = {"ts": thread_ts} if thread_ts else {}
    fixed = {"channel": channel, "inclusive": True, "include_all_metadata": True}
    return ask(method, {**fixed, **thread, **arguments})


def _stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
