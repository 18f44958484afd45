"""Reads from Slack: the workspace, people and channels; never writes to it."""

import logging
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from domain.slack_errors import SlackBusy, SlackRefused, SlackUnreachable
from services.directory_readings import (
    ChannelReading,
    PersonReading,
    WorkspaceReading,
    channel_reading,
    person_reading,
)

# Slack: no more than 200 a page is recommended for cursor pages.
PAGE_SIZE = 200
# A page costs one call; a channel of 20,000 members ends there.
MOST_PAGES = 100
# Slack names no wait in some 429 answers; its own clients take 30 seconds then.
USUAL_WAIT = timedelta(seconds=30)
# Slack asks for seconds or minutes.
LONGEST_WAIT = timedelta(hours=1)
SECONDS = re.compile(r"[0-9]{1,9}")
ERROR_CODE = re.compile(r"[A-Za-z0-9_]+")
ANSWER_WITHIN_SECONDS = 10
# A trigger lives three seconds, the ack included.
TRIGGER_ANSWER_WITHIN_SECONDS = 2


class Clients(Protocol):
    """Web API clients by installation; none of them repeats a request by itself."""

    def for_team(self, team_id: str) -> WebClient: ...

    def quick(self, team_id: str) -> WebClient:
        """A client that gives up within the life of a trigger."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWorkspaceClients:
    """The clients of a bot that is installed in one workspace with one token."""

    patient: WebClient
    hasty: WebClient

    def for_team(self, team_id: str) -> WebClient:  # noqa: ARG002 (one installation)
        return self.patient

    def quick(self, team_id: str) -> WebClient:  # noqa: ARG002 (one installation)
        return self.hasty


def clients_of_one_workspace(token: str, base_url: str) -> OneWorkspaceClients:
    """Clients for one workspace.

    Args:
        token: The bot token of the installation.
        base_url: Where the Web API is, with its trailing slash: Slack's own or another server's.
    """
    # One context for all calls: the certificates are read once instead of at every call.
    trust = ssl.create_default_context() if base_url.startswith("https:") else None
    # The SDK logs what it sends; its callers hear of every failure by exception.
    quiet = logging.getLogger("slack_sdk.touchbase")
    quiet.setLevel(logging.CRITICAL)

    def client(answer_within_seconds: int) -> WebClient:
        return WebClient(
            token=token,
            base_url=base_url,
            timeout=answer_within_seconds,
            ssl=trust,
            retry_handlers=[],
            logger=quiet,
        )

    return OneWorkspaceClients(
        patient=client(ANSWER_WITHIN_SECONDS), hasty=client(TRIGGER_ANSWER_WITHIN_SECONDS)
    )


def read_installation(client: WebClient) -> WorkspaceReading:
    """Who the token speaks for, by one call.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    answer, headers = _asked(client, "auth.test", {})
    team_id = str(answer["team_id"])
    return WorkspaceReading(
        team_id=team_id,
        name=str(answer.get("team") or team_id),
        url=str(answer.get("url") or ""),
        bot_user_id=str(answer.get("user_id") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        scopes=_scopes(headers),
        slack_now=server_time(headers),
    )


def read_socket_address(client: WebClient, app_token: str) -> str:
    """Where Socket Mode listens, good for one connection soon.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    answer, _ = _asked(client, "apps.connections.open", {"token": app_token})
    return str(answer["url"])


def read_person(clients: Clients, team_id: str, slack_user: str) -> PersonReading:
    arguments = {"user": slack_user, "include_locale": True}
    answer, _ = _asked(clients.for_team(team_id), "users.info", arguments)
    return person_reading(answer["user"])


def read_channel(clients: Clients, team_id: str, channel: str) -> ChannelReading:
    answer, _ = _asked(clients.for_team(team_id), "conversations.info", {"channel": channel})
    return channel_reading(answer["channel"])


def read_members(clients: Clients, team_id: str, channel: str) -> list[str]:
    """The Slack user ids in the channel, people of other companies and bots included."""
    client = clients.for_team(team_id)
    pages = _pages(client, "conversations.members", {"channel": channel})
    return [str(member) for page in pages for member in page["members"]]


def read_own_channels(clients: Clients, team_id: str) -> list[ChannelReading]:
    """The channels that the bot is a member of."""
    arguments = {"types": "public_channel,private_channel", "exclude_archived": False}
    pages = _pages(clients.for_team(team_id), "users.conversations", arguments)
    return [
        channel_reading({"is_member": True, **channel})
        for page in pages
        for channel in page["channels"]
    ]


def _pages(
    client: WebClient, method: str, arguments: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    for _ in range(MOST_PAGES):
        page, _headers = _asked(client, method, {**arguments, "limit": PAGE_SIZE, "cursor": cursor})
        yield page
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def asked(client: WebClient, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer of a method that reads, and takes its arguments as a form does.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    return _asked(client, method, arguments)[0]


def called(client: WebClient, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer of a method that takes JSON.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable.
    """
    with _our_errors(method):
        response = client.api_call(method, json=dict(body))
    return _body(method, response)


def _asked(
    client: WebClient, method: str, arguments: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The answer and its headers, or one of our own errors."""
    with _our_errors(method):
        response = client.api_call(method, params=dict(arguments))
    return _body(method, response), {k.lower(): v for k, v in response.headers.items()}


@contextmanager
def _our_errors(method: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise _refusal(method, error) from error
    except (OSError, HTTPException, ValueError) as error:
        raise SlackUnreachable(method) from error


def _body(method: str, response: SlackResponse) -> Mapping[str, Any]:
    if not isinstance(response.data, dict):
        raise SlackUnreachable(method)
    return response.data


def _refusal(method: str, error: SlackApiError) -> SlackBusy | SlackRefused | SlackUnreachable:
    response = error.response
    if response.status_code == 429:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return SlackBusy(method, wait_asked_for(headers.get("retry-after")))
    body = response.data if isinstance(response.data, dict) else {}
    code = str(body.get("error"))
    # The SDK puts a page of some proxy into this field, too.
    if response.status_code >= 500 or "error" not in body or not ERROR_CODE.fullmatch(code):
        return SlackUnreachable(method)
    return SlackRefused(method, code, str(body.get("needed") or ""))


def wait_asked_for(retry_after: object) -> timedelta:
    """How long a server asks to wait by its Retry-After; the usual wait where it does not say."""
    text = str(retry_after)
    wait = timedelta(seconds=int(text)) if SECONDS.fullmatch(text) else USUAL_WAIT
    return min(wait, LONGEST_WAIT)


def _scopes(headers: Mapping[str, Any]) -> frozenset[str] | None:
    named = headers.get("x-oauth-scopes")
    if named is None:
        return None
    return frozenset(scope.strip() for scope in str(named).split(",") if scope.strip())


def server_time(headers: Mapping[str, Any]) -> datetime | None:
    """When a server says that it answered, to the second; None where it does not say.

    Args:
        headers: With names in small letters.
    """
    try:
        said_at = parsedate_to_datetime(str(headers["date"]))
    except (KeyError, ValueError):
        return None
    return said_at if said_at.tzinfo else said_at.replace(tzinfo=UTC)
