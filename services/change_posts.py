"""The posts that tell of changes of settings: put once, kept true, and who is called to decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, changes, outbox, partnerships, people, wakes
from data.wakes import Wake
from domain.calendars import is_working, next_working
from domain.changes import Change
from domain.partnerships import Partnership, leads
from domain.people import Member, other_side
from services import summary_wakes
from services.deps import Deps
from services.replies import reply
from views import changes as views
from views.blocks import Drawn

KIND: Final = "change"
_LOOK_AGAIN: Final = timedelta(days=1)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Call who decides once they are at work; take *Undo* away when its day is over."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        change = changes.get(db, wake.team_id, wake.subject_id)
        found = change and partnerships.get(db, wake.team_id, change.partnership_id)
        if change is None or not found:
            return
        if change.state == "proposed":
            _ask(db, found, change, now)
        elif change.post_key is not None and not change.may_be_undone(now):
            payload = views.resting(found, change).payload
            outbox.redraw(db, found.team_id, found.id, change.post_key, payload, now=now)


def put_made(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    """Store a change that holds already, and tell both sides in the thread."""
    stored = _put(db, partnership, change, views.told(partnership, change), now)
    _wake_when_over(db, stored)


def put_proposed(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    """Store a proposal, and ask the leads who decide: at once, or when the first is at work."""
    deciding = _deciding(db, partnership, change, now)
    at_work = _at_work(deciding, now)
    _put(db, partnership, change, views.asked(partnership, change, at_work), now)
    if not at_work:
        _ask_later(db, change, deciding, now)


def settle(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    """Store what became of a change, show it where it stands, and say it in the thread."""
    close(db, partnership, change, now)
    _wake_when_over(db, change)
    key = f"{_key(change)}/{change.state}"
    reply(db, partnership, key, views.settled(partnership, change), now)


def close(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    """Store what became of a change, and show it where it stands."""
    changes.save(db, change)
    wakes.clear_wake(db, change.team_id, KIND, change.id)
    summary_wakes.touch(db, partnership, now)
    _redraw(db, partnership, change, now)


def _put(
    db: Database, partnership: Partnership, change: Change, drawn: Drawn, now: datetime
) -> Change:
    key = _key(change)
    is_told = reply(db, partnership, key, drawn, now)
    stored = replace(change, post_key=key if is_told else None)
    changes.insert(db, stored)
    return stored


def _redraw(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    """Bring the post of a change to how it stands; where leads were called nothing is pressed."""
    if change.post_key is None:
        return
    team_id, payload = partnership.team_id, views.told(partnership, change).payload
    outbox.redraw(db, team_id, partnership.id, change.post_key, payload, now=now)
    rest = views.resting(partnership, change).payload
    outbox.redraw(db, team_id, partnership.id, _asked_key(change), rest, now=now)


def _wake_when_over(db: Database, change: Change) -> None:
    over_at = change.undo_until
    if change.post_key is not None and over_at is not None:
        wakes.set_wake(db, change.team_id, KIND, change.id, change.partnership_id, over_at)


def _ask(db: Database, partnership: Partnership, change: Change, now: datetime) -> None:
    deciding = _deciding(db, partnership, change, now)
    at_work = _at_work(deciding, now)
    if at_work and not partnership.is_paused(now):
        drawn = views.asked(partnership, change, at_work)
        reply(db, partnership, _asked_key(change), drawn, now)
    else:
        _ask_later(db, change, deciding, now)


def _ask_later(db: Database, change: Change, deciding: Sequence[Member], now: datetime) -> None:
    """When the first of those who decide is at work; where that is now, or never, in a day."""
    starts = [next_working(one.calendar, now) for one in deciding]
    later = [at for at in starts if at is not None and at > now]
    at = min(later, default=now + _LOOK_AGAIN)
    wakes.set_wake(db, change.team_id, KIND, change.id, change.partnership_id, at)


def _deciding(
    db: Database, partnership: Partnership, change: Change, now: datetime
) -> list[Member]:
    """The leads who agree or not, without those who asked not to be written to."""
    members = people.active_members(db, partnership)
    found = leads(members, other_side(change.side))
    return [one for one in found if not one.person.is_quiet(now)]


def _at_work(members: Sequence[Member], now: datetime) -> list[str]:
    """Slack ids of those who work now."""
    return [one.person.slack_id for one in members if is_working(one.calendar, now)]


def _key(change: Change) -> str:
    return f"change/{change.partnership_id}/{change.id}"


def _asked_key(change: Change) -> str:
    """Of the line that calls who decides, where nobody of them was at work before."""
    return f"{_key(change)}/asked"
