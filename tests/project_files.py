"""Which files belong to the project, and its modules parsed; for tests that guard them all."""

import ast
import functools
import gc
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

_MADE_BY_MACHINES = (".venv", ".git", "__pycache__", "node_modules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One Python file: its path from the root, in parts joined by "/", and its syntax tree."""

    path: str
    tree: ast.Module
    source: str

    @property
    def room(self) -> str:
        """The folder at the root in which it lies, or its own name if it lies at the root."""
        return PurePosixPath(self.path).parts[0].removesuffix(".py")


def module(path: str, source: str) -> Module:
    return Module(path=path, tree=ast.parse(source, filename=path), source=source)


@functools.cache
def project_paths() -> tuple[str, ...]:
    """What git keeps or would keep; without git, everything that no machine made for itself."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
        text=True,
    )
    found = (
        listed.stdout.split("\0")
        if listed.returncode == 0
        else [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
    )
    return tuple(
        sorted(
            path
            for path in set(found)
            if not set(PurePosixPath(path).parts) & set(_MADE_BY_MACHINES)
            and (ROOT / path).is_file()
        )
    )


def product_modules(below: str = "") -> tuple[Module, ...]:
    """Every module but the tests, or those of one folder, named with its "/" at the end."""
    with _only_growing():
        return tuple(
            _read(path)
            for path in project_paths()
            if path.startswith(below) and path.endswith(".py") and not path.startswith("tests/")
        )


@functools.cache
def _read(path: str) -> Module:
    return module(path, (ROOT / path).read_text(encoding="utf-8"))


@contextmanager
def _only_growing() -> Iterator[None]:
    """All that is made stays: looking through it for rubbish takes longer than making it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
