"""Who watches from neither side: named by a lead of one side, agreed by one of the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from data import Database, journal, partnerships, people, wakes
from data.ids import new_id
from data.wakes import Wake
from domain.advisors import Advising, CannotAdvise, NoProposedAdvisor, Step, steps, unfit
from domain.calendars import is_working, next_working
from domain.partnerships import Partnership, guessed_side, leads
from domain.people import Member, Role, Side, other_side
from domain.rights import Thing
from services.actors import Actor, Who
from services.deps import Deps
from services.replies import reply
from services.setups import actor_of
from views import advisors as views
from views.blocks import Block

KIND: Final = "advisor"
_LOOK_AGAIN: Final = timedelta(days=1)
_ACTS: Final[Mapping[Step, str]] = {
    "proposed": "advisor.propose",
    "agreed": "advisor.agree",
    "declined": "advisor.agree",
    "taken_back": "advisor.propose",
    "ended": "advisor.end",
}
_STANDINGS: Final[Mapping[Step, tuple[Side | None, Role, bool]]] = {
    "proposed": (None, "advisor", False),
    "agreed": (None, "advisor", True),
}
_SUBJECT: Final = "advisor"


def proposers(db: Database, partnership: Partnership) -> dict[str, Side]:
    """Which side proposes somebody, by our ids; those on whom both agreed are not in it."""
    found = {one.person_id: one.proposed_by for one in _known(db, partnership)}
    return {person_id: side for person_id, side in found.items() if side is not None}


def form_of(deps: Deps, who: Who, partnership_id: str) -> Block:
    """The form, filled with the advisors and with whom the own side proposes.

    Raises:
        NotAllowed: The person is no lead.
    """
    actor = actor_of(deps, who, partnership_id)
    side = _led_side(actor)
    db = deps.store.reading()
    own = {
        one.person_id for one in _known(db, actor.partnership) if one.proposed_by in {None, side}
    }
    every = people.all_members(db, actor.partnership)
    return views.form(
        actor.partnership, [one.person.slack_id for one in every if one.person.id in own]
    )


def name(
    deps: Deps, who: Who, partnership_id: str, slack_ids: tuple[str, ...], now: datetime
) -> None:
    """A lead names all who are to watch: new ones are proposed, and who is left out watches not.

    Raises:
        NotAllowed: The person is no lead.
        CannotAdvise: Somebody picked is not here, no person, or takes part for a side.
    """
    actor = actor_of(deps, who, partnership_id)
    side = _led_side(actor)
    with deps.store.writing(partnership_id) as db:
        here = {one.person.slack_id: one for one in people.all_members(db, actor.partnership)}
        picked = [_fitting(db, actor, slack_id, here.get(slack_id)) for slack_id in slack_ids]
        taken = steps(side, _known(db, actor.partnership), picked)
        _take(db, actor, taken, now)


def decide(deps: Deps, who: Who, value: str, now: datetime, *, agree: bool) -> str:
    """A lead of the other side agrees to a proposed advisor, or not.

    Returns:
        The partnership's id.

    Raises:
        NoProposedAdvisor; NotAllowed: The person leads no side, or the one that proposes.
    """
    partnership_id, person_id = views.read_value(value)
    actor = actor_of(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        proposed_by = proposers(db, actor.partnership).get(person_id)
        if proposed_by is None:
            raise NoProposedAdvisor
        actor.require("advisor.agree", Thing(side=other_side(proposed_by)))
        _take(db, actor, {person_id: "agreed" if agree else "declined"}, now)
    return partnership_id


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Call who decides about proposed advisors, once they are at work."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, wake.subject_id)
        if partnership is None or partnership.state == "declined":
            return
        waiting = Counter(proposers(db, partnership).values())
        for side, count in sorted(waiting.items()):
            called = _at_work(db, partnership, side, now)
            if called and not partnership.is_paused(now):
                _tell(db, partnership, (side, "proposed", count), now, called=called)
            else:
                _ask_later(db, partnership, side, now)


def _take(db: Database, actor: Actor, taken: dict[str, Step], now: datetime) -> None:
    """Store each step and tell both sides once of all that are alike."""
    side = _led_side(actor)
    for person_id, step in taken.items():
        actor.require(_ACTS[step], Thing(side=side))
        _place(db, actor, person_id, step, now)
    for step in sorted(set(taken.values())):
        count = sum(one == step for one in taken.values())
        called = _at_work(db, actor.partnership, side, now) if step == "proposed" else []
        told = (side, step, count)
        _tell(db, actor.partnership, told, now, called=called, asker=actor.person.id)
        if step == "proposed" and not called:
            _ask_later(db, actor.partnership, side, now)


def _tell(  # noqa: PLR0913  # what is told, and to whom in particular
    db: Database,
    partnership: Partnership,
    told: tuple[Side, Step, int],
    now: datetime,
    *,
    called: Sequence[str] = (),
    asker: str | None = None,
) -> None:
    side, step, count = told
    drawn = views.told(partnership, side, step, count, called)
    reply(db, partnership, f"advisor/{partnership.id}/{new_id()}", drawn, now, asker=asker)


def _ask_later(db: Database, partnership: Partnership, side: Side, now: datetime) -> None:
    """Look again when the first of those who decide begins to work; where none does, in a day."""
    starts = [next_working(one.calendar, now) for one in _deciding(db, partnership, side, now)]
    at = min((at for at in starts if at is not None and at > now), default=now + _LOOK_AGAIN)
    wakes.wake_by(db, partnership.team_id, KIND, partnership.id, partnership.id, at)


def _place(db: Database, actor: Actor, person_id: str, step: Step, now: datetime) -> None:
    partnership = actor.partnership
    person = people.get(db, actor.team_id, person_id)
    guessed = None if person is None else guessed_side(person, partnership)
    standing = _STANDINGS.get(step, (guessed, "observer", False))
    people.place(db, partnership, person_id, standing=standing, now=now)
    journal.record(
        db,
        actor.team_id,
        partnership.id,
        f"advisor_{step}",
        _SUBJECT,
        person_id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
    )


def _known(db: Database, partnership: Partnership) -> list[Advising]:
    every = [one for one in people.all_members(db, partnership) if one.role == "advisor"]
    return [
        Advising(
            person_id=one.person.id,
            proposed_by=None if one.confirmed else _proposer(db, partnership, one),
        )
        for one in every
    ]


def _proposer(db: Database, partnership: Partnership, one: Member) -> Side | None:
    """The journal says who proposed somebody."""
    told = journal.entries(db, partnership.team_id, _SUBJECT, one.person.id)
    of_here = [entry for entry in told if entry.partnership_id == partnership.id]
    return of_here[-1].side if of_here else None


def _fitting(db: Database, actor: Actor, slack_id: str, one: Member | None) -> str:
    reason = unfit(one)
    if one is None or reason is not None:
        known = people.by_slack_id(db, actor.team_id, slack_id)
        raise CannotAdvise("" if known is None else known.name, reason or "absent")
    return one.person.id


def _at_work(db: Database, partnership: Partnership, side: Side, now: datetime) -> list[str]:
    """Slack ids of the leads who decide about what ``side`` proposes and who work now."""
    deciding = _deciding(db, partnership, side, now)
    return [one.person.slack_id for one in deciding if is_working(one.calendar, now)]


def _deciding(db: Database, partnership: Partnership, side: Side, now: datetime) -> list[Member]:
    found = leads(people.active_members(db, partnership), other_side(side))
    return [one for one in found if not one.person.is_quiet(now)]


def _led_side(actor: Actor) -> Side:
    actor.require("advisor.propose")
    side = actor.standings.side
    assert side is not None  # whoever leads has a side
    return side
