"""Draws what a check of the installation found, as lines for a terminal."""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.checkup import Finding, Level, Topic

TITLES: Final[Mapping[Topic, str]] = {
    "database": "Database",
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
    "bot_token": "accepted by {workspace} ({url}); the bot is {bot}.",
    "bot_token_error": "not accepted: {method} answered {error}. See SLACK_BOT_TOKEN.",
    "app_token": "accepted; Socket Mode opens.",
    "app_token_error": "not accepted: {method} answered {error}. See SLACK_APP_TOKEN.",
    "scopes": "all {count} are granted.",
    "scopes_unknown": "the server does not say which are granted.",
    "scope_missing": "{scope} is missing. Without it: {without}.",
    "scope_unused": "{scope} is granted and not needed.",
    "clock": "{seconds} s from Slack's.",
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
    "next": "{at}: {what}.",
    "nothing_next": "nothing waits and nothing is planned.",
}


def lines(findings: Iterable[Finding]) -> list[str]:
    """One line each: a mark, the topic, the sentence."""
    return [f"{MARKS[one.level]:<5} {TITLES[one.topic]:<14} {_sentence(one)}" for one in findings]


def _sentence(finding: Finding) -> str:
    return SENTENCES[finding.code].format_map(finding.values)
