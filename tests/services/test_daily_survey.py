"""Who has not answered a survey finds it in the daily message: kindly, and twice at most."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import daily as dailies
from data import people, wakes
from data.daily import Daily
from data.keys import KeyRing
from domain.daily import Item
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import ACME_TEAM, PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, HOUR, ID, NOW, Stage, stage

# The survey opened on Wednesday at 10:00 in New York and closes on Thursday at 17:00.
THURSDAY_NINE = NOW + timedelta(hours=23)
DAY = timedelta(days=1)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as found:
        found.ask()
        yield found


def time_passes(found: Stage, until: datetime) -> None:
    while (due_at := wakes.next_at(found.store.reading())) is not None and due_at <= until:
        while plan_due(found.deps, PLANNERS, due_at):
            pass


def reminded(found: Stage) -> dict[str, int]:
    """How many messages with the survey in them everybody got."""
    rows = found.rows("daily_messages")
    names = {person_id: slack_id for slack_id, person_id in found.people.items()}
    told = [names[row["person_id"]] for row in rows if '"survey"' in row["items"]]
    return {name: told.count(name) for name in sorted(set(told))}


def stay_open(found: Stage, until: datetime) -> None:
    time_passes(found, NOW)
    with found.store.writing(None) as db:
        db.execute(f"UPDATE surveys SET closes_at = '{until:%Y-%m-%dT%H:%M:%S}.000000Z'")
        wakes.set_wake(db, ACME_TEAM, "survey", ID, None, until)


def test_only_who_has_not_answered_is_reminded_and_not_on_the_day_of_the_question(
    asked: Stage,
) -> None:
    asked.press("C1", 5)

    time_passes(asked, THURSDAY_NINE - HOUR)
    early = reminded(asked)
    time_passes(asked, THURSDAY_NINE + HOUR)

    assert early == {}
    assert reminded(asked) == {"C0": 1, "C2": 1, "C3": 1}
    (said,) = [
        row["payload"]
        for row in asked.rows("outbox")
        if row["key"].startswith(f"daily/{asked.people['C2']}/")
    ]
    assert "the pulse with Globalcall: a minute, until" in said
    assert "pulse.more" in said


def test_where_others_would_read_who_has_not_answered_nobody_is_reminded(asked: Stage) -> None:
    time_passes(asked, CLOSES_AT - HOUR)

    assert not any(name.startswith("V") for name in reminded(asked))


def test_a_message_is_put_for_the_last_day_alone_and_nobody_is_reminded_a_third_time(
    asked: Stage,
) -> None:
    # Until Tuesday: three more shifts of New York.
    stay_open(asked, CLOSES_AT + 5 * DAY)
    with asked.store.writing(None) as db:
        people.leave(db, PARTNERSHIP, asked.people["C3"], NOW)
        for day, number in ((19, "first"), (20, "second")):
            dailies.add(db, message_with_the_survey(asked.people["C1"], day, number))

    time_passes(asked, CLOSES_AT + 4 * DAY)
    before_the_last_day = reminded(asked)
    time_passes(asked, CLOSES_AT + 5 * DAY - HOUR)

    assert before_the_last_day == {"C1": 2}
    assert reminded(asked) == {"C0": 1, "C1": 2, "C2": 1}


def message_with_the_survey(person_id: str, day: int, number: str) -> Daily:
    """Something else was to be told that day, and the survey joined it."""
    item = Item(kind="survey", partnership_id=PARTNERSHIP.id, subject_id=f"{ID}/{number}")
    day_on = NOW.date().replace(day=day)
    return Daily(
        team_id=ACME_TEAM,
        id=f"d{day}",
        person_id=person_id,
        day_on=day_on,
        partnership_id=None,
        key=dailies.message_key(person_id, day_on, None),
        items=(item,),
        put_at=NOW.replace(day=day),
    )


def test_after_closing_and_without_the_key_nobody_is_reminded(asked: Stage) -> None:
    KeyRing.beside(asked.store.path).destroy(ID)

    time_passes(asked, CLOSES_AT + 2 * DAY)

    assert reminded(asked) == {}
