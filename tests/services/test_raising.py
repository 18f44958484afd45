from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import away, journal, ladder, outbox, wakes
from domain.calendars import Away
from domain.ladder import NobodyToAsk, Told
from domain.partnerships import NotListed
from services import raising
from services.daily_wakes import REDRAW
from services.deliverables import done
from tests.partners import ACME_TEAM
from tests.partnership_store import Stage, staged

TUESDAY = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # 09:00 in Manila
NEW_YORK_NINE = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def read_by(stage: Stage, person_id: str, at: datetime) -> str:
    """What stands in the person's message of the shift at a moment; empty: there is none."""
    before = len(stage.dailies())
    stage.look(person_id, at)
    rows = stage.dailies()[before:]
    stage.send_all()
    return str(rows[-1].payload) if rows else ""


def days_pass(stage: Stage, person_id: str, days: int, start: datetime = TUESDAY) -> None:
    for n in range(days):
        read_by(stage, person_id, start + n * DAY)


def verbs(stage: Stage, commitment_id: str) -> list[str]:
    every = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", commitment_id)
    return [entry.verb for entry in every]


def test_after_three_late_reminders_the_own_lead_reads_it_once_and_nobody_else(
    stage: Stage,
) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(owner_id=carlo, due_at=TUESDAY - 2 * HOUR)
    days_pass(stage, carlo, 3)
    before = read_by(stage, stage.ana, TUESDAY + 2 * DAY + HOUR)
    days_pass(stage, carlo, 1, TUESDAY + 3 * DAY)

    told = read_by(stage, stage.ana, TUESDAY + 3 * DAY + HOUR)

    assert before == ""
    assert "*Training deck* for Acme: was due" in told
    assert "CARLO" not in told
    assert read_by(stage, stage.ana, TUESDAY + 6 * DAY) == ""
    assert read_by(stage, stage.maria, NEW_YORK_NINE + 3 * DAY) == ""
    assert verbs(stage, one.id).count("deliverable_lead_told") == 1


def test_the_own_lead_reads_nothing_of_a_reminder_that_never_left(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(owner_id=carlo, due_at=TUESDAY - 2 * HOUR)
    days_pass(stage, carlo, 3)
    stage.look(carlo, TUESDAY + 3 * DAY)
    with stage.store.writing(None) as db:
        outbox.close(db, stage.dailies()[-1], "dropped", "too_late", now=TUESDAY + 3 * DAY + HOUR)

    lost = read_by(stage, stage.ana, TUESDAY + 3 * DAY + HOUR)
    told = Told(step="stand-1", told_on=date(2026, 11, 20), told_at=TUESDAY + 3 * DAY + HOUR)
    with stage.store.writing(None) as db:
        ladder.add_step(db, one, told, "daily/of-a-stand-in")
    lost += read_by(stage, stage.ana, TUESDAY + 3 * DAY + 2 * HOUR)
    days_pass(stage, carlo, 1, TUESDAY + 6 * DAY)
    looked_at = wakes.wake_of(stage.store.reading(), ACME_TEAM, REDRAW, stage.ana)
    left = read_by(stage, stage.ana, TUESDAY + 6 * DAY + HOUR)

    assert lost == ""
    assert looked_at is not None
    assert looked_at.due_at == TUESDAY + 6 * DAY
    assert "*Training deck* for Acme: was due" in left


def test_a_person_brings_it_to_the_leads_of_both_sides_in_the_same_words(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(owner_id=carlo, due_at=TUESDAY - 2 * HOUR)
    days_pass(stage, carlo, 1)

    for _ in range(2):
        raising.bring_up(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY + HOUR)
    ana = read_by(stage, stage.ana, TUESDAY + HOUR)
    maria = read_by(stage, stage.maria, NEW_YORK_NINE)

    said = "Brought to the leads of both sides by Acme."
    assert said in ana
    assert said in maria
    assert "Globalcall" in maria
    assert verbs(stage, one.id).count("deliverable_raised") == 1


def test_what_is_brought_up_is_taken_back_before_anybody_read_it(stage: Stage) -> None:
    one = stage.owes(due_at=TUESDAY - 2 * HOUR)
    raising.bring_up(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY)

    raising.take_back(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY + HOUR)

    assert read_by(stage, stage.maria, NEW_YORK_NINE) == ""
    assert verbs(stage, one.id)[-1] == "deliverable_raised_undone"


def test_a_button_of_an_old_message_says_what_became_of_it(stage: Stage) -> None:
    one = stage.owes(due_at=TUESDAY - 2 * HOUR)
    done(stage.deps, stage.who("U0ANA"), one.id, TUESDAY)

    said = raising.bring_up(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY + HOUR)

    assert "Nothing has changed" in said.text
    assert "deliverable_raised" not in verbs(stage, one.id)


def test_nobody_away_is_brought_up(stage: Stage) -> None:
    one = stage.owes(due_at=TUESDAY - 2 * HOUR)
    with stage.store.writing(None) as db:
        gone = Away(from_at=TUESDAY - DAY, until_at=TUESDAY + DAY)
        away.add(db, ACME_TEAM, stage.ana, gone)

    with pytest.raises(NobodyToAsk):
        raising.bring_up(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY)


def test_who_is_on_no_list_brings_nothing_up(stage: Stage) -> None:
    stage.person("U0ZOE", (None, "observer", False))
    one = stage.owes(due_at=TUESDAY - 2 * HOUR)

    with pytest.raises(NotListed):
        raising.bring_up(stage.deps, stage.who("U0ZOE"), one.id, TUESDAY)
