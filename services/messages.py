"""Takes note of who wrote when between two sides that agreed to it; what they wrote is not kept."""

from data import Database, messages, partnerships, people, roster
from domain.consents import is_of_home, is_of_neither
from domain.messages import Heard, Written, moment_of
from domain.partnerships import Partnership, guessed_side
from domain.people import Person, Side
from services.deps import Deps
from services.events import Told, is_new
from services.hubs import Mention, answer_typed_command


def take_note(deps: Deps, told: Told, heard: Heard, *, is_command: bool) -> None:
    """Somebody wrote in a channel.

    Args:
        is_command: The message is one of our commands. Slack posts it as text for people of the
            other company, who are shown the buttons instead.
    """
    found = partnerships.by_channel(deps.store.reading(), told.team_id, heard.channel)
    if found is None or not (found.is_agreed or is_command):
        return
    with deps.store.writing(found.id) as db:
        partnership = partnerships.get(db, told.team_id, found.id)
        if partnership is None or not is_new(db, told):
            return
        note(db, partnership, heard)
        if is_command and partnership.state in {"proposed", "agreed"}:
            _offer_buttons(db, partnership, (told, heard))


def forget_deleted(deps: Deps, told: Told, channel: str, ts: str) -> None:
    """Its writer deleted a message: that it was written is forgotten, too."""
    with deps.store.writing(None) as db:
        if is_new(db, told):
            messages.remove(db, told.team_id, channel, ts)


def note(db: Database, partnership: Partnership, heard: Heard) -> bool:
    """Keep that somebody of a side wrote, once both sides agreed; True when it was not known."""
    at = moment_of(heard.ts)
    if not partnership.is_agreed or at < (partnership.agreed_at or at):
        return False
    person = _writer(db, partnership, heard)
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


def _writer(db: Database, partnership: Partnership, heard: Heard) -> Person:
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


def _offer_buttons(db: Database, partnership: Partnership, said: tuple[Told, Heard]) -> None:
    told, heard = said
    person = _writer(db, partnership, heard)
    if is_of_home(person, partnership) or is_of_neither(person, partnership):
        return
    typed = Mention(
        team_id=told.team_id,
        event_id=told.event_id,
        channel=heard.channel,
        ts=heard.ts,
        slack_user=heard.slack_id,
        thread_ts=heard.thread_ts,
    )
    answer_typed_command(db, partnership, typed, told.at)
