"""Answers to a survey: the press, the form of what else is asked, and each changed until it ends.

Nothing of an answer reaches the journal, the inbox, the log or the outbox, where the presser is
told only that an answer is in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import Database, outbox, pulse, pulse_replies
from data.ids import new_id
from data.keys import answerer
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse import AnswersSealed, NotAsked, Survey, SurveyClosed, UnknownSurvey
from domain.pulse_questions import FIRST, LOW, SurveyQuestion, asked_after
from services import pulse_posts
from services.actors import Actor, Who
from services.deps import Deps
from services.pulse import actor_of_survey
from views import pulse as views
from views import pulse_answers as forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of a form.

    Attributes:
        errors: A sentence for each field that needs a change; nothing is kept then.
        form: What is asked next, in the place of the form; None: nothing.
    """

    errors: Mapping[str, str]
    form: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answerer:
    """Somebody who was asked, and what ties them to their answers while the survey runs."""

    survey: Survey
    side: Side
    person_id: str
    key: bytes

    def named(self, question: SurveyQuestion) -> str:
        return answerer(self.key, self.person_id, question.position)


def press(  # noqa: PLR0913  # the press: who, what, which, when, and where it is answered
    deps: Deps,
    who: Who,
    survey_id: str,
    answer: str,
    now: datetime,
    *,
    answer_url: str | None = None,
) -> dict[str, Any] | None:
    """Keep somebody's answer to the first question, or put it in the place of the one before.

    Args:
        answer_url: Of the press.

    Returns:
        The form of what else is asked of them; None: nothing.

    Raises:
        NotAllowed, UnknownSurvey, SurveyClosed; NotAsked: The person was not when it was posted;
        AnswersSealed: The key is lost.
    """
    actor, named = _actor(deps, who, survey_id)
    key = pulse_posts.ring(deps).read(named.id)
    with deps.store.writing(named.partnership_id) as db:
        asked = _asked(db, actor, named, key, now)
        if answer not in asked.survey.first.offered:
            raise UnknownSurvey
        _keep(db, asked, {FIRST: answer})
        pulse_posts.redraw(db, actor.partnership, asked.survey, now)
        if answer_url is not None:
            _say_kept(db, actor.partnership, asked.survey, answer_url, now)
        return _rest(db, actor.partnership, asked, answer)


def form_of(deps: Deps, who: Who, survey_id: str, now: datetime) -> dict[str, Any]:
    """All that is asked, filled in with what the person answered before. Raises as `press`."""
    actor, named = _actor(deps, who, survey_id)
    key = pulse_posts.ring(deps).read(named.id)
    db = deps.store.reading()
    asked = _asked(db, actor, named, key, now)
    known = _known(db, asked)
    questions = (asked.survey.first, *asked_after(asked.survey.questions, known.get(FIRST)))
    return forms.answer_form(actor.partnership, asked.survey, questions, known)


def submit(
    deps: Deps, who: Who, survey_id: str, values: Mapping[str, object], now: datetime
) -> Kept:
    """Keep what stands in the form; what was emptied is taken back.

    Args:
        values: By field. A question that the form did not show is left as it is.

    Raises:
        As `press`.
    """
    actor, named = _actor(deps, who, survey_id)
    key = pulse_posts.ring(deps).read(named.id)
    with deps.store.writing(named.partnership_id) as db:
        asked = _asked(db, actor, named, key, now)
        typed = forms.read_answers(asked.survey.questions, values)
        if typed.errors:
            return Kept(errors=typed.errors)
        if FIRST not in typed.answers and FIRST not in _known(db, asked):
            raise UnknownSurvey
        _keep(db, asked, typed.answers)
        pulse_posts.redraw(db, actor.partnership, asked.survey, now)
        return Kept(errors={}, form=_follow_up(db, actor.partnership, asked, typed.answers))


def _actor(deps: Deps, who: Who, survey_id: str) -> tuple[Actor, Survey]:
    actor, named = actor_of_survey(deps, who, survey_id)
    actor.require("pulse.answer")
    return actor, named


def _asked(
    db: Database, actor: Actor, named: Survey, key: bytes | None, now: datetime
) -> _Answerer:
    survey = pulse.get(db, named.team_id, named.id)
    if survey is None or not survey.takes_answers(now):
        raise SurveyClosed
    side = pulse.side_asked(db, survey, actor.person.id)
    if side is None:
        raise NotAsked
    if key is None:
        raise AnswersSealed
    return _Answerer(survey=survey, side=side, person_id=actor.person.id, key=key)


def _keep(db: Database, asked: _Answerer, answers: Mapping[int, str]) -> None:
    """Store answers by position; an empty one takes back what was answered before."""
    for question in asked.survey.questions:
        answer = answers.get(question.position)
        if answer:
            named = (question, asked.named(question))
            pulse_replies.put(db, asked.survey, named, asked.side, answer)
        elif answer is not None or _is_settled(question, answers):
            pulse_replies.remove(db, asked.survey, question, asked.named(question))


def _is_settled(question: SurveyQuestion, answers: Mapping[int, str]) -> bool:
    """Whether it is a follow-up to an answer that is not low any more."""
    return question.code == "help" and FIRST in answers and answers[FIRST] not in LOW


def _known(db: Database, asked: _Answerer) -> dict[int, str]:
    given = {
        one.position: pulse_replies.given(db, asked.survey, one, asked.named(one))
        for one in asked.survey.questions
    }
    return {position: answer for position, answer in given.items() if answer is not None}


def _rest(
    db: Database, partnership: Partnership, asked: _Answerer, pressed: str
) -> dict[str, Any] | None:
    questions = asked_after(asked.survey.questions, pressed)
    if not questions:
        return None
    return forms.answer_form(partnership, asked.survey, questions, _known(db, asked))


def _follow_up(
    db: Database, partnership: Partnership, asked: _Answerer, answers: Mapping[int, str]
) -> dict[str, Any] | None:
    """What is asked after a low answer that was given in the form itself."""
    questions = asked_after(asked.survey.questions, answers.get(FIRST))
    unseen = [one for one in questions if one.code == "help" and one.position not in answers]
    if not unseen:
        return None
    return forms.answer_form(partnership, asked.survey, unseen, _known(db, asked))


def _say_kept(
    db: Database, partnership: Partnership, survey: Survey, url: str, now: datetime
) -> None:
    """Beside the question, for its presser; the row names neither the person nor the answer."""
    how = {"response_type": "ephemeral", "replace_original": False}
    message = Message(
        kind="respond",
        place=url,
        payload=views.kept(partnership, survey).payload | how,
        audience="person",
        needs="nothing",
        urgent=True,
    )
    key = f"pulse-kept/{survey.id}/{new_id()}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
