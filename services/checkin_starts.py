"""Where the start of a check-in is told, so that a channel's top level stays quiet."""

from datetime import timedelta
from typing import Final

from data import Database, cadences
from domain.cadences import DROPPED_STATES, Occurrence
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.presets import preset_of
from domain.weeks import week_of, week_starts_at
from services import boards

# *This week*, the pulse, the summary, and one start; without pulse or summary there is more room.
TOP_LEVEL_A_WEEK: Final = 4
_WEEKS_OWN_POST: Final = 1


def start_thread(db: Database, check_in: CheckIn) -> str | None:
    """Key of the post in whose thread the start of a turn is told; None: at the top level.

    The first check-ins of a week are told at the top level as long as there is room.
    """
    earlier = _earlier_in_week(db, check_in)
    if earlier < starts_at_top(db, check_in.partnership):
        return None
    return boards.week_key(db, check_in.partnership)


def starts_at_top(db: Database, partnership: Partnership) -> int:
    """How many starts a week have room at the top level of the channel; at least one."""
    pulse = bool(cadences.of_partnership(db, partnership, "pulse"))
    summary = partnership.summary_is_public
    return TOP_LEVEL_A_WEEK - _WEEKS_OWN_POST - pulse - summary


def _earlier_in_week(db: Database, check_in: CheckIn) -> int:
    """How many turns of other check-ins, or of this one, start before it in its week."""
    partnership, turn = check_in.partnership, check_in.turn
    monday_at = week_starts_at(partnership, week_of(partnership, turn.starts_at))
    until = turn.starts_at + timedelta(microseconds=1)
    return sum(
        (one.starts_at, one.id) < (turn.starts_at, turn.id) and _is_told(db, one)
        for one in cadences.between(db, partnership, "checkin", monday_at, until)
    )


def _is_told(db: Database, turn: Occurrence) -> bool:
    """Whether people meet for a turn, so that its start is told."""
    if turn.state in DROPPED_STATES:
        return False
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    return cadence is not None and preset_of(cadence.plan) != "written"
