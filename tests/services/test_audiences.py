"""What may leave, asked of the database at the moment of sending."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data import channels, outbox, partnerships, people
from data.channels import Channel
from domain.outgoing import Message, Row, person_place
from domain.partnerships import Pause
from services.audiences import may_leave
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, MONDAY_NOON, THIRD_TEAM
from tests.partnership_store import Stage, staged


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    built = staged(tmp_path)
    yield built
    built.store.close()


def row_of(stage: Stage, **changes: Any) -> Row:
    """A row of the outbox for the shared channel, seen by both sides, unless said otherwise."""
    partnership_id = changes.pop("partnership_id", stage.partnership.id)
    values: dict[str, Any] = {
        "kind": "post",
        "place": stage.partnership.channel,
        "payload": {"text": "hello"},
        "audience": "both",
        "needs": "agreed",
    }
    with stage.store.writing(None) as db:
        said = Message(**(values | changes))
        outbox.put(db, ACME_TEAM, partnership_id, "a fact", said, now=MONDAY_NOON)
    found = outbox.by_key(stage.store.reading(), ACME_TEAM, "a fact")
    assert found is not None
    return found


def reason(stage: Stage, row: Row) -> str | None:
    return may_leave(stage.store.reading(), row, MONDAY_NOON)


def companies(stage: Stage, *team_ids: str) -> None:
    with stage.store.writing(None) as db:
        channels.save(
            db,
            Channel(
                team_id=ACME_TEAM,
                channel=stage.partnership.channel,
                bot_is_member=True,
                host_team=ACME_TEAM,
                connected_teams=frozenset(team_ids) - {ACME_TEAM},
            ),
        )


def test_a_post_for_both_sides_leaves_to_the_shared_channel(stage: Stage) -> None:
    companies(stage, ACME_TEAM, GLOBALCALL_TEAM)

    assert reason(stage, row_of(stage)) is None


@pytest.mark.parametrize("audience", ["client", "vendor", "leads", "person"])
def test_what_is_not_for_both_sides_never_leaves_to_the_shared_channel(
    stage: Stage, audience: str
) -> None:
    assert reason(stage, row_of(stage, audience=audience)) == "not_for_this_place"


def test_a_third_company_in_the_channel_holds_posts_back(stage: Stage) -> None:
    companies(stage, ACME_TEAM, GLOBALCALL_TEAM, THIRD_TEAM)

    assert reason(stage, row_of(stage)) == "third_company"


def test_a_pause_holds_posts_back_and_lets_answers_through(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        pause = Pause(from_at=MONDAY_NOON - timedelta(hours=1), until_at=None, reason="asked")
        partnerships.set_pause(db, stage.partnership, pause)
    planned = row_of(stage)

    assert reason(stage, planned) == "paused"
    assert reason(stage, replace(planned, needs="nothing")) is None


@pytest.mark.parametrize(
    ("state", "needs", "expected"),
    [
        pytest.param("looking", "proposed", "not_agreed", id="looking, even the first post"),
        pytest.param("proposed", "proposed", None, id="proposed, the first post"),
        pytest.param("proposed", "agreed", "not_agreed", id="proposed, anything else"),
        pytest.param("declined", "proposed", "not_agreed", id="declined"),
    ],
)
def test_before_both_agreed_the_channel_hears_of_the_proposal_alone(
    tmp_path: Path, state: str, needs: str, expected: str | None
) -> None:
    before = staged(tmp_path, state=state)

    assert reason(before, row_of(before, needs=needs)) == expected

    before.store.close()


def test_before_both_agreed_only_the_home_side_is_written_to(tmp_path: Path) -> None:
    before = staged(tmp_path, state="proposed")
    row = row_of(before, place=person_place(before.maria), audience="person")
    to_ana = replace(row, place=person_place(before.ana))

    assert reason(before, row) is None
    assert reason(before, to_ana) == "not_agreed"

    before.store.close()


def test_a_direct_message_may_hold_what_is_for_its_reader(stage: Stage) -> None:
    row = row_of(stage, place=person_place(stage.ana), audience="vendor")

    assert reason(stage, row) is None
    assert reason(stage, replace(row, audience="leads")) is None
    assert reason(stage, replace(row, audience="client")) == "not_for_this_place"


def test_an_advisor_sees_what_both_sides_see_and_nothing_of_one_side(stage: Stage) -> None:
    advisor = stage.person("U0ADVISOR", (None, "advisor", True))
    row = row_of(stage, place=person_place(advisor))

    assert reason(stage, row) is None
    assert reason(stage, replace(row, audience="vendor")) == "not_for_this_place"


@pytest.mark.parametrize("place", ["C0ELSEWHERE", "person:nobody"])
def test_a_place_that_is_not_known_hears_nothing(stage: Stage, place: str) -> None:
    assert reason(stage, row_of(stage, place=place)) is not None


@pytest.mark.parametrize("partnership_id", ["p1", None], ids=["one partnership", "several"])
def test_nobody_is_written_to_after_asking_not_to_be(
    stage: Stage, partnership_id: str | None
) -> None:
    place = person_place(stage.ana)
    row = row_of(stage, place=place, audience="person", partnership_id=partnership_id)

    assert reason(stage, row) is None

    with stage.store.writing(None) as db:
        people.set_quiet(db, ACME_TEAM, stage.ana, MONDAY_NOON + timedelta(days=1))
    assert reason(stage, row) == "quiet"
    assert reason(stage, replace(row, needs="nothing")) is None


def test_nobody_is_written_to_after_leaving_the_company(stage: Stage) -> None:
    left = stage.person("U0LEFT", ("vendor", "member", True), deleted=True)

    assert reason(stage, row_of(stage, place=person_place(left), audience="person")) == "quiet"


def test_a_partnership_that_is_gone_says_nothing(stage: Stage) -> None:
    assert reason(stage, row_of(stage, partnership_id="gone")) == "no_partnership"
