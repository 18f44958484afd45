"""What people do in a life, through the services that a button or a form would call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from data import daily as daily_data
from data.moments import to_text
from data.people import member_of_user
from domain.deliverables import Due
from domain.errors import TouchbaseError
from services import (
    away,
    daily,
    deliverable_endings,
    deliverable_reviews,
    deliverables,
    hand_overs,
    ladder_acts,
    raising,
    sponsors,
    waits,
)
from services.absences import Picked
from services.actors import Who, actor_in
from services.deliverable_drafts import Draft
from services.deps import Deps
from tests.partners import ACME_TEAM
from tests.year.life import Life, thing_id, title
from tests.year.plans import Act, Kind, Made
from tests.year.record import MINUTE, Human, Record
from views.waits import Asked

Thing = dict[str, Any]


def do(life: Life, n: int, thing: Made | Act) -> None:
    """Let somebody do something; that it is refused is an answer like any other.

    Args:
        n: Of what is made, which keeps its id however often somebody has to begin anew.
    """
    try:
        if isinstance(thing, Made):
            _make(life, n, thing)
        else:
            _act(life, thing)
    except TouchbaseError as answer:
        life.answered.append(type(answer).__name__)


def _make(life: Life, n: int, made: Made) -> None:
    author = life.humans[made.author % len(life.humans)]
    owner = life.humans[made.owner % len(life.humans)]
    partnership = life.stage.partnership
    member = member_of_user(life.store.reading(), partnership, owner.slack_id)
    assert member is not None
    draft = Draft(
        id=thing_id(n),
        title=title(n),
        owner=member,
        side=owner.side,
        due_at=life.now + made.due_in * MINUTE,
    )
    actor = actor_in(life.store, life.who(author), partnership)
    deliverables.create(life.deps, actor, draft, life.now)


def _act(life: Life, act: Act) -> None:
    if act.kind in PERSONAL:
        human = life.humans[act.person % len(life.humans)]
        life.touched.setdefault(human.id, []).append(life.now)
        PERSONAL[act.kind](life, human, act)
        return
    if not life.seen:
        return
    known = sorted(life.seen)
    named = thing_id(act.which)
    one = life.seen[named if named in life.seen else known[act.which % len(known)]][-1][1]
    human = presser(life, one, act)
    ABOUT[act.kind](life, life.who(human), one, act)


def presser(life: Record, one: Thing, act: Act) -> Human:
    """Mostly whoever may do it; sometimes somebody else."""
    if act.more % 9 == 0:
        return life.humans[act.person % len(life.humans)]
    if act.kind in {"approve", "send_back"}:
        return next(human for human in life.humans if human.side != one["side"])
    if act.kind == "withdraw":
        return life.human(one["created_by"])
    if act.kind == "take":
        asked = life.rows("SELECT to_id FROM hand_overs WHERE commitment_id = :id", id=one["id"])
        return life.human(asked[0]["to_id"]) if asked else life.human(one["owner_id"])
    return life.human(one["owner_id"])


def _accept(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverables.accept(life.deps, who, one["id"], life.now)


def _done(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverables.done(life.deps, who, one["id"], life.now)


def _move(life: Life, who: Who, one: Thing, act: Act) -> None:
    day = (life.now + timedelta(days=act.more % 12)).date()
    deliverables.move(life.deps, who, one["id"], (Due(day=day), "the plant is closed"), life.now)


def _put_off(life: Life, who: Who, one: Thing, act: Act) -> None:
    ladder_acts.put_off(life.deps, who, one["id"], act.kind, life.now)


def _on_it(life: Life, who: Who, one: Thing, _: Act) -> None:
    ladder_acts.on_it(life.deps, who, one["id"], life.now)


def _wait(life: Life, who: Who, one: Thing, act: Act) -> None:
    latest = [history[-1][1] for history in life.seen.values()]
    open_ones = [it for it in latest if it["side"] != one["side"] and it["closed_at"] is None]
    # Mostly what is promised and due first: that is what can be late.
    others = [it["id"] for it in sorted(open_ones, key=lambda it: (it["state"], it["due_at"]))][:4]
    if not others:
        return
    asked = Asked(on_id=others[act.more % len(others)], words="", owner=None)
    carried = {"id": one["id"], "new": f"wait{act.minute:08}{act.more:08}"}
    waits.begin(life.deps, who, carried, asked, life.now)


def _hand_over(life: Life, who: Who, one: Thing, act: Act) -> None:
    fellows = [human for human in life.humans if human.side == one["side"]]
    to = fellows[act.more % len(fellows)]
    hand_overs.offer(life.deps, who, one["id"], to.slack_id, life.now)


def _take(life: Life, who: Who, one: Thing, _: Act) -> None:
    hand_overs.take(life.deps, who, one["id"], life.now)


def _send_back(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverable_reviews.send_back(life.deps, who, one["id"], "the totals lack", life.now)


def _approve(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverable_reviews.approve(life.deps, who, one["id"], life.now)


def _decline(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverable_endings.decline(life.deps, who, one["id"], life.now)


def _sponsors(life: Life, _: Who, __: Thing, act: Act) -> None:
    """A lead brings something late to the other leads, and on to the sponsors."""
    latest = [history[-1][1] for history in life.seen.values()]
    now = to_text(life.now)
    late = [one for one in latest if one["state"] == "accepted" and one["due_at"] <= now]
    if late:
        who, thing = life.who(life.humans[act.person % 2]), late[act.more % len(late)]["id"]
        raising.bring_up(life.deps, who, thing, life.now)
        sponsors.bring(life.deps, who, thing, life.now)


def _help(life: Life, who: Who, one: Thing, _: Act) -> None:
    sponsors.need_help(life.deps, who, one["id"], life.now)


def _withdraw(life: Life, who: Who, one: Thing, _: Act) -> None:
    deliverable_endings.withdraw(life.deps, who, one["id"], "no longer wanted", life.now)


def _away(life: Life, human: Human, act: Act) -> None:
    fellows = [one for one in life.humans if one.side == human.side and one is not human]
    stand_in = fellows[act.which % len(fellows)].slack_id if act.more % 2 else None
    from_on = (life.now + timedelta(days=act.more % 3)).date()
    until_on = from_on + timedelta(days=act.more % 10)
    half = act.more % 5 == 0
    picked = Picked(
        from_on=from_on,
        until_on=from_on if half else until_on,
        part="second" if half else "whole",
        stand_in=stand_in,
    )
    away.away_by_form(life.deps, life.who(human), picked, life.now)


def _back(life: Life, human: Human, _: Act) -> None:
    away.back(life.deps, life.who(human), life.now)


def _daily(
    verb: Callable[[Deps, Who, str, datetime], object],
) -> Callable[[Life, Human, Act], None]:
    def press(life: Life, human: Human, _: Act) -> None:
        newest = daily_data.newest(life.store.reading(), ACME_TEAM, human.id)
        if newest:
            verb(life.deps, life.who(human), newest[0].id, life.now)

    return press


ABOUT: Final[dict[Kind, Callable[[Life, Who, Thing, Act], None]]] = {
    "accept": _accept,
    "done": _done,
    "move": _move,
    "tomorrow": _put_off,
    "next_week": _put_off,
    "on_it": _on_it,
    "waits": _wait,
    "hand_over": _hand_over,
    "take": _take,
    "send_back": _send_back,
    "approve": _approve,
    "decline": _decline,
    "withdraw": _withdraw,
    "sponsors": _sponsors,
    "help": _help,
}
PERSONAL: Final[dict[Kind, Callable[[Life, Human, Act], None]]] = {
    "away": _away,
    "back": _back,
    "stop": _daily(daily.stop),
    "start": _daily(daily.start),
    "set_aside": _daily(daily.not_today),
}
