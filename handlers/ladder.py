"""Listeners for what people say about reminders of what they owe, and for what they bring up."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import ladder_acts, raising
from services.deps import Deps
from views import ladder as views
from views import raising as raising_views
from views.deliverables import RAISE


def register(app: App, deps: Deps) -> None:
    app.action(views.NOT_TODAY)(partial(handle_not_today, deps=deps))
    app.action(views.SHOW_AGAIN)(partial(handle_show_again, deps=deps))
    app.action(RAISE)(partial(handle_raise, deps=deps))
    app.action(raising_views.RAISE_UNDO)(partial(handle_raise_undo, deps=deps))
    app.action(views.ON_IT)(partial(handle_on_it, deps=deps))
    app.view(views.SNOOZE_FORM)(partial(handle_snooze_form, deps=deps))


def handle_not_today(ack: Ack, body: Body, *, deps: Deps) -> None:
    choice, _, commitment_id = press(body).value.partition("|")
    who, now = who_of(body), deps.now()
    if choice == views.A_DATE:
        show_form(deps, body, ladder_acts.snooze_form(deps, who, commitment_id, now))
    else:
        ladder_acts.put_off(deps, who, commitment_id, choice, now)
    ack()


def handle_snooze_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    day = str(form_values(view).get("due") or "")
    ladder_acts.put_off(deps, who_of(body), metadata_of(view)["id"], day, deps.now())
    ack()


def handle_show_again(ack: Ack, body: Body, *, deps: Deps) -> None:
    ladder_acts.show_again(deps, who_of(body), press(body).value, deps.now())
    ack()


def handle_on_it(ack: Ack, body: Body, *, deps: Deps) -> None:
    ladder_acts.on_it(deps, who_of(body), press(body).value, deps.now())
    ack()


def handle_raise(ack: Ack, body: Body, *, deps: Deps) -> None:
    said = raising.bring_up(deps, who_of(body), press(body).value, deps.now())
    show_answer(deps, body, said, deps.now())
    ack()


def handle_raise_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    said = raising.take_back(deps, who_of(body), press(body).value, deps.now())
    show_answer(deps, body, said, deps.now())
    ack()
