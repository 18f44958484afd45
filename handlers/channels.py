"""What Slack tells of channels: who joins and leaves, archives, new ids, shared companies."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from slack_bolt import App

from handlers.payloads import Body, actor
from handlers.told import told_of
from services import channel_life
from services.deps import Deps
from services.events import Told

_BY_CHANNEL: Final[Mapping[str, Callable[[Deps, Told, str], None]]] = {
    "channel_left": channel_life.bot_removed,
    "group_left": channel_life.bot_removed,
    "channel_deleted": channel_life.bot_removed,
    "group_deleted": channel_life.bot_removed,
    "channel_archive": channel_life.archived,
    "group_archive": channel_life.archived,
    "channel_unarchive": channel_life.unarchived,
    "group_unarchive": channel_life.unarchived,
}


def register(app: App, deps: Deps) -> None:
    app.event("member_joined_channel")(partial(handle_joined, deps=deps))
    app.event("member_left_channel")(partial(handle_left, deps=deps))
    for kind in _BY_CHANNEL:
        app.event(kind)(partial(handle_fate, deps=deps))
    app.event("channel_id_changed")(partial(handle_new_id, deps=deps))
    app.event("channel_shared")(partial(handle_shared, deps=deps))
    app.event("channel_unshared")(partial(handle_unshared, deps=deps))
    app.event("channel_rename")(partial(handle_renamed, deps=deps))
    app.event("group_rename")(partial(handle_renamed, deps=deps))


def handle_joined(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    told, channel, user = told_of(body, deps), str(event["channel"]), str(event["user"])
    if user == told.bot_user:
        channel_life.bot_joined(deps, told, channel, event.get("inviter"))
        return
    channel_life.joined(deps, told, channel, (user, actor(body).user_team))


def handle_left(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    told, channel, user = told_of(body, deps), str(event["channel"]), str(event["user"])
    if user == told.bot_user:
        channel_life.bot_removed(deps, told, channel)
        return
    channel_life.left(deps, told, channel, user)


def handle_fate(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    told = told_of(body, deps)
    _BY_CHANNEL[told.kind](deps, told, str(event["channel"]))


def handle_new_id(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    channel_life.renumbered(deps, told_of(body, deps), old, new)


def handle_shared(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    channel, company = str(event["channel"]), str(event["connected_team_id"])
    channel_life.shared(deps, told_of(body, deps), channel, company)


def handle_unshared(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    channel, company = str(event["channel"]), str(event["previously_connected_team_id"])
    channel_life.unshared(deps, told_of(body, deps), channel, company)


def handle_renamed(body: Body, *, deps: Deps) -> None:
    channel_life.renamed(deps, told_of(body, deps))
