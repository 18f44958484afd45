"""Tables of data and charts: what Slack takes and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.blocks import Surface, block_problems
from tests.people import Json


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def data_table(rows: int = 2, cells: int = 2, **fields: object) -> Json:
    row = [raw("x")] * cells
    return {"type": "data_table", "caption": "Answers", "rows": [row] * rows, **fields}


def series(name: str = "Acme", weeks: int = 2, *, label: str = "Week") -> Json:
    points = [{"label": f"{label} {n}", "value": n * 1.5} for n in range(weeks)]
    return {"name": name, "data": points}


def chart(*lines: Json, kind: str = "bar", weeks: int = 2, **axis: object) -> Json:
    axes = {"categories": [f"Week {n}" for n in range(weeks)], **axis}
    figures = {"type": kind, "series": list(lines) or [series(weeks=weeks)], "axis_config": axes}
    return {"type": "data_visualization", "title": "Answers", "chart": figures}


def pie(segments: int = 3, *, title: str = "Shares", length: int = 1) -> Json:
    parts = [{"label": "x" * length, "value": n} for n in range(segments)]
    figures = {"type": "pie", "segments": parts}
    return {"type": "data_visualization", "title": title, "chart": figures}


def many(count: int) -> Json:
    return chart(*[series(f"Team {n}") for n in range(count)])


@pytest.mark.parametrize(
    ("build", "most", "where"),
    [
        pytest.param(lambda n: data_table(rows=n), 101, "rows", id="rows of a data table"),
        pytest.param(lambda n: data_table(cells=n), 20, "rows/0", id="columns of a data table"),
        pytest.param(lambda n: data_table(page_size=n), 100, "page_size", id="rows a page"),
        pytest.param(
            lambda n: data_table(row_header_column_index=n), 1, "row_header_column_index", id="key"
        ),
        pytest.param(pie, 12, "chart/segments", id="segments of a pie"),
        pytest.param(lambda n: pie(1, length=n), 20, "chart/segments/0/label", id="a label"),
        pytest.param(lambda n: pie(title="x" * n), 50, "title", id="a title"),
        pytest.param(many, 6, "chart/series", id="series"),
        pytest.param(lambda n: chart(weeks=n), 20, "chart/axis_config/categories", id="weeks"),
        pytest.param(
            lambda n: chart(series("x" * n)), 20, "chart/series/0/name", id="a series' name"
        ),
        pytest.param(
            lambda n: chart(x_label="x" * n), 50, "chart/axis_config/x_label", id="an axis' label"
        ),
    ],
)
def test_figures_may_reach_their_limit_and_not_pass_it(
    build: Callable[[int], Json], most: int, where: str
) -> None:
    assert block_problems([build(most)], surface="message") == []
    assert f"/blocks/0/{where}" in wrong(build(most + 1))


def wrong(*blocks: Json, surface: Surface = "message") -> list[str]:
    return [problem.pointer for problem in block_problems(list(blocks), surface=surface)]


@pytest.mark.parametrize(
    ("block", "where"),
    [
        pytest.param(data_table(rows=1), "rows", id="a header alone"),
        pytest.param(data_table(rows=0) | {"caption": None}, "caption", id="no caption"),
        pytest.param(
            data_table() | {"rows": [[raw("x")], [raw("x"), raw("y")]]}, "rows", id="uneven rows"
        ),
        pytest.param(
            data_table() | {"rows": [[rich("x")], [rich("y")]]}, "rows/0/0", id="a rich header"
        ),
        pytest.param(
            data_table() | {"rows": [[raw("x")], *[[raw("x" * 3000)]] * 4]}, "rows", id="too long"
        ),
        pytest.param(pie() | {"title": None}, "title", id="no title"),
        pytest.param(pie(0), "chart/segments", id="an empty pie"),
        pytest.param(chart(kind="radar"), "chart/type", id="an unknown kind"),
        pytest.param(chart(series(), series()), "chart/series", id="two series of one name"),
        pytest.param(chart(series(weeks=1)), "chart/series/0/data", id="a week is missing"),
        pytest.param(chart(series(label="Day")), "chart/series/0/data", id="foreign labels"),
        pytest.param(
            pie() | {"chart": {"type": "pie", "segments": [{"label": "x", "value": "7"}]}},
            "chart/segments/0/value",
            id="a number in quotes",
        ),
    ],
)
def test_figures_are_refused_where_they_are_wrong(block: Json, where: str) -> None:
    assert f"/blocks/0/{where}" in wrong(block)


@pytest.mark.parametrize("kind", ["bar", "area", "line"])
def test_a_message_may_hold_two_charts_and_only_a_message(kind: str) -> None:
    one: Any = chart(kind=kind)

    assert wrong(one, pie()) == []
    assert wrong(one, pie(), one) == ["/blocks"]
    assert wrong(one, surface="modal") == ["/blocks/0/type"]
    assert wrong(data_table(), surface="home") == ["/blocks/0/type"]
