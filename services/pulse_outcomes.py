"""What came of surveys, read with the weeks before them."""

from datetime import timedelta
from typing import Final

from data import Database, pulse
from domain.partnerships import Partnership
from domain.pulse import Survey
from domain.pulse_outcomes import Outcome, outcome
from domain.pulse_trends import WEEKS

_SPAN: Final = timedelta(weeks=WEEKS)


def outcome_of(db: Database, partnership: Partnership, survey: Survey) -> Outcome:
    """What came of a closed survey."""
    before = pulse.closed_between(db, partnership, survey.closes_at - _SPAN, survey.closes_at)
    return outcome(partnership, survey, [one for one in before if one.id != survey.id])


def newest(db: Database, partnership: Partnership, *, is_told: bool) -> Outcome | None:
    """Of the newest survey that closed; ``is_told``: of those that the channel has read."""
    survey = pulse.newest_closed(db, partnership, is_told=is_told)
    return None if survey is None else outcome_of(db, partnership, survey)
