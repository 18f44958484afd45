"""Check-ins in writing: the answers, their reading, and the questions that leads choose."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press
from services import written
from services.deps import Deps
from views import written as views
from views import written_forms as forms


def register(app: App, deps: Deps) -> None:
    app.action(views.ANSWER)(partial(handle_answer, deps=deps))
    app.action(views.READ)(partial(handle_read, deps=deps))
    app.action(views.QUESTIONS)(partial(handle_questions, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(forms.FORM)(partial(handle_form, deps=deps))
    app.view(forms.QUESTIONS_FORM)(partial(handle_questions_form, deps=deps))
    app.view(forms.QUESTIONS_PREVIEW)(partial(handle_questions_preview, deps=deps))


def handle_answer(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, written.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_read(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, written.read_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    turn_id, values = metadata_of(view).get("turn", ""), form_values(view)
    errors = written.answer(deps, who_of(body), turn_id, values, deps.now())
    if errors:
        ack(response_action="errors", errors=dict(errors))
    else:
        ack()


def handle_questions(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, written.questions_form_of(deps, who_of(body), press(body).value))
    ack()


def handle_questions_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    shown, typed = forms.shown_in(metadata_of(view)), forms.typed_fields(form_values(view))
    preview = written.questions_preview_of(deps, who_of(body), shown, typed)
    ack(response_action="update", view=preview)


def handle_questions_preview(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried = metadata_of(view)
    words = forms.carried_words(carried.get("words", ""))
    written.change_questions(deps, who_of(body), forms.shown_in(carried), words, deps.now())
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    written.undo_questions(deps, who_of(body), views.read(press(body).value), deps.now())
    ack()
