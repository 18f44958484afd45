"""A side's own words beside a line of what is open: written, replaced, taken back for a day."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.errors import TouchbaseError
from domain.people import Side

NOTE_MOST: Final = 500
UNDO_FOR: Final = timedelta(days=1)


class NoteStands(TouchbaseError):
    """A note cannot be taken back: it was made too long ago, or something followed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a side noted last beside a line.

    Attributes:
        words: As typed; empty: nothing stands there any more.
        old_words: What stood there before; empty: nothing.
    """

    side: Side
    words: str
    noted_at: datetime
    old_words: str = ""

    def may_be_undone(self, now: datetime) -> bool:
        return self.words != self.old_words and now <= self.noted_at + UNDO_FOR

    def undone(self, noted_at: datetime, now: datetime) -> "Note":
        """The note as it was before.

        Args:
            noted_at: Of the note that is taken back.

        Raises:
            NoteStands.
        """
        if noted_at != self.noted_at or not self.may_be_undone(now):
            raise NoteStands
        return replace(self, words=self.old_words, noted_at=now)


def noted(before: Note | None, side: Side, words: str, now: datetime) -> Note:
    """What stands there once a side wrote ``words``; the same when nothing else was written."""
    flat = words.strip()[:NOTE_MOST]
    old = "" if before is None else before.words
    if before is not None and flat == old:
        return before
    return Note(side=side, words=flat, noted_at=now, old_words=old)
