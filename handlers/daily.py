"""The buttons below the daily message that are about the message itself."""

from functools import partial
from typing import Final

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.payloads import Body, press
from services import daily
from services.deps import Deps
from views import daily as views

_ACTS: Final = {
    views.NOT_TODAY: daily.not_today,
    views.STOP: daily.stop,
    views.START: daily.start,
}


def register(app: App, deps: Deps) -> None:
    for action_id in _ACTS:
        app.action(action_id)(partial(handle_act, deps=deps))


def handle_act(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    _ACTS[pressed.action_id](deps, who_of(body), pressed.value, deps.now())
    ack()
