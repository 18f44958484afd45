"""A figure beside its floor, and how both are printed; how they are measured is not here."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_COLUMNS: Final = ("", "measured", "floor", "ratio", "asked", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        floor: What it is compared with, measured in the same run; a plain limit where there is
            nothing to measure.
        most: The ratio to the floor that may not be exceeded; with ``least`` the one to reach.
    """

    what: str
    measured: float
    floor: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float:
        return self.measured / self.floor if self.floor else float(self.measured > 0)

    @property
    def held(self) -> bool:
        if self.least is not None:
            return self.ratio >= self.least
        return self.most is None or self.ratio <= self.most

    @property
    def cells(self) -> tuple[str, ...]:
        asked = "" if self.most is None else f"<= {self.most:.4g}"
        asked = asked if self.least is None else f">= {self.least:.4g}"
        return (
            self.what,
            f"{self.measured:.4g} {self.unit}".strip(),
            f"{self.floor:.4g} {self.unit}".strip(),
            f"{self.ratio:.3f}",
            asked,
            "yes" if self.held else "NO",
        )


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which a part of all lies, such as 0.99."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def table(figures: Sequence[Figure]) -> str:
    """All lines under their columns."""
    rows = [_COLUMNS, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
