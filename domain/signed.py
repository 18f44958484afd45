"""A survey that the leads of both sides answer openly: who is asked, who reads it when; no words.

A side of one or two cannot be asked without names; and some questions are for leads alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.people import SIDES, Member, Side
from domain.pulse_plans import PulsePlan
from domain.pulse_questions import FIRST, SurveyQuestion
from domain.pulse_results import SHOWN_FROM
from domain.values import value

Purpose = Literal["weekly", "quarterly"]

QUARTERLY: Final = (
    SurveyQuestion(position=FIRST, code="trust"),
    SurveyQuestion(position=2, code="fairness"),
    SurveyQuestion(position=3, code="renew", kind="yes_no"),
)
# A quarter, so that it falls on the same weekday again.
QUARTER: Final = timedelta(weeks=13)


class NotSigned(TouchbaseError):
    """No such survey, or the person is not one of the leads who were asked."""


class SignedOver(TouchbaseError):
    """It is closed: what was answered has been read by the others."""


class SignedYet(TouchbaseError):
    """The answers are not shown before both sides have answered."""


@value
class SignedAnswer:
    """What one lead answered to one question; ``name`` as shown in Slack, may be empty."""

    person_id: str
    name: str
    side: Side
    position: int
    answer: str


@value
class SignedSurvey:
    """One survey of the leads.

    Attributes:
        asked: The side of each lead who was asked, by the person's id, as it was at the opening.
        closed_at: None while it can be answered.
    """

    team_id: str
    id: str
    partnership_id: str
    purpose: Purpose
    questions: tuple[SurveyQuestion, ...]
    opened_at: datetime
    closes_at: datetime
    asked: Mapping[str, Side]
    answers: tuple[SignedAnswer, ...] = field(default=())
    closed_at: datetime | None = None

    def takes_answers(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.closes_at

    def has_answered(self, person_id: str) -> bool:
        return any(one.person_id == person_id for one in self.answers)

    @property
    def is_complete(self) -> bool:
        """Whether all who were asked have answered: then nobody is waited for."""
        return all(self.has_answered(person_id) for person_id in self.asked)

    @property
    def answered_sides(self) -> frozenset[Side]:
        return frozenset(one.side for one in self.answers)

    @property
    def may_be_read(self) -> bool:
        """Each side reads the other's once it is closed and both have answered."""
        return self.closed_at is not None and len(self.answered_sides) == len(SIDES)


def leads_asked(members: Iterable[Member]) -> dict[str, Side]:
    """The leads of both sides with their side; nobody where one side has none."""
    asked = {one.person.id: one.side for one in members if one.is_lead and one.side is not None}
    return asked if len(set(asked.values())) == len(SIDES) else {}


def is_signed(plan: PulsePlan, asked: Mapping[Side, int]) -> bool:
    """Whether the leads answer openly this week: agreed on, and a side is of one or two."""
    return plan.is_signed and any(asked[side] < SHOWN_FROM for side in SIDES)


def is_quarter(plan: PulsePlan, last_at: datetime | None, now: datetime) -> bool:
    """Whether the leads are asked about the partnership itself; ``last_at`` None: never yet."""
    # Some hours less, because a turn may have been late.
    due_from = timedelta(days=QUARTER.days - 1)
    return plan.is_quarterly and (last_at is None or now - last_at >= due_from)
