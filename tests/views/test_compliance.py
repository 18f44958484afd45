"""The report on check-ins as it is read, and the months that people type."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.compliance import Figures, OfSide, Period, quarter_of
from sandbox.blocks import block_problems, view_problems
from tests.partners import PARTNERSHIP
from views import compliance as views
from views.compliance import Report
from views.words.periods import read_period

TODAY = date(2026, 11, 18)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
FIGURES = Figures(
    month_on=OCTOBER,
    planned=5,
    held=3,
    not_held=1,
    told_differently=1,
    on_holidays=2,
    topics_due=6,
    topics_covered=4,
    by_side={"client": OfSide(moved_in_time=2, not_held=1), "vendor": OfSide(moved_late=1)},
)
REPORT = Report(
    partnership=PARTNERSHIP,
    period=Period(first_on=OCTOBER),
    months=(FIGURES,),
    today=TODAY,
)
EMPTY = replace(REPORT, months=(Figures(month_on=OCTOBER),))
QUARTER = replace(
    REPORT,
    period=quarter_of(OCTOBER),
    months=(
        FIGURES,
        Figures(month_on=NOVEMBER, planned=2, held=2),
        Figures(month_on=date(2026, 12, 1)),
    ),
)


def table_of(report: Report) -> list[list[str]]:
    (table,) = [one for one in views.shown(report).blocks if one["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_a_month_is_said_in_words_and_stands_in_a_table() -> None:
    text = views.shown(REPORT).text

    assert text.splitlines()[:4] == [
        "Check-ins of Acme and Globalcall, October 2026.",
        "Planned 5, held 3, did not take place 1, told differently 1, topics covered 4 of 6.",
        "Acme: moved with notice 2, moved at short notice 0, did not take place 1.",
        "Globalcall: moved with notice 0, moved at short notice 1, did not take place 0.",
    ]
    assert "Left out on holidays, as agreed, and not counted: 2 turns." in text
    assert table_of(REPORT) == [
        [" ", "Acme", "Globalcall"],
        ["Planned", "5", "5"],
        ["Held", "3", "3"],
        ["Moved with notice", "2", "0"],
        ["Moved at short notice", "0", "1"],
        ["Did not take place", "1", "0"],
        ["Told differently", "1", "1"],
        ["Topics covered", "4 of 6", "4 of 6"],
    ]


def test_a_quarter_has_its_months_and_all_of_them() -> None:
    rows = table_of(QUARTER)

    assert views.shown(QUARTER).text.startswith(
        "Check-ins of Acme and Globalcall, October to December 2026."
    )
    assert rows[0] == [" ", *(row[0] for row in table_of(REPORT)[1:])]
    assert [row[:3] + row[-1:] for row in rows[1:]] == [
        ["Oct Acme", "5", "3", "4 of 6"],
        ["Oct Globalcall", "5", "3", "4 of 6"],
        ["Nov Acme", "2", "2", "–"],
        ["Nov Globalcall", "2", "2", "–"],
        ["All Acme", "7", "5", "4 of 6"],
        ["All Globalcall", "7", "5", "4 of 6"],
    ]
    assert "*December 2026*\nIt has not begun." in views.shown(QUARTER).text


@pytest.mark.parametrize(
    ("report", "said"),
    [
        pytest.param(EMPTY, "No check-in was due in October 2026.", id="a month without any"),
        pytest.param(
            replace(EMPTY, period=Period(first_on=date(2027, 1, 1))),
            "January 2027 has not begun.",
            id="a month to come",
        ),
        pytest.param(
            replace(EMPTY, partnership=replace(PARTNERSHIP, state="proposed")),
            "Check-ins are counted from the day on which both sides have agreed.",
            id="before both sides agreed",
        ),
    ],
)
def test_nothing_to_count_is_said(report: Report, said: str) -> None:
    drawn, form = views.shown(report), views.form(report)

    assert drawn.text == f"{drawn.text.partition('.')[0]}. {said}"
    assert not any(one["type"] == "table" for one in drawn.blocks)
    assert form["blocks"][1]["text"]["text"] == said


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(REPORT, id="a month"),
        pytest.param(QUARTER, id="a quarter"),
        pytest.param(EMPTY, id="nothing"),
        pytest.param(
            replace(
                QUARTER,
                partnership=replace(
                    PARTNERSHIP,
                    client=replace(PARTNERSHIP.client, name="<!channel> *Acme* & so " * 10),
                ),
            ),
            id="a long name",
        ),
    ],
)
def test_slack_takes_it_as_a_message_and_as_a_form(report: Report) -> None:
    drawn, form = views.shown(report), views.form(report)

    assert block_problems([*drawn.blocks], surface="message") == []
    assert view_problems(form) == []
    assert "<!channel>" not in drawn.text
    assert not any(block["type"] == "table" for block in form["blocks"])


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 31), date(2024, 2, 29)])
def test_what_the_menu_offers_is_read_back(today: date) -> None:
    row = views.form(replace(REPORT, today=today))["blocks"][-1]
    menu: dict[str, Any] = row["elements"][0]

    read = [views.read_value(one["value"]) for one in menu["options"]]

    assert {partnership_id for partnership_id, _ in read} == {PARTNERSHIP.id}
    assert len({period for _, period in read}) == len(read)
    assert None not in {period for _, period in read}
    assert views.read_value(menu["initial_option"]["value"])[1] == REPORT.period


@pytest.mark.parametrize("value", ["p1", "p1|2026-13|1", "p1|2026-10|x", "p1|2026-10|99", "p1||"])
def test_a_spoiled_choice_names_no_months(value: str) -> None:
    assert views.read_value(value) == ("p1", None)


@pytest.mark.parametrize(
    ("words", "first_on", "months"),
    [
        ("", "2026-11-01", 1),
        ("this month", "2026-11-01", 1),
        ("Last month?", "2026-10-01", 1),
        ("for October", "2026-10-01", 1),
        ("dec", "2025-12-01", 1),
        ("December 2026", "2026-12-01", 1),
        ("2026-10", "2026-10-01", 1),
        ("10/2026", "2026-10-01", 1),
        ("this quarter", "2026-10-01", 3),
        ("last quarter", "2026-07-01", 3),
        ("Q3", "2026-07-01", 3),
        ("q4 2025", "2025-10-01", 3),
        ("2026 Q1", "2026-01-01", 3),
    ],
)
def test_months_are_read(words: str, first_on: str, months: int) -> None:
    period = Period(first_on=date.fromisoformat(first_on), months=months)

    assert read_period(words, TODAY) == period


@pytest.mark.parametrize(
    "words", ["2026-13", "9999-12", "0000-01", "next year", "oct nov", "x" * 99]
)
def test_other_words_name_no_months(words: str) -> None:
    assert read_period(words, TODAY) is None
