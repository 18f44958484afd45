"""The forms about deliverables: drawn, carried in a button, and read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from domain import zones
from domain.deliverables import (
    REASON_MOST,
    Commitment,
    Due,
    Source,
    Unclear,
    far_question,
)
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from views import deliverable_pastes
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    field,
    modal,
    option,
    quoted,
    section,
    select,
    text_input,
)
from views.deliverable_more import Extras, Reading, extras_of, fields
from views.deliverable_prefill import Prefill, carried, source_carried, source_of
from views.deliverable_questions import question
from views.deliverables import due_words, titled
from views.times import day_words, place_of

FORM: Final = "deliverable.form"
MOVE_FORM: Final = "deliverable.move"
FORM_OPEN: Final = "deliverable.form_open"
MORE: Final = "deliverable.more"

# Slack: a text input takes at most 3000 characters; a longer title is kept there and asked about.
_TYPED_MOST: Final = 3000
_READ_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form read back.

    Attributes:
        owner: Slack id; None when nobody is chosen.
        side: To which it is given, where nobody in particular is chosen.
        more: None where the form did not ask for it.
        source: As in the form.
    """

    title: str
    owner: str | None
    due: Due
    more: Extras | None = None
    source: Source | None = None
    side: Side | None = None


def form(
    partnership: Partnership, prefill: Prefill, zone: str, reading: Reading | None = None
) -> Block:
    """What, who, until when; the rest behind a button.

    Args:
        zone: Of the reader, in which a time is meant.
        reading: Who reads it; None where nothing depends on it.
    """
    asked = "\n".join(f"• {question(unclear)}" for unclear in prefill.questions)
    blocks: Blocks = [section(asked)] if asked else []
    blocks += [
        field("title", "What", text_input(initial=prefill.title, most=_TYPED_MOST)),
        *_owner_fields(partnership, prefill),
        *_moment_fields(prefill.due, prefill.clock, zone),
    ]
    if prefill.more is None:
        row = [button("More", MORE)]
        if not (prefill.changes or prefill.source):
            row.append(deliverable_pastes.open_button(partnership))
        blocks.append(actions(*row, block_id="more"))
    else:
        reading = reading or Reading(side=None, is_lead=False)
        blocks += fields(partnership, prefill.more, reading, changes=prefill.changes)
    title = "Change" if prefill.changes else "New deliverable"
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": prefill.id,
        "changes": "yes" if prefill.changes else "",
        "asked": _asked_about(prefill),
    } | source_carried(prefill.source)
    submit = "Save" if prefill.changes else "Create"
    return modal(FORM, title, blocks, submit=submit, metadata=json.dumps(metadata))


def over_list(view: Block, scope: str) -> Block:
    """A form that was opened from a list in a form, which is shown anew when this one is sent."""
    carried = json.loads(view["private_metadata"]) | {"scope": scope}
    return view | {"private_metadata": json.dumps(carried)}


def move_form(
    partnership: Partnership,
    commitment: Commitment,
    zone: str,
    prefill: Prefill | None = None,
    reason: str = "",
) -> Block:
    """Another date, and why."""
    asked = "\n".join(
        f"• {question(unclear)}" for unclear in (prefill.questions if prefill else ())
    )
    head = f"{titled(commitment)}, due {due_words(partnership, commitment)}."
    blocks: Blocks = [section(f"{head}\n{asked}" if asked else head)]
    due, moment = (prefill.due, prefill.clock) if prefill else (None, None)
    blocks += _moment_fields(due, moment, zone)
    blocks.append(
        field(
            "reason",
            "Why",
            text_input(initial=reason, placeholder="The data came late", most=REASON_MOST),
            hint="One line, if you like; the other side reads it.",
            optional=True,
        )
    )
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": commitment.id,
        "asked": "" if prefill is None else _asked_about(prefill),
    }
    return modal(MOVE_FORM, "New date", blocks, submit="Save", metadata=json.dumps(metadata))


def is_meant(carried: Mapping[str, str], values: Mapping[str, object]) -> bool:
    """Whether a form was sent with the far date about which it asked."""
    return bool(carried.get("asked")) and carried.get("asked") == _text(values, "due")


def asked_whether_far(commitment_id: str, sent: Filled, *, changes: bool = False) -> Prefill:
    """What was sent, to be asked whether its far date is meant."""
    due = sent.due
    return Prefill(
        id=commitment_id,
        title=sent.title,
        owner=sent.owner,
        side=sent.side,
        due=due.day if due.at is None else due.at.date(),
        clock=None if due.at is None else due.at.time(),
        questions=(far_question(due),),
        changes=changes,
        more=sent.more,
        source=sent.source,
    )


def with_more(
    values: Mapping[str, object], carried: Mapping[str, str], more: Extras, zone: str
) -> Prefill:
    """The form as it is filled in so far, with the fields behind *More*."""
    try:
        due: Due | None = due_of(values, zone)
    except Unclear:
        due = None
    owner, is_asked = values.get("owner"), is_meant(carried, values)
    at = None if due is None else due.at
    return Prefill(
        id=carried["id"],
        title=_text(values, "title"),
        owner=str(owner) if owner else None,
        side=_side(values),
        due=None if due is None else at.date() if at is not None else due.day,
        clock=None if at is None else at.time(),
        questions=(far_question(due),) if is_asked and due is not None else (),
        changes=bool(carried.get("changes")),
        more=more,
        source=source_of(carried),
    )


def filled(values: Mapping[str, object], zone: str, source: Source | None = None) -> Filled:
    """The form as it was sent; ``zone`` as when it was drawn.

    Raises:
        Unclear: No date is chosen.
    """
    owner = values.get("owner")
    return Filled(
        title=_text(values, "title"),
        owner=str(owner) if owner else None,
        due=due_of(values, zone),
        more=extras_of(values),
        source=source,
        side=_side(values),
    )


def due_of(values: Mapping[str, object], zone: str) -> Due:
    """The due moment that is chosen in a form.

    Raises:
        Unclear: No date is chosen, or there is none such.
    """
    day, moment = _text(values, "due"), _text(values, "time")
    if not day:
        raise Unclear("due", "no_due")
    try:
        chosen = date.fromisoformat(day)
        if not moment:
            return Due(day=chosen)
        return Due(at=datetime.combine(chosen, time.fromisoformat(moment)), zone=zone)
    except ValueError as error:
        raise Unclear("due", "impossible") from error


def reason_of(values: Mapping[str, object]) -> str | None:
    return _text(values, "reason")[:REASON_MOST] or None


def changing(
    partnership: Partnership, commitment: Commitment, owner: str | None, zone: str
) -> Block:
    """The form of what is written down already."""
    there = zones.local(commitment.due_at, zone)
    prefill = Prefill(
        id=commitment.id,
        title=commitment.title,
        owner=owner if commitment.owner_kind == "person" else None,
        side=commitment.side if commitment.owner_kind != "person" else None,
        due=there.date(),
        clock=there.time().replace(second=0, microsecond=0),
        changes=True,
    )
    return form(partnership, prefill, zone)


def read_so_far(prefill: Prefill) -> str:
    """What was understood, before what is asked: "I read “deck”, due Sat 5 Dec. "."""
    parts = [f"“{quoted(prefill.title, _READ_MOST)}”"] if prefill.title else []
    if prefill.due is not None:
        at = "" if prefill.clock is None else f" {prefill.clock:%H:%M}"
        parts.append(f"due {day_words(prefill.due)}{at}")
    return f"I read {', '.join(parts)}. " if parts else ""


def asked_in_thread(partnership: Partnership, prefill: Prefill) -> Drawn:
    """After a mention, which cannot open a form: the questions, and a button that opens it."""
    sentences = " ".join(question(unclear) for unclear in prefill.questions)
    read = read_so_far(prefill)
    text = f"Almost. {read}{sentences}" if sentences else "Nothing is written down yet."
    row = actions(button("Fill in", FORM_OPEN, carried(partnership, prefill)), block_id="fill_in")
    return Drawn(text=text, blocks=(section(text), row))


def _asked_about(prefill: Prefill) -> str:
    """The far date about which a form asks; empty: about none."""
    is_asked = any(one.reason == "far" for one in prefill.questions)
    return prefill.due.isoformat() if is_asked and prefill.due is not None else ""


def _moment_fields(due: date | None, moment: time | None, zone: str) -> Sequence[Block]:
    picker: dict[str, Any] = {"type": "datepicker", "action_id": "value"}
    if due is not None:
        picker["initial_date"] = due.isoformat()
    clock: dict[str, Any] = {"type": "timepicker", "action_id": "value"}
    if moment is not None:
        clock["initial_time"] = moment.isoformat("minutes")
    hint = f"On the clock of {place_of(zone)}. Left open: the end of the owner's working day."
    return [
        field("due", "Due", picker),
        field("time", "Time", clock, hint=hint, optional=True),
    ]


def _owner_fields(partnership: Partnership, prefill: Prefill) -> Sequence[Block]:
    """One of the two is needed, and Slack calls both of them optional."""
    return [
        field(
            "owner",
            "Who owes it: a person",
            _user(prefill.owner),
            hint="A person here, or a side below: one of the two is needed.",
            optional=True,
        ),
        field(
            "side",
            "Or a side",
            _sides(partnership, prefill.side),
            hint="It goes to whoever is on duty there, else to its lead; anybody of it may accept.",
            optional=True,
        ),
    ]


def _sides(partnership: Partnership, chosen: Side | None) -> Block:
    options = [option(partnership.side(side).name, side) for side in SIDES]
    return select(options, chosen)


def _side(values: Mapping[str, object]) -> Side | None:
    chosen = _text(values, "side")
    return next((side for side in SIDES if side == chosen), None)


def _user(initial: str | None) -> Block:
    element: Block = {"type": "users_select", "action_id": "value"}
    return element if initial is None else element | {"initial_user": initial}


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
