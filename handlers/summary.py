"""Where the weekly summary is posted: the buttons in the leads' copies."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.payloads import Body, press
from services import summary
from services.deps import Deps
from views import summary as views


def register(app: App, deps: Deps) -> None:
    app.action(views.PUBLISH)(partial(handle_publish, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))


def handle_publish(ack: Ack, body: Body, *, deps: Deps) -> None:
    summary.choose(deps, who_of(body), press(body).value, in_channel=True, now=deps.now())
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    summary.undo(deps, who_of(body), press(body).value, deps.now())
    ack()
