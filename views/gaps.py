"""What is open, line by line with its next step, and why something is in a list."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Final, TypeVar

from domain.cadences import Cadence
from domain.changes import Change
from domain.checkin_gaps import held_by
from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.findings import Counts, Finding, Kind, Remedy, Slip, Stopped, Turn
from domain.gaps import ENOUGH_ANSWERED
from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from domain.topics import Coverage
from domain.zones import local
from views import (
    changes,
    checkin_after,
    checkin_reports,
    checkins,
    deliverables,
    proposals,
    topics,
    waits,
)
from views.blocks import (
    Block,
    Blocks,
    actions,
    button,
    context,
    modal,
    plain,
    plural,
    quoted,
    section,
)
from views.times import day_words, moment_in_zones, place_of
from views.week import name_of

WHY: Final = "gaps.why"
SETTLE: Final = "gaps.settle"
AGENDA: Final = "gaps.agenda"
NOTE: Final = "gaps.note"
LIST: Final = "hub.gaps"
PLAN: Final = "hub.checkin"
WHY_VIEW: Final = "gaps.why_view"

TITLE_MOST: Final = 120

T = TypeVar("T")
Notes = Mapping[str, Mapping[Side, str]]
NO_NOTES: Final[Notes] = {}

EXPECTED: Final[Mapping[Kind, str]] = {
    "overdue": "What was taken on is in by its date, or gets a new date before.",
    "not_held": "A check-in takes place, or is moved or skipped with notice.",
    "disagreement": "Both sides say the same about whether a check-in took place, and its start.",
    "unconfirmed": "A lead of each side says within two working days whether it took place."
    " It is asked for two weeks.",
    "silence": "Each side writes in the channel at least every five of its working days.",
    "low_response": "At least 60 % of a side's people answer the question",
    "nothing_planned": "A next check-in is planned.",
    "not_accepted": "Who is asked for something takes it on or says no within two working days.",
    "slipping": "A first date is kept; telling a new one before it has passed counts as good.",
    "undecided": "What one side proposes for both is decided within two working days.",
    "not_reviewed": "What was delivered is accepted or sent back within two working days.",
    "waiting": "What the other side waits for is in by its date.",
    "topic": "Each of these topics is talked about at least every so many weeks: decided, or parked"
    " on purpose.",
}


def line(partnership: Partnership, finding: Finding) -> str:
    """One open point: what, whose turn, since when, and where it can be seen."""
    said = what(partnership, finding)
    if finding.kind == "slipping":
        return f"*{turn_name(partnership, finding.turn)}*: {said}{_see(finding)}"
    if finding.kind == "low_response":
        # The question is closed: nobody can answer it any more.
        return f"{said}{_see(finding)}"
    since = f"since {_since(partnership, finding)}"
    return f"{said} Waiting for *{turn_name(partnership, finding.turn)}* {since}{_see(finding)}."


def what(partnership: Partnership, finding: Finding) -> str:
    """What happened, as one sentence that blames nobody."""
    about = finding.about
    if isinstance(about, Slip):
        return _slip_words(partnership, about)
    if isinstance(about, Stopped):
        return _stopped_words(partnership, about)
    if isinstance(about, Commitment):
        return _owed_words(partnership, finding, about)
    if isinstance(about, CheckIn):
        return _check_in_words(partnership, finding, about)
    if isinstance(about, Counts):
        people = plural(about.asked, "person", "people")
        side = turn_name(partnership, finding.turn)
        return f"Few answers to the pulse: {about.answered} of {people} of {side}."
    if isinstance(about, Change):
        return changes.proposal(partnership, about)
    if isinstance(about, Cadence):
        return proposals.waiting(partnership, about)
    if isinstance(about, Coverage):
        return topics.gap_words(partnership, about.topic, about.covered_at)
    if finding.kind == "nothing_planned":
        return "No check-in is planned."
    return "No message in the channel."


def turn_name(partnership: Partnership, turn: Turn) -> str:
    return "both" if turn == "both" else name_of(partnership, turn)


def remedies(partnership: Partnership, finding: Finding) -> list[Block]:
    """The buttons that mend it."""
    value = value_of(partnership, finding)
    about, remedy = finding.about, finding.remedy
    if isinstance(about, Slip):
        return deliverables.buttons(about.commitment)
    if isinstance(about, Stopped):
        return deliverables.buttons(about.about)
    if isinstance(about, Commitment):
        return deliverables.buttons(about)
    if isinstance(about, Change):
        return changes.decisions(about)
    if isinstance(about, Cadence):
        return proposals.answers(about)
    if isinstance(about, Coverage) and about.topic.audience == "leads":
        # Its words on the agenda would tell the channel of it.
        return []
    if remedy == "pick_time":
        return [button("Pick a time", checkins.CHANGE, finding.subject_id)]
    if remedy == "confirm":
        return [
            button("It took place", checkin_after.HELD, finding.subject_id),
            button("It did not", checkin_after.NOT_HELD, finding.subject_id),
        ]
    if remedy == "tell":
        return [button("What came of it", checkin_reports.OPEN, finding.subject_id)]
    return [_OTHER_REMEDIES[remedy](partnership, value)]


_OTHER_REMEDIES: Final[Mapping[Remedy, Callable[[Partnership, str], Block]]] = {
    "write": lambda _, value: button("We spoke elsewhere", SETTLE, value),
    "agenda": lambda _, value: button("Put on the agenda", AGENDA, value),
    "plan": lambda partnership, _: button("Plan a check-in", PLAN, partnership.id),
    "topic": lambda _, value: button("Put on the agenda", topics.ADD, value),
}


def value_of(partnership: Partnership, finding: Finding) -> str:
    """What the buttons of a finding carry."""
    return f"{partnership.id}|{finding.key}"


def why_button(partnership: Partnership, finding: Finding) -> Block:
    return button("Why is this here?", WHY, value_of(partnership, finding))


def note_button(partnership: Partnership, finding: Finding) -> Block:
    return button("Add a note", NOTE, value_of(partnership, finding))


def entry(
    partnership: Partnership, finding: Finding, row: Sequence[Block], notes: Notes = NO_NOTES
) -> Blocks:
    """A finding with its buttons and, whole, what the sides add to it."""
    blocks: Blocks = [section(line(partnership, finding))]
    said = notes.get(finding.key, {})
    beside = [added(partnership, side, said[side]) for side in SIDES if side in said]
    if beside:
        blocks.append({"type": "context", "elements": beside})
    if row:
        blocks.append(actions(*row, block_id=finding.key[:255]))
    return blocks


def added(partnership: Partnership, side: Side, words: str) -> Block:
    """A side's own words, whole."""
    return plain(f"{partnership.side(side).name} adds: “{words}”", 2000)


def fitting(
    every: Sequence[T], draw: Callable[[T], Blocks], *, most: int, text_most: int
) -> Blocks:
    """As many of all as may stand there, each drawn, and how many are left out."""
    shown: Blocks = []
    count = 0
    for one in every[:most]:
        drawn = draw(one)
        text_most -= _length(drawn)
        if text_most < 0 and shown:
            break
        shown += drawn
        count += 1
    left = len(every) - count
    return [*shown, context(f"…and {left} more")] if left else shown


def _length(part: object) -> int:
    """How many characters people read in some blocks."""
    if isinstance(part, Mapping):
        own = part.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(map(_length, part.values()))
    return sum(map(_length, part)) if isinstance(part, list | tuple) else 0


def why(partnership: Partnership, finding: Finding, zone: str, row: Sequence[Block]) -> Block:
    """Why something is in the list: expected, what happened, whose turn, since when, where.

    Args:
        row: The buttons with which the reader can mend it.
    """
    zones = [zone, _zone_of(partnership, finding)]
    since = moment_in_zones(finding.since, zones, finding.seen_at)
    parts = [
        f"*Expected*\n{_expected(finding)}",
        f"*What happened*\n{what(partnership, finding)}",
        f"*Whose turn*\n{_whose_turn(partnership, finding)}",
        f"*Since*\n{since}",
    ]
    if finding.link is not None:
        parts.append(f"*Where*\n<{finding.link}|See it in Slack>")
    blocks = [section(part) for part in parts]
    if row:
        blocks.append(actions(*row, block_id="remedy"))
    return modal(WHY_VIEW, "Why is this here?", blocks, metadata=_metadata(partnership))


def settled_notice(partnership: Partnership) -> Block:
    """Instead of the reasons, when it is not open any more."""
    words = section("This is not open any more.")
    return modal(WHY_VIEW, "Why is this here?", [words], metadata=_metadata(partnership))


def _expected(finding: Finding) -> str:
    about = finding.about
    if not isinstance(about, Counts):
        return EXPECTED[finding.kind]
    enough = ceil(ENOUGH_ANSWERED * about.asked)
    return f"{EXPECTED[finding.kind]}: {enough} of {about.asked}."


def _whose_turn(partnership: Partnership, finding: Finding) -> str:
    if finding.kind == "low_response":
        return "Nobody's: the question is closed. The next check-in is a place to talk about it."
    return "Both" if finding.turn == "both" else turn_name(partnership, finding.turn)


def _owed_words(partnership: Partnership, finding: Finding, about: Commitment) -> str:
    if finding.kind == "not_accepted":
        return _asked_for(partnership, about, finding.seen_at)
    if finding.kind == "not_reviewed":
        return f"{_titled(about.title)} was delivered, not accepted or sent back yet."
    said = f"{_titled(about.title)} was due{_dates(partnership, about)} and is not in yet."
    return " ".join(filter(None, [said, waits.unanswered(partnership, finding.unanswered)]))


def _asked_for(partnership: Partnership, asked: Commitment, seen_at: datetime | None) -> str:
    """In the form "*Deck* was asked for by Fri 27 Nov and is not taken on yet."."""
    zone = partnership.side(asked.side).calendar.zone
    day = _day_of(asked.due_at, zone, seen_at)
    return f"{_titled(asked.title)} was asked for by {day} and is not taken on yet."


def _stopped_words(partnership: Partnership, stopped: Stopped) -> str:
    """In the form "*Deck* (Globalcall) waits for *forecast*: 9 hours of working time so far."."""
    one = stopped.commitment
    side = name_of(partnership, one.side)
    cost = waits.work_words(stopped.minutes)
    return f"{_titled(one.title)} ({side}) waits for {_titled(stopped.about.title)}: {cost} so far."


def _metadata(partnership: Partnership) -> str:
    return f'{{"partnership": "{partnership.id}", "channel": "{partnership.channel}"}}'


def _dates(partnership: Partnership, owed: Commitment) -> str:
    """The first date and the one that counts now; nothing where there was only one."""
    if not owed.moves:
        return ""
    zone = partnership.side(owed.side).calendar.zone
    first, last = (local(at, zone).date() for at in (owed.first_due_at, owed.due_at))
    if first == last:
        return ""
    return f" {day_words(first, last)}, then {day_words(last, first)},"


def _slip_words(partnership: Partnership, slip: Slip) -> str:
    zone = partnership.side(slip.commitment.side).calendar.zone
    old_due_at = slip.change.old_due_at
    assert old_due_at is not None  # the first date is no change
    before, after = (local(at, zone).date() for at in (old_due_at, slip.commitment.due_at))
    old, new = day_words(before, after), day_words(after, before)
    told = f"told before {old} had passed" if slip.change.was_early else f"was due {old}"
    return f"{_titled(slip.commitment.title)}, now {new}; {told}."


def _check_in_words(partnership: Partnership, finding: Finding, about: CheckIn) -> str:
    title = _titled(about.title)
    if finding.kind == "not_held":
        return f"{title} did not take place."
    if finding.kind == "unconfirmed":
        by = held_by(about)
        if not by:
            return f"Whether {title} took place is not confirmed yet."
        yes, other = (name_of(partnership, side) for side in (by[0], other_side(by[0])))
        return f"{yes} says that {title} took place; {other} has not said yet."
    if finding.remedy == "tell":
        return f"The sides tell the start of {title} differently."
    sides = sorted(about.said.values(), key=lambda one: one.said == "not_held")
    yes, no = (name_of(partnership, one.side) for one in sides)
    return f"{yes} says that {title} took place, {no} that it did not."


def _since(partnership: Partnership, finding: Finding) -> str:
    """The day on the calendar of whose turn it is, which is named where the other's differs."""
    zone = _zone_of(partnership, finding)
    day = _day_of(finding.since, zone, finding.seen_at)
    every = [partnership.side(side).calendar.zone for side in SIDES]
    others = {local(finding.since, one).date() for one in every}
    return day if len(others) == 1 else f"{day} ({place_of(zone)})"


def _day_of(moment: datetime, zone: str, seen_at: datetime | None) -> str:
    seen_on = None if seen_at is None else local(seen_at, zone).date()
    return day_words(local(moment, zone).date(), seen_on)


def _zone_of(partnership: Partnership, finding: Finding) -> str:
    side = partnership.home_side if finding.turn == "both" else finding.turn
    return partnership.side(side).calendar.zone


def _see(finding: Finding) -> str:
    return "" if finding.link is None else f" (<{finding.link}|see>)"


def _titled(title: str) -> str:
    return f"*{quoted(title, TITLE_MOST)}*"
