import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest

from handlers.app import build_app
from services.deps import Deps
from tests.handlers.ground import TEAM, Ground, click, command, ground, submission


def register(app: App, _deps: Deps) -> None:
    app.command("/checkin")(lambda ack, command: ack(text=f"heard {command['command']}"))
    app.command("/silent")(lambda: None)


def again(app: App, _deps: Deps) -> None:
    app.command("/silent")(answer_late)


def answer_late(ack: Ack) -> None:
    ack(text="the next one")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Ground]:
    with ground(tmp_path, [register]) as made:
        yield made


@pytest.mark.parametrize("name", ["/checkin", "/acme-checkin", "/a-b-checkin"])
def test_a_command_is_heard_with_and_without_a_prefix(here: Ground, name: str) -> None:
    assert here.send(command(name)).body == "heard /checkin"


def test_the_token_is_checked_once_and_not_with_every_request(here: Ground) -> None:
    for _ in range(3):
        here.send(command("/checkin"))

    assert len(here.api.called("auth.test")) == 1


def test_a_listener_that_does_not_ack_is_not_acked_for(here: Ground) -> None:
    assert here.send(command("/silent")).status == 404


def test_listeners_are_asked_in_the_order_of_their_subjects(tmp_path: Path) -> None:
    with ground(tmp_path, [register, again]) as here:
        assert here.send(command("/silent")).body == "the next one"


def test_a_name_is_not_taken_for_another_that_begins_with_it(tmp_path: Path) -> None:
    def registrar(app: App, _deps: Deps) -> None:
        app.action("card.done")(lambda ack: ack("done"))
        app.action(re.compile("^card"))(lambda ack: ack("some button of a card"))

    with ground(tmp_path, [registrar]) as here:
        assert here.send(click("card.done")).body == "done"
        assert here.send(click("card.done_again")).body == "some button of a card"


def test_a_form_that_is_closed_is_not_taken_for_one_that_is_sent(tmp_path: Path) -> None:
    def registrar(app: App, _deps: Deps) -> None:
        app.view("form")(lambda ack: ack("sent"))

    with ground(tmp_path, [registrar]) as here:
        assert here.send(submission("form")).body == "sent"
        assert here.send(submission("form") | {"type": "view_closed"}).status == 404


def test_a_listener_gets_what_it_asks_for_by_name(tmp_path: Path) -> None:
    def registrar(app: App, deps: Deps) -> None:
        app.action("card.done")(partial(handle, more=deps))

    def handle(ack: Ack, action: dict[str, Any], body: dict[str, Any], *, more: Deps) -> None:
        ack(f"{action['value']} {body['user']['id']} {more.now().year}")

    with ground(tmp_path, [registrar]) as here:
        assert here.send(click("card.done")).body == "id1 U0ANA 2026"


def test_a_client_id_in_the_environment_does_not_matter_to_a_request(here: Ground) -> None:
    assert "SLACK_CLIENT_ID" not in os.environ
    assert here.app.oauth_flow is None


def test_over_http_a_request_without_a_signature_is_refused(here: Ground) -> None:
    app = build_app(here.deps, [register], team_id=TEAM, signing_secret="secret")

    response = app.dispatch(
        BoltRequest(body="{}", headers={"content-type": ["application/json"]}, mode="http")
    )

    assert response.status == 401
