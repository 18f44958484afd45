"""The people of a partnership: the list, the form of a lead, and what Slack tells of people."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_answer, show_form, who_of
from handlers.payloads import Body, choices_of, form_values, metadata_of, press
from handlers.spoken import Answer, Spoken
from handlers.told import told_of
from services import channel_life, people
from services.deps import Deps
from views import people as views
from views.words.verbs import People


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.CONFIRM)(partial(handle_confirm, deps=deps))
    app.action(views.PICK)(partial(handle_pick, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))
    app.event("user_change")(partial(handle_user_change, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """The list, for the asker alone; names do not stand where both companies read."""
    shown = people.people_here(deps, spoken.who)
    words = spoken.verb.words if isinstance(spoken.verb, People) else ""
    drawn = views.listed(shown)
    if spoken.via == "mention":
        drawn = views.list_button(shown.partnership)
    return Answer(drawn=views.with_unread(drawn, words))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    shown = people.people_of(deps, who_of(body), press(body).value)
    show_form(deps, body, views.list_view(shown))
    ack()


def handle_confirm(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    shown = people.confirm_all(deps, who_of(body), press(body).value, now)
    show_answer(deps, body, views.confirmed(shown), now)
    ack()


def handle_pick(ack: Ack, body: Body, *, deps: Deps) -> None:
    shown, side = people.own_side(deps, who_of(body), press(body).value)
    show_form(deps, body, views.form(shown, side))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values = form_values(view)
    picked = views.picked({name: choices_of(values, name) for name in views.FIELDS})
    named = metadata_of(view)["partnership"]
    shown = people.pick(deps, who_of(body), named, picked, deps.now())
    ack(response_action="update", view=views.list_view(shown))


def handle_user_change(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    channel_life.person_changed(deps, told_of(body, deps), event["user"])
