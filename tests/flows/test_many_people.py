"""Where more people share the channel than can be proposed."""

from pathlib import Path

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_people import asked, ids, pick


@pytest.fixture
def world() -> Path | None:
    """All fifty-two."""
    return None


def test_above_twenty_five_nobody_is_proposed_and_the_leads_pick(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    said = asked(touchbase, "maria")

    saved = pick(
        touchbase,
        "maria",
        said["ts"],
        leads=ids(touchbase, "maria"),
        members=ids(touchbase, "james", "priya"),
    )

    listed = texts(touchbase.slack.command(CHANNEL, "maria", "/touchbase", "people"))
    assert "26 people of Acme Retail" in texts(said)
    assert "23 people more read along" in texts(saved["view"])
    assert "Not confirmed yet" not in listed
    assert "25 people more read along" in listed.partition("*Globalcall*")[2]


def test_profiles_are_read_at_slacks_pace_and_only_once(touchbase: Touchbase) -> None:
    touchbase.set_up()
    at_once = len(touchbase.slack.calls("users.info"))
    touchbase.slack.advance("PT1M")
    read = len(touchbase.slack.calls("users.info"))

    touchbase.slack.advance("P1D")

    assert at_once <= 20
    assert read == 52
    assert len(touchbase.slack.calls("users.info")) == read
