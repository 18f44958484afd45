"""The report on check-ins: gathered over whole months and shown to one reader."""

from datetime import date, datetime
from typing import Any

from data import Database, cadences, checkins, journal, turn_moves
from data.topics import outcomes
from domain import zones
from domain.agenda import has_agenda
from domain.cadences import Cadence, Occurrence
from domain.checkins import asked_until
from domain.compliance import Figures, PastTurn, Period, month_after
from domain.compliance import report as report_of
from domain.partnerships import Partnership
from domain.people import Side
from domain.values import value
from services.actors import Actor, Who
from services.checkins import actor_seen
from services.deps import Deps
from services.setups import actor_of
from services.topics import due_and_covered
from services.written import wrote
from views import compliance as views
from views.blocks import Drawn
from views.words.periods import read_period
from views.words.verbs import ReportCheckins


@value
class Said:
    """An answer, and the same for those who are answered in a form. None: as it is."""

    drawn: Drawn
    form: dict[str, Any] | None = None


def report_here(deps: Deps, who: Who, verb: ReportCheckins, now: datetime) -> Said:
    """The report on the channel's partnership, or how to name months.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    actor = actor_seen(deps, who)
    actor.require("compliance.read")
    if verb.period is None:
        return Said(drawn=views.not_understood(actor.partnership, verb.words))
    report = _report(deps, actor, verb.period, now)
    return Said(drawn=views.shown(report), form=views.form(report))


def opener_here(deps: Deps, who: Who, verb: ReportCheckins) -> Drawn:
    """What is said where both companies read it: a button that shows the report to its presser.

    Raises:
        NoPartnershipHere.
    """
    partnership = actor_seen(deps, who).partnership
    if verb.period is None:
        return views.not_understood(partnership, verb.words)
    return views.opener(partnership, verb.period)


def drawn_of(deps: Deps, who: Who, value: str, now: datetime) -> Drawn:
    """The report behind a button, or a choice of months, as a message.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    return views.shown(_pressed(deps, who, value, now))


def form_of(deps: Deps, who: Who, value: str, now: datetime) -> dict[str, Any]:
    """The same as a form.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    return views.form(_pressed(deps, who, value, now))


def figures_of(
    db: Database, partnership: Partnership, period: Period, now: datetime
) -> list[Figures]:
    """What became of the check-ins of each month, from the day on which both sides agreed."""
    agreed_at = partnership.agreed_at
    if agreed_at is None:
        return report_of([], period, now)
    every = cadences.of_days(db, partnership, "checkin", period.first_on, period.before_on)
    known = {
        one: cadences.get(db, partnership.team_id, one) for one in {t.cadence_id for t in every}
    }
    turns = [
        _past_turn(db, partnership, cadence, turn)
        for turn in every
        if (cadence := known[turn.cadence_id]) is not None and turn.starts_at >= agreed_at
    ]
    return report_of(turns, period, now)


def _pressed(deps: Deps, who: Who, value: str, now: datetime) -> views.Report:
    partnership_id, period = views.read_value(value)
    actor = actor_of(deps, who, partnership_id)
    actor.require("compliance.read")
    return _report(deps, actor, period or _newest(deps, actor, now), now)


def _report(deps: Deps, actor: Actor, period: Period, now: datetime) -> views.Report:
    partnership = actor.partnership
    return views.Report(
        partnership=partnership,
        period=period,
        months=tuple(figures_of(deps.store.reading(), partnership, period, now)),
        today=_today(actor, now),
    )


def _newest(deps: Deps, actor: Actor, now: datetime) -> Period:
    """This month, or the last of those offered of which there is something to say."""
    this_month = _this_month(actor, now)
    db = deps.store.reading()
    for back in range(views.MONTHS_OFFERED):
        period = Period(first_on=month_after(this_month.first_on, -back))
        if any(not one.is_empty for one in figures_of(db, actor.partnership, period, now)):
            return period
    return this_month


def _this_month(actor: Actor, now: datetime) -> Period:
    found = read_period("", _today(actor, now))
    assert found is not None  # no words are understood
    return found


def _today(actor: Actor, now: datetime) -> date:
    return zones.local(now, actor.zone).date()


def _past_turn(
    db: Database, partnership: Partnership, cadence: Cadence, turn: Occurrence
) -> PastTurn:
    due, covered = _topics(db, partnership, cadence, turn)
    return PastTurn(
        turn=turn,
        answer_until=asked_until(partnership, turn),
        moves=tuple(turn_moves.of_turn(db, turn)),
        said=checkins.confirmations(db, turn),
        was_asked=_was_asked(db, turn),
        planned_by=_planned_by(cadence, turn),
        by_rule_at=zones.to_utc(turn.original, cadence.plan.zone),
        wrote=wrote(db, turn),
        topics_due=due,
        topics_covered=covered,
    )


def _topics(
    db: Database, partnership: Partnership, cadence: Cadence, turn: Occurrence
) -> tuple[int, int]:
    """How many topics were due at a turn, and how many of them were covered.

    Where nobody said afterwards what became of the agenda, nothing is claimed.
    """
    if not has_agenda(cadence.plan) or not outcomes(db, turn):
        return 0, 0
    return due_and_covered(db, partnership, turn)


def _was_asked(db: Database, turn: Occurrence) -> bool:
    noted = journal.entries(db, turn.team_id, "occurrence", turn.id)
    return any(one.verb == "checkin_over" and one.details.get("asked") for one in noted)


def _planned_by(cadence: Cadence, turn: Occurrence) -> Side | None:
    """The side that planned a turn to which the other had not agreed when it was to start."""
    proposed_at, agreed_at = cadence.proposed_at, cadence.agreed_at
    if proposed_at is None or proposed_at > turn.starts_at:
        return None
    is_agreed = agreed_at is not None and agreed_at <= turn.starts_at
    return None if is_agreed else cadence.proposed_side
