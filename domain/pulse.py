"""A pulse survey: who is asked until when, and what may be shown of its answers; no words."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.calendars import Calendar, is_working, next_shift, next_working
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.values import value
from domain.visibility import Withheld

Question = Literal["answers", "expectations", "quality", "workload", "tone", "own"]
SurveyState = Literal["open", "counted", "closed"]
Score = Literal[1, 2, 3, 4, 5]

# The weekly ones, in the order in which they take turns.
ROTATION: Final[tuple[Question, ...]] = ("answers", "expectations", "quality", "workload", "tone")
SCORES: Final[tuple[Score, ...]] = (1, 2, 3, 4, 5)
# A group below this many is never shown, and nobody can agree on less.
SHOWN_FROM: Final = 3
# The two sides see it differently when their means lie so far apart.
APART: Final = 1.0
WORDS_MOST: Final = 200
PULSE_WEEKDAY: Final = 2  # Wednesday; 0 is Monday
# With this length the turns of the weekly one are planned; a survey ends by the sides' shifts.
USUAL_LENGTH: Final = timedelta(days=2)
# A weekly survey that could not open in time opens late, unless the next one is as near as this.
ROOM_BEFORE_THE_NEXT: Final = timedelta(days=2)
# A shift that begins sooner after the opening is not the one in which people are given time.
_FROM_THE_NEXT_SHIFT: Final = timedelta(hours=6)
_BEFORE_THE_SHIFT_ENDS: Final = timedelta(hours=1)
_SHORTEST: Final = timedelta(hours=20)
_LONGEST: Final = timedelta(days=5)


class UnknownSurvey(TouchbaseError):
    """A button names a survey that is not there."""


class SurveyClosed(TouchbaseError):
    """An answer after the survey closed."""


class NotAsked(TouchbaseError):
    """The person is of a side, but was not when the question was asked."""


class AnswersSealed(TouchbaseError):
    """The key is lost: answers can be neither told apart nor changed; those given count."""


class NoQuestion(TouchbaseError):
    """A question of one's own without words."""

    field = "question"  # where it is said in a form


class LongQuestion(TouchbaseError):
    """A question of more than ``WORDS_MOST`` characters."""

    field = "question"

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


class NobodyToAsk(TouchbaseError):
    """Neither side has a confirmed lead or member."""


class NotAskedNow(TouchbaseError):
    """Nothing may be posted in the channel now; ``reason`` says why."""

    def __init__(self, reason: Withheld) -> None:
        super().__init__(reason)
        self.reason = reason


@value
class Draft:
    """A question of somebody's own before it is posted.

    Attributes:
        id: Made beforehand, so that two presses post it once.
        words: As typed.
    """

    id: str
    partnership_id: str
    words: str


@value
class Survey:
    """One question to both sides.

    Attributes:
        occurrence_id: The turn of the weekly pulse; None: asked besides.
        words: Of a question of somebody's own; None for one of the rotation.
        asked: How many were asked, by side.
        answered: How many answered in all; None until counted.
        answered_by_side: Without sides of which fewer than three were asked; empty until counted.
        scores: How often each score was given, by side; only of what may be shown.
    """

    team_id: str
    id: str
    partnership_id: str
    occurrence_id: str | None
    question: Question
    words: str | None
    opened_at: datetime
    closes_at: datetime
    state: SurveyState
    asked: Mapping[Side, int]
    answered: int | None = None
    answered_by_side: Mapping[Side, int] = field(default_factory=dict)
    scores: Mapping[Side, Mapping[Score, int]] = field(default_factory=dict)

    @property
    def asked_in_all(self) -> int:
        return sum(self.asked.values())


@value
class Shown:
    """What is shown of a closed survey.

    Attributes:
        joint: Mean of both sides, for everybody; None when it is not shown.
        sides: Means by side, for the leads; a side that is not in it is not shown.
        apart: The two sides see it differently.
    """

    joint: float | None
    sides: Mapping[Side, float]
    apart: bool = False


Counts = Mapping[Side, Mapping[Score, int]]


def may_keep(counts: Counts) -> dict[Side, dict[Score, int]]:
    """The scores that may outlive the survey: those of sides with three answers and more."""
    return {
        side: {score: counts[side].get(score, 0) for score in SCORES}
        for side in SIDES
        if sum(counts.get(side, {}).values()) >= SHOWN_FROM
    }


def shown(counts: Counts) -> Shown:
    """What is shown, so that no score of a side below three can be worked out from all of it.

    The joint mean stands beside the means of the sides, so it is there only when both are.
    """
    kept = may_keep(counts)
    means: dict[Side, float] = {side: _mean(kept[side]) for side in kept}
    if len(means) < len(SIDES):
        return Shown(joint=None, sides=means)
    together: dict[Score, int] = {s: sum(kept[side][s] for side in SIDES) for s in SCORES}
    apart = abs(means["client"] - means["vendor"]) >= APART
    return Shown(joint=_mean(together), sides=means, apart=apart)


def next_question(asked_before: int) -> Question:
    """The question of the rotation after so many weekly ones."""
    return ROTATION[asked_before % len(ROTATION)]


def opens_at(partnership: Partnership, moment: datetime) -> datetime | None:
    """The first moment from ``moment`` on at which either side works; None: nobody ever does."""
    calendars = _calendars(partnership)
    if any(is_working(calendar, moment) for calendar in calendars):
        return moment
    coming = [next_working(calendar, moment) for calendar in calendars]
    return min((at for at in coming if at is not None), default=None)


def closes_at(partnership: Partnership, opened_at: datetime) -> datetime:
    """An hour before the end of each side's next shift, whichever is later; within five days.

    So both sides have a shift of their own to answer in, however late the survey opened.
    """
    ends = [_end_of_next_shift(calendar, opened_at) for calendar in _calendars(partnership)]
    latest = max((at for at in ends if at is not None), default=opened_at + _LONGEST)
    return min(max(latest, opened_at + _SHORTEST), opened_at + _LONGEST)


def _end_of_next_shift(calendar: Calendar, opened_at: datetime) -> datetime | None:
    shift = next_shift(calendar, opened_at + _FROM_THE_NEXT_SHIFT)
    return None if shift is None else shift.ends_at - _BEFORE_THE_SHIFT_ENDS


def _calendars(partnership: Partnership) -> tuple[Calendar, Calendar]:
    return partnership.client.calendar, partnership.vendor.calendar


def _mean(counts: Mapping[Score, int]) -> float:
    return sum(score * count for score, count in counts.items()) / sum(counts.values())
