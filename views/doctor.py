"""Draws what a check of the installation found, as lines for a terminal."""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.checkup import Finding, Level, Topic

TITLES: Final[Mapping[Topic, str]] = {
    "database": "Database",
    "slack": "Slack",
    "bot_token": "Bot token",
    "app_token": "App token",
    "scopes": "Scopes",
    "clock": "Clock",
    "channels": "Channels",
    "delivery": "Not delivered",
    "next": "Next sends",
}

MARKS: Final[Mapping[Level, str]] = {"good": "ok", "look": "look", "bad": "BAD"}

SENTENCES: Final[Mapping[str, str]] = {
    "database": "{path}, {megabytes} MB, sound.",
    "damaged": "{path} is damaged. Put back a copy made with `python bot.py backup`.",
    "no_database": "{path} does not exist yet; Touchbase makes it when it first runs.",
    "unreachable": (
        "cannot be reached: no answer to {method}. Look at this machine's network, and at"
        " SLACK_API_BASE_URL if it is set; nothing is known about the tokens."
    ),
    "busy": "asks to wait before {method} is called again. Run doctor again in a minute.",
    "bot_token": "accepted by {workspace} ({url}); the bot is {bot}.",
    "bot_token_error": "not accepted: {method} answered {error}. See SLACK_BOT_TOKEN.",
    "app_token": "accepted; Socket Mode opens.",
    "app_token_error": "not accepted: {method} answered {error}. See SLACK_APP_TOKEN.",
    "scopes": "all {count} are granted.",
    "scopes_unknown": "the server does not say which are granted.",
    "scope_missing": "{scope} is missing. Without it: {without}.",
    "scope_unused": "{scope} is granted and not needed.",
    "clock": "{seconds} s from Slack's.",
    "clock_unknown": "the server does not say what time it has; not compared.",
    "clock_differs": (
        "{seconds} s from Slack's. Set this machine's clock: from 300 s on Slack's requests are"
        " refused, and due moments are wrong by as much."
    ),
    "channel": "#{name} ({channel}): the bot is in it.",
    "channel_archived": "#{name} ({channel}) is archived; nothing is posted there.",
    "channel_not_member": (
        "#{name} ({channel}): the bot is not in it. Write /invite @touchbase there."
    ),
    "channels_error": "{channel}: {method} answered {error}.",
    "channels_not_asked": "{asked} of {all} were looked at.",
    "no_partnership": "none yet. In a shared channel, write /touchbase setup.",
    "delivered": "nothing is left over.",
    "undelivered": "{kind} {id} to {place}: {state}, {reason}.",
    "next_send": "{at}: {what} leaves, {place}.",
    "next_look": "{at}: {what}{place}.",
    "nothing_next": "nothing waits and nothing is planned.",
}

SENDS: Final[Mapping[str, str]] = {
    "post": "a message",
    "update": "a change of a message",
    "home": "a Home tab",
    "pin": "a pin",
    "unpin": "the end of a pin",
    "ephemeral": "a message that one person sees",
    "respond": "an answer that one person sees",
    "file": "a file",
}
LOOKS: Final[Mapping[str, str]] = {
    "advisor": "leads are asked about an advisor",
    "change": "a change may be taken back until then",
    "checkin": "a check-in is prepared, or told of",
    "checkin_question": "whether a check-in took place is asked",
    "daily": "somebody's working day begins",
    "deliverable": "a deliverable is looked at",
    "pause": "a rest ends",
    "preview": "the draft of the summary is shown to leads",
    "pulse": "the pulse survey opens",
    "pulse_result": "the channel is told what came of a pulse survey",
    "signed": "the leads' pulse closes",
    "sponsors": "sponsors are told of something late, if its owner says nothing",
    "summary": "the week is summed up",
    "survey": "the pulse survey closes",
    "week": "*This week* is posted",
}


def lines(findings: Iterable[Finding]) -> list[str]:
    """One line each: a mark, the topic, the sentence."""
    return [f"{MARKS[one.level]:<5} {TITLES[one.topic]:<14} {_sentence(one)}" for one in findings]


def _sentence(finding: Finding) -> str:
    values = finding.values
    if finding.code == "next_send":
        values = {
            "at": values["at"],
            "what": SENDS.get(values["kind"], "a message"),
            "place": f"to {values['place']}" if values["place"] else "to one person",
        }
    elif finding.code == "next_look":
        values = {
            "at": values["at"],
            "what": LOOKS.get(values["kind"], "something may be said"),
            "place": f", in {values['place']}" if values["place"] else "",
        }
    return SENTENCES[finding.code].format_map(values)
