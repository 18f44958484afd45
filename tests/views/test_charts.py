from dataclasses import replace

import pytest

from sandbox.blocks import block_problems
from views.charts import Figures, chart, in_words, table

WEEKS = [f"{day} Oct" for day in range(1, 9)]
FIGURES = Figures(
    title="How it is going, of 5",
    labels=WEEKS,
    series={"Acme": [4.0] * 8, "Globalcall with a very long name": [3.25] * 8},
    unit="Average",
    moments="Week of",
)


def test_slack_takes_the_chart_and_the_table() -> None:
    assert block_problems([chart(FIGURES)], surface="message") == []
    assert block_problems([table(FIGURES)], surface="message") == []


def test_a_chart_names_every_line_at_every_moment() -> None:
    drawn = chart(FIGURES)["chart"]

    assert drawn["axis_config"]["categories"] == WEEKS
    assert [line["name"] for line in drawn["series"]] == ["Acme", "Globalcall with a v…"]
    assert {len(line["data"]) for line in drawn["series"]} == {8}


@pytest.mark.parametrize(
    ("changes", "is_chart"),
    [
        pytest.param({}, True, id="whole"),
        pytest.param({"series": {"Acme": [4.0, None, *[3.0] * 6]}}, False, id="a week without"),
        pytest.param({"labels": ["1 Oct"], "series": {"Acme": [4.0]}}, False, id="one week"),
        pytest.param({"series": {}}, False, id="nothing"),
    ],
)
def test_a_chart_has_no_holes(changes: dict[str, object], is_chart: bool) -> None:
    assert replace(FIGURES, **changes).is_chart == is_chart  # type: ignore[arg-type]


def test_a_week_without_a_number_is_a_dash() -> None:
    figures = replace(FIGURES, labels=["1 Oct", "8 Oct"], series={"Acme": [4.04, None]})

    rows = table(figures)["rows"]

    assert [[cell["text"] for cell in row] for row in rows] == [
        ["Week of", "Acme"],
        ["1 Oct", "4.0"],
        ["8 Oct", "–"],
    ]
    assert in_words(figures) == "1 Oct: Acme 4.0\n8 Oct: Acme –"
