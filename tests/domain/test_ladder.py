from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Away, Calendar, shift_at
from domain.deliverables import Commitment
from domain.ladder import Step, Told, day_of, next_step, tells_lead, word_at
from domain.ladders import PRESETS, STANDARD, ImpossibleLadder, Ladder, ladder_of
from tests.deliverable_stage import DECK
from tests.domain.shift_patterns import (
    HALF_DAYS,
    NIGHT_SHIFT,
    OFFICE,
    WEEKEND_SUPPORT,
    at,
    new_york,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = new_york("2026-11-16 12:00")
# By Thursday's end; the week after has a holiday on its Thursday.
THURSDAY = new_york("2026-11-19 17:00")
OWED = replace(DECK, created_at=MONDAY, due_at=THURSDAY, first_due_at=THURSDAY)
FIRM = PRESETS["firm"]


def told(calendar: Calendar, *steps: tuple[str, datetime]) -> list[Told]:
    return [Told(step=name, told_at=when, told_on=day_of(calendar, when)) for name, when in steps]


def steps(
    one: Commitment,
    calendar: Calendar,
    ladder: Ladder,
    looks: Sequence[datetime],
    begun: Sequence[Told] = (),
) -> list[Told]:
    """What is told when time looks at certain moments only, after what was told before."""
    taken = list(begun)
    look_at = looks[0]
    for now in looks:
        if now < look_at:
            continue
        step = next_step(one, taken, calendar, ladder, now)
        if step is None:
            break
        # Nothing is looked at before the moment that was said.
        look_at = step.at
        if word_at(step, calendar, now) == now:
            taken += told(calendar, (step.name, now))
    return taken


def each_hour(days: int, start: datetime = MONDAY) -> list[datetime]:
    return [start + n * HOUR for n in range(days * 24)]


def days_of(taken: Sequence[Told]) -> list[tuple[str, str]]:
    return [(one.step, f"{one.told_on:%a %d}") for one in taken]


@pytest.mark.parametrize(
    ("ladder", "expected"),
    [
        pytest.param(
            PRESETS["gentle"],
            [("due", "Thu 19"), ("late-1", "Tue 24"), ("late-2", "Mon 30")],
            id="gentle: the due day, then every third working day, three in all",
        ),
        pytest.param(
            STANDARD,
            [
                ("due", "Thu 19"),
                ("late-1", "Fri 20"),
                ("late-2", "Mon 23"),
                ("late-3", "Tue 24"),
                ("late-4", "Wed 25"),
                ("late-5", "Fri 27"),
            ],
            id="standard: each working day, six in all",
        ),
        pytest.param(
            replace(FIRM, most=3),
            [("before", "Wed 18"), ("due", "Thu 19"), ("late-1", "Fri 20")],
            id="firm: the day before, too",
        ),
    ],
)
def test_a_ladder_is_climbed_on_the_owners_working_days(
    ladder: Ladder, expected: list[tuple[str, str]]
) -> None:
    taken = steps(OWED, OFFICE, ladder, each_hour(40))

    assert days_of(taken) == expected


def test_the_own_lead_reads_it_with_the_first_reminder_after_enough() -> None:
    taken = steps(OWED, OFFICE, FIRM, each_hour(40))

    assert [one.step for one in taken if tells_lead(one.step, FIRM)] == ["late-3"]
    assert not any(tells_lead(one.step, PRESETS["gentle"]) for one in taken)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"acknowledged_at": MONDAY}, id="its owner is on it"),
        pytest.param({"state": "done", "closed_at": MONDAY}, id="it is done"),
    ],
)
def test_nothing_is_told_of_what_needs_no_word(changes: dict[str, Any]) -> None:
    assert steps(replace(OWED, **changes), OFFICE, FIRM, each_hour(40)) == []


def test_a_snooze_puts_off_and_brings_back_and_is_no_reminder_of_ours() -> None:
    looks = each_hour(40)
    until = new_york("2026-11-25 09:00")
    first = steps(OWED, OFFICE, PRESETS["gentle"], each_hour(4))
    snoozed = replace(OWED, snoozed_until=until)
    rest = [now for now in looks if now > first[-1].told_at]

    taken = list(first)
    for now in rest:
        step = next_step(snoozed, taken, OFFICE, PRESETS["gentle"], now)
        if step is not None and word_at(step, OFFICE, now) == now:
            taken += told(OFFICE, (step.name, now))

    assert days_of(taken) == [
        ("due", "Thu 19"),
        ("again-1", "Wed 25"),
        ("late-1", "Tue 01"),
        ("late-2", "Fri 04"),
    ]


def test_who_is_away_is_asked_when_they_are_back_with_one_step_for_all() -> None:
    gone = Away(from_at=THURSDAY - DAY, until_at=THURSDAY + 6 * DAY)
    calendar = replace(OFFICE, away=(gone,))

    taken = steps(OWED, calendar, STANDARD, each_hour(12))

    assert days_of(taken)[0] == ("due", "Wed 18")  # the last day on which they are there
    assert days_of(taken)[1] == ("late-1", "Fri 27")


def test_who_is_back_before_it_is_due_hears_of_it_on_the_day_and_is_not_late_before() -> None:
    gone = replace(OFFICE, away=(Away(from_at=THURSDAY - 2 * DAY, until_at=THURSDAY + DAY),))
    begun = steps(OWED, gone, FIRM, each_hour(1))

    taken = steps(OWED, OFFICE, replace(FIRM, most=4), each_hour(20, MONDAY + DAY), begun)

    assert days_of(taken) == [
        ("due", "Tue 17"),
        ("due-2", "Thu 19"),
        ("late-1", "Fri 20"),
        ("late-2", "Mon 23"),
    ]


def test_what_nobody_took_on_is_asked_about_and_then_reminded_of_as_any_other() -> None:
    proposed = replace(OWED, state="proposed")
    asked = steps(proposed, OFFICE, PRESETS["gentle"], each_hour(30))

    step = next_step(OWED, asked[:1], OFFICE, STANDARD, MONDAY + DAY)

    assert days_of(asked) == [("ask-1", "Mon 16"), ("ask-2", "Thu 19"), ("ask-3", "Tue 24")]
    assert step == Step(name="due", at=new_york("2026-11-19 09:00"))


def test_the_next_word_is_a_moment_at_which_the_owner_works() -> None:
    step = Step(name="late-1", at=new_york("2026-11-20 09:00"))

    assert word_at(step, OFFICE, MONDAY) == step.at
    assert word_at(step, OFFICE, new_york("2026-11-20 20:00")) == new_york("2026-11-23 09:00")
    assert word_at(None, OFFICE, MONDAY) is None


@pytest.mark.parametrize("code", ["", "1-2-3", "0-0-0-1", "6-1-0-3", "0-1-3-11", "a-b-c-d"])
def test_what_says_no_ladder_is_refused(code: str) -> None:
    with pytest.raises(ImpossibleLadder):
        ladder_of(code)


LADDERS = st.builds(
    Ladder,
    before_days=st.integers(0, 5),
    every_days=st.integers(1, 5),
    lead_after=st.integers(0, 10),
    most=st.integers(1, 10),
)
SPRING = at("2026-03-02 00:00")
HOURS = st.integers(0, 90 * 24)
CALENDARS = st.builds(
    lambda calendar, gone: replace(
        calendar,
        away=tuple(
            Away(from_at=SPRING + start * HOUR, until_at=SPRING + (start + long) * HOUR)
            for start, long in gone
        ),
    ),
    st.sampled_from([OFFICE, NIGHT_SHIFT, HALF_DAYS, WEEKEND_SUPPORT]),
    st.lists(st.tuples(HOURS, st.integers(1, 200)), max_size=4),
)


@given(
    ladder=LADDERS,
    calendar=CALENDARS,
    due=st.integers(1, 40 * 24),
    snoozed=st.none() | HOURS,
    resting=st.sets(st.integers(0, 89), max_size=30),
    proposed=st.booleans(),
)
def test_every_step_is_taken_once_in_order_in_working_time_and_never_too_often(
    ladder: Ladder,
    calendar: Calendar,
    due: int,
    snoozed: int | None,
    resting: set[int],
    *,
    proposed: bool,
) -> None:
    one = replace(
        OWED,
        state="proposed" if proposed else "accepted",
        created_at=SPRING,
        due_at=SPRING + due * HOUR,
        snoozed_until=None if snoozed is None else SPRING + snoozed * HOUR,
    )
    # On some days nobody looks: the bot is down, or the partnership rests.
    looks = [now for n, now in enumerate(each_hour(90, SPRING)) if n // 24 not in resting]
    looks = looks or [SPRING]
    twice = [now for now in looks for _ in range(2)]

    taken = steps(one, calendar, ladder, looks)

    assert steps(one, calendar, ladder, twice) == taken
    assert ladder_of(ladder.code) == ladder
    names = [step.step for step in taken]
    assert len(set(names)) == len(names)
    days = [step.told_on for step in taken]
    assert days == sorted(set(days))
    assert all(shift_at(calendar, step.told_at) is not None for step in taken)
    own_wish = [name for name in names if name.startswith("again")]
    assert len(own_wish) <= 1
    assert len(names) - len(own_wish) <= ladder.most
    if one.snoozed_until is not None:
        assert not any(SPRING <= step.told_at < one.snoozed_until for step in taken)
    numbers = [int(name[5:]) for name in names if name.startswith("late-")]
    assert numbers == list(range(1, len(numbers) + 1))


@given(
    ladder=LADDERS,
    calendar=st.sampled_from([OFFICE, NIGHT_SHIFT, HALF_DAYS, WEEKEND_SUPPORT]),
    due=st.integers(15 * 24, 30 * 24),
    leaves=st.integers(0, 15 * 24),
    back=st.integers(0, 15 * 24),
)
def test_whoever_comes_back_early_is_never_late_before_the_date(
    ladder: Ladder, calendar: Calendar, due: int, leaves: int, back: int
) -> None:
    one = replace(OWED, created_at=SPRING, due_at=SPRING + due * HOUR)
    left_at, back_at = (one.due_at - hours * HOUR for hours in sorted((leaves, back))[::-1])
    away = replace(calendar, away=(Away(from_at=left_at, until_at=one.due_at + DAY),))
    looks = each_hour(60, SPRING)
    begun = steps(one, away, ladder, [at for at in looks if at <= back_at])

    taken = steps(one, calendar, ladder, [at for at in looks if at > back_at], begun)

    assert all(step.told_at >= one.due_at for step in taken if step.step.startswith("late"))
    assert len({step.step for step in taken}) == len({step.told_on for step in taken}) == len(taken)
    assert len(taken) <= ladder.most
