from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import deliverable_dates, journal, wakes
from data import deliverables as stored
from data.wakes import Wake
from domain.deliverables import Commitment, DeliverableClosed, Due
from domain.rights import NotAllowed
from services import deliverable_endings as endings
from services import deliverable_planning, deliverables
from services import deliverable_posts as posts
from services import deliverable_reviews as reviews
from services.actors import Who
from services.deliverable_acting import Changed
from services.deliverable_history import changed_meanwhile, drawn_now, history
from services.deliverable_lists import list_here
from services.deliverable_reasons import form
from services.deliverable_undo import undo
from services.deps import Deps
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

HOUR = timedelta(hours=1)
TUESDAY_MANILA = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # 10:00 there
WEDNESDAY_NEW_YORK = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # 10:00 there


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def now(stage: Stage, one: Commitment) -> Commitment:
    found = stored.get(stage.store.reading(), ACME_TEAM, one.id)
    assert found is not None
    return found


def texts(stage: Stage) -> list[str]:
    return [str(row.payload["text"]) for row in stage.said()[1:] if row.state == "queued"]


def delivered(stage: Stage, at: datetime = TUESDAY_MANILA, **changes: Any) -> Commitment:
    """Something of Ana's that was delivered, its card drawn before."""
    one = stage.owes(**changes)
    deliverables.done(stage.deps, stage.who("U0ANA"), one.id, at)
    return now(stage, one)


def verbs(stage: Stage, one: Commitment) -> list[str]:
    entries = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)
    return [entry.verb for entry in entries]


def look(stage: Stage, one: Commitment, at: datetime) -> None:
    wake = Wake(
        team_id=ACME_TEAM,
        kind="deliverable",
        subject_id=one.id,
        partnership_id=one.partnership_id,
        due_at=at,
    )
    deliverable_planning.plan(stage.deps, wake, at)


def test_what_is_delivered_may_be_sent_back_until_the_third_shift_ends(stage: Stage) -> None:
    one = delivered(stage)

    # Delivered in the night of New York, before the shift of Tuesday; so Thursday's is the third.
    assert one.review_until == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    assert one.is_with_other_side
    found = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id)
    assert found is not None
    assert found.due_at == one.review_until


def test_no_objection_in_time_ends_it_and_is_not_acceptance(stage: Stage) -> None:
    one = delivered(stage)
    assert one.review_until is not None

    look(stage, one, one.review_until - HOUR)
    before = now(stage, one).review
    look(stage, one, one.review_until)

    assert (before, now(stage, one).review) == (None, "no_objection")
    entry = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)[-1]
    assert (entry.verb, entry.by) == ("deliverable_no_objection", None)


def test_the_other_side_accepts_and_takes_that_back(stage: Stage) -> None:
    one = delivered(stage)

    reviews.approve(stage.deps, stage.who("U0MARIA"), one.id, WEDNESDAY_NEW_YORK)
    approved = now(stage, one).review
    undone = undo(stage.deps, stage.who("U0ANA"), one.id, "done", WEDNESDAY_NEW_YORK)
    undo(stage.deps, stage.who("U0MARIA"), one.id, "approved", WEDNESDAY_NEW_YORK + HOUR)

    assert approved == "approved"
    assert not undone.has_happened
    assert now(stage, one).is_with_other_side


def _send_back(deps: Deps, who: Who, commitment_id: str, at: datetime) -> Changed:
    return reviews.send_back(deps, who, commitment_id, "Not yet", at)


@pytest.mark.parametrize("act", [reviews.approve, _send_back])
def test_nobody_of_the_side_that_delivered_says_what_the_other_thinks(
    stage: Stage, act: Any
) -> None:
    one = delivered(stage)

    with pytest.raises(NotAllowed):
        act(stage.deps, stage.who("U0ANA"), one.id, WEDNESDAY_NEW_YORK)


def test_what_is_sent_back_is_due_at_a_quarter_of_an_hour_which_the_form_says(
    stage: Stage,
) -> None:
    one = delivered(stage, due_at=datetime(2026, 11, 19, 10, 0, tzinfo=UTC))
    odd = datetime(2026, 11, 17, 8, 7, tzinfo=UTC)  # Tuesday 16:07 in Manila

    maria = stage.who("U0MARIA")
    shown = str(form(stage.deps, maria, one.id, "send_back", odd))
    reviews.send_back(stage.deps, maria, one.id, "Slides 4 to 9 are old", odd)

    # Six hours and seven minutes of work: Friday at 15:15 there.
    assert now(stage, one).due_at == datetime(2026, 11, 20, 7, 15, tzinfo=UTC)
    assert "Sent back now, it is due Fri 20 Nov 15:15 Manila" in shown
    assert "the time that it lay with Acme is added." in shown


def test_what_is_sent_back_is_due_later_by_the_working_time_it_lay_there(stage: Stage) -> None:
    due_at = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)  # Wednesday 18:00 in Manila
    one = delivered(stage, due_at=due_at)

    # On Wednesday at 23:00 in Manila: eight hours of Tuesday and nine of Wednesday.
    reviews.send_back(
        stage.deps, stage.who("U0MARIA"), one.id, "Slides 4 to 9 are old", WEDNESDAY_NEW_YORK
    )

    after = now(stage, one)
    assert (after.state, after.sent_back, after.moves) == ("accepted", 1, 0)
    # Friday at 17:00 there; the first date moves along, so it is nobody's slip.
    assert after.due_at == after.first_due_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    change = deliverable_dates.history(stage.store.reading(), after)[-1]
    assert (change.cause, change.minutes, change.side) == ("review", 17 * 60, "client")
    (line,) = (text for text in texts(stage) if " instead of Wed 18 Nov 18:00 Manila" in text)
    assert "the time that it lay with Acme is added." in line
    assert "“Slides 4 to 9 are old”" in line


def test_what_is_sent_back_says_so_and_why_wherever_it_stands(stage: Stage) -> None:
    one = delivered(stage, due_at=datetime(2026, 11, 18, 10, 0, tzinfo=UTC))
    reviews.send_back(
        stage.deps, stage.who("U0MARIA"), one.id, "Slides are old", WEDNESDAY_NEW_YORK
    )
    db, friday = stage.store.reading(), datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

    card = posts.card(db, stage.partnership, now(stage, one), WEDNESDAY_NEW_YORK).text
    listed = str(list_here(stage.deps, stage.who("U0MARIA"), "all", WEDNESDAY_NEW_YORK))
    stage.look(stage.ana, friday)
    message = str(stage.dailies()[-1].payload)
    told = str(history(stage.deps, stage.who("U0ANA"), one.id))

    why = "sent it back: “Slides are old”. Its date was <!date^"
    assert why in card
    assert why in message
    assert "sent back by Acme (“Slides are" in listed
    assert "which moved its date" in listed
    assert "sent it back, having lain there; its date moved by 17 hours of working time" in told
    # A date that somebody gives it afterwards is not the one that came of it.
    new_date = (Due(day=date(2026, 11, 25)), None)
    deliverables.move(stage.deps, stage.who("U0ANA"), one.id, new_date, friday)
    card = posts.card(db, stage.partnership, now(stage, one), friday).text
    assert "sent it back" in card
    assert "Its date was" not in card


def test_sending_back_is_taken_back_while_nothing_followed(stage: Stage) -> None:
    one = delivered(stage)
    reviews.send_back(stage.deps, stage.who("U0MARIA"), one.id, "Not yet", WEDNESDAY_NEW_YORK)

    undo(stage.deps, stage.who("U0MARIA"), one.id, "sent_back", WEDNESDAY_NEW_YORK + HOUR)

    assert now(stage, one) == one
    assert len(deliverable_dates.history(stage.store.reading(), one)) == 1
    assert not any("sent it back" in text for text in texts(stage))


def test_delivered_anew_the_old_sending_back_stays(stage: Stage) -> None:
    one = delivered(stage)
    reviews.send_back(stage.deps, stage.who("U0MARIA"), one.id, "Not yet", WEDNESDAY_NEW_YORK)
    deliverables.done(stage.deps, stage.who("U0ANA"), one.id, WEDNESDAY_NEW_YORK + HOUR)

    again = undo(stage.deps, stage.who("U0MARIA"), one.id, "sent_back", WEDNESDAY_NEW_YORK + HOUR)

    assert not again.has_happened
    assert now(stage, one).closed_at == WEDNESDAY_NEW_YORK + HOUR


def test_what_a_side_keeps_for_itself_is_reviewed_by_nobody(stage: Stage) -> None:
    one = delivered(stage, audience="vendor")

    assert (one.state, one.review_until) == ("done", None)


def test_who_cannot_promise_says_why_and_the_author_may_ask_anew(stage: Stage) -> None:
    one = stage.owes(state="proposed")

    endings.cannot_promise(
        stage.deps, stage.who("U0ANA"), one.id, "Two trainers are out", MONDAY_NOON
    )

    after = now(stage, one)
    assert (after.state, after.declined_why) == ("declined", "cannot_promise")
    assert after.closed_reason == "Two trainers are out"
    details = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)[-1].details
    assert details == {"why": "cannot_promise"}

    undo(stage.deps, stage.who("U0ANA"), one.id, "declined", MONDAY_NOON + HOUR)

    assert (now(stage, one).state, now(stage, one).closed_reason) == ("proposed", None)


@pytest.mark.parametrize("state", ["proposed", "accepted"])
def test_what_is_cancelled_is_owed_again_as_before(stage: Stage, state: Any) -> None:
    one = stage.owes(state=state)

    endings.withdraw(stage.deps, stage.who("U0MARIA"), one.id, "Called off", MONDAY_NOON)
    cancelled = now(stage, one)
    undo(stage.deps, stage.who("U0MARIA"), one.id, "withdrawn", MONDAY_NOON + HOUR)

    assert (cancelled.state, cancelled.closed_reason) == ("withdrawn", "Called off")
    assert now(stage, one) == one


def test_a_day_later_what_was_cancelled_stays_so_and_says_so(stage: Stage) -> None:
    one = stage.owes()
    endings.withdraw(stage.deps, stage.who("U0MARIA"), one.id, "Called off", MONDAY_NOON)

    late = undo(stage.deps, stage.who("U0MARIA"), one.id, "withdrawn", MONDAY_NOON + 25 * HOUR)

    assert not late.has_happened
    assert now(stage, one).state == "withdrawn"


def test_its_history_is_told_by_side_with_dates_and_reasons(stage: Stage) -> None:
    one = delivered(stage)
    reviews.send_back(stage.deps, stage.who("U0MARIA"), one.id, "Slides <4>", WEDNESDAY_NEW_YORK)

    shown = str(history(stage.deps, stage.who("U0ANA"), one.id))

    assert "Globalcall delivered it" in shown
    assert "its date moved by 18 hours of working time: due Thu 19 Nov 18:00" in shown
    assert "“Slides &lt;4&gt;”" in shown
    assert "Ana" not in shown
    assert verbs(stage, one) == ["deliverable_done", "deliverable_sent_back"]


def test_the_second_of_two_who_change_it_reads_what_the_first_did(stage: Stage) -> None:
    one = stage.owes()
    who = stage.who("U0MARIA")
    view = drawn_now(
        stage.deps, who, one.id, form(stage.deps, who, one.id, "withdraw", MONDAY_NOON)
    )
    carried = {"id": one.id, "seen": "0"}
    typed = {"reason": {"value": {"type": "plain_text_input", "value": "Called off"}}}
    sent = {**view, "state": {"values": typed}}
    nothing = changed_meanwhile(stage.deps, who, carried, sent)
    deliverables.done(stage.deps, stage.who("U0ANA"), one.id, MONDAY_NOON)

    again = changed_meanwhile(stage.deps, who, carried, sent)

    assert nothing is None
    assert again is not None
    assert "Globalcall delivered it" in str(again["blocks"][0])
    assert again["blocks"][-1]["element"]["initial_value"] == "Called off"
    with pytest.raises(DeliverableClosed):
        endings.withdraw(stage.deps, who, one.id, "Called off", MONDAY_NOON)


def test_who_asked_for_it_reads_of_a_delivery_in_the_message_of_the_day(stage: Stage) -> None:
    delivered(stage)
    stage.look(stage.maria, WEDNESDAY_NEW_YORK)
    alone = stage.dailies()
    stage.owes(
        title="Volume forecast",
        owner_id=stage.maria,
        side="client",
        due_at=WEDNESDAY_NEW_YORK + HOUR,
    )

    stage.look(stage.maria, WEDNESDAY_NEW_YORK)

    # It never is the reason for a message.
    assert alone == []
    (daily,) = stage.dailies()
    assert "*Training deck* from Globalcall is delivered. Your side can accept it or send it" in (
        str(daily.payload["blocks"])
    )
    assert "deliverable.approve" in str(daily.payload["blocks"])


def test_whoever_asked_reads_why_it_cannot_be_promised(stage: Stage) -> None:
    one = stage.owes(state="proposed")
    endings.cannot_promise(stage.deps, stage.who("U0ANA"), one.id, "Two are out", MONDAY_NOON)

    stage.look(stage.maria, MONDAY_NOON)

    (daily,) = stage.dailies()
    assert "can't be promised by the person who was asked. “Two are out”" in str(daily.payload)


def test_who_delivered_it_is_thanked_in_a_message_that_is_put_anyway(stage: Stage) -> None:
    one = delivered(stage)
    reviews.approve(stage.deps, stage.who("U0MARIA"), one.id, WEDNESDAY_NEW_YORK)
    thursday_manila = TUESDAY_MANILA + timedelta(days=2)
    stage.look(stage.ana, thursday_manila)
    alone = stage.dailies()
    stage.owes(title="Refund script", due_at=thursday_manila + HOUR)

    stage.look(stage.ana, thursday_manila)

    assert alone == []
    (daily,) = stage.dailies()
    assert "Acme accepted *Training deck*, thank you." in str(daily.payload["blocks"])
