from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.away import Absence, UnclearAbsence
from domain.calendars import Away
from domain.partnerships import NoPartnershipHere
from domain.people import Member
from sandbox.blocks import block_problems, view_problems
from tests.partners import PARTNERSHIP, member
from tests.people_stage import ANA, MARIA, shown
from views import away, days_off, pause, people

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 14, tzinfo=UTC)  # 09:00 in New York


def crowd(count: int) -> list[Member]:
    return [
        member("client", "member", id=f"p{n}", slack_id=f"U0PERSON{n:04}", name="<!channel>")
        for n in range(count)
    ]


def test_five_hundred_members_are_cut_and_counted() -> None:
    drawn = people.listed(shown(MARIA, ANA, *crowd(500), lead_of="client"))

    assert block_problems(list(drawn.blocks), surface="message") == []
    assert "and 460 more" in drawn.text
    assert "<!channel>" not in drawn.text


@pytest.mark.parametrize(
    ("words", "said"), [("add @abby <!here>", True), ("list", False), ("", False)]
)
def test_words_that_nobody_understood_are_said_back(words: str, said: bool) -> None:
    drawn = people.with_unread(people.listed(shown(MARIA, ANA, lead_of="client")), words)

    assert ("I did not understand “add @abby &lt;!here&gt;”" in drawn.text) is said
    assert block_problems(list(drawn.blocks), surface="message") == []


def test_five_hundred_members_fit_into_the_form() -> None:
    view = people.form(shown(MARIA, ANA, *crowd(500), lead_of="client"), "client")

    assert view_problems(view) == []


def test_only_people_of_the_own_side_are_to_be_confirmed() -> None:
    waiting = member("vendor", "member", id="x", confirmed=False)

    for_vendor = shown(MARIA, ANA, waiting, lead_of="vendor")
    for_client = shown(MARIA, ANA, waiting, lead_of="client")

    assert for_vendor.to_confirm == 1
    assert for_client.to_confirm == 0


def test_a_month_of_days_off_fits_into_its_button_and_is_read_back() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(31)]

    drawn = days_off.noted(PARTNERSHIP, "vendor", days, days)
    buttons: list[dict[str, Any]] = [dict(block) for block in drawn.blocks if "elements" in block]
    value = next(e["value"] for b in buttons for e in b["elements"] if "value" in e)

    assert block_problems(list(drawn.blocks), surface="message") == []
    assert days_off.read_undo(value).days == tuple(days)


@pytest.mark.parametrize("value", ["", "p1", "p1|both|2026-11-16", "p1|client|soon"])
def test_a_spoiled_button_of_days_off_is_refused(value: str) -> None:
    with pytest.raises(NoPartnershipHere):
        days_off.read_undo(value)


@pytest.mark.parametrize("value", ["", "a|b|c", "a|1|99999999999999"])
def test_a_spoiled_button_of_back_is_refused(value: str) -> None:
    with pytest.raises(UnclearAbsence):
        away.read_again(value)


def test_what_back_ended_is_read_back_from_its_button() -> None:
    ended = Absence(id="a1", from_at=NINE, until_at=NINE + timedelta(days=2))

    value = dict(away.welcome(ended).blocks[1])["elements"][0]["value"]

    assert away.read_again(value) == ended


@pytest.mark.parametrize(
    ("length", "words"),
    [
        pytest.param(timedelta(hours=4), "Mon 16 Nov, 09:00 to 13:00", id="hours"),
        pytest.param(timedelta(hours=20), "Mon 16 Nov 09:00 to Tue 17 Nov 05:00", id="a night"),
    ],
)
def test_hours_stand_where_it_is_not_whole_days(length: timedelta, words: str) -> None:
    absence = Away(from_at=NINE, until_at=NINE + length)

    assert f"You are away {words}, New York." == away.noted(absence, "America/New_York", "a").text


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(pause.Rest(partnership_id="p1"), id="until somebody says so"),
        pytest.param(pause.Rest(partnership_id="p1", until_at=NINE), id="until a moment"),
        pytest.param(pause.Rest(partnership_id=""), id="outside a partnership"),
    ],
)
def test_what_a_button_of_a_pause_carries_is_read_back(rest: pause.Rest) -> None:
    assert pause.read(rest.value) == rest
    asked = pause.asked(rest, "America/New_York")
    assert block_problems(list(asked.blocks), surface="message") == []
    assert ("Mon 16 Nov 09:00 New York" in asked.text) == (rest.until_at is not None)
