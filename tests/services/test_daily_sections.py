"""Whatever there is to say to a person joins the one message of their working day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import away as away_data
from data import daily as stored
from data import outbox_claims, partnerships, people, wakes
from data.store import Store
from domain.calendars import Away
from domain.deliverables import Commitment, Due
from services import daily_wakes, deliverable_endings, deliverables
from services.audiences import may_leave
from services.daily import not_today
from services.deliverable_words import Asked, new_here
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.deliverable_forms import Filled
from views.words.commands import read_command
from views.words.verbs import NewDeliverable
from views.words.writer import Writer

# Noon of a Monday in UTC: 7:00 in New York, 20:00 in Manila.
MARIA_NINE = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
ANA_NINE = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECLINED = "was not taken on by the person who was asked"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def time_passes(stage: Stage, until: datetime) -> None:
    """Time does all that it does until then, at its own moments."""
    while (due_at := wakes.next_at(stage.store.reading())) is not None and due_at <= until:
        while plan_due(stage.deps, PLANNERS, due_at):
            pass


def send(stage: Stage, now: datetime) -> None:
    """What waits leaves, as far as it may."""
    with stage.store.writing(None) as db:
        for row in stage.said():
            if row.state == "queued" and not row.is_too_late(now):
                outbox_claims.settle_sent(db, row, "D1", f"{row.position}.1", now)


def asks_ana(stage: Stage, now: datetime, words: str = "deck by friday") -> None:
    writer = Writer(now=now, zone="America/New_York", date_order="MDY")
    verb = read_command("/deliverable", f"<@U0ANA> {words}", writer)
    assert isinstance(verb, NewDeliverable)
    new_here(stage.deps, Asked(who=stage.who("U0MARIA"), now=now), verb)


def declines(stage: Stage, at: datetime, title: str = "deck") -> Commitment:
    """Ana says no to what Maria asked her for."""
    one = stage.owes(title=title, state="proposed", due_at=at + 5 * DAY)
    deliverable_endings.decline(stage.deps, stage.who("U0ANA"), one.id, at)
    return one


def to(stage: Stage, person_id: str) -> list[str]:
    """What the daily messages of a person say now, in order."""
    key = f"daily/{person_id}/"
    found = [row for row in stage.dailies() if row.key.startswith(key)]
    changed = {row.target: row for row in stage.said("update")}
    return [str(changed.get(row.key, row).payload) for row in found]


# When it is said


def test_what_happens_outside_the_shift_waits_for_its_start(stage: Stage) -> None:
    declines(stage, MARIA_NINE - 2 * HOUR)

    time_passes(stage, MARIA_NINE - HOUR)
    early = to(stage, stage.maria)
    time_passes(stage, MARIA_NINE)

    assert early == []
    (told,) = to(stage, stage.maria)
    assert DECLINED in told


def test_what_happens_in_the_shift_is_said_at_once_where_nothing_was_said_yet(
    stage: Stage,
) -> None:
    time_passes(stage, MARIA_NINE)

    declines(stage, MARIA_NINE + HOUR)
    time_passes(stage, MARIA_NINE + HOUR)

    (row,) = stage.dailies()
    assert row.place == f"person:{stage.maria}"
    assert DECLINED in str(row.payload)


def test_what_happens_later_joins_the_message_that_stands(stage: Stage) -> None:
    stage.owes(owner_id=stage.maria, side="client", title="forecast", due_at=MARIA_NINE + HOUR)
    stage.look(stage.maria, MARIA_NINE)
    send(stage, MARIA_NINE)

    for number in range(3):
        at = MARIA_NINE + (number + 1) * HOUR
        declines(stage, at, f"deck {number}")
        time_passes(stage, at)

    (told,) = to(stage, stage.maria)
    assert told.count(DECLINED) > 2
    assert "forecast" in told


def test_news_is_told_once_and_what_is_owed_each_day(stage: Stage) -> None:
    stage.owes(owner_id=stage.maria, side="client", title="forecast", due_at=MARIA_NINE)
    declines(stage, MARIA_NINE + HOUR)
    for day in range(3):
        time_passes(stage, MARIA_NINE + day * DAY + 2 * HOUR)
        send(stage, MARIA_NINE + day * DAY + 2 * HOUR)

    told = [str(row.payload) for row in stage.dailies() if stage.maria in row.place]
    assert [DECLINED in one for one in told] == [True, False, False]
    assert all("forecast" in one for one in told)


def test_what_could_not_leave_all_day_is_told_again_on_the_next(stage: Stage) -> None:
    declines(stage, MARIA_NINE + HOUR)
    time_passes(stage, MARIA_NINE + HOUR)

    time_passes(stage, MARIA_NINE + DAY)

    first, second = stage.dailies()
    assert first.is_too_late(MARIA_NINE + DAY)
    assert DECLINED in str(second.payload)


def test_another_date_is_told_to_whoever_asked(stage: Stage) -> None:
    one = stage.owes(state="proposed", due_at=MARIA_NINE + 5 * DAY)
    friday = (MARIA_NINE + 11 * DAY).date()
    stage.look(stage.maria, MARIA_NINE)

    asked = (Due(day=friday), None)
    deliverables.move(stage.deps, stage.who("U0ANA"), one.id, asked, MARIA_NINE + HOUR)
    time_passes(stage, MARIA_NINE + HOUR)

    (told,) = to(stage, stage.maria)
    assert "You asked for *Training deck* by" in told
    assert "Globalcall accepts it for Fri 27 Nov" in told


# Who hears it, and where


def test_all_partnerships_share_one_message_by_partner(stage: Stage) -> None:
    other = replace(stage.partnership, id="p2", channel="C0OTHER")
    with stage.store.writing(None) as db:
        partnerships.insert(db, other)
        partnerships.agree(db, other, stage.maria, MONDAY_NOON)
        people.place(db, other, stage.maria, standing=("client", "lead", True), now=MONDAY_NOON)
    stage.owes(owner_id=stage.maria, side="client", partnership_id="p2", due_at=MARIA_NINE + HOUR)
    declines(stage, MARIA_NINE + HOUR)

    time_passes(stage, MARIA_NINE + HOUR)

    (told,) = to(stage, stage.maria)
    assert told.count("*Globalcall*") == 2
    assert DECLINED in told


def test_an_outsider_whom_the_card_called_hears_no_more_until_the_next_day(stage: Stage) -> None:
    asks_ana(stage, ANA_NINE + HOUR)
    time_passes(stage, ANA_NINE + HOUR)
    same_day = to(stage, stage.ana)
    card = str(stage.said()[1].payload["text"])

    time_passes(stage, ANA_NINE + DAY)

    assert card.startswith("<@U0ANA>: ")
    assert same_day == []
    (told,) = [row for row in stage.dailies() if stage.ana in row.key]
    assert told.thread_of is not None
    assert "Will you take it on?" in str(told.payload)


def test_who_is_named_in_a_card_that_stands_is_called_in_the_message(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    asks_ana(stage, ANA_NINE + HOUR)
    (one,) = stage.store.reading().query("SELECT id FROM commitments")
    filled = Filled(title="deck", owner="U0CARLO", due=Due(day=(ANA_NINE + 3 * DAY).date()))

    at = ANA_NINE + 2 * HOUR
    deliverables.change(stage.deps, stage.who("U0MARIA"), one["id"], filled, at)
    time_passes(stage, at)

    (told,) = to(stage, carlo)
    assert "<@U0CARLO>, good" in told


def asked_for_silence(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, stage.maria, MARIA_NINE + DAY)


def is_away(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        absence = Away(from_at=MARIA_NINE - HOUR, until_at=MARIA_NINE + 12 * HOUR)
        away_data.add(db, ACME_TEAM, stage.maria, absence)


@pytest.mark.parametrize("rests", [asked_for_silence, is_away])
def test_who_rests_hears_of_it_when_they_are_back(
    stage: Stage, rests: Callable[[Stage], None]
) -> None:
    stage.owes(owner_id=stage.maria, side="client", due_at=MARIA_NINE + 9 * DAY)
    daily_wakes_at = MARIA_NINE + HOUR
    rests(stage)
    with stage.store.writing(None) as db:
        daily_wakes.expect(db, ACME_TEAM, stage.member(stage.maria), MONDAY_NOON)

    declines(stage, daily_wakes_at)
    time_passes(stage, MARIA_NINE + 8 * HOUR)
    resting = to(stage, stage.maria)
    time_passes(stage, MARIA_NINE + DAY)

    assert resting == []
    (told,) = to(stage, stage.maria)
    assert DECLINED in told


def test_what_was_put_aside_stays_aside_and_is_told_in_the_next_shift(stage: Stage) -> None:
    declines(stage, MARIA_NINE + HOUR)
    time_passes(stage, MARIA_NINE + HOUR)
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.maria)

    not_today(stage.deps, stage.who("U0MARIA"), one.id, MARIA_NINE + HOUR)
    declines(stage, MARIA_NINE + 2 * HOUR, "roster")
    time_passes(stage, MARIA_NINE + 2 * HOUR)

    (told,) = to(stage, stage.maria)
    assert "Put aside" in told
    kept = stored.get(stage.store.reading(), ACME_TEAM, one.id)
    assert kept is not None
    assert len(kept.items) == 2

    # The next shift brings back what nobody has read, and the one after it does not.
    time_passes(stage, MARIA_NINE + DAY)
    send(stage, MARIA_NINE + DAY)
    time_passes(stage, MARIA_NINE + 2 * DAY)
    aside, again = to(stage, stage.maria)
    assert "Put aside" in aside
    assert again.count(DECLINED) > 2


# Never lost, never twice, never to others


def test_a_restart_between_the_act_and_the_message_loses_and_doubles_nothing(
    stage: Stage,
) -> None:
    declines(stage, MARIA_NINE + HOUR)
    again = Store.open(stage.store.path, synchronous="OFF")
    revived = replace(stage, store=again, deps=replace(stage.deps, store=again))

    for _ in range(2):
        time_passes(revived, MARIA_NINE + HOUR)
        revived.look(stage.maria, MARIA_NINE + HOUR)

    assert len(to(revived, stage.maria)) == 1
    again.close()


def test_an_act_during_the_drawing_is_drawn_by_the_next_look(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        daily_wakes.touch(db, ACME_TEAM, stage.maria, MARIA_NINE)
    seen = wakes.wake_of(stage.store.reading(), ACME_TEAM, daily_wakes.REDRAW, stage.maria)
    assert seen is not None
    declines(stage, MARIA_NINE)  # sets the same wake anew, for the same moment

    PLANNERS[daily_wakes.REDRAW](stage.deps, seen, MARIA_NINE)

    left = wakes.wake_of(stage.store.reading(), ACME_TEAM, daily_wakes.REDRAW, stage.maria)
    assert left is not None


def test_what_leads_read_does_not_leave_to_who_leads_no_more(stage: Stage) -> None:
    declines(stage, MARIA_NINE)
    time_passes(stage, MARIA_NINE)
    (row,) = stage.dailies()
    (one,) = stored.newest(stage.store.reading(), ACME_TEAM, stage.maria)
    db = stage.store.reading()
    before = may_leave(db, row, MARIA_NINE)

    with stage.store.writing(None) as writing:
        stored.set_items(writing, one, [replace(one.items[0], kind="pulse")])
    as_lead = may_leave(db, row, MARIA_NINE)
    stage.person("U0MARIA", ("client", "member", True), home_team=ACME_TEAM)

    assert (before, as_lead) == (None, None)
    assert may_leave(db, row, MARIA_NINE) == "not_for_this_place"
