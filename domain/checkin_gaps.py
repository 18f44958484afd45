"""What is open about check-ins that are over; the table of all kinds is not here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from domain.checkin_reports import start_told_differently
from domain.checkins import CheckIn
from domain.findings import (
    Finding,
    Kind,
    PastCheckIn,
    Remedy,
    Turn,
    Week,
)
from domain.gap_ages import shifts_later
from domain.people import SIDES, Side

CONFIRM_DAYS: Final = 2
# So long after a check-in it is asked whether it took place.
ASKED_FOR: Final = timedelta(days=14)
_TOOK_PLACE: Final = frozenset({"held", "other_day"})


def not_held(week: Week) -> Iterator[Finding]:
    """A side says that it did not take place, and no side that it did."""
    for past in _recent(week):
        said = {one.said for one in past.check_in.said.values()}
        if "not_held" in said and not said & _TOOK_PLACE:
            yield _of_check_in("not_held", "both", past, 2, "pick_time")


def disagreement(week: Week) -> Iterator[Finding]:
    """One side says that it took place, the other that it did not; or they differ on its start."""
    for past in _recent(week):
        said = {one.said for one in past.check_in.said.values()}
        if "not_held" in said and said & _TOOK_PLACE:
            yield _of_check_in("disagreement", "both", past, 2, "confirm")
        elif start_told_differently(past.check_in.told.by_side):
            yield _of_check_in("disagreement", "both", past, 0, "tell")


def unconfirmed(week: Week) -> Iterator[Finding]:
    """A side was asked whether it took place and said nothing for two working days.

    It is open until somebody says so, for two weeks at most, or until a later one took place.
    """
    for past in week.check_ins:
        is_old = past.check_in.turn.ends_at < week.span.until_at - ASKED_FOR
        if is_old or any(_surely_held(one) for one in _later(week, past.check_in)):
            continue
        said = past.check_in.said
        if not past.was_asked or any(one.said == "not_held" for one in said.values()):
            continue
        silent = [side for side in SIDES if side not in said and _waited(week, past, side)]
        if silent:
            turn: Turn = "both" if len(silent) > 1 else silent[0]
            yield _of_check_in("unconfirmed", turn, past, 1, "confirm")


def held_by(check_in: CheckIn) -> tuple[Side, ...]:
    """The sides that say that it took place, also on another day; one side's word is not both's."""
    said = check_in.said
    return tuple(side for side in SIDES if side in said and said[side].said in _TOOK_PLACE)


def _recent(week: Week) -> Iterator[PastCheckIn]:
    """Check-ins about which something was said within the span, and that none has replaced."""
    for past in week.check_ins:
        said = [one.said_at for one in past.check_in.said.values()]
        in_span = bool(said) and max(said) >= week.span.from_at
        ended = past.check_in.turn.ends_at < week.span.until_at
        if in_span and ended and not _made_up_for(week, past.check_in):
            yield past


def _made_up_for(week: Week, check_in: CheckIn) -> bool:
    """A later turn of the same cadence took place."""
    return any(held_by(later) for later in _later(week, check_in))


def _later(week: Week, check_in: CheckIn) -> Iterator[CheckIn]:
    """The later turns of the same cadence."""
    for past in week.check_ins:
        later = past.check_in
        is_same = later.cadence.id == check_in.cadence.id
        if is_same and later.turn.starts_at > check_in.turn.starts_at:
            yield later


def _surely_held(check_in: CheckIn) -> bool:
    """A side says that it took place, and none that it did not."""
    return bool(held_by(check_in)) and len(held_by(check_in)) == len(check_in.said)


def _waited(week: Week, past: PastCheckIn, side: Side) -> bool:
    calendar = week.partnership.side(side).calendar
    return shifts_later(calendar, past.check_in.turn.ends_at, CONFIRM_DAYS, week) is not None


def _of_check_in(
    kind: Kind, turn: Turn, past: PastCheckIn, severity: int, remedy: Remedy
) -> Finding:
    check_in = past.check_in
    return Finding(
        kind=kind,
        turn=turn,
        since=check_in.turn.starts_at,
        subject_id=check_in.turn.id,
        severity=severity,
        remedy=remedy,
        about=check_in,
        evidence=(check_in.turn.id, *sorted(check_in.said)),
        link=past.link,
    )
