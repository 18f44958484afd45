"""Words what time will do next, one line each; plain text for panels and terminals, not Slack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.upcoming import Code, Coming

SENTENCES: Final[Mapping[Code, str]] = {
    "advisor_asked": "Leads are asked about an advisor",
    "change_asked": "Leads are asked about a change",
    "change_settles": "A change can no longer be undone",
    "checkin_agenda": "{name}: the agenda",
    "checkin_asked": "{name}: leads are asked whether it took place",
    "checkin_ends": "{name} ends; leads are asked whether it took place",
    "checkin_reminder": "{name}: reminder",
    "checkin_starts": "{name} starts in ten minutes",
    "daily": "Daily message for {name}, if anything is due",
    "deliverable_due": "{name} is due",
    "deliverable_told": "{name} is late: the other side is told",
    "message": "A message for {name}",
    "pause_ends": "The rest ends",
    "preview": "{name} sees the draft of the summary",
    "pulse_closes": "The pulse closes",
    "pulse_told": "The channel reads the pulse's result",
    "pulse_opens": "The pulse opens",
    "signed_closes": "The leads' pulse closes",
    "sponsors_told": "{name}: sponsors are told, if its owner says nothing",
    "summary": "The summary of the week",
    "week": "A new This week",
    "written_closes": "{name}: the answers are shown side by side",
    "written_opens": "{name}: both sides are asked in writing",
}
# Where several are due at one moment.
FOLDED: Final[Mapping[Code, str]] = {
    "daily": "Daily messages for {count} people, where anything is due",
    "deliverable_due": "{count} deliverables are due",
    "deliverable_told": "{count} deliverables are late: the other side is told",
    "message": "{count} messages",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a timeline; ``where`` is a channel's id or None."""

    at: datetime
    what: str
    where: str | None


def lines(found: Iterable[Coming]) -> list[Line]:
    """The soonest first; what is many times the same at one moment and place becomes one line."""
    groups: dict[tuple[object, ...], list[Coming]] = {}
    for one in sorted(found, key=lambda one: one.at):
        own = () if one.code in FOLDED else (one.name,)
        groups.setdefault((one.at, one.code, one.where, *own), []).append(one)
    return [_line(group) for group in groups.values()]


def _line(group: list[Coming]) -> Line:
    first = group[0]
    several = len(group) > 1 and first.code in FOLDED
    sentence = FOLDED[first.code] if several else SENTENCES[first.code]
    # Not str.format on what people typed: only the sentence is a pattern.
    return Line(
        at=first.at, what=sentence.format(name=first.name, count=len(group)), where=first.where
    )
