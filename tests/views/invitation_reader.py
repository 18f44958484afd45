"""Reads an invitation as a calendar would: lines by vobject, times and repeats counted by hand."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import vobject

DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """One observance of a VTIMEZONE: from each of its onsets on."""

    onsets: list[datetime]
    before: timedelta
    after: timedelta


def starts_of(text: str, since: datetime, until: datetime) -> list[datetime]:
    """The starts of all turns in [since, until), in UTC, as a calendar that took the file shows."""
    calendar = vobject.readOne(text, transform=False)
    zones = {zone.tzid.value: clocks(zone) for zone in calendar.contents.get("vtimezone", [])}
    events = calendar.contents["vevent"]
    shown: set[tuple[str, datetime]] = set()
    for event in events:
        if "recurrence-id" not in event.contents:
            shown |= {(event.uid.value, at) for at in repeated(event, zones, until + 31 * DAY)}
    for event in events:
        if "recurrence-id" in event.contents:
            replaced = (event.uid.value, moment(event.contents["recurrence-id"][0], zones))
            assert replaced in shown
            shown.remove(replaced)
            shown.add((event.uid.value, moment(event.dtstart, zones)))
    return sorted(at for _, at in shown if since <= at < until)


def repeated(event: Any, zones: dict[str, list[Clocks]], until: datetime) -> list[datetime]:
    if event.status.value == "CANCELLED":
        return []
    if "rrule" not in event.contents:
        return [moment(event.dtstart, zones)]
    rule = parts(event.rrule.value)
    zone, start = zones[event.dtstart.tzid_param], wall(event.dtstart.value)
    last = utc_text(rule["UNTIL"]) if "UNTIL" in rule else until
    left_out = {wall(line.value) for line in event.contents.get("exdate", [])}
    turns = [datetime.combine(day, start.time()) for day in days(rule, start.date(), until)]
    found = [to_utc(turn, zone) for turn in turns if turn not in left_out]
    return [at for at in found if at <= last]


def days(rule: dict[str, str], start: date, until: datetime) -> Iterator[date]:
    every, day = int(rule.get("INTERVAL", "1")), start
    while day <= until.date():
        if rule["FREQ"] == "WEEKLY":
            weeks = (monday(day) - monday(start)).days // 7
            if weeks % every == 0 and DAY_NAMES[day.weekday()] in rule["BYDAY"].split(","):
                yield day
        elif _month_counts(rule, start, day, every) and _is_the_day(rule, day):
            yield day
        day += DAY


def _month_counts(rule: dict[str, str], start: date, day: date, every: int) -> bool:
    if rule["FREQ"] == "YEARLY":
        return day.month == int(rule.get("BYMONTH", start.month))
    return ((day.year - start.year) * 12 + day.month - start.month) % every == 0


def _is_the_day(rule: dict[str, str], day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    if "BYMONTHDAY" in rule:
        wished = int(rule["BYMONTHDAY"])
        return day.day == (wished if wished > 0 else length + 1 + wished)
    nth, name = int(rule["BYDAY"][:-2]), rule["BYDAY"][-2:]
    if DAY_NAMES[day.weekday()] != name:
        return False
    return (length - day.day) // 7 == -nth - 1 if nth < 0 else (day.day - 1) // 7 == nth - 1


def clocks(zone: Any) -> list[Clocks]:
    parts_of_it = [*zone.contents.get("standard", []), *zone.contents.get("daylight", [])]
    return [
        Clocks(
            onsets=onsets(part),
            before=offset(part.tzoffsetfrom.value),
            after=offset(part.tzoffsetto.value),
        )
        for part in parts_of_it
    ]


def onsets(part: Any) -> list[datetime]:
    first = wall(part.dtstart.value)
    found = [first, *(wall(line.value) for line in part.contents.get("rdate", []))]
    if "rrule" in part.contents:
        rule, until = parts(part.rrule.value), first.replace(tzinfo=UTC) + 3660 * DAY
        found += [datetime.combine(d, first.time()) for d in days(rule, first.date(), until)]
    return sorted(set(found))


def to_utc(local: datetime, zone: list[Clocks]) -> datetime:
    """By RFC 5545: a skipped time by the offset before the gap, a doubled one the first."""
    begun = [
        (onset, part.after)
        for part in zone
        for onset in part.onsets
        if onset + max(part.after - part.before, timedelta()) <= local
    ]
    return (local - max(begun)[1]).replace(tzinfo=UTC)


def moment(line: Any, zones: dict[str, list[Clocks]]) -> datetime:
    if line.value.endswith("Z"):
        return utc_text(line.value)
    return to_utc(wall(line.value), zones[line.tzid_param])


def parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- wall time has no zone


def utc_text(text: str) -> datetime:
    return wall(text.removesuffix("Z")).replace(tzinfo=UTC)


def offset(text: str) -> timedelta:
    found = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -found if text.startswith("-") else found


def monday(day: date) -> date:
    return day - day.weekday() * DAY
