"""What repeats in a partnership, as somebody may read it; how it is ended and taken up again."""

from dataclasses import dataclass, replace
from datetime import datetime

from data import Database, cadences, partnerships, people
from data import series as stored
from data.moments import to_text
from domain.cadences import Cadence
from domain.deliverables import Commitment
from domain.people import Side
from domain.rights import ACTS, Thing, standings_of
from domain.series import LOOKED_AT_BEFORE, UnknownSeries, due_at_turn
from services import boards
from services import cadences as cadence_verbs
from services.actors import Actor, Who, actor_in
from services.deliverable_lists import readable_here
from services.deliverable_undo import undo as withdraw
from services.deps import Deps
from services.replies import reply
from views import series as views
from views.blocks import Drawn
from views.deliverables import due_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Somebody with regard to something that recurs. ``last``: what was asked for last."""

    actor: Actor
    cadence: Cadence
    last: Commitment | None

    @property
    def side(self) -> Side:
        return self.actor.partnership.home_side if self.last is None else self.last.side


def list_here(deps: Deps, who: Who, now: datetime, *, is_public: bool = False) -> Drawn:
    """What repeats in the channel's partnership.

    Args:
        is_public: Others read it, too: sides are named, not owners.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = readable_here(deps, who)
    db = deps.store.reading()
    every = [
        _shown(db, Ending(actor=actor, cadence=one, last=stored.latest(db, one)), now, is_public)
        for one in cadences.of_partnership(db, actor.partnership, "series")
    ]
    return views.listing(actor.partnership, every)


def end(deps: Deps, who: Who, cadence_id: str, now: datetime) -> Drawn:
    """End it; what is asked for already stays.

    Raises:
        UnknownSeries, NotAllowed.
    """
    one = _allowed(deps, who, cadence_id)
    partnership = one.actor.partnership
    with deps.store.writing(partnership.id) as db:
        was_active = cadences.get(db, who.team_id, cadence_id) == one.cadence
        if one.cadence.state == "active" and was_active:
            cadence_verbs.end(db, one.cadence, by=one.actor.person.id, now=now)
            drawn = views.ended_line(partnership, one.cadence, one.side)
            reply(db, partnership, f"series-end/{cadence_id}/{to_text(now)}", drawn, now)
            boards.redraw_soon(db, partnership, now)
    return views.ended(one.cadence)


def resume(deps: Deps, who: Who, cadence_id: str, now: datetime) -> Drawn:
    """Take its end back, within a day.

    Raises:
        UnknownSeries, NotAllowed, EndedLongAgo.
    """
    one = _allowed(deps, who, cadence_id)
    partnership, by = one.actor.partnership, one.actor.person.id
    with deps.store.writing(partnership.id) as db:
        goes_on = cadence_verbs.resume(
            db, one.cadence, by=by, now=now, wake_before=LOOKED_AT_BEFORE
        )
        if goes_on:
            drawn = views.resumed_line(partnership, one.cadence, one.side)
            reply(db, partnership, f"series-on/{cadence_id}/{to_text(now)}", drawn, now)
    return views.resumed(one.cadence)


def take_back(deps: Deps, who: Who, cadence_id: str, now: datetime) -> Drawn:
    """It was a mistake: it ends, and what it has asked for is withdrawn, unless somebody acted.

    Raises:
        UnknownSeries, NotAllowed.
    """
    one = _allowed(deps, who, cadence_id)
    with deps.store.writing(one.actor.partnership.id) as db:
        cadence_verbs.end(db, one.cadence, by=one.actor.person.id, now=now)
    if one.last is None or not one.last.is_open:
        return views.undone(one.cadence)
    last = withdraw(deps, who, one.last.id, "created", now).commitment
    return views.undone(one.cadence, is_kept=last.is_open)


def _allowed(deps: Deps, who: Who, cadence_id: str) -> Ending:
    db = deps.store.reading()
    cadence = cadences.get(db, who.team_id, cadence_id)
    found = None if cadence is None else partnerships.get(db, who.team_id, cadence.partnership_id)
    if cadence is None or found is None or cadence.kind != "series":
        raise UnknownSeries
    one = Ending(
        actor=actor_in(deps.store, who, found), cadence=cadence, last=stored.latest(db, cadence)
    )
    one.actor.require("deliverable.withdraw", _thing(one))
    return one


def _thing(one: Ending) -> Thing:
    me = one.actor.person.id
    is_owner = one.last is not None and one.last.owner_id == me
    return Thing(side=one.side, is_owner=is_owner, is_author=one.cadence.created_by == me)


def _shown(db: Database, one: Ending, now: datetime, is_public: bool) -> views.Shown:
    last = one.last
    is_named = last is not None and last.owner_kind == "person" and not is_public
    owner = people.get(db, last.team_id, last.owner_id) if last is not None and is_named else None
    standings = standings_of(one.actor.standings, _thing(one))
    return views.Shown(
        cadence=one.cadence,
        side=one.side,
        owner=None if owner is None else owner.slack_id,
        next_due=_next_due(db, one, now),
        is_declined=last is not None and last.state == "declined",
        may_end=bool(ACTS["deliverable.withdraw"] & standings) and not is_public,
    )


def _next_due(db: Database, one: Ending, now: datetime) -> str | None:
    """The next that is open; else the next turn that will be asked for."""
    last, partnership = one.last, one.actor.partnership
    if last is None or last.state == "declined":
        return None
    if last.is_open and now < last.due_at:
        return due_words(partnership, last, now)
    hours = partnership.side(last.side).calendar
    for turn in cadences.open_turns(db, one.cadence):
        due_at = due_at_turn(one.cadence.plan, turn.original, hours, now)
        if due_at is not None:
            return due_words(partnership, replace(last, due_at=due_at), now)
    return None
