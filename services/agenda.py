"""Gathers what stands on the agenda of a turn, for the channel and for the leads."""

from collections.abc import Iterator
from datetime import datetime

from data import Database, deliverables, inputs, topics
from data import agenda as stored
from domain.agenda import Agenda, TopicFacts, carried, has_agenda, open_points, public_topics
from domain.cadences import Occurrence
from domain.checkins import CheckIn
from domain.findings import Finding
from domain.gaps import findings
from domain.inputs import Brought, InputStanding, standing
from domain.partnerships import Partnership
from domain.topics import Topic, due_topics, for_reader
from services import gap_facts


def agenda_of(db: Database, check_in: CheckIn, now: datetime) -> Agenda:
    """All that stands on the agenda of a turn besides its own points; a coffee has none."""
    if not has_agenda(check_in.cadence.plan):
        return Agenda()
    partnership, turn = check_in.partnership, check_in.turn
    facts = topic_facts(db, partnership, turn)
    shown, for_leads = public_topics(facts, turn.starts_at)
    until = max(turn.starts_at, now)
    brought = inputs.of_turn(db, turn)
    own = {one.commitment.id for one in brought}
    owed = (one.commitment for one in deliverables.open_in(db, partnership, until))
    return Agenda(
        carried=tuple(carried(*stored.earlier_points(db, turn))),
        owed=tuple(one for one in owed if one.id not in own),
        open=tuple(_open(db, check_in, now)) if turn.is_open else (),
        topics=shown,
        for_leads=for_leads,
        nones=facts.nones,
        inputs=tuple(_standing(partnership, brought)),
        outcomes=topics.outcomes(db, turn) if turn.state == "over" else {},
    )


def _standing(partnership: Partnership, brought: list[Brought]) -> Iterator[InputStanding]:
    for one in brought:
        zone = partnership.side(one.input.side).calendar.zone
        stands = standing(one.input, one.commitment, zone)
        if stands is not None:
            yield stands


def _open(db: Database, check_in: CheckIn, now: datetime) -> list[Finding]:
    partnership = check_in.partnership
    return open_points(partnership, findings(gap_facts.live(db, partnership, now)))


def topic_facts(db: Database, partnership: Partnership, turn: Occurrence) -> TopicFacts:
    """What is known of all topics before a turn, also of those for the leads."""
    return TopicFacts(
        every=topics.every(db, partnership),
        covered=topics.last_covered(db, partnership, turn.starts_at),
        nones=topics.nones(db, turn),
    )


def due_at_turn(
    db: Database, partnership: Partnership, turn: Occurrence, *, is_lead: bool
) -> list[Topic]:
    """The topics that are due at a turn, as far as a reader may know of them."""
    facts = topic_facts(db, partnership, turn)
    due = due_topics(facts.every, facts.covered, turn.starts_at)
    return for_reader(due, is_lead=is_lead)
