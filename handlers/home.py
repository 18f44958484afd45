"""The Home tab: drawn anew each time somebody opens it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from handlers.forms import show_over, who_of
from handlers.payloads import Body, metadata_of, press
from services import home
from services.deps import Deps
from views import home as views
from views.form_again import carrying

_FROM_HOME: Final = "from_home"


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


def show_form_here(deps: Deps, body: Body, view: Mapping[str, Any]) -> None:
    """Open a form about a line of a list; sent from the Home tab, the tab is drawn anew."""
    is_home = (body.get("view") or {}).get("type") == "home"
    show_over(deps, body, carrying(view, **{_FROM_HOME: "yes"}) if is_home else view)


def follow(deps: Deps, body: Body) -> None:
    """Draw the Home tab anew after a form that was opened in it."""
    if metadata_of(body.get("view") or {}).get(_FROM_HOME):
        home.publish(deps, who_of(body), deps.now())
