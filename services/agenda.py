"""Gathers what stands on the agenda of a turn, for the channel and for the leads."""

from collections.abc import Iterator, Sequence

from data import Database, inputs, topics
from data import agenda as stored
from domain.agenda import Agenda, TopicFacts, carried, has_agenda, public_topics
from domain.cadences import Occurrence
from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.inputs import Brought, InputStanding, standing
from domain.partnerships import Partnership
from domain.topics import Topic, due_topics, for_reader
from services.known import Known


def agenda_of(known: Known, check_in: CheckIn) -> Agenda:
    """All that stands on the agenda of a turn besides its own points; a coffee has none."""
    if not has_agenda(check_in.cadence.plan):
        return Agenda()
    turn = check_in.turn
    return known.agenda((turn.id, turn.state, turn.starts_at), lambda: _agenda_of(known, check_in))


def _agenda_of(known: Known, check_in: CheckIn) -> Agenda:
    db, turn = known.db, check_in.turn
    facts = _topic_facts(known, turn)
    shown, for_leads = public_topics(facts, turn.starts_at)
    brought = [] if known.turns.is_new(turn) else inputs.of_turn(db, turn)
    return Agenda(
        carried=tuple(carried(*stored.earlier_points(db, turn))),
        owed=tuple(_owed(known, turn, brought)),
        open=known.open_points if turn.is_open else (),
        topics=shown,
        for_leads=for_leads,
        nones=facts.nones,
        inputs=tuple(_standing(check_in.partnership, brought)),
        outcomes=topics.outcomes(db, turn) if turn.state == "over" else {},
    )


def _owed(known: Known, turn: Occurrence, brought: Sequence[Brought]) -> Iterator[Commitment]:
    """What is due before the turn, or late, and is not brought to it."""
    until, own = max(turn.starts_at, known.now), {one.commitment.id for one in brought}
    return (one for one in known.owed if one.due_at < until and one.id not in own)


def _standing(partnership: Partnership, brought: list[Brought]) -> Iterator[InputStanding]:
    for one in brought:
        zone = partnership.side(one.input.side).calendar.zone
        stands = standing(one.input, one.commitment, zone)
        if stands is not None:
            yield stands


def _topic_facts(known: Known, turn: Occurrence) -> TopicFacts:
    return TopicFacts(
        every=known.topics,
        covered=known.covered(turn.starts_at),
        nones={} if known.turns.is_new(turn) else topics.nones(known.db, turn),
    )


def due_at_turn(
    db: Database, partnership: Partnership, turn: Occurrence, *, is_lead: bool
) -> list[Topic]:
    """The topics that are due at a turn, as far as a reader may know of them."""
    covered = topics.last_covered(db, partnership, turn.starts_at)
    due = due_topics(topics.every(db, partnership), covered, turn.starts_at)
    return for_reader(due, is_lead=is_lead)
