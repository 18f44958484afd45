"""A pulse survey: who is asked until when, and what may be shown of its answers; no words."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.calendars import Calendar, is_working, next_shift, next_working
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.pulse_questions import (
    FIRST,
    OVERALL,
    OwnQuestion,
    SurveyQuestion,
    looking_back,
    of_ones_own,
)
from domain.pulse_results import COMMENTS_FROM, SHOWN_FROM, Counts, Group, kept
from domain.values import value
from domain.visibility import Withheld

SurveyState = Literal["open", "counted", "closed"]
Score = Literal[1, 2, 3, 4, 5]

SCORES: Final[tuple[Score, ...]] = (1, 2, 3, 4, 5)
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


class NoPress(TouchbaseError):
    """The first question of a survey is answered by a press, and so not in words."""

    field = "answers"


class LongQuestion(TouchbaseError):
    """A question of more than ``WORDS_MOST`` characters.

    Attributes:
        field: Where it stands in a form.
    """

    def __init__(self, length: int, field: str = "question") -> None:
        super().__init__(length)
        self.length = length
        self.field = field


class NobodyToAsk(TouchbaseError):
    """Neither side has a confirmed lead or member."""


class LooksBackNow(TouchbaseError):
    """A second retrospective while one is open."""


class NotAskedNow(TouchbaseError):
    """Nothing may be posted in the channel now; ``reason`` says why."""

    def __init__(self, reason: Withheld) -> None:
        super().__init__(reason)
        self.reason = reason


@value
class Draft:
    """What somebody asks, before it is posted.

    Attributes:
        id: Made beforehand, so that two presses post it once.
        questions: Their own, as typed; none of them yet in a fresh form.
        looks_back: It is a retrospective, which asks ours instead.
    """

    id: str
    partnership_id: str
    questions: tuple[OwnQuestion, ...] = ()
    looks_back: bool = False

    @property
    def asks(self) -> tuple[SurveyQuestion, ...]:
        """The questions as a survey has them.

        Raises:
            As `require_questions`.
        """
        if self.looks_back:
            return looking_back()
        require_questions(self.questions)
        return of_ones_own(self.questions)


@value
class Tally:
    """What outlives the survey of the answers to one question.

    Attributes:
        counts: How often each answer was given, also those that nobody gave; by side, only where
            it may be shown, and for both together only where neither side may.
        comments: Sorted by what they say; of sides with five answers and more, in a retrospective
            of both together where neither side has them.
    """

    counts: Mapping[Group, Counts] = field(default_factory=dict)
    comments: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)


@value
class Survey:
    """One to three questions to both sides, and perhaps a follow-up.

    Attributes:
        occurrence_id: The turn of the weekly pulse; None: asked besides.
        questions: In order; the first is answered by a press.
        asked: How many were asked, by side.
        answered: How many answered the first question, without which nobody answers another. None
            until counted, and where it would tell how many of a side of one or two did.
        answered_by_side: Without sides of which fewer than three were asked; empty until counted.
        results: By the question's position; empty until counted.
    """

    team_id: str
    id: str
    partnership_id: str
    occurrence_id: str | None
    questions: tuple[SurveyQuestion, ...]
    opened_at: datetime
    closes_at: datetime
    state: SurveyState
    asked: Mapping[Side, int]
    answered: int | None = None
    answered_by_side: Mapping[Side, int] = field(default_factory=dict)
    results: Mapping[int, Tally] = field(default_factory=dict)

    @property
    def first(self) -> SurveyQuestion:
        return self.questions[0]

    @property
    def told(self) -> Tally:
        """What is kept of the answers to the first question."""
        return self.results.get(FIRST, Tally())

    @property
    def looks_back(self) -> bool:
        """Whether it is a joint retrospective."""
        return self.first.code == OVERALL

    @property
    def joins_comments(self) -> bool:
        """Whether what both sides wrote may be kept together, where neither has enough alone.

        In a retrospective only, where it would not tell how many of a small side wrote.
        """
        return self.looks_back and not self.hides_a_count

    @property
    def may_show_comments(self) -> bool:
        """Whether enough are asked for anything that is written to be shown."""
        most = self.asked_in_all if self.joins_comments else max(self.asked.values())
        return most >= COMMENTS_FROM

    def takes_answers(self, now: datetime) -> bool:
        return self.state == "open" and now < self.closes_at

    @property
    def has_answers(self) -> bool:
        """Whether anybody answered, as far as that may be told."""
        return self.answered != 0

    @property
    def asked_in_all(self) -> int:
        return sum(self.asked.values())

    @property
    def counted_sides(self) -> tuple[Side, ...]:
        """The sides of which may be told how many answered."""
        return tuple(side for side in SIDES if self.asked[side] >= SHOWN_FROM)

    @property
    def hides_a_count(self) -> bool:
        """Whether a number of all answers would tell how many of a small side answered."""
        return any(0 < self.asked[side] < SHOWN_FROM for side in SIDES)

    def may_count(self, side: Side, answered: int) -> bool:
        """Whether it may be told that so many of a side answered.

        Beside a side of one or two only from three on: whoever knew of fewer could tell that
        side's by whether both together are shown.
        """
        least = SHOWN_FROM if self.hides_a_count else 0
        return side in self.counted_sides and answered >= least


@value
class Running:
    """All answers to one question of a survey that closes.

    Attributes:
        counts: By side how often each was given; of words that were typed how many there are,
            under their own name for it: the empty answer.
        words: By side what was typed, in any order.
    """

    question: SurveyQuestion
    counts: Mapping[Side, Counts]
    words: Mapping[Side, Sequence[str]] = field(default_factory=dict)


def may_keep(
    running: Running, beneath: Running | None = None, *, joins_comments: bool = False
) -> Tally:
    """What may outlive the survey of the answers to one question.

    Counts of sides with three answers and more; where neither has, of both together if those are
    three. Comments of sides with five.

    Args:
        beneath: The question on which a follow-up follows: comments on it are as many as that one
            has answers.
        joins_comments: Where neither side has five comments, those of both together if they are.
    """
    if running.question.kind != "text":
        return Tally(counts=kept(_with_zeroes(running)))
    group = running.counts if beneath is None else beneath.counts
    by_side: dict[Group, tuple[str, ...]] = {
        side: tuple(sorted(running.words.get(side, ())))
        for side in SIDES
        if sum(group.get(side, {}).values()) >= COMMENTS_FROM
    }
    together = tuple(sorted(said for side in SIDES for said in running.words.get(side, ())))
    if joins_comments and not by_side and len(together) >= COMMENTS_FROM:
        return Tally(comments={"both": together})
    return Tally(comments=by_side)


def _with_zeroes(running: Running) -> dict[Side, dict[str, int]]:
    none = dict.fromkeys(running.question.offered, 0)
    return {side: none | dict(running.counts.get(side, {})) for side in SIDES}


def require_questions(typed: Sequence[OwnQuestion]) -> None:
    """Let through questions of somebody's own that can be asked.

    Raises:
        NoQuestion: The first has no words. LongQuestion. NoPress: Its answer has to be typed.
    """
    if not typed or not typed[0].words.strip():
        raise NoQuestion
    if typed[0].kind == "text":
        raise NoPress
    for position, one in enumerate(typed, start=FIRST):
        if len(one.words) > WORDS_MOST:
            raise LongQuestion(len(one.words), own_field(position))


def own_field(position: int) -> str:
    """The name of a question of one's own in the form in which it is typed."""
    return "question" if position == FIRST else f"question_{position}"


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
