"""Check-ins as people read them: within Slack's limits, by side, with nobody called."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.boards import Board, NextCheckIn
from domain.cadences import TITLE_MOST, Plan
from domain.calendars import Calendar, office
from domain.checkin_moves import Change, Cut, Following
from domain.checkins import POINT_MOST, CheckIn, Confirmation, Said
from domain.people import Side
from domain.recurrence import (
    Rule,
    monthly_by_date,
    weekly,
    yearly,
)
from sandbox.blocks import block_problems, view_problems
from tests.checkin_stage import (
    AHEAD,
    CADENCE,
    CHANGE,
    CHECK_IN,
    DRAFT,
    FORMS,
    NOW,
    PLAN,
    STARTS_AT,
    TURN,
    titled,
    with_points,
)
from tests.form_values import as_drawn
from tests.partners import MANILA, PARTNERSHIP
from views import (
    agenda,
    checkin_after,
    checkin_asks,
    checkin_changes,
    checkin_drafts,
    checkin_filled,
    checkin_forms,
    checkin_hours,
    checkin_turn_forms,
    checkin_values,
    checkins,
    proposals,
)
from views.blocks import Drawn
from views.week import this_week
from views.words.writer import Writer

LONG = "<!channel> *so* long & wide " * 200
FOLLOWING = Following(
    rule=weekly((3,)), local_start=PLAN.local_start, original=TURN.original, version=2
)
WRITER = Writer(now=NOW, zone=PLAN.zone)
LONG_DRAFT = replace(
    DRAFT, plan=replace(PLAN, title="<&>" * 50, link="https://meet.example/" + "x" * 470)
)


def said(**words: Said) -> CheckIn:
    sides: dict[str, Side] = {"client": "client", "vendor": "vendor"}
    word = {
        sides[name]: Confirmation(
            occurrence_id=TURN.id, side=sides[name], said=what, said_at=STARTS_AT
        )
        for name, what in words.items()
    }
    return replace(CHECK_IN, turn=replace(TURN, state="over"), said=word)


def drawn_of(check_in: CheckIn) -> list[Drawn]:
    return [
        agenda.agenda(check_in),
        agenda.reminder(check_in),
        agenda.start(check_in),
        checkin_after.after(check_in, ["U0MARIA"]),
        checkins.excuse_line(check_in, "vendor", "late"),
        proposals.card(PARTNERSHIP, replace(check_in.cadence, proposed_side="client"), TURN),
        checkin_changes.moved(check_in, "client", NOW, reason=LONG, replaced=FOLLOWING),
        checkin_changes.skipped(check_in, "client", reason=LONG, next_at=TURN.starts_at),
        checkin_changes.ended(PARTNERSHIP, check_in.cadence, "client", reason=LONG),
        checkin_changes.ended_from(
            PARTNERSHIP, check_in.cadence, TURN.original, "client", reason=LONG
        ),
    ]


@pytest.mark.parametrize(
    "check_in",
    [
        pytest.param(CHECK_IN, id="plain"),
        pytest.param(with_points(1, "refunds"), id="one point"),
        pytest.param(with_points(60, LONG[:POINT_MOST]), id="sixty long points"),
        pytest.param(titled("*" * TITLE_MOST, link="https://meet.example"), id="a long title"),
        pytest.param(replace(CHECK_IN, turn=replace(TURN, state="skipped")), id="skipped"),
        pytest.param(replace(CHECK_IN, turn=replace(TURN, state="over")), id="over"),
    ],
)
def test_what_the_channel_reads_is_within_the_limits(check_in: CheckIn) -> None:
    for drawn in drawn_of(check_in):
        assert block_problems(list(drawn.blocks), surface="message") == []
        assert drawn.text
        assert "<!channel>" not in str(drawn.payload)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_forms_are_within_the_limits(name: str) -> None:
    view = FORMS[name]()

    assert view_problems(view) == []
    assert view["callback_id"] == name


def test_private_questions_are_within_the_limits() -> None:
    long = replace(AHEAD, cadence=replace(CADENCE, plan=LONG_DRAFT.plan))
    many = [long] * 20
    change = replace(CHANGE, to_at=STARTS_AT, reason=LONG)
    drawings = [
        checkin_asks.ask_move(PARTNERSHIP, [(long, STARTS_AT)], LONG, NOW),
        checkin_asks.ask_skip(PARTNERSHIP, [replace(long, is_next=False)], LONG, ending=True),
        checkin_asks.listed(PARTNERSHIP, [], may_create=True),
        checkin_asks.listed(PARTNERSHIP, many[:1], may_create=True),
        checkin_asks.asked_for_more(PARTNERSHIP, "On which day?", LONG),
        checkin_drafts.echo(PARTNERSHIP, LONG_DRAFT, NOW, time_was_said=False),
        checkin_drafts.created_answer(PARTNERSHIP, LONG_DRAFT.plan),
        checkin_changes.changed_answer(PARTNERSHIP),
        checkin_changes.changed_answer(PARTNERSHIP, Cut.of(CADENCE)),
    ]

    for drawn in drawings:
        assert block_problems(list(drawn.blocks), surface="message") == []
    assert view_problems(checkin_forms.preview(PARTNERSHIP, LONG_DRAFT, NOW)) == []
    assert view_problems(checkin_turn_forms.change_form(PARTNERSHIP, long, change)) == []
    filled = checkin_filled.filled_from(LONG_DRAFT.plan)
    above = checkin_asks.planned(PARTNERSHIP, [long])
    assert view_problems(checkin_forms.form(filled, "{}", above=above)) == []


def test_the_reason_of_a_move_is_said_back_before_it_is_done() -> None:
    with_reason = checkin_asks.ask_move(PARTNERSHIP, [(AHEAD, STARTS_AT)], "storm <!here>", NOW)
    without = checkin_asks.ask_move(PARTNERSHIP, [(AHEAD, STARTS_AT)], "", NOW)

    assert "Reason: “storm &lt;!here&gt;”." in with_reason.text
    assert "Reason" not in without.text


def test_an_open_turn_has_buttons_and_a_closed_one_has_none() -> None:
    closed = replace(CHECK_IN, turn=replace(TURN, state="skipped"))

    assert "checkin.late" in str(agenda.agenda(CHECK_IN).blocks)
    assert "checkin.late" not in str(agenda.agenda(closed).blocks)
    assert "Skipped this time." in str(agenda.agenda(closed).blocks)


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        pytest.param(
            replace(PARTNERSHIP.vendor.calendar, days_off=frozenset({date(2026, 11, 24)})),
            "Globalcall is off that day.",
            id="a day off of its own",
        ),
        pytest.param(
            replace(PARTNERSHIP.vendor.calendar, holiday_countries=(("US", None),)),
            "Globalcall is off that day, Thanksgiving Day.",
            id="a holiday",
        ),
    ],
)
def test_a_side_that_is_off_that_day_is_named(calendar: Calendar, said: str) -> None:
    partnership = replace(PARTNERSHIP, vendor=replace(PARTNERSHIP.vendor, calendar=calendar))
    starts_at = STARTS_AT + timedelta(days=2 if calendar.holiday_countries else 0)
    turn = replace(TURN, starts_at=starts_at)
    coming = NextCheckIn(turn_id=TURN.id, title="Review", starts_at=starts_at, minutes=30)

    drawn = agenda.reminder(replace(CHECK_IN, partnership=partnership, turn=turn))
    week = this_week(partnership, date(2026, 11, 23), Board(next_check_in=coming))

    assert said in drawn.text
    assert said in week.text


@pytest.mark.parametrize(
    ("check_in", "line", "offers_a_time"),
    [
        pytest.param(said(), "Acme: not said yet. Globalcall: not said yet.", False, id="nobody"),
        pytest.param(
            said(client="held"), "Acme: it took place. Globalcall: not said yet.", False, id="one"
        ),
        pytest.param(
            said(client="held", vendor="not_held"),
            "Acme: it took place. Globalcall: it did not take place.",
            True,
            id="they see it differently",
        ),
    ],
)
def test_the_question_shows_what_each_side_says(
    check_in: CheckIn, line: str, offers_a_time: bool
) -> None:
    drawn = checkin_after.after(check_in)

    assert drawn.text.endswith(line)
    assert ("Pick a time" in str(drawn.blocks)) is offers_a_time


def test_a_meeting_place_is_a_button_and_no_text() -> None:
    drawn = agenda.start(titled("Review", link="https://meet.example/1"))

    assert "meet.example" not in drawn.text
    (join,) = [e for b in drawn.blocks for e in b.get("elements", []) if e.get("url")]
    assert join["action_id"] == "checkin.join"
    assert join["url"] == "https://meet.example/1"


# Said back


@pytest.mark.parametrize(
    ("plan", "lines"),
    [
        pytest.param(
            PLAN,
            "Every Tuesday 10:00 New York = 23:00 Manila"
            " (outside Globalcall's hours; nearest: 17:00 Manila).",
            id="the other side is at home",
        ),
        pytest.param(
            replace(PLAN, zone=MANILA, local_start=PLAN.local_start.replace(hour=9)),
            "Every Tuesday 09:00 Manila = Mon 20:00 New York"
            " (outside Acme's hours; nearest: 17:00 New York).",
            id="the day before over there",
        ),
        pytest.param(
            replace(PLAN, zone="Europe/London"),
            "Every Tuesday 10:00 London = 05:00 New York = 18:00 Manila"
            " (outside Acme's hours; nearest: 09:00 New York;"
            " outside Globalcall's hours; nearest: 17:00 Manila).",
            id="on a third clock",
        ),
    ],
)
def test_a_rhythm_is_said_back_in_both_zones(plan: Plan, lines: str) -> None:
    assert checkin_drafts.echo_lines(PARTNERSHIP, plan, NOW)[1] == lines


@pytest.mark.parametrize(
    ("start", "told"),
    [
        pytest.param("2026-11-24T16:00", "", id="both work"),
        pytest.param(
            "2026-11-24T19:00",
            " (outside Globalcall's hours; nearest: 17:00 London)",
            id="they meet at other hours",
        ),
    ],
)
def test_sides_that_meet_are_not_told_of_a_hand_over(start: str, told: str) -> None:
    london = replace(PARTNERSHIP.vendor, calendar=office("Europe/London"))
    both = replace(PARTNERSHIP, vendor=london)

    found = checkin_hours.warning(both, datetime.fromisoformat(f"{start}+00:00"))

    assert found == told


@pytest.mark.parametrize(
    ("start", "told"),
    [
        pytest.param(
            "2026-11-24T15:00",
            "; next hand-over: Tue 24 Nov 20:00 New York = Wed 25 Nov 09:00 Manila)",
            id="in the hours of one side",
        ),
        pytest.param("2026-11-25T01:00", "the two never work at the same time)", id="at one"),
    ],
)
def test_sides_that_never_meet_are_told_who_takes_over_when(start: str, told: str) -> None:
    found = checkin_hours.warning(PARTNERSHIP, datetime.fromisoformat(f"{start}+00:00"))

    assert "the two never work at the same time" in found
    assert found.endswith(told)


def test_the_last_day_is_said_back() -> None:
    ending = replace(PLAN, settings={"until": "2027-01-31"})

    said = checkin_drafts.echo_lines(PARTNERSHIP, ending, NOW)[1]

    assert said.startswith("Every Tuesday 10:00 New York = 23:00 Manila until Sun 31 Jan 2027 (")


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"id": 1}', "x" * 3000])
def test_a_button_that_carries_no_draft_is_refused(text: str) -> None:
    with pytest.raises(checkin_values.SpoiledValue):
        checkin_drafts.read(text)
    with pytest.raises(checkin_values.SpoiledValue):
        checkin_values.read(text, "move")


@given(
    title=st.text(min_size=1, max_size=TITLE_MOST),
    rule=st.sampled_from([weekly((0, 4), 2), monthly_by_date(31), yearly(2, 29)]),
    minutes=st.integers(1, 720),
)
def test_a_draft_comes_back_from_its_button(title: str, rule: Rule, minutes: int) -> None:
    plan = replace(PLAN, title=title, rule=rule, length=timedelta(minutes=minutes))
    draft = replace(DRAFT, plan=plan)

    assert checkin_drafts.read(checkin_drafts.write(draft)) == draft


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(Cut(cadence_id="c1"), id="all turns"),
        pytest.param(Cut(cadence_id="c1", version=2), id="from one on, of what went on"),
        pytest.param(
            Cut(cadence_id="c1", version=3, until_before=date(2026, 12, 31)), id="had a last day"
        ),
    ],
)
def test_an_end_comes_back_from_the_button_that_takes_it_back(cut: Cut) -> None:
    assert checkin_values.read_cut(checkin_values.write_cut(cut)) == cut


@given(
    reason=st.text(max_size=checkin_values.REASON_MOST),
    moved=st.booleans(),
    following=st.sampled_from([None, FOLLOWING, replace(FOLLOWING, version=None)]),
)
def test_a_change_comes_back_from_its_button(
    reason: str, moved: bool, following: Following | None
) -> None:
    to_at = STARTS_AT if moved else None
    change = replace(CHANGE, reason=reason, to_at=to_at, following=following)

    assert checkin_values.read(checkin_values.write(change), "move") == change


def test_the_change_form_reads_back_what_it_was_filled_in_with() -> None:
    change = Change(
        what="move_all",
        cadence_id=CADENCE.id,
        original=TURN.original,
        to_at=STARTS_AT + timedelta(hours=2),
        reason="the data came late",
    )
    view = checkin_turn_forms.change_form(PARTNERSHIP, AHEAD, change)

    asked = checkin_turn_forms.read_change(as_drawn(view))

    assert (asked.what, asked.reason) == ("move_all", "the data came late")
    meant = checkin_asks.start_meant(AHEAD, WRITER.due(asked.when), PLAN.zone, MANILA, NOW)
    assert meant == change.to_at
