from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import Database, outbox, people
from data.outbox import Row
from tests.desk import CHANNEL, Desk, desk_on_sandbox, next_leave_at, ready_places
from tests.stores import TEAM, message

SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_on_sandbox(tmp_path) as opened:
        yield opened


def stamp(desk: Desk, key: str) -> str:
    ts = desk.row(key).ts
    assert ts is not None
    return ts


def test_a_post_is_sent_once_and_slacks_ts_is_kept(desk: Desk) -> None:
    desk.put("hello")

    desk.work_until_done()

    (post,) = desk.messages()
    assert post["text"] == "hello"
    assert (desk.state("hello"), desk.row("hello").channel) == ("sent", CHANNEL)
    assert post["ts"] == desk.row("hello").ts


def test_only_the_random_id_rides_along(desk: Desk) -> None:
    desk.put("checkin-reminder/secret")

    desk.work_until_done()

    (call,) = desk.slack.calls("chat.postMessage")
    metadata = {"event_type": "touchbase", "event_payload": {"id": desk.row(call_key(call)).id}}
    assert call["args"]["metadata"] == metadata


def call_key(call: dict[str, dict[str, str]]) -> str:
    return call["args"]["text"]


def test_posts_of_a_channel_leave_a_second_apart_in_their_order(desk: Desk) -> None:
    texts = [f"number {number}" for number in range(4)]
    for text in texts:
        desk.put(text)
    started_at = desk.clock.now()

    desk.work()
    assert desk.texts() == texts[:1]
    assert next_leave_at(desk.courier, desk.clock.now()) == started_at + SECOND
    desk.work_until_done()

    assert desk.texts() == texts
    assert desk.clock.now() == started_at + 3 * SECOND


def test_other_channels_do_not_wait(desk: Desk) -> None:
    desk.put("here")
    desk.put("to Maria", place=f"person:{desk.person('maria')}")

    desk.work()

    assert desk.texts() == ["here"]
    assert [post["text"] for post in desk.slack.direct_messages("maria")] == ["to Maria"]


def test_answers_to_people_leave_first(desk: Desk) -> None:
    desk.put("planned")
    desk.put("answer", urgent=True)

    desk.work_until_done()

    assert desk.texts() == ["answer", "planned"]


def test_a_reply_a_change_and_a_pin_reach_their_post(desk: Desk) -> None:
    desk.put("root")
    desk.put("reply", thread_of="root")
    desk.put("pin", kind="pin", payload={}, target="root")
    desk.work()
    desk.redraw("root", "root, drawn again")

    desk.work_until_done()

    root, reply = desk.messages()
    assert (root["text"], root["pinned"]) == ("root, drawn again", True)
    assert reply["thread_ts"] == root["ts"]


def test_a_change_keeps_the_id_by_which_the_post_is_known(desk: Desk) -> None:
    desk.put("root")
    desk.work()
    desk.redraw("root", "drawn again")
    desk.work_until_done()

    (post,) = desk.messages()

    assert post["metadata"]["event_payload"]["id"] == desk.row("root").id


def test_a_pin_can_be_taken_off(desk: Desk) -> None:
    desk.put("root")
    desk.put("pin", kind="pin", payload={}, target="root")
    desk.work_until_done()
    desk.put("unpin", kind="unpin", payload={}, target="root")
    desk.work_until_done()

    assert not desk.messages()[0]["pinned"]


def test_a_message_of_somebody_else_can_be_answered_and_pinned(desk: Desk) -> None:
    ts = desk.slack.say(CHANNEL, "ana", "Where is the forecast?")
    desk.put("answer", target_ts=ts)
    desk.put("pin", kind="pin", payload={}, target_ts=ts)

    desk.work_until_done()

    question, answer = desk.messages()
    assert answer["thread_ts"] == ts
    assert question["pinned"]


def test_direct_messages_are_opened_once(desk: Desk) -> None:
    maria = desk.person("maria")
    desk.put("one", place=f"person:{maria}")
    desk.put("two", place=f"person:{maria}")

    desk.work_until_done()

    assert [post["text"] for post in desk.slack.direct_messages("maria")] == ["one", "two"]
    assert len(desk.slack.calls("conversations.open")) == 1
    assert people.dm_channel(desk.store.reading(), TEAM, maria) == desk.row("one").channel


def test_a_home_tab_is_published_for_its_person(desk: Desk) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    place = f"person:{desk.person('maria')}"

    desk.put("home", kind="home", place=place, payload={"view": view}, audience="person")
    desk.work_until_done()

    assert desk.slack.views("maria")["home"]["blocks"][0]["type"] == "divider"
    assert desk.slack.calls("conversations.open") == []


def test_only_its_person_sees_an_ephemeral_message(desk: Desk) -> None:
    ana = desk.slack.user_id("ana")

    desk.put("psst", kind="ephemeral", payload={"text": "psst", "user": ana}, audience="person")
    desk.work_until_done()

    assert [post.get("ephemeral_to") for post in desk.messages()] == [ana]


def test_what_may_not_leave_any_more_is_dropped_and_written_down(desk: Desk) -> None:
    def not_agreed(_db: Database, row: Row, _now: datetime) -> str | None:
        return "not_agreed" if row.key == "too early" else None

    desk.new_courier(may_leave=not_agreed)
    desk.put("too early")
    desk.put("reply to it", thread_of="too early")
    desk.put("fine")

    desk.work_until_done()

    assert desk.texts() == ["fine"]
    assert (desk.state("too early"), desk.row("too early").reason) == ("dropped", "not_agreed")
    assert desk.state("reply to it") == "dropped"
    assert desk.journal_verbs() == ["message_dropped", "message_dropped"]


def test_what_could_not_leave_while_it_was_worth_saying_is_dropped(desk: Desk) -> None:
    now = desk.clock.now()
    desk.slack.fault("chat.postMessage", "ratelimited", retry_after=3600, times=72)
    desk.put("starts soon", worth_until=now + timedelta(minutes=30))
    desk.put("reply to it", thread_of="starts soon")
    desk.put("summary", worth_until=now + timedelta(days=2))
    desk.put("whenever")

    desk.work_until_done(within=timedelta(days=4))

    assert desk.texts() == ["whenever"]
    assert {desk.state(key) for key in ("starts soon", "reply to it", "summary")} == {"dropped"}
    assert desk.row("starts soon").reason == "too_late"
    assert desk.journal_verbs() == 3 * ["message_dropped"]


def test_what_grew_late_while_its_place_was_opened_is_not_sent(desk: Desk) -> None:
    place = f"person:{desk.person('ana')}"
    late_from = desk.clock.now() + timedelta(seconds=30)
    desk.put("good morning", place=place, worth_until=late_from)
    desk.deps = replace(desk.deps, now=lambda: late_from)
    desk.new_courier()

    desk.step(place)

    assert (desk.state("good morning"), desk.row("good morning").reason) == ("dropped", "too_late")
    assert desk.slack.calls("chat.postMessage") == []


def test_a_check_that_fails_lets_nothing_through(desk: Desk) -> None:
    def broken(_db: Database, row: Row, _now: datetime) -> str | None:
        raise LookupError(row.id)

    desk.new_courier(may_leave=broken)
    desk.put("secret")

    desk.work_until_done()

    assert desk.texts() == []
    assert desk.row("secret").reason == "check_failed"


def test_many_that_may_not_leave_do_not_hold_up_the_one_that_may(desk: Desk) -> None:
    def only_last(_db: Database, row: Row, _now: datetime) -> str | None:
        return None if row.key == "last" else "paused"

    desk.new_courier(may_leave=only_last)
    for number in range(50):
        desk.put(f"paused {number}")
    desk.put("last")

    desk.work_until_done()

    assert desk.texts() == ["last"]


def test_who_asked_hears_that_slack_will_not_take_it(desk: Desk) -> None:
    refused: list[tuple[str, str | None]] = []

    def tell(db: Database, row: Row, now: datetime) -> None:
        refused.append((row.key, row.asker))
        outbox.put(db, TEAM, None, f"refusal/{row.id}", message(place=CHANNEL), now=now)

    desk.new_courier(on_refused=tell)
    desk.put("nowhere", place="C0NOWHERE", asker="p1")
    desk.put("reply", place="C0NOWHERE", thread_of="nowhere")

    desk.work_until_done()

    assert refused == [("nowhere", "p1")]
    assert (desk.state("nowhere"), desk.row("nowhere").reason) == ("refused", "channel_not_found")
    assert desk.state("reply") == "dropped"
    assert desk.texts() == ["hello"]


def test_a_payload_that_lacks_what_it_needs_is_refused_without_a_call(desk: Desk) -> None:
    desk.put("pin", kind="pin", payload={})

    desk.work_until_done()

    assert desk.row("pin").reason == "malformed"
    assert desk.slack.calls() == []


def test_changing_a_message_that_somebody_removed_is_no_fault(desk: Desk) -> None:
    desk.put("root")
    desk.work_until_done()
    bot = desk.messages()[0]["user"]
    desk.slack.do("delete", channel=CHANNEL, ts=stamp(desk, "root"), user=bot)
    desk.redraw("root", "too late")

    desk.work_until_done()

    states = [row.state for row in outbox.undelivered(desk.store.reading(), TEAM)]
    assert states == []
    assert desk.journal_verbs() == ["message_dropped"]


def test_what_is_already_so_counts_as_done(desk: Desk) -> None:
    desk.put("root")
    for name in ("first", "second"):
        desk.put(f"{name} pin", kind="pin", payload={}, target="root")

    desk.work_until_done()

    assert desk.state("second pin") == "sent"


def test_the_pace_holds_after_a_restart_and_between_two_runs(desk: Desk) -> None:
    first = desk.courier
    for text in ("one", "two", "three"):
        desk.put(text)
    desk.work()

    second = desk.new_courier()
    desk.work()
    assert desk.texts() == ["one"]
    desk.clock.move(desk.clock.now() + SECOND)
    for courier in (first, second):
        for destination in ready_places(courier, desk.clock.now()):
            courier.deliver_next(destination, desk.clock.now())

    assert desk.texts() == ["one", "two"]


def test_changes_keep_to_their_tier(desk: Desk) -> None:
    """Slack: 20 pins a minute and workspace."""
    for number in range(25):
        desk.put(f"pin {number}", kind="pin", payload={}, target_ts=f"{number}.1")
    started_at = desk.clock.now()

    desk.work()
    assert len(desk.slack.calls("pins.add")) == 20
    desk.work_until_done()

    assert desk.clock.now() == started_at + timedelta(minutes=1)
    assert [call["status"] for call in desk.slack.calls()] == [200] * 25


def test_a_row_whose_time_has_not_come_is_a_due_moment(desk: Desk) -> None:
    tomorrow = desk.clock.now() + timedelta(days=1)
    desk.put("tomorrow", leaves_at=tomorrow)

    desk.work()

    assert desk.texts() == []
    assert next_leave_at(desk.courier, desk.clock.now()) == tomorrow
