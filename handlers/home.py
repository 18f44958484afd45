"""The Home tab: drawn anew each time somebody opens it."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.payloads import Body, press
from services import home
from services.deps import Deps
from views import home as views


def register(app: App, deps: Deps) -> None:
    app.action(views.PARTNER)(partial(handle_partner, deps=deps))
    app.event("app_home_opened")(partial(handle_opened, deps=deps))


def handle_opened(ack: Ack, body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    if event.get("tab", "home") == "home":
        home.publish(deps, who_of(body), deps.now(), event_id=str(body["event_id"]))
    ack()


def handle_partner(ack: Ack, body: Body, *, deps: Deps) -> None:
    home.choose(deps, who_of(body), press(body).value, deps.now())
    ack()
