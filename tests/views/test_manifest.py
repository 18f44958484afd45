import ast
import json
import re
from typing import Any, get_args

import pytest
from slack_sdk import WebClient

from domain.outgoing import Kind
from handlers import REGISTRARS
from handlers.registered import listening, registered
from tests.project_files import product_modules
from views.manifest import (
    Listening,
    Wishes,
    manifest,
    prefixed,
    scope_table,
    scopes,
    subscriptions,
    without_prefix,
)
from views.surface import COMMANDS, EVENTS, HISTORY_SCOPES, METHODS, SCOPES, SHORTCUTS, Shortcut

EVERYTHING = Listening(
    commands=frozenset(COMMANDS),
    events=frozenset(EVENTS),
    shortcuts=(Shortcut(name="Track this", callback_id="track", description="Ask to track it"),),
)
OURS = listening(registered(REGISTRARS))
# Slack's schema of manifests: letters, digits and what a path may have.
COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")


def methods_of_the_sdk() -> dict[str, str]:
    """Every Web API method that the SDK knows, by the name of its Python method."""
    names = [name for name in dir(WebClient) if "_" in name and not name.startswith("_")]
    return {name: name.replace("_", ".") for name in names if name != "api_call"}


def called_methods() -> set[str]:
    """The Web API methods that the code names, as calls of a client or as text."""
    known = methods_of_the_sdk()
    found: set[str] = set()
    for one in product_modules():
        if one.room not in {"services", "handlers"}:
            continue
        for node in ast.walk(one.tree):
            if isinstance(node, ast.Attribute) and node.attr in known:
                found.add(known[node.attr])
            if isinstance(node, ast.Constant) and node.value in known.values():
                found.add(str(node.value))
    return found


def test_every_web_api_method_that_the_code_calls_is_listed_and_no_other() -> None:
    assert called_methods() == set(METHODS)


def test_every_command_that_the_code_listens_to_is_described_and_no_other() -> None:
    assert set(COMMANDS) == OURS.commands


def test_every_event_that_the_code_listens_to_is_subscribed_to_and_no_other() -> None:
    assert set(EVENTS) == OURS.events


def test_every_shortcut_that_the_code_listens_to_is_in_the_manifest_and_no_other() -> None:
    drawn = manifest(OURS, Wishes())["features"]["shortcuts"]

    assert {one["callback_id"] for one in drawn} == {one.callback_id for one in OURS.shortcuts}
    assert set(SHORTCUTS) == {one.callback_id for one in OURS.shortcuts} == {"deliverable.track"}
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in drawn)


def test_every_kind_of_message_that_delivery_can_send_is_put_by_some_subject() -> None:
    delivery = "services/delivery"
    subjects = [one for one in product_modules() if one.room in {"services", "data"}]
    named = {
        node.value
        for one in subjects
        if not str(one.path).startswith(delivery)
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Constant)
    }

    assert set(get_args(Kind)) <= named


def test_every_scope_that_anything_needs_is_explained() -> None:
    needed = {scope for found in METHODS.values() for scope in found}
    needed |= {scope for found in EVENTS.values() for one in found for scope in one.scopes}

    assert needed | {"commands"} == set(SCOPES)


def test_the_manifest_names_what_is_listened_to_and_nothing_else() -> None:
    drawn = manifest(OURS, Wishes())

    commands = [one["command"] for one in drawn["features"].get("slash_commands", [])]
    assert commands == sorted(OURS.commands)
    names = {one.name for event in OURS.events for one in EVENTS[event]}
    assert set(drawn["settings"]["event_subscriptions"]["bot_events"]) == names


def test_no_scope_is_asked_for_that_nothing_needs() -> None:
    silent = Listening(commands=frozenset(), events=frozenset())

    needed = {scope for found in METHODS.values() for scope in found}
    assert set(scopes(silent)) == needed
    assert "commands" not in scopes(silent)


def test_in_socket_mode_no_address_is_named() -> None:
    drawn = manifest(EVERYTHING, Wishes())

    assert drawn["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(drawn)


def test_over_http_every_part_names_the_address() -> None:
    url = "https://touchbase.example/slack/events"

    drawn = manifest(EVERYTHING, Wishes(request_url=url))

    settings = drawn["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["request_url"] == url
    assert {one["url"] for one in drawn["features"]["slash_commands"]} == {url}


def test_basic_asks_for_no_messages_of_people() -> None:
    drawn = manifest(EVERYTHING, Wishes(basic=True))

    asked = set(drawn["oauth_config"]["scopes"]["bot"])
    assert not asked & HISTORY_SCOPES
    events = drawn["settings"]["event_subscriptions"]["bot_events"]
    assert not [name for name in events if name.startswith("message.")]
    assert "app_mention" in events


def test_every_subscribed_event_has_its_scopes() -> None:
    for basic in (False, True):
        granted = set(scopes(EVERYTHING, basic=basic))
        for one in subscriptions(EVERYTHING, basic=basic):
            assert set(one.scopes) <= granted


@pytest.mark.parametrize("prefix", ["", "tb", "acme"])
def test_a_prefixed_command_is_found_again(prefix: str) -> None:
    for command in COMMANDS:
        assert COMMAND.fullmatch(prefixed(command, prefix))
        assert without_prefix(prefixed(command, prefix)) == command


def lengths(drawn: dict[str, Any]) -> list[tuple[str, int, int]]:
    """What Slack's schema of manifests limits: what it is, how long it is, how long it may be."""
    shown, features = drawn["display_information"], drawn["features"]
    found = [
        ("name", len(shown["name"]), 35),
        ("description", len(shown["description"]), 140),
        ("long description", len(shown["long_description"]), 4000),
        ("bot name", len(features["bot_user"]["display_name"]), 80),
        ("commands", len(features["slash_commands"]), 50),
        ("shortcuts", len(features["shortcuts"]), 10),
        ("events", len(drawn["settings"]["event_subscriptions"]["bot_events"]), 100),
        ("scopes", len(drawn["oauth_config"]["scopes"]["bot"]), 255),
    ]
    for command in features["slash_commands"]:
        found.append((command["command"], len(command["command"]), 32))
        found.append(("command description", len(command["description"]), 2000))
        found.append(("usage hint", len(command["usage_hint"]), 1000))
    for shortcut in features["shortcuts"]:
        found.append(("shortcut", len(shortcut["name"]), 24))
        found.append(("shortcut description", len(shortcut["description"]), 150))
    return found


def test_the_manifest_keeps_slacks_limits() -> None:
    drawn = manifest(EVERYTHING, Wishes())

    assert [found for found in lengths(drawn) if found[1] > found[2]] == []
    assert len(drawn["display_information"]["long_description"]) >= 175


def test_the_table_of_scopes_has_a_row_for_each() -> None:
    rows = scope_table(EVERYTHING)[2:]

    assert [row.split("`")[1] for row in rows] == list(scopes(EVERYTHING))
    assert {row.count("|") for row in rows} == {4}


def test_what_is_drawn_is_json_and_stays_the_same() -> None:
    first = json.dumps(manifest(EVERYTHING, Wishes()))

    assert json.dumps(manifest(EVERYTHING, Wishes())) == first
