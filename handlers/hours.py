"""A person's own working hours: the words, the form and its buttons."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import answer_form, show_answer, show_form, who_of
from handlers.payloads import Body, form_values, press, text_of
from handlers.spoken import Answer, Spoken
from services import hours
from services.deps import Deps
from views import hours as views
from views.words.hours_words import read_hours
from views.words.verbs import OwnHours


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.action(views.AS_SIDE)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """What was typed, noted and said back; the form where nothing, or nothing clear, was."""
    verb = spoken.verb if isinstance(spoken.verb, OwnHours) else OwnHours()
    said = hours.by_words(deps, spoken.who, verb, spoken.now, event_id=spoken.event_id)
    # Words that were not understood are told, and the form is one press away.
    return Answer(drawn=said.drawn, view=None if verb.words else said.form)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, hours.form_of(deps, who_of(body)))
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now, before = deps.now(), views.read_value(press(body).value)
    show_answer(deps, body, hours.change(deps, who_of(body), before, now), now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values = form_values(view)
    read = views.read_form(values, read_hours(text_of(values, "hours")))
    if read.own is None:
        ack(response_action="errors", errors=dict(read.errors))
        return
    drawn = hours.change(deps, who_of(body), read.own, deps.now())
    ack(response_action="update", view=answer_form(drawn))
