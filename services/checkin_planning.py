"""What time does about check-ins: agenda, reminders, start, the question afterwards, next."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, cadences, journal, wakes
from data.wakes import Wake
from domain.agenda import has_agenda
from domain.cadences import Occurrence
from domain.checkins import (
    START_BEFORE,
    WAKE_BEFORE,
    CheckIn,
    agenda_at,
    asked_until,
    due_reminder,
    reminders,
)
from domain.partnerships import Partnership
from domain.written import is_written
from services import boards, checkin_posts, turn_moves, written_planning
from services import cadences as cadence_verbs
from services.checkin_facts import check_in_of
from services.deps import Deps

QUESTION: Final = "checkin_question"
# Turns that ended longer ago than this, while nobody listened, are passed over.
_STILL_OF_INTEREST = timedelta(days=4)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Do what is due about one turn, and look again at its next moment."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        turn = cadences.occurrence(db, wake.team_id, wake.subject_id)
        check_in = check_in_of(db, turn) if turn is not None else None
        if check_in is None or not check_in.turn.is_open:
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            return
        advance(db, check_in, now)


def plan_question(deps: Deps, wake: Wake, now: datetime) -> None:
    """Ask the leads who were not at work when a turn ended, each side in its own hours."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        turn = cadences.occurrence(db, wake.team_id, wake.subject_id)
        check_in = check_in_of(db, turn) if turn is not None else None
        if check_in is None or not _may_be_asked(check_in, now):
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            return
        _ask(db, check_in, now)


def advance(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Bring an open turn to where it stands at ``now``, and set its next wake."""
    settled = _off_holiday(db, check_in, now)
    if settled is None:
        return
    if is_written(settled.cadence.plan):
        written_planning.advance(db, settled, now)
        return
    check_in = settled
    partnership, turn = check_in.partnership, check_in.turn
    if now >= turn.starts_at:
        _go_on(db, check_in, now)
    if partnership.is_agreed and not partnership.is_paused(now):
        _tell(db, check_in, now)
    if now >= turn.ends_at:
        _close(db, check_in, now)
    _wake_next(db, check_in, now)


def look_again(db: Database, partnership: Partnership, now: datetime) -> None:
    """Days off came or went: every check-in to come is looked at."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        wakes.set_wake(db, turn.team_id, turn.kind, turn.id, partnership.id, now)


def _off_holiday(db: Database, check_in: CheckIn, now: datetime) -> CheckIn | None:
    """The check-in, moved where it was on a holiday; None: it is left out, the next is planned."""
    turn, partnership = check_in.turn, check_in.partnership
    settled = turn_moves.settle_holiday(db, partnership, check_in.cadence, turn, now)
    if settled == turn:
        return check_in
    moved = replace(check_in, turn=settled)
    checkin_posts.redraw(db, moved, now)
    boards.redraw_soon(db, partnership, now)
    if settled.is_open:
        return moved
    wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    cadence_verbs.plan_after(db, partnership, turn, not_before=now, wake_before=WAKE_BEFORE)
    return None


def _go_on(db: Database, check_in: CheckIn, now: datetime) -> None:
    """The turn has started: the next one is planned."""
    turn = check_in.turn
    if not cadences.set_state(db, turn, "started"):
        return
    cadence_verbs.plan_after(
        db,
        check_in.partnership,
        turn,
        not_before=now - _STILL_OF_INTEREST,
        wake_before=WAKE_BEFORE,
    )
    boards.redraw_soon(db, check_in.partnership, now)


def _tell(db: Database, check_in: CheckIn, now: datetime) -> None:
    turn = check_in.turn
    if now >= turn.ends_at:
        return
    if now >= turn.starts_at - START_BEFORE:
        checkin_posts.put_start(db, check_in, now)
    if now >= turn.starts_at:
        return
    if now >= agenda_at(check_in.partnership, turn):
        has_none = not has_agenda(check_in.cadence.plan)
        if has_none or checkin_posts.put_agenda(db, check_in, now):
            cadences.set_state(db, turn, "announced")
    told = due_reminder(reminders(check_in.partnership, check_in.cadence.plan, turn), now)
    if told is not None and now < turn.starts_at - START_BEFORE:
        checkin_posts.put_reminder(db, check_in, told, now)


def _close(db: Database, check_in: CheckIn, now: datetime) -> None:
    """The turn is over: its posts lose their buttons, and the leads are asked unless it is late."""
    partnership, turn = check_in.partnership, check_in.turn
    cadences.set_state(db, turn, "over")
    over = replace(check_in, turn=replace(turn, state="over"))
    checkin_posts.redraw(db, over, now, ("agenda", "reminder", "start"))
    boards.redraw_soon(db, partnership, now)
    is_asked = _may_be_asked(over, now)
    if is_asked:
        _ask(db, over, now)
    _note_end(db, turn, now, asked=is_asked)


def _may_be_asked(check_in: CheckIn, now: datetime) -> bool:
    partnership = check_in.partnership
    if not partnership.is_agreed or partnership.is_paused(now):
        return False
    return now < asked_until(partnership, check_in.turn)


def _ask(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Ask whoever is at work, each side once; outside all hours once the first of them works."""
    turn, first_at = check_in.turn, checkin_posts.asked_at(db, check_in)
    if now < first_at:
        wakes.set_wake(db, turn.team_id, QUESTION, turn.id, turn.partnership_id, first_at)
        return
    checkin_posts.put_question(db, check_in, now)
    _ask_later(db, check_in, now)


def _ask_later(db: Database, check_in: CheckIn, now: datetime) -> None:
    turn = check_in.turn
    coming = checkin_posts.put_later_questions(db, check_in, now)
    if coming is None:
        wakes.clear_wake(db, turn.team_id, QUESTION, turn.id)
    else:
        wakes.set_wake(db, turn.team_id, QUESTION, turn.id, turn.partnership_id, coming)


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


def _wake_next(db: Database, check_in: CheckIn, now: datetime) -> None:
    turn, partnership = check_in.turn, check_in.partnership
    moments = [
        agenda_at(partnership, turn),
        *(told.at for told in reminders(partnership, check_in.cadence.plan, turn)),
        turn.starts_at - START_BEFORE,
        turn.starts_at,
        turn.ends_at,
    ]
    coming = min((at for at in moments if at > now), default=None)
    if coming is None:
        wakes.clear_wake(db, turn.team_id, "checkin", turn.id)
    else:
        wakes.set_wake(db, turn.team_id, "checkin", turn.id, partnership.id, coming)
