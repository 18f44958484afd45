"""Set-up: what is known beforehand, the preview, and the partnership that comes of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, channels, journal, partnerships, people, wakes, workspaces
from data.ids import new_id
from domain.calendars import Calendar, office, shift_at
from domain.consents import unfit_lead
from domain.countries import country_of
from domain.partnerships import NoPartnershipHere, Partnership, SideInfo
from domain.people import SIDES, Person, Side, other_side
from domain.presets import WEEKLY
from domain.rights import NotAllowed
from domain.setups import (
    AlreadySetUp,
    Beginning,
    BotNotInChannel,
    CannotBeTheirLead,
    Draft,
    NotOfThisCompany,
    OwnNameAcross,
    ThirdCompanyHere,
)
from domain.templates import STARTS, first_check_in
from domain.visibility import shared_channel, withheld
from services import first_check_ins
from services.actors import Actor, Who, actor_here, actor_in, person_of
from services.board_planning import board_of
from services.deps import Deps
from services.earlier_lessons import earlier
from services.first_posts import put_first_posts, show_one_person
from services.guest_teams import only_other_team
from services.known_channels import is_read
from views import setup as views
from views import setup_preview
from views.agreement import Agreement
from views.blocks import Drawn
from views.consent import first_post
from views.hub import hub
from views.setup import FormRead


def known_beforehand(deps: Deps, who: Who, said: views.Known, now: datetime) -> views.Known:
    """What the form is filled in with: what was said first, then what is known already.

    Raises:
        NoPartnershipHere, BotNotInChannel, AlreadySetUp, NotOfThisCompany: There is nothing to
            set up here, or not by this person.
    """
    check_channel(deps, who, now)
    return filled_in(deps, who, said)


def filled_in(deps: Deps, who: Who, said: views.Known) -> views.Known:
    """What was said, and beside it what is known already."""
    db = deps.store.reading()
    home: Side = said.home_side or "client"
    workspace = workspaces.get(db, who.team_id)
    person = people.by_slack_id(db, who.team_id, who.slack_id)
    company = None if workspace is None else workspace.name
    return replace(
        said,
        client=said.client or (company if home == "client" else None),
        vendor=said.vendor or (company if home == "vendor" else None),
        home_side=home,
        zone=said.zone or (None if person is None else person.zone),
    )


def check_channel(deps: Deps, who: Who, now: datetime) -> str:
    """The channel, when a partnership can be set up in it by this person.

    Raises:
        NoPartnershipHere: It is no channel at all.
        NotOfThisCompany: The person is of another company than the one that installed Touchbase.
        BotNotInChannel, AlreadySetUp.
    """
    if who.channel is None or not who.channel.startswith(("C", "G")):
        raise NoPartnershipHere(None)
    db = deps.store.reading()
    found = partnerships.by_channel(db, who.team_id, who.channel)
    if found is not None:
        raise AlreadySetUp(found.state)
    if who.home_team not in {None, who.team_id}:
        raise NotOfThisCompany
    # Asked before: an answer of Slack's that comes between the two tells of the channel.
    was_read = is_read(deps, who.team_id, now)
    channel = channels.get(db, who.team_id, who.channel)
    if was_read if channel is None else not channel.bot_is_member:
        raise BotNotInChannel(who.channel)
    return who.channel


def drawn_preview(deps: Deps, who: Who, draft: Draft, now: datetime) -> setup_preview.Preview:
    """What the last page shows; nothing is stored.

    Raises:
        CannotBeTheirLead: The lead named for the other side is known not to be of it.
        ThirdCompanyHere: More than two companies share the channel.
        As `check_channel`.
    """
    channel = check_channel(deps, who, now)
    # Known from here on, so that nobody names themselves for the other side.
    installer = person_of(deps.store, who)
    db = deps.store.reading()
    lead = draft.other_lead and people.by_slack_id(db, who.team_id, draft.other_lead)
    partnership = _drafted(db, who, channel, draft, now)
    check_lead(db, lead or None, partnership)
    check_names(db, draft, who.team_id)
    if _is_crowded(db, partnership, now):
        raise ThirdCompanyHere
    home, guest = partnership.side(draft.home_side), partnership.side(partnership.guest_side)
    check_in_at = first_check_in(STARTS[draft.template], home.calendar, guest.calendar, now)
    return setup_preview.Preview(
        draft=draft,
        channel=channel,
        installer=who.slack_id,
        hub=hub(partnership, board_of(db, partnership, now)),
        check_in_at=check_in_at,
        is_guest_lead=bool(lead and lead.is_guest and lead.home_team == who.team_id),
        further=first_check_ins.further(partnership, draft.check_ins, now),
        learned=earlier(db, who.team_id, installer),
        outside=tuple(
            side for side in SIDES if shift_at(partnership.side(side).calendar, check_in_at) is None
        ),
    )


def lead_trouble(deps: Deps, who: Who, read: FormRead) -> CannotBeTheirLead | None:
    """What is wrong with the lead named in a form whose other fields need a change, too."""
    person_of(deps.store, who)
    db = deps.store.reading()
    lead = read.other_lead and people.by_slack_id(db, who.team_id, read.other_lead)
    if not lead:
        return None
    here = channels.organisations(db, who.team_id, who.channel or "")
    trouble = unfit_lead(lead, who.team_id, here)
    name = read.guest_name or "the other side"
    return None if trouble is None else CannotBeTheirLead(name, lead.name, trouble)


def set_up(deps: Deps, who: Who, draft: Draft, beginning: Beginning, now: datetime) -> Partnership:
    """Make the partnership, once per channel; post what was shown, or show it to the installer.

    A form that is sent twice finds the partnership that its first sending made.

    Raises:
        As `drawn_preview`, except ``AlreadySetUp``.
    """
    try:
        channel = check_channel(deps, who, now)
    except AlreadySetUp:
        found = partnerships.by_channel(deps.store.reading(), who.team_id, str(who.channel))
        assert found is not None  # the error says so
        return found
    installer = person_of(deps.store, who)
    with deps.store.writing(None) as db:
        found = partnerships.by_channel(db, who.team_id, channel)
        if found is not None:
            return found
        drafted = _drafted(db, who, channel, draft, now)
        made = replace(drafted, id=new_id(), installer_id=installer.id)
        partnerships.insert(db, made)
        _place_leads(db, made, installer, draft, now)
        kinds = ",".join(draft.check_ins)
        _note(db, made, "set_up", installer, now, {first_check_ins.CHOSEN: kinds})
        wakes.set_wake(db, made.team_id, "roster", made.id, made.id, now)
        if beginning == "post":
            return _post(db, made, now)
        shown = setup_preview.would_have_said(first_post(made, who.slack_id), made.id)
        show_one_person(db, made, who.slack_id, shown, now)
        return made


def post_now(deps: Deps, who: Who, partnership_id: str, now: datetime) -> None:
    """The installer has looked: post it. Nothing happens when it was posted before.

    Raises:
        NotAllowed: Only the installer looks, and only the installer posts.
    """
    actor = actor_of(deps, who, partnership_id)
    if not actor.standings.installer:
        raise NotAllowed("partnership.post", frozenset({"installer"}))
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id)
        if current is not None and current.state == "looking":
            _note(db, current, "posted", actor.person, now)
            _post(db, current, now)


def looked_at(deps: Deps, who: Who) -> Drawn:
    """What the installer sees again while only looking.

    Raises:
        NoPartnershipHere: For everybody else there is none yet.
    """
    actor = actor_here(deps.store, who)
    if not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    partnership = actor.partnership
    return setup_preview.would_have_said(first_post(partnership, who.slack_id), partnership.id)


def actor_of(deps: Deps, who: Who, partnership_id: str) -> Actor:
    """The actor in a partnership that a button or form names.

    Raises:
        NoPartnershipHere: There is no such partnership any more.
    """
    found = partnerships.get(deps.store.reading(), who.team_id, partnership_id)
    if found is None:
        raise NoPartnershipHere(who.channel)
    return actor_in(deps.store, who, found)


def agreement_of(db: Database, partnership: Partnership, now: datetime) -> Agreement:
    """What begins if the other side agrees now, as its people read it."""
    home, guest = (partnership.side(s) for s in (partnership.home_side, partnership.guest_side))
    at = first_check_in(STARTS[partnership.template], home.calendar, guest.calendar, now)
    outside = [one.name for one in (home, guest) if shift_at(one.calendar, at) is None]
    kinds = first_check_ins.chosen(db, partnership)
    return Agreement(
        template=partnership.template,
        zones=(guest.calendar.zone, home.calendar.zone),
        check_in_at=at,
        reply_time=partnership.reply_time,
        outside=outside,
        has_weekly=WEEKLY in kinds,
        further=first_check_ins.further(partnership, kinds, now),
    )


def side_calendar(zone: str) -> Calendar:
    """What a side starts with: office hours, without the public holidays of its zone's country."""
    country = country_of(zone)
    holidays = () if country is None else ((country, None),)
    return replace(office(zone), holiday_countries=holidays)


def _drafted(db: Database, who: Who, channel: str, draft: Draft, now: datetime) -> Partnership:
    guest = other_side(draft.home_side)
    teams: dict[Side, str | None] = {
        draft.home_side: who.team_id,
        guest: _guest_team(db, who.team_id, channel, draft),
    }
    sides = {
        side: SideInfo(
            side=side,
            name=draft.name(side),
            slack_team=team,
            calendar=side_calendar(draft.zone_of(side)),
        )
        for side, team in teams.items()
    }
    return Partnership(
        team_id=who.team_id,
        id="",
        channel=channel,
        state="looking",
        home_side=draft.home_side,
        client=sides["client"],
        vendor=sides["vendor"],
        template=draft.template,
        reply_time=STARTS[draft.template].reply_time,
        installer_id="",
        created_at=now,
    )


def _guest_team(db: Database, team_id: str, channel: str, draft: Draft) -> str | None:
    """The other side's workspace: the one that shares the channel, if only one; else its lead's."""
    only = only_other_team(db, team_id, channel)
    lead = draft.other_lead and people.by_slack_id(db, team_id, draft.other_lead)
    if only is None and lead and lead.home_team not in {None, team_id}:
        return lead.home_team
    return only


def _is_crowded(db: Database, partnership: Partnership, now: datetime) -> bool:
    teams = channels.organisations(db, partnership.team_id, partnership.channel)
    place = shared_channel(partnership, teams)
    return withheld(partnership, "agreed", place, now) == "third_company"


def _place_leads(
    db: Database, made: Partnership, installer: Person, draft: Draft, now: datetime
) -> None:
    people.place(db, made, installer.id, standing=(made.home_side, "lead", True), now=now)
    if draft.other_lead is None or draft.other_lead == installer.slack_id:
        return
    lead_id = people.ensure(db, made.team_id, draft.other_lead)
    lead = people.get(db, made.team_id, lead_id)
    check_lead(db, lead, made)
    people.place(db, made, lead_id, standing=(made.guest_side, "lead", True), now=now)


def check_lead(db: Database, lead: Person | None, partnership: Partnership) -> None:
    """Refuse somebody who cannot speak for the other side, as far as Slack has told.

    Raises:
        CannotBeTheirLead.
    """
    if lead is None:
        return
    here = channels.organisations(db, partnership.team_id, partnership.channel)
    trouble = unfit_lead(lead, partnership.team_id, here)
    if trouble is None and is_known_absent(db, lead, partnership):
        trouble = "absent"
    if trouble is not None:
        name = partnership.side(partnership.guest_side).name
        raise CannotBeTheirLead(name, lead.name, trouble)


def check_names(db: Database, draft: Draft, team_id: str) -> None:
    """Refuse the own company's name under the side that was said to be the other one.

    Raises:
        OwnNameAcross.
    """
    workspace, theirs = workspaces.get(db, team_id), other_side(draft.home_side)
    company = "" if workspace is None else (workspace.name or "")
    if company and draft.name(theirs).casefold() == company.casefold():
        raise OwnNameAcross(theirs, company)


def is_known_absent(db: Database, person: Person, partnership: Partnership) -> bool:
    """Whether everybody in the channel is known, and the person is not among them."""
    if not partnership.id or people.member(db, partnership, person.id) is not None:
        return False
    read = journal.entries(db, partnership.team_id, "roster", partnership.id)
    return any(entry.verb == "people_proposed" for entry in read)


def _post(db: Database, partnership: Partnership, now: datetime) -> Partnership:
    partnerships.set_state(db, partnership, "proposed")
    proposed = replace(partnership, state="proposed")
    put_first_posts(db, proposed, now)
    return proposed


_NOTHING: Final[Mapping[str, str]] = {}


def _note(  # noqa: PLR0913, PLR0917  # the parts of one journal line
    db: Database,
    partnership: Partnership,
    verb: str,
    by: Person,
    now: datetime,
    details: Mapping[str, str] = _NOTHING,
) -> None:
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        verb,
        "partnership",
        partnership.id,
        by=by.id,
        side=partnership.home_side,
        now=now,
        details=details,
    )
