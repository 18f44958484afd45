"""Who is on duty for a side: said by its leads, and what is given to the side goes to them."""

from datetime import date, datetime, time, timedelta
from typing import Final

from data import Database, duties, journal, people
from data.ids import new_id
from domain import zones
from domain.duties import Duty, UnclearDuty, checked, holding
from domain.names import named
from domain.partnerships import NoPartnershipHere
from domain.people import Member, Side
from domain.rights import Thing
from domain.values import value
from services import succession_wakes
from services.actors import Actor, Who, actor_here
from services.deps import Deps
from services.events import is_said_anew
from services.setups import actor_of
from services.stand_ins import oldest_lead, on_duty
from views import duties as views
from views.blocks import Block, Drawn
from views.words.verbs import Owner

_DAY: Final = timedelta(days=1)


@value
class Said:
    """Who is to be on duty, both days included.

    Attributes:
        owner: None: nobody is from now on.
        from_on: None: from now on.
        until_on: None: until somebody else is.
        is_unclear: Days were named that cannot be.
    """

    owner: Owner | None
    from_on: date | None = None
    until_on: date | None = None
    is_unclear: bool = False


def set_here(
    deps: Deps, who: Who, said: Said, now: datetime, *, event_id: str | None = None
) -> Drawn:
    """A lead says in the channel who is on duty for the own side.

    Args:
        event_id: Of a mention, which Slack may tell again.

    Raises:
        NoPartnershipHere, NotAllowed, UnclearDuty.
    """
    return _set(deps, actor_here(deps.store, who), said, now, event_id)


def set_by_form(deps: Deps, who: Who, partnership_id: str, said: Said, now: datetime) -> Drawn:
    """As `set_here`, for the partnership that a form carries."""
    return _set(deps, actor_of(deps, who, partnership_id), said, now, None)


def form_here(deps: Deps, who: Who, now: datetime) -> Block:
    """The form for the partnership of the channel.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    return _form(deps, actor_here(deps.store, who), now)


def form_of(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Block:
    """The form for the partnership that a button names.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    return _form(deps, actor_of(deps, who, partnership_id), now)


def undo(deps: Deps, who: Who, duty_id: str, now: datetime) -> Drawn:
    """Take back who is on duty; who was before is again. A second press changes nothing.

    Raises:
        NotAllowed.
    """
    known = duties.get(deps.store.reading(), who.team_id, duty_id)
    if known is None:
        return views.nothing_to_undo()
    partnership_id, one = known
    actor = actor_of(deps, who, partnership_id)
    actor.require("side.duty", Thing(side=one.side))
    with deps.store.writing(partnership_id) as db:
        if not duties.remove(db, actor.partnership, duty_id):
            return views.nothing_to_undo()
        _note(db, actor, one.side, "duty_undone", duty_id, now)
        succession_wakes.soon(db, actor.partnership, now)
        present = on_duty(db, actor.partnership, one.side, now)
    return views.undone(None if present is None else present.person.slack_id)


def _set(deps: Deps, actor: Actor, said: Said, now: datetime, event_id: str | None) -> Drawn:
    side = _led_side(actor)
    member = None if said.owner is None else _named(deps.store.reading(), actor, side, said.owner)
    duty = None if member is None else _duty(actor, side, member, said, now)
    partnership = actor.partnership
    with deps.store.writing(partnership.id) as db:
        if event_id is not None and not is_said_anew(db, partnership.team_id, event_id, now):
            return views.nothing_to_undo()
        if duty is None:
            for one in holding(duties.standing(db, partnership, now), side, now):
                duties.end(db, partnership, one.id, now)
            _note(db, actor, side, "duty_ended", partnership.id, now)
        else:
            duties.add(db, partnership, duty)
            _note(db, actor, side, "duty_set", duty.id, now)
        succession_wakes.soon(db, partnership, now)
    if duty is None or member is None:
        lead = oldest_lead(deps.store.reading(), partnership, side, now)
        return views.nobody(partnership, side, None if lead is None else lead.person.slack_id)
    return views.noted(partnership, duty, member.person.slack_id, actor.zone)


def _duty(actor: Actor, side: Side, member: Member, said: Said, now: datetime) -> Duty:
    if said.is_unclear:
        raise UnclearDuty("past", "until")
    zone = actor.partnership.side(side).calendar.zone
    from_at = now
    if said.from_on is not None:
        from_at = max(now, zones.to_utc(datetime.combine(said.from_on, time()), zone))
    until_at = None
    if said.until_on is not None:
        until_at = zones.to_utc(datetime.combine(said.until_on + _DAY, time()), zone)
        if until_at <= now:
            raise UnclearDuty("past", "until")
        if until_at <= from_at:
            raise UnclearDuty("reversed", "until")
    return Duty(
        id=new_id(),
        side=side,
        person_id=member.person.id,
        from_at=from_at,
        until_at=until_at,
        set_at=now,
    )


def _named(db: Database, actor: Actor, side: Side, owner: Owner) -> Member:
    """Who was named, of the lead's own side.

    Raises:
        UnclearDuty.
    """
    if owner.kind == "me":
        return checked(side, actor.member)
    if owner.kind == "user":
        return checked(side, people.member_of_user(db, actor.partnership, owner.text))
    if owner.kind != "name":
        raise UnclearDuty("unknown")
    found = named(owner.text, people.all_members(db, actor.partnership))
    found = [one for one in found if one.takes_part and one.side == side] or found
    if len(found) > 1:
        raise UnclearDuty("two", name=", ".join(one.person.name for one in found[:5]))
    if not found:
        raise UnclearDuty("unknown", name=owner.text)
    return checked(side, found[0])


def _form(deps: Deps, actor: Actor, now: datetime) -> Block:
    side = _led_side(actor)
    present = holding(duties.standing(deps.store.reading(), actor.partnership, now), side, now)
    person = None
    if present:
        person = people.get(deps.store.reading(), actor.team_id, present[0].person_id)
    today = zones.local(now, actor.partnership.side(side).calendar.zone).date()
    slack_id = None if person is None else person.slack_id
    return views.form(actor.partnership, side, slack_id, today)


def _led_side(actor: Actor) -> Side:
    side = actor.standings.side
    if actor.partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(actor.partnership.channel)
    actor.require("side.duty", Thing(side=side))
    assert side is not None  # whoever leads has a side
    return side


def _note(  # noqa: PLR0913, PLR0917  # one line of the journal
    db: Database, actor: Actor, side: Side, verb: str, subject_id: str, now: datetime
) -> None:
    journal.record(
        db,
        actor.team_id,
        actor.partnership.id,
        verb,
        "duty",
        subject_id,
        by=actor.person.id,
        side=side,
        now=now,
    )
