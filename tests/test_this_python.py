import subprocess
import sys
from pathlib import Path

import pytest

from this_python import NEEDED, why_unfit

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("version", "needed", "says"),
    [
        pytest.param((3, 9, 2), NEEDED, "needs Python 3.11 or newer, and this is 3.9.2", id="old"),
        pytest.param((3, 11, 0), ("sys", "no_such_module"), "no_such_module", id="not set up"),
    ],
)
def test_a_python_that_cannot_run_it_is_told_why_in_a_sentence(
    version: tuple[int, ...], needed: tuple[str, ...], says: str
) -> None:
    reason = why_unfit(version, needed)

    assert reason is not None
    assert says in reason


def test_the_python_of_these_tests_can_run_it() -> None:
    assert why_unfit(sys.version_info[:3], NEEDED) is None


def test_without_what_it_is_built_on_the_command_line_says_what_to_do() -> None:
    # -I -S: as the system's own Python, which knows nothing of the virtual environment.
    alone = "import sys, runpy; sys.path.insert(0, '.'); runpy.run_path('bot.py')"

    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", alone],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert run.returncode == 1
    assert "click is not installed" in run.stderr
    assert "make setup" in run.stderr
    assert "Traceback" not in run.stderr
