"""Selects whose options come from the app, in messages and in forms."""

from collections.abc import Iterator

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.foreign_bot import connected, plain
from tests.sandbox.raw_app import RawApp
from tests.sandbox.waiting import connected as is_connected
from tests.sandbox.waiting import meanwhile, until

CHANNEL = "C0ACMEGLOB"
ANA = "U0ANA000000"


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def external(kind: str = "external_select", **fields: object) -> Json:
    return {"type": kind, "action_id": "city", "min_query_length": 1, **fields}


def section(element: Json) -> Json:
    return {"type": "section", "block_id": "row", "text": plain("x"), "accessory": element}


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[RawApp]:
    with RawApp(sandbox.url) as raw:
        yield raw


def asked(slack: Slack, app: RawApp, offer: Json, **spot: object) -> tuple[Json, Json]:
    """What the app was told when somebody typed, and what came of its answer."""
    act = meanwhile(slack, "options", user="ana", action_id="city", **spot)
    frame = app.frame()
    app.ack(frame, offer)
    payload: Json = frame["payload"]
    return payload, act.result(60)


def test_the_app_is_asked_for_what_was_typed(slack: Slack, app: RawApp, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=CHANNEL, text="x", blocks=[section(external())])["ts"]
    app.next_acked()
    spot = {"channel": CHANNEL, "ts": ts}
    offer = {"options": [option("manila"), option("madrid")]}

    payload, answer = asked(slack, app, offer, **spot, value="ma")
    act = meanwhile(slack, "click", user="ana", **spot, action_id="city", selected="manila")
    action = app.next_acked()["actions"][0]

    assert (payload["type"], payload["value"]) == ("block_suggestion", "ma")
    assert (payload["action_id"], payload["block_id"]) == ("city", "row")
    assert (payload["container"]["message_ts"], payload["user"]["id"]) == (ts, ANA)
    assert "response_url" not in payload
    assert answer["options"] == offer["options"]
    assert act.result(60)["ok"]
    assert action["selected_option"] == option("manila")
    with pytest.raises(ActRefused, match="no option 'paris'"):
        slack.do("click", user="ana", **spot, action_id="city", selected="paris")
    with pytest.raises(ActRefused, match="no option 'manila'"):
        slack.do("click", user="ben", **spot, action_id="city", selected="manila")
    (logged,) = [e for e in slack.get("wire")["entries"] if e["kind"] == "options"]
    assert (logged["name"], logged["answer"]) == ("city", offer)


def test_groups_offered_in_a_view_can_be_chosen_from_several_questions(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    blocks = [section(external("multi_external_select", initial_options=[option("cebu")]))]
    view = client.views_publish(user_id=ANA, view={"type": "home", "blocks": blocks})["view"]
    spot = {"view_id": view["id"]}
    group = {"label": plain("Asia"), "options": [option("manila")]}

    asked(slack, app, {"option_groups": [group]}, **spot, value="man")
    asked(slack, app, {"options": [option("madrid")]}, **spot, value="mad")
    wished = ["cebu", "manila", "madrid"]
    act = meanwhile(slack, "click", user="ana", **spot, action_id="city", selected=wished)
    chosen = app.next_acked()["actions"][0]["selected_options"]

    assert act.result(60)["ok"]
    assert [one["value"] for one in chosen] == wished


@pytest.mark.parametrize(
    "offer",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"options": [option("x")] * 101}, id="too many"),
        pytest.param({"options": [{"value": "x"}]}, id="no text"),
        pytest.param({"options": [], "option_groups": []}, id="both"),
    ],
)
def test_an_offer_that_slack_would_refuse_is_refused(
    slack: Slack, app: RawApp, client: WebClient, offer: Json
) -> None:
    view = client.views_publish(
        user_id=ANA, view={"type": "home", "blocks": [section(external())]}
    )["view"]

    _, answer = asked(slack, app, offer, view_id=view["id"], value="x")

    assert answer["error"] == "invalid_response"
    assert answer["message"].endswith(".")


def test_only_an_external_select_asks(slack: Slack, client: WebClient) -> None:
    static = {"type": "static_select", "action_id": "city", "options": [option("x")]}
    view = client.views_publish(user_id=ANA, view={"type": "home", "blocks": [section(static)]})

    with pytest.raises(ActRefused, match="asks nobody"):
        slack.do("options", user="ana", view_id=view["view"]["id"], action_id="city", value="x")


def test_a_form_of_any_bolt_app_takes_what_it_offered(sandbox: Sandbox, slack: Slack) -> None:
    bolt = App(
        client=WebClient(token="xoxb-sandbox", base_url=f"{sandbox.url}api/", retry_handlers=[]),
        signing_secret="sandbox",
        token_verification_enabled=False,
    )
    noted: list[str] = []

    @bolt.command("/where")
    def where(ack: Ack, command: Json, client: WebClient) -> None:
        field = {"type": "input", "block_id": "where", "label": plain("Where?")}
        form = {"type": "modal", "callback_id": "form", "title": plain("Where")}
        blocks = [{**field, "element": external()}]
        view = {**form, "submit": plain("Send"), "blocks": blocks}
        client.views_open(trigger_id=command["trigger_id"], view=view)
        ack()

    @bolt.options("city")
    def cities(ack: Ack, payload: Json) -> None:
        ack(options=[option(f"{payload['value']}nila")])

    @bolt.view("form")
    def filled(ack: Ack, view: Json) -> None:
        held = view["state"]["values"]["where"]["city"]
        noted.append(held["selected_option"]["value"])
        ack()

    with connected(bolt):
        until(lambda: is_connected(slack))
        slack.command(CHANNEL, "maria", "/where")
        form = slack.modal("maria")
        offered = slack.do(
            "options", user="maria", view_id=form["id"], action_id="city", value="ma"
        )
        slack.submit("maria", values={"where": {"city": "manila"}})

    assert offered["options"] == [option("manila")]
    assert noted == ["manila"]
