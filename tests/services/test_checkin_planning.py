"""What time does about a check-in, also when nobody listened for a while."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from data import cadences, checkins, outbox, outbox_claims, partnerships, wakes, weeks
from data.store import Store
from domain.cadences import Occurrence, Plan
from domain.checkins import WAKE_BEFORE, reminders
from domain.outgoing import Message, Row
from domain.partnerships import Pause
from domain.rule_text import weekly
from services import cadences as cadence_verbs
from services import checkin_board, checkin_planning
from services.deps import Deps
from services.directory import Clients
from services.known_turns import KnownTurns
from services.planning import Planner, plan_due
from tests.partners import NEW_YORK, PARTNERSHIP
from tests.stores import open_store

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
# A week on Tuesday, 10:00 in New York, 23:00 in Manila.
STARTS_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAN = Plan(
    kind="checkin",
    title="Operations review",
    rule=weekly((1,)),
    local_start=datetime.fromisoformat("2026-11-24T10:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=30),
)


class Room:
    """A database with one agreed partnership, its *This week* post and its check-in."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.deps = Deps(store=store, now=lambda: MONDAY, clients=cast("Clients", None))
        with store.writing(None) as db:
            partnerships.insert(db, PARTNERSHIP)
            partnerships.agree(db, PARTNERSHIP, "maria", MONDAY)
            weeks.add(db, PARTNERSHIP, MONDAY.date(), MONDAY)
            key = weeks.week_key(PARTNERSHIP, MONDAY.date())
            post = Message(kind="post", place="C1", payload={}, audience="both", needs="agreed")
            outbox.put(db, PARTNERSHIP.team_id, PARTNERSHIP.id, key, post, now=MONDAY)
            begun = cadence_verbs.create(
                db, PARTNERSHIP, PLAN, by=None, now=MONDAY, wake_before=WAKE_BEFORE
            )
        assert begun is not None
        assert begun[1] is not None
        self.turn = begun[1]

    def wake(self, now: datetime) -> None:
        """The bot looks at what is due at ``now``, until nothing is."""
        planners: dict[str, Planner] = {
            "checkin": checkin_planning.plan,
            "boards": _leave_boards,
        }
        while plan_due(self.deps, planners, now):
            pass

    def live_until(self, now: datetime) -> None:
        """The bot wakes at every due moment on the way."""
        while (due := wakes.next_at(self.store.reading())) is not None and due <= now:
            self.wake(due)

    def said(self, turn: Occurrence | None = None) -> list[str]:
        """Which posts tell of a turn: agenda, reminder, start, after."""
        found = checkins.posts(self.store.reading(), turn or self.turn)
        return [kind for kind, _ in found]

    def late_from(self) -> dict[str, datetime]:
        db = self.store.reading()
        keys = checkins.posts(db, self.turn)
        found = [(kind, outbox.by_key(db, self.turn.team_id, key)) for kind, key in keys]
        return {kind: row.worth_until for kind, row in found if row and row.worth_until}

    def current(self) -> Occurrence:
        found = cadences.occurrence(self.store.reading(), self.turn.team_id, self.turn.id)
        assert found is not None
        return found

    def next_turn(self, now: datetime) -> Occurrence | None:
        return next(iter(cadences.coming(self.store.reading(), PARTNERSHIP, "checkin", now)), None)


def _open_week(deps: Deps, wake: wakes.Wake, now: datetime) -> None:
    with deps.store.writing(wake.partnership_id) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        weeks.add(db, PARTNERSHIP, now.date(), now)


def _leave_boards(deps: Deps, wake: wakes.Wake, _now: datetime) -> None:
    with deps.store.writing(wake.partnership_id) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store = open_store(tmp_path)
    yield Room(store)
    store.close()


def test_a_turn_goes_from_planned_to_over(room: Room) -> None:
    states = []
    for moment in (
        STARTS_AT - 2 * WAKE_BEFORE,
        STARTS_AT - MINUTE,
        STARTS_AT,
        STARTS_AT + 31 * MINUTE,
    ):
        room.live_until(moment)
        states.append(room.current().state)

    assert states == ["planned", "announced", "started", "over"]
    assert room.said() == ["agenda", *2 * ["reminder"], "start", "after"]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(timedelta(0), id="of the same moment"),
        pytest.param(timedelta(hours=1), id="due before, and told after a sleep"),
    ],
)
def test_an_agenda_that_is_told_as_a_week_opens_stands_in_its_thread(
    room: Room, later: timedelta
) -> None:
    # Monday, 09:00 in Manila: three days before the start it was Saturday.
    opens_at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    room.live_until(opens_at - MINUTE)
    with room.store.writing(None) as db:
        week_at = opens_at + later
        wakes.set_wake(db, room.turn.team_id, "week", PARTNERSHIP.id, PARTNERSHIP.id, week_at)

    planners: dict[str, Planner] = {
        "checkin": checkin_planning.plan,
        "week": _open_week,
        "boards": _leave_boards,
    }
    while plan_due(room.deps, planners, opens_at + 2 * later):
        pass

    db = room.store.reading()
    ((_, key),) = checkins.posts(db, room.turn)
    told = outbox.by_key(db, room.turn.team_id, key)
    assert told is not None
    assert told.thread_of == weeks.week_key(PARTNERSHIP, opens_at.date())


def test_nothing_is_said_twice_however_often_it_is_looked_at(room: Room) -> None:
    room.live_until(STARTS_AT - MINUTE)
    once = room.said()

    for _ in range(3):
        with room.store.writing(PARTNERSHIP.id) as db:
            wakes.set_wake(
                db, room.turn.team_id, "checkin", room.turn.id, PARTNERSHIP.id, STARTS_AT - MINUTE
            )
        room.wake(STARTS_AT - MINUTE)

    assert room.said() == once


def test_several_reminders_that_nobody_was_there_to_say_become_one(room: Room) -> None:
    room.wake(STARTS_AT - 40 * MINUTE)

    assert room.said() == ["agenda", "reminder"]


def test_the_start_is_said_late_but_only_until_the_end(room: Room) -> None:
    room.wake(STARTS_AT + 20 * MINUTE)

    assert room.said() == ["start"]


def test_after_the_end_only_the_question_is_asked(room: Room) -> None:
    room.wake(STARTS_AT + timedelta(days=1))

    assert room.said() == ["after"]
    assert room.current().state == "over"


def test_after_three_days_it_is_not_even_asked_and_nobody_is_waited_for(room: Room) -> None:
    now = STARTS_AT + timedelta(days=3, hours=9)
    room.wake(now)

    assert room.said() == []
    assert room.current().state == "over"
    assert checkin_board.unconfirmed(KnownTurns(room.store.reading(), PARTNERSHIP, now)) == []


def test_each_post_is_said_only_as_long_as_it_is_of_use(room: Room) -> None:
    room.live_until(STARTS_AT + 31 * MINUTE)

    ends_at = room.turn.ends_at
    late_from = room.late_from()
    assert late_from.pop("after") > ends_at + timedelta(days=1)
    assert late_from == {"agenda": ends_at, "reminder": STARTS_AT, "start": ends_at}


def test_the_next_turn_stands_as_soon_as_this_one_starts(room: Room) -> None:
    room.live_until(STARTS_AT - MINUTE)
    before = room.next_turn(STARTS_AT - MINUTE)

    room.live_until(STARTS_AT)

    following = room.next_turn(STARTS_AT)
    assert before is not None
    assert before.id == room.turn.id
    assert following is not None
    assert following.starts_at == STARTS_AT + timedelta(weeks=1)


def test_after_weeks_of_silence_the_coming_turn_stands_and_old_ones_are_not_told(
    room: Room,
) -> None:
    now = STARTS_AT + timedelta(weeks=3, days=-2)

    room.wake(now)

    following = room.next_turn(now)
    assert following is not None
    assert following.starts_at == STARTS_AT + timedelta(weeks=3)
    assert room.said() == []
    assert "reminder" not in room.said(following)


@pytest.mark.parametrize("weeks_of_life", [1, 3])
def test_every_turn_gets_its_question(room: Room, weeks_of_life: int) -> None:
    end = STARTS_AT + timedelta(weeks=weeks_of_life, minutes=31)

    room.live_until(end)

    db = room.store.reading()
    turns = cadences.between(db, PARTNERSHIP, "checkin", MONDAY, end)
    assert len(turns) == weeks_of_life + 1
    assert all(room.said(turn)[-1] == "after" for turn in turns)


def test_during_a_pause_nothing_is_said_and_turns_go_on(room: Room) -> None:
    with room.store.writing(PARTNERSHIP.id) as db:
        pause = Pause(from_at=MONDAY, until_at=None, reason="asked")
        partnerships.set_pause(db, PARTNERSHIP, pause)

    room.live_until(STARTS_AT + timedelta(hours=1))

    assert room.said() == []
    assert room.current().state == "over"
    assert room.next_turn(STARTS_AT) is not None


def test_a_turn_that_was_called_off_is_not_looked_at_again(room: Room) -> None:
    with room.store.writing(PARTNERSHIP.id) as db:
        cadences.set_state(db, room.turn, "cancelled")

    room.wake(STARTS_AT)

    assert room.said() == []
    woken = wakes.wake_of(room.store.reading(), room.turn.team_id, "checkin", room.turn.id)
    assert woken is None


def test_a_reminder_that_a_newer_post_follows_becomes_one_line_of_its_own_day(room: Room) -> None:
    first_at, second_at = _reminded_at(room)

    room.live_until(first_at)
    _deliver(room, first_at)
    room.live_until(second_at)
    _deliver(room, second_at)
    older, newer = _newest_words(room)
    room.live_until(STARTS_AT + timedelta(hours=1))
    over = _newest_words(room)

    said = "Reminded of *Operations review* on Mon 23 Nov; the newest reminder stands below."
    assert said in older
    assert "actions" not in older
    assert "checkin.add_point" in newer
    assert all("the start has a post of its own." in one for one in over)
    assert "Mon 23 Nov" in over[0]
    assert not any("checkin." in one for one in over)


def _reminded_at(room: Room) -> list[datetime]:
    return [one.at for one in reminders(PARTNERSHIP, PLAN, room.turn)]


def _reminders(room: Room) -> list[Row]:
    """The oldest first."""
    db = room.store.reading()
    keys = [key for kind, key in checkins.posts(db, room.turn) if kind == "reminder"]
    rows = [outbox.by_key(db, room.turn.team_id, key) for key in keys]
    return sorted((row for row in rows if row is not None), key=lambda row: row.position)


def _deliver(room: Room, now: datetime) -> None:
    with room.store.writing(None) as db:
        for row in _reminders(room):
            if row.state == "queued":
                outbox_claims.settle_sent(db, row, "C1", f"1.{row.position}", now)


def _newest_words(room: Room) -> list[str]:
    """What each reminder says now, the oldest first."""
    db, team_id = room.store.reading(), room.turn.team_id
    return [str(outbox.last_drawn(db, team_id, row.key)) for row in _reminders(room)]
