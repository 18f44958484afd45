"""Reads what was written in a channel while nobody listened, one page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.messages import stamp_of
from services.directory import Clients, asked

# Slack: apps outside its marketplace get 15 messages a page and one page a minute.
PAGE_SIZE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Messages as Slack sends them. ``has_more``: the stretch has further ones."""

    messages: tuple[Mapping[str, Any], ...]
    has_more: bool


def read_history_page(
    clients: Clients, place: tuple[str, str], since: datetime, until: datetime
) -> HistoryPage:
    """The newest messages of a channel between two moments, newest first.

    Args:
        place: The installation and the channel.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    return _page(clients, "conversations.history", place, _between(since, until))


def read_thread_page(
    clients: Clients, place: tuple[str, str], thread_ts: str, since: datetime, until: datetime
) -> HistoryPage:
    """The oldest replies of a thread between two moments; the root comes with every page.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    arguments = {"ts": thread_ts} | _between(since, until)
    return _page(clients, "conversations.replies", place, arguments)


def _page(
    clients: Clients, method: str, place: tuple[str, str], wanted: Mapping[str, Any]
) -> HistoryPage:
    team_id, channel = place
    arguments = {"channel": channel, "limit": PAGE_SIZE, "inclusive": True} | dict(wanted)
    answer = asked(clients.for_team(team_id), method, arguments)
    messages = tuple(answer.get("messages") or ())
    return HistoryPage(messages=messages, has_more=bool(answer.get("has_more")))


def _between(since: datetime, until: datetime) -> dict[str, str]:
    return {"oldest": stamp_of(since), "latest": stamp_of(until)}
