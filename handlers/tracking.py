"""Tracking a message: a shortcut, a pushpin reaction, or a mention in reply to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.deliverables import Source
from domain.tracking import PINS, Pin
from handlers.forms import show_form, who_of
from handlers.payloads import Body, press
from handlers.spoken import Answer, Spoken
from handlers.told import told_of
from services import pin_questions, tracking_forms
from services.deliverable_words import Asked
from services.deps import Deps
from services.events import Told
from services.tracking_words import track_here
from views import tracking as views
from views.words.verbs import TrackMessage

Tell = Callable[[Deps, Told, Pin], None]


def register(app: App, deps: Deps) -> None:
    app.shortcut(views.SHORTCUT)(partial(handle_shortcut, deps=deps))
    app.event("reaction_added")(partial(handle_reaction, tell=pin_questions.pinned, deps=deps))
    app.event("reaction_removed")(partial(handle_reaction, tell=pin_questions.unpinned, deps=deps))
    app.action(views.TRACK)(partial(handle_track, deps=deps))
    app.action(views.NO)(partial(handle_no, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    assert isinstance(spoken.verb, TrackMessage)
    asked = Asked(
        who=spoken.who, now=spoken.now, fact=spoken.event_id, is_public=spoken.via == "mention"
    )
    thread_ts = spoken.thread_ts if spoken.via == "mention" else None
    said = track_here(deps, asked, spoken.verb.said, thread_ts)
    return Answer(drawn=said.drawn, view=said.form)


def handle_shortcut(ack: Ack, body: Body, *, deps: Deps) -> None:
    message, channel = body["message"], str(body["channel"]["id"])
    ts, thread_ts = str(message["ts"]), message.get("thread_ts")
    root = None if thread_ts in {None, ts} else str(thread_ts)
    source = Source(channel=channel, ts=ts, thread_ts=root)
    text = str(message.get("text") or "")
    author = message.get("user")
    show_form(deps, body, tracking_forms.from_shortcut(deps, who_of(body), source, text, author))
    ack()


def handle_reaction(body: Body, event: dict[str, Any], *, tell: Tell, deps: Deps) -> None:
    """Reactions of any other name, and on anything but messages, are not looked at."""
    item = event["item"]
    if event["reaction"] not in PINS or item.get("type") != "message":
        return
    pin = Pin(
        channel=str(item["channel"]),
        ts=str(item["ts"]),
        author=str(event.get("item_user") or ""),
        by=str(event["user"]),
    )
    tell(deps, told_of(body, deps), pin)


def handle_track(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, tracking_forms.from_question(deps, who_of(body), press(body).value))
    ack()


def handle_no(ack: Ack, body: Body, *, deps: Deps) -> None:
    pin_questions.say_no(deps, who_of(body), press(body).value, deps.now())
    ack()
