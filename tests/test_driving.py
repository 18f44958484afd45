"""Holds docs/driving.md to the buttons and forms that the code listens to."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from domain.findings import Finding
from domain.setups import Draft
from handlers import REGISTRARS
from handlers.registered import registered
from tests import (
    checkin_stage,
    deliverable_stage,
    people_stage,
    pulse_stage,
    written_stage,
)
from tests.partners import partnership
from tests.project_files import ROOT
from views import consent, gap_notes, pulse_plans, settings, setup, setup_preview
from views.agreement import Agreement
from views.blocks import Drawn

DOCUMENT = (ROOT / "docs" / "driving.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z_]+\.[a-z_0-9]+)` \| (.*?) \|", re.MULTILINE)

DRAFT = Draft(
    client="Acme",
    vendor="Globalcall",
    home_side="client",
    zone="America/New_York",
    their_zone="Asia/Manila",
    template="call_center",
)

AGREEMENT = Agreement(
    template="call_center",
    zones=("Asia/Manila", "America/New_York"),
    check_in_at=partnership().created_at,
    reply_time=partnership().reply_time,
)

SILENCE = Finding(
    kind="silence",
    turn="vendor",
    since=partnership().created_at,
    subject_id="20261116T170000",
    severity=1,
    remedy="write",
)

# Every form with a submit button, drawn once; a subject adds its own here.
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    setup.FORM: lambda: setup.form(setup.Known(), "C1"),
    setup_preview.PREVIEW: lambda: setup_preview.preview(
        setup_preview.Preview(
            draft=DRAFT,
            channel="C1",
            installer="U1",
            hub=Drawn(text="hub"),
            check_in_at=partnership().created_at,
        )
    ),
    setup.CORRECTION: lambda: setup.correction(DRAFT, {}),
    settings.FORM: lambda: settings.form(partnership(), "client"),
    consent.CONFIRM_FORM: lambda: consent.confirm_form(partnership(), AGREEMENT),
    consent.CHANGE_FORM: lambda: consent.change_form(partnership()),
    **people_stage.FORMS,
    gap_notes.FORM: lambda: gap_notes.form(partnership(), SILENCE, None),
    **checkin_stage.FORMS,
    **deliverable_stage.FORMS,
    **pulse_stage.FORMS,
    pulse_plans.FORM: lambda: pulse_plans.form(partnership(), "client"),
    **written_stage.FORMS,
}

LISTENED = registered(REGISTRARS)
ROWS = dict(ROW.findall(DOCUMENT))


def test_every_button_is_documented_and_every_documented_one_is_heard() -> None:
    heard = set(LISTENED.actions)

    assert heard - set(ROWS) == set()
    assert set(ROWS) - heard - set(LISTENED.views) == set()


def test_every_form_is_documented_and_drawn_here() -> None:
    assert set(LISTENED.views) - set(ROWS) == set()
    assert set(LISTENED.views) == set(FORMS)


@pytest.mark.parametrize("callback_id", FORMS)
def test_a_form_has_the_documented_fields(callback_id: str) -> None:
    view = FORMS[callback_id]()
    documented = re.findall(r"`([a-z_0-9]+)`", re.sub(r"\(.*?\)", "", ROWS[callback_id]))

    assert view["callback_id"] == callback_id
    drawn = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert drawn == documented


def test_an_id_is_a_subject_and_a_verb() -> None:
    names = {*LISTENED.actions, *LISTENED.views}

    assert [name for name in names if not re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", name)] == []
