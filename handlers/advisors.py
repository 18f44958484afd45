"""Advisors: the form of a lead, and the two buttons of who decides."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, choices_of, form_values, metadata_of, press
from services import advisors, people
from services.deps import Deps
from views import advisors as views
from views import people as lists


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.AGREE)(partial(handle_decision, deps=deps, agree=True))
    app.action(views.DECLINE)(partial(handle_decision, deps=deps, agree=False))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, advisors.form_of(deps, who_of(body), press(body).value))
    ack()


def handle_decision(ack: Ack, body: Body, *, deps: Deps, agree: bool) -> None:
    who = who_of(body)
    named = advisors.decide(deps, who, press(body).value, deps.now(), agree=agree)
    show_form(deps, body, lists.list_view(people.people_of(deps, who, named)))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    who, named = who_of(body), metadata_of(view)["partnership"]
    picked = choices_of(form_values(view), views.FIELD)
    advisors.name(deps, who, named, picked, deps.now())
    ack(response_action="update", view=lists.list_view(people.people_of(deps, who, named)))
