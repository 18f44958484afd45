"""A side's own words beside a line of what is open: its leads add them, and take them back."""

from datetime import datetime

from data import Database, finding_notes
from domain.notes import Note, NoteStands, noted
from services import summary_wakes
from services.actors import Who
from services.deps import Deps
from services.gaps import Named, named_by, record
from views import gap_notes as views
from views.blocks import Block


def form(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """The form for a side's own words beside a line.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownFinding.
    """
    named = named_by(deps, who, value, now)
    named.actor.require("gaps.note")
    note = _note_of(deps.store.reading(), named, named.open.key)
    may_undo = note is not None and note.may_be_undone(now)
    return views.form(named.partnership, named.open, note, may_undo=may_undo)


def add(deps: Deps, who: Who, value: str, words: str, now: datetime) -> Block:
    """Put a side's own words beside a line; none take the last ones away.

    Returns:
        What stands there now, with what takes it back.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownFinding.
    """
    named = named_by(deps, who, value, now)
    named.actor.require("gaps.note")
    key = named.open.key
    with deps.store.writing(named.partnership.id) as db:
        before = _note_of(db, named, key)
        note = noted(before, named.side, words, now)
        if note != before and (note.words or before is not None):
            _save(db, named, key, note, now)
    return views.echo(named.partnership, key, note)


def take_back(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """Undo the last note of the actor's side beside a line, once, for a day.

    Args:
        value: Of the button: the partnership, the moment of the note, the line.

    Raises:
        NoPartnershipHere, NotAllowed; NoteStands: It is too late, or something followed.
    """
    undo = views.read_undo(value)
    named = named_by(deps, who, f"{undo.partnership_id}|{undo.key}", now)
    named.actor.require("gaps.note")
    with deps.store.writing(named.partnership.id) as db:
        before = _note_of(db, named, undo.key)
        if before is None:
            raise NoteStands
        note = before.undone(undo.noted_at, now)
        _save(db, named, undo.key, note, now)
    return views.echo_of_undo(named.partnership, note)


def _note_of(db: Database, named: Named, key: str) -> Note | None:
    return finding_notes.get(db, named.partnership, key, named.side)


def _save(db: Database, named: Named, key: str, note: Note, now: datetime) -> None:
    finding_notes.save(db, named.partnership, key, note, named.actor.person.id)
    record(db, named, "finding_note", key, now)
    summary_wakes.touch(db, named.partnership, now)
