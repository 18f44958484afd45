from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.slack_errors import SlackBusy, SlackRefused, SlackUnreachable
from services.delivery_forms import open_form, push_form
from services.directory import (
    PAGE_SIZE,
    OneWorkspaceClients,
    clients_of_one_workspace,
    read_channel,
    read_installation,
    read_members,
    read_own_channels,
    read_person,
    read_socket_address,
)
from services.directory_readings import channel_reading, person_reading
from tests.handlers.ground import TEAM, WebApi, web_api


@pytest.fixture(scope="module")
def served() -> Iterator[WebApi]:
    with web_api() as api:
        yield api


@pytest.fixture
def api(served: WebApi) -> WebApi:
    served.calls.clear()
    return served


@pytest.fixture
def clients(api: WebApi) -> OneWorkspaceClients:
    return clients_of_one_workspace("xoxb-1", api.url)


ANA = {
    "id": "U0ANA",
    "team_id": "T0GLOB",
    "name": "ana",
    "tz": "Asia/Manila",
    "profile": {"display_name": "", "real_name": "Ana Cruz"},
}


def test_the_installation_tells_workspace_bot_scopes_and_time(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    told = {"ok": True, "team_id": TEAM, "team": "Acme", "url": "https://acme.slack.com/"}
    api.answer(
        "auth.test",
        told | {"user_id": "U0BOT", "bot_id": "B0BOT"},
        headers={"x-oauth-scopes": "chat:write, commands"},
    )

    reading = read_installation(clients.for_team(TEAM))

    assert (reading.team_id, reading.name, reading.bot_user_id) == (TEAM, "Acme", "U0BOT")
    assert reading.scopes == frozenset({"chat:write", "commands"})
    assert reading.slack_now is not None
    assert abs(reading.slack_now - datetime.now(UTC)) < timedelta(seconds=30)


def test_a_server_that_does_not_tell_scopes_is_not_guessed_at(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    api.answer("auth.test", {"ok": True, "team_id": TEAM})

    assert read_installation(clients.for_team(TEAM)).scopes is None


def test_a_person_of_another_company_may_have_no_locale_and_no_zone(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    api.answer("users.info", {"ok": True, "user": {**ANA, "tz": None}})

    reading = read_person(clients, TEAM, "U0ANA")

    assert (reading.home_team, reading.name) == ("T0GLOB", "Ana Cruz")
    assert (reading.zone, reading.locale) == (None, None)
    assert api.called("users.info") == [{"user": "U0ANA", "include_locale": "1"}]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_restricted": True}, "multi_channel"),
        ({"is_restricted": True, "is_ultra_restricted": True}, "single_channel"),
        ({}, None),
    ],
    ids=["several channels", "one channel", "full member"],
)
def test_guests_are_told_apart(fields: dict[str, Any], expected: str | None) -> None:
    assert person_reading({**ANA, **fields}).guest == expected


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "Ana", "real_name": "Ana Cruz"}}, "Ana"),
        ({"profile": {"display_name": "", "real_name": "Ana Cruz"}}, "Ana Cruz"),
        ({"profile": None, "real_name": "Ana Cruz"}, "Ana Cruz"),
        ({"name": "ana"}, "ana"),
        ({}, "U0ANA"),
    ],
)
def test_a_name_is_found_wherever_slack_keeps_it(user: dict[str, Any], name: str) -> None:
    assert person_reading({"id": "U0ANA", **user}).name == name


def test_slackbot_is_a_bot_although_slack_says_it_is_not() -> None:
    assert person_reading({"id": "USLACKBOT", "is_bot": False}).is_bot


def test_a_channel_shared_within_one_company_is_not_shared_outside() -> None:
    reading = channel_reading({"id": "C1", "is_shared": True, "is_ext_shared": False})

    assert not reading.is_shared_outside


def test_a_shared_channel_names_the_other_workspaces(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    channel = {
        "id": "C1",
        "name": "acme-globalcall",
        "is_ext_shared": True,
        "is_member": True,
        "conversation_host_id": TEAM,
        "connected_team_ids": ["T0GLOB"],
    }
    api.answer("conversations.info", {"ok": True, "channel": channel})

    reading = read_channel(clients, TEAM, "C1")

    assert reading.connected_teams == frozenset({"T0GLOB"})
    assert (reading.host_team, reading.bot_is_member) == (TEAM, True)


class Pages:
    """Answers one page after the other, whatever is asked."""

    def __init__(self, api: WebApi, method: str, pages: list[dict[str, Any]]) -> None:
        self._left = [page | {"ok": True} for page in pages]
        api.answers[method] = self  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Any]:
        return iter((200, {}, self._left.pop(0)))


def page(cursor: str, **content: Any) -> dict[str, Any]:
    return content | {"response_metadata": {"next_cursor": cursor}}


def test_members_are_read_page_by_page(api: WebApi, clients: OneWorkspaceClients) -> None:
    Pages(
        api,
        "conversations.members",
        [page("next", members=["U1", "U2"]), page("", members=["U3"])],
    )

    assert read_members(clients, TEAM, "C1") == ["U1", "U2", "U3"]
    asked = api.called("conversations.members")
    assert [call.get("cursor", "") for call in asked] == ["", "next"]
    assert {call["limit"] for call in asked} == {str(PAGE_SIZE)}


def test_the_bots_own_channels_have_the_bot_in_them(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    Pages(api, "users.conversations", [page("", channels=[{"id": "C1"}, {"id": "C2"}])])

    found = read_own_channels(clients, TEAM)

    assert [(one.channel, one.bot_is_member) for one in found] == [("C1", True), ("C2", True)]


def test_a_socket_address_is_asked_with_the_app_token(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    api.answer("apps.connections.open", {"ok": True, "url": "ws://127.0.0.1:1/"})

    assert read_socket_address(clients.for_team(TEAM), "xapp-1") == "ws://127.0.0.1:1/"


def test_a_refusal_names_method_code_and_what_is_missing(
    api: WebApi, clients: OneWorkspaceClients
) -> None:
    api.answer("users.info", {"ok": False, "error": "missing_scope", "needed": "users:read"})

    with pytest.raises(SlackRefused) as refused:
        read_person(clients, TEAM, "U1")

    assert (refused.value.method, refused.value.code) == ("users.info", "missing_scope")
    assert refused.value.needed == "users:read"


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "7"}, 7), ({}, 30)], ids=["told", "not told"]
)
def test_a_busy_slack_says_how_long_to_wait(
    api: WebApi, clients: OneWorkspaceClients, headers: dict[str, str], seconds: int
) -> None:
    api.answer("users.info", {"ok": False, "error": "ratelimited"}, 429, headers)

    with pytest.raises(SlackBusy) as busy:
        read_person(clients, TEAM, "U1")

    assert busy.value.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, {}), (503, b"<html>"), (200, b"<html>"), (500, {"ok": False, "error": "internal"})],
)
def test_what_is_no_answer_counts_as_unreachable(
    api: WebApi, clients: OneWorkspaceClients, status: int, body: Any
) -> None:
    api.answer("users.info", body, status)

    with pytest.raises(SlackUnreachable):
        read_person(clients, TEAM, "U1")


def test_nobody_there_counts_as_unreachable() -> None:
    clients = clients_of_one_workspace("xoxb-1", "http://127.0.0.1:9/api/")

    with pytest.raises(SlackUnreachable):
        read_person(clients, TEAM, "U1")


def test_a_form_is_opened_by_a_client_in_a_hurry(api: WebApi, clients: OneWorkspaceClients) -> None:
    view = {"type": "modal", "blocks": []}

    assert open_form(clients, TEAM, "1.2.3", view) == "V1"
    assert push_form(clients, TEAM, "1.2.4", view) == "V2"
    assert api.called("views.open") == [{"trigger_id": "1.2.3", "view": view}]
    assert clients.quick(TEAM).timeout == 2


def test_no_client_sends_anything_twice(clients: OneWorkspaceClients) -> None:
    assert clients.for_team(TEAM).retry_handlers == []
    assert clients.quick(TEAM).retry_handlers == []
