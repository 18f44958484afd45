"""People say when they work; where they say nothing, the hours of their side hold."""

from datetime import datetime

from data import Database, journal, people, wakes
from domain.calendars import Calendar
from domain.people import other_side
from domain.values import value
from services import daily
from services.actors import Who, actor_in
from services.deps import Deps
from services.events import is_said_anew
from services.own_places import OwnPlace, own_places
from views import hours as views
from views.blocks import Block, Drawn
from views.hours import Own
from views.words.verbs import OwnHours


@value
class Said:
    """An answer, and the form that goes with it where one can open."""

    drawn: Drawn
    form: Block | None = None


def by_words(
    deps: Deps, who: Who, said: OwnHours, now: datetime, *, event_id: str | None = None
) -> Said:
    """Note the hours that were typed, at once, and say them back; ask where nothing was.

    Args:
        event_id: Of a message, which Slack may tell again.

    Raises:
        NotListed.
    """
    place = own_places(deps, who)[0]
    if said.as_side:
        return Said(drawn=change(deps, who, None, now, event_id=event_id))
    read = said.read
    if read is not None and read.hours is not None:
        own = Own(zone=read.zone or place.zone, hours=read.hours)
        return Said(drawn=change(deps, who, own, now, event_id=event_id))
    question = "" if read is None else views.trouble_words(read)
    return Said(
        drawn=views.asked(question, place.member.calendar),
        form=form_of(deps, who, typed=said.words),
    )


def form_of(deps: Deps, who: Who, *, typed: str = "") -> Block:
    """The form, filled in with what was typed, else with the hours as they are.

    Raises:
        NotListed.
    """
    place = own_places(deps, who)[0]
    own = _own(deps.store.reading(), place)
    calendar = place.member.calendar
    return views.form(
        calendar,
        typed=typed,
        # The side's hours are on the side's clock; new ones are on the person's.
        zone=place.zone if typed and own is None else calendar.zone,
        is_own=own is not None,
        channel=who.channel,
    )


def change(
    deps: Deps, who: Who, own: Own | None, now: datetime, *, event_id: str | None = None
) -> Drawn:
    """Give the person these hours wherever they take part; None: the side's again.

    Raises:
        NotListed.
    """
    places = own_places(deps, who)
    actor_in(deps.store, who, places[0].partnership).require("own.hours")
    before = _own(deps.store.reading(), places[0])
    with deps.store.writing(None) as db:
        if event_id is None or is_said_anew(db, who.team_id, event_id, now):
            for place in places:
                _set(db, place, own)
            _follow(db, places, now)
    calendar = own_places(deps, who)[0].member.calendar
    if own is None:
        return views.as_side_again(calendar, before)
    return views.noted(calendar, _zones(places[0], own), before, now)


def _own(db: Database, place: OwnPlace) -> Own | None:
    found = people.own_calendar(db, place.partnership, place.person.id)
    return None if found is None else Own(zone=found.zone, hours=found.hours)


def _set(db: Database, place: OwnPlace, own: Own | None) -> None:
    calendar = None if own is None else Calendar(zone=own.zone, hours=own.hours)
    people.set_calendar(db, place.partnership, place.person.id, calendar)


def _follow(db: Database, places: list[OwnPlace], now: datetime) -> None:
    """Write it down, and look into what the person owes when their new first shift begins."""
    team_id, person_id = places[0].partnership.team_id, places[0].person.id
    is_awaited = wakes.wake_of(db, team_id, daily.WAKE, person_id) is not None
    for place in places if is_awaited else ():
        member = people.member(db, place.partnership, person_id)
        if member is not None:
            daily.expect(db, team_id, member, now)
    journal.record(
        db, team_id, None, "own_hours", "person", person_id, by=person_id, side=None, now=now
    )


def _zones(place: OwnPlace, own: Own) -> list[str]:
    """Every clock that the hours concern, the person's own first."""
    side = place.member.side or place.partnership.home_side
    sides = (place.partnership.side(one).calendar.zone for one in (side, other_side(side)))
    return [own.zone, *sides]
