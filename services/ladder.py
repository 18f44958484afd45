"""The steps that time takes about what is owed: which one is next, and noting that it was taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data import Database, deliverables, journal, people
from data import ladder as stored
from data.daily import Daily
from data.ladder import NEVER, Raised
from domain.calendars import Calendar
from domain.daily import today_until
from domain.deliverables import Commitment
from domain.ladder import Step, Told, day_of, next_step, tells_lead, word_at
from domain.ladders import Ladder
from domain.partnerships import Partnership, leads
from services.daily_readers import Reader, Spot
from services.daily_wakes import touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the steps about something are.

    Attributes:
        told: Those of its present date, oldest first.
        step: The next; None: nothing more is said by time alone, or nothing while it waits.
    """

    commitment: Commitment
    calendar: Calendar
    ladder: Ladder
    told: tuple[Told, ...]
    step: Step | None
    is_waiting: bool = False

    def is_due(self, now: datetime) -> bool:
        return self.step is not None and self.step.at <= now

    def after_now(self, now: datetime) -> "Standing":
        """The same once the step that is due now is taken."""
        if self.step is None or not self.is_due(now):
            return self
        taken = Told(step=self.step.name, told_on=day_of(self.calendar, now), told_at=now)
        told = (*self.told, taken)
        step = next_step(self.commitment, told, self.calendar, self.ladder, now)
        return replace(self, told=told, step=step)

    def word_at(self, now: datetime) -> datetime | None:
        """When the owner next hears of it; None: no more."""
        return word_at(self.step, self.calendar, now)


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


def take(
    db: Database, who: Reader, daily: Daily, every: Iterable[Commitment], now: datetime
) -> None:
    """Note the steps that are taken with a message that is put or redrawn now."""
    owed = {item.subject_id for item in daily.items if item.kind == "owed"}
    own = [one for one in every if one.id in owed and one.owner_id == who.person.id]
    for found in standings(db, who.spots, own, now).values():
        after = found.after_now(now)
        if after is found:
            continue
        one, taken = found.commitment, after.told[-1]
        stored.add_step(db, one, taken, daily.key)
        if tells_lead(taken.step, found.ladder):
            _tell_lead(db, who.spots[one.partnership_id].partnership, one, now)


def reckon(db: Database, who: Reader, now: datetime) -> datetime | None:
    """Store when each thing that may have something to say has, and return the earliest of all.

    Returns:
        Past: something waits that could not be said now. None: nothing is planned.
    """
    every = candidates(db, who, now)
    moments = {}
    for one_id, found in standings(db, who.spots, every, now).items():
        if found.is_waiting:
            # Looked at in each shift: nothing tells when the waiting ends.
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
    if not others or not stored.raise_it(db, one, raised):
        return
    for lead in others:
        touch(db, one.team_id, lead.person.id, now)
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
