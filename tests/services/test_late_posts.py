"""What could not leave in time calls nobody by name in their evening."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import outbox
from services import away, deliverables
from services.absences import Picked
from services.actors import actor_in
from services.deliverable_drafts import Draft
from services.late_posts import call_nobody_at_rest
from tests.partnership_store import Stage, staged

# Tuesday 10:00 in Manila, where Ana works from nine to six.
TUESDAY = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def card(stage: Stage) -> outbox.Row:
    """What Maria asks of Ana at ten in Manila: its card calls her."""
    draft = Draft(
        id="deck",
        title="Training deck",
        owner=stage.member(stage.ana),
        side="vendor",
        due_at=TUESDAY + 30 * HOUR,
    )
    actor = actor_in(stage.store, stage.who("U0MARIA"), stage.partnership)
    deliverables.create(stage.deps, actor, draft, TUESDAY)
    return stage.said()[-1]


def left(stage: Stage, row: outbox.Row, now: datetime) -> str:
    with stage.store.writing(None) as db:
        call_nobody_at_rest(db, row, now)
    found = outbox.by_key(stage.store.reading(), row.team_id, row.key)
    assert found is not None
    return str(found.payload)


@pytest.mark.parametrize(
    ("late", "calls"),
    [
        pytest.param(timedelta(), True, id="at once"),
        pytest.param(5 * HOUR, True, id="later in her shift"),
        pytest.param(9 * HOUR, False, id="in her evening"),
        pytest.param(24 * HOUR, True, id="in her next shift"),
    ],
)
def test_a_late_card_calls_its_owner_only_at_work(
    stage: Stage, late: timedelta, *, calls: bool
) -> None:
    row = card(stage)

    said = left(stage, row, TUESDAY + late)

    assert ("<@U0ANA>: *Training deck*" in said) is calls
    assert ("Ana Reyes: *Training deck*" in said) is not calls


def test_a_late_card_does_not_call_who_is_away_by_now(stage: Stage) -> None:
    row = card(stage)
    picked = Picked(from_on=TUESDAY.date(), until_on=TUESDAY.date(), stand_in=None)
    away.away_by_form(stage.deps, stage.who("U0ANA"), picked, TUESDAY + HOUR)

    assert "<@" not in left(stage, row, TUESDAY + 2 * HOUR)
