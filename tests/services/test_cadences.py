"""What recurs gets another rule while turns of it are told already."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import cadences, partnerships, wakes
from domain.cadences import Plan
from domain.rule_text import weekly
from services import cadences as cadence_verbs
from services.proposals import same_rhythm
from tests.partners import NEW_YORK, PARTNERSHIP
from tests.stores import open_store

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
DAILY = Plan(
    kind="checkin",
    title="Hand-over",
    rule=weekly((0, 1, 2, 3, 4)),
    local_start=datetime.fromisoformat("2026-11-17T10:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=15),
)


def test_a_last_day_calls_off_what_was_told_of_later_days(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store, store.writing(None) as db:
        partnerships.insert(db, PARTNERSHIP)
        begun = cadence_verbs.create(db, PARTNERSHIP, DAILY, by=None, now=MONDAY)
        assert begun is not None
        cadence, first = begun
        second = cadence_verbs.plan_next(
            db, PARTNERSHIP, cadence, not_before=MONDAY, known_from=MONDAY
        )
        assert first is not None
        assert second is not None
        for turn in (first, second):
            cadences.set_state(db, turn, "announced")

        ending = replace(DAILY, settings={"until": "2026-11-17"})
        changed, called_off = cadence_verbs.rewrite(
            db, PARTNERSHIP, cadence, ending, by="maria", now=MONDAY
        )

        left = cadences.occurrence(db, second.team_id, second.id)
        assert left is not None
        assert [turn.id for turn in called_off] == [second.id]
        assert (left.state, left.original) == ("cancelled", second.original)
        assert wakes.wake_of(db, second.team_id, "checkin", second.id) is None
        assert [turn.id for turn in cadences.open_turns(db, changed)] == [first.id]


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        pytest.param({"title": "Handover"}, True, id="another name"),
        pytest.param({"settings": {"reminders": "60"}}, True, id="other reminders"),
        pytest.param({"settings": {"holidays": "skip"}}, False, id="another rule for holidays"),
        pytest.param({"settings": {"until": "2026-12-18"}}, False, id="a last day"),
        pytest.param({"length": timedelta(minutes=30)}, False, id="another length"),
    ],
)
def test_whose_turns_are_the_same_asks_for_nobodys_word(
    changes: dict[str, object], is_same: bool
) -> None:
    changed = replace(DAILY, **changes)  # type: ignore[arg-type]

    assert same_rhythm(DAILY, changed) is is_same
