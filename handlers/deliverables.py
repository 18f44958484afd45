"""Deliverables: the words, the forms, and the buttons wherever a deliverable is shown."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast, get_args

from slack_bolt import Ack, App

from domain.slack_errors import SlackError
from handlers.forms import show_answer, show_form, who_of
from handlers.home import follow, show_form_here
from handlers.payloads import (
    Body,
    form_values,
    is_full_stack,
    metadata_of,
    open_form,
    press,
    source_message,
)
from handlers.spoken import Answer, Spoken
from services import deliverable_answers as answers
from services import deliverable_cancel_words as cancel_words
from services import (
    deliverable_endings,
    deliverable_history,
    deliverable_reviews,
    deliverable_undo,
    deliverables,
    home,
)
from services import deliverable_lists as lists
from services import deliverable_words as words
from services.actors import Who
from services.deliverable_acting import Changed
from services.deliverable_words import Asked
from services.delivery_forms import update_form
from services.deps import Deps
from views import deliverable_answers
from views import deliverable_forms as forms
from views import deliverables as views
from views.blocks import Drawn
from views.deliverable_lists import TITLES, Scope
from views.hub import as_form
from views.words.verbs import (
    CancelDeliverable,
    DoneDeliverable,
    ListDeliverables,
    MoveDeliverable,
    NewDeliverable,
)

# What a button does, and what its presser reads where the message itself is not redrawn.
_ACTS: Final = {
    views.ACCEPT: (deliverables.accept, deliverable_answers.now_accepted),
    views.DECLINE: (deliverable_endings.decline, deliverable_answers.now_declined),
    views.DONE: (deliverables.done, deliverable_answers.now_done),
    views.APPROVE: (deliverable_reviews.approve, deliverable_answers.now_approved),
    views.TELL_DONE: (deliverables.say_it_looks_done, deliverable_answers.told_done),
}


def register(app: App, deps: Deps) -> None:
    for action_id in _ACTS:
        app.action(action_id)(partial(handle_act, deps=deps))
    app.action(views.UNDO)(partial(handle_undo, deps=deps))
    app.action(views.OTHER_DATE)(partial(handle_new_date, deps=deps))
    app.action(views.NEW_DATE)(partial(handle_new_date, deps=deps))
    app.action(views.EDIT)(partial(handle_edit, deps=deps))
    app.action(forms.FORM_OPEN)(partial(handle_form_open, deps=deps))
    app.action(forms.MORE)(partial(handle_more, deps=deps))
    app.view(forms.FORM)(partial(handle_form, deps=deps))
    app.view(forms.MOVE_FORM)(partial(handle_move_form, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    verb = spoken.verb
    is_public = spoken.via == "mention"
    asked = Asked(who=spoken.who, now=spoken.now, fact=spoken.event_id, is_public=is_public)
    if isinstance(verb, NewDeliverable):
        said = words.new_here(deps, asked, verb)
    elif isinstance(verb, DoneDeliverable):
        said = words.done_here(deps, asked, verb.words)
    elif isinstance(verb, MoveDeliverable):
        said = words.move_here(deps, asked, verb)
    elif isinstance(verb, CancelDeliverable):
        said = cancel_words.cancel_here(deps, asked, verb)
    elif isinstance(verb, ListDeliverables):
        drawn = lists.list_here(deps, spoken.who, verb.scope, spoken.now, is_public=is_public)
        return Answer(drawn=drawn)
    else:
        said = words.form_here(deps, asked)
    return Answer(drawn=said.drawn, view=said.form)


def handle_act(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    act, draw = _ACTS[pressed.action_id]
    commitment_id, _, scope = pressed.value.partition("|")
    changed = act(deps, who_of(body), commitment_id, deps.now())
    if changed.load is not None:
        draw = partial(deliverable_answers.now_accepted, load=changed.load)
    _answer(deps, body, changed, draw, scope)
    _tell_load(deps, body, changed)
    ack()


def _tell_load(deps: Deps, body: Body, changed: Changed) -> None:
    """Who takes one more on its card reads how much they promised, which nobody else does."""
    message = source_message(body)
    on_card = message is not None and not message.is_private
    if on_card and changed.load is not None and changed.load.count:
        said = deliverable_answers.now_accepted(
            changed.partnership, changed.commitment, changed.load
        )
        answers.say(deps, who_of(body), changed, said, deps.now())


def handle_undo(ack: Ack, body: Body, *, deps: Deps) -> None:
    commitment_id, _, carried = press(body).value.partition("|")
    what, _, scope = carried.partition("|")
    changed = deliverable_undo.undo(deps, who_of(body), commitment_id, what, deps.now())
    is_date = what.startswith("moved-")
    draw = deliverable_answers.date_taken_back if is_date else deliverable_answers.taken_back
    _answer(deps, body, changed, draw, scope)
    ack()


def handle_new_date(ack: Ack, body: Body, *, deps: Deps) -> None:
    commitment_id, _, scope = press(body).value.partition("|")
    who = who_of(body)
    view = words.move_form(deps, who, commitment_id)
    view = deliverable_history.drawn_now(deps, who, commitment_id, view)
    if (body.get("view") or {}).get("type") == "modal" and scope in get_args(Scope):
        view = forms.over_list(view, scope)
    show_form_here(deps, body, view)
    ack()


def handle_edit(ack: Ack, body: Body, *, deps: Deps) -> None:
    open_change(deps, body, _id(body))
    ack()


def open_change(deps: Deps, body: Body, commitment_id: str) -> None:
    who = who_of(body)
    view = words.change_form(deps, who, commitment_id)
    show_form_here(deps, body, deliverable_history.drawn_now(deps, who, commitment_id, view))


def handle_form_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, words.form_again(deps, who_of(body), press(body).value))
    ack()


def handle_more(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, view = who_of(body), open_form(body)
    shown = words.more_form(deps, who, metadata_of(view), form_values(view))
    update_form(deps.clients, who.team_id, str(view["id"]), shown)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), metadata_of(view)
    again = deliverable_history.changed_meanwhile(deps, who, carried, view)
    changed = again or words.create_filled(deps, who, carried, form_values(view), now)
    if not isinstance(changed, Changed):
        ack(response_action="update", view=changed)
        return
    answers.say(deps, who, changed, words.echo(changed, is_public=False), now)
    follow(deps, body)
    ack()


def handle_move_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), metadata_of(view)
    again = deliverable_history.changed_meanwhile(deps, who, carried, view)
    changed = again or words.move_filled(deps, who, carried, form_values(view), now)
    if not isinstance(changed, Changed):
        ack(response_action="update", view=changed)
        return
    drawn = deliverable_answers.now_moved(changed.partnership, changed.commitment, changed.named)
    answers.say(deps, who, changed, drawn, now)
    below, scope = view.get("previous_view_id"), carried.get("scope", "")
    if below is not None and scope in get_args(Scope):
        # The date is moved: a list that cannot be shown anew is no reason to say otherwise.
        with suppress(SlackError):
            _list_anew(deps, who, (below, scope), changed, drawn)
    follow(deps, body)
    ack()


def _list_anew(deps: Deps, who: Who, shown: tuple[str, str], changed: Changed, said: Drawn) -> None:
    """Show a list that stands open in a form as it is now, below what was done.

    Args:
        shown: The form's id and the scope of its list.
    """
    view_id, scope = shown
    both = _with_list(deps, who, scope, said)
    shown_as = as_form(both, changed.partnership, TITLES[cast("Scope", scope)])
    update_form(deps.clients, who.team_id, view_id, shown_as)


def _with_list(deps: Deps, who: Who, scope: str, said: Drawn) -> Drawn:
    """What was done, and below it the list as it is now."""
    said = deliverable_answers.undone_in_list(said, scope)
    listed = lists.list_here(deps, who, cast("Scope", scope), deps.now())
    return Drawn(text=f"{said.text} {listed.text}", blocks=(*said.blocks, *listed.blocks))


def _id(body: Body) -> str:
    return press(body).value.partition("|")[0]


def _answer(
    deps: Deps, body: Body, changed: Changed, draw: Callable[..., Drawn], scope: str = ""
) -> None:
    """Tell the presser, where what was pressed is not a live message that is redrawn anyway."""
    now, who, view = deps.now(), who_of(body), body.get("view") or {}
    message, url = source_message(body), press(body).response_url
    drawn = draw(changed.partnership, changed.commitment)
    if not changed.has_happened:
        drawn = deliverable_answers.as_it_stands(changed.partnership, changed.commitment, now)
    if message is not None and message.is_private and url is not None:
        if scope in get_args(Scope):
            drawn = _with_list(deps, who, scope, drawn)
        answers.replace(deps, changed, url, drawn, now)
    elif message is not None and not changed.has_happened:
        show_answer(deps, body, drawn, now)
    elif view.get("type") == "home":
        home.publish(deps, who, now)
    elif view.get("type") == "modal" and scope in get_args(Scope):
        _list_anew(deps, who, (view["id"], scope), changed, drawn)
    elif view.get("type") == "modal" and not is_full_stack(view):
        show_form(deps, body, as_form(drawn, changed.partnership))
