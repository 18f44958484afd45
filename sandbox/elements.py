"""Interactive elements: finding them in blocks, what they hold as drawn, what a person chose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sandbox.ports import Json
from sandbox.stamps import Stamps


@dataclass(frozen=True, slots=True)
class Place:
    """An element and the block it stands in."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        return str(self.block["block_id"]), str(self.element["action_id"])


class NotChosen(ValueError):
    """A value that the element cannot hold; the sentence says why, the code is for programs."""

    def __init__(self, sentence: str, code: str = "invalid_arguments") -> None:
        super().__init__(sentence)
        self.code = code


_TEXT: Final = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_ONE_OPTION: Final = ("static_select", "external_select", "radio_buttons", "overflow")
_MANY_OPTIONS: Final = ("multi_static_select", "multi_external_select", "checkboxes")
# The key of the chosen value, and of the drawn one, by type of element.
_PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_STATELESS: Final = ("button", "overflow", "workflow_button", "feedback_buttons", "icon_button")
INTERACTIVE: Final = frozenset({*_TEXT, *_ONE_OPTION, *_MANY_OPTIONS, *_PLAIN, *_STATELESS})


def places(blocks: list[Json]) -> Iterator[Place]:
    """Every interactive element, in drawn order, also in blocks inside blocks."""
    for block in blocks:
        yield from _places_in(block, block)


def _places_in(value: Any, block: Json) -> Iterator[Place]:
    if isinstance(value, list):
        for item in value:
            yield from _places_in(item, block)
        return
    if not isinstance(value, dict):
        return
    if value.get("type") in INTERACTIVE and "action_id" in value:
        yield Place(block, value)
        return
    inner = value if value is not block and "block_id" in value else block
    for item in value.values():
        yield from _places_in(item, inner)


def fill_ids(blocks: list[Json], stamps: Stamps) -> list[Json]:
    """A copy in which every block and interactive element has an id, as Slack returns it."""
    filled = [_with_action_ids(block, stamps) for block in blocks]
    for block in filled:
        block.setdefault("block_id", stamps.id("b"))
    return filled


def _with_action_ids(value: Any, stamps: Stamps) -> Any:
    if isinstance(value, list):
        return [_with_action_ids(item, stamps) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _with_action_ids(item, stamps) for key, item in value.items()}
    if copy.get("type") in INTERACTIVE:
        copy.setdefault("action_id", stamps.id("a"))
    return copy


def drawn(element: Json) -> Json:
    """What an untouched element holds, as it stands in ``state.values``."""
    kind = element["type"]
    if kind in _TEXT:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _PLAIN:
        chosen, initial = _PLAIN[kind]
        empty: object = [] if chosen.endswith("s") else None
        return {"type": kind, chosen: element.get(initial, empty)}
    return {"type": kind}


def chosen(element: Json, given: object) -> Json:
    """What the element holds once a person gave it a value; None and "" empty it.

    Raises:
        NotChosen: The element offers no such value.
    """
    kind = element["type"]
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, v) for v in _listed(given)]}
    if kind in _ONE_OPTION:
        option = None if given in (None, "") else _option(element, given)
        return {"type": kind, "selected_option": option}
    if kind in _PLAIN:
        key = _PLAIN[kind][0]
        if key.endswith("s"):
            return {"type": kind, key: [_plain(kind, one) for one in _listed(given)]}
        return {"type": kind, key: _plain(kind, given)}
    if kind in _TEXT:
        return {"type": kind, "value": None if given in (None, "") else str(given)}
    raise NotChosen(f"A {kind} cannot be given a value.")


def is_empty(held: Json) -> bool:
    """Whether a held value counts as left out."""
    return all(value in (None, "", []) for key, value in held.items() if key != "type")


def has_state(element: Json) -> bool:
    return element["type"] not in _STATELESS


def _listed(given: object) -> list[Any]:
    if given in (None, ""):
        return []
    return given if isinstance(given, list) else [given]


def _plain(kind: str, given: object) -> object:
    if given in (None, ""):
        return None
    if kind == "datetimepicker":
        if isinstance(given, int) and not isinstance(given, bool):
            return given
        raise NotChosen("A datetimepicker takes whole seconds since 1970.")
    if kind == "rich_text_input":
        return given if isinstance(given, dict) else _as_rich_text(str(given))
    if not isinstance(given, str):
        raise NotChosen(f"A {kind} takes a string.")
    if kind == "datepicker" and not _is_date(given):
        raise NotChosen(f"A datepicker takes a day as YYYY-MM-DD, and {given!r} is none.")
    if kind == "timepicker" and not _TIME.fullmatch(given):
        raise NotChosen(f"A timepicker takes a time as HH:MM, and {given!r} is none.")
    return given


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _as_rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def options_of(element: Json) -> list[Json]:
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return [*element.get("options", []), *grouped]


def _option(element: Json, value: object) -> Json:
    for option in options_of(element):
        if option.get("value") == value:
            return option
    sentence = f"There is no option {value!r} in {element['action_id']}."
    raise NotChosen(sentence, "element_not_found")
