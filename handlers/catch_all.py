"""Answers what no other listener takes, so that nobody is shown a failure; registered last."""

import logging
import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.errors import tell_presser
from handlers.payloads import Body, installation_of, press
from services.deps import Deps
from views.errors import notice, unknown_command, unknown_form, unknown_press

ANYTHING = re.compile("")
# Slack opens the address of such a button itself, and tells us of the press.
LINK = re.compile(r"^link\.")

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    app.action(LINK)(handle_link)
    app.command(ANYTHING)(handle_unknown_command)
    app.action(ANYTHING)(partial(handle_unknown_press, deps=deps))
    app.shortcut(ANYTHING)(partial(handle_unknown_press, deps=deps))
    app.view_submission(ANYTHING)(handle_unknown_form)
    app.view_closed(ANYTHING)(handle_closed)
    app.options(ANYTHING)(handle_unknown_options)
    app.event(ANYTHING)(handle_unheard_event)


def handle_link(ack: Ack) -> None:
    ack()


def handle_unknown_command(ack: Ack, command: dict[str, Any]) -> None:
    log.warning("nobody listens to the command %s", command["command"])
    ack(response_type="ephemeral", text=unknown_command(command["command"]))


def handle_unknown_press(ack: Ack, body: Body, *, deps: Deps) -> None:
    named = press(body).action_id or body.get("callback_id")
    log.warning("nobody listens to the press %s in %s", named, installation_of(body))
    tell_presser(unknown_press(), body, deps)
    ack()


def handle_unknown_form(ack: Ack, view: dict[str, Any]) -> None:
    log.warning("nobody listens to the form %s", view.get("callback_id"))
    ack(response_action="update", view=notice(unknown_form()))


def handle_closed(ack: Ack) -> None:
    ack()


def handle_unknown_options(ack: Ack) -> None:
    ack(options=[])


def handle_unheard_event(event: dict[str, Any]) -> None:
    """Bolt acks it."""
    log.info("nobody listens to the event %s", event.get("type"))
