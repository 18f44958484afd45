import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sandbox.server import Sandbox
from tests.people import Json, Slack
from tests.sandbox.foreign_bot import connected, foreign_app, served
from tests.sandbox.waiting import connected as is_connected
from tests.sandbox.waiting import until
from tests.wire import start_sandbox

CHANNEL = "acme-globalcall"


@pytest.fixture(params=["Socket Mode", "signed HTTP"], scope="module")
def slack(request: pytest.FixtureRequest) -> Iterator[Slack]:
    """People in a sandbox with the foreign app on it, once by each way."""
    with ExitStack() as stack:
        enter = stack.enter_context
        if request.param == "Socket Mode":
            sandbox: Sandbox = enter(start_sandbox())
            enter(connected(foreign_app(sandbox.url)))
        else:
            app = foreign_app("http://127.0.0.1:1/")
            sandbox = enter(start_sandbox(events_url=enter(served(app))))
            app.client.base_url = f"{sandbox.url}api/"
        people = enter(Slack(sandbox.url))
        until(lambda: is_connected(people))
        yield people


def answer_to(slack: Slack, ts: str) -> Json:
    """What the app posted after that message, once it did."""
    return until(lambda: [said for said in slack.messages(CHANNEL) if said["ts"] > ts])[0]


def test_it_hears_a_message_and_answers(slack: Slack) -> None:
    answer = answer_to(slack, slack.say(CHANNEL, "ana", "hello there"))

    assert answer["text"] == f"Hi <@{slack.user_id('ana')}>"
    assert answer["bot_id"] == slack.world()["app"]["bot_id"]


def test_a_click_reaches_it_and_its_answer_is_seen_by_the_presser_alone(slack: Slack) -> None:
    hi = answer_to(slack, slack.say(CHANNEL, "ana", "hello"))

    slack.click("ana", "wave", channel=CHANNEL, ts=hi["ts"])

    waved = answer_to(slack, hi["ts"])
    assert waved["text"] == "Waved 7"
    assert waved["ephemeral_to"] == slack.user_id("ana")


def test_a_mention_is_answered_in_its_thread(slack: Slack) -> None:
    bot = slack.world()["app"]["user_id"]

    ts = slack.say(CHANNEL, "miguel", f"<@{bot}> are you there?")

    assert answer_to(slack, ts)["thread_ts"] == ts


def test_a_command_opens_a_form_whose_answer_comes_back(slack: Slack) -> None:
    response = slack.command(CHANNEL, "maria", "/ask", "who @ana")
    refused = slack.submit("maria", values={"why": {"value": "no"}})
    accepted = slack.submit("maria", values={"why": {"value": "because"}})
    noted = until(lambda: slack.direct_messages("maria"))[-1]

    assert response["text"] == f"Got who <@{slack.user_id('ana')}|ana>"
    assert refused == {"ok": False, "errors": {"why": "Please say more."}}
    assert accepted["action"] == "closed"
    assert slack.views("maria")["modals"] == []
    assert noted["text"] == "Noted: because"


def test_its_home_tab_is_shown(slack: Slack) -> None:
    slack.do("home", user="maria")

    home = until(lambda: slack.views("maria")["home"])
    assert home["blocks"][0]["text"]["text"] == "At home"


def test_all_its_talk_is_in_the_log_of_the_wire(slack: Slack) -> None:
    before = slack.get("wire")["seq"]

    hi = answer_to(slack, slack.say(CHANNEL, "ana", "hello once more"))
    slack.click("ana", "wave", channel=CHANNEL, ts=hi["ts"])
    slack.command(CHANNEL, "maria", "/ask", "why")
    slack.submit("maria", values={"why": {"value": "no"}})
    answer_to(slack, hi["ts"])

    answer = until(lambda: all_ended(slack.get("wire", after=before)))
    told = {(e["kind"], e["name"]): e for e in answer["entries"]}
    ana, maria = slack.user_id("ana"), slack.user_id("maria")
    assert told["event", "message"]["request"]["event"]["text"]
    assert told["call", "chat.postMessage"]["request"]["blocks"][0]["block_id"] == "row"
    assert told["call", "chat.postMessage"]["answer"]["ok"]
    assert told["action", "wave"]["who"] == ana
    assert told["response_url", "response_url"]["request"]["text"] == "Waved 7"
    assert told["command", "/ask"]["answer"]["text"] == "Got why"
    assert told["call", "views.open"]["status"] == 200
    assert told["submit", "form"]["who"] == maria
    assert told["submit", "form"]["answer"]["errors"] == {"why": "Please say more."}
    for entry in answer["entries"]:
        assert entry["status"] in {200, "acked"}
        assert entry["took_ms"] >= 0
    for secret in ("xoxb-sandbox", "xapp-sandbox", "sandbox-verification"):
        assert secret not in json.dumps(answer)


def all_ended(answer: Json) -> Json:
    """The wire, once everything on it was answered."""
    return answer if all(entry["status"] for entry in answer["entries"]) else {}
