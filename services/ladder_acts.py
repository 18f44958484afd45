"""What people say about their own reminders: not today, on it, and neither after all."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from data import Database, deliverables
from domain import zones
from domain.calendars import Calendar, next_shift, shift_on
from domain.deliverables import Commitment, Unclear
from services import deliverable_posts as posts
from services import sponsor_notices
from services.actors import Who
from services.daily_wakes import touch
from services.deliverable_acting import (
    Acting,
    acting,
    calendar_of_owner,
    current,
    note,
    still_open,
)
from services.deps import Deps
from views import ladder as views
from views.blocks import Block

_FAR: Final = timedelta(days=366)
_WEEK_DAYS: Final = 7


def put_off(deps: Deps, who: Who, commitment_id: str, choice: str, now: datetime) -> None:
    """Its owner hears of it again tomorrow, next week or on a date; nobody else is told.

    Args:
        choice: ``tomorrow``, ``next_week``, or a day in the form YYYY-MM-DD.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed; Unclear: No day to come on which they
            could be asked.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.snooze")
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        calendar = calendar_of_owner(db, one.partnership, before)
        until = _until(calendar, choice, now)
        _save(db, one, replace(before, snoozed_until=until), "deliverable_put_off", now)


def on_it(deps: Deps, who: Who, commitment_id: str, now: datetime) -> None:
    """Its owner is on it: nothing is asked about the date that it has.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.on_it")
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        if before.state == "accepted" and before.acknowledged_at is None:
            after = replace(before, acknowledged_at=now)
            _save(db, one, after, "deliverable_acknowledged", now)


def show_again(deps: Deps, who: Who, commitment_id: str, now: datetime) -> None:
    """Neither put off nor on it after all.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.snooze")
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        after = replace(before, acknowledged_at=None, snoozed_until=None)
        if after != before:
            _save(db, one, after, "deliverable_shown_again", now)


def snooze_form(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Block:
    """The form that asks for a date.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.snooze")
    commitment = still_open(one.commitment)
    db = deps.store.reading()
    calendar = calendar_of_owner(db, one.partnership, commitment)
    carried = json.dumps({"id": commitment.id, "channel": one.partnership.channel})
    shown = zones.local(_until(calendar, views.TOMORROW, now), calendar.zone).date()
    return views.snooze_form(commitment, shown, carried)


def _save(db: Database, one: Acting, after: Commitment, verb: str, now: datetime) -> None:
    deliverables.save(db, after)
    if verb == "deliverable_put_off" or after.acknowledged_at == one.commitment.acknowledged_at:
        # Only the owner's own message changes: nobody else is told when they are asked.
        touch(db, after.team_id, after.owner_id, now)
    else:
        posts.redraw(db, one.partnership, after, now)
    note(db, one, verb, now)
    if verb != "deliverable_shown_again":
        sponsor_notices.answered(db, one.partnership, after, now)


def _until(calendar: Calendar, choice: str, now: datetime) -> datetime:
    """The start of the shift in which they are asked again."""
    if choice == views.TOMORROW:
        coming = next_shift(calendar, now)
        return now + timedelta(days=1) if coming is None else coming.starts_at
    today = zones.local(now, calendar.zone).date()
    day = today + timedelta(days=_WEEK_DAYS - today.weekday())
    if choice != views.NEXT_WEEK:
        day = _read(choice)
    if day <= today:
        raise Unclear("due", "past_day", [day.isoformat()])
    if day - today > _FAR:
        raise Unclear("due", "far_word", [day.isoformat()])
    return _first_from(calendar, day)


def _read(choice: str) -> date:
    try:
        return date.fromisoformat(choice)
    except ValueError as error:
        raise Unclear("due", "no_due") from error


def _first_from(calendar: Calendar, day: date) -> datetime:
    for later in range(_FAR.days):
        shift = shift_on(calendar, day + timedelta(days=later))
        if shift is not None:
            return shift.starts_at
    raise Unclear("due", "no_shift")
