"""What was answered at set-up is corrected by the home side while the other has not agreed."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, journal, partnerships, people
from domain.partnerships import Partnership, State, leads
from domain.people import SIDES
from domain.rights import NotAllowed
from domain.setups import AlreadySetUp, Draft
from services import boards
from services.actors import Actor, Who, actor_here
from services.deps import Deps
from services.first_posts import installer_of, redraw_first_post, show_one_person
from services.settings import settings_view
from services.setups import actor_of, check_lead, side_calendar
from views import setup as views
from views import setup_preview
from views.blocks import Block
from views.consent import first_post

OPEN_STATES: Final[frozenset[State]] = frozenset({"looking", "proposed"})


def correction_form(deps: Deps, who: Who, partnership_id: str) -> Block:
    """The answers of set-up as a form.

    Raises:
        NotAllowed: Only a lead of the home side corrects them.
        AlreadySetUp: It is too late; each side has its own settings now.
    """
    actor = actor_of(deps, who, partnership_id)
    partnership = _open(actor)
    named = {"partnership": partnership.id, "channel": partnership.channel}
    return views.correction(_draft(deps.store.reading(), partnership), named)


def settings_or_correction(deps: Deps, who: Who) -> Block:
    """What a second set-up in a channel opens: the answers while they are open, else settings.

    Raises:
        As ``settings_view``.
    """
    actor = actor_here(deps.store, who)
    partnership, standings = actor.partnership, actor.standings
    is_home_lead = standings.lead and standings.side == partnership.home_side
    if partnership.state == "proposed" and is_home_lead:
        return correction_form(deps, who, partnership.id)
    return settings_view(deps, who)


def correct(deps: Deps, who: Who, partnership_id: str, draft: Draft, now: datetime) -> None:
    """Store the corrected answers, and have the first post and the hub say them.

    Raises:
        CannotBeTheirLead: The lead named for the other side is known not to be of it.
        As `correction_form`.
    """
    actor = actor_of(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        found = partnerships.get(db, who.team_id, partnership_id)
        assert found is not None  # partnerships are never deleted
        before = _open(replace(actor, partnership=found))
        _save_sides(db, before, draft)
        _replace_lead(db, before, draft, now)
        after = partnerships.get(db, who.team_id, partnership_id)
        assert after is not None  # read in the same transaction
        _show(db, after, who, now)
        journal.record(
            db,
            after.team_id,
            after.id,
            "corrected",
            "partnership",
            after.id,
            by=actor.person.id,
            side=after.home_side,
            now=now,
        )


def _open(actor: Actor) -> Partnership:
    partnership, standings = actor.partnership, actor.standings
    if partnership.state not in OPEN_STATES:
        raise AlreadySetUp(partnership.state)
    is_home_lead = standings.lead and standings.side == partnership.home_side
    if not (is_home_lead or standings.installer):
        raise NotAllowed("partnership.correct", frozenset({"side_lead", "installer"}))
    return partnership


def _draft(db: Database, partnership: Partnership) -> Draft:
    home, guest = partnership.side(partnership.home_side), partnership.side(partnership.guest_side)
    theirs = leads(people.active_members(db, partnership), partnership.guest_side)
    return Draft(
        client=partnership.client.name,
        vendor=partnership.vendor.name,
        home_side=partnership.home_side,
        zone=home.calendar.zone,
        their_zone=guest.calendar.zone,
        template=partnership.template,
        other_lead=theirs[0].person.slack_id if theirs else None,
    )


def _save_sides(db: Database, before: Partnership, draft: Draft) -> None:
    for name in SIDES:
        side, zone = before.side(name), draft.zone_of(name)
        calendar = side.calendar if side.calendar.zone == zone else side_calendar(zone)
        partnerships.save_side(db, before, replace(side, name=draft.name(name), calendar=calendar))


def _replace_lead(db: Database, before: Partnership, draft: Draft, now: datetime) -> None:
    """The lead named now takes the place of the one named before, who becomes an observer."""
    guest = before.guest_side
    for lead in leads(people.active_members(db, before), guest):
        if lead.person.slack_id != draft.other_lead:
            people.place(db, before, lead.person.id, standing=(None, "observer", False), now=now)
    if draft.other_lead is None:
        return
    lead_id = people.ensure(db, before.team_id, draft.other_lead)
    check_lead(db, people.get(db, before.team_id, lead_id), before)
    people.place(db, before, lead_id, standing=(guest, "lead", True), now=now)


def _show(db: Database, after: Partnership, who: Who, now: datetime) -> None:
    drawn = first_post(after, installer_of(db, after))
    if after.state == "looking":
        shown = setup_preview.would_have_said(drawn, after.id)
        show_one_person(db, after, who.slack_id, shown, now)
        return
    redraw_first_post(db, after, drawn, now)
    boards.redraw_soon(db, after, now)
