"""The posts that tell of a check-in's turn: put once, kept true, taken back when they are late."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from data import Database, checkins, outbox
from data.moments import to_text
from domain.agenda import Agenda
from domain.checkins import CheckIn, Reminder
from domain.outgoing import Message
from domain.people import SIDES
from services import checkin_reminded, written_posts
from services.agenda import agenda_of
from services.checkin_questions import drawn_question
from services.checkin_starts import start_thread
from services.known import Known
from views import agenda as views
from views.blocks import Drawn

EVERY_KIND: Final = checkins.POST_KINDS
_BEFORE: Final = frozenset({"agenda", "reminder", "start"})
QUESTIONS: Final = ("after", *(f"after-{side}" for side in SIDES))


def put_agenda(db: Database, check_in: CheckIn, now: datetime) -> bool:
    """Lay the agenda out in the thread of *This week*; False when it lies there already."""
    return lay_out(Known(db, check_in.partnership, now), check_in)


def lay_out(known: Known, check_in: CheckIn) -> bool:
    """As `put_agenda`."""
    key = checkins.post_key(check_in.turn, "agenda")
    if is_put(known, check_in, key):
        return False
    drawn = views.agenda(check_in, agenda_of(known, check_in))
    if not known.turns.posts(check_in.turn):
        known.laid_out(check_in.turn)
    return reply(known, check_in, ("agenda", key), drawn, check_in.turn.ends_at)


def put_reminder(known: Known, check_in: CheckIn, told: Reminder) -> bool:
    minutes = int(told.lead.total_seconds() // 60)
    sides = "both" if len(told.sides) > 1 else told.sides[0]
    start = to_text(check_in.turn.starts_at)
    key = checkins.post_key(check_in.turn, "reminder", start, f"{minutes}", sides)
    if is_put(known, check_in, key):
        return False
    drawn = views.reminder(check_in, agenda_of(known, check_in))
    is_new = reply(known, check_in, ("reminder", key), drawn, check_in.turn.starts_at)
    # The one that was put now says what is so now.
    if sum(kind == "reminder" for kind, _ in known.turns.posts(check_in.turn)) > 1:
        bring_up(known, check_in, ("reminder",))
    return is_new


def put_start(known: Known, check_in: CheckIn) -> bool:
    """Announce the start: at the top level of the channel, in a full week in its thread."""
    key = checkins.post_key(check_in.turn, "start", to_text(check_in.turn.starts_at))
    if is_put(known, check_in, key):
        return False
    drawn = views.start(check_in, agenda_of(known, check_in))
    thread = start_thread(known.db, check_in)
    is_new = _put(known, check_in, ("start", key), _message(check_in, drawn, thread))
    bring_up(known, check_in, ("reminder",))
    return is_new


def redraw(
    db: Database, check_in: CheckIn, now: datetime, kinds: Collection[str] = EVERY_KIND
) -> None:
    """Bring the posts of these kinds that tell of the turn to its newest state."""
    bring_up(Known(db, check_in.partnership, now), check_in, kinds)


def bring_up(known: Known, check_in: CheckIn, kinds: Collection[str] = EVERY_KIND) -> None:
    """As `redraw`."""
    db, partnership, now = known.db, check_in.partnership, known.now
    written_posts.redraw(db, check_in, now)
    every = known.turns.posts(check_in.turn)
    found = [(kind, key) for kind, key in every if kind in kinds]
    if not found:
        return
    outdated = checkin_reminded.outdated(db, check_in, every)
    built = agenda_of(known, check_in) if _BEFORE.intersection(k for k, _ in found) else Agenda()
    for kind, key in found:
        drawn = outdated.get(key) or _drawn(known, kind, check_in, built)
        payload = drawn.payload
        outbox.redraw(db, partnership.team_id, partnership.id, key, payload, now=now)


def is_put(known: Known, check_in: CheckIn, key: str) -> bool:
    return any(key == one for _, one in known.turns.posts(check_in.turn))


def reply(
    known: Known, check_in: CheckIn, named: tuple[str, str], drawn: Drawn, worth_until: datetime
) -> bool:
    """Tell both sides in the thread of *This week*; False when there is none, or it was told.

    Args:
        named: Kind and key of the post.
        worth_until: If it cannot leave by then, it is not told.
    """
    if known.thread is None:
        return False
    message = _message(check_in, drawn, known.thread, worth_until)
    return _put(known, check_in, named, message)


def _message(
    check_in: CheckIn, drawn: Drawn, thread: str | None, worth_until: datetime | None = None
) -> Message:
    return Message(
        kind="post",
        place=check_in.partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="agreed",
        thread_of=thread,
        worth_until=worth_until or check_in.turn.ends_at,
    )


def _put(known: Known, check_in: CheckIn, named: tuple[str, str], message: Message) -> bool:
    (kind, key), partnership = named, check_in.partnership
    stands = message.thread_of is None or (
        message.thread_of == known.thread and known.thread_stands
    )
    team_id, now = partnership.team_id, known.now
    is_new = outbox.put(known.db, team_id, partnership.id, key, message, now=now, stands=stands)
    if is_new:
        known.turns.put(check_in.turn, kind, key)
    return is_new


def _drawn(known: Known, kind: str, check_in: CheckIn, built: Agenda) -> Drawn:
    if kind == "agenda":
        return views.agenda(check_in, built)
    if kind == "reminder":
        return views.reminder(check_in, built)
    if kind == "start":
        return views.start(check_in, built)
    absent = {f"after-{side}": side for side in SIDES}.get(kind)
    return drawn_question(known, check_in, absent)
