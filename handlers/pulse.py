"""Pulse: the command, its form and preview, the buttons below a question, the results."""

import contextlib
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from domain.slack_errors import SlackError
from handlers.forms import show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, press, source_message
from handlers.spoken import Answer, Spoken
from services import pulse, pulse_answers, pulse_results
from services.deps import Deps
from views import pulse as views
from views import pulse_answers as pulse_answers_forms
from views import pulse_forms
from views.pulse_results import LOOK_BACK
from views.words.verbs import LookBack, NewPulse, PulseResults

_MENTION: Final = "mention"


def register(app: App, deps: Deps) -> None:
    for action_id in views.ANSWERS:
        app.action(action_id)(partial(handle_answer, deps=deps))
    app.action(views.MORE)(partial(handle_more, deps=deps))
    app.view(pulse_answers_forms.FORM)(partial(handle_answers, deps=deps))
    app.action(pulse_forms.FORM_OPEN)(partial(handle_form_open, deps=deps))
    app.action(LOOK_BACK)(partial(handle_look_back, deps=deps))
    app.action(pulse_forms.POST)(partial(handle_post, deps=deps))
    app.view(pulse_forms.FORM)(partial(handle_form, deps=deps))
    app.view(pulse_forms.PREVIEW)(partial(handle_preview, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    who, verb, now = spoken.who, spoken.verb, spoken.now
    in_public = spoken.via == _MENTION
    if isinstance(verb, NewPulse):
        return Answer(drawn=pulse.new_here(deps, who, verb.question, now))
    if isinstance(verb, LookBack):
        return Answer(drawn=pulse.look_back_here(deps, who, now))
    if isinstance(verb, PulseResults):
        if spoken.response_url is not None:
            pulse_results.draw_weeks(deps, who, spoken.response_url, now)
        return Answer(drawn=pulse_results.results_here(deps, who, in_public=in_public))
    said = pulse.open_here(deps, who, now, in_public=in_public)
    return Answer(drawn=said.drawn, view=said.form)


def handle_answer(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    answered = views.ANSWERS[pressed.action_id]
    now, url = deps.now(), pressed.response_url
    form = pulse_answers.press(deps, who_of(body), pressed.value, answered, now, answer_url=url)
    if form is not None:
        # The answer is in; where no form can open, the button beside it does.
        with contextlib.suppress(SlackError):
            show_form(deps, body, form)
    ack()


def handle_more(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, pulse_answers.form_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_answers(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    survey_id, values = metadata_of(view)["survey"], form_values(view)
    kept = pulse_answers.submit(deps, who_of(body), survey_id, values, deps.now())
    if kept.errors:
        ack(response_action="errors", errors=dict(kept.errors))
    elif kept.form is not None:
        ack(response_action="update", view=kept.form)
    else:
        ack()


def handle_form_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    draft = pulse_forms.read(press(body).value)
    show_form(deps, body, pulse.form_of(deps, who_of(body), draft, deps.now()))
    ack()


def handle_look_back(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, pulse.look_back_of(deps, who_of(body), press(body).value, deps.now()))
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    draft = pulse_forms.typed(metadata_of(view), form_values(view))
    ack(response_action="update", view=pulse.preview_of(deps, who_of(body), draft, deps.now()))


def handle_preview(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    draft = pulse_forms.from_carried(metadata_of(view))
    pulse.post(deps, who_of(body), draft, deps.now())
    ack()


def handle_post(ack: Ack, body: Body, *, deps: Deps) -> None:
    draft = pulse_forms.read(press(body).value)
    url = _private_url(body)
    pulse.post(deps, who_of(body), draft, deps.now(), answer_url=url)
    ack()


def _private_url(body: Body) -> str | None:
    """Where a message that only the presser sees can be replaced; None for all others."""
    message = source_message(body)
    return press(body).response_url if message is not None and message.is_private else None
