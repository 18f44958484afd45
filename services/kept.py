"""The report on promises: gathered over whole months and shown to one reader."""

from datetime import datetime, time

from data import Database, kept
from domain import zones
from domain.compliance import Period
from domain.kept import Kept
from domain.kept import kept as kept_of
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from services.actors import Actor, Who
from services.checkins import actor_seen
from services.deps import Deps
from services.setups import actor_of
from views import kept as views
from views.blocks import Block, Drawn
from views.words.periods import read_period
from views.words.verbs import ReportDeliverables


def report_here(deps: Deps, who: Who, verb: ReportDeliverables, now: datetime) -> Drawn:
    """The report on the channel's partnership.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    actor = actor_seen(deps, who)
    if verb.period is None:
        return views.not_understood(actor.partnership, verb.words)
    return views.shown(_report(deps, actor, verb.period, now))


def opener_here(deps: Deps, who: Who, verb: ReportDeliverables) -> Drawn:
    """What is said where both companies read it: a button that shows the report to its presser.

    Raises:
        NoPartnershipHere.
    """
    partnership = actor_seen(deps, who).partnership
    if verb.period is None:
        return views.not_understood(partnership, verb.words)
    return views.opener(partnership, verb.period)


def form_of(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """The report behind a button.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    partnership_id, period = views.read_value(value)
    actor = actor_of(deps, who, partnership_id)
    this_month = read_period("", zones.local(now, actor.zone).date())
    assert this_month is not None  # no words are understood
    return views.form(_report(deps, actor, period or this_month, now))


def this_month(
    db: Database, partnership: Partnership, zone: str, now: datetime
) -> dict[Side, Kept]:
    """What became of what was due in this month so far.

    Args:
        zone: Of the reader, whose month it is.
    """
    first_on = zones.local(now, zone).date().replace(day=1)
    from_at, until_at = _moments(partnership, Period(first_on=first_on))
    promises = kept.due_between(db, partnership, from_at, until_at)
    return {side: kept_of(promises, side, now) for side in SIDES}


def _report(deps: Deps, actor: Actor, period: Period, now: datetime) -> views.Report:
    actor.require("deliverable.report")
    partnership = actor.partnership
    from_at, until_at = _moments(partnership, period)
    promises = kept.due_between(deps.store.reading(), partnership, from_at, until_at)
    return views.Report(
        partnership=partnership,
        period=period,
        sides={side: kept_of(promises, side, now) for side in SIDES},
        today=zones.local(now, actor.zone).date(),
    )


def _moments(partnership: Partnership, period: Period) -> tuple[datetime, datetime]:
    """From when until when, on the clock of the side that installed us."""
    zone = partnership.side(partnership.home_side).calendar.zone
    midnights = (datetime.combine(day, time()) for day in (period.first_on, period.before_on))
    from_at, until_at = (zones.to_utc(at, zone) for at in midnights)
    return from_at, until_at
