"""One Web API call as a method sees it: its arguments read strictly, its channel checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.strict_json import read_json
from sandbox.workspace import Workspace
from sandbox.world import Channel, User

_FAMILY: Final[Mapping[str, str]] = {"im": "im", "group": "groups", "channel": "channels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    ws: Workspace
    method: str
    args: Json

    def text(self, name: str, *, missing: str = "invalid_arguments") -> str:
        """A required argument.

        Raises:
            Refused: ``missing``, when it is not there.
        """
        value = self.args.get(name)
        if value in (None, ""):
            raise Refused(missing, response_metadata=metadata(f"[ERROR] missing: {name}"))
        return str(value)

    def optional(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean; clients send true, 1, "1" or "true"."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        return value in (True, 1) or str(value).lower() in {"1", "true"}

    def number(self, name: str, *, default: int) -> int:
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError as error:
            raise Refused("invalid_arguments") from error

    def decoded(self, name: str, *, wrong: str = "invalid_arguments") -> Any:
        """An argument that holds JSON, also where a client sent it as text; None if left out."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return read_json(value)
        except ValueError as error:
            raise Refused(wrong) from error

    def listed(self, name: str) -> list[str]:
        """A list, also given as text with commas."""
        value = self.args.get(name)
        if value in (None, ""):
            return []
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value).split(",") if part.strip()]

    def channel(self, name: str = "channel") -> Channel:
        """The channel meant, as far as the bot can see it.

        Raises:
            Refused: ``channel_not_found``, also for a private channel without the bot.
        """
        channel = self.ws.world.channels.get(self.text(name, missing="channel_not_found"))
        if channel is None or (channel.private and not self.is_member(channel)):
            raise Refused("channel_not_found")
        return channel

    def joined_channel(self, name: str = "channel") -> Channel:
        channel = self.channel(name)
        if not self.is_member(channel):
            raise Refused("not_in_channel")
        return channel

    def is_member(self, channel: Channel) -> bool:
        return self.ws.world.app.user_id in channel.members

    def user(self, name: str = "user") -> User:
        user = self.ws.world.users.get(self.text(name, missing="user_not_found"))
        if user is None:
            raise Refused("user_not_found")
        return user

    def needs(self, channel: Channel, right: Literal["history", "read", "write"]) -> None:
        """Check the scope that a channel of this kind takes, such as ``groups:history``."""
        needed = f"{_FAMILY[channel.kind]}:{right}"
        if needed not in self.ws.manifest.scopes:
            raise missing_scope(needed, self.ws)


Run = Callable[[Call], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of the Web API.

    Args:
        scopes: Any one of these will do; empty when none is needed.
        tier: Slack's tier for its rate; None when it has a pace of its own, or none.
        token: Which token it takes.
    """

    run: Run
    scopes: tuple[str, ...] = ()
    tier: int | None = None
    token: Literal["bot", "app", "any"] = "bot"


def metadata(*messages: str) -> Json:
    return {"messages": list(messages)}


def missing_scope(needed: str, ws: Workspace) -> Refused:
    return Refused("missing_scope", needed=needed, provided=",".join(ws.manifest.scopes))
