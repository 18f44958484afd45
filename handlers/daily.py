"""The buttons below the daily message that are about the message itself, and what they open."""

from functools import partial
from typing import Final

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, open_form, press
from services import daily, daily_settings
from services.delivery_forms import update_form
from services.deps import Deps
from views import daily as views
from views import daily_settings as settings_views

_ACTS: Final = {
    views.NOT_TODAY: daily.not_today,
    views.UNDO: daily.undo,
    views.STOP: daily.stop,
    views.START: daily.start,
}


def register(app: App, deps: Deps) -> None:
    for action_id in _ACTS:
        app.action(action_id)(partial(handle_act, deps=deps))
    app.action(settings_views.SETTINGS)(partial(handle_settings, deps=deps))
    app.action(settings_views.DIRECT)(partial(handle_direct, deps=deps))


def handle_act(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    _ACTS[pressed.action_id](deps, who_of(body), pressed.value, deps.now())
    ack()


def handle_settings(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, daily_settings.form(deps, who_of(body)))
    ack()


def handle_direct(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, view = who_of(body), open_form(body)
    shown = daily_settings.choose_place(deps, who, press(body).value, deps.now())
    update_form(deps.clients, who.team_id, str(view["id"]), shown)
    ack()
