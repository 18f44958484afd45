from datetime import timedelta
from typing import Any

import pytest

from domain.deliverables import DateChange
from domain.kept import Kept, Promise, kept, slips
from tests.domain.test_deliverables import owed
from tests.partners import MONDAY_NOON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOW = MONDAY_NOON + 9 * DAY


def change(*, early: bool = True, cause: Any = None) -> DateChange:
    return DateChange(
        due_at=MONDAY_NOON + DAY,
        old_due_at=MONDAY_NOON,
        changed_by="ana",
        side="vendor",
        changed_at=MONDAY_NOON,
        was_early=early,
        reason=None,
        cause=cause,
    )


def promise(*changes: DateChange, **more: Any) -> Promise:
    values = {"state": "done", "closed_at": MONDAY_NOON, "moves": len(changes)}
    return Promise(commitment=owed(**(values | more)), changes=changes)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(promise(), Kept(due=1, first=1, last=1), id="in time"),
        pytest.param(promise(closed_at=NOW), Kept(due=1), id="late"),
        pytest.param(promise(state="accepted", closed_at=None), Kept(due=1), id="late and open"),
        pytest.param(
            promise(state="accepted", closed_at=None, stopped_at=MONDAY_NOON),
            Kept(),
            id="its clock stands still",
        ),
        pytest.param(promise(state="proposed", closed_at=None), Kept(), id="promised by nobody"),
        pytest.param(
            promise(change(), due_at=MONDAY_NOON + 3 * DAY, closed_at=MONDAY_NOON + 2 * DAY),
            Kept(due=1, last=1, told_before=1),
            id="kept at the last date, told before",
        ),
        pytest.param(
            promise(change(), change(early=False), closed_at=NOW),
            Kept(due=1, told_after=1),
            id="told after",
        ),
        pytest.param(
            promise(sent_back=2, review="no_objection"),
            Kept(due=1, first=1, last=1, sent_back=1, no_objection=1),
            id="no objection is not acceptance",
        ),
        pytest.param(
            promise(review="approved"), Kept(due=1, first=1, last=1, accepted=1), id="accepted"
        ),
        pytest.param(promise(side="client"), Kept(), id="the other side's"),
    ],
)
def test_what_counts_for_a_side(one: Promise, expected: Kept) -> None:
    assert kept([one], "vendor", NOW) == expected


def test_dates_that_moved_by_themselves_or_before_acceptance_are_no_slips() -> None:
    asked, moved, shifted = change(), change(early=False), change(cause="input")
    first = DateChange(
        due_at=MONDAY_NOON,
        old_due_at=None,
        changed_by="maria",
        side="client",
        changed_at=MONDAY_NOON,
        was_early=True,
        reason=None,
    )

    assert slips(owed(moves=1), [first, asked, moved, shifted]) == (moved,)
    assert slips(owed(moves=0), [first, asked, shifted]) == ()
