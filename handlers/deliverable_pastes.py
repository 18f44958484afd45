"""A pasted list of deliverables: its words, its button, its form, and what takes it back."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_over, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import deliverable_pastes as pastes
from services.delivery_forms import update_form
from services.deps import Deps
from views import deliverable_pastes as views
from views.words.verbs import PasteList


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    assert isinstance(spoken.verb, PasteList)
    is_mention = spoken.via == "mention"
    typed = "" if is_mention else spoken.verb.typed
    partnership, form = pastes.form_here(deps, spoken.who, typed, spoken.now)
    ts = spoken.ts if is_mention and spoken.verb.typed else None
    return Answer(drawn=views.asked_in_thread(partnership, ts), view=form)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    """In the place of the form in which the button stands, if it stands in one."""
    who, view = who_of(body), body.get("view") or {}
    form = pastes.form_of(deps, who, press(body).value, deps.now())
    if view.get("type") == "modal":
        update_form(deps.clients, who.team_id, str(view["id"]), form)
    else:
        show_over(deps, body, form)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried, typed = metadata_of(view), text_of(form_values(view), "list")
    pasted = pastes.Pasted(
        partnership_id=carried["partnership"],
        form_id=carried["id"],
        typed=typed,
        is_looked_through=views.was_looked_through(carried, typed),
    )
    again = pastes.take(deps, who_of(body), pasted, deps.now())
    if again is None:
        ack()
    else:
        ack(response_action="update", view=again)


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, pastes.take_back(deps, who_of(body), press(body).value, now), now)
    ack()
