"""Inputs over a store: owed for each turn, moved and called off with it, and said on the agenda."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import cadences, deliverables, inputs, outbox, people
from data.checkins import post_key
from domain.cadences import Occurrence, Plan
from domain.deliverables import Commitment
from domain.inputs import Brought, InputForm, NotOfThatSide
from domain.people import Side
from domain.recurrence import Turn
from domain.rights import NotAllowed
from domain.rule_text import weekly
from services import inputs as verbs
from services.agenda import agenda_of
from services.agenda_life import keep_true
from services.checkin_posts import put_agenda
from services.checkins import check_in_in
from services.input_turns import settle
from services.known import Known
from tests.partners import ACME_TEAM, MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# Tuesday of the week after, 10:00 in New York.
TURN_AT = MONDAY_NOON + 8 * DAY - timedelta(hours=2)
FORECAST = InputForm(side="client", words="volume forecast", working_days_before=2)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return staged(tmp_path)


@pytest.fixture
def turn(stage: Stage) -> Occurrence:
    plan = Plan(
        kind="checkin",
        title="Review",
        rule=weekly((1,)),
        local_start=datetime.fromisoformat("2026-11-24T10:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
    )
    with stage.store.writing(None) as db:
        cadence = cadences.insert(db, stage.partnership, plan, by=None, now=MONDAY_NOON)
        assert cadence is not None
        at = Turn(original=plan.local_start, starts_at=TURN_AT)
        return cadences.add_turn(db, cadence, at, MONDAY_NOON)


def save(
    stage: Stage, turn: Occurrence, form: InputForm, *, by: str = "U0MARIA", old: str = "", new: str
) -> None:
    carried = {
        "partnership": stage.partnership.id,
        "cadence": turn.cadence_id,
        "id": new,
        "old": old,
    }
    verbs.save(stage.deps, stage.who(by), carried, form, MONDAY_NOON)


def settled(stage: Stage, turn: Occurrence, now: datetime = MONDAY_NOON) -> list[Brought]:
    """Time looks at the inputs, twice; what is owed for a turn then."""
    for _ in range(2):
        with stage.store.writing(stage.partnership.id) as db:
            settle(db, stage.partnership, now)
    return inputs.of_turn(stage.store.reading(), turn)


def open_titles(stage: Stage) -> list[str]:
    found = deliverables.open_in(stage.store.reading(), stage.partnership)
    return [one.commitment.title for one in found]


def stored(stage: Stage, one: Commitment) -> Commitment:
    found = deliverables.get(stage.store.reading(), one.team_id, one.id)
    assert found is not None
    return found


def test_an_input_is_owed_for_each_turn_by_a_lead_of_its_side(
    stage: Stage, turn: Occurrence
) -> None:
    # Later in the channel than Maria, though earlier in the alphabet.
    with stage.store.writing(None) as db:
        abby = people.ensure(db, ACME_TEAM, "U0ABBY", ACME_TEAM)
        later = MONDAY_NOON + timedelta(hours=1)
        people.place(db, stage.partnership, abby, standing=("client", "lead", True), now=later)
    for _ in range(2):
        save(stage, turn, FORECAST, new="i1")

    (brought,) = settled(stage, turn)

    owed = brought.commitment
    assert (owed.title, owed.owner_id) == ("volume forecast for Tue 24 Nov", stage.maria)
    assert owed.state == "accepted"
    assert owed.due_at == datetime.fromisoformat("2026-11-20T18:00-05:00")
    assert open_titles(stage) == [owed.title]
    told = [row.payload["text"] for row in stage.said() if row.key.startswith("input-changed/")]
    assert told == [
        "Acme added an input to *Review*: volume forecast (Acme), 2 working days before."
    ]
    cards = [row for row in stage.said() if row.key.startswith("deliverable-card/")]
    assert len(cards) == 1


def test_its_date_follows_the_turn_and_that_counts_as_no_delay(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    settled(stage, turn)

    with stage.store.writing(None) as db:
        cadences.move(db, turn, TURN_AT + 2 * DAY, now=MONDAY_NOON)
    (brought,) = settled(stage, turn)

    owed = brought.commitment
    assert (owed.title, owed.moves) == ("volume forecast for Thu 26 Nov", 0)
    assert owed.due_at == owed.first_due_at == datetime.fromisoformat("2026-11-24T18:00-05:00")


def test_an_agenda_that_is_laid_out_follows_it_when_the_turn_moves(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    settled(stage, turn)
    with stage.store.writing(None) as db:
        put_agenda(db, check_in_in(db, turn), MONDAY_NOON)
        cadences.set_state(db, turn, "announced")
        cadences.move(db, turn, TURN_AT + 2 * DAY, now=MONDAY_NOON)

    settled(stage, turn)
    with stage.store.writing(None) as db:
        keep_true(Known(db, stage.partnership, MONDAY_NOON))

    key = post_key(turn, "agenda")
    shown = outbox.last_drawn(stage.store.reading(), turn.team_id, key)
    assert "due Tue 24 Nov" in str(shown["blocks"])


def test_a_turn_that_is_skipped_asks_for_nothing_until_it_is_on_again(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    (before,) = settled(stage, turn)

    with stage.store.writing(None) as db:
        cadences.set_state(db, turn, "skipped")
    gone = settled(stage, turn)
    with stage.store.writing(None) as db:
        cadences.set_state(db, turn, "planned")
    (again,) = settled(stage, turn)

    assert gone == []
    assert stored(stage, before.commitment).state == "withdrawn"
    assert again.commitment.is_open
    assert len(open_titles(stage)) == 1


def test_the_agenda_says_what_is_not_in_and_since_when_it_is(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    (brought,) = settled(stage, turn)
    db = stage.store.reading()
    before = agenda_of(Known(db, stage.partnership, MONDAY_NOON), check_in_in(db, turn))

    with stage.store.writing(None) as writing:
        done = replace(brought.commitment, state="done", closed_at=MONDAY_NOON + DAY)
        deliverables.save(writing, done)
    after = agenda_of(Known(db, stage.partnership, MONDAY_NOON), check_in_in(db, turn))

    (missing,), (there,) = before.inputs, after.inputs
    assert (missing.is_in, str(missing.day_on)) == (False, "2026-11-20")
    assert (there.is_in, str(there.day_on)) == (True, "2026-11-17")
    assert before.owed == after.owed == ()


def test_what_the_other_side_is_asked_for_it_takes_on_once(stage: Stage, turn: Occurrence) -> None:
    roster = InputForm(side="vendor", words="roster", working_days_before=1)
    save(stage, turn, roster, new="i1")
    (first,) = settled(stage, turn)
    with stage.store.writing(None) as db:
        deliverables.save(db, replace(first.commitment, state="accepted"))
        cadence = cadences.get(db, turn.team_id, turn.cadence_id)
        assert cadence is not None
        at = Turn(original=turn.original + WEEK, starts_at=TURN_AT + WEEK)
        later = cadences.add_turn(db, cadence, at, MONDAY_NOON)

    (second,) = settled(stage, later)

    assert (first.commitment.state, first.commitment.owner_id) == ("proposed", stage.ana)
    assert second.commitment.state == "accepted"


def test_a_changed_input_takes_the_place_of_the_old_one_and_back(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    settled(stage, turn)

    save(stage, turn, replace(FORECAST, words="call forecast"), old="i1", new="i2")
    (changed,) = settled(stage, turn)
    verbs.undo(
        stage.deps, stage.who("U0ANA"), f"{stage.partnership.id}|i1|i2", MONDAY_NOON + DAY / 2
    )
    (back,) = settled(stage, turn)

    assert changed.commitment.title == "call forecast for Tue 24 Nov"
    assert back.commitment.title == "volume forecast for Tue 24 Nov"
    assert len(open_titles(stage)) == 1


def test_what_was_delivered_counts_for_the_input_that_took_the_place(
    stage: Stage, turn: Occurrence
) -> None:
    save(stage, turn, FORECAST, new="i1")
    (brought,) = settled(stage, turn)
    with stage.store.writing(None) as db:
        done = replace(brought.commitment, state="done", closed_at=MONDAY_NOON)
        deliverables.save(db, done)

    save(stage, turn, replace(FORECAST, working_days_before=1), old="i1", new="i2")

    (kept,) = settled(stage, turn)
    assert kept.commitment.id == brought.commitment.id
    assert kept.input.id == "i2"


def test_taken_off_nobody_owes_it(stage: Stage, turn: Occurrence) -> None:
    save(stage, turn, FORECAST, new="i1")
    settled(stage, turn)

    verbs.retire(stage.deps, stage.who("U0ANA"), f"{stage.partnership.id}|i1", MONDAY_NOON)

    assert settled(stage, turn) == []
    assert open_titles(stage) == []


@pytest.mark.parametrize("side", ["client", "vendor"])
def test_who_brings_it_is_of_the_side_that_brings_it(
    stage: Stage, turn: Occurrence, side: Side
) -> None:
    owner = "U0ANA" if side == "client" else "U0MARIA"

    with pytest.raises(NotOfThatSide):
        save(stage, turn, replace(FORECAST, side=side, owner=owner), new="i1")
    stage.person("U0LIZA", ("vendor", "member", True))
    with pytest.raises(NotAllowed):
        save(stage, turn, FORECAST, by="U0LIZA", new="i1")
