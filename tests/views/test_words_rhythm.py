from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.recurrence import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)
from tests.partners import PARTNERSHIP
from views import presets
from views.checkin_answers import question_words
from views.checkin_drafts import plan_of
from views.words.rhythm import RhythmRead, read_rhythm

NOW = datetime(2026, 11, 18, 19, tzinfo=UTC)
NEW_YORK = "America/New_York"
WORKING_WEEK = (0, 1, 2, 3, 4)


def read(text: str) -> RhythmRead:
    return read_rhythm(text, now=NOW, zone=NEW_YORK)


@pytest.mark.parametrize(
    ("text", "rule", "start"),
    [
        ("weekly tue 10am", weekly((1,)), "10:00"),
        ("every tuesday at half past 10", weekly((1,)), "10:30"),
        ("mwf 9:30", weekly((0, 2, 4)), "09:30"),
        ("weekdays 9", weekly(WORKING_WEEK), "09:00"),
        ("mon-thu 4pm", weekly((0, 1, 2, 3)), "16:00"),
        ("fri to sun 4pm", weekly((4, 5, 6)), "16:00"),
        ("daily mon-fri 9am", weekly(WORKING_WEEK), "09:00"),
        ("every other thursday 3pm", weekly((3,), 2), "15:00"),
        ("every 3 weeks wed 2pm", weekly((2,), 3), "14:00"),
        ("twice a week mon and thu 11:00", weekly((0, 3)), "11:00"),
        ("monthly on the 15th 10:00", monthly_by_date(15), "10:00"),
        ("monthly 15 10:00", monthly_by_date(15), "10:00"),
        ("end of each month 16:00", monthly_by_date(31), "16:00"),
        ("every second tuesday of the month 9am", monthly_by_weekday(2, 1), "09:00"),
        ("last friday of the month noon", monthly_by_weekday(LAST, 4), "12:00"),
        ("3rd working day of the month 10:00", monthly_by_working_day(3), "10:00"),
        ("last business day of each month 5pm", monthly_by_working_day(LAST), "17:00"),
        (
            "first monday of every quarter 10am",
            quarterly(monthly_by_weekday(1, 0), month=1),
            "10:00",
        ),
        (
            "last working day of the quarter 10am",
            quarterly(monthly_by_working_day(LAST), month=3),
            "10:00",
        ),
        ("every year on 1 march 10:00", yearly(3, 1), "10:00"),
        ("cada dos semanas el jueves a las 15h", weekly((3,), 2), "15:00"),
        ("todo dia 15 às 9h", monthly_by_date(15), "09:00"),
        ("primeira segunda do mês 10h", monthly_by_weekday(1, 0), "10:00"),
        ("huling biyernes ng buwan 3pm", monthly_by_weekday(LAST, 4), "15:00"),
        ("har mahine ki 15 tarikh 11 baje", monthly_by_date(15), "11:00"),
        ("fortnighly tue 10:00", weekly((1,), 2), "10:00"),
    ],
)
def test_a_rhythm_is_understood_with_its_start(text: str, rule: Rule, start: str) -> None:
    understood = read(text)

    assert understood.rule == rule
    assert understood.start == time.fromisoformat(start)
    assert (understood.title, understood.zone) == (None, NEW_YORK)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("weekly 10am", "day"),
        ("monthly friday 10am", "day"),
        ("twice a week tue", "day"),
        ("daily 9am", "daily"),
        ("every tue 10am us time", "zone"),
        ("weekly monthly tue 10am", "conflict"),
        ("every tuesday on the 15th", "conflict"),
        ("every tue 10am 11am", "conflict"),
        ("every tue 25:00", "time"),
        ("every year on 31 february", "impossible"),
        ("monthly on the 42nd", "impossible"),
        ("every two months on the 15th", "unsupported"),
        ("1st and 15th of the month", "unsupported"),
        ("first and third monday 10am", "unsupported"),
        ("every 400 weeks on monday", "unsupported"),
        ("24 dec 10am", "once"),
        ("ops review until 31 jan", "day"),
    ],
)
def test_what_is_open_or_cannot_be_kept_is_asked(text: str, question: str) -> None:
    understood = read(text)

    assert (understood.rule, understood.question) == (None, question)


def test_a_place_that_nobody_knows_is_asked_about() -> None:
    understood = read("weekly tue 10am atlantis time ops review")

    assert (understood.rule, understood.question) == (None, "zone")
    assert (understood.fixed_clock, understood.title) == ("Atlantis", "ops review")
    assert "no time zone called Atlantis" in question_words(understood)


@pytest.mark.parametrize("text", ["ops review", "RRULE:FREQ=WEEKLY;BYDAY=TU", "skip next week", ""])
def test_what_does_not_recur_is_no_rhythm(text: str) -> None:
    understood = read(text)

    assert (understood.rule, understood.question, understood.start) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("weekly tue 10am ops review", "ops review"),
        ("ops review every tuesday at 10am", "ops review"),
        ('every tues 2pm "Ops & QA review"', "Ops & QA review"),
        ("every week on friday 16:00 friday wins", "friday wins"),
        ("monthly report review every tuesday 10am", "monthly report review"),
        ("monthly first tuesday 10:00 business review", "business review"),
        ("weekly review of the roster, tue 10am", "review of the roster"),
        ("weekly sun 2:30am new york night call", "night call"),
        ("weekly wed 5pm weekly sync", "weekly sync"),
        ("weekly tue 10am daily ops", "daily ops"),
        ("weekly tue 10am prime time planning", "prime time planning"),
        ("weekly wed 9 night call", "call"),
        ("weekly ops check-in friday 10am", "ops check-in"),
        ("weekly check-in until 31 jan", "check-in"),
    ],
)
def test_the_other_words_are_the_title(text: str, title: str) -> None:
    assert read(text).title == title


def test_zone_length_and_first_day_are_heard_too() -> None:
    understood = read("every other thursday 3-3:30pm manila starting 3 december")

    assert understood.rule == weekly((3,), 2)
    assert (understood.start, understood.zone) == (time(15), "Asia/Manila")
    assert understood.length == timedelta(minutes=30)
    assert understood.starts_on == date(2026, 12, 3)
    assert understood.title is None


@pytest.mark.parametrize(
    ("text", "last_on"),
    [
        ("weekly tue 10am until 24 jan ops", date(2027, 1, 24)),
        ("weekly tue 10am ops until the end of january", date(2027, 1, 31)),
        ("ops every tue 10am-10:30am until 3/31/2027", date(2027, 3, 31)),
        ("cada martes 10:00 ops hasta el 31 de enero", date(2027, 1, 31)),
        ("weekly tue 10am ops until friday", date(2026, 11, 20)),
    ],
)
def test_the_last_day_is_heard_and_no_hour_of_its_own(text: str, last_on: date) -> None:
    understood = read(text)

    assert (understood.rule, understood.start) == (weekly((1,)), time(10))
    assert (understood.ends_on, understood.title) == (last_on, "ops")
    assert understood.length in {None, timedelta(minutes=30)}
    assert understood.question is None


@pytest.mark.parametrize(
    "text",
    [
        "weekly tue 10am until yesterday",
        "weekly tue 10am until 10 nov",
        "weekly tue 10am from 1 march until 1 february",
    ],
)
def test_an_end_before_the_start_is_asked_about(text: str) -> None:
    understood = read(text)

    assert understood.question == "end"
    assert "lies before the first" in question_words(understood)


@pytest.mark.parametrize(
    "text",
    [
        "written check-in until 31 jan",
        "weekly written check-in until 31 jan",
        "weekly written check-in fridays until 31 jan",
        "written check-in friday until 31 jan",
    ],
)
def test_a_kind_is_known_by_its_name_and_says_how_often_where_nothing_else_does(text: str) -> None:
    understood = read(text)

    plan = presets.completed(understood, plan_of(understood, NOW), PARTNERSHIP, NOW)

    assert plan is not None
    assert (plan.title, plan.settings["until"]) == ("Written check-in", "2027-01-31")
    assert plan.settings["preset"] == "written"


def test_an_hour_behind_until_is_no_day() -> None:
    understood = read("weekly tue 10 until 11")

    assert (understood.length, understood.ends_on) == (timedelta(hours=1), None)


def test_a_length_is_no_time_of_day() -> None:
    understood = read("thursdays 30 min 10am")

    assert (understood.start, understood.length) == (time(10), timedelta(minutes=30))


@pytest.mark.parametrize(
    ("text", "clock"),
    [("weekly tue 10am EST ops review", "EST"), ("every tue 10am (GMT+8)", "GMT+8")],
)
def test_a_fixed_hour_cannot_recur_before_its_place_is_known(text: str, clock: str) -> None:
    understood = read(text)

    assert (understood.rule, understood.question) == (None, "zone")
    assert understood.fixed_clock == clock


@pytest.mark.parametrize(
    ("text", "zone", "title"),
    [
        ("weekly tue 10am ET ops review", NEW_YORK, "ops review"),
        ("weekly tue 10am UTC", "UTC", None),
        ("weekly tue 10am art review", NEW_YORK, "art review"),
    ],
)
def test_other_short_words_behind_a_time_stay_what_they_are(
    text: str, zone: str, title: str | None
) -> None:
    understood = read(text)

    assert understood.rule == weekly((1,))
    assert (understood.zone, understood.title) == (zone, title)
