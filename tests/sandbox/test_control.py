from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.foreign_bot import plain
from tests.sandbox.raw_app import RawApp
from tests.sandbox.waiting import meanwhile
from tests.wire import start_sandbox

CHANNEL = "C0ACMEGLOB"


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[RawApp]:
    with RawApp(sandbox.url) as raw:
        yield raw


def events(slack: Slack, app: RawApp, count: int, call: str, **body: Any) -> list[Json]:
    """The inner events that an act sets off."""
    act = meanwhile(slack, call, **body)
    heard = [app.event() for _ in range(count)]
    assert act.result(60)["ok"]
    return heard


@pytest.mark.parametrize(
    ("call", "body", "error"),
    [
        ("message", {"channel": "C0NONE", "user": "ana", "text": "x"}, "channel_not_found"),
        ("message", {"channel": CHANNEL, "user": "nobody", "text": "x"}, "user_not_found"),
        ("message", {"channel": CHANNEL, "user": "nora", "text": "x"}, "not_in_channel"),
        ("message", {"channel": CHANNEL, "user": "ana"}, "invalid_arguments"),
        ("message", {"channel": CHANNEL, "user": "ana", "text": 7}, "invalid_arguments"),
        (
            "message",
            {"channel": CHANNEL, "user": "ana", "text": "x", "thread_ts": "1.0"},
            "message_not_found",
        ),
        (
            "click",
            {"channel": CHANNEL, "user": "ana", "ts": "1.0", "action_id": "x"},
            "message_not_found",
        ),
        ("click", {"user": "ana", "view_id": "V0", "action_id": "x"}, "view_not_found"),
        ("submit", {"user": "ana", "view_id": "V0", "values": {}}, "view_not_found"),
        ("user", {"user": "ana", "tz": "Mars/Base"}, "invalid_arguments"),
        ("channel", {"channel": CHANNEL, "shared": "T0NONE"}, "invalid_arguments"),
        ("channel", {"channel": CHANNEL, "new_id": "no id"}, "invalid_arguments"),
        ("event", {"team": "T0ACME0001", "event": "x"}, "invalid_arguments"),
        ("member", {"channel": CHANNEL, "user": "ana"}, "invalid_arguments"),
        ("sing", {}, "unknown_call"),
    ],
)
def test_a_call_is_refused_with_a_code_and_a_sentence(
    shared_slack: Slack, call: str, body: Json, error: str
) -> None:
    with pytest.raises(ActRefused) as refused:
        shared_slack.do(call, **body)

    assert refused.value.error == error
    assert refused.value.answer["message"].endswith(".")


def test_a_body_that_is_no_json_is_refused(sandbox: Sandbox) -> None:
    answer = httpx.post(f"{sandbox.url}_control/message", content=b"{", trust_env=False)

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_arguments"


def test_the_world_lists_the_home_team_first_and_bots_last(slack: Slack) -> None:
    world = slack.world()

    assert [t["name"] for t in world["teams"]] == ["Acme Retail", "Globalcall", "Northwind Audit"]
    assert world["users"][0]["name"] == "maria"
    assert world["users"][-1]["is_bot"]
    assert len(world["channels"][0]["members"]) == 53


def test_the_world_lists_what_the_manifest_offers(slack: Slack) -> None:
    features = {
        "slash_commands": [
            {"command": "/ask", "description": "Asks", "usage_hint": "[what]", "url": "x"},
            {"command": "/bare"},
        ],
        "shortcuts": [{"callback_id": "track", "name": "Track this", "type": "message"}],
    }
    with start_sandbox(manifest={"features": features}) as held, Slack(held.url) as other:
        app = other.world()["app"]

    assert app["commands"] == [
        {"command": "/ask", "description": "Asks", "usage_hint": "[what]"},
        {"command": "/bare", "description": "", "usage_hint": ""},
    ]
    assert app["shortcuts"] == features["shortcuts"]
    assert slack.world()["app"]["commands"] == []


def test_a_name_that_somebody_has_becomes_a_mention(slack: Slack, app: RawApp) -> None:
    act = meanwhile(
        slack, "command", channel=CHANNEL, user="maria", command="/x", text="@ana and @nobody"
    )
    text = app.next_acked()["text"]

    assert act.result(60)["ok"]
    assert text == "<@U0ANA000000|ana> and @nobody"


def test_joining_and_leaving_are_told(slack: Slack, app: RawApp) -> None:
    joined = events(slack, app, 2, "member", channel=CHANNEL, user="kim", joined=True)
    left = events(slack, app, 2, "member", channel=CHANNEL, user="kim", joined=False)

    assert [e["type"] for e in joined] == ["member_joined_channel", "message"]
    assert joined[1]["subtype"] == "channel_join"
    assert [e["type"] for e in left] == ["member_left_channel", "message"]


def test_nobody_joins_an_archived_channel_and_no_deactivated_person_joins(slack: Slack) -> None:
    slack.do("user", user="kim", deleted=True)
    kim = slack.post("member", channel=CHANNEL, user="kim", joined=True)
    slack.do("user", user="kim", deleted=False)
    slack.do("channel", channel=CHANNEL, archived=True)
    late = slack.post("member", channel=CHANNEL, user="kim", joined=True)

    assert (kim["error"], late["error"]) == ("user_not_found", "is_archived")
    assert slack.do("member", channel=CHANNEL, user="ana", joined=False)["ok"]


def test_a_third_company_shares_the_channel_before_its_people_join(
    slack: Slack, app: RawApp
) -> None:
    told = events(slack, app, 3, "member", channel=CHANNEL, user="nora", joined=True)

    assert told[0]["type"] == "channel_shared"
    assert told[0]["connected_team_id"] == "T0NORTH001"
    assert slack.world()["channels"][0]["team_ids"][-1] == "T0NORTH001"


def test_the_removed_bot_hears_of_that_and_of_nothing_more(slack: Slack, app: RawApp) -> None:
    told = events(slack, app, 2, "member", channel=CHANNEL, user="U0SANDBOXBOT", joined=False)
    slack.say(CHANNEL, "ana", "alone at last")

    assert [e["type"] for e in told] == ["member_left_channel", "channel_left"]
    with pytest.raises(TimeoutError):
        app.frame(0.1)


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ({"name": "renamed"}, "channel_rename"),
        ({"archived": True}, "channel_archive"),
        ({"new_id": "C0NEWID000"}, "channel_id_changed"),
        ({"shared": False}, "channel_unshared"),
        ({"shared": ["T0GLOBAL01", "T0NORTH001"]}, "channel_shared"),
    ],
)
def test_a_changed_channel_is_told(slack: Slack, app: RawApp, body: Json, event: str) -> None:
    told = events(slack, app, 1, "channel", channel=CHANNEL, **body)

    assert told[0]["type"] == event


def test_a_new_channel_id_keeps_the_messages(slack: Slack) -> None:
    ts = slack.say(CHANNEL, "ana", "before")

    slack.do("channel", channel=CHANNEL, new_id="C0NEWID000")

    assert [m["ts"] for m in slack.messages("C0NEWID000")] == [ts]
    with pytest.raises(ActRefused, match="channel_not_found"):
        slack.messages(CHANNEL)


def test_a_changed_user_is_told_and_a_deactivated_one_acts_no_more(
    slack: Slack, app: RawApp
) -> None:
    told = events(slack, app, 1, "user", user="ana", deleted=True, status_text="Gone")

    assert told[0]["user"]["deleted"]
    assert told[0]["user"]["profile"]["status_text"] == "Gone"
    with pytest.raises(ActRefused, match="deactivated"):
        slack.say(CHANNEL, "ana", "x")


def button(value: str) -> Json:
    return {"type": "button", "action_id": f"go{value}", "value": value, "text": plain(value)}


def rows(*values: str) -> list[Json]:
    same = [{**button(v), "action_id": "go"} for v in values]
    return [
        {"type": "actions", "block_id": f"row{n}", "elements": [element]}
        for n, element in enumerate(same)
    ]


def test_equal_buttons_are_told_apart_by_block_or_value(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    ts = client.chat_postMessage(channel=CHANNEL, text="x", blocks=rows("1", "2"))["ts"]
    app.next_acked()
    spot = {"user": "ana", "channel": CHANNEL, "ts": ts}

    by_value = meanwhile(slack, "click", **spot, action_id="go", value="2")
    second = app.next_acked()["actions"][0]
    by_block = meanwhile(slack, "click", **spot, action_id="go", block_id="row0")
    first = app.next_acked()["actions"][0]

    assert by_value.result(60)["ok"]
    assert by_block.result(60)["ok"]
    assert (first["value"], second["value"]) == ("1", "2")
    assert slack.post("click", **spot, action_id="go")["error"] == "ambiguous_element"
    assert slack.post("click", **spot, action_id="stop")["error"] == "element_not_found"


def option(value: str) -> Json:
    return {"text": plain(value), "value": value}


@pytest.mark.parametrize(
    ("element", "selected", "held"),
    [
        pytest.param(
            {"type": "static_select", "options": [option("a"), option("b")]},
            "b",
            {"selected_option": option("b")},
            id="a select",
        ),
        pytest.param(
            {"type": "checkboxes", "options": [option("a"), option("b")]},
            ["a", "b"],
            {"selected_options": [option("a"), option("b")]},
            id="checkboxes",
        ),
        pytest.param(
            {"type": "overflow", "options": [option("a"), option("b")]},
            "a",
            {"selected_option": option("a")},
            id="an overflow menu",
        ),
        pytest.param(
            {"type": "users_select"}, "U0ANA000000", {"selected_user": "U0ANA000000"}, id="a user"
        ),
        pytest.param(
            {"type": "datepicker"}, "2026-11-02", {"selected_date": "2026-11-02"}, id="a date"
        ),
        pytest.param({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}, id="a time"),
        pytest.param(
            {"type": "datetimepicker"},
            1_792_414_800,
            {"selected_date_time": 1_792_414_800},
            id="a moment",
        ),
    ],
)
def test_a_pick_carries_what_was_chosen(
    slack: Slack, app: RawApp, client: WebClient, *, element: Json, selected: Any, held: Json
) -> None:
    blocks = [
        {"type": "actions", "block_id": "row", "elements": [{**element, "action_id": "pick"}]}
    ]
    ts = client.chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)["ts"]
    app.next_acked()

    act = meanwhile(
        slack,
        "click",
        user="ana",
        channel=CHANNEL,
        ts=ts,
        action_id="pick",
        selected=selected,
    )
    body = app.next_acked()

    assert act.result(60)["ok"]
    assert held.items() <= body["actions"][0].items()
    if element["type"] != "overflow":
        assert held.items() <= body["state"]["values"]["row"]["pick"].items()


@pytest.mark.parametrize(
    ("element", "selected", "error"),
    [
        ({"type": "static_select", "options": [option("a")]}, "b", "element_not_found"),
        ({"type": "checkboxes", "options": [option("a")]}, ["a", "b"], "element_not_found"),
        ({"type": "users_select"}, "U0NOBODY", "user_not_found"),
        ({"type": "multi_users_select"}, ["U0ANA000000", "U0NOBODY"], "user_not_found"),
        ({"type": "channels_select"}, "C0NOWHERE", "channel_not_found"),
        ({"type": "conversations_select"}, "C0NOWHERE", "channel_not_found"),
        ({"type": "datepicker"}, "next friday", "invalid_arguments"),
        ({"type": "datepicker"}, "2026-02-30", "invalid_arguments"),
        ({"type": "timepicker"}, "24:00", "invalid_arguments"),
    ],
)
def test_what_an_element_cannot_hold_is_refused_in_messages_and_views(
    slack: Slack, app: RawApp, client: WebClient, *, element: Json, selected: Any, error: str
) -> None:
    named = {**element, "action_id": "pick"}
    section = {"type": "section", "block_id": "row", "text": plain("x"), "accessory": named}
    ts = client.chat_postMessage(channel=CHANNEL, text="x", blocks=[section])["ts"]
    app.next_acked()
    home = client.views_publish(user_id="U0ANA000000", view={"type": "home", "blocks": [section]})

    for where in ({"channel": CHANNEL, "ts": ts}, {"view_id": home["view"]["id"]}):
        with pytest.raises(ActRefused) as refused:
            slack.do("click", user="ana", action_id="pick", selected=selected, **where)

        assert refused.value.error == error
        assert refused.value.answer["message"].endswith(".")


def test_a_shortcut_is_for_the_own_team(slack: Slack, app: RawApp) -> None:
    said = meanwhile(slack, "message", channel=CHANNEL, user="ana", text="x")
    app.next_acked()
    ts = said.result(60)["ts"]
    spot = {"channel": CHANNEL, "ts": ts, "callback_id": "track"}

    act = meanwhile(slack, "shortcut", user="maria", **spot)
    body = app.next_acked()

    assert act.result(60)["ok"]
    assert (body["type"], body["callback_id"], body["message"]["text"]) == (
        "message_action",
        "track",
        "x",
    )
    assert slack.post("shortcut", user="ana", **spot)["error"] == "not_a_valid_command"


def test_a_message_to_the_bot_is_a_direct_message(slack: Slack, app: RawApp) -> None:
    heard = events(slack, app, 1, "message", channel="U0SANDBOXBOT", user="ana", text="psst")

    assert heard[0]["channel_type"] == "im"
    assert [m["text"] for m in slack.direct_messages("ana")] == ["psst"]


def test_a_guide_is_shown_once_it_is_written(slack: Slack) -> None:
    assert slack.get("guide") == {"ok": True, "title": None, "steps": []}

    slack.do("guide", title="You are Ana", steps=["Press a button"])

    assert slack.get("guide")["steps"] == [{"text": "Press a button"}]
    slack.do("guide", title="You are Ana", user="ana", channel="acme-globalcall")
    assert slack.get("guide")["user"] == "U0ANA000000"
    assert slack.get("guide")["channel"] == "C0ACMEGLOB"
    slack.do("guide", title="Be Ana", steps=[{"text": "Press", "user": "ana"}], empty="Nothing yet")
    assert slack.get("guide")["steps"] == [{"text": "Press", "user": "U0ANA000000"}]
    assert slack.get("guide")["empty"] == "Nothing yet"
    with pytest.raises(ActRefused, match="invalid_arguments"):
        slack.do("guide", title="Be Ana", steps=[7])
    with pytest.raises(ActRefused, match="user_not_found"):
        slack.do("guide", title="Be Ana", steps=[{"text": "Press", "user": "nobody"}])
