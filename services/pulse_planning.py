"""What time does about surveys: the weekly one opens, and each is counted, forgotten and told."""

from datetime import datetime, timedelta
from typing import Final

from data import (
    Database,
    cadences,
    journal,
    partnerships,
    people,
    pulse,
    pulse_replies,
    signed,
    wakes,
)
from data.ids import new_id
from data.wakes import Wake
from domain.cadences import Occurrence
from domain.partnerships import Partnership
from domain.people import SIDES, Member
from domain.pulse import (
    ROOM_BEFORE_THE_NEXT,
    Survey,
    opens_at,
)
from domain.pulse_plans import plan_of
from domain.pulse_questions import weekly
from domain.pulse_results import SHOWN_FROM
from domain.signed import QUARTERLY, is_quarter, is_signed, leads_asked
from services import cadences as cadence_verbs
from services import daily_survey, pulse_posts, pulse_results
from services import signed as signed_surveys
from services.deps import Deps
from services.pulse_posts import NewSurvey

TRY_AGAIN_AFTER: Final = timedelta(seconds=5)


def plan_turn(deps: Deps, wake: Wake, now: datetime) -> None:
    """Open the weekly survey, at a moment at which somebody works, or pass its turn over."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        turn = cadences.occurrence(db, wake.team_id, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        if turn is None or partnership is None or not turn.is_open:
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            return
        at = opens_at(partnership, max(now, turn.starts_at))
        if at is not None and at > now:
            wakes.set_wake(db, wake.team_id, wake.kind, turn.id, partnership.id, at)
            return
        _take_turn(deps, db, partnership, turn, now)


def plan_closing(deps: Deps, wake: Wake, now: datetime) -> None:
    """Close a survey when its time has come: each step is safe to take again after a crash.

    Before that, as it has just opened, have those who are asked expected.
    """
    survey = pulse.get(deps.store.reading(), wake.team_id, wake.subject_id)
    if survey is not None and survey.takes_answers(now):
        daily_survey.expect(deps, survey, now)
        _look_again(deps, wake, survey.closes_at)
        return
    if survey is not None:
        count(deps, survey, now)
    destroy_keys(deps)
    if not forget(deps):
        _look_again(deps, wake, now + TRY_AGAIN_AFTER)
        return
    tell(deps, wake, now)


def count(deps: Deps, survey: Survey, now: datetime) -> None:
    """First step: the answers become counts, and nobody is known to have been asked."""
    with deps.store.writing(survey.partnership_id, planning=True) as db:
        current = pulse.get(db, survey.team_id, survey.id)
        partnership = partnerships.get(db, survey.team_id, survey.partnership_id)
        if current is None or partnership is None or current.state != "open":
            return
        # Without its key the database is a copy, in which running answers are left out.
        is_whole = pulse_posts.ring(deps).read(current.id) is not None
        pulse_replies.count_up(db, current, is_whole=is_whole)
        pulse_posts.note_counted(db, current, now)
        counted = pulse.get(db, current.team_id, current.id)
        assert counted is not None  # read in the same transaction
        pulse_posts.redraw(db, partnership, counted, now)
        _end_turn(db, counted)


def destroy_keys(deps: Deps) -> None:
    """Second step: no key is left but those of surveys that can still be answered."""
    keys = pulse_posts.ring(deps)
    # While it is written, no survey can be beginning, whose key would look like a forgotten one.
    with deps.store.writing(None, planning=True) as db:
        needed = pulse.open_ids(db)
        for survey_id in keys.ids():
            if survey_id not in needed:
                keys.destroy(survey_id)


def forget(deps: Deps) -> bool:
    """Third step: what was deleted is out of SQLite's log, too; False: somebody was in the way."""
    return pulse_replies.empty_log(deps.store.reading())


def tell(deps: Deps, wake: Wake, now: datetime) -> None:
    """Last step: the results are drawn from the counts."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        counted = pulse.get(db, wake.team_id, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        if counted is None or partnership is None or counted.state != "counted":
            return
        pulse.close(db, counted)
        closed = pulse.get(db, counted.team_id, counted.id)
        assert closed is not None  # read in the same transaction
        tells_at = pulse_results.begin_telling(db, partnership, closed, now)
        pulse_posts.redraw(db, partnership, closed, now, tells_at=tells_at)


def _take_turn(
    deps: Deps, db: Database, partnership: Partnership, turn: Occurrence, now: datetime
) -> None:
    following = cadence_verbs.plan_after(db, partnership, turn, not_before=now)
    wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    members, plan = people.active_members(db, partnership), plan_of(partnership.pulse)
    counts = {side: sum(member.side == side for member in members) for side in SIDES}
    by_leads = is_signed(plan, counts) and bool(leads_asked(members))
    reason = _why_skipped(db, partnership, following, now)
    if reason is None:
        _ask_for_the_quarter(db, partnership, members, now)
    if reason is None and not by_leads and max(counts.values()) < SHOWN_FROM:
        reason = "too_few"
    if reason is not None:
        cadences.set_state(db, turn, "skipped")
        _note_skipped(db, turn, reason, now)
        return
    asked_before = pulse.weekly_asked(db, partnership) + signed.weekly_asked(db, partnership)
    questions = weekly(asked_before, plan)
    if by_leads:
        cadences.set_state(db, turn, "over")
        openly = tuple(one for one in questions if one.code != "help")
        signed_surveys.begin(db, partnership, members, ("weekly", openly), now)
        return
    cadences.set_state(db, turn, "started")
    new = NewSurvey(id=new_id(), questions=questions, occurrence_id=turn.id)
    pulse_posts.open_survey(db, pulse_posts.ring(deps), partnership, new, now)


def _ask_for_the_quarter(
    db: Database, partnership: Partnership, members: list[Member], now: datetime
) -> None:
    """Ask the leads about the partnership itself, where both sides want that, once a quarter."""
    last = signed.newest(db, partnership, "quarterly")
    last_at = None if last is None else last.opened_at
    if is_quarter(plan_of(partnership.pulse), last_at, now):
        signed_surveys.begin(db, partnership, members, ("quarterly", QUARTERLY), now)


def _why_skipped(
    db: Database, partnership: Partnership, following: Occurrence | None, now: datetime
) -> str | None:
    """Why the weekly question is not asked this time; None when it is."""
    withheld = pulse_posts.why_not(db, partnership, now)
    if withheld is not None:
        return withheld
    if following is not None and following.starts_at - now < ROOM_BEFORE_THE_NEXT:
        return "too_late"
    if any(one.occurrence_id and one.state == "open" for one in pulse.running(db, partnership)):
        return "still_open"
    newest = signed.newest(db, partnership, "weekly")
    return "still_open" if newest is not None and newest.closed_at is None else None


def _end_turn(db: Database, survey: Survey) -> None:
    if survey.occurrence_id is None:
        return
    turn = cadences.occurrence(db, survey.team_id, survey.occurrence_id)
    if turn is not None and turn.is_open:
        cadences.set_state(db, turn, "over")


def _note_skipped(db: Database, turn: Occurrence, reason: str, now: datetime) -> None:
    journal.record(
        db,
        turn.team_id,
        turn.partnership_id,
        "survey_skipped",
        "occurrence",
        turn.id,
        by=None,
        side=None,
        now=now,
        details={"reason": reason},
    )


def _look_again(deps: Deps, wake: Wake, at: datetime) -> None:
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.set_wake(db, wake.team_id, wake.kind, wake.subject_id, wake.partnership_id, at)
