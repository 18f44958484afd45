"""Where somebody is told what is for them: directly, or with a mention in *This week*'s thread."""

from datetime import datetime

from data import Database
from domain.outgoing import Message, person_place
from domain.partnerships import Partnership
from domain.people import Member, Person
from domain.values import value
from domain.visibility import withheld
from services import boards
from services.audiences import only_reader, place_of
from views.blocks import Drawn


@value
class Personal:
    """A place for one person.

    Attributes:
        thread_of: The key of the post under which it stands; None in a direct message.
        mention: Slack id by which to call the person where others read it, too; else None.
    """

    place: str
    thread_of: str | None = None
    mention: str | None = None


def is_direct(partnership: Partnership, member: Member) -> bool:
    """Whether the person is written to directly: people of the installing company, or by choice."""
    person = member.person
    if person.direct is not None:
        return person.direct
    if person.home_team is None:
        return member.side == partnership.home_side
    return person.home_team == partnership.team_id


def direct_place(person: Person) -> Personal:
    return Personal(place=person_place(person.id))


def personal_place(db: Database, partnership: Partnership, member: Member) -> Personal | None:
    """The person's place in a partnership; None when there is no thread to mention them in yet."""
    if is_direct(partnership, member):
        return direct_place(member.person)
    thread = boards.week_key(db, partnership)
    if thread is None:
        return None
    return Personal(place=partnership.channel, thread_of=thread, mention=member.person.slack_id)


def may_write(
    db: Database, partnership: Partnership, personal: Personal, member: Member, now: datetime
) -> bool:
    """Whether anything may be said there now: consent, pauses, third companies, the own wish."""
    person = member.person
    if person.deleted or person.is_bot or person.is_quiet(now):
        return False
    return _is_open(db, partnership, personal, member, now)


def may_speak_to(db: Database, partnership: Partnership, member: Member, now: datetime) -> bool:
    """As ``may_write``, without the person's own wish, which nobody else is told."""
    personal = personal_place(db, partnership, member)
    return personal is not None and _is_open(db, partnership, personal, member, now)


def message(personal: Personal, drawn: Drawn, worth_until: datetime | None) -> Message:
    """What is said to the person there, unless it is too late for it."""
    return Message(
        kind="post",
        place=personal.place,
        payload=drawn.payload,
        audience="person" if personal.thread_of is None else "both",
        needs="agreed",
        thread_of=personal.thread_of,
        worth_until=worth_until,
    )


def _is_open(
    db: Database, partnership: Partnership, personal: Personal, member: Member, now: datetime
) -> bool:
    is_own = personal.place == person_place(member.person.id)
    place = only_reader(member) if is_own else place_of(db, partnership, personal.place)
    return place is not None and withheld(partnership, "agreed", place, now) is None
