"""People say when they are away, who stands in and that they are back; why is not kept."""

from datetime import datetime

from data import Database, away, journal, people
from domain import zones
from domain.away import Absence, checked, clock_of
from domain.calendars import Away
from services import stand_ins, succession_wakes
from services.absences import (
    Picked,
    Wanted,
    absence_picked,
    absence_said,
    kept,
    wanted,
    who_could_stand_in,
)
from services.actors import Who
from services.daily_wakes import follow, touch
from services.deps import Deps
from services.events import is_said_anew
from services.own_places import OwnPlace, own_places
from views import away as views
from views.blocks import Block, Drawn
from views.words.verbs import Away as AwayWords
from views.words.verbs import Owner

__all__ = [
    "Picked",
    "away_again",
    "away_by_form",
    "away_by_words",
    "back",
    "form_of",
    "undo",
]


def away_by_words(  # noqa: PLR0913  # where it was said stands beside what
    deps: Deps,
    who: Who,
    said: AwayWords,
    now: datetime,
    *,
    event_id: str | None = None,
    is_open: bool = False,
) -> Drawn:
    """Note what was typed, at once, and say it back with *Undo* and *Change*.

    Args:
        event_id: Of a mention, which Slack may tell again.
        is_open: Both companies read the answer.

    Raises:
        NotListed; UnclearAbsence: What was typed says no time away.
    """
    places = own_places(deps, who)
    place = places[0]
    meant = wanted(deps, places, absence_said(place, said, now), said.stand_in, now)
    if meant.stand_in is None:
        meant = kept(deps, places, meant, now)
    with deps.store.writing(None) as db:
        if event_id is not None and not is_said_anew(db, who.team_id, event_id, now):
            return _said_back(place, meant, None, is_open=is_open)
        away_id = _note(db, places, meant, now)
    return _said_back(place, meant, away_id, is_open=is_open)


def away_by_form(deps: Deps, who: Who, picked: Picked, now: datetime) -> Drawn:
    """Note what was picked, in the place of the absence that the form changes.

    Raises:
        NotListed, UnclearAbsence.
    """
    places = own_places(deps, who)
    place = places[0]
    named_one = None if picked.stand_in is None else Owner(kind="user", text=picked.stand_in)
    meant = wanted(deps, places, absence_picked(place, picked, now), named_one, now)
    with deps.store.writing(None) as db:
        if picked.replaces is not None:
            away.remove(db, who.team_id, place.person.id, picked.replaces)
        # A form that is sent twice notes one absence.
        known = away.coming(db, who.team_id, place.person.id, now)
        same = [one for one in known if meant.is_noted(one)]
        away_id = same[0].id if same else _note(db, places, meant, now)
    return _said_back(place, meant, away_id)


def form_of(deps: Deps, who: Who, away_id: str, now: datetime) -> Block:
    """The form, filled in with the absence that a button names, or carries; empty for none.

    Raises:
        NotListed; UnclearAbsence: The button carries nothing that we can read.
    """
    places = own_places(deps, who)
    place = places[0]
    known = away.coming(deps.store.reading(), who.team_id, place.person.id, now)
    if away_id.startswith(views.CARRIED):
        found: Absence | None = views.read_again(away_id)
    else:
        found = next((one for one in known if one.id == away_id), None)
    today = zones.local(now, place.zone).date()
    zone = place.zone if found is None else _clock(place, found)
    chosen = None if found is None else _slack_id(deps.store.reading(), who.team_id, found)
    fit = who_could_stand_in(deps, places)
    asked = views.StandIns(fit=fit, chosen=chosen)
    return views.form(found, zone, today, channel=who.channel, who=asked)


def undo(deps: Deps, who: Who, away_id: str, now: datetime) -> Drawn:
    """Take an absence of one's own back; a second press changes nothing.

    Raises:
        NotListed.
    """
    places = own_places(deps, who)
    with deps.store.writing(None) as db:
        known = away.coming(db, who.team_id, places[0].person.id, now)
        if away.remove(db, who.team_id, places[0].person.id, away_id):
            _record(db, places[0], "away_undone", away_id, now)
            _look(db, places, {one.stand_in for one in known}, now)
            return views.undone()
    return views.nothing_to_undo()


def back(deps: Deps, who: Who, now: datetime, *, event_id: str | None = None) -> Drawn:
    """End the absence that holds now; one to come is named and stays.

    Raises:
        NotListed.
    """
    places = own_places(deps, who)
    place = places[0]
    with deps.store.writing(None) as db:
        known = away.coming(db, who.team_id, place.person.id, now)
        running = [one for one in known if one.from_at <= now]
        is_new = event_id is None or is_said_anew(db, who.team_id, event_id, now)
        for one in running if is_new else ():
            _end(db, place, one, now)
        _look(db, places, {one.stand_in for one in running}, now)
    if running or not is_new:
        return views.welcome(running[0] if running else None)
    coming = known[0] if known else None
    return views.not_away(coming, place.zone if coming is None else _clock(place, coming))


def away_again(deps: Deps, who: Who, absence: Absence, now: datetime) -> Drawn:
    """Undo of *back*: away until the moment that was said before.

    Raises:
        NotListed; UnclearAbsence: That moment is past.
    """
    places = own_places(deps, who)
    place = places[0]
    checked(Away(from_at=absence.from_at, until_at=absence.until_at), now)
    with deps.store.writing(None) as db:
        person_id = place.person.id
        if not away.end_at(db, who.team_id, person_id, absence.id, absence.until_at):
            return views.nothing_to_undo()
        _record(db, place, "away_again", absence.id, now)
        _look(db, places, set(), now)
    known = away.get(deps.store.reading(), who.team_id, absence.id)
    stand_in = None if known is None else _slack_id(deps.store.reading(), who.team_id, known[1])
    again = Away(from_at=absence.from_at, until_at=absence.until_at)
    return views.noted(again, _clock(place, again), absence.id, stand_in)


def _said_back(
    place: OwnPlace, meant: Wanted, away_id: str | None, *, is_open: bool = False
) -> Drawn:
    stand_in = None if meant.stand_in is None else meant.stand_in.person.slack_id
    clock, is_kept = _clock(place, meant.absence), meant.is_kept
    if is_open:
        # Who was named on another day, and elsewhere, stays unsaid.
        named = None if is_kept else meant.stand_in
        name = None if named is None else named.person.name or None
        return views.noted_in_public(meant.absence, clock, away_id, name)
    return views.noted(meant.absence, clock, away_id, stand_in, is_kept=is_kept)


def _slack_id(db: Database, team_id: str, absence: Absence) -> str | None:
    person = None if absence.stand_in is None else people.get(db, team_id, absence.stand_in)
    return None if person is None else person.slack_id


def _look(db: Database, places: list[OwnPlace], before: set[str | None], now: datetime) -> None:
    """Have everybody looked at who is, or was to be, asked.

    Args:
        before: Who stood in so far.
    """
    for place in places:
        stand_ins.look_at(db, place.partnership, place.member, now)
        succession_wakes.soon(db, place.partnership, now)
    for person_id in before:
        if person_id is not None:
            touch(db, places[0].partnership.team_id, person_id, now)


def _clock(place: OwnPlace, absence: Away | Absence) -> str:
    return clock_of(absence, place.member.calendar, place.zone)


def _note(db: Database, places: list[OwnPlace], meant: Wanted, now: datetime) -> str:
    place = places[0]
    team_id = place.partnership.team_id
    away_id = away.add(db, team_id, place.person.id, meant.absence, meant.stand_in_id)
    _record(db, place, "away_noted", away_id, now)
    _look(db, places, set(), now)
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
    follow(db, team_id, by, now)
