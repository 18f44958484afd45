"""What a check-in keeps beside its rhythm: holidays, reminders, its last day; codes only."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal, cast, get_args

from domain.cadences import Plan

HolidayRule = Literal["keep", "shared", "skip"]
_HOLIDAY_RULES: Final[frozenset[str]] = frozenset(get_args(HolidayRule))
Settings = Mapping[str, str | int | bool]

LEAD_MOST: Final = timedelta(days=7)
_LEAD_LEAST: Final = timedelta(minutes=15)
_LEADS_MOST: Final = 5
_LENGTH_MOST: Final = 100
# What the form asks about.
_ASKED: Final = frozenset({"holidays", "reminders", "until", "invited"})


def holiday_rule(plan: Plan) -> HolidayRule:
    """What becomes of a turn on a holiday of either side."""
    said = str(plan.settings.get("holidays", "keep"))
    return cast("HolidayRule", said) if said in _HOLIDAY_RULES else "keep"


def own_leads(plan: Plan) -> tuple[timedelta, ...]:
    """How long before a turn it is told, the longest first; empty: nobody chose, see `leads_of`."""
    said = [part for part in str(plan.settings.get("reminders", "")).split(",") if part]
    leads = {timedelta(minutes=int(part)) for part in said if part.isdecimal()}
    return tuple(sorted((one for one in leads if _LEAD_LEAST <= one <= LEAD_MOST), reverse=True))


def is_invited(plan: Plan) -> bool | None:
    """Whether people need an invitation for their calendars; None: nobody was asked."""
    said = plan.settings.get("invited")
    return None if said is None else bool(said)


def answered_settings(
    known: Settings, *, holidays: str, reminders: Sequence[str], until: str, invited: bool
) -> dict[str, str | int | bool]:
    """The settings after a form: what it asks about is as answered, the rest as it was.

    Args:
        reminders: Minutes before the start.
        until: A day, YYYY-MM-DD; empty: none.
        invited: The turns are in nobody's calendar yet.
    """
    rest = {key: value for key, value in known.items() if key not in _ASKED}
    minutes = sorted({int(one) for one in reminders if one.isdecimal()}, reverse=True)
    answered: dict[str, str | int | bool] = {
        "holidays": "" if holidays == "keep" else holidays,
        "reminders": ",".join(str(one) for one in minutes[:_LEADS_MOST]),
        "until": until,
    }
    # An answer of "no" is kept, too: without one the file is offered.
    return rest | {key: value for key, value in answered.items() if value} | {"invited": invited}


def kept(carried: Mapping[str, object]) -> dict[str, str | int | bool]:
    """The settings that came back in a button or form, checked anew.

    Raises:
        ValueError: They are none of ours.
    """
    if "until" in carried:
        date.fromisoformat(str(carried["until"]))
    found: dict[str, str | int | bool] = {}
    for key, value in carried.items():
        if not isinstance(value, str | int) or max(len(key), len(str(value))) > _LENGTH_MOST:
            raise ValueError(key)
        found[key] = value
    return found
