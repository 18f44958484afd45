"""What only the person who acted on a deliverable reads: done, moved, taken back, which one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from domain.deliverables import Commitment
from domain.due_days import Named
from domain.loads import Load
from domain.partnerships import Partnership
from views.blocks import (
    Blocks,
    Drawn,
    actions,
    button,
    context,
    quoted,
    section,
)
from views.deliverables import (
    DONE,
    NEW_DATE,
    TELL_DONE,
    UNDO,
    WITHDRAW,
    card,
    due_words,
    earlier,
    in_both_zones,
    line_of,
    side_name,
    subject,
    titled,
)
from views.ladder import load_words

CHOICES_MOST: Final = 8
_CHOICES: Final = {
    DONE: "Done",
    NEW_DATE: "New date",
    TELL_DONE: "Looks done",
    WITHDRAW: "Cancel it",
}


def told_done(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever said that it looks done."""
    side = side_name(partnership, commitment.side)
    return line_of(f"I ask {side} in their working hours whether {titled(commitment)} is done.")


def now_done(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever marked it as done."""
    text = f"Done: {subject(partnership, commitment)}."
    return _with_undo(text, commitment, "done")


def now_moved(
    partnership: Partnership, commitment: Commitment, named: Named | None = None
) -> Drawn:
    """To whoever gave it another date. ``named``: as for the line in the thread."""
    moment = in_both_zones(partnership, commitment)
    why = "" if named is None else f" {earlier(partnership, commitment, named)}"
    text = f"{subject(partnership, commitment)}: now {moment}.{why} The other side reads it, too."
    return _with_undo(text, commitment, f"moved-{int(commitment.due_at.timestamp())}")


def now_accepted(
    partnership: Partnership, commitment: Commitment, load: Load | None = None
) -> Drawn:
    """To whoever took it on. ``load``: what else they promised, which nobody but they reads."""
    due = in_both_zones(partnership, commitment)
    what = f"Accepted: {subject(partnership, commitment)}, due {due}."
    return line_of(f"{what}{load_words(load, besides=True)}")


def now_declined(partnership: Partnership, commitment: Commitment) -> Drawn:
    what = "Not promised" if commitment.declined_why == "cannot_promise" else "Not yours"
    text = f"{what}: {subject(partnership, commitment)}. Whoever asked for it is told."
    return _with_undo(text, commitment, "declined")


def now_approved(partnership: Partnership, commitment: Commitment) -> Drawn:
    text = f"Accepted: {subject(partnership, commitment)}. The other side reads it, too."
    return _with_undo(text, commitment, "approved")


def now_sent_back(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever sent it back."""
    if not commitment.is_open:
        return taken_back(partnership, commitment)
    due = in_both_zones(partnership, commitment)
    text = f"Sent back: {subject(partnership, commitment)}, due {due}. The other side reads why."
    return _with_undo(text, commitment, "sent_back")


def now_cancelled(partnership: Partnership, commitment: Commitment) -> Drawn:
    text = f"Cancelled: {subject(partnership, commitment)}. Both sides read why."
    return _with_undo(text, commitment, "withdrawn")


def taken_back(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever undid something."""
    if commitment.state == "withdrawn":
        return line_of(f"Taken back: {titled(commitment)}. Nobody is asked for it.")
    if commitment.state == "done":
        return line_of(f"{subject(partnership, commitment)} is delivered, as before.")
    due = in_both_zones(partnership, commitment)
    return line_of(f"{subject(partnership, commitment)} is open again, due {due}.")


def date_taken_back(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever undid a new date."""
    if not commitment.is_open:
        return taken_back(partnership, commitment)
    due = in_both_zones(partnership, commitment)
    return line_of(f"{subject(partnership, commitment)}: due {due} again, the change is undone.")


def as_it_stands(partnership: Partnership, commitment: Commitment, now: datetime) -> Drawn:
    """Instead of what a button of an old message would have done."""
    return line_of(f"Nothing has changed. {card(partnership, commitment, now).text}")


def undone_in_list(drawn: Drawn, scope: str) -> Drawn:
    """The same above a list: its *Undo* carries which list is shown anew afterwards."""
    return Drawn(text=drawn.text, blocks=tuple(_scoped(block, scope) for block in drawn.blocks))


def not_theirs(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Somebody who may not close it said that it is done."""
    side = side_name(partnership, commitment.side)
    text = f"{titled(commitment)} belongs to {side}; its owner says when it is done."
    row = actions(button(f"Tell {_cut(side)} it looks done", TELL_DONE, commitment.id))
    return Drawn(text=text, blocks=(section(text), row))


def choose(partnership: Partnership, found: Sequence[Commitment], action_id: str) -> Drawn:
    """Several are meant: which one?"""
    label = _CHOICES[action_id]
    shown = found[:CHOICES_MOST]
    blocks: Blocks = [section("Which one?")]
    for one in shown:
        text = f"{subject(partnership, one)}, due {due_words(partnership, one)}"
        blocks.append(section(text, accessory=button(label, action_id, one.id), block_id=one.id))
    left = len(found) - len(shown)
    if left:
        blocks.append(context(f"…and {left} more. More words of the title help."))
    names = ", ".join(titled(one) for one in shown)
    return Drawn(text=f"Which one? {names}", blocks=tuple(blocks))


def new_date_asked(partnership: Partnership, one: Commitment, question: str) -> Drawn:
    """What is missing of a new date, and the button under which it is said."""
    text = f"{subject(partnership, one)}, due {due_words(partnership, one)}. {question}"
    row = actions(button(_CHOICES[NEW_DATE], NEW_DATE, one.id), block_id=one.id)
    return Drawn(text=text, blocks=(section(text), row))


def cancel_asked(partnership: Partnership, one: Commitment) -> Drawn:
    """What cancelling needs, and the button under which it is said."""
    due = due_words(partnership, one)
    text = f"{subject(partnership, one)}, due {due}. Why is it cancelled? Both sides read one line."
    row = actions(button(_CHOICES[WITHDRAW], WITHDRAW, one.id), block_id=one.id)
    return Drawn(text=text, blocks=(section(text), row))


def none_to_cancel(typed: str) -> Drawn:
    """Nothing open is called so; it may be meant as something new."""
    shown = quoted(typed, 100)
    return line_of(
        f"I find nothing open of that name. `/deliverable list` shows what is open; a check-in is"
        f" cancelled with `/checkin cancel`. To write “{shown}” down as something new:"
        " `/deliverable new`, and the words behind it."
    )


def none_found(words: str) -> Drawn:
    """Nothing open is called so."""
    shown = f" with “{quoted(words, 100)}” in its title" if words else ""
    text = f"I find nothing open{shown}. `list` shows everything that is open here."
    return line_of(text)


def _with_undo(text: str, commitment: Commitment, what: str) -> Drawn:
    row = actions(button("Undo", UNDO, f"{commitment.id}|{what}"), block_id="undo")
    return Drawn(text=text, blocks=(section(text), row))


def _scoped(block: Mapping[str, Any], scope: str) -> Mapping[str, Any]:
    if block["type"] != "actions":
        return block
    row = [one | {"value": f"{one['value']}|{scope}"} for one in block["elements"]]
    return {**block, "elements": row}


def _cut(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:29]}…"
