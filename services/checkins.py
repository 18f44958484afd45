"""What people do about check-ins: create one, add points, be late, say whether it took place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from data import Database, cadences, channels, checkins, journal, partnerships, people, proposals
from domain.cadences import (
    Occurrence,
    OccurrenceClosed,
    UnknownCadence,
    UnknownOccurrence,
    coming_turns,
)
from domain.checkins import (
    POINT_MOST,
    WAKE_BEFORE,
    AgendaPoint,
    CheckIn,
    Confirmation,
    Excuse,
    NewPoint,
    NothingToSay,
    NotYetOver,
    Said,
)
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import SIDES, Side
from domain.proposals import NobodyToAgree
from domain.setups import BotNotInChannel
from domain.written import InWriting, is_written
from services import boards, checkin_posts, proposal_posts
from services import cadences as cadence_verbs
from services.actors import Actor, Who, actor_here, actor_in
from services.checkin_facts import check_in_of
from services.checkin_planning import advance
from services.deps import Deps
from services.replies import replace_private, replace_shown, reply
from views import checkins as views
from views.checkin_drafts import Draft, created_answer


def actor_seen(deps: Deps, who: Who) -> Actor:
    """The actor in the channel's partnership, as far as the person may know of it.

    Raises:
        NoPartnershipHere: There is none, the other company said no, or only its installer knows.
    """
    actor = actor_here(deps.store, who)
    state = actor.partnership.state
    hidden = state == "looking" and not actor.standings.installer
    if hidden or state == "declined":
        raise NoPartnershipHere(who.channel)
    return actor


def actor_of_turn(deps: Deps, who: Who, turn_id: str) -> tuple[Actor, Occurrence]:
    """The actor with regard to the turn that a button names.

    Raises:
        UnknownOccurrence: There is no such turn any more.
    """
    db = deps.store.reading()
    turn = cadences.occurrence(db, who.team_id, turn_id)
    found = partnerships.get(db, who.team_id, turn.partnership_id) if turn is not None else None
    if turn is None or turn.kind != "checkin" or found is None:
        raise UnknownOccurrence
    return actor_in(deps.store, who, found), turn


def check_in_in(db: Database, turn: Occurrence) -> CheckIn:
    """The turn as it is now, inside a transaction.

    Raises:
        UnknownOccurrence: It is gone.
    """
    current = cadences.occurrence(db, turn.team_id, turn.id)
    found = check_in_of(db, current) if current is not None else None
    if found is None:
        raise UnknownOccurrence
    return found


def create(
    deps: Deps, who: Who, draft: Draft, now: datetime, *, answer_url: str | None = None
) -> bool:
    """Create a check-in, once, and show it to everyone in the thread of *This week*.

    Args:
        answer_url: Of the private message in which *Create* was pressed, which is replaced.

    Returns:
        False when it was created before.

    Raises:
        NotAllowed, NoPartnershipHere, BotNotInChannel, NobodyToAgree;
        UnknownCadence: The plan has no turn to come.
    """
    found = partnerships.get(deps.store.reading(), who.team_id, draft.partnership_id)
    if found is None:
        raise NoPartnershipHere(who.channel)
    actor = actor_in(deps.store, who, found)
    actor.require("checkin.create")
    require_company(deps.store.reading(), found)
    if not coming_turns(draft.plan, now, 1):
        raise UnknownCadence
    with deps.store.writing(found.id) as db:
        is_new = _begin(db, found, draft, by=actor, now=now)
        if answer_url is not None:
            replace_private(db, found, answer_url, created_answer(found, draft.plan), now)
    return is_new


def say_created(deps: Deps, who: Who, draft: Draft, shown: tuple[str, str], now: datetime) -> None:
    """Say in the message in whose thread *Create* was pressed that it was, in place of the button.

    Args:
        shown: Its channel and its ``ts``.
    """
    found = partnerships.get(deps.store.reading(), who.team_id, draft.partnership_id)
    if found is None:
        return
    with deps.store.writing(found.id) as db:
        replace_shown(db, found, shown, created_answer(found, draft.plan), now)


def require_company(db: Database, partnership: Partnership) -> None:
    """Refuse to plan what nobody would come to, or could hear of.

    Raises:
        BotNotInChannel: The channel is told nothing any more.
        NobodyToAgree: A side has neither lead nor member.
    """
    channel = channels.get(db, partnership.team_id, partnership.channel)
    if channel is not None and not channel.bot_is_member:
        raise BotNotInChannel(partnership.channel)
    if not partnership.is_agreed:
        return
    present = {one.side for one in people.active_members(db, partnership)}
    for side in SIDES:
        if side not in present:
            raise NobodyToAgree(partnership.side(side).name)


def add_point(deps: Deps, who: Who, turn_id: str, point: NewPoint, now: datetime) -> None:
    """Put a point on the agenda and show it.

    Raises:
        NotAllowed; NothingToSay; OccurrenceClosed: It is over, skipped or cancelled; InWriting.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.agenda")
    if not point.words.strip():
        raise NothingToSay
    with deps.store.writing(turn.partnership_id) as db:
        check_in = check_in_in(db, turn)
        if is_written(check_in.cadence.plan):
            raise InWriting
        if not check_in.turn.is_open:
            raise OccurrenceClosed(check_in.turn)
        if not checkins.add_point(db, turn, _signed(point, actor, now)):
            return
        note(db, actor, "agenda_point_added", turn, now)
        added = check_in_in(db, turn)
        if added.partnership.is_agreed and checkin_posts.put_agenda(db, added, now):
            cadences.set_state(db, turn, "announced")
        checkin_posts.redraw(db, added, now, ("agenda", "reminder", "start"))
        boards.redraw_soon(db, added.partnership, now)


def excuse(deps: Deps, who: Who, turn_id: str, kind: Excuse, now: datetime) -> None:
    """Tell the thread that somebody of a side is late or absent, once a person and turn.

    Raises:
        NotAllowed; OccurrenceClosed: It is over, skipped or cancelled.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.excuse")
    side = side_of(actor)
    with deps.store.writing(turn.partnership_id) as db:
        check_in = check_in_in(db, turn)
        if not check_in.turn.is_open:
            raise OccurrenceClosed(check_in.turn)
        key = f"checkin-{kind}/{turn.id}/{actor.person.id}"
        drawn = views.excuse_line(check_in, side, kind)
        if reply(db, check_in.partnership, key, drawn, now, asker=actor.person.id):
            note(db, actor, f"checkin_{kind}", turn, now)


def confirm(deps: Deps, who: Who, turn_id: str, said: Said, now: datetime) -> None:
    """Record what the actor's side says about a turn; it can be said anew.

    Raises:
        NotAllowed; NotYetOver: It has not started.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.confirm")
    side = side_of(actor)
    with deps.store.writing(turn.partnership_id) as db:
        if now < check_in_in(db, turn).turn.starts_at:
            raise NotYetOver(turn.starts_at)
        word = Confirmation(occurrence_id=turn.id, side=side, said=said, said_at=now)
        if not checkins.confirm(db, turn, word, actor.person.id):
            return
        note(db, actor, "checkin_confirmed", turn, now, {"said": said})
        checkin_posts.redraw(db, check_in_in(db, turn), now, checkin_posts.QUESTIONS)
        boards.redraw_soon(db, actor.partnership, now)


def _signed(point: NewPoint, actor: Actor, now: datetime) -> AgendaPoint:
    return AgendaPoint(
        id=point.id,
        side=side_of(actor),
        person_id=actor.person.id,
        words=point.words.strip()[:POINT_MOST],
        added_at=now,
    )


def _begin(
    db: Database, partnership: Partnership, draft: Draft, *, by: Actor, now: datetime
) -> bool:
    begun = cadence_verbs.create(
        db,
        partnership,
        draft.plan,
        by=by.person.id,
        now=now,
        wake_before=WAKE_BEFORE,
        cadence_id=draft.id,
    )
    if begun is None:
        return False
    cadence, first = begun
    proposals.propose(db, cadence, side_of(by), now)
    proposal_posts.put_card(db, partnership, cadence.id, now, asker=by.person.id)
    if first is not None:
        advance(db, check_in_in(db, first), now)
    boards.redraw_soon(db, partnership, now)
    return True


def side_of(actor: Actor) -> Side:
    """The side on whose behalf somebody acts.

    Raises:
        NotListed: On neither.
    """
    side = actor.listed.side
    assert side is not None  # who takes part has a side
    return side


_NOTHING: Final[Mapping[str, str]] = {}


def note(  # noqa: PLR0913, PLR0917  # the parts of one journal line
    db: Database,
    actor: Actor,
    verb: str,
    turn: Occurrence,
    now: datetime,
    details: Mapping[str, str] = _NOTHING,
) -> None:
    """Write down what somebody did about a turn; ids and codes only."""
    journal.record(
        db,
        turn.team_id,
        turn.partnership_id,
        verb,
        "occurrence",
        turn.id,
        by=actor.person.id,
        side=side_of(actor),
        now=now,
        details=details,
    )
