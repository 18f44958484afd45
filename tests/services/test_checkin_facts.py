"""What is read of many turns at once is what is read of each."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data import Database, cadences, checkin_reports, checkins, outbox, turn_moves
from domain.cadences import Occurrence, Plan
from domain.checkin_reports import Report
from domain.checkins import AgendaPoint, Confirmation
from domain.proposals import TurnMove
from domain.recurrence import Turn
from domain.rule_text import weekly
from services.checkin_facts import check_in_of, check_ins_of
from tests.partners import ACME_TEAM, MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged
from tests.stores import message

WEEK = timedelta(weeks=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    found = staged(tmp_path)
    yield found
    found.store.close()


def turns(stage: Stage) -> list[Occurrence]:
    """Of a review every week: a turn of which much was said, one of which nothing, one moved."""
    plan = Plan(
        kind="checkin",
        title="Review",
        rule=weekly((0,)),
        local_start=MONDAY_NOON.replace(tzinfo=None),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
    )
    with stage.store.writing(stage.partnership.id) as db:
        cadence = cadences.insert(db, stage.partnership, plan, by=stage.maria, now=MONDAY_NOON)
        assert cadence is not None
        found = []
        for number in range(3):
            at = MONDAY_NOON + number * WEEK
            turn = Turn(original=at.replace(tzinfo=None), starts_at=at)
            found.append(cadences.add_turn(db, cadence, turn, MONDAY_NOON))
        say_much(db, stage, found[0])
        turn_moves.add(db, ACME_TEAM, moved(found[2]))
    return found


def say_much(db: Database, stage: Stage, turn: Occurrence) -> None:
    for name in ("second", "first"):
        point = AgendaPoint(
            id=name, side="client", person_id=stage.maria, words=name, added_at=MONDAY_NOON
        )
        checkins.add_point(db, turn, point)
    for side in ("client", "vendor"):
        word = Confirmation(occurrence_id=turn.id, side=side, said="held", said_at=MONDAY_NOON)
        checkins.confirm(db, turn, word, stage.maria)
    report = Report(late="none", roles=("lead",), notes_link="https://example.com/notes")
    checkin_reports.save(db, turn, "vendor", report, (stage.ana, MONDAY_NOON))
    for kind, part in (("start", "/now"), ("agenda", ""), ("reminder", "/1"), ("reminder", "/0")):
        key = checkins.post_key(turn, kind) + part
        outbox.put(db, ACME_TEAM, stage.partnership.id, key, message(), now=MONDAY_NOON)


def moved(turn: Occurrence) -> TurnMove:
    return TurnMove(
        id="move",
        occurrence_id=turn.id,
        side="client",
        person_id=None,
        what="holiday",
        from_at=turn.starts_at,
        to_at=turn.starts_at + timedelta(days=1),
        reason_kept=False,
        notice_minutes=60,
        at=MONDAY_NOON,
    )


def test_what_is_said_of_turns_is_the_same_together_and_one_by_one(stage: Stage) -> None:
    every, db = turns(stage), stage.store.reading()

    together = check_ins_of(db, every, stage.partnership)

    assert together == [check_in_of(db, turn) for turn in every]
    assert [one.words for one in together[0].points] == ["second", "first"]
    assert set(together[0].came_of.by_side) == {"vendor"}


def test_what_is_told_and_became_of_turns_is_the_same_together_and_one_by_one(
    stage: Stage,
) -> None:
    every, db = turns(stage), stage.store.reading()
    ids = [turn.id for turn in every]

    posts, moves = checkins.posts_of(db, ACME_TEAM, ids), turn_moves.of_turns(db, ACME_TEAM, ids)

    assert posts == {turn.id: checkins.posts(db, turn) for turn in every}
    assert [kind for kind, _ in posts[ids[0]]] == ["agenda", "reminder", "reminder", "start"]
    assert moves == {turn.id: turn_moves.of_turn(db, turn) for turn in every}
    assert len(moves[ids[2]]) == 1
    assert cadences.last_originals(db, stage.partnership) == {
        every[0].cadence_id: every[2].original
    }
