"""What came of a survey goes onto the next agenda: by one press, once."""

from datetime import datetime

from domain.checkin_moves import NoSuchCheckIn
from domain.checkins import NewPoint
from domain.pulse import UnknownSurvey
from services import checkins
from services.actors import Who
from services.checkin_points import next_with_agenda
from services.checkins import check_in_in
from services.deps import Deps
from services.pulse import actor_of_survey
from services.pulse_outcomes import outcome_of
from views.agenda import point_added
from views.blocks import Drawn
from views.pulse_results import talk_words


def add(deps: Deps, who: Who, survey_id: str, now: datetime) -> Drawn:
    """Put what is worth a talk on the agenda of the next check-in.

    Raises:
        NotAllowed; UnknownSurvey: There is nothing to talk about; NoSuchCheckIn: None is planned.
    """
    actor, survey = actor_of_survey(deps, who, survey_id)
    actor.require("checkin.agenda")
    db = deps.store.reading()
    talk = outcome_of(db, actor.partnership, survey).talk
    if talk is None:
        raise UnknownSurvey
    turn = next_with_agenda(db, actor.partnership, now)
    if turn is None:
        raise NoSuchCheckIn("")
    words = talk_words(survey, talk.position)
    checkins.add_point(deps, who, turn.id, NewPoint(id=f"pulse-{survey.id}", words=words), now)
    return point_added(check_in_in(deps.store.reading(), turn), words)
