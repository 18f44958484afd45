import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WITHOUT_BROWSER = """
import pytest
import tests.browser

tests.browser.NAMES = tests.browser.MAC = ()

@pytest.mark.browser
def test_that_needs_one(browser):
    pass

def test_that_needs_none():
    pass
"""


@pytest.mark.parametrize(
    ("ci", "processes", "code", "outcome"),
    [
        pytest.param("", "0", 0, "1 passed, 1 deselected", id="at home they are left out, loudly"),
        pytest.param("", "2", 0, "1 passed", id="with several processes, too"),
        pytest.param("true", "0", 1, "1 passed, 1 error", id="on the build server they fail"),
    ],
)
def test_a_machine_without_a_browser(
    tmp_path: Path, ci: str, processes: str, code: int, outcome: str
) -> None:
    # given
    (tmp_path / "test_it.py").write_text(WITHOUT_BROWSER, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.browser", "-p", "no:cacheprovider"]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}

    # when
    ran = subprocess.run(
        [*command, "-n", processes, str(tmp_path)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    # then
    assert ran.returncode == code, ran.stdout
    assert outcome in ran.stdout
    assert "BROWSER TESTS DID NOT RUN: no Chromium found" in ran.stdout
