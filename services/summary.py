"""The weekly summary: when it begins, what time does about it, and a lead who wants it posted."""

from datetime import date, datetime
from typing import Final

from data import Database, finding_notes, journal, outbox, partnerships, people, summary, wakes
from data.wakes import Wake
from domain.partnerships import Partnership, Template, leads
from domain.people import SIDES
from domain.summaries import Summary, first_week, told_at, worth_until
from domain.templates import STARTS
from domain.weeks import WEEK
from services import changes, summary_drafts, summary_posts, summary_told, summary_wakes
from services.actors import Who
from services.audiences import may_post
from services.checkins import side_of
from services.daily_wakes import touch
from services.deps import Deps
from services.setups import actor_of

KIND: Final = "summary"
PREVIEW: Final = summary_drafts.KIND


def begin(db: Database, partnership: Partnership, template: Template, now: datetime) -> None:
    """Begin the weekly summary where the template has one, unless it began before."""
    if STARTS[template].summary and summary.planned(db, partnership) is None:
        _plan_week(db, partnership, first_week(partnership, now), now)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Tell the week that is due, or drop it when it is too late; then plan the next one."""
    db = deps.store.reading()
    partnership = partnerships.get(db, wake.team_id, wake.subject_id)
    planned = None if partnership is None else summary.planned(db, partnership)
    if partnership is None or planned is None or partnership.state == "declined":
        _clear(deps, wake)
        return
    due_at = told_at(partnership, planned.week_on)
    told, notes = summary_posts.drawn_summary(db, partnership, planned.week_on, now)
    with deps.store.writing(partnership.id, planning=True) as db:
        if due_at > now:
            _plan_week(db, partnership, planned.week_on, now)
            return
        reason = _unsaid(partnership, due_at, now)
        told_to = None if reason else _audience(db, partnership, now)
        if summary.settle(db, partnership, planned.week_on, told_to, now):
            if told_to is not None:
                _tell(db, told, notes, told_to, now)
            _note_week(db, partnership, planned.week_on, reason, now)
        _plan_week(db, partnership, planned.week_on + WEEK, now)


def plan_preview(deps: Deps, wake: Wake, now: datetime) -> None:
    """Have the leads of one side shown the draft of the week that is told next, each in time."""
    db = deps.store.reading()
    partnership_id, _, side = wake.subject_id.partition("/")
    partnership = partnerships.get(db, wake.team_id, partnership_id)
    planned = None if partnership is None else summary.planned(db, partnership)
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, PREVIEW, wake.subject_id)
        for name in SIDES:
            if partnership is not None and planned is not None and name == side:
                summary_drafts.show(db, partnership, planned, name, now)


def plan_live(deps: Deps, wake: Wake, now: datetime) -> None:
    """Draw again what was told, and drafts; whatever changes meanwhile sets the wake anew."""
    db = deps.store.reading()
    partnership = partnerships.get(db, wake.team_id, wake.subject_id)
    may_say = partnership is not None and partnership.is_agreed and not partnership.is_paused(now)
    drawn = summary_posts.keep_true(db, partnership, now) if partnership and may_say else None
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        if wakes.wake_of(db, wake.team_id, wake.kind, wake.subject_id) == wake:
            wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        if drawn is not None:
            outbox.redraw(db, wake.team_id, wake.partnership_id, *drawn, now=now)
        if partnership is not None and may_say:
            for week in (summary.newest_told(db, partnership), summary.planned(db, partnership)):
                if week is not None:
                    _follow_drafts(db, partnership, week.week_on, now)


def publish(deps: Deps, who: Who, partnership_id: str, now: datetime) -> None:
    """A lead wants the summary in the channel, for the own side.

    It is posted there once both sides want it, and leaves it when one does not.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed.
    """
    actor = actor_of(deps, who, partnership_id)
    side = side_of(actor)
    with deps.store.writing(partnership_id) as db:
        changes.make(db, actor, side, {"summary": "channel"}, now)


def _audience(db: Database, partnership: Partnership, now: datetime) -> summary.ToldTo:
    is_public = partnership.summary_is_public and may_post(db, partnership, now)
    return "channel" if is_public else "leads"


def _tell(
    db: Database, told: Summary, notes: finding_notes.Notes, told_to: summary.ToldTo, now: datetime
) -> None:
    partnership = told.partnership
    summary.keep_findings(db, partnership, told.week_on, told.open)
    summary_told.keep(db, told)
    if told_to == "channel":
        summary_posts.put_in_channel(db, told, notes, now)
    else:
        # Each reads it in the one message of their working day.
        for lead in leads(people.active_members(db, partnership)):
            touch(db, partnership.team_id, lead.person.id, now)
    _follow_drafts(db, partnership, told.week_on, now)


def _follow_drafts(db: Database, partnership: Partnership, week_on: date, now: datetime) -> None:
    """Let drafts give way to the summary, and look again when it leaves to the next lead."""
    team_id = partnership.team_id
    again_at = summary_drafts.follow(db, partnership, week_on, now)
    known = wakes.wake_of(db, team_id, summary_wakes.LIVE, partnership.id)
    if again_at is not None and (known is None or known.due_at > again_at):
        wakes.set_wake(db, team_id, summary_wakes.LIVE, partnership.id, partnership.id, again_at)


def _unsaid(partnership: Partnership, due_at: datetime, now: datetime) -> str | None:
    """Why a week is not told at all, or None."""
    if not partnership.is_agreed:
        return "not_agreed"
    if partnership.is_paused(now):
        return "paused"
    return "too_late" if worth_until(due_at) <= now else None


def _plan_week(db: Database, partnership: Partnership, week_on: date, now: datetime) -> None:
    """Have a week told when it is due, and previewed before."""
    team_id, due_at = partnership.team_id, told_at(partnership, week_on)
    summary.plan(db, partnership, week_on, due_at)
    wakes.set_wake(db, team_id, KIND, partnership.id, partnership.id, due_at)
    week = summary.WeekTold(week_on=week_on, state="planned", due_at=due_at)
    for side in SIDES:
        summary_drafts.expect(db, partnership, week, side, now)


def _clear(deps: Deps, wake: Wake) -> None:
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


def _note_week(
    db: Database, partnership: Partnership, week_on: date, reason: str | None, now: datetime
) -> None:
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        "summary_told" if reason is None else "summary_dropped",
        "summary",
        f"{partnership.id}/{week_on.isoformat()}",
        by=None,
        side=None,
        now=now,
        details={} if reason is None else {"reason": reason},
    )
