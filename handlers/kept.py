"""How promises were kept: the words, and the buttons that open the report."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_over, who_of
from handlers.payloads import Body, press
from handlers.spoken import Answer, Spoken
from services import kept
from services.delivery_forms import update_form
from services.deps import Deps
from views import kept as views
from views.words.verbs import ReportDeliverables


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    assert isinstance(spoken.verb, ReportDeliverables)  # by the table of subjects
    if spoken.via == "mention":
        return Answer(drawn=kept.opener_here(deps, spoken.who, spoken.verb))
    return Answer(drawn=kept.report_here(deps, spoken.who, spoken.verb, spoken.now))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    """The report; other months in the place of those that stand there."""
    who, view = who_of(body), body.get("view") or {}
    shown = kept.form_of(deps, who, press(body).value, deps.now())
    if view.get("callback_id") == views.VIEW:
        update_form(deps.clients, who.team_id, str(view["id"]), shown)
    else:
        show_over(deps, body, shown)
    ack()
