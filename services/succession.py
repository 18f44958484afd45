"""What somebody owed who is gone, and what is given to a side, goes to whoever sees to it now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from data import Database, deliverables, duties, hand_overs, journal, partnerships, people, wakes
from data.wakes import Wake
from domain.deliverables import Commitment
from domain.duties import next_change
from domain.partnerships import Partnership
from domain.people import SIDES, Member, Side
from services import deliverable_posts as posts
from services.daily_wakes import expect, touch
from services.deps import Deps
from services.replies import reply
from services.stand_ins import oldest_lead, on_duty
from services.succession_wakes import KIND
from views import succession as views

# So many in one transaction, so that nobody who presses waits for long.
BATCH: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passed:
    """Something that goes to somebody else. ``is_left``: its owner is gone."""

    commitment: Commitment
    to: Member
    is_left: bool


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Hand on what has to go to somebody else, and look again when time changes who is asked."""
    db = deps.store.reading()
    partnership = partnerships.get(db, wake.team_id, wake.subject_id)
    found = [] if partnership is None else list(_found(db, partnership, now))
    batches = [found[start : start + BATCH] for start in range(0, len(found), BATCH)]
    for batch in batches[:-1]:
        with deps.store.writing(wake.partnership_id, planning=True) as writing:
            _pass_on(writing, partnership, batch, now)
    with deps.store.writing(wake.partnership_id, planning=True) as writing:
        _pass_on(writing, partnership, batches[-1] if batches else [], now)
        _end_offers(writing, partnership, now)
        wakes.done_with(writing, wake)
        at = None if partnership is None else _next_at(writing, partnership, now)
        if at is not None:
            wakes.wake_by(writing, wake.team_id, KIND, wake.subject_id, wake.partnership_id, at)


def _found(db: Database, partnership: Partnership, now: datetime) -> Iterator[_Passed]:
    present = {side: on_duty(db, partnership, side, now) for side in SIDES}
    here = {one.person.id: one for one in people.all_members(db, partnership)}
    for one_id, owner_id, owner_kind, side, state in deliverables.owners_in(db, partnership):
        owner = here.get(owner_id)
        is_left = _is_left(owner, is_promised=state == "accepted")
        to = present[side] if owner_kind != "person" else None
        if is_left and to is None:
            to = oldest_lead(db, partnership, side, now, besides=owner_id)
        if to is None or to.person.id == owner_id or not (is_left or owner_kind != "person"):
            continue
        one = deliverables.get(db, partnership.team_id, one_id)
        if one is not None and one.is_open:
            yield _Passed(commitment=one, to=to, is_left=is_left)


def _is_left(owner: Member | None, *, is_promised: bool) -> bool:
    """Whether an owner is gone.

    Args:
        is_promised: Who promised it took part then; else somebody may be named before they do.
    """
    if owner is None or owner.person.deleted or owner.is_sponsor:
        return True
    return is_promised and owner.role == "observer"


def _pass_on(
    db: Database, partnership: Partnership | None, every: Sequence[_Passed], now: datetime
) -> None:
    for one in every:
        before = deliverables.get(db, one.commitment.team_id, one.commitment.id)
        if partnership is not None and before is not None and before == one.commitment:
            _give(db, partnership, one, now)


def _end_offers(db: Database, partnership: Partnership | None, now: datetime) -> None:
    """What somebody who is gone was asked to take over stays with its owner, who is told."""
    if partnership is None:
        return
    for offer in hand_overs.asked_of(db, partnership):
        to = people.member(db, partnership, offer.to_id)
        if to is None or not to.takes_part:
            hand_overs.save(db, replace(offer, state="refused", changed_at=now))
            touch(db, offer.team_id, offer.from_id, now)


def _give(db: Database, partnership: Partnership, passed: _Passed, now: datetime) -> None:
    before, to = passed.commitment, passed.to
    after = replace(
        before,
        owner_id=to.person.id,
        # Whoever promised it is gone: nobody else has promised it so far. What is late is owed by
        # the side all the same.
        state="proposed" if passed.is_left and not before.is_late(now) else before.state,
        asked_at=None,
        acknowledged_at=None,
        snoozed_until=None,
    )
    deliverables.save(db, after)
    hand_overs.remove(db, after.team_id, after.id)
    verb = "deliverable_owner_left" if passed.is_left else "deliverable_follows_duty"
    _note(db, partnership, after, verb, before.owner_id, now)
    posts.show(db, partnership, after, now)
    touch(db, after.team_id, before.owner_id, now)
    expect(db, after.team_id, to, now)
    if passed.is_left and after.is_public and before.owner_kind == "person":
        drawn = views.left_line(partnership, after)
        reply(db, partnership, f"owner-left/{after.id}/{before.owner_id}", drawn, now)


def _note(  # noqa: PLR0913, PLR0917  # one line of the journal
    db: Database,
    partnership: Partnership,
    after: Commitment,
    verb: str,
    from_id: str,
    now: datetime,
) -> None:
    journal.record(
        db,
        after.team_id,
        partnership.id,
        verb,
        "commitment",
        after.id,
        by=None,
        side=None,
        now=now,
        details={"from": from_id, "to": after.owner_id},
    )


def _next_at(db: Database, partnership: Partnership, now: datetime) -> datetime | None:
    """When time changes who is asked for a side; None while nothing is given to a side."""
    owners = deliverables.owners_in(db, partnership)
    sides: set[Side] = {side for _, _, kind, side, _ in owners if kind != "person"}
    if not sides:
        return None
    every = [one for one in duties.standing(db, partnership, now) if one.side in sides]
    moments = [next_change(every, now)]
    asked = {one.person_id for one in every}
    for one in people.active_members(db, partnership):
        if one.side in sides and (one.is_lead or one.person.id in asked):
            ends = [at for each in one.calendar.away for at in (each.from_at, each.until_at)]
            moments.append(min((at for at in ends if at > now), default=None))
    return min((at for at in moments if at is not None), default=None)
