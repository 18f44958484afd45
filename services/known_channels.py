"""Whether Slack has told us which channels the bot is in; the asking is not here."""

from datetime import datetime

from data import wakes
from services.deps import Deps


def is_read(deps: Deps, team_id: str, now: datetime) -> bool:
    """Whether Slack has been asked, so that a channel that is not known is none of the bot's."""
    wake = wakes.wake_of(deps.store.reading(), team_id, "channels", team_id)
    return wake is not None and wake.due_at > now
