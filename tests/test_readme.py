"""What the README says is so."""

import re
from pathlib import Path

import pytest

from config import WHERE
from handlers import REGISTRARS
from handlers.registered import listening, registered
from tests.project_files import ROOT
from views.manifest import scope_table

README = (ROOT / "README.md").read_text(encoding="utf-8")
LISTENING = listening(registered(REGISTRARS))


@pytest.mark.parametrize("row", scope_table(LISTENING))
def test_the_scopes_are_those_of_the_manifest(row: str) -> None:
    assert row in README


def test_no_other_scope_is_named() -> None:
    rows = [line for line in README.splitlines() if re.match(r"\| `[a-z_]+:[a-z_.]+`", line)]

    assert set(rows) <= set(scope_table(LISTENING))


@pytest.mark.parametrize("command", sorted(LISTENING.commands))
def test_every_command_is_shown(command: str) -> None:
    assert f"`{command}" in README


@pytest.mark.parametrize("variable", sorted(WHERE))
def test_every_setting_is_explained(variable: str) -> None:
    assert f"`{variable}`" in README


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_every_make_target_that_is_named_exists() -> None:
    targets = re.findall(
        r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )

    named = re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)
    assert {"demo", "test"} <= set(named) <= set(targets)


def test_every_room_is_in_the_table() -> None:
    rooms = [folder.name for folder in ROOT.iterdir() if is_room(folder)]

    assert [room for room in rooms if f"`{room}/`" not in README] == []


def is_room(folder: Path) -> bool:
    return folder.is_dir() and (folder / "__init__.py").exists()
