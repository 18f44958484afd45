"""What Touchbase may ask of Slack, and why: commands, events, Web API methods and their scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command as Slack lists it while somebody types.

    Attributes:
        hint: What can stand after it.
    """

    description: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A message shortcut as Slack lists it."""

    name: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A permission: what it is for, and what is lost without it."""

    why: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One entry of the manifest's list of events.

    Attributes:
        name: As the manifest writes it.
        scopes: All of them are needed.
    """

    name: str
    scopes: tuple[str, ...] = ()


COMMANDS: Final[Mapping[str, Command]] = {
    "/touchbase": Command(
        description="What is open between the two sides, and everything Touchbase does",
        hint="setup, people, away until monday, pause, help",
    ),
    "/checkin": Command(
        description="Plan, move or skip a check-in of both sides",
        hint="weekly tue 10am ops review",
    ),
    "/deliverable": Command(
        description="Say who owes what until when, or see the list",
        hint="@ana product database by friday",
    ),
    "/pulse": Command(
        description="Ask both sides one question, answered with one press",
        hint="how was the hand-over?",
    ),
    "/gaps": Command(
        description="Where communication falls short, your side's turns first",
        hint="all",
    ),
}

SHORTCUTS: Final[Mapping[str, Shortcut]] = {
    "deliverable.track": Shortcut(
        name="Track this",
        callback_id="deliverable.track",
        description="Make a deliverable of this message: who owes it, until when",
    ),
}
"""Of messages, by their callback id."""

_BOTH_KINDS_OF_CHANNEL = ("channels:read", "groups:read")

EVENTS: Final[Mapping[str, tuple[Subscription, ...]]] = {
    "app_home_opened": (Subscription(name="app_home_opened"),),
    "app_mention": (Subscription(name="app_mention", scopes=("app_mentions:read",)),),
    "channel_archive": (Subscription(name="channel_archive", scopes=("channels:read",)),),
    "channel_deleted": (Subscription(name="channel_deleted", scopes=("channels:read",)),),
    "channel_id_changed": (Subscription(name="channel_id_changed", scopes=_BOTH_KINDS_OF_CHANNEL),),
    "channel_left": (Subscription(name="channel_left", scopes=("channels:read",)),),
    "channel_rename": (Subscription(name="channel_rename", scopes=("channels:read",)),),
    "channel_shared": (Subscription(name="channel_shared", scopes=_BOTH_KINDS_OF_CHANNEL),),
    "channel_unarchive": (Subscription(name="channel_unarchive", scopes=("channels:read",)),),
    "channel_unshared": (Subscription(name="channel_unshared", scopes=_BOTH_KINDS_OF_CHANNEL),),
    "group_archive": (Subscription(name="group_archive", scopes=("groups:read",)),),
    "group_deleted": (Subscription(name="group_deleted", scopes=("groups:read",)),),
    "group_left": (Subscription(name="group_left", scopes=("groups:read",)),),
    "group_rename": (Subscription(name="group_rename", scopes=("groups:read",)),),
    "group_unarchive": (Subscription(name="group_unarchive", scopes=("groups:read",)),),
    "member_joined_channel": (
        Subscription(name="member_joined_channel", scopes=_BOTH_KINDS_OF_CHANNEL),
    ),
    "member_left_channel": (
        Subscription(name="member_left_channel", scopes=_BOTH_KINDS_OF_CHANNEL),
    ),
    # One listener hears all three; each kind of channel is subscribed to on its own.
    "message": (
        Subscription(name="message.channels", scopes=("channels:history",)),
        Subscription(name="message.groups", scopes=("groups:history",)),
        Subscription(name="message.im", scopes=("im:history",)),
    ),
    "reaction_added": (Subscription(name="reaction_added", scopes=("reactions:read",)),),
    "reaction_removed": (Subscription(name="reaction_removed", scopes=("reactions:read",)),),
    "user_change": (Subscription(name="user_change", scopes=("users:read",)),),
}
"""By the type that a listener names."""

_HISTORY = ("channels:history", "groups:history", "im:history")

METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    "apps.connections.open": (),
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": _BOTH_KINDS_OF_CHANNEL,
    "conversations.members": _BOTH_KINDS_OF_CHANNEL,
    "conversations.open": ("im:write",),
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "pins.add": ("pins:write",),
    "pins.remove": ("pins:write",),
    "users.conversations": _BOTH_KINDS_OF_CHANNEL,
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Every Web API method that Touchbase calls, and the scopes each needs."""

# Slack: reading messages asks for these; a workspace may rather not give them.
HISTORY_SCOPES: Final = frozenset(_HISTORY)

SCOPES: Final[Mapping[str, Scope]] = {
    "app_mentions:read": Scope(
        why="hears its own mention: people of the other company have no commands",
        without="the other company has the buttons only",
    ),
    "channels:history": Scope(
        why="sees who wrote when in a public channel; finds its own post after a lost answer",
        without="waiting questions are not noticed; a lost post is listed, not repeated",
    ),
    "channels:read": Scope(
        why="knows who is in a public channel and which companies share it",
        without="set-up does not work in public channels",
    ),
    "chat:write": Scope(why="posts and updates its own messages", without="nothing works"),
    "commands": Scope(why="the slash commands", without="only buttons and mentions work"),
    "files:write": Scope(
        why="posts the invitation to a check-in, a file for calendars, when somebody asks for it",
        without="the dates are posted as text",
    ),
    "groups:history": Scope(
        why="as channels:history, in private channels",
        without="as channels:history, in private channels",
    ),
    "groups:read": Scope(
        why="as channels:read, in private channels",
        without="set-up does not work in private channels",
    ),
    "im:history": Scope(
        why="finds its own direct message after a lost answer, and hears what is written there",
        without="a lost direct message is listed, not repeated; none that people write is answered",
    ),
    "im:write": Scope(
        why="opens a direct message for what is one person's",
        without="personal items arrive as mentions in the channel's thread",
    ),
    "pins:write": Scope(
        why="pins the post with the buttons", without="the post has to be pinned by hand"
    ),
    "reactions:read": Scope(
        why="sees a pushpin on a message, and asks its author whether to track it",
        without="a mention in reply, the shortcut and the buttons track a message",
    ),
    "users:read": Scope(
        why="names and time zones; who is a guest or has left",
        without="set-up does not work",
    ),
}
