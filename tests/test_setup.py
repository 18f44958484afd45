import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.project_files import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
DIRECT = (ROOT / "requirements.in").read_text()

# A stand-in for a Python: says its version, and fails what it is told to lack.
PYTHON = """#!/bin/sh
case "$2" in
    *sys.exit*) exit {too_old} ;;
    *python_version*) echo {version} ;;
    *ensurepip*) exit {no_venv} ;;
esac
"""


def executable(file: Path, text: str) -> Path:
    file.write_text(text)
    file.chmod(0o755)
    return file


def run(*command: str | Path, cwd: Path, path: str | None = None) -> tuple[int, str]:
    """The exit code, and everything that was said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PATH": path or os.environ["PATH"]},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        timeout=100,
    )
    return done.returncode, done.stdout


def names(text: str) -> dict[str, str]:
    """Version by package name of every pinned line."""
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {re.sub(r"[._-]+", "-", name).lower(): version for name, version in pinned}


def test_every_locked_package_has_its_hashes() -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]

    assert len(entries) == len(names(LOCK))
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)


def test_the_lock_holds_no_address() -> None:
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_the_lock_holds_what_is_asked_for_in_the_same_versions() -> None:
    assert names(DIRECT).items() <= names(LOCK).items()


def test_every_package_that_is_asked_for_is_pinned() -> None:
    asked = [line for line in DIRECT.splitlines() if line and not line.startswith("#")]

    assert len(asked) == len(names(DIRECT))


def test_the_lock_serves_every_system_but_for_what_one_alone_needs() -> None:
    markers = set(re.findall(r"; (.*?) \\$", LOCK, re.MULTILINE))

    assert not [marker for marker in markers if "linux" in marker or "darwin" in marker]
    assert not [marker for marker in markers if "python_version" in marker]


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "faults"])
def test_every_target_prepares_the_virtual_environment_first(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text()

    assert re.search(rf"^{target}: setup ##", makefile, re.MULTILINE)


def test_make_alone_lists_the_targets() -> None:
    code, said = run("make", cwd=ROOT)

    assert code == 0
    assert all(f"make {target} " in said for target in ("setup", "demo", "test", "check"))


@pytest.mark.parametrize(
    ("version", "too_old", "no_venv", "says"),
    [
        pytest.param("3.9.2", 1, 0, "needs Python 3.11 or newer, and this is 3.9.2", id="too old"),
        pytest.param("3.12.1", 0, 1, "3.12.1 comes without its venv part", id="without venv"),
        pytest.param("3.12.1", 0, 0, "could not make .venv here", id="venv does not come about"),
    ],
)
def test_an_unsuitable_python_is_one_clear_sentence(
    tmp_path: Path, version: str, too_old: int, no_venv: int, says: str
) -> None:
    text = PYTHON.format(version=version, too_old=too_old, no_venv=no_venv)
    if not too_old and not no_venv:
        text += '[ "$2" = venv ] && exit 1\nexit 0\n'
    python = executable(tmp_path / "python", text)

    code, said = run(ROOT / ".ci/make-venv", ".venv", python, cwd=tmp_path)

    assert code == 1
    assert says in said.splitlines()[-1]
    assert "Traceback" not in said
    assert not (tmp_path / ".venv").exists()


def test_a_machine_without_python_is_told_where_it_is(tmp_path: Path) -> None:
    code, said = run(ROOT / ".ci/make-venv", ".venv", "no-such-python", cwd=tmp_path)

    assert code == 1
    assert said.strip().count("\n") == 0
    assert "no-such-python was not found" in said


def test_the_first_suitable_python_is_taken(tmp_path: Path) -> None:
    old = PYTHON.format(version="3.9.2", too_old=1, no_venv=0)
    executable(tmp_path / "python3.14", old)
    for name in ("python3.13", "python3.12", "python3.11"):
        executable(tmp_path / name, "#!/bin/sh\nexit 127\n")
    new = PYTHON.format(version="3.12.1", too_old=0, no_venv=0)
    executable(tmp_path / "python3", new + '[ "$2" = venv ] && mkdir "$4"\nexit 0\n')
    path = f"{tmp_path}:/usr/bin:/bin"

    code, said = run(ROOT / ".ci/make-venv", ".venv", cwd=tmp_path, path=path)

    assert (code, said) == (0, "Making .venv with Python 3.12.1.\n")
    assert (tmp_path / ".venv").is_dir()


@pytest.mark.parametrize(
    ("pip_says", "sentence"),
    [
        pytest.param(
            "WARNING: connection broken by 'NewConnectionError(...)'\n"
            "ERROR: No matching distribution found for anyio==4.16.0",
            "no network",
            id="no network",
        ),
        pytest.param(
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "is not the file that requirements.lock names",
            id="another file",
        ),
        pytest.param(
            "ERROR: No matching distribution found for greenlet==3.5.6",
            "no file for this Python and machine: greenlet==3.5.6",
            id="no wheel",
        ),
        pytest.param("OSError: [Errno 28] No space left on device", "disk is full", id="full"),
        pytest.param("Traceback (most recent call last):", "pip stopped", id="anything else"),
    ],
)
def test_an_install_that_stops_is_one_clear_sentence_and_is_tried_again(
    tmp_path: Path, pip_says: str, sentence: str
) -> None:
    (tmp_path / "says").write_text(pip_says)
    python = executable(tmp_path / "python", "#!/bin/sh\ncat says >&2\nexit 1\n")

    code, said = run(ROOT / ".ci/install", python, tmp_path / "installed.lock", cwd=tmp_path)

    assert code == 1
    assert sentence in said.splitlines()[-1]
    assert "Traceback" not in said
    assert (tmp_path / "install.log").read_text() == pip_says
    assert not (tmp_path / "installed.lock").exists()


def test_an_install_that_went_well_leaves_the_lock_it_was_made_from(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("a==1\n")
    python = executable(tmp_path / "python", "#!/bin/sh\nexit 0\n")

    code, _ = run(ROOT / ".ci/install", python, tmp_path / "installed.lock", cwd=tmp_path)

    assert code == 0
    assert (tmp_path / "installed.lock").read_text() == "a==1\n"
