"""Waiting: the form that asks what a deliverable waits for, and the button that ends it."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import who_of
from handlers.home import follow, show_form_here
from handlers.payloads import Body, form_values, metadata_of, press
from services import deliverable_answers as answers
from services import deliverable_history as history
from services import waits
from services.delivery_forms import update_form
from services.deps import Deps
from views import deliverables
from views import waits as views


def register(app: App, deps: Deps) -> None:
    app.action(deliverables.WAITING)(partial(handle_open, deps=deps))
    app.action(views.OVER)(partial(handle_over, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, commitment_id = who_of(body), press(body).value.partition("|")[0]
    view = waits.form(deps, who, commitment_id)
    show_form_here(deps, body, history.drawn_now(deps, who, commitment_id, view))
    ack()


def handle_over(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, now = who_of(body), deps.now()
    changed = waits.over(deps, who, press(body).value, now)
    answers.say(deps, who, changed, views.no_longer(changed.partnership, changed.commitment), now)
    commitment_id, view_id = changed.commitment.id, str((body.get("view") or {}).get("id") or "")
    if view_id and changed.commitment.state == "accepted":
        again = history.drawn_now(deps, who, commitment_id, waits.form(deps, who, commitment_id))
        update_form(deps.clients, who.team_id, view_id, again)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), metadata_of(view)
    again = history.changed_meanwhile(deps, who, carried, view)
    if again is not None:
        ack(response_action="update", view=again)
        return
    said = waits.begin(deps, who, carried, views.asked_of(form_values(view)), now)
    drawn = views.now_waits(said.changed.partnership, said.changed.commitment, said.waited)
    answers.say(deps, who, said.changed, drawn, now)
    follow(deps, body)
    ack()
