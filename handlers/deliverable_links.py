"""Links as evidence: the button that asks for them, and its form."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.forms import show_over, who_of
from handlers.payloads import Body, form_values, metadata_of, press, text_of
from services import deliverable_links
from services.deps import Deps
from views import deliverable_more as views


def register(app: App, deps: Deps) -> None:
    app.action(views.ADD_LINK)(partial(handle_open, deps=deps))
    app.view(views.LINK_FORM)(partial(handle_form, deps=deps))


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    open_links(deps, body, press(body).value.partition("|")[0])
    ack()


def open_links(deps: Deps, body: Body, commitment_id: str) -> None:
    one = deliverable_links.allowed(deps, who_of(body), commitment_id)
    show_over(deps, body, views.link_form(one.partnership, one.commitment))


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    typed = text_of(form_values(view), "links")
    deliverable_links.add(deps, who_of(body), metadata_of(view)["id"], typed, deps.now())
    ack()
