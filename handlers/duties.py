"""Who is on duty for a side: the words, the form and its buttons."""

from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.duties import UnclearDuty
from handlers.forms import answer_form, show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import duties
from services.deps import Deps
from views import duties as views
from views.words.verbs import Duty, Owner


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """Who was named, noted and said back; the form where nobody was."""
    who, verb, now = spoken.who, spoken.verb, spoken.now
    form = duties.form_here(deps, who, now)
    said = verb if isinstance(verb, Duty) else Duty()
    if said.owner is None and not said.nobody:
        drawn = views.asked(UnclearDuty("nobody"), metadata_of(form)["partnership"])
        return Answer(drawn=drawn, view=form)
    try:
        wanted = duties.Said(
            owner=None if said.nobody else said.owner,
            from_on=said.from_on,
            until_on=said.until_on,
            is_unclear=said.question is not None,
        )
        return Answer(drawn=duties.set_here(deps, who, wanted, now, event_id=spoken.event_id))
    except UnclearDuty as unclear:
        return Answer(drawn=views.asked(unclear, metadata_of(form)["partnership"]))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, duties.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, duties.undo(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values = form_values(view)
    person, until = text_of(values, "person"), text_of(values, "until")
    said = duties.Said(
        owner=Owner(kind="user", text=person) if person else None,
        from_on=date.fromisoformat(text_of(values, "from")),
        until_on=date.fromisoformat(until) if until else None,
    )
    named = metadata_of(view)["partnership"]
    drawn = duties.set_by_form(deps, who_of(body), named, said, deps.now())
    ack(response_action="update", view=answer_form(drawn))
