"""Which check-ins and turns are meant by words, buttons and forms, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from data import Database, cadences, partnerships
from data.moments import to_text
from domain import zones
from domain.cadences import Cadence, UnknownCadence, working_day_of_both
from domain.checkin_moves import Ahead, Change, NoSuchCheckIn, What, turns_ahead
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.proposals import MoveKind
from services import turn_moves
from services.actors import Actor, Who, actor_in
from services.checkins import actor_seen, side_of
from services.deps import Deps

_KEPT_AS: Final[Mapping[What, MoveKind]] = {
    "move": "move",
    "move_all": "move",
    "skip": "skip",
    "end_from": "cancel",
    "end": "cancel",
}
_JUST_AFTER: Final = timedelta(seconds=1)
# A form does not stand open longer than this.
_LOOKED_AHEAD: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Which check-in somebody means. ``words`` empty: any; without days the next turn of each."""

    words: str
    from_on: date | None = None
    until_on: date | None = None


_ANY: Final = Meant(words="")


def meant_here(deps: Deps, who: Who, meant: Meant, now: datetime) -> tuple[Actor, list[Ahead]]:
    """The turns to come that are meant, soonest first.

    Raises:
        NoPartnershipHere; NoSuchCheckIn: None is.
    """
    actor = actor_seen(deps, who)
    db = deps.store.reading()
    found = [
        ahead
        for cadence in cadences.of_partnership(db, actor.partnership, "checkin")
        if meant.words.casefold() in cadence.title.casefold()
        for ahead in _turns(db, actor.partnership, cadence, meant, now)
    ]
    if not found:
        raise NoSuchCheckIn(meant.words)
    return actor, sorted(found, key=lambda ahead: ahead.starts_at)


def planned_here(deps: Deps, who: Who, now: datetime) -> list[Ahead]:
    """The turns to come in the channel, soonest first; none where nothing is planned."""
    try:
        return meant_here(deps, who, _ANY, now)[1]
    except NoSuchCheckIn:
        return []


def ahead_of(deps: Deps, who: Who, cadence_id: str, original: datetime) -> tuple[Actor, Ahead]:
    """The turn that a button or form names, with the actor.

    Raises:
        UnknownCadence: Its cadence is gone.
    """
    actor, cadence = actor_of_cadence(deps, who, cadence_id)
    db = deps.store.reading()
    row = cadences.by_original(db, cadence, original)
    starts_at = row.starts_at if row is not None else zones.to_utc(original, cadence.plan.zone)
    earlier = any(turn.original < original for turn in cadences.open_turns(db, cadence))
    found = Ahead(cadence=cadence, original=original, starts_at=starts_at, is_next=not earlier)
    return actor, found


def current_ahead(deps: Deps, who: Who, change: Change, now: datetime) -> Ahead:
    """The turn of a change as it is now; the next one where it is not planned any more.

    Raises:
        UnknownCadence: No turn is to come.
    """
    actor, cadence = actor_of_cadence(deps, who, change.cadence_id)
    db = deps.store.reading()
    every = _coming(db, actor.partnership, cadence, now + _LOOKED_AHEAD, now)
    if not every:
        raise UnknownCadence
    return next((one for one in every if one.original == change.original), every[0])


def following_at(deps: Deps, actor: Actor, ahead: Ahead, now: datetime) -> datetime | None:
    """When the turn after one of them starts; None: it is the last."""
    until = max(ahead.starts_at, now) + _JUST_AFTER
    every = _coming(deps.store.reading(), actor.partnership, ahead.cadence, until, now)
    return min((one.starts_at for one in every if one.original > ahead.original), default=None)


def seen(ahead: Ahead) -> str:
    """What a form shows of a turn, to tell later whether it still is so."""
    return f"{ahead.cadence.version}/{to_text(ahead.starts_at)}"


def _coming(
    db: Database, partnership: Partnership, cadence: Cadence, until: datetime, now: datetime
) -> list[Ahead]:
    rows = cadences.open_turns(db, cadence)
    return turns_ahead(cadence, rows, until, now, working_day_of_both(partnership))


def actor_of_cadence(deps: Deps, who: Who, cadence_id: str) -> tuple[Actor, Cadence]:
    """The actor with regard to the check-in that a button names.

    Raises:
        UnknownCadence: It is gone.
    """
    db = deps.store.reading()
    cadence = cadences.get(db, who.team_id, cadence_id)
    if cadence is None or cadence.kind != "checkin":
        raise UnknownCadence
    found = partnerships.get(db, who.team_id, cadence.partnership_id)
    if found is None:
        raise UnknownCadence
    return actor_in(deps.store, who, found), cadence


def _turns(
    db: Database, partnership: Partnership, cadence: Cadence, meant: Meant, now: datetime
) -> list[Ahead]:
    if meant.from_on is None or meant.until_on is None:
        return _coming(db, partnership, cadence, now, now)[:1]
    midnight = datetime.combine(meant.until_on, datetime.min.time()) + timedelta(days=1)
    until = zones.to_utc(midnight, cadence.plan.zone)
    every = _coming(db, partnership, cadence, until, now)
    return [ahead for ahead in every if ahead.is_within(meant.from_on, meant.until_on)]


def keep(db: Database, actor: Actor, check_in: CheckIn, change: Change, now: datetime) -> None:
    """Note what became of a turn; ``check_in`` is as it was before."""
    turn_moves.note(
        db,
        actor.partnership,
        check_in.turn,
        _KEPT_AS[change.what],
        side=side_of(actor),
        by=actor.person.id,
        now=now,
        to_at=change.to_at,
        reason_kept=bool(change.reason),
    )
