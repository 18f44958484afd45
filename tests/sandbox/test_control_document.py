"""Holds docs/control.md to the control calls that there are."""

import re

from sandbox.control.desk import READS, WRITES
from tests.project_files import ROOT

DOCUMENT = (ROOT / "docs" / "control.md").read_text(encoding="utf-8")


def test_every_control_call_is_documented_and_no_other() -> None:
    named = set(re.findall(r"`(GET|POST) ([a-z_]+)`", DOCUMENT))

    there = {("GET", call) for call in READS} | {("POST", call) for call in WRITES}
    assert named == there | {("GET", "stream")}
