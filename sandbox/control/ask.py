"""One control call as its function sees it: arguments read strictly, people and places found."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from sandbox.errors import ControlRefused
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.posting import open_dm
from sandbox.surfaces import View
from sandbox.workspace import Workspace
from sandbox.world import Channel, User

_NAMED = re.compile(r"(?<![\w<@|.])@([A-Za-z0-9][\w.-]*[A-Za-z0-9]|[A-Za-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    ws: Workspace
    args: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            raise invalid(f"{name} is missing.")
        return value

    def optional(self, name: str) -> str | None:
        value = self.args.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise invalid(f"{name} must be a string.")
        return value or None

    def flag(self, name: str) -> bool | None:
        """True, False, or None when it is left out."""
        value = self.args.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise invalid(f"{name} must be true or false.")

    def number(self, name: str, default: float) -> float:
        value = self.args.get(name, default)
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError as error:
                raise invalid(f"{name} must be a number.") from error
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise invalid(f"{name} must be a number.")
        if not 0 <= value < float("inf"):
            raise invalid(f"{name} must be a number, not below zero.")
        return value

    def user(self) -> User:
        """The person who acts: by id or name, active."""
        name = self.text("user")
        user = self.ws.world.user_called(name)
        if user is None:
            raise ControlRefused("user_not_found", f"There is no user {name}.")
        return user

    def person(self) -> User:
        user = self.user()
        if user.deleted:
            raise ControlRefused("user_not_found", f"{user.name} is deactivated and cannot act.")
        return user

    def channel(self) -> Channel:
        name = self.text("channel")
        channel = self.ws.world.channel_called(name)
        if channel is None:
            raise ControlRefused("channel_not_found", f"There is no channel {name}.")
        return channel

    def place(self, user: User) -> Channel:
        """The channel in which ``user`` acts; the bot's id means their direct messages."""
        if self.args.get("channel") == self.ws.world.app.user_id:
            return open_dm(self.ws, user)
        channel = self.channel()
        if user.id not in channel.members:
            raise ControlRefused("not_in_channel", f"{user.name} is not in {channel.id}.")
        return channel

    def post(self, channel: Channel, seen_by: User, name: str = "ts") -> Post:
        post = self.ws.boards.of(channel.id).find(self.text(name))
        if post is None or post.ephemeral_to not in {None, seen_by.id}:
            raise ControlRefused("message_not_found", f"There is no such message in {channel.id}.")
        return post

    def view(self, user: User) -> View:
        view_id = self.text("view_id")
        view = self.ws.surfaces.find(view_id=view_id)
        if view is None or view.user_id != user.id:
            raise ControlRefused("view_not_found", f"{user.name} has no view {view_id} open.")
        return view

    def with_mentions(self, text: str, *, named: bool) -> str:
        """Typed text with every ``@name`` that somebody has turned into a mention.

        Args:
            text: As typed.
            named: Whether the mention carries the name, as in a command's text.
        """

        def mention(found: re.Match[str]) -> str:
            user = self.ws.world.user_called(found.group(1))
            if user is None:
                return found.group(0)
            return f"<@{user.id}|{user.name}>" if named else f"<@{user.id}>"

        return _NAMED.sub(mention, text)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer whose JSON text was there before it was asked for."""

    text: str


Answer = Json | Drawn | Response
ControlCall = Callable[[Ask], Awaitable[Answer]]


def invalid(message: str) -> ControlRefused:
    return ControlRefused("invalid_arguments", message)
