"""The steps that time takes about what is owed: which one is next, and noting that it was taken."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from data import Database, deliverables, journal, people
from data import ladder as stored
from data.daily import Daily
from data.ladder import NEVER, Raised
from domain.calendars import Calendar
from domain.daily import today_until
from domain.deliverables import Commitment
from domain.ladder import Standing, Told, next_step, tells_lead
from domain.ladders import Ladder
from domain.partnerships import Partnership, leads
from services.daily_readers import Reader, Spot
from services.daily_wakes import touch


def candidates(db: Database, who: Reader, now: datetime) -> list[Commitment]:
    """What of all that the reader owes may have something to say now, the longest due first."""
    until = (today_until(calendar, now) for calendar in who.calendars)
    latest = max(until, default=now)
    return deliverables.with_a_word(db, who.team_id, who.person.id, latest, now)


def standings(
    db: Database, spots: Mapping[str, Spot], every: Sequence[Commitment], now: datetime
) -> dict[str, Standing]:
    """By the id of what somebody owes, wherever they take part.

    Args:
        spots: The places of who owes it, by partnership.
    """
    listed = [one for one in every if one.partnership_id in spots]
    told = stored.told(db, listed[0].team_id, listed, now) if listed else {}
    waits = stored.waiting(db, listed[0].team_id, [one.id for one in listed]) if listed else ()
    found = {}
    for one in listed:
        spot = spots[one.partnership_id]
        where = (spot.member.calendar, spot.partnership.ladder)
        standing = _standing(one, told.get(one.id, ()), where, now)
        found[one.id] = _waiting(standing) if one.id in waits else standing
    return found


def standing_of(
    db: Database, partnership: Partnership, one: Commitment, now: datetime
) -> Standing | None:
    """How far the steps about one thing are; None while its owner takes no part."""
    owner = people.member(db, partnership, one.owner_id)
    if owner is None or not owner.takes_part or owner.person.is_quiet(now):
        return None
    told = stored.told(db, one.team_id, [one], now).get(one.id, ())
    standing = _standing(one, told, (owner.calendar, partnership.ladder), now)
    return _waiting(standing) if stored.waiting(db, one.team_id, [one.id]) else standing


def look(db: Database, who: Reader, now: datetime) -> dict[str, Standing]:
    """All that the reader owes and that may have something to say now; read once in a planning."""
    if who.standings is None:
        asked_about = who.signs.get("looks_done", ())
        every = {one.id: one for one in candidates(db, who, now)}
        others = set(asked_about) - every.keys()
        every |= deliverables.every(db, who.team_id, others) if others else {}
        return who.remember(standings(db, who.spots, list(every.values()), now))
    return who.standings


def take(db: Database, who: Reader, daily: Daily, now: datetime) -> None:
    """Note the steps that are taken with a message that is put or redrawn now."""
    found = look(db, who, now)
    for one_id in [item.subject_id for item in daily.items if item.kind == "owed"]:
        before = found.get(one_id)
        if before is None or not before.is_due(now):
            continue
        one, after = before.commitment, before.after_now(now)
        found[one_id] = after
        stored.add_step(db, one, after.told[-1], daily.key)
        if tells_lead(after.told[-1].step, after.ladder):
            _tell_lead(db, who.spots[one.partnership_id].partnership, one, now)


def reckon(db: Database, who: Reader, now: datetime) -> datetime | None:
    """Store when each thing that may have something to say has, and return the earliest of all.

    Returns:
        Past: something waits that could not be said now. None: nothing is planned.
    """
    moments = {}
    for one_id, found in look(db, who, now).items():
        if found.is_waiting or one_id in who.signs.get("looks_done", ()):
            # Looked at in each shift: nothing tells when the waiting ends, or the question.
            continue
        at = NEVER if found.step is None else found.step.at
        if at != found.commitment.next_at:
            moments[one_id] = at
    stored.set_next(db, who.team_id, moments)
    return stored.earliest(db, who.team_id, who.person.id)


def _standing(
    one: Commitment, told: tuple[Told, ...], where: tuple[Calendar, Ladder], now: datetime
) -> Standing:
    calendar, ladder = where
    step = next_step(one, told, calendar, ladder, now)
    return Standing(commitment=one, calendar=calendar, ladder=ladder, told=told, step=step)


def _waiting(standing: Standing) -> Standing:
    return replace(standing, step=None, is_waiting=True)


def _tell_lead(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> None:
    """The owner's own leads read it in their next message; of an only lead nobody does."""
    others = [
        lead
        for lead in leads(people.active_members(db, partnership), one.side)
        if lead.person.id != one.owner_id
    ]
    raised = Raised(
        commitment_id=one.id,
        partnership_id=partnership.id,
        due_at=one.due_at,
        rung="own_lead",
        raised_by=None,
        side=None,
        raised_at=now,
        tell_at=now,
    )
    if not others:
        return
    is_new = stored.raise_it(db, one, raised)
    # Also where the reminder before it never left: they have not read it yet.
    for lead in others:
        touch(db, one.team_id, lead.person.id, now)
    if not is_new:
        return
    journal.record(
        db,
        one.team_id,
        partnership.id,
        "deliverable_lead_told",
        "commitment",
        one.id,
        by=None,
        side=None,
        now=now,
    )
