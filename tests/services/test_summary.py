"""What time does about the weekly summary, also when nobody listened for a while."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import (
    deliverables,
    partnerships,
    people,
    summary,
    wakes,
)
from domain.checkins import Said
from domain.findings import Week
from domain.gaps import findings
from domain.partnerships import Pause
from domain.people import Role, Side
from domain.rights import NotAllowed
from domain.summaries import UnknownFinding
from sandbox.blocks import block_problems, view_problems
from services import beginnings, gap_facts, summary_reading, summary_told
from services import summary as verbs
from services.actors import Who
from services.audiences import may_leave
from services.summary_wakes import LIVE
from tests.domain.test_gaps import AGREED, NOW, THURSDAY, contacts, past, week
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP, THIRD_TEAM
from tests.summary_stage import (
    DAY,
    HOUR,
    MANILA_FRIDAY,
    MONDAY,
    NEW_YORK_FRIDAY,
    TOLD_AT,
    WEEK_ON,
    Office,
    opened,
    people_away,
)
from views import gaps


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def test_a_week_is_previewed_by_side_and_told_once(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)

    office.live_until(MANILA_FRIDAY)
    on_friday = [row.key for row in office.drafts()]
    office.send_all()
    office.live_until(TOLD_AT)
    for kind in (verbs.KIND, verbs.PREVIEW):
        with office.store.writing(PARTNERSHIP.id) as db:
            wakes.set_wake(db, ACME_TEAM, kind, PARTNERSHIP.id, PARTNERSHIP.id, TOLD_AT)
        office.wake(TOLD_AT)

    vendor, client = office.leads["vendor"], office.leads["client"]
    assert on_friday == [f"daily/{vendor}/2026-11-20"]
    # Manila's Monday is over; its lead reads it on Tuesday.
    assert [row.key for row in office.told()] == [f"daily/{client}/2026-11-23"]
    assert office.said("summary/") == []
    assert office.verbs() == ["summary_told"]
    assert office.planned_on() == WEEK_ON + 7 * DAY


def test_leads_read_it_once_in_the_one_message_of_their_next_working_day(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    for day in range(4):
        office.live_until(TOLD_AT + day * DAY)
        office.send_all()

    told = {row.place: row for row in office.told()}

    assert {place: row.leaves_at for place, row in told.items()} == {
        f"person:{office.leads['client']}": TOLD_AT,
        f"person:{office.leads['vendor']}": TOLD_AT + 11 * HOUR,
    }
    assert len(office.told()) == len(told)
    vendors = str(told[f"person:{office.leads['vendor']}"].payload["blocks"])
    assert vendors.index("One thing today") < vendors.index("*Week of Mon 16 Nov.*")


@pytest.mark.parametrize(
    ("back_at", "told"),
    [
        pytest.param(TOLD_AT + DAY, 1, id="the next day"),
        pytest.param(TOLD_AT + 4 * DAY, 1, id="after two days, on the day of coming back"),
        pytest.param(TOLD_AT + 20 * DAY, 0, id="when it is no news any more"),
    ],
)
def test_who_was_away_reads_the_week_when_back(
    office: Office, back_at: datetime, told: int
) -> None:
    with office.store.writing(None) as db:
        people_away(db, office.leads["client"], TOLD_AT - HOUR, back_at - HOUR)

    office.live_until(back_at)

    mine = [row for row in office.told() if office.leads["client"] in row.key]
    assert len([row for row in mine if "Week of Mon 16 Nov" in row.payload["text"]]) == told


def test_where_others_read_it_stands_only_that_it_can_be_read(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY, "secret")
    with office.store.writing(None) as db:
        people.set_direct(db, ACME_TEAM, office.leads["vendor"], direct=False)
    office.settle(TOLD_AT - 2 * DAY, "secret")  # nothing is owed, and one promise was not kept

    office.live_until(TOLD_AT + 11 * HOUR)

    (row,) = [row for row in office.told() if office.leads["vendor"] in row.key]
    assert (row.place, row.audience) == (PARTNERSHIP.channel, "both")
    assert may_leave(office.store.reading(), row, TOLD_AT + 11 * HOUR) is None
    assert "secret" not in str(row.payload)
    assert "The summary of the week of Mon 16 Nov is there for the leads." in row.payload["text"]
    assert "'summary.read'" in str(row.payload["blocks"])


def test_only_leads_open_it(office: Office) -> None:
    office.live_until(TOLD_AT)
    value = f"{PARTNERSHIP.id}/{WEEK_ON}"
    lead = Who(team_id=ACME_TEAM, slack_id="Uvendor", home_team=GLOBALCALL_TEAM)
    with office.store.writing(None) as db:
        member = people.ensure(db, ACME_TEAM, "Umember", GLOBALCALL_TEAM)
        standing: tuple[Side, Role, bool] = ("vendor", "member", True)
        people.place(db, PARTNERSHIP, member, standing=standing, now=MONDAY)

    opened = summary_reading.form(office.deps, lead, value, TOLD_AT)

    assert view_problems(opened) == []
    assert "*Week of Mon 16 Nov." in str(opened["blocks"])
    with pytest.raises(NotAllowed):
        summary_reading.form(office.deps, replace(lead, slack_id="Umember"), value, TOLD_AT)
    for other in ("p1/2026-11-09", "p1/next"):
        with pytest.raises(UnknownFinding):
            summary_reading.form(office.deps, lead, other, TOLD_AT)


@pytest.mark.parametrize(
    ("away_from", "drafted"),
    [
        pytest.param(NEW_YORK_FRIDAY - 6 * HOUR, ["2026-11-19"], id="who is off on Friday"),
        pytest.param(MONDAY, [], id="who does not work all week"),
    ],
)
def test_a_lead_sees_the_draft_in_their_last_shift_before_it_is_told(
    office: Office, away_from: datetime, drafted: list[str]
) -> None:
    with office.store.writing(None) as db:
        people_away(db, office.leads["client"], away_from, TOLD_AT + DAY)
        wakes.set_wake(db, ACME_TEAM, verbs.KIND, PARTNERSHIP.id, PARTNERSHIP.id, MONDAY)
    office.owe("client", MONDAY + DAY)

    office.live_until(TOLD_AT - HOUR)

    assert [row.key.rpartition("/")[2] for row in office.drafts()] == drafted


def test_a_lead_who_asked_for_silence_is_not_written_to(office: Office) -> None:
    with office.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, office.leads["client"], TOLD_AT + 9 * DAY)

    office.live_until(TOLD_AT)

    assert office.told() == []


def test_a_draft_stays_until_its_reader_gets_the_summary(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    office.live_until(MANILA_FRIDAY)
    office.send_all()
    office.send_all()
    office.live_until(TOLD_AT - HOUR)  # Monday evening in Manila
    office.send_all()
    key = f"daily/{office.leads['vendor']}/2026-11-23"
    before = office.last_drawn(key)

    office.live_until(TOLD_AT + 10 * HOUR)
    at_night = office.last_drawn(key)
    office.live_until(TOLD_AT + 12 * HOUR)  # Manila's Tuesday has begun

    assert "*deck* was due" in before["text"]
    assert "gaps.note" in str(before["blocks"])
    assert at_night == before
    assert "was told; its draft stood here" in office.last_drawn(key)["text"]
    assert office.last_drawn(key)["text"].startswith("This was for Mon 23 Nov.")


def test_a_draft_gives_way_to_the_summary_while_its_reader_is_at_work(office: Office) -> None:
    office.owe("client", MONDAY + DAY)
    office.live_until(NEW_YORK_FRIDAY)
    office.want_public()

    office.live_until(TOLD_AT)
    office.send_all()
    with office.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, LIVE, PARTNERSHIP.id, PARTNERSHIP.id, TOLD_AT)
    office.wake(TOLD_AT)

    (draft,) = office.drafts()
    assert "This was for Fri 20 Nov" in office.last_drawn(draft.key)["text"]


def test_a_draft_is_kept_true_until_its_reader_gets_the_summary(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    office.live_until(MANILA_FRIDAY)
    office.send_all()
    office.live_until(TOLD_AT)

    office.settle(TOLD_AT + HOUR)
    office.wake(TOLD_AT + HOUR)

    drawn = office.last_drawn(f"daily/{office.leads['vendor']}/2026-11-23")
    assert "has no open line for Globalcall so far" in drawn["text"]


def test_a_late_week_waits_in_the_channel_for_somebody_at_work(office: Office) -> None:
    office.want_public()
    at_night = TOLD_AT + 9 * HOUR  # 18:00 in New York, 7:00 in Manila

    office.wake(at_night)

    (told,) = office.said("summary/")
    assert told.leaves_at == at_night + 2 * HOUR


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
    office.live_until(TOLD_AT + late + HOUR)

    assert office.verbs() == told
    assert all("Week of Mon 16 Nov" in row.payload["text"] for row in office.told())
    assert bool(office.told()) == (told == ["summary_told"])
    assert office.drafts() == []
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

    (payload,) = [row.payload for row in office.told()]
    assert "No message" not in payload["text"]
    drawn = str(payload["blocks"])
    assert "I was not listening from Mon 16 Nov 11:00 New York to Wed 18 Nov" in drawn


def test_who_is_silent_all_week_is_told(office: Office) -> None:
    office.want_public()
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

        db.execute("UPDATE people SET direct = NULL")  # of the vendor nobody chose messages

    office.live_until(TOLD_AT + 11 * HOUR)

    assert office.said("summary/") == []
    # The thread is read by the third company, too.
    assert {row.place for row in office.told()} == {
        f"person:{one}" for one in office.leads.values()
    }


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

    assert office.said("summary/") + office.told() + office.drafts() == []
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
    assert "*deck* was due" not in told.payload["text"]
    assert "Nothing is open any more." in told.payload["text"]
    assert "Settled since: *deck* (Acme), done." in str(told.payload["blocks"])


def test_what_is_open_in_another_way_is_not_called_settled(office: Office) -> None:
    office.owe("client", MONDAY + DAY)
    office.want_public()
    with office.store.writing(PARTNERSHIP.id) as db:
        one = deliverables.get(db, ACME_TEAM, "deck")
        assert one is not None
        deliverables.save(db, replace(one, state="proposed"))
    office.live_until(TOLD_AT)

    with office.store.writing(PARTNERSHIP.id) as db:
        deliverables.save(db, one)  # accepted, and late
        wakes.set_wake(db, ACME_TEAM, LIVE, PARTNERSHIP.id, PARTNERSHIP.id, TOLD_AT)
    office.wake(TOLD_AT)

    (told,) = office.said("summary/")
    assert "Settled since" not in str(told.payload["blocks"])
    assert "*deck* was due and is not in yet." in told.payload["text"]


@pytest.mark.parametrize(
    ("client", "vendor", "line"),
    [
        pytest.param(
            "held",
            None,
            "Acme says that *Operations review* took place; Globalcall has not said yet."
            " Waiting for *Globalcall* since Mon 16 Nov.",
            id="one side says yes",
        ),
        pytest.param(
            None,
            "not_held",
            "*Operations review* did not take place. Waiting for *both* since Mon 16 Nov.",
            id="one side says no",
        ),
        pytest.param(
            "held",
            "not_held",
            "Acme says that *Operations review* took place, Globalcall that it did not."
            " Waiting for *both* since Mon 16 Nov.",
            id="they disagree",
        ),
        pytest.param("held", "held", "", id="both say yes"),
    ],
)
def test_a_told_line_stays_until_nothing_of_its_check_in_is_open(
    client: Said | None, vendor: Said | None, line: str
) -> None:
    on_monday = THURSDAY - 3 * DAY
    kept = {one.key for one in findings(_heard(None, None, on_monday))}
    after = findings(_heard(client, vendor, on_monday))

    shown = [gaps.line(AGREED, one) for one in summary_told.still_open(kept, after)]

    assert shown == ([line] if line else [])


def test_a_new_date_after_the_deadline_is_told_and_the_count_stays(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    office.owe("vendor", TOLD_AT + DAY, "script")
    office.want_public()
    office.live_until(TOLD_AT)
    (before,) = office.said("summary/")
    was = before.payload["text"]

    office.move(TOLD_AT + 3 * DAY, TOLD_AT + HOUR)
    office.move(TOLD_AT + 2 * DAY, TOLD_AT + HOUR, "script")
    office.wake(TOLD_AT + HOUR)

    (told,) = office.said("summary/")
    now = told.payload["text"]
    assert "*deck* was due" in was
    assert "*deck* was due" not in now
    assert "Settled since: *deck* (Globalcall), now Thu 26 Nov." in now
    for kept in ("Kept: 0 of 1 promise.", "; *script* (Globalcall), Tue 24 Nov."):
        assert kept in was
        assert kept in now
    assert was[was.index("Next:") :] in now


def test_a_second_time_late_the_first_date_is_told_as_well(office: Office) -> None:
    office.owe("vendor", MONDAY + DAY)
    office.move(MONDAY + 3 * DAY, MONDAY + 2 * DAY)

    office.live_until(TOLD_AT)

    told = office.told()[0].payload["text"]
    assert "*deck* was due Tue 17 Nov, then Thu 19 Nov, and is not in yet." in told


def test_a_line_about_a_new_date_stays_when_that_date_has_passed(office: Office) -> None:
    office.owe("vendor", MONDAY + 2 * DAY)
    office.move(TOLD_AT + DAY, MONDAY + DAY)
    office.want_public()
    office.live_until(TOLD_AT)

    with office.store.writing(None) as db:
        late = TOLD_AT + 2 * DAY
        wakes.set_wake(db, ACME_TEAM, LIVE, PARTNERSHIP.id, PARTNERSHIP.id, late)
    office.wake(late)

    (told,) = office.said("summary/")
    assert "*Globalcall*: *deck*, now Tue 24 Nov" in told.payload["text"]
    assert "Settled since" not in told.payload["text"]


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


def _heard(client: Said | None, vendor: Said | None, at: datetime) -> Week:
    """A week in which both wrote, with one check-in."""
    return week(check_ins=(past(client, vendor, at),), contacts=contacts(NOW, NOW))
