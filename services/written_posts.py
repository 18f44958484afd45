"""The posts of a check-in in writing: its questions, and its answers put together."""

from datetime import datetime

from data import Database, cadences, outbox, written
from domain.cadences import Occurrence
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.written import LATE_FOR, Written, WrittenTurn, is_written
from services.replies import reply
from views import written as views


def question_key(turn: Occurrence) -> str:
    """Key of the post with the questions: one for a turn, however often that is moved."""
    return f"written/{turn.id}"


def roll_up_key(turn: Occurrence) -> str:
    return f"written-answers/{turn.id}"


def written_of(db: Database, check_in: CheckIn, now: datetime) -> Written | None:
    """The turn with all that was asked and answered; None: it was not asked yet."""
    one = written.get(db, check_in.turn)
    if one is None:
        return None
    return Written(
        check_in=check_in,
        turn=one,
        questions=written.questions(db, check_in.cadence, one.version),
        answers=tuple(written.answers(db, check_in.turn)),
        takes_late=now < one.closes_at + LATE_FOR and written.is_newest(db, check_in.turn, one),
        next_at=_next_at(db, check_in.partnership, one, now),
    )


def put_question(db: Database, found: Written, now: datetime) -> bool:
    """Ask everybody who takes part, in the thread of *This week*; False when it stands there."""
    check_in, until = found.check_in, found.turn.closes_at
    drawn, key = views.question(found), question_key(check_in.turn)
    return reply(db, check_in.partnership, key, drawn, now, worth_until=until)


def put_roll_up(db: Database, found: Written, now: datetime) -> bool:
    """Show the answers of both sides; False when they are shown already."""
    check_in = found.check_in
    return reply(db, check_in.partnership, roll_up_key(check_in.turn), views.roll_up(found), now)


def redraw(db: Database, check_in: CheckIn, now: datetime) -> None:
    """Bring both posts to the newest state of their turn; harmless where there are none."""
    found = written_of(db, check_in, now) if is_written(check_in.cadence.plan) else None
    if found is None:
        return
    partnership, turn = check_in.partnership, check_in.turn
    drawn = {question_key(turn): views.question(found), roll_up_key(turn): views.roll_up(found)}
    for key, one in drawn.items():
        outbox.redraw(db, partnership.team_id, partnership.id, key, one.payload, now=now)


def _next_at(
    db: Database, partnership: Partnership, one: WrittenTurn, now: datetime
) -> datetime | None:
    coming = cadences.coming(db, partnership, "checkin", now)
    return next((turn.starts_at for turn in coming if turn.cadence_id == one.cadence_id), None)
