"""Whatever happens to what is waited for, in any order: the date moves by what was lost, once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import deliverable_dates
from data import deliverables as stored
from domain.calendars import add_working
from domain.deliverables import Commitment
from services import waits as services
from services.deliverable_undo import undo
from services.deliverables import done
from tests.domain.test_waits import slow_count
from tests.partners import ACME_TEAM, GLOBALCALL, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.waits import Asked

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

acts = st.lists(
    st.tuples(
        st.sampled_from(["wait", "done", "undo", "over"]),
        st.integers(0, 1),
        st.integers(1, 30 * 60),
    ),
    max_size=12,
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


@dataclass
class Life:
    """One deliverable and two things it can wait for; what it waited for, noted apart."""

    stage: Stage
    deck: Commitment
    inputs: list[Commitment]
    at: datetime = MONDAY_NOON
    waited: list[tuple[int, str, datetime, datetime | None]] = field(default_factory=list)
    came_at: dict[int, datetime] = field(default_factory=dict)

    def wait(self, position: int) -> None:
        if position in self.came_at or self._open(position):
            return
        new = f"{self.deck.id[:10]}{len(self.waited)}"
        asked = Asked(on_id=self.inputs[position].id, words="", owner=None)
        carried = {"id": self.deck.id, "new": new}
        services.begin(self.stage.deps, self.stage.who("U0ANA"), carried, asked, self.at)
        self.waited.append((position, new, self.at, None))

    def done(self, position: int) -> None:
        if position in self.came_at:
            return
        done(self.stage.deps, self.stage.who("U0MARIA"), self.inputs[position].id, self.at)
        self.came_at[position] = self.at
        self._end(position, self.at)

    def undo(self, position: int) -> None:
        came_at = self.came_at.pop(position, None)
        if came_at is None:
            return
        one = self.inputs[position]
        undo(self.stage.deps, self.stage.who("U0MARIA"), one.id, "done", self.at)
        self.waited = [
            (p, new, since, None if p == position and until == came_at else until)
            for p, new, since, until in self.waited
        ]

    def over(self, position: int) -> None:
        for new in self._open(position):
            services.over(self.stage.deps, self.stage.who("U0ANA"), new, self.at)
        self._end(position, self.at)

    def lost(self) -> list[tuple[datetime, datetime]]:
        stretches = [
            (max(self.inputs[position].due_at, since), until)
            for position, _, since, until in self.waited
            if until is not None
        ]
        return [(start, end) for start, end in stretches if start < end]

    def _open(self, position: int) -> list[str]:
        return [new for p, new, _, until in self.waited if p == position and until is None]

    def _end(self, position: int, at: datetime) -> None:
        self.waited = [
            (p, new, since, at if p == position and until is None else until)
            for p, new, since, until in self.waited
        ]


def life(stage: Stage) -> Life:
    deck = stage.owes(due_at=MONDAY_NOON + 5 * DAY)
    owner = {"owner_id": stage.maria, "side": "client"}
    inputs = [
        stage.owes(title="Forecast", due_at=MONDAY_NOON + DAY, **owner),
        stage.owes(title="Access", due_at=MONDAY_NOON + 2 * DAY, **owner),
    ]
    return Life(stage=stage, deck=deck, inputs=inputs)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(every=acts)
def test_the_date_moves_by_the_working_time_that_was_lost_and_never_twice(
    stage: Stage, every: list[tuple[str, int, int]]
) -> None:
    one = life(stage)
    for act, position, minutes in every:
        one.at += timedelta(minutes=minutes)
        getattr(one, act)(position)
    one.at += HOUR
    for position in (0, 1):
        one.done(position)

    db = stage.store.reading()
    after = stored.get(db, ACME_TEAM, one.deck.id)
    assert after is not None
    changes = deliverable_dates.history(db, after)
    lost = one.lost()
    expected = slow_count(GLOBALCALL.calendar, lost) if lost else 0
    assert sum(change.minutes for change in changes) == expected
    # Each date that it had is explained, and the last one is the one it has.
    assert [change.cause for change in changes[1:]] == ["input"] * (len(changes) - 1)
    moved = add_working(GLOBALCALL.calendar, one.deck.due_at, timedelta(minutes=expected))
    assert after.due_at == (moved if expected else one.deck.due_at)
    assert (after.stopped_at, after.moves) == (None, 0)
