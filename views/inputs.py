"""What each side brings to a check-in: its words in lists, forms and lines, and refusals."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domain.cadences import Cadence
from domain.inputs import (
    DAYS_MOST,
    INPUTS_MOST,
    WORDS_MOST,
    Input,
    InputChangedLongAgo,
    InputChangedSince,
    InputForm,
    NamelessInput,
    NobodyBringsIt,
    NoSuchNotice,
    NotOfThatSide,
    TooManyInputs,
    UnknownInput,
)
from domain.partnerships import Partnership
from domain.people import SIDES, Member, Side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.checkins import name
from views.times import day_words

OPEN: Final = "inputs.open"
NEW: Final = "inputs.new"
EDIT: Final = "inputs.edit"
RETIRE: Final = "inputs.retire"
UNDO: Final = "inputs.undo"
LIST: Final = "inputs.list"
FORM: Final = "inputs.form"

_TITLE_MOST: Final = 80
_USUAL_DAYS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A check-in with what is brought to it, each with who brings it next; None: nobody can."""

    cadence: Cadence
    inputs: Sequence[tuple[Input, Member | None]] = ()


def title(one: Input, turn_on: date) -> str:
    """Of what is owed for one turn, as typed: "volume forecast for Tue 24 Nov"."""
    return f"{one.words} for {day_words(turn_on)}"


def opener(partnership_id: str) -> Drawn:
    """Said where no form can open: a button that opens the list."""
    text = "Press to see what each side brings to check-ins."
    row = actions(button("Inputs", OPEN, partnership_id), block_id="inputs")
    return Drawn(text=text, blocks=(section(text), row))


def input_list(partnership: Partnership, planned: Sequence[Planned], *, is_lead: bool) -> Block:
    """What is brought to each check-in; leads can change it."""
    blocks: Blocks = [
        section(
            "What each side brings to a check-in. For each turn somebody owes it, and the agenda"
            " and the reminder say what is not in yet."
        )
    ]
    for one in planned:
        add = button("New input", NEW, f"{partnership.id}|{one.cadence.id}") if is_lead else None
        head = f"*{quoted(one.cadence.title, _TITLE_MOST)}*"
        blocks.append(section(head, accessory=add, block_id=one.cadence.id))
        blocks += [_entry(partnership, *each, is_lead=is_lead) for each in one.inputs]
        if not one.inputs:
            blocks.append(context("Nothing yet."))
    if not planned:
        blocks.append(section("No check-in with an agenda is planned."))
    if not is_lead:
        blocks.append(context("Leads of either side can change them."))
    return modal(LIST, "Inputs", blocks, metadata=_metadata(partnership))


def form(
    partnership: Partnership,
    cadence: Cadence,
    known: Input | None,
    *,
    owner: str | None,
    new_id: str,
) -> Block:
    """The form of a new input of a check-in, or of an input as it is.

    Args:
        owner: Slack id of who was chosen; None: a lead of the side.
    """
    people: Block = {"type": "users_select", "action_id": "value"}
    sides = [option(partnership.side(side).name[:75], side) for side in SIDES]
    days = _USUAL_DAYS if known is None else known.working_days_before
    blocks: Blocks = [
        section(f"*{quoted(cadence.title, _TITLE_MOST)}*"),
        field(
            "words",
            "What is brought",
            text_input(initial="" if known is None else known.words, most=WORDS_MOST),
        ),
        field("side", "By", select(sides, partnership.guest_side if known is None else known.side)),
        field("days", "At the latest", select(_day_options(), str(days))),
        field(
            "owner",
            "Who brings it",
            people if owner is None else people | {"initial_user": owner},
            hint="Left open: a lead of that side.",
            optional=True,
        ),
    ]
    if known is not None:
        value = f"{partnership.id}|{known.id}"
        blocks.append(actions(button("Take it off", RETIRE, value), block_id="retire"))
    carried = {"id": new_id, "cadence": cadence.id, "old": "" if known is None else known.id}
    metadata = json.dumps(json.loads(_metadata(partnership)) | carried)
    called = "New input" if known is None else "Change an input"
    return modal(FORM, called, blocks, submit="Save", metadata=metadata)


def read_form(values: Mapping[str, object]) -> InputForm:
    """What a form was answered with."""
    said = {key: value for key, value in values.items() if isinstance(value, str)}
    days = said.get("days", "")
    side: Side = "vendor" if said.get("side") == "vendor" else "client"
    return InputForm(
        side=side,
        words=said.get("words", ""),
        working_days_before=int(days) if days.isdecimal() else -1,
        owner=said.get("owner") or None,
    )


def told(
    partnership: Partnership,
    cadence: Cadence,
    change: tuple[Input | None, Input | None],
    by: Side,
) -> Drawn:
    """What both sides read of a change in the thread, with *Undo* for a day."""
    old, new = change
    what = f"*{quoted(cadence.title, _TITLE_MOST)}*"
    if new is None:
        said = "" if old is None else _words(partnership, old)
        text = f"{name(partnership, by)} took an input off {what}: {said}."
    elif old is None:
        text = f"{name(partnership, by)} added an input to {what}: {_words(partnership, new)}."
    else:
        text = (
            f"{name(partnership, by)} changed an input of {what}: {_words(partnership, new)}"
            f" (before: {_words(partnership, old)})."
        )
    value = "|".join((partnership.id, old.id if old else "-", new.id if new else "-"))
    return Drawn(
        text=text, blocks=(section(text), actions(button("Undo", UNDO, value), block_id="inputs"))
    )


def undone(partnership: Partnership, cadence: Cadence, by: Side) -> Drawn:
    """In the place of a change that was taken back."""
    what = f"*{quoted(cadence.title, _TITLE_MOST)}*"
    text = f"An input of {what} was changed; {name(partnership, by)} took that back."
    return Drawn(text=text, blocks=(section(text),))


def read_undo(value: str) -> tuple[str, str, str]:
    """The ids of a partnership, an input that was and one that is, out of a button's value.

    Raises:
        UnknownInput: It carries something else.
    """
    parts = value.split("|")
    if len(parts) != 3:
        raise UnknownInput
    return parts[0], parts[1], parts[2]


def _entry(partnership: Partnership, one: Input, owner: Member | None, *, is_lead: bool) -> Block:
    edit = button("Change", EDIT, f"{partnership.id}|{one.id}") if is_lead else None
    by = "nobody at present" if owner is None else quoted(owner.person.name, 80)
    if one.owner_id is None and owner is not None:
        by = f"its lead, at present {by}"
    words = f"• {_words(partnership, one)}; brought by {by}"
    return section(words, accessory=edit, block_id=one.id)


def _words(partnership: Partnership, one: Input) -> str:
    """In the form "volume forecast (Acme), 2 working days before"."""
    return f"{quoted(one.words)} ({name(partnership, one.side)}), {_before(one)}"


def _before(one: Input) -> str:
    days = one.working_days_before
    return f"{plural(days, 'working day')} before" if days else "before it starts"


def _day_options() -> list[Block]:
    texts = ["Before it starts"]
    texts += [f"{plural(days, 'working day')} before" for days in range(1, DAYS_MOST + 1)]
    return [option(text, str(days)) for days, text in enumerate(texts)]


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


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
    InputChangedSince: lambda _: (
        "This input was changed again since, so there is nothing to take back. *Inputs* shows it."
    ),
    InputChangedLongAgo: lambda _: (
        "A change of an input can be taken back for a day. *Inputs* changes it at any time."
    ),
}
