"""Whatever is put, claimed and settled in whatever order, the rules of the outbox hold."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data import outbox, outbox_claims
from data.outbox import Row
from domain.outgoing import CLOSED, Destination
from tests.stores import CHANNEL, MONDAY_NOON, TEAM, message, open_store

KEYS = st.integers(0, 7).map(lambda number: f"key {number}")
ENDS = st.sampled_from(["sent", "queued", "uncertain", "refused", "unproven"])


class Outbox(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name))
        self.now = MONDAY_NOON
        self.final: dict[str, str] = {}
        self.sends: list[str] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(key=KEYS, urgent=st.booleans())
    def put_post(self, key: str, urgent: bool) -> None:
        self.put(key, urgent=urgent)

    @rule(key=KEYS, parent=KEYS)
    def put_reply(self, key: str, parent: str) -> None:
        self.put(f"{key} under {parent}", thread_of=parent)

    @rule(key=KEYS, text=st.sampled_from(["a", "b"]))
    def redraw(self, key: str, text: str) -> None:
        with self.store.writing(None) as db:
            outbox.redraw(db, TEAM, None, key, {"text": text}, now=self.now)

    @rule(end=ENDS)
    def attempt(self, end: str) -> None:
        taken = self.claim_first()
        if taken is None:
            return
        self.sends.append(taken.id)
        with self.store.writing(None) as db:
            if end == "sent":
                outbox_claims.settle_sent(db, taken, CHANNEL, f"{taken.position}.0", self.now)
            elif end in CLOSED:
                outbox.close(db, taken, end, "for a test", now=self.now)
            else:
                later = self.now + timedelta(seconds=15)
                state = "queued" if end == "queued" else "uncertain"
                outbox_claims.reopen(db, taken, state, later, "for a test", self.now)  # type: ignore[arg-type]

    @rule(seconds=st.integers(1, 60))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def what_is_final_stays(self) -> None:
        for row in self.rows():
            if row.id in self.final:
                assert row.state == self.final[row.id]
            elif row.state == "sent" or row.state in CLOSED:
                self.final[row.id] = row.state

    @invariant()
    def nothing_leaves_before_what_it_hangs_on(self) -> None:
        by_key = {row.key: row for row in self.rows()}
        for row in by_key.values():
            parent = by_key.get(row.thread_of or row.target or "")
            if parent is not None and row.attempts > 0:
                assert parent.state == "sent"

    @invariant()
    def nothing_waits_for_what_will_never_come(self) -> None:
        by_key = {row.key: row for row in self.rows()}
        for row in by_key.values():
            if row.state == "queued" and row.thread_of:
                assert by_key[row.thread_of].state not in CLOSED

    @invariant()
    def one_message_is_changed_by_one_attempt_at_a_time(self) -> None:
        under_way = [row.target for row in self.rows() if row.target and row.state == "sending"]
        assert len(under_way) == len(set(under_way))

    @invariant()
    def nothing_is_forgotten(self) -> None:
        open_rows = [row for row in self.rows() if row.state in {"queued", "uncertain"}]
        waits = outbox_claims.waiting(self.store.reading())
        blocked = [row for row in open_rows if row.thread_of or row.target]
        assert bool(waits) or len(blocked) == len(open_rows)

    def put(self, key: str, **changes: Any) -> None:
        known = {row.key for row in self.rows()}
        with self.store.writing(None) as db:
            new = outbox.put(db, TEAM, None, key, message(**changes), now=self.now)
        assert new == (key not in known)

    def rows(self) -> list[Row]:
        sql = "SELECT * FROM outbox ORDER BY position"
        return [outbox.row_of(row) for row in self.store.reading().query(sql)]

    def claim_first(self) -> Row | None:
        db = self.store.reading()
        here = Destination(TEAM, CHANNEL)
        for waits in outbox_claims.waiting_at(db, here):
            head = outbox_claims.head(db, waits, self.now)
            if head is not None:
                with self.store.writing(None) as writing:
                    until = self.now + timedelta(minutes=1)
                    return outbox_claims.claim(writing, head, "here:1:a", until, self.now)
        return None


Outbox.TestCase.settings = settings(
    settings.get_profile("here"), max_examples=25, stateful_step_count=25
)
TestOutboxRules = Outbox.TestCase
