"""What hub and *This week* show of a check-in in writing: the sides of which nobody wrote yet."""

from datetime import datetime

from data import Database, cadences, written
from domain.boards import Board, Waiting
from domain.cadences import Occurrence
from domain.partnerships import Partnership
from domain.people import SIDES
from services.links import link_to
from services.written_posts import question_key


def unwritten(db: Database, partnership: Partnership, now: datetime) -> Board:
    """What waits for the first answer of a side, while it can be answered in time."""
    asked = [
        cadences.occurrence(db, partnership.team_id, one.occurrence_id)
        for one in written.open_in(db, partnership, now)
    ]
    started = [turn for turn in asked if turn is not None and turn.state == "started"]
    return Board(waiting=tuple(one for turn in started for one in _waiting(db, turn)))


def _waiting(db: Database, turn: Occurrence) -> list[Waiting]:
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    spoke = {one.side for one in written.answers(db, turn)}
    if cadence is None:
        return []
    return [
        Waiting(
            side=side,
            title=cadence.title,
            waits_for="answer",
            since=turn.starts_at,
            link=link_to(db, turn.team_id, question_key(turn)),
        )
        for side in SIDES
        if side not in spoke
    ]
