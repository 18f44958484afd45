"""The buttons of the hub and of *More*: each asks a subject as its word would."""

from functools import partial

from slack_bolt import Ack, App

from handlers.forms import in_channel, show_form, who_of
from handlers.payloads import Body, press
from handlers.routing import answer
from handlers.spoken import Spoken
from services.deps import Deps
from services.hubs import partnership_of_hub
from services.writers import writer
from views import hub as views
from views.verbs import VERBS, named
from views.words.commands import read_command


def register(app: App, deps: Deps) -> None:
    app.action(views.HUB_MORE)(partial(handle_more, deps=deps))
    for verb in VERBS:
        if verb.label is not None:
            app.action(verb.action_id)(partial(handle_verb, deps=deps))


def handle_more(ack: Ack, body: Body, *, deps: Deps) -> None:
    partnership = partnership_of_hub(deps, who_of(body), press(body).value)
    show_form(deps, body, views.more(partnership))
    ack()


def handle_verb(ack: Ack, body: Body, *, deps: Deps) -> None:
    """Open the form of a verb, or show its answer in a form: it works for everybody alike."""
    now, pressed = deps.now(), press(body)
    partnership = partnership_of_hub(deps, who_of(body), pressed.value)
    who = in_channel(who_of(body), partnership.channel)
    word = pressed.action_id.removeprefix(views.PREFIX)
    spoken = Spoken(
        who=who,
        verb=read_command("/touchbase", word, writer(deps, who, now)),
        words="",
        now=now,
        via="command",
        trigger_id=pressed.trigger_id,
        channel=partnership.channel,
    )
    said = answer(spoken, deps)
    asked_for = named(word)
    title = asked_for.label if asked_for is not None and asked_for.label else "Touchbase"
    drawn = views.as_form(said.drawn, partnership, title)
    show_form(deps, body, said.view or said.in_form or drawn)
    ack()
