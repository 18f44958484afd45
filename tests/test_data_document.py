"""Holds docs/data.md to the tables that the database really has."""

import re
from pathlib import Path

import pytest

from tests.project_files import ROOT
from tests.stores import open_store

DOCUMENT = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (`.*?) \|", re.MULTILINE)

SECTIONS: dict[str, str] = dict(SECTION.findall(DOCUMENT))


def documented(text: str) -> list[str]:
    """The columns that a section names, in its order."""
    return [name for cell in ROW.findall(text) for name in re.findall(r"`(\w+)`", cell)]


@pytest.fixture
def stored(tmp_path: Path) -> dict[str, list[str]]:
    """The columns of each table of a new database."""
    store = open_store(tmp_path)
    db = store.reading()
    names = [
        str(row["name"])
        for row in db.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not str(row["name"]).startswith("sqlite_")
    ]
    columns = {
        name: [
            str(row["name"])
            for row in db.query("SELECT name FROM pragma_table_info(:t)", {"t": name})
        ]
        for name in names
    }
    store.close()
    return columns


def test_every_table_is_documented_and_no_other(stored: dict[str, list[str]]) -> None:
    assert set(SECTIONS) == set(stored)


def test_every_column_is_documented_once_and_no_other(stored: dict[str, list[str]]) -> None:
    wrong = {
        name: (sorted(documented(SECTIONS.get(name, ""))), sorted(columns))
        for name, columns in stored.items()
        if sorted(documented(SECTIONS.get(name, ""))) != sorted(columns)
    }

    assert wrong == {}


def test_each_table_says_why_how_long_and_who_sees_it() -> None:
    told = re.compile(r"Why: .+ How long: .+ Who sees it: .+")
    lines = {name: " ".join(text.split()) for name, text in SECTIONS.items()}

    assert [name for name, line in lines.items() if not told.search(line)] == []


def test_a_planted_column_is_missed_and_a_planted_row_is_found() -> None:
    assert documented("| `a`, `b` | what |\n| column | what |\n|---|---|\n| `c` | `d` |") == [
        "a",
        "b",
        "c",
    ]
