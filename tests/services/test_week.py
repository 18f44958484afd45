"""What time does about *This week*: what passes its date, and the week that is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import partnerships
from domain.partnerships import Pause
from services import boards, pause_posts, pauses
from services import week as verbs
from tests.partners import PARTNERSHIP
from tests.summary_stage import DAY, HOUR, MONDAY, Office, opened

WEEK_KEY = "week/p1/2026-11-16"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        with found.store.writing(PARTNERSHIP.id) as db:
            db.execute("DELETE FROM weeks")
            verbs.begin_week(db, PARTNERSHIP, MONDAY)
        yield found


def test_what_is_due_becomes_late_when_its_time_has_passed(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    with office.store.writing(PARTNERSHIP.id) as db:
        boards.redraw_soon(db, PARTNERSHIP, MONDAY)
    office.wake(MONDAY)
    before = office.last_drawn(WEEK_KEY)["text"]

    office.live_until(MONDAY + DAY + HOUR)

    assert "Globalcall: 1 due, 0 waiting." in before
    assert "Globalcall: 1 late, 0 due, 0 waiting." in office.last_drawn(WEEK_KEY)["text"]


def test_a_week_that_is_over_keeps_its_last_state_without_buttons(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    with office.store.writing(PARTNERSHIP.id) as db:
        boards.redraw_soon(db, PARTNERSHIP, MONDAY + 2 * DAY)
    office.wake(MONDAY + 2 * DAY)
    office.send_all()

    with office.store.writing(PARTNERSHIP.id) as db:
        verbs.begin_week(db, PARTNERSHIP, MONDAY + 7 * DAY)
    office.send_all()
    office.settle(MONDAY + 7 * DAY + HOUR)
    office.wake(MONDAY + 7 * DAY + HOUR)

    closed = office.last_drawn(WEEK_KEY)
    assert closed["text"] == "The week of Mon 16 Nov to Sun 22 Nov, closed."
    assert "*Late from Globalcall*: 1" in str(closed["blocks"])
    assert {block["type"] for block in closed["blocks"]} == {"section"}
    # Read weeks later, too: by its date, not as yesterday's.
    assert "{date_long}" in str(closed["blocks"])
    assert "pretty" not in str(closed["blocks"])


def test_a_week_that_ended_in_a_rest_has_nothing_left_to_press(office: Office) -> None:
    with office.store.writing(PARTNERSHIP.id) as db:
        until = MONDAY + 8 * DAY
        pause = Pause(from_at=MONDAY + DAY, until_at=until, reason="asked")
        pauses.begin(db, PARTNERSHIP, pause, by=None)
        resting = partnerships.get(db, PARTNERSHIP.team_id, PARTNERSHIP.id)
        assert resting is not None
        pause_posts.show_rest(db, resting, MONDAY + DAY)
        pauses.end(db, resting, until, by=None)

    closed = office.last_drawn(WEEK_KEY)
    assert "closed" in closed["text"]
    assert "Resting until" in str(closed["blocks"])
    assert "button" not in str(closed["blocks"])


def test_a_week_whose_words_are_not_kept_any_more_says_only_that_it_is_over(
    office: Office,
) -> None:
    office.send_all()
    with office.store.writing(PARTNERSHIP.id) as db:
        db.execute("UPDATE outbox SET payload = '{}'")

        verbs.begin_week(db, PARTNERSHIP, MONDAY + 28 * DAY)

    (block,) = office.last_drawn(WEEK_KEY)["blocks"]
    assert "closed.* This week of Acme and Globalcall is over." in block["text"]["text"]
