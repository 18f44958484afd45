"""What somebody means who says that they are away: the days and who stands in; notes nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from data import Database, away, people
from domain import zones
from domain.away import (
    Absence,
    Half,
    UnclearAbsence,
    can_stand_in,
    checked,
    checked_stand_in,
    goes_on,
    half_a_day,
    whole_days,
)
from domain.calendars import Away
from domain.names import named
from domain.people import Member, Person
from services.deps import Deps
from services.own_places import OwnPlace
from views.away import last_day
from views.words.verbs import Away as AwayWords
from views.words.verbs import Owner

Part = Literal["whole", "first", "second"]
_FIELD: Final = "stand_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What the form holds: both days included.

    Attributes:
        replaces: An absence that it changes.
        stand_in: Slack id of who is asked meanwhile; None: nobody is.
    """

    from_on: date
    until_on: date
    part: Part = "whole"
    replaces: str | None = None
    stand_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An absence that is to be noted, with who stands in.

    Attributes:
        is_kept: Nobody was named now: it goes on from an absence in which they stand in.
    """

    absence: Away
    stand_in: Member | None = None
    is_kept: bool = False

    @property
    def stand_in_id(self) -> str | None:
        return None if self.stand_in is None else self.stand_in.person.id

    def is_noted(self, known: Absence) -> bool:
        return (known.from_at, known.until_at, known.stand_in) == (
            self.absence.from_at,
            self.absence.until_at,
            self.stand_in_id,
        )


def wanted(
    deps: Deps, places: list[OwnPlace], absence: Away, stand_in: Owner | None, now: datetime
) -> Wanted:
    absence = checked(absence, now)
    if stand_in is None:
        return Wanted(absence=absence)
    db, team_id = deps.store.reading(), places[0].partnership.team_id
    try:
        place, member = _stand_in(db, places, stand_in)
        theirs = away.coming(db, team_id, member.person.id, absence.from_at)
        checked_stand_in(place.member, member, absence, theirs)
    except UnclearAbsence as unclear:
        # The days are clear: the form that asks again holds them.
        unclear.absence = absence
        raise
    return Wanted(absence=absence, stand_in=member)


def who_could_stand_in(deps: Deps, places: list[OwnPlace]) -> list[Person]:
    """Everybody who could stand in somewhere, by name; whether they are away is asked later."""
    db = deps.store.reading()
    found = {
        one.person.id: one.person
        for place in places
        for one in people.all_members(db, place.partnership)
        if can_stand_in(place.member, one)
    }
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def kept(deps: Deps, places: list[OwnPlace], meant: Wanted, now: datetime) -> Wanted:
    """Whoever stands in for the absence that this one goes on from, does so for this one, too."""
    db, place = deps.store.reading(), places[0]
    team_id = place.partnership.team_id
    for before in reversed(away.coming(db, team_id, place.person.id, now)):
        if before.stand_in is None:
            continue
        person = people.get(db, team_id, before.stand_in)
        if person is None or not goes_on(before, meant.absence, place.member.calendar):
            continue
        said = Owner(kind="user", text=person.slack_id)
        try:
            return replace(wanted(deps, places, meant.absence, said, now), is_kept=True)
        except UnclearAbsence:
            continue
    return meant


def _stand_in(db: Database, places: list[OwnPlace], said: Owner) -> tuple[OwnPlace, Member]:
    """Who was named, with the first place of the person who is away in which they could do it.

    Raises:
        UnclearAbsence: Nobody known was named, or several it could be.
    """
    if said.kind not in {"user", "name"}:
        raise UnclearAbsence("own_stand_in" if said.kind == "me" else "unknown_stand_in", _FIELD)
    unfit: tuple[OwnPlace, Member] | None = None
    for place in places:
        known = people.all_members(db, place.partnership)
        if said.kind == "user":
            found = [one for one in known if one.person.slack_id == said.text]
        else:
            theirs = [one for one in known if one.side == place.member.side]
            found = named(said.text, theirs) or named(said.text, known)
            found = [one for one in found if one.takes_part] or found
        if len(found) > 1:
            raise UnclearAbsence("two_stand_ins", _FIELD, [one.person.name for one in found[:5]])
        if found and found[0].takes_part and found[0].side == place.member.side:
            return place, found[0]
        unfit = unfit or ((place, found[0]) if found else None)
    if unfit is None:
        names = [said.text] if said.kind == "name" else []
        raise UnclearAbsence("unknown_stand_in", _FIELD, names)
    return unfit


def absence_said(place: OwnPlace, said: AwayWords, now: datetime) -> Away:
    if said.question is not None or said.from_at is None or said.until_at is None:
        raise UnclearAbsence(said.question or "until")
    if said.until_at <= said.from_at:
        raise UnclearAbsence("reversed")
    if not said.whole_days:
        start, end = (zones.to_utc(at, place.zone) for at in (said.from_at, said.until_at))
        return Away(from_at=start, until_at=end)
    last_on = last_day(said.until_at)
    return whole_days(place.member.calendar, said.from_at.date(), last_on, now)


def absence_picked(place: OwnPlace, picked: Picked, now: datetime) -> Away:
    if picked.until_on < picked.from_on:
        raise UnclearAbsence("reversed")
    if picked.part == "whole":
        return whole_days(place.member.calendar, picked.from_on, picked.until_on, now)
    if picked.until_on != picked.from_on:
        raise UnclearAbsence("half_of_days", "part")
    half: Half = picked.part
    return half_a_day(place.member.calendar, picked.from_on, half, now)
