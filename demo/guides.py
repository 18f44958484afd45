"""What the viewer is invited to do: after the story, and in a world in which nothing happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from demo.control import Json
from demo.people import ANA, CHANNEL, MARIA

WHAT: Final = "Touchbase keeps a client and its vendor in touch."
TITLE: Final = (
    f"{WHAT} The story so far: four weeks of Acme Retail and Globalcall. Now it is your turn."
)
NEW_DATE: Final = (
    "Below *Peak season plan*, in Monday's summary or in the thread of *This week*, press"
    " *New date*, choose a day this week, say why, and *Save*."
)
SEE_IT: Final = "Open the thread of *This week*: Ana's new date and her reason stand there."
CUT: Final = (
    "Press *Tools*, *Break things*, *Cut the wire*, then *Next event*: the reminder still comes"
    " exactly once, in the thread of *This week*. Wait a quarter of a minute: *Tools*, *Wire* shows"
    " the post that was cut, and the look-up that finds it."
)
WEEK: Final = (
    "In *Tools*, *Timeline* press *Go there* at Friday's *Acme Retail sees the draft*, and open"
    " *touchbase*: your message of the day holds it. Then *Play the week*, open the channel, and"
    " scroll to Monday's summary. (Is Monday over? *Worlds* has the story's end.)"
)
IN_SLACK: Final = (
    "1. `make setup`, then `.venv/bin/python bot.py manifest`: paste what it prints at"
    " api.slack.com/apps, *Create New App*, *From a manifest*.\n"
    "2. `cp .env.example .env`, fill in the two tokens, and run `.venv/bin/python bot.py`.\n"
    "3. Invite the bot to the shared channel and type `/touchbase setup`. The README has all of it"
    " under *Your Slack in five minutes*."
)

ENDING: Final = (
    "What to try next\n"
    "A second vendor waits in *#acme-brightdesk*: as Maria type `/touchbase setup` there and press"
    " *Post*; be Inês, whom you name as its lead, and press *Agree*.\n"
    f"*Then use it in your Slack*\n{IN_SLACK}"
)

EMPTY_TITLE: Final = f"{WHAT} Nothing has happened yet."
EMPTY: Final = "Nothing here yet. As {name}, type /touchbase setup below."
SET_UP: Final = "Type /touchbase setup below, fill in the form, and press *Post*."
AGREE: Final = "Be the lead whom you named for the other side, and press *Agree*."
PROMISE: Final = (
    "Write down a first promise: type `/deliverable` below and fill in the form, or type all of it,"
    " such as `/deliverable @ana training deck by friday`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What will happen after the story, and where it can be seen.

    Attributes:
        week_ts: The message under which this week's replies stand.
        direct: The channel of Maria's direct messages with the bot, where she reads the draft.
        plan: The deliverable whose date Ana moves, as its buttons name it.
    """

    plan: str
    week_ts: str
    direct: str
    reminder_at: datetime
    draft_at: datetime
    summary_at: datetime


def after_the_story(coming: Coming) -> Json:
    """The four steps, each with the acts by which it is done."""
    reminder = {"act": "clock", "after": coming.reminder_at.isoformat()}
    lost = {"act": "call", "method": "chat.postMessage", "fault": "lost_response"}
    in_channel = {"act": "call", "method": "conversations.history"}
    in_thread = {"act": "call", "method": "conversations.replies"}
    looked_up = {**in_thread, "then": True, "or": [in_channel]}
    return {
        "title": TITLE,
        "steps": [
            _step(
                ANA,
                NEW_DATE,
                _click(ANA, "deliverable.new_date") | {"value": coming.plan},
                _sent(ANA, "deliverable.move"),
            ),
            _step(MARIA, SEE_IT, _seen(CHANNEL, thread_ts=coming.week_ts)),
            _step(MARIA, CUT, {"act": "fault"}, lost, looked_up, reminder),
            _step(
                MARIA,
                WEEK,
                # Monday's summary takes the draft's place.
                _seen(coming.direct, after=coming.draft_at)
                | {"before": coming.summary_at.isoformat()},
                # Not a thread: the summary stands in the channel itself.
                _seen(CHANNEL, thread_ts="", after=coming.summary_at),
            ),
        ],
        "ending": ENDING,
        "user": ANA,
        "channel": CHANNEL,
    }


def in_an_empty_world(person: Json, channel: str) -> Json:
    """The first steps, beginning with ``person`` of the home company; ids, not names."""
    in_words = [
        {"act": "command", "command": "/deliverable", "text": "* *"},
        {"act": "command", "command": "/touchbase", "text": "deliverable * *"},
        {"act": "message", "text": "*deliverable * *"},
    ]
    promised = {"act": "submit", "callback_id": "deliverable.form", "or": in_words}
    return {
        "title": EMPTY_TITLE,
        "steps": [
            _step(person["id"], SET_UP, {"act": "submit", "callback_id": "setup.preview"}),
            _step(None, AGREE, {"act": "click", "action_id": "consent.agree"}),
            _step(person["id"], PROMISE, promised),
        ],
        "empty": EMPTY.format(name=person["real_name"]),
        "ending": f"Use it in your Slack\n{IN_SLACK}",
        "user": person["id"],
        "channel": channel,
    }


def _step(user: str | None, text: str, *until: Json) -> Json:
    step: dict[str, Any] = {"text": text, "until": list(until)}
    return step if user is None else step | {"user": user}


def _seen(channel: str, *, thread_ts: str | None = None, after: datetime | None = None) -> Json:
    """Maria reads; ``thread_ts`` None: anything there."""
    seen: dict[str, Any] = {"act": "seen", "user": MARIA, "channel": channel}
    if thread_ts is not None:
        seen["thread_ts"] = thread_ts
    return seen if after is None else seen | {"after": after.isoformat()}


def _click(user: str, action_id: str) -> Json:
    return {"act": "click", "user": user, "action_id": action_id}


def _sent(user: str, form: str) -> Json:
    return {"act": "submit", "user": user, "callback_id": form}


def lines(guide: Json) -> Sequence[str]:
    """The guide for a terminal."""
    steps = enumerate(guide["steps"], start=1)
    return [guide["title"], *(f"{n}. {one['user'].title()}: {one['text']}" for n, one in steps)]
