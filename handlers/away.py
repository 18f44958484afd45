"""Away and back: the words, the form and its buttons; days off of a whole side likewise."""

from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.away import UnclearAbsence
from handlers.forms import answer_form, in_channel, show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import away, days_off
from services.deps import Deps
from views import away as views
from views import days_off as day_off_views
from views.words.verbs import Away, Back, DayOff


def register(app: App, deps: Deps) -> None:
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.action(views.CHANGE)(partial(handle_change, deps=deps))
    app.action(views.AGAIN)(partial(handle_again, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))
    app.action(day_off_views.OPEN)(partial(handle_day_off_open, deps=deps))
    app.action(day_off_views.UNDO)(partial(handle_day_off_undo, deps=deps))
    app.view(day_off_views.FORM)(partial(handle_day_off_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """What was typed, noted and said back; the form where the words say no days."""
    who, verb, now = spoken.who, spoken.verb, spoken.now
    if isinstance(verb, Back):
        return Answer(drawn=away.back(deps, who, now, event_id=spoken.event_id))
    said = verb if isinstance(verb, Away) else Away(question="until")
    try:
        drawn = away.away_by_words(
            deps, who, said, now, event_id=spoken.event_id, is_open=spoken.is_open
        )
        return Answer(drawn=drawn)
    except UnclearAbsence as unclear:
        opens = said.question == "until" or unclear.absence is not None
        view = away.form_of(deps, who, views.carried(unclear), now) if opens else None
        return Answer(drawn=views.asked(unclear), view=view if spoken.trigger_id else None)


def answer_day_off(spoken: Spoken, deps: Deps) -> Answer:
    """A day off for a whole side, noted and said back; the form where no days were said."""
    who, verb, now = spoken.who, spoken.verb, spoken.now
    said = (
        verb
        if isinstance(verb, DayOff)
        else DayOff(from_on=None, until_on=None, label="", side=None, question="until")
    )
    try:
        drawn = days_off.off_by_words(deps, who, said, now, event_id=spoken.event_id)
    except UnclearAbsence as unclear:
        asked = days_off.asked_here(deps, who, unclear, now)
        # A form says nothing of days that cannot be; the sentence does, and opens the form.
        opens = spoken.trigger_id is not None and unclear.trouble == "until"
        return Answer(drawn=asked.drawn, view=asked.form if opens else None)
    return Answer(drawn=drawn)


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, away.undo(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_change(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, away.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_again(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    absence = views.read_again(press(body).value)
    show_answer(deps, body, away.away_again(deps, who_of(body), absence, now), now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values = form_values(view)
    part = text_of(values, "part")
    picked = away.Picked(
        from_on=date.fromisoformat(text_of(values, "from")),
        until_on=date.fromisoformat(text_of(values, "until")),
        part="first" if part == "first" else "second" if part == "second" else "whole",
        replaces=metadata_of(view).get("away") or None,
        stand_in=text_of(values, "stand_in") or None,
    )
    drawn = away.away_by_form(deps, who_of(body), picked, deps.now())
    ack(response_action="update", view=answer_form(drawn))


def handle_day_off_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, days_off.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_day_off_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, days_off.undo(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_day_off_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    values, carried = form_values(view), metadata_of(view)
    said = DayOff(
        from_on=date.fromisoformat(text_of(values, "from")),
        until_on=date.fromisoformat(text_of(values, "until")),
        label=text_of(values, "label"),
        side="ours",
    )
    who = in_channel(who_of(body), carried["channel"])
    drawn = days_off.off_by_words(deps, who, said, deps.now())
    ack(response_action="update", view=answer_form(drawn))
