from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.patience import Patience
from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.foreign_bot import form, plain
from tests.sandbox.raw_app import RawApp
from tests.sandbox.test_webapi_posts import error_of
from tests.sandbox.waiting import meanwhile

CHANNEL = "C0ACMEGLOB"
HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[RawApp]:
    with RawApp(sandbox.url) as raw:
        yield raw


def trigger(slack: Slack, app: RawApp) -> str:
    meanwhile(slack, "command", channel=CHANNEL, user="maria", command="/x", text="")
    return str(app.next_acked()["trigger_id"])


def opened(slack: Slack, app: RawApp, client: WebClient, **more: Any) -> Json:
    answer = client.views_open(trigger_id=trigger(slack, app), view=form() | more)
    view: Json = answer["view"]
    return view


def submitted(slack: Slack, app: RawApp, answer: Json | None, **values: Any) -> tuple[Json, Json]:
    """Submit the modal on top; the payload that the app got, and what the person sees."""
    act = meanwhile(
        slack,
        "submit",
        user="maria",
        view_id=slack.modal("maria")["id"],
        values={"why": {"value": "because"}} | values,
    )
    frame = app.frame()
    app.ack(frame, answer)
    return frame["payload"], act.result(60)


def test_a_trigger_works_once(slack: Slack, app: RawApp, client: WebClient) -> None:
    used = trigger(slack, app)
    client.views_open(trigger_id=used, view=form())

    again = error_of(lambda: client.views_open(trigger_id=used, view=form()))
    made_up = error_of(lambda: client.views_open(trigger_id="1.2.3", view=form()))

    assert (again, made_up) == ("exchanged_trigger_id", "invalid_trigger_id")


def test_a_trigger_expires_on_the_machines_clock_after_three_seconds(
    sandbox: Sandbox, slack: Slack, app: RawApp, client: WebClient
) -> None:
    assert Patience().trigger_s == 3
    old = trigger(slack, app)

    # As it lives between two machines at Slack; here any time at all is too long.
    sandbox.patience.trigger_s = 0

    assert error_of(lambda: client.views_open(trigger_id=old, view=form())) == "expired_trigger_id"


def test_a_trigger_expires_when_the_clock_is_moved_over_its_end(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    young, old = trigger(slack, app), trigger(slack, app)

    slack.do("clock", advance="PT2S")
    client.views_open(trigger_id=young, view=form())
    slack.do("clock", advance="PT2S")

    assert error_of(lambda: client.views_open(trigger_id=old, view=form())) == "expired_trigger_id"


def test_a_bad_view_is_refused(slack: Slack, app: RawApp, client: WebClient) -> None:
    without_submit = {key: value for key, value in form().items() if key != "submit"}
    bad = trigger(slack, app)

    assert error_of(lambda: client.views_open(trigger_id=bad, view=without_submit)) == (
        "invalid_arguments"
    )
    assert error_of(lambda: client.views_open(trigger_id=bad, view=HOME)) == "invalid_arguments"
    # A refused call does not use the trigger up.
    assert client.views_open(trigger_id=bad, view=form())["ok"]


def test_a_view_over_250_kilobytes_is_too_large(client: WebClient) -> None:
    section = {"type": "section", "text": plain("x" * 2900)}

    refused = error_of(
        lambda: client.views_publish(
            user_id="U0ANA000000", view={"type": "home", "blocks": [section] * 90}
        )
    )

    assert refused == "view_too_large"


def test_a_stack_holds_three_views(slack: Slack, app: RawApp, client: WebClient) -> None:
    opened(slack, app, client)
    push = {"response_action": "push", "view": form()}

    first = submitted(slack, app, push)[1]
    second = submitted(slack, app, push)[1]
    third = submitted(slack, app, push)[1]

    assert (first["action"], second["action"]) == ("pushed", "pushed")
    assert third["error"] == "invalid_response"
    assert len(slack.views("maria")["modals"]) == 3


def test_a_stale_hash_conflicts(slack: Slack, app: RawApp, client: WebClient) -> None:
    view = opened(slack, app, client)
    client.views_update(view_id=view["id"], hash=view["hash"], view=form())

    stale = error_of(
        lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=form())
    )

    assert stale == "hash_conflict"
    assert error_of(lambda: client.views_update(view_id="V0", view=form())) == "not_found"


def test_a_submission_carries_untouched_fields_as_drawn(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    drawn = form()
    drawn["blocks"].append(
        {
            "type": "input",
            "block_id": "day",
            "label": plain("Day"),
            "element": {
                "type": "datepicker",
                "action_id": "value",
                "initial_date": "2026-11-02",
            },
        }
    )
    client.views_open(trigger_id=trigger(slack, app), view=drawn)

    payload, seen = submitted(slack, app, None)

    values = payload["view"]["state"]["values"]
    assert values["why"]["value"] == {"type": "plain_text_input", "value": "because"}
    assert values["day"]["value"] == {"type": "datepicker", "selected_date": "2026-11-02"}
    assert payload["team"]["id"] == "T0ACME0001"
    assert payload["view"]["app_installed_team_id"] == "T0ACME0001"
    assert seen["action"] == "closed"


def test_a_required_field_is_asked_for_before_the_app_hears(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    view = opened(slack, app, client)

    answer = slack.submit("maria", view["id"])

    assert list(answer["errors"]) == ["why"]
    with pytest.raises(TimeoutError):
        app.frame(0.1)


def test_addresses_are_checked_in_all_fields_at_once_before_the_app_hears(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    kinds = {"mail": "email_text_input", "page": "url_text_input"}
    drawn = form()
    drawn["blocks"] += [
        {
            "type": "input",
            "block_id": name,
            "label": plain(name),
            "element": {"type": kind, "action_id": "value"},
        }
        for name, kind in kinds.items()
    ]
    view = client.views_open(trigger_id=trigger(slack, app), view=drawn)["view"]

    def refused(mail: str, page: str) -> Json:
        values = {"mail": {"value": mail}, "page": {"value": page}}
        errors: Json = slack.submit("maria", view["id"], values)["errors"]
        return errors

    assert list(refused("ana at acme", "acme")) == ["why", "mail", "page"]
    assert list(refused("ana@acme", "ftp://acme.example")) == ["why", "mail", "page"]
    assert list(refused("a b@acme.example", "https://")) == ["why", "mail", "page"]
    assert list(refused("ana@acme.example", "https://acme.example/a?b#c")) == ["why"]
    assert list(refused("a.b+c@x.acme.example", "http://127.0.0.1:80/")) == ["why"]


def test_an_update_keeps_what_was_typed(slack: Slack, app: RawApp, client: WebClient) -> None:
    opened(slack, app, client)
    updated = {"response_action": "update", "view": form() | {"title": plain("Again")}}

    seen = submitted(slack, app, updated)[1]

    assert seen["action"] == "updated"
    assert seen["view"]["title"]["text"] == "Again"
    assert seen["view"]["state"]["values"]["why"]["value"]["value"] == "because"


def test_errors_must_name_fields_of_the_form(slack: Slack, app: RawApp, client: WebClient) -> None:
    opened(slack, app, client)

    wrong = submitted(slack, app, {"response_action": "errors", "errors": {"nope": "x"}})[1]
    right = submitted(slack, app, {"response_action": "errors", "errors": {"why": "x"}})[1]

    assert wrong["error"] == "invalid_response"
    assert right["errors"] == {"why": "x"}


def test_a_closed_view_is_told_only_on_request(
    slack: Slack, app: RawApp, client: WebClient
) -> None:
    quiet = opened(slack, app, client)
    slack.do("close", user="maria", view_id=quiet["id"])
    told = opened(slack, app, client, notify_on_close=True)
    act = meanwhile(slack, "close", user="maria", view_id=told["id"])

    payload = app.next_acked()

    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert act.result(60)["ok"]
    assert slack.views("maria")["modals"] == []


def test_an_external_id_is_unique(slack: Slack, app: RawApp, client: WebClient) -> None:
    client.views_publish(user_id="U0ANA000000", view=HOME | {"external_id": "one"})

    again = error_of(
        lambda: client.views_publish(user_id="U0MARIA0000", view=HOME | {"external_id": "one"})
    )

    assert again == "duplicate_external_id"


@pytest.mark.parametrize(
    ("values", "error"),
    [
        pytest.param({"nope": {"value": "x"}}, "element_not_found", id="no such block"),
        pytest.param({"why": {"nope": "x"}}, "element_not_found", id="no such field"),
        pytest.param({"why": "x"}, "invalid_arguments", id="not by action id"),
    ],
)
def test_a_form_takes_only_what_it_asks_for(
    slack: Slack, app: RawApp, client: WebClient, values: Json, error: str
) -> None:
    opened(slack, app, client)

    with pytest.raises(ActRefused) as refused:
        slack.submit("maria", values=values)

    assert refused.value.error == error


def test_blocks_can_be_checked_without_sending_them(client: WebClient) -> None:
    good = client.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]})

    assert good["ok"]
    bad = error_of(lambda: client.api_call("blocks.validate", json={"blocks": [{"type": "x"}]}))
    none = error_of(lambda: client.api_call("blocks.validate", json={}))
    assert (bad, none) == ("invalid_blocks", "invalid_arguments")
