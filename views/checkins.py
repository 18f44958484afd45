"""What is said of any check-in: its title and time, its points, notes; whole posts: `agenda`."""

from datetime import datetime
from typing import Final

from domain import zones
from domain.cadences import Cadence, Occurrence, OccurrenceState
from domain.checkins import CheckIn, Excuse, sides_off
from domain.holiday_rules import holiday_name, on_holiday
from domain.partnerships import Partnership
from domain.people import Side
from domain.recurrence import Turn
from views.blocks import Block, Drawn, button, quoted, section
from views.times import day_words, exact_length, when

ADD_POINT: Final = "checkin.add_point"
LATE: Final = "checkin.late"
ABSENT: Final = "checkin.absent"
CHANGE: Final = "checkin.change"
JOIN: Final = "checkin.join"

_NAME_MOST: Final = 60
_TITLE_MOST: Final = 80

_STATE_WORDS: Final[dict[OccurrenceState, str]] = {
    "skipped": "Skipped this time.",
    "cancelled": "Cancelled.",
    "over": "It is over.",
}
_EXCUSE_WORDS: Final[dict[Excuse, str]] = {
    "late": "somebody is running late for",
    "absent": "somebody can't make",
}


def excuse_line(check_in: CheckIn, side: Side, excuse: Excuse) -> Drawn:
    """That somebody of a side is late or absent; who, people say themselves."""
    text = f"{name(check_in.partnership, side)}: {_EXCUSE_WORDS[excuse]} {_title_when(check_in)}."
    return Drawn(text=text, blocks=(section(text),))


def headline(check_in: CheckIn) -> str:
    """Title, start in each reader's zone, and length."""
    minutes = exact_length(check_in.cadence.plan.length)
    return f"{_title_when(check_in)}, {minutes}."


def point_lines(check_in: CheckIn) -> list[str]:
    partnership = check_in.partnership
    return [f"{quoted(point.words)} ({name(partnership, point.side)})" for point in check_in.points]


def name(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


def not_agreed(partnership: Partnership, cadence: Cadence) -> list[str]:
    """That a check-in is proposed only; nothing once the other side agreed."""
    side, asked = cadence.proposed_side, cadence.asked_side
    if side is None or asked is None:
        return []
    by, other = name(partnership, side), name(partnership, asked)
    return [f"Proposed by {by}, not yet agreed by {other}."]


def home_zone(partnership: Partnership) -> str:
    return partnership.side(partnership.home_side).calendar.zone


def both_zones(partnership: Partnership) -> tuple[str, str]:
    """The home side's zone, then the other's."""
    guest = partnership.side(partnership.guest_side).calendar.zone
    return (home_zone(partnership), guest)


def _title_when(check_in: CheckIn) -> str:
    moment = when(check_in.turn.starts_at, home_zone(check_in.partnership))
    return f"*{quoted(check_in.title, _TITLE_MOST)}*, {moment}"


def notes(check_in: CheckIn) -> list[str]:
    """What else there is to know of a turn: why it is when it is, who is off, who has to agree."""
    partnership = check_in.partnership
    state = _STATE_WORDS.get(check_in.turn.state)
    if state is not None:
        return [*_holiday_words(check_in), state]
    off = [
        f"{off_words(partnership, side, check_in.turn.starts_at)}."
        for side in sides_off(partnership, check_in.turn)
    ]
    asked = not_agreed(partnership, check_in.cadence)
    return [*_holiday_words(check_in), *off, *asked]


def off_words(partnership: Partnership, side: Side, moment: datetime) -> str:
    """That a side does not work on the day of a moment, with the holiday's name if it has one."""
    called = holiday_name(partnership.side(side).calendar, moment)
    of_what = "" if called is None else f", {quoted(called)}"
    return f"{name(partnership, side)} is off that day{of_what}"


def _holiday_words(check_in: CheckIn) -> list[str]:
    """Why a turn is on another day than usual, or left out, when that is a holiday's doing."""
    partnership, turn, plan = check_in.partnership, check_in.turn, check_in.cadence.plan
    usual_at = zones.to_utc(turn.original, plan.zone)
    found = on_holiday(partnership, plan, Turn(original=turn.original, starts_at=usual_at))
    if found is None:
        return []
    names = [holiday_name(partnership.side(side).calendar, usual_at) for side in found.sides]
    called = next((quoted(one) for one in names if one is not None), "a day off")
    day = f"{day_words(turn.original.date())} is {called} at"
    whose = " and ".join(name(partnership, side) for side in found.sides)
    if found.starts_at is None:
        return [f"{day} {whose}: left out."] if turn.state == "skipped" else []
    if found.starts_at != turn.starts_at:
        return []
    return [f"{day} {whose}: moved to {day_words(zones.local(turn.starts_at, plan.zone).date())}."]


def excuses(turn: Occurrence) -> list[Block]:
    """The buttons with which somebody says that they come late, or not."""
    return [button("Running late", LATE, turn.id), button("Can't make it", ABSENT, turn.id)]
