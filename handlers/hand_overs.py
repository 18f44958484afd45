"""Handing something over: the button that asks to whom, its form, and the answers."""

from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from handlers.forms import answer_form, show_answer, who_of
from handlers.home import follow, show_form_here
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from services import hand_overs
from services.deps import Deps
from views import hand_overs as views

_ACTS: Final = {
    views.TAKE: hand_overs.take,
    views.REFUSE: hand_overs.refuse,
    views.UNDO: hand_overs.undo,
}


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    for action_id in _ACTS:
        app.action(action_id)(partial(handle_act, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    open_hand_over(deps, body, press(body).value.partition("|")[0])
    ack()


def open_hand_over(deps: Deps, body: Body, commitment_id: str) -> None:
    show_form_here(deps, body, hand_overs.form_of(deps, who_of(body), commitment_id))


def handle_act(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed, now = press(body), deps.now()
    drawn = _ACTS[pressed.action_id](deps, who_of(body), pressed.value, now)
    show_answer(deps, body, drawn, now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    chosen = text_of(form_values(view), "owner")
    commitment_id = metadata_of(view)["id"]
    drawn = hand_overs.offer(deps, who_of(body), commitment_id, chosen, deps.now())
    follow(deps, body)
    ack(response_action="update", view=answer_form(drawn))
