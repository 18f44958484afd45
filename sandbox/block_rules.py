"""The small rules that Block Kit checks are made of; no block or element is named here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a payload.

    ``pointer`` is a JSON pointer to that place, ``code`` the Web API error that Slack answers with.
    """

    pointer: str
    message: str
    code: str = "invalid_blocks"


Rule = Callable[[object, str], Iterator[Problem]]
Across = Callable[[Mapping[str, Any], str], Iterator[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object's fields: those it must have, those it may have, and a rule across them.

    The rule across is asked only when each field is right by itself.
    """

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule]
    across: Across | None = None

    def __call__(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must be an object")
            return
        found = [*self._missing(value, at), *self._fields(value, at)]
        yield from found
        if self.across is not None and not found:
            yield from self.across(value, at)

    def _missing(self, value: Mapping[object, object], at: str) -> Iterator[Problem]:
        for name in self.required:
            if value.get(name) is None:
                yield Problem(f"{at}/{name}", "is required")

    def _fields(self, value: Mapping[object, object], at: str) -> Iterator[Problem]:
        for name, content in value.items():
            rule = self.required.get(str(name)) or self.optional.get(str(name))
            if rule is not None and content is not None:
                yield from rule(content, f"{at}/{name}")
            elif rule is None and name != "type":
                yield Problem(f"{at}/{name}", "is not a known field")


def number(value: object, at: str) -> Iterator[Problem]:
    """A number, whole or not."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Problem(at, "must be a number")


def string(at_most: int, *, at_least: int = 1) -> Rule:
    """A string with a length in characters."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) < at_least:
            yield Problem(at, f"must be at least {at_least} characters, is {len(value)}")
        elif len(value) > at_most:
            yield Problem(at, f"must be at most {at_most} characters, is {len(value)}")

    return check


def formatted(holds: Callable[[str], bool], wanted: str) -> Rule:
    """A string that ``holds`` accepts; ``wanted`` says what it should look like."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or not holds(value):
            yield Problem(at, f"must be {wanted}")

    return check


def integer(at_least: int, at_most: int) -> Rule:
    """A whole number; a boolean is none."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be a whole number")
        elif not at_least <= value <= at_most:
            yield Problem(at, f"must be from {at_least} to {at_most}, is {value}")

    return check


def boolean(value: object, at: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must be true or false")


def one_of(*allowed: str) -> Rule:
    """One of a few words."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if value not in allowed:
            yield Problem(at, f"must be one of {', '.join(allowed)}")

    return check


def array(item: Rule, *, at_most: int, at_least: int = 1) -> Rule:
    """A list whose every item keeps ``item``."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be a list")
            return
        if not at_least <= len(value) <= at_most:
            yield Problem(at, f"must have {at_least} to {at_most} items, has {len(value)}")
        for index, content in enumerate(value):
            yield from item(content, f"{at}/{index}")

    return check


def typed(shapes: Mapping[str, Rule], what: str) -> Rule:
    """An object whose ``type`` chooses its rule among ``shapes``."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must be an object")
            return
        shape = shapes.get(str(value.get("type")))
        if shape is None:
            yield Problem(f"{at}/type", f"{value.get('type')!r} is not a {what} allowed here")
        else:
            yield from shape(value, at)

    return check


def exactly_one(*names: str) -> Across:
    """Of these fields, one and no more."""

    def check(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        if sum(value.get(name) is not None for name in names) != 1:
            yield Problem(at, f"needs exactly one of {', '.join(names)}")

    return check
