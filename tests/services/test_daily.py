from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import away as away_data
from data import daily as stored
from data import deliverables, outbox_claims, partnerships, people, wakes, weeks
from data.outbox import Row
from domain.calendars import Away
from domain.daily import NotYourMessage
from domain.deliverables import Due
from domain.partnerships import Pause
from services import daily
from services.daily_settings import choose_place
from services.deliverable_undo import undo
from services.deliverables import accept, done, move
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.daily_settings import DIRECTLY

MANILA_NINE = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # Tuesday
MANILA_SIX = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def plan(stage: Stage, at: datetime, person_id: str | None = None) -> None:
    stage.look(person_id or stage.ana, at)


def letters(stage: Stage) -> list[Row]:
    return stage.dailies()


def leaves(stage: Stage) -> None:
    """The newest message reaches Slack."""
    with stage.store.writing(None) as db:
        outbox_claims.settle_sent(db, letters(stage)[-1], "D1", "1.1", MANILA_NINE)


def redrawn(stage: Stage) -> str:
    """What the messages that have left were last changed to."""
    return str(stage.said("update")[-1].payload)


def text(stage: Stage) -> str:
    """What the newest message says now, before it has left."""
    return str(letters(stage)[-1].payload["blocks"])


def next_look(stage: Stage, person_id: str | None = None) -> datetime | None:
    found = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily", person_id or stage.ana)
    return None if found is None else found.due_at


def test_what_is_due_before_the_next_shift_stands_in_one_message(stage: Stage) -> None:
    stage.owes(title="deck", due_at=MANILA_SIX)
    stage.owes(title="roster", due_at=MANILA_SIX + 14 * HOUR)
    stage.owes(title="late one", due_at=MANILA_NINE - 3 * DAY)
    stage.owes(title="for Wednesday", due_at=MANILA_SIX + DAY)

    for _ in range(2):
        plan(stage, MANILA_NINE)

    assert len(letters(stage)) == 1
    assert "Three things today" in text(stage)
    assert "for Wednesday" not in text(stage)
    assert next_look(stage) == MANILA_NINE + DAY


def test_an_outsider_is_called_in_the_thread_and_everybody_else_directly(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)
    stage.owes(owner_id=stage.maria, side="client", due_at=MONDAY_NOON + HOUR)

    plan(stage, MANILA_NINE)
    plan(stage, MONDAY_NOON, stage.maria)

    ana, maria = letters(stage)
    week = weeks.newest(stage.store.reading(), stage.partnership)
    assert week is not None
    assert (ana.place, ana.thread_of, ana.audience) == ("C0SHARED", week.key, "both")
    assert "<@U0ANA>, good morning." in str(ana.payload["text"])
    assert (maria.place, maria.thread_of, maria.audience) == (
        f"person:{stage.maria}",
        None,
        "person",
    )
    assert "Good afternoon, Maria." in str(maria.payload["text"])


def test_nothing_due_is_nothing_said(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX + 3 * DAY)

    plan(stage, MANILA_NINE)

    assert letters(stage) == []
    assert next_look(stage) == MANILA_NINE + 3 * DAY


def test_who_owes_nothing_is_not_looked_at_again(stage: Stage) -> None:
    stage.owes(state="done", closed_at=MONDAY_NOON)

    plan(stage, MANILA_NINE)

    assert next_look(stage) is None


def test_who_is_on_no_list_is_written_to_once_they_are_on_one(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", (None, "observer", False))
    stage.owes(owner_id=carlo, due_at=MANILA_SIX)

    plan(stage, MANILA_NINE, carlo)
    unlisted, again_at = letters(stage), next_look(stage, carlo)
    stage.person("U0CARLO", ("vendor", "member", True))
    plan(stage, MANILA_NINE + DAY, carlo)

    assert (unlisted, again_at) == ([], MANILA_NINE + DAY)
    assert len(letters(stage)) == 1


def quiet(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, stage.ana, MANILA_NINE + DAY)


def away(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        absence = Away(from_at=MANILA_NINE - HOUR, until_at=MANILA_NINE + 12 * HOUR)
        away_data.add(db, ACME_TEAM, stage.ana, absence)


def day_off(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        partnerships.add_day_off(db, stage.partnership, "vendor", MANILA_NINE.date(), None)


def paused(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        pause = Pause(from_at=MONDAY_NOON, until_at=None, reason="asked")
        partnerships.set_pause(db, stage.partnership, pause)


@pytest.mark.parametrize(
    "rests",
    [
        pytest.param(quiet, id="who asked to be left alone"),
        pytest.param(away, id="who is away"),
        pytest.param(day_off, id="on a day off of the side"),
        pytest.param(paused, id="in a partnership that rests"),
    ],
)
def test_nobody_who_rests_is_written_to_and_nothing_is_used_up(stage: Stage, rests: Any) -> None:
    stage.owes(due_at=MANILA_SIX)
    rests(stage)

    plan(stage, MANILA_NINE)
    early = letters(stage)
    with stage.store.writing(None) as db:
        partnerships.set_pause(db, stage.partnership, None)
    plan(stage, MANILA_NINE + DAY)

    assert early == []
    assert len(letters(stage)) == 1


def test_before_the_shift_nothing_is_said(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)

    plan(stage, MANILA_NINE - HOUR)

    assert letters(stage) == []
    assert next_look(stage) == MANILA_NINE


def test_after_downtime_the_message_of_the_running_shift_is_still_put(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)

    plan(stage, MANILA_NINE + 3 * HOUR)

    assert len(letters(stage)) == 1


def test_the_message_follows_what_happens_during_the_shift(stage: Stage) -> None:
    deck = stage.owes(title="deck", due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)

    done(stage.deps, stage.who("U0ANA"), deck.id, MANILA_NINE + HOUR)
    roster = stage.owes(title="roster", due_at=MANILA_SIX)
    stage.owes(title="later", due_at=MANILA_SIX + 2 * DAY)
    plan(stage, MANILA_NINE + HOUR)
    shown = text(stage)
    move(
        stage.deps,
        stage.who("U0ANA"),
        roster.id,
        (Due(day=MANILA_NINE.date() + 2 * DAY), None),
        MANILA_NINE + HOUR,
    )
    plan(stage, MANILA_NINE + HOUR)

    assert len(letters(stage)) == 1
    assert "~*deck* for Acme~ done" in shown
    assert "roster" in shown
    assert "later" not in shown
    assert "*roster* for Acme: now due" in text(stage)
    assert "Nothing more for today" in text(stage)


def test_a_message_rests_when_the_next_shift_begins(stage: Stage) -> None:
    deck = stage.owes(title="deck", due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    leaves(stage)
    plan(stage, MANILA_SIX + 2 * HOUR)
    in_the_evening = redrawn(stage)
    plan(stage, MANILA_NINE + DAY)
    next_morning = redrawn(stage)

    done(stage.deps, stage.who("U0ANA"), deck.id, MANILA_NINE + DAY + HOUR)
    plan(stage, MANILA_NINE + DAY + HOUR)

    assert "deliverable.done" in in_the_evening
    assert "This was for Tue 17 Nov" in next_morning
    assert "button" not in next_morning
    assert "<@" not in next_morning
    assert redrawn(stage) == next_morning
    assert "~*deck* for Acme~ done" in str(letters(stage)[1].payload)


def test_a_message_rests_also_when_no_newer_one_follows(stage: Stage) -> None:
    stage.owes(title="plan", due_at=MANILA_SIX + 9 * DAY)
    deck = stage.owes(title="deck", due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    done(stage.deps, stage.who("U0ANA"), deck.id, MANILA_NINE + HOUR)
    plan(stage, MANILA_NINE + HOUR)
    leaves(stage)
    plan(stage, MANILA_NINE + DAY)
    plan(stage, MANILA_NINE + DAY + HOUR)

    assert len(letters(stage)) == 1
    assert "This was for Tue 17 Nov" in redrawn(stage)
    assert "button" not in redrawn(stage)


def test_a_message_is_worth_saying_until_the_shift_ends(stage: Stage) -> None:
    stage.owes(title="deck", due_at=MANILA_SIX)
    for day in range(3):
        plan(stage, MANILA_NINE + day * DAY + HOUR)

    late_from = [row.worth_until for row in letters(stage)]
    assert late_from == [MANILA_SIX + day * DAY for day in (0, 1, 2)]
    assert "deck" in text(stage)


def test_a_question_from_outside_the_shift_waits_for_the_message(stage: Stage) -> None:
    one = stage.owes(state="proposed", due_at=MANILA_SIX + 3 * DAY)
    plan(stage, MANILA_NINE)
    asked = text(stage)

    accept(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE)
    plan(stage, MANILA_NINE)

    assert "Will you take it on?" in asked
    assert "Will you take it on?" not in text(stage)


def test_late_work_that_was_asked_about_is_noted_once(stage: Stage) -> None:
    one = stage.owes(due_at=MANILA_NINE - DAY)

    plan(stage, MANILA_NINE)
    plan(stage, MANILA_NINE + DAY)

    found = deliverables.get(stage.store.reading(), ACME_TEAM, one.id)
    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id)
    assert found is not None
    assert found.asked_at == MANILA_NINE
    assert wake is not None
    assert wake.due_at == MANILA_NINE + 4 * HOUR


def test_not_today_hides_it_until_the_next_shift(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.ana)

    for _ in range(2):
        daily.not_today(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE)
    plan(stage, MANILA_NINE + HOUR)
    hidden = text(stage)
    plan(stage, MANILA_NINE + DAY)

    assert "Put aside" in hidden
    assert len(letters(stage)) == 2
    assert "was due" in text(stage)


def test_undo_shows_the_message_again_and_asks_what_was_put_off_with_it(stage: Stage) -> None:
    asked = stage.owes(due_at=MANILA_SIX)
    own = stage.owes(title="roster", due_at=MANILA_SIX, snoozed_until=MANILA_NINE + DAY)
    plan(stage, MANILA_NINE)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.ana)

    daily.not_today(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE)
    aside = text(stage)
    for _ in range(2):
        daily.undo(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE + HOUR)
    plan(stage, MANILA_NINE + HOUR)

    assert "daily.undo" in aside
    assert "deliverable.done" in text(stage)
    found = deliverables.every(stage.store.reading(), ACME_TEAM, [asked.id, own.id])
    assert found[asked.id].snoozed_until is None
    # What its owner had put off before stays put off.
    assert found[own.id].snoozed_until == MANILA_NINE + DAY


def test_undo_in_a_message_whose_day_is_over_shows_it_as_past(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.ana)
    daily.not_today(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE)

    daily.undo(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE + DAY)

    assert "This was for Tue 17 Nov" in text(stage)


def test_stop_holds_at_once_and_is_taken_back_with_one_press(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.ana)

    daily.stop(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE)
    plan(stage, MANILA_NINE + DAY)
    stopped = len(letters(stage))
    daily.start(stage.deps, stage.who("U0ANA"), one.id, MANILA_NINE + DAY)
    plan(stage, MANILA_NINE + 2 * DAY)

    assert (stopped, len(letters(stage))) == (1, 2)


@pytest.mark.parametrize("act", [daily.not_today, daily.undo, daily.stop, daily.start])
def test_nobody_presses_in_somebody_elses_message(stage: Stage, act: Any) -> None:
    stage.owes(due_at=MANILA_SIX)
    plan(stage, MANILA_NINE)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.ana)

    with pytest.raises(NotYourMessage):
        act(stage.deps, stage.who("U0MARIA"), one.id, MANILA_NINE)


def test_one_message_for_all_partnerships_of_who_is_written_to_directly(stage: Stage) -> None:
    other = replace(stage.partnership, id="p2", channel="C0OTHER")
    with stage.store.writing(None) as db:
        partnerships.insert(db, other)
        partnerships.agree(db, other, stage.maria, MONDAY_NOON)
        people.place(db, other, stage.maria, standing=("client", "lead", True), now=MONDAY_NOON)
    for partnership_id in (stage.partnership.id, "p2"):
        stage.owes(
            owner_id=stage.maria,
            side="client",
            partnership_id=partnership_id,
            due_at=MONDAY_NOON + HOUR,
        )

    plan(stage, MONDAY_NOON, stage.maria)

    (one,) = letters(stage)
    assert "Two things today" in str(one.payload["text"])
    assert one.partnership_id is None


def test_what_was_taken_back_is_no_longer_anybodys(stage: Stage) -> None:
    one = stage.owes(due_at=MANILA_SIX, state="proposed")
    plan(stage, MANILA_NINE)

    undo(stage.deps, stage.who("U0MARIA"), one.id, "created", MANILA_NINE)
    plan(stage, MANILA_NINE)

    assert "no longer yours" in text(stage)


def test_who_chooses_direct_messages_has_them_from_the_next_day_on(stage: Stage) -> None:
    stage.owes(due_at=MANILA_SIX + 2 * DAY, title="roster")
    stage.owes(due_at=MANILA_SIX, title="deck")
    plan(stage, MANILA_NINE)
    leaves(stage)

    choose_place(stage.deps, stage.who("U0ANA"), DIRECTLY, MANILA_NINE + HOUR)
    stage.owes(due_at=MANILA_SIX, title="script")
    plan(stage, MANILA_NINE + 2 * HOUR)
    same_day = [row.place for row in letters(stage)]
    plan(stage, MANILA_NINE + DAY)

    assert same_day == ["C0SHARED"]
    assert "script" in redrawn(stage)
    assert [row.place for row in letters(stage)] == ["C0SHARED", f"person:{stage.ana}"]
