"""Topics: their list and forms, "no upcoming changes", and what only leads read."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.topics import TopicForm
from handlers.forms import show_form, show_over, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import topic_changes, topics
from services.delivery_forms import update_form
from services.deps import Deps
from views import topics as views


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.NEW)(partial(handle_form_open, deps=deps))
    app.action(views.EDIT)(partial(handle_form_open, deps=deps))
    app.action(views.RETIRE)(partial(handle_retire, deps=deps))
    app.action(views.NONE)(partial(handle_none, deps=deps))
    app.action(views.SOME)(partial(handle_none, deps=deps))
    app.action(views.FOR_LEADS)(partial(handle_for_leads, deps=deps))
    app.action(views.ADD)(partial(handle_add, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    view = topics.list_here(deps, spoken.who, spoken.now)
    partnership_id = metadata_of(view)["partnership"]
    return Answer(drawn=views.opener(partnership_id), view=view)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, topics.list_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_form_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_over(deps, body, topic_changes.form_of(deps, who_of(body), press(body).value))
    ack()


def handle_retire(ack: Ack, body: Body, *, deps: Deps) -> None:
    who = who_of(body)
    shown = topic_changes.retire(deps, who, press(body).value, deps.now())
    update_form(deps.clients, who.team_id, str(body["view"]["id"]), shown)
    ack()


def handle_none(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    is_none = pressed.action_id == views.NONE
    topics.say_none(deps, who_of(body), pressed.value, deps.now(), none=is_none)
    ack()


def handle_for_leads(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, topics.for_leads_of(deps, who_of(body), press(body).value))
    ack()


def handle_add(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, topics.add_form(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    topic_changes.undo(deps, who_of(body), press(body).value, deps.now())
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values = form_values(view)
    every = text_of(values, "every")
    form = TopicForm(
        words=text_of(values, "words"),
        every_weeks=int(every) if every.isdecimal() else 0,
        audience=views.read_audience(text_of(values, "audience")),
    )
    shown = topic_changes.save(deps, who_of(body), metadata_of(view), form, deps.now())
    ack(response_action="update", view=shown)
