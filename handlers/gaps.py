"""What is open: the words, and the buttons beside each line."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, is_full_stack, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import gap_notes, gaps
from services.delivery_forms import update_form
from services.deps import Deps
from views import gap_notes as note_views
from views import gaps as views
from views.hub import as_form
from views.words.verbs import Gaps


def register(app: App, deps: Deps) -> None:
    app.action(views.WHY)(partial(handle_why, deps=deps))
    app.action(views.SETTLE)(partial(handle_settle, deps=deps))
    app.action(views.AGENDA)(partial(handle_agenda, deps=deps))
    app.action(views.NOTE)(partial(handle_note, deps=deps))
    app.action(note_views.UNDO)(partial(handle_undo_note, deps=deps))
    app.view(note_views.FORM)(partial(handle_note_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    verb = spoken.verb
    scope = verb.scope if isinstance(verb, Gaps) else None
    drawn = gaps.list_here(deps, spoken.who, scope, spoken.now)
    if spoken.via == "mention":
        return Answer(drawn=gaps.opener(deps, spoken.who))
    return Answer(drawn=drawn)


def handle_why(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, gaps.why(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_settle(ack: Ack, body: Body, *, deps: Deps) -> None:
    partnership, drawn = gaps.declare_settled(deps, who_of(body), press(body).value, deps.now())
    view = body.get("view") or {}
    if not is_full_stack(view):
        show_form(deps, body, as_form(drawn, partnership))
    ack()


def handle_agenda(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, gaps.agenda_form(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_note(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, gap_notes.form(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_note_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried = metadata_of(view)
    value = f"{carried['partnership']}|{carried['finding']}"
    words = text_of(form_values(view), "note")
    ack(
        response_action="update",
        view=gap_notes.add(deps, who_of(body), value, words, deps.now()),
    )


def handle_undo_note(ack: Ack, body: Body, *, deps: Deps) -> None:
    who = who_of(body)
    shown = gap_notes.take_back(deps, who, press(body).value, deps.now())
    update_form(deps.clients, who.team_id, str(body["view"]["id"]), shown)
    ack()
