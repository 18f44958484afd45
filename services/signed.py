"""Surveys that the leads of both sides answer openly: opened, answered, closed, read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from data import Database, journal, partnerships, signed, wakes
from data.ids import new_id
from data.wakes import Wake
from domain.calendars import next_shift
from domain.partnerships import Partnership
from domain.people import Member
from domain.pulse import closes_at
from domain.pulse_questions import SurveyQuestion
from domain.signed import NotSigned, Purpose, SignedOver, SignedSurvey, SignedYet, leads_asked
from services.actors import Actor, Who
from services.daily_wakes import WAKE, touch
from services.deps import Deps
from services.replies import reply
from services.setups import actor_of
from views import signed as views

KIND: Final = "signed"
"""The kind of the wake at which one closes; its subject is the survey."""


def begin(
    db: Database,
    partnership: Partnership,
    members: list[Member],
    asks: tuple[Purpose, tuple[SurveyQuestion, ...]],
    now: datetime,
) -> bool:
    """Ask the leads of both sides; False where a side has none."""
    asked = leads_asked(members)
    if not asked:
        return False
    survey = SignedSurvey(
        team_id=partnership.team_id,
        id=new_id(),
        partnership_id=partnership.id,
        purpose=asks[0],
        questions=asks[1],
        opened_at=now,
        closes_at=closes_at(partnership, now),
        asked=asked,
    )
    signed.insert(db, survey)
    _note(db, survey, "signed_opened", now)
    team_id = partnership.team_id
    wakes.set_wake(db, team_id, KIND, survey.id, partnership.id, survey.closes_at)
    for member in members:
        if member.person.id in asked:
            touch(db, team_id, member.person.id, now)
            coming = next_shift(member.calendar, now)
            if coming is not None:
                wakes.wake_by(db, team_id, WAKE, member.person.id, None, coming.starts_at)
    return True


def waiting_for(
    db: Database, partnership: Partnership, person_id: str, now: datetime
) -> SignedSurvey | None:
    """The oldest one that a lead has not answered and still can."""
    running = signed.running_of(db, partnership, person_id)
    return next(
        (one for one in running if one.takes_answers(now) and not one.has_answered(person_id)),
        None,
    )


def form_waiting(
    deps: Deps, actor: Actor, now: datetime
) -> tuple[SignedSurvey, dict[str, Any]] | None:
    """What a lead has yet to answer, and its form; None: nothing."""
    survey = waiting_for(deps.store.reading(), actor.partnership, actor.person.id, now)
    return None if survey is None else (survey, views.form(actor.partnership, survey, {}))


def form_of(deps: Deps, who: Who, survey_id: str, now: datetime) -> dict[str, Any]:
    """The form, filled in with what the lead answered before.

    Raises:
        NotSigned, SignedOver, NotAllowed.
    """
    actor, survey = _actor_of(deps, who, survey_id)
    _require_open(survey, actor, now)
    known = {one.position: one.answer for one in survey.answers if one.person_id == actor.person.id}
    return views.form(actor.partnership, survey, known)


def answer(
    deps: Deps, who: Who, survey_id: str, values: Mapping[str, object], now: datetime
) -> Mapping[str, str]:
    """Keep what a lead answered; once all have, it is closed.

    Args:
        values: Of the form, by field.

    Returns:
        A sentence for each field that needs a change; nothing is kept then.

    Raises:
        As `form_of`.
    """
    actor, named = _actor_of(deps, who, survey_id)
    answers, errors = views.read(named.questions, values)
    if errors:
        return errors
    with deps.store.writing(named.partnership_id) as db:
        survey = signed.get(db, named.team_id, named.id)
        if survey is None:
            raise NotSigned
        _require_open(survey, actor, now)
        signed.answer(db, survey, actor.person.id, answers)
        current = signed.get(db, named.team_id, named.id)
        assert current is not None  # read in the same transaction
        touch(db, named.team_id, actor.person.id, now)
        if current.is_complete:
            _close(db, actor.partnership, current, now)
    return {}


def read_of(deps: Deps, who: Who, survey_id: str) -> dict[str, Any]:
    """All answers, for the leads.

    Raises:
        NotSigned, NotAllowed; SignedYet: Not both sides have answered.
    """
    actor, survey = _actor_of(deps, who, survey_id)
    if not survey.may_be_read:
        raise SignedYet
    return views.read_view(actor.partnership, survey)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Close one when its time has come."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        survey = signed.get(db, wake.team_id, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        if survey is None or partnership is None or survey.closed_at is not None:
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        elif now < survey.closes_at:
            wakes.set_wake(db, wake.team_id, wake.kind, survey.id, partnership.id, survey.closes_at)
        else:
            _close(db, partnership, survey, now)


def _close(db: Database, partnership: Partnership, survey: SignedSurvey, now: datetime) -> None:
    wakes.clear_wake(db, survey.team_id, KIND, survey.id)
    if not signed.close(db, survey, now):
        return
    closed = signed.get(db, survey.team_id, survey.id)
    assert closed is not None  # read in the same transaction
    _note(db, survey, "signed_closed", now)
    if closed.may_be_read:
        key = f"signed-thanks/{survey.id}"
        reply(db, partnership, key, views.thanks(), now, worth_until=None)
    for person_id in closed.asked:
        touch(db, survey.team_id, person_id, now)


def _actor_of(deps: Deps, who: Who, survey_id: str) -> tuple[Actor, SignedSurvey]:
    survey = signed.get(deps.store.reading(), who.team_id, survey_id)
    if survey is None:
        raise NotSigned
    actor = actor_of(deps, who, survey.partnership_id)
    actor.require("signed.answer")
    return actor, survey


def _require_open(survey: SignedSurvey, actor: Actor, now: datetime) -> None:
    if actor.person.id not in survey.asked:
        raise NotSigned
    if not survey.takes_answers(now):
        raise SignedOver


def _note(db: Database, survey: SignedSurvey, verb: str, now: datetime) -> None:
    journal.record(
        db,
        survey.team_id,
        survey.partnership_id,
        verb,
        "signed_survey",
        survey.id,
        by=None,
        side=None,
        now=now,
    )
