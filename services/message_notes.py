"""Keeps that somebody wrote, for whom and when; where it was heard does not matter here."""

from data import Database, messages, people, roster
from domain.messages import Heard, Written, moment_of
from domain.partnerships import Partnership, guessed_side
from domain.people import Person, Side


def note(db: Database, partnership: Partnership, heard: Heard) -> bool:
    """Keep that somebody of a side wrote, once both sides agreed; True when it was not known."""
    at = moment_of(heard.ts)
    if not partnership.is_agreed or at < (partnership.agreed_at or at):
        return False
    person = writer_of(db, partnership, heard)
    side = _side_of(db, partnership, person)
    if side is None:
        return False
    written = Written(
        channel=heard.channel,
        ts=heard.ts,
        person_id=person.id,
        side=side,
        at=at,
        thread_ts=heard.thread_ts,
    )
    return messages.add(db, partnership, written)


def writer_of(db: Database, partnership: Partnership, heard: Heard) -> Person:
    """Who wrote it, known from then on."""
    person_id = people.ensure(db, partnership.team_id, heard.slack_id, heard.home_team)
    person = people.get(db, partnership.team_id, person_id)
    assert person is not None  # just made
    return person


def _side_of(db: Database, partnership: Partnership, person: Person) -> Side | None:
    """The side for which somebody writes.

    None for third companies, guests whom nobody placed, and people of whom nothing is known yet.
    """
    if person.is_bot:
        return None
    place = people.member(db, partnership, person.id)
    if place is not None and place.side is not None:
        return place.side
    if not roster.is_read(db, partnership.team_id, person.id):
        return None
    return guessed_side(person, partnership)
