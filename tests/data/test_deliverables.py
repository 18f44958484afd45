import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import (
    away,
    daily,
    deliverable_dates,
    deliverable_lists,
    deliverable_reviews,
    deliverables,
    kept,
    links,
    messages,
    outbox,
    partnerships,
    people,
    series,
    tracking,
    waits,
)
from data import deliverable_answers as answers
from data.daily import Daily
from data.daily_signs import signs
from data.deliverable_dates import Mover
from domain.cadences import Cadence, Plan
from domain.daily import Item
from domain.deliverables import Source
from domain.outgoing import Message
from domain.recurrence import weekly
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

HOUR = timedelta(hours=1)
ROSTER = Cadence(
    team_id=ACME_TEAM,
    id="c1",
    partnership_id="p1",
    plan=Plan(
        kind="series",
        title="Roster",
        rule=weekly((3,)),
        local_start=datetime(2026, 11, 16),  # noqa: DTZ001 (wall time)
        zone="Asia/Manila",
        length=timedelta(days=1),
    ),
    state="active",
    created_by="maria",
    created_at=MONDAY_NOON,
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def test_what_is_stored_comes_back_as_it_was(stage: Stage) -> None:
    one = stage.owes(title="שלום <!channel> 🎉", moves=2, asked_at=MONDAY_NOON)

    assert deliverables.get(stage.store.reading(), ACME_TEAM, one.id) == one


def test_the_same_id_is_stored_once(stage: Stage) -> None:
    one = stage.owes(title="first")

    with stage.store.writing(None) as db:
        again = deliverables.insert(
            db, replace(one, title="second"), Mover(person_id=stage.ana, side="vendor")
        )

    found = deliverables.get(stage.store.reading(), ACME_TEAM, one.id)
    assert not again
    assert found is not None
    assert found.title == "first"


def test_the_history_says_who_moved_a_date_and_whether_it_was_told_in_time(stage: Stage) -> None:
    one = stage.owes(due_at=MONDAY_NOON + HOUR)
    by = Mover(person_id=stage.ana, side="vendor", reason="the data came late")
    with stage.store.writing(None) as db:
        later = replace(one, due_at=one.due_at + 24 * HOUR)
        deliverable_dates.add(db, later, one.due_at, by, MONDAY_NOON)
        latest = replace(one, due_at=one.due_at + 48 * HOUR)
        deliverable_dates.add(db, latest, later.due_at, by, later.due_at + HOUR)

    history = deliverable_dates.history(stage.store.reading(), one)
    assert [(d.old_due_at, d.due_at, d.was_early, d.reason) for d in history] == [
        (None, one.due_at, True, None),
        (one.due_at, later.due_at, True, "the data came late"),
        (later.due_at, latest.due_at, False, "the data came late"),
    ]


def test_a_date_that_is_taken_back_leaves_the_first_one(stage: Stage) -> None:
    one = stage.owes()
    with stage.store.writing(None) as db:
        later = replace(one, due_at=one.due_at + HOUR)
        deliverable_dates.add(db, later, one.due_at, Mover(person_id="x", side=None), MONDAY_NOON)
        for _ in range(3):
            deliverable_dates.take_back(db, one)

    history = deliverable_dates.history(stage.store.reading(), one)
    assert [change.due_at for change in history] == [one.due_at]


def test_open_ones_come_with_the_place_of_their_card(stage: Stage) -> None:
    sooner, later = stage.owes(due_at=MONDAY_NOON), stage.owes()
    stage.owes(state="done", closed_at=MONDAY_NOON)
    with stage.store.writing(None) as db:
        card = Message(kind="post", place="C0SHARED", payload={}, audience="both", needs="agreed")
        key = deliverables.card_key(later.id)
        outbox.put(db, ACME_TEAM, stage.partnership.id, key, card, now=MONDAY_NOON)
        db.execute(
            "UPDATE outbox SET ts = '1.2', channel = 'C0SHARED' WHERE key = :key", {"key": key}
        )

    found = deliverables.open_in(stage.store.reading(), stage.partnership)
    assert [(one.commitment.id, one.ts) for one in found] == [(sooner.id, None), (later.id, "1.2")]


def test_what_was_closed_in_a_week_is_found(stage: Stage) -> None:
    db = stage.store.reading()
    inside = stage.owes(state="done", closed_at=MONDAY_NOON)
    stage.owes(state="done", closed_at=MONDAY_NOON + HOUR)
    stage.owes()

    found = deliverables.closed_in(db, stage.partnership, MONDAY_NOON, MONDAY_NOON + HOUR)

    assert found == [inside]


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda db, s: deliverables.open_in(db, s.partnership), id="of a channel"),
        pytest.param(
            lambda db, s: deliverables.open_in(db, s.partnership, MONDAY_NOON), id="due soon"
        ),
        pytest.param(lambda db, s: deliverables.owed_by(db, ACME_TEAM, s.ana), id="of a person"),
        pytest.param(
            lambda db, s: deliverables.owes_anything(db, ACME_TEAM, s.ana), id="anything at all"
        ),
        pytest.param(lambda db, s: deliverables.get(db, ACME_TEAM, s.ana), id="by its id"),
        pytest.param(
            lambda db, s: deliverables.closed_in(
                db, s.partnership, MONDAY_NOON, MONDAY_NOON + HOUR
            ),
            id="closed",
        ),
        pytest.param(
            lambda db, _: deliverables.of_source(db, ACME_TEAM, Source(channel="C1", ts="1.1")),
            id="of a message",
        ),
        pytest.param(lambda db, s: links.every(db, s.owes()), id="links"),
        pytest.param(
            lambda db, _: tracking.of_message(db, ACME_TEAM, "C1", "1.1"), id="of a pinned message"
        ),
        pytest.param(lambda db, _: tracking.get(db, ACME_TEAM, "q1"), id="a question"),
        pytest.param(lambda db, _: messages.thread_of(db, ACME_TEAM, "C1", "1.1"), id="a thread"),
        pytest.param(lambda db, _: series.latest(db, ROSTER), id="the last of what repeats"),
        pytest.param(lambda db, s: series.was_taken_on(db, ROSTER, s.ana), id="taken on for good"),
        pytest.param(lambda db, s: waits.open_of(db, ACME_TEAM, [s.ana]), id="waits"),
        pytest.param(lambda db, s: waits.of_commitment(db, ACME_TEAM, s.ana), id="waits of one"),
        pytest.param(lambda db, s: waits.on(db, ACME_TEAM, s.ana), id="waits for one"),
        pytest.param(lambda db, s: waits.open_in(db, s.partnership), id="waits of a channel"),
        pytest.param(
            lambda db, s: deliverable_reviews.with_other_side(db, s.partnership), id="delivered"
        ),
        pytest.param(
            lambda db, s: kept.due_between(db, s.partnership, MONDAY_NOON, MONDAY_NOON + HOUR),
            id="kept",
        ),
        pytest.param(lambda db, s: daily.newest(db, ACME_TEAM, s.ana), id="daily messages"),
        pytest.param(
            lambda db, s: daily.told(db, ACME_TEAM, s.ana, MONDAY_NOON, MONDAY_NOON),
            id="what was told",
        ),
        pytest.param(
            lambda db, s: signs(db, ACME_TEAM, s.maria, MONDAY_NOON, MONDAY_NOON, leads=True),
            id="all signs",
        ),
        pytest.param(lambda db, s: away.concerns(db, ACME_TEAM, s.ana, MONDAY_NOON), id="away"),
        pytest.param(
            lambda db, s: away.covered_by(db, ACME_TEAM, s.ana, MONDAY_NOON), id="stood in for"
        ),
        pytest.param(
            lambda db, s: deliverable_lists.open_of(db, s.partnership, s.ana), id="one's own list"
        ),
        pytest.param(
            lambda db, s: deliverable_lists.delivered_in(db, s.partnership), id="delivered"
        ),
        pytest.param(lambda db, s: deliverables.every(db, ACME_TEAM, [s.ana]), id="several"),
        pytest.param(lambda db, s: partnerships.of_person(db, ACME_TEAM, s.ana), id="of whom"),
        pytest.param(
            lambda db, s: people.member_in(db, ACME_TEAM, [s.partnership], s.ana), id="places there"
        ),
        pytest.param(lambda db, s: answers.looks_done(db, ACME_TEAM, s.ana), id="looks done"),
        pytest.param(lambda db, s: people.partnerships_of(db, ACME_TEAM, s.ana), id="places"),
    ],
)
def test_nothing_is_looked_for_from_the_first_row_to_the_last(stage: Stage, look: Any) -> None:
    db = stage.store.reading()
    asked: list[tuple[str, Any]] = []
    noting = _Noting(db, asked)

    look(noting, stage)

    steps = [
        str(row["detail"])
        for sql, values in asked
        for row in db.query(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    assert steps
    assert [step for step in steps if re.match(r"SCAN (?!json_each|CONSTANT)", step)] == []
    # All rows of an installation are as good as all rows.
    assert [step for step in steps if step.endswith("(team_id=?)")] == []


DECK = Item(kind="owed", partnership_id="p1", subject_id="d1")


def test_a_daily_message_is_noted_once_a_day(stage: Stage) -> None:
    one = Daily(
        team_id=ACME_TEAM,
        id="m1",
        person_id=stage.ana,
        day_on=date(2026, 11, 16),
        partnership_id=None,
        key="daily/ana/2026-11-16",
        items=(DECK,),
        put_at=MONDAY_NOON,
    )
    with stage.store.writing(None) as db:
        first = daily.add(db, one)
        second = daily.add(db, replace(one, id="m2", items=()))

    assert (first, second) == (True, False)
    assert daily.newest(stage.store.reading(), ACME_TEAM, stage.ana) == [one]


class _Noting:
    """Hands queries on and notes them."""

    def __init__(self, db: Any, asked: list[tuple[str, Any]]) -> None:
        self._db = db
        self._asked = asked

    def query(self, sql: str, values: Any) -> Any:
        self._asked.append((sql, values))
        return self._db.query(sql, values)
