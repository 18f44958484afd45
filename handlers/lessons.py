"""Listeners for what both sides learned: the form, and what takes it back."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import lessons
from services.deps import Deps
from views import lessons as views


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, lessons.form_of(deps, who_of(body), press(body).value))
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, lessons.undo(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    typed = views.read_form(form_values(view))
    lessons.write_down(deps, who_of(body), metadata_of(view), typed, deps.now())
    ack()
