"""The posts that tell of a check-in's turn: put once, kept true, taken back when they are late."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from data import Database, cadences, checkins, outbox, partnerships, people
from data.moments import to_text
from domain.cadences import Occurrence
from domain.calendars import is_working
from domain.checkins import CheckIn, Reminder
from domain.outgoing import Message
from domain.partnerships import Partnership, leads
from services import boards
from views import checkins as views
from views.blocks import Drawn

EVERY_KIND: Final = checkins.POST_KINDS
BEFORE_THE_START: Final = ("reminder",)
BEFORE_THE_END: Final = ("reminder", "start")


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
    )


def put_agenda(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Lay the agenda out in the thread of *This week*; False when it lies there already."""
    key = checkins.post_key(check_in.turn, "agenda")
    return put_reply(db, check_in.partnership, key, views.agenda(check_in), now)


def put_reminder(db: Database, check_in: CheckIn, told: Reminder, now: datetime) -> bool:
    minutes = int(told.lead.total_seconds() // 60)
    sides = "both" if len(told.sides) > 1 else told.sides[0]
    start = to_text(check_in.turn.starts_at)
    key = checkins.post_key(check_in.turn, "reminder", start, f"{minutes}", sides)
    return put_reply(db, check_in.partnership, key, views.reminder(check_in), now)


def put_start(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Announce the start at the top level of the channel."""
    partnership = check_in.partnership
    key = checkins.post_key(check_in.turn, "start", to_text(check_in.turn.starts_at))
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.start(check_in).payload,
        audience="both",
        needs="agreed",
    )
    return outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def put_question(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Ask the leads of both sides whether it took place."""
    key = checkins.post_key(check_in.turn, "after", to_text(check_in.turn.starts_at))
    return put_reply(db, check_in.partnership, key, drawn_question(db, check_in), now)


def drawn_question(db: Database, check_in: CheckIn) -> Drawn:
    """The question; it mentions the leads who are at work when the check-in ends, nobody else."""
    ends_at = check_in.turn.ends_at
    members = leads(people.active_members(db, check_in.partnership))
    asked = [
        one.person.slack_id
        for one in members
        if is_working(one.calendar, ends_at) and not one.person.is_quiet(ends_at)
    ]
    return views.after(check_in, asked)


def put_reply(
    db: Database, partnership: Partnership, key: str, drawn: Drawn, now: datetime
) -> bool:
    """Reply in the thread of *This week*; False when it was said before, or there is no thread."""
    thread = boards.week_key(db, partnership)
    if thread is None:
        return False
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="agreed",
        thread_of=thread,
    )
    return outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def redraw(
    db: Database, check_in: CheckIn, now: datetime, kinds: Collection[str] = EVERY_KIND
) -> None:
    """Bring the posts of these kinds that tell of the turn to its newest state."""
    partnership = check_in.partnership
    for kind, key in checkins.posts(db, check_in.turn):
        if kind in kinds:
            payload = _drawn(db, kind, check_in).payload
            outbox.redraw(db, partnership.team_id, partnership.id, key, payload, now=now)


def drop_late(db: Database, turn: Occurrence, kinds: Collection[str], now: datetime) -> None:
    """Take back what has not left yet and would come too late."""
    for kind, key in checkins.posts(db, turn):
        if kind in kinds:
            outbox.drop(db, turn.team_id, key, "too_late", now=now)


def _drawn(db: Database, kind: str, check_in: CheckIn) -> Drawn:
    if kind == "agenda":
        return views.agenda(check_in)
    if kind == "reminder":
        return views.reminder(check_in)
    if kind == "start":
        return views.start(check_in)
    return drawn_question(db, check_in)
