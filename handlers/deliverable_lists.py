"""Leafing through lists of what is open: other lists, further pages, another partner, a file."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import answer_form, show_answer, show_over, who_of
from handlers.payloads import Body, actor, press
from services import deliverable_files, deliverable_lists
from services.actors import Who
from services.delivery_forms import update_form
from services.deps import Deps
from services.hubs import partnership_of_hub
from views import deliverable_lists as views
from views.blocks import Drawn
from views.hub import as_form
from views.reach import view_by_mention


def register(app: App, deps: Deps) -> None:
    for action_id in (views.CHOOSE, views.EARLIER, views.LATER, views.PARTNER):
        app.action(action_id)(partial(handle_leaf, deps=deps))
    app.action(views.FILE)(partial(handle_file, deps=deps))


def handle_leaf(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, pressed, now = who_of(body), press(body), deps.now()
    drawn = deliverable_lists.leafed(deps, who, pressed.value, now)
    _show(deps, body, who, drawn)
    ack()


def handle_file(ack: Ack, body: Body, *, deps: Deps) -> None:
    now = deps.now()
    drawn = deliverable_files.ask(deps, who_of(body), press(body).value, now)
    if len(drawn.blocks) > 1:
        # A message has no room for what is to be copied.
        show_over(deps, body, answer_form(drawn))
    else:
        show_answer(deps, body, drawn, now)
    ack()


def _show(deps: Deps, body: Body, who: Who, drawn: Drawn) -> None:
    """In the place of the list where it is the presser's alone, else beside it."""
    view = body.get("view") or {}
    if view.get("type") != "modal":
        show_answer(deps, body, drawn, deps.now())
        return
    scope, _, partnership_id = views.read_value(press(body).value)
    partnership = partnership_of_hub(deps, who, partnership_id)
    shown = as_form(drawn, partnership, views.TITLES[scope or "mine"])
    if actor(body).is_outside:
        shown = view_by_mention(shown)
    update_form(deps.clients, who.team_id, str(view["id"]), shown)
