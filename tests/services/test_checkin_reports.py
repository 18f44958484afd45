"""What sides tell of a check-in, kept once however often it is sent, and until the next begins."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import cadences, checkin_reports, checkins
from data.cadences import insert
from domain.cadences import Occurrence, Plan
from domain.checkin_reports import ReportClosed
from domain.checkins import Confirmation, NotYetOver
from domain.recurrence import Turn
from domain.rights import NotAllowed
from domain.rule_text import weekly
from services import checkin_reports as services
from services import deliverable_endings
from services.checkin_reports import Sent
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged
from views.checkin_reports import Typed

STARTS_AT = MONDAY_NOON + timedelta(days=1)
AFTER = STARTS_AT + timedelta(hours=1)
PLAN = Plan(
    kind="checkin",
    title="Review",
    rule=weekly((1,)),
    local_start=datetime.fromisoformat("2026-11-17T12:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=30),
)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return staged(tmp_path)


def review(stage: Stage, weeks: int = 1) -> list[Occurrence]:
    """The turns of as many weeks; all of them are over."""
    with stage.store.writing(stage.partnership.id) as db:
        cadence = insert(db, stage.partnership, PLAN, by=stage.maria, now=MONDAY_NOON)
        assert cadence is not None
        found = []
        for week in range(weeks):
            later = timedelta(weeks=week)
            turn = Turn(original=PLAN.local_start + later, starts_at=STARTS_AT + later)
            found.append(cadences.add_turn(db, cadence, turn, MONDAY_NOON))
            cadences.set_state(db, found[-1], "over")
    return found


def typed(**changes: Any) -> Typed:
    values: dict[str, Any] = {
        "late": None,
        "roles": (),
        "notes": "",
        "day": None,
        "outcomes": (),
        "promises": {},
    }
    return Typed(**(values | changes))


def send(stage: Stage, slack_id: str, turn: Occurrence, **changes: Any) -> dict[str, str]:
    now = changes.pop("now", AFTER)
    sent = Sent(turn_id=turn.id, id=changes.pop("form_id", "f1"), typed=typed(**changes))
    return services.record(stage.deps, stage.who(slack_id), sent, now)


def promised(stage: Stage, turn: Occurrence) -> list[str]:
    return checkin_reports.promised(stage.store.reading(), turn)


DECK = {"promise_1": "@ana deck by friday", "promise_3": "@maria forecast by friday"}


def test_a_form_that_is_sent_twice_promises_once(stage: Stage) -> None:
    (turn,) = review(stage)

    for _ in range(2):
        assert send(stage, "U0ANA", turn, promises=DECK) == {}

    assert sorted(promised(stage, turn)) == ["deck", "forecast"]
    rows = list(stage.store.reading().query("SELECT title, state FROM commitments"))
    assert {row["title"]: row["state"] for row in rows} == {
        "deck": "accepted",  # her own promise
        "forecast": "proposed",
    }
    assert len(rows) == 2


def test_while_one_line_is_not_clear_nothing_is_kept(stage: Stage) -> None:
    (turn,) = review(stage)
    unclear = DECK | {"promise_2": "@nobody deck by friday", "promise_4": "@ana 31 february"}

    errors = send(stage, "U0ANA", turn, promises=unclear, notes="notes", roles=("lead",))

    assert set(errors) == {"notes", "promise_2", "promise_4"}
    assert promised(stage, turn) == []
    assert checkin_reports.came_of(stage.store.reading(), turn).by_side == {}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param("Ana refund script by friday", "refund script", id="a first name"),
        pytest.param("Ana Reyes will send the deck, friday", "send the deck", id="a whole name"),
        pytest.param("Ana: the deck, friday", "the deck", id="a name and a colon"),
    ],
)
def test_whoever_is_named_first_owes_it_without_a_sign(stage: Stage, line: str, title: str) -> None:
    (turn,) = review(stage)

    assert send(stage, "U0MARIA", turn, promises={"promise_1": line}) == {}
    assert promised(stage, turn) == [title]


def test_what_is_declined_is_not_counted(stage: Stage) -> None:
    (turn,) = review(stage)
    send(stage, "U0ANA", turn, promises=DECK)
    rows = stage.store.reading().query("SELECT id FROM commitments WHERE title = 'forecast'")
    commitment_id = next(iter(rows))["id"]

    deliverable_endings.decline(stage.deps, stage.who("U0MARIA"), commitment_id, AFTER)

    assert checkin_reports.came_of(stage.store.reading(), turn).promises == 1


def test_a_second_lead_of_a_side_sees_what_the_first_wrote_and_the_other_side_does_not(
    stage: Stage,
) -> None:
    (turn,) = review(stage)
    stage.person("U0LIZA", ("vendor", "lead", True))
    send(stage, "U0ANA", turn, late="client", notes="https://n.example/1")

    second = str(services.form_of(stage.deps, stage.who("U0LIZA"), turn.id, AFTER))
    other = str(services.form_of(stage.deps, stage.who("U0MARIA"), turn.id, AFTER))

    assert "https://n.example/1" in second
    assert "https://n.example/1" not in other


def test_telling_what_came_of_it_says_that_it_took_place(stage: Stage) -> None:
    (turn,) = review(stage)

    send(stage, "U0MARIA", turn, roles=("lead",))

    said = checkins.confirmations(stage.store.reading(), turn)
    assert {side: one.said for side, one in said.items()} == {"client": "held"}


def test_the_other_day_is_asked_of_the_side_that_names_one(stage: Stage) -> None:
    (turn,) = review(stage)
    word = Confirmation(occurrence_id=turn.id, side="client", said="other_day", said_at=AFTER)
    with stage.store.writing(stage.partnership.id) as db:
        checkins.confirm(db, turn, word, stage.maria)

    assert set(send(stage, "U0MARIA", turn)) == {"day"}
    assert send(stage, "U0ANA", turn) == {}


def test_it_can_be_told_from_the_start_until_the_next_one_begins(stage: Stage) -> None:
    first, second = review(stage, weeks=2)

    with pytest.raises(NotYetOver):
        send(stage, "U0ANA", first, now=STARTS_AT - timedelta(minutes=1))
    assert send(stage, "U0ANA", first, now=second.starts_at - timedelta(minutes=1)) == {}
    with pytest.raises(ReportClosed):
        send(stage, "U0ANA", first, now=second.starts_at, roles=("lead",))


def test_members_tell_nothing_for_their_side(stage: Stage) -> None:
    (turn,) = review(stage)
    stage.person("U0BEN", ("vendor", "member", True))

    with pytest.raises(NotAllowed):
        send(stage, "U0BEN", turn)


def test_a_turn_with_another_time_begins_with_nothing_told(stage: Stage) -> None:
    (turn,) = review(stage)
    send(stage, "U0ANA", turn, promises=DECK, late="client")

    with stage.store.writing(stage.partnership.id) as db:
        checkin_reports.forget(db, turn)

    came = checkin_reports.came_of(stage.store.reading(), turn)
    assert (dict(came.by_side), came.promises) == ({}, 0)
