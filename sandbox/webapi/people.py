"""``users.*``, ``team.info``, ``bots.info`` and ``dnd.info``: who there is."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.shapes import bot_profile, profile, team_object, user_object
from sandbox.webapi.call import Call, Method
from sandbox.webapi.pages import page


def users_info(call: Call) -> Json:
    user = call.user()
    ws = call.ws
    return {"user": user_object(ws.world, user, ws.now(), locale=call.flag("include_locale"))}


def users_list(call: Call) -> Json:
    """The people of the installing team, deactivated ones included, outsiders never."""
    ws = call.ws
    home = [u for u in ws.world.users.values() if not ws.world.is_outsider(u)]
    shown, more = page(call, home, default=1000)
    locale = call.flag("include_locale")
    listed = [user_object(ws.world, user, ws.now(), locale=locale) for user in shown]
    return {
        "members": listed,
        "cache_ts": int(ws.now().timestamp()),
        "response_metadata": more,
    }


def profile_get(call: Call) -> Json:
    user = call.user() if call.optional("user") else call.ws.world.bot
    world = call.ws.world
    if world.is_outsider(user) and not world.shares_a_channel_with_bot(user):
        raise Refused("user_not_found")
    return {"profile": profile(user)}


def team_info(call: Call) -> Json:
    team = call.ws.world.teams.get(call.optional("team") or call.ws.world.app.team_id)
    if team is None:
        raise Refused("team_not_found")
    return {"team": team_object(team)}


def bots_info(call: Call) -> Json:
    app = call.ws.world.app
    if call.optional("bot") not in {None, app.bot_id}:
        raise Refused("bot_not_found")
    return {"bot": bot_profile(call.ws.world)}


def dnd_info(call: Call) -> Json:
    """Nobody in this world has switched notifications off; a bot never sees a snooze."""
    if call.optional("user"):
        call.user()
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


_USERS: Final = ("users:read",)
METHODS: Final[Mapping[str, Method]] = {
    "users.info": Method(run=users_info, scopes=_USERS, tier=4),
    "users.list": Method(run=users_list, scopes=_USERS, tier=2),
    "users.profile.get": Method(run=profile_get, scopes=("users.profile:read",), tier=4),
    "team.info": Method(run=team_info, scopes=("team:read",), tier=3),
    "bots.info": Method(run=bots_info, scopes=_USERS, tier=3),
    "dnd.info": Method(run=dnd_info, scopes=("dnd:read",), tier=3),
}
