"""What is said to the bot alone: in its direct messages, and which partnership is meant by it."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from domain.messages import heard
from domain.partnerships import NotListed, Partnership
from handlers.forms import in_channel, show_answer, show_form, who_of
from handlers.mentions import bot_user_of, without_mention
from handlers.payloads import Body, actor, press
from handlers.routing import answer
from handlers.spoken import Answer, Spoken
from services import direct
from services.actors import Who
from services.deps import Deps
from services.direct import DirectMessage, Places
from services.writers import writer
from views import direct as views
from views.blocks import Drawn
from views.reach import drawn_by_mention
from views.verbs import is_typed_command
from views.words.commands import read_command
from views.words.partners import Naming, read_naming
from views.words.verbs import (
    Away,
    Back,
    Gaps,
    Help,
    ListDeliverables,
    NewDeliverable,
    NewPulse,
    OwnHours,
    PasteList,
    Pause,
    RepeatDeliverable,
    Resume,
    Setup,
    TrackMessage,
    Unknown,
    Verb,
)

# Slack: ids of direct messages start with D.
_DIRECT: Final = "D"
_COMMAND: Final = "/touchbase"
_IN_OWN_WORDS: Final = (NewDeliverable, RepeatDeliverable, PasteList, TrackMessage, NewPulse)


def register(app: App, deps: Deps) -> None:
    app.action(views.CHOOSE)(partial(handle_choose, deps=deps))


def is_direct(who: Who) -> bool:
    return who.channel is not None and who.channel.startswith(_DIRECT)


def handle_direct(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    """Somebody wrote to the bot; its own messages, edits and notices are none."""
    found = heard(event, str(event.get("channel") or ""))
    if found is None or found.slack_id == bot_user_of(body):
        return
    who, now = who_of(body), deps.now()
    said = DirectMessage(
        who=who,
        event_id=str(body["event_id"]),
        channel=found.channel,
        ts=found.ts,
        thread_ts=found.thread_ts,
    )
    if direct.is_answered(deps, said):
        return
    words = without_mention(str(event.get("text") or ""), bot_user_of(body))
    command, typed = _COMMAND, words
    if is_typed_command(words):
        command, typed = (*words.split(maxsplit=1), "")[:2]
    spoken = Spoken(
        who=who,
        verb=Help(subject="touchbase"),
        words=typed,
        now=now,
        via="direct",
        channel=who.channel,
        thread_ts=said.thread_ts,
        event_id=said.event_id,
    )
    drawn = answer_alone(spoken, deps, command).drawn
    if actor(body).is_outside:
        drawn = drawn_by_mention(drawn)
    direct.reply(deps, said, drawn, now)


def answer_alone(spoken: Spoken, deps: Deps, command: str = _COMMAND) -> Answer:
    """What is answered to words that were said in no channel of a partnership.

    Args:
        spoken: Its verb is read here, once it is clear what the words name.
        command: The one before the words.
    """
    places = direct.places_of(deps, spoken.who)
    naming = read_naming(spoken.words, places.named)
    chosen = places.get(naming.id)
    verb = _verb(_about(spoken, chosen or places.first), deps, command, naming)
    spoken = replace(spoken, verb=verb)
    if isinstance(verb, Help | Unknown) or (isinstance(verb, Setup) and verb != Setup()):
        return answer(spoken, deps)
    if not places.every:
        return Answer(drawn=views.none_yet(outside=places.outside))
    if naming.id is None and places.takes_part and _covers_all(verb, len(places.every)):
        return answer(spoken, deps)
    if chosen is None and places.takes_part:
        return Answer(drawn=_which(spoken, places, f"{command} {naming.words}"))
    return answer(_about(spoken, chosen or places.first), deps)


def _about(spoken: Spoken, partnership: Partnership | None) -> Spoken:
    """The same words, as if they were said in the partnership's channel."""
    if partnership is None:
        return spoken
    channel = partnership.channel
    return replace(spoken, who=in_channel(spoken.who, channel), channel=channel)


def _verb(spoken: Spoken, deps: Deps, command: str, naming: Naming) -> Verb:
    reader = writer(deps, spoken.who, spoken.now)
    verb = read_command(command, naming.words, reader)
    if isinstance(verb, _IN_OWN_WORDS) and not naming.leads:
        # The name may belong to the title or the question.
        return read_command(command, spoken.words, reader)
    if isinstance(verb, Pause) and verb.scope is None:
        return replace(verb, scope="me")
    is_empty = spoken.via == "direct" and not spoken.words
    return Help(subject="touchbase") if is_empty else verb


def _covers_all(verb: Verb, count: int) -> bool:
    """Whether it is about the person, wherever they take part.

    Args:
        count: Of the person's partnerships.
    """
    if isinstance(verb, ListDeliverables):
        return verb.scope in {"mine", "all", "overdue"}
    if isinstance(verb, Pause | Resume):
        return verb.scope != "channel"
    if isinstance(verb, Gaps):
        return count > 1 or verb.scope == "all"
    return isinstance(verb, Away | Back | OwnHours)


def _which(spoken: Spoken, places: Places, words: str) -> Drawn:
    """The question; its buttons carry the words, to be read again behind the plain command."""
    again = words.removeprefix(_COMMAND).lstrip("/ ").strip()
    fact = spoken.event_id or str(spoken.trigger_id)
    return views.choose(places.every, fact, again)


def handle_choose(ack: Ack, body: Body, *, deps: Deps) -> None:
    """What was said before is done, now that its partnership is known."""
    now, pressed, who = deps.now(), press(body), who_of(body)
    chosen = views.read(pressed.value)
    found = direct.places_of(deps, who).get(chosen.partnership_id)
    if found is None:
        raise NotListed(chosen.partnership_id)
    here = in_channel(who, found.channel)
    spoken = Spoken(
        who=here,
        verb=read_command(_COMMAND, chosen.words, writer(deps, here, now)),
        words=chosen.words,
        now=now,
        via="direct",
        trigger_id=pressed.trigger_id,
        channel=found.channel,
        event_id=chosen.fact,
    )
    said = answer(spoken, deps)
    if said.view is not None:
        show_form(deps, body, said.view)
    else:
        show_answer(deps, body, said.drawn, now)
    ack()
