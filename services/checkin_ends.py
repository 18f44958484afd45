"""Leads end check-ins, all turns or from one on, and take that back within a day."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, cadence_versions, cadences, journal, wakes
from data.ids import new_id
from domain.cadences import UNDO_FOR, Cadence, EndedLongAgo, UnknownCadence, until_on
from domain.checkin_moves import Change, Cut, plan_until
from domain.checkins import WAKE_BEFORE
from domain.proposals import ChangedMeanwhile
from services import boards, checkin_posts, proposal_posts
from services import cadences as cadence_verbs
from services.actors import Actor, Who
from services.checkin_planning import advance
from services.checkin_turns import actor_of_cadence, keep
from services.checkins import check_in_in, side_of
from services.deps import Deps
from services.replies import replace_private, reply
from views import checkin_changes as views

_JUST_BEFORE: Final = timedelta(minutes=1)


def end(db: Database, actor: Actor, cadence: Cadence, change: Change, now: datetime) -> Cut:
    """No further turns; a second time changes nothing. Returns what takes it back."""
    cut = Cut(cadence_id=cadence.id)
    if cadence.state == "ended":
        return cut
    for turn in cadence_verbs.end(db, cadence, by=actor.person.id, now=now):
        cancelled = check_in_in(db, turn)
        keep(db, actor, replace(cancelled, turn=turn), change, now)
        checkin_posts.redraw(db, cancelled, now)
    proposal_posts.redraw(db, actor.partnership, cadence, now)
    drawn = views.ended(actor.partnership, cadence, side_of(actor), reason=change.reason)
    # It can be ended, taken back and ended again: each time is told.
    key = f"checkin-ended/{cadence.id}/{new_id()}"
    reply(db, actor.partnership, key, drawn, now, asker=actor.person.id)
    return cut


def end_from(
    db: Database, actor: Actor, cadence: Cadence, change: Change, now: datetime
) -> Cut | None:
    """Call off one turn and all that follow; where none comes before it, all of them.

    Returns:
        What takes it back; None: it was so before.
    """
    cadence = cadences.get(db, cadence.team_id, cadence.id) or cadence
    last_on = change.original.date() - timedelta(days=1)
    known_last = until_on(cadence.plan)
    if cadence.state == "ended" or (known_last is not None and known_last <= last_on):
        return None
    if not any(turn.original < change.original for turn in cadences.open_turns(db, cadence)):
        return end(db, actor, cadence, change, now)
    for turn_id in cadences.forget_after(db, cadence, change.original - _JUST_BEFORE):
        wakes.clear_wake(db, cadence.team_id, cadence.kind, turn_id)
    changed = _with_last_day(db, actor, cadence, Cut.of(cadence), change.original, now)
    _call_off(db, actor, changed, change, now)
    drawn = views.ended_from(
        actor.partnership, cadence, change.original, side_of(actor), reason=change.reason
    )
    key = f"checkin-ended/{cadence.id}/{new_id()}"
    reply(db, actor.partnership, key, drawn, now, asker=actor.person.id)
    return Cut.of(cadence)


def resume(deps: Deps, who: Who, cut: Cut, now: datetime, *, answer_url: str | None = None) -> None:
    """Let a check-in that was ended go on from its next turn; a second press changes nothing.

    Args:
        answer_url: Of the private message in which it was pressed, which is replaced.

    Raises:
        NotAllowed, UnknownCadence; EndedLongAgo: It was ended more than a day ago.
        ChangedMeanwhile: Another rhythm was written since.
    """
    actor, known = actor_of_cadence(deps, who, cut.cadence_id)
    actor.require("checkin.cancel")
    side_of(actor)
    with deps.store.writing(known.partnership_id) as db:
        if _taken_back(db, actor, known, cut, now):
            _go_on(db, actor, known, now)
        if answer_url is not None:
            drawn = views.changed_answer(actor.partnership)
            replace_private(db, actor.partnership, answer_url, drawn, now)


def _taken_back(db: Database, actor: Actor, known: Cadence, cut: Cut, now: datetime) -> bool:
    if cut.version is None:
        by = actor.person.id
        return cadence_verbs.resume(db, known, by=by, now=now, wake_before=WAKE_BEFORE)
    current = cadences.get(db, known.team_id, known.id)
    if current is None:
        raise UnknownCadence
    if until_on(current.plan) == cut.until_before:
        return False
    _require_undoable(db, current, cut.version, now)
    ended_on = until_on(current.plan)
    changed = _with_last_day(db, actor, current, cut, None, now)
    for turn in cadences.cancelled_turns(db, changed, now):
        if ended_on is not None and turn.original.date() > ended_on:
            cadences.set_state(db, turn, "planned")
    return True


def _require_undoable(db: Database, current: Cadence, version: int, now: datetime) -> None:
    if current.version != version or current.state != "active":
        raise ChangedMeanwhile(current)
    made = cadence_versions.of(db, current)[-1:]
    if not made or now > made[0].made_at + UNDO_FOR:
        raise EndedLongAgo


def _with_last_day(  # noqa: PLR0913, PLR0917  # what was, what becomes of it, and who says so
    db: Database,
    actor: Actor,
    cadence: Cadence,
    cut: Cut,
    first: datetime | None,
    now: datetime,
) -> Cadence:
    """The check-in as it ends before its turn ``first``; None: as it ended before the cut."""
    last_on = cut.until_before if first is None else first.date() - timedelta(days=1)
    changed = cadences.change(db, cadence, plan_until(cadence.plan, last_on))
    by = actor.person.id
    cadence_versions.add(db, changed, first or changed.plan.local_start, by=by, now=now)
    journal.record(
        db,
        cadence.team_id,
        cadence.partnership_id,
        "checkin_last_day",
        "cadence",
        cadence.id,
        by=by,
        side=side_of(actor),
        now=now,
        details={"version": changed.version},
    )
    return changed


def _call_off(db: Database, actor: Actor, cadence: Cadence, change: Change, now: datetime) -> None:
    """The turns that somebody was told of do not take place."""
    for turn in cadences.open_turns(db, cadence):
        if turn.original < change.original or turn.starts_at <= now:
            continue
        keep(db, actor, check_in_in(db, turn), change, now)
        cadences.set_state(db, turn, "cancelled")
        wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
        checkin_posts.redraw(db, check_in_in(db, turn), now)
    proposal_posts.redraw(db, actor.partnership, cadence, now)


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
