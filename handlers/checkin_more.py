"""The menu under an agenda: each line does what its own button does elsewhere."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, press
from services import inputs, invitations, topics
from services.deps import Deps
from views import checkin_more as views


def register(app: App, deps: Deps) -> None:
    app.action(views.MORE)(partial(handle_more, deps=deps))


def handle_more(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, now = who_of(body), deps.now()
    what, named = views.read(press(body).value)
    if what == "invitation":
        invitations.post(deps, who, named, now)
    elif what == "inputs":
        show_form(deps, body, inputs.list_of(deps, who, named))
    else:
        show_form(deps, body, topics.list_of(deps, who, named, now))
    ack()
