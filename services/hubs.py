"""The hub for one person or one thread: on a command, a mention, or a command typed as text."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, outbox, partnerships, people
from domain.consents import is_of_neither
from domain.outgoing import Message
from domain.partnerships import NoPartnershipHere, OfNeitherSide, Partnership
from domain.visibility import Item, may_show
from services.actors import Actor, Who, actor_here
from services.audiences import place_of
from services.board_planning import board_of
from services.deps import Deps
from services.events import is_said_anew
from services.pauses import out_of
from services.setups import actor_of
from views.blocks import Drawn
from views.help import typed_command
from views.hub import hub


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A message that mentions the bot. ``thread_ts`` None: at the top level of the channel."""

    team_id: str
    event_id: str
    channel: str
    ts: str
    slack_user: str
    thread_ts: str | None = None

    @property
    def key(self) -> str:
        """Of the reply in the outbox."""
        return f"mention/{self.channel}/{self.ts}"

    @property
    def root_ts(self) -> str:
        return self.thread_ts or self.ts


def hub_here(deps: Deps, who: Who, now: datetime) -> Drawn:
    """The hub of the channel's partnership.

    Raises:
        NoPartnershipHere: There is none, or only its installer knows of it so far.
        OfNeitherSide: The person is of a third company.
    """
    actor = actor_here(deps.store, who)
    partnership = _let_in(actor)
    if partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    db = deps.store.reading()
    return hub(partnership, board_of(db, partnership, now), out=out_of(db, partnership, now))


def partnership_of_hub(deps: Deps, who: Who, partnership_id: str) -> Partnership:
    """The partnership whose hub somebody pressed.

    Raises:
        NoPartnershipHere: There is no such partnership any more.
        OfNeitherSide: The person is of a third company.
    """
    return _let_in(actor_of(deps, who, partnership_id))


def _let_in(actor: Actor) -> Partnership:
    """Buttons stay where they were when a third company joins; they do nothing for its people."""
    is_advisor = actor.member is not None and actor.member.is_advisor
    if is_of_neither(actor.person, actor.partnership) and not is_advisor:
        raise OfNeitherSide(actor.partnership.id)
    return actor.partnership


def is_answered(deps: Deps, mention: Mention) -> bool:
    """Whether a reply was put already: Slack tells of the same mention again."""
    return outbox.by_key(deps.store.reading(), mention.team_id, mention.key) is not None


def is_of_home(deps: Deps, who: Who) -> bool:
    """Whether somebody is known to be of the company that installed the bot.

    To nobody else something can be shown in a channel that only they see for sure.
    """
    known = people.by_slack_id(deps.store.reading(), who.team_id, who.slack_id)
    return (who.home_team or (known and known.home_team)) == who.team_id


def answer_mention(
    deps: Deps, mention: Mention, drawn: Drawn, now: datetime, *, is_alone: bool = False
) -> None:
    """Reply in the thread of a mention, once however often Slack tells of it.

    Where others than the two sides read along, only who asked sees the answer.

    Args:
        is_alone: It concerns who asked and nobody else, so they alone see it.
    """
    with deps.store.writing(None) as db:
        is_said_anew(db, mention.team_id, mention.event_id, now)
        found = partnerships.by_channel(db, mention.team_id, mention.channel)
        message = _reply(mention.channel, mention.root_ts, drawn)
        if is_alone or (found is not None and not _both_alone(db, found)):
            message = _privately(db, mention, drawn)
        partnership_id = None if found is None else found.id
        outbox.put(db, mention.team_id, partnership_id, mention.key, message, now=now)


def answer_typed_command(
    db: Database, partnership: Partnership, said: Mention, now: datetime
) -> None:
    """Offer the buttons to somebody of the other company who typed a command as a message.

    Called in the transaction of the message event; whether it is one, ``views.verbs`` knows. Where
    others than the two sides read along, only who typed it sees them.
    """
    home = partnership.side(partnership.home_side).name
    drawn = typed_command(home, partnership.id)
    if _both_alone(db, partnership):
        message = _reply(partnership.channel, said.root_ts, drawn)
    else:
        message = _privately(db, said, drawn)
    key = f"typed/{partnership.channel}/{said.ts}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def _both_alone(db: Database, partnership: Partnership) -> bool:
    place = place_of(db, partnership, partnership.channel)
    return place is not None and may_show(Item(audience="both"), place)


def _privately(db: Database, mention: Mention, drawn: Drawn) -> Message:
    return Message(
        kind="ephemeral",
        place=mention.channel,
        payload=drawn.payload | {"user": mention.slack_user},
        audience="person",
        needs="nothing",
        asker=people.ensure(db, mention.team_id, mention.slack_user),
        target_ts=mention.thread_ts,
        urgent=True,
    )


def _reply(channel: str, root_ts: str, drawn: Drawn) -> Message:
    return Message(
        kind="post",
        place=channel,
        payload=drawn.payload,
        audience="both",
        needs="nothing",
        target_ts=root_ts,
        urgent=True,
    )
