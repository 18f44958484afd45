"""The weekly summary for a lead alone: reading it, and wanting it in the channel."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, metadata_of, press
from services import summary, summary_reading
from services.delivery_forms import update_form
from services.deps import Deps
from views import summary as views


def register(app: App, deps: Deps) -> None:
    app.action(views.READ)(partial(handle_read, deps=deps))
    app.action(views.PUBLISH)(partial(handle_publish, deps=deps))


def handle_read(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, summary_reading.form(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_publish(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, view = who_of(body), body.get("view") or {}
    summary.publish(deps, who, press(body).value, deps.now())
    read = metadata_of(view).get("summary")
    if read is not None:
        shown = summary_reading.form(deps, who, read, deps.now())
        update_form(deps.clients, who.team_id, str(view["id"]), shown)
    ack()
