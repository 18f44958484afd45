"""Leads move, skip and end check-ins: everyone is told, and posts are changed in place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from data import Database, cadence_versions, cadences, checkins, partnerships, proposals, wakes
from data.ids import new_id
from domain import zones
from domain.cadences import (
    Cadence,
    InThePast,
    Occurrence,
    OccurrenceClosed,
    UnknownCadence,
    UnknownOccurrence,
    working_day_of_both,
)
from domain.checkin_moves import (
    Ahead,
    Change,
    NoNewTime,
    NoSuchCheckIn,
    OnlyThisOne,
    What,
    plan_moved,
    turns_ahead,
)
from domain.checkins import WAKE_BEFORE, CheckIn
from domain.partnerships import Partnership
from domain.proposals import MoveKind
from services import boards, checkin_posts, proposal_posts, turn_moves
from services import cadences as cadence_verbs
from services.actors import Actor, Who, actor_in
from services.checkin_planning import advance
from services.checkins import actor_seen, check_in_in, note, side_of
from services.deps import Deps
from services.replies import replace_private, reply
from views import checkin_changes as views

_TURNS_PLANNED_AT_MOST: Final = 60
ACTS: Final = {
    "move": "checkin.move",
    "move_all": "checkin.move",
    "skip": "checkin.skip",
    "end": "checkin.cancel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Which check-in somebody means. ``words`` empty: any; without days the next turn of each."""

    words: str
    from_on: date | None = None
    until_on: date | None = None


def meant_here(deps: Deps, who: Who, meant: Meant, now: datetime) -> tuple[Actor, list[Ahead]]:
    """The turns to come that are meant, soonest first.

    Raises:
        NoPartnershipHere; NoSuchCheckIn: None is.
    """
    actor = actor_seen(deps, who)
    db = deps.store.reading()
    found = [
        ahead
        for cadence in cadences.of_partnership(db, actor.partnership, "checkin")
        if meant.words.casefold() in cadence.title.casefold()
        for ahead in _turns(db, actor.partnership, cadence, meant, now)
    ]
    if not found:
        raise NoSuchCheckIn(meant.words)
    return actor, sorted(found, key=lambda ahead: ahead.starts_at)


def ahead_of(deps: Deps, who: Who, cadence_id: str, original: datetime) -> tuple[Actor, Ahead]:
    """The turn that a button or form names, with the actor.

    Raises:
        UnknownCadence: Its cadence is gone.
    """
    actor, cadence = actor_of_cadence(deps, who, cadence_id)
    row = cadences.by_original(deps.store.reading(), cadence, original)
    starts_at = row.starts_at if row is not None else zones.to_utc(original, cadence.plan.zone)
    return actor, Ahead(cadence=cadence, original=original, starts_at=starts_at)


def apply(
    deps: Deps, who: Who, change: Change, now: datetime, *, answer_url: str | None = None
) -> None:
    """Make one change and tell the thread; a second press changes nothing.

    Args:
        answer_url: Of the private message in which it was pressed, which is replaced.

    Raises:
        NotAllowed, UnknownCadence, OccurrenceClosed, InThePast, NoNewTime, OnlyThisOne.
    """
    actor, cadence = actor_of_cadence(deps, who, change.cadence_id)
    actor.require(ACTS[change.what])
    side_of(actor)
    with deps.store.writing(cadence.partnership_id) as db:
        if change.what == "end":
            _end(db, actor, cadence, change, now)
        else:
            turn = _row(db, actor.partnership, cadence, change.original, now)
            check_in = check_in_in(db, turn)
            if change.what == "skip":
                _skip(db, actor, check_in, change, now)
            else:
                _move(db, actor, check_in, change, now)
        boards.redraw_soon(db, actor.partnership, now)
        if answer_url is not None:
            ended = cadence if change.what == "end" else None
            drawn = views.changed_answer(actor.partnership, ended)
            replace_private(db, actor.partnership, answer_url, drawn, now)


def resume(
    deps: Deps, who: Who, cadence_id: str, now: datetime, *, answer_url: str | None = None
) -> None:
    """Let a check-in that was ended go on from its next turn; a second press changes nothing.

    Args:
        answer_url: Of the private message in which it was pressed, which is replaced.

    Raises:
        NotAllowed, UnknownCadence; EndedLongAgo: It was ended more than a day ago.
    """
    actor, known = actor_of_cadence(deps, who, cadence_id)
    actor.require("checkin.cancel")
    side_of(actor)
    with deps.store.writing(known.partnership_id) as db:
        if cadence_verbs.resume(db, known, by=actor.person.id, now=now, wake_before=WAKE_BEFORE):
            _go_on(db, actor, known, now)
        if answer_url is not None:
            drawn = views.changed_answer(actor.partnership)
            replace_private(db, actor.partnership, answer_url, drawn, now)


def actor_of_cadence(deps: Deps, who: Who, cadence_id: str) -> tuple[Actor, Cadence]:
    """The actor with regard to the check-in that a button names.

    Raises:
        UnknownCadence: It is gone.
    """
    db = deps.store.reading()
    cadence = cadences.get(db, who.team_id, cadence_id)
    if cadence is None or cadence.kind != "checkin":
        raise UnknownCadence
    found = partnerships.get(db, who.team_id, cadence.partnership_id)
    if found is None:
        raise UnknownCadence
    return actor_in(deps.store, who, found), cadence


def _turns(
    db: Database, partnership: Partnership, cadence: Cadence, meant: Meant, now: datetime
) -> list[Ahead]:
    rows = cadences.open_turns(db, cadence)
    is_working = working_day_of_both(partnership)
    if meant.from_on is None or meant.until_on is None:
        return turns_ahead(cadence, rows, now, now, is_working)[:1]
    midnight = datetime.combine(meant.until_on, datetime.min.time()) + timedelta(days=1)
    until = zones.to_utc(midnight, cadence.plan.zone)
    every = turns_ahead(cadence, rows, until, now, is_working)
    return [ahead for ahead in every if ahead.is_within(meant.from_on, meant.until_on)]


def _row(
    db: Database, partnership: Partnership, cadence: Cadence, original: datetime, now: datetime
) -> Occurrence:
    """The stored turn; the turns up to it are stored first, in their order."""
    for _ in range(_TURNS_PLANNED_AT_MOST):
        row = cadences.by_original(db, cadence, original)
        if row is not None:
            return row
        last = cadences.last_original(db, cadence)
        if last is not None and last > original:
            break
        planned = cadence_verbs.plan_next(
            db, partnership, cadence, not_before=now, known_from=now, wake_before=WAKE_BEFORE
        )
        if planned is None:
            break
    raise UnknownOccurrence


def _move(db: Database, actor: Actor, check_in: CheckIn, change: Change, now: datetime) -> None:
    turn, to_at = check_in.turn, new_start_of(check_in, change, now)
    if to_at == turn.starts_at and turn.is_open:
        return
    original = None
    if change.what == "move_all":
        original = _change_rule(db, actor, check_in, to_at, now)
    if not turn.is_open:
        checkins.forget_confirmations(db, turn)
    cadences.set_state(db, turn, "planned")
    cadences.move(db, turn, to_at, now=now, original=original)
    _keep(db, actor, check_in, change, now)
    moved = check_in_in(db, turn)
    drawn = views.moved(
        moved,
        side_of(actor),
        turn.starts_at,
        reason=change.reason,
        all_following=original is not None,
    )
    key = f"checkin-moved/{turn.id}/{new_id()}"
    reply(db, moved.partnership, key, drawn, now, asker=actor.person.id)
    checkin_posts.redraw(db, moved, now)
    note(db, actor, "checkin_moved", turn, now, {"scope": change.what})
    advance(db, moved, now)


def new_start_of(check_in: CheckIn, change: Change, now: datetime) -> datetime:
    """When a turn that is moved starts.

    Raises:
        NoNewTime; OccurrenceClosed: It cannot be moved; InThePast.
    """
    if change.to_at is None:
        raise NoNewTime
    if not check_in.may_move or check_in.cadence.state != "active":
        raise OccurrenceClosed(check_in.turn)
    if change.to_at <= now:
        raise InThePast(change.to_at)
    return change.to_at


def require_to_come(turn: Occurrence, now: datetime) -> None:
    """Refuse to leave out what has begun or will not be.

    Raises:
        OccurrenceClosed.
    """
    if not turn.is_open or turn.starts_at <= now:
        raise OccurrenceClosed(turn)


def _change_rule(
    db: Database, actor: Actor, check_in: CheckIn, to_at: datetime, now: datetime
) -> datetime:
    """Let the rule follow a move; returns the turn's new wall time by it.

    What the other side has not agreed to yet is proposed anew, by the side that moves it.
    """
    cadence, turn = check_in.cadence, check_in.turn
    plan = plan_moved(cadence.plan, turn.original, to_at)
    if plan is None:
        raise OnlyThisOne
    for turn_id in cadences.forget_after(db, cadence, turn.original):
        wakes.clear_wake(db, cadence.team_id, "checkin", turn_id)
    changed = cadences.change(db, cadence, plan)
    cadence_versions.add(db, changed, plan.local_start, by=actor.person.id, now=now)
    if cadence.asked_side is not None:
        proposals.propose(db, changed, side_of(actor), now)
    proposal_posts.redraw(db, check_in.partnership, changed, now)
    return plan.local_start


def _skip(db: Database, actor: Actor, check_in: CheckIn, change: Change, now: datetime) -> None:
    turn = check_in.turn
    if turn.state == "skipped":
        return
    require_to_come(turn, now)
    cadences.set_state(db, turn, "skipped")
    _keep(db, actor, check_in, change, now)
    wakes.clear_wake(db, turn.team_id, "checkin", turn.id)
    cadence_verbs.plan_after(
        db, check_in.partnership, turn, not_before=now, wake_before=WAKE_BEFORE
    )
    skipped = check_in_in(db, turn)
    coming = (one.starts_at for one in cadences.open_turns(db, check_in.cadence))
    next_at = next((at for at in coming if at > now), None)
    drawn = views.skipped(skipped, side_of(actor), reason=change.reason, next_at=next_at)
    key = f"checkin-skipped/{turn.id}/{new_id()}"
    reply(db, skipped.partnership, key, drawn, now, asker=actor.person.id)
    checkin_posts.redraw(db, skipped, now)
    note(db, actor, "checkin_skipped", turn, now)


_KEPT_AS: Final[Mapping[What, MoveKind]] = {
    "move": "move",
    "move_all": "move",
    "skip": "skip",
    "end": "cancel",
}


def _keep(db: Database, actor: Actor, check_in: CheckIn, change: Change, now: datetime) -> None:
    """Note what became of a turn; ``check_in`` is as it was before."""
    turn_moves.note(
        db,
        actor.partnership,
        check_in.turn,
        _KEPT_AS[change.what],
        side=side_of(actor),
        by=actor.person.id,
        now=now,
        to_at=change.to_at,
        reason_kept=bool(change.reason),
    )


def _end(db: Database, actor: Actor, cadence: Cadence, change: Change, now: datetime) -> None:
    if cadence.state == "ended":
        return
    for turn in cadence_verbs.end(db, cadence, by=actor.person.id, now=now):
        cancelled = check_in_in(db, turn)
        _keep(db, actor, replace(cancelled, turn=turn), change, now)
        checkin_posts.redraw(db, cancelled, now)
    proposal_posts.redraw(db, actor.partnership, cadence, now)
    drawn = views.ended(actor.partnership, cadence, side_of(actor), reason=change.reason)
    # It can be ended, taken back and ended again: each time is told.
    key = f"checkin-ended/{cadence.id}/{new_id()}"
    reply(db, actor.partnership, key, drawn, now, asker=actor.person.id)


def _go_on(db: Database, actor: Actor, known: Cadence, now: datetime) -> None:
    cadence = cadences.get(db, known.team_id, known.id) or known
    for turn in cadences.open_turns(db, cadence):
        check_in = check_in_in(db, turn)
        checkin_posts.redraw(db, check_in, now)
        advance(db, check_in, now)
    following = next(iter(cadences.open_turns(db, cadence)), None)
    drawn = views.resumed(actor.partnership, cadence, following, side_of(actor))
    key = f"checkin-resumed/{cadence.id}/{new_id()}"
    reply(db, actor.partnership, key, drawn, now, asker=actor.person.id)
    boards.redraw_soon(db, actor.partnership, now)
