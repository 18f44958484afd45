"""What is known of one partnership while things of it are planned, each part read once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from data import Database, cadences, checkins, deliverables, people, topics, turn_moves
from domain.agenda import kinds_of_agenda
from domain.cadences import Cadence, Occurrence
from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.findings import Finding
from domain.gaps import findings
from domain.partnerships import Partnership, leads
from domain.people import Member
from domain.proposals import TurnMove
from domain.topics import Topic
from services import boards, gap_facts
from services.checkin_facts import check_ins_of

Posts = list[tuple[str, str]]


class Known:
    """A partnership inside one transaction, or one reading; parts are read when they are asked for.

    Whoever changes what a part was read from says so: ``forget``, ``put`` or ``made``.
    """

    def __init__(self, db: Database, partnership: Partnership, now: datetime) -> None:
        self.db = db
        self.partnership = partnership
        self.now = now
        # Ids of the things that are planned in here: what is said of some is read for all.
        self.subjects: frozenset[str] = frozenset()
        # What was set due in here and can be planned at once: the wake's kind and its thing.
        self.due_now: set[tuple[str, str]] = set()
        self._check_ins: dict[str, CheckIn] = {}
        self._posts: dict[str, Posts] = {}
        self._moves: dict[str, list[TurnMove]] = {}
        self._new: set[str] = set()
        self._laid_out: set[str] = set()

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
    def cadences(self) -> dict[str, Cadence]:
        """All that recurs or recurred, by id."""
        return cadences.every(self.db, self.partnership)

    @cached_property
    def last_originals(self) -> dict[str, datetime]:
        """Wall time by the rule of each cadence's latest turn."""
        return cadences.last_originals(self.db, self.partnership)

    @cached_property
    def topics(self) -> list[Topic]:
        return topics.every(self.db, self.partnership)

    @cached_property
    def owed(self) -> list[Commitment]:
        """What is open, the longest due first."""
        return [one.commitment for one in deliverables.open_in(self.db, self.partnership)]

    @cached_property
    def open_points(self) -> tuple[Finding, ...]:
        """What is open between both sides and may stand on an agenda."""
        week = gap_facts.for_agenda(self.db, self.partnership, self.now, self.cadences)
        return tuple(findings(week, kinds_of_agenda(self.partnership)))

    def covered(self, before: datetime) -> dict[str, datetime]:
        """When each topic was talked about last before a moment, by its id."""
        if all(at < before for at in self._covered.values()):
            return self._covered
        return topics.last_covered(self.db, self.partnership, before)

    def _prepare(self, turn_ids: Iterable[str]) -> None:
        """Read all that is said of some turns at once."""
        team_id = self.partnership.team_id
        found = cadences.some(self.db, team_id, turn_ids)
        listed = [one.id for one in found]
        read = check_ins_of(self.db, found, self.partnership, self.cadences)
        self._check_ins |= {one.turn.id: one for one in read}
        self._posts |= checkins.posts_of(self.db, team_id, listed)
        self._moves |= turn_moves.of_turns(self.db, team_id, listed)

    def take_check_in(self, turn_id: str) -> CheckIn | None:
        """A turn as it is now, to be changed: it is read anew the next time."""
        if turn_id not in self._check_ins:
            self._prepare(self.subjects | {turn_id})
            self.subjects = frozenset()
        return self._check_ins.pop(turn_id, None)

    def posts(self, turn: Occurrence) -> Posts:
        """Kind and key of each post that tells of a turn."""
        if turn.id not in self._posts:
            self._posts[turn.id] = checkins.posts(self.db, turn)
        return self._posts[turn.id]

    def read_posts(self, turns: Iterable[Occurrence]) -> None:
        """Read at once which posts tell of some turns."""
        unread = [turn.id for turn in turns if turn.id not in self._posts]
        if unread:
            self._posts |= checkins.posts_of(self.db, self.partnership.team_id, unread)

    def moves(self, turn: Occurrence) -> list[TurnMove]:
        """What became of a turn, the first one first."""
        if turn.id not in self._moves:
            self._moves[turn.id] = turn_moves.of_turn(self.db, turn)
        return self._moves[turn.id]

    def is_new(self, turn: Occurrence) -> bool:
        """Whether it was made in here, so that nobody can have said anything of it."""
        return turn.id in self._new

    def made(self, turn: Occurrence) -> None:
        """A turn was stored that was not there."""
        self.last_originals[turn.cadence_id] = turn.original
        self._new.add(turn.id)
        self._posts[turn.id] = []
        self._moves[turn.id] = []
        cadence = self.cadences[turn.cadence_id]
        self._check_ins[turn.id] = CheckIn(partnership=self.partnership, cadence=cadence, turn=turn)

    def laid_out(self, turn: Occurrence) -> None:
        """All posts with its agenda were drawn from what is known."""
        self._laid_out.add(turn.id)

    def is_laid_out(self, turn: Occurrence) -> bool:
        return turn.id in self._laid_out

    def put(self, turn: Occurrence, kind: str, key: str) -> None:
        """A post was put that tells of a turn."""
        self.posts(turn).append((kind, key))

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

    @cached_property
    def _covered(self) -> dict[str, datetime]:
        return topics.last_covered(self.db, self.partnership, None)
