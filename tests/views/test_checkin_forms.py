"""The form of a check-in: every rhythm can be chosen, what is wrong is said, nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, get_args

import pytest

from domain.calendars import office
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
from sandbox.blocks import view_problems
from tests.checkin_stage import AHEAD, DRAFT, NOW, PLAN, STARTS_AT
from tests.form_values import as_drawn
from tests.partners import PARTNERSHIP
from views import (
    checkin_asks,
    checkin_filled,
    checkin_forms,
    checkin_hours,
    checkin_turn_forms,
    checkin_values,
    presets,
)
from views.blocks import Block
from views.checkin_answers import Opened, read_form
from views.checkin_rhythms import Kind, RhythmFields, rhythm_of, rule_of, switched
from views.words.writer import Writer

WRITER = Writer(now=NOW, zone=PLAN.zone)
EVERY_RULE = [
    pytest.param(weekly((1,)), "week", id="weekly"),
    pytest.param(weekly((0, 2), 3), "week", id="every three weeks"),
    pytest.param(weekly((4,), 5), "week", id="every five weeks"),
    pytest.param(monthly_by_weekday(2, 4), "month_weekday", id="second Friday"),
    pytest.param(monthly_by_weekday(LAST, 0), "month_weekday", id="last Monday"),
    pytest.param(monthly_by_date(15), "month_date", id="by date"),
    pytest.param(monthly_by_date(31), "month_date", id="the last day"),
    pytest.param(monthly_by_working_day(LAST), "month_working_day", id="the last working day"),
    pytest.param(monthly_by_working_day(3), "month_working_day", id="the third working day"),
    pytest.param(quarterly(monthly_by_date(1), month=1), "quarter_date", id="quarterly by date"),
    pytest.param(
        quarterly(monthly_by_weekday(2, 1), month=3), "quarter_weekday", id="quarterly by weekday"
    ),
    pytest.param(
        quarterly(monthly_by_working_day(5), month=2),
        "quarter_working_day",
        id="quarterly by working day",
    ),
    pytest.param(yearly(3, 12), "year", id="yearly"),
    pytest.param(yearly(2, 29), "year", id="a leap day"),
]


def drawn(filled: checkin_filled.Filled) -> Block:
    opened = Opened(rhythm=filled.rhythm)
    hours = checkin_hours.hours_words(PARTNERSHIP, NOW)
    metadata = checkin_forms.metadata("d" * 20, PARTNERSHIP, opened)
    return checkin_forms.form(filled, metadata, hours=hours)


def answered(**changes: Any) -> Mapping[str, object]:
    """The form as a lead fills it in, with some answers changed."""
    values: dict[str, object] = {
        "title": "Operations review",
        "days": ("1",),
        "time": "10:00",
        "zone": "New York",
        "every": "week:1",
        "minutes": "30",
        "rhythm": None,
        "starts_on": None,
        "link": None,
    }
    return values | changes


@pytest.mark.parametrize(("rule", "kind"), EVERY_RULE)
def test_a_plan_opened_in_the_form_and_sent_as_drawn_is_the_same_plan(
    rule: Rule, kind: Kind
) -> None:
    settings: dict[str, str | int | bool] = {
        "invited": False,
        "holidays": "skip",
        "reminders": "1440,60",
    }
    plan = replace(PLAN, rule=rule, link="https://meet.example/1", settings=settings)
    filled = checkin_filled.filled_from(plan)
    view = drawn(filled)

    read = read_form(as_drawn(view), WRITER, Opened(rhythm=RhythmFields(kind=kind)))

    assert filled.rhythm.kind == kind
    assert view_problems(view) == []
    assert read.errors == {}
    assert read.plan == plan


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_of_rhythm_shows_its_own_fields_and_keeps_the_rest(kind: Kind) -> None:
    opened = RhythmFields(days=(3,), every_weeks=2, day=20, nth=2, working_day=4, month=3)
    typed = checkin_filled.typed(answered(days=("3",), every="week:2", title="Ours"), opened)

    shown = switched(typed.rhythm, kind)
    view = drawn(replace(typed, rhythm=shown))
    carried = checkin_forms.opened_with(carried_by(view))
    back = switched(carried.rhythm, "week")

    assert view_problems(view) == []
    assert as_drawn(view)["title"] == "Ours"
    assert read_form(as_drawn(view), WRITER, carried).errors == {}
    assert (back.days, back.every_weeks, back.day) == ((3,), 2, 20)
    if kind.endswith("_weekday"):
        assert as_drawn(view)["weekday"] == "3"


def carried_by(view: Block) -> Mapping[str, str]:
    return {key: str(value) for key, value in json.loads(view["private_metadata"]).items()}


@pytest.mark.parametrize(("rule", "kind"), EVERY_RULE)
def test_a_rule_comes_back_from_its_fields(rule: Rule, kind: Kind) -> None:
    assert rule_of(rhythm_of(rule)) == rule
    assert rhythm_of(rule).kind == kind


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        pytest.param({}, weekly((1,)), id="weekly"),
        pytest.param({"days": ("0", "3"), "every": "week:2"}, weekly((0, 3), 2), id="two days"),
        pytest.param(
            {"days": None, "rhythm": "last working day of the month"},
            monthly_by_working_day(LAST),
            id="in own words",
        ),
        pytest.param(
            {"rhythm": "last friday of the month"},
            monthly_by_weekday(LAST, 4),
            id="words before days",
        ),
    ],
)
def test_the_form_says_a_rule(answers: dict[str, Any], rule: Rule) -> None:
    read = read_form(answered(**answers), WRITER)

    assert read.errors == {}
    assert read.plan is not None
    assert read.plan.rule == rule
    assert read.plan.local_start.time() == time(10, 0)


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        pytest.param({"zone": "Atlantis"}, "zone", "Atlantis", id="a place that is nowhere"),
        pytest.param({"days": None}, "days", "On which day?", id="no day"),
        pytest.param({"rhythm": "now and then"}, "rhythm", "no rhythm", id="words without one"),
        pytest.param(
            {"rhythm": "weekly and monthly on tuesday"}, "rhythm", "two rhythms", id="two rhythms"
        ),
        pytest.param(
            {"rhythm": "RRULE:FREQ=WEEKLY;BYDAY=TU"},
            "rhythm",
            "in words, not as a rule. As in: every other Thursday 3pm",
            id="a rule as calendars write it",
        ),
        pytest.param({"link": "javascript:alert(1)"}, "link", "https://", id="a program"),
        pytest.param({"link": "https://"}, "link", "https://", id="a link to nowhere"),
        pytest.param({"link": "https://a.b/<c>"}, "link", "https://", id="a link with a tag"),
        pytest.param(
            {"starts_on": "2026-12-08", "until": "2026-12-01"},
            "until",
            "before the first day",
            id="an end before the start",
        ),
        pytest.param(
            {"until": "2026-11-20"},
            "until",
            "The first date would be Tue 24 Nov.",
            id="an end that is past",
        ),
        pytest.param({"starts_on": "2201-01-06"}, "starts_on", "too far", id="in two centuries"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_below_its_field(
    answers: dict[str, Any], field: str, sentence: str
) -> None:
    read = read_form(answered(**answers), WRITER)

    assert read.plan is None
    assert list(read.errors) == [field]
    assert sentence in read.errors[field]


def test_a_day_that_no_year_has_is_refused_below_its_field() -> None:
    opened = Opened(rhythm=RhythmFields(kind="year"))

    read = read_form(answered(month="2", day="30"), WRITER, opened)

    assert read.errors == {"day": "There is no 30 February in any year. Another day, please."}


@pytest.mark.parametrize(("calendars", "invited"), [("yes", False), ("no", True)])
def test_whether_the_turns_are_in_calendars_already_is_kept(calendars: str, invited: bool) -> None:
    read = read_form(answered(calendars=calendars), WRITER)

    assert read.plan is not None
    assert read.plan.settings == {"invited": invited}


def test_the_last_page_leads_back_to_the_form() -> None:
    view = checkin_forms.preview(PARTNERSHIP, DRAFT, NOW)

    assert "checkin.back" in str(view["blocks"])
    assert view_problems(view) == []


def test_each_kind_is_offered_with_its_rhythm_length_purpose_and_who_is_expected() -> None:
    options = presets.chooser()["elements"][0]["options"]
    said = {one["value"]: (one["text"]["text"], one["description"]["text"]) for one in options}

    assert said["service_review"] == (
        "Service review, monthly, 60 minutes",
        "How the month went against what was agreed; leads",
    )
    assert said["written"][0] == "Written check-in, weekly"
    assert all(len(purpose) <= 75 and "…" not in purpose for _, purpose in said.values())
    ticked = presets.choices(["coffee"])
    assert [one["value"] for one in ticked["initial_options"]] == ["coffee"]
    assert ticked["options"][0]["text"]["text"] == "Weekly review"


# Hours that suit both


def test_the_form_tells_both_sides_hours_in_both_zones() -> None:
    hint = checkin_hours.hours_words(PARTNERSHIP, NOW)

    assert "Acme works 09:00-18:00 New York = 22:00-07:00 Manila." in hint
    assert "Globalcall works 09:00-18:00 Manila = 20:00-05:00 New York." in hint
    assert "never work at the same time: Acme until Mon 23 Nov 18:00 New York" in hint
    assert "Globalcall from Mon 23 Nov 20:00 New York = Tue 24 Nov 09:00 Manila." in hint


@pytest.mark.parametrize(
    ("zone", "hours", "said"),
    [
        pytest.param(
            "Europe/London",
            ("09:00", "18:00"),
            [
                "Tue 24 Nov 09:00 New York = Tue 24 Nov 14:00 London",
                "Tue 24 Nov 10:00 New York = Tue 24 Nov 15:00 London",
                "Tue 24 Nov 11:00 New York = Tue 24 Nov 16:00 London",
            ],
            id="hours that overlap",
        ),
        pytest.param(
            "Asia/Manila",
            ("21:30", "22:30"),
            [
                "Tue 24 Nov 09:00 New York = Tue 24 Nov 22:00 Manila",
                "Wed 25 Nov 09:00 New York = Wed 25 Nov 22:00 Manila",
                "Thu 26 Nov 09:00 New York = Thu 26 Nov 22:00 Manila",
            ],
            id="half an hour a day",
        ),
    ],
)
def test_up_to_three_moments_that_suit_both_are_named(
    zone: str, hours: tuple[str, str], said: list[str]
) -> None:
    vendor = replace(PARTNERSHIP.vendor, calendar=office(zone, *hours))
    partnership = replace(PARTNERSHIP, vendor=vendor)
    # 07:00 in New York.
    wished = NOW.replace(day=24, hour=12)

    half_an_hour = timedelta(minutes=30)
    words = checkin_hours.shared_words(partnership, wished, half_an_hour, NOW)
    moved, left_out = (
        checkin_hours.instead_of(partnership, wished, half_an_hour, NOW, is_move=is_move)
        for is_move in (True, False)
    )

    assert words == f"Both work at: {'; '.join(said)}."
    assert (moved, left_out) == (words, f"Or move it. {words}")


def test_a_time_that_suits_both_is_not_warned_about() -> None:
    night = replace(PARTNERSHIP.vendor, calendar=office("Asia/Manila", "20:00", "24:00"))
    partnership = replace(PARTNERSHIP, vendor=night)
    at_ten, length = NOW.replace(day=24, hour=15), timedelta(minutes=30)

    assert checkin_hours.shared_words(partnership, at_ten, length, NOW) == ""
    assert checkin_hours.instead_of(partnership, at_ten, length, NOW, is_move=True) == ""


def test_where_a_side_never_works_nothing_is_promised() -> None:
    never = replace(
        PARTNERSHIP.vendor.calendar,
        days_off=frozenset(date(2026, 11, 1) + timedelta(days=n) for n in range(500)),
    )
    partnership = replace(PARTNERSHIP, vendor=replace(PARTNERSHIP.vendor, calendar=never))

    hint = checkin_hours.hours_words(partnership, NOW)

    assert hint.endswith("I know of no hour at which both work.")


# Which of several


def test_of_several_check_ins_each_has_a_line_that_opens_the_form_filled_in() -> None:
    to_at = STARTS_AT + timedelta(days=2)

    asked = checkin_asks.ask_which(PARTNERSHIP, [(AHEAD, to_at)] * 10, "storm <!here>")

    question, *lines, more, note = asked.blocks
    assert question["text"]["text"] == "Which check-in moves? Reason: “storm &lt;!here&gt;”."
    assert len(lines) == checkin_asks.ASKED_MOST
    assert more["elements"][0]["text"].startswith("…and 2 more")
    assert "Nothing is changed" in note["elements"][0]["text"]
    assert lines[0]["text"]["text"] == (
        "*Operations review*, Tue 24 Nov 10:00 New York = Tue 24 Nov 23:00 Manila."
    )
    button = lines[0]["accessory"]
    change = checkin_values.read(button["value"])
    assert button["action_id"] == checkin_values.CHANGE_OPEN
    assert (change.to_at, change.reason) == (to_at, "storm <!here>")
    form = checkin_turn_forms.change_form(PARTNERSHIP, AHEAD, change)
    assert as_drawn(form)["when"] == "Thu 26 Nov 10:00 New York"
