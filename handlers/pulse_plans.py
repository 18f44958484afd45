"""What both sides agree on about their pulse: the button in the settings, and its form."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_over, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import pulse_plans
from services.deps import Deps
from views import pulse_plans as views


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_over(deps, body, pulse_plans.form_of(deps, who_of(body), press(body).value))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    read = views.read_form(form_values(view))
    if read.plan is None:
        ack(response_action="errors", errors=dict(read.errors))
        return
    named = metadata_of(view)["partnership"]
    pulse_plans.propose(deps, who_of(body), named, read.plan, deps.now())
    ack()
