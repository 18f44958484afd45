"""A turn of a check-in with all that is said about it, as loaded; its posts are not here."""

from collections.abc import Mapping, Sequence

from data import Database, cadences, checkin_reports, checkins, partnerships
from domain.cadences import Cadence, Occurrence
from domain.checkin_reports import NOTHING_TOLD
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


def check_ins_of(
    db: Database,
    turns: Sequence[Occurrence],
    partnership: Partnership,
    known: Mapping[str, Cadence] | None = None,
) -> list[CheckIn]:
    """Turns of one partnership with all that is said about them, in their order.

    Args:
        known: All its cadences by id, where they were read already.
    """
    if not turns:
        return []
    team_id, ids = partnership.team_id, [turn.id for turn in turns]
    by_id = cadences.every(db, partnership) if known is None else known
    points = checkins.points_of(db, team_id, ids)
    said = checkins.confirmations_of(db, team_id, ids)
    came_of = checkin_reports.came_of_some(db, team_id, ids)
    return [
        CheckIn(
            partnership=partnership,
            cadence=by_id[turn.cadence_id],
            turn=turn,
            points=tuple(points.get(turn.id, ())),
            said=said.get(turn.id, {}),
            came_of=came_of.get(turn.id, NOTHING_TOLD),
        )
        for turn in turns
        if turn.cadence_id in by_id
    ]
