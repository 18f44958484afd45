"""What the sandbox says is due next is what then happens."""

from datetime import datetime

from tests.flows.conftest import CHANNEL, Touchbase
from tests.people import Json


def due(touchbase: Touchbase) -> list[Json]:
    found: list[Json] = touchbase.slack.get("due")["due"]
    return found


def at_of(touchbase: Touchbase, what: str) -> datetime:
    return next(datetime.fromisoformat(one["at"]) for one in due(touchbase) if one["what"] == what)


def test_nothing_is_due_before_anything_is_set_up(touchbase: Touchbase) -> None:
    assert touchbase.slack.get("due") == {"ok": True, "due": [], "more": 0}


def test_what_is_due_is_told_in_order_with_its_channel(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.command(CHANNEL, "maria", "/deliverable", "@ana training deck by friday")
    touchbase.calm()

    found = due(touchbase)

    told = [one["what"] for one in found]
    moments = [one["at"] for one in found]
    places = {one["what"]: one["where"] for one in found}
    assert moments == sorted(moments)
    assert {"training deck is due", "The summary of the week", "A new This week"} <= set(told)
    assert {"Operations review: reminder", "Operations review starts in ten minutes"} <= set(told)
    assert "Daily message for Ana, if anything is due" in told
    assert places["training deck is due"] == "C0ACMEGLOB"
    assert places["Daily message for Ana, if anything is due"] is None


def test_what_is_due_happens_at_its_moment(touchbase: Touchbase) -> None:
    touchbase.agreed()
    reminded_at = at_of(touchbase, "Operations review: reminder")
    starts_at = at_of(touchbase, "Operations review starts in ten minutes")

    said = []
    for moment in (reminded_at, starts_at):
        before = {m["ts"] for m in touchbase.messages()}
        touchbase.slack.move_to(moment.isoformat())
        new = [m for m in touchbase.messages() if m["ts"] not in before]
        said += [m["text"] for m in new if float(m["ts"]) >= moment.timestamp()]

    assert len(said) >= 2
    assert ["*Operations review*" in text for text in (said[0], said[-1])] == [True, True]
    assert "Operations review: reminder" not in [one["what"] for one in due(touchbase)]


def test_only_the_soonest_are_told_and_how_many_more_there_are(touchbase: Touchbase) -> None:
    touchbase.agreed()
    every = due(touchbase)

    answer = touchbase.slack.get("due", limit=2)

    assert answer["due"] == every[:2]
    assert answer["more"] == len(every) - 2
