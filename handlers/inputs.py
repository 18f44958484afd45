"""Inputs: what each side brings to check-ins, in a list and forms."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, show_over, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from handlers.spoken import Answer, Spoken
from services import inputs
from services.delivery_forms import update_form
from services.deps import Deps
from views import inputs as views


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.NEW)(partial(handle_form_open, deps=deps))
    app.action(views.EDIT)(partial(handle_form_open, deps=deps))
    app.action(views.RETIRE)(partial(handle_retire, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    view = inputs.list_here(deps, spoken.who)
    return Answer(drawn=views.opener(metadata_of(view)["partnership"]), view=view)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, inputs.list_of(deps, who_of(body), press(body).value))
    ack()


def handle_form_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_over(deps, body, inputs.form_of(deps, who_of(body), press(body).value))
    ack()


def handle_retire(ack: Ack, body: Body, *, deps: Deps) -> None:
    who = who_of(body)
    shown = inputs.retire(deps, who, press(body).value, deps.now())
    update_form(deps.clients, who.team_id, str(body["view"]["id"]), shown)
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    inputs.undo(deps, who_of(body), press(body).value, deps.now())
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    form = views.read_form(form_values(view))
    shown = inputs.save(deps, who_of(body), metadata_of(view), form, deps.now())
    ack(response_action="update", view=shown)
