"""The weekly summary as sections of a lead's daily message, and what stands for it elsewhere."""

from datetime import date

from domain.findings import Finding
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.summaries import Summary
from views.blocks import actions, context, section
from views.daily_sections import Piece, Section
from views.gaps import entry, line, why_button
from views.own_remedies import Viewer, own_remedies
from views.summary import (
    Shown,
    good_words,
    headline,
    read_button,
    settled_words,
    unheard_words,
    where_it_stands,
)
from views.times import day_words
from views.week import name_of


def sections(told: Summary, shown: Shown, viewer: Viewer) -> tuple[Section, ...]:
    """The summary for one lead: what is open, then what went well and where it is posted."""
    pieces = tuple(_piece(told.partnership, one, shown, viewer) for one in told.open)
    head = headline(told, shown.settled)
    head = f"*{head}*" if told.is_quiet else head
    beside = _beside(told, shown)
    if not pieces:
        return (_section(told, viewer.side, beside, head),)
    return (
        _section(told, viewer.side, pieces, head),
        _section(told, viewer.side, beside, None),
    )


def pointer(partnership: Partnership, side: Side, week_on: date) -> Section:
    """Where others read it, too, and in older messages: that it is there, and how to read it."""
    text = f"The summary of the week of {day_words(week_on)} is there for the leads."
    row = actions(read_button(partnership, week_on), block_id=f"read-{partnership.id}")
    return Section(
        partnership_id=partnership.id,
        partner=name_of(partnership, other_side(side)),
        pieces=(Piece(line=text, blocks=(section(text), row)),),
        is_live=True,
    )


def _section(told: Summary, side: Side, pieces: tuple[Piece, ...], head: str | None) -> Section:
    partnership = told.partnership
    return Section(
        partnership_id=partnership.id,
        partner=name_of(partnership, other_side(side)),
        pieces=pieces,
        head=head,
        is_live=True,
        more=read_button(partnership, told.week_on),
    )


def _piece(partnership: Partnership, one: Finding, shown: Shown, viewer: Viewer) -> Piece:
    row = [*own_remedies(partnership, one, viewer), why_button(partnership, one)]
    return Piece(line=line(partnership, one), blocks=entry(partnership, one, row, shown.notes))


def _beside(told: Summary, shown: Shown) -> tuple[Piece, ...]:
    partnership = told.partnership
    good = " ".join(good_words(told))
    pieces = [Piece(line=good, blocks=(section(good),))] if good else []
    small = [settled_words(partnership, shown.settled)] if shown.settled else []
    small += [unheard_words(told)] if told.unheard else []
    pieces += [Piece(line=words, blocks=(context(words),)) for words in small]
    where = where_it_stands(partnership)
    return (*pieces, Piece(line=where.text, blocks=where.blocks))
