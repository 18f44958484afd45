"""Where the weekly summary is posted: the button in the leads' copies."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.payloads import Body, press
from services import summary
from services.deps import Deps
from views import summary as views


def register(app: App, deps: Deps) -> None:
    app.action(views.PUBLISH)(partial(handle_publish, deps=deps))


def handle_publish(ack: Ack, body: Body, *, deps: Deps) -> None:
    summary.publish(deps, who_of(body), press(body).value, deps.now())
    ack()
