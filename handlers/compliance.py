"""How check-ins went: the words, the button that opens the report, and the choice of months."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_form, who_of
from handlers.payloads import Body, press
from handlers.spoken import Answer, Spoken
from services import compliance
from services.delivery_forms import update_form
from services.deps import Deps
from views import compliance as views
from views.words.verbs import ReportCheckins


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.PICK)(partial(handle_pick, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    asked = spoken.verb if isinstance(spoken.verb, ReportCheckins) else ReportCheckins(period=None)
    if spoken.via == "mention":
        return Answer(drawn=compliance.opener_here(deps, spoken.who, asked))
    said = compliance.report_here(deps, spoken.who, asked, spoken.now)
    return Answer(drawn=said.drawn, in_form=said.form)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, compliance.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_pick(ack: Ack, body: Body, *, deps: Deps) -> None:
    """Other months in the place of those that stand there."""
    who, value, now = who_of(body), press(body).value, deps.now()
    view = body.get("view") or {}
    if view.get("type") == "modal":
        shown = compliance.form_of(deps, who, value, now)
        update_form(deps.clients, who.team_id, str(view["id"]), shown)
    else:
        show_answer(deps, body, compliance.drawn_of(deps, who, value, now), now)
    ack()
