"""A check-in in writing: until when it is answered, which answers are late, whether it was held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.cadences import Plan
from domain.calendars import Calendar, next_shift, shift_at
from domain.checkins import CheckIn
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.presets import preset_of
from domain.pulse import opens_at
from domain.questions import QUESTION_MOST, QUESTIONS_MOST
from domain.values import value

UsualQuestion = Literal["done", "next", "blocked"]

USUAL: Final[tuple[UsualQuestion, ...]] = ("done", "next", "blocked")
# A shift with less of it left than this is not the one in which people are given time.
LEAST_LEFT: Final = timedelta(hours=2)
LONGEST_OPEN: Final = timedelta(days=7)
# What could not open in time opens late; after so long its turn is passed over.
OPENS_LATE_FOR: Final = timedelta(days=2)
# Where no next one follows, nothing is added any more after so long.
LATE_FOR: Final = timedelta(days=28)
UNDO_FOR: Final = timedelta(days=1)
_NOBODY_WORKS: Final = timedelta(days=1)


class InWriting(TouchbaseError):
    """Something about a meeting was asked of a check-in that has none."""


class NothingWritten(TouchbaseError):
    """A form in which every question was left open."""

    field = "q1"  # where it is said in a form


class AnswersClosed(TouchbaseError):
    """The check-in closed; what the person wrote in time stands as it was read."""


class AnswersOver(TouchbaseError):
    """The next check-in has opened, or it is long ago: nothing is added to this one any more."""


class NothingAsked(TouchbaseError):
    """Questions without a single one."""

    field = "q1"


class LongQuestion(TouchbaseError):
    """A question of more than ``QUESTION_MOST`` characters."""

    def __init__(self, field: str, length: int) -> None:
        super().__init__(field, length)
        self.field = field
        self.length = length


class AskedTwice(TouchbaseError):
    """The same question stands in two places."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ChangedLongAgo(TouchbaseError):
    """The questions were changed too long ago to take that back."""


class QuestionsChanged(TouchbaseError):
    """Somebody else changed the questions meanwhile."""


@value
class WrittenQuestion:
    """One question.

    Attributes:
        position: From 1.
        usual: One of ours; None: typed by people.
        words: As typed; None: one of ours, or blanked since.
    """

    position: int
    usual: UsualQuestion | None = None
    words: str | None = None

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"q{self.position}"


@value
class WrittenAnswer:
    """What one person answered to one question.

    Attributes:
        writer: The person's name as shown in Slack; may be empty.
        side: On which the person was when it was written.
        words: As typed; None: blanked since.
        late: First written when the check-in had closed.
    """

    person_id: str
    writer: str
    side: Side
    position: int
    words: str | None
    answered_at: datetime
    late: bool = False


@value
class WrittenTurn:
    """A turn that was opened for answers.

    Attributes:
        version: Of its questions; 0: the usual ones.
        closed_at: When the answers were put together; None: they were not yet.
    """

    occurrence_id: str
    cadence_id: str
    version: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None


@value
class Written:
    """A turn with all that was asked and answered.

    Attributes:
        takes_late: Nothing newer has opened, so late answers still join.
        next_at: When the next one opens; None: none is planned.
    """

    check_in: CheckIn
    turn: WrittenTurn
    questions: tuple[WrittenQuestion, ...]
    answers: tuple[WrittenAnswer, ...] = ()
    takes_late: bool = True
    next_at: datetime | None = None

    @property
    def writers(self) -> dict[Side, int]:
        """How many people of each side wrote anything."""
        return {
            side: len({one.person_id for one in self.answers if one.side == side}) for side in SIDES
        }

    def answered_by(self, person_id: str) -> bool:
        return any(one.person_id == person_id for one in self.answers)

    def is_open(self, now: datetime) -> bool:
        """Whether what was written can still be changed."""
        return self.turn.closed_at is None and now < self.turn.closes_at


def is_written(plan: Plan) -> bool:
    """Whether nobody meets: the questions are answered in a form."""
    return preset_of(plan) == "written"


def usual_questions() -> tuple[WrittenQuestion, ...]:
    return tuple(
        WrittenQuestion(position=position, usual=code)
        for position, code in enumerate(USUAL, start=1)
    )


def typed_questions(typed: Sequence[tuple[str, str]]) -> list[str]:
    """The questions that stand in a form, in order, without fields that were left empty.

    Args:
        typed: Name and content of each field.

    Raises:
        NothingAsked, LongQuestion, AskedTwice.
    """
    found: list[str] = []
    for name, words in typed[:QUESTIONS_MOST]:
        asked = " ".join(words.split())
        if len(asked) > QUESTION_MOST:
            raise LongQuestion(name, len(asked))
        if asked.casefold() in {one.casefold() for one in found}:
            raise AskedTwice(name)
        found += [asked] if asked else []
    if not found:
        raise NothingAsked
    return found


def opening(partnership: Partnership, starts_at: datetime) -> datetime:
    """When the questions are put: at the start, or as soon after it as one of the sides works."""
    return opens_at(partnership, starts_at) or starts_at


def closing(partnership: Partnership, opened_at: datetime) -> datetime:
    """The end of the working day of the side that has it later; within seven days.

    A side's day is the shift under way while at least two hours of it are left, else its next.
    """
    ends = [_end_of_day(partnership.side(side).calendar, opened_at) for side in SIDES]
    latest = max((at for at in ends if at is not None), default=opened_at + _NOBODY_WORKS)
    return min(latest, opened_at + LONGEST_OPEN)


def wrote_in_time(answers: Iterable[WrittenAnswer]) -> frozenset[Side]:
    """The sides that wrote at least one answer before it closed; with both it was held."""
    return frozenset(one.side for one in answers if not one.late)


def last_said(
    asked: Mapping[int, str], asked_then: Mapping[int, str], said_then: Mapping[int, str]
) -> dict[int, str]:
    """What a person answered last time to the questions that are still asked, by their places now.

    Args:
        asked, asked_then: The questions in words, by position.
        said_then: By position among the questions of that time.
    """
    known = {asked_then[place]: said for place, said in said_then.items() if place in asked_then}
    return {place: known[words] for place, words in asked.items() if words in known}


def _end_of_day(calendar: Calendar, opened_at: datetime) -> datetime | None:
    now = shift_at(calendar, opened_at)
    if now is not None and now.ends_at - opened_at >= LEAST_LEFT:
        return now.ends_at
    coming = next_shift(calendar, opened_at)
    return None if coming is None else coming.ends_at
