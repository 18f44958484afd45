"""A turn of a check-in with all that is said about it, as loaded; its posts are not here."""

from data import Database, cadences, checkin_reports, checkins, partnerships
from domain.cadences import Occurrence
from domain.checkins import CheckIn
from domain.partnerships import Partnership


def check_in_of(db: Database, turn: Occurrence, known: Partnership | None = None) -> CheckIn | None:
    """The turn with all that is said about it; None when its cadence or partnership is gone.

    Args:
        known: Its partnership, where that was read already.
    """
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    partnership = known or partnerships.get(db, turn.team_id, turn.partnership_id)
    if cadence is None or partnership is None:
        return None
    return CheckIn(
        partnership=partnership,
        cadence=cadence,
        turn=turn,
        points=tuple(checkins.points(db, turn)),
        said=checkins.confirmations(db, turn),
        came_of=checkin_reports.came_of(db, turn),
    )
