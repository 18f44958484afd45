"""A check-in as a file for calendars: posted when somebody asks, offered anew when it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from data import Database, cadences, invitations, journal, outbox, partnerships
from data.invitations import Made
from domain.cadences import Cadence, UnknownCadence, working_day_of_both
from domain.checkin_moves import Ahead, turns_ahead
from domain.holiday_rules import on_holiday
from domain.invitations import (
    SINGLES_FOR,
    Entry,
    Facts,
    NothingToInvite,
    entries,
    is_as_told,
    is_out_of_date,
)
from domain.outgoing import CLOSED, INSTEAD, Message
from domain.partnerships import Partnership
from domain.recurrence import Turn
from services import boards
from services.actors import Actor, Who, actor_in
from services.deps import Deps
from services.links import link_to
from services.replies import reply, say_privately
from views import invitation_files
from views import invitations as views
from views.blocks import Drawn
from views.invitation_files import Version

# Turns that were moved lie so near to where they were.
_MOVED_AT_MOST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version that may be put into the thread, drawn."""

    cadence: Cadence
    told: list[Entry]
    sequence: int
    payload: Mapping[str, Any]

    def is_of(self, cadence: Cadence, told: list[Entry], sequence: int) -> bool:
        return (self.cadence, self.told, self.sequence) == (cadence, told, sequence)


def post(deps: Deps, who: Who, cadence_id: str, now: datetime) -> None:
    """Put the newest invitation into the thread, once a version; else say where it is.

    Raises:
        NotAllowed; UnknownCadence; NothingToInvite: No turn is to come.
    """
    actor = _actor_of(deps, who, cadence_id)
    actor.require("invitation.post")
    partnership = actor.partnership
    # Drawing a long file takes longer than a transaction may, so it is drawn before.
    before = _version(deps.store.reading(), partnership, cadence_id, now)
    with deps.store.writing(partnership.id) as db:
        new = _version(db, partnership, cadence_id, now, before)
        cadence = new.cadence
        there = _there(db, cadence, new.told, now)
        if boards.week_key(db, partnership) is None or not partnership.is_agreed:
            _say(db, actor, who, views.not_yet(partnership), now)
        elif there is None:
            _put(db, actor, new, now)
        else:
            link = link_to(db, who.team_id, _key(cadence, there.sequence))
            drawn = views.there_already(partnership, cadence, there.made_at, link)
            _say(db, actor, who, drawn, now)


def _actor_of(deps: Deps, who: Who, cadence_id: str) -> Actor:
    db = deps.store.reading()
    cadence = cadences.get(db, who.team_id, cadence_id)
    if cadence is None or cadence.kind != "checkin":
        raise UnknownCadence
    found = partnerships.get(db, who.team_id, cadence.partnership_id)
    if found is None:
        raise UnknownCadence
    return actor_in(deps.store, who, found)


def _version(
    db: Database,
    partnership: Partnership,
    cadence_id: str,
    now: datetime,
    before: NewVersion | None = None,
) -> NewVersion:
    """What the next version would be; as it was drawn ``before``, if that is still so."""
    cadence = cadences.get(db, partnership.team_id, cadence_id)
    if cadence is None:
        raise UnknownCadence
    told, made = _told(db, partnership, cadence, now), invitations.newest(db, cadence)
    sequence = 0 if made is None else made.sequence + 1
    if before is not None and before.is_of(cadence, told, sequence):
        return before
    payload = _payload(
        db, partnership, cadence, told, Version(sequence, now, views.sides(partnership))
    )
    return NewVersion(cadence=cadence, told=told, sequence=sequence, payload=payload)


def offer_news(db: Database, partnership: Partnership, now: datetime) -> None:
    """Offer the next version where calendars that took one are out of date, once a version."""
    for cadence in invitations.taken(db, partnership):
        made = invitations.newest(db, cadence)
        if made is not None and _is_news(db, partnership, cadence, made, now):
            key = f"invitation-offer/{cadence.id}/{made.sequence}"
            reply(db, partnership, key, views.offer(cadence), now)


def _is_news(
    db: Database, partnership: Partnership, cadence: Cadence, made: Made, now: datetime
) -> bool:
    try:
        told = _told(db, partnership, cadence, now)
    except NothingToInvite:
        return False
    if made.digest != invitations.words_digest(cadence):
        return True
    return is_out_of_date(invitations.told(db, cadence), told, now)


def _told(db: Database, partnership: Partnership, cadence: Cadence, now: datetime) -> list[Entry]:
    earlier = invitations.told(db, cadence)
    since = min(cadence.created_at, now) - _MOVED_AT_MOST
    until = now + SINGLES_FOR + _MOVED_AT_MOST
    every = cadences.between(db, partnership, "checkin", since, until)
    rows = [turn for turn in every if turn.cadence_id == cadence.id]
    ahead = _ahead(db, partnership, cadence, now)
    return entries(Facts(cadence=cadence, rows=rows, ahead=ahead, earlier=earlier), now)


def _ahead(db: Database, partnership: Partnership, cadence: Cadence, now: datetime) -> list[Ahead]:
    if cadence.state != "active":
        return []
    stored = cadences.open_turns(db, cadence)
    is_working = working_day_of_both(partnership)
    found = turns_ahead(cadence, stored, now + SINGLES_FOR, now, is_working)
    settled = (_settled(db, partnership, one) for one in found)
    return [one for one in settled if one is not None]


def _settled(db: Database, partnership: Partnership, ahead: Ahead) -> Ahead | None:
    """The turn as it is stored, or as its holiday rule will have it; None: it is left out."""
    row = cadences.by_original(db, ahead.cadence, ahead.original)
    if row is not None:
        return ahead if row.is_open else None
    turn = Turn(original=ahead.original, starts_at=ahead.starts_at)
    moved = on_holiday(partnership, ahead.cadence.plan, turn)
    if moved is None:
        return ahead
    return None if moved.starts_at is None else replace(ahead, starts_at=moved.starts_at)


def _there(db: Database, cadence: Cadence, told: list[Entry], now: datetime) -> Made | None:
    """The newest version, if it tells this and got through, or still may."""
    made = invitations.newest(db, cadence)
    if made is None or made.digest != invitations.words_digest(cadence):
        return None
    if not is_as_told(invitations.told(db, cadence), told, now):
        return None
    sent = outbox.state_of(db, cadence.team_id, _key(cadence, made.sequence))
    return None if sent is None or sent.state in CLOSED else made


def _put(db: Database, actor: Actor, new: NewVersion, now: datetime) -> None:
    by, partnership, cadence = actor.person.id, actor.partnership, new.cadence
    invitations.add(db, cadence, new.told, new.sequence, by=by, now=now)
    message = Message(
        kind="file",
        place=partnership.channel,
        payload=new.payload,
        audience="both",
        needs="agreed",
        thread_of=boards.week_key(db, partnership),
        asker=by,
        urgent=True,
    )
    outbox.put(db, actor.team_id, partnership.id, _key(cadence, new.sequence), message, now=now)
    journal.record(
        db,
        actor.team_id,
        partnership.id,
        "invitation_asked",
        "cadence",
        cadence.id,
        by=by,
        side=actor.listed.side,
        now=now,
        details={"sequence": new.sequence},
    )


def _payload(
    db: Database, partnership: Partnership, cadence: Cadence, told: list[Entry], version: Version
) -> dict[str, Any]:
    starts = [one.starts_at for one in _ahead(db, partnership, cadence, version.made_at)]
    return {
        "name": f"{invitation_files.file_stem(cadence.title)}.ics",
        "content": invitation_files.calendar_text(cadence, told, version),
        "title": views.title(cadence, version.sequence),
        "comment": views.comment(cadence, version.sequence),
        INSTEAD: views.dates(partnership, cadence, starts).payload,
    }


def _say(db: Database, actor: Actor, who: Who, drawn: Drawn, now: datetime) -> None:
    say_privately(db, actor.partnership, (actor.person.id, who.slack_id), drawn, now)


def _key(cadence: Cadence, sequence: int) -> str:
    return f"invitation/{cadence.id}/{sequence}"
