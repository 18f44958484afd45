from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, Hours, office
from domain.written import (
    LONGEST_OPEN,
    AskedTwice,
    LongQuestion,
    NothingAsked,
    closing,
    last_said,
    opening,
    typed_questions,
    wrote_in_time,
)
from tests.partners import ACME, GLOBALCALL, MANILA, NEW_YORK, partnership
from tests.written_stage import said

HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        pytest.param("2026-11-19T14:00", "2026-11-20T10:00", id="9:00 New York: Manila's Friday"),
        pytest.param("2026-11-19T01:00", "2026-11-19T23:00", id="9:00 Manila: New York's day"),
        pytest.param("2026-11-19T20:59", "2026-11-20T10:00", id="two hours left in New York"),
        pytest.param("2026-11-19T21:30", "2026-11-20T23:00", id="too little is left of a day"),
        pytest.param("2026-11-20T14:00", "2026-11-23T10:00", id="Friday: over the weekend"),
        pytest.param("2026-11-25T14:00", "2026-11-26T10:00", id="the eve of a holiday"),
    ],
)
def test_it_closes_at_the_end_of_the_working_day_of_the_later_side(opens: str, closes: str) -> None:
    both = partnership()

    assert closing(both, at(opens)) == at(closes)


def test_a_holiday_a_night_shift_and_a_change_of_clocks_move_the_end() -> None:
    night = partnership(
        vendor=replace(GLOBALCALL, calendar=office(MANILA, start="21:00", end="06:00"))
    )
    off = frozenset({date(2026, 11, 20)})
    holiday = partnership(
        vendor=replace(GLOBALCALL, calendar=replace(office(MANILA), days_off=off))
    )

    # 30 October, 9:00 in New York; clocks go back on Sunday.
    assert closing(night, at("2026-10-30T13:00")) == at("2026-10-30T22:00")
    assert closing(holiday, at("2026-11-19T14:00")) == at("2026-11-23T10:00")
    assert closing(partnership(), at("2026-10-31T13:00")) == at("2026-11-02T23:00")


@given(hours=st.integers(0, 24 * 400), west=st.booleans())
def test_each_side_has_a_shift_of_two_hours_in_which_to_write(hours: int, west: bool) -> None:
    zones = (NEW_YORK, MANILA) if west else (MANILA, "Pacific/Auckland")
    one = partnership(
        client=replace(ACME, calendar=office(zones[0])),
        vendor=replace(GLOBALCALL, calendar=office(zones[1])),
    )
    opens_at = opening(one, at("2026-01-01T00:00") + hours * HOUR)

    closes_at = closing(one, opens_at)

    assert opens_at + 2 * HOUR <= closes_at <= opens_at + LONGEST_OPEN


def test_sides_that_never_work_have_a_day() -> None:
    never = Calendar(zone=NEW_YORK, hours=Hours(weekly=((),) * 7))
    one = partnership(
        client=replace(ACME, calendar=never), vendor=replace(GLOBALCALL, calendar=never)
    )
    start = at("2026-11-19T14:00")

    assert opening(one, start) == start
    assert closing(one, start) == start + timedelta(days=1)


def test_what_is_late_does_not_count_for_its_side() -> None:
    client, vendor = said("Yes", "client"), said("Yes", "vendor")

    assert wrote_in_time([client, vendor]) == {"client", "vendor"}
    assert wrote_in_time([client, replace(vendor, late=True)]) == {"client"}
    assert wrote_in_time([]) == set()


def test_questions_are_taken_in_order_without_empty_fields() -> None:
    typed = [("q1", " What\n now? "), ("q2", ""), ("q3", "Who?"), ("q4", "  ")]

    assert typed_questions(typed) == ["What now?", "Who?"]


@pytest.mark.parametrize(
    ("typed", "refused", "where"),
    [
        pytest.param([("q1", "")], NothingAsked, "q1", id="none"),
        pytest.param([("q1", "Why?"), ("q3", "x" * 201)], LongQuestion, "q3", id="too long"),
        pytest.param([("q1", "Why?"), ("q2", "WHY? ")], AskedTwice, "q2", id="twice"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    typed: list[tuple[str, str]], refused: type[NothingAsked], where: str
) -> None:
    with pytest.raises(refused) as found:
        typed_questions(typed)

    assert found.value.field == where


def test_the_last_answer_follows_its_question_to_another_place() -> None:
    asked = {1: "Next?", 2: "Done?", 3: "Who?"}
    then = {1: "Done?", 2: "Next?", 3: "Why?"}

    assert last_said(asked, then, {1: "Deck", 2: "Roster", 3: "x"}) == {1: "Roster", 2: "Deck"}
