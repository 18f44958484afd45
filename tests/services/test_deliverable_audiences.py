"""What is not for everybody in the channel stands nowhere that everybody reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.wakes import Wake
from domain.deliverables import Due, UnknownDeliverable
from domain.visibility import Audience
from services import deliverable_planning, deliverables, gap_facts
from services.daily_settings import choose_place
from services.deliverable_lists import board, list_here
from services.deliverable_words import Asked, done_here
from services.missing_cards import put_missing
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.daily_settings import DIRECTLY, IN_THREAD

# Late for days, on a Thursday on which both sides work.
LATER = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
WHO_READS = [
    pytest.param("leads", {"U0MARIA", "U0ANA"}, id="leads of both sides"),
    pytest.param("vendor", {"U0ANA", "U0CARLO"}, id="the vendor's people"),
]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    made.person("U0CARLO", ("vendor", "member", True))
    made.person("U0JOE", ("client", "member", True), home_team=ACME_TEAM)
    yield made
    made.store.close()


def everything_public(stage: Stage) -> str:
    """What channel, hub, agenda and gaps show, and what was put to be said."""
    db, now = stage.store.reading(), LATER
    with stage.store.writing(None) as writing:
        put_missing(writing, stage.partnership, now)
    shown: list[Any] = [
        board(db, stage.partnership, now),
        gap_facts.live(db, stage.partnership, now),
        [row.payload for row in stage.said()],
        [row.payload for row in stage.said("update")],
    ]
    return str(shown)


@pytest.mark.parametrize(("audience", "readers"), WHO_READS)
def test_who_may_read_it_finds_it_in_the_list_and_nobody_else(
    stage: Stage, audience: Audience, readers: set[str]
) -> None:
    stage.owes(title="Secret rates", audience=audience)

    seen = {
        slack_id
        for slack_id in ("U0MARIA", "U0ANA", "U0CARLO", "U0JOE")
        if "Secret" in str(list_here(stage.deps, stage.who(slack_id), "all", MONDAY_NOON))
    }

    assert seen == readers
    said = list_here(stage.deps, stage.who("U0ANA"), "all", MONDAY_NOON, is_public=True)
    assert "Secret" not in str(said)


@pytest.mark.parametrize("audience", ["leads", "vendor", "both"])
def test_only_what_is_for_both_is_ever_said_in_the_channel(
    stage: Stage, audience: Audience
) -> None:
    one = stage.owes(title="Secret rates", audience=audience, state="proposed")
    ana = stage.who("U0ANA")

    deliverables.accept(stage.deps, ana, one.id, MONDAY_NOON)
    due = Due(day=datetime(2026, 11, 18, tzinfo=UTC).date())
    deliverables.move(stage.deps, ana, one.id, (due, "Data came late"), MONDAY_NOON)
    for at in (LATER, LATER + timedelta(days=1)):
        wake = Wake(
            team_id=ACME_TEAM,
            kind="deliverable",
            subject_id=one.id,
            partnership_id=stage.partnership.id,
            due_at=at,
        )
        deliverable_planning.plan(stage.deps, wake, at)
    late = everything_public(stage)
    deliverables.done(stage.deps, ana, one.id, LATER)

    assert ("Secret" in late + everything_public(stage)) == (audience == "both")


def test_who_may_not_know_of_it_can_do_nothing_to_it(stage: Stage) -> None:
    one = stage.owes(title="Secret rates", audience="vendor")
    asked = Asked(who=stage.who("U0MARIA"), now=MONDAY_NOON)

    with pytest.raises(UnknownDeliverable):
        deliverables.say_it_looks_done(stage.deps, stage.who("U0MARIA"), one.id, MONDAY_NOON)

    assert "nothing open" in done_here(stage.deps, asked, "rates").drawn.text


@pytest.mark.parametrize("where", [DIRECTLY, IN_THREAD])
def test_its_owner_reads_of_it_directly_and_never_in_the_thread(stage: Stage, where: str) -> None:
    choose_place(stage.deps, stage.who("U0CARLO"), where, MONDAY_NOON)
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    due_at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    stage.owes(title="Secret rates", audience="vendor", owner_id=carlo, due_at=due_at)

    stage.look(carlo, datetime(2026, 11, 18, 1, 30, tzinfo=UTC))

    said = str([row.payload for row in stage.dailies()])
    assert ("Secret" in said) == (where == DIRECTLY)
    # What a side keeps for itself is for nobody else.
    assert "for Acme" not in said
