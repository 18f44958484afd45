"""Deliverables that recur: the words, the list, their end and what takes it back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from slack_bolt import Ack, App

from handlers.forms import answer_form, show_answer, show_over, who_of
from handlers.payloads import Body, press
from handlers.spoken import Answer, Spoken
from services import series_lists
from services.actors import Who
from services.deliverable_words import Asked
from services.deps import Deps
from services.series_words import repeat_here
from views import series as views
from views.blocks import Drawn
from views.words.verbs import RepeatDeliverable

Act = Callable[[Deps, Who, str, datetime], Drawn]

_ACTS: Final[dict[str, Act]] = {
    views.END: series_lists.end,
    views.RESUME: series_lists.resume,
    views.UNDO: series_lists.take_back,
}


def register(app: App, deps: Deps) -> None:
    for action_id, act in _ACTS.items():
        app.action(action_id)(partial(handle_act, act=act, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    is_public = spoken.via == "mention"
    if not isinstance(spoken.verb, RepeatDeliverable):
        drawn = series_lists.list_here(deps, spoken.who, spoken.now, is_public=is_public)
        return Answer(drawn=drawn)
    asked = Asked(who=spoken.who, now=spoken.now, fact=spoken.event_id, is_public=is_public)
    said = repeat_here(deps, asked, spoken.verb)
    return Answer(drawn=said.drawn, view=said.form)


def handle_act(ack: Ack, body: Body, *, act: Act, deps: Deps) -> None:
    now = deps.now()
    drawn = act(deps, who_of(body), press(body).value, now)
    if press(body).response_url is None:
        show_over(deps, body, answer_form(drawn))
    else:
        show_answer(deps, body, drawn, now)
    ack()
