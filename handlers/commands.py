"""Slash commands and mentions: the words are read, the subject answers, the answer is shown."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from handlers.direct import answer_alone, is_direct
from handlers.forms import who_of
from handlers.mentions import bot_user_of, without_mention
from handlers.payloads import Body
from handlers.routing import answer, is_own
from handlers.spoken import Spoken
from services import delivery_forms
from services.deps import Deps
from services.hubs import Mention, answer_mention, is_answered, is_of_home
from services.writers import writer
from views.reach import drawn_by_mention
from views.verbs import VERBS
from views.words.commands import read_command, read_mention


def register(app: App, deps: Deps) -> None:
    for command in ("/touchbase", *(verb.command for verb in VERBS if verb.own_command)):
        app.command(command)(partial(handle_command, deps=deps))
    app.event("app_mention")(partial(handle_mention, deps=deps))


def handle_command(ack: Ack, body: Body, *, deps: Deps) -> None:
    now, who = deps.now(), who_of(body)
    command, words = str(body["command"]), str(body.get("text") or "")
    spoken = Spoken(
        who=who,
        verb=read_command(command, words, writer(deps, who, now)),
        words=words,
        now=now,
        via="command",
        trigger_id=str(body["trigger_id"]),
        response_url=body.get("response_url"),
        channel=who.channel,
    )
    said = answer_alone(spoken, deps, command) if is_direct(who) else answer(spoken, deps)
    if said.view is not None:
        trigger_id = str(body["trigger_id"])
        view_id = delivery_forms.open_form(deps.clients, who.team_id, trigger_id, said.view)
        if said.opened is not None:
            said.opened(view_id)
        ack()
        return
    ack(response_type="ephemeral", **said.drawn.payload)


def handle_mention(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    if event.get("bot_id") or not event.get("user"):
        return
    now, who = deps.now(), who_of(body)
    mention = Mention(
        team_id=who.team_id,
        event_id=str(body["event_id"]),
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        slack_user=str(event["user"]),
        thread_ts=event.get("thread_ts"),
    )
    if is_answered(deps, mention):
        return
    words = without_mention(str(event.get("text") or ""), bot_user_of(body))
    spoken = Spoken(
        who=who,
        verb=read_mention(words, writer(deps, who, now)),
        words=words,
        now=now,
        via="mention",
        channel=who.channel,
        thread_ts=mention.thread_ts,
        event_id=mention.event_id,
        ts=mention.ts,
        is_open=not is_of_home(deps, who),
    )
    # Where both companies read it, a mention works for either.
    drawn = drawn_by_mention(answer(spoken, deps).drawn)
    is_alone = is_own(spoken.verb) and not spoken.is_open
    answer_mention(deps, mention, drawn, now, is_alone=is_alone)
