"""How often a stand-in is asked: by the same steps as the owner, on the stand-in's working days."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from data import Database, deliverables
from data import ladder as stored
from data.daily import Daily
from domain.deliverables import Commitment
from domain.ladder import AGAIN, Standing, Told, day_of, next_step
from services.daily_readers import Reader, Spot

# It counts as a reminder, and is none after which the lead of somebody away is told.
_STAND_IN: Final = "stand"


def standings(
    db: Database, spot: Spot, every: Sequence[Commitment], now: datetime
) -> dict[str, Standing]:
    """By the id of what somebody away owes, for the place of who stands in."""
    if not every:
        return {}
    told = stored.told(db, every[0].team_id, every, now)
    waits = stored.waiting(db, every[0].team_id, [one.id for one in every])
    calendar, rules = spot.member.calendar, spot.partnership.ladder
    found = {}
    for one in every:
        steps, is_waiting = told.get(one.id, ()), one.id in waits
        step = None if is_waiting else next_step(one, steps, calendar, rules, now)
        found[one.id] = Standing(
            commitment=one,
            calendar=calendar,
            ladder=rules,
            told=steps,
            step=step,
            is_waiting=is_waiting,
        )
    return found


def take(db: Database, who: Reader, daily: Daily, now: datetime) -> None:
    """Note the steps that are taken with a message that is put now."""
    items = [item for item in daily.items if item.kind == "stand_in"]
    every = deliverables.every(db, daily.team_id, [item.subject_id for item in items])
    for spot in _spots(who, every.values()):
        here = [one for one in every.values() if one.partnership_id == spot.partnership.id]
        for standing in standings(db, spot, here, now).values():
            if standing.is_due(now):
                stored.add_step(db, standing.commitment, _step(standing, now), daily.key)


def _spots(who: Reader, every: Iterable[Commitment]) -> list[Spot]:
    ids = sorted({one.partnership_id for one in every})
    return [who.spots[one] for one in ids if one in who.spots]


def _step(standing: Standing, now: datetime) -> Told:
    told_on = day_of(standing.calendar, now)
    name = "" if standing.step is None else standing.step.name
    if standing.commitment.state != "proposed" and not name.startswith(AGAIN):
        number = 1 + sum(step.step.startswith(_STAND_IN) for step in standing.told)
        name = f"{_STAND_IN}-{number}"
    return Told(step=name, told_on=told_on, told_at=now)
