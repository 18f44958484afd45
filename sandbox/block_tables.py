"""The shapes of the blocks that show figures: tables, data tables and charts."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.block_elements import TABLE_CELL
from sandbox.block_rules import (
    Problem,
    Rule,
    Shape,
    array,
    boolean,
    integer,
    number,
    one_of,
    string,
    typed,
)

BLOCK_ID = {"block_id": string(255)}  # Slack: block_id <= 255 characters
MOST_CELL_CHARACTERS = 10_000  # Slack: over all cells of a data table


def _or_null(rule: Rule) -> Rule:
    def check(value: object, at: str) -> Iterator[Problem]:
        if value is not None:
            yield from rule(value, at)

    return check


def _is_even(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if len({len(row) for row in value["rows"]}) > 1:
        yield Problem(f"{at}/rows", "all rows must have the same number of cells")


def _is_even_with_a_header(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    yield from _is_even(value, at)
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Problem(f"{at}/rows/0/{index}", "a cell of the header must not be rich_text")
    length = sum(map(_characters, value["rows"]))
    if length > MOST_CELL_CHARACTERS:
        message = f"may hold {MOST_CELL_CHARACTERS} characters in all cells, holds {length}"
        yield Problem(f"{at}/rows", message)
    if (value.get("row_header_column_index") or 0) >= len(value["rows"][0]):
        yield Problem(f"{at}/row_header_column_index", "there is no such column")


def _characters(value: Any) -> int:
    """The length of all ``text`` inside, at any depth."""
    if isinstance(value, list):
        return sum(map(_characters, value))
    if not isinstance(value, Mapping):
        return 0
    return sum(
        len(inner) if key == "text" and isinstance(inner, str) else _characters(inner)
        for key, inner in value.items()
    )


_COLUMN = Shape(
    required={}, optional={"align": one_of("left", "center", "right"), "is_wrapped": boolean}
)
# Slack: <= 100 rows, <= 20 cells a row, <= 20 column settings (null skips a column).
TABLE = Shape(
    required={"rows": array(array(TABLE_CELL, at_most=20), at_most=100)},
    optional={**BLOCK_ID, "column_settings": array(_or_null(_COLUMN), at_most=20)},
    across=_is_even,
)
# Slack: 2 to 101 rows with the header, <= 20 columns, 1 to 100 rows a page.
DATA_TABLE = Shape(
    required={
        "caption": string(3000),
        "rows": array(array(TABLE_CELL, at_most=20), at_least=2, at_most=101),
    },
    optional={
        **BLOCK_ID,
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, 19),
    },
    across=_is_even_with_a_header,
)


def _fits_its_axis(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    categories = value["axis_config"]["categories"]
    names = [series["name"] for series in value["series"]]
    if len(set(names)) < len(names):
        yield Problem(f"{at}/series", "the names of the series must differ")
    for index, series in enumerate(value["series"]):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(categories):
            message = "must have one point for each category of the axis"
            yield Problem(f"{at}/series/{index}/data", message)


# Slack: labels, categories and names of series <= 20 characters, labels of an axis <= 50.
_POINT = Shape(required={"label": string(20), "value": number}, optional={})
_AXIS = Shape(
    required={"categories": array(string(20), at_most=20)},
    optional={"x_label": string(50), "y_label": string(50)},
)
_SERIES = Shape(required={"name": string(20), "data": array(_POINT, at_most=20)}, optional={})
# Libraries disagree whether Slack takes 6 or 12 series; what passes here passes there.
_ON_AXES = Shape(
    required={"series": array(_SERIES, at_most=6), "axis_config": _AXIS},
    optional={},
    across=_fits_its_axis,
)
_PIE = Shape(required={"segments": array(_POINT, at_most=12)}, optional={})
_CHART = typed({"pie": _PIE, "bar": _ON_AXES, "area": _ON_AXES, "line": _ON_AXES}, "chart type")
# Slack: title <= 50 characters.
CHART = Shape(required={"title": string(50), "chart": _CHART}, optional=BLOCK_ID)
