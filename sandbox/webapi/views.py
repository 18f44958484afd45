"""``views.*`` and ``blocks.validate``: modals, the Home tab, and whether blocks would be taken."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.surfaces import View
from sandbox.webapi.call import Call, Method
from sandbox.webapi.content import check_blocks, check_view
from sandbox.workspace import Workspace
from sandbox.world import User


def open_view(call: Call) -> Json:
    view = _modal(call)
    trigger = call.ws.triggers.use(call.text("trigger_id"))
    call.ws.surfaces.stack(trigger.user_id).clear()
    return _pushed(call, trigger.user_id, view)


def push_view(call: Call) -> Json:
    view = _modal(call)
    trigger = call.ws.triggers.use(call.text("trigger_id"))
    if not trigger.in_modal or not call.ws.surfaces.stack(trigger.user_id):
        raise Refused("invalid_trigger_id")
    return _pushed(call, trigger.user_id, view)


def _modal(call: Call) -> Json:
    view = check_view(call.decoded("view"))
    if view["type"] != "modal":
        raise Refused("invalid_arguments")
    return view


def _pushed(call: Call, user_id: str, view: Json) -> Json:
    user = call.ws.world.users[user_id]
    opened = call.ws.surfaces.push(user_id, owned(call.ws, user, view))
    return _shown(call, opened)


def update_view(call: Call) -> Json:
    body = check_view(call.decoded("view"))
    external_id = call.optional("external_id")
    view = call.ws.surfaces.find(view_id=call.optional("view_id"), external_id=external_id)
    if view is None:
        raise Refused("not_found")
    if body["type"] != view.body["type"]:
        raise Refused("invalid_arguments")
    _check_hash(call, view)
    call.ws.surfaces.replace(view, owned(call.ws, call.ws.world.users[view.user_id], body))
    return _shown(call, view)


def publish_view(call: Call) -> Json:
    user = call.ws.world.users.get(call.text("user_id"))
    if user is None:
        raise Refused("user_not_found")
    if not call.ws.manifest.home_tab:
        raise Refused("not_enabled")
    body = check_view(call.decoded("view"))
    if body["type"] != "home":
        raise Refused("invalid_arguments")
    home = call.ws.surfaces.homes.get(user.id)
    if home is not None:
        _check_hash(call, home)
    return _shown(call, call.ws.surfaces.publish(user.id, owned(call.ws, user, body)))


def _check_hash(call: Call, view: View) -> None:
    if call.optional("hash") not in {None, view.body["hash"]}:
        raise Refused("hash_conflict")


def _shown(call: Call, view: View) -> Json:
    call.ws.stream.tell("view", user=view.user_id, view=view.id)
    return {"view": view.with_state()}


def owned(ws: Workspace, user: User, view: Json) -> Json:
    """A view with the ids of the app; its team is the team of the person who sees it."""
    app = ws.world.app
    return {
        **view,
        "team_id": user.team_id,
        "app_id": app.id,
        "app_installed_team_id": app.team_id,
        "bot_id": app.bot_id,
    }


def validate(call: Call) -> Json:
    """Exactly one of ``blocks``, ``message`` and ``view``."""
    given = {key: call.decoded(key) for key in ("blocks", "message", "view")}
    present = [key for key, value in given.items() if value is not None]
    if len(present) != 1:
        raise Refused("invalid_arguments")
    if present == ["view"]:
        check_view(given["view"])
    elif present == ["blocks"]:
        check_blocks(given["blocks"])
    else:
        message = given["message"]
        check_blocks(message.get("blocks") if isinstance(message, dict) else None)
    return {}


METHODS: Final[Mapping[str, Method]] = {
    "views.open": Method(run=open_view, tier=4),
    "views.push": Method(run=push_view, tier=4),
    "views.update": Method(run=update_view, tier=4),
    "views.publish": Method(run=publish_view, tier=4),
    "blocks.validate": Method(run=validate, token="any"),
}
