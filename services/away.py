"""People say when they are away and that they are back; why is neither asked nor kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from data import Database, away, journal
from domain import zones
from domain.away import (
    Absence,
    Half,
    UnclearAbsence,
    checked,
    clock_of,
    half_a_day,
    whole_days,
)
from domain.calendars import Away
from services.actors import Who
from services.deps import Deps
from services.events import is_said_anew
from services.own_places import OwnPlace, own_place
from views import away as views
from views.blocks import Block, Drawn
from views.words.verbs import Away as AwayWords

Part = Literal["whole", "first", "second"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What the form holds: both days included. ``replaces``: an absence that it changes."""

    from_on: date
    until_on: date
    part: Part = "whole"
    replaces: str | None = None


def away_by_words(
    deps: Deps, who: Who, said: AwayWords, now: datetime, *, event_id: str | None = None
) -> Drawn:
    """Note what was typed, at once, and say it back with *Undo* and *Change*.

    Args:
        event_id: Of a mention, which Slack may tell again.

    Raises:
        NotListed; UnclearAbsence: What was typed says no time away.
    """
    place = own_place(deps, who)
    absence = checked(_absence(place, said, now), now)
    with deps.store.writing(None) as db:
        if event_id is not None and not is_said_anew(db, who.team_id, event_id, now):
            return views.noted(absence, _clock(place, absence), None)
        away_id = _note(db, place, absence, now)
    return views.noted(absence, _clock(place, absence), away_id)


def away_by_form(deps: Deps, who: Who, picked: Picked, now: datetime) -> Drawn:
    """Note what was picked, in the place of the absence that the form changes.

    Raises:
        NotListed, UnclearAbsence.
    """
    place = own_place(deps, who)
    absence = checked(_picked(place, picked, now), now)
    with deps.store.writing(None) as db:
        if picked.replaces is not None:
            away.remove(db, who.team_id, place.person.id, picked.replaces)
        # A form that is sent twice notes one absence.
        known = away.coming(db, who.team_id, place.person.id, now)
        same = [a for a in known if (a.from_at, a.until_at) == (absence.from_at, absence.until_at)]
        away_id = same[0].id if same else _note(db, place, absence, now)
    return views.noted(absence, _clock(place, absence), away_id)


def form_of(deps: Deps, who: Who, away_id: str, now: datetime) -> Block:
    """The form, filled in with the absence that a button names; empty for none.

    Raises:
        NotListed.
    """
    place = own_place(deps, who)
    known = away.coming(deps.store.reading(), who.team_id, place.person.id, now)
    found = next((one for one in known if one.id == away_id), None)
    today = zones.local(now, place.zone).date()
    zone = place.zone if found is None else _clock(place, found)
    return views.form(found, zone, today, channel=who.channel)


def undo(deps: Deps, who: Who, away_id: str, now: datetime) -> Drawn:
    """Take an absence of one's own back; a second press changes nothing.

    Raises:
        NotListed.
    """
    place = own_place(deps, who)
    with deps.store.writing(None) as db:
        if away.remove(db, who.team_id, place.person.id, away_id):
            _record(db, place, "away_undone", away_id, now)
            return views.undone()
    return views.nothing_to_undo()


def back(deps: Deps, who: Who, now: datetime, *, event_id: str | None = None) -> Drawn:
    """End the absence that holds now; one to come is named and stays.

    Raises:
        NotListed.
    """
    place = own_place(deps, who)
    with deps.store.writing(None) as db:
        known = away.coming(db, who.team_id, place.person.id, now)
        running = [one for one in known if one.from_at <= now]
        is_new = event_id is None or is_said_anew(db, who.team_id, event_id, now)
        for one in running if is_new else ():
            _end(db, place, one, now)
    if running or not is_new:
        return views.welcome(running[0] if running else None)
    coming = known[0] if known else None
    return views.not_away(coming, place.zone if coming is None else _clock(place, coming))


def away_again(deps: Deps, who: Who, absence: Absence, now: datetime) -> Drawn:
    """Undo of *back*: away until the moment that was said before.

    Raises:
        NotListed; UnclearAbsence: That moment is past.
    """
    place = own_place(deps, who)
    checked(Away(from_at=absence.from_at, until_at=absence.until_at), now)
    with deps.store.writing(None) as db:
        person_id = place.person.id
        if not away.end_at(db, who.team_id, person_id, absence.id, absence.until_at):
            return views.nothing_to_undo()
        _record(db, place, "away_again", absence.id, now)
    again = Away(from_at=absence.from_at, until_at=absence.until_at)
    return views.noted(again, _clock(place, again), absence.id)


def _clock(place: OwnPlace, absence: Away | Absence) -> str:
    return clock_of(absence, place.member.calendar, place.zone)


def _absence(place: OwnPlace, said: AwayWords, now: datetime) -> Away:
    if said.question is not None or said.from_at is None or said.until_at is None:
        raise UnclearAbsence(said.question or "until")
    if said.until_at <= said.from_at:
        raise UnclearAbsence("reversed")
    if not said.whole_days:
        start, end = (zones.to_utc(at, place.zone) for at in (said.from_at, said.until_at))
        return Away(from_at=start, until_at=end)
    last_on = views.last_day(said.until_at)
    return whole_days(place.member.calendar, said.from_at.date(), last_on, now)


def _picked(place: OwnPlace, picked: Picked, now: datetime) -> Away:
    if picked.until_on < picked.from_on:
        raise UnclearAbsence("reversed")
    if picked.part == "whole":
        return whole_days(place.member.calendar, picked.from_on, picked.until_on, now)
    if picked.until_on != picked.from_on:
        raise UnclearAbsence("half_of_days", "part")
    half: Half = picked.part
    return half_a_day(place.member.calendar, picked.from_on, half, now)


def _note(db: Database, place: OwnPlace, absence: Away, now: datetime) -> str:
    person = place.person
    team_id = place.partnership.team_id
    away_id = away.add(db, team_id, person.id, absence.from_at, absence.until_at)
    _record(db, place, "away_noted", away_id, now)
    return away_id


def _end(db: Database, place: OwnPlace, absence: Absence, now: datetime) -> None:
    team_id, person_id = place.partnership.team_id, place.person.id
    if not away.end_at(db, team_id, person_id, absence.id, now):
        away.remove(db, team_id, person_id, absence.id)
    _record(db, place, "back", absence.id, now)


def _record(db: Database, place: OwnPlace, verb: str, away_id: str, now: datetime) -> None:
    team_id = place.partnership.team_id
    by = place.person.id
    journal.record(db, team_id, None, verb, "away", away_id, by=by, side=None, now=now)
