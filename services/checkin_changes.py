"""Leads move, skip and end check-ins: everyone is told, and posts are changed in place."""

from datetime import datetime
from typing import Final

from data import (
    Database,
    cadence_versions,
    cadences,
    checkin_reports,
    checkins,
    proposals,
    wakes,
)
from data.ids import new_id
from domain.cadences import (
    Cadence,
    InThePast,
    Occurrence,
    OccurrenceClosed,
    UnknownOccurrence,
)
from domain.checkin_moves import (
    Change,
    Cut,
    Following,
    NoNewTime,
    OnlyThisOne,
    following_of,
    plan_following,
)
from domain.checkins import WAKE_BEFORE, CheckIn
from domain.partnerships import Partnership
from domain.proposals import ChangedMeanwhile
from services import boards, checkin_ends, checkin_posts, proposal_posts
from services import cadences as cadence_verbs
from services.actors import Actor, Who
from services.checkin_planning import advance
from services.checkin_turns import actor_of_cadence, keep
from services.checkins import check_in_in, note, side_of
from services.deps import Deps
from services.replies import replace_private, replace_shown, reply
from views import checkin_changes as views

_TURNS_PLANNED_AT_MOST: Final = 60
ACTS: Final = {
    "move": "checkin.move",
    "move_all": "checkin.move",
    "skip": "checkin.skip",
    "end_from": "checkin.cancel",
    "end": "checkin.cancel",
}


def apply(
    deps: Deps, who: Who, change: Change, now: datetime, *, answer_url: str | None = None
) -> None:
    """Make one change and tell the thread; a second press changes nothing.

    Args:
        answer_url: Of the private message in which it was pressed, which is replaced.

    Raises:
        NotAllowed, UnknownCadence, OccurrenceClosed, InThePast, NoNewTime, OnlyThisOne;
        ChangedMeanwhile: What an undo would bring back was followed by another rhythm.
    """
    actor, cadence = actor_of_cadence(deps, who, change.cadence_id)
    actor.require(ACTS[change.what])
    side_of(actor)
    cut: Cut | None = None
    with deps.store.writing(cadence.partnership_id) as db:
        if change.what == "end":
            cut = checkin_ends.end(db, actor, cadence, change, now)
        elif change.what == "end_from":
            cut = checkin_ends.end_from(db, actor, cadence, change, now)
        else:
            turn = _row(db, actor.partnership, cadence, change.original, now)
            check_in = check_in_in(db, turn)
            if change.what == "skip":
                _skip(db, actor, check_in, change, now)
            else:
                _move(db, actor, check_in, change, now)
        boards.redraw_soon(db, actor.partnership, now)
        if answer_url is not None:
            drawn = views.changed_answer(actor.partnership, cut)
            replace_private(db, actor.partnership, answer_url, drawn, now)


def say_changed(
    deps: Deps, who: Who, change: Change, shown: tuple[str, str], now: datetime
) -> None:
    """Say in the question in whose thread it was pressed that it is done, in place of the buttons.

    Args:
        shown: Its channel and its ``ts``.
    """
    actor, cadence = actor_of_cadence(deps, who, change.cadence_id)
    with deps.store.writing(cadence.partnership_id) as db:
        cut = Cut(cadence_id=cadence.id) if change.what == "end" else None
        drawn = views.changed_answer(actor.partnership, cut)
        replace_shown(db, actor.partnership, shown, drawn, now)


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
    following = following_meant(check_in, change) if change.what == "move_all" else None
    if following is not None:
        _change_rule(db, actor, check_in, following, now)
    if not turn.is_open:
        checkins.forget_confirmations(db, turn)
        checkin_reports.forget(db, turn)
    cadences.set_state(db, turn, "planned")
    original = None if following is None else following.original
    cadences.move(db, turn, to_at, now=now, original=original)
    if following is not None and check_in.cadence.asked_side is not None:
        # What was agreed stays told as it was agreed; its new rhythm is told by the move.
        proposal_posts.redraw(db, check_in.partnership, check_in.cadence, now)
    keep(db, actor, check_in, change, now)
    moved = check_in_in(db, turn)
    drawn = views.moved(
        moved,
        side_of(actor),
        turn.starts_at,
        reason=change.reason,
        replaced=None if following is None else replaced_by_move(check_in),
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


def following_meant(check_in: CheckIn, change: Change) -> Following:
    """The rule that holds from a turn on that moves with all that follow.

    Raises:
        OnlyThisOne: No rule says it.
        ChangedMeanwhile: It would bring back a rule that another one has followed since.
    """
    cadence = check_in.cadence
    said = change.following
    if said is not None and said.version not in {None, cadence.version}:
        raise ChangedMeanwhile(cadence)
    assert change.to_at is not None  # asked before
    found = said or following_of(cadence.plan, check_in.turn.original, change.to_at)
    if found is None:
        raise OnlyThisOne
    return found


def replaced_by_move(check_in: CheckIn) -> Following:
    """What takes a move of all that follow back; ``check_in`` is as it was before."""
    cadence, plan = check_in.cadence, check_in.cadence.plan
    return Following(
        rule=plan.rule,
        local_start=plan.local_start,
        original=check_in.turn.original,
        version=cadence.version + 1,
    )


def _change_rule(
    db: Database, actor: Actor, check_in: CheckIn, following: Following, now: datetime
) -> None:
    """Let the rule follow a move.

    What the other side has not agreed to yet is proposed anew, by the side that moves it.
    """
    cadence, turn = check_in.cadence, check_in.turn
    plan = plan_following(cadence.plan, following)
    for turn_id in cadences.forget_after(db, cadence, turn.original):
        wakes.clear_wake(db, cadence.team_id, "checkin", turn_id)
    changed = cadences.change(db, cadence, plan)
    cadence_versions.add(db, changed, following.original, by=actor.person.id, now=now)
    if cadence.asked_side is not None:
        proposals.propose(db, changed, side_of(actor), now)


def _skip(db: Database, actor: Actor, check_in: CheckIn, change: Change, now: datetime) -> None:
    turn = check_in.turn
    if turn.state == "skipped":
        return
    require_to_come(turn, now)
    cadences.set_state(db, turn, "skipped")
    keep(db, actor, check_in, change, now)
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
