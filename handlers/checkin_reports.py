"""What came of a check-in: its button and its form."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, open_form, press
from services import checkin_reports
from services.delivery_forms import update_form
from services.deps import Deps
from views import checkin_reports as views


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.MORE)(partial(handle_more, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    view = checkin_reports.form_of(deps, who_of(body), press(body).value, deps.now())
    show_form(deps, body, view)
    ack()


def handle_more(ack: Ack, body: Body, *, deps: Deps) -> None:
    view = open_form(body)
    shown = views.with_more_lines(view)
    update_form(deps.clients, who_of(body).team_id, str(view["id"]), shown)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried = metadata_of(view)
    sent = checkin_reports.Sent(
        turn_id=carried.get("turn", ""),
        id=carried.get("id", ""),
        typed=views.read_form(form_values(view)),
    )
    errors = checkin_reports.record(deps, who_of(body), sent, deps.now())
    if errors:
        ack(response_action="errors", errors=errors)
    else:
        ack()
