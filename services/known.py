"""What is known of one partnership while things of it are planned, each part read once."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property

from data import Database, cadences, deliverables, outbox, people, topics
from data.deliverables import Carded
from domain.agenda import Agenda, kinds_of_agenda
from domain.cadences import Occurrence, OccurrenceState
from domain.deliverables import Commitment
from domain.findings import Finding
from domain.gaps import findings
from domain.outgoing import CLOSED
from domain.partnerships import Partnership, leads
from domain.people import Member
from domain.topics import Topic
from services import boards, gap_facts
from services.known_turns import KnownTurns

# A turn, its state and its start.
AgendaKey = tuple[str, OccurrenceState, datetime]


class Known:
    """A partnership inside one transaction, or one reading; parts are read when they are asked for.

    Whoever changes what a part was read from says so: ``forget`` or ``made``.
    """

    def __init__(self, db: Database, partnership: Partnership, now: datetime) -> None:
        self.db = db
        self.partnership = partnership
        self.now = now
        self.turns = KnownTurns(db, partnership, now)
        # What was set due in here and can be planned at once: the wake's kind and its thing.
        self.due_now: set[tuple[str, str]] = set()
        self._laid_out: set[str] = set()
        self._agendas: dict[AgendaKey, Agenda] = {}

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Who takes part, leads first."""
        return tuple(people.active_members(self.db, self.partnership))

    @cached_property
    def leads(self) -> tuple[Member, ...]:
        return tuple(leads(self.members))

    @cached_property
    def thread(self) -> str | None:
        """Key of the newest *This week*, in whose thread things are told; None: there is none."""
        return boards.week_key(self.db, self.partnership)

    @cached_property
    def thread_stands(self) -> bool:
        """Whether something can be told in it."""
        team_id, key = self.partnership.team_id, self.thread
        found = None if key is None else outbox.state_of(self.db, team_id, key)
        return found is not None and found.state not in CLOSED

    @cached_property
    def last_originals(self) -> dict[str, datetime]:
        """Wall time by the rule of each cadence's latest turn."""
        return cadences.last_originals(self.db, self.partnership)

    @cached_property
    def topics(self) -> list[Topic]:
        return topics.every(self.db, self.partnership)

    @cached_property
    def carded(self) -> list[Carded]:
        """What is open with its cards, the longest due first."""
        return deliverables.open_in(self.db, self.partnership)

    @property
    def owed(self) -> Iterator[Commitment]:
        """What is open, the longest due first."""
        return (one.commitment for one in self.carded)

    @cached_property
    def open_points(self) -> tuple[Finding, ...]:
        """What is open between both sides and may stand on an agenda."""
        week = gap_facts.for_agenda(self.turns)
        return tuple(findings(week, kinds_of_agenda(self.partnership)))

    def covered(self, before: datetime) -> dict[str, datetime]:
        """When each topic was talked about last before a moment, by its id."""
        if all(at < before for at in self._covered.values()):
            return self._covered
        return topics.last_covered(self.db, self.partnership, before)

    def made(self, turn: Occurrence) -> None:
        """A turn was stored that was not there."""
        self.last_originals[turn.cadence_id] = turn.original
        self.turns.made(turn)

    def laid_out(self, turn: Occurrence) -> None:
        """All posts with its agenda were drawn from what is known."""
        self._laid_out.add(turn.id)

    def is_laid_out(self, turn: Occurrence) -> bool:
        return turn.id in self._laid_out

    def agenda(self, key: AgendaKey, build: Callable[[], Agenda]) -> Agenda:
        """What stands on the agenda of a turn in a state, put together once."""
        if key not in self._agendas:
            self._agendas[key] = build()
        return self._agendas[key]

    def redraw_boards(self) -> None:
        """What hub and *This week* show has changed: they are drawn at the end, or soon."""
        about = ("boards", self.partnership.id)
        if about not in self.due_now:
            self.due_now.add(about)
            boards.redraw_soon(self.db, self.partnership, self.now)

    def forget(self, *parts: str) -> None:
        """Have these parts read anew when they are asked for again."""
        for part in parts:
            self.__dict__.pop(part, None)
        self._laid_out.clear()
        self._agendas.clear()

    @cached_property
    def _covered(self) -> dict[str, datetime]:
        return topics.last_covered(self.db, self.partnership, None)
