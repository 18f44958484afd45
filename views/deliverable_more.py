"""What a deliverable can have besides: details, who may see it, importance, links as evidence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from domain.deliverables import DETAILS_MOST, Commitment, Importance
from domain.links import AT_ONCE_MOST
from domain.partnerships import Partnership
from domain.people import Side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    bulleted,
    context,
    cut,
    escape,
    field,
    modal,
    option,
    plain,
    quoted,
    section,
    select,
    text_input,
)

ADD_LINK: Final = "deliverable.add_link"
LINK_FORM: Final = "deliverable.links"

Shown = Literal["both", "side", "leads"]

_NAME_MOST: Final = 25
# Slack: a text input takes at most 3000 characters.
_TYPED_MOST: Final = 3000
_RHYTHM_MOST: Final = 200
# Slack: at most 100 options in a menu, each of at most 75 characters.
_INPUTS_MOST: Final = 100
_INPUT_MOST: Final = 45
_LINK_WORDS_MOST: Final = 60
# Slack: section text <= 3000 characters; a link counts whole.
_LINKS_TEXT_MOST: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who fills the form in.

    Attributes:
        side: None: of no side that is confirmed.
        inputs: What a new deliverable could wait for, as far as they may know of it.
    """

    side: Side | None
    is_lead: bool
    inputs: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What stands in these fields. ``shown``: who may see it; all else as typed."""

    details: str = ""
    shown: Shown = "both"
    importance: Importance = "normal"
    links: str = ""
    repeats: str = ""
    waits_for: str = ""


def fields(
    partnership: Partnership, extras: Extras, reading: Reading, *, changes: bool
) -> Sequence[Block]:
    """The fields; who may see it is chosen once, and links of what exists have their own button."""
    drawn = [
        field(
            "details",
            "Details",
            text_input(initial=extras.details, multiline=True, most=DETAILS_MOST),
            optional=True,
        ),
        field("importance", "Importance", select(_IMPORTANCES, extras.importance)),
    ]
    if changes:
        return drawn
    every = _audiences(partnership, reading)
    if len(every) > 1:
        drawn.append(field("audience", "Who may see it", select(every, extras.shown)))
    drawn += [links_field(extras.links), _repeats_field(extras.repeats)]
    if reading.inputs:
        drawn.append(_input_field(partnership, reading.inputs, extras.waits_for))
    return drawn


def _repeats_field(typed: str) -> Block:
    return field(
        "repeats",
        "Repeats",
        text_input(initial=typed, most=_RHYTHM_MOST, placeholder="every Thursday"),
        hint="Left open: once only. Else from the date above on, as in: every other Friday, or"
        " the last working day of each month. What repeats is for both sides.",
        optional=True,
    )


def _input_field(partnership: Partnership, inputs: Sequence[Commitment], chosen: str) -> Block:
    options = [
        option(
            f"{cut(one.title, _INPUT_MOST)} ({cut(partnership.side(one.side).name, 25)})", one.id
        )
        for one in inputs[:_INPUTS_MOST]
    ]
    hint = "While it is late, the clock of this one stands still."
    return field("input", "Waits for", select(options, chosen), hint=hint, optional=True)


def _side_name(partnership: Partnership, one: Commitment) -> str:
    return cut(partnership.side(one.side).name, _NAME_MOST)


def links_field(typed: str = "", *, optional: bool = True) -> Block:
    return field(
        "links",
        "Links",
        text_input(initial=typed, multiline=True, most=_TYPED_MOST, placeholder="https://"),
        hint=f"One a line, {AT_ONCE_MOST} at most. Whoever may see it can open them.",
        optional=optional,
    )


def link_form(partnership: Partnership, commitment: Commitment) -> Block:
    """Further links for what is written down."""
    blocks = [section(f"*{quoted(commitment.title)}*"), links_field(optional=False)]
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": commitment.id,
    }
    return modal(LINK_FORM, "Add a link", blocks, submit="Save", metadata=json.dumps(metadata))


def extras_of(values: Mapping[str, object]) -> Extras | None:
    """The fields as they were sent; None where the form did not have them."""
    if "importance" not in values:
        return None
    shown, importance = values.get("audience"), values.get("importance")
    return Extras(
        details=_text(values, "details"),
        shown="side" if shown == "side" else "leads" if shown == "leads" else "both",
        importance="high" if importance == "high" else "normal",
        links=_text(values, "links"),
        repeats=_text(values, "repeats"),
        waits_for=_text(values, "input"),
    )


def seen_by(partnership: Partnership, commitment: Commitment, *, is_reached: bool) -> str:
    """Who sees what is not for both sides, and whether its owner is told of it.

    Args:
        is_reached: Its owner is written to directly.
    """
    if commitment.audience == "leads":
        seen = "Only the leads of both sides see it, in lists and direct messages."
    else:
        side = quoted(partnership.side(commitment.side).name, _NAME_MOST)
        seen = f"Only {side} sees it, in lists and direct messages."
    told = (
        " Its owner reads me in the thread, so they find it in their list alone: please tell them."
    )
    return seen if is_reached else seen + told


def with_evidence(
    drawn: Drawn,
    commitment: Commitment,
    links: Sequence[str],
    source: str | None,
    repeats: str | None = None,
) -> Drawn:
    """A card with details and links below its sentence.

    Args:
        source: The link to the message from which it was made; None: from none.
        repeats: How it recurs, in words; None: it does not.
    """
    blocks: Blocks = []
    if commitment.details:
        blocks.append({"type": "section", "text": plain(commitment.details)})
    if links:
        blocks.append(section(_links_text(links)))
    notes = ["Important"] if commitment.importance == "high" and commitment.is_open else []
    if repeats is not None:
        notes.append(repeats)
    if source is not None:
        notes.append(f"From <{source}|this message>")
    if notes:
        blocks.append(context(" · ".join(notes)))
    first, *rest = drawn.blocks
    return Drawn(text=drawn.text, blocks=(first, *blocks, *rest))


def _links_text(links: Sequence[str]) -> str:
    lines = [f"<{escape(url)}|{_link_words(url)}>" for url in links]
    while len(bulleted(lines, len(lines))) > _LINKS_TEXT_MOST:
        lines.pop()
    left = len(links) - len(lines)
    shown = bulleted(lines, len(lines))
    return f"{shown}\n…and {left} more" if left else shown


def _link_words(url: str) -> str:
    """Where a link leads, as words of its own: never other words that somebody typed."""
    bare = url.split("://", 1)[1].rstrip("/")
    return quoted(bare, _LINK_WORDS_MOST)


def _audiences(partnership: Partnership, reading: Reading) -> list[Block]:
    found = [option("Both sides, in the channel", "both")]
    if reading.side is not None:
        name = partnership.side(reading.side).name
        found.append(
            option(f"{cut(name, _NAME_MOST)} alone", "side", "In lists and direct messages only")
        )
    if reading.side is not None and reading.is_lead:
        found.append(
            option("The leads of both sides", "leads", "In lists and direct messages only")
        )
    return found


_IMPORTANCES: Final = (option("Normal", "normal"), option("Important", "high"))


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
