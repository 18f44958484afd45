"""Every fault on the way to Slack: what Slack has is compared with what was asked for."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from data import outbox_claims
from services.delivery import Courier
from tests.desk import CHANNEL, Desk, desk_on_sandbox, next_leave_at, ready_places
from tests.stores import TEAM
from tests.wire import manifest_with

POSTED = "chat.postMessage"
LOOK = timedelta(seconds=15)
FAULTS = ["lost_response", "timeout", "http_500", "http_500_done", "error:internal_error"]
# Everything that delivery uses but the scopes that let it read a channel.
WITHOUT_HISTORY = ["chat:write", "im:write", "pins:write", "users:read"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_on_sandbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def blind_desk(tmp_path: Path) -> Iterator[Desk]:
    """A bot that may not read what it has posted."""
    with desk_on_sandbox(tmp_path, manifest=manifest_with(scopes=WITHOUT_HISTORY)) as opened:
        yield opened


@pytest.mark.parametrize("fault", FAULTS)
def test_a_post_with_an_uncertain_end_stands_there_once(desk: Desk, fault: str) -> None:
    desk.put("before")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("asked")
    desk.put("after")
    attempted_at = desk.clock.now()
    desk.fault(POSTED, fault)

    desk.work()
    assert desk.state("asked") == "uncertain"
    assert desk.row("asked").leaves_at == attempted_at + LOOK
    desk.work_until_done()

    assert Counter(desk.texts()) == {"before": 1, "asked": 1, "after": 1}
    assert [desk.state(key) for key in ("asked", "after")] == ["sent", "sent"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reply_with_an_uncertain_end_stands_there_once(desk: Desk, fault: str) -> None:
    desk.put("root")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("reply", thread_of="root")
    desk.fault(POSTED, fault)

    desk.work_until_done()

    assert Counter(desk.texts()) == {"root": 1, "reply": 1}
    assert desk.messages()[1]["thread_ts"] == desk.row("root").ts
    assert desk.state("reply") == "sent"


@pytest.mark.parametrize("fault", ["lost_response", "http_500_done"])
def test_the_first_post_of_all_is_found_where_it_stands(desk: Desk, fault: str) -> None:
    desk.put("first")
    desk.fault(POSTED, fault)

    desk.work_until_done()

    assert desk.texts() == ["first"]
    assert desk.state("first") == "sent"
    assert outbox_claims.is_provable(desk.store.reading(), TEAM, CHANNEL)


def test_where_no_id_was_ever_read_back_finding_nothing_proves_nothing(desk: Desk) -> None:
    desk.put("first")
    desk.put("reply", thread_of="first")
    desk.slack.fault(POSTED, "http_500")

    desk.work_until_done()

    assert desk.texts() == []
    assert (desk.state("first"), desk.state("reply")) == ("unproven", "dropped")
    assert desk.journal_verbs() == ["message_unproven", "message_dropped"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_channel_that_cannot_be_read_never_gets_anything_twice(
    blind_desk: Desk, fault: str
) -> None:
    desk = blind_desk
    desk.put("before")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("asked")
    desk.put("after")
    desk.fault(POSTED, fault)

    desk.work_until_done()

    found = Counter(desk.texts())
    assert found["asked"] <= 1
    assert (found["before"], found["after"]) == (1, 1)
    assert (desk.state("asked"), desk.row("asked").reason) == ("unproven", "missing_scope")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_change_with_an_uncertain_end_is_made_again(desk: Desk, fault: str) -> None:
    desk.put("live")
    desk.work_until_done()
    desk.redraw("live", "newer")
    desk.fault("chat.update", fault)

    desk.work()
    desk.redraw("live", "newest")
    desk.work_until_done()

    assert desk.texts() == ["newest"]
    assert desk.slack.calls("chat.update")[-1]["args"]["text"] == "newest"


def test_a_look_that_fails_is_made_again(desk: Desk) -> None:
    desk.put("before")
    desk.work_until_done()
    desk.put("asked")
    desk.slack.fault(POSTED, "http_500_done")
    desk.slack.fault("conversations.history", "http_500", times=2)
    desk.slack.fault("conversations.history", "ratelimited", retry_after=20)

    desk.work_until_done()

    assert Counter(desk.texts()) == {"before": 1, "asked": 1}
    assert desk.state("asked") == "sent"


@pytest.mark.parametrize("down", [[POSTED], [POSTED, "conversations.history"]])
def test_while_slack_is_down_it_is_asked_ever_more_rarely(desk: Desk, down: list[str]) -> None:
    desk.put("before")
    desk.work_until_done()
    desk.put("asked")
    before = len(desk.slack.calls())
    for method in down:
        desk.slack.fault(method, "http_500", times=1000)

    desk.work_until_done(within=timedelta(hours=8))
    asked = len(desk.slack.calls()) - before
    desk.slack.do("fault", clear=True)
    desk.work_until_done(within=timedelta(minutes=10))

    assert 90 < asked < 250
    assert Counter(desk.texts()) == {"before": 1, "asked": 1}
    assert desk.state("asked") == "sent"


def test_a_post_is_found_among_many_others(desk: Desk) -> None:
    lose_among_chatter(desk, 450)

    desk.work_until_done()

    assert Counter(desk.texts())["asked"] == 1
    assert desk.state("asked") == "sent"
    assert len(desk.slack.calls("conversations.history")) > 2


def test_one_search_finds_all_whose_end_is_not_known(desk: Desk) -> None:
    desk.put("before")
    desk.work_until_done()
    asked = [f"number {number}" for number in range(8)]
    for text in asked:
        desk.wait(seconds=1)
        desk.put(text)
        desk.slack.fault(POSTED, "lost_response")
        desk.work()
    assert {desk.state(text) for text in asked} == {"uncertain"}

    desk.work_until_done()

    assert Counter(desk.texts()) == Counter(["before", *asked])
    assert {desk.state(text) for text in asked} == {"sent"}
    assert len(desk.slack.calls("conversations.history")) == 1


def test_a_search_goes_on_where_a_limit_stopped_it(desk: Desk) -> None:
    lose_among_chatter(desk, 450)
    desk.slack.fault("conversations.history", "ratelimited", retry_after=60)
    desk.wait(seconds=15)
    desk.work()
    first = len(desk.slack.calls("conversations.history"))

    desk.work_until_done()

    cursors = [call["args"].get("cursor") for call in desk.slack.calls("conversations.history")]
    assert first == 1
    assert desk.state("asked") == "sent"
    assert Counter(desk.texts())["asked"] == 1
    assert len(cursors) == len(set(cursors)) + 1  # only the refused page was asked for twice


def test_a_page_that_slack_does_not_know_any_more_is_no_proof_of_anything(desk: Desk) -> None:
    """The second page is refused: the search begins anew."""
    lose_among_chatter(desk, 450)
    desk.wait(seconds=15)
    desk.slack.fault("conversations.history", "http_500")
    desk.work()
    desk.slack.fault("conversations.history", "error:invalid_cursor", times=1)
    desk.courier._looks._cursors[desk.row("asked").id] = "bmV4dA=="  # noqa: SLF001

    desk.work_until_done()

    assert desk.state("asked") == "sent"
    assert Counter(desk.texts())["asked"] == 1


def lose_among_chatter(desk: Desk, lines: int) -> None:
    """A post whose answer is lost, and much talk after it."""
    desk.put("before")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("asked")
    desk.slack.fault(POSTED, "lost_response")
    desk.work()
    for number in range(lines):
        desk.slack.say(CHANNEL, "ana", f"chatter {number}")


def test_a_limit_is_waited_for_and_nothing_is_lost(desk: Desk) -> None:
    for number in range(3):
        desk.put(f"number {number}")
    desk.slack.fault(POSTED, "ratelimited", retry_after=7)
    started_at = desk.clock.now()

    desk.work()
    assert next_leave_at(desk.courier, started_at) == started_at + timedelta(seconds=7)
    desk.work_until_done()

    assert desk.texts() == ["number 0", "number 1", "number 2"]
    assert [call["status"] for call in desk.slack.calls(POSTED)] == [429, 200, 200, 200]


def test_every_fault_in_a_row_loses_and_doubles_nothing(desk: Desk) -> None:
    desk.put("first")
    desk.work_until_done()
    asked = [f"number {number}" for number in range(12)]
    for text in asked:
        desk.put(text)
    for fault in ["lost_response", "http_500", "http_500_done", "ratelimited"] * 3:
        desk.fault(POSTED, fault)
        desk.slack.fault("conversations.history", fault)

    desk.work_until_done()

    assert Counter(desk.texts()) == Counter(["first", *asked])
    assert {desk.state(text) for text in asked} == {"sent"}


@pytest.mark.parametrize("was_posted", [False, True])
def test_a_run_that_died_while_sending_is_looked_after_by_the_next(
    desk: Desk, was_posted: bool
) -> None:
    desk.put("before")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("asked")
    row = desk.row("asked")
    dead = desk.courier.instance
    with desk.store.writing(None) as db:
        until = desk.clock.now() + timedelta(minutes=1)
        outbox_claims.claim(db, row, dead, until, desk.clock.now())
    if was_posted:
        metadata = {"event_type": "touchbase", "event_payload": {"id": row.id}}
        client = desk.deps.clients.for_team(TEAM)
        client.chat_postMessage(channel=CHANNEL, text="asked", metadata=metadata)
    desk.courier.stop()

    desk.new_courier()
    assert desk.state("asked") == "uncertain"
    desk.work_until_done()

    assert Counter(desk.texts()) == {"before": 1, "asked": 1}
    assert desk.state("asked") == "sent"


def test_a_claim_of_another_machine_is_respected_until_it_runs_out(desk: Desk) -> None:
    desk.put("before")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("asked")
    until = desk.clock.now() + timedelta(minutes=1)
    with desk.store.writing(None) as db:
        row = desk.row("asked")
        outbox_claims.claim(db, row, "elsewhere:1:a", until, desk.clock.now())

    desk.new_courier()
    desk.work()
    assert desk.state("asked") == "sending"
    assert next_leave_at(desk.courier, desk.clock.now()) == until
    desk.work_until_done()

    assert Counter(desk.texts()) == {"before": 1, "asked": 1}


def test_a_late_answer_counts_whatever_was_thought_meanwhile(desk: Desk) -> None:
    desk.put("asked")
    row = desk.row("asked")
    with desk.store.writing(None) as db:
        claimed = outbox_claims.claim(db, row, "x", desk.clock.now(), desk.clock.now())
        assert claimed is not None
        outbox_claims.reopen(
            db, claimed, "uncertain", desk.clock.now() + LOOK, "x", desk.clock.now()
        )
        outbox_claims.settle_sent(db, claimed, CHANNEL, "1.1", desk.clock.now())

    desk.work_until_done()

    assert desk.state("asked") == "sent"
    assert desk.texts() == []


def test_two_runs_on_one_database_send_everything_once(desk: Desk) -> None:
    asked = [f"number {number}" for number in range(30)]
    for number, text in enumerate(asked):
        place = CHANNEL if number % 2 else f"person:{desk.person('maria')}"
        desk.put(text, place=place)
    couriers = [desk.courier, desk.new_courier()]

    while desk.courier.agenda():
        threads = [
            Thread(target=deliver_all, args=(courier, desk), daemon=True) for courier in couriers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        desk.wait(seconds=1)

    found = Counter(desk.texts())
    found.update(post["text"] for post in desk.slack.direct_messages("maria"))
    assert found == Counter(asked)
    assert [call["status"] for call in desk.slack.calls(POSTED)] == [200] * 30


def deliver_all(courier: Courier, desk: Desk) -> None:
    for destination in ready_places(courier, desk.clock.now()):
        courier.deliver_next(destination, desk.clock.now())
