"""The form that asks why: for what cannot be promised, is cancelled, or is sent back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, get_args

from domain.deliverables import REASON_MOST, Commitment
from domain.errors import ForeignForm
from domain.partnerships import Partnership
from domain.people import other_side
from views.blocks import TITLE_MOST, Block, field, modal, plain, section, text_input
from views.deliverables import due_words, in_both_zones, side_name, subject

FORM: Final = "deliverable.because"

Act = Literal["cannot", "withdraw", "send_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    title: str
    label: str
    example: str
    submit: str
    told: str


_WORDS: Final[Mapping[Act, _Words]] = {
    "cannot": _Words(
        title="Can't promise that",
        label="Why",
        example="Two trainers are out until Thursday",
        submit="Say so",
        told="Whoever asked for it reads it.",
    ),
    "withdraw": _Words(
        title="Cancel it",
        label="Why",
        example="The campaign was called off",
        submit="Cancel it",
        told="Both sides read it. Nobody owes it any more.",
    ),
    "send_back": _Words(
        title="Send back",
        label="What is missing",
        example="Slides 4 to 9 still show last year's numbers",
        submit="Send back",
        told="Both sides read it. It is open again.",
    ),
}


def form(
    partnership: Partnership, commitment: Commitment, act: Act, again_at: datetime | None = None
) -> Block:
    """Ask why.

    Args:
        again_at: When it is due if it is sent back now; None: as it was.
    """
    words = _WORDS[act]
    head = f"{subject(partnership, commitment)}, due {due_words(partnership, commitment)}."
    typed = text_input(placeholder=words.example, multiline=True, most=REASON_MOST)
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": commitment.id,
        "act": act,
    }
    view = modal(
        FORM,
        words.title,
        [
            section(f"{head}{_due_again(partnership, commitment, again_at)}"),
            field("reason", words.label, typed, hint=words.told),
        ],
        submit=words.submit,
        metadata=json.dumps(metadata),
    )
    # "Cancel" beside "Cancel it" could mean either.
    return view | {"close": plain("Keep it", TITLE_MOST)} if act == "withdraw" else view


def _due_again(partnership: Partnership, commitment: Commitment, again_at: datetime | None) -> str:
    if again_at is None:
        return ""
    receiver = side_name(partnership, other_side(commitment.side))
    due = in_both_zones(partnership, replace(commitment, due_at=again_at))
    if again_at == commitment.due_at:
        return " Sent back, it has this date again."
    return f" Sent back now, it is due {due}: the time that it lay with {receiver} is added."


def act_of(carried: Mapping[str, str]) -> Act:
    """Which of them it is.

    Raises:
        ForeignForm: None of them.
    """
    for act in get_args(Act):
        if carried["act"] == act:
            return act  # type: ignore[no-any-return]  # one of the literals
    raise ForeignForm("act")
