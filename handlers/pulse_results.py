"""What came of a pulse: shown, put on the agenda, sent as a file."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_form, who_of
from handlers.payloads import Body, press
from services import pulse_files, pulse_results, pulse_talks
from services.deps import Deps
from views import pulse_results as views


def register(app: App, deps: Deps) -> None:
    app.action(views.RESULTS)(partial(handle_results, deps=deps))
    app.action(views.TALK)(partial(handle_talk, deps=deps))
    app.action(views.FILE)(partial(handle_file, deps=deps))


def handle_results(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, pulse_results.results_view_of(deps, who_of(body), press(body).value))
    ack()


def handle_talk(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, pulse_talks.add(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_file(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, pulse_files.ask(deps, who_of(body), press(body).value, now), now)
    ack()
