import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.news import listening
from tests.sandbox.raw_app import RawApp
from tests.waiting import wait_until
from tests.wire import MONDAY_MORNING, start_sandbox, web_client

SHARED = "C0ACMEGLOB"
SCRIPT = "<script>alert(1)</script>"
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
METADATA = {"event_type": "done", "event_payload": {"id": "7"}}
LATER = (MONDAY_MORNING + timedelta(days=3)).isoformat()


def load(slack: Slack, file: Json) -> Json:
    return slack.do("load", text=json.dumps(file))


def test_a_world_comes_back_as_it_was(slack: Slack, client: WebClient) -> None:
    first = slack.say(SHARED, "maria", f"Good morning {SCRIPT}")
    slack.say(SHARED, "ana", "Good evening", thread_ts=first)
    slack.react(SHARED, first, "ana", "eyes")
    posted = client.chat_postMessage(channel=SHARED, text="Yes", blocks=BLOCKS, metadata=METADATA)
    client.pins_add(channel=SHARED, timestamp=posted["ts"])
    client.chat_postMessage(channel="U0ANA000000", text="For you")
    client.chat_postEphemeral(channel=SHARED, user="U0ANA000000", text="Only for you")
    slack.do("member", channel=SHARED, user="vic", joined=False)
    slack.do("user", user="ana", status_text=SCRIPT, tz="Asia/Tokyo")
    slack.do("guide", title="Try", steps=[{"text": "Move", "until": [{"act": "fault"}]}])
    lasting = [m for m in slack.messages(SHARED) if not m["ephemeral_to"]]
    people, direct = slack.world()["users"], slack.direct_messages("ana")
    file = slack.world_file()

    slack.say(SHARED, "maria", "Something else")
    slack.move_to(LATER)
    answer = load(slack, file)

    assert answer["now"] == file["now"] == slack.world()["now"]
    assert slack.messages(SHARED) == lasting
    assert slack.direct_messages("ana") == direct
    assert slack.world()["users"] == people
    assert slack.world_file() == file
    assert slack.get("guide")["steps"] == [{"text": "Move", "done": False}]
    found = client.conversations_history(
        channel=SHARED, oldest=posted["ts"], inclusive=True, include_all_metadata=True
    )
    assert found["messages"][-1]["metadata"] == METADATA


def test_what_is_loaded_is_new_to_nobody_and_what_follows_is_later(slack: Slack) -> None:
    last = slack.say(SHARED, "maria", "Good morning")
    file = slack.world_file()
    load(slack, file)

    marks = slack.get("marks", user="ana")["channels"][SHARED]
    assert (marks["unread"], marks["read"]) == (0, last)
    assert slack.say(SHARED, "maria", "And now?") > last
    assert slack.get("marks", user="ana")["channels"][SHARED]["unread"] == 1


def test_everything_of_the_old_world_is_dropped(sandbox: Sandbox, slack: Slack) -> None:
    file = slack.world_file()
    client = web_client(sandbox)
    with RawApp(sandbox.url):
        slack.fault("*", "ratelimited", times=5)
        with pytest.raises(SlackApiError, match="ratelimited"):
            client.api_test()
    slack.say(SHARED, "maria", "Nobody hears this")
    slack.move_to(LATER)

    with listening(sandbox.url) as news:
        load(slack, file)
        told = news.next("world")

    assert told["reset"]
    assert slack.get("faults")["faults"] == []
    assert slack.get("wire")["entries"] == []
    assert slack.get("due") == {"ok": True, "due": [], "more": 0}
    with RawApp(sandbox.url) as app, pytest.raises(TimeoutError):
        app.frame(within_s=0.2)


def test_an_app_is_dropped_and_finds_the_new_world(sandbox: Sandbox, slack: Slack) -> None:
    with RawApp(sandbox.url) as app:
        slack.do("load", name="acme-globalcall")
        assert app.frame()["type"] == "disconnect"
        wait_until(lambda: not slack.world()["connected"])
    channels = web_client(sandbox).users_conversations()["channels"]

    assert [one["name"] for one in channels] == ["acme-globalcall", "acme-brightdesk"]


def test_the_clock_stays_where_it_is_if_a_world_names_no_moment(slack: Slack) -> None:
    slack.move_to(LATER)

    slack.do("load", name="two-companies")

    assert slack.world()["now"] == LATER


def test_a_world_can_be_kept_and_come_back_to(slack: Slack) -> None:
    slack.say(SHARED, "maria", "Up to here")
    slack.do("keep", name="here", title="Here", about="Maria has spoken.")
    slack.say(SHARED, "maria", "And further")

    ready = slack.get("worlds")["ready"]
    slack.do("load", name="here")

    assert [one["name"] for one in ready] == ["acme-globalcall", "two-companies", "here"]
    assert ready[-1] == {"name": "here", "title": "Here", "about": "Maria has spoken."}
    assert [m["text"] for m in slack.messages(SHARED)] == ["Up to here"]


def test_a_world_that_is_checked_is_not_loaded(slack: Slack) -> None:
    slack.say(SHARED, "maria", "Still here")
    file = slack.world_file()

    with pytest.raises(ActRefused, match="line 1"):
        slack.do("load", text="{", check=True)
    slack.do("load", name="acme-globalcall", check=True)

    assert slack.world_file() == file


@pytest.mark.parametrize(
    ("call", "body", "error", "sentence"),
    [
        pytest.param("load", {"name": "moon"}, "world_not_found", "moon", id="unknown"),
        pytest.param("load", {"name": "../x"}, "world_not_found", "../x", id="a path"),
        pytest.param("load", {}, "invalid_arguments", "name or text", id="nothing"),
        pytest.param("load", {"name": "a", "text": "{}"}, "invalid_arguments", "or", id="both"),
        pytest.param("load", {"text": "{\n1}"}, "invalid_world", "line 2, column 1", id="no JSON"),
        pytest.param("load", {"text": "{}"}, "invalid_world", "app: must be", id="empty"),
        pytest.param(
            "keep", {"name": "two-companies"}, "invalid_arguments", "name", id="a ready one's name"
        ),
        pytest.param("keep", {"name": "a/b"}, "invalid_arguments", "letters", id="no name"),
    ],
)
def test_what_cannot_be_loaded_or_kept_is_said(
    shared_slack: Slack, call: str, body: dict[str, Any], error: str, sentence: str
) -> None:
    before = shared_slack.world_file()

    answer = shared_slack.post(call, **body)

    assert (answer["error"], sentence in answer["message"]) == (error, True)
    assert shared_slack.world_file() == before


def test_what_is_wrong_in_a_world_is_told_apart_for_programs(slack: Slack) -> None:
    file = slack.world_file()
    file["users"][3]["team"] = "T9"

    with pytest.raises(ActRefused) as refused:
        load(slack, file)

    assert refused.value.answer["key"] == "users[3].team"
    answer = refused.value.answer
    assert answer["message"].endswith('users[3].team: there is no team "T9"')
    assert answer["line"] == 1
    assert json.dumps(file)[answer["column"] - 1 :].startswith('"T9"')


def test_replies_to_what_was_deleted_are_saved_below_a_mark_and_come_back(
    slack: Slack, client: WebClient
) -> None:
    root = client.chat_postMessage(channel=SHARED, text="Root")["ts"]
    client.chat_postMessage(channel=SHARED, text="Reply", thread_ts=root)
    client.chat_delete(channel=SHARED, ts=root)
    saved = slack.world_file()

    load(slack, saved)

    mark, reply = slack.messages(SHARED)
    assert (mark["ts"], mark["subtype"], mark["reply_count"]) == (root, "tombstone", 1)
    assert reply["text"] == "Reply"
    assert slack.world_file() == saved


# Saved, loaded and saved again a world is the same, whatever people did in it


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedIn:
    """A world in which people and an app do things; what cannot be done at the time is not."""

    slack: Slack
    client: WebClient

    def do(self, act: str, who: str, words: str, flag: bool) -> None:
        getattr(self, act)(who, words, flag)

    def say(self, who: str, words: str, in_thread: bool) -> None:
        thread = self._newest() if in_thread else None
        self.slack.post("message", channel=SHARED, user=who, text=f"x{words}", thread_ts=thread)

    def post(self, who: str, words: str, in_channel: bool) -> None:
        where = SHARED if in_channel else self.slack.user_id(who)
        with suppress(SlackApiError):  # somebody who shares no channel with the app any more
            self.client.chat_postMessage(
                channel=where, text=words, blocks=BLOCKS, metadata=METADATA
            )

    def react(self, who: str, words: str, removed: bool) -> None:
        name = "eyes" if len(words) % 2 else "tada"
        body = {"channel": SHARED, "ts": self._newest(), "user": who, "name": name}
        self.slack.post("reaction", **body, removed=removed)

    def delete(self, who: str, words: str, flag: bool) -> None:
        del words, flag
        self.slack.post("delete", channel=SHARED, ts=self._newest(), user=who)

    def pin(self, who: str, words: str, flag: bool) -> None:
        del who, words, flag
        pinned = [m["ts"] for m in self.slack.messages(SHARED) if m["pinned"]]
        ts = self._newest()
        if ts is not None:
            pin = self.client.pins_remove if ts in pinned else self.client.pins_add
            pin(channel=SHARED, timestamp=ts)

    def member(self, who: str, words: str, joined: bool) -> None:
        del words
        self.slack.post("member", channel=SHARED, user=who, joined=joined)

    def status(self, who: str, words: str, deleted: bool) -> None:
        self.slack.post("user", user=who, status_text=words, deleted=deleted)

    def _newest(self) -> str | None:
        said = [m["ts"] for m in self.slack.messages(SHARED) if "subtype" not in m]
        return said[-1] if said else None


@pytest.fixture(scope="module")
def lived_in() -> Iterator[LivedIn]:
    with start_sandbox(rate_limits=False) as sandbox, Slack(sandbox.url) as slack:
        yield LivedIn(slack=slack, client=web_client(sandbox))


ACTS = st.tuples(
    st.sampled_from(["say", "say", "post", "react", "delete", "pin", "member", "status"]),
    st.sampled_from(["maria", "ana", "james"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20),
    st.booleans(),
)


@settings(max_examples=20, deadline=None, database=None)
@given(st.lists(ACTS, max_size=12))
def test_saved_and_loaded_a_world_is_the_same(
    lived_in: LivedIn, acts: list[tuple[str, str, str, bool]]
) -> None:
    lived_in.slack.do("load", name="two-companies")
    for act in acts:
        lived_in.do(*act)
    saved = lived_in.slack.world_file()

    load(lived_in.slack, saved)

    assert lived_in.slack.world_file() == saved
