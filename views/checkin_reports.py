"""The form in which a side tells what came of a check-in, and the lines that say it to both."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from domain.checkin_reports import (
    LATE,
    NOTES_MOST,
    PROMISES_MOST,
    ROLES,
    CameOfIt,
    Late,
    NoLink,
    NothingCameOfIt,
    NotThatDay,
    Report,
    ReportClosed,
    start_told_differently,
    started_late,
)
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.people import SIDES, Role, Side
from domain.topics import OUTCOMES, AskedItem, ItemKind, ItemOutcome, Outcome
from views.blocks import (
    Block,
    Blocks,
    actions,
    bulleted,
    button,
    cut,
    escape,
    field,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.checkins import headline, name
from views.templates import listed
from views.times import day_words

OPEN: Final = "checkin_report.open"
FORM: Final = "checkin_report.form"
MORE: Final = "checkin_report.more"

_ROLE_WORDS: Final[Mapping[Role, str]] = {
    "lead": "Lead",
    "member": "Members",
    "sponsor": "Sponsor",
}
_OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    "decided": "Decided",
    "parked": "Parked",
    "not_reached": "Not reached",
}
_PROMISE_MOST: Final = 300
_LABEL_MOST: Final = 150
# A form has room for a hundred blocks; so many points nobody goes through.
_ITEMS_MOST: Final = 40
_PROMISED_MOST: Final = 10
_KEPT: Final = ("type", "callback_id", "title", "submit", "close", "private_metadata")
# More lines come when they are asked for, so that the form stays short.
_PROMISES_FIRST: Final = 2
_PROMISE: Final = "promise_"
_OUTCOME: Final = "outcome_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the form when it opens.

    Attributes:
        report: What the side told before; None: nothing.
        asks_day: Whether it took place on another day.
        items: Points and topics of which it is asked what became of them.
        promised: Titles of what was promised already.
    """

    report: Report | None = None
    asks_day: bool = False
    items: tuple[AskedItem, ...] = ()
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was answered. ``promises``: by their field, those that are not empty."""

    late: Late | None
    roles: tuple[Role, ...]
    notes: str
    day: date | None
    outcomes: tuple[ItemOutcome, ...]
    promises: Mapping[str, str]


def form(check_in: CheckIn, side: Side, filled: Filled, form_id: str) -> Block:
    """The form of a side's lead.

    Args:
        form_id: Made beforehand, so that what is promised in a form sent twice is promised once.
    """
    partnership, turn = check_in.partnership, check_in.turn
    report = filled.report or Report()
    blocks: Blocks = [section(headline(check_in))]
    if filled.asks_day:
        blocks.append(field("day", "On which day did it take place?", _day(report.other_on)))
    blocks += _facts(check_in, side, report)
    blocks += [*_promises(filled.promised), *_items(filled.items)]
    carried = {
        "turn": turn.id,
        "id": form_id,
        "partnership": partnership.id,
        "channel": partnership.channel,
    }
    return modal(FORM, "What came of it", blocks, submit="Save", metadata=json.dumps(carried))


def _facts(check_in: CheckIn, side: Side, report: Report) -> Blocks:
    """Who was there, whether it began late, and where the notes are."""
    own = check_in.partnership.side(side).name
    return [
        field(
            "roles",
            f"Who of {cut(own, 60)} was there?",
            _roles(report.roles),
            hint=_expected(check_in),
            optional=True,
        ),
        field(
            "late",
            "Did it start late?",
            select(_late_options(check_in.partnership), report.late),
            hint="It is told as a fact only where both sides say the same.",
            optional=True,
        ),
        field(
            "notes",
            "Link to notes",
            text_input(initial=report.notes_link or "", most=NOTES_MOST, placeholder="https://"),
            optional=True,
        ),
    ]


def read_form(values: Mapping[str, object]) -> Typed:
    """What was answered; codes that are none of ours are taken for nothing."""
    chosen = values.get("roles") or ()
    picked = chosen if isinstance(chosen, tuple) else (chosen,)
    return Typed(
        late=next((one for one in LATE if one == values.get("late")), None),
        roles=tuple(role for role in ROLES if role in picked),
        notes=str(values.get("notes") or "").strip(),
        day=_read_day(str(values.get("day") or "")),
        outcomes=tuple(_read_outcomes(values)),
        promises={
            block_id: str(value).strip()
            for block_id, value in values.items()
            if block_id.startswith(_PROMISE) and str(value or "").strip()
        },
    )


def lines(check_in: CheckIn) -> list[str]:
    """What both sides read of what came of it; nothing where nobody told anything."""
    came, partnership = check_in.told, check_in.partnership
    found = [*_start(partnership, came), *_present(partnership, came), *_notes(partnership, came)]
    if came.promises:
        found.append(f"{plural(came.promises, 'promise')} noted.")
    return found


def other_day(check_in: CheckIn, side: Side) -> str:
    """As in " (Thu 22 Oct)": the day that a side names; empty where it names none."""
    report = check_in.came_of.by_side.get(side)
    if report is None or report.other_on is None:
        return ""
    return f" ({day_words(report.other_on)})"


def _start(partnership: Partnership, came: CameOfIt) -> list[str]:
    if start_told_differently(came.by_side):
        return ["The sides tell its start differently."]
    late = started_late(came.by_side)
    if late is None or late == "none":
        return []
    sides = SIDES if late == "both" else (late,)
    return [f"Started late: {' and '.join(name(partnership, side) for side in sides)}."]


def _present(partnership: Partnership, came: CameOfIt) -> list[str]:
    told = [
        f"{name(partnership, side)} {listed([_ROLE_WORDS[role].lower() for role in report.roles])}"
        for side, report in _in_order(came)
        if report.roles
    ]
    return [f"There: {'; '.join(told)}."] if told else []


def _notes(partnership: Partnership, came: CameOfIt) -> list[str]:
    links: dict[str, list[Side]] = {}
    for side, report in _in_order(came):
        if report.notes_link is not None:
            links.setdefault(report.notes_link, []).append(side)
    if len(links) == 1:
        return [f"<{escape(link)}|Notes>" for link in links]
    return [
        f"<{escape(link)}|Notes of {name(partnership, side)}>"
        for link, sides in links.items()
        for side in sides
    ]


def _in_order(came: CameOfIt) -> Iterable[tuple[Side, Report]]:
    return ((side, came.by_side[side]) for side in SIDES if side in came.by_side)


def _day(chosen: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element if chosen is None else element | {"initial_date": chosen.isoformat()}


def _roles(chosen: Sequence[Role]) -> Block:
    options = {role: option(words, role) for role, words in _ROLE_WORDS.items()}
    element: Block = {
        "type": "checkboxes",
        "action_id": "value",
        "options": list(options.values()),
    }
    picked = [options[role] for role in chosen]
    return element | {"initial_options": picked} if picked else element


def _expected(check_in: CheckIn) -> str | None:
    """Whose coming was agreed on; None where that was left open."""
    said = str(check_in.cadence.plan.settings.get("roles", "")).split(",")
    roles = [words.lower() for role, words in _ROLE_WORDS.items() if role in said]
    return f"Expected: {listed(roles)}." if roles else None


def _late_options(partnership: Partnership) -> list[Block]:
    names: dict[Late, str] = {
        "none": "No",
        "client": f"{cut(partnership.client.name, 50)} joined later",
        "vendor": f"{cut(partnership.vendor.name, 50)} joined later",
        "both": "Both joined later",
    }
    return [option(text, value) for value, text in names.items()]


def _items(items: Sequence[AskedItem]) -> Blocks:
    choices = [option(text, value) for value, text in _OUTCOME_WORDS.items()]
    head = [section("*What became of the agenda?*")] if items else []
    return head + [
        field(
            f"{_OUTCOME}{one.kind}_{one.id}",
            cut(f"{one.words[:1].upper()}{one.words[1:]}", _LABEL_MOST),
            select(choices, one.outcome),
            hint="Only leads see it." if one.for_leads else None,
            optional=True,
        )
        for one in items[:_ITEMS_MOST]
    ]


def _promises(promised: Sequence[str]) -> Blocks:
    blocks: Blocks = []
    if promised:
        told = bulleted([quoted(title) for title in promised], _PROMISED_MOST)
        blocks.append(section(f"Promised so far:\n{told}"))
    blocks += [_promise(number) for number in range(1, _PROMISES_FIRST + 1)]
    return [*blocks, actions(button("More promises", MORE, "lines"), block_id=MORE)]


def _promise(number: int) -> Block:
    is_first = number == 1
    return field(
        f"{_PROMISE}{number}",
        "Anything promised?" if is_first else "And another?",
        text_input(
            most=_PROMISE_MOST, placeholder="@ana refund script by friday" if is_first else ""
        ),
        hint="Who, what, by when. They are asked whether they take it on." if is_first else None,
        optional=True,
    )


def with_more_lines(view: Mapping[str, Any]) -> Block:
    """The open form with all lines for promises; Slack keeps what was typed into the others.

    Args:
        view: As Slack sends it with the press.
    """
    further = [_promise(number) for number in range(_PROMISES_FIRST + 1, PROMISES_MOST + 1)]
    blocks: Blocks = []
    for block in view["blocks"]:
        blocks += further if block.get("block_id") == MORE else [dict(block)]
    return {key: view[key] for key in _KEPT if view.get(key)} | {"blocks": blocks}


def _read_day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _read_outcomes(values: Mapping[str, object]) -> Iterable[ItemOutcome]:
    for block_id, value in values.items():
        kind, _, item_id = block_id.removeprefix(_OUTCOME).partition("_")
        if not block_id.startswith(_OUTCOME) or kind not in {"topic", "point"}:
            continue
        outcome = next((one for one in OUTCOMES if one == value), None)
        if outcome is not None:
            yield ItemOutcome(kind=cast("ItemKind", kind), id=item_id, outcome=outcome)


_DAYS: Final[Mapping[str, str]] = {
    "missing": "On which day did it take place?",
    "same": "That is the day for which it was planned. If it took place then, press *Yes* instead.",
    "ahead": "That day is still to come.",
    "far": "That is more than a month from its own day. Is the date right?",
}

SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    ReportClosed: lambda _: (
        "The next one has begun, so what came of this one stays as it was told."
    ),
    NothingCameOfIt: lambda _: (
        "Your side says that it did not take place. If it did, press *Yes* first."
    ),
    NoLink: lambda _: "A link starts with https:// or http:// and has no spaces.",
    NotThatDay: lambda error: _DAYS[error.why],
}
