"""What each side brings to a check-in by some working days before it, turn by turn."""

from datetime import date, datetime, timedelta
from typing import Final

from domain import zones
from domain.cadences import UNDO_FOR
from domain.calendars import Calendar, add_working_days, next_shift, shift_at, shift_on
from domain.deliverables import Commitment
from domain.errors import TouchbaseError
from domain.people import Side
from domain.values import value

DAYS_MOST: Final = 10
WORDS_MOST: Final = 100
INPUTS_MOST: Final = 20
_LOOK_BACK_DAYS: Final = 14


class UnknownInput(TouchbaseError):
    """A button or form names an input that is not there any more."""


class InputChangedSince(TouchbaseError):
    """What would be taken back has been changed again since."""


class InputChangedLongAgo(TouchbaseError):
    """A change of an input that is too old to be taken back."""


class NamelessInput(TouchbaseError):
    """An input without words."""

    field = "words"


class TooManyInputs(TouchbaseError):
    """More inputs than anybody prepares for one check-in."""


class NoSuchNotice(TouchbaseError):
    """Not a whole number of working days that makes sense."""

    field = "days"


class NotOfThatSide(TouchbaseError):
    """The person who was chosen is on no list of the side that brings it."""

    field = "owner"

    def __init__(self, side_name: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name


class NobodyBringsIt(TouchbaseError):
    """The side has no lead, and nobody else was chosen."""

    field = "owner"

    def __init__(self, side_name: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name


@value
class Input:
    """Something that a side brings to every turn of a check-in.

    Attributes:
        words: Typed by people.
        owner_id: Our person id; None: a lead of the side.
        made_by: Our person id; ``made_side``: whose lead asked for it.
        retired_at: From when on nobody brings it any more; None: it is brought.
    """

    id: str
    cadence_id: str
    side: Side
    words: str
    working_days_before: int
    owner_id: str | None
    made_by: str
    made_side: Side
    made_at: datetime
    retired_at: datetime | None = None


@value
class Brought:
    """What is owed for one turn.

    Attributes:
        turn_at: The start of the turn for which its date was reckoned.
    """

    input: Input
    turn_id: str
    turn_at: datetime
    commitment: Commitment


@value
class InputForm:
    """What the form of an input was answered with. ``owner`` None: a lead of the side."""

    side: Side
    words: str
    working_days_before: int
    owner: str | None = None


@value
class InputStanding:
    """An input of one turn, as it stands. ``day_on``: of its date, or on which it came."""

    side: Side
    words: str
    is_in: bool
    day_on: date


def checked_form(form: InputForm) -> InputForm:
    """The same without spaces around the words.

    Raises:
        NamelessInput, NoSuchNotice.
    """
    words = " ".join(form.words.split())[:WORDS_MOST]
    if not words:
        raise NamelessInput
    if not 0 <= form.working_days_before <= DAYS_MOST:
        raise NoSuchNotice
    return InputForm(
        side=form.side,
        words=words,
        working_days_before=form.working_days_before,
        owner=form.owner,
    )


def due_at(calendar: Calendar, working_days_before: int, turn_at: datetime) -> datetime | None:
    """When an input is due: the end of the shift so many working days before the turn's day.

    0 means the last shift that ends before the turn starts.

    Returns:
        None when nobody of the side works in the weeks before.
    """
    day = zones.local(turn_at, calendar.zone).date()
    if working_days_before:
        found = add_working_days(calendar, day, -working_days_before)
        shift = None if found is None else shift_on(calendar, found)
        return None if shift is None else min(shift.ends_at, turn_at)
    days = (day - timedelta(days=back) for back in range(_LOOK_BACK_DAYS + 1))
    ends = (shift.ends_at for one in days if (shift := shift_on(calendar, one)) is not None)
    return next((at for at in ends if at <= turn_at), None)


def due_for(
    calendar: Calendar, working_days_before: int, turn_at: datetime, now: datetime
) -> datetime | None:
    """As `due_at`, as long as that is to come; else the end of the next shift before the turn.

    Where none begins before it, the end of the shift that runs.

    Returns:
        None when there is no working time left before the turn.
    """
    usual = due_at(calendar, working_days_before, turn_at)
    if usual is not None and usual > now:
        return usual
    shift = next_shift(calendar, now)
    if shift is None or shift.starts_at >= turn_at:
        shift = shift_at(calendar, now)
    return None if shift is None else min(shift.ends_at, turn_at)


def require_undoable(new: Input | None, old: Input | None, now: datetime) -> None:
    """Let through that a change is taken back within a day.

    Args:
        new: What it brought about; None: one was taken off.
        old: What it ended; None: one was added.

    Raises:
        InputChangedLongAgo, InputChangedSince.
    """
    made_at = new.made_at if new is not None else old.retired_at if old is not None else None
    if made_at is None or (new is not None and new.retired_at is not None):
        raise InputChangedSince
    if now >= made_at + UNDO_FOR:
        raise InputChangedLongAgo


def standing(one: Input, owed: Commitment, zone: str) -> InputStanding | None:
    """How an input of a turn stands; None when nobody owes it any more.

    Args:
        zone: Of the side that brings it.
    """
    if owed.state in {"withdrawn", "declined"}:
        return None
    is_in = owed.state == "done" and owed.closed_at is not None
    moment = owed.closed_at if is_in and owed.closed_at is not None else owed.due_at
    return InputStanding(
        side=one.side,
        words=one.words,
        is_in=is_in,
        day_on=zones.local(moment, zone).date(),
    )
