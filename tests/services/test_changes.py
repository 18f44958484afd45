from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import changes as stored
from data import journal, partnerships, people, wakes
from domain.changes import (
    Change,
    ChangedSince,
    ChangeSettled,
    OwnProposal,
    TooLateToUndo,
    UnknownChange,
    UnknownCountry,
)
from domain.hours import hours_text, weekly_hours
from domain.ladders import PRESETS
from domain.partnerships import NotListed, Partnership, Pause
from domain.rights import NotAllowed
from services import change_posts, changes, daily, settings
from services.planning import plan_due
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.settings import OwnSettings

NOW = MONDAY_NOON
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TUESDAY_IN_MANILA = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # 09:00: Ana starts to work
ANA_WORKS = TUESDAY_IN_MANILA + timedelta(hours=1)
PLANNERS = {change_posts.KIND: change_posts.plan}
ZONES = {"U0MARIA": ("Acme", "America/New_York"), "U0ANA": ("Globalcall", "Asia/Manila")}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    found = staged(tmp_path)
    yield found
    found.store.close()


def saves(stage: Stage, slack_id: str, now: datetime = NOW, **said: Any) -> None:
    """A lead saves the settings as they are, but for what is said."""
    name, zone = ZONES[slack_id]
    values: dict[str, Any] = {"name": name, "zone": zone, "public_summary": False}
    own = OwnSettings(**(values | said))
    settings.change_settings(stage.deps, stage.who(slack_id), stage.partnership.id, own, now)


def proposes(stage: Stage, slack_id: str, hours: float, now: datetime = NOW) -> None:
    saves(stage, slack_id, now, reply_time=timedelta(hours=hours))


def current(stage: Stage) -> Partnership:
    found = partnerships.get(stage.store.reading(), ACME_TEAM, stage.partnership.id)
    assert found is not None
    return found


def reply_hours(stage: Stage) -> float:
    return current(stage).reply_time / timedelta(hours=1)


def every(stage: Stage) -> list[Change]:
    rows = stage.store.reading().query("SELECT id FROM changes ORDER BY made_at, id")
    found = [stored.get(stage.store.reading(), ACME_TEAM, row["id"]) for row in list(rows)]
    return [one for one in found if one is not None]


def newest(stage: Stage) -> Change:
    return every(stage)[-1]


def lines(stage: Stage) -> list[str]:
    """What was put into the thread, in order."""
    return [str(row.payload["text"]) for row in stage.said() if row.thread_of is not None]


def buttons(stage: Stage, change: Change) -> list[str]:
    """Those under a change as it was drawn last; nothing has left the outbox in these tests."""
    (row,) = [row for row in stage.said() if row.key == change.post_key]
    rows = [block for block in row.payload["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for found in rows for element in found["elements"]]


@pytest.mark.parametrize("hours", [4, 24], ids=["tighter", "looser"])
def test_a_reply_time_holds_once_the_other_side_agrees(stage: Stage, hours: int) -> None:
    proposes(stage, "U0MARIA", hours)
    change = newest(stage)

    assert reply_hours(stage) == 8
    assert buttons(stage, change) == ["Agree", "Keep as it is"]

    for _ in range(2):
        changes.agree(stage.deps, stage.who("U0ANA"), change.id, NOW + MINUTE)

    assert reply_hours(stage) == hours
    assert buttons(stage, newest(stage)) == ["Undo"]
    proposal, agreement = lines(stage)
    assert "Acme proposed" in proposal
    assert agreement.startswith("Globalcall agreed: normal answer within")
    assert wakes.wake_of(stage.store.reading(), ACME_TEAM, "boards", change.partnership_id)


def test_steps_hold_for_what_is_owed_once_the_other_side_agrees(stage: Stage) -> None:
    thursday = TUESDAY_IN_MANILA + 2 * DAY
    stage.owes(due_at=thursday + 9 * timedelta(hours=1))
    stage.look(stage.ana, TUESDAY_IN_MANILA)
    saves(stage, "U0MARIA", reply_time=timedelta(hours=4), ladder=PRESETS["firm"])
    reply, steps = sorted(every(stage), key=lambda one: one.joint, reverse=True)

    stage.look(stage.ana, TUESDAY_IN_MANILA + timedelta(hours=1))
    before = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily", stage.ana)
    for _ in range(2):
        changes.agree(stage.deps, stage.who("U0ANA"), steps.id, ANA_WORKS)
    stage.look(stage.ana, ANA_WORKS)
    after = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily", stage.ana)

    assert (reply.state, steps.state) == ("proposed", "proposed")
    assert current(stage).ladder == PRESETS["firm"]
    assert before is not None
    assert before.due_at == thursday
    assert after is not None
    assert after.due_at == thursday - DAY  # firm steps begin a working day before

    changes.undo(stage.deps, stage.who("U0MARIA"), steps.id, ANA_WORKS + MINUTE)

    assert current(stage).ladder == PRESETS["standard"]


def test_who_proposed_it_cannot_agree_and_members_decide_nothing(stage: Stage) -> None:
    stage.person("U0MIGUEL", ("vendor", "member", True))
    stage.person("U0JUN", ("vendor", "lead", False))
    proposes(stage, "U0MARIA", 4)
    change = newest(stage)

    with pytest.raises(OwnProposal):
        changes.agree(stage.deps, stage.who("U0MARIA"), change.id, NOW)
    for act in (changes.agree, changes.keep, changes.undo):
        with pytest.raises(NotAllowed):
            act(stage.deps, stage.who("U0MIGUEL"), change.id, NOW)
    for nobody in ("U0JUN", "U0STRANGER"):
        with pytest.raises(NotListed):
            changes.agree(stage.deps, stage.who(nobody), change.id, NOW)

    assert newest(stage) == change
    assert reply_hours(stage) == 8


@pytest.mark.parametrize(
    ("slack_id", "said"),
    [("U0ANA", "Globalcall keeps it as it is"), ("U0MARIA", "Acme took its proposal back")],
    ids=["declined", "taken back"],
)
def test_a_proposal_comes_to_nothing(stage: Stage, slack_id: str, said: str) -> None:
    proposes(stage, "U0MARIA", 4)
    change = newest(stage)

    changes.keep(stage.deps, stage.who(slack_id), change.id, NOW + MINUTE)
    drawn = changes.keep(stage.deps, stage.who(slack_id), change.id, NOW + 2 * MINUTE)

    assert drawn.text.startswith(said)
    assert (reply_hours(stage), len(lines(stage))) == (8, 2)
    assert buttons(stage, change) == []
    with pytest.raises(ChangeSettled):
        changes.agree(stage.deps, stage.who("U0ANA"), change.id, NOW + MINUTE)


@pytest.mark.parametrize("slack_id", ["U0MARIA", "U0ANA"])
def test_either_lead_takes_back_what_both_agreed_on(stage: Stage, slack_id: str) -> None:
    proposes(stage, "U0MARIA", 4)
    change = newest(stage)
    changes.agree(stage.deps, stage.who("U0ANA"), change.id, NOW)

    for _ in range(2):
        changes.undo(stage.deps, stage.who(slack_id), change.id, NOW + DAY - MINUTE)

    assert reply_hours(stage) == 8
    assert "undid the change" in lines(stage)[-1]
    assert len(lines(stage)) == 3
    assert buttons(stage, change) == []


def test_a_day_later_the_button_is_gone_and_nothing_is_taken_back(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4)
    change = newest(stage)
    changes.agree(stage.deps, stage.who("U0ANA"), change.id, NOW)

    plan_due(stage.deps, PLANNERS, NOW + DAY)
    plan_due(stage.deps, PLANNERS, NOW + DAY)

    assert buttons(stage, change) == []
    assert wakes.wake_of(stage.store.reading(), ACME_TEAM, change_posts.KIND, change.id) is None
    with pytest.raises(TooLateToUndo):
        changes.undo(stage.deps, stage.who("U0ANA"), change.id, NOW + DAY)
    assert reply_hours(stage) == 4


def test_both_sides_wishing_the_same_is_agreement(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4)
    proposes(stage, "U0MARIA", 4, NOW + MINUTE)

    proposes(stage, "U0ANA", 4, NOW + 2 * MINUTE)

    assert len(every(stage)) == 1
    assert reply_hours(stage) == 4


def test_a_counter_proposal_takes_the_place_of_the_first(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 2)
    proposes(stage, "U0ANA", 6, NOW + MINUTE)
    first, second = every(stage)

    assert first.state == "replaced"
    assert buttons(stage, first) == []
    with pytest.raises(ChangeSettled):
        changes.agree(stage.deps, stage.who("U0ANA"), first.id, NOW + MINUTE)

    changes.agree(stage.deps, stage.who("U0MARIA"), second.id, NOW + 2 * MINUTE)

    assert reply_hours(stage) == 6


def test_a_new_agreement_takes_undo_away_from_the_last_one(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4)
    first = newest(stage)
    changes.agree(stage.deps, stage.who("U0ANA"), first.id, NOW)
    proposes(stage, "U0MARIA", 2, NOW + MINUTE)

    assert buttons(stage, first) == ["Undo"]

    changes.agree(stage.deps, stage.who("U0ANA"), newest(stage).id, NOW + MINUTE)

    assert buttons(stage, first) == []
    changes.undo(stage.deps, stage.who("U0ANA"), newest(stage).id, NOW + MINUTE)
    assert reply_hours(stage) == 4


def test_taking_back_closes_what_was_proposed_on_top_of_it(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4)
    first = newest(stage)
    changes.agree(stage.deps, stage.who("U0ANA"), first.id, NOW)
    proposes(stage, "U0MARIA", 2, NOW + MINUTE)

    changes.undo(stage.deps, stage.who("U0ANA"), first.id, NOW + 2 * MINUTE)

    assert newest(stage).state == "replaced"
    assert reply_hours(stage) == 8


def test_leads_of_the_other_side_are_called_when_they_are_at_work(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4)
    assert "<@" not in lines(stage)[-1]

    plan_due(stage.deps, PLANNERS, TUESDAY_IN_MANILA - MINUTE)
    assert len(lines(stage)) == 1
    plan_due(stage.deps, PLANNERS, TUESDAY_IN_MANILA)
    plan_due(stage.deps, PLANNERS, TUESDAY_IN_MANILA + MINUTE)

    assert len(lines(stage)) == 2
    assert lines(stage)[-1].endswith("agrees. <@U0ANA>, what do you say?")


def test_who_is_at_work_is_called_at_once(stage: Stage) -> None:
    proposes(stage, "U0MARIA", 4, ANA_WORKS)

    assert "<@U0ANA>" in lines(stage)[-1]
    assert (
        wakes.wake_of(stage.store.reading(), ACME_TEAM, change_posts.KIND, newest(stage).id) is None
    )


def test_nobody_is_called_who_asked_for_quiet_or_while_all_rests(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, stage.ana, NOW + timedelta(days=300))
    proposes(stage, "U0MARIA", 4, ANA_WORKS)
    assert "<@" not in lines(stage)[-1]
    with stage.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, stage.ana, None)
        pause = Pause(from_at=NOW, until_at=None, reason="asked")
        partnerships.set_pause(db, stage.partnership, pause)

    plan_due(stage.deps, PLANNERS, ANA_WORKS + DAY)

    assert len(lines(stage)) == 1
    due = wakes.wake_of(stage.store.reading(), ACME_TEAM, change_posts.KIND, newest(stage).id)
    assert due is not None
    assert due.due_at == ANA_WORKS + 2 * DAY


def test_a_side_sets_its_hours_and_takes_them_back(stage: Stage) -> None:
    before = current(stage)
    night = weekly_hours("mon-fri 20:00-05:00")
    saves(stage, "U0ANA", hours=night, holidays="both", zone="Asia/Kolkata")
    change = newest(stage)

    after = current(stage)
    assert hours_text(after.vendor.calendar.hours) == "mon-fri 20:00-05:00"
    assert after.vendor.calendar.holiday_countries == (("IN", None), ("US", None))
    assert after.client == before.client
    assert "from Mon-Fri 09:00-18:00 to Mon-Fri 20:00-05:00" in lines(stage)[-1]
    with pytest.raises(NotAllowed):
        changes.undo(stage.deps, stage.who("U0MARIA"), change.id, NOW)

    changes.undo(stage.deps, stage.who("U0ANA"), change.id, NOW + MINUTE)

    assert current(stage) == before
    assert "working hours Mon-Fri 09:00-18:00" in lines(stage)[-1]


def test_the_summary_and_a_name_are_taken_back_the_same_way(stage: Stage) -> None:
    before = current(stage)
    saves(stage, "U0MARIA", name="Acme Stores", public_summary=True)

    assert current(stage).client.name == "Acme Stores"
    assert current(stage).public_summary == {"client"}

    changes.undo(stage.deps, stage.who("U0MARIA"), newest(stage).id, NOW + MINUTE)

    assert current(stage) == before


def test_what_was_set_elsewhere_since_is_not_overwritten(stage: Stage) -> None:
    saves(stage, "U0MARIA", public_summary=True)
    with stage.store.writing(stage.partnership.id) as db:
        partnerships.set_public_summary(db, stage.partnership, frozenset())

    with pytest.raises(ChangedSince):
        changes.undo(stage.deps, stage.who("U0MARIA"), newest(stage).id, NOW)


def test_the_same_setting_of_both_sides_is_two_changes(stage: Stage) -> None:
    saves(stage, "U0MARIA", zone="America/Chicago")
    saves(stage, "U0ANA", NOW + MINUTE, zone="Asia/Kolkata")
    first, _ = every(stage)

    changes.undo(stage.deps, stage.who("U0MARIA"), first.id, NOW + 2 * MINUTE)

    zones = [info.calendar.zone for info in (current(stage).client, current(stage).vendor)]
    assert zones == ["America/New_York", "Asia/Kolkata"]


def test_settings_sent_back_as_they_are_change_and_say_nothing(stage: Stage) -> None:
    info = stage.partnership.client
    saves(stage, "U0MARIA", hours=info.calendar.hours, reply_time=stage.partnership.reply_time)

    assert (every(stage), lines(stage)) == ([], [])


def test_holidays_of_an_unknown_country_are_refused_beside_their_field(stage: Stage) -> None:
    with pytest.raises(UnknownCountry) as refused:
        saves(stage, "U0ANA", zone="Etc/UTC", holidays="own")

    assert refused.value.field == "holidays"
    assert every(stage) == []


def test_new_hours_wake_who_owes_something_at_the_new_start(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        daily.expect(db, ACME_TEAM, stage.member(stage.ana), NOW)

    saves(stage, "U0ANA", hours=weekly_hours("mon-fri 06:00-15:00"))

    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, daily.WAKE, stage.ana)
    assert wake is not None
    assert wake.due_at == TUESDAY_IN_MANILA - timedelta(hours=3)


def test_the_journal_tells_each_step_without_names(stage: Stage) -> None:
    saves(stage, "U0MARIA", name="Acme Stores", reply_time=timedelta(hours=4))
    change = next(one for one in every(stage) if one.is_joint)
    changes.agree(stage.deps, stage.who("U0ANA"), change.id, NOW)
    changes.undo(stage.deps, stage.who("U0MARIA"), change.id, NOW)

    found = journal.entries(stage.store.reading(), ACME_TEAM, "partnership", stage.partnership.id)

    assert [(entry.verb, entry.side) for entry in found] == [
        ("settings_changed", "client"),
        ("change_proposed", "client"),
        ("change_agreed", "vendor"),
        ("change_undone", "client"),
    ]
    assert found[0].details["codes"] == {}
    assert found[2].details["codes"] == {"reply_time": ["480", "240"]}
    assert "Stores" not in str([entry.details for entry in found])


def test_nothing_is_proposed_before_both_sides_agreed_to_touchbase(tmp_path: Path) -> None:
    stage = staged(tmp_path, state="proposed", agreed_at=None)

    proposes(stage, "U0ANA", 4)
    saves(stage, "U0ANA", zone="Asia/Kolkata")

    assert reply_hours(stage) == 8
    assert current(stage).vendor.calendar.zone == "Asia/Kolkata"
    assert (lines(stage), newest(stage).post_key) == ([], None)
    stage.store.close()


def test_a_made_up_change_is_unknown_and_old_ones_are_forgotten(stage: Stage) -> None:
    saves(stage, "U0MARIA", name="Acme Stores")
    proposes(stage, "U0ANA", 4)
    change = next(one for one in every(stage) if not one.is_joint)

    with stage.store.writing(None) as db:
        assert stored.forget(db, NOW, 10) == 0
        assert stored.forget(db, NOW + MINUTE, 10) == 1

    assert [one.state for one in every(stage)] == ["proposed"]
    for gone in (change.id, "made-up"):
        with pytest.raises(UnknownChange):
            changes.undo(stage.deps, stage.who("U0MARIA"), gone, NOW)
