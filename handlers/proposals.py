"""What people answer to a proposed check-in: agree, another time, and take an agreement back."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, press
from services import checkin_forms, proposals
from services.deps import Deps
from views import proposals as views


def register(app: App, deps: Deps) -> None:
    app.action(views.AGREE)(partial(handle_agree, deps=deps))
    app.action(views.ANOTHER)(partial(handle_another, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))


def handle_agree(ack: Ack, body: Body, *, deps: Deps) -> None:
    proposals.agree(deps, who_of(body), views.read(press(body).value), deps.now())
    ack()


def handle_another(ack: Ack, body: Body, *, deps: Deps) -> None:
    shown = views.read(press(body).value)
    view = checkin_forms.revision_form_of(deps, who_of(body), shown, deps.now())
    show_form(deps, body, view)
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    proposals.take_back(deps, who_of(body), views.read(press(body).value), deps.now())
    ack()
