from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadences import Cadence, Occurrence, Plan
from domain.calendars import Calendar, is_working, office
from domain.changes import Change
from domain.checkin_reports import CameOfIt, Late, Report
from domain.checkins import CheckIn, Confirmation, Said
from domain.coverage import Away
from domain.deliverables import Commitment, DateChange
from domain.findings import (
    Contact,
    Counts,
    Finding,
    Owed,
    PastCheckIn,
    Proposed,
    Responses,
    Span,
    Stopped,
    Week,
)
from domain.gap_ages import counts_from
from domain.gaps import GAPS, alternating, findings, listed, own_first
from domain.partnerships import Pause
from domain.people import SIDES, Side
from domain.rule_text import weekly
from domain.topics import Coverage, Topic
from tests.partners import ACME, GLOBALCALL, MANILA, NEW_YORK, partnership

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The week of Monday 16 November in New York; it is told on the Monday after it, 9:00.
WEEK_STARTS = datetime(2026, 11, 16, 5, tzinfo=UTC)
WEEK_ENDS = WEEK_STARTS + 7 * DAY
NOW = WEEK_ENDS + 9 * HOUR
SPAN = Span(from_at=WEEK_STARTS, until_at=WEEK_ENDS)
AGREED_AT = WEEK_STARTS - 30 * DAY
AGREED = partnership(agreed_at=AGREED_AT)
WEDNESDAY_EVENING = datetime(2026, 11, 18, 22, tzinfo=UTC)  # 17:00 in New York
THURSDAY = datetime(2026, 11, 19, 15, tzinfo=UTC)


def week(**changes: Any) -> Week:
    return replace(Week(partnership=AGREED, span=SPAN, now=NOW), **changes)


def commitment(side: Side = "vendor", **changes: Any) -> Commitment:
    given: dict[str, Any] = {
        "team_id": AGREED.team_id,
        "id": "deck",
        "partnership_id": AGREED.id,
        "title": "Training deck",
        "owner_id": "ana",
        "side": side,
        "state": "accepted",
        "due_at": WEDNESDAY_EVENING,
        "first_due_at": WEDNESDAY_EVENING,
        "created_by": "maria",
        "created_at": WEEK_STARTS,
    }
    return Commitment(**(given | changes))


def owed(side: Side = "vendor", **changes: Any) -> tuple[Owed, ...]:
    return (Owed(commitment=commitment(side, **changes)),)


def proposal(side: Side = "vendor", made_at: datetime = WEEK_STARTS) -> tuple[Proposed, ...]:
    """A side proposes to answer within four working hours."""
    change = Change(
        team_id=AGREED.team_id,
        id="change",
        partnership_id=AGREED.id,
        side=side,
        state="proposed",
        old={"reply_time": "480"},
        new={"reply_time": "240"},
        made_by="ana",
        made_at=made_at,
    )
    return (Proposed(about=change, by=side, at=made_at),)


def moved(old: datetime, new: datetime, at: datetime) -> tuple[Owed, ...]:
    change = DateChange(
        due_at=new,
        old_due_at=old,
        changed_by="ana",
        side="vendor",
        changed_at=at,
        was_early=at < old,
        reason=None,
    )
    return (Owed(commitment=commitment(due_at=new, moves=1), last_change=change),)


def past(
    client: Said | None, vendor: Said | None, at: datetime = THURSDAY, **changes: Any
) -> PastCheckIn:
    """A check-in that started at ``at``, and what each side said the hour after."""
    plan = Plan(
        kind="checkin",
        title="Operations review",
        rule=weekly((3,)),
        local_start=datetime.fromisoformat("2026-11-19T10:00"),
        zone=NEW_YORK,
        length=HOUR / 2,
    )
    cadence = Cadence(
        team_id=AGREED.team_id,
        id="review",
        partnership_id=AGREED.id,
        plan=plan,
        state="active",
        created_by=None,
        created_at=AGREED_AT,
    )
    turn = Occurrence(
        team_id=AGREED.team_id,
        id=f"turn-{at:%d}",
        cadence_id="review",
        partnership_id=AGREED.id,
        kind="checkin",
        original=at.replace(tzinfo=None),
        starts_at=at,
        ends_at=at + plan.length,
        state="over",
        known_from=AGREED_AT,
    )
    words: dict[Side, Said | None] = {"client": client, "vendor": vendor}
    said = {
        side: Confirmation(occurrence_id=turn.id, side=side, said=word, said_at=at + HOUR)
        for side, word in words.items()
        if word is not None
    }
    check_in = CheckIn(partnership=AGREED, cadence=cadence, turn=turn, said=said)
    return PastCheckIn(**({"check_in": check_in} | changes))


def answered(side: Side, given: int, asked: int, at: datetime = THURSDAY) -> tuple[Responses, ...]:
    counts = {side: Counts(answered=given, asked=asked)}
    return (Responses(survey_id="pulse", closed_at=at, counts=counts),)


def contacts(client: datetime, vendor: datetime) -> dict[Side, Contact]:
    return {"client": Contact(at=client), "vendor": Contact(at=vendor)}


def late_for(client: Late, vendor: Late) -> PastCheckIn:
    """A check-in that took place, and for whom it started late, as each side says."""
    held = past("held", "held")
    told = CameOfIt(by_side={"client": Report(late=client), "vendor": Report(late=vendor)})
    return replace(held, check_in=replace(held.check_in, came_of=told))


def found(facts: Week) -> list[tuple[str, str]]:
    return [(one.kind, one.turn) for one in findings(facts)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(week(owed=owed()), [("overdue", "vendor")], id="late"),
        pytest.param(week(owed=owed("client")), [("overdue", "client")], id="late, the client's"),
        pytest.param(week(owed=owed(due_at=NOW + DAY)), [], id="due tomorrow"),
        pytest.param(week(owed=owed(due_at=WEEK_ENDS + HOUR)), [], id="due in the new week"),
        pytest.param(
            week(owed=owed("client", due_at=WEEK_ENDS - 55 * HOUR)),
            [("overdue", "client")],
            id="due with the end of Friday",
        ),
        pytest.param(
            week(owed=owed(state="proposed")), [("not_accepted", "vendor")], id="taken on by nobody"
        ),
        pytest.param(
            week(owed=owed(state="proposed", created_at=WEEK_ENDS - 3 * DAY)),
            [],
            id="asked for on Friday, so there was no time yet",
        ),
        pytest.param(
            week(owed=moved(THURSDAY, NOW + 4 * DAY, WEDNESDAY_EVENING)),
            [("slipping", "vendor")],
            id="a new date told in time",
        ),
        pytest.param(
            week(owed=moved(THURSDAY, NOW + 4 * DAY, WEEK_STARTS - HOUR)),
            [],
            id="a new date told the week before",
        ),
        pytest.param(
            week(owed=moved(WEEK_STARTS, WEDNESDAY_EVENING, WEEK_STARTS - HOUR)),
            [("overdue", "vendor")],
            id="late for its new date, too",
        ),
        pytest.param(week(check_ins=(past("held", "held"),)), [], id="held"),
        pytest.param(week(check_ins=(past("held", "other_day"),)), [], id="held another day"),
        pytest.param(
            week(check_ins=(past("not_held", "not_held"),)), [("not_held", "both")], id="not held"
        ),
        pytest.param(
            week(check_ins=(past("not_held", None),)),
            [("not_held", "both")],
            id="not held, says one side",
        ),
        pytest.param(
            week(check_ins=(past("held", "not_held"),)),
            [("disagreement", "both")],
            id="the sides disagree",
        ),
        pytest.param(
            week(check_ins=(late_for("client", "none"),)),
            [("disagreement", "both")],
            id="its start is told differently",
        ),
        pytest.param(week(check_ins=(late_for("client", "client"),)), [], id="late, both say"),
        pytest.param(
            week(check_ins=(past("not_held", None, THURSDAY - 2 * DAY), past("held", None))),
            [],
            id="the next turn of the same took place",
        ),
        pytest.param(
            week(check_ins=(past("not_held", None, THURSDAY - 7 * DAY),)),
            [],
            id="not held the week before",
        ),
        pytest.param(
            week(check_ins=(past("held", None, THURSDAY - 3 * DAY),)),
            [("unconfirmed", "vendor")],
            id="the vendor did not confirm",
        ),
        pytest.param(
            week(check_ins=(past(None, None, THURSDAY - 3 * DAY),)),
            [("unconfirmed", "both")],
            id="nobody confirmed",
        ),
        pytest.param(
            week(
                check_ins=(past(None, None, THURSDAY - 7 * DAY), past(None, None, THURSDAY + DAY))
            ),
            [("unconfirmed", "both")],
            id="nobody confirmed the one of the week before",
        ),
        pytest.param(
            week(check_ins=(past(None, None, THURSDAY - 11 * DAY),)),
            [],
            id="nobody confirmed for two weeks",
        ),
        pytest.param(
            week(check_ins=(past(None, None, THURSDAY - 7 * DAY), past("held", "held"))),
            [],
            id="nobody confirmed, and the next of the same took place",
        ),
        pytest.param(
            week(check_ins=(past("held", None, THURSDAY + DAY),)),
            [],
            id="the two days are not over",
        ),
        pytest.param(
            week(check_ins=(past(None, None, THURSDAY - 3 * DAY, was_asked=False),)),
            [],
            id="nobody was asked",
        ),
        pytest.param(
            week(contacts=contacts(NOW - HOUR, WEEK_STARTS - 2 * DAY)),
            [("silence", "vendor")],
            id="the vendor wrote nothing for five days",
        ),
        pytest.param(
            week(contacts=contacts(NOW - HOUR, WEEK_STARTS + DAY)), [], id="four days of silence"
        ),
        pytest.param(
            week(contacts={"client": Contact(at=NOW - HOUR)}),
            [("silence", "vendor")],
            id="the vendor never wrote",
        ),
        pytest.param(week(hears=False), [], id="nobody can be heard at all"),
        pytest.param(
            week(contacts=contacts(NOW - HOUR, AGREED_AT), resumed_at=THURSDAY),
            [],
            id="silent during a pause",
        ),
        pytest.param(
            week(responses=answered("vendor", 2, 4)), [("low_response", "vendor")], id="2 of 4"
        ),
        pytest.param(week(responses=answered("vendor", 3, 5)), [], id="3 of 5"),
        pytest.param(week(responses=answered("vendor", 0, 2)), [], id="a side of two"),
        pytest.param(
            week(responses=answered("vendor", 0, 9, NOW)), [], id="a survey of the new week"
        ),
        pytest.param(
            week(unplanned_since=THURSDAY), [("nothing_planned", "both")], id="nothing planned"
        ),
        pytest.param(
            week(owed=owed(), settled=frozenset({"overdue/vendor/deck"})), [], id="settled"
        ),
        pytest.param(
            week(proposed=proposal()), [("undecided", "client")], id="a proposal of two days"
        ),
        pytest.param(
            week(proposed=proposal("client")), [("undecided", "vendor")], id="the other side's"
        ),
        pytest.param(
            week(
                proposed=(
                    Proposed(about=past(None, None).check_in.cadence, by="client", at=WEEK_STARTS),
                )
            ),
            [("undecided", "vendor")],
            id="a check-in that is agreed by nobody",
        ),
        pytest.param(
            # Friday afternoon: Monday is the second working day.
            week(proposed=proposal(made_at=WEDNESDAY_EVENING + 2 * DAY)),
            [],
            id="a proposal of one working day",
        ),
    ],
)
def test_what_is_found(facts: Week, expected: list[tuple[str, str]]) -> None:
    # Both sides wrote lately unless the case says otherwise.
    if not facts.contacts and facts.hears:
        facts = replace(facts, contacts=contacts(NOW - HOUR, NOW - HOUR))

    assert found(facts) == expected


def test_whoever_looks_finds_a_proposal_of_the_same_day_with_the_side_that_is_asked() -> None:
    wrote = contacts(NOW - HOUR, NOW - HOUR)
    fresh = week(proposed=proposal(made_at=WEDNESDAY_EVENING + 2 * DAY), contacts=wrote)
    old = week(proposed=proposal(), contacts=wrote)

    assert findings(fresh) == []
    assert [(one.kind, one.turn) for one in listed(fresh)] == [("undecided", "client")]
    assert listed(old) == findings(old)


def coverage(last_at: datetime | None = None, **changes: Any) -> Coverage:
    """A topic that both sides may read, to be talked about every week."""
    topic = Topic(
        id="risks",
        code="risks",
        words=None,
        every_weeks=1,
        audience="both",
        position=0,
        made_at=NOW - 60 * DAY,
    )
    counted_from = NOW - 21 * DAY
    return Coverage(topic=replace(topic, **changes), covered_at=last_at, counted_from=counted_from)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            week(topics=(coverage(),), check_ins=(past("held", "held", THURSDAY - 3 * DAY),)),
            ["topic/both/risks"],
            id="never, though a check-in took place",
        ),
        pytest.param(
            week(
                topics=(coverage(THURSDAY - 3 * DAY),),
                check_ins=(past("held", "held", THURSDAY - 3 * DAY),),
            ),
            [],
            id="talked about in time",
        ),
        pytest.param(
            week(topics=(coverage(),), check_ins=(past("not_held", None, THURSDAY - 3 * DAY),)),
            [],
            id="the check-in did not take place",
        ),
        pytest.param(
            week(topics=(coverage(),), check_ins=(past("held", "held", NOW - HOUR),)),
            [],
            id="the check-in was just now",
        ),
        pytest.param(week(topics=(coverage(),)), [], id="no check-in at all"),
        pytest.param(
            week(
                topics=(coverage(code="volume", id="volume"),),
                check_ins=(past("held", "held", THURSDAY - 3 * DAY),),
            ),
            [],
            id="the usual round of a review",
        ),
        pytest.param(
            week(
                topics=(coverage(retired_at=NOW - DAY),),
                check_ins=(past("held", "held", THURSDAY - 3 * DAY),),
            ),
            [],
            id="taken off",
        ),
        pytest.param(
            week(
                topics=tuple(coverage(id=name) for name in "abcd"),
                check_ins=(past("held", "held", THURSDAY - 3 * DAY),),
            ),
            ["topic/both/a", "topic/both/b"],
            id="two at a time",
        ),
    ],
)
def test_a_topic_that_nobody_talks_about_is_found(facts: Week, expected: list[str]) -> None:
    assert [one.key for one in findings(facts) if one.kind == "topic"] == expected


def delivered(**changes: Any) -> Commitment:
    """What the vendor delivered on the Monday of the week, and nobody has looked at."""
    values: dict[str, Any] = {
        "id": "roster",
        "title": "Roster",
        "state": "done",
        "closed_at": WEEK_STARTS + HOUR,
        "review_until": NOW + DAY,
    }
    return commitment(**(values | changes))


def stopped() -> Stopped:
    """The vendor's script waits for the client's forecast."""
    script = commitment(id="script", title="Refund script", stopped_at=WEEK_STARTS + DAY)
    forecast = commitment("client", id="forecast", title="Volume forecast")
    return Stopped(commitment=script, about=forecast, minutes=17 * 60)


def hard_week(**changes: Any) -> Week:
    """Facts in which every kind finds something."""
    late = commitment()
    proposed = commitment("client", id="names", state="proposed")
    slip = moved(THURSDAY, NOW + 4 * DAY, WEDNESDAY_EVENING)[0]
    slip = replace(slip, commitment=replace(slip.commitment, id="slip"))
    return week(
        owed=(Owed(commitment=late), Owed(commitment=proposed), slip),
        delivered=(Owed(commitment=delivered()),),
        stopped=(stopped(),),
        check_ins=(
            past(None, None, THURSDAY - 3 * DAY),
            past("held", "not_held", THURSDAY - DAY),
            past("not_held", "not_held"),
        ),
        responses=answered("client", 1, 9),
        contacts=contacts(WEEK_STARTS - 2 * DAY, NOW),
        unplanned_since=THURSDAY,
        proposed=proposal(),
        topics=(coverage(),),
        **changes,
    )


def test_every_kind_of_the_table_is_found_in_a_hard_week() -> None:
    assert {one.kind for one in findings(hard_week())} == set(GAPS)


def test_each_finding_has_a_key_of_its_own() -> None:
    keys = [one.key for one in findings(hard_week())]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": "proposed"}, id="not agreed"),
        pytest.param(
            {"pause": Pause(from_at=WEEK_STARTS, until_at=None, reason="asked")}, id="paused"
        ),
    ],
)
def test_nothing_is_found_where_nothing_may_be_said(changes: dict[str, Any]) -> None:
    assert findings(hard_week(partnership=replace(AGREED, **changes))) == []


def test_what_is_old_weighs_more() -> None:
    new = findings(week(owed=owed()))
    old = findings(week(owed=owed(due_at=WEDNESDAY_EVENING - 14 * DAY)))

    assert [one.severity for one in (*new, *old) if one.kind == "overdue"] == [2, 3]


# Days off, time away and holes


def off_for_good(calendar: Calendar, since: datetime) -> Calendar:
    return replace(calendar, away=(Away(from_at=since, until_at=NOW + 60 * DAY),))


@pytest.mark.parametrize("side", SIDES)
def test_a_side_that_is_off_is_not_waited_for(side: Side) -> None:
    off: dict[str, Any] = {
        "client": replace(ACME, calendar=off_for_good(ACME.calendar, WEEK_STARTS)),
        "vendor": replace(GLOBALCALL, calendar=off_for_good(GLOBALCALL.calendar, WEEK_STARTS)),
    }
    resting = partnership(agreed_at=AGREED_AT, **{side: off[side]})
    facts = week(
        partnership=resting,
        owed=(*owed(side), *owed(side, id="names", state="proposed")),
        check_ins=(past(None, None, THURSDAY - 3 * DAY),),
        contacts=contacts(WEEK_STARTS - HOUR, WEEK_STARTS - HOUR),
    )

    other = "client" if side == "vendor" else "vendor"
    assert {one.turn for one in findings(facts)} <= {other}


@given(
    hole_days=st.lists(st.integers(min_value=-3, max_value=9), max_size=6),
    free_days=st.sets(st.integers(min_value=-3, max_value=9), max_size=9),
    silent_from=st.integers(min_value=-72, max_value=160),
    due_after=st.integers(min_value=0, max_value=166),
)
def test_time_in_holes_and_days_off_is_never_counted(
    hole_days: list[int], free_days: set[int], silent_from: int, due_after: int
) -> None:
    days_off = frozenset((WEEK_STARTS + day * DAY).date() for day in free_days)
    calendar = replace(office(MANILA), days_off=days_off)
    holes = tuple(
        Span(from_at=WEEK_STARTS + day * DAY, until_at=WEEK_STARTS + (day + 1) * DAY)
        for day in sorted(set(hole_days))
        if WEEK_STARTS + (day + 1) * DAY <= NOW
    )
    wrote_at, due_at = WEEK_STARTS + silent_from * HOUR, WEEK_STARTS + due_after * HOUR
    facts = week(
        partnership=replace(AGREED, vendor=replace(GLOBALCALL, calendar=calendar)),
        holes=holes,
        owed=owed(due_at=due_at),
        contacts=contacts(NOW, wrote_at),
        check_ins=(past("held", None, WEEK_STARTS + 12 * HOUR),),
    )

    kinds = {one.kind: one for one in findings(facts)}

    if "silence" in kinds:
        since = kinds["silence"].since
        assert since >= wrote_at
        assert not any(hole.meets(since, NOW) for hole in holes)
        assert heard_working_hours(calendar, since, WEEK_ENDS, holes) >= 5 * 9
    if "overdue" in kinds:
        moments = [due_at + n * HOUR for n in range(int((NOW - due_at) / HOUR) + 1)]
        ends = due_at - timedelta(microseconds=1)
        assert any(counts(calendar, at, holes) for at in [ends, *moments])
    if "unconfirmed" in kinds:
        end = WEEK_STARTS + 12.5 * HOUR
        assert heard_working_hours(calendar, end, WEEK_ENDS, holes) >= 2 * 9


def counts(calendar: Calendar, moment: datetime, holes: tuple[Span, ...]) -> bool:
    return is_working(calendar, moment) and not any(hole.holds(moment) for hole in holes)


def heard_working_hours(
    calendar: Calendar, since: datetime, until: datetime, holes: tuple[Span, ...]
) -> float:
    """Counted slowly, by half hours."""
    steps = int((until - since) / (HOUR / 2))
    return sum(counts(calendar, since + n * HOUR / 2, holes) for n in range(steps)) / 2


def test_what_is_due_in_a_hole_counts_from_the_next_working_moment() -> None:
    calendar = office(NEW_YORK)
    hole = Span(from_at=WEDNESDAY_EVENING - HOUR, until_at=WEDNESDAY_EVENING + HOUR)

    late_from = counts_from(calendar, WEDNESDAY_EVENING, (hole,))

    assert late_from == datetime(2026, 11, 19, 14, tzinfo=UTC)


def test_over_a_hole_that_lasts_nobody_is_called_silent() -> None:
    hole = Span(from_at=THURSDAY, until_at=NOW + DAY)

    assert found(week(contacts=contacts(AGREED_AT, AGREED_AT), holes=(hole,))) == []


# Order


def finding(turn: Any, age: int) -> Finding:
    return Finding(
        kind="overdue",
        turn=turn,
        since=NOW - age * HOUR,
        subject_id=f"{age}",
        severity=1,
        remedy="done",
    )


def test_lines_are_told_by_age_and_sides_alternate() -> None:
    every = [
        finding(turn, age)
        for turn, age in [("client", 9), ("client", 8), ("client", 7), ("vendor", 2), ("both", 1)]
    ]

    told = alternating(reversed(every))

    assert [(one.turn, one.subject_id) for one in told] == [
        ("client", "9"),
        ("vendor", "2"),
        ("client", "8"),
        ("both", "1"),
        ("client", "7"),
    ]


@given(st.lists(st.tuples(st.sampled_from(["client", "vendor", "both"]), st.integers(0, 99))))
def test_alternating_keeps_everything_and_begins_with_the_oldest(
    given_findings: list[tuple[str, int]],
) -> None:
    every = [finding(turn, age) for turn, age in given_findings]

    told = alternating(every)

    assert sorted(one.key for one in told) == sorted(one.key for one in every)
    if told:
        assert told[0].since == min(one.since for one in every)
    for side in SIDES:
        own = [one.since for one in told if one.turn == side]
        assert own == sorted(own)


def test_a_side_sees_its_own_turns_first() -> None:
    every = [finding("client", 3), finding("vendor", 2), finding("both", 1)]

    assert [one.turn for one in own_first(every, "vendor")] == ["vendor", "both", "client"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [("not_reviewed", "client")], id="for two working days"),
        pytest.param({"closed_at": NOW - HOUR}, [], id="just delivered"),
        pytest.param({"review_until": NOW}, [], id="the time for objections is over"),
        pytest.param({"side": "client"}, [("not_reviewed", "vendor")], id="of the client"),
    ],
)
def test_what_was_delivered_waits_for_the_side_that_receives_it(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    one = replace(delivered(), **changes)

    facts = week(delivered=(Owed(commitment=one),), contacts=contacts(NOW, NOW))
    assert found(facts) == expected


def test_what_stands_still_waits_for_the_other_side_and_is_not_late_itself() -> None:
    late = commitment(stopped_at=WEEK_STARTS + DAY)

    owed_now = (Owed(commitment=late),)
    facts = week(owed=owed_now, stopped=(stopped(),), contacts=contacts(NOW, NOW))

    assert found(facts) == [("waiting", "client")]
