"""The history of one deliverable as its reader may know it, and what happened behind a form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data import Database, deliverable_dates, deliverable_reasons, deliverables, journal
from data.journal import Entry
from domain.deliverables import DateChange, may_read
from services.actors import Who
from services.deliverable_acting import Acting, acting
from services.deps import Deps
from views import deliverable_history as views
from views.blocks import Block
from views.deliverable_history import WORDS, Event
from views.form_again import carrying, drawn_again


def history(deps: Deps, who: Who, commitment_id: str) -> Block:
    """All that happened to a deliverable.

    Raises:
        UnknownDeliverable, NotAllowed, NotListed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.history")
    found = events(deps.store.reading(), one)
    return views.history(one.partnership, one.commitment, found, one.actor.zone)


def drawn_now(deps: Deps, who: Who, commitment_id: str, view: Mapping[str, Any]) -> Block:
    """A form about a deliverable that remembers how the deliverable stood when it was drawn."""
    return carrying(view, seen=str(len(_told(deps.store.reading(), who.team_id, commitment_id))))


def changed_meanwhile(
    deps: Deps, who: Who, carried: Mapping[str, str], view: Mapping[str, Any]
) -> Block | None:
    """The form once more, with what was typed and what happened since it was drawn.

    Args:
        view: As it was sent.

    Returns:
        None when nothing happened.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    seen = carried.get("seen", "")
    if not seen.isdecimal():
        return None
    one = acting(deps, who, carried["id"])
    since = events(deps.store.reading(), one)[int(seen) :]
    if not since:
        return None
    notice = views.meanwhile(one.partnership, since, one.actor.zone)
    return drawn_now(deps, who, carried["id"], drawn_again(view, notice))


def events(db: Database, one: Acting) -> list[Event]:
    """Oldest first."""
    commitment = one.commitment
    dates = {each.changed_at: each for each in deliverable_dates.history(db, commitment)}
    reasons = deliverable_reasons.every(db, commitment.team_id, commitment.id)
    return [
        Event(
            at=entry.at,
            verb=entry.verb,
            side=entry.side,
            reason=reasons.get(entry.at) or _reason(entry, dates),
            change=dates.get(entry.at) if entry.verb in _OF_DATES else None,
            about=_about(db, one, entry),
        )
        for entry in _told(db, commitment.team_id, commitment.id)
    ]


_OF_DATES = frozenset(
    {
        "deliverable_created",
        "deliverable_changed",
        "deliverable_moved",
        "deliverable_sent_back",
        "deliverable_date_shifted",
    }
)


def _told(db: Database, team_id: str, commitment_id: str) -> list[Entry]:
    every = journal.entries(db, team_id, "commitment", commitment_id)
    return [entry for entry in every if entry.verb in WORDS]


def _reason(entry: Entry, dates: Mapping[datetime, DateChange]) -> str | None:
    change = dates.get(entry.at)
    return None if change is None or entry.verb not in _OF_DATES else change.reason


def _about(db: Database, one: Acting, entry: Entry) -> str | None:
    """The title of the other deliverable that an entry names, if the reader may know of it."""
    named = entry.details.get("input")
    found = deliverables.get(db, one.commitment.team_id, named) if named else None
    readable = found is not None and may_read(found, one.actor.person.id, one.actor.member)
    return found.title if found is not None and readable else None
