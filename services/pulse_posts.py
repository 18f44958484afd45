"""A survey begins and is told of: who is asked, its key, its post, its results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from data import Database, channels, journal, outbox, people, pulse, pulse_replies, wakes
from data.keys import KeyRing
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.people import SIDES, Member
from domain.pulse import Survey, closes_at
from domain.pulse_questions import SurveyQuestion
from domain.visibility import Withheld, shared_channel, withheld
from services.deps import Deps
from views import pulse as views
from views.blocks import Drawn

CLOSING: Final = "survey"
"""The kind of the wake at which a survey closes; its subject is the survey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSurvey:
    """A survey to begin.

    Attributes:
        occurrence_id: Its turn; None when somebody asks besides.
        by: The person who asks; None: time does.
    """

    id: str
    questions: tuple[SurveyQuestion, ...]
    occurrence_id: str | None = None
    by: str | None = None


def ring(deps: Deps) -> KeyRing:
    return KeyRing.beside(deps.store.path)


def post_key(survey: Survey) -> str:
    """Key of the question's post, under which its result stands."""
    return f"pulse/{survey.id}"


def why_not(db: Database, partnership: Partnership, now: datetime) -> Withheld | None:
    """Why nothing may be asked in the channel now, or None."""
    teams = channels.organisations(db, partnership.team_id, partnership.channel)
    return withheld(partnership, "agreed", shared_channel(partnership, teams), now)


def drawn_up(
    partnership: Partnership, members: Sequence[Member], new: NewSurvey, now: datetime
) -> Survey:
    """The survey as it would be, opened now."""
    return Survey(
        team_id=partnership.team_id,
        id=new.id,
        partnership_id=partnership.id,
        occurrence_id=new.occurrence_id,
        questions=new.questions,
        opened_at=now,
        closes_at=closes_at(partnership, now),
        state="open",
        asked={side: sum(m.side == side for m in members) for side in SIDES},
    )


def open_survey(
    db: Database, keys: KeyRing, partnership: Partnership, new: NewSurvey, now: datetime
) -> bool:
    """Ask the confirmed leads and members of both sides; False when it was asked before."""
    members = people.active_members(db, partnership)
    survey = drawn_up(partnership, members, new, now)
    roster = [(m.person.id, m.side) for m in members if m.side is not None]
    if not pulse.insert(db, survey, roster, new.by):
        return False
    # In the transaction, so that no key of a survey that is just beginning is swept away.
    keys.create(survey.id)
    _note(db, survey, "survey_opened", now, by=new.by)
    question = _for_everybody(partnership, views.question(partnership, survey, None))
    post = replace(question, asker=new.by, worth_until=survey.closes_at)
    outbox.put(db, survey.team_id, partnership.id, post_key(survey), post, now=now)
    # At once, because whoever is asked has to be expected first; then when it closes.
    wakes.set_wake(db, survey.team_id, CLOSING, survey.id, partnership.id, now)
    return True


def redraw(
    db: Database,
    partnership: Partnership,
    survey: Survey,
    now: datetime,
    *,
    tells_at: datetime | None = None,
) -> None:
    """Bring the question's post to its newest state.

    Args:
        tells_at: When everybody reads what came of it; None: they can, or nothing came.
    """
    payload = _drawn(db, partnership, survey, tells_at).payload
    outbox.redraw(db, survey.team_id, partnership.id, post_key(survey), payload, now=now)


def note_counted(db: Database, survey: Survey, now: datetime) -> None:
    _note(db, survey, "survey_closed", now, by=None)


def _drawn(
    db: Database, partnership: Partnership, survey: Survey, tells_at: datetime | None
) -> Drawn:
    if survey.state == "closed":
        return views.closed_question(partnership, survey, tells_at)
    if survey.state == "counted":
        return views.counting(survey)
    return views.question(partnership, survey, pulse_replies.so_far(db, survey))


def _for_everybody(partnership: Partnership, drawn: Drawn, thread_of: str | None = None) -> Message:
    return Message(
        kind="post",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="agreed",
        thread_of=thread_of,
    )


def _note(db: Database, survey: Survey, verb: str, now: datetime, *, by: str | None) -> None:
    journal.record(
        db,
        survey.team_id,
        survey.partnership_id,
        verb,
        "survey",
        survey.id,
        by=by,
        side=None,
        now=now,
    )
