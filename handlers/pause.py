"""Pause and resume: the words, the buttons, the form."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import answer_form, in_channel, show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from handlers.spoken import Answer, Spoken
from services import pauses
from services.deps import Deps
from views import pause as views
from views.words.verbs import Pause, Resume


def register(app: App, deps: Deps) -> None:
    app.action(views.ME)(partial(handle_me, deps=deps))
    app.action(views.CHANNEL)(partial(handle_channel, deps=deps))
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(views.RESUME_ME)(partial(handle_resume_me, deps=deps))
    app.action(views.RESUME_CHANNEL)(partial(handle_resume_channel, deps=deps))
    app.action(views.ASK)(partial(handle_ask, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """Done at once where the words say for whom; else the question."""
    who, verb, now = spoken.who, spoken.verb, spoken.now
    if isinstance(verb, Resume):
        return Answer(
            drawn=pauses.resume_by_words(deps, who, verb, now, is_public=spoken.via == "mention")
        )
    assert isinstance(verb, Pause)  # the table of words sends nothing else here
    is_public = spoken.via == "mention"
    return Answer(drawn=pauses.pause_by_words(deps, who, verb, now, is_public=is_public))


def handle_me(ack: Ack, body: Body, *, deps: Deps) -> None:
    now, rest = deps.now(), views.read(press(body).value)
    show_answer(deps, body, pauses.pause_me(deps, who_of(body), rest.until_at, now), now)
    ack()


def handle_channel(ack: Ack, body: Body, *, deps: Deps) -> None:
    now, rest = deps.now(), views.read(press(body).value)
    who = who_of(body)
    drawn = pauses.pause_channel(deps, who, rest.partnership_id, rest.until_at, now)
    show_answer(deps, body, drawn, now)
    ack()


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    rest = views.read(press(body).value)
    show_form(deps, body, views.form(rest, who_of(body).channel or ""))
    ack()


def handle_resume_me(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, pauses.resume_me(deps, who_of(body), now), now)
    ack()


def handle_resume_channel(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    drawn = pauses.resume_channel(deps, who_of(body), press(body).value, now)
    show_answer(deps, body, drawn, now)
    ack()


def handle_ask(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    show_answer(deps, body, pauses.ask_to_go_on(deps, who_of(body), press(body).value, now), now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, values, carried = deps.now(), form_values(view), metadata_of(view)
    who = in_channel(who_of(body), carried["channel"])
    until_at = pauses.morning_of(deps, who, text_of(values, "until"))
    if text_of(values, "scope") == "channel":
        drawn = pauses.pause_channel(deps, who, carried["partnership"], until_at, now)
    else:
        drawn = pauses.pause_me(deps, who, until_at, now)
    ack(response_action="update", view=answer_form(drawn))
