from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Away, Calendar, is_working, office, shift_on, weekly_hours
from domain.deliverables import (
    ANSWER_FIRST,
    TITLE_MOST,
    Commitment,
    Due,
    Reason,
    Unclear,
    checked_title,
    due_moment,
    owner_side,
    tell_from,
)
from domain.names import matching, named, rest_of_name
from domain.people import Member
from tests.partners import MANILA, MONDAY_NOON, NEW_YORK, THIRD_TEAM, member, partnership
from views.deliverable_questions import question

OFFICE = office(NEW_YORK)
NIGHT = office(MANILA, start="21:00", end="06:00")
# A Monday before the clocks of New York go back, on Sunday 1 November 2026.
BEFORE_THE_CHANGE = datetime(2026, 10, 26, 14, 0, tzinfo=UTC)


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def owed(**changes: object) -> Commitment:
    one = Commitment(
        team_id="T0ACME",
        id="d1",
        partnership_id="p1",
        title="Training deck",
        owner_id="ana",
        side="vendor",
        state="accepted",
        due_at=MONDAY_NOON + timedelta(days=1),
        first_due_at=MONDAY_NOON + timedelta(days=1),
        created_by="maria",
        created_at=MONDAY_NOON,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "calendar", "moment"),
    [
        pytest.param(date(2026, 11, 20), OFFICE, utc(20, 23), id="the end of a working day"),
        pytest.param(date(2026, 11, 21), OFFICE, utc(20, 23), id="Saturday is Friday's end"),
        pytest.param(date(2026, 11, 22), OFFICE, utc(20, 23), id="Sunday, too"),
        pytest.param(date(2026, 11, 20), NIGHT, utc(20, 22), id="a night shift ends on Saturday"),
        pytest.param(date(2026, 11, 16), OFFICE, utc(16, 23), id="today, while the shift lasts"),
    ],
)
def test_a_day_means_the_end_of_the_owners_shift(
    day: date, calendar: Calendar, moment: datetime
) -> None:
    assert due_moment(Due(day=day), calendar, MONDAY_NOON) == moment


def test_a_holiday_before_the_day_moves_it_to_the_last_shift() -> None:
    calendar = replace(OFFICE, days_off=frozenset({date(2026, 11, 20)}))

    assert due_moment(Due(day=date(2026, 11, 20)), calendar, MONDAY_NOON) == utc(19, 23)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        pytest.param(date(2026, 10, 30), utc(30, 22, month=10), id="Friday, still summer time"),
        pytest.param(date(2026, 11, 1), utc(30, 22, month=10), id="the Sunday itself"),
        pytest.param(date(2026, 11, 2), utc(2, 23), id="Monday, an hour later in UTC"),
    ],
)
def test_the_hour_on_the_wall_stays_over_a_change_of_clocks(day: date, moment: datetime) -> None:
    assert due_moment(Due(day=day), OFFICE, BEFORE_THE_CHANGE) == moment


def test_a_shift_over_the_night_of_the_change_ends_by_the_wall() -> None:
    calendar = Calendar(zone=NEW_YORK, hours=weekly_hours("sat 21:00-06:00"))

    due_at = due_moment(Due(day=date(2026, 10, 31)), calendar, BEFORE_THE_CHANGE)

    assert due_at == utc(1, 11)


def test_a_named_time_is_on_the_clock_that_was_named() -> None:
    due = Due(at=datetime(2026, 11, 20, 17, 0), zone=MANILA)  # noqa: DTZ001

    assert due_moment(due, OFFICE, MONDAY_NOON) == utc(20, 9)


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        pytest.param(Due(), "no_due", id="nothing named"),
        pytest.param(
            Due(at=datetime(2026, 11, 16, 9, 0), zone=NEW_YORK),  # noqa: DTZ001
            "past",
            id="this morning",
        ),
        pytest.param(Due(day=date(2026, 11, 13)), "past_day", id="last Friday"),
        pytest.param(Due(day=date(9000, 1, 1)), "impossible", id="a year nobody has seen"),
    ],
)
def test_a_date_that_cannot_be_is_asked(due: Due, reason: Reason) -> None:
    with pytest.raises(Unclear) as unclear:
        due_moment(due, OFFICE, MONDAY_NOON)

    assert (unclear.value.field, unclear.value.reason) == ("due", reason)


def test_who_is_away_all_week_is_asked_about_another_date() -> None:
    away = Away(from_at=MONDAY_NOON - timedelta(days=3), until_at=MONDAY_NOON + timedelta(days=20))

    with pytest.raises(Unclear) as unclear:
        due_moment(Due(day=date(2026, 11, 20)), replace(OFFICE, away=(away,)), MONDAY_NOON)

    assert unclear.value.reason == "no_shift"


def test_a_holiday_before_which_no_shift_is_left_is_named() -> None:
    calendar = replace(OFFICE, holiday_countries=(("US", None),))
    after_work = datetime(2026, 11, 26, 1, tzinfo=UTC)

    with pytest.raises(Unclear) as unclear:
        due_moment(Due(day=date(2026, 11, 26)), calendar, after_work)

    assert unclear.value.reason == "no_shift"
    assert question(unclear.value).startswith(
        "I read Thu 26 Nov: that is a holiday (Thanksgiving Day), and its owner"
    )


@given(st.dates(date(2026, 11, 17), date(2027, 11, 16)))
def test_what_is_due_on_a_day_is_due_when_a_shift_ends_that_began_by_then(day: date) -> None:
    due_at = due_moment(Due(day=day), NIGHT, MONDAY_NOON)

    ends = [shift_on(NIGHT, day - timedelta(days=back)) for back in range(4)]
    assert due_at == next(shift.ends_at for shift in ends if shift is not None)
    assert is_working(NIGHT, due_at - timedelta(minutes=1))


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        pytest.param("", "no_title", id="empty"),
        pytest.param(" \n\t ", "no_title", id="only blanks"),
        pytest.param("x" * (TITLE_MOST + 1), "long_title", id="too long"),
    ],
)
def test_a_title_that_is_none_is_asked(title: str, reason: Reason) -> None:
    with pytest.raises(Unclear) as unclear:
        checked_title(title)

    assert unclear.value.reason == reason


def test_a_title_keeps_its_letters_on_one_line() -> None:
    assert checked_title("  الشريحة \n <!channel> 🎉 ") == "الشريحة <!channel> 🎉"


@pytest.mark.parametrize(
    ("owner", "reason"),
    [
        pytest.param(member("vendor", is_bot=True), "bot_owner", id="a bot"),
        pytest.param(member("vendor", deleted=True), "gone_owner", id="somebody who left"),
        pytest.param(
            member(None, "observer", home_team=THIRD_TEAM), "no_side_owner", id="a third company"
        ),
        pytest.param(member(None, "advisor"), "no_side_owner", id="an advisor"),
        pytest.param(
            member(None, "observer", is_guest=True), "no_side_owner", id="a guest of no side"
        ),
    ],
)
def test_who_cannot_owe_is_asked_about(owner: Member, reason: Reason) -> None:
    with pytest.raises(Unclear) as unclear:
        owner_side(partnership(), owner)

    assert (unclear.value.field, unclear.value.reason) == ("owner", reason)


def test_somebody_of_a_sides_workspace_owes_for_that_side() -> None:
    observer = member(None, "observer", confirmed=False, home_team="T0GLOB")

    assert owner_side(partnership(), observer) == "vendor"


def test_the_other_side_owes_nothing_before_it_agreed() -> None:
    with pytest.raises(Unclear) as unclear:
        owner_side(partnership(state="proposed"), member("vendor"))

    assert unclear.value.reason == "not_agreed_owner"
    assert owner_side(partnership(state="proposed"), member("client")) == "client"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("ana", ["Ana Reyes"], id="a first name, whole, before its beginnings"),
        pytest.param("REYES", ["Ana Reyes"], id="a last name in capitals"),
        pytest.param("an", ["Ana Reyes", "Anabel Cruz"], id="a beginning of two"),
        pytest.param("jose", ["José Lim"], id="without its accent"),
        pytest.param("maria", [], id="nobody"),
    ],
)
def test_people_are_found_by_what_is_typed(typed: str, found: list[str]) -> None:
    names = ["Ana Reyes", "Anabel Cruz", "José Lim"]
    everybody = [member("vendor", name=name) for name in names]
    everybody.append(member("vendor", name="Ana Bot", is_bot=True))

    assert [one.person.name for one in named(typed, everybody)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("deck", ["deck"], id="the whole title first"),
        pytest.param("train de", ["training deck"], id="beginnings of words"),
        pytest.param("base", ["product database"], id="a part of a word"),
        pytest.param("d", ["deck", "deck review", "training deck", "product database"], id="many"),
        pytest.param("roster", [], id="none"),
    ],
)
def test_deliverables_are_found_by_their_words(words: str, found: list[str]) -> None:
    titles = ["deck", "deck review", "training deck", "product database"]

    assert [c.title for c in matching([owed(title=t) for t in titles], words)] == found


def test_it_is_late_once_its_moment_has_come_and_no_more_when_it_is_done() -> None:
    one = owed(due_at=MONDAY_NOON)
    done = replace(one, state="done", closed_at=MONDAY_NOON)

    assert not one.is_late(MONDAY_NOON - timedelta(seconds=1))
    assert one.is_late(MONDAY_NOON)
    assert not done.is_late(MONDAY_NOON + timedelta(hours=2))


def test_the_other_side_is_told_after_the_owner_had_time_to_answer() -> None:
    asked_at = utc(17, 14)
    one = owed(due_at=MONDAY_NOON, asked_at=asked_at)

    assert tell_from(one, OFFICE, OFFICE, utc(17, 15)) == asked_at + ANSWER_FIRST


def test_when_nobody_could_ask_two_days_of_coverage_pass_first() -> None:
    one = owed(due_at=utc(16, 23))

    assert tell_from(one, OFFICE, OFFICE, utc(17, 15)) == utc(18, 21)


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        pytest.param("Reyes training deck", "Reyes", id="the rest of the name"),
        pytest.param("de los REYÉS, deck", "", id="another name"),
        pytest.param("REYÉS: deck", "REYÉS:", id="however it is written"),
        pytest.param("training deck for Reyes", "", id="not right behind it"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_whole_name_is_told_from_the_title(words: str, rest: str) -> None:
    assert rest_of_name("Ana Reyes", words) == rest
    assert rest_of_name("Ana", words) == ""
