"""Changes of settings as both sides read them: old and new, which side, and the next step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from domain.changes import (
    Change,
    ChangedSince,
    ChangeSettled,
    OwnProposal,
    Setting,
    State,
    TooLateToUndo,
    UnknownChange,
    UnknownCountry,
    Values,
)
from domain.ladders import ladder_of
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.pulse_plans import plan_of
from views.blocks import Block, Drawn, actions, button, mention, quoted, section
from views.hub import reply_words
from views.ladder import ladder_words
from views.pulse_plans import plan_words
from views.templates import listed
from views.times import place_of, when

AGREE: Final = "settings.agree"
KEEP: Final = "settings.keep"
UNDO: Final = "settings.undo"
NAME_MOST: Final = 60

_JOINT: Final[Mapping[Setting, str]] = {
    "reply_time": "normal answer within",
    "ladder": "reminders",
    "pulse": "the pulse",
}
_PLACES: Final = {"channel": "in this channel", "leads": "only for the leads"}
_SPONSORS: Final = {"told": "they may be", "not_told": "they are not"}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def told(partnership: Partnership, change: Change) -> Drawn:
    """The post that tells of a change, as it stands now."""
    text = proposal(partnership, change) if change.is_joint else _own(change, partnership)
    text += _ending(partnership, change)
    rows: dict[State, Sequence[Block]] = {
        "proposed": (_decide(change),),
        "holds": (_undo(change),),
    }
    return Drawn(text=text, blocks=(section(text), *rows.get(change.state, ())))


def resting(partnership: Partnership, change: Change) -> Drawn:
    """The same post once it is too late to take the change back."""
    drawn = told(partnership, change)
    return Drawn(text=drawn.text, blocks=drawn.blocks[:1])


def asked(partnership: Partnership, change: Change, leads: Sequence[str]) -> Drawn:
    """A proposal that calls those who decide. ``leads``: their Slack ids; nobody when empty."""
    drawn = told(partnership, change)
    if not leads:
        return drawn
    text = f"{drawn.text} {' '.join(map(mention, leads[:10]))}, what do you say?"
    return Drawn(text=text, blocks=(section(text), *drawn.blocks[1:]))


def settled(partnership: Partnership, change: Change) -> Drawn:
    """One line about what became of a change, for those who read the thread."""
    text = _settled(partnership, change)
    return Drawn(text=text, blocks=(section(text),))


def waiting(partnership: Partnership, change: Change, side: Side) -> list[Block]:
    """A proposal inside the settings of a lead of ``side``, with what that lead can press."""
    proposed = section(proposal(partnership, change))
    if side != change.side:
        return [proposed, _decide(change)]
    other = _name(partnership, other_side(side))
    take_back = actions(button("Take it back", KEEP, change.id), block_id=f"waiting-{change.id}")
    return [section(f"{proposal(partnership, change)} It waits for {other}."), take_back]


def hours_words(text: str) -> str:
    """Hours in short notation with the days as people write them: "Mon-Fri 09:00-18:00"."""
    for day in _DAYS:
        text = text.replace(day, day.title())
    return text


def reply_time_words(minutes: str) -> str:
    return reply_words(timedelta(minutes=int(minutes)))


def proposal(partnership: Partnership, change: Change) -> str:
    """What a side proposes for both, with how it was before."""
    verb = "proposes" if change.state == "proposed" else "proposed"
    new, old = _joint_words(change)
    return (
        f"{_name(partnership, change.side)} {verb}: {_JOINT[change.joint]} {new} (before: {old})."
    )


def _joint_words(change: Change) -> tuple[str, str]:
    """How it is to be, and how it was."""
    setting = change.joint
    draw = _JOINT_WORDS[setting]
    return draw(change.new[setting]), draw(change.old[setting])


def _ladder_code_words(code: str) -> str:
    return ladder_words(ladder_of(code))


def _pulse_code_words(code: str) -> str:
    return plan_words(plan_of(code))


def _own(change: Change, partnership: Partnership) -> str:
    own_name = change.old.get("name") or partnership.side(change.side).name
    parts = [_PARTS[setting](change.old, change.new) for setting in _PARTS if setting in change.new]
    rule = _rule(partnership, change)
    return f"{quoted(own_name, NAME_MOST)} changed {listed(parts)}.{rule}"


def _name_part(_: Values, new: Values) -> str:
    return f"its name, now {quoted(new['name'], NAME_MOST)}"


def _zone_part(old: Values, new: Values) -> str:
    return f"its time zone from {place_of(old['zone'])} to {place_of(new['zone'])}"


def _hours_part(old: Values, new: Values) -> str:
    return f"its working hours from {hours_words(old['hours'])} to {hours_words(new['hours'])}"


def _holidays_part(old: Values, new: Values) -> str:
    before, now = _countries(old["holidays"]), _countries(new["holidays"])
    return f"the public holidays it keeps from {before} to {now}"


def _summary_part(old: Values, new: Values) -> str:
    now, before = _PLACES[new["summary"]], _PLACES[old["summary"]]
    return f"where it wants the weekly summary: {now} (before: {before})"


def _sponsors_part(old: Values, new: Values) -> str:
    now, before = _SPONSORS[new["sponsors"]], _SPONSORS[old["sponsors"]]
    return f"whether sponsors are told of what stays late: {now} (before: {before})"


def _rule(partnership: Partnership, change: Change) -> str:
    """What one side alone cannot bring about."""
    values, rules = change.new, []
    if values.get("summary") == "channel":
        rules.append(" It is posted there once both sides want it.")
    if values.get("sponsors") == "told":
        other = other_side(change.side)
        wants = other in partnership.sponsors_hear
        too = (
            "wants it, too." if wants else "has to want it, too; until then they are told nothing."
        )
        rules.append(f" {_name(partnership, other)} {too}")
    return "".join(rules)


_PARTS: Final[Mapping[Setting, Callable[[Values, Values], str]]] = {
    "name": _name_part,
    "zone": _zone_part,
    "hours": _hours_part,
    "holidays": _holidays_part,
    "summary": _summary_part,
    "sponsors": _sponsors_part,
}


_JOINT_WORDS: Final[Mapping[Setting, Callable[[str], str]]] = {
    "reply_time": reply_time_words,
    "ladder": _ladder_code_words,
    "pulse": _pulse_code_words,
}


def _countries(text: str) -> str:
    return f"those of {listed(text.split())}" if text else "none"


def _ending(partnership: Partnership, change: Change) -> str:
    if change.state == "proposed":
        return f" It holds once a lead of {_name(partnership, other_side(change.side))} agrees."
    if change.settled_side is None or change.settled_at is None:
        return ""
    by = _name(partnership, change.settled_side)
    zone = partnership.side(partnership.home_side).calendar.zone
    at = when(change.settled_at, zone)
    endings: dict[State, str] = {
        "holds": f" {by} agreed: {at}." if change.is_joint else "",
        "kept": f" {by} {_kept_verb(change)}: {at}.",
        "undone": f" {by} undid it: {at}.",
        "replaced": " It was set or proposed anew since.",
    }
    return endings[change.state]


def _kept_verb(change: Change) -> str:
    return "took it back" if change.settled_side == change.side else "keeps it as it is"


def _settled(partnership: Partnership, change: Change) -> str:
    by = _name(partnership, change.settled_side or change.side)
    if not change.is_joint:
        return f"{by} undid its change: {_back(change)} as before."
    what = _JOINT[change.joint]
    new, old = _joint_words(change)
    said: dict[State, str] = {
        "holds": f"{by} agreed: {what} {new} (before: {old}).",
        "kept": f"{by} keeps it as it is: {what} {old}.",
        "undone": f"{by} undid the change: {what} {old} again (not {new}).",
    }
    if change.state == "kept" and change.settled_side == change.side:
        return f"{by} took its proposal back: {what} {old}."
    return said[change.state]


def _back(change: Change) -> str:
    words: dict[Setting, Callable[[str], str]] = {
        "name": lambda name: f"the name {quoted(name, NAME_MOST)}",
        "zone": lambda zone: f"the time zone {place_of(zone)}",
        "hours": lambda hours: f"working hours {hours_words(hours)}",
        "holidays": lambda countries: f"public holidays: {_countries(countries)}",
        "summary": lambda place: f"the weekly summary {_PLACES[place]}",
        "sponsors": lambda told: f"whether sponsors are told of what stays late: {_SPONSORS[told]}",
    }
    return listed([words[name](change.old[name]) for name in words if name in change.old])


def decisions(change: Change) -> list[Block]:
    """The buttons with which the other side decides."""
    return [button("Agree", AGREE, change.id), button("Keep as it is", KEEP, change.id)]


def _decide(change: Change) -> Block:
    return actions(*decisions(change), block_id=f"change-{change.id}")


def _undo(change: Change) -> Block:
    return actions(button("Undo", UNDO, change.id), block_id=f"change-{change.id}")


def _name(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, NAME_MOST)


_SETTLED: Final[Mapping[State, str]] = {
    "proposed": "This waits for the other side.",
    "holds": "Both sides agreed on this. *Undo* takes it back for a day.",
    "kept": "This proposal is closed; the settings take a new one.",
    "replaced": "This was set or proposed anew since; the settings show how it is.",
    "undone": "This was taken back; the settings show how it is.",
}

SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    UnknownChange: lambda _: "I know this change no more. The settings show how it is.",
    OwnProposal: lambda error: (
        f"Your side proposed this; a lead of {quoted(error.side_name, NAME_MOST)} decides."
    ),
    ChangeSettled: lambda error: _SETTLED[error.state],
    ChangedSince: lambda _: "This was changed again since, so there is nothing to take back.",
    TooLateToUndo: lambda _: (
        "A change can be taken back for a day. The settings take a new one at any time."
    ),
    UnknownCountry: lambda error: (
        f"I know no public holidays for {place_of(error.zone)[:60]}. Please choose another line."
    ),
}
