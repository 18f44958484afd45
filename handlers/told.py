"""An event as services take it: what Slack told, when, and who we are in it."""

from collections.abc import Sequence

from handlers.payloads import Body, installation_of
from services.deps import Deps
from services.events import Told


def told_of(body: Body, deps: Deps) -> Told:
    """The event of a body, heard now."""
    authorizations: Sequence[Body] = body.get("authorizations") or ({},)
    return Told(
        team_id=installation_of(body),
        event_id=str(body["event_id"]),
        kind=str(body["event"]["type"]),
        at=deps.now(),
        bot_user=str(authorizations[0].get("user_id") or ""),
    )
