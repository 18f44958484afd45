"""What is said to the bot in a direct message: which partnership it is about, and the reply."""

from dataclasses import dataclass
from datetime import datetime

from data import outbox, partnerships, people
from domain.consents import is_of_neither
from domain.outgoing import Message, person_place
from domain.partnerships import Partnership
from services.actors import Who, actor_in, person_of
from services.deps import Deps
from services.events import is_said_anew
from views.blocks import Drawn
from views.words.partners import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectMessage:
    """What somebody wrote to the bot. ``thread_ts`` None: not in a thread."""

    who: Who
    event_id: str
    channel: str
    ts: str
    thread_ts: str | None = None

    @property
    def key(self) -> str:
        """Of the reply in the outbox."""
        return f"direct/{self.channel}/{self.ts}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The partnerships of a person, those in which they take part; if none, where they read along.

    Attributes:
        takes_part: Whether it is the former.
        outside: The person is of another company than the one that installed the bot.
    """

    every: tuple[Partnership, ...]
    takes_part: bool
    outside: bool

    @property
    def named(self) -> list[Named]:
        """As words can name them."""
        return [
            Named(id=one.id, channel=one.channel, names=(one.client.name, one.vendor.name))
            for one in self.every
        ]

    @property
    def first(self) -> Partnership | None:
        return self.every[0] if self.every else None

    def get(self, partnership_id: str | None) -> Partnership | None:
        """The one with this id; without an id the only one there is."""
        if partnership_id is None:
            return self.every[0] if len(self.every) == 1 else None
        return next((one for one in self.every if one.id == partnership_id), None)


def places_of(deps: Deps, who: Who) -> Places:
    """Where the person may mean something to happen."""
    db, person = deps.store.reading(), person_of(deps.store, who)
    listed, along = [], []
    for partnership_id in people.channels_of(db, who.team_id, person.id):
        partnership = partnerships.get(db, who.team_id, partnership_id)
        if partnership is None:
            continue
        standings = actor_in(deps.store, who, partnership).standings
        if partnership.state == "looking" and not standings.installer:
            continue
        if standings.listed or standings.installer:
            listed.append(partnership)
        elif standings.watches or not is_of_neither(person, partnership):
            along.append(partnership)
    home_team = person.home_team or who.home_team
    return Places(
        every=tuple(listed or along),
        takes_part=bool(listed),
        outside=home_team not in {None, who.team_id},
    )


def is_answered(deps: Deps, said: DirectMessage) -> bool:
    """Whether a reply was put already: Slack tells of the same message again."""
    return outbox.by_key(deps.store.reading(), said.who.team_id, said.key) is not None


def reply(deps: Deps, said: DirectMessage, drawn: Drawn, now: datetime) -> None:
    """Answer where it was said, once however often Slack tells of it."""
    team_id = said.who.team_id
    with deps.store.writing(None) as db:
        is_said_anew(db, team_id, said.event_id, now)
        person_id = people.ensure(db, team_id, said.who.slack_id, said.who.home_team)
        # Known now, so that nobody has to be asked to open it.
        people.set_dm_channel(db, team_id, person_id, said.channel)
        message = Message(
            kind="post",
            place=person_place(person_id),
            payload=drawn.answer,
            audience="person",
            needs="nothing",
            target_ts=said.thread_ts,
            urgent=True,
        )
        outbox.put(db, team_id, None, said.key, message, now=now)
