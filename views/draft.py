"""What the leads of a side read of the coming summary, as sections of their daily message."""

from dataclasses import replace
from datetime import date
from typing import Final

from domain.deliverables import Commitment
from domain.findings import Finding
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.summaries import Preview
from domain.zones import local
from views import deliverables
from views.blocks import Block, actions, button, context, plural, section
from views.daily_sections import Piece, Section
from views.gaps import LIST, NO_NOTES, Notes, entry, line, note_button, why_button
from views.own_remedies import Viewer, own_buttons, own_remedies
from views.summary import read_button
from views.times import day_words, when
from views.week import name_of

STILL_DUE: Final = "*Still due before then:*"


def draft(shown: Preview, person_id: str, notes: Notes = NO_NOTES) -> tuple[Section, ...]:
    """What concerns a side, for one of its leads, before everybody reads it."""
    viewer = Viewer(person_id=person_id, side=shown.side, is_lead=True)
    pieces = tuple(_piece(shown.partnership, one, notes, viewer) for one in shown.open)
    found = [_section(shown.partnership, shown.side, pieces, head=_head(shown))]
    if shown.coming:
        coming = tuple(_coming(shown, one, viewer) for one in shown.coming)
        found.append(_section(shown.partnership, shown.side, coming, head=STILL_DUE))
    return (*found[:-1], replace(found[-1], foot=context(_rule(shown))))


def told_instead(partnership: Partnership, side: Side, week_on: date) -> Section:
    """In the place of the draft, once the week was told."""
    text = f"The summary of the week of {day_words(week_on)} was told; its draft stood here."
    row = actions(_all_button(partnership), block_id="list")
    return _section(partnership, side, (Piece(line=text, blocks=(section(text), row)),))


def pointer(partnership: Partnership, side: Side, week_on: date) -> Section:
    """Where others read it, too: that it is there, and how to read it."""
    text = (
        f"The draft of the summary of the week of {day_words(week_on)} is there for the leads of"
        f" {name_of(partnership, side)}."
    )
    row = actions(read_button(partnership, week_on, "Read the draft"), block_id="read-draft")
    found = _section(partnership, side, (Piece(line=text, blocks=(section(text), row)),))
    return replace(found, is_live=True)


def past(partnership: Partnership, side: Side, week_on: date) -> Section:
    """What is left of the draft in a message whose shift is over."""
    line_ = f"The draft of the summary of the week of {day_words(week_on)} stood here"
    return _section(partnership, side, (Piece(line=line_, blocks=(section(line_),)),))


def _section(
    partnership: Partnership,
    side: Side,
    pieces: tuple[Piece, ...],
    head: str | None = None,
) -> Section:
    return Section(
        partnership_id=partnership.id,
        partner=name_of(partnership, other_side(side)),
        pieces=pieces,
        head=head,
        is_live=head is not None,
        more=_all_button(partnership),
    )


def _all_button(partnership: Partnership) -> Block:
    return button("What waits for us", LIST, partnership.id)


def _piece(partnership: Partnership, one: Finding, notes: Notes, viewer: Viewer) -> Piece:
    mending = own_remedies(partnership, one, viewer)
    row = [*mending, note_button(partnership, one), why_button(partnership, one)]
    return Piece(line=line(partnership, one), blocks=entry(partnership, one, row, notes))


def _coming(shown: Preview, one: Commitment, viewer: Viewer) -> Piece:
    due = when(one.due_at, shown.partnership.side(one.side).calendar.zone)
    text = f"{deliverables.titled(one)}, due {due}"
    row = actions(*own_buttons(shown.partnership, one, viewer), block_id=f"coming-{one.id}")
    return Piece(line=text, blocks=(section(text), row))


def _head(shown: Preview) -> str:
    partnership = shown.partnership
    zone = partnership.side(shown.side).calendar.zone
    day, side = day_words(local(shown.told_at, zone).date()), name_of(partnership, shown.side)
    count = len(shown.open)
    if not count:
        return f"The summary of {day} has no open line for {side} so far."
    waits = "concerns" if count == 1 else "concern"
    return f"The summary of {day} has {plural(count, 'line')} that {waits} {side}:"


def _rule(shown: Preview) -> str:
    partnership = shown.partnership
    other = name_of(partnership, other_side(shown.side))
    by = when(shown.told_at, partnership.side(shown.side).calendar.zone)
    where = "in the channel" if partnership.summary_is_public else "to the leads of both sides"
    return (
        f"What you settle by {by} leaves the list; the rest is shown {where}."
        f" {other}'s leads get theirs by the same rule."
    )
