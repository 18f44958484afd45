"""How things are written down that never change once they are made; what they are is not here."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(made: type[Made]) -> type[Made]:
    """A dataclass with slots, made by keywords, compared by content, that nobody may change.

    The type checker sees to the last, for all code and all tests. Python itself would do so by
    setting each field in a roundabout way, so that making one takes three times as long; and the
    bot does little else than make them.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(made)
