"""When it is asked whether a check-in took place: each side once, while it works."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import checkins, wakes
from data.moments import from_text
from domain.cadences import Occurrence, Plan
from domain.checkins import WAKE_BEFORE, Said
from domain.rule_text import weekly
from services import cadences as cadence_verbs
from services import checkin_planning
from services import checkins as checkin_verbs
from services.planning import plan_due
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged

# Nobody of either side works on a Saturday.
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
# Sunday evening in New York, and Monday morning there.
MONDAY_IN_MANILA = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MONDAY_IN_NEW_YORK = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def planned(stage: Stage) -> Occurrence:
    """A check-in every Saturday at ten in New York."""
    plan = Plan(
        kind="checkin",
        title="Weekend review",
        rule=weekly((5,)),
        local_start=datetime.fromisoformat("2026-11-21T10:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
    )
    with stage.store.writing(stage.partnership.id) as db:
        begun = cadence_verbs.create(
            db, stage.partnership, plan, by=stage.maria, now=MONDAY_NOON, wake_before=WAKE_BEFORE
        )
    assert begun is not None
    assert begun[1] is not None
    return begun[1]


def live_until(stage: Stage, now: datetime) -> None:
    """Time looks at check-ins at every due moment on the way, and at nothing else."""
    planners = {
        "checkin": checkin_planning.plan,
        "checkin_question": checkin_planning.plan_question,
    }
    while (due := wakes.next_at(stage.store.reading())) is not None and due <= now:
        with stage.store.writing(None) as db:
            db.execute("DELETE FROM wakes WHERE kind NOT LIKE 'checkin%'")
        plan_due(stage.deps, planners, due)


def asked(stage: Stage, turn: Occurrence) -> list[tuple[datetime, str]]:
    """When it was asked, and who was mentioned."""
    db = stage.store.reading()
    keys = [key for kind, key in checkins.posts(db, turn) if kind.startswith("after")]
    people = ("U0MARIA", "U0ANA")
    return [
        (from_text(row["put_at"]), " ".join(one for one in people if one in row["payload"]))
        for key in keys
        for row in db.query("SELECT put_at, payload FROM outbox WHERE key = :key", {"key": key})
    ]


def test_outside_all_hours_each_side_is_asked_once_when_it_works_again(tmp_path: Path) -> None:
    stage = staged(tmp_path)
    with closing(stage.store):
        turn = planned(stage)

        live_until(stage, SATURDAY + 40 * MINUTE)
        at_the_end = asked(stage, turn)
        live_until(stage, MONDAY_IN_NEW_YORK + 40 * MINUTE)

        assert at_the_end == []
        assert asked(stage, turn) == [
            (MONDAY_IN_MANILA, "U0ANA"),
            (MONDAY_IN_NEW_YORK, "U0MARIA"),
        ]


@pytest.mark.parametrize("word", ["held", "not_held"])
def test_a_side_that_spoke_unasked_is_not_asked(tmp_path: Path, word: Said) -> None:
    stage = staged(tmp_path)
    with closing(stage.store):
        turn = planned(stage)
        live_until(stage, SATURDAY + 40 * MINUTE)

        for slack_id in ("U0MARIA", "U0ANA"):
            checkin_verbs.confirm(stage.deps, stage.who(slack_id), turn.id, word, SATURDAY + MINUTE)
        live_until(stage, MONDAY_IN_NEW_YORK + 40 * MINUTE)

        assert asked(stage, turn) == []
