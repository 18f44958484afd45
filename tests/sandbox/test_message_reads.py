"""Reading messages: all of them, the newest, one thread, and only what changed."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from sandbox.messages import Board, Post, react
from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.news import listening
from tests.waiting import wait_until

CHANNEL = "C0ACMEGLOB"
MANY = 10_000


def since(slack: Slack, revision: int) -> Json:
    return slack.get("messages", channel=CHANNEL, after=revision)


def stamps(answer: Json) -> list[str]:
    return [message["ts"] for message in answer["messages"]]


def test_a_page_is_told_only_what_changed(slack: Slack, client: WebClient) -> None:
    first = slack.say(CHANNEL, "ana", "one")
    second = slack.say(CHANNEL, "ana", "two")
    third = slack.say(CHANNEL, "ana", "three")
    before = slack.get("messages", channel=CHANNEL)["revision"]

    slack.do("edit", channel=CHANNEL, ts=second, user="ana", text="two and a half")
    reply = slack.say(CHANNEL, "maria", "yes", thread_ts=first)
    slack.do("delete", channel=CHANNEL, ts=third, user="ana")
    changed = since(slack, before)

    assert stamps(changed) == [first, second, reply]
    assert changed["gone"] == [third]
    assert not changed["whole"]
    assert changed["messages"][0]["reply_count"] == 1
    assert changed["messages"][1]["text"] == "two and a half"
    assert since(slack, changed["revision"])["messages"] == []

    slack.react(CHANNEL, first, "ana", "eyes")
    client.pins_add(channel=CHANNEL, timestamp=second)
    client.chat_postEphemeral(channel=CHANNEL, user="U0ANA000000", text="psst")
    marked = since(slack, changed["revision"])

    assert stamps(marked)[:2] == [first, second]
    assert marked["messages"][1]["pinned"]
    assert marked["messages"][2]["ephemeral_to"] == "U0ANA000000"


@pytest.mark.parametrize("shift", [-1, 1], ids=["of a time before", "of a time to come"])
def test_a_revision_of_another_sandbox_gives_everything(slack: Slack, shift: int) -> None:
    slack.say(CHANNEL, "ana", "one")
    revision = slack.get("messages", channel=CHANNEL)["revision"]

    answer = since(slack, revision + shift * 2)

    assert answer["whole"]
    assert len(answer["messages"]) == 1


def test_the_newest_come_first_page_by_page(slack: Slack) -> None:
    all_of_them = [slack.say(CHANNEL, "ana", str(n)) for n in range(7)]

    newest = slack.get("messages", channel=CHANNEL, limit=3)
    older = slack.get("messages", channel=CHANNEL, limit=3, before=stamps(newest)[0])
    oldest = slack.get("messages", channel=CHANNEL, limit=3, before=stamps(older)[0])

    pages = [*stamps(oldest), *stamps(older), *stamps(newest)]
    assert pages == all_of_them
    assert [page["more"] for page in (newest, older, oldest)] == [True, True, False]
    with pytest.raises(ActRefused, match="whole number"):
        slack.get("messages", channel=CHANNEL, limit=0)


def test_a_thread_is_read_by_itself(slack: Slack) -> None:
    root = slack.say(CHANNEL, "ana", "root")
    slack.say(CHANNEL, "ana", "elsewhere")
    reply = slack.say(CHANNEL, "maria", "reply", thread_ts=root)

    assert stamps(slack.get("messages", channel=CHANNEL, thread=root)) == [root, reply]
    assert stamps(slack.get("messages", channel=CHANNEL, thread="1.0")) == []


def test_news_of_a_message_carries_the_revision(sandbox: Sandbox, slack: Slack) -> None:
    with listening(sandbox.url) as page:
        ts = slack.say(CHANNEL, "ana", "one")
        news = page.next("message")

    assert (news["channel"], news["ts"]) == (CHANNEL, ts)
    assert news["revision"] == slack.get("messages", channel=CHANNEL)["revision"]


def test_news_leave_at_once(sandbox: Sandbox, slack: Slack) -> None:
    """Held back at all, none would come so soon, however often it is tried."""
    with listening(sandbox.url) as page:

        def took_s() -> float:
            began_s = time.perf_counter()
            slack.say(CHANNEL, "ana", "one")
            page.next("message")
            return time.perf_counter() - began_s

        wait_until(lambda: took_s() < 0.05)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Acts on a board: what, on which of the posts so far, and by whom."""
    act = st.sampled_from(["post", "reply", "react", "edit", "delete"])
    number = st.integers(0, 9)
    return draw(st.lists(st.tuples(act, number, number), max_size=30))


@settings(max_examples=60)
@given(histories(), st.integers(1, 9))
def test_who_keeps_up_by_changes_sees_what_a_new_reader_sees(
    history: list[tuple[str, int, int]], read_every: int
) -> None:
    board = Board()
    known: dict[str, str] = {}
    revision = board.revision

    for step, (act, which, who) in enumerate(history, 1):
        perform(board, act, which, f"U{who}")
        if step % read_every == 0 or step == len(history):
            catch_up(board, known, revision)
            revision = board.revision

    there = [post for post in board.posts if not post.deleted]
    assert dict(sorted(known.items())) == {post.ts: post.listing() for post in there}
    for post in there:
        assert post.body.get("reply_count", 0) == len(board.replies(post.ts))


def catch_up(board: Board, known: dict[str, str], revision: int) -> None:
    for post in board.changed_since(revision):
        known.pop(post.ts, None)
        if not post.deleted:
            known[post.ts] = post.listing()


def perform(board: Board, act: str, which: int, user: str) -> None:
    there = [post for post in board.posts if not post.deleted]
    post = there[which % len(there)] if there else None
    if act == "post" or post is None:
        board.add(Post(body=said(board, user)))
    elif act == "reply":
        root = str(post.body.get("thread_ts", post.ts))
        board.add(Post(body=said(board, user) | {"thread_ts": root}))
    elif act == "delete":
        board.delete(post)
    else:
        if act == "react":
            react(post, "eyes", user)
        post.body = post.body | {"text": f"edited by {user}"}
        board.touch(post)


def said(board: Board, user: str) -> Json:
    return {"user": user, "text": "x", "ts": f"{len(board.posts) + 1:010d}.000000"}


def test_a_long_channel_is_read_at_once_and_its_changes_sooner() -> None:
    board = Board()
    for n in range(MANY):
        thread = {"thread_ts": board.posts[0].ts} if n % 2 else {}
        board.add(Post(body=said(board, f"U{n % 7}") | {"text": "words " * 40} | thread))
    revision = board.revision

    def change() -> None:
        board.touch(board.posts[MANY // 3])
        board.add(Post(body=said(board, "U1") | {"thread_ts": board.posts[0].ts}))
        assert len(board.changed_since(revision)) >= 3

    assert seconds(lambda: [post.listing() for post in board.posts]) < 0.5
    assert min(seconds(change) for _ in range(5)) < 0.002


def seconds(act: Callable[[], object]) -> float:
    """How long it takes this thread, whatever else the machine does."""
    began_s = time.thread_time()
    act()
    return time.thread_time() - began_s
