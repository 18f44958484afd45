from datetime import timedelta
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendars import (
    add_working,
    end_of_day,
    is_working,
    next_handover,
    next_shared,
    next_shift,
    next_working,
    shift_at,
    shift_on,
    working_between,
)
from tests.domain.random_calendars import WINDOW_MINUTES, Case, cases, minutes_of_window
from tests.domain.slow_time import MINUTE, worked

days_inside = st.integers(1, 2)
# Each of these counts thousands of minutes.
counting = settings(max_examples=30)


def first_worked(minutes: list[bool], start: int) -> int | None:
    return next((n for n in range(start, len(minutes)) if minutes[n]), None)


def stops(minutes: list[bool], start: int) -> list[int]:
    """The minutes after ``start`` at which work stops that was under way at it or later."""
    ahead = range(start + 1, len(minutes))
    return [n for n in ahead if minutes[n - 1] and not minutes[n]]


@counting
@given(case=cases(), seconds=st.integers(0, 59))
def test_each_minute_is_worked_or_not_as_the_clock_on_the_wall_says(
    case: Case, seconds: int
) -> None:
    (calendar,), (slow,) = case.fast, case.slow

    answers = [
        is_working(calendar, case.at(n) + timedelta(seconds=seconds)) for n in range(WINDOW_MINUTES)
    ]

    assert answers == worked(slow, case.start, WINDOW_MINUTES)


@counting
@given(case=cases(), minute=minutes_of_window)
def test_the_next_working_moment_is_the_first_worked_minute(case: Case, minute: int) -> None:
    (calendar,), (slow,) = case.fast, case.slow

    answer = next_working(calendar, case.at(minute))

    expected = first_worked(worked(slow, case.start, WINDOW_MINUTES), minute)
    if expected is None:
        assert answer is None or answer >= case.end
    else:
        assert answer == case.at(expected)


@counting
@given(case=cases(), start=minutes_of_window, end=minutes_of_window)
def test_the_time_between_is_the_worked_minutes_counted(case: Case, start: int, end: int) -> None:
    (calendar,), (slow,) = case.fast, case.slow

    answer = working_between(calendar, case.at(start), case.at(end))

    assert answer == sum(worked(slow, case.start, WINDOW_MINUTES)[start:end]) * MINUTE


@counting
@given(case=cases(), start=minutes_of_window, amount=st.integers(0, 3000))
def test_time_added_ends_when_so_many_minutes_are_worked(
    case: Case, start: int, amount: int
) -> None:
    (calendar,), (slow,) = case.fast, case.slow

    answer = add_working(calendar, case.at(start), amount * MINUTE)

    passed = list(accumulate(worked(slow, case.start, WINDOW_MINUTES)[start:], initial=0))
    if amount > passed[-1]:
        assert answer is None or answer > case.end
    else:
        assert answer == case.at(start + passed.index(amount))


@counting
@given(case=cases(calendars=2), minute=minutes_of_window)
def test_a_shared_moment_is_the_first_minute_that_both_work(case: Case, minute: int) -> None:
    of_a, of_b = (worked(slow, case.start, WINDOW_MINUTES) for slow in case.slow)
    a, b = case.fast

    answer = next_shared(a, b, case.at(minute))

    expected = first_worked([both == (True, True) for both in zip(of_a, of_b, strict=True)], minute)
    if expected is None:
        assert answer is None or answer >= case.end
    else:
        assert answer == case.at(expected)


@counting
@given(case=cases(calendars=2), minute=minutes_of_window)
def test_a_handover_is_the_last_stop_of_one_before_the_other_works(case: Case, minute: int) -> None:
    of_a, of_b = (worked(slow, case.start, WINDOW_MINUTES) for slow in case.slow)
    a, b = case.fast

    answer = next_handover(a, b, case.at(minute))

    of_a_stops = stops(of_a, minute)
    takes = first_worked(of_b, of_a_stops[0]) if of_a_stops else None
    if takes is None:
        assert answer is None or answer.takes_at >= case.end
    else:
        assert answer is not None
        assert answer.takes_at == case.at(takes)
        assert answer.leaves_at == case.at(max(n for n in of_a_stops if n <= takes))


@counting
@given(case=cases(), days=days_inside)
def test_a_shift_reaches_from_the_first_to_the_last_minute_worked_of_its_day(
    case: Case, days: int
) -> None:
    (calendar,), (slow,) = case.fast, case.slow
    day = case.start.date() + timedelta(days=days)

    shift = shift_on(calendar, day)

    # Up to 14 hours before the day begins in UTC, and past the end of the following one.
    minutes = worked(slow, case.start, WINDOW_MINUTES + 1440, of_day=day)
    if shift is None:
        assert not any(minutes)
        assert end_of_day(calendar, day) is None
    else:
        assert shift.day_on == day
        assert shift.starts_at == case.at(minutes.index(True))
        assert shift.ends_at == case.at(len(minutes) - minutes[::-1].index(True))
        assert end_of_day(calendar, day) == shift.ends_at


@given(case=cases(), minute=minutes_of_window)
def test_the_shift_at_a_moment_is_the_earliest_that_holds_it(case: Case, minute: int) -> None:
    (calendar,) = case.fast
    moment = case.at(minute)

    shift = shift_at(calendar, moment)

    around = [shift_on(calendar, moment.date() + timedelta(days=n)) for n in range(-4, 4)]
    holding = [s for s in around if s is not None and s.starts_at <= moment < s.ends_at]
    assert shift == (holding[0] if holding else None)
    assert shift is not None or not is_working(calendar, moment)


@given(case=cases(), minute=minutes_of_window)
def test_the_next_shift_starts_later_and_none_lies_between(case: Case, minute: int) -> None:
    (calendar,) = case.fast
    moment = case.at(minute)

    shift = next_shift(calendar, moment)

    around = [shift_on(calendar, moment.date() + timedelta(days=n)) for n in range(-4, 8)]
    later = [s for s in around if s is not None and s.starts_at > moment]
    if later:
        assert shift == later[0]
    else:
        assert shift is None or shift.day_on > moment.date() + timedelta(days=7)


@given(case=cases(), minutes=st.lists(minutes_of_window, min_size=3, max_size=3).map(sorted))
def test_parts_of_a_stretch_add_up_to_the_whole(case: Case, minutes: list[int]) -> None:
    (calendar,) = case.fast
    start, middle, end = map(case.at, minutes)

    parts = working_between(calendar, start, middle), working_between(calendar, middle, end)

    assert sum(parts, timedelta(0)) == working_between(calendar, start, end)


@given(
    case=cases(), minute=minutes_of_window, days=st.floats(0, 90), seconds=st.integers(1, 400_000)
)
def test_adding_what_passed_and_counting_what_was_added_agree_over_months(
    case: Case, minute: int, days: float, seconds: int
) -> None:
    (calendar,) = case.fast
    start = case.at(minute) + timedelta(days=days)
    amount = timedelta(seconds=seconds)

    end = add_working(calendar, start, amount)

    if end is None:
        assert not any(calendar.hours.weekly)
    else:
        assert working_between(calendar, start, end) == amount
        assert is_working(calendar, end - timedelta(microseconds=1))
