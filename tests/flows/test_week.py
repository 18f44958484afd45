from datetime import datetime

from tests.flows.conftest import Touchbase, action_ids, texts
from tests.people import Json


def weeks(touchbase: Touchbase) -> list[Json]:
    """The posts of all weeks, those that are over among them, oldest first."""
    begins = ("*This week*", "The week of")
    return [m for m in touchbase.from_bot() if m["text"].startswith(begins)]


def test_this_week_stands_at_once_and_anew_each_monday(touchbase: Touchbase) -> None:
    touchbase.agreed()
    first = weeks(touchbase)

    touchbase.slack.move_to("2026-10-26T01:00:30Z")

    assert len(first) == 1
    second = weeks(touchbase)[-1]
    assert len(weeks(touchbase)) == 2
    assert "Mon 26 Oct to Sun 1 Nov" in texts(second)
    # New York and Manila never work at the same time: it stands as Manila's Monday begins.
    assert 0 <= float(second["ts"]) - datetime.fromisoformat("2026-10-26T01:00:00Z").timestamp() < 5


def test_a_week_that_is_over_says_so_and_stays_as_it_was(touchbase: Touchbase) -> None:
    touchbase.agreed()
    before = weeks(touchbase)[0]
    touchbase.slack.move_to("2026-10-26T13:00:30Z")
    closed = weeks(touchbase)[0]

    touchbase.slack.command("acme-globalcall", "maria", "/touchbase", "setup")
    touchbase.slack.submit("maria", values={"name": {"value": "Acme Stores"}})
    touchbase.calm()

    assert "actions" in {block["type"] for block in before["blocks"]}
    assert closed["text"] == "The week of Mon 19 Oct to Sun 25 Oct, closed."
    assert action_ids(closed) == set()
    assert "up to date" not in texts(closed)
    assert "*Operations review*" in texts(closed)
    assert weeks(touchbase)[0]["blocks"] == closed["blocks"]
    assert "Acme Stores" in weeks(touchbase)[1]["text"]
