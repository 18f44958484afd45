"""Who typed some words: the zone and habits by which they are read."""

from datetime import datetime

from data import partnerships, people
from services.actors import Who, actor_in, person_of
from services.deps import Deps
from views.words.writer import Writer, writer_of

_NO_ZONE_KNOWN = "Etc/UTC"


def writer(deps: Deps, who: Who, now: datetime) -> Writer:
    """The writer of a command or mention: own zone, else the side's, else UTC."""
    person = person_of(deps.store, who)
    db = deps.store.reading()
    locale = people.locale(db, who.team_id, person.id)
    return writer_of(now=now, zone=person.zone or _side_zone(deps, who), locale=locale)


def _side_zone(deps: Deps, who: Who) -> str:
    db = deps.store.reading()
    found = who.channel and partnerships.by_channel(db, who.team_id, who.channel)
    return actor_in(deps.store, who, found).zone if found else _NO_ZONE_KNOWN
