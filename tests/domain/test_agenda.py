from dataclasses import replace
from datetime import timedelta

import pytest

from domain.agenda import (
    Agenda,
    Carried,
    PastTurn,
    TopicFacts,
    carried,
    has_agenda,
    kinds_of_agenda,
    public_topics,
)
from domain.cadences import Occurrence, OccurrenceState
from domain.checkins import AgendaPoint, Confirmation
from domain.findings import Kind
from domain.topics import Outcome, default_topics
from tests.checkin_stage import NOW, PLAN, STARTS_AT, TURN
from tests.partners import PARTNERSHIP, partnership

WEEK = timedelta(weeks=1)
POINT = AgendaPoint(id="p", side="vendor", person_id="ana", words="refunds", added_at=NOW)


def turn(weeks_ago: int, state: OccurrenceState = "over") -> Occurrence:
    starts_at = STARTS_AT - weeks_ago * WEEK
    return replace(TURN, id=f"turn{weeks_ago}", starts_at=starts_at, state=state)


def past(
    weeks_ago: int, outcome: Outcome | None = None, state: OccurrenceState = "over"
) -> PastTurn:
    return PastTurn(
        turn=turn(weeks_ago, state), outcomes={} if outcome is None else {POINT.id: outcome}
    )


NOT_HELD = Confirmation(occurrence_id="turn1", side="client", said="not_held", said_at=NOW)


@pytest.mark.parametrize(
    ("added_to", "history", "expected"),
    [
        pytest.param(1, [past(1, "decided")], None, id="decided"),
        pytest.param(1, [past(1, "parked")], (1, "parked"), id="parked"),
        pytest.param(1, [past(1, "not_reached")], (1, "not_reached"), id="not reached"),
        pytest.param(1, [past(1)], None, id="nobody said what became of it"),
        pytest.param(1, [past(1, state="skipped")], (1, None), id="the turn was skipped"),
        pytest.param(
            1,
            [replace(past(1), said={"client": NOT_HELD})],
            (1, None),
            id="the turn did not take place",
        ),
        pytest.param(
            3,
            [past(1, "decided"), past(2, "parked"), past(3, "parked")],
            None,
            id="settled at last",
        ),
        pytest.param(
            3,
            [past(1), past(2, "not_reached"), past(3, "parked")],
            (2, "not_reached"),
            id="put off twice, then not spoken of",
        ),
        pytest.param(9, [past(1), past(2), past(3)], None, id="long ago"),
    ],
)
def test_which_points_are_carried_over(
    added_to: int, history: list[PastTurn], expected: tuple[int, Outcome | None] | None
) -> None:
    found = carried([(f"turn{added_to}", POINT)], history)

    if expected is None:
        assert found == []
    else:
        weeks_ago, outcome = expected
        from_at = STARTS_AT - weeks_ago * WEEK
        assert found == [Carried(point=POINT, from_at=from_at, outcome=outcome)]


def test_of_topics_for_the_leads_an_agenda_knows_only_how_many_there_are() -> None:
    shown, more = public_topics(TopicFacts(every=default_topics(PARTNERSHIP)), STARTS_AT)

    assert all(one.audience == "both" for one in shown)
    assert more == 2


@pytest.mark.parametrize(
    ("preset", "expected"),
    [(None, True), ("operations_review", True), ("coffee", False), ("written", False)],
)
def test_what_has_an_agenda(preset: str | None, expected: bool) -> None:
    settings = {} if preset is None else {"preset": preset}

    assert has_agenda(replace(PLAN, settings=settings)) is expected


def test_what_leads_alone_read_in_the_summary_stands_on_no_agenda() -> None:
    every: set[Kind] = {"silence", "not_held", "overdue", "topic"}
    public = partnership(public_summary=frozenset({"client", "vendor"}))

    assert every & kinds_of_agenda(PARTNERSHIP) == {"not_held"}
    assert every & kinds_of_agenda(public) == {"silence", "not_held"}


def test_upcoming_changes_are_found_among_the_topics_that_are_due() -> None:
    every = tuple(default_topics(PARTNERSHIP))
    found = Agenda(topics=every).changes

    assert found is not None
    assert found.code == "changes"
    assert Agenda().changes is None
