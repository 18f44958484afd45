"""Calendars as plain data for storage, and back; what the data means is not here."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import cast

from domain.coverage import Away, Calendar
from domain.errors import MalformedCalendar, TouchbaseError
from domain.hours import Hours, Interval, Variant

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def to_json(calendar: Calendar) -> dict[str, object]:
    """The calendar in what JSON knows: minutes of the day, ISO days, moments in UTC."""
    return {
        "zone": calendar.zone,
        "hours": _week(calendar.hours),
        "variants": [
            [v.from_on.isoformat(), v.until_on.isoformat(), _week(v.hours)]
            for v in calendar.variants
        ],
        "holiday_countries": [list(place) for place in calendar.holiday_countries],
        "unticked": [day.isoformat() for day in sorted(calendar.unticked)],
        "days_off": [day.isoformat() for day in sorted(calendar.days_off)],
        "away": [[_moment(away.from_at), _moment(away.until_at)] for away in calendar.away],
    }


def from_json(record: Mapping[str, object]) -> Calendar:
    """The calendar that `to_json` wrote.

    Raises:
        MalformedCalendar: It did not write this.
    """
    try:
        return _calendar(record)
    except (TouchbaseError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise MalformedCalendar(f"{type(error).__name__}: {error}") from error


def _calendar(record: Mapping[str, object]) -> Calendar:
    return Calendar(
        zone=_text(record["zone"]),
        hours=_hours(record["hours"]),
        variants=tuple(
            Variant(from_on=_day(first), until_on=_day(last), hours=_hours(week))
            for first, last, week in _rows(record["variants"])
        ),
        holiday_countries=tuple(
            (_text(country), None if part is None else _text(part))
            for country, part in _rows(record["holiday_countries"])
        ),
        unticked=frozenset(map(_day, _list(record["unticked"]))),
        days_off=frozenset(map(_day, _list(record["days_off"]))),
        away=tuple(
            Away(from_at=_at(start), until_at=_at(end)) for start, end in _rows(record["away"])
        ),
    )


def _week(hours: Hours) -> list[list[list[int]]]:
    return [[[i.start_minute, i.end_minute] for i in day] for day in hours.weekly]


def _hours(week: object) -> Hours:
    return Hours(
        weekly=tuple(
            tuple(
                Interval(start_minute=_minute(start), end_minute=_minute(end))
                for start, end in _rows(day)
            )
            for day in _list(week)
        )
    )


def _moment(moment: datetime) -> str:
    return moment.strftime(_MOMENT)


def _at(text: object) -> datetime:
    return datetime.strptime(_text(text), _MOMENT).replace(tzinfo=UTC)


def _day(text: object) -> date:
    return date.fromisoformat(_text(text))


def _minute(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a number of minutes")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return cast("list[object]", value)


def _rows(value: object) -> list[list[object]]:
    return [_list(row) for row in _list(value)]
