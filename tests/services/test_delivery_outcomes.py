"""What each answer of Slack means, over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from socket import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import MovableClock
from data import people
from services.delivery_outcomes import answer_outcome, back_off
from tests.desk import Desk, next_leave_at
from tests.services.odd_slack import Answer, OddSlack, error, odd_slack
from tests.stores import TEAM, open_store
from tests.wire import MONDAY_MORNING

MINUTE = timedelta(minutes=1)


@contextmanager
def desk_on(folder: Path, url: str) -> Iterator[Desk]:
    store = open_store(folder)
    desk = Desk(store, MovableClock(MONDAY_MORNING, running=False), url)
    try:
        yield desk
    finally:
        desk.courier.stop()
        desk.slack.close()
        store.close()


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        pytest.param(Answer(), "sent", None, id="ok"),
        pytest.param(error("msg_too_long"), "refused", "msg_too_long", id="a refusal"),
        pytest.param(error("is_archived"), "refused", "is_archived", id="an archived channel"),
        pytest.param(error("missing_scope"), "refused", "missing_scope", id="a missing scope"),
        pytest.param(error("invalid_auth"), "queued", "invalid_auth", id="a wrong token"),
        pytest.param(error("service_unavailable"), "queued", "service_unavailable", id="a pause"),
        pytest.param(error("ratelimited"), "queued", "ratelimited", id="limited, said with 200"),
        pytest.param(
            Answer(status=429, headers={"Retry-After": "7"}), "queued", "ratelimited", id="429"
        ),
        pytest.param(error("internal_error"), "uncertain", "internal_error", id="internal error"),
        pytest.param(error("fatal_error"), "uncertain", "fatal_error", id="fatal error"),
        pytest.param(Answer(status=500, body=""), "uncertain", "http_500", id="500"),
        pytest.param(
            Answer(status=503, body='{"ok": false, "error": "is_archived"}'),
            "uncertain",
            "http_503",
            id="503 whatever it says",
        ),
        pytest.param(
            Answer(body="<html>Please log in to the guest network</html>"),
            "uncertain",
            "http_200",
            id="somebody else's page",
        ),
        pytest.param(
            Answer(status=403, body="<html>Proxy</html>"), "uncertain", "http_403", id="a proxy"
        ),
        pytest.param(Answer(body='{"ok": true}'), "uncertain", "no_ts", id="ok without a ts"),
        pytest.param(Answer(body="[]"), "uncertain", None, id="no object"),
        pytest.param(Answer(hang_up=True), "uncertain", "RemoteDisconnected", id="hung up"),
    ],
)
def test_what_an_answer_to_a_post_means(
    tmp_path: Path, answer: Answer, state: str, reason: str | None
) -> None:
    with odd_slack(answer) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.put("post", place="C1")
        desk.step("C1")

        assert desk.state("post") == state
        if reason is not None:
            assert desk.row("post").reason == reason
        assert len(slack.calls) == 1


def test_a_refused_connection_was_surely_not_accepted_and_is_tried_again(tmp_path: Path) -> None:
    with socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with desk_on(tmp_path, f"http://127.0.0.1:{port}/") as desk:
        desk.put("first", place="C1")
        desk.put("second", place="C1")
        waits = []
        for _ in range(12):
            desk.work()
            next_at = next_leave_at(desk.courier, desk.clock.now())
            assert next_at is not None
            waits.append(int((next_at - desk.clock.now()).total_seconds()))
            desk.clock.move(next_at)

        assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        assert (desk.state("first"), desk.row("first").reason) == ("queued", "unreachable")
        assert desk.row("second").attempts == 0


def test_a_name_that_does_not_resolve_was_surely_not_accepted(tmp_path: Path) -> None:
    with desk_on(tmp_path, "http://no-such-host.invalid/") as desk:
        desk.put("post", place="C1")

        desk.step("C1")

        assert (desk.state("post"), desk.row("post").reason) == ("queued", "unreachable")


def test_retry_after_holds_the_method_in_the_whole_workspace(tmp_path: Path) -> None:
    limited = Answer(status=429, headers={"Retry-After": "30"})
    with odd_slack(limited, Answer()) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.put("here", place="C1")
        desk.put("there", place="C2")
        desk.put("pin", place="C2", kind="pin", payload={}, target_ts="1.1")
        started_at = desk.clock.now()

        desk.work()
        assert [path for path, _ in slack.calls] == ["/api/chat.postMessage", "/api/pins.add"]
        desk.new_courier()
        desk.work()
        assert len(slack.calls) == 2
        desk.work_until_done()

        assert desk.clock.now() == started_at + timedelta(seconds=30)
        assert [desk.state(key) for key in ("here", "there", "pin")] == ["sent"] * 3


def test_a_token_that_is_not_accepted_is_tried_every_five_minutes(tmp_path: Path) -> None:
    with odd_slack(error("token_revoked"), Answer()) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.put("here", place="C1")
        desk.put("there", place="C2")
        started_at = desk.clock.now()

        desk.work()
        assert len(slack.calls) == 1
        desk.work_until_done()

        assert desk.clock.now() == started_at + 5 * MINUTE
        assert [desk.state(key) for key in ("here", "there")] == ["sent"] * 2


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        pytest.param(Answer(body="ok"), "sent", id="ok"),
        pytest.param(Answer(status=404, body="used_url"), "refused", id="used up"),
        pytest.param(Answer(status=500, body=""), "unproven", id="perhaps said: never twice"),
        pytest.param(Answer(hang_up=True), "unproven", id="hung up: never twice"),
        pytest.param(Answer(status=429, headers={"Retry-After": "1"}), "queued", id="limited"),
    ],
)
def test_an_answer_over_a_response_url_is_given_at_most_once(
    tmp_path: Path, answer: Answer, state: str
) -> None:
    with odd_slack(answer) as slack, desk_on(tmp_path, slack.url) as desk:
        place = f"{slack.url}response/1"
        desk.put("answer", kind="respond", place=place, payload={"text": "done"})
        desk.step(place)

        assert desk.state("answer") == state
        assert slack.calls == [("/response/1", '{"text": "done"}')]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("ephemeral", {"payload": {"text": "psst", "user": "U1"}}, id="ephemeral"),
    ],
)
def test_what_can_neither_be_repeated_nor_looked_up_is_unproven(
    tmp_path: Path, kind: str, more: dict[str, object]
) -> None:
    with odd_slack(Answer(status=500)) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.put("once", kind=kind, place="C1", **more)
        desk.work_until_done()

        assert desk.state("once") == "unproven"
        assert len(slack.calls) == 1


@pytest.mark.parametrize("kind", ["update", "pin", "unpin", "home"])
def test_what_may_be_repeated_is_repeated_after_a_while(tmp_path: Path, kind: str) -> None:
    with (
        odd_slack(Answer(status=500), Answer()) as slack,
        desk_on(tmp_path, slack.url) as desk,
    ):
        payload = {"view": {"type": "home", "blocks": []}}
        place = "person:p1" if kind == "home" else "C1"
        desk.put("again", kind=kind, place=place, payload=payload, target_ts="1.1")
        started_at = desk.clock.now()
        desk.work_until_done()

        assert desk.state("again") == "sent"
        assert len(slack.calls) == 2
        assert desk.clock.now() == started_at + timedelta(seconds=15)


def test_a_direct_message_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    refused: list[str | None] = []
    slack: OddSlack
    with odd_slack(error("cannot_dm_bot")) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.new_courier(on_refused=lambda _db, row, _now: refused.append(row.reason))
        desk.put("hello", place="person:p1", asker="p2")
        desk.work_until_done()

        assert desk.row("hello").reason == "cannot_dm_bot"
        assert len(refused) == 1


def test_opening_a_direct_message_is_tried_again_whatever_went_wrong(tmp_path: Path) -> None:
    opened = Answer(body='{"ok": true, "channel": {"id": "D1"}}')
    answers = [Answer(status=500), opened, Answer()]
    with odd_slack(*answers) as slack, desk_on(tmp_path, slack.url) as desk:
        with desk.store.writing(None) as db:
            person_id = people.ensure(db, TEAM, "U1")
        desk.put("hello", place=f"person:{person_id}")
        desk.work_until_done()

        assert desk.state("hello") == "sent"
        paths = [path.removeprefix("/api/") for path, _ in slack.calls]
        assert paths == ["conversations.open", "conversations.open", "chat.postMessage"]


@given(st.integers(0, 10_000))
def test_the_wait_grows_to_five_minutes_and_no_further(attempts: int) -> None:
    assert timedelta(seconds=1) <= back_off(attempts) <= 5 * MINUTE
    assert back_off(attempts) <= back_off(attempts + 1)


@pytest.mark.parametrize("named", ["9" * 30, "86400", "\u00b2", "soon", "-1", "1.5", ""])
def test_no_wait_that_a_server_names_lasts_longer_than_an_hour(named: str) -> None:
    outcome = answer_outcome("post", 429, {"Retry-After": named}, {})

    assert outcome.retry_after is not None
    assert 30 <= outcome.retry_after.total_seconds() <= 3600
