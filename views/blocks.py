"""The bricks that every drawn message and form is made of. Text of people is never mrkdwn here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from domain.values import value

Block = dict[str, Any]
Blocks = list[Block]

SECTION_TEXT_MOST: Final = 3000  # Slack: section text <= 3000 characters
FIELD_MOST: Final = 2000  # Slack: a section's field <= 2000 characters
BUTTON_TEXT_MOST: Final = 75  # Slack: button text <= 75 characters
OPTION_TEXT_MOST: Final = 75  # Slack: option text <= 75 characters
HEADER_MOST: Final = 150  # Slack: header <= 150 characters
TITLE_MOST: Final = 24  # Slack: modal title, submit, close <= 24 characters
MESSAGE_TEXT_MOST: Final = 4000  # Slack: chat.update rejects more
ANSWER_BLOCK: Final = "answer"
MESSAGE_BLOCKS_MOST: Final = 50  # Slack: blocks in a message
# An underscore inside a word styles nothing, and names of files are full of them.
_STYLES: Final = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")
# Words with a single sign between them, as most names and titles are: nothing in them is changed.
_HARMLESS: Final = re.compile(r"[^\W_]+(?:[ .,'/+-][^\W_]+)*")
# Slack: in the text of a command, people and channels that were typed arrive as these.
_NAMED: Final = re.compile(r"<([@#])[A-Z0-9]+\|([^<>|]+)>")


@value
class Drawn:
    """A drawn message: ``text`` is what notifications and screen readers get."""

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()

    @property
    def payload(self) -> dict[str, Any]:
        return {"text": cut(self.text, MESSAGE_TEXT_MOST), "blocks": list(self.blocks)}

    @property
    def answer(self) -> dict[str, Any]:
        """The same for one reader alone, with a mark: nothing but a press in it replaces it."""
        first, *rest = self.blocks or (section(self.text),)
        return self.payload | {"blocks": [{"block_id": ANSWER_BLOCK, **first}, *rest]}


def escape(text: str) -> str:
    """Typed text made harmless for mrkdwn and ``text``: no mention, link or channel call."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def plain(text: str, most: int = SECTION_TEXT_MOST) -> Block:
    """Text in which nothing is interpreted: the home of what people typed."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": True}


def mrkdwn(text: str, most: int = SECTION_TEXT_MOST) -> Block:
    """Our own words; typed text in them has been through ``quoted`` or ``escape``."""
    return {"type": "mrkdwn", "text": cut(text, most) or " ", "verbatim": True}


def quoted(text: str, most: int = 200) -> str:
    """Typed text inside our own mrkdwn: escaped, on one line, its styling marks disarmed.

    People and channels stand there as they were typed, by name, and call nobody.
    """
    if len(text) <= most and _HARMLESS.fullmatch(text):
        return text
    typed = _NAMED.sub(r"\1\2", text)
    flat = escape(" ".join(cut(typed, most).split()))
    return _STYLES.sub("\u200b\\g<0>\u200b", flat)


def section(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block if block_id is None else block | {"block_id": block_id}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_MOST)}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, FIELD_MOST) for text in texts[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons and selects. With several rows of equal actions give each a block_id."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return block if block_id is None else block | {"block_id": block_id}


def button(
    text: str,
    action_id: str,
    value: str | None = None,
    *,
    style: str | None = None,
    confirm: Block | None = None,
) -> Block:
    block: Block = {"type": "button", "text": plain(text, BUTTON_TEXT_MOST), "action_id": action_id}
    if value is not None:
        block["value"] = value
    if style is not None:
        block["style"] = style
    if confirm is not None:
        block["confirm"] = confirm
    return block


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """What there is no room for in a row: a menu of one to five choices."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def confirm(title: str, text: str, yes: str, no: str = "Back") -> Block:
    return {
        "title": plain(title, 100),
        "text": mrkdwn(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str | None = None) -> Block:
    block: Block = {"text": plain(text, OPTION_TEXT_MOST), "value": value}
    return block if description is None else block | {"description": plain(description, 75)}


def text_input(
    *, initial: str = "", placeholder: str = "", multiline: bool = False, most: int = 3000
) -> Block:
    block: Block = {"type": "plain_text_input", "action_id": "value", "max_length": most}
    if initial:
        block["initial_value"] = initial[:most]
    if placeholder:
        block["placeholder"] = plain(placeholder, 150)
    return block | {"multiline": True} if multiline else block


def select(
    options: Sequence[Block], initial: str | None = None, kind: str = "static_select"
) -> Block:
    """A choice of one. ``initial``: the value chosen as drawn; ``kind`` also radio_buttons."""
    block: Block = {"type": kind, "action_id": "value", "options": list(options)}
    chosen = [o for o in options if o["value"] == initial]
    return block | {"initial_option": chosen[0]} if chosen else block


def field(
    name: str, label: str, element: Block, *, hint: str | None = None, optional: bool = False
) -> Block:
    """An input of a form: ``block_id`` is the field's name, the element's action is "value"."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return block if hint is None else block | {"hint": plain(hint, 2000)}


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    metadata: str = "",
) -> Block:
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE_MOST),
        "close": plain("Close" if submit is None else "Cancel", TITLE_MOST),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    return view if submit is None else view | {"submit": plain(submit, TITLE_MOST)}


def mention(slack_id: str) -> str:
    return f"<@{slack_id}>"


def bulleted(lines: Iterable[str], most: int = 10) -> str:
    """Lines as a list, cut with "and 12 more"."""
    every = list(lines)
    shown = [f"• {line}" for line in every[:most]]
    left = len(every) - most
    return "\n".join(shown + ([f"…and {left} more"] if left > 0 else []))


def plural(count: int, one: str, many: str | None = None) -> str:
    """As in "1 promise", "3 promises"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
