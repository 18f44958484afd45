"""Slack's objects as the app sees them: users, channels, the bot, and who acted."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.ports import Json
from sandbox.world import Channel, Team, User, World


def user_object(world: World, user: User, now: datetime, *, locale: bool = False) -> Json:
    """Slack's user object; an outsider never has a locale."""
    if world.is_outsider(user) and not world.shares_a_channel_with_bot(user):
        return _stranger(user)
    offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
    body: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": "4bbe2e",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": profile(user),
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": bool(user.guest),
        "is_ultra_restricted": user.guest == "single",
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_stranger": False,
        "updated": int(now.timestamp()),
    }
    if locale and not world.is_outsider(user):
        body["locale"] = user.locale
    return body


def _stranger(user: User) -> Json:
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": profile(user),
        "is_bot": user.is_bot,
        "is_stranger": True,
    }


def profile(user: User) -> Json:
    return {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": _shown_name(user),
        "display_name_normalized": _shown_name(user),
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": 0,
        "avatar_hash": "",
        "team": user.team_id,
    }


def _shown_name(user: User) -> str:
    """What people chose to be called: here they go by their first names."""
    return user.name if user.is_bot else user.real_name.partition(" ")[0]


def sender_profile(user: User) -> Json:
    """``user_profile``, which rides on messages of people from another team."""
    return {
        "avatar_hash": "",
        "display_name": _shown_name(user),
        "first_name": user.real_name.partition(" ")[0],
        "image_72": "",
        "is_restricted": bool(user.guest),
        "is_ultra_restricted": user.guest == "single",
        "name": user.name,
        "real_name": user.real_name,
        "team": user.team_id,
    }


def outsider_fields(world: World, user: User) -> Json:
    """What Slack adds to an event that somebody of another team set off."""
    if not world.is_outsider(user):
        return {}
    return {
        "user_team": user.team_id,
        "source_team": user.team_id,
        "user_profile": sender_profile(user),
    }


def bot_profile(world: World) -> Json:
    return {
        "id": world.app.bot_id,
        "app_id": world.app.id,
        "user_id": world.app.user_id,
        "name": world.app.name,
        "deleted": False,
        "updated": 0,
        "team_id": world.app.team_id,
    }


def channel_object(world: World, channel: Channel) -> Json:
    """Slack's conversation object as ``conversations.info`` gives it."""
    if channel.dm_of is not None:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "context_team_id": world.app.team_id,
            "user": channel.dm_of,
            "is_open": True,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": next(iter(channel.members), ""),
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": world.app.user_id in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
        **_sharing(world, channel),
    }


def _sharing(world: World, channel: Channel) -> Json:
    others = [team_id for team_id in channel.team_ids if team_id != world.app.team_id]
    return {
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "connected_team_ids": others,
        "internal_team_ids": [],
        "shared_team_ids": list(channel.team_ids),
        "conversation_host_id": channel.team_ids[0],
        "context_team_id": world.app.team_id,
    }


def team_object(team: Team) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "url": team.url,
        "email_domain": "",
        "icon": {"image_default": True},
    }


def actor(user: User) -> Json:
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}


def short_team(team: Team) -> Json:
    return {"id": team.id, "domain": team.domain}


def short_channel(channel: Channel) -> Json:
    name = "directmessage" if channel.dm_of is not None else channel.name
    return {"id": channel.id, "name": name}


def for_app(message: Json) -> Json:
    """A message as an interaction shows it to the app."""
    shown: dict[str, Any] = {key: value for key, value in message.items() if key != "channel"}
    return shown
