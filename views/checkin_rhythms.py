"""The fields of a check-in's form that say how it recurs, and the rule that stands in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, cast, get_args

from domain.recurrence import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)
from views.answered import many_in, text_in
from views.blocks import Block, Blocks, actions, field, option, section, select, text_input
from views.checkin_values import SpoiledValue
from views.rhythms import MONTHS, WEEKDAYS, ordinal

CHOOSE: Final = "checkin.rhythm"

Kind = Literal[
    "week",
    "month_weekday",
    "month_date",
    "month_working_day",
    "quarter_weekday",
    "quarter_date",
    "quarter_working_day",
    "year",
]

_KINDS: Final[Mapping[Kind, str]] = {
    "week": "On days of the week",
    "month_weekday": "Monthly: weekday",
    "month_date": "Monthly: date",
    "month_working_day": "Monthly: working day",
    "quarter_weekday": "Quarterly: weekday",
    "quarter_date": "Quarterly: date",
    "quarter_working_day": "Quarterly: working day",
    "year": "Once a year",
}
_WEEKS: Final[Mapping[int, str]] = {
    1: "Every week",
    2: "Every two weeks",
    3: "Every three weeks",
    4: "Every four weeks",
    6: "Every six weeks",
    8: "Every eight weeks",
}
_NTH: Final = (1, 2, 3, 4, LAST)
_LONG_MONTH: Final = 31
_SHORTEST_MONTH: Final = 28
_WORKING_DAYS: Final = (*range(1, 21), LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmFields:
    """How a check-in recurs, as its form asks for it; what its kind does not ask about is kept.

    Attributes:
        days: 0 is Monday.
        every_weeks: Asked for with ``days``.
        nth: 1 to 4 or `LAST`; asked for with ``weekday``.
        day: Of the month.
        working_day: The n-th of the month, or `LAST`.
        month: Of the year; of a quarter 1 to 3.
        words: Typed instead of the other fields.
    """

    kind: Kind = "week"
    days: tuple[int, ...] = ()
    every_weeks: int = 1
    nth: int = 1
    weekday: int = 1
    day: int = 1
    working_day: int = 1
    month: int = 1
    words: str = ""


def fields(shown: RhythmFields) -> Blocks:
    """The menu of kinds, and what the chosen one asks."""
    options = [option(text, value) for value, text in _KINDS.items()]
    menu = select(options, shown.kind) | {"action_id": CHOOSE}
    return [section("*How often*"), actions(menu, block_id="kind"), *_asked(shown)]


def rhythm_of(rule: Rule) -> RhythmFields:
    """The fields as they are filled in to say a rule."""
    if rule.frequency == "weekly":
        return RhythmFields(
            days=rule.days, every_weeks=rule.every_weeks, weekday=rule.days[0] if rule.days else 1
        )
    if rule.frequency == "yearly":
        return RhythmFields(kind="year", month=rule.month or 1, day=rule.day or 1)
    often, month = ("month", 1) if rule.frequency == "monthly" else ("quarter", rule.month or 1)
    found = RhythmFields(kind=cast("Kind", f"{often}_date"), day=rule.day or 1, month=month)
    if rule.weekday is not None:
        kind, nth = cast("Kind", f"{often}_weekday"), rule.nth or LAST
        return replace(found, kind=kind, nth=nth, weekday=rule.weekday, days=(rule.weekday,))
    if rule.working_day is not None:
        kind = cast("Kind", f"{often}_working_day")
        return replace(found, kind=kind, working_day=rule.working_day)
    return found


def rule_of(said: RhythmFields) -> Rule:
    """The rule that the fields say; of the words in them nothing is read.

    Raises:
        ImpossibleRule: There is no such day, or none was chosen.
    """
    if said.kind == "week":
        return weekly(said.days, said.every_weeks)
    if said.kind == "year":
        return yearly(said.month, said.day)
    often, _, by = said.kind.partition("_")
    if by == "weekday":
        monthly = monthly_by_weekday(said.nth, said.weekday)
    elif by == "date":
        monthly = monthly_by_date(said.day)
    else:
        monthly = monthly_by_working_day(said.working_day)
    return monthly if often == "month" else quarterly(monthly, month=said.month)


def typed_rhythm(values: Mapping[str, object], known: RhythmFields) -> RhythmFields:
    """What stands in the fields; those that are not shown are as they were ``known``."""
    days = tuple(int(day) for day in many_in(values, "days"))
    every = text_in(values, "every").partition(":")[2]
    figures = {
        name: int(text)
        for name in ("nth", "weekday", "day", "working_day", "month")
        if (text := text_in(values, name))
    }
    # A field that is shown and empty differs from one that is not shown.
    shown_days = {"days": days} if "days" in values else {}
    weeks = {"every_weeks": int(every)} if every else {}
    words = {"words": text_in(values, "rhythm")} if "rhythm" in values else {}
    return replace(known, **cast("Any", figures | shown_days | weeks | words))


def switched(known: RhythmFields, kind: str) -> RhythmFields:
    """The same with another kind of rhythm; a weekday that was chosen for one holds for the other.

    Raises:
        SpoiledValue: There is no such kind.
    """
    if kind not in get_args(Kind):
        raise SpoiledValue
    found = replace(known, kind=cast("Kind", kind))
    if kind.endswith("_weekday") and len(known.days) == 1:
        return replace(found, weekday=known.days[0])
    if kind == "week" and not known.days and known.kind.endswith("_weekday"):
        return replace(found, days=(known.weekday,))
    return found


def no_such_day(said: RhythmFields) -> tuple[str, str]:
    """The field in which no rule can be read, and what to do about it."""
    if said.kind == "week":
        return "days", "On which day? Or say it in your own words below."
    month = MONTHS[(said.month - 1) % len(MONTHS)]
    return "day", f"There is no {said.day} {month} in any year. Another day, please."


def write_rhythm(said: RhythmFields) -> str:
    """As one text that a form carries; typed words stay in their own field."""
    return json.dumps(asdict(replace(said, words="")), separators=(",", ":"))


def read_rhythm(text: str) -> RhythmFields:
    """As `write_rhythm` wrote it.

    Raises:
        SpoiledValue: It is none of ours.
    """
    try:
        carried = json.loads(text)
        found = RhythmFields(**{**carried, "days": tuple(carried["days"])})
    except (KeyError, TypeError, ValueError) as error:
        raise SpoiledValue from error
    return switched(found, found.kind)


def _asked(shown: RhythmFields) -> Blocks:
    if shown.kind == "week":
        return _weekly(shown)
    if shown.kind == "year":
        return [_one_of("month", "In which month", _months(), shown.month), _date(shown)]
    often, _, by = shown.kind.partition("_")
    quarter = [_one_of("month", "In which months", _quarters(), shown.month)]
    return [*(quarter if often == "quarter" else []), *_within_month(shown, by)]


def _weekly(shown: RhythmFields) -> Blocks:
    weeks = {**_WEEKS, **_other_weeks(shown.every_weeks)}
    every = {f"week:{count}": text for count, text in weeks.items()}
    return [
        field("days", "On which days", _days(shown.days), optional=True),
        _one_of("every", "In which weeks", every, f"week:{shown.every_weeks}"),
        field(
            "rhythm",
            "Or say it in your own words",
            text_input(initial=shown.words, placeholder="last working day of the month, 3pm"),
            hint="When something stands here, it counts instead of the days.",
            optional=True,
        ),
    ]


def _within_month(shown: RhythmFields, by: str) -> Blocks:
    if by == "date":
        return [_date(shown)]
    if by == "working_day":
        counted = {str(n): f"The {ordinal(n)} working day" for n in _WORKING_DAYS}
        return [_one_of("working_day", "On which working day", counted, shown.working_day)]
    nth = {str(n): f"The {ordinal(n)}" for n in _NTH}
    weekdays = {str(number): day for number, day in enumerate(WEEKDAYS)}
    return [
        _one_of("nth", "Which one of the month", nth, shown.nth),
        _one_of("weekday", "On which day", weekdays, shown.weekday),
    ]


def _date(shown: RhythmFields) -> Block:
    days = {
        str(day): str(day) if day <= _SHORTEST_MONTH else f"{day}, else the last day"
        for day in range(1, _LONG_MONTH + 1)
    }
    return _one_of("day", "On which day of the month", days, shown.day)


def _days(chosen: Sequence[int]) -> Block:
    options = [option(day, str(number)) for number, day in enumerate(WEEKDAYS)]
    element: Block = {"type": "checkboxes", "action_id": "value", "options": options}
    picked = [options[number] for number in chosen]
    return element | {"initial_options": picked} if picked else element


def _other_weeks(count: int) -> dict[int, str]:
    return {} if count in _WEEKS else {count: f"Every {count} weeks"}


def _months() -> dict[str, str]:
    return {str(number): name for number, name in enumerate(MONTHS, 1)}


def _quarters() -> dict[str, str]:
    return {str(first): ", ".join(MONTHS[first - 1 :: 3]) for first in (1, 2, 3)}


def _one_of(name: str, label: str, named: Mapping[str, str], chosen: int | str) -> Block:
    options = [option(text, value) for value, text in named.items()]
    return field(name, label, select(options, str(chosen)))
