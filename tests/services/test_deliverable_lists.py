"""Lists for one reader: what stands in them, page by page, and the file for leads."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data import away, hand_overs, waits
from data.ids import new_id
from data.people import set_direct
from domain.calendars import Away
from domain.deliverables import SpoiledButton
from domain.hand_overs import HandOver
from domain.partnerships import NoPartnershipHere
from domain.rights import NotAllowed
from domain.waits import Wait
from services import deliverable_files, deliverable_lists
from services import deliverables as acts
from services.actors import Who
from services.deliverable_lists import leafed, my_list
from services.deliverable_undo import undo
from services.home import choose, publish
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

DAY = timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def alone(stage: Stage, slack_id: str) -> Who:
    """Where somebody speaks with the bot alone."""
    return replace(stage.who(slack_id), channel="D0ALONE")


def test_pages_are_leafed_through_and_one_too_many_is_the_last(stage: Stage) -> None:
    for number in range(30):
        stage.owes(title=f"Item {number:02}", due_at=MONDAY_NOON + number * DAY)
    who, chosen = stage.who("U0MARIA"), stage.partnership.id

    pages = [str(leafed(stage.deps, who, f"theirs|{n}|{chosen}", MONDAY_NOON)) for n in range(4)]

    titles = [[n for n in range(30) if f"Item {n:02}" in page] for page in pages]
    assert titles == [[*range(12)], [*range(12, 24)], [*range(24, 30)], [*range(24, 30)]]


def test_what_is_delivered_stands_there_with_the_buttons_of_whoever_receives_it(
    stage: Stage,
) -> None:
    delivered: dict[str, Any] = {
        "state": "done",
        "closed_at": MONDAY_NOON,
        "review_until": MONDAY_NOON + DAY,
    }
    stage.owes(**delivered)

    shown = {
        slack_id: str(
            deliverable_lists.list_here(stage.deps, stage.who(slack_id), "all", MONDAY_NOON)
        )
        for slack_id in ("U0MARIA", "U0ANA")
    }

    assert "can be sent back until" in shown["U0ANA"]
    assert "deliverable.approve" in shown["U0MARIA"]
    assert "deliverable.approve" not in shown["U0ANA"]


def test_this_week_shows_what_is_delivered_as_the_turn_of_the_side_that_received_it(
    stage: Stage,
) -> None:
    delivered: dict[str, Any] = {"state": "done", "closed_at": MONDAY_NOON}
    stage.owes(**delivered, title="Looked at", review="approved", review_until=MONDAY_NOON + DAY)
    stage.owes(**delivered, title="For leads", review_until=MONDAY_NOON + DAY, audience="leads")
    stage.owes(**delivered, title="Time is over", review_until=MONDAY_NOON)
    stage.owes(**delivered, review_until=MONDAY_NOON + DAY)

    shown = deliverable_lists.board(stage.store.reading(), stage.partnership, MONDAY_NOON)

    waits = [(one.side, one.title, one.waits_for, one.since) for one in shown.waiting]
    assert waits == [("client", "Training deck", "review", MONDAY_NOON)]


def test_a_stand_in_finds_it_in_their_own_list(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    stage.owes()
    absence = Away(from_at=MONDAY_NOON - DAY, until_at=MONDAY_NOON + DAY)
    with stage.store.writing(None) as db:
        away.add(db, ACME_TEAM, stage.ana, absence, carlo)

    shown = [
        str(deliverable_lists.list_here(stage.deps, stage.who("U0CARLO"), "mine", MONDAY_NOON)),
        str(my_list(stage.deps, alone(stage, "U0CARLO"), MONDAY_NOON)),
    ]
    choose(stage.deps, alone(stage, "U0CARLO"), stage.partnership.id, MONDAY_NOON)
    shown.append(str(stage.said("home")[-1].payload))

    said = "*Training deck* (Globalcall, for <@U0ANA>, who is away)"
    assert [said in one for one in shown] == [True] * 3
    assert ["deliverable.done" in one for one in shown] == [True] * 3


def test_an_old_button_of_a_list_says_what_is_wrong_with_it(stage: Stage) -> None:
    with pytest.raises(SpoiledButton):
        leafed(stage.deps, stage.who("U0MARIA"), "whatever|0|p1", MONDAY_NOON)


def test_alone_with_the_bot_a_page_that_is_gone_shows_the_own_list(stage: Stage) -> None:
    stage.owes()

    shown = leafed(stage.deps, alone(stage, "U0ANA"), "mine|7|gone", MONDAY_NOON)

    assert "My list: 1 deliverable." in shown.text
    assert "My list: 1 deliverable." in my_list(stage.deps, alone(stage, "U0ANA"), MONDAY_NOON).text


def test_a_lead_gets_the_file_in_direct_messages_and_the_channel_nothing(stage: Stage) -> None:
    stage.owes(title="=1+1")
    stage.owes(title="Secret of the vendor", audience="vendor")
    stage.owes(title="Price", audience="leads")

    said = deliverable_files.ask(
        stage.deps, stage.who("U0MARIA"), stage.partnership.id, MONDAY_NOON
    )

    (row,) = stage.said("file")
    assert row.place == f"person:{stage.maria}"
    content = str(row.payload["content"])
    assert "'=1+1" in content
    assert "Price" in content
    assert "Secret of the vendor" not in content
    # Who of the other side owes it, stands in no file.
    assert "Ana" not in content
    assert "direct messages" in said.text
    assert [one for one in stage.said() if "Secret" in str(one.payload)] == []


def test_who_is_not_written_to_directly_copies_the_text(stage: Stage) -> None:
    stage.owes()
    partnership_id = stage.partnership.id

    copied = deliverable_files.ask(stage.deps, stage.who("U0ANA"), partnership_id, MONDAY_NOON)
    before = stage.said("file")
    with stage.store.writing(None) as db:
        set_direct(db, ACME_TEAM, stage.ana, True)
    deliverable_files.ask(stage.deps, stage.who("U0ANA"), partnership_id, MONDAY_NOON)

    assert "Ana Reyes" in str(copied.blocks)
    assert "copy this" in copied.text
    assert before == []
    assert len(stage.said("file")) == 1


def test_only_leads_get_the_file(stage: Stage) -> None:
    stage.person("U0CARLO", ("vendor", "member", True))
    stage.owes()

    with pytest.raises(NotAllowed):
        deliverable_files.ask(stage.deps, stage.who("U0CARLO"), stage.partnership.id, MONDAY_NOON)
    with pytest.raises(NoPartnershipHere):
        deliverable_files.ask(stage.deps, stage.who("U0ANA"), "gone", MONDAY_NOON)
    assert stage.said("file") == []


def test_a_stand_in_sees_what_is_not_accepted_yet_and_cannot_promise_it(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    stage.owes(state="proposed")
    absence = Away(from_at=MONDAY_NOON - DAY, until_at=MONDAY_NOON + DAY)
    with stage.store.writing(None) as db:
        away.add(db, ACME_TEAM, stage.ana, absence, carlo)

    shown = str(deliverable_lists.list_here(stage.deps, stage.who("U0CARLO"), "mine", MONDAY_NOON))

    assert "who is away), due" in shown
    assert "not accepted yet" in shown
    assert {"deliverable.done", "deliverable.other_date"} <= set(
        re.findall(r"[a-z]+\.[a-z_]+", shown)
    )
    assert "deliverable.accept" not in shown


def home_of(stage: Stage, slack_id: str) -> str:
    publish(stage.deps, alone(stage, slack_id), MONDAY_NOON)
    return str(stage.said("home")[-1].payload)


def test_what_is_done_in_the_home_tab_stays_in_its_place_with_undo(stage: Stage) -> None:
    first = stage.owes(title="First", due_at=MONDAY_NOON + DAY)
    stage.owes(title="Second", due_at=MONDAY_NOON + 2 * DAY)

    acts.done(stage.deps, stage.who("U0ANA"), first.id, MONDAY_NOON)
    after = home_of(stage, "U0ANA")
    undo(stage.deps, stage.who("U0ANA"), first.id, "done", MONDAY_NOON)
    again = home_of(stage, "U0ANA")

    assert after.index("*First* (Globalcall), delivered") < after.index("*Second*")
    assert f"'{first.id}|done|home'" in after
    assert "*First* (Globalcall), due" in again
    assert "deliverable.undo" not in again


def test_the_home_tab_says_what_each_waits_for_and_to_whom_it_is_offered(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(stopped_at=MONDAY_NOON - DAY)
    asked = HandOver(
        team_id=ACME_TEAM,
        commitment_id=one.id,
        from_id=stage.ana,
        to_id=carlo,
        state="asked",
        changed_at=MONDAY_NOON,
    )
    wait = Wait(
        id=new_id(),
        commitment_id=one.id,
        since_at=MONDAY_NOON,
        said_by=stage.ana,
        words="the access",
    )
    with stage.store.writing(None) as db:
        hand_overs.save(db, asked)
        waits.insert(db, ACME_TEAM, wait)

    shown = home_of(stage, "U0ANA")

    assert "its clock stands still, waits for “the access”, offered to <@U0CARLO>" in shown
    assert "History" in shown


def test_the_home_tab_shows_the_partner_that_was_chosen(stage: Stage) -> None:
    stage.owes()

    choose(stage.deps, alone(stage, "U0ANA"), stage.partnership.id, MONDAY_NOON)
    choose(stage.deps, alone(stage, "U0ANA"), "gone", MONDAY_NOON)

    (row,) = stage.said("home")
    assert "*Training deck*" in str(row.payload["view"])
