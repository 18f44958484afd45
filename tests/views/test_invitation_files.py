from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import zones
from domain.cadences import Cadence, Occurrence, OccurrenceState, Plan
from domain.checkin_moves import turns_ahead
from domain.invitations import SINGLES_FOR, Entry, Facts, entries, repeats
from domain.recurrence import Rule, turns
from domain.rule_text import monthly_by_date, monthly_by_working_day, weekly
from tests.domain.slow_turns import rules
from tests.views.invitation_reader import starts_of
from views.invitation_files import Version, calendar_text, file_stem

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
HALF_AN_HOUR = timedelta(minutes=30)
TUESDAYS = weekly((1,))
# New York and London change on different days, Manila never, Lord Howe by half an hour.
ZONES = ("America/New_York", "Asia/Manila", "Europe/London", "Australia/Lord_Howe")
# Each of these reads hundreds of turns out of a file.
reading = settings(max_examples=40)


def cadence(rule: Rule = TUESDAYS, start: str = "2026-11-24T10:00", **changed: object) -> Cadence:
    plan = Plan(
        kind="checkin",
        title="Operations review",
        rule=rule,
        local_start=datetime.fromisoformat(start),
        zone="America/New_York",
        length=HALF_AN_HOUR,
    )
    return Cadence(
        team_id="T",
        id="abc",
        partnership_id="P",
        plan=replace(plan, **changed),  # type: ignore[arg-type]
        state="active",
        created_by=None,
        created_at=NOW,
    )


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def row(
    of: Cadence, original: datetime, starts_at: datetime | None, state: OccurrenceState = "planned"
) -> Occurrence:
    starts_at = starts_at or zones.to_utc(original, of.plan.zone)
    return Occurrence(
        team_id="T",
        id=f"{original}",
        cadence_id=of.id,
        partnership_id="P",
        kind="checkin",
        original=original,
        starts_at=starts_at,
        ends_at=starts_at + of.plan.length,
        state=state,
        known_from=NOW,
    )


def told(
    of: Cadence, *rows: Occurrence, earlier: list[Entry] | None = None, now: datetime = NOW
) -> list[Entry]:
    coming = [one for one in rows if one.is_open]
    ahead = turns_ahead(of, coming, now + SINGLES_FOR, now) if of.state == "active" else []
    stored = {one.original for one in rows}
    kept = [one for one in ahead if one.original not in stored or one.original in starts(coming)]
    return entries(Facts(cadence=of, rows=rows, ahead=kept, earlier=earlier or []), now)


def starts(rows: list[Occurrence]) -> set[datetime]:
    return {one.original for one in rows}


def text_of(of: Cadence, found: list[Entry], sequence: int = 0) -> str:
    return calendar_text(of, found, Version(sequence, NOW, "Acme, Inc. and Globalcall"))


def shown(of: Cadence, found: list[Entry], since: datetime = NOW) -> list[datetime]:
    return starts_of(text_of(of, found), since, since + YEAR)


def by_domain(of: Cadence, count: int = 400) -> list[datetime]:
    plan = of.plan
    every = turns(plan.rule, local_start=plan.local_start, zone_name=plan.zone, count=count)
    return [turn.starts_at for turn in every if NOW <= turn.starts_at < NOW + YEAR]


@reading
@given(
    rule=rules,
    zone=st.sampled_from(ZONES),
    start_on=st.dates(date(2026, 11, 21), date(2027, 5, 1)),
    at=st.times(max_value=time(4)).map(lambda at: at.replace(second=0, microsecond=0))
    | st.just(time(10)),
)
def test_a_calendar_shows_every_turn_of_a_year_when_it_takes_place(
    rule: Rule, zone: str, start_on: date, at: time
) -> None:
    of = cadence(rule, datetime.combine(start_on, at).isoformat(), zone=zone)

    found = shown(of, told(of))

    assert found == by_domain(of)


@reading
@given(
    zone=st.sampled_from(ZONES),
    rule=st.sampled_from([TUESDAYS, weekly((1, 3), 2), monthly_by_date(15), monthly_by_date(30)]),
    skipped=st.sets(st.integers(0, 9)),
    moved=st.dictionaries(st.integers(0, 9), st.integers(-600, 600)),
)
def test_a_calendar_shows_moved_turns_where_they_are_and_skipped_ones_not_at_all(
    zone: str, rule: Rule, skipped: set[int], moved: dict[int, int]
) -> None:
    of = cadence(rule, "2027-01-12T02:15", zone=zone)
    plan = of.plan
    coming = turns(rule, local_start=plan.local_start, zone_name=zone, count=10)
    rows = [
        row(
            of,
            turn.original,
            turn.starts_at + timedelta(minutes=moved.get(n, 0)),
            "skipped" if n in skipped else "planned",
        )
        for n, turn in enumerate(coming)
    ]

    found = shown(of, told(of, *rows))

    dropped = {turn.starts_at for n, turn in enumerate(coming) if n in skipped}
    changed = {turn.starts_at for n, turn in enumerate(coming)}
    expected = [at for at in by_domain(of) if at not in changed | dropped]
    expected += [one.starts_at for one in rows if one.is_open]
    assert found == sorted(expected)


def test_the_next_version_has_the_same_uid_and_a_higher_sequence() -> None:
    of = cadence()
    first = told(of)
    moved_on = row(of, wall("2026-12-01T10:00"), datetime(2026, 12, 2, 15, tzinfo=UTC))

    second = told(of, moved_on, earlier=first)

    master, exception = vobject.readOne(text_of(of, second, sequence=1)).contents["vevent"]
    assert master.uid.value == exception.uid.value == f"{first[0].uid}@touchbase"
    assert {master.sequence.value, exception.sequence.value} == {"1"}
    assert exception.contents["recurrence-id"][0].value.isoformat() == "2026-12-01T10:00:00-05:00"


def test_this_and_following_end_the_old_series_and_begin_another() -> None:
    old = cadence()
    first = told(old)
    rows = [row(old, wall("2026-11-24T10:00"), None), row(old, wall("2026-12-02T11:00"), None)]
    new = cadence(weekly((2,)), "2026-12-02T11:00")

    second = told(new, *rows, earlier=first)

    expected = [datetime(2026, 11, 24, 15, tzinfo=UTC), *by_domain(new)]
    assert shown(new, second) == expected
    assert len({one.uid for one in second}) == 2
    assert told(new, *rows, earlier=second) == second


def test_what_a_rule_cannot_tell_is_told_turn_by_turn_and_called_off_likewise() -> None:
    last_working_days = cadence(monthly_by_working_day(-1), "2026-11-25T10:00")
    first = told(last_working_days)
    now_weekly = cadence()

    second = told(now_weekly, earlier=first)

    assert len(first) >= 12
    assert shown(last_working_days, first) == by_domain(last_working_days)
    assert shown(now_weekly, second) == by_domain(now_weekly)


@pytest.mark.parametrize("rule", [TUESDAYS, monthly_by_working_day(1)])
def test_an_ended_check_in_leaves_nothing_to_come_and_keeps_what_was(rule: Rule) -> None:
    of = cadence(rule, "2026-11-01T10:00")
    first = told(of, now=NOW - timedelta(days=18))
    over = [row(of, one, None, "over") for one in (wall("2026-11-03T10:00"),)]

    moved_on = row(of, wall("2026-11-24T10:00"), NOW + timedelta(days=9))
    second = told(of, *over, moved_on, earlier=first)
    cancelled = replace(moved_on, state="cancelled")
    last = told(replace(of, state="ended"), *over, cancelled, earlier=second)

    assert shown(of, last) == []
    if repeats(of.plan):
        assert len(shown(of, last, NOW - timedelta(days=30))) == 3


def test_typed_words_stay_words() -> None:
    title = "Review, weekly; “ops” \\ 全員 👩‍💻\r\nBEGIN:VEVENT " + "x" * 80
    of = cadence(title=title, link="https://meet.example/a?b=1,2;c")

    text = text_of(of, told(of))

    (event,) = vobject.readOne(text).contents["vevent"]
    assert event.summary.value == title.replace("\r\n", " ")
    assert event.description.value.startswith("Acme, Inc. and Globalcall. ")
    assert event.location.value == "https://meet.example/a?b=1,2;c"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        pytest.param("Operations review", "operations-review", id="plain"),
        pytest.param("Révision / Q4 (EMEA)", "revision-q4-emea", id="accents and signs"),
        pytest.param("週次", "check-in", id="no letter of ours"),
        pytest.param("../../etc", "etc", id="a path"),
    ],
)
def test_a_file_is_named_after_its_check_in(title: str, stem: str) -> None:
    assert file_stem(title) == stem
