"""Says what Slack would refuse in blocks and views; knows nothing of who sends them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from sandbox.block_elements import (
    ACTIONS_ELEMENT,
    CONTEXT_ELEMENT,
    IMAGE_ALT,
    IMAGE_FIELDS,
    IMAGE_SOURCE,
    INPUT_ELEMENT,
    SECTION_ELEMENT,
)
from sandbox.block_objects import any_text, plain_text
from sandbox.block_rich_text import RICH_TEXT_PARTS
from sandbox.block_rules import Problem, Rule, Shape, array, boolean, one_of, string, typed
from sandbox.block_tables import BLOCK_ID, CHART, DATA_TABLE, TABLE
from sandbox.block_undrawn import UNDRAWN_EVERYWHERE, UNDRAWN_IN_HOME, UNDRAWN_IN_MESSAGES

__all__ = ["Problem", "Surface", "block_problems", "characters", "view_problems"]

Surface = Literal["message", "modal", "home"]

# Slack: 50 blocks a message, 100 a modal or Home view.
MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MOST_BYTES = 250_000  # Slack: a view over 250 kB gives view_too_large
MOST_MESSAGE_CHARACTERS = 13_200  # bolt-js#2509: about so many already give msg_blocks_too_long
MOST_CHARTS = 2  # Slack: data_visualization blocks a message
MOST_MARKDOWN_CHARACTERS = 12_000  # Slack: over all markdown blocks of a message


def _has_text_or_fields(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if value.get("text") is None and value.get("fields") is None:
        yield Problem(at, "needs text or fields")


_EVERYWHERE: Mapping[str, Shape] = {
    "section": Shape(
        required={},
        # Slack: text <= 3000 characters; fields <= 10, each <= 2000.
        optional={
            **BLOCK_ID,
            "text": any_text(3000),
            "fields": array(any_text(2000), at_most=10),
            "accessory": SECTION_ELEMENT,
            "expand": boolean,
        },
        across=_has_text_or_fields,
    ),
    "header": Shape(required={"text": plain_text(150)}, optional=BLOCK_ID),  # Slack: <= 150
    "divider": Shape(required={}, optional=BLOCK_ID),
    "context": Shape(required={"elements": array(CONTEXT_ELEMENT, at_most=10)}, optional=BLOCK_ID),
    "actions": Shape(required={"elements": array(ACTIONS_ELEMENT, at_most=25)}, optional=BLOCK_ID),
    "image": Shape(
        required=IMAGE_ALT,
        optional={**BLOCK_ID, **IMAGE_FIELDS, "title": plain_text(2000)},
        across=IMAGE_SOURCE,
    ),
    "input": Shape(
        # Slack: label and hint <= 2000 characters.
        required={"label": plain_text(2000), "element": INPUT_ELEMENT},
        optional={
            **BLOCK_ID,
            "hint": plain_text(2000),
            "optional": boolean,
            "dispatch_action": boolean,
        },
    ),
    "rich_text": Shape(required=RICH_TEXT_PARTS, optional=BLOCK_ID),
}
_MESSAGE_ONLY: Mapping[str, Shape] = {
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "markdown": Shape(required={"text": string(MOST_MARKDOWN_CHARACTERS)}, optional=BLOCK_ID),
}
_MODAL_ONLY: Mapping[str, Shape] = {
    "alert": Shape(
        required={"text": any_text(3000)},
        optional={**BLOCK_ID, "level": one_of("default", "info", "warning", "error", "success")},
    )
}
_ANYWHERE: Mapping[str, Rule] = {**_EVERYWHERE, **UNDRAWN_EVERYWHERE}
_BLOCKS: Mapping[Surface, Rule] = {
    "message": typed({**_ANYWHERE, **_MESSAGE_ONLY, **UNDRAWN_IN_MESSAGES}, "block type"),
    "modal": typed({**_ANYWHERE, **_MODAL_ONLY}, "block type"),
    "home": typed({**_ANYWHERE, **UNDRAWN_IN_HOME}, "block type"),
}
# Slack: callback_id and external_id <= 255, private_metadata <= 3000 characters.
_VIEW_FIELDS: Mapping[str, Rule] = {
    "callback_id": string(255, at_least=0),
    "external_id": string(255, at_least=0),
    "private_metadata": string(3000, at_least=0),
}


def _listed(surface: Surface) -> Rule:
    return array(_BLOCKS[surface], at_least=0, at_most=MOST_BLOCKS[surface])


_VIEWS: Mapping[str, Rule] = {
    "modal": Shape(
        # Slack: title, submit and close <= 24 characters.
        required={"title": plain_text(24), "blocks": _listed("modal")},
        optional={
            **_VIEW_FIELDS,
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": Shape(required={"blocks": _listed("home")}, optional=_VIEW_FIELDS),
}


def block_problems(blocks: object, *, surface: Surface) -> list[Problem]:
    """Everything Slack would refuse in ``blocks``, in reading order; empty when all is well."""
    found = list(_listed(surface)(blocks, "/blocks"))
    return found or list(_across_blocks(blocks, surface, "/blocks"))


def view_problems(view: object) -> list[Problem]:
    """The same for a modal or a Home view, whose ``type`` says which it is."""
    found = list(typed(_VIEWS, "view type")(view, "/view"))
    if found or not isinstance(view, Mapping):
        return found
    surface: Surface = "modal" if view["type"] == "modal" else "home"
    return [*_across_blocks(view["blocks"], surface, "/view/blocks"), *_whole_view(view)]


def _whole_view(view: Mapping[str, Any]) -> Iterator[Problem]:
    blocks = view["blocks"]
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        yield Problem("/view", "must be at most 250 kB", "view_too_large")
    has_input = any(block["type"] == "input" for block in blocks)
    if view["type"] == "modal" and has_input and view.get("submit") is None:
        yield Problem("/view/submit", "is required when the view has an input block")
    if sum(1 for one in _objects(blocks) if one.get("focus_on_load")) > 1:
        yield Problem("/view/blocks", "only one element may have focus_on_load")


def _across_blocks(blocks: Any, surface: Surface, at: str) -> Iterator[Problem]:
    ids = [block.get("block_id") for block in blocks]
    for index, block in enumerate(blocks):
        if ids[index] is not None and ids[index] in ids[:index]:
            yield Problem(f"{at}/{index}/block_id", f"{ids[index]!r} is used twice")
        yield from _repeated_actions(block, f"{at}/{index}")
    if surface != "modal" and any(one.get("response_url_enabled") for one in _objects(blocks)):
        yield Problem(at, "response_url_enabled is for modals only")
    if surface == "message":
        yield from _whole_message(blocks, at)


def _repeated_actions(block: Mapping[str, object], at: str) -> Iterator[Problem]:
    seen: set[object] = set()
    elements = block.get("elements")
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        action = element.get("action_id")
        if action is not None and action in seen:
            yield Problem(f"{at}/elements/{index}/action_id", f"{action!r} is used twice")
        seen.add(action)


def _whole_message(blocks: list[Mapping[str, object]], at: str) -> Iterator[Problem]:
    if sum(1 for block in blocks if block["type"] == "table") > 1:
        yield Problem(at, "only_one_table_allowed", "invalid_attachments")
    if sum(1 for block in blocks if block["type"] == "data_visualization") > MOST_CHARTS:
        yield Problem(at, f"a message may hold {MOST_CHARTS} charts")
    markdown = [str(block["text"]) for block in blocks if block["type"] == "markdown"]
    if sum(map(len, markdown)) > MOST_MARKDOWN_CHARACTERS:
        yield Problem(at, f"markdown may be {MOST_MARKDOWN_CHARACTERS} characters in all")
    length = characters(blocks)
    if length > MOST_MESSAGE_CHARACTERS:
        message = f"may hold {MOST_MESSAGE_CHARACTERS} characters of text in all, holds {length}"
        yield Problem(at, message, "msg_blocks_too_long")


def characters(blocks: object) -> int:
    """The length of all texts in ``blocks``, as the limit of a message counts them."""
    texts = (one.get("text") for one in _objects(blocks))
    return sum(len(text) for text in texts if isinstance(text, str))


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    """Every object inside ``value``, at any depth, itself included; in no order."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            continue
        if isinstance(one, Mapping):
            yield one
            left += one.values()
        elif isinstance(one, Iterable):
            left += one
