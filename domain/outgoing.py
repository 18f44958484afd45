"""What the bot has to say, as values: a message to be put in the outbox, and a row of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from domain.values import value
from domain.visibility import Audience, Consent

Kind = Literal["post", "update", "home", "pin", "unpin", "ephemeral", "respond", "file"]
State = Literal["queued", "sending", "sent", "uncertain", "unproven", "refused", "dropped"]
Closed = Literal["unproven", "refused", "dropped"]

# In a payload: the payload of what is said where Slack does not take this one. Never sent along.
INSTEAD: Final = "instead"
PERSON_PLACE: Final = "person:"
CLOSED: Final[frozenset[State]] = frozenset({"unproven", "refused", "dropped"})
# These may be done a second time and leave the same behind.
REPEATABLE: Final[frozenset[Kind]] = frozenset({"update", "home", "pin", "unpin"})
# These stand in the channel under a mark of ours, so they can be looked for there.
LOOKED_FOR: Final[frozenset[Kind]] = frozenset({"post", "file"})


def person_place(person_id: str) -> str:
    """The place of somebody's direct messages; delivery opens them."""
    return f"{PERSON_PLACE}{person_id}"


def person_of(place: str) -> str | None:
    """The person of a direct-message place; None for a channel or a response_url."""
    return place.removeprefix(PERSON_PLACE) if place.startswith(PERSON_PLACE) else None


@value
class Message:
    """Something to say, already drawn.

    Attributes:
        place: A channel id, ``person:<our person id>``, or a response_url for ``respond``.
        payload: post, update, ephemeral: ``text`` and ``blocks``; home: ``view``; respond:
            the body; file: ``name``, ``content``, ``title``, ``comment``; else empty. Beside them
            ``INSTEAD``, for a file and for blocks that not every workspace takes.
        audience: Who may see it; asked again when it leaves.
        needs: The consent without which it may not leave.
        thread_of: The key of the outbox post under which this is a reply.
        target: The key of the outbox post that is changed or pinned.
        target_ts: Instead of these the ts of somebody else's message.
        asker: The person who hears of a refusal, and who sees an ``ephemeral``.
        leaves_at: Not before this moment; None: at once.
        worth_until: What has not left by then is not said at all; None: it is said however late.
        urgent: An answer to a person: goes before planned posts.
    """

    kind: Kind
    place: str
    payload: Mapping[str, Any]
    audience: Audience
    needs: Consent
    thread_of: str | None = None
    target: str | None = None
    target_ts: str | None = None
    asker: str | None = None
    leaves_at: datetime | None = None
    worth_until: datetime | None = None
    urgent: bool = False


@value
class Row:
    """A message in the outbox.

    Attributes:
        id: Random; the only thing of the row that others can see.
        leaves_at: Not before; when ``uncertain``, looked up not before.
        worth_until: From then on it is not sent any more; None: it always is.
        reason: Slack's error or why it was dropped, None when all is well.
        channel: Where Slack put it, None until sent; ``ts`` likewise.
    """

    team_id: str
    id: str
    key: str
    position: int
    partnership_id: str | None
    kind: Kind
    place: str
    payload: Mapping[str, Any]
    audience: Audience
    needs: Consent
    thread_of: str | None
    target: str | None
    target_ts: str | None
    asker: str | None
    urgent: bool
    state: State
    reason: str | None
    leaves_at: datetime
    worth_until: datetime | None
    attempts: int
    attempted_at: datetime | None
    claimed_by: str | None
    claimed_until: datetime | None
    settled_at: datetime | None
    channel: str | None
    ts: str | None

    def is_too_late(self, now: datetime) -> bool:
        """Whether it is not worth saying any more; what has left is not asked."""
        return self.worth_until is not None and self.worth_until <= now


class Destination(NamedTuple):
    """A place of one installation; one thread at a time sends there."""

    team_id: str
    place: str


@value
class Waiting:
    """The first of the open rows of one kind and state for one destination.

    Attributes:
        at: From when something may be done about it; pace and rate limits come on top.
    """

    destination: Destination
    kind: Kind
    state: State
    at: datetime


@value
class Sent:
    """How far a message has come. ``channel`` and ``ts`` are None until it is sent."""

    state: State
    channel: str | None
    ts: str | None
    reason: str | None
