"""Invitations: the button that asks for the file."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.payloads import Body, press
from services import invitations
from services.deps import Deps
from views import invitation_buttons


def register(app: App, deps: Deps) -> None:
    app.action(invitation_buttons.POST)(partial(handle_post, deps=deps))


def handle_post(ack: Ack, body: Body, *, deps: Deps) -> None:
    invitations.post(deps, who_of(body), press(body).value, deps.now())
    ack()
