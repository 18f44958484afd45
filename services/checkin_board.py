"""What hub and *This week* show of check-ins, and what waits for a word about them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from data import Database, cadences, proposals
from domain.boards import Board, NextCheckIn, Waiting
from domain.cadences import Occurrence
from domain.checkin_gaps import ASKED_FOR
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.values import value
from domain.written import is_written
from services.known_turns import KnownTurns
from services.links import link_to, links_to


@value
class Asked:
    """A check-in about which a side was asked and has not answered yet."""

    check_in: CheckIn
    question_key: str

    @property
    def silent_sides(self) -> list[Side]:
        return [side for side in SIDES if side not in self.check_in.said]


def board(turns: KnownTurns) -> Board:
    """What hub and *This week* show of check-ins: the next one, and what waits for a word."""
    coming = turns.coming()
    return Board(
        next_check_in=_next(coming, turns.now) if coming else None,
        waiting=(*_to_confirm(turns), *_to_agree(turns)),
    )


def _to_confirm(turns: KnownTurns) -> Iterator[Waiting]:
    asked = unconfirmed(turns)
    links = links_to(turns.db, turns.partnership.team_id, [one.question_key for one in asked])
    for one in asked:
        for side in one.silent_sides:
            yield Waiting(
                side=side,
                title=one.check_in.title,
                waits_for="confirm",
                since=one.check_in.turn.ends_at,
                link=links[one.question_key],
            )


def _to_agree(turns: KnownTurns) -> Iterator[Waiting]:
    db, partnership = turns.db, turns.partnership
    for cadence in proposals.standing(db, partnership) if partnership.is_agreed else []:
        if cadence.asked_side is not None and cadence.proposed_at is not None:
            yield Waiting(
                side=cadence.asked_side,
                title=cadence.title,
                waits_for="agree",
                since=cadence.proposed_at,
                link=link_to(db, cadence.team_id, proposals.card_key(cadence)),
            )


def next_check_in(db: Database, partnership: Partnership, now: datetime) -> NextCheckIn | None:
    """The check-in that starts next; None: none is planned."""
    coming = KnownTurns(db, partnership, now).coming()
    return _next(coming, now) if coming else None


def unconfirmed(turns: KnownTurns) -> list[Asked]:
    """Check-ins about which the leads were asked and a side is silent, for as long as it counts."""
    found: list[Asked] = []
    for one in turns.over(turns.now - ASKED_FOR):
        questions = [key for kind, key in turns.posts(one.turn) if kind == "after"]
        if questions and len(one.said) < len(SIDES):
            found.append(Asked(check_in=one, question_key=questions[-1]))
    return found


def next_meeting(db: Database, partnership: Partnership, now: datetime) -> Occurrence | None:
    """The turn that starts next of those in which people talk; None: none is planned."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        cadence = cadences.get(db, turn.team_id, turn.cadence_id)
        if cadence is not None and not is_written(cadence.plan):
            return turn
    return None


def _next(coming: Sequence[CheckIn], now: datetime) -> NextCheckIn:
    first = coming[0]
    written = is_written(first.cadence.plan)
    meetings = (one.turn.id for one in coming if not is_written(one.cadence.plan))
    cadence = first.cadence
    asks = cadence.asked_side and first.partnership.is_agreed
    return NextCheckIn(
        turn_id=next(meetings, ""),
        title=first.title,
        starts_at=first.turn.starts_at,
        minutes=int(first.turn.length / timedelta(minutes=1)),
        agenda_points=len(first.points),
        is_written=written,
        seen_at=now,
        proposed_by=cadence.proposed_side if asks else None,
    )
