from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import deliverables, ladder, wakes
from domain.deliverables import Commitment, Due, Unclear
from domain.rights import NotAllowed
from services import daily, ladder_acts
from services.daily_settings import choose_place
from services.deliverables import accept, done, move
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.daily_sections import SHOWN_MOST
from views.daily_settings import DIRECTLY
from views.deliverable_answers import now_accepted
from views.deliverable_questions import question

TUESDAY = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # 09:00 in Manila
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TONIGHT = TUESDAY + 9 * HOUR


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def now(stage: Stage, one: Commitment) -> Commitment:
    found = deliverables.get(stage.store.reading(), ACME_TEAM, one.id)
    assert found is not None
    return found


def days_told(stage: Stage, days: int, start: datetime = TUESDAY) -> list[str]:
    """On which of some days Ana is written to, when time looks at each of her shifts."""
    told = []
    for n in range(days):
        at, before = start + n * DAY, len(stage.dailies())
        stage.look(stage.ana, at)
        stage.send_all()
        if len(stage.dailies()) > before:
            told.append(f"{at:%a %d}")
    return told


def text(stage: Stage) -> str:
    """The newest daily message as it was last drawn."""
    rows = [row for row in (*stage.dailies(), *stage.said("update")) if "daily" in row.key]
    return str(rows[-1].payload)


def steps_told(stage: Stage, every: list[Commitment]) -> list[str]:
    """Of what a step was told, by id."""
    return sorted(ladder.told(stage.store.reading(), ACME_TEAM, every, TUESDAY + HOUR))


def test_reminders_end_and_each_says_when_the_next_comes(stage: Stage) -> None:
    stage.owes(due_at=TONIGHT)

    told = days_told(stage, 14)

    assert told == ["Tue 17", "Wed 18", "Thu 19", "Fri 20", "Mon 23", "Tue 24"]
    drawn = [str(row.payload) for row in stage.dailies()]
    assert all("Next word: " in message for message in drawn[:-1])
    assert "I ask no more about this by myself." in drawn[-1]


def test_a_message_that_never_left_used_up_no_step(stage: Stage) -> None:
    stage.owes(due_at=TONIGHT)

    for n in range(3):  # nothing leaves for three days
        stage.look(stage.ana, TUESDAY + n * DAY)
    with stage.store.writing(None) as db:
        db.execute("UPDATE outbox SET state = 'dropped' WHERE key LIKE 'daily/%'")
    told = days_told(stage, 11, TUESDAY + 3 * DAY)

    assert told == ["Fri 20", "Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27"]


def test_what_a_long_message_leaves_out_used_up_no_step(stage: Stage) -> None:
    every = [stage.owes(title=f"thing {n:02}", due_at=TONIGHT) for n in range(SHOWN_MOST + 3)]
    days_told(stage, 1)

    first = steps_told(stage, every)
    drawn = text(stage)
    for one in first[:3]:
        done(stage.deps, stage.who("U0ANA"), one, TUESDAY + HOUR)
    days_told(stage, 1, TUESDAY + DAY)

    assert len(first) == SHOWN_MOST
    assert "…and 3 more" in drawn
    assert steps_told(stage, every) == sorted(one.id for one in every)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param("tomorrow", ["Wed 18", "Thu 19"], id="tomorrow"),
        pytest.param("next_week", ["Mon 23", "Tue 24"], id="next week"),
        pytest.param("2026-11-21", ["Mon 23", "Tue 24"], id="a Saturday: the working day after it"),
    ],
)
def test_what_is_put_off_stays_away_until_then(
    stage: Stage, choice: str, expected: list[str]
) -> None:
    one = stage.owes(due_at=TONIGHT)
    days_told(stage, 1)

    ladder_acts.put_off(stage.deps, stage.who("U0ANA"), one.id, choice, TUESDAY + HOUR)
    stage.look(stage.ana, TUESDAY + HOUR)
    shown = text(stage)

    assert "put off, you hear of it again" in shown
    assert now(stage, one).due_at == TONIGHT
    assert days_told(stage, 8, TUESDAY + DAY)[:2] == expected
    # Whoever it is owed to reads nothing of it.
    assert not any("put off" in str(row.payload) for row in stage.said() if "daily" not in row.key)


def test_putting_the_whole_message_aside_brings_it_back_on_the_next_day(stage: Stage) -> None:
    one = stage.owes(due_at=TONIGHT)
    days_told(stage, 1)
    message = stage.dailies()[0].payload["blocks"][-1]["elements"][0]["value"]

    daily.not_today(stage.deps, stage.who("U0ANA"), message, TUESDAY + HOUR)

    assert now(stage, one).snoozed_until == TUESDAY + DAY
    assert days_told(stage, 1, TUESDAY + DAY) == ["Wed 18"]


def test_what_is_put_off_after_the_last_reminder_is_brought_back_by_time_alone(
    stage: Stage,
) -> None:
    one = stage.owes(due_at=TONIGHT)
    days_told(stage, 9)
    message = stage.dailies()[0].payload["blocks"][-1]["elements"][0]["value"]
    with stage.store.writing(None) as db:
        wakes.clear_wake(db, ACME_TEAM, "daily", stage.ana)  # as nothing more is planned

    daily.not_today(stage.deps, stage.who("U0ANA"), message, TUESDAY + 9 * DAY)

    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily_redraw", stage.ana)
    assert wake is not None
    assert wake.due_at == TUESDAY + 9 * DAY
    assert now(stage, one).snoozed_until == TUESDAY + 10 * DAY
    assert days_told(stage, 1, TUESDAY + 10 * DAY) == ["Fri 27"]


def test_who_is_on_it_is_asked_no_more_until_the_date_is_another(stage: Stage) -> None:
    one = stage.owes(due_at=TONIGHT)
    days_told(stage, 2)

    ladder_acts.on_it(stage.deps, stage.who("U0ANA"), one.id, TUESDAY + DAY + HOUR)
    silent = days_told(stage, 6, TUESDAY + 2 * DAY)
    asked = (Due(day=date(2026, 11, 25)), None)
    move(stage.deps, stage.who("U0ANA"), one.id, asked, TUESDAY + 7 * DAY)

    assert silent == []
    assert days_told(stage, 3, TUESDAY + 8 * DAY) == ["Wed 25", "Thu 26", "Fri 27"]


def test_putting_off_and_being_on_it_are_taken_back(stage: Stage) -> None:
    one, who = stage.owes(due_at=TUESDAY - DAY), stage.who("U0ANA")
    ladder_acts.on_it(stage.deps, who, one.id, TUESDAY)
    ladder_acts.put_off(stage.deps, who, one.id, "next_week", TUESDAY)

    ladder_acts.show_again(stage.deps, who, one.id, TUESDAY)

    after = now(stage, one)
    assert (after.acknowledged_at, after.snoozed_until) == (None, None)
    assert days_told(stage, 1) == ["Tue 17"]


@pytest.mark.parametrize("day", ["2026-11-16", "2028-01-01", "soon", ""])
def test_a_day_on_which_nobody_can_be_asked_is_refused(stage: Stage, day: str) -> None:
    one = stage.owes(due_at=TONIGHT)

    with pytest.raises(Unclear) as unclear:
        ladder_acts.put_off(stage.deps, stage.who("U0ANA"), one.id, day, TUESDAY)

    assert "no such date" not in question(unclear.value)


def test_only_who_owes_it_says_when_to_be_asked(stage: Stage) -> None:
    one = stage.owes(due_at=TONIGHT)

    for act in (ladder_acts.on_it, ladder_acts.show_again):
        with pytest.raises(NotAllowed):
            act(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY)


def test_nobody_is_looked_at_before_something_is_due(stage: Stage) -> None:
    stage.owes(due_at=TONIGHT + 14 * DAY)

    stage.look(stage.ana, TUESDAY)

    found = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily", stage.ana)
    assert found is not None
    assert found.due_at == TUESDAY + 14 * DAY


def test_who_is_asked_to_take_one_more_reads_what_they_promised_and_nobody_else(
    stage: Stage,
) -> None:
    for n in range(3):
        stage.owes(title=f"other {n}", due_at=TONIGHT + (9 + n) * DAY)
    stage.owes(title="deck", state="proposed", due_at=TONIGHT + 9 * DAY, created_at=MONDAY_NOON)

    days_told(stage, 1)
    in_thread = text(stage)
    choose_place(stage.deps, stage.who("U0ANA"), DIRECTLY, TUESDAY)
    days_told(stage, 1, TUESDAY + DAY)

    directly = str(stage.dailies()[-1].payload)
    assert "You have 3 open promises; 1 is due that day." in directly
    assert "Will you take it on?" in in_thread
    assert not any("open promises" in str(row.payload) for row in stage.said() if row.thread_of)


def test_who_takes_one_more_on_reads_it_in_the_answer(stage: Stage) -> None:
    for n in range(2):
        stage.owes(title=f"other {n}", due_at=TONIGHT + (9 + n) * DAY)
    one = stage.owes(title="deck", state="proposed", due_at=TONIGHT + 9 * DAY)

    changed = accept(stage.deps, stage.who("U0ANA"), one.id, TUESDAY)
    said = now_accepted(changed.partnership, changed.commitment, changed.load).text

    assert said.endswith("You have 2 other open promises; 1 is due that day.")
    assert accept(stage.deps, stage.who("U0ANA"), one.id, TUESDAY).load is None


def test_what_matters_most_comes_first(stage: Stage) -> None:
    stage.owes(title="roster", due_at=TONIGHT - HOUR)
    stage.owes(title="deck", due_at=TONIGHT, importance="high")

    days_told(stage, 1)

    shown = text(stage)
    assert shown.index("Important: *deck*") < shown.index("*roster*")
