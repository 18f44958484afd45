"""Ending a notice that sponsors are to be told: by a word of its owner, or by whoever may."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, deliverables, journal, ladder, people, wakes
from data import sponsors as stored
from domain.deliverables import Commitment
from domain.partnerships import Partnership, leads
from domain.people import Side
from domain.sponsors import Notice, State
from services import deliverable_posts as posts
from services.daily_wakes import touch

KIND = "sponsors"


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Whose act it was; None: time did it."""

    person_id: str | None = None
    side: Side | None = None


TIME = By()


def answered(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> None:
    """Its owner has said something of it: no sponsor is told."""
    stop(db, partnership, one, ("answered", By(person_id=one.owner_id, side=one.side)), now)


def stop(
    db: Database, partnership: Partnership, one: Commitment, how: tuple[State, By], now: datetime
) -> None:
    """End the notice that runs about something, if there is one.

    Args:
        how: Its new state, and whose act that was.
    """
    notice = stored.newest(db, one)
    if notice is not None and notice.state == "runs":
        close(db, partnership, one, (notice, *how), now)


def follow(db: Database, partnership: Partnership, now: datetime) -> None:
    """Both sides want sponsors to be told, or one no more: what runs ends, and buttons follow."""
    team_id = partnership.team_id
    for one in deliverables.every(db, team_id, ladder.brought(db, partnership)).values():
        if not partnership.tells_sponsors:
            stop(db, partnership, one, ("ended", TIME), now)
        show(db, partnership, one, now)


def close(
    db: Database,
    partnership: Partnership,
    one: Commitment,
    ending: tuple[Notice, State, By],
    now: datetime,
) -> None:
    """Note what became of a notice, and show it to everybody whom it concerns.

    Args:
        ending: The notice, its new state, and whose act that was.
    """
    notice, state, by = ending
    stored.set_state(db, notice, state, now)
    wakes.clear_wake(db, notice.team_id, KIND, notice.commitment_id)
    note(db, one, f"deliverable_sponsors_{state}", by, now)
    show(db, partnership, one, now)


def show(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> None:
    """Bring the line in the thread, and the messages of its owner and of leads, up to date."""
    for lead in leads(people.active_members(db, partnership)):
        touch(db, one.team_id, lead.person.id, now)
    posts.redraw(db, partnership, one, now)


def note(db: Database, one: Commitment, verb: str, by: By, now: datetime) -> None:
    journal.record(
        db,
        one.team_id,
        one.partnership_id,
        verb,
        "commitment",
        one.id,
        by=by.person_id,
        side=by.side,
        now=now,
    )
