"""What came of a check-in: its form, what is read out of it, and what both sides read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.checkin_reports import CameOfIt, Report
from domain.checkins import CheckIn, Confirmation, Said
from domain.findings import Finding
from domain.people import Side
from domain.topics import AskedItem, ItemOutcome
from sandbox.blocks import block_problems, view_problems
from tests.checkin_stage import CHECK_IN, NOW, TURN
from tests.partners import NEW_YORK, PARTNERSHIP
from views import checkin_after, gaps
from views import checkin_reports as views
from views.words.deliverable_words import read_promise
from views.words.verbs import Owner
from views.words.writer import Writer

LONG = "<!channel> *so* long & wide " * 50
ITEMS = (
    AskedItem(kind="point", id="a_1", words="Refunds at night", outcome="parked"),
    AskedItem(kind="topic", id="money-p1", words="Prices", for_leads=True),
)
TOLD = Report(late="vendor", roles=("lead", "member"), notes_link="https://notes.example/1?a=1&b=2")
WRITER = Writer(now=NOW, zone=NEW_YORK, date_order="MDY")


def said(words: dict[Side, Said], came_of: CameOfIt) -> CheckIn:
    confirmed = {
        side: Confirmation(occurrence_id=TURN.id, side=side, said=word, said_at=NOW)
        for side, word in words.items()
    }
    return replace(CHECK_IN, said=confirmed, came_of=came_of)


def fields(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {b["block_id"]: b["element"] for b in form["blocks"] if b["type"] == "input"}


def test_the_form_holds_what_the_side_told_before_and_asks_of_each_item() -> None:
    filled = views.Filled(report=TOLD, items=ITEMS, promised=("Deck", "Script"))

    form = views.form(CHECK_IN, "vendor", filled, "f1")

    found = fields(form)
    assert found["late"]["initial_option"]["value"] == "vendor"
    assert [one["value"] for one in found["roles"]["initial_options"]] == ["lead", "member"]
    assert found["notes"]["initial_value"] == TOLD.notes_link
    assert found["outcome_point_a_1"]["initial_option"]["value"] == "parked"
    assert "initial_option" not in found["outcome_topic_money-p1"]
    assert "day" not in found
    assert "• Deck\n• Script" in str(form["blocks"][4]["text"]["text"])


@pytest.mark.parametrize(
    "filled",
    [
        pytest.param(views.Filled(), id="empty"),
        pytest.param(
            views.Filled(
                report=replace(TOLD, notes_link="https://" + "x" * 490),
                asks_day=True,
                items=tuple(
                    AskedItem(kind="point", id=f"{n}", words=LONG, for_leads=True)
                    for n in range(80)
                ),
                promised=(LONG,) * 30,
            ),
            id="as long as it gets",
        ),
    ],
)
def test_slack_takes_the_form(filled: views.Filled) -> None:
    assert view_problems(views.form(CHECK_IN, "client", filled, "f" * 20)) == []


def test_what_was_answered_is_read_back() -> None:
    typed = views.read_form(
        {
            "day": "2026-11-25",
            "roles": ("sponsor", "observer", "lead"),
            "late": "both",
            "notes": " https://n.example ",
            "outcome_point_a_1": "decided",
            "outcome_topic_money-p1": None,
            "outcome_point_x": "lost",
            "outcome_rumour_y": "decided",
            "promise_1": "",
            "promise_3": " @ana deck by friday ",
        }
    )

    assert typed == views.Typed(
        late="both",
        roles=("lead", "sponsor"),
        notes="https://n.example",
        day=date(2026, 11, 25),
        outcomes=(ItemOutcome(kind="point", id="a_1", outcome="decided"),),
        promises={"promise_3": "@ana deck by friday"},
    )


@pytest.mark.parametrize(
    ("late", "line"),
    [
        (("vendor", "vendor"), "Started late: Globalcall."),
        (("both", "both"), "Started late: Acme and Globalcall."),
        (("none", "vendor"), "The sides tell its start differently."),
        (("none", "none"), None),
    ],
)
def test_a_late_start_is_told_neutrally(late: tuple[Any, Any], line: str | None) -> None:
    told = CameOfIt(by_side={"client": Report(late=late[0]), "vendor": Report(late=late[1])})

    lines = views.lines(said({"client": "held", "vendor": "held"}, told))

    assert lines == ([] if line is None else [line])


def test_both_sides_read_who_was_there_the_notes_and_how_much_was_promised() -> None:
    told = CameOfIt(by_side={"client": Report(roles=("lead",)), "vendor": TOLD}, promises=2)
    check_in = said({"client": "held", "vendor": "other_day"}, told)

    drawn = checkin_after.after(check_in)

    assert "There: Acme lead; Globalcall lead and members." in drawn.text
    assert "<https://notes.example/1?a=1&amp;b=2|Notes>" in drawn.text
    assert "2 promises noted." in drawn.text
    assert block_problems([*drawn.blocks], surface="message") == []
    row = [one["action_id"] for one in drawn.blocks[3]["elements"]]
    assert views.OPEN in row


def test_a_side_that_says_no_tells_nothing_of_it() -> None:
    told = CameOfIt(by_side={"client": Report(roles=("lead",)), "vendor": TOLD})

    lines = views.lines(said({"client": "held", "vendor": "not_held"}, told))

    assert lines == ["There: Acme lead."]


def test_the_summary_says_neutrally_that_a_start_is_told_differently() -> None:
    told = CameOfIt(by_side={"client": Report(late="none"), "vendor": Report(late="client")})
    finding = Finding(
        kind="disagreement",
        turn="both",
        since=TURN.starts_at,
        subject_id=TURN.id,
        severity=0,
        remedy="tell",
        about=said({"client": "held", "vendor": "held"}, told),
    )

    line = gaps.line(PARTNERSHIP, finding)

    assert line == (
        "The sides tell the start of *Operations review* differently."
        " Waiting for *both* since Tue 24 Nov."
    )
    assert [one["action_id"] for one in gaps.remedies(PARTNERSHIP, finding)] == [views.OPEN]


def test_the_other_day_is_named_behind_the_words() -> None:
    told = CameOfIt(by_side={"client": Report(other_on=date(2026, 11, 25))})

    drawn = checkin_after.after(said({"client": "other_day"}, told))

    assert "Acme: it took place on another day (Wed 25 Nov)." in drawn.text


@pytest.mark.parametrize(
    ("line", "owner", "title", "has_due"),
    [
        ("@ana refund script by friday", "ana", "refund script", True),
        ("Ana: refund script, friday", "Ana", "refund script", True),
        ("Ana Reyes: done list by monday", "Ana Reyes", "done list", True),
        ("refund script by friday", None, "refund script", True),
        ("@ana move the deck", "ana", "move the deck", False),
    ],
)
def test_a_promise_is_read(line: str, owner: str | None, title: str, has_due: bool) -> None:
    read = read_promise(line, WRITER)

    assert read.owner == (None if owner is None else Owner(kind="name", text=owner))
    assert read.title == title
    assert read.due.is_empty is not has_due
