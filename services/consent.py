"""The other company's answer: it agrees, says no, or corrects what was said about it."""

from dataclasses import dataclass, replace
from datetime import datetime

from data import Database, journal, partnerships, people, wakes
from domain.consents import is_of_home, may_speak_first
from domain.partnerships import Partnership, leads
from domain.rights import NotAllowed
from domain.setups import AwaitsTheirLead, NotTheirLead
from services import boards, first_check_ins
from services.actors import Actor, Who, members_here
from services.beginnings import begin_all
from services.deps import Deps
from services.first_posts import installer_of, pin_hub, redraw_first_post, rest_hub
from services.missing_cards import put_missing
from services.setups import actor_of, agreement_of, side_calendar
from services.week import begin_week
from views import consent as views
from views.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the other company says about itself. ``zone`` is an IANA name."""

    name: str
    zone: str


def asks_to_confirm(deps: Deps, who: Who, partnership_id: str) -> bool:
    """Whether somebody who pressed *Agree* is asked to confirm it; False: it is agreed already.

    Raises:
        NotAllowed, NotTheirLead: The person cannot speak for the other side.
    """
    actor = actor_of(deps, who, partnership_id)
    return not actor.partnership.is_agreed and bool(check_voice(deps, who, partnership_id))


def agree_as_lead(deps: Deps, who: Who, partnership_id: str, now: datetime) -> None:
    """A lead of the other side, who may become its first one by it, agrees; and all begins.

    Raises:
        NotAllowed, NotTheirLead: The person cannot; or that side has got a lead meanwhile.
    """
    actor = actor_of(deps, who, partnership_id)
    if actor.partnership.is_agreed:
        return
    speaks_first = _speaks_first(deps, actor)
    if not speaks_first:
        _require_voice(deps, actor, "partnership.agree")
    with deps.store.writing(partnership_id) as db:
        if speaks_first:
            actor = replace(actor, partnership=_made_lead(db, actor, now))
        _begin(db, actor, now)


def decline(deps: Deps, who: Who, partnership_id: str, now: datetime) -> None:
    """The other company does not want it: nothing more is said or noted in the channel.

    Raises:
        NotAllowed, NotTheirLead: The person cannot speak for the other side.
    """
    actor = actor_of(deps, who, partnership_id)
    if not _speaks_first(deps, actor):
        _require_voice(deps, actor, "partnership.decline")
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id)
        if current is None or current.state != "proposed":
            return
        partnerships.set_state(db, current, "declined")
        declined = replace(current, state="declined")
        redraw_first_post(db, declined, views.declined_post(declined, now), now)
        rest_hub(db, declined, now)
        _note(db, actor, "declined", now)


def correct(deps: Deps, who: Who, partnership_id: str, said: Correction, now: datetime) -> None:
    """The other company corrects its name and zone before it agrees.

    Raises:
        NotAllowed, NotTheirLead: The person cannot speak for the other side.
        UnknownZone.
    """
    actor = actor_of(deps, who, partnership_id)
    if not _speaks_first(deps, actor):
        _require_voice(deps, actor, "partnership.agree")
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id)
        if current is None or current.state != "proposed":
            return
        side = current.side(current.guest_side)
        calendar = side.calendar if side.calendar.zone == said.zone else side_calendar(said.zone)
        partnerships.save_side(db, current, replace(side, name=said.name, calendar=calendar))
        changed = partnerships.get(db, who.team_id, partnership_id)
        assert changed is not None  # read in the same transaction
        drawn = views.first_post(changed, installer_of(db, changed))
        redraw_first_post(db, changed, drawn, now)
        boards.redraw_soon(db, changed, now)
        _note(db, actor, "corrected", now)


def check_voice(deps: Deps, who: Who, partnership_id: str) -> Partnership:
    """The partnership, when the person may speak for its other side.

    Raises:
        NotAllowed, NotTheirLead.
    """
    actor = actor_of(deps, who, partnership_id)
    if not _speaks_first(deps, actor):
        _require_voice(deps, actor, "partnership.agree")
    return actor.partnership


def confirm_form(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Block:
    """What somebody reads who agrees for the other side.

    Raises:
        NoPartnershipHere: There is no such partnership any more.
    """
    partnership = actor_of(deps, who, partnership_id).partnership
    return views.confirm_form(partnership, agreement_of(deps.store.reading(), partnership, now))


def privacy_view(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Block:
    """What is kept and who sees it; before the other side agreed also what begins then.

    Raises:
        NoPartnershipHere: There is no such partnership any more.
    """
    partnership = actor_of(deps, who, partnership_id).partnership
    agreement = (
        None if partnership.is_agreed else agreement_of(deps.store.reading(), partnership, now)
    )
    return views.privacy_view(partnership, agreement)


def partnership_of(deps: Deps, who: Who, partnership_id: str) -> Partnership:
    """The partnership that a button names.

    Raises:
        NoPartnershipHere: There is no such partnership any more.
    """
    return actor_of(deps, who, partnership_id).partnership


def _begin(db: Database, actor: Actor, now: datetime) -> None:
    partnership = actor.partnership
    current = partnerships.get(db, partnership.team_id, partnership.id)
    if current is None or current.state not in {"proposed", "declined"}:
        return
    partnerships.agree(db, current, actor.person.id, now)
    agreed = partnerships.get(db, current.team_id, current.id)
    assert agreed is not None  # read in the same transaction
    drawn = views.agreed_post(agreed, installer_of(db, agreed), now)
    redraw_first_post(db, agreed, drawn, now)
    if current.state == "declined":
        pin_hub(db, agreed, now)
    _note(db, actor, "agreed", now)
    begin_all(db, agreed, now)
    begin_week(db, agreed, now)
    first_check_ins.put_cards(db, agreed, now)
    put_missing(db, agreed, now)
    boards.redraw_soon(db, agreed, now)
    wakes.set_wake(db, agreed.team_id, "roster", agreed.id, agreed.id, now)


def _made_lead(db: Database, actor: Actor, now: datetime) -> Partnership:
    """Place the person as the other side's lead, and learn that side's workspace from it."""
    partnership, person = actor.partnership, actor.person
    side = partnership.side(partnership.guest_side)
    people.place(db, partnership, person.id, standing=(side.side, "lead", True), now=now)
    if side.slack_team is None:
        partnerships.save_side(db, partnership, replace(side, slack_team=person.home_team))
    found = partnerships.get(db, partnership.team_id, partnership.id)
    assert found is not None  # read in the same transaction
    return found


def _speaks_first(deps: Deps, actor: Actor) -> bool:
    members = members_here(deps.store.reading(), actor)
    return may_speak_first(actor.person, actor.partnership, members)


def _require_voice(deps: Deps, actor: Actor, act: str) -> None:
    partnership = actor.partnership
    guest = partnership.side(partnership.guest_side)
    if is_of_home(actor.person, partnership):
        raise NotTheirLead(guest.name)
    try:
        actor.require(act)
    except NotAllowed as refused:
        theirs = leads(members_here(deps.store.reading(), actor), guest.side)
        named = tuple(one.person.slack_id for one in theirs)
        raise AwaitsTheirLead(act, guest.name, named) from refused


def _note(db: Database, actor: Actor, verb: str, now: datetime) -> None:
    partnership = actor.partnership
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        verb,
        "partnership",
        partnership.id,
        by=actor.person.id,
        side=partnership.guest_side,
        now=now,
    )
