"""The dated history of one deliverable: what was done, by which side, when and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment, DateChange
from domain.partnerships import Partnership
from domain.people import Side
from views.blocks import Block, Blocks, context, modal, plural, quoted, section
from views.deliverables import side_name, subject, why_words
from views.times import moment_words

VIEW: Final = "deliverable.history_view"
# Slack: at most 100 blocks in a view; what is older is counted.
SHOWN_MOST: Final = 60
_TITLE_MOST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to it.

    Attributes:
        side: On whose behalf; None: time did it, or somebody of neither side.
        reason: Typed by people.
        change: The date that changed at the same moment.
        about: The title of what it waits for, as far as the reader may know of it.
    """

    at: datetime
    verb: str
    side: Side | None = None
    reason: str | None = None
    change: DateChange | None = None
    about: str | None = None


WORDS: Final[Mapping[str, str]] = {
    "deliverable_created": "{who} wrote it down",
    "deliverable_changed": "{who} changed it",
    "deliverable_accepted": "{who} accepted it",
    "deliverable_declined": "{who} did not take it on",
    "deliverable_moved": "{who} gave it a new date",
    "deliverable_moved_back": "{who} took the new date back",
    "deliverable_done": "{who} delivered it",
    "deliverable_reopened": "{who} opened it again",
    "deliverable_withdrawn": "{who} cancelled it",
    "deliverable_owner_left": "whoever owed it takes no part any more; somebody else is asked",
    "deliverable_follows_duty": "it went to whoever is on duty there now",
    "deliverable_handed_over": "{who}: somebody else there has taken it over",
    "deliverable_approved": "{who} accepted what was delivered",
    "deliverable_approval_undone": "{who} took that back",
    "deliverable_sent_back": "{who} sent it back",
    "deliverable_sending_undone": "{who} took that back",
    "deliverable_no_objection": "closed without objection",
    "deliverable_linked": "{who} added a link",
    "deliverable_raised": "{who} brought it to both leads",
    "deliverable_raised_undone": "{who} took that back",
    "deliverable_sponsors_asked": "{who} asked to tell the sponsors of both sides",
    "deliverable_sponsors_taken_back": "{who} took that back",
    "deliverable_sponsors_told": "the sponsors of both sides were told",
    "deliverable_waiting": "{who}: it waits for {about}",
    "deliverable_wait_over": "{who}: it no longer waits for {about}",
    "deliverable_clock_stopped": "its clock stands still: {about} is not in",
    "deliverable_date_shifted": "its date moved: it waited for {about}",
    "deliverable_date_unshifted": "its date moved back: {about} is not in after all",
}
"""What is told of it, by the verb in the journal; of other verbs nothing is."""


def history(
    partnership: Partnership, commitment: Commitment, events: Sequence[Event], zone: str
) -> Block:
    """All of it in a form, oldest first.

    Args:
        zone: Of the reader.
    """
    left = max(0, len(events) - SHOWN_MOST)
    blocks: Blocks = [section(subject(partnership, commitment))]
    if left:
        blocks.append(context(f"{plural(left, 'older line')} not shown."))
    blocks += [section(line(partnership, one, zone)) for one in events[left:]]
    metadata = f'{{"partnership": "{partnership.id}", "channel": "{partnership.channel}"}}'
    return modal(VIEW, "History", blocks, metadata=metadata)


def line(partnership: Partnership, event: Event, zone: str) -> str:
    """In the form "Tue 17 Nov 10:00 Manila: Globalcall gave it a new date, Wed 18 Nov ..."."""
    who = "somebody" if event.side is None else side_name(partnership, event.side)
    about = "something" if event.about is None else f"*{quoted(event.about, _TITLE_MOST)}*"
    said = WORDS[event.verb].format(who=who, about=about)
    dates = _dates(event.change, zone)
    return f"{moment_words(event.at, zone)}: {said}{dates}.{why_words(event.reason)}"


def _dates(change: DateChange | None, zone: str) -> str:
    if change is None:
        return ""
    if change.old_due_at is None:
        return f", due {moment_words(change.due_at, zone)}"
    if change.minutes:
        hours, minutes = divmod(change.minutes, 60)
        parts = [plural(hours, "hour")] if hours else []
        parts += [plural(minutes, "minute")] if minutes else []
        length = f"{' '.join(parts)} of working time"
        lay = f", having lain there; its date moved by {length}"
        moved = lay if change.cause == "review" else f", {length}"
    else:
        moved = ""
    dates = f"due {moment_words(change.due_at, zone)} instead of"
    return f"{moved}: {dates} {moment_words(change.old_due_at, zone)}"


def meanwhile(partnership: Partnership, events: Sequence[Event], zone: str) -> str:
    """Above a form that was drawn before these things happened."""
    said = "; ".join(line(partnership, one, zone).rstrip(".") for one in events[-3:])
    return f"Meanwhile: {said}. What you typed is still here; send it again if you still mean it."
