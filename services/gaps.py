"""What people do about what is open: see it, ask why, say that it is settled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import Database, finding_notes, journal, partnerships, people, summary
from domain.checkin_moves import NoSuchCheckIn
from domain.findings import Finding, Week
from domain.gaps import listed
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import Side
from domain.rights import Thing
from domain.summaries import UnknownFinding, span_of
from services import checkin_board, checkin_turn_forms, gap_facts, summary_wakes
from services.actors import Actor, Who, actor_here, actor_in, person_of
from services.deps import Deps
from services.pauses import out_of
from services.setups import actor_of
from views import gap_lists
from views import gaps as views
from views.blocks import Block, Drawn
from views.own_remedies import Viewer, own_remedies
from views.words.verbs import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A finding that a button names, with the actor and the side for which they act."""

    actor: Actor
    side: Side
    finding: Finding | None

    @property
    def partnership(self) -> Partnership:
        return self.actor.partnership

    @property
    def viewer(self) -> Viewer:
        lead = self.actor.standings.lead
        return Viewer(
            person_id=self.actor.person.id,
            side=self.side,
            is_lead=lead,
            may_press=self.actor.standings.listed,
        )

    @property
    def open(self) -> Finding:
        """The finding.

        Raises:
            UnknownFinding: It is not open any more.
        """
        if self.finding is None:
            raise UnknownFinding
        return self.finding


def list_here(deps: Deps, who: Who, scope: Scope | None, now: datetime) -> Drawn:
    """What is open in the channel's partnership, the reader's side first.

    In a direct message, what is open in all partnerships of the reader.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    db = deps.store.reading()
    if who.channel is None or who.channel.startswith("D"):
        return _everywhere(deps, who, now)
    actor = actor_here(deps.store, who)
    partnership = actor.partnership
    if partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    actor.require("gaps.read")
    if not partnership.is_agreed:
        return gap_lists.not_agreed(partnership)
    if partnership.is_paused(now):
        return gap_lists.resting(partnership, out_of(db, partnership, now))
    side = _reading_side(actor)
    week = gap_facts.live(db, partnership, now, for_leads=actor.standings.lead)
    return gap_lists.listed(
        partnership,
        [one for one in listed(week) if _is_meant(one, scope, side)],
        gap_lists.Reading(
            side=side,
            person_id=actor.person.id,
            is_lead=actor.standings.lead,
            may_press=actor.standings.listed,
            notes=finding_notes.every(db, partnership),
            coming=week.next_check_in,
        ),
    )


def opener(deps: Deps, who: Who) -> Drawn:
    """What is said where everybody reads it: a button that opens the private list."""
    return gap_lists.privately(actor_here(deps.store, who).partnership)


def why(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """Why something is in a list.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    named = named_by(deps, who, value, now)
    if named.finding is None:
        return views.settled_notice(named.partnership)
    row = own_remedies(named.partnership, named.finding, named.viewer)
    return views.why(named.partnership, named.finding, named.actor.zone, row)


def declare_settled(deps: Deps, who: Who, value: str, now: datetime) -> tuple[Partnership, Drawn]:
    """A lead of the side whose turn it is says that they spoke elsewhere.

    Raises:
        NoPartnershipHere, NotAllowed; UnknownFinding: It is not open any more.
    """
    named = named_by(deps, who, value, now)
    finding = named.open
    if finding.remedy != "write":
        raise UnknownFinding
    owing = named.side if finding.turn == "both" else finding.turn
    named.actor.require("gaps.settle", Thing(side=owing))
    partnership, person_id = named.partnership, named.actor.person.id
    with deps.store.writing(partnership.id) as db:
        if summary.declare_settled(db, partnership, finding.key, person_id, now):
            record(db, named, "finding_settled", finding.key, now)
            summary_wakes.touch(db, partnership, now)
    return partnership, gap_lists.now_settled(partnership, owing)


def agenda_form(deps: Deps, who: Who, value: str, now: datetime) -> dict[str, Any]:
    """The form that puts a point on the agenda of the next check-in.

    Raises:
        NoPartnershipHere, NotAllowed; NoSuchCheckIn: None is planned.
    """
    partnership_id, _, _ = value.partition("|")
    partnership = actor_of(deps, who, partnership_id).partnership
    coming = checkin_board.next_meeting(deps.store.reading(), partnership, now)
    if coming is None:
        raise NoSuchCheckIn("")
    return checkin_turn_forms.point_form_of(deps, who, coming.id)


def find(
    db: Database, partnership: Partnership, key: str, now: datetime, *, for_leads: bool = False
) -> Finding | None:
    """What is open under a key: of the last seven days, or of the week that was told last.

    Args:
        for_leads: Also what is for the leads of both sides alone.
    """
    for week in _weeks(db, partnership, now, for_leads=for_leads):
        found = next((one for one in listed(week) if one.key == key), None)
        if found is not None:
            return found
    return None


def _weeks(db: Database, partnership: Partnership, now: datetime, *, for_leads: bool) -> list[Week]:
    told = summary.newest_told(db, partnership)
    weeks = [gap_facts.live(db, partnership, now, for_leads=for_leads)]
    if told is not None:
        span = span_of(partnership, told.week_on)
        weeks.append(gap_facts.facts(db, partnership, span, now))
    return weeks


def named_by(deps: Deps, who: Who, value: str, now: datetime) -> Named:
    """Who pressed a button beside a line, and the line.

    Raises:
        NoPartnershipHere, NotAllowed.
    """
    partnership_id, _, key = value.partition("|")
    actor = actor_of(deps, who, partnership_id)
    actor.require("gaps.read")
    db, is_lead = deps.store.reading(), actor.standings.lead
    found = find(db, actor.partnership, key, now, for_leads=is_lead)
    return Named(actor=actor, side=_reading_side(actor), finding=found)


def _reading_side(actor: Actor) -> Side:
    """Whose turns somebody reads first; for an advisor those of the side that set it all up."""
    return actor.standings.side or actor.partnership.home_side


def _everywhere(deps: Deps, who: Who, now: datetime) -> Drawn:
    db = deps.store.reading()
    person = person_of(deps.store, who)
    found = []
    for partnership_id in people.partnerships_of(db, who.team_id, person.id):
        partnership = partnerships.get(db, who.team_id, partnership_id)
        actor = actor_in(deps.store, who, partnership) if partnership is not None else None
        if actor is not None and actor.standings.listed and actor.partnership.is_agreed:
            is_lead = actor.standings.lead
            week = gap_facts.live(db, actor.partnership, now, for_leads=is_lead)
            found.append((actor.partnership, _reading_side(actor), listed(week)))
    return gap_lists.everywhere(found)


def _is_meant(finding: Finding, scope: Scope | None, side: Side) -> bool:
    if scope in {"mine", "ours"}:
        return finding.concerns(side)
    if scope == "theirs":
        return finding.turn != side
    return scope != "overdue" or finding.kind == "overdue"


def record(db: Database, named: Named, verb: str, key: str, now: datetime) -> None:
    """Write down what somebody did about a line."""
    partnership = named.partnership
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        verb,
        "finding",
        key,
        by=named.actor.person.id,
        side=named.side,
        now=now,
    )
