import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.people import Json, Slack
from tests.sandbox.foreign_bot import connected, foreign_app
from tests.sandbox.news import listening
from tests.waiting import wait_until
from tests.wire import web_client

CHANNEL = "C0ACMEGLOB"
NOON, EVENING = "2026-10-19T16:00:00+00:00", "2026-10-19T22:00:00+00:00"


def step(*until: Json, **more: str) -> Json:
    return {"text": "Do it", "until": list(until), **more}


def write(slack: Slack, *steps: Json) -> None:
    slack.do("guide", title="Try", steps=list(steps))


def done(slack: Slack) -> list[bool]:
    return [one["done"] for one in slack.get("guide")["steps"]]


def test_steps_tick_one_after_the_other_and_every_page_hears_of_it(
    sandbox: Sandbox, slack: Slack
) -> None:
    says = {"act": "message", "user": "maria", "channel": "acme-globalcall"}
    write(slack, step(says, user="maria"), step({"act": "fault"}))

    slack.fault("*", "timeout")
    assert done(slack) == [False, False]
    with listening(sandbox.url) as news:
        ts = slack.say(CHANNEL, "maria", "Good morning")
        assert news.next("guide") == {"kind": "guide"}
        assert done(slack) == [True, False]
        slack.do("fault", clear=True)
        slack.react(CHANNEL, ts, "maria", "eyes")
        assert done(slack) == [True, False]
        slack.fault("*", "disconnect")
        assert news.next("guide") == {"kind": "guide"}
    assert done(slack) == [True, True]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        pytest.param("message", {"user": "ana", "text": "Hello"}, id="somebody else"),
        pytest.param("message", {"user": "maria", "channel": "U0SANDBOXBOT"}, id="elsewhere"),
        pytest.param("home", {"user": "maria"}, id="something else"),
        pytest.param("message", {"user": "maria", "channel": "C9"}, id="what was refused"),
    ],
)
def test_another_act_ticks_nothing(slack: Slack, act: str, body: dict[str, Any]) -> None:
    write(slack, step({"act": "message", "user": "maria", "channel": CHANNEL}))

    slack.post(act, **{"channel": CHANNEL, "text": "Hello"} | body)

    assert done(slack) == [False]


def test_all_that_a_step_waits_for_has_to_happen_in_any_order(slack: Slack) -> None:
    write(
        slack,
        step({"act": "clock", "after": NOON}, {"act": "seen", "user": "ana", "after": EVENING}),
        step({"act": "clock", "after": NOON}),
    )

    slack.do("seen", user="ana", channel=CHANNEL)
    slack.move_to(NOON)
    assert done(slack) == [False, False]
    slack.move_to(EVENING)
    assert done(slack) == [False, False]
    slack.do("seen", user="ana", channel=CHANNEL)
    # that time has come it has come for the next step, too
    assert done(slack) == [True, True]


def test_what_is_read_has_to_be_from_then_on(slack: Slack) -> None:
    write(slack, step({"act": "seen", "user": "ana", "after": EVENING}))
    early = slack.say(CHANNEL, "maria", "Before")
    slack.move_to(EVENING)
    late = slack.say(CHANNEL, "maria", "After")

    slack.do("seen", user="ana", channel=CHANNEL, ts=early)
    assert done(slack) == [False]
    slack.do("seen", user="ana", channel=CHANNEL, ts=late)

    assert done(slack) == [True]


def test_what_follows_another_act_counts_only_after_it(slack: Slack) -> None:
    hello, answer = ({"act": "message", "text": text} for text in ("hello", "how are you?"))
    write(slack, step(hello, answer | {"then": True}))
    slack.do("load", text=json.dumps(slack.world_file()))

    slack.say(CHANNEL, "maria", "how are you?")
    slack.say(CHANNEL, "maria", "hello")
    assert done(slack) == [False]
    slack.say(CHANNEL, "maria", "how are you?")

    assert done(slack) == [True]


def test_what_is_done_too_late_ticks_nothing_also_in_a_saved_world(slack: Slack) -> None:
    seen = {"act": "seen", "user": "ana", "after": NOON, "before": EVENING}
    write(slack, step(seen), step())
    slack.do("load", text=json.dumps(slack.world_file()))

    slack.do("seen", user="ana", channel=CHANNEL)
    slack.move_to(EVENING)
    slack.do("seen", user="ana", channel=CHANNEL)

    assert done(slack) == [False, False]


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        pytest.param("us: forecast by friday", True, id="as the pattern asks"),
        pytest.param("mine", False, id="other words"),
        pytest.param("", False, id="no words"),
    ],
)
def test_one_act_does_instead_of_another(slack: Slack, text: str, ticks: bool) -> None:
    words = {"act": "message", "channel": CHANNEL, "text": "* by *"}
    hello = {"act": "message", "channel": CHANNEL, "text": "hello"}
    write(slack, step({"act": "fault", "or": [words, hello]}))
    slack.do("load", text=json.dumps(slack.world_file()))

    slack.say(CHANNEL, "maria", text or "good morning")

    assert done(slack) == [ticks]


def test_a_press_and_a_form_tick_by_their_ids(sandbox: Sandbox, slack: Slack) -> None:
    write(
        slack,
        step({"act": "click", "user": "maria", "action_id": "wave"}),
        step({"act": "command", "command": "/ask"}),
        step({"act": "submit", "user": "maria", "callback_id": "form"}),
    )
    with connected(foreign_app(sandbox.url)):
        wait_until(lambda: bool(slack.world()["connected"]))
        slack.say(CHANNEL, "maria", "hello")
        wait_until(lambda: len(slack.messages(CHANNEL)) == 2)
        slack.click("maria", "wave", channel=CHANNEL, ts=slack.messages(CHANNEL)[-1]["ts"])
        assert done(slack) == [True, False, False]
        slack.command(CHANNEL, "maria", "/ask")
        assert slack.submit("maria", values={"why": {"value": "no"}})["errors"]
        assert done(slack) == [True, True, False]
        assert slack.submit("maria", values={"why": {"value": "because"}})["ok"]
    assert done(slack) == [True, True, True]


def test_a_call_of_the_app_ticks_with_the_fault_that_struck_it(
    sandbox: Sandbox, slack: Slack
) -> None:
    lost = {"act": "call", "method": "chat.postMessage", "fault": "http_500_done"}
    write(slack, step(lost))
    client = web_client(sandbox)

    client.chat_postMessage(channel=CHANNEL, text="One")
    assert done(slack) == [False]
    slack.fault("chat.postMessage", "http_500_done")
    with pytest.raises(SlackApiError, match="Internal Server Error"):
        client.chat_postMessage(channel=CHANNEL, text="Two")

    assert done(slack) == [True]


def test_a_step_without_acts_is_only_read(slack: Slack) -> None:
    write(slack, {"text": "Look around"}, step({"act": "fault"}), {"text": "That was it"})

    assert done(slack) == [True, False, False]
    slack.fault("*", "timeout")
    assert done(slack) == [True, True, True]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        pytest.param([step({"act": "dance"})], "There is no act dance", id="no such act"),
        pytest.param([step({"act": "click", "color": "red"})], "click has no color", id="no fact"),
        pytest.param([step({"act": "clock"})], "after is missing", id="a clock without a moment"),
        pytest.param([step({"act": "clock", "after": "noon"})], "'noon' is not", id="no moment"),
        pytest.param([step({"act": "seen", "user": "bob"})], "no user bob", id="nobody"),
        pytest.param([{"text": "Go", "until": {}}], "until must be a list", id="no list"),
    ],
)
def test_a_guide_that_could_never_be_done_is_refused(
    shared_slack: Slack, steps: list[Json], sentence: str
) -> None:
    answer = shared_slack.post("guide", title="Try", steps=steps)

    assert not answer["ok"]
    assert sentence in answer["message"]
