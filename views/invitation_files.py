"""A check-in as an iCalendar file (RFC 5545); what it tells is decided in `domain.invitations`.

It is a publication: nobody is invited in the sense of the format, so no calendar offers to accept
or sends an answer to anybody.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDatetime, vText

from domain import zones
from domain.cadences import Cadence
from domain.invitations import Entry, Moved, Series, Single
from domain.recurrence import Rule
from domain.zone_changes import Change, changes

PRODUCT: Final = "-//Touchbase//Check-ins//EN"
# A series that goes on is right for so long; every newer version begins anew.
YEARS_OF_CLOCKS: Final = 10
NOTE: Final = (
    "Changes are told in Slack, where a newer file can be asked for."
    " To be late or absent, say so there: answers in a calendar reach nobody."
)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_OF_MONTH: Final = 31
_NAME_MOST: Final = 40
_UNPRINTED: Final = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of an invitation it is.

    Attributes:
        sequence: 0 for the first; calendars take the highest.
        made_at: Told to calendars as the time of the last change.
        sides: Who meets; plain text.
    """

    sequence: int
    made_at: datetime
    sides: str


def calendar_text(cadence: Cadence, told: Sequence[Entry], version: Version) -> str:
    """The file: lines end with CRLF and are at most 75 bytes long."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for zone_name in sorted({entry.zone for entry in told}):
        first = min(_starts_at(entry) for entry in told if entry.zone == zone_name)
        calendar.add_component(_zone(zone_name, first.year - 1))
    for entry in told:
        for event in _events(entry):
            _describe(event, cadence, version)
            calendar.add_component(event)
    drawn: bytes = calendar.to_ical()
    return drawn.decode()


def file_stem(title: str) -> str:
    """A file name without its ending, of letters that every system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_NAME_MOST].strip("-") or "check-in"


def _starts_at(entry: Entry) -> datetime:
    return zones.to_utc(entry.start, entry.zone) if isinstance(entry, Series) else entry.starts_at


def _events(entry: Entry) -> Iterable[Event]:
    if isinstance(entry, Single):
        yield _single(entry)
        return
    yield _master(entry)
    for moved in entry.moved:
        yield _exception(entry, moved)


def _master(series: Series) -> Event:
    event = _event(series.uid, cancelled=series.cancelled)
    _add_wall(event, "dtstart", series.start, series.zone)
    event.add("duration", series.length)
    rule = recurrence(series.rule)
    if series.last is not None:
        # RFC 5545: where the start has a zone, the end of the rule is told in UTC.
        rule["UNTIL"] = [zones.to_utc(series.last, series.zone)]
    event.add("rrule", rule)
    for wall in series.left_out:
        _add_wall(event, "exdate", wall, series.zone)
    return event


def _exception(series: Series, moved: Moved) -> Event:
    event = _event(series.uid, cancelled=False)
    _add_wall(event, "recurrence-id", moved.original, series.zone)
    _add_moment(event, moved.starts_at, series.zone)
    event.add("duration", moved.length)
    return event


def _single(single: Single) -> Event:
    event = _event(single.uid, cancelled=single.cancelled)
    _add_moment(event, single.starts_at, single.zone)
    event.add("duration", single.length)
    return event


def _event(uid: str, *, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", f"{uid}@touchbase")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _describe(event: Event, cadence: Cadence, version: Version) -> None:
    event.add("summary", _line(cadence.title))
    event.add("description", f"{_line(version.sides)}. {NOTE}")
    if cadence.plan.link:
        event.add("location", _line(cadence.plan.link))
    event.add("sequence", version.sequence)
    event.add("dtstamp", version.made_at)
    event.add("last-modified", version.made_at)


def _line(text: str) -> str:
    """Typed words without what would end or spoil a line."""
    return _UNPRINTED.sub(" ", text).strip()


def _add_moment(event: Event, moment: datetime, zone_name: str) -> None:
    """A start in wall time, or in UTC where clocks show that wall time an hour before, too."""
    wall = zones.local(moment, zone_name)
    if zones.to_utc(wall, zone_name) == moment:
        _add_wall(event, "dtstart", wall, zone_name)
    else:
        event.add("dtstart", moment.astimezone(UTC))


def _add_wall(event: Event, name: str, wall: datetime, zone_name: str) -> None:
    """Wall time under its zone's name; every zone is written alike, UTC too."""
    value = vDatetime(wall)
    value.params["TZID"] = zone_name
    event.add(name, value, encode=False)


def recurrence(rule: Rule) -> dict[str, Any]:
    """The rule in the part of RFC 5545 that calendars have in common.

    Every third month is counted from the first turn: lists of months are not read everywhere.
    """
    if rule.frequency == "weekly":
        days = [_DAYS[day] for day in rule.days]
        return {"FREQ": ["WEEKLY"], "INTERVAL": [rule.every_weeks], "BYDAY": days, "WKST": ["MO"]}
    found: dict[str, Any] = {"FREQ": ["MONTHLY"]}
    if rule.frequency == "yearly":
        found = {"FREQ": ["YEARLY"], "BYMONTH": [rule.month]}
    if rule.frequency == "quarterly":
        found["INTERVAL"] = [3]
    if rule.weekday is not None:
        return found | {"BYDAY": [f"{rule.nth}{_DAYS[rule.weekday]}"]}
    ends = rule.day == _LAST_OF_MONTH and rule.frequency != "yearly"
    return found | {"BYMONTHDAY": [-1 if ends else rule.day]}


def _zone(zone_name: str, first_year: int) -> Component:
    zone = Timezone()
    zone.add("tzid", vText(zone_name))
    for change in changes(zone_name, first_year, YEARS_OF_CLOCKS):
        zone.add_component(_clocks(change))
    return zone


def _clocks(change: Change) -> Component:
    part: Component = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("tzname", change.name)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("dtstart", change.wall)
    if change.nth is not None:
        day = f"{change.nth}{_DAYS[change.wall.weekday()]}"
        part.add("rrule", {"FREQ": ["YEARLY"], "BYMONTH": [change.wall.month], "BYDAY": [day]})
    for wall in change.further:
        part.add("rdate", wall)
    return part
