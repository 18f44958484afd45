"""The weekly question: when it opens, what it asks, and when its turn is passed over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import cadences, partnerships, pulse, wakes
from domain.partnerships import Pause
from domain.pulse import Survey
from services import pulse as verbs
from services import pulse_planning, pulse_posts
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import ACME_TEAM, PARTNERSHIP
from tests.pulse_stage import NOW, Stage, stage

# A Wednesday, 20:00 in New York; in Manila Thursday, 9:00, when its side takes over.
FIRST = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def weekly(tmp_path: Path) -> Iterator[Stage]:
    """A partnership whose template asks weekly, begun on the Wednesday before."""
    with stage(tmp_path) as found:
        begin(found)
        yield found


def begin(found: Stage) -> None:
    with found.store.writing(None) as db:
        verbs.begin(db, PARTNERSHIP, "call_center", NOW)


def surveys(found: Stage) -> list[Survey]:
    rows = sorted(found.rows("surveys"), key=lambda row: row["opened_at"])
    db = found.store.reading()
    return [s for row in rows if (s := pulse.get(db, ACME_TEAM, row["id"])) is not None]


def let_time_pass(found: Stage, until: datetime) -> None:
    """Every due moment on the way is planned at that moment."""
    while (at := wakes.next_at(found.store.reading())) is not None and at <= until:
        plan_due(found.deps, PLANNERS, at)


def reasons(found: Stage) -> list[str]:
    return [row["details"] for row in found.rows("journal") if row["verb"] == "survey_skipped"]


def test_it_begins_once_and_on_a_wednesday_on_which_somebody_takes_over(weekly: Stage) -> None:
    begin(weekly)

    (cadence,) = cadences.of_partnership(weekly.store.reading(), PARTNERSHIP, "pulse")
    (turn,) = cadences.open_turns(weekly.store.reading(), cadence)
    assert turn.starts_at == FIRST


def test_a_template_without_a_pulse_begins_none(tmp_path: Path) -> None:
    with stage(tmp_path) as found, found.store.writing(None) as db:
        verbs.begin(db, PARTNERSHIP, "just_check_ins", NOW)

        assert cadences.of_partnership(db, PARTNERSHIP, "pulse") == []


def test_each_week_has_its_question_and_the_next_turn_is_planned(weekly: Stage) -> None:
    let_time_pass(weekly, FIRST + 2 * WEEK)

    assert [one.first.code for one in surveys(weekly)] == ["answers", "expectations", "quality"]
    assert [one.opened_at for one in surveys(weekly)] == [FIRST, FIRST + WEEK, FIRST + 2 * WEEK]
    assert [one.state for one in surveys(weekly)] == ["closed", "closed", "open"]
    assert [row["state"] for row in weekly.rows("occurrences")] == [
        *("over", "over", "started", "planned")
    ]


def test_planning_a_turn_twice_asks_once(weekly: Stage) -> None:
    wake = wakes.due(weekly.store.reading(), FIRST, 1)[0]

    for _ in range(2):
        pulse_planning.plan_turn(weekly.deps, wake, FIRST)

    assert len(surveys(weekly)) == 1


def test_after_downtime_it_opens_late_with_its_full_length(weekly: Stage) -> None:
    late = FIRST + timedelta(days=1, hours=3)

    plan_due(weekly.deps, PLANNERS, late)

    (survey,) = surveys(weekly)
    assert survey.opened_at == late
    assert survey.closes_at - late >= timedelta(hours=20)


def test_after_long_downtime_only_the_newest_turn_is_asked(weekly: Stage) -> None:
    back = FIRST + 3 * WEEK + timedelta(hours=2)

    plan_due(weekly.deps, PLANNERS, back)
    plan_due(weekly.deps, PLANNERS, back)

    assert [one.opened_at for one in surveys(weekly)] == [back]
    assert reasons(weekly) == ['{"reason":"too_late"}']


def test_it_waits_for_the_next_shift_of_anybody(weekly: Stage) -> None:
    with weekly.store.writing(None) as db:
        for side in ("client", "vendor"):
            partnerships.add_day_off(db, PARTNERSHIP, side, FIRST.date(), None)  # a Thursday

    plan_due(weekly.deps, PLANNERS, FIRST)
    let_time_pass(weekly, FIRST + timedelta(days=1))

    (survey,) = surveys(weekly)
    assert survey.opened_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # Manila, Friday, 9:00


def test_a_paused_partnership_is_not_asked_and_is_the_week_after(weekly: Stage) -> None:
    pause = Pause(from_at=NOW, until_at=FIRST + timedelta(days=1), reason="asked")
    with weekly.store.writing(None) as db:
        partnerships.set_pause(db, PARTNERSHIP, pause)

    let_time_pass(weekly, FIRST + WEEK)

    assert [one.opened_at for one in surveys(weekly)] == [FIRST + WEEK]
    assert reasons(weekly) == ['{"reason":"paused"}']


def test_where_neither_side_has_three_people_nothing_is_asked_weekly(tmp_path: Path) -> None:
    with stage(tmp_path, clients=2, vendors=2) as found:
        begin(found)

        let_time_pass(found, FIRST)

        assert surveys(found) == []
        assert reasons(found) == ['{"reason":"too_few"}']


def test_while_one_is_open_no_other_opens(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        begin(found)
        let_time_pass(found, FIRST)
        with found.store.writing(None) as db:
            db.execute("UPDATE surveys SET closes_at = '2026-12-31T00:00:00.000000Z'")
            wakes.clear_wake(db, ACME_TEAM, pulse_posts.CLOSING, surveys(found)[0].id)

        let_time_pass(found, FIRST + WEEK)

        assert len(surveys(found)) == 1
        assert reasons(found) == ['{"reason":"still_open"}']


def test_a_question_of_ones_own_does_not_use_up_the_weeks(weekly: Stage) -> None:
    weekly.ask()

    let_time_pass(weekly, FIRST)

    assert sorted(one.first.code for one in surveys(weekly)) == ["answers", "own"]


def test_a_declined_partnership_is_left_alone(weekly: Stage) -> None:
    with weekly.store.writing(None) as db:
        partnerships.set_state(db, replace(PARTNERSHIP), "declined")

    let_time_pass(weekly, FIRST)

    assert surveys(weekly) == []
    assert reasons(weekly) == ['{"reason":"not_agreed"}']
