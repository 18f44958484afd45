"""The check-ins of one partnership around the present while things are planned, each read once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from data import Database, cadences, checkins, turn_moves
from domain.cadences import Cadence, Occurrence
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.proposals import TurnMove
from services.checkin_facts import check_ins_of

Posts = list[tuple[str, str]]

# What is over stands on an agenda for at most so long.
_LOOKED_BACK: Final = timedelta(days=21)


class KnownTurns:
    """Turns inside one transaction, or one reading; they are read when one is asked for.

    Whoever changes one says so: ``made``, ``became``, ``put`` or ``forget``.
    """

    def __init__(self, db: Database, partnership: Partnership, now: datetime) -> None:
        self.db = db
        self.partnership = partnership
        self.now = now
        # Ids of turns that are wanted soon: where one is read, all are.
        self.wanted: frozenset[str] = frozenset()
        self._check_ins: dict[str, CheckIn] = {}
        self._is_read = False
        self._posts: dict[str, Posts] = {}
        self._moves: dict[str, list[TurnMove]] = {}
        self._new: set[str] = set()

    @cached_property
    def cadences(self) -> dict[str, Cadence]:
        """All that recurs or recurred, by id."""
        return cadences.every(self.db, self.partnership)

    def get(self, turn_id: str) -> CheckIn | None:
        """A turn as it is now, with all that is said of it; None: there is none."""
        if turn_id not in self._check_ins:
            self._read()
        if turn_id not in self._check_ins:
            missing = (self.wanted | {turn_id}) - self._check_ins.keys()
            self._add(cadences.some(self.db, self.partnership.team_id, missing))
            self.wanted = frozenset()
        return self._check_ins.get(turn_id)

    def coming(self) -> list[CheckIn]:
        """Those that start after now and are not called off, soonest first."""
        self._read()
        found = [one for one in self._check_ins.values() if one.turn.starts_at > self.now]
        return sorted((one for one in found if one.turn.is_open), key=_by_start)

    def over(self, since: datetime) -> list[CheckIn]:
        """Those that started at ``since`` or later, three weeks ago at most, and are over."""
        self._read()
        found = [one for one in self._check_ins.values() if one.turn.state == "over"]
        return sorted(
            (one for one in found if since <= one.turn.starts_at < self.now), key=_by_start
        )

    def posts(self, turn: Occurrence) -> Posts:
        """Kind and key of each post that tells of a turn."""
        if turn.id not in self._posts:
            # What is put about one turn on behalf of a person asks for no other.
            unread = self._unread(self._posts) if self._is_read else set()
            team_id = self.partnership.team_id
            self._posts |= checkins.posts_of(self.db, team_id, sorted(unread | {turn.id}))
        return self._posts[turn.id]

    def moves(self, turn: Occurrence) -> list[TurnMove]:
        """What became of a turn, the first one first."""
        if turn.id not in self._moves:
            unread = self._unread(self._moves) if self._is_read else set()
            team_id = self.partnership.team_id
            self._moves |= turn_moves.of_turns(self.db, team_id, sorted(unread | {turn.id}))
        return self._moves[turn.id]

    def is_new(self, turn: Occurrence) -> bool:
        """Whether it was made in here, so that nobody can have said anything of it."""
        return turn.id in self._new

    def made(self, turn: Occurrence) -> None:
        """A turn was stored that was not there."""
        self._new.add(turn.id)
        self._posts[turn.id] = []
        self._moves[turn.id] = []
        cadence = self.cadences[turn.cadence_id]
        self.became(CheckIn(partnership=self.partnership, cadence=cadence, turn=turn))

    def became(self, check_in: CheckIn) -> None:
        """A turn was changed, and is so now."""
        self._check_ins[check_in.turn.id] = check_in

    def put(self, turn: Occurrence, kind: str, key: str) -> None:
        """A post was put that tells of a turn."""
        self.posts(turn).append((kind, key))

    def forget(self) -> None:
        """Have all of them read anew when one is asked for again."""
        for part in (self._check_ins, self._posts, self._moves):
            part.clear()
        self._is_read = False

    def _read(self) -> None:
        if self._is_read:
            return
        self._is_read = True
        since = self.now - _LOOKED_BACK
        found = cadences.since(self.db, self.partnership, "checkin", since)
        self._add(one for one in found if one.id not in self._check_ins)

    def _add(self, turns: Iterable[Occurrence]) -> None:
        read = check_ins_of(self.db, list(turns), self.partnership, self.cadences)
        self._check_ins |= {one.turn.id: one for one in read}

    def _unread(self, among: dict[str, Posts] | dict[str, list[TurnMove]]) -> set[str]:
        return self._check_ins.keys() - among.keys()


def _by_start(one: CheckIn) -> tuple[datetime, str]:
    return one.turn.starts_at, one.turn.id
