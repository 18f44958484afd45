"""The world changes: members, people, channels, and events out of the blue."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.talk import answered
from sandbox.errors import ControlRefused, WorldError
from sandbox.membership import join, leave, share, unshare
from sandbox.ports import Json
from sandbox.shapes import user_object
from sandbox.world import Channel, User, is_zone
from sandbox.world_people import check_channel_name
from sandbox.world_text import ID

MOST_TIMES: Final = 1000


async def member(ask: Ask) -> Json:
    user, channel = ask.user(), ask.channel()
    joined = ask.flag("joined")
    if joined is None:
        raise invalid("joined is missing.")
    if channel.dm_of is not None:
        raise invalid("Nobody joins or leaves direct messages.")
    if joined and user.deleted:
        raise ControlRefused("user_not_found", f"{user.name} is deactivated and cannot join.")
    if joined and channel.archived:
        raise ControlRefused("is_archived", f"{channel.id} is archived: nobody can join it.")
    with ask.ws.events.gathered() as told:
        if joined:
            join(ask.ws, channel, user)
        else:
            leave(ask.ws, channel, user)
    return await answered(told)


async def user(ask: Ask) -> Json:
    person = ask.user()
    _take_over(ask, person)
    with ask.ws.events.gathered() as told:
        _tell_user_change(ask, person)
    ask.ws.stream.tell("world", user=person.id)
    return await answered(told)


def _take_over(ask: Ask, person: User) -> None:
    """Take over what is given, all of it or nothing."""
    tz, deleted = ask.optional("tz"), ask.flag("deleted")
    texts = {name: ask.args.get(name) for name in ("status_text", "status_emoji")}
    if tz is not None and not is_zone(tz):
        raise invalid(f"There is no time zone {tz}.")
    if any(value is not None and not isinstance(value, str) for value in texts.values()):
        raise invalid("status_text and status_emoji must be strings.")
    person.tz = tz or person.tz
    person.deleted = person.deleted if deleted is None else deleted
    for name, value in texts.items():
        if value is not None:
            setattr(person, name, value)


def _tell_user_change(ask: Ask, person: User) -> None:
    """The app hears of its own team's people and of those it shares a channel with."""
    ws = ask.ws
    if ws.world.is_outsider(person) and not ws.world.shares_a_channel_with_bot(person):
        return
    changed = user_object(ws.world, person, ws.now(), locale=True)
    ws.events.emit({"type": "user_change", "user": changed, "cache_ts": int(ws.now().timestamp())})


async def channel(ask: Ask) -> Json:
    place = ask.channel()
    name, new_id = ask.optional("name"), ask.optional("new_id")
    archived, shared = ask.flag("archived"), ask.args.get("shared")
    if new_id is not None:
        _check_id(ask, new_id)
    if name is not None:
        _check_name(ask, place, name)
    wished = _wished_teams(ask, place, shared)
    with ask.ws.events.gathered() as told:
        if name is not None:
            _rename(ask, place, name)
        if wished is not None:
            _share_with(ask, place, wished)
        if new_id is not None:
            _change_id(ask, place, new_id)
        if archived is not None and archived != place.archived:
            _archive(ask, place, archived)
    ask.ws.stream.tell("world", channel=place.id)
    return await answered(told, channel=place.id)


def _check_name(ask: Ask, place: Channel, name: str) -> None:
    try:
        check_channel_name(name, "name")
    except WorldError as error:
        raise invalid(f"{error}.") from error
    if any(one.name == name for one in ask.ws.world.channels.values() if one is not place):
        raise invalid(f"There is a channel {name} already.")


def _rename(ask: Ask, place: Channel, name: str) -> None:
    place.name = name
    renamed = {
        "id": place.id,
        "name": name,
        "created": place.created,
        "is_channel": not place.private,
        "is_mpim": False,
    }
    ask.ws.events.emit({"type": f"{_kind(place)}_rename", "channel": renamed}, place)


def _check_id(ask: Ask, new_id: str) -> None:
    if not ID.fullmatch(new_id):
        raise invalid(f"{new_id!r} is no id: letters, digits, hyphens and underscores.")
    if new_id in ask.ws.world.channels:
        raise invalid(f"There is a channel {new_id} already.")


def _change_id(ask: Ask, place: Channel, new_id: str) -> None:
    old_id = place.id
    ask.ws.boards.rename(old_id, new_id)
    ask.ws.world.rename_channel_id(place, new_id)
    event = {"type": "channel_id_changed", "old_channel_id": old_id, "new_channel_id": new_id}
    ask.ws.events.emit(event, place)


def _archive(ask: Ask, place: Channel, archived: bool) -> None:
    place.archived = archived
    verb = "archive" if archived else "unarchive"
    by = next(iter(place.members), "")
    ask.ws.events.emit({"type": f"{_kind(place)}_{verb}", "channel": place.id, "user": by}, place)


def _kind(place: Channel) -> str:
    return "group" if place.private else "channel"


def _wished_teams(ask: Ask, place: Channel, shared: Any) -> list[str] | None:
    """The guest teams: ``shared`` is true, false, a team's id or a list of them."""
    if shared is None:
        return None
    host = place.team_ids[0]
    if shared is False:
        return []
    if shared is True:
        others = [team_id for team_id in ask.ws.world.teams if team_id != host]
        return place.team_ids[1:] or others[:1]
    listed = shared if isinstance(shared, list) else [shared]
    for team_id in listed:
        if not isinstance(team_id, str) or team_id not in ask.ws.world.teams:
            raise invalid(f"There is no team {team_id}.")
    return [team_id for team_id in listed if team_id != host]


def _share_with(ask: Ask, place: Channel, guests: list[str]) -> None:
    for team_id in guests:
        if team_id not in place.team_ids:
            share(ask.ws, place, team_id)
    for team_id in place.team_ids[1:]:
        if team_id not in guests:
            unshare(ask.ws, place, team_id)


async def event(ask: Ask) -> Json:
    """A raw event; given ``event_id`` and ``times`` it comes again and again."""
    body = ask.args.get("event")
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise invalid("event must be an object with a type.")
    team = ask.optional("team")
    if team is not None and team not in ask.ws.world.teams:
        raise ControlRefused("invalid_arguments", f"There is no team {team}.")
    times = ask.number("times", 1)
    if times != int(times) or not 1 <= times <= MOST_TIMES:
        raise invalid(f"times must be a whole number from 1 to {MOST_TIMES}.")
    event_id = ask.optional("event_id") or ask.ws.stamps.id("Ev")
    place = ask.ws.world.channels.get(str(body.get("channel")))
    with ask.ws.events.gathered() as told:
        for _ in range(int(times)):
            ask.ws.events.send(dict(body), place, event_id=event_id, team_id=team)
    return await answered(told, event_id=event_id)


CALLS: Final[Mapping[str, ControlCall]] = {
    "member": member,
    "user": user,
    "channel": channel,
    "event": event,
}
