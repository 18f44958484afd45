import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt import Ack, App, BoltRequest

from handlers.app import build_app
from services.deps import Deps
from tests.handlers.ground import TEAM, Ground, command, ground


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


def test_a_client_id_in_the_environment_does_not_matter_to_a_request(here: Ground) -> None:
    assert "SLACK_CLIENT_ID" not in os.environ
    assert here.app.oauth_flow is None


def test_over_http_a_request_without_a_signature_is_refused(here: Ground) -> None:
    app = build_app(here.deps, [register], team_id=TEAM, signing_secret="secret")

    response = app.dispatch(
        BoltRequest(body="{}", headers={"content-type": ["application/json"]}, mode="http")
    )

    assert response.status == 401
