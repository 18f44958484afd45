"""The buttons under changes of settings, in the thread and in the settings themselves."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from slack_bolt import Ack, App

from handlers.forms import answer_form, show_form, who_of
from handlers.payloads import Body, press
from services import changes
from services.actors import Who
from services.deps import Deps
from views import changes as views
from views.blocks import Drawn

Decide = Callable[[Deps, Who, str, datetime], Drawn]


def register(app: App, deps: Deps) -> None:
    app.action(views.AGREE)(partial(handle_press, deps=deps, decide=changes.agree))
    app.action(views.KEEP)(partial(handle_press, deps=deps, decide=changes.keep))
    app.action(views.UNDO)(partial(handle_press, deps=deps, decide=changes.undo))


def handle_press(ack: Ack, body: Body, *, deps: Deps, decide: Decide) -> None:
    """In the thread everybody reads what came of it; over a form the presser is told there."""
    drawn = decide(deps, who_of(body), press(body).value, deps.now())
    if press(body).response_url is None:
        show_form(deps, body, answer_form(drawn))
    ack()
