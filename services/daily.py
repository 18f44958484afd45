"""The one message a working day: put when there is something to say, kept true until the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, away, deliverables, journal, outbox, people, wakes
from data import daily as dailies
from data.daily import Daily
from data.ids import new_id
from data.wakes import Wake
from domain.daily import Item, next_start
from domain.deliverables import Commitment, tell_from
from domain.pauses import ENDLESS
from domain.people import Person
from services import daily_letters as letters
from services import deliverable_posts, ladder, stand_in_steps
from services.actors import Who
from services.daily_aside import not_today, own, undo
from services.daily_readers import Reader, Spot, reader
from services.daily_wakes import WAKE, expect, touch
from services.deps import Deps
from services.personal import Personal, direct_place, message, personal_place
from services.together import Beside
from views import daily as views
from views.blocks import Drawn
from views.daily_sections import is_cut

__all__ = ["WAKE", "expect", "not_today", "plan", "start", "stop", "undo"]

LOOK_AGAIN_AFTER: Final = timedelta(days=1)
# Nothing in an older message changes any more; its text is blanked some days later.
RESTS_AFTER: Final = timedelta(days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A message as it has to be.

    Attributes:
        is_new: It is put; else it stands, and is changed in place.
        is_todays: It is the message of the running shift.
    """

    daily: Daily
    drawn: Drawn
    is_new: bool = False
    is_todays: bool = False


def _plan(db: Database, wake: Wake, now: datetime) -> None:
    """Bring a person's messages to where things stand, and look again when something is due."""
    person = people.get(db, wake.team_id, wake.subject_id)
    if person is None or person.deleted:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        return
    who = reader(db, wake.team_id, person, now)
    wished = {} if person.is_quiet(now) else letters.wishes(db, who, now)
    pages = list(_pages(db, who, wished, now))
    for page in pages:
        _record(db, who, page, now)
    stands = any(not letters.is_over(who, page.daily, now) for page in pages)
    _look_again(db, who, wake, now, is_awaited=stands or bool(wished))


plan: Final = Beside(_plan)


def stop(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Write to the person no more, at once; nobody is told.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = own(deps, who, daily_id)
    _set_quiet(deps, person, one, ENDLESS, now)


def start(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Write to the person again, from the next shift on.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = own(deps, who, daily_id)
    _set_quiet(deps, person, one, None, now)


def _pages(db: Database, who: Reader, wished: letters.Wishes, now: datetime) -> Iterator[_Page]:
    """The newest messages as they have to be, and those that are still to be put."""
    shift, standing = who.shift, set()
    reasons = {target for target, wishes in wished.items() if any(w.is_reason for w in wishes)}
    reasons = reasons if shift is not None else set()
    for one in who.newest:
        is_todays = shift is not None and one.day_on == shift.day_on
        if is_todays:
            standing.add(one.partnership_id)
            found = (wish.item for wish in wished.get(one.partnership_id, ()))
            one = replace(one, items=_joined(one.items, found))  # noqa: PLW2901
        elif one.put_at < now - RESTS_AFTER:
            continue
        is_last = is_todays or one.partnership_id not in reasons
        drawn = letters.drawn(db, who, one, now, is_last=is_last)
        yield _Page(daily=one, drawn=drawn, is_todays=is_todays)
    for target, wishes in wished.items():
        if shift is not None and target in reasons and target not in standing:
            new = Daily(
                team_id=who.team_id,
                id=new_id(),
                person_id=who.person.id,
                day_on=shift.day_on,
                partnership_id=target,
                key=dailies.message_key(who.person.id, shift.day_on, target),
                items=tuple(wish.item for wish in wishes),
                put_at=now,
            )
            yield _Page(daily=new, drawn=letters.drawn(db, who, new, now), is_new=True)


def _joined(items: Iterable[Item], more: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys([*items, *more]))


def _record(db: Database, who: Reader, page: _Page, now: datetime) -> None:
    if page.is_new:
        _put(db, who, page, now)
        return
    current = dailies.get(db, who.team_id, page.daily.id)
    person = people.get(db, who.team_id, who.person.id)
    if current is None or person is None:
        return
    if current.items != page.daily.items:
        dailies.set_items(db, current, _joined(current.items, page.daily.items))
    if not current.hidden and not person.is_quiet(now):
        payload = page.drawn.payload
        outbox.redraw(db, who.team_id, _only(page.daily), current.key, payload, now=now)
        if page.is_todays:
            _note_told(db, who, _shown(page), now)


def _put(db: Database, who: Reader, page: _Page, now: datetime) -> None:
    one = page.daily
    spot = who.places.get(one.partnership_id or "")
    place: Personal | None = direct_place(who.person)
    if spot is not None:
        place = personal_place(db, spot.partnership, spot.member)
    if place is None:
        return
    if not dailies.add(db, one):
        touch(db, who.team_id, who.person.id, now)
        return
    # Not in the evening or at the weekend: what never left is asked for anew in the next shift.
    until = next_start(who.calendars, now) if who.shift is None else who.shift.ends_at
    said = message(place, page.drawn, worth_until=until)
    outbox.put(db, one.team_id, _only(one), one.key, said, now=now)
    _note_told(db, who, _shown(page), now)


def _shown(page: _Page) -> Daily:
    """With only what stands in it: what is left out of a long message is told another day."""
    one = page.daily
    if not is_cut(page.drawn.blocks):
        return one
    said = outbox.payload_text(page.drawn.payload)
    return replace(one, items=tuple(item for item in one.items if item.subject_id in said))


def _note_told(db: Database, who: Reader, one: Daily, now: datetime) -> None:
    """The steps that the message takes, and which late things are asked about for the first time.

    A step that stands in no message is not taken: it is put off until one can be put.
    """
    ladder.take(db, who, one, now)
    stand_in_steps.take(db, who, one, now)
    owed = [item.subject_id for item in one.items if item.kind in {"owed", "stand_in"}]
    known = who.standings or {}
    every = {one_id: known[one_id].commitment for one_id in owed if one_id in known}
    others = [one_id for one_id in owed if one_id not in known]
    every |= deliverables.every(db, one.team_id, others) if others else {}
    for commitment in every.values():
        spot = who.spots.get(commitment.partnership_id)
        if spot is not None:
            _note_asked(db, spot, commitment, now)


def _only(one: Daily) -> str | None:
    """The partnership that it is about; None when there are several."""
    found = {item.partnership_id for item in one.items}
    return found.pop() if len(found) == 1 else None


def _note_asked(db: Database, spot: Spot, one: Commitment, now: datetime) -> None:
    """From here on the other side may be told, once the owner had time to answer."""
    if not one.is_late(now) or one.asked_at is not None:
        return
    deliverables.note_asked(db, one.team_id, one.id, now)
    deliverable_posts.note_by_time(db, one, "deliverable_asked", now)
    coverage = spot.partnership.side(one.side).calendar
    at = tell_from(replace(one, asked_at=now), spot.member.calendar, coverage, now)
    wakes.set_wake(db, one.team_id, "deliverable", one.id, spot.partnership.id, at)


def _look_again(db: Database, who: Reader, wake: Wake, now: datetime, *, is_awaited: bool) -> None:
    """Look when anything has something to say, and as a shift begins while a message stands."""
    team_id, person_id = who.team_id, who.person.id
    word_at = ladder.reckon(db, who, now)
    shift_at = next_start(who.calendars, now)
    if shift_at is None and word_at is not None:
        # Somebody whom no list places yet may be listed tomorrow.
        shift_at = now + LOOK_AGAIN_AFTER
    # Who rests hears when they are back of what happened meanwhile.
    is_news = "looks_done" in who.signs or who.person.is_quiet(now)
    is_awaited = is_awaited or (is_news and bool(who.signs.keys() - {"owed"}))
    # Who is away, is asked meanwhile, or shall take something over, is looked at as they begin.
    is_awaited = is_awaited or "hand_over" in who.signs
    is_awaited = is_awaited or away.concerns(db, team_id, person_id, now)
    # What could not be said now is put off until the next shift.
    is_put_off = word_at is not None and word_at <= now
    moments = [shift_at if is_awaited or is_put_off else None, None if is_put_off else word_at]
    wanted = min((at for at in moments if at is not None), default=None)
    if wanted is None or wake.kind != WAKE:
        wakes.done_with(db, wake)
    known = None if wanted is not None else wakes.wake_of(db, team_id, WAKE, person_id)
    if wanted is not None:
        again = Wake(
            team_id=team_id, kind=WAKE, subject_id=person_id, partnership_id=None, due_at=wanted
        )
        wakes.set_unless_due(db, again, now, wake.turn)
    elif known is not None and known.due_at > now:
        wakes.clear_wake(db, team_id, WAKE, person_id)


def _set_quiet(
    deps: Deps, person: Person, one: Daily, until: datetime | None, now: datetime
) -> None:
    with deps.store.writing(one.partnership_id) as db:
        people.set_quiet(db, one.team_id, person.id, until)
        letter = letters.letter(reader(db, one.team_id, person, now), one)
        drawn = views.put_aside(letter) if until is None else views.stopped(letter)
        outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)
        verb = "quiet_ended" if until is None else "quiet"
        journal.record(
            db, one.team_id, None, verb, "person", person.id, by=person.id, side=None, now=now
        )
