"""Something goes from one person of a side to another: who owes it when, and who reads what."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import deliverables, journal
from data.people import set_direct
from domain.deliverables import Commitment, DeliverableClosed
from domain.hand_overs import CannotHandOver
from domain.rights import NotAllowed
from services import deliverables as acts
from services import hand_overs
from tests.partners import ACME_TEAM
from tests.partnership_store import Stage, staged

# Tuesday 10:00 in Manila, where Ana and Carlo work from nine.
TUESDAY = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    with made.store.writing(None) as db:
        set_direct(db, ACME_TEAM, made.ana, True)
    yield made
    made.store.close()


@pytest.fixture
def carlo(stage: Stage) -> str:
    person_id = stage.person("U0CARLO", ("vendor", "member", True))
    with stage.store.writing(None) as db:
        set_direct(db, ACME_TEAM, person_id, True)
    return person_id


def given(stage: Stage, one: Commitment, to: str = "U0CARLO", by: str = "U0ANA") -> str:
    return hand_overs.offer(stage.deps, stage.who(by), one.id, to, TUESDAY).text


def now(stage: Stage, one: Commitment) -> Commitment:
    found = deliverables.get(stage.store.reading(), ACME_TEAM, one.id)
    assert found is not None
    return found


def told(stage: Stage, person_id: str) -> str:
    rows = [*stage.dailies(), *stage.said("update")]
    return str([row.payload for row in rows if f"/{person_id}/" in f"{row.key} {row.target}"])


def in_channel(stage: Stage) -> str:
    rows = [row for row in stage.said() if row.place == stage.partnership.channel]
    return str([row.payload for row in rows])


def test_it_stays_with_its_owner_until_the_other_takes_it_on(stage: Stage, carlo: str) -> None:
    one = stage.owes(due_at=TUESDAY + 30 * DAY)

    said = given(stage, one)
    stage.look(carlo, TUESDAY)
    before = now(stage, one)
    answer = hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY).text

    assert "<@U0CARLO> is asked to accept *Training deck* (Globalcall)." in said
    assert "<@U0ANA> hands over *Training deck* for Acme" in told(stage, carlo)
    assert before.owner_id == stage.ana
    after = now(stage, one)
    assert (after.owner_id, after.state, after.due_at) == (carlo, "accepted", one.due_at)
    assert "is yours now" in answer
    assert "somebody else at Globalcall has taken it over" in in_channel(stage)
    assert "U0ANA" not in in_channel(stage)
    assert "U0CARLO" not in in_channel(stage)
    verbs = [
        e.verb for e in journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)
    ]
    assert verbs == ["deliverable_hand_over_asked", "deliverable_handed_over"]


def test_what_was_taken_over_is_struck_out_in_the_message_of_who_owed_it(
    stage: Stage, carlo: str
) -> None:
    one = stage.owes(due_at=TUESDAY + timedelta(hours=5))
    stage.look(stage.ana, TUESDAY)
    given(stage, one)

    hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY)
    stage.look(stage.ana, TUESDAY)

    assert "~*Training deck* for Acme~ no longer yours" in told(stage, stage.ana)
    assert now(stage, one).owner_id == carlo


def test_who_is_not_taken_over_reads_that_it_stays(stage: Stage, carlo: str) -> None:
    one = stage.owes(due_at=TUESDAY + 30 * DAY)
    given(stage, one)

    hand_overs.refuse(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY)
    late = hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY).text
    stage.look(stage.ana, TUESDAY)

    assert "nothing was changed" in late
    assert now(stage, one).owner_id == stage.ana
    assert "stays with you: not taken over." in told(stage, stage.ana)
    assert carlo not in in_channel(stage)


def test_a_proposal_is_proposed_to_the_other(stage: Stage, carlo: str) -> None:
    one = stage.owes(state="proposed")

    given(stage, one)

    assert (now(stage, one).owner_id, now(stage, one).state) == (carlo, "proposed")
    hand_overs.undo(stage.deps, stage.who("U0ANA"), one.id, TUESDAY)
    assert now(stage, one).owner_id == stage.ana


@pytest.mark.parametrize("taken", [False, True], ids=["asked", "taken on"])
def test_undo_brings_it_back(stage: Stage, carlo: str, taken: bool) -> None:
    one = stage.owes()
    given(stage, one)
    if taken:
        hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY)

    who = stage.who("U0CARLO" if taken else "U0ANA")
    first = hand_overs.undo(stage.deps, who, one.id, TUESDAY).text
    second = hand_overs.undo(stage.deps, who, one.id, TUESDAY).text
    late = hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY).text

    assert "Taken back" in first
    assert "nothing was changed" in second
    assert "nothing was changed" in late
    assert now(stage, one).owner_id == stage.ana
    assert carlo != stage.ana


def test_a_lead_takes_it_from_somebody_of_the_side_at_once(stage: Stage, carlo: str) -> None:
    one = stage.owes(owner_id=carlo)

    said = given(stage, one, to="U0ANA")

    assert "is yours now" in said
    assert (now(stage, one).owner_id, now(stage, one).state) == (stage.ana, "accepted")


def test_what_is_closed_meanwhile_is_not_taken_on(stage: Stage, carlo: str) -> None:
    one = stage.owes()
    given(stage, one)
    acts.done(stage.deps, stage.who("U0ANA"), one.id, TUESDAY)

    late = hand_overs.take(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY).text

    assert "nothing was changed" in late
    with pytest.raises(DeliverableClosed):
        given(stage, one)
    assert now(stage, one).owner_id != carlo


@pytest.mark.parametrize(
    ("to", "trouble"),
    [
        pytest.param("", "nobody", id="nobody chosen"),
        pytest.param("U0ANA", "same", id="its owner"),
        pytest.param("U0MARIA", "other_side", id="of the other side"),
        pytest.param("U0NEW", "other_side", id="on no list"),
        pytest.param("U0BOT", "bot", id="an app"),
        pytest.param("U0OLD", "gone", id="deactivated"),
        pytest.param("U0NOBODY", "unknown", id="not in the channel"),
    ],
)
def test_whoever_cannot_owe_it_is_refused(stage: Stage, to: str, trouble: str) -> None:
    stage.person("U0BOT", ("vendor", "member", True), is_bot=True)
    stage.person("U0OLD", ("vendor", "member", True), deleted=True)
    stage.person("U0NEW", ("vendor", "observer", False))
    one = stage.owes()

    with pytest.raises(CannotHandOver) as refused:
        given(stage, one, to=to)

    assert (refused.value.trouble, refused.value.field) == (trouble, "owner")
    assert now(stage, one) == one


def offered(stage: Stage, one: Commitment) -> list[str]:
    form = hand_overs.form_of(stage.deps, stage.who("U0ANA"), one.id)
    choices = [block["element"]["options"] for block in form["blocks"] if "element" in block]
    return [option["value"] for options in choices for option in options]


def test_the_form_offers_only_whoever_can_take_it_on(stage: Stage, carlo: str) -> None:
    stage.person("U0BEN", ("vendor", "lead", True))
    stage.person("U0BOT", ("vendor", "member", True), is_bot=True)
    stage.person("U0NEW", ("vendor", "observer", False))
    stage.person("U0JAMES", ("client", "member", True))

    public, for_leads = stage.owes(), stage.owes(audience="leads")

    assert offered(stage, public) == ["U0BEN", "U0CARLO"]
    assert offered(stage, for_leads) == ["U0BEN"]


def test_where_nobody_else_takes_part_the_form_says_so_and_cannot_be_sent(stage: Stage) -> None:
    form = hand_overs.form_of(stage.deps, stage.who("U0ANA"), stage.owes().id)

    assert "Nobody else takes part for Globalcall so far." in str(form)
    assert "submit" not in form


def test_nobody_else_hands_it_over_or_takes_it_on(stage: Stage, carlo: str) -> None:
    one = stage.owes()
    with pytest.raises(NotAllowed):
        given(stage, one, by="U0MARIA")
    given(stage, one)

    with pytest.raises(NotAllowed):
        hand_overs.take(stage.deps, stage.who("U0MARIA"), one.id, TUESDAY)
    assert now(stage, one).owner_id != carlo
