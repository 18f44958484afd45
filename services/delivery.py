"""Writes to Slack: takes what is in the outbox to its place, once; what it says is not its matter.

A row is claimed in one transaction, sent outside of any, and settled in another. Whoever dies in
between leaves a claim, and the row is looked up in Slack before it is ever sent again.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Literal

from data import Database, outbox_claims, people
from domain.outgoing import LOOKED_FOR, Destination, Row, Waiting, person_of
from domain.store_errors import StoreError
from services import delivery_slack
from services.delivery_calls import METHODS, MalformedPayload, Where, arguments_of
from services.delivery_looks import Looks
from services.delivery_outcomes import Outcome
from services.delivery_pace import MINUTE, POST_INTERVAL, Pacer
from services.delivery_places import end, is_dead, live, new_name, where_of
from services.delivery_proof import look_after
from services.delivery_settling import Delivered, Policy, close, doubt, later_at, settle
from services.deps import Deps
from services.directory import LONGEST_WAIT

CLAIM_LASTS: Final = timedelta(seconds=60)
# Moments of several threads may differ by this much without anybody having set the clock.
CLOCK_SLACK: Final = timedelta(seconds=5)
# A transaction stays short, however many rows of one destination may not leave any more.
MOST_DROPPED_AT_ONCE: Final = 20
TOO_LATE: Final = "too_late"

Done = Literal["nothing", "done", "spread"]

# Who hands out the work names its pieces by these.
__all__ = ["Courier", "Destination", "Done"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A claimed row and where it goes."""

    row: Row
    where: Where


class Courier:
    """Delivers the rows of one database; several may work on the same one.

    Methods may be called from any thread. Nothing here waits but for Slack's answers.
    """

    def __init__(self, deps: Deps, policy: Policy) -> None:
        self.instance = new_name()
        self._deps = deps
        self._policy = policy
        self._pacer = Pacer()
        self._looks = Looks(deps, self._pacer)
        self._lock = Lock()
        self._in_flight: set[Destination] = set()
        self._latest_at: datetime | None = None

    def start(self, now: datetime) -> None:
        """Take over what earlier runs on this machine left, and their pace."""
        live(self.instance)
        self._bring_forward(now)
        db = self._deps.store.reading()
        for row in outbox_claims.claimed(db):
            if is_dead(row.claimed_by or ""):
                self._doubt(row, now)
        for row, left_at in outbox_claims.left_since(db, now - MINUTE):
            if left_at < now + CLOCK_SLACK:
                destination = Destination(row.team_id, row.place)
                self._pacer.note(destination, METHODS[row.kind], left_at)
        for row in outbox_claims.held_back(db, now):
            self._hold_back(row, row.reason or "", row.leaves_at)

    def stop(self) -> None:
        """Nothing more is sent under this name."""
        end(self.instance)

    def let_people_go_first(self) -> None:
        """Return when nobody is being answered, or delivery has a turn all the same."""
        self._deps.attention.stand_back("delivery")

    def agenda(self) -> dict[Destination, datetime]:
        """For each destination with anything open, from when something may be done there."""
        self._notice(self._deps.now())
        found: dict[Destination, datetime] = {}
        for waits in outbox_claims.waiting(self._deps.store.reading()):
            moment = self._moment(waits)
            known = found.get(waits.destination)
            found[waits.destination] = moment if known is None else min(moment, known)
        return found

    def moment_of(self, destination: Destination) -> datetime | None:
        """From when something may be done at one destination; None when nothing is open."""
        open_rows = outbox_claims.waiting_at(self._deps.store.reading(), destination)
        return min((self._moment(waits) for waits in open_rows), default=None)

    def deliver_next(self, destination: Destination, now: datetime) -> Done:
        """Do the next thing for a destination: send, look up, or drop what may not leave.

        Returns:
            "spread" when rows of other destinations may have come or changed.
        """
        with self._alone_at(destination) as alone:
            if not alone:
                return "nothing"
            self.let_people_go_first()
            self._notice(now)
            self._expire(destination, now)
            task = self._take(destination, now)
            if not isinstance(task, Task):
                return task
            if task.row.state == "uncertain":
                self._looks.look(task.row, task.where)
                return "done"
            return self._send(task)

    def _send(self, task: Task) -> Done:
        row, where = task.row, task.where
        if _must_open(row, where):
            outcome, where = self._open(row, where)
            if where.channel is None:
                return self._settle(row, Delivered(outcome=outcome))
        # Between the claim and here lies a call of Slack, which may have waited long.
        if row.is_too_late(self._deps.now()):
            return self._settle(row, Delivered(outcome=Outcome(result="gone", reason=TOO_LATE)))
        try:
            arguments = arguments_of(row, where)
        except MalformedPayload:
            log.exception("message %s of kind %s cannot be sent", row.id, row.kind)
            end = Delivered(outcome=Outcome(result="refused", reason="malformed"))
        else:
            client = self._deps.clients.for_team(row.team_id)
            end = delivery_slack.perform(client, row, where, arguments)
        return self._settle(row, end)

    def _settle(self, row: Row, end: Delivered) -> Done:
        now = self._deps.now()
        if row.kind == "post":
            self._pacer.posted(Destination(row.team_id, row.place), now)
        if end.outcome.result == "later":
            self._hold_back(row, end.outcome.scope, later_at(end.outcome, row, now))
        if end.outcome.result != "sent":
            log.info("message %s: %s %s", row.id, end.outcome.result, end.outcome.reason)
        partnership = row.partnership_id
        # Were it undone, the row would be looked up in Slack, as one that was interrupted.
        with self._deps.store.writing(partnership, delivery=True, lasting=False) as db:
            spread = settle(db, row, end, self._policy, now)
        return "spread" if spread else "done"

    def _open(self, row: Row, where: Where) -> tuple[Outcome, Where]:
        client = self._deps.clients.for_team(row.team_id)
        outcome, channel = delivery_slack.open_direct(client, where.user or "")
        if channel is not None:
            with self._deps.store.writing(None) as db:
                people.set_dm_channel(db, row.team_id, person_of(row.place) or "", channel)
        return outcome, replace(where, channel=channel)

    def _take(self, destination: Destination, now: datetime) -> Task | Done:
        """Claim what comes next at a destination; "done" when it only dropped what may not."""
        done: Done = "nothing"
        for _ in range(MOST_DROPPED_AT_ONCE):
            row = self._first(destination, now)
            if row is None:
                return done
            task = self._take_look(row, now) if _is_look(row) else self._claim(row, now)
            if task is not None:
                return task
            done = "done"
        return done

    def _first(self, destination: Destination, now: datetime) -> Row | None:
        db = self._deps.store.reading()
        heads = [
            outbox_claims.head(db, waits, now)
            for waits in outbox_claims.waiting_at(db, destination)
            if waits.state != "sending" and self._moment(waits) <= now
        ]
        rows = [row for row in heads if row is not None]
        return min(rows, key=_turn, default=None)

    def _take_look(self, row: Row, now: datetime) -> Task | None:
        with self._deps.store.writing(row.partnership_id, delivery=True) as db:
            if not outbox_claims.lease(db, row, now + CLAIM_LASTS):
                return None
            return Task(row=row, where=where_of(db, row))

    def _claim(self, row: Row, now: datetime) -> Task | None:
        with self._deps.store.writing(row.partnership_id, delivery=True) as db:
            reason = self._withheld(db, row, now)
            if reason is not None:
                close(db, row, "dropped", reason, now)
                return None
            where = where_of(db, row)
            if self._too_early(db, row, where, now):
                return None
            self._policy.on_leaving(db, row, now)
            taken = outbox_claims.claim(db, row, self.instance, now + CLAIM_LASTS, now)
            return None if taken is None else Task(row=taken, where=where)

    def _withheld(self, db: Database, row: Row, now: datetime) -> str | None:
        """Why a row may not leave; a check that fails withholds it, too."""
        if row.is_too_late(now):
            return TOO_LATE
        try:
            return self._policy.may_leave(db, row, now)
        except StoreError:
            raise
        except Exception:
            log.exception("whether message %s may leave could not be told", row.id)
            return "check_failed"

    def _too_early(self, db: Database, row: Row, where: Where, now: datetime) -> bool:
        """Whether the pace forbids the calls; else the right to make them is taken."""
        destination = Destination(row.team_id, row.place)
        last_at = outbox_claims.last_post_at(db, destination) if row.kind == "post" else None
        if last_at is not None and last_at - CLOCK_SLACK < now < last_at + POST_INTERVAL:
            # Somebody else, or an earlier run, has just posted there.
            self._pacer.posted(destination, last_at)
            return True
        if _must_open(row, where):
            free_at = self._pacer.reserve(destination, "conversations.open", now)
            if free_at is not None:
                self._pacer.block_place(destination, free_at)
                return True
        return self._pacer.reserve(destination, METHODS[row.kind], now) is not None

    def _moment(self, waits: Waiting) -> datetime:
        if waits.state == "sending":
            return waits.at
        looks = waits.state == "uncertain" and waits.kind in LOOKED_FOR
        method = "conversations.history" if looks else METHODS[waits.kind]
        return max(waits.at, self._pacer.free_at(waits.destination, method))

    def _notice(self, now: datetime) -> None:
        """A clock that was set back does not hold up anything until it is where it was."""
        with self._lock:
            was_set_back = self._latest_at is not None and now < self._latest_at - CLOCK_SLACK
            if was_set_back or self._latest_at is None or now > self._latest_at:
                self._latest_at = now
        if was_set_back:
            self._pacer.forget()
            self._bring_forward(now)

    def _bring_forward(self, now: datetime) -> None:
        with self._deps.store.writing(None) as db:
            outbox_claims.bring_forward(db, now, now + LONGEST_WAIT)

    def _hold_back(self, row: Row, scope: str, until: datetime) -> None:
        """Keep what would fail likewise from trying."""
        if scope == "team":
            self._pacer.block_team(row.team_id, until)
        elif scope in {"method", "ratelimited"}:
            self._pacer.block_method(row.team_id, METHODS[row.kind], until)
        else:
            self._pacer.block_place(Destination(row.team_id, row.place), until)

    def _expire(self, destination: Destination, now: datetime) -> None:
        """Doubt the claims that were never settled; ours cannot be under way, we are alone here."""
        for row in outbox_claims.overdue_claims(self._deps.store.reading(), destination, now):
            self._doubt(row, now)

    def _doubt(self, row: Row, now: datetime) -> None:
        look_at = (row.attempted_at or now) + look_after(row.kind)
        with self._deps.store.writing(row.partnership_id, delivery=True) as db:
            if outbox_claims.is_still(db, row):
                doubt(db, row, "interrupted", now, look_at=look_at)

    @contextmanager
    def _alone_at(self, destination: Destination) -> Iterator[bool]:
        with self._lock:
            alone = destination not in self._in_flight
            self._in_flight.add(destination)
        try:
            yield alone
        finally:
            if alone:
                with self._lock:
                    self._in_flight.discard(destination)


def _must_open(row: Row, where: Where) -> bool:
    """Whether the direct messages with the person have to be opened first."""
    return where.user is not None and where.channel is None and row.kind != "home"


def _is_look(row: Row) -> bool:
    return row.state == "uncertain" and row.kind in LOOKED_FOR


def _turn(row: Row) -> tuple[bool, bool, int]:
    return (row.state != "uncertain", not row.urgent, row.position)
