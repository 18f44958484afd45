"""Advisors in the list of people, the form in which leads name them, and what both sides read."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from domain.advisors import ADVISORS_MOST, CannotAdvise, NoProposedAdvisor, Step, Unfit
from domain.partnerships import OnlyWatches, Partnership
from domain.people import Member, Side, other_side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    field,
    mention,
    modal,
    plural,
    quoted,
    section,
)

OPEN: Final = "advisors.open"
AGREE: Final = "advisors.agree"
DECLINE: Final = "advisors.decline"
FORM: Final = "advisors.form"
FIELD: Final = "advisors"


def lines(
    partnership: Partnership,
    members: Sequence[Member],
    proposers: Mapping[str, Side],
    reader: Side | None,
) -> Blocks:
    """The advisors below both sides, and those whom one side proposes.

    Args:
        reader: The side that the reader leads, who decides about proposals of the other.
    """
    agreed = [mention(one.person.slack_id) for one in members if one.is_advisor]
    blocks = [section(f"*Advisors*, who only watch: {', '.join(agreed)}")] if agreed else []
    for one in members:
        side = proposers.get(one.person.id)
        if side is not None and not one.is_advisor:
            blocks += _proposed(partnership, one, side, reader)
    return blocks


def form(partnership: Partnership, chosen: Sequence[str]) -> Block:
    """The form in which a lead names advisors. ``chosen``: Slack ids of the present ones."""
    other = "the other side"
    element: Block = {
        "type": "multi_users_select",
        "action_id": "value",
        "max_selected_items": ADVISORS_MOST,
    }
    if chosen:
        element["initial_users"] = list(chosen[:ADVISORS_MOST])
    blocks = [
        section(
            "An advisor is of neither side: they see what both sides see, are never asked and"
            f" change nothing. Whom you name here watches once a lead of {other} agrees; whom you"
            " take out watches no longer, at once. While a third company's Slack shares this"
            " channel, I post nothing here for everybody; so an advisor is best a guest."
        ),
        field(FIELD, "Advisors", element, optional=True),
    ]
    return modal(FORM, "Advisors", blocks, submit="Save", metadata=_metadata(partnership))


def told(
    partnership: Partnership, side: Side, step: Step, count: int, leads: Sequence[str] = ()
) -> Drawn:
    """What both sides read in the thread. ``leads``: Slack ids of who decides and is at work."""
    own, other = (_name(partnership, one) for one in (side, other_side(side)))
    who = plural(count, "advisor")
    watch = "watches" if count == 1 else "watch"
    said: dict[Step, str] = {
        "proposed": f"{own} proposes {who}, of neither side: to see what both sides see, and to"
        f" change nothing. It holds once a lead of {other} agrees.",
        "agreed": f"{own} agreed: {who} {watch} here from now on.",
        "declined": f"{own} prefers to go without: {who} {watch} not.",
        "taken_back": f"{own} took its proposal of {who} back.",
        "ended": f"{own} ended it: {who} {watch} here no longer.",
    }
    called = f" {' '.join(map(mention, leads))}, what do you say?" if leads else ""
    text = f"{said[step]}{called}"
    if step not in {"proposed", "agreed"}:
        return Drawn(text=text, blocks=(section(text),))
    row = actions(button("Who is it", "people.open", partnership.id), block_id="people")
    return Drawn(text=text, blocks=(section(text), row))


def value_of(partnership: Partnership, person_id: str) -> str:
    """What a button carries that decides about one person."""
    return f"{partnership.id}|{person_id}"


def read_value(value: str) -> tuple[str, str]:
    """The partnership and the person behind such a button."""
    partnership_id, _, person_id = value.partition("|")
    return partnership_id, person_id


def _proposed(partnership: Partnership, one: Member, side: Side, reader: Side | None) -> Blocks:
    own, other = (_name(partnership, each) for each in (side, other_side(side)))
    who = mention(one.person.slack_id)
    head = section(f"{own} proposes {who} as an advisor; it waits for a lead of {other}.")
    if reader != other_side(side):
        return [head]
    value = value_of(partnership, one.person.id)
    buttons = button("Agree", AGREE, value), button("Rather not", DECLINE, value)
    return [head, actions(*buttons, block_id=f"advisor-{one.person.id}")]


def _name(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, 60)


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


_UNFIT: Final[Mapping[Unfit, str]] = {
    "absent": "is not in this channel.",
    "bot": "is an app, not a person.",
    "gone": "is not active in Slack any more.",
    "listed": "takes part for a side; its leads take people off its list under Pick people.",
}


def _cannot(error: CannotAdvise) -> str:
    # Under a field of a form, where Slack draws no mentions.
    return f"{quoted(error.name, 60) or 'Somebody you picked'} {_UNFIT[error.unfit]}"


def _only_watches(error: OnlyWatches) -> str:
    if error.is_advisor:
        return (
            "You watch here as an advisor: you see what both sides see, and change nothing."
            " A lead can put you on a side's list."
        )
    return (
        "You watch here as a sponsor: you see what your side sees, and change nothing."
        " A lead of your side can make you a member."
    )


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    CannotAdvise: _cannot,
    NoProposedAdvisor: lambda _: "This is settled already; the list of people shows how it stands.",
    OnlyWatches: _only_watches,
}
