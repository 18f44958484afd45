from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from data import outbox, outbox_claims
from data.outbox import Row
from data.store import Store
from domain.outgoing import Destination, Message, State
from tests.stores import CHANNEL, MONDAY_NOON, TEAM, message

HERE = Destination(TEAM, CHANNEL)
LATER = MONDAY_NOON + timedelta(hours=1)


def put(store: Store, key: str, said: Message) -> bool:
    with store.writing(None) as db:
        return outbox.put(db, TEAM, None, key, said, now=MONDAY_NOON)


def redraw(store: Store, key: str, payload: Mapping[str, Any]) -> None:
    with store.writing(None) as db:
        outbox.redraw(db, TEAM, None, key, payload, now=MONDAY_NOON)


def row(store: Store, key: str) -> Row:
    found = outbox.by_key(store.reading(), TEAM, key)
    assert found is not None
    return found


def rows(store: Store, kind: str) -> list[Row]:
    sql = "SELECT * FROM outbox WHERE kind = :kind ORDER BY position"
    return [outbox.row_of(found) for found in store.reading().query(sql, {"kind": kind})]


def claim(store: Store, key: str) -> Row | None:
    with store.writing(None) as db:
        until = MONDAY_NOON + timedelta(minutes=1)
        return outbox_claims.claim(db, row(store, key), "here:1:a", until, MONDAY_NOON)


def sent(store: Store, key: str, ts: str) -> None:
    assert claim(store, key) is not None
    with store.writing(None) as db:
        outbox_claims.settle_sent(db, row(store, key), CHANNEL, ts, MONDAY_NOON)


def bring_to(store: Store, key: str, state: State) -> None:
    """Bring a queued row to a state by the way it would come there."""
    if state == "queued":
        return
    if state == "sent":
        sent(store, key, "1.000001")
        return
    assert claim(store, key) is not None
    if state == "sending":
        return
    with store.writing(None) as db:
        if state == "uncertain":
            outbox_claims.reopen(db, row(store, key), state, LATER, "timeout", MONDAY_NOON)
        else:
            outbox.close(db, row(store, key), state, "for a test", now=MONDAY_NOON)


def ready(store: Store) -> list[str]:
    """The keys that may be claimed now, one of each kind."""
    db = store.reading()
    heads = [outbox_claims.head(db, found, MONDAY_NOON) for found in outbox_claims.waiting(db)]
    return sorted(head.key for head in heads if head is not None)


def test_the_same_fact_is_put_once(store: Store) -> None:
    assert put(store, "a", message())
    assert not put(store, "a", message(payload={"text": "other words"}))

    assert row(store, "a").payload == {"text": "hello"}
    assert len(rows(store, "post")) == 1


def test_installations_do_not_share_keys(store: Store) -> None:
    put(store, "a", message())
    with store.writing(None) as db:
        assert outbox.put(db, "T2", None, "a", message(), now=MONDAY_NOON)


def test_a_row_comes_back_as_it_was_put(store: Store) -> None:
    said = message(
        payload={"text": "Grüße \u202e<!channel>", "blocks": [{"type": "divider"}]},
        audience="leads",
        needs="agreed",
        target_ts="1.5",
        asker="p1",
        leaves_at=LATER,
        urgent=True,
    )
    put(store, "a", said)

    found = row(store, "a")

    assert (found.payload, found.audience, found.needs) == (said.payload, "leads", "agreed")
    assert (found.target_ts, found.asker, found.leaves_at) == ("1.5", "p1", LATER)
    assert (found.urgent, found.state, found.attempts) == (True, "queued", 0)


def test_answers_to_people_go_first_and_else_the_order_of_arrival_holds(store: Store) -> None:
    for key in ("first", "second"):
        put(store, key, message())
    put(store, "answer", message(urgent=True))

    order = []
    for _ in range(3):
        order += ready(store)
        sent(store, order[-1], f"1.{len(order)}")

    assert order == ["answer", "first", "second"]


def test_nothing_leaves_before_its_moment(store: Store) -> None:
    put(store, "a", message(leaves_at=LATER))

    db = store.reading()
    (waits,) = outbox_claims.waiting(db)

    assert waits.at == LATER
    assert outbox_claims.head(db, waits, LATER - timedelta(microseconds=1)) is None
    assert outbox_claims.head(db, waits, LATER) is not None


@pytest.mark.parametrize("link", ["thread_of", "target"])
def test_what_hangs_on_a_post_waits_until_it_is_sent(store: Store, link: str) -> None:
    put(store, "post", message())
    kind = "post" if link == "thread_of" else "update"
    put(store, "next", message(kind=kind, **{link: "post"}))

    assert ready(store) == ["post"]
    assert claim(store, "next") is None
    bring_to(store, "post", "uncertain")
    assert ready(store) == []
    with store.writing(None) as db:
        outbox_claims.settle_sent(db, row(store, "post"), CHANNEL, "1.1", MONDAY_NOON)

    assert ready(store) == ["next"]


@pytest.mark.parametrize("state", ["refused", "dropped", "unproven"])
def test_what_hangs_on_a_post_that_will_never_be_sent_is_dropped(
    store: Store, state: State
) -> None:
    put(store, "post", message())
    put(store, "reply", message(thread_of="post"))
    put(store, "pin of the reply", message(kind="pin", target="reply"))
    bring_to(store, "post", state)
    put(store, "late", message(thread_of="post"))

    assert row(store, "reply").state == "dropped"
    assert row(store, "reply").reason == f"target_{state}"
    assert row(store, "pin of the reply").reason == "target_dropped"
    assert row(store, "late").reason == f"target_{state}"
    assert outbox_claims.waiting(store.reading()) == []


def test_a_reply_to_something_that_was_never_put_is_dropped(store: Store) -> None:
    assert put(store, "reply", message(thread_of="nowhere"))

    assert row(store, "reply").reason == "target_unknown"


@pytest.mark.parametrize(
    ("state", "drawn", "updates"),
    [
        pytest.param("queued", "new", [], id="queued: it leaves in its newest state"),
        pytest.param("sending", "old", ["new"], id="sending: an update follows"),
        pytest.param("uncertain", "old", ["new"], id="uncertain: Slack may have the old one"),
        pytest.param("sent", "old", ["new"], id="sent: an update follows"),
        pytest.param("refused", "old", [], id="refused: there is nothing to change"),
        pytest.param("unproven", "old", [], id="unproven: nobody knows where it stands"),
        pytest.param("dropped", "old", [], id="dropped: it is no longer said"),
    ],
)
def test_a_live_message_is_drawn_again(
    store: Store, state: State, drawn: str, updates: list[str]
) -> None:
    put(store, "live", message(payload={"text": "old"}))
    bring_to(store, "live", state)

    redraw(store, "live", {"text": "new"})

    assert row(store, "live").payload == {"text": drawn}
    assert [found.payload["text"] for found in rows(store, "update")] == updates


def test_of_several_drawings_only_the_newest_leaves(store: Store) -> None:
    put(store, "live", message(payload={"text": "0"}))
    bring_to(store, "live", "sent")

    for text in ("1", "2", "3"):
        redraw(store, "live", {"text": text})

    assert [found.payload["text"] for found in rows(store, "update")] == ["3"]


def test_a_drawing_that_is_under_way_is_followed_by_the_next_one(store: Store) -> None:
    put(store, "live", message(payload={"text": "0"}))
    bring_to(store, "live", "sent")
    redraw(store, "live", {"text": "1"})
    first = rows(store, "update")[0].key
    bring_to(store, first, "sending")

    redraw(store, "live", {"text": "2"})
    second = rows(store, "update")[1].key

    assert claim(store, second) is None
    with store.writing(None) as db:
        outbox_claims.settle_sent(db, row(store, first), CHANNEL, "1.1", MONDAY_NOON)
    assert claim(store, second) is not None


def test_a_drawing_that_has_to_be_repeated_is_repeated_in_its_newest_state(store: Store) -> None:
    put(store, "live", message(payload={"text": "0"}))
    bring_to(store, "live", "sent")
    redraw(store, "live", {"text": "1"})
    bring_to(store, rows(store, "update")[0].key, "uncertain")

    redraw(store, "live", {"text": "2"})

    assert [found.payload["text"] for found in rows(store, "update")] == ["2"]


def test_drawing_what_already_stands_there_says_nothing(store: Store) -> None:
    put(store, "live", message(payload={"text": "same", "blocks": []}))
    bring_to(store, "live", "sent")

    redraw(store, "live", {"blocks": [], "text": "same"})

    assert rows(store, "update") == []


def test_drawing_what_was_never_put_says_nothing(store: Store) -> None:
    redraw(store, "nowhere", {"text": "new"})

    assert rows(store, "update") == []


def test_a_home_tab_that_waits_is_replaced_by_the_newest(store: Store) -> None:
    home = {"kind": "home", "place": "person:p1", "audience": "person"}
    put(store, "home/1", message(**home, payload={"view": {"n": 1}}))
    put(store, "home/2", message(**home, payload={"view": {"n": 2}}))
    assert [found.payload for found in rows(store, "home")] == [{"view": {"n": 2}}]

    bring_to(store, "home/1", "sending")
    put(store, "home/3", message(**home, payload={"view": {"n": 3}}))

    assert [found.payload["view"]["n"] for found in rows(store, "home")] == [2, 3]
    assert claim(store, "home/3") is None


def test_only_one_of_two_claims_succeeds(store: Store) -> None:
    put(store, "a", message())
    seen = row(store, "a")

    with store.writing(None) as db:
        first = outbox_claims.claim(db, seen, "here:1:a", LATER, MONDAY_NOON)
        second = outbox_claims.claim(db, seen, "here:2:b", LATER, MONDAY_NOON)

    assert first is not None
    assert (first.state, first.attempts, first.claimed_by) == ("sending", 1, "here:1:a")
    assert second is None


def test_only_one_of_two_looks_begins(store: Store) -> None:
    put(store, "a", message())
    bring_to(store, "a", "uncertain")
    seen = row(store, "a")

    with store.writing(None) as db:
        assert outbox_claims.lease(db, seen, LATER + timedelta(minutes=1))
        assert not outbox_claims.lease(db, seen, LATER + timedelta(minutes=2))


def test_what_was_learned_about_an_earlier_attempt_changes_nothing(store: Store) -> None:
    put(store, "a", message())
    bring_to(store, "a", "uncertain")
    seen = row(store, "a")
    with store.writing(None) as db:
        outbox_claims.reopen(db, seen, "queued", MONDAY_NOON, None, MONDAY_NOON)
    bring_to(store, "a", "uncertain")

    with store.writing(None) as db:
        assert not outbox_claims.is_still(db, seen)
        outbox_claims.reopen(db, seen, "queued", MONDAY_NOON, None, MONDAY_NOON)

    assert row(store, "a").state == "uncertain"


def test_what_has_not_left_can_be_taken_back(store: Store) -> None:
    put(store, "queued", message())
    put(store, "sent", message())
    bring_to(store, "sent", "sent")

    with store.writing(None) as db:
        assert outbox.drop(db, TEAM, "queued", "check_in_over", now=MONDAY_NOON)
        assert not outbox.drop(db, TEAM, "sent", "check_in_over", now=MONDAY_NOON)
        assert not outbox.drop(db, TEAM, "nowhere", "check_in_over", now=MONDAY_NOON)

    assert row(store, "queued").reason == "check_in_over"
    assert row(store, "sent").state == "sent"


def test_a_new_channel_id_moves_what_waits_and_what_stands(store: Store) -> None:
    put(store, "old post", message())
    sent(store, "old post", "1.1")
    put(store, "waiting", message())

    with store.writing(None) as db:
        outbox_claims.set_provable(db, TEAM, CHANNEL, MONDAY_NOON)
        outbox.move_channel(db, TEAM, CHANNEL, "C9")

    assert row(store, "waiting").place == "C9"
    found = outbox.by_message(store.reading(), TEAM, "C9", "1.1")
    assert found is not None
    assert found.key == "old post"
    assert outbox_claims.is_provable(store.reading(), TEAM, "C9")


def test_payloads_are_emptied_after_a_while_and_keys_stay(store: Store) -> None:
    put(store, "sent", message())
    sent(store, "sent", "1.1")
    put(store, "queued", message())

    with store.writing(None) as db:
        assert outbox.empty_payloads(db, MONDAY_NOON, 10) == 0
        assert outbox.empty_payloads(db, LATER, 10) == 1

    assert row(store, "sent").payload == {}
    assert row(store, "queued").payload == {"text": "hello"}
    assert not put(store, "sent", message())


def test_what_could_not_be_said_and_what_leaves_next_can_be_listed(store: Store) -> None:
    for key, state in (("a", "refused"), ("b", "unproven"), ("c", "sent"), ("d", "uncertain")):
        put(store, key, message())
        bring_to(store, key, state)  # type: ignore[arg-type]
    put(store, "later", message(leaves_at=LATER))
    put(store, "now", message())

    db = store.reading()

    assert [found.key for found in outbox.undelivered(db, TEAM)] == ["d", "b", "a"]
    assert [found.key for found in outbox.upcoming(db, TEAM)] == ["now", "later"]
