"""Block Kit's elements, and which of them may stand in which block."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sandbox.block_objects import (
    CONFIRM,
    DISPATCH,
    FILTER,
    LISTED_OPTION,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    Fields,
    plain_text,
)
from sandbox.block_rich_text import RICH_TEXT
from sandbox.block_rules import (
    Problem,
    Shape,
    array,
    boolean,
    exactly_one,
    formatted,
    integer,
    number,
    one_of,
    string,
    typed,
)


def is_date(text: str) -> bool:
    """Whether ``text`` is a day of the calendar as YYYY-MM-DD."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether ``text`` is a time of day as HH:MM, 24 hours."""
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is not None


def is_number(text: str) -> bool:
    """Whether ``text`` is a decimal number."""
    return re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) is not None


def _options_keep_the_initial_ones(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    groups = value.get("option_groups") or [value]
    options = [_plain(option) for group in groups for option in group.get("options") or []]
    single = value.get("initial_option")
    chosen = [*(value.get("initial_options") or []), *([single] if single is not None else [])]
    if any(_plain(option) not in options for option in chosen):
        yield Problem(at, "initial options must be among the options")


def _plain(option: Mapping[str, Any]) -> object:
    return option.get("value"), option["text"]["text"]


def _selectable(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    yield from exactly_one("options", "option_groups")(value, at)
    yield from _options_keep_the_initial_ones(value, at)


def _lengths_fit(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    least, most = value.get("min_length") or 0, value.get("max_length") or 3000
    initial = value.get("initial_value")
    if least > most:
        yield Problem(at, "min_length must not be above max_length")
    elif initial and not least <= len(initial) <= most:
        yield Problem(f"{at}/initial_value", f"must be {least} to {most} characters")


def _numbers_fit(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    texts = [value.get(name) for name in ("min_value", "initial_value", "max_value")]
    given = [text for text in texts if text is not None]
    if not value["is_decimal_allowed"] and any("." in text for text in given):
        yield Problem(at, "decimals are not allowed here")
    if given != sorted(given, key=float):
        yield Problem(at, "min_value, initial_value and max_value must be in this order")


_ACTION: Fields = {"action_id": string(255)}  # Slack: action_id <= 255 characters
_FOCUS: Fields = {**_ACTION, "focus_on_load": boolean, "placeholder": plain_text(150)}
_PICKED: Fields = {**_FOCUS, "confirm": CONFIRM}
_MANY: Fields = {**_PICKED, "max_selected_items": integer(1, 1000)}
_TYPED: Fields = {**_FOCUS, "dispatch_action_config": DISPATCH}
_ID = string(255)
_IDS = array(_ID, at_most=1000)
_OPTIONS: Fields = {
    "options": array(OPTION, at_most=100),
    "option_groups": array(OPTION_GROUP, at_most=100),
}
_DATE = formatted(is_date, "a date as YYYY-MM-DD")
_TIME = formatted(is_time, "a time as HH:MM")
_NUMBER = formatted(is_number, "a number in a string")
_LISTED = array(LISTED_OPTION, at_most=10)  # Slack: checkboxes and radio buttons <= 10 options
_SLACK_FILE = Shape(
    required={}, optional={"id": _ID, "url": string(3000)}, across=exactly_one("id", "url")
)
# Slack: alt_text <= 2000, image_url <= 3000 characters; one source.
IMAGE_FIELDS: Fields = {"image_url": string(3000), "slack_file": _SLACK_FILE}
IMAGE_ALT: Fields = {"alt_text": string(2000)}
IMAGE_SOURCE = exactly_one("image_url", "slack_file")

_BUTTON = {
    # Slack: text <= 75, value <= 2000, url <= 3000, accessibility_label <= 75 characters.
    "button": Shape(
        required={"text": plain_text(75)},
        optional={
            **_ACTION,
            "value": string(2000),
            "url": string(3000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    )
}
_OVERFLOW = {
    "overflow": Shape(
        required={"options": array(OVERFLOW_OPTION, at_most=5)},
        optional={**_ACTION, "confirm": CONFIRM},
    )
}
_LISTS = {
    "checkboxes": Shape(
        required={"options": _LISTED},
        optional={
            **_ACTION,
            "focus_on_load": boolean,
            "confirm": CONFIRM,
            "initial_options": _LISTED,
        },
        across=_options_keep_the_initial_ones,
    ),
    "radio_buttons": Shape(
        required={"options": _LISTED},
        optional={
            **_ACTION,
            "focus_on_load": boolean,
            "confirm": CONFIRM,
            "initial_option": LISTED_OPTION,
        },
        across=_options_keep_the_initial_ones,
    ),
}
_DATES = {
    "datepicker": Shape(required={}, optional={**_PICKED, "initial_date": _DATE}),
    "timepicker": Shape(
        required={}, optional={**_PICKED, "initial_time": _TIME, "timezone": string(255)}
    ),
}
_MOMENT = {
    # Slack: epoch seconds of ten digits.
    "datetimepicker": Shape(
        required={},
        optional={
            **_ACTION,
            "focus_on_load": boolean,
            "confirm": CONFIRM,
            "initial_date_time": integer(1_000_000_000, 9_999_999_999),
        },
    )
}
_QUERY: Fields = {"min_query_length": integer(0, 255)}
_SELECTS = {
    "static_select": Shape(
        required={},
        optional={**_PICKED, **_OPTIONS, "initial_option": OPTION},
        across=_selectable,
    ),
    "external_select": Shape(required={}, optional={**_PICKED, **_QUERY, "initial_option": OPTION}),
    "users_select": Shape(required={}, optional={**_PICKED, "initial_user": _ID}),
    "conversations_select": Shape(
        required={},
        optional={
            **_PICKED,
            "initial_conversation": _ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "channels_select": Shape(
        required={},
        optional={**_PICKED, "initial_channel": _ID, "response_url_enabled": boolean},
    ),
}
_MULTI_SELECTS = {
    "multi_static_select": Shape(
        required={},
        optional={**_MANY, **_OPTIONS, "initial_options": array(OPTION, at_most=100)},
        across=_selectable,
    ),
    "multi_external_select": Shape(
        required={},
        optional={**_MANY, **_QUERY, "initial_options": array(OPTION, at_most=100)},
    ),
    "multi_users_select": Shape(required={}, optional={**_MANY, "initial_users": _IDS}),
    "multi_conversations_select": Shape(
        required={},
        optional={
            **_MANY,
            "initial_conversations": _IDS,
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "multi_channels_select": Shape(required={}, optional={**_MANY, "initial_channels": _IDS}),
}
_TEXT_INPUTS = {
    # Slack: min_length 0-3000, max_length 1-3000, placeholder <= 150 characters.
    "plain_text_input": Shape(
        required={},
        optional={
            **_TYPED,
            "initial_value": string(3000, at_least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        across=_lengths_fit,
    ),
    "email_text_input": Shape(
        required={}, optional={**_TYPED, "initial_value": string(3000, at_least=0)}
    ),
    "url_text_input": Shape(
        required={}, optional={**_TYPED, "initial_value": string(3000, at_least=0)}
    ),
    "number_input": Shape(
        required={"is_decimal_allowed": boolean},
        optional={
            **_TYPED,
            "initial_value": _NUMBER,
            "min_value": _NUMBER,
            "max_value": _NUMBER,
        },
        across=_numbers_fit,
    ),
    "rich_text_input": Shape(required={}, optional={**_TYPED, "initial_value": RICH_TEXT}),
    "file_input": Shape(
        required={},
        optional={
            **_ACTION,
            "filetypes": array(string(255), at_most=1000),
            "max_files": integer(1, 10),
        },
    ),
}
_IMAGE = {"image": Shape(required=IMAGE_ALT, optional=IMAGE_FIELDS, across=IMAGE_SOURCE)}

SECTION_ELEMENT = typed(
    {**_BUTTON, **_OVERFLOW, **_LISTS, **_DATES, **_SELECTS, **_MULTI_SELECTS, **_IMAGE},
    "section accessory",
)
ACTIONS_ELEMENT = typed(
    {**_BUTTON, **_OVERFLOW, **_LISTS, **_DATES, **_MOMENT, **_SELECTS}, "actions element"
)
INPUT_ELEMENT = typed(
    {**_LISTS, **_DATES, **_MOMENT, **_SELECTS, **_MULTI_SELECTS, **_TEXT_INPUTS},
    "input element",
)
_CONTEXT_PLAIN = Shape(required={"text": string(3000)}, optional={"emoji": boolean})
_CONTEXT_MRKDWN = Shape(required={"text": string(3000)}, optional={"verbatim": boolean})
CONTEXT_ELEMENT = typed(
    {"plain_text": _CONTEXT_PLAIN, "mrkdwn": _CONTEXT_MRKDWN, **_IMAGE}, "context element"
)
_CELL_NUMBER = Shape(required={"value": number}, optional={"text": string(3000)})
# Slack: table cells are raw_text, raw_number or rich_text.
TABLE_CELL = typed(
    {
        "raw_text": Shape(required={"text": string(3000)}, optional={}),
        "raw_number": _CELL_NUMBER,
        "rich_text": RICH_TEXT,
    },
    "table cell",
)
