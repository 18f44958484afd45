"""A form as it was sent, drawn once more with everything that was typed into it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from views.blocks import Block, section

NOTICE: Final = "meanwhile"
# By what Slack sends of an element: the field that fills it when it is drawn.
_INITIAL: Final[Mapping[str, str]] = {
    "value": "initial_value",
    "selected_user": "initial_user",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
}
_KEPT: Final = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def carrying(view: Mapping[str, Any], **more: str) -> Block:
    """The form with further values in what it carries."""
    carried = json.loads(view.get("private_metadata") or "{}") | more
    return {**view, "private_metadata": json.dumps(carried)}


def drawn_again(view: Mapping[str, Any], notice: str) -> Block:
    """The same form with what was typed, below a notice.

    Args:
        view: As Slack sends it when it is submitted.
    """
    typed = (view.get("state") or {}).get("values") or {}
    blocks = [
        _filled(block, typed.get(block.get("block_id"), {}))
        for block in view["blocks"]
        if block.get("block_id") != NOTICE
    ]
    kept = {name: view[name] for name in _KEPT if view.get(name)}
    return kept | {"blocks": [section(notice, block_id=NOTICE), *blocks]}


def _filled(block: Mapping[str, Any], typed: Mapping[str, Any]) -> Block:
    element = dict(block.get("element") or {})
    if not element:
        return dict(block)
    sent: Mapping[str, Any] = next(iter(typed.values()), {})
    for name, initial in _INITIAL.items():
        if name in sent:
            element.pop(initial, None)
            if sent[name]:
                element[initial] = sent[name]
    return {**block, "element": element}
