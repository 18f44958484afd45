import http.client
from datetime import datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.people import ActRefused, Slack
from tests.sandbox.news import listening
from tests.sandbox.test_webapi_posts import error_of, post
from tests.wire import MONDAY_MORNING, web_client

CHANNEL = "C0ACMEGLOB"


def posted(slack: Slack) -> int:
    return len(slack.messages(CHANNEL))


def test_a_rate_limit_closes_the_method_until_its_time_is_over(
    client: WebClient, slack: Slack
) -> None:
    slack.fault("chat.postMessage", "ratelimited", retry_after=30)

    with pytest.raises(SlackApiError) as refused:
        post(client)
    slack.advance("PT29S")
    still = error_of(lambda: post(client))
    slack.advance("PT1S")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "30"
    assert still == "ratelimited"
    assert client.users_info(user="U0ANA000000")["ok"]
    assert post(client)
    assert posted(slack) == 1


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        pytest.param("http_500", 0, id="500 and not done"),
        pytest.param("http_500_done", 1, id="500 and done"),
    ],
)
def test_a_server_error(client: WebClient, slack: Slack, fault: str, done: int) -> None:
    slack.fault("chat.postMessage", fault)

    with pytest.raises(SlackApiError) as refused:
        post(client)

    assert refused.value.response.status_code == 500
    assert posted(slack) == done
    assert slack.calls("chat.postMessage")[0]["fault"] == fault


def test_a_lost_response_is_a_post_without_an_answer(client: WebClient, slack: Slack) -> None:
    slack.fault("chat.postMessage", "lost_response")

    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        post(client)

    assert posted(slack) == 1
    call = slack.calls("chat.postMessage")[0]
    assert (call["fault"], call["status"], call["answer"]["ok"]) == ("lost_response", None, True)


def test_a_time_out_is_no_post_and_no_answer(sandbox: Sandbox, slack: Slack) -> None:
    slack.fault("chat.postMessage", "timeout")

    with pytest.raises(TimeoutError):
        post(web_client(sandbox, timeout=1))

    assert posted(slack) == 0
    # The sandbox lets go of the call once the client has left.
    assert slack.settle()


def test_an_error_by_its_code_as_often_as_wished(client: WebClient, slack: Slack) -> None:
    slack.fault("*", "error:internal_error", times=2)

    errors = [error_of(lambda: post(client)) for _ in range(2)]

    assert errors == ["internal_error"] * 2
    assert post(client)


def test_what_is_planned_and_closed_is_listed(
    sandbox: Sandbox, client: WebClient, slack: Slack
) -> None:
    def planned() -> list[tuple[str, str, int]]:
        listed = slack.get("faults")["faults"]
        return [(one["method"], one["fault"], one["times"]) for one in listed]

    with listening(sandbox.url) as page:
        slack.fault("chat.postMessage", "ratelimited", retry_after=60)
        slack.fault("*", "http_500", times=3)
        both = planned()
        error_of(lambda: post(client))
        struck = planned()
        error_of(lambda: client.users_info(user="U0ANA000000"))
        heard = [page.next("fault")["kind"] for _ in range(4)]

    assert both == [("chat.postMessage", "ratelimited", 1), ("*", "http_500", 3)]
    assert struck == [("*", "http_500", 3)]
    assert planned() == [("*", "http_500", 2)]
    assert heard == ["fault"] * 4
    (closed,) = slack.get("faults")["closed"]
    until_at = datetime.fromisoformat(closed["until"])
    assert closed["method"] == "chat.postMessage"
    assert until_at == MONDAY_MORNING + timedelta(seconds=60)
    assert "views.open" in slack.get("faults")["methods"]

    slack.move_to(closed["until"])
    assert slack.get("faults")["closed"] == []
    slack.do("fault", clear=True)
    assert planned() == []


def test_faults_can_be_cleared(client: WebClient, slack: Slack) -> None:
    slack.fault("chat.postMessage", "ratelimited", retry_after=60)
    error_of(lambda: post(client))
    slack.fault("*", "http_500", times=9)

    slack.do("fault", clear=True)

    assert post(client)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"method": "*", "fault": "fire"}, id="unknown fault"),
        pytest.param({"method": "chat.shout", "fault": "http_500"}, id="unknown method"),
        pytest.param({"method": "*", "fault": "error:"}, id="no code"),
        pytest.param({"method": "*", "fault": "http_500", "times": 0}, id="never"),
        pytest.param({"method": "*", "fault": "http_500", "times": 1.5}, id="one and a half"),
        pytest.param({"method": "*"}, id="no fault"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    shared_slack: Slack, body: dict[str, object]
) -> None:
    with pytest.raises(ActRefused) as refused:
        shared_slack.do("fault", **body)

    assert refused.value.error == "invalid_arguments"


def test_calls_are_recorded_with_their_json_decoded(client: WebClient, slack: Slack) -> None:
    before = slack.calls()
    client.chat_postMessage(
        channel=CHANNEL,
        text="hi",
        metadata={"event_type": "e", "event_payload": {"id": "1"}},
    )

    calls = slack.calls(after=before[-1]["seq"] if before else 0)

    assert len(calls) == 1
    call = calls[0]
    assert (call["method"], call["token"], call["status"]) == (
        "chat.postMessage",
        "xoxb-sandbox",
        200,
    )
    assert call["args"]["metadata"]["event_payload"] == {"id": "1"}
    assert call["answer"]["ok"]
    assert "token" not in call["args"]
    assert call["at"] == slack.world()["now"]
