"""What time does about the weekly summary, also when nobody listened for a while."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import (
    channels,
    deliverables,
    journal,
    listening,
    messages,
    outbox,
    partnerships,
    people,
    summary,
    wakes,
    weeks,
    workspaces,
)
from data.channels import Channel
from data.deliverables import Mover
from data.store import Store
from data.wakes import Wake
from data.workspaces import Workspace
from domain.deliverables import Commitment
from domain.messages import Written
from domain.outgoing import Row
from domain.partnerships import Pause
from domain.people import Side
from sandbox.blocks import block_problems
from services import beginnings, gap_facts
from services import summary as verbs
from services.audiences import may_leave
from services.deps import Deps
from services.planners import PLANNERS
from services.planning import plan_due
from services.summary_wakes import LIVE
from tests.desk import clients_of
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP, THIRD_TEAM
from tests.stores import open_store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 16, 14, tzinfo=UTC)  # 9:00 in New York, 22:00 in Manila
WEEK_ON = date(2026, 11, 16)
TOLD_AT = MONDAY + 7 * DAY
MANILA_FRIDAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
NEW_YORK_FRIDAY = datetime(2026, 11, 20, 19, tzinfo=UTC)
OWN_KINDS = {verbs.KIND, verbs.PREVIEW, LIVE}
PUBLIC: frozenset[Side] = frozenset({"client", "vendor"})


class Office:
    """An agreed partnership with a lead on each side, who both wrote on Monday."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.deps = Deps(store=store, now=lambda: MONDAY, clients=clients_of("http://127.0.0.1:9/"))
        self.leads: dict[Side, str] = {}
        team = PARTNERSHIP.team_id
        with store.writing(None) as db:
            workspaces.save(db, workspace())
            self.share(db, GLOBALCALL_TEAM)
            partnerships.insert(db, PARTNERSHIP)
            partnerships.agree(db, PARTNERSHIP, "maria", MONDAY)
            for side, slack_team in (("client", ACME_TEAM), ("vendor", GLOBALCALL_TEAM)):
                lead = people.ensure(db, team, f"U{side}", slack_team)
                self.leads[side] = lead  # type: ignore[index]
                standing: Any = (side, "lead", True)
                people.place(db, PARTNERSHIP, lead, standing=standing, now=MONDAY)
            weeks.add(db, PARTNERSHIP, WEEK_ON, MONDAY)
            beginnings.begin_all(db, PARTNERSHIP, MONDAY)
            listening.listen(db, team, "run", MONDAY - HOUR)
        self.hear(MONDAY + HOUR)

    def share(self, db: Any, *companies: str) -> None:
        channel = Channel(
            team_id=ACME_TEAM,
            channel=PARTNERSHIP.channel,
            bot_is_member=True,
            host_team=ACME_TEAM,
            connected_teams=frozenset(companies),
        )
        channels.save(db, channel)

    def hear(self, at: datetime) -> None:
        """Both sides write something."""
        with self.store.writing(PARTNERSHIP.id) as db:
            for side, lead in self.leads.items():
                stamp = f"{int(at.timestamp())}.{side == 'client':06d}"
                written = Written(
                    channel=PARTNERSHIP.channel, ts=stamp, person_id=lead, side=side, at=at
                )
                messages.add(db, PARTNERSHIP, written)

    def owe(self, side: Side, due_at: datetime, name: str = "deck") -> None:
        one = Commitment(
            team_id=ACME_TEAM,
            id=name,
            partnership_id=PARTNERSHIP.id,
            title=name,
            owner_id=self.leads[side],
            side=side,
            state="accepted",
            due_at=due_at,
            first_due_at=due_at,
            created_by=self.leads["client"],
            created_at=MONDAY,
        )
        with self.store.writing(PARTNERSHIP.id) as db:
            deliverables.insert(db, one, Mover(person_id=one.created_by, side="client"))

    def settle(self, now: datetime, name: str = "deck") -> None:
        """It is done, as a press on *Done* stores it."""
        with self.store.writing(PARTNERSHIP.id) as db:
            one = deliverables.get(db, ACME_TEAM, name)
            assert one is not None
            deliverables.save(db, replace(one, state="done", closed_at=now))
            wakes.set_wake(db, ACME_TEAM, "boards", PARTNERSHIP.id, PARTNERSHIP.id, now)

    def want_public(self) -> None:
        with self.store.writing(PARTNERSHIP.id) as db:
            partnerships.set_public_summary(db, PARTNERSHIP, PUBLIC)

    def listen(self, until: datetime, since: datetime | None = None) -> None:
        with self.store.writing(None) as db:
            run = "run" if since is None else f"run-{since}"
            for at in (since or until, until):
                listening.listen(db, ACME_TEAM, run, at)

    def wake(self, now: datetime) -> None:
        """The bot looks at what is due at ``now``, until nothing is; other subjects rest."""
        planners = {kind: PLANNERS[kind] if kind in ours() else _rest for kind in PLANNERS}
        while plan_due(self.deps, planners, now):
            pass

    def live_until(self, now: datetime, *, listening: bool = True) -> None:
        """The bot wakes at every due moment on the way."""
        while (due := wakes.next_at(self.store.reading())) is not None and due <= now:
            if listening:
                self.listen(due)
            self.wake(due)
        if listening:
            self.listen(now)

    def said(self, beginning: str) -> list[Row]:
        db = self.store.reading()
        keys = [row["key"] for row in db.query("SELECT key FROM outbox ORDER BY position")]
        rows = [outbox.by_key(db, ACME_TEAM, key) for key in keys if key.startswith(beginning)]
        return [row for row in rows if row is not None]

    def verbs(self) -> list[str]:
        entries = journal.entries_of_partnership(
            self.store.reading(), ACME_TEAM, PARTNERSHIP.id, MONDAY
        )
        return [entry.verb for entry in entries if entry.verb.startswith("summary")]

    def planned_on(self) -> date | None:
        found = summary.planned(self.store.reading(), PARTNERSHIP)
        return None if found is None else found.week_on


def ours() -> set[str]:
    return OWN_KINDS | {"boards"}


def workspace() -> Workspace:
    return Workspace(
        team_id=ACME_TEAM,
        name="Acme",
        url="https://acme.slack.com/",
        bot_user_id="U0BOT",
        bot_id="B0BOT",
        installed_at=MONDAY,
    )


def _rest(deps: Deps, wake: Wake, _now: datetime) -> None:
    with deps.store.writing(wake.partnership_id) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(tmp_path)
    yield Office(store)
    store.close()


def test_a_week_is_previewed_by_side_and_told_once(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)

    office.live_until(MANILA_FRIDAY)
    on_friday = [row.key for row in office.said("preview/")]
    office.live_until(TOLD_AT)
    for kind in (verbs.KIND, verbs.PREVIEW):
        with office.store.writing(PARTNERSHIP.id) as db:
            wakes.set_wake(db, ACME_TEAM, kind, PARTNERSHIP.id, PARTNERSHIP.id, TOLD_AT)
        office.wake(TOLD_AT)

    vendor = office.leads["vendor"]
    assert on_friday == [f"preview/p1/2026-11-16/vendor/{vendor}"]
    assert len(office.said("preview/")) == 1
    told = office.said("summary/")
    assert {row.place for row in told} == {f"person:{lead}" for lead in office.leads.values()}
    assert {row.audience for row in told} == {"leads"}
    assert office.verbs() == ["summary_told"]
    assert office.planned_on() == WEEK_ON + 7 * DAY


def test_leads_are_written_to_in_their_own_hours(office: Office) -> None:
    office.live_until(TOLD_AT)

    leaves_at = {row.place: row.leaves_at for row in office.said("summary/")}

    assert leaves_at == {
        f"person:{office.leads['client']}": TOLD_AT,
        f"person:{office.leads['vendor']}": TOLD_AT + 11 * HOUR,
    }


def test_a_lead_who_does_not_work_until_then_gets_no_preview(office: Office) -> None:
    office.owe("client", MONDAY + DAY)
    with office.store.writing(None) as db:
        people_away(db, office.leads["client"], NEW_YORK_FRIDAY - DAY, TOLD_AT + DAY)

    office.live_until(TOLD_AT - HOUR)

    assert office.said("preview/") == []


def people_away(db: Any, person_id: str, from_at: datetime, until_at: datetime) -> None:
    db.execute(
        """
        INSERT INTO away (team_id, id, person_id, from_at, until_at)
        VALUES (:team, 'away', :person, :from, :until)
        """,
        {
            "team": ACME_TEAM,
            "person": person_id,
            "from": f"{from_at:%Y-%m-%dT%H:%M:%S}.000000Z",
            "until": f"{until_at:%Y-%m-%dT%H:%M:%S}.000000Z",
        },
    )


def test_a_lead_who_asked_for_silence_is_not_written_to(office: Office) -> None:
    with office.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, office.leads["client"], TOLD_AT + 9 * DAY)

    office.live_until(TOLD_AT)

    assert [row.place for row in office.said("summary/")] == [f"person:{office.leads['vendor']}"]


@pytest.mark.parametrize(
    ("late", "told"),
    [
        pytest.param(timedelta(0), ["summary_told"], id="in time"),
        pytest.param(47 * HOUR, ["summary_told"], id="two days late"),
        pytest.param(49 * HOUR, ["summary_dropped"], id="later than that"),
    ],
)
def test_a_late_week_is_told_as_itself_or_not_at_all(
    office: Office, late: timedelta, told: list[str]
) -> None:
    office.owe("vendor", MONDAY + DAY)

    office.wake(TOLD_AT + late)

    assert office.verbs() == told
    assert all("Week of Mon 16 Nov" in row.payload["text"] for row in office.said("summary/"))
    assert bool(office.said("summary/")) == (told == ["summary_told"])
    assert office.said("preview/") == []
    assert office.planned_on() == WEEK_ON + 7 * DAY


def test_after_weeks_of_silence_the_running_week_is_next(office: Office) -> None:
    office.wake(TOLD_AT + 18 * DAY)

    assert office.verbs() == 3 * ["summary_dropped"]
    assert office.said("summary/") == []
    assert office.planned_on() == WEEK_ON + 21 * DAY


def test_over_a_hole_nobody_is_called_silent_and_the_hours_are_told(office: Office) -> None:
    office.listen(MONDAY + 2 * HOUR)
    office.listen(TOLD_AT + HOUR, since=MONDAY + 2 * DAY)

    office.live_until(TOLD_AT + HOUR, listening=False)

    (payload, *_) = [row.payload for row in office.said("summary/")]
    assert "No message" not in payload["text"]
    drawn = str(payload["blocks"])
    assert "I was not listening from Mon 16 Nov 11:00 New York to Wed 18 Nov" in drawn


def test_who_is_silent_all_week_is_told(office: Office) -> None:
    office.live_until(TOLD_AT + 7 * DAY)

    first, second = (
        [row.payload["text"] for row in office.said(f"summary/p1/2026-11-{day}")]
        for day in (16, 23)
    )
    assert all("No message" not in text for text in first)
    assert all("Waiting for *Globalcall* since Mon 16 Nov" in text for text in second)


# Where it is told


def test_once_both_want_it_the_channel_is_told_at_the_top_level(office: Office) -> None:
    office.want_public()

    office.live_until(TOLD_AT)

    (told,) = office.said("summary/")
    assert (told.key, told.place) == ("summary/p1/2026-11-16", PARTNERSHIP.channel)
    assert (told.thread_of, told.audience, told.needs) == (None, "both", "agreed")


def test_while_a_third_company_is_there_the_leads_alone_are_told(office: Office) -> None:
    office.want_public()
    with office.store.writing(None) as db:
        office.share(db, GLOBALCALL_TEAM, THIRD_TEAM)

    office.live_until(TOLD_AT)

    assert {row.audience for row in office.said("summary/")} == {"leads"}


def test_a_company_that_joins_after_planning_keeps_the_post_from_leaving(office: Office) -> None:
    office.want_public()
    office.live_until(TOLD_AT)
    with office.store.writing(None) as db:
        office.share(db, GLOBALCALL_TEAM, THIRD_TEAM)

    (told,) = office.said("summary/")

    assert may_leave(office.store.reading(), told, TOLD_AT) == "third_company"


def test_a_resting_partnership_is_told_nothing(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    pause = Pause(from_at=MONDAY, until_at=TOLD_AT + DAY, reason="asked")
    with office.store.writing(PARTNERSHIP.id) as db:
        partnerships.set_pause(db, PARTNERSHIP, pause)

    office.live_until(TOLD_AT)

    assert office.said("summary/") + office.said("preview/") == []
    assert office.verbs() == ["summary_dropped"]
    assert office.planned_on() == WEEK_ON + 7 * DAY


def test_a_template_without_summaries_begins_none(office: Office) -> None:
    plain = replace(PARTNERSHIP, id="p2", channel="C2", template="just_check_ins")
    with office.store.writing(None) as db:
        partnerships.insert(db, plain)
        beginnings.begin_all(db, plain, MONDAY)

        assert summary.planned(db, plain) is None


# Kept true


def test_a_press_on_done_redraws_what_was_told(office: Office) -> None:
    office.owe("client", MONDAY + DAY)
    office.want_public()
    office.live_until(TOLD_AT)

    office.settle(TOLD_AT + HOUR)
    office.wake(TOLD_AT + HOUR)

    (told,) = office.said("summary/")
    assert "deck" not in told.payload["text"]
    assert "Settled since then: 1." in str(told.payload["blocks"])


def test_what_becomes_open_later_is_not_added_to_a_told_week(office: Office) -> None:
    office.want_public()
    office.live_until(TOLD_AT)

    office.owe("client", MONDAY + DAY)
    with office.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, LIVE, PARTNERSHIP.id, PARTNERSHIP.id, TOLD_AT)
    office.wake(TOLD_AT)

    (told,) = office.said("summary/")
    assert "deck" not in told.payload["text"]


def test_five_hundred_open_lines_are_told_within_slacks_limits(office: Office) -> None:
    office.want_public()
    for n in range(500):
        side: Side = "client" if n % 2 else "vendor"
        office.owe(side, MONDAY + DAY + n * timedelta(minutes=1), f"deck {n}")

    office.live_until(TOLD_AT)

    (told,) = office.said("summary/")
    assert "500 things are open" in told.payload["text"]
    assert "…and 488 more" in str(told.payload["blocks"])
    assert block_problems(told.payload["blocks"], surface="message") == []


def test_commitments_turns_and_messages_are_found_by_index(office: Office) -> None:
    db = office.store.reading()
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    gap_facts.live(db, PARTNERSHIP, TOLD_AT)
    db.conn.set_trace_callback(None)

    plans = [row["detail"] for sql in asked for row in db.query(f"EXPLAIN QUERY PLAN {sql}")]

    assert plans
    assert [plan for plan in plans if re.match(r"SCAN (?!json_each|CONSTANT)", plan)] == []
