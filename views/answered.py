"""What stands in the fields of a form that was sent, by the names of the fields."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def text_in(values: Mapping[str, object], name: str) -> str:
    """What was typed or chosen, without spaces around it; empty when nothing was."""
    value = values.get(name)
    return "" if value is None else str(value).strip()


def many_in(values: Mapping[str, object], name: str) -> Sequence[str]:
    """What was chosen in a field that takes several."""
    value: Any = values.get(name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def day_in(values: Mapping[str, object], name: str) -> date | None:
    text = text_in(values, name)
    return date.fromisoformat(text) if text else None
