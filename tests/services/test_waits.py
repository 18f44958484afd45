from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import deliverable_dates, journal, wakes
from data import deliverables as stored
from data.wakes import Wake
from domain.deliverables import Commitment, Due, Unclear
from domain.gaps import findings
from domain.rights import NotAllowed
from domain.waits import WaitsInCircle
from domain.weeks import open_week
from services import (
    deliverable_endings,
    deliverable_planning,
    deliverable_reviews,
    deliverables,
    gap_facts,
    overdue_lines,
    raising,
)
from services import waits as services
from services.deliverable_history import history
from services.deliverable_lists import board
from services.deliverable_posts import put_missing_card
from services.deliverable_undo import undo
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.gaps import line as gap_words
from views.waits import Asked
from views.week import this_week

HOUR = timedelta(hours=1)
# Manila is 13 hours ahead of New York: noon there is 01:00 the next day here.
TUESDAY = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # 09:00 in Manila
WEDNESDAY = TUESDAY + timedelta(days=1)
THURSDAY = TUESDAY + timedelta(days=2)
FRIDAY_EVENING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # 18:00 in Manila


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def deck(stage: Stage) -> Commitment:
    """What Ana of the vendor owes."""
    return stage.owes(due_at=FRIDAY_EVENING, first_due_at=FRIDAY_EVENING)


def forecast(stage: Stage, **changes: Any) -> Commitment:
    """What Maria of the client owes, by Tuesday 09:00 in Manila."""
    values = {"title": "Volume forecast", "owner_id": stage.maria, "side": "client"}
    return stage.owes(**(values | {"due_at": TUESDAY, "first_due_at": TUESDAY} | changes))


def waits_for(stage: Stage, one: Commitment, on: Commitment, at: datetime = MONDAY_NOON) -> str:
    """Somebody of its side says that it waits; returns the wait's id."""
    slack_id = "U0ANA" if one.side == "vendor" else "U0MARIA"
    carried = {"id": one.id, "new": f"{one.id[:8]}-{on.id[:8]}-{int(at.timestamp())}"}
    asked = Asked(on_id=on.id, words="", owner=None)
    said = services.begin(stage.deps, stage.who(slack_id), carried, asked, at)
    return said.waited.wait.id


def now(stage: Stage, one: Commitment) -> Commitment:
    found = stored.get(stage.store.reading(), ACME_TEAM, one.id)
    assert found is not None
    return found


def look(stage: Stage, one: Commitment, at: datetime) -> None:
    wake = Wake(
        team_id=ACME_TEAM,
        kind="deliverable",
        subject_id=one.id,
        partnership_id=one.partnership_id,
        due_at=at,
    )
    deliverable_planning.plan(stage.deps, wake, at)


def done(stage: Stage, one: Commitment, at: datetime) -> None:
    slack_id = "U0ANA" if one.side == "vendor" else "U0MARIA"
    deliverables.done(stage.deps, stage.who(slack_id), one.id, at)


def texts(stage: Stage) -> list[str]:
    return [str(row.payload["text"]) for row in stage.said()[1:] if row.state == "queued"]


def card(stage: Stage, one: Commitment) -> str:
    rows = [row for row in stage.said() if row.key == f"deliverable-card/{one.id}"]
    return str(rows[-1].payload["text"])


def line(stage: Stage, one: Commitment) -> str:
    """That it is not in, as the other side reads it."""
    (row,) = [row for row in stage.said() if row.key == overdue_lines.overdue_key(one)]
    return str(row.payload["text"])


def shifts(stage: Stage, one: Commitment) -> list[tuple[str | None, int]]:
    every = deliverable_dates.history(stage.store.reading(), one)
    return [(change.cause_id, change.minutes) for change in every if change.cause == "input"]


def test_who_reads_beside_other_things_that_it_waits_is_not_told_that_this_was_the_last_word(
    stage: Stage, deck: Commitment
) -> None:
    waits_for(stage, deck, forecast(stage, due_at=FRIDAY_EVENING + 24 * HOUR))
    other = stage.owes(title="Roster", state="proposed")
    friday = FRIDAY_EVENING - 9 * HOUR
    stage.look(stage.ana, friday)

    deliverable_endings.decline(stage.deps, stage.who("U0ANA"), other.id, friday)
    stage.look(stage.ana, friday)

    shown = str([row.payload for row in stage.dailies()])
    assert "*Training deck* for Acme, due" in shown
    assert "It waits for something: I ask again once that is over." in shown


def test_the_other_side_reads_what_late_work_waits_for_while_it_does(
    stage: Stage, deck: Commitment
) -> None:
    wait_id = waits_for(stage, deck, forecast(stage, due_at=FRIDAY_EVENING + 24 * HOUR))
    late = FRIDAY_EVENING + 2 * HOUR
    with stage.store.writing(stage.partnership.id) as db:
        overdue_lines.tell(db, stage.partnership, now(stage, deck), late)
    before = line(stage, deck)

    services.over(stage.deps, stage.who("U0ANA"), wait_id, late)

    assert "not in yet. Waits for *Volume forecast* (Acme), due" in before
    assert "Nothing for you to do." not in before
    assert "Waits for" not in line(stage, deck)
    assert "Nothing for you to do." in line(stage, deck)


def everywhere(stage: Stage, one: Commitment, at: datetime) -> dict[str, str]:
    """All that says of late work how it stands."""
    db, partnership = stage.store.reading(), stage.partnership
    week = replace(gap_facts.live(db, partnership, at), holes=())  # as if it had always run
    (gap,) = findings(week, {"overdue"})
    monday = open_week(partnership, at)
    dailies = {row.key.split("/")[1]: str(row.payload["blocks"]) for row in stage.dailies()}
    return {
        "card": card(stage, one),
        "line in the thread": line(stage, one),
        "reminder": dailies[stage.ana],
        "leads": dailies[stage.maria],
        "gaps and summary": gap_words(partnership, gap),
        "week": str(this_week(partnership, monday, board(db, partnership, at)).payload),
    }


def test_wherever_late_work_is_shown_it_says_that_the_other_side_has_not_answered(
    stage: Stage, deck: Commitment
) -> None:
    monday = FRIDAY_EVENING + 63 * HOUR  # 09:00 in Manila
    in_new_york = monday + 13 * HOUR
    asked = forecast(stage, state="proposed")
    with stage.store.writing(None) as db:
        put_missing_card(db, stage.partnership, deck, MONDAY_NOON)
    waits_for(stage, deck, asked)
    # Nobody is asked about what waits, so it only joins what is said of something else.
    stage.owes(title="Roster", state="proposed", due_at=monday + 60 * HOUR)
    stage.look(stage.ana, monday)
    with stage.store.writing(stage.partnership.id) as db:
        overdue_lines.tell(db, stage.partnership, now(stage, deck), monday)
    raising.bring_up(stage.deps, stage.who("U0ANA"), deck.id, monday)
    stage.look(stage.maria, in_new_york)

    before = everywhere(stage, deck, in_new_york)
    deliverable_endings.decline(stage.deps, stage.who("U0MARIA"), asked.id, in_new_york + HOUR)
    stage.look(stage.ana, in_new_york + HOUR)
    stage.look(stage.maria, in_new_york + HOUR)
    after = everywhere(stage, deck, in_new_york + HOUR)

    said = "aits for *Volume forecast*, asked of Acme on Mon 16 Nov and not answered."
    assert [place for place, text in before.items() if said not in text] == []
    assert [place for place, text in after.items() if said in text] == []


def test_both_cards_say_what_waits_for_what(stage: Stage, deck: Commitment) -> None:
    awaited = forecast(stage)
    with stage.store.writing(None) as db:
        put_missing_card(db, stage.partnership, awaited, MONDAY_NOON)

    waits_for(stage, deck, awaited)

    assert "Waits for *Volume forecast* (Acme)" in card(stage, deck)
    assert "*Training deck* (Globalcall) waits for it." in card(stage, awaited)


def test_the_clock_stands_still_while_the_input_is_late_and_says_so(
    stage: Stage, deck: Commitment
) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)
    found = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", deck.id)

    look(stage, deck, TUESDAY)
    at_once = now(stage, deck).stopped_at
    look(stage, deck, FRIDAY_EVENING + 40 * HOUR)

    assert found is not None
    assert at_once == TUESDAY
    assert found.due_at == TUESDAY
    stopped = now(stage, deck)
    assert stopped.stopped_at == TUESDAY
    assert not stopped.is_late(FRIDAY_EVENING + 40 * HOUR)
    assert "its clock stands still since" in card(stage, deck)
    assert not any("not in yet" in text for text in texts(stage) if "Training deck" in text)
    entries = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", deck.id)
    assert [entry.verb for entry in entries] == ["deliverable_waiting", "deliverable_clock_stopped"]


def test_what_comes_late_moves_the_date_by_the_working_time_that_was_lost(
    stage: Stage, deck: Commitment
) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)
    look(stage, deck, TUESDAY)

    done(stage, awaited, WEDNESDAY + 2 * HOUR)

    after = now(stage, deck)
    # Nine hours of Tuesday and two of Wednesday: from Friday evening to Tuesday at 11:00.
    assert shifts(stage, deck) == [(awaited.id, 11 * 60)]
    assert after.due_at == after.first_due_at == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert (after.moves, after.stopped_at) == (0, None)
    told = [text for text in texts(stage) if "It waited 11 hours of working time" in text]
    assert len(told) == 1
    assert "for *Volume forecast* (Acme)" in told[0]
    shown = str(history(stage.deps, stage.who("U0MARIA"), deck.id))
    assert "its date moved: it waited for *Volume forecast*, 11 hours of working time" in shown


def test_what_comes_in_time_moves_nothing(stage: Stage, deck: Commitment) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)

    done(stage, awaited, TUESDAY - HOUR)

    assert now(stage, deck).due_at == FRIDAY_EVENING
    assert "Waits for" not in card(stage, deck)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as due", "the other way round"])
def test_time_lost_to_two_at_once_counts_once(
    stage: Stage, deck: Commitment, order: tuple[int, int]
) -> None:
    inputs = [forecast(stage), forecast(stage, title="Access", due_at=TUESDAY + 4 * HOUR)]
    for each in inputs:
        waits_for(stage, deck, each)

    for position, at in zip(order, (WEDNESDAY, THURSDAY), strict=True):
        done(stage, inputs[position], at)

    assert sum(minutes for _, minutes in shifts(stage, deck)) == 18 * 60
    assert now(stage, deck).due_at == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_an_undo_of_the_delivery_takes_the_move_back(stage: Stage, deck: Commitment) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)
    done(stage, awaited, WEDNESDAY)

    undo(stage.deps, stage.who("U0MARIA"), awaited.id, "done", WEDNESDAY + HOUR)

    after = now(stage, deck)
    assert (after.due_at, after.first_due_at) == (FRIDAY_EVENING, FRIDAY_EVENING)
    assert after.stopped_at == TUESDAY
    assert shifts(stage, deck) == []
    assert not any("It waited" in text for text in texts(stage))

    done(stage, awaited, WEDNESDAY + 2 * HOUR)

    assert shifts(stage, deck) == [(awaited.id, 11 * 60)]


def test_sent_back_it_is_waited_for_until_its_new_date(stage: Stage, deck: Commitment) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)
    done(stage, awaited, TUESDAY - HOUR)

    deliverable_reviews.send_back(
        stage.deps, stage.who("U0ANA"), awaited.id, "Last year's", TUESDAY + HOUR
    )

    assert "Waits for *Volume forecast*" in card(stage, deck)
    assert now(stage, deck).stopped_at is None


def test_what_is_cancelled_is_waited_for_no_more(stage: Stage, deck: Commitment) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)

    deliverable_endings.withdraw(stage.deps, stage.who("U0MARIA"), awaited.id, "Off", MONDAY_NOON)

    assert "Waits for" not in card(stage, deck)
    (told,) = [text for text in texts(stage) if "waits no more" in text]
    assert "*Volume forecast* (Acme) was cancelled" in told

    undo(stage.deps, stage.who("U0MARIA"), awaited.id, "withdrawn", MONDAY_NOON + HOUR)

    assert "Waits for *Volume forecast*" in card(stage, deck)


def test_nobody_is_late_for_what_was_not_accepted_or_is_of_the_own_side(
    stage: Stage, deck: Commitment
) -> None:
    asked = forecast(stage, state="proposed")
    own = stage.owes(title="Screenshots", due_at=TUESDAY)
    for each in (asked, own):
        waits_for(stage, deck, each)

    look(stage, deck, WEDNESDAY)
    before = now(stage, deck).stopped_at
    deliverables.accept(stage.deps, stage.who("U0MARIA"), asked.id, WEDNESDAY)

    assert before is None
    assert now(stage, deck).stopped_at == TUESDAY


def test_delivered_while_the_clock_stands_still_it_is_in_time(
    stage: Stage, deck: Commitment
) -> None:
    waits_for(stage, deck, forecast(stage))
    look(stage, deck, TUESDAY)

    done(stage, deck, FRIDAY_EVENING + 40 * HOUR)

    after = now(stage, deck)
    assert after.closed_at is not None
    assert after.closed_at <= after.due_at

    undo(stage.deps, stage.who("U0ANA"), deck.id, "done", FRIDAY_EVENING + 41 * HOUR)

    again = now(stage, deck)
    assert (again.due_at, again.stopped_at) == (FRIDAY_EVENING, TUESDAY)


def test_those_that_would_wait_for_each_other_are_refused_by_name(
    stage: Stage, deck: Commitment
) -> None:
    awaited = forecast(stage)
    script = stage.owes(title="Refund script")
    waits_for(stage, deck, awaited)
    waits_for(stage, awaited, script)

    with pytest.raises(WaitsInCircle) as refused:
        waits_for(stage, script, deck)

    titles = ("Refund script", "Training deck", "Volume forecast", "Refund script")
    assert refused.value.titles == titles


def test_what_is_missing_is_asked_of_the_other_side_in_the_same_form(
    stage: Stage, deck: Commitment
) -> None:
    friday = Due(day=datetime(2026, 11, 20, tzinfo=UTC).date())
    asked = Asked(on_id=None, words="Test access", owner="U0MARIA", due=friday)
    carried = {"id": deck.id, "new": "n1"}

    services.begin(stage.deps, stage.who("U0ANA"), carried, asked, MONDAY_NOON)
    said = services.begin(stage.deps, stage.who("U0ANA"), carried, asked, MONDAY_NOON)

    assert said.asked is not None
    new = said.asked.commitment
    assert (new.title, new.side, new.state) == ("Test access", "client", "proposed")
    assert card(stage, deck).count("Waits for *Test access*, asked of Acme on Mon 16 Nov") == 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        pytest.param(Asked(on_id=None, words="", owner=None), "words", id="nothing"),
        pytest.param(Asked(on_id=None, words="x", owner="U0MARIA"), "due", id="no date"),
        pytest.param(Asked(on_id=None, words="", owner="U0MARIA"), "words", id="no title"),
    ],
)
def test_what_is_not_clear_is_asked_under_its_field(
    stage: Stage, deck: Commitment, asked: Asked, field: str
) -> None:
    with pytest.raises(Unclear) as unclear:
        services.begin(
            stage.deps, stage.who("U0ANA"), {"id": deck.id, "new": "n1"}, asked, MONDAY_NOON
        )

    assert unclear.value.field == field


def test_words_are_waited_for_until_somebody_says_otherwise(stage: Stage, deck: Commitment) -> None:
    asked = Asked(on_id=None, words="the <!here> storm", owner=None)
    said = services.begin(
        stage.deps, stage.who("U0ANA"), {"id": deck.id, "new": "n1"}, asked, MONDAY_NOON
    )
    shown = card(stage, deck)

    services.over(stage.deps, stage.who("U0ANA"), said.waited.wait.id, TUESDAY)

    assert "Waits for “the &lt;!here&gt; storm”" in shown
    assert "Waits for" not in card(stage, deck)
    assert now(stage, deck).due_at == FRIDAY_EVENING


def test_the_other_side_does_not_say_what_it_waits_for(stage: Stage, deck: Commitment) -> None:
    with pytest.raises(NotAllowed):
        services.form(stage.deps, stage.who("U0MARIA"), deck.id)


def test_sent_back_again_after_an_undo_it_is_waited_for_once_more(
    stage: Stage, deck: Commitment
) -> None:
    awaited = forecast(stage)
    waits_for(stage, deck, awaited)
    done(stage, awaited, TUESDAY)
    ana = stage.who("U0ANA")

    deliverable_reviews.send_back(stage.deps, ana, awaited.id, "Not yet", TUESDAY + HOUR)
    undo(stage.deps, ana, awaited.id, "sent_back", TUESDAY + 2 * HOUR)
    between = card(stage, deck)
    deliverable_reviews.send_back(stage.deps, ana, awaited.id, "After all", TUESDAY + 3 * HOUR)

    assert "Waits for" not in between
    assert "Waits for *Volume forecast* (Acme)" in card(stage, deck)


def test_what_was_not_delivered_after_all_closes_no_circle(stage: Stage, deck: Commitment) -> None:
    awaited, slides = forecast(stage), stage.owes(title="Slides")
    waits_for(stage, deck, awaited)
    waits_for(stage, awaited, slides)
    done(stage, awaited, TUESDAY - HOUR)
    waits_for(stage, slides, deck, TUESDAY)

    undo(stage.deps, stage.who("U0MARIA"), awaited.id, "done", TUESDAY + HOUR)

    assert "Waits for *Slides*" in card(stage, awaited)
    assert "Waits for *Training deck*" in card(stage, slides)
    assert "Waits for" not in card(stage, deck)
