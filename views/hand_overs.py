"""Handing something to somebody else of the own side: its form, who is asked, what is told."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from domain.deliverables import Commitment
from domain.hand_overs import CannotHandOver, Trouble
from domain.partnerships import Partnership
from domain.people import Person, Side, other_side
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    field,
    mention,
    modal,
    quoted,
    section,
)
from views.daily_sections import Piece, Section
from views.deliverables import HAND_OVER, due_words, line_of, side_name, subject, titled
from views.people_choice import people_choice

OPEN: Final = HAND_OVER
FORM: Final = "hand_over.form"
TAKE: Final = "hand_over.take"
REFUSE: Final = "hand_over.refuse"
UNDO: Final = "hand_over.undo"

_TROUBLES: Final[Mapping[Trouble, str]] = {
    "nobody": "Who takes it over?",
    "unknown": "I don't know this person in the channel. Who of your side takes it over?",
    "same": "This person owes it already. Who else takes it over?",
    "bot": "An app cannot owe anything. Which person does?",
    "gone": "This person is not there any more. Who else takes it over?",
    "other_side": "It stays with the same side. Who of it takes it over?",
    "hidden": "It is for the leads alone, and this person is none. Which lead takes it over?",
}
_NAME_MOST: Final = 60


def form(partnership: Partnership, commitment: Commitment, fit: Sequence[Person]) -> Block:
    """Who owes it from now on.

    Args:
        fit: Who can, by name.
    """
    head = f"{subject(partnership, commitment)}, due {due_words(partnership, commitment)}."
    until = "It stays with its owner until the other accepts it, for the same date."
    if commitment.state == "proposed":
        until = "The other is asked to accept it, for the same date."
    side = side_name(partnership, commitment.side)
    metadata = {"id": commitment.id, "channel": partnership.channel}
    if not fit:
        return modal(FORM, "Hand over", [section(head), section(_nobody_fit(side, commitment))])
    blocks = [
        section(head),
        field(
            "owner",
            "Who takes it over",
            people_choice(fit),
            hint=f"Somebody who takes part for {side}.",
        ),
        context(f"{until} The channel reads {side}, as before."),
    ]
    return modal(FORM, "Hand over", blocks, submit="Hand over", metadata=json.dumps(metadata))


def _nobody_fit(side: str, commitment: Commitment) -> str:
    if commitment.audience == "leads":
        return f"{side} has no other lead so far, and this is for leads only."
    return f"Nobody else takes part for {side} so far. A lead of {side} can add somebody: `people`."


def offered(partnership: Partnership, commitment: Commitment, to: str) -> Drawn:
    """To whoever handed it over: the other is asked. ``to``: Slack id."""
    stays = "Until then it stays with you." if commitment.state == "accepted" else ""
    text = f"{mention(to)} is asked to accept {subject(partnership, commitment)}. {stays}".strip()
    row = actions(button("Undo", UNDO, commitment.id), block_id="undo")
    return Drawn(text=text, blocks=(section(text), row))


def taken(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever took it on."""
    due = due_words(partnership, commitment)
    text = f"{subject(partnership, commitment)} is yours now, due {due}."
    row = actions(button("Undo", UNDO, commitment.id), block_id="undo")
    return Drawn(text=text, blocks=(section(text), row))


def refused(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever did not take it on."""
    return line_of(f"{subject(partnership, commitment)} stays with whoever owes it; they are told.")


def undone(partnership: Partnership, commitment: Commitment) -> Drawn:
    return line_of(f"Taken back: {subject(partnership, commitment)} is as it was before.")


def nothing_asked() -> Drawn:
    """After a press on what was settled or taken back meanwhile."""
    return line_of("This was settled or taken back meanwhile, so nothing was changed.")


def line(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Tells the thread that somebody else of the same side sees to it."""
    side, due = side_name(partnership, commitment.side), due_words(partnership, commitment)
    return line_of(
        f"{subject(partnership, commitment)}: somebody else at {side} has taken it over, due {due}."
    )


def asked(partnership: Partnership, side: Side, every: Sequence[tuple[Commitment, str]]) -> Section:
    """To whoever is asked to take something on.

    Args:
        every: With the Slack id of who hands it over; empty where others read it, too.
    """
    pieces = []
    for one, by in every:
        due = due_words(partnership, one)
        hands = f"{mention(by)} hands over " if by else ""
        what = f"{hands}{titled(one)} for {_partner(partnership, one)}"
        text = f"{what}, due {due}. Will you take it on?"
        row = (
            button("Take it on", TAKE, one.id, style="primary"),
            button("Not me", REFUSE, one.id),
        )
        blocks = (section(text), actions(*row, block_id=f"hand-over-{one.id}"))
        pieces.append(Piece(line=text, blocks=blocks, is_todays=True))
    return _section(partnership, side, pieces)


def kept(partnership: Partnership, side: Side, every: Sequence[Commitment]) -> Section:
    """To whoever wanted to hand something over: it stays with them."""
    pieces = []
    for one in every:
        text = f"{titled(one)} for {_partner(partnership, one)} stays with you: not taken over."
        row = actions(button("Hand over", OPEN, one.id), block_id=f"kept-{one.id}")
        pieces.append(Piece(line=text, blocks=(section(text), row)))
    return _section(partnership, side, pieces)


def _section(partnership: Partnership, side: Side, pieces: Sequence[Piece]) -> Section:
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=tuple(pieces),
    )


def _partner(partnership: Partnership, commitment: Commitment) -> str:
    return side_name(partnership, other_side(commitment.side))


def _trouble(error: CannotHandOver) -> str:
    name = quoted(error.name, _NAME_MOST)
    return f"{name}: {_TROUBLES[error.trouble]}" if name else _TROUBLES[error.trouble]


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {CannotHandOver: _trouble}
