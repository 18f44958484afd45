"""What a person chooses about the messages that are for them alone."""

from datetime import datetime

from data import journal, people
from services.actors import Who
from services.deps import Deps
from services.own_places import OwnPlace, own_place
from services.personal import is_direct
from views import daily_settings as views
from views.blocks import Block


def form(deps: Deps, who: Who) -> Block:
    """When and where somebody is written to.

    Raises:
        NotListed: They take part nowhere.
    """
    return _drawn(own_place(deps, who))


def choose_place(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """Write to the person directly, or with a mention in the thread, from the next message on.

    Raises:
        NotListed: They take part nowhere.
    """
    person, direct = own_place(deps, who).person, value == views.DIRECTLY
    with deps.store.writing(None) as db:
        people.set_direct(db, who.team_id, person.id, direct)
        verb = "written_directly" if direct else "written_in_thread"
        journal.record(
            db, who.team_id, None, verb, "person", person.id, by=person.id, side=None, now=now
        )
    return form(deps, who)


def _drawn(place: OwnPlace) -> Block:
    member, partnership = place.member, place.partnership
    return views.form(member.calendar, partnership.id, is_direct=is_direct(partnership, member))
