"""What a shared channel shows of a rest: the line in the thread, and the live posts."""

from dataclasses import replace
from datetime import datetime

from data import Database, channels, outbox, partnerships, weeks
from data.ids import new_id
from domain.outgoing import Message
from domain.partnerships import Partnership, Pause
from domain.people import Side
from domain.visibility import shared_channel, withheld
from services import boards
from services.actors import Actor
from services.board_planning import board_of
from views import pause as views
from views.blocks import Drawn
from views.hub import hub
from views.week import this_week


def tell_rest(db: Database, partnership: Partnership, pause: Pause, by: Actor) -> None:
    """The last line before the rest, in the thread; where nothing may be said now, none."""
    now, thread = pause.from_at, boards.week_key(db, partnership)
    teams = channels.organisations(db, partnership.team_id, partnership.channel)
    may_say = withheld(partnership, "agreed", shared_channel(partnership, teams), now) is None
    if thread is None or not may_say:
        return
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.told_of_rest(partnership, by.standings.side, pause.until_at).payload,
        audience="both",
        needs="nothing",
        thread_of=thread,
        urgent=True,
    )
    key = _line_key(partnership, pause)
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def show_rest(db: Database, before: Partnership, now: datetime) -> None:
    """Have the live posts say that it rests; from now on nothing else of theirs leaves."""
    current = partnerships.get(db, before.team_id, before.id)
    assert current is not None  # partnerships are never deleted
    teams = channels.organisations(db, current.team_id, current.channel)
    awake, place = replace(current, pause=None), shared_channel(current, teams)
    if withheld(awake, "proposed", place, now) is not None:
        return
    board = board_of(db, current, now)
    _update(db, current, boards.hub_key(current), hub(current, board), now)
    week = weeks.newest(db, current)
    if week is not None:
        _update(db, current, week.key, this_week(current, week.week_on, board), now)


def ask_to_go_on(db: Database, partnership: Partnership, side: Side, now: datetime) -> bool:
    """A side's wish that the other side ends its rest, in the thread; False: nothing can be said.

    Said once a rest and side.
    """
    pause, thread = partnership.pause, boards.week_key(db, partnership)
    teams = channels.organisations(db, partnership.team_id, partnership.channel)
    awake, place = replace(partnership, pause=None), shared_channel(partnership, teams)
    if pause is None or thread is None or withheld(awake, "agreed", place, now) is not None:
        return False
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.wish_to_go_on(partnership, side).payload,
        audience="both",
        needs="nothing",
        thread_of=thread,
        urgent=True,
    )
    key = f"go-on/{_line_key(partnership, pause)}/{side}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
    return True


def close_line(db: Database, rested: Partnership, now: datetime) -> None:
    """The line about the rest loses its button."""
    if rested.pause is None:
        return
    key = _line_key(rested, rested.pause)
    if outbox.by_key(db, rested.team_id, key) is not None:
        _update(db, rested, key, views.rest_is_over(rested, now), now)


def _update(
    db: Database, partnership: Partnership, target: str, drawn: Drawn, now: datetime
) -> None:
    message = Message(
        kind="update",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="nothing",
        target=target,
        urgent=True,
    )
    key = f"update/{target}/{new_id()}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def _line_key(partnership: Partnership, pause: Pause) -> str:
    return f"paused/{partnership.id}/{int(pause.from_at.timestamp())}"
