"""The figures of a month as they come out of what is stored."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import cadences, checkins, journal
from data.cadences import insert
from domain.cadences import Plan
from domain.checkins import Confirmation
from domain.compliance import Figures, Period
from domain.recurrence import Turn
from domain.rule_text import weekly
from services.compliance import figures_of, form_of
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged

NOVEMBER = Period(first_on=date(2026, 11, 1))
STARTS_AT = MONDAY_NOON + timedelta(days=1)
LATER = MONDAY_NOON + timedelta(days=12)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return staged(tmp_path)


def held(stage: Stage, settings: Mapping[str, str], **more: Any) -> None:
    """A check-in with one turn that is over, of which the client says that it took place."""
    plan = Plan(
        kind="checkin",
        title="Review",
        rule=weekly((1,)),
        local_start=datetime.fromisoformat("2026-11-17T12:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
        settings=settings,
    )
    starts_at = more.get("starts_at", STARTS_AT)
    with stage.store.writing(stage.partnership.id) as db:
        cadence = insert(db, stage.partnership, plan, by=stage.maria, now=MONDAY_NOON)
        assert cadence is not None
        turn = Turn(original=plan.local_start, starts_at=starts_at)
        one = cadences.add_turn(db, cadence, turn, MONDAY_NOON)
        cadences.set_state(db, one, "over")
        if more.get("is_asked", True):
            note: Any = {"by": None, "side": None, "now": one.ends_at, "details": {"asked": True}}
            where = (one.team_id, one.partnership_id, "checkin_over", "occurrence", one.id)
            journal.record(db, *where, **note)
        if more.get("is_said", True):
            word = Confirmation(
                occurrence_id=one.id, side="client", said="held", said_at=one.ends_at
            )
            checkins.confirm(db, one, word, stage.maria)


def november(stage: Stage) -> Figures:
    (figures,) = figures_of(stage.store.reading(), stage.partnership, NOVEMBER, LATER)
    return figures


def test_one_word_is_enough_after_two_working_days(stage: Stage) -> None:
    held(stage, {})

    assert (november(stage).planned, november(stage).held) == (1, 1)


@pytest.mark.parametrize(
    ("pressed_at", "title"),
    [
        pytest.param("2026-12-01T15:00:00+00:00", "November 2026", id="the 1st of a month"),
        pytest.param("2026-11-28T15:00:00+00:00", "November 2026", id="the month itself"),
        pytest.param("2027-11-01T15:00:00+00:00", "November 2027", id="nothing for long"),
    ],
)
def test_the_report_opens_at_the_last_month_that_has_something(
    stage: Stage, pressed_at: str, title: str
) -> None:
    held(stage, {})

    now = datetime.fromisoformat(pressed_at)
    form = form_of(stage.deps, stage.who("U0MARIA"), stage.partnership.id, now)

    assert form["title"]["text"] == "Report"
    assert form["blocks"][0]["text"]["text"].endswith(f"{title}*")


def test_where_nobody_was_asked_nothing_is_claimed(stage: Stage) -> None:
    held(stage, {}, is_asked=False, is_said=False)

    assert (november(stage).planned, november(stage).not_asked) == (0, 1)


def test_who_was_asked_and_said_nothing_is_counted_as_that(stage: Stage) -> None:
    held(stage, {}, is_said=False)

    assert (november(stage).planned, november(stage).not_confirmed) == (1, 1)


def test_of_one_in_writing_that_nobody_was_asked_nothing_is_claimed(stage: Stage) -> None:
    held(stage, {"preset": "written"}, is_said=False, is_asked=False)

    assert (november(stage).planned, november(stage).not_asked) == (0, 1)


def test_what_was_before_both_sides_agreed_is_not_counted(stage: Stage) -> None:
    held(stage, {}, starts_at=MONDAY_NOON - timedelta(days=2))

    assert november(stage).is_empty
