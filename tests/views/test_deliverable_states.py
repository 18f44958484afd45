from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.deliverables import Commitment
from domain.visibility import Audience
from domain.waits import Wait, WaitsInCircle
from sandbox.blocks import block_problems, view_problems
from tests.deliverable_stage import DECK
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.views.test_deliverables import LONGEST, long_names, owed
from views import deliverable_history, deliverable_reasons, deliverables, errors, waits
from views.deliverable_history import WORDS, Event
from views.form_again import NOTICE, drawn_again
from views.waits import Waited

HOUR = timedelta(hours=1)
UNTIL = MONDAY_NOON + 60 * HOUR


def waited(number: int = 1, **changes: Any) -> Waited:
    wait = Wait(id=f"w{number}", commitment_id="d", since_at=MONDAY_NOON, said_by="ana")
    return Waited(wait=replace(wait, **changes), about=owed(number, side="client"))


@pytest.mark.parametrize(
    ("one", "said", "pressed"),
    [
        pytest.param(
            owed(state="proposed"),
            "not taken on yet. Still wanted?",
            ["accept", "other_date", "decline", "cannot", "menu"],
            id="asked",
        ),
        pytest.param(owed(), "not in yet", ["done", "new_date", "waiting", "menu"], id="late"),
        pytest.param(
            owed(stopped_at=MONDAY_NOON),
            "its clock stands still since",
            ["done", "new_date", "waiting", "menu"],
            id="standing still",
        ),
        pytest.param(
            owed(state="done", closed_at=MONDAY_NOON, review_until=UNTIL),
            "after that it is closed without objection.",
            ["approve", "send_back", "undo", "menu"],
            id="delivered",
        ),
        pytest.param(
            owed(state="done", closed_at=MONDAY_NOON, review_until=UNTIL, review="approved"),
            "delivered, accepted by",
            ["undo", "menu"],
            id="accepted by the other side",
        ),
        pytest.param(
            owed(state="done", closed_at=MONDAY_NOON, review_until=UNTIL, review="no_objection"),
            "delivered, and closed without objection by",
            ["menu"],
            id="nobody objected",
        ),
        pytest.param(
            owed(state="declined", declined_why="cannot_promise", closed_reason=LONGEST),
            "can't promise that.",
            ["menu"],
            id="not promised",
        ),
        pytest.param(
            owed(state="withdrawn", closed_reason=LONGEST),
            "cancelled, nobody owes it.",
            ["undo", "menu"],
            id="cancelled",
        ),
    ],
)
def test_a_card_says_how_it_stands_and_offers_what_can_be_done(
    one: Commitment, said: str, pressed: list[str]
) -> None:
    lines = tuple(waits.line(long_names(), one, waited(n)) for n in range(5))
    beside = deliverables.Beside(lines=lines)

    drawn = deliverables.card(long_names(), one, MONDAY_NOON + 99 * HOUR, beside=beside)

    assert said in drawn.text
    row = drawn.blocks[-1]["elements"]
    assert [each["action_id"].removeprefix("deliverable.") for each in row] == pressed
    assert block_problems(list(drawn.blocks), surface="message") == []


@pytest.mark.parametrize(
    ("one", "offers"),
    [
        pytest.param(owed(), True, id="late"),
        pytest.param(owed(state="proposed"), False, id="not promised"),
        pytest.param(owed(due_at=MONDAY_NOON + 200 * HOUR), False, id="due later"),
        pytest.param(owed(stopped_at=MONDAY_NOON), False, id="its clock stands still"),
    ],
)
def test_only_what_is_late_can_be_brought_to_both_leads_from_its_menu(
    one: Commitment, offers: bool
) -> None:
    options = deliverables.menu(one, MONDAY_NOON + 99 * HOUR)["options"]

    assert any(each["value"] == f"deliverable.raise|{one.id}" for each in options) is offers
    assert len(options) <= 5


def test_the_longest_forms_are_within_slacks_limits() -> None:
    one, every = owed(), [owed(number, side="client") for number in range(300)]
    events = [
        Event(at=MONDAY_NOON, verb=verb, side="vendor", reason=LONGEST, about=LONGEST)
        for verb in [*WORDS] * 5
    ]

    views = [
        waits.form(long_names(), one, every, [waited(number) for number in range(20)]),
        deliverable_history.history(long_names(), one, events, NEW_YORK),
        *(deliverable_reasons.form(long_names(), one, act) for act in ("cannot", "send_back")),
        deliverable_reasons.form(long_names(), one, "withdraw"),
    ]

    assert [view_problems(view) for view in views] == [[]] * len(views)


def test_a_form_comes_back_with_all_that_was_typed() -> None:
    sent = waits.form(long_names(), DECK, [owed(7, side="client")])
    chosen = sent["blocks"][1]["element"]["options"][0]
    typed = {
        "input": {"value": {"selected_option": chosen}},
        "words": {"value": {"value": "the access"}},
        "owner": {"value": {"selected_user": "U0MARIA"}},
        "due": {"value": {"selected_date": "2026-11-20"}},
    }

    again = drawn_again({**sent, "state": {"values": typed}}, "Meanwhile: something.")
    twice = drawn_again({**again, "state": {"values": typed}}, "Meanwhile: more.")

    elements = {b["block_id"]: b["element"] for b in again["blocks"] if b["type"] == "input"}
    assert elements["input"]["initial_option"] == chosen
    assert elements["words"]["initial_value"] == "the access"
    assert elements["owner"]["initial_user"] == "U0MARIA"
    assert elements["due"]["initial_date"] == "2026-11-20"
    assert [b["text"]["text"] for b in twice["blocks"] if b.get("block_id") == NOTICE] == [
        "Meanwhile: more."
    ]
    assert view_problems(again) == []


def test_those_that_would_wait_for_each_other_are_named() -> None:
    named = errors.sentence(WaitsInCircle(["Deck", "Forecast", "Deck"]))
    itself = errors.sentence(WaitsInCircle(["<Deck>"]))

    assert named is not None
    assert "“Deck” waits for “Forecast” waits for “Deck”" in named
    assert itself is not None
    assert "“&lt;Deck&gt;” cannot wait for itself" in itself


@pytest.mark.parametrize(
    ("seen_by", "expected"),
    [
        pytest.param("both", "Both sides see it.", id="for both sides"),
        pytest.param("leads", "Who may not know of that", id="for the leads"),
    ],
)
def test_whoever_says_that_it_waits_reads_who_sees_for_what(
    seen_by: Audience, expected: str
) -> None:
    about = replace(owed(7, side="client"), audience=seen_by)

    said = waits.now_waits(long_names(), DECK, replace(waited(7), about=about))

    assert expected in said.text
