"""Who is in a partnership's channel: read from Slack at set-up, when people join, and weekly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from data import (
    Database,
    channels,
    journal,
    outbox,
    partnerships,
    people,
    roster,
    wakes,
    workspaces,
)
from data.people import Profile
from data.wakes import Wake
from domain.outgoing import Message
from domain.partnerships import Partnership, leads
from domain.people import Member
from domain.roster import proposed, sides_to_note
from domain.slack_errors import SlackBusy, SlackRefused
from services import named_leads, succession_wakes
from services.deps import Deps
from services.directory import read_channel, read_members, read_person
from services.directory_readings import ChannelReading, PersonReading
from services.third_companies import note_companies
from views import people as views

KIND: Final = "roster"
READ_AGAIN_AFTER: Final = timedelta(days=7)
GO_ON_AFTER: Final = timedelta(seconds=15)
# Slack: users.info is answered some 100 times a minute; others ask, too.
PROFILES_AT_ONCE: Final = 20
# Rows a transaction, so that nobody who presses a button waits for it.
BATCH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What Slack said. ``profiles``: by Slack id, None where Slack would not tell of somebody."""

    channel: ChannelReading
    slack_ids: tuple[str, ...]
    profiles: dict[str, PersonReading | None]
    is_whole: bool


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Read a part, store it, and go on soon until everybody is known; then again in a week."""
    db = deps.store.reading()
    partnership = partnerships.get(db, wake.team_id, wake.subject_id)
    if partnership is None or partnership.state == "declined":
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            wakes.clear_wake(db, wake.team_id, KIND, wake.subject_id)
        return
    try:
        reading = _read(deps, partnership, now)
    except SlackBusy as busy:
        _again(deps, wake, now + busy.retry_after)
        return
    except SlackRefused:
        _again(deps, wake, now + READ_AGAIN_AFTER)
        return
    named = named_leads.named(db, partnership)
    _note_presence(deps, partnership, reading, now)
    _note_profiles(deps, partnership, reading, now)
    members = _known_members(deps.store.reading(), partnership)
    with deps.store.writing(partnership.id, planning=True) as db:
        _conclude(db, partnership, reading, members, now)
        current = partnerships.get(db, partnership.team_id, partnership.id) or partnership
        named_leads.set_aside(db, current, named, frozenset(reading.slack_ids), now)
        later = READ_AGAIN_AFTER if reading.is_whole else GO_ON_AFTER
        wakes.set_wake(db, wake.team_id, KIND, wake.subject_id, partnership.id, now + later)


def read_soon(db: Database, partnership: Partnership, now: datetime) -> None:
    """Have the channel's people read again."""
    wakes.set_wake(db, partnership.team_id, KIND, partnership.id, partnership.id, now)


def profile_of(reading: PersonReading) -> Profile:
    return Profile(
        slack_id=reading.slack_id,
        home_team=reading.home_team,
        name=reading.name,
        zone=reading.zone,
        locale=reading.locale,
        is_bot=reading.is_bot,
        is_guest=reading.guest is not None,
        deleted=reading.deleted,
    )


def _again(deps: Deps, wake: Wake, at: datetime) -> None:
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.set_wake(db, wake.team_id, KIND, wake.subject_id, wake.partnership_id, at)


def _read(deps: Deps, partnership: Partnership, now: datetime) -> Reading:
    team_id, db = partnership.team_id, deps.store.reading()
    channel = read_channel(deps.clients, team_id, partnership.channel)
    workspace = workspaces.get(db, team_id)
    ourselves = None if workspace is None else workspace.bot_user_id
    members = read_members(deps.clients, team_id, partnership.channel)
    slack_ids = tuple(one for one in members if one != ourselves)
    unknown = roster.unread(db, partnership, slack_ids, now - READ_AGAIN_AFTER / 2)
    profiles = _profiles(deps, team_id, unknown[:PROFILES_AT_ONCE])
    return Reading(
        channel=channel,
        slack_ids=slack_ids,
        profiles=profiles,
        is_whole=len(profiles) == len(unknown),
    )


def _profiles(
    deps: Deps, team_id: str, slack_ids: Sequence[str]
) -> dict[str, PersonReading | None]:
    """What Slack says about people; fewer of them when it asks to wait, the rest comes later."""
    found: dict[str, PersonReading | None] = {}
    for slack_id in slack_ids:
        try:
            found[slack_id] = _profile(deps, team_id, slack_id)
        except SlackBusy:
            break
    return found


def _profile(deps: Deps, team_id: str, slack_id: str) -> PersonReading | None:
    try:
        return read_person(deps.clients, team_id, slack_id)
    except SlackRefused:
        return None


def _note_presence(deps: Deps, partnership: Partnership, reading: Reading, now: datetime) -> None:
    """Who came and who went since we last knew."""
    here = roster.present(deps.store.reading(), partnership)
    came = [one for one in reading.slack_ids if one not in here]
    went = [here[one] for one in here.keys() - set(reading.slack_ids)]
    for batch in _batches(came):
        with deps.store.writing(partnership.id, planning=True) as db:
            for slack_id in batch:
                person_id = people.ensure(db, partnership.team_id, slack_id)
                people.observe(db, partnership, person_id, now)
    for batch in _batches(went):
        with deps.store.writing(partnership.id, planning=True) as db:
            for person_id in batch:
                people.leave(db, partnership, person_id, now)
            succession_wakes.soon(db, partnership, now)


def _note_profiles(deps: Deps, partnership: Partnership, reading: Reading, now: datetime) -> None:
    with deps.store.writing(partnership.id, planning=True) as db:
        for slack_id, profile in reading.profiles.items():
            if profile is not None:
                people.save_profile(db, partnership.team_id, profile_of(profile), now)
            else:
                person_id = people.ensure(db, partnership.team_id, slack_id)
                roster.touch(db, partnership.team_id, person_id, now)
        if any(one is not None and one.deleted for one in reading.profiles.values()):
            succession_wakes.soon(db, partnership, now)


def _known_members(db: Database, partnership: Partnership) -> list[Member]:
    """Those about whom Slack was asked: of nobody else is it known who is a guest."""
    read = roster.read_people(db, partnership)
    return [one for one in people.all_members(db, partnership) if one.person.id in read]


def _conclude(
    db: Database,
    partnership: Partnership,
    reading: Reading,
    members: Sequence[Member],
    now: datetime,
) -> None:
    current = partnerships.get(db, partnership.team_id, partnership.id) or partnership
    note_companies(db, current, _companies(db, current, reading, members), now)
    current = partnerships.get(db, partnership.team_id, partnership.id) or partnership
    for person_id, side in sides_to_note(current, members).items():
        people.note_side(db, current, person_id, side)
    if reading.is_whole:
        _propose_once(db, current, now)
        _ask_leads(db, current, now)


def _companies(
    db: Database, partnership: Partnership, reading: Reading, members: Sequence[Member]
) -> frozenset[str]:
    """The workspaces that Slack names, and those that the people in the channel come from."""
    named = reading.channel.connected_teams
    if not named and reading.channel.is_shared_outside:
        named = channels.organisations(db, partnership.team_id, partnership.channel)
    host = {reading.channel.host_team or partnership.team_id}
    homes = {m.person.home_team for m in members if not (m.person.is_bot or m.person.is_guest)}
    return named | host | frozenset(home for home in homes if home)


def _propose_once(db: Database, partnership: Partnership, now: datetime) -> None:
    """Propose members, the first time that everybody in the channel is known."""
    told = journal.entries(db, partnership.team_id, "roster", partnership.id)
    if any(entry.verb == "people_proposed" for entry in told):
        return
    found = proposed(partnership, people.all_members(db, partnership))
    for person_id, side in found.items():
        people.place(db, partnership, person_id, standing=(side, "member", False), now=now)
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        "people_proposed",
        "roster",
        partnership.id,
        by=None,
        side=None,
        now=now,
        details={"proposed": len(found)},
    )


def _ask_leads(db: Database, partnership: Partnership, now: datetime) -> None:
    """Ask each lead once to say who is who; the other company's only after it agreed."""
    members = people.all_members(db, partnership)
    for lead in leads(members):
        if lead.side != partnership.home_side and not partnership.is_agreed:
            continue
        drawn = views.asked_to_confirm(partnership, lead, members)
        message = Message(
            kind="ephemeral",
            place=partnership.channel,
            payload=drawn.payload | {"user": lead.person.slack_id},
            audience="person",
            needs="nothing",
            asker=lead.person.id,
        )
        key = f"people-asked/{partnership.id}/{lead.person.id}"
        outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
