"""Leads write down what both sides learned, for both sides, and take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data import Database, journal, lessons, outbox
from data.ids import new_id
from domain.lessons import Lessons, LessonsStand, WrittenMeanwhile, require_lessons
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.pulse import Survey, UnknownSurvey
from services.actors import Actor, Who
from services.deps import Deps
from services.pulse import actor_of_survey
from services.pulse_posts import post_key
from services.setups import actor_of
from views import lessons as views
from views.blocks import Drawn


def form_of(deps: Deps, who: Who, survey_id: str) -> dict[str, Any]:
    """The form, with what holds in it.

    Raises:
        NotAllowed: Leads of either side may; UnknownSurvey: It is no look back, or not closed.
    """
    actor, survey = _looked_back(deps, who, survey_id)
    known = lessons.of_survey(deps.store.reading(), survey.team_id, survey.id)
    return views.form(actor.partnership, survey, known, new_id())


def write_down(
    deps: Deps, who: Who, carried: Mapping[str, str], typed: tuple[str, ...], now: datetime
) -> None:
    """Keep what a lead wrote, and post it for both sides; once, however often it is sent.

    Args:
        carried: With the form: the survey, the id, what held when it was opened.

    Raises:
        NoLesson, LongLesson, WrittenMeanwhile; as `form_of`.
    """
    actor, survey = _looked_back(deps, who, carried["survey"])
    words = require_lessons(typed)
    made = _made(actor, survey, carried["id"], words, now)
    with deps.store.writing(survey.partnership_id) as db:
        if lessons.get(db, made.team_id, made.id) is not None:
            return
        holding = lessons.of_survey(db, made.team_id, survey.id)
        if carried["known"] != ("" if holding is None else holding.id):
            raise WrittenMeanwhile
        lessons.insert(db, made)
        _note(db, made, "lessons_written", actor, now)
        message = Message(
            kind="post",
            place=actor.partnership.channel,
            payload=views.posted(actor.partnership, made).payload,
            audience="both",
            needs="agreed",
            thread_of=post_key(survey),
        )
        outbox.put(db, made.team_id, made.partnership_id, _key(made), message, now=now)


def undo(deps: Deps, who: Who, lessons_id: str, now: datetime) -> Drawn:
    """Take back what was written down, for a day; what was before it holds again.

    Raises:
        UnknownSurvey: There is no such thing; NotAllowed; LessonsStand.
    """
    named = lessons.get(deps.store.reading(), who.team_id, lessons_id)
    if named is None:
        raise UnknownSurvey
    actor = actor_of(deps, who, named.partnership_id)
    actor.require("lessons.write")
    with deps.store.writing(named.partnership_id) as db:
        found = lessons.get(db, who.team_id, lessons_id)
        assert found is not None  # none is ever deleted
        if found.undone_at is not None:
            return views.taken_back()
        if not found.may_be_undone(now) or found != lessons.of_survey(
            db, found.team_id, found.survey_id
        ):
            raise LessonsStand
        lessons.undo(db, found, now)
        _note(db, found, "lessons_undone", actor, now)
        _redraw(db, actor.partnership, found, now)
        return views.taken_back()


def _looked_back(deps: Deps, who: Who, survey_id: str) -> tuple[Actor, Survey]:
    actor, survey = actor_of_survey(deps, who, survey_id)
    actor.require("lessons.write")
    if not survey.looks_back or survey.state != "closed":
        raise UnknownSurvey
    return actor, survey


def _made(
    actor: Actor, survey: Survey, lessons_id: str, words: tuple[str, ...], now: datetime
) -> Lessons:
    side = actor.standings.side
    assert side is not None  # who leads is of a side
    return Lessons(
        team_id=survey.team_id,
        id=lessons_id,
        partnership_id=survey.partnership_id,
        survey_id=survey.id,
        words=words,
        written_by=actor.person.id,
        side=side,
        written_at=now,
    )


def _redraw(db: Database, partnership: Partnership, found: Lessons, now: datetime) -> None:
    undone = lessons.get(db, found.team_id, found.id)
    assert undone is not None  # read in the same transaction
    payload = views.posted(partnership, undone).payload
    outbox.redraw(db, found.team_id, partnership.id, _key(found), payload, now=now)


def _key(found: Lessons) -> str:
    return f"lessons/{found.id}"


def _note(db: Database, found: Lessons, verb: str, actor: Actor, now: datetime) -> None:
    journal.record(
        db,
        found.team_id,
        found.partnership_id,
        verb,
        "survey",
        found.survey_id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
    )
