"""``api.test``, ``auth.test`` and ``apps.connections.open``: is this Slack, and who am I."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.webapi.call import Call, Method


def api_test(call: Call) -> Json:
    wished = call.optional("error")
    if wished is not None:
        raise Refused(wished, args=call.args)
    return {"args": call.args}


def auth_test(call: Call) -> Json:
    app, home = call.ws.world.app, call.ws.world.home
    return {
        "url": home.url,
        "team": home.name,
        "user": call.ws.world.bot.name,
        "team_id": home.id,
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    ws = call.ws
    if ws.transport is not ws.sockets:
        raise Refused("socket_mode_not_enabled")
    address = ws.base_url.replace("http://", "ws://")
    return {"url": f"{address}link/?ticket={ws.sockets.ticket()}&app_id={ws.world.app.id}"}


METHODS: Final[Mapping[str, Method]] = {
    "api.test": Method(run=api_test, token="any"),
    "auth.test": Method(run=auth_test, token="any"),
    "apps.connections.open": Method(run=open_connection, tier=3, token="app"),
}
