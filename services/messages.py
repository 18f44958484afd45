"""Takes note of who wrote when between two sides that agreed to it; what they wrote is not kept."""

from data import Database, messages, partnerships
from domain.consents import is_of_home, is_of_neither
from domain.messages import Heard
from domain.partnerships import Partnership
from services.deps import Deps
from services.events import Told, is_new
from services.hubs import Mention, answer_typed_command
from services.message_notes import note, writer_of


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


def _offer_buttons(db: Database, partnership: Partnership, said: tuple[Told, Heard]) -> None:
    told, heard = said
    person = writer_of(db, partnership, heard)
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
