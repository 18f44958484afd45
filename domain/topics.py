"""What is talked about regularly: codes or typed words, how often, for whom, and what is due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.cadences import UNDO_FOR
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import Side
from domain.templates import STARTS
from domain.values import value

TopicAudience = Literal["both", "leads"]
Outcome = Literal["decided", "parked", "not_reached"]
ItemKind = Literal["topic", "point"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("decided", "parked", "not_reached")
# A topic that was put aside on purpose was talked about; one that nobody came to was not.
COVERING: Final[frozenset[Outcome]] = frozenset({"decided", "parked"})
# Where both sides can say beforehand that there is nothing to say.
CHANGES: Final = "changes"
CRITICAL: Final[tuple[str, ...]] = (
    "performance",
    CHANGES,
    "risks",
    "people",
    "money",
    "customers",
)
FOR_LEADS: Final = frozenset({"people", "money"})
_CRITICAL_WEEKS: Final = 4
_PEOPLE_WEEKS: Final = 8
_EACH_WEEK: Final = 1
# A turn that is moved some days ahead is still the one of its week.
EARLY: Final = timedelta(days=3)

WEEKS_MOST: Final = 52
WORDS_MOST: Final = 100
TOPICS_MOST: Final = 30


class UnknownTopic(TouchbaseError):
    """A button or form names a topic that is not there any more."""


class NamelessTopic(TouchbaseError):
    """A topic without words."""

    field = "words"


class TooManyTopics(TouchbaseError):
    """More topics than anybody talks about."""


class NoSuchRhythm(TouchbaseError):
    """Not a whole number of weeks that makes sense."""

    field = "every"


class TopicChangedSince(TouchbaseError):
    """What would be taken back has been changed again since."""


class TopicChangedLongAgo(TouchbaseError):
    """A change of a topic that is too old to be taken back."""


@value
class Topic:
    """Something that is to be talked about at least every so many weeks.

    Attributes:
        code: Of one that came with the template; None: somebody typed it.
        words: As typed; None: those of its code.
        audience: ``leads``: nothing of it but that it exists is for anybody else.
        made_at: Since when it counts.
        retired_at: From when on it does not count any more; None: it does.
    """

    id: str
    code: str | None
    words: str | None
    every_weeks: int
    audience: TopicAudience
    position: int
    made_at: datetime
    retired_at: datetime | None = None

    @property
    def is_critical(self) -> bool:
        """Whether it is noticed when nobody talks about it; the usual round of a review is not."""
        return self.code is None or self.code in CRITICAL

    def counts_at(self, moment: datetime) -> bool:
        return self.made_at <= moment and (self.retired_at is None or moment < self.retired_at)

    def due_from(self, covered_at: datetime | None) -> datetime:
        """From when on it is due again; what was never talked about is due from the start."""
        if covered_at is None:
            return self.made_at
        return covered_at + timedelta(weeks=self.every_weeks)


@value
class Coverage:
    """When a topic was talked about last.

    Attributes:
        covered_at: None: never.
        counted_from: Since when it could have been.
    """

    topic: Topic
    covered_at: datetime | None
    counted_from: datetime

    @property
    def late_from(self) -> datetime:
        """From when on it was not talked about for as many weeks as it should be."""
        since = self.counted_from if self.covered_at is None else self.covered_at
        return since + timedelta(weeks=self.topic.every_weeks)


@value
class TopicForm:
    """What the form of a topic was answered with.

    Attributes:
        audience: None: it was not asked, and stays.
    """

    words: str
    every_weeks: int
    audience: TopicAudience | None = None


@value
class TopicChange:
    """What a lead did to a topic.

    Attributes:
        before: None: it is new.
        undone_at: None: it holds.
    """

    id: str
    partnership_id: str
    side: Side
    person_id: str
    before: Topic | None
    after: Topic
    made_at: datetime
    undone_at: datetime | None = None


@value
class AskedItem:
    """A topic or point about which it is asked afterwards what became of it.

    Attributes:
        words: As typed, or those of a code; not made harmless.
        side: Who added a point; None for a topic.
        outcome: What was said of it so far; None: nothing.
    """

    kind: ItemKind
    id: str
    words: str
    side: Side | None = None
    for_leads: bool = False
    outcome: Outcome | None = None


@value
class ItemOutcome:
    """What became of a topic or point at a turn."""

    kind: ItemKind
    id: str
    outcome: Outcome


def default_topics(partnership: Partnership) -> list[Topic]:
    """What a kind of partnership starts with: its usual round, then what is critical anywhere."""
    usual = STARTS[partnership.template].topics
    if not usual:
        return []
    codes = [*(code for code in usual if code not in CRITICAL), *CRITICAL]
    return [
        Topic(
            id=f"{code}-{partnership.id}",
            code=code,
            words=None,
            every_weeks=_weeks_of(code),
            audience="leads" if code in FOR_LEADS else "both",
            position=position,
            made_at=partnership.created_at,
        )
        for position, code in enumerate(codes)
    ]


def with_defaults(partnership: Partnership, stored: Sequence[Topic]) -> list[Topic]:
    """All topics, also retired ones, in order; of what was changed its stored form."""
    known = {one.id: one for one in stored}
    every = {one.id: one for one in default_topics(partnership)} | known
    return sorted(every.values(), key=lambda one: (one.position, one.made_at, one.id))


def due_topics(
    every: Iterable[Topic], covered: Mapping[str, datetime], turn_at: datetime
) -> list[Topic]:
    """The topics that are due at a turn, in order.

    Args:
        covered: When each was talked about last before the turn, by id.
        turn_at: When the turn starts.
    """
    return [
        one
        for one in every
        if one.counts_at(turn_at) and one.due_from(covered.get(one.id)) <= turn_at + EARLY
    ]


def for_reader(every: Iterable[Topic], *, is_lead: bool) -> list[Topic]:
    """What a reader may see of some topics; the channel is nobody's lead."""
    return [one for one in every if is_lead or one.audience == "both"]


def checked_form(form: TopicForm) -> TopicForm:
    """The same without spaces around the words.

    Raises:
        NamelessTopic, NoSuchRhythm.
    """
    words = " ".join(form.words.split())[:WORDS_MOST]
    if not words:
        raise NamelessTopic
    if not 1 <= form.every_weeks <= WEEKS_MOST:
        raise NoSuchRhythm
    return TopicForm(words=words, every_weeks=form.every_weeks, audience=form.audience)


def require_undoable(change: TopicChange, current: Topic, now: datetime) -> None:
    """Let through that a change is taken back within a day.

    Raises:
        TopicChangedLongAgo, TopicChangedSince.
    """
    if now >= change.made_at + UNDO_FOR:
        raise TopicChangedLongAgo
    if current != change.after:
        raise TopicChangedSince


def _weeks_of(code: str) -> int:
    if code not in CRITICAL:
        return _EACH_WEEK
    return _PEOPLE_WEEKS if code == "people" else _CRITICAL_WEEKS
