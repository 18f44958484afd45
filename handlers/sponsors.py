"""Listeners for what is brought to sponsors, and for the owner's call for help before."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from slack_bolt import Ack, App

from handlers.forms import show_answer, who_of
from handlers.payloads import Body, press
from services import sponsors
from services.deps import Deps
from views import sponsors as views

_ACTS: Final[Mapping[str, sponsors.Act]] = {
    views.BRING: sponsors.bring,
    views.UNDO: sponsors.take_back,
    views.HELP: sponsors.need_help,
}


def register(app: App, deps: Deps) -> None:
    for action_id in _ACTS:
        app.action(action_id)(partial(handle_act, deps=deps))


def handle_act(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed, now = press(body), deps.now()
    said = _ACTS[pressed.action_id](deps, who_of(body), pressed.value, now)
    show_answer(deps, body, said, now)
    ack()
