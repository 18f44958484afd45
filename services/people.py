"""Who is on which side: seen by everybody, said by the leads of each side for their own."""

from datetime import datetime
from typing import Final

from data import Database, journal, people
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import LISTED_ROLES, Member, Role, Side
from domain.rights import Thing
from domain.roster import ROLE_OF, CannotBeListed, Picked, unfit
from services import advisors, sponsor_notices, succession_wakes
from services.actors import Actor, Who, actor_here
from services.daily_wakes import follow
from services.deps import Deps
from services.setups import actor_of
from views.people import Shown, is_proposed

# People a transaction: forty take 60 ms, and nobody who presses waits for more than 50.
BATCH: Final = 10


def people_here(deps: Deps, who: Who) -> Shown:
    """The people of the channel's partnership.

    Raises:
        NoPartnershipHere: There is none, or only its installer knows of it so far.
    """
    return _shown(deps.store.reading(), _known(actor_here(deps.store, who), who))


def people_of(deps: Deps, who: Who, partnership_id: str) -> Shown:
    """The people of the partnership that a button names.

    Raises:
        NoPartnershipHere.
    """
    return _shown(deps.store.reading(), _known(actor_of(deps, who, partnership_id), who))


def own_side(deps: Deps, who: Who, partnership_id: str) -> tuple[Shown, Side]:
    """What the form of a lead is filled in with.

    Raises:
        NotAllowed: The person is no lead.
    """
    actor = actor_of(deps, who, partnership_id)
    side = _led_side(actor)
    return _shown(deps.store.reading(), actor), side


def confirm_all(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Shown:
    """Everybody proposed for the lead's own side is confirmed; a second press changes nothing.

    Raises:
        NotAllowed: The person is no lead.
    """
    actor = actor_of(deps, who, partnership_id)
    side = _led_side(actor)
    with deps.store.writing(partnership_id) as db:
        waiting = [
            one
            for one in people.all_members(db, actor.partnership)
            if one.side == side and is_proposed(one)
        ]
        for one in waiting:
            standing = (side, one.role, True)
            people.place(db, actor.partnership, one.person.id, standing=standing, now=now)
        if waiting:
            _note(db, actor, side, {"confirmed": len(waiting)}, now)
        return _shown(db, actor)


def pick(deps: Deps, who: Who, partnership_id: str, picked: Picked, now: datetime) -> Shown:
    """A lead says who leads the own side, who is a member and who a sponsor; the rest reads along.

    Raises:
        NotAllowed: The person is no lead.
        CannotBeListed: Somebody picked is not here, no person, or not of that side.
    """
    actor = actor_of(deps, who, partnership_id)
    side, reading = _led_side(actor), deps.store.reading()
    here = {one.person.slack_id: one for one in people.all_members(reading, actor.partnership)}
    chosen = _fitting(reading, (actor.partnership, side), picked, here)
    changes = _changes(side, picked, here)
    # New leads first: if it ends half-way, the side has one who can send the form again.
    ordered = sorted(changes.items(), key=lambda change: change[1] != "lead")
    for start in range(0, len(ordered), BATCH):
        with deps.store.writing(partnership_id) as db:
            for person_id, role in ordered[start : start + BATCH]:
                _place(db, actor, person_id, (side, role, role in LISTED_ROLES), now)
    if changes:
        with deps.store.writing(partnership_id) as db:
            _note(db, actor, side, {"leads": len(picked.leads), "listed": len(chosen)}, now)
            succession_wakes.soon(db, actor.partnership, now)
            if actor.partnership.tells_sponsors:
                # What late things offer depends on whether a sponsor is named.
                sponsor_notices.follow(db, actor.partnership, now)
    return _shown(deps.store.reading(), actor)


def _place(
    db: Database, actor: Actor, person_id: str, standing: tuple[Side, Role, bool], now: datetime
) -> None:
    people.place(db, actor.partnership, person_id, standing=standing, now=now)
    # What only leads may read leaves the message of who is none any more.
    follow(db, actor.team_id, person_id, now)


def _fitting(
    db: Database, where: tuple[Partnership, Side], picked: Picked, here: dict[str, Member]
) -> list[Member]:
    partnership, side = where
    found: list[Member] = []
    for slack_id, field in picked.every.items():
        one = here.get(slack_id)
        reason = unfit(partnership, side, one)
        if one is None or reason is not None:
            raise CannotBeListed(_name(db, partnership, slack_id), reason or "absent", field)
        found.append(one)
    return found


def _name(db: Database, partnership: Partnership, slack_id: str) -> str:
    known = people.by_slack_id(db, partnership.team_id, slack_id)
    return "" if known is None else known.name


def _changes(side: Side, picked: Picked, here: dict[str, Member]) -> dict[str, Role]:
    """New roles by our id, of those for whom something changes."""
    changes: dict[str, Role] = {}
    for slack_id, one in here.items():
        field = picked.every.get(slack_id)
        if field is None and (one.side != side or one.role not in LISTED_ROLES):
            continue
        role = ROLE_OF[field]
        if (one.side, one.role, one.confirmed) != (side, role, True):
            changes[one.person.id] = role
    return changes


def _led_side(actor: Actor) -> Side:
    side = actor.standings.side
    actor.require("side.people", Thing(side=side))
    assert side is not None  # whoever leads has a side
    return side


def _known(actor: Actor, who: Who) -> Actor:
    if actor.partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    return actor


def _shown(db: Database, actor: Actor) -> Shown:
    standings = actor.standings
    return Shown(
        partnership=actor.partnership,
        members=tuple(people.all_members(db, actor.partnership)),
        lead_of=standings.side if standings.lead else None,
        proposers=advisors.proposers(db, actor.partnership),
    )


def _note(db: Database, actor: Actor, side: Side, counts: dict[str, int], now: datetime) -> None:
    journal.record(
        db,
        actor.team_id,
        actor.partnership.id,
        "people_listed",
        "partnership",
        actor.partnership.id,
        by=actor.person.id,
        side=side,
        now=now,
        details=counts,
    )
