"""Who typed some words: the zone and habits by which they are read."""

from datetime import datetime

from data import partnerships, people
from services.actors import Who, actor_in
from services.deps import Deps
from views.words.writer import Writer, writer_of

_NO_ZONE_KNOWN = "Etc/UTC"


def writer(deps: Deps, who: Who, now: datetime) -> Writer:
    """The writer of a command or mention: own zone, else the side's, else UTC."""
    zone, locale = people.habits(deps.store.reading(), who.team_id, who.slack_id)
    return writer_of(now=now, zone=zone or _side_zone(deps, who), locale=locale)


def _side_zone(deps: Deps, who: Who) -> str:
    db = deps.store.reading()
    found = who.channel and partnerships.by_channel(db, who.team_id, who.channel)
    return actor_in(deps.store, who, found).zone if found else _NO_ZONE_KNOWN
