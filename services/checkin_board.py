"""What hub and *This week* show of check-ins, and what waits for a word about them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from data import Database, cadences, checkins, proposals
from domain.boards import Board, NextCheckIn, Waiting
from domain.cadences import Occurrence
from domain.checkin_gaps import ASKED_FOR
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.values import value
from domain.written import is_written
from services.checkin_facts import check_ins_of
from services.links import link_to


@value
class Asked:
    """A check-in about which a side was asked and has not answered yet."""

    check_in: CheckIn
    question_key: str

    @property
    def silent_sides(self) -> list[Side]:
        return [side for side in SIDES if side not in self.check_in.said]


def board(db: Database, partnership: Partnership, now: datetime) -> Board:
    """What hub and *This week* show of check-ins: the next one, and what waits for a word."""
    return Board(
        next_check_in=next_check_in(db, partnership, now),
        waiting=(*_to_confirm(db, partnership, now), *_to_agree(db, partnership)),
    )


def _to_confirm(db: Database, partnership: Partnership, now: datetime) -> Iterator[Waiting]:
    for asked in unconfirmed(db, partnership, now):
        link = link_to(db, partnership.team_id, asked.question_key)
        for side in asked.silent_sides:
            yield Waiting(
                side=side,
                title=asked.check_in.title,
                waits_for="confirm",
                since=asked.check_in.turn.ends_at,
                link=link,
            )


def _to_agree(db: Database, partnership: Partnership) -> Iterator[Waiting]:
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
    coming = cadences.next_occurrence(db, partnership, "checkin", now)
    return None if coming is None else _next(db, partnership, coming, now)


def unconfirmed(db: Database, partnership: Partnership, now: datetime) -> list[Asked]:
    """Check-ins about which the leads were asked and a side is silent, for as long as it counts."""
    since = now - ASKED_FOR
    turns = cadences.between(db, partnership, "checkin", since, now)
    over = {turn.id: turn for turn in turns if turn.state == "over"}
    told = checkins.posts_of(db, partnership.team_id, over) if over else {}
    questions = {one: [key for kind, key in told[one] if kind == "after"] for one in told}
    asked = [over[one] for one in over if questions[one]]
    found = (
        Asked(check_in=one, question_key=questions[one.turn.id][-1])
        for one in check_ins_of(db, asked, partnership)
    )
    return [one for one in found if one.silent_sides]


def next_meeting(db: Database, partnership: Partnership, now: datetime) -> Occurrence | None:
    """The turn that starts next of those in which people talk; None: none is planned."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        cadence = cadences.get(db, turn.team_id, turn.cadence_id)
        if cadence is not None and not is_written(cadence.plan):
            return turn
    return None


def _next(
    db: Database, partnership: Partnership, coming: Occurrence, now: datetime
) -> NextCheckIn | None:
    cadence = cadences.get(db, coming.team_id, coming.cadence_id)
    if cadence is None:
        return None
    written = is_written(cadence.plan)
    meeting = next_meeting(db, partnership, now) if written else coming
    return NextCheckIn(
        turn_id="" if meeting is None else meeting.id,
        title=cadence.title,
        starts_at=coming.starts_at,
        minutes=int(coming.length / timedelta(minutes=1)),
        agenda_points=len(checkins.points(db, coming)),
        is_written=written,
        seen_at=now,
        proposed_by=cadence.proposed_side if cadence.asked_side and partnership.is_agreed else None,
    )
