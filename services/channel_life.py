"""What happens to channels and the people in them: joins, leaves, archives, new ids, companies."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from data import (
    Database,
    channels,
    deliverables,
    messages,
    outbox,
    partnerships,
    people,
    tracking,
    wakes,
)
from data.channels import Channel
from domain.outgoing import Message
from domain.partnerships import Partnership, Pause, PauseReason
from services import pauses, succession_wakes
from services.deps import Deps
from services.directory_readings import person_reading
from services.events import Told, is_new
from services.installers import ask_soon
from services.roster import profile_of, read_soon
from services.third_companies import note_companies
from views import people as views

_NOT_ASKED: Final[frozenset[PauseReason]] = frozenset({"removed", "archived"})


def joined(deps: Deps, told: Told, channel: str, user: tuple[str, str | None]) -> None:
    """Somebody of a workspace joined: an observer, until a lead says more.

    Args:
        user: Slack id and home workspace, None where Slack does not say.
    """
    slack_id, home_team = user
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        partnership = _living(db, told, channel)
        if partnership is None:
            return
        person_id = people.ensure(db, told.team_id, slack_id, home_team)
        people.observe(db, partnership, person_id, told.at)
        read_soon(db, partnership, told.at)
        if home_team is not None:
            companies = channels.organisations(db, told.team_id, channel) | {home_team}
            note_companies(db, partnership, companies, told.at)


def left(deps: Deps, told: Told, channel: str, slack_id: str) -> None:
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        partnership = partnerships.by_channel(db, told.team_id, channel)
        person = people.by_slack_id(db, told.team_id, slack_id)
        if partnership is not None and person is not None:
            people.leave(db, partnership, person.id, told.at)
            succession_wakes.soon(db, partnership, told.at)


def bot_joined(deps: Deps, told: Told, channel: str, inviter: str | None) -> None:
    """Remember the channel; go on where a partnership lives, else offer set-up to who invited."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        known = channels.get(db, told.team_id, channel)
        found = known or Channel(team_id=told.team_id, channel=channel, bot_is_member=True)
        channels.save(db, replace(found, bot_is_member=True))
        # Slack's lists know more than the event: who shares the channel, whether it is private.
        wakes.set_wake(db, told.team_id, "channels", told.team_id, None, told.at)
        partnership = _living(db, told, channel)
        if partnership is not None:
            _lift(db, partnership, "removed", told.at)
            read_soon(db, partnership, told.at)
        elif inviter is not None and partnerships.by_channel(db, told.team_id, channel) is None:
            _thank(db, told, channel, inviter)
            ask_soon(db, told.team_id, inviter, told.at)


def bot_removed(deps: Deps, told: Told, channel: str) -> None:
    """The bot is out of the channel, or the channel is gone: its partnership rests."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        channels.set_member(db, told.team_id, channel, is_member=False)
        _rest(db, told, channel, "removed")


def archived(deps: Deps, told: Told, channel: str) -> None:
    with deps.store.writing(None) as db:
        if is_new(db, told):
            channels.set_archived(db, told.team_id, channel, is_archived=True)
            _rest(db, told, channel, "archived")


def unarchived(deps: Deps, told: Told, channel: str) -> None:
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        channels.set_archived(db, told.team_id, channel, is_archived=False)
        partnership = _living(db, told, channel)
        if partnership is not None:
            _lift(db, partnership, "archived", told.at)


def renumbered(deps: Deps, told: Told, old: str, new: str) -> None:
    """Slack gave the channel another id: all that names it follows."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        channels.rename(db, told.team_id, old, new)
        if partnerships.by_channel(db, told.team_id, new) is None:
            partnerships.set_channel(db, told.team_id, old, new)
        outbox.move_channel(db, told.team_id, old, new)
        messages.move_channel(db, told.team_id, old, new)
        deliverables.move_channel(db, told.team_id, old, new)
        tracking.move_channel(db, told.team_id, old, new)


def shared(deps: Deps, told: Told, channel: str, company: str) -> None:
    """A company shares the channel from now on."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        companies = channels.organisations(db, told.team_id, channel) | {company}
        partnership = _living(db, told, channel)
        if partnership is None:
            _note_unled(db, told, channel, companies)
            return
        note_companies(db, partnership, companies, told.at)
        read_soon(db, partnership, told.at)
        if company == partnership.side(partnership.guest_side).slack_team:
            _lift(db, partnership, "removed", told.at)


def unshared(deps: Deps, told: Told, channel: str, company: str) -> None:
    """A company was cut off from the channel; without the other side there is nothing to say."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        companies = channels.organisations(db, told.team_id, channel) - {company}
        partnership = _living(db, told, channel)
        if partnership is None:
            _note_unled(db, told, channel, companies)
            return
        note_companies(db, partnership, companies, told.at)
        read_soon(db, partnership, told.at)
        if company == partnership.side(partnership.guest_side).slack_team:
            _rest(db, told, channel, "removed")


def catch_up(deps: Deps, team_id: str, now: datetime) -> None:
    """Let rest and go on what has to by what Slack says of the channels: events can be missed."""
    every = partnerships.every(deps.store.reading(), team_id)
    for known in (one for one in every if _has_to_change(deps.store.reading(), one, now)):
        with deps.store.writing(known.id, planning=True) as db:
            partnership = partnerships.get(db, team_id, known.id)
            if partnership is not None and _has_to_change(db, partnership, now):
                _change(db, partnership, now)


def renamed(deps: Deps, told: Told) -> None:
    """Names of channels are not kept."""
    with deps.store.writing(None) as db:
        is_new(db, told)


def person_changed(deps: Deps, told: Told, user: Mapping[str, Any]) -> None:
    """Take over name, zone and whether somebody is still there, of people whom we know."""
    with deps.store.writing(None) as db:
        if not is_new(db, told):
            return
        reading = person_reading(user)
        if people.by_slack_id(db, told.team_id, reading.slack_id) is not None:
            person_id = people.save_profile(db, told.team_id, profile_of(reading), told.at)
            if reading.deleted:
                _look_at_places(db, told, person_id)


def _look_at_places(db: Database, told: Told, person_id: str) -> None:
    for one_id in people.channels_of(db, told.team_id, person_id):
        partnership = partnerships.get(db, told.team_id, one_id)
        if partnership is not None:
            succession_wakes.soon(db, partnership, told.at)


def _living(db: Database, told: Told, channel: str) -> Partnership | None:
    found = partnerships.by_channel(db, told.team_id, channel)
    return None if found is None or found.state == "declined" else found


def _note_unled(db: Database, told: Told, channel: str, companies: frozenset[str]) -> None:
    """Who shares a channel in which no partnership lives; one we are not in is not kept."""
    known = channels.get(db, told.team_id, channel)
    if known is None:
        return
    connected = companies - {known.host_team or told.team_id}
    channels.save(db, replace(known, connected_teams=connected, is_ext_shared=bool(connected)))


def _rest(db: Database, told: Told, channel: str, reason: PauseReason) -> None:
    partnership = _living(db, told, channel)
    if partnership is None or partnership.is_paused(told.at):
        return
    pauses.begin(db, partnership, Pause(from_at=told.at, until_at=None, reason=reason), by=None)


def _has_to_change(db: Database, partnership: Partnership, now: datetime) -> bool:
    if partnership.state == "declined":
        return False
    pause = partnership.pause
    if pause is not None and pause.holds(now):
        is_in = pauses.why_out(db, partnership) is None
        return pause.reason in _NOT_ASKED and is_in and _is_shared_with_guests(db, partnership)
    return pauses.why_out(db, partnership) is not None


def _change(db: Database, partnership: Partnership, now: datetime) -> None:
    reason = pauses.why_out(db, partnership)
    if reason is None:
        pauses.end(db, partnership, now, by=None)
    else:
        pauses.begin(db, partnership, Pause(from_at=now, until_at=None, reason=reason), by=None)


def _is_shared_with_guests(db: Database, partnership: Partnership) -> bool:
    guests = partnership.side(partnership.guest_side).slack_team
    companies = channels.organisations(db, partnership.team_id, partnership.channel)
    return guests is None or guests in companies


def _lift(db: Database, partnership: Partnership, reason: PauseReason, now: datetime) -> None:
    """End a rest that this very thing began; one that a lead asked for goes on."""
    pause = partnership.pause
    if pause is not None and pause.reason == reason and pause.reason in _NOT_ASKED:
        pauses.end(db, partnership, now, by=None)


def _thank(db: Database, told: Told, channel: str, inviter: str) -> None:
    message = Message(
        kind="ephemeral",
        place=channel,
        payload=views.hello_inviter().payload | {"user": inviter},
        audience="person",
        needs="nothing",
        asker=people.ensure(db, told.team_id, inviter),
        urgent=True,
    )
    outbox.put(db, told.team_id, None, f"hello/{told.event_id}", message, now=told.at)
