"""Block Kit's texts, options, confirm dialogs and filters; no elements, no blocks."""

from collections.abc import Mapping

from sandbox.block_rules import Rule, Shape, array, boolean, one_of, string, typed

Fields = Mapping[str, Rule]


def plain_text(at_most: int) -> Rule:
    """A plain text object of at most so many characters."""
    shape = Shape(required={"text": string(at_most)}, optional={"emoji": boolean})
    return typed({"plain_text": shape}, "text (plain_text)")


def any_text(at_most: int) -> Rule:
    """A plain or mrkdwn text object of at most so many characters."""
    plain = Shape(required={"text": string(at_most)}, optional={"emoji": boolean})
    mrkdwn = Shape(required={"text": string(at_most)}, optional={"verbatim": boolean})
    return typed({"plain_text": plain, "mrkdwn": mrkdwn}, "text (plain_text, mrkdwn)")


# Slack: title <= 100, text <= 300, confirm and deny <= 30 characters.
CONFIRM = Shape(
    required={
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    optional={"style": one_of("primary", "danger")},
)
# Slack: option text <= 75, value <= 150, description <= 75, url <= 3000 characters.
_VALUE: Fields = {"value": string(150)}
OPTION = Shape(
    required={"text": plain_text(75), **_VALUE}, optional={"description": plain_text(75)}
)
LISTED_OPTION = Shape(
    required={"text": any_text(75), **_VALUE}, optional={"description": any_text(75)}
)
OVERFLOW_OPTION = Shape(
    required={"text": plain_text(75), **_VALUE},
    optional={"description": plain_text(75), "url": string(3000)},
)
OPTION_GROUP = Shape(
    required={"label": plain_text(75), "options": array(OPTION, at_most=100)}, optional={}
)
DISPATCH = Shape(
    required={
        "trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), at_most=2)
    },
    optional={},
)
FILTER = Shape(
    required={},
    optional={
        "include": array(one_of("im", "mpim", "private", "public"), at_most=4),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
)
