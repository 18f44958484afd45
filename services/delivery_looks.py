"""Looks for posts that Slack may have: asks for pages at the pace, and records what was learned."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from data import outbox, outbox_claims
from domain.outgoing import Destination, Row
from services import delivery_slack
from services.delivery_calls import Where
from services.delivery_outcomes import Outcome
from services.delivery_pace import Pacer
from services.delivery_proof import Ask, Page, reads_back, search_page
from services.delivery_settling import close
from services.deps import Deps

LOOK_AGAIN_AFTER: Final = timedelta(seconds=30)
LOOK_AGAIN_AT_MOST_AFTER: Final = timedelta(minutes=5)
# Earlier posts that are read back before a channel is taken for one that cannot be read.
MOST_READ_BACK: Final = 3
# Slack says its time to the second, and may take a while to answer.
CLOCKS_MAY_DIFFER: Final = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Interrupted(Exception):
    """Slack gave no page, for a reason that says how to go on."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class Looks:
    """The looks of one courier; where a long search stands is kept in memory only."""

    def __init__(self, deps: Deps, pacer: Pacer) -> None:
        self._deps = deps
        self._pacer = pacer
        self._cursors: dict[str, str] = {}
        self._slack_ahead = timedelta(0)

    def look(self, row: Row, where: Where) -> None:
        """Find out whether Slack has a post, and write down what that means for the row."""
        try:
            ts = self._search(row, where)
            absent_for_certain = ts is None and self._is_provable(row, where)
        except Interrupted as interrupted:
            self._record_interrupted(row, interrupted.outcome)
            return
        self._cursors.pop(row.id, None)
        self._record(row, where, ts, absent_for_certain=absent_for_certain)

    def _search(self, row: Row, where: Where) -> str | None:
        """The post's ts; None when no page has it."""
        ask = self._ask(row)
        cursor = self._cursors.get(row.id, "")
        while True:
            slack_ahead = self._slack_ahead
            page = search_page(ask, row, where, cursor, slack_ahead)
            self._learn(row, where, page)
            ts = page.ts_of(row)
            if ts is not None:
                return ts
            if self._slack_ahead != slack_ahead:
                cursor = ""  # by the wrong clock this was the wrong stretch
            elif page.cursor:
                cursor = self._cursors[row.id] = page.cursor
            else:
                return None

    def _learn(self, row: Row, where: Where, page: Page) -> None:
        """What a page tells of the channel, and of other posts whose end is not known either."""
        db = self._deps.store.reading()
        ours = [found for found in page.posts if outbox_claims.exists(db, row.team_id, found)]
        if ours:
            self._prove(row, where)
        others = outbox_claims.uncertain_among(db, row, ours)
        if not others:
            return
        now = self._deps.now()
        with self._deps.store.writing(row.partnership_id, delivery=True) as writing:
            for other in others:
                ts = page.posts[other.id]
                outbox_claims.settle_sent(writing, other, where.channel, ts, now)

    def _is_provable(self, row: Row, where: Where) -> bool:
        """Whether our ids can be read back in the channel, so that absence means something."""
        db = self._deps.store.reading()
        channel = where.channel or ""
        if outbox_claims.is_provable(db, row.team_id, channel):
            return True
        ask = self._ask(row)
        for sent in outbox_claims.sent_posts(db, row.team_id, channel, MOST_READ_BACK):
            root = outbox.state_of(db, row.team_id, sent.thread_of) if sent.thread_of else None
            if _reads_back(ask, sent, root.ts if root else sent.target_ts):
                self._prove(row, where)
                return True
        return False

    def _ask(self, row: Row) -> Ask:
        destination = Destination(row.team_id, row.place)

        def ask(method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
            now = self._deps.now()
            free_at = self._pacer.reserve(destination, method, now)
            if free_at is not None:
                wait = Outcome(result="later", reason="pace", retry_after=free_at - now)
                raise Interrupted(wait)
            client = self._deps.clients.for_team(row.team_id)
            answer = delivery_slack.read(client, method, arguments)
            if answer.outcome.result != "sent":
                self._hold_back(row, method, answer.outcome, now)
                raise Interrupted(answer.outcome)
            self._compare_clocks(answer.slack_now, now)
            return answer.body

        return ask

    def _compare_clocks(self, slack_now: datetime | None, now: datetime) -> None:
        ahead = timedelta(0) if slack_now is None else slack_now - now
        if abs(ahead - self._slack_ahead) > CLOCKS_MAY_DIFFER:
            log.warning("Slack's clock is %d seconds ahead of ours", ahead.total_seconds())
            self._slack_ahead = ahead
            self._cursors.clear()

    def _hold_back(self, row: Row, method: str, outcome: Outcome, now: datetime) -> None:
        if outcome.retry_after is None:
            return
        until = now + outcome.retry_after
        if outcome.scope == "team":
            self._pacer.block_team(row.team_id, until)
        elif outcome.scope == "method":
            self._pacer.block_method(row.team_id, method, until)

    def _prove(self, row: Row, where: Where) -> None:
        channel = where.channel or ""
        if not outbox_claims.is_provable(self._deps.store.reading(), row.team_id, channel):
            with self._deps.store.writing(row.partnership_id, delivery=True) as db:
                outbox_claims.set_provable(db, row.team_id, channel, self._deps.now())

    def _record(self, row: Row, where: Where, ts: str | None, *, absent_for_certain: bool) -> None:
        now = self._deps.now()
        with self._deps.store.writing(row.partnership_id, delivery=True) as db:
            if ts is not None:
                outbox_claims.settle_sent(db, row, where.channel, ts, now)
            elif not outbox_claims.is_still(db, row):
                return
            elif absent_for_certain:
                outbox_claims.reopen(db, row, "queued", now, None, now)
            else:
                close(db, row, "unproven", row.reason or "not_found", now)

    def _record_interrupted(self, row: Row, outcome: Outcome) -> None:
        now = self._deps.now()
        if outcome.result != "later":
            # Begin anew: it may be the place in the search that Slack does not know any more.
            outcome = _without_stale_cursor(outcome, self._cursors.pop(row.id, ""))
        log.info("look for message %s: %s %s", row.id, outcome.result, outcome.reason)
        with self._deps.store.writing(row.partnership_id, delivery=True) as db:
            if not outbox_claims.is_still(db, row):
                return
            if outcome.result in {"refused", "gone"}:
                close(db, row, "unproven", outcome.reason, now)
                return
            at = now + (outcome.retry_after or _look_again_after(row, now))
            outbox_claims.reopen(db, row, "uncertain", at, row.reason, now)


def _look_again_after(row: Row, now: datetime) -> timedelta:
    """The longer nothing could be learned, the longer the wait."""
    half = (now - (row.attempted_at or now)) / 2
    return min(max(half, LOOK_AGAIN_AFTER), LOOK_AGAIN_AT_MOST_AFTER)


def _reads_back(ask: Ask, sent: Row, thread_ts: str | None) -> bool:
    try:
        return reads_back(ask, sent, thread_ts)
    except Interrupted as interrupted:
        if interrupted.outcome.result == "refused":
            return False  # its thread is gone, say; another post may still be readable
        raise


def _without_stale_cursor(outcome: Outcome, cursor: str) -> Outcome:
    return Outcome(result="uncertain", reason=outcome.reason) if cursor else outcome
