"""Surveys that leads answer openly: the form, and the answers of both sides."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import signed
from services.deps import Deps
from views import signed as views


def register(app: App, deps: Deps) -> None:
    app.action(views.ANSWER)(partial(handle_answer, deps=deps))
    app.action(views.READ)(partial(handle_read, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_answer(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, signed.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_read(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, signed.read_of(deps, who_of(body), press(body).value))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    survey_id = metadata_of(view)["survey"]
    errors = signed.answer(deps, who_of(body), survey_id, form_values(view), deps.now())
    if errors:
        ack(response_action="errors", errors=dict(errors))
    else:
        ack()
