"""Days off of a whole side, said by one of its leads at any hour."""

from datetime import date, datetime, timedelta

from data import Database, journal, partnerships
from domain import zones
from domain.away import DAYS_OFF_AT_ONCE, UnclearAbsence
from domain.people import Side, other_side
from domain.rights import Thing
from domain.values import value
from services import boards
from services.actors import Actor, Who, actor_here
from services.checkin_planning import look_again
from services.daily_wakes import follow_all
from services.deps import Deps
from services.events import is_said_anew
from services.setups import actor_of
from views import days_off as views
from views.blocks import Block, Drawn
from views.words.verbs import DayOff


@value
class Asked:
    """A question and the form that answers it."""

    drawn: Drawn
    form: Block


def off_by_words(
    deps: Deps, who: Who, said: DayOff, now: datetime, *, event_id: str | None = None
) -> Drawn:
    """Note the days at once, show them in *This week*, and say them back with *Undo*.

    Args:
        event_id: Of a mention, which Slack may tell again.

    Raises:
        NoPartnershipHere, NotAllowed; UnclearAbsence: What was typed says no days.
    """
    actor = actor_here(deps.store, who)
    side = _side_meant(actor, said)
    actor.require("side.day_off", Thing(side=side))
    days = _days(actor, side, said, now)
    with deps.store.writing(actor.partnership.id) as db:
        is_new = event_id is None or is_said_anew(db, who.team_id, event_id, now)
        label = views.label(said.label)
        added = [day for day in days if is_new and _add(db, actor, (side, day), label)]
        if added:
            _note(db, actor, side, ("day_off", len(added)), now)
            boards.redraw_soon(db, actor.partnership, now)
            look_again(db, actor.partnership, now)
            follow_all(db, actor.partnership, now)
    drawn = views.noted(actor.partnership, side, days, added)
    return views.for_one_side(actor.partnership, side, drawn) if said.side == "both" else drawn


def undo(deps: Deps, who: Who, value: str, now: datetime) -> Drawn:
    """Take back the days that a button names.

    Raises:
        NoPartnershipHere; NotAllowed: The person is no lead of that side.
    """
    named = views.read_undo(value)
    actor = actor_of(deps, who, named.partnership_id)
    actor.require("side.day_off", Thing(side=named.side))
    with deps.store.writing(named.partnership_id) as db:
        for day in named.days:
            partnerships.remove_day_off(db, actor.partnership, named.side, day)
        _note(db, actor, named.side, ("day_off_undone", len(named.days)), now)
        boards.redraw_soon(db, actor.partnership, now)
        look_again(db, actor.partnership, now)
        follow_all(db, actor.partnership, now)
    return views.undone(actor.partnership, named.side, named.days)


def asked_here(deps: Deps, who: Who, unclear: UnclearAbsence, now: datetime) -> Asked:
    """What is asked when no days were said.

    Raises:
        NoPartnershipHere; NotAllowed: The person is no lead.
    """
    actor = actor_here(deps.store, who)
    return Asked(drawn=views.asked(actor.partnership, unclear), form=_form(actor, now))


def form_of(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Block:
    """The form behind a button.

    Raises:
        NoPartnershipHere; NotAllowed: The person is no lead.
    """
    return _form(actor_of(deps, who, partnership_id), now)


def _form(actor: Actor, now: datetime) -> Block:
    side = actor.standings.side
    actor.require("side.day_off", Thing(side=side))
    assert side is not None  # whoever leads has a side
    zone = actor.partnership.side(side).calendar.zone
    return views.form(actor.partnership, side, zones.local(now, zone).date())


def _side_meant(actor: Actor, said: DayOff) -> Side:
    """The side that was named, else the own one; each side's lead speaks for that side alone."""
    own = actor.standings.side or actor.partnership.home_side
    if said.side in {"client", "vendor"}:
        return "client" if said.side == "client" else "vendor"
    return other_side(own) if said.side == "theirs" else own


def _days(actor: Actor, side: Side, said: DayOff, now: datetime) -> list[date]:
    if said.question is not None or said.from_on is None or said.until_on is None:
        raise UnclearAbsence(said.question or "until")
    # Today for whoever says it, or where the side works: the two may be a day apart.
    clocks = (actor.zone, actor.partnership.side(side).calendar.zone)
    if said.from_on < min(zones.local(now, clock).date() for clock in clocks):
        raise UnclearAbsence("past", "from")
    count = (said.until_on - said.from_on).days + 1
    if count < 1 or count > DAYS_OFF_AT_ONCE:
        raise UnclearAbsence("reversed" if count < 1 else "too_long")
    return [said.from_on + timedelta(days=n) for n in range(count)]


def _add(db: Database, actor: Actor, day: tuple[Side, date], label: str | None) -> bool:
    side, day_on = day
    return partnerships.add_day_off(db, actor.partnership, side, day_on, label)


def _note(db: Database, actor: Actor, side: Side, done: tuple[str, int], now: datetime) -> None:
    verb, count = done
    partnership = actor.partnership
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        verb,
        "partnership",
        partnership.id,
        by=actor.person.id,
        side=side,
        now=now,
        details={"days": count},
    )
