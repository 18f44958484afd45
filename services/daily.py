"""The one message a working day: put when the shift starts, kept true until the next one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverables, journal, outbox, people, wakes
from data import daily as dailies
from data.daily import Daily
from data.ids import new_id
from data.wakes import Wake
from domain.calendars import Shift, next_shift
from domain.daily import NotYourMessage, next_start, shift_now, today_until
from domain.deliverables import Commitment, tell_from
from domain.pauses import ENDLESS
from domain.people import Member, Person
from services import daily_letters as letters
from services import deliverable_posts
from services.actors import Who, person_of
from services.deps import Deps
from services.personal import is_direct, may_write, message, personal_place
from views import daily as views

WAKE: Final = "daily"
LOOK_AGAIN_AFTER: Final = timedelta(days=1)


def expect(db: Database, team_id: str, owner: Member, now: datetime) -> None:
    """Have the owner's next shift begin with a look at what they owe."""
    coming = next_shift(owner.calendar, now)
    if coming is None:
        return
    known = wakes.wake_of(db, team_id, WAKE, owner.person.id)
    if known is None or known.due_at > coming.starts_at:
        wakes.set_wake(db, team_id, WAKE, owner.person.id, None, coming.starts_at)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Put the message of the shift that begins, and look again when the next one does."""
    with deps.store.writing(None, planning=True) as db:
        person = people.get(db, wake.team_id, wake.subject_id)
        owed = [] if person is None else letters.owed_in(db, wake.team_id, person)
        calendars = [one.member.calendar for one in owed]
        again_at = next_start(calendars, now) or _later(db, wake, now)
        if person is None or person.deleted or again_at is None:
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            return
        wakes.set_wake(db, wake.team_id, WAKE, person.id, None, again_at)
        shift = shift_now(calendars, now)
        if shift is not None and not person.is_quiet(now):
            _rest_older(db, person, (wake.team_id, shift), now)
            _put_all(db, person, owed, shift, now)


def plan_redraw(deps: Deps, wake: Wake, now: datetime) -> None:
    """Bring the newest message to where its items stand; it tells nobody."""
    with deps.store.writing(None, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        person = people.get(db, wake.team_id, wake.subject_id)
        if person is None:
            return
        owed = letters.owed_in(db, wake.team_id, person)
        shift = shift_now([one.member.calendar for one in owed], now)
        for one in dailies.newest(db, wake.team_id, person.id):
            if shift is not None and shift.day_on == one.day_on:
                _add_what_is_due(db, one, owed, now)
            _redraw(db, person, one, now)


def not_today(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Put the message aside until the next shift.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = _own(deps, who, daily_id)
    with deps.store.writing(one.partnership_id) as db:
        dailies.hide(db, one)
        drawn = views.put_aside(letters.letter(db, person, one))
        outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)


def stop(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Write to the person no more, at once; nobody is told.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = _own(deps, who, daily_id)
    _set_quiet(deps, person, one, ENDLESS, now)


def start(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Write to the person again, from the next shift on.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = _own(deps, who, daily_id)
    _set_quiet(deps, person, one, None, now)


def _put_all(
    db: Database, person: Person, owed: Sequence[letters.Owed], shift: Shift, now: datetime
) -> None:
    """One direct message over all partnerships, or a mention in each one's thread."""
    here = [(one, todays(one, now)) for one in owed]
    wanted = [(one, items) for one, items in here if items and _may(db, one, now)]
    direct = [(one, items) for one, items in wanted if is_direct(one.partnership, one.member)]
    if direct:
        _put(db, person, direct, (shift, None), now)
    for one, items in wanted:
        if not is_direct(one.partnership, one.member):
            _put(db, person, [(one, items)], (shift, one.partnership.id), now)


def _rest_older(db: Database, person: Person, new: tuple[str, Shift], now: datetime) -> None:
    """Before a new shift's message: nothing is pressed in the last one any more.

    One that could not leave all day is taken back; the new one says what is still open.
    """
    team_id, shift = new
    for one in dailies.newest(db, team_id, person.id):
        is_older = one.day_on < shift.day_on
        if not (is_older and outbox.drop(db, team_id, one.key, "too_late", now=now)):
            _redraw(db, person, one, now)


def _put(
    db: Database,
    person: Person,
    wanted: Sequence[tuple[letters.Owed, list[Commitment]]],
    where: tuple[Shift, str | None],
    now: datetime,
) -> None:
    shift, partnership_id = where
    first = wanted[0][0]
    place = personal_place(db, first.partnership, first.member)
    if place is None:
        return
    every = [item for _, items in wanted for item in items]
    new = Daily(
        team_id=first.partnership.team_id,
        id=new_id(),
        person_id=person.id,
        day_on=shift.day_on,
        partnership_id=partnership_id,
        key=dailies.message_key(person.id, shift.day_on, partnership_id),
        items=tuple(item.id for item in every),
        put_at=now,
    )
    if not dailies.add(db, new):
        _redraw_day(db, person, new, now)
        return
    only = first.partnership.id if len(wanted) == 1 else None
    said = message(place, letters.drawn(db, person, new, now))
    outbox.put(db, new.team_id, only, new.key, said, now=now)
    _note_asked(db, [(one, item) for one, items in wanted for item in items], now)


def _note_asked(
    db: Database, asked: Sequence[tuple[letters.Owed, Commitment]], now: datetime
) -> None:
    """From here on the other side may be told, once the owner had time to answer."""
    for one, item in asked:
        if not item.is_late(now) or item.asked_at is not None:
            continue
        deliverables.note_asked(db, item.team_id, item.id, now)
        deliverable_posts.note_by_time(db, item, "deliverable_asked", now)
        coverage = one.partnership.side(item.side).calendar
        at = tell_from(replace(item, asked_at=now), one.member.calendar, coverage, now)
        wakes.set_wake(db, item.team_id, "deliverable", item.id, one.partnership.id, at)


def _add_what_is_due(db: Database, one: Daily, owed: Sequence[letters.Owed], now: datetime) -> None:
    """What came later and is due before the next shift goes into the message that stands."""
    found = [
        item.id
        for here in owed
        if one.partnership_id in {None, here.partnership.id} and _may(db, here, now)
        for item in here.commitments
        if item.due_at < today_until(here.member.calendar, now) and item.id not in one.items
    ]
    if found:
        dailies.set_items(db, one, (*one.items, *found))


def _later(db: Database, wake: Wake, now: datetime) -> datetime | None:
    """Somebody whom no list places yet may be listed tomorrow; None: nothing is owed."""
    owes = deliverables.owes_anything(db, wake.team_id, wake.subject_id)
    return now + LOOK_AGAIN_AFTER if owes else None


def todays(one: letters.Owed, now: datetime) -> list[Commitment]:
    """What is late, due before the next shift, or waits to be taken on."""
    until = today_until(one.member.calendar, now)
    return [c for c in one.commitments if c.due_at < until or c.state == "proposed"]


def _may(db: Database, one: letters.Owed, now: datetime) -> bool:
    place = personal_place(db, one.partnership, one.member)
    return place is not None and may_write(db, one.partnership, place, one.member, now)


def _redraw_day(db: Database, person: Person, same: Daily, now: datetime) -> None:
    for one in dailies.of_day(db, same.team_id, person.id, same.day_on):
        if one.partnership_id == same.partnership_id:
            merged = (*one.items, *(item for item in same.items if item not in one.items))
            dailies.set_items(db, one, merged)
            _redraw(db, person, one, now)


def _redraw(db: Database, person: Person, one: Daily, now: datetime) -> None:
    if one.hidden or person.is_quiet(now):
        return
    current = dailies.get(db, one.team_id, one.id) or one
    drawn = letters.drawn(db, person, current, now)
    outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)


def _own(deps: Deps, who: Who, daily_id: str) -> tuple[Person, Daily]:
    person = person_of(deps.store, who)
    one = dailies.get(deps.store.reading(), who.team_id, daily_id)
    if one is None or one.person_id != person.id:
        raise NotYourMessage
    return person, one


def _set_quiet(
    deps: Deps, person: Person, one: Daily, until: datetime | None, now: datetime
) -> None:
    with deps.store.writing(one.partnership_id) as db:
        people.set_quiet(db, one.team_id, person.id, until)
        letter = letters.letter(db, person, one)
        drawn = views.put_aside(letter) if until is None else views.stopped(letter)
        outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)
        verb = "quiet_ended" if until is None else "quiet"
        journal.record(
            db, one.team_id, None, verb, "person", person.id, by=person.id, side=None, now=now
        )
