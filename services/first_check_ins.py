"""The check-ins that a partnership begins with, as they were chosen at set-up."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, cadences, journal, proposals
from domain.cadences import Plan, coming_turns, weekly_from
from domain.checkins import WAKE_BEFORE
from domain.partnerships import Partnership, Template
from domain.presets import WEEKLY, PresetCode, known_kinds, preset_of
from domain.templates import STARTS, first_check_in
from services import cadences as cadence_verbs
from services import proposal_posts
from views import presets, templates
from views.agreement import Further

CHOSEN: Final = "check_ins"
"""In the journal's line about a set-up: the codes of the kinds, with commas between them."""


def chosen(db: Database, partnership: Partnership) -> tuple[PresetCode, ...]:
    """The kinds that were chosen; the weekly one where nobody was asked."""
    noted = journal.entries(db, partnership.team_id, "partnership", partnership.id)
    said = [entry.details.get(CHOSEN) for entry in noted if entry.verb == "set_up"]
    if not said or said[0] is None:
        return (WEEKLY,)
    return known_kinds(str(said[0]).split(","))


def further(
    partnership: Partnership, kinds: tuple[PresetCode, ...], now: datetime
) -> tuple[Further, ...]:
    """The kinds beside the weekly one, as they would be proposed now."""
    plans = [presets.suggested(code, partnership, now) for code in kinds if code != WEEKLY]
    return tuple(
        Further(plan=plan, first_at=turns[0].starts_at)
        for plan in plans
        if plan is not None and (turns := coming_turns(plan, now, 1))
    )


def begin(db: Database, partnership: Partnership, template: Template, now: datetime) -> None:
    """Begin the check-ins that were chosen, unless the partnership has such ones already.

    The weekly one is agreed to with everything else. The others, and what one side planned before,
    are proposed to the other side, each by itself.
    """
    known = cadences.of_partnership(db, partnership, "checkin")
    for one in known:
        proposals.propose(db, one, one.proposed_side or partnership.home_side, now)
    kinds = chosen(db, partnership)
    if WEEKLY in kinds and not known:
        _begin_weekly(db, partnership, template, now)
    begun = {preset_of(one.plan) for one in known}
    for plan in (one.plan for one in further(partnership, kinds, now)):
        if preset_of(plan) not in begun:
            _propose(db, partnership, plan, now)


def put_cards(db: Database, partnership: Partnership, now: datetime) -> None:
    """Ask the other side about each check-in that waits for its word, in the week's thread."""
    for one in proposals.standing(db, partnership):
        proposal_posts.put_card(db, partnership, one.id, now)


def _begin_weekly(
    db: Database, partnership: Partnership, template: Template, now: datetime
) -> None:
    start = STARTS[template]
    home = partnership.side(partnership.home_side).calendar
    other = partnership.side(partnership.guest_side).calendar
    rule, local_start = weekly_from(first_check_in(start, home, other, now), home.zone)
    plan = Plan(
        kind="checkin",
        title=templates.CHECK_IN_TITLES[template],
        rule=rule,
        local_start=local_start,
        zone=home.zone,
        length=timedelta(minutes=start.minutes),
    )
    begun = cadence_verbs.create(db, partnership, plan, by=None, now=now, wake_before=WAKE_BEFORE)
    if begun is not None:
        proposals.propose(db, begun[0], partnership.home_side, now)
        proposals.agree(db, begun[0], partnership.guest_side, None, now)


def _propose(db: Database, partnership: Partnership, plan: Plan, now: datetime) -> None:
    by = partnership.installer_id
    begun = cadence_verbs.create(db, partnership, plan, by=by, now=now, wake_before=WAKE_BEFORE)
    if begun is not None:
        proposals.propose(db, begun[0], partnership.home_side, now)
