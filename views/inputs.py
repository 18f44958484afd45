"""What each side brings to a check-in: its words in forms, lists and refusals."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.inputs import (
    DAYS_MOST,
    INPUTS_MOST,
    NamelessInput,
    NobodyBringsIt,
    NoSuchNotice,
    NotOfThatSide,
    TooManyInputs,
    UnknownInput,
)
from views.blocks import quoted

SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    UnknownInput: lambda _: "I know this input no more. *Inputs* shows those that there are.",
    NamelessInput: lambda _: "Please say in some words what is brought.",
    NoSuchNotice: lambda _: f"Please choose from 0 to {DAYS_MOST} working days.",
    TooManyInputs: lambda _: (
        f"There are {INPUTS_MOST} inputs already. Take one off before adding another."
    ),
    NotOfThatSide: lambda error: (
        f"This person is on no list of {quoted(error.side_name, 60)}. Choose somebody of that side,"
        " or leave it to its lead."
    ),
    NobodyBringsIt: lambda error: (
        f"{quoted(error.side_name, 60)} has no lead here yet, so please choose who brings it."
    ),
}
