"""The other company's answer: the buttons of the first post and the forms behind them."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import consent
from services.deps import Deps
from views import consent as views


def register(app: App, deps: Deps) -> None:
    app.action(views.AGREE)(partial(handle_agree, deps=deps))
    app.action(views.CHANGE)(partial(handle_change, deps=deps))
    app.action(views.DECLINE)(partial(handle_decline, deps=deps))
    app.action(views.PRIVACY)(partial(handle_privacy, deps=deps))
    app.view(views.CONFIRM_FORM)(partial(handle_confirmed, deps=deps))
    app.view(views.CHANGE_FORM)(partial(handle_changed, deps=deps))


def handle_agree(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, named = who_of(body), press(body).value
    if consent.asks_to_confirm(deps, who, named):
        show_form(deps, body, consent.confirm_form(deps, who, named, deps.now()))
    ack()


def handle_confirmed(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    consent.agree_as_lead(deps, who_of(body), metadata_of(view)["partnership"], deps.now())
    ack()


def handle_change(ack: Ack, body: Body, *, deps: Deps) -> None:
    partnership = consent.check_voice(deps, who_of(body), press(body).value)
    show_form(deps, body, views.change_form(partnership))
    ack()


def handle_changed(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    read = views.read_change(form_values(view))
    if read.zone is None:
        ack(response_action="errors", errors=dict(read.errors))
        return
    said = consent.Correction(name=read.name, zone=read.zone)
    consent.correct(deps, who_of(body), metadata_of(view)["partnership"], said, deps.now())
    ack()


def handle_decline(ack: Ack, body: Body, *, deps: Deps) -> None:
    consent.decline(deps, who_of(body), press(body).value, deps.now())
    ack()


def handle_privacy(ack: Ack, body: Body, *, deps: Deps) -> None:
    shown = consent.privacy_view(deps, who_of(body), press(body).value, deps.now())
    show_form(deps, body, shown)
    ack()
