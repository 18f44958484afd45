"""One side proposes a check-in, the other agrees or proposes another rhythm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from data import Database, cadence_versions, cadences, journal, partnerships, people
from data import proposals as stored
from domain.cadences import Cadence, Plan, UnknownCadence, coming_turns, until_on
from domain.checkin_settings import holiday_rule
from domain.checkins import WAKE_BEFORE
from domain.proposals import ChangedMeanwhile, require_answerable, require_undoable
from domain.rights import Thing
from services import boards, checkin_posts, proposal_posts
from services import cadences as cadence_verbs
from services.actors import Actor, Who
from services.checkin_planning import advance
from services.checkin_turns import actor_of_cadence
from services.checkins import check_in_in, side_of
from services.deps import Deps
from views.checkin_drafts import Draft

_NOTHING: Final[Mapping[str, str | int]] = {}


def agree(deps: Deps, who: Who, shown: tuple[str, int], now: datetime) -> None:
    """A lead of the side that was asked agrees; a second press changes nothing.

    Args:
        shown: The check-in and the version of it that stood beside the button.

    Raises:
        NotAllowed, UnknownCadence, ChangedMeanwhile, OwnCheckIn.
    """
    cadence_id, version = shown
    actor, known = actor_of_cadence(deps, who, cadence_id)
    if not actor.standings.lead:
        actor.require("joint.agree", Thing(side=known.asked_side or known.agreed_side))
    side = side_of(actor)
    require_answerable(known, version, side)
    actor.require("joint.agree", Thing(side=side))
    with deps.store.writing(known.partnership_id) as db:
        current = _current(db, known)
        require_answerable(current, version, side)
        if stored.agree(db, current, side, actor.person.id, now):
            _note(db, actor, current, "checkin_agreed", now)
            proposal_posts.redraw(db, actor.partnership, current, now)
            boards.redraw_soon(db, actor.partnership, now)


def take_back(deps: Deps, who: Who, shown: tuple[str, int], now: datetime) -> None:
    """A lead of the side that agreed takes that back within a day.

    Raises:
        NotAllowed, UnknownCadence, AgreedLongAgo.
    """
    actor, known = actor_of_cadence(deps, who, shown[0])
    actor.require("joint.agree", Thing(side=known.agreed_side))
    with deps.store.writing(known.partnership_id) as db:
        current = _current(db, known)
        if current.agreed_at is None:
            return
        require_undoable(current, now)
        stored.take_back(db, current)
        _note(db, actor, current, "checkin_agreement_undone", now)
        proposal_posts.redraw(db, actor.partnership, current, now)
        boards.redraw_soon(db, actor.partnership, now)


def require_current(deps: Deps, who: Who, shown: tuple[str, int]) -> tuple[Actor, Cadence]:
    """What a form is about, when it is still as it was shown.

    Raises:
        NotAllowed, UnknownCadence, ChangedMeanwhile.
    """
    actor, cadence = actor_of_cadence(deps, who, shown[0])
    actor.require("checkin.create")
    if cadence.version != shown[1] or cadence.state != "active":
        raise ChangedMeanwhile(cadence)
    return actor, cadence


def revise(deps: Deps, who: Who, draft: Draft, version: int, now: datetime) -> None:
    """Give a check-in another plan: it is proposed by the actor's side from now on.

    A plan that differs only in words asks for nobody's word. A second press changes nothing.

    Raises:
        NotAllowed, ChangedMeanwhile; UnknownCadence: It is gone, or the plan has no turn to come.
    """
    actor, known = actor_of_cadence(deps, who, draft.id)
    actor.require("checkin.create")
    if not coming_turns(draft.plan, now, 1):
        raise UnknownCadence
    with deps.store.writing(known.partnership_id) as db:
        current = _current(db, known)
        if current.plan == draft.plan:
            return
        if current.version != version or current.state != "active":
            raise ChangedMeanwhile(current)
        _revise(db, actor, current, draft.plan, now)


def changed_by(db: Database, cadence: Cadence) -> str:
    """The name of whoever wrote the plan that a check-in has; empty where nobody is known."""
    newest = cadence_versions.of(db, cadence)[-1:]
    made_by = newest[0].made_by if newest else None
    person = None if made_by is None else people.get(db, cadence.team_id, made_by)
    return "" if person is None else person.name


def _revise(db: Database, actor: Actor, current: Cadence, plan: Plan, now: datetime) -> None:
    by, partnership = actor.person.id, actor.partnership
    if same_rhythm(current.plan, plan):
        changed = cadences.change(db, current, plan)
        cadence_versions.add(db, changed, plan.local_start, by=by, now=now)
    else:
        changed, called_off = cadence_verbs.rewrite(
            db, partnership, current, plan, by=by, now=now, wake_before=WAKE_BEFORE
        )
        for turn in called_off:
            checkin_posts.redraw(db, check_in_in(db, turn), now)
        stored.propose(db, changed, side_of(actor), now)
    _note(db, actor, changed, "checkin_revised", now, {"version": changed.version})
    proposal_posts.put_card(db, partnership, changed.id, now, asker=by)
    for turn in cadences.open_turns(db, changed):
        advance(db, check_in_in(db, turn), now)
    boards.redraw_soon(db, partnership, now)


def same_rhythm(one: Plan, other: Plan) -> bool:
    """Whether two plans have the same turns; what they are called may differ."""
    return (
        one.rule == other.rule
        and one.local_start.time() == other.local_start.time()
        and one.zone == other.zone
        and one.length == other.length
        and holiday_rule(one) == holiday_rule(other)
        and until_on(one) == until_on(other)
    )


def _current(db: Database, known: Cadence) -> Cadence:
    found = cadences.get(db, known.team_id, known.id)
    if found is None or partnerships.get(db, known.team_id, known.partnership_id) is None:
        raise UnknownCadence
    return found


def _note(  # noqa: PLR0913, PLR0917  # the parts of one journal line
    db: Database,
    actor: Actor,
    cadence: Cadence,
    verb: str,
    now: datetime,
    details: Mapping[str, str | int] = _NOTHING,
) -> None:
    journal.record(
        db,
        cadence.team_id,
        cadence.partnership_id,
        verb,
        "cadence",
        cadence.id,
        by=actor.person.id,
        side=side_of(actor),
        now=now,
        details=details,
    )
