"""What people type behind "setup", read into the fields of its form."""

import re
from collections.abc import Iterator
from typing import Literal

from views.words.owners import addressed, titled
from views.words.tokens import clean, fold, tidy, veiled
from views.words.verbs import Owner, Setup
from views.words.zones import read_zone

_KEYS = re.compile(
    r"(?:^|(?<=[\s,;.]))(?:"
    r"(?P<we>(?:we\s+are|we're|we’re|i\s+am|side)\s*[:=]?\s*(?:the\s+)?(?P<side>client|vendor)\b)"
    r"|(?P<theirs>(?:their|other|vendor(?:'s|’s)?|client(?:'s|’s)?)\s+(?:time\s*)?zone\b)"
    r"|(?P<zone>(?:our\s+|my\s+)?(?:time\s*)?zone\b)"
    r"|(?P<lead>(?:their\s+|other\s+|vendor\s+|client\s+)?lead\b)"
    r"|(?P<template>template\b)"
    r"|(?P<client>(?:the\s+)?client\b)"
    r"|(?P<vendor>(?:the\s+)?vendor\b)"
    r")",
    re.IGNORECASE,
)
_LINKING = re.compile(r"^(?:\s|[:=,]|(?:is|are|called|named)\b)+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s,;.]+(?:and)?\s*$", re.IGNORECASE)
_FIELDS = ("we", "theirs", "zone", "lead", "template", "client", "vendor")
_LONGEST_NAME = 80

Side = Literal["client", "vendor"]


def read_setup(text: str) -> Setup:
    """Read ``client "Acme", vendor "Globalcall", we are the client, zone America/New_York``."""
    line = clean(text)
    fields: dict[str, str] = {}
    unread: list[str] = []
    we_are: Side | None = None
    for key, value, side in _clauses(line):
        if key == "we":
            we_are = "client" if side == "client" else "vendor"
            unread.extend([value] if value else [])
        elif key == "" or key in fields or not value:
            unread.extend([value] if value else [])
        else:
            fields[key] = value
    zone, their_zone = _zone(fields, "zone", unread), _zone(fields, "theirs", unread)
    return Setup(
        client=_name(fields.get("client")),
        vendor=_name(fields.get("vendor")),
        we_are=we_are,
        zone=zone,
        their_zone=their_zone,
        lead=_lead(fields.get("lead"), unread),
        template=_name(fields.get("template")),
        unread=tuple(unread),
    )


def _clauses(line: str) -> Iterator[tuple[str, str, str]]:
    """Each clause as (key, value, side); the key of what stands before all keys is empty."""
    found = list(_KEYS.finditer(veiled(line)))
    yield "", _value(line[: found[0].start()] if found else line), ""
    for index, key in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(line)
        side = fold(key.group("side") or "")
        name = next(name for name in _FIELDS if key.group(name))
        yield name, _value(line[key.end() : end]), side


def _value(text: str) -> str:
    return _TRAILING.sub("", _LINKING.sub("", tidy(text))).strip()


def _name(value: str | None) -> str | None:
    return titled(value)[:_LONGEST_NAME] or None if value else None


def _zone(fields: dict[str, str], key: str, unread: list[str]) -> str | None:
    value = fields.get(key)
    zone = read_zone(titled(value)) if value else None
    if value and zone is None:
        unread.append(value)
    return zone


def _lead(value: str | None, unread: list[str]) -> Owner | None:
    if not value:
        return None
    owner = addressed(value).owner
    if owner is None:
        unread.append(value)
    return owner
