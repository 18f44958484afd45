"""Words that name our commands, said so that people of the other company can use them, too."""

import re
from collections.abc import Mapping
from typing import Any, Final

from views.blocks import Drawn

# Typed text cannot look like this: its backticks are disarmed.
_COMMAND: Final = re.compile(r"`/(?:touchbase(?: |(?=`)))?([^`]*)`")
_INVITE: Final = re.compile(r"[Ww]rite `/invite @touchbase` (here|there)")


def by_mention(text: str) -> str:
    """The same advice with a mention in place of each command, as nobody outside can run one."""
    text = _INVITE.sub(r"Somebody of the company that installed me can invite me \1", text)
    return _COMMAND.sub(lambda found: f"`@Touchbase {found[1]}".rstrip() + "`", text)


def drawn_by_mention(drawn: Drawn) -> Drawn:
    blocks = tuple(_mended(block) for block in drawn.blocks)
    return Drawn(text=by_mention(drawn.text), blocks=blocks)


def view_by_mention(view: Mapping[str, Any]) -> dict[str, Any]:
    """A form or Home tab likewise."""
    return {**view, "blocks": [_mended(block) for block in view["blocks"]]}


def _mended(part: Any) -> Any:
    """Our own words stand in mrkdwn; what people typed stands in plain text, as they typed it."""
    if isinstance(part, list | tuple):
        return [_mended(inner) for inner in part]
    if not isinstance(part, Mapping):
        return part
    mended = {name: _mended(inner) for name, inner in part.items()}
    if part.get("type") == "mrkdwn":
        mended["text"] = by_mention(str(part["text"]))
    return mended
