"""Bringing what stays late to the sponsors of both sides, once its owner had a day's notice."""

from collections.abc import Callable
from datetime import datetime

from data import Database, away, deliverables, ladder, partnerships, people, wakes
from data import sponsors as stored
from data.wakes import Wake
from domain.calendars import Shift, next_shift
from domain.deliverables import Commitment
from domain.ladder import NobodyToAsk
from domain.partnerships import Partnership
from domain.people import SIDES, Member, Side
from domain.rights import Thing
from domain.sponsors import (
    AskedTooSoon,
    Facts,
    NobodyNamed,
    Notice,
    NotWantedByBoth,
    again_at,
    next_step,
)
from services import sponsor_lines as lines
from services import sponsor_notices as notices
from services.actors import Who
from services.audiences import may_post
from services.daily_wakes import touch
from services.deliverable_acting import Acting, acting, current
from services.deps import Deps
from services.raising import require_owner_there
from services.sponsor_notices import KIND, TIME, By
from views import deliverable_answers
from views import sponsors as views
from views.blocks import Drawn

Act = Callable[[Deps, Who, str, datetime], Drawn]


def bring(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Have sponsors told of what the leads of both sides know to be late, unless its owner answers.

    What is late no more stays as it is, and is said as it stands.

    Raises:
        UnknownDeliverable, NotAllowed, NotWantedByBoth, NobodyNamed; NobodyToAsk: Its owner is
            away; AskedTooSoon: They have answered lately.
    """
    one = acting(deps, who, commitment_id)
    one.require("sponsors.bring")
    with deps.store.writing(one.partnership.id) as db:
        partnership, found = _partnership(db, one), current(db, one)
        known = lines.standing(db, partnership, found, now)
        if known is not None and known.state == "told":
            return views.told_already(partnership, found)
        if known is None and not _may_be_told(db, found, now):
            return deliverable_answers.as_it_stands(partnership, found, now)
        unnamed = _require_wanted(db, partnership)
        notice = known or _begin(db, one, partnership, found, now)
        return views.asked(partnership, found, notice, unnamed)


def take_back(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """No sponsor is told after all.

    Raises:
        UnknownDeliverable; NotAllowed: Leads of the side that brought it up may.
    """
    one = acting(deps, who, commitment_id)
    with deps.store.writing(one.partnership.id) as db:
        found = current(db, one)
        notice = stored.newest(db, found)
        if notice is None:
            one.require("sponsors.bring")
            return views.nothing_waits(one.partnership, found)
        one.actor.require("sponsors.undo", Thing(side=notice.side))
        notices.stop(db, one.partnership, found, ("taken_back", _by(one)), now)
        if notice.state == "told":
            return views.told_already(one.partnership, found)
        return views.taken_back(one.partnership, found)


def need_help(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Its owner asks for help: the own leads and the lead who brought it up are told instead.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    one = acting(deps, who, commitment_id)
    one.require("sponsors.help")
    with deps.store.writing(one.partnership.id) as db:
        found = current(db, one)
        notice = stored.newest(db, found)
        if notice is None or not notice.concerns(found, now):
            return views.nothing_waits(one.partnership, found)
        if notice.state == "runs":
            notices.close(db, one.partnership, found, (notice, "helped", _by(one)), now)
        elif notice.state != "helped":
            return views.nothing_waits(one.partnership, found)
        return views.helped(one.partnership, found)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Tell the sponsors once its owner was heard; hear them in another shift if they were not."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        one = deliverables.get(db, wake.team_id, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        notice = None if one is None else stored.newest(db, one)
        if one is None or partnership is None or notice is None or notice.state != "runs":
            return
        _look(db, partnership, one, notice, now)


def _look(
    db: Database, partnership: Partnership, one: Commitment, notice: Notice, now: datetime
) -> None:
    owner = people.member(db, partnership, one.owner_id)
    facts = _facts(db, partnership, one, (notice, owner), now)
    step = next_step(notice, one, facts, now)
    if step == "wait":
        wakes.set_wake(db, one.team_id, KIND, one.id, partnership.id, notice.until_at)
    elif step == "end":
        notices.close(db, partnership, one, (notice, "ended", TIME), now)
    elif step == "tell":
        notices.close(db, partnership, one, (notice, "told", TIME), now)
        for sponsor in _sponsors(db, partnership):
            touch(db, one.team_id, sponsor.person.id, now)
    elif owner is not None:
        _put_off(db, partnership, one, (notice, owner), now)


def _facts(
    db: Database,
    partnership: Partnership,
    one: Commitment,
    heard: tuple[Notice, Member | None],
    now: datetime,
) -> Facts:
    notice, owner = heard
    takes_part = owner is not None and owner.takes_part
    item = lines.item(notice, lines.NOTICE)
    return Facts(
        calendar=owner.calendar if owner is not None and takes_part else None,
        was_away=away.overlaps(db, one.team_id, one.owner_id, notice.from_at, notice.until_at),
        read_at=stored.read_at(db, notice, one.owner_id, item),
        is_wanted=partnership.tells_sponsors and bool(_sponsors(db, partnership)),
        is_waiting=lines.waits(db, one),
        may_tell=may_post(db, partnership, now),
    )


def _put_off(
    db: Database,
    partnership: Partnership,
    one: Commitment,
    heard: tuple[Notice, Member],
    now: datetime,
) -> None:
    notice, owner = heard
    shift = next_shift(owner.calendar, now)
    if shift is None:
        return
    stored.put_off(db, notice, shift.starts_at, shift.ends_at, now)
    wakes.set_wake(db, one.team_id, KIND, one.id, partnership.id, shift.ends_at)
    notices.note(db, one, "deliverable_sponsors_put_off", TIME, now)
    notices.show(db, partnership, one, now)


def _begin(
    db: Database, one: Acting, partnership: Partnership, found: Commitment, now: datetime
) -> Notice:
    before = stored.newest(db, found)
    shift = _shift_of_owner(db, one, found, before, now)
    side = one.actor.standings.side
    assert side is not None  # leads have a side
    notice = Notice(
        team_id=found.team_id,
        commitment_id=found.id,
        number=1 if before is None else before.number + 1,
        partnership_id=partnership.id,
        due_at=found.due_at,
        owner_id=found.owner_id,
        side=side,
        asked_by=one.actor.person.id,
        asked_at=now,
        from_at=shift.starts_at,
        until_at=shift.ends_at,
        state="runs",
        changed_at=now,
    )
    stored.add(db, notice)
    wakes.set_wake(db, found.team_id, KIND, found.id, partnership.id, shift.ends_at)
    notices.note(db, found, "deliverable_sponsors_asked", _by(one), now)
    notices.show(db, partnership, found, now)
    return notice


def _shift_of_owner(
    db: Database, one: Acting, found: Commitment, before: Notice | None, now: datetime
) -> Shift:
    """The whole shift in which its owner is heard: the first that is still to begin."""
    require_owner_there(db, one, found, now)
    owner = people.member(db, one.partnership, found.owner_id)
    side = one.partnership.side(found.side)
    shift = None
    if owner is not None and owner.takes_part:
        shift = next_shift(owner.calendar, now)
        answered = before is not None and before.due_at == found.due_at
        again = again_at(before, owner.calendar) if before is not None and answered else None
        if again is not None and now < again:
            raise AskedTooSoon(again, side.calendar.zone)
    if shift is None:
        raise NobodyToAsk(side.name, None, side.calendar.zone)
    return shift


def _may_be_told(db: Database, found: Commitment, now: datetime) -> bool:
    """Whether the leads of both sides know it to be late, and it waits for nothing."""
    is_late = found.is_late(now) and found.state == "accepted" and found.is_public
    return is_late and "both_leads" in ladder.raised_of(db, found) and not lines.waits(db, found)


def _require_wanted(db: Database, partnership: Partnership) -> list[Side]:
    """The sides that have no sponsor, of whom one has.

    Raises:
        NotWantedByBoth, NobodyNamed.
    """
    if not partnership.tells_sponsors:
        against = [side for side in SIDES if side not in partnership.sponsors_hear]
        raise NotWantedByBoth(tuple(partnership.side(side).name for side in against))
    named = {one.side for one in _sponsors(db, partnership)}
    if not named:
        raise NobodyNamed
    return [side for side in SIDES if side not in named]


def _sponsors(db: Database, partnership: Partnership) -> list[Member]:
    return [one for one in people.all_members(db, partnership) if one.is_sponsor]


def _partnership(db: Database, one: Acting) -> Partnership:
    """As it is inside the transaction: a side may have taken its word back meanwhile."""
    return partnerships.get(db, one.partnership.team_id, one.partnership.id) or one.partnership


def _by(one: Acting) -> By:
    return By(person_id=one.actor.person.id, side=one.actor.standings.side)
