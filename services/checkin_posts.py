"""The posts that tell of a check-in's turn: put once, kept true, taken back when they are late."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from data import Database, checkins, outbox, people
from data.moments import to_text
from domain.agenda import Agenda
from domain.calendars import is_working, next_working
from domain.checkins import CheckIn, Reminder, asked_until
from domain.outgoing import Message
from domain.partnerships import leads
from domain.people import SIDES, Member, Side
from services import checkin_reminded, written_posts
from services.agenda import agenda_of
from services.checkin_starts import start_thread
from services.replies import reply
from views import agenda as views
from views import checkin_after
from views.blocks import Drawn

EVERY_KIND: Final = checkins.POST_KINDS
_BEFORE: Final = frozenset({"agenda", "reminder", "start"})
QUESTIONS: Final = ("after", *(f"after-{side}" for side in SIDES))


def put_agenda(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Lay the agenda out in the thread of *This week*; False when it lies there already."""
    key = checkins.post_key(check_in.turn, "agenda")
    if _is_put(db, check_in, key):
        return False
    drawn = views.agenda(check_in, agenda_of(db, check_in, now))
    return reply(db, check_in.partnership, key, drawn, now, worth_until=check_in.turn.ends_at)


def put_reminder(db: Database, check_in: CheckIn, told: Reminder, now: datetime) -> bool:
    minutes = int(told.lead.total_seconds() // 60)
    sides = "both" if len(told.sides) > 1 else told.sides[0]
    start = to_text(check_in.turn.starts_at)
    key = checkins.post_key(check_in.turn, "reminder", start, f"{minutes}", sides)
    if _is_put(db, check_in, key):
        return False
    drawn = views.reminder(check_in, agenda_of(db, check_in, now))
    late_from = check_in.turn.starts_at
    is_new = reply(db, check_in.partnership, key, drawn, now, worth_until=late_from)
    redraw(db, check_in, now, ("reminder",))
    return is_new


def put_start(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Announce the start: at the top level of the channel, in a full week in its thread."""
    partnership = check_in.partnership
    key = checkins.post_key(check_in.turn, "start", to_text(check_in.turn.starts_at))
    if _is_put(db, check_in, key):
        return False
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.start(check_in, agenda_of(db, check_in, now)).payload,
        audience="both",
        needs="agreed",
        thread_of=start_thread(db, check_in),
        worth_until=check_in.turn.ends_at,
    )
    is_new = outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
    redraw(db, check_in, now, ("reminder",))
    return is_new


def asked_at(db: Database, check_in: CheckIn) -> datetime:
    """When it is first asked whether it took place: at its end, or once a lead works again."""
    ends_at = check_in.turn.ends_at
    moments = [next_working(one.calendar, ends_at) for one in _asked(db, check_in)]
    return min((at for at in moments if at is not None), default=ends_at)


def put_question(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Ask the leads of both sides whether it took place, unless both said so unasked."""
    if len(check_in.said) == len(SIDES):
        return False
    key = checkins.post_key(check_in.turn, "after", to_text(check_in.turn.starts_at))
    return _ask(db, check_in, key, drawn_question(db, check_in), now)


def put_later_questions(db: Database, check_in: CheckIn, now: datetime) -> datetime | None:
    """Ask the leads who were not there when it ended, now that they are; sides that spoke are not.

    Returns:
        When to look again; None: nobody is left to be asked.
    """
    start = to_text(check_in.turn.starts_at)
    coming: list[datetime] = []
    for side in set(SIDES) - check_in.said.keys():
        later = [next_working(one.calendar, now) for one in _absent(db, check_in, side)]
        at = min((at for at in later if at is not None), default=None)
        if at is not None and at > now:
            coming.append(at)
        elif at is not None:
            key = checkins.post_key(check_in.turn, f"after-{side}", start)
            _ask(db, check_in, key, drawn_question(db, check_in, side), now)
    return min(coming, default=None)


def drawn_question(db: Database, check_in: CheckIn, absent: Side | None = None) -> Drawn:
    """The question; it mentions the leads who are at work when it is first asked, nobody else.

    Args:
        absent: Asks the leads of this side who are not at work then, in their own hours.
    """
    found = _there(db, check_in) if absent is None else _absent(db, check_in, absent)
    return checkin_after.after(check_in, [one.person.slack_id for one in found])


def _there(db: Database, check_in: CheckIn) -> list[Member]:
    first_at = asked_at(db, check_in)
    return [one for one in _asked(db, check_in) if is_working(one.calendar, first_at)]


def _absent(db: Database, check_in: CheckIn, side: Side) -> list[Member]:
    there = _there(db, check_in)
    return [one for one in _asked(db, check_in) if one.side == side and one not in there]


def _asked(db: Database, check_in: CheckIn) -> list[Member]:
    members = leads(people.active_members(db, check_in.partnership))
    return [one for one in members if not one.person.is_quiet(check_in.turn.ends_at)]


def redraw(
    db: Database, check_in: CheckIn, now: datetime, kinds: Collection[str] = EVERY_KIND
) -> None:
    """Bring the posts of these kinds that tell of the turn to its newest state."""
    written_posts.redraw(db, check_in, now)
    partnership = check_in.partnership
    every = checkins.posts(db, check_in.turn)
    found = [(kind, key) for kind, key in every if kind in kinds]
    outdated = checkin_reminded.outdated(db, check_in, every)
    built = agenda_of(db, check_in, now) if _BEFORE.intersection(k for k, _ in found) else Agenda()
    for kind, key in found:
        drawn = outdated.get(key) or _drawn(db, kind, check_in, built)
        payload = drawn.payload
        outbox.redraw(db, partnership.team_id, partnership.id, key, payload, now=now)


def _is_put(db: Database, check_in: CheckIn, key: str) -> bool:
    return outbox.state_of(db, check_in.turn.team_id, key) is not None


def _ask(db: Database, check_in: CheckIn, key: str, drawn: Drawn, now: datetime) -> bool:
    late_from = asked_until(check_in.partnership, check_in.turn)
    return reply(db, check_in.partnership, key, drawn, now, worth_until=late_from)


def _drawn(db: Database, kind: str, check_in: CheckIn, built: Agenda) -> Drawn:
    if kind == "agenda":
        return views.agenda(check_in, built)
    if kind == "reminder":
        return views.reminder(check_in, built)
    if kind == "start":
        return views.start(check_in, built)
    absent = {f"after-{side}": side for side in SIDES}.get(kind)
    return drawn_question(db, check_in, absent)
