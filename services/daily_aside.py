"""A daily message that its reader puts aside until the next shift, and what brings it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, deliverables, journal, outbox
from data import daily as dailies
from data.daily import Daily
from data.moments import from_text, to_text
from domain.daily import NotYourMessage, next_start
from domain.people import Person
from services import daily_letters as letters
from services import sponsor_notices
from services.actors import Who, person_of
from services.daily_readers import Reader, reader
from services.daily_wakes import touch
from services.deps import Deps
from views import daily as views

_ASIDE: Final = "daily_put_aside"


def own(deps: Deps, who: Who, daily_id: str) -> tuple[Person, Daily]:
    """The message in which somebody pressed.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person = person_of(deps.store, who)
    one = dailies.get(deps.store.reading(), who.team_id, daily_id)
    if one is None or one.person_id != person.id:
        raise NotYourMessage
    return person, one


def not_today(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Put the message aside until the next shift, in which all that still holds is told again.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = own(deps, who, daily_id)
    with deps.store.writing(one.partnership_id) as db:
        dailies.hide(db, one)
        reads = reader(db, one.team_id, person, now)
        until = next_start(reads.calendars, now)
        ids = _put_off(db, reads, one, (now, until))
        if ids and until is not None:
            _note(db, one, {"commitments": ids, "until": to_text(until)}, now)
        drawn = views.put_aside(letters.letter(reads, one))
        outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)
        # Nothing else may bring back what was put off from a message that has rested for days.
        touch(db, one.team_id, person.id, now)


def undo(deps: Deps, who: Who, daily_id: str, now: datetime) -> None:
    """Show the message again as things stand now, and ask what was put off with it.

    Raises:
        NotYourMessage: It is for somebody else.
    """
    person, one = own(deps, who, daily_id)
    with deps.store.writing(one.partnership_id) as db:
        current = dailies.get(db, one.team_id, one.id)
        if current is None or person.is_quiet(now):
            return
        dailies.show_again(db, current)
        _ask_again(db, current)
        reads = reader(db, one.team_id, person, now)
        drawn = letters.drawn(db, reads, replace(current, hidden=False), now)
        outbox.redraw(db, one.team_id, one.partnership_id, one.key, drawn.payload, now=now)
        touch(db, one.team_id, person.id, now)


def _put_off(
    db: Database, who: Reader, one: Daily, moments: tuple[datetime, datetime | None]
) -> list[str]:
    """What is asked in the message is asked again in the next shift, not when it would be.

    Returns:
        Of what that is.
    """
    now, until = moments
    ids = []
    owed = [item.subject_id for item in one.items if item.kind == "owed"]
    for commitment in deliverables.every(db, one.team_id, owed).values():
        is_own = commitment.is_open and commitment.owner_id == who.person.id
        is_asked = is_own and commitment.acknowledged_at is None
        if is_asked and (commitment.snoozed_until or now) <= now:
            deliverables.save(db, replace(commitment, snoozed_until=until))
            ids.append(commitment.id)
            spot = who.spots.get(commitment.partnership_id)
            if spot is not None:
                sponsor_notices.answered(db, spot.partnership, commitment, now)
    return ids


def _ask_again(db: Database, one: Daily) -> None:
    """What was put off with the message, and by nothing else since, is put off no more."""
    for entry in journal.entries(db, one.team_id, "daily", one.id):
        until, ids = from_text(entry.details["until"]), _ids(entry)
        for commitment in deliverables.every(db, one.team_id, ids).values():
            if commitment.owner_id == one.person_id and commitment.snoozed_until == until:
                deliverables.save(db, replace(commitment, snoozed_until=None))


def _ids(entry: journal.Entry) -> Sequence[str]:
    return [str(one) for one in entry.details["commitments"]]


def _note(db: Database, one: Daily, details: dict[str, object], now: datetime) -> None:
    by = one.person_id
    journal.record(
        db, one.team_id, None, _ASIDE, "daily", one.id, by=by, side=None, now=now, details=details
    )
