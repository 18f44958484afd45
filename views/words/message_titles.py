"""The title that a message suggests; its other words are not looked at."""

import re
from collections.abc import Mapping
from typing import Final

from domain.deliverables import TITLE_MOST

# A line up to here is a title as it is; of a longer one the first sentence is.
_LINE_MOST: Final = 120
_PERSON: Final = re.compile(r"<@([A-Z0-9]+)(?:\|([^<>]*))?>")
_CHANNEL: Final = re.compile(r"<#[A-Z0-9]+\|([^<>]+)>")
_NAMED: Final = re.compile(r"<(?:!subteam\^[A-Z0-9]+|(?:https?://|mailto:)[^<>|]*)\|([^<>]*)>")
_UNNAMED: Final = re.compile(r"<([^<>]*)>")
_IN_FRONT: Final = re.compile(r"^(?:[•*\-–>]|&gt;|\d+[.)])\s+|^`{3}")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")
ESCAPES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def title_of(text: str, names: Mapping[str, str]) -> str:
    """The first line of a message, or the first sentence of a long one, as people read it.

    Args:
        text: As Slack sends it.
        names: Of people, by Slack id; others are left out.
    """
    lines = (_read(line, names) for line in text.splitlines())
    line = next((one for one in lines if any(c.isalnum() for c in one)), "")
    if len(line) > _LINE_MOST:
        line = _SENTENCE.split(line, maxsplit=1)[0]
    return line if len(line) <= TITLE_MOST else f"{line[: TITLE_MOST - 1]}…"


def mentioned(text: str) -> list[str]:
    """Slack ids of the people whom a text mentions, each once."""
    return list(dict.fromkeys(found[1] for found in _PERSON.finditer(text)))


def readable(text: str, names: Mapping[str, str]) -> str:
    """A typed text as people read it: names instead of ids, words instead of signs.

    Args:
        names: Of people, by Slack id; of others the name that Slack sent, or "@somebody".
    """
    text = _PERSON.sub(lambda found: _name(found, names) or "@somebody", text)
    text = _NAMED.sub(r"\1", _CHANNEL.sub(r"#\1", text))
    for escaped, plain in ESCAPES:
        text = text.replace(escaped, plain)
    return " ".join(text.split())


def named_in(text: str, names: Mapping[str, str]) -> str:
    """The same text with people by their names, as one would type them; others stay as they are.

    Args:
        text: As Slack sends the words of a command.
        names: Of people, by Slack id.
    """
    return _PERSON.sub(lambda one: f"@{names[one[1]]}" if one[1] in names else one[0], text)


def _read(line: str, names: Mapping[str, str]) -> str:
    line = _IN_FRONT.sub("", line.strip())
    line = _PERSON.sub(lambda found: _name(found, names), line)
    line = _CHANNEL.sub(r"#\1", line)
    line = _UNNAMED.sub("", _NAMED.sub(r"\1", line))
    for escaped, plain in ESCAPES:
        line = line.replace(escaped, plain)
    return " ".join(line.split())


def _name(found: re.Match[str], names: Mapping[str, str]) -> str:
    name = found[2] or names.get(found[1])
    return f"@{name}" if name else ""
