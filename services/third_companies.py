"""Which companies share a channel, and what the leads hear when one of neither side does."""

from dataclasses import replace
from datetime import datetime

from data import Database, channels, outbox, partnerships, people, wakes
from data.channels import Channel
from domain.outgoing import Message
from domain.partnerships import Partnership, leads
from domain.people import Member
from domain.roster import third_companies
from services import boards
from views import people as views


def note_companies(
    db: Database, partnership: Partnership, companies: frozenset[str], now: datetime
) -> None:
    """Take over which workspaces share the channel now; ask the leads when one is of neither side.

    While a third company is there nothing is said to everybody; once it has left, the posts are
    drawn anew.
    """
    before = channels.organisations(db, partnership.team_id, partnership.channel)
    known = channels.get(db, partnership.team_id, partnership.channel)
    channel = known or Channel(
        team_id=partnership.team_id, channel=partnership.channel, bot_is_member=True
    )
    host = {channel.host_team or partnership.team_id}
    connected = frozenset(companies - host)
    channels.save(db, replace(channel, connected_teams=connected, is_ext_shared=bool(connected)))
    partnership = _with_learned_team(db, partnership, companies)
    strangers = third_companies(partnership, companies)
    if strangers:
        _ask_leads(db, partnership, strangers, now)
    elif third_companies(partnership, before):
        boards.redraw_soon(db, partnership, now)
        if partnership.is_agreed:
            wakes.set_wake(db, partnership.team_id, "week", partnership.id, partnership.id, now)


def _with_learned_team(
    db: Database, partnership: Partnership, companies: frozenset[str]
) -> Partnership:
    """The other side's workspace, where it was not known: the only one beside ours."""
    info = partnership.side(partnership.guest_side)
    others = companies - {partnership.team_id}
    if info.slack_team is not None or len(others) != 1:
        return partnership
    kept = replace(info.calendar, days_off=frozenset())
    learned = replace(info, slack_team=next(iter(others)), calendar=kept)
    partnerships.save_side(db, partnership, learned)
    return partnerships.get(db, partnership.team_id, partnership.id) or partnership


def _ask_leads(
    db: Database, partnership: Partnership, strangers: frozenset[str], now: datetime
) -> None:
    drawn = views.third_company(partnership)
    for lead in leads(people.active_members(db, partnership)):
        if lead.side != partnership.home_side and not partnership.is_agreed:
            continue
        key = f"third-company/{partnership.id}/{'+'.join(sorted(strangers))}/{lead.person.id}"
        message = _to_one(partnership, lead, drawn.payload)
        outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def _to_one(partnership: Partnership, lead: Member, payload: dict[str, object]) -> Message:
    return Message(
        kind="ephemeral",
        place=partnership.channel,
        payload=payload | {"user": lead.person.slack_id},
        audience="person",
        needs="nothing",
        asker=lead.person.id,
        urgent=True,
    )
