"""What time does about a check-in in writing: it opens, people are asked, it closes."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, cadences, journal, people, wakes, written
from domain.calendars import is_working
from domain.checkins import WAKE_BEFORE, CheckIn
from domain.written import (
    OPENS_LATE_FOR,
    Written,
    WrittenTurn,
    closing,
    opening,
)
from services import boards, written_posts
from services import cadences as cadence_verbs
from services.audiences import may_post
from services.daily_wakes import expect, touch

LOOK_AGAIN_AFTER: Final = timedelta(hours=1)
# Turns that started longer ago than this, while nobody listened, are passed over.
_STILL_OF_INTEREST: Final = timedelta(days=4)


def advance(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Bring an open turn to where it stands at ``now``, and set its next wake."""
    turn, known = check_in.turn, written.get(db, check_in.turn)
    if now < turn.starts_at:
        if known is not None:
            _put_off(db, check_in, now)
        _wake(db, check_in, turn.starts_at)
        return
    _go_on(db, check_in, now)
    opens_at = opening(check_in.partnership, turn.starts_at)
    is_too_late = now >= opens_at + OPENS_LATE_FOR or _is_followed(db, check_in, now)
    if known is None and is_too_late:
        _end(db, check_in, now, asked=False)
    elif now < opens_at:
        _wake(db, check_in, opens_at)
    elif not may_post(db, check_in.partnership, now):
        # While it rests, it neither opens nor closes: what was written is shown afterwards.
        _wake(db, check_in, now + LOOK_AGAIN_AFTER)
    else:
        _ask_or_close(db, check_in, now)


def ask_soon(db: Database, found: Written, now: datetime) -> None:
    """Have everybody who wrote nothing yet read of it in the message of their working day."""
    for member in people.active_members(db, found.check_in.partnership):
        team_id, person_id = found.check_in.turn.team_id, member.person.id
        if found.answered_by(person_id):
            continue
        if is_working(member.calendar, now):
            touch(db, team_id, person_id, now)
        else:
            expect(db, team_id, member, now)


def _ask_or_close(db: Database, check_in: CheckIn, now: datetime) -> None:
    one = _opened(db, check_in, now)
    if now < one.closes_at:
        _wake(db, check_in, one.closes_at)
        return
    _close(db, check_in, now)


def _is_followed(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Whether the next one has come meanwhile, so that this one would be asked beside it."""
    later = cadences.open_turns(db, check_in.cadence)
    return any(check_in.turn.starts_at < one.starts_at <= now for one in later)


def _opened(db: Database, check_in: CheckIn, now: datetime) -> WrittenTurn:
    """The turn as it is asked; asked for the first time, or again after it was moved."""
    turn = check_in.turn
    new = WrittenTurn(
        occurrence_id=turn.id,
        cadence_id=turn.cadence_id,
        version=written.version(db, check_in.cadence),
        opened_at=now,
        closes_at=closing(check_in.partnership, now),
    )
    is_new = written.open_turn(db, turn, new)
    found = written_posts.written_of(db, check_in, now)
    assert found is not None  # just opened
    if is_new:
        _note(db, check_in, "written_opened", now)
        written_posts.put_question(db, found, now)
        _take_button_off_the_last(db, check_in, now)
    if now < found.turn.closes_at:
        ask_soon(db, found, now)
    return found.turn


def _take_button_off_the_last(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Nothing is added any more to the one before."""
    last = written.before(db, check_in.turn, now)
    turn = None if last is None else cadences.occurrence(db, check_in.turn.team_id, last)
    if turn is not None:
        before = CheckIn(partnership=check_in.partnership, cadence=check_in.cadence, turn=turn)
        written_posts.redraw(db, before, now)


def _put_off(db: Database, check_in: CheckIn, now: datetime) -> None:
    """It was given another time while it could be answered: there is as much time after it."""
    opens_at = opening(check_in.partnership, check_in.turn.starts_at)
    written.set_closing(db, check_in.turn, closing(check_in.partnership, opens_at))
    written_posts.redraw(db, check_in, now)


def _go_on(db: Database, check_in: CheckIn, now: datetime) -> None:
    """The turn has started: the next one is planned."""
    turn = check_in.turn
    if not cadences.set_state(db, turn, "started"):
        return
    since = now - _STILL_OF_INTEREST
    cadence_verbs.plan_after(
        db, check_in.partnership, turn, not_before=since, wake_before=WAKE_BEFORE
    )
    boards.redraw_soon(db, check_in.partnership, now)


def _close(db: Database, check_in: CheckIn, now: datetime) -> None:
    """The answers are put together in the thread."""
    written.close(db, check_in.turn, now)
    _end(db, check_in, now, asked=True)
    turn = cadences.occurrence(db, check_in.turn.team_id, check_in.turn.id)
    assert turn is not None  # read in the same transaction
    over = CheckIn(partnership=check_in.partnership, cadence=check_in.cadence, turn=turn)
    found = written_posts.written_of(db, over, now)
    assert found is not None  # it was open
    written_posts.put_roll_up(db, found, now)
    written_posts.redraw(db, over, now)
    for member in people.active_members(db, check_in.partnership):
        touch(db, turn.team_id, member.person.id, now)


def _end(db: Database, check_in: CheckIn, now: datetime, *, asked: bool) -> None:
    turn = check_in.turn
    cadences.set_state(db, turn, "over")
    wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    boards.redraw_soon(db, check_in.partnership, now)
    _note(db, check_in, "written_closed", now, {"asked": asked})


def _wake(db: Database, check_in: CheckIn, at: datetime) -> None:
    turn = check_in.turn
    wakes.set_wake(db, turn.team_id, turn.kind, turn.id, turn.partnership_id, at)


def _note(
    db: Database,
    check_in: CheckIn,
    verb: str,
    now: datetime,
    details: dict[str, bool] | None = None,
) -> None:
    turn = check_in.turn
    journal.record(
        db,
        turn.team_id,
        turn.partnership_id,
        verb,
        "occurrence",
        turn.id,
        by=None,
        side=None,
        now=now,
        details=details or {},
    )
