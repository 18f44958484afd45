"""Deliverables: what the other side says of them, how they end, and their history."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from domain.deliverables import SpoiledButton
from handlers.deliverable_links import open_links
from handlers.deliverables import open_change
from handlers.forms import show_answer, show_over, who_of
from handlers.hand_overs import open_hand_over
from handlers.home import follow, show_form_here
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from services import deliverable_answers as answers
from services import deliverable_endings, deliverable_reasons, deliverable_reviews, raising
from services import deliverable_history as history
from services.actors import Who
from services.deliverable_acting import Changed
from services.deps import Deps
from views import deliverable_answers, deliverables
from views import deliverable_reasons as forms
from views.blocks import Drawn
from views.deliverable_reasons import Act

_ASKING: Final[dict[str, Act]] = {
    deliverables.CANNOT: "cannot",
    deliverables.WITHDRAW: "withdraw",
    deliverables.SEND_BACK: "send_back",
}
_Say = Callable[[Deps, Who, str, str, datetime], Changed]
# What the form does when it is sent, and what its sender reads.
_SAID: Final[dict[Act, tuple[_Say, Callable[..., Drawn]]]] = {
    "cannot": (deliverable_endings.cannot_promise, deliverable_answers.now_declined),
    "withdraw": (deliverable_endings.withdraw, deliverable_answers.now_cancelled),
    "send_back": (deliverable_reviews.send_back, deliverable_answers.now_sent_back),
}


def register(app: App, deps: Deps) -> None:
    for action_id in _ASKING:
        app.action(action_id)(partial(handle_why, deps=deps))
    app.action(deliverables.HISTORY)(partial(handle_history, deps=deps))
    app.action(deliverables.MENU)(partial(handle_menu, deps=deps))
    app.view(forms.FORM)(partial(handle_because, deps=deps))


def handle_menu(ack: Ack, body: Body, *, deps: Deps) -> None:
    action_id, _, commitment_id = press(body).value.partition("|")
    if action_id in _ASKING:
        open_why(deps, body, action_id, commitment_id)
    elif action_id == deliverables.RAISE:
        now = deps.now()
        show_answer(deps, body, raising.bring_up(deps, who_of(body), commitment_id, now), now)
    elif action_id in _OPENS:
        _OPENS[action_id](deps, body, commitment_id)
    else:
        raise SpoiledButton
    ack()


def handle_why(ack: Ack, body: Body, *, deps: Deps) -> None:
    open_why(deps, body, press(body).action_id, _id(body))
    ack()


def handle_history(ack: Ack, body: Body, *, deps: Deps) -> None:
    open_history(deps, body, _id(body))
    ack()


def open_why(deps: Deps, body: Body, action_id: str, commitment_id: str) -> None:
    who = who_of(body)
    view = deliverable_reasons.form(deps, who, commitment_id, _ASKING[action_id], deps.now())
    show_form_here(deps, body, history.drawn_now(deps, who, commitment_id, view))


def open_history(deps: Deps, body: Body, commitment_id: str) -> None:
    show_over(deps, body, history.history(deps, who_of(body), commitment_id))


def handle_because(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), metadata_of(view)
    again = history.changed_meanwhile(deps, who, carried, view)
    if again is not None:
        ack(response_action="update", view=again)
        return
    say, draw = _SAID[forms.act_of(carried)]
    changed = say(deps, who, carried["id"], text_of(form_values(view), "reason"), now)
    drawn = draw(changed.partnership, changed.commitment)
    if not changed.has_happened:
        drawn = deliverable_answers.as_it_stands(changed.partnership, changed.commitment, now)
    answers.say(deps, who, changed, drawn, now)
    follow(deps, body)
    ack()


_OPENS: Final[dict[str, Callable[[Deps, Body, str], None]]] = {
    deliverables.EDIT: open_change,
    deliverables.HISTORY: open_history,
    deliverables.ADD_LINK: open_links,
    deliverables.HAND_OVER: open_hand_over,
}


def _id(body: Body) -> str:
    return press(body).value.partition("|")[0]
