"""What time does about check-ins: agenda, reminders, start, the question afterwards, next."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, cadences, checkins, journal, wakes
from data.moments import to_text
from data.wakes import Wake
from domain.agenda import has_agenda
from domain.cadences import Occurrence, OccurrenceState
from domain.checkins import (
    START_BEFORE,
    WAKE_BEFORE,
    CheckIn,
    Reminder,
    agenda_at,
    asked_until,
    due_reminder,
    reminders,
)
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.values import value
from domain.written import is_written
from services import cadences as cadence_verbs
from services import checkin_posts, turn_moves, written_planning
from services.checkin_questions import Asked, asked_of, drawn_for, later_at
from services.known import Known
from services.together import Together
from views.blocks import Drawn

QUESTION: Final = "checkin_question"
# Turns that ended longer ago than this, while nobody listened, are passed over.
_STILL_OF_INTEREST = timedelta(days=4)


def _plan(known: Known, wake: Wake) -> None:
    check_in = known.turns.get(wake.subject_id)
    if check_in is None or not check_in.turn.is_open:
        wakes.clear_wake(known.db, wake.team_id, wake.kind, wake.subject_id)
        return
    bring_on(known, check_in)


def _plan_question(known: Known, wake: Wake) -> None:
    check_in = known.turns.get(wake.subject_id)
    until = None if check_in is None else _asked_until(check_in, known.now)
    if check_in is None or until is None:
        wakes.clear_wake(known.db, wake.team_id, wake.kind, wake.subject_id)
        return
    _ask(known, check_in, until)


plan: Final = Together(_plan)
"""Does what is due about one turn, and looks again at its next moment."""

plan_question: Final = Together(_plan_question)
"""Asks the leads who were not at work when a turn ended, each side in its own hours."""


def advance(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Bring an open turn to where it stands at ``now``, and set its next wake."""
    bring_on(Known(db, check_in.partnership, now), check_in)


def bring_on(known: Known, check_in: CheckIn) -> None:
    """As `advance`."""
    settled = _off_holiday(known, check_in)
    if settled is None:
        return
    if is_written(settled.cadence.plan):
        written_planning.advance(known.db, settled, known.now)
        known.turns.forget()
        known.forget("last_originals")
        known.due_now.add(("boards", known.partnership.id))
        return
    check_in, now = settled, known.now
    partnership, turn = check_in.partnership, check_in.turn
    if now >= turn.starts_at:
        _go_on(known, check_in)
    if now >= turn.ends_at:
        _close(known, check_in)
        return
    moments = _moments(check_in)
    if partnership.is_agreed and not partnership.is_paused(now):
        _tell(known, check_in, moments)
    _wake_next(known, check_in, moments)


def look_again(db: Database, partnership: Partnership, now: datetime) -> None:
    """Days off came or went: every check-in to come is looked at."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        wakes.set_wake(db, turn.team_id, turn.kind, turn.id, partnership.id, now)


@value
class _Moments:
    """When something is told of a turn before it ends."""

    agenda_at: datetime
    reminders: list[Reminder]


def _moments(check_in: CheckIn) -> _Moments:
    partnership, turn = check_in.partnership, check_in.turn
    return _Moments(
        agenda_at=agenda_at(partnership, turn),
        reminders=reminders(partnership, check_in.cadence.plan, turn),
    )


def _off_holiday(known: Known, check_in: CheckIn) -> CheckIn | None:
    """The check-in, moved where it was on a holiday; None: it is left out, the next is planned."""
    db, turn, partnership, now = known.db, check_in.turn, check_in.partnership, known.now
    if turn.starts_at <= now:
        return check_in
    settled = turn_moves.settle_holiday(
        db, partnership, check_in.cadence, turn, now, known=known.turns.moves(turn)
    )
    if settled == turn:
        return check_in
    moved = replace(check_in, turn=settled)
    known.turns.forget()
    checkin_posts.bring_up(known, moved)
    known.redraw_boards()
    if settled.is_open:
        return moved
    wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    _plan_following(known, check_in, now)
    return None


def _go_on(known: Known, check_in: CheckIn) -> None:
    """The turn has started: the next one is planned."""
    if check_in.turn.state == "started":
        return
    if known.now < check_in.turn.ends_at:
        _set_state(known, check_in, "started")
    _plan_following(known, check_in, known.now - _STILL_OF_INTEREST)
    known.redraw_boards()


def _plan_following(known: Known, check_in: CheckIn, not_before: datetime) -> None:
    """Store the turn that follows unless a later one exists, and have it looked at in time."""
    turn, cadence = check_in.turn, known.turns.cadences[check_in.cadence.id]
    is_last = known.last_originals.get(cadence.id) == turn.original
    if cadence.state != "active" or not is_last:
        return
    moments = (not_before, turn.starts_at)
    stored = cadence_verbs.stored_after(
        known.db, known.partnership, cadence, turn.original, moments
    )
    for following in stored:
        known.made(following)
    if stored and stored[-1].is_open:
        wake_at = stored[-1].starts_at - WAKE_BEFORE
        _wake_at(known, stored[-1], turn.kind, wake_at)


def _wake_at(known: Known, turn: Occurrence, kind: str, at: datetime) -> None:
    wakes.set_wake(known.db, turn.team_id, kind, turn.id, turn.partnership_id, at)
    if at <= known.now:
        known.due_now.add((kind, turn.id))


def _tell(known: Known, check_in: CheckIn, moments: _Moments) -> None:
    turn, now = check_in.turn, known.now
    if now >= turn.starts_at - START_BEFORE:
        checkin_posts.put_start(known, check_in)
    if now >= turn.starts_at:
        return
    if now >= moments.agenda_at:
        has_none = not has_agenda(check_in.cadence.plan)
        if has_none or checkin_posts.lay_out(known, check_in):
            _set_state(known, check_in, "announced")
    told = due_reminder(moments.reminders, now)
    if told is not None and now < turn.starts_at - START_BEFORE:
        checkin_posts.put_reminder(known, check_in, told)


def _close(known: Known, check_in: CheckIn) -> None:
    """The turn is over: its posts lose their buttons, and the leads are asked unless it is late."""
    db, turn = known.db, check_in.turn
    over = _set_state(known, check_in, "over")
    # What is open between both sides is read from the turns that are over, among others.
    known.forget("open_points")
    checkin_posts.bring_up(known, over, ("agenda", "reminder", "start"))
    known.redraw_boards()
    until = _asked_until(over, known.now)
    if until is not None:
        _ask(known, over, until)
    _note_end(db, turn, known.now, asked=until is not None)
    wakes.clear_wake(db, turn.team_id, "checkin", turn.id)


def _set_state(known: Known, check_in: CheckIn, state: OccurrenceState) -> CheckIn:
    cadences.set_state(known.db, check_in.turn, state)
    changed = check_in.with_turn(check_in.turn.in_state(state))
    known.turns.became(changed)
    return changed


def _asked_until(check_in: CheckIn, now: datetime) -> datetime | None:
    """Until when it may be asked whether it took place; None: it may not, or not any more."""
    partnership = check_in.partnership
    if not partnership.is_agreed or partnership.is_paused(now):
        return None
    until = asked_until(partnership, check_in.turn)
    return until if now < until else None


def _ask(known: Known, check_in: CheckIn, until: datetime) -> None:
    """Ask whoever is at work, each side once; outside all hours once the first of them works."""
    asked = asked_of(known, check_in)
    if known.now < asked.first_at:
        _wake_at(known, check_in.turn, QUESTION, asked.first_at)
        return
    if len(check_in.said) < len(SIDES):
        _put_question(known, check_in, "after", drawn_for(check_in, asked), until)
    _ask_later(known, check_in, asked, until)


def _ask_later(known: Known, check_in: CheckIn, asked: Asked, until: datetime) -> None:
    """Ask the leads who were not there when it ended, once they are; sides that spoke are not."""
    coming: list[datetime] = []
    for side in SIDES:
        at = None if side in check_in.said else later_at(asked, side, known.now)
        if at is not None and at > known.now:
            coming.append(at)
        elif at is not None:
            drawn = drawn_for(check_in, asked, side)
            _put_question(known, check_in, f"after-{side}", drawn, until)
    turn = check_in.turn
    if coming:
        _wake_at(known, turn, QUESTION, min(coming))
    else:
        wakes.clear_wake(known.db, turn.team_id, QUESTION, turn.id)


def _put_question(
    known: Known, check_in: CheckIn, kind: str, drawn: Drawn, until: datetime
) -> None:
    key = checkins.post_key(check_in.turn, kind, to_text(check_in.turn.starts_at))
    checkin_posts.reply(known, check_in, (kind, key), drawn, until)


def _note_end(db: Database, turn: Occurrence, now: datetime, *, asked: bool) -> None:
    journal.record(
        db,
        turn.team_id,
        turn.partnership_id,
        "checkin_over",
        "occurrence",
        turn.id,
        by=None,
        side=None,
        now=now,
        details={"asked": asked},
    )


def _wake_next(known: Known, check_in: CheckIn, told: _Moments) -> None:
    turn = check_in.turn
    moments = [
        told.agenda_at,
        *(one.at for one in told.reminders),
        turn.starts_at - START_BEFORE,
        turn.starts_at,
        turn.ends_at,
    ]
    coming = min(at for at in moments if at > known.now)
    _wake_at(known, turn, "checkin", coming)
