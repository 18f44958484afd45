"""What both sides learned, as a lead wrote it down after a look back; no words of ours."""

from datetime import datetime, timedelta
from typing import Final

from domain.errors import TouchbaseError
from domain.people import Side
from domain.values import value

LESSONS_MOST: Final = 3
LESSON_MOST: Final = 200
"""Characters of one."""
UNDO_FOR: Final = timedelta(days=1)
FIELDS: Final[tuple[str, ...]] = tuple(f"lesson_{n}" for n in range(1, LESSONS_MOST + 1))
"""Their names in the form."""


class NoLesson(TouchbaseError):
    """A form without a word."""

    field = FIELDS[0]


class LongLesson(TouchbaseError):
    """A lesson of more than ``LESSON_MOST`` characters.

    Attributes:
        field: Where it stands in the form.
    """

    def __init__(self, length: int, field: str) -> None:
        super().__init__(length)
        self.length = length
        self.field = field


class WrittenMeanwhile(TouchbaseError):
    """Since the form was opened a lead wrote down others, which it would replace."""

    field = FIELDS[0]


class LessonsStand(TouchbaseError):
    """They cannot be taken back: the day for it is over, or others followed."""


@value
class Lessons:
    """What a lead wrote down after one look back; whoever writes again words all of them anew.

    Attributes:
        words: As typed; none where they were blanked.
        side: Of the lead.
    """

    team_id: str
    id: str
    partnership_id: str
    survey_id: str
    words: tuple[str, ...]
    written_by: str
    side: Side
    written_at: datetime
    undone_at: datetime | None = None

    @property
    def undo_until(self) -> datetime:
        return self.written_at + UNDO_FOR

    def may_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.undo_until


def require_lessons(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The lessons among what stands in the form's fields, in their order.

    Raises:
        NoLesson, LongLesson.
    """
    for field, words in zip(FIELDS, typed, strict=True):
        if len(words) > LESSON_MOST:
            raise LongLesson(len(words), field)
    kept = tuple(words for words in typed if words)
    if not kept:
        raise NoLesson
    return kept
