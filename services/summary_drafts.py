"""When the leads of a side are shown the draft of a summary; what it says is drawn elsewhere."""

from datetime import date, datetime
from typing import Final

from data import Database, people, wakes
from data import daily as dailies
from data.summary import WeekTold
from domain.partnerships import Partnership, leads
from domain.people import Member, Side
from domain.summaries import drafted_at
from services import summary_posts
from services.daily_wakes import touch

KIND: Final = "preview"
"""The kind of the wake of one side's drafts; its subject is ``<partnership>/<side>``."""


def expect(
    db: Database, partnership: Partnership, week: WeekTold, side: Side, now: datetime
) -> None:
    """Look when the first lead of a side is to see the draft; what is past is looked at now."""
    moments = [at for _, at in _moments(db, partnership, week, side)]
    if moments and now < week.due_at:
        _look_at(db, partnership, side, max(min(moments), now))


def show(db: Database, partnership: Partnership, week: WeekTold, side: Side, now: datetime) -> None:
    """Have every lead of a side shown it whose moment has come; look again for the next one."""
    if now >= week.due_at:
        return
    coming = []
    for lead, at in _moments(db, partnership, week, side):
        if at > now:
            coming.append(at)
        else:
            touch(db, partnership.team_id, lead.person.id, now)
    if coming:
        _look_at(db, partnership, side, min(coming))


def follow(db: Database, partnership: Partnership, week_on: date, now: datetime) -> datetime | None:
    """Something changed of what leads read of a week, as draft or as told: have it drawn again.

    Returns:
        When the summary leaves for the channel and drafts give way to it; None: not any more.
    """
    for lead in leads(people.active_members(db, partnership)):
        if _is_shown(db, partnership, week_on, lead):
            touch(db, partnership.team_id, lead.person.id, now)
    leaves_at = summary_posts.leaves_at(db, partnership, week_on)
    return leaves_at if leaves_at is not None and leaves_at > now else None


def _is_shown(db: Database, partnership: Partnership, week_on: date, lead: Member) -> bool:
    wanted = (partnership.id, week_on.isoformat())
    return any(
        item.kind in {"draft", "summary"} and (item.partnership_id, item.subject_id) == wanted
        for one in dailies.newest(db, partnership.team_id, lead.person.id)
        for item in one.items
    )


def _moments(
    db: Database, partnership: Partnership, week: WeekTold, side: Side
) -> list[tuple[Member, datetime]]:
    every = leads(people.active_members(db, partnership), side)
    found = [(lead, drafted_at(lead.calendar, week.week_on, week.due_at)) for lead in every]
    return [(lead, at) for lead, at in found if at is not None]


def _look_at(db: Database, partnership: Partnership, side: Side, at: datetime) -> None:
    subject = f"{partnership.id}/{side}"
    wakes.set_wake(db, partnership.team_id, KIND, subject, partnership.id, at)
