"""Reads one message at the moment when somebody wants to track it; its words are not kept."""

from domain.deliverables import Source
from domain.messages import Heard, heard
from domain.slack_errors import SlackError
from services.directory import Clients, asked


def read_message(clients: Clients, team_id: str, source: Source) -> tuple[Heard, str] | None:
    """A message that a person wrote, with its words; None where it cannot be read.

    It waits no longer than a form can wait that is to open.
    """
    # Slack: the ts of a reply is taken, too; a message without replies comes alone.
    wanted = {
        "channel": source.channel,
        "ts": source.ts,
        "oldest": source.ts,
        "latest": source.ts,
        "inclusive": True,
        "limit": 2,
    }
    try:
        answer = asked(clients.quick(team_id), "conversations.replies", wanted)
    except SlackError:
        return None
    found = next((one for one in answer.get("messages") or () if one.get("ts") == source.ts), None)
    told = None if found is None else heard(found, source.channel)
    return None if found is None or told is None else (told, str(found.get("text") or ""))
