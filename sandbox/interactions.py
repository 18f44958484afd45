"""What people do with the app: payloads as Slack sends them, and what the app's ack sets off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.elements import NotChosen, Place, chosen, has_state, places
from sandbox.errors import ControlRefused, NotConnected
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.shapes import actor, for_app, short_channel, short_team
from sandbox.surfaces import View, state_values
from sandbox.telling import send_logged
from sandbox.transport import Ack, Envelope, EnvelopeType
from sandbox.workspace import ResponseUrl, Workspace
from sandbox.world import Channel, User, World

# The code of an id that nobody and nothing has, by where an element holds it.
_UNKNOWN: Final[Mapping[str, str]] = {
    "selected_user": "user_not_found",
    "selected_channel": "channel_not_found",
    "selected_conversation": "channel_not_found",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where somebody acts: on a message of a channel, or in a view."""

    channel: Channel | None = None
    post: Post | None = None
    view: View | None = None

    @property
    def surface(self) -> str:
        """What tells this message or view from all others."""
        if self.view is not None:
            return self.view.id
        assert self.channel is not None
        assert self.post is not None
        return f"{self.channel.id}/{self.post.ts}"

    def places(self) -> list[Place]:
        if self.view is not None:
            return self.view.places()
        return list(places(self.post.body.get("blocks", []))) if self.post is not None else []


async def tell_app(
    ws: Workspace, kind: EnvelopeType, payload: Json, *, answers: bool = False
) -> Ack:
    """Hand the app something that a person waits for.

    Raises:
        ControlRefused: No app is there, or it did not ack within three seconds.
    """
    envelope = Envelope(type=kind, payload=payload, accepts_response=answers)
    ws.activity.began_envelope()
    try:
        ack = await send_logged(ws.wire, ws.transport, envelope, ws.now().isoformat())
    except NotConnected as error:
        sentence = str(error) or "No app is connected to the sandbox."
        raise ControlRefused("no_app_connected", sentence) from error
    finally:
        ws.activity.ended_envelope()
    if not ack.acked:
        raise timed_out(ack.cause)
    return ack


def timed_out(cause: str = "", /, **extra: Any) -> ControlRefused:
    """Nothing was acknowledged; ``cause`` is a sentence, empty when time ran out."""
    sentence = cause or "The app did not acknowledge this within three seconds."
    return ControlRefused("operation_timeout", sentence, **extra)


def response_url(ws: Workspace, channel: Channel, user: User, ts: str | None = None) -> str:
    key = ws.stamps.secret()
    ws.response_urls[key] = ResponseUrl(
        channel_id=channel.id, user_id=user.id, issued_at=ws.now(), ts=ts
    )
    return f"{ws.base_url}response/{key}"


def command_payload(ws: Workspace, channel: Channel, user: User, typed: tuple[str, str]) -> Json:
    """The form of a slash command; ``typed`` is the command and the text after it."""
    home = ws.world.home
    return {
        "token": ws.tokens.verification,
        "team_id": home.id,
        "team_domain": home.domain,
        "channel_id": channel.id,
        "channel_name": short_channel(channel)["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": typed[0],
        "text": typed[1],
        "api_app_id": ws.world.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(ws, channel, user),
        "trigger_id": ws.triggers.issue(user.id),
    }


def _common(ws: Workspace, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": actor(user),
        "api_app_id": ws.world.app.id,
        "token": ws.tokens.verification,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def click_payload(ws: Workspace, user: User, spot: Spot, action: Json) -> Json:
    """``block_actions``: the team is the installing one, whoever presses."""
    body = _common(ws, "block_actions", user)
    body["team"] = short_team(ws.world.home)
    body["trigger_id"] = ws.triggers.issue(
        user.id, in_modal=spot.view is not None and spot.view.body["type"] == "modal"
    )
    body["actions"] = [{**action, "action_ts": ws.next_ts()}]
    if spot.view is not None:
        body["container"] = {"type": "view", "view_id": spot.view.id}
        body["view"] = spot.view.with_state()
        return body
    assert spot.post is not None
    assert spot.channel is not None
    channel, post = spot.channel, spot.post
    picks = ws.picks.get((channel.id, post.ts, user.id), {})
    body["state"] = {"values": state_values(post.body.get("blocks", []), picks)}
    body["response_url"] = response_url(ws, channel, user, post.ts)
    return body | _message_part(channel, post)


def _message_part(channel: Channel, post: Post) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": channel.id,
        "is_ephemeral": post.ephemeral_to is not None,
    }
    if "thread_ts" in post.body:
        container["thread_ts"] = post.body["thread_ts"]
    part: Json = {"container": container, "channel": short_channel(channel)}
    if post.ephemeral_to is None:
        part["message"] = for_app(post.body)
    return part


def suggestion_payload(ws: Workspace, user: User, spot: Spot, place: Place, typed: str) -> Json:
    """``block_suggestion``: somebody typed in an external select."""
    body = _common(ws, "block_suggestion", user) | {
        "team": short_team(ws.world.home),
        "action_id": place.element["action_id"],
        "block_id": place.block["block_id"],
        "value": typed,
    }
    if spot.view is not None:
        container = {"type": "view", "view_id": spot.view.id}
        return body | {"container": container, "view": spot.view.with_state()}
    assert spot.post is not None
    assert spot.channel is not None
    return body | _message_part(spot.channel, spot.post)


def action_of(place: Place, held: Json | None) -> Json:
    """One entry of ``actions``: the element as pressed, or with what was picked."""
    element = place.element
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": place.block["block_id"],
    }
    for key in ("text", "value", "style", "url", "placeholder", "confirm"):
        if key in element:
            action[key] = element[key]
    return action | (held or {})


def choose(world: World, element: Json, given: object) -> Json:
    """What the element holds once a person gave it a value; people and places have to exist.

    Raises:
        NotChosen: The element offers no such value.
    """
    held = chosen(element, given)
    for key, value in held.items():
        code = _UNKNOWN.get(key.removesuffix("s"))
        if code is None or value is None:
            continue
        known: Mapping[str, object] = world.users if code == "user_not_found" else world.channels
        ids = value if isinstance(value, list) else [value]
        strange = [one for one in ids if one not in known]
        if strange:
            raise NotChosen(f"There is no {strange[0]} to choose.", code)
    return held


def pick(ws: Workspace, user: User, spot: Spot, place: Place, given: object) -> Json:
    """What the element holds now; it is remembered for the next act on the same surface.

    Raises:
        NotChosen: The element offers no such value.
    """
    element = ws.offers.element(spot.surface, place, user.id)
    held = choose(ws.world, element, given)
    if not has_state(place.element):
        return held
    if spot.view is not None:
        spot.view.picks[place.key] = held
    elif spot.channel is not None and spot.post is not None:
        key = (spot.channel.id, spot.post.ts, user.id)
        ws.picks.setdefault(key, {})[place.key] = held
    return held


def submission_payload(ws: Workspace, user: User, view: View) -> Json:
    """``view_submission``: the team is that of the person who submits."""
    return {
        **_common(ws, "view_submission", user),
        "team": short_team(ws.world.teams[user.team_id]),
        "trigger_id": ws.triggers.issue(user.id, in_modal=True),
        "view": view.with_state(),
        "response_urls": _asked_response_urls(ws, user, view),
    }


def _asked_response_urls(ws: Workspace, user: User, view: View) -> list[Json]:
    """An address for each channel picked in an element with ``response_url_enabled``."""
    found = []
    values = view.with_state()["state"]["values"]
    for place in view.places():
        held = values.get(place.key[0], {}).get(place.key[1], {})
        channel_id = held.get("selected_conversation") or held.get("selected_channel")
        channel = ws.world.channels.get(str(channel_id))
        if place.element.get("response_url_enabled") and channel is not None:
            block_id, action_id = place.key
            found.append(
                {
                    "block_id": block_id,
                    "action_id": action_id,
                    "channel_id": channel.id,
                    "response_url": response_url(ws, channel, user),
                }
            )
    return found


def closed_payload(ws: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    return {
        **_common(ws, "view_closed", user),
        "team": short_team(ws.world.teams[user.team_id]),
        "view": view.with_state(),
        "is_cleared": cleared,
    }


def message_shortcut_payload(ws: Workspace, user: User, spot: Spot, callback_id: str) -> Json:
    assert spot.post is not None
    assert spot.channel is not None
    return {
        **_common(ws, "message_action", user),
        "team": short_team(ws.world.home),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(user.id),
        "action_ts": ws.next_ts(),
        "message_ts": spot.post.ts,
        "channel": short_channel(spot.channel),
        "message": for_app(spot.post.body),
        "response_url": response_url(ws, spot.channel, user, spot.post.ts),
    }


def global_shortcut_payload(ws: Workspace, user: User, callback_id: str) -> Json:
    return {
        **_common(ws, "shortcut", user),
        "team": short_team(ws.world.home),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(user.id),
        "action_ts": ws.next_ts(),
    }
