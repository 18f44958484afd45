"""Figures over time as Slack's chart, or as a table with the same numbers; whose they are no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.outgoing import INSTEAD
from views.blocks import Block, Drawn, cut, quoted

TITLE_MOST: Final = 50  # Slack: title of a data_visualization block <= 50 characters
LABEL_MOST: Final = 20  # Slack: labels and names in it <= 20 characters
CATEGORIES_MOST: Final = 20  # Slack: categories of a chart
# Slack: documented as 6 in one place and as 12 in another.
SERIES_MOST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers over time.

    Attributes:
        labels: Of the moments, oldest first, each different; ``CATEGORIES_MOST`` at most.
        series: By their names as typed, ``SERIES_MOST`` at most, each as long as ``labels``; None
            where there is no number.
        unit: What the numbers are.
        moments: What the labels name.
    """

    title: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    unit: str
    moments: str

    @property
    def is_chart(self) -> bool:
        """A chart needs two moments, and a number of every series at each."""
        whole = all(None not in numbers for numbers in self.series.values())
        return whole and len(self.labels) > 1 and bool(self.series)


def chart(figures: Figures) -> Block:
    """Lines, one a series. Messages alone may hold it, and not every workspace draws it."""
    labels = [cut(label, LABEL_MOST) for label in figures.labels]
    lines = [
        {
            "name": cut(name, LABEL_MOST),
            "data": [
                {"label": label, "value": _rounded(number)}
                for label, number in zip(labels, numbers, strict=True)
            ],
        }
        for name, numbers in figures.series.items()
    ]
    axes = {"categories": labels, "y_label": cut(figures.unit, LABEL_MOST)}
    drawn = {"type": "line", "series": lines, "axis_config": axes}
    return {"type": "data_visualization", "title": cut(figures.title, TITLE_MOST), "chart": drawn}


def table(figures: Figures) -> Block:
    """The same numbers, a row for each moment. A message holds one table, and draws it last."""
    head = [_cell(figures.moments), *map(_cell, figures.series)]
    rows = [
        [_cell(label), *(_cell(_shown(numbers[at])) for numbers in figures.series.values())]
        for at, label in enumerate(figures.labels)
    ]
    return {"type": "table", "rows": [head, *rows]}


def in_words(figures: Figures) -> str:
    """The same numbers, a line for each moment: for forms, which hold neither."""
    named = {quoted(name): numbers for name, numbers in figures.series.items()}
    return "\n".join(
        f"{label}: {', '.join(f'{name} {_shown(of[at])}' for name, of in named.items())}"
        for at, label in enumerate(figures.labels)
    )


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def _shown(number: float | None) -> str:
    return "–" if number is None else f"{number:.1f}"


def _rounded(number: float | None) -> float:
    assert number is not None  # see `Figures.is_chart`
    return round(number, 1)


def with_figures(drawn: Drawn, figures: Figures | None, *, draws_charts: bool) -> dict[str, Any]:
    """The payload of a message with figures below it.

    Args:
        draws_charts: Whether a chart may be tried; the table goes along in case Slack refuses it.
    """
    if figures is None:
        return drawn.payload
    blocks = [dict(block) for block in drawn.blocks]
    tabled = drawn.payload | {"blocks": [*blocks, table(figures)]}
    if not (draws_charts and figures.is_chart):
        return tabled
    return drawn.payload | {"blocks": [*blocks, chart(figures)], INSTEAD: tabled}
