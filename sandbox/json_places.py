"""Finds the line and column of a key in a text of JSON; knows nothing of what the keys mean."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+', re.DOTALL)
_NO_NUMBERS: Final = frozenset({"NaN", "Infinity", "-Infinity"})
_LAST_STEP: Final = re.compile(r"(\.[^.\[\]]*|\[\d+\])$")
_SHOWN_STEPS: Final = 5  # of the path to what lies too deep


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    problem: str
    key: str
    line: int
    column: int


@dataclass(slots=True)
class _Level:
    """A list, and at which item we are, or an object with the keys so far, the last one ours."""

    is_list: bool
    index: int = 0
    key: str = ""
    keys: set[str] = field(default_factory=set)
    awaits_key: bool = True

    def step(self) -> str:
        return f"[{self.index}]" if self.is_list else f".{self.key}"


@dataclass(slots=True)
class _Token:
    at: int
    text: str
    is_key: bool
    is_again: bool  # a key that stood there before
    levels: list[_Level]

    def path(self, steps: int | None = None) -> str:
        return "".join(level.step() for level in self.levels[:steps]).removeprefix(".")


def position_of(text: str, key: str) -> tuple[int, int]:
    """Line and column of the value at ``key`` (``users[3].team``), or of what should hold it.

    Returns:
        Zeros when the text has nothing of it.
    """
    wanted = set(_with_outer(key))
    best, found_at = "", -1
    for token in _tokens(text):
        if token.is_key:
            continue
        path = token.path()
        if path in wanted and len(path) > len(best):
            best, found_at = path, token.at
            if path == key:
                break
    return _line_and_column(text, found_at) if found_at >= 0 else (0, 0)


def first_fault(text: str, most_depth: int) -> Fault | None:
    """What a lenient reader of JSON would let pass: keys twice, no numbers, half characters."""
    for token in _tokens(text):
        problem = _problem(token, most_depth)
        if problem:
            line, column = _line_and_column(text, token.at)
            steps = _SHOWN_STEPS if len(token.levels) >= most_depth else None
            # Half of a character in a key could not be said to anybody.
            key = token.path(steps).encode(errors="replace").decode()
            return Fault(problem=problem, key=key, line=line, column=column)
    return None


def _problem(token: _Token, most_depth: int) -> str:
    if token.is_again:
        return "stands twice in one object"
    if len(token.levels) >= most_depth:
        return "it is nested too deeply"
    if token.text in _NO_NUMBERS:
        return f"{token.text} is no number"
    return "holds half of a character" if _is_torn(token.text) else ""


def _is_torn(text: str) -> bool:
    if text[:1] != '"':
        return False
    try:
        json.loads(text, strict=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _with_outer(key: str) -> Iterator[str]:
    while key:
        yield key
        shorter = _LAST_STEP.sub("", key)
        key = shorter if shorter != key else ""


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _tokens(text: str) -> Iterator[_Token]:
    """Every key, and the beginning of every value, with the levels around it."""
    levels: list[_Level] = []
    for found in _TOKEN.finditer(text):
        token, level = found.group(), levels[-1] if levels else None
        if token in "]}":
            del levels[-1:]
        elif token in ",:":
            _go_on(level, token)
        elif level is not None and not level.is_list and level.awaits_key:
            level.key = json.loads(token, strict=False) if token[0] == '"' else token
            yield _Token(found.start(), token, True, level.key in level.keys, levels)
            level.keys.add(level.key)
        else:
            yield _Token(found.start(), token, False, False, levels)
            if token in "[{":
                levels.append(_Level(token == "["))


def _go_on(level: _Level | None, token: str) -> None:
    if level is None:
        return
    level.awaits_key = token == ","
    level.index += token == ","
