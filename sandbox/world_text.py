"""Reads JSON strictly and checks its shapes; every error names the line or the key."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.errors import WorldError
from sandbox.json_places import first_fault
from sandbox.ports import Json
from sandbox.strict_json import MOST_DEPTH, check_depth

MOST_BYTES: Final = 20_000_000
ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

Types = Mapping[str, type]

_WORDS: Final[Mapping[type, str]] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "an object",
}


def read_json(text: str) -> Json:
    """The object that ``text`` holds.

    Raises:
        WorldError: It is no JSON object that can be written out again.
    """
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        raise WorldError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        check_depth(data)
        # Half of a character can be written in JSON, but not sent to anybody.
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise WorldError(error.msg, line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _fault_in(text) from error
    return an_object(data, "the file")


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _fault_in(text: str) -> WorldError:
    fault = first_fault(text, MOST_DEPTH)
    if fault is None:
        return WorldError("it cannot be read as JSON")
    return WorldError(fault.problem, key=fault.key, line=fault.line, column=fault.column)


def an_object(value: object, key: str) -> Json:
    if not isinstance(value, dict):
        raise WorldError("must be an object", key=key)
    return value


def a_list(value: object, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise WorldError("must be a list", key=key)
    return value


def check_types(entry: Json, types: Types, key: str) -> None:
    """Refuse what is not of the type that ``types`` names; other keys may be anything."""
    for name, wanted in types.items():
        given = entry.get(name)
        # In Python a boolean is a number.
        strange = wanted is int and isinstance(given, bool)
        if name in entry and (strange or not isinstance(given, wanted)):
            raise WorldError(f"must be {_WORDS[wanted]}", key=f"{key}.{name}".lstrip("."))


def entry_of(
    value: object, key: str, *, types: Types, required: tuple[str, ...], kind: str
) -> Json:
    """An object with these keys and no other; what is required is there and not empty."""
    entry = an_object(value, key)
    for name in required:
        if name not in entry:
            raise WorldError("is missing", key=f"{key}.{name}")
    for name in entry:
        if name not in types:
            raise WorldError(f"is not a key of {kind}", key=f"{key}.{name}")
    check_types(entry, types, key)
    for name in required:
        if entry[name] == "":
            raise WorldError("must not be empty", key=f"{key}.{name}")
    return entry


def entries_of(
    value: object, kind: str, *, types: Types, required: tuple[str, ...]
) -> Iterator[tuple[str, Json]]:
    """The objects of a list, each with its path; ids are unique."""
    ids: set[str] = set()
    for n, one in enumerate(a_list(value, kind)):
        key = f"{kind}[{n}]"
        entry = entry_of(one, key, types=types, required=required, kind=kind)
        check_id(entry["id"], f"{key}.id")
        if entry["id"] in ids:
            raise WorldError(f"{entry['id']} is used twice", key=f"{key}.id")
        ids.add(entry["id"])
        yield key, entry


def check_id(given: str, key: str) -> None:
    if not ID.fullmatch(given):
        raise WorldError("must consist of letters and digits", key=key)


def check_known(given: object, known: Mapping[str, object], key: str, what: str) -> None:
    if not isinstance(given, str) or given not in known:
        raise WorldError(f"there is no {what} {json.dumps(given)}", key=key)
