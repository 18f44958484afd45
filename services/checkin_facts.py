"""A turn of a check-in with all that is said about it, as loaded; its posts are not here."""

from data import Database, cadences, checkin_reports, checkins, partnerships
from domain.cadences import Occurrence
from domain.checkins import CheckIn


def check_in_of(db: Database, turn: Occurrence) -> CheckIn | None:
    """The turn with all that is said about it; None when its cadence or partnership is gone."""
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    partnership = partnerships.get(db, turn.team_id, turn.partnership_id)
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
