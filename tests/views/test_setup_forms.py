import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.boards import Board
from domain.setups import NAME_MOST, Draft
from domain.templates import TEMPLATES
from sandbox.blocks import block_problems, view_problems
from tests.partners import ACME, GLOBALCALL, MONDAY_NOON, partnership
from views import consent, presets, settings, setup, setup_preview
from views.agreement import Agreement, Further
from views.hub import hub
from views.pulse import first_question
from views.words.setup_words import read_setup

OUTSIDE = "That is outside the hours of Globalcall"
LONG_NAMED = partnership(
    client=replace(ACME, name="&" * NAME_MOST), vendor=replace(GLOBALCALL, name="<" * NAME_MOST)
)
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
    check_in_at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC),
    reply_time=timedelta(hours=8),
)
ANSWERS: dict[str, object] = {
    "client": "Acme",
    "vendor": "Globalcall",
    "home_side": "client",
    "other_lead": None,
    "zone": "new york",
    "their_zone": "Manila",
    "template": "call_center",
}


def shown(draft: Draft = DRAFT) -> setup_preview.Preview:
    return setup_preview.Preview(
        draft=draft,
        channel="C0SHARED",
        installer="U0MARIA",
        hub=hub(partnership(state="proposed"), Board()),
        check_in_at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC),
    )


def words(view: dict[str, Any]) -> str:
    return "\n".join(b["text"]["text"] for b in view["blocks"] if b["type"] == "section")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", ["Acme", "&" * NAME_MOST], ids=["a name", "the longest name"])
def test_every_form_stays_within_slacks_limits(template: Any, name: str) -> None:
    draft = replace(DRAFT, client=name, vendor="<" * NAME_MOST, template=template)
    known = setup.Known(
        client=name,
        vendor=name,
        home_side="vendor",
        zone="America/Argentina/ComodRivadavia",
        their_zone="Asia/Manila",
        template=template,
        other_lead="U0ANA",
        unread=("&" * 3000,) * 9,
    )
    views = [
        setup.form(known, "C0SHARED"),
        setup_preview.preview(shown(draft)),
        consent.confirm_form(LONG_NAMED, AGREEMENT),
        consent.change_form(LONG_NAMED),
        consent.privacy_view(LONG_NAMED, AGREEMENT),
        settings.form(LONG_NAMED, "vendor"),
        settings.shown_only(LONG_NAMED),
    ]

    assert [view_problems(view) for view in views] == [[]] * len(views)


@pytest.mark.parametrize(
    "drawn",
    [
        consent.first_post(LONG_NAMED, "U0MARIA"),
        consent.agreed_post(LONG_NAMED, "U0MARIA", MONDAY_NOON),
        consent.declined_post(LONG_NAMED, MONDAY_NOON),
        setup_preview.would_have_said(consent.first_post(LONG_NAMED, "U0MARIA"), "p1"),
        setup.form_button("C0SHARED"),
    ],
    ids=["first post", "agreed", "declined", "looking", "button to the form"],
)
def test_every_post_stays_within_slacks_limits(drawn: Any) -> None:
    assert block_problems(list(drawn.blocks), surface="message") == []


def test_the_first_post_says_who_invited_and_whose_machine_it_is() -> None:
    text = consent.first_post(partnership(), "U0MARIA").text

    assert text == (
        "Hello, I'm Touchbase. <@U0MARIA> (Acme) invited me to keep Acme's and Globalcall's"
        " check-ins and promises in view. I run on Acme's server. Until a lead of Globalcall"
        " agrees I write to nobody there and record none of their messages."
    )


def test_the_preview_holds_the_first_post_and_every_default_in_a_sentence() -> None:
    text = words(setup_preview.preview(shown()))

    assert consent.first_post(partnership(), "U0MARIA").text in text
    assert "Operations review: every week, 30 minutes, first on Tue 24 Nov 09:00 New York" in text
    assert "New York = Tue 24 Nov 22:00 Manila." in text
    assert "Talked about regularly: volume forecast, quality, staffing and training." in text
    assert "Normal answer: within 8 working hours." in text
    assert "without the public holidays of US and PH" in text
    assert "nobody of the other side is written to" in text


def test_who_agrees_reads_all_that_begins_on_their_own_clock_first() -> None:
    for view in (
        consent.confirm_form(partnership(), AGREEMENT),
        consent.privacy_view(partnership(), AGREEMENT),
    ):
        text = words(view)

        assert "first on Tue 24 Nov 22:00 Manila = Tue 24 Nov 09:00 New York." in text
        assert f"the first: {first_question()}" in text
        assert "A summary of the week for the leads" in text
        assert "Normal answer: within 8 working hours." in text
    assert "begins" not in words(consent.privacy_view(partnership()))


def test_check_ins_alone_bring_no_survey_and_no_summary() -> None:
    text = words(setup_preview.preview(shown(replace(DRAFT, template="just_check_ins"))))

    assert "No survey and no summary." in text
    assert "Talked about" not in text


def test_the_form_reads_back_as_a_draft_and_survives_the_preview() -> None:
    read = setup.read_form(ANSWERS)

    assert read.draft == DRAFT
    view = setup_preview.preview(shown(replace(DRAFT, other_lead="U0ANA")))
    carried = {k: str(v) for k, v in json.loads(view["private_metadata"]).items()}
    assert setup_preview.read_draft(carried) == replace(DRAFT, other_lead="U0ANA")
    assert setup_preview.read_draft(carried | {"other_lead": "None"}) == DRAFT


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({"client": "  "}, {"client"}, id="no name"),
        pytest.param({"vendor": "ACME"}, {"vendor"}, id="the same name twice"),
        pytest.param({"zone": "Atlantis"}, {"zone"}, id="an unknown zone"),
        pytest.param({"zone": "", "their_zone": None}, {"zone", "their_zone"}, id="no zones"),
        pytest.param({"client": "", "zone": "?"}, {"client", "zone"}, id="all that is wrong"),
        pytest.param({"their_zone": "../../etc/passwd"}, {"their_zone"}, id="a path"),
    ],
)
def test_what_needs_a_change_is_said_under_its_field(
    changes: dict[str, object], fields: set[str]
) -> None:
    read = setup.read_form(ANSWERS | changes)

    assert read.draft is None
    assert set(read.errors) == fields
    assert all(len(text) < 150 and text.endswith(".") for text in read.errors.values())


@pytest.mark.parametrize(
    ("template", "ticked", "kinds"),
    [
        pytest.param("call_center", ("operations_review",), ("operations_review",), id="as drawn"),
        pytest.param(
            "agency",
            ("operations_review",),
            ("operations_review", "business_review"),
            id="as drawn, for another kind of partnership",
        ),
        pytest.param(
            "agency", ("written", "coffee"), ("coffee", "written"), id="chosen, in their order"
        ),
        pytest.param("agency", (), (), id="none"),
    ],
)
def test_check_ins_left_as_drawn_follow_what_the_partnership_is(
    template: str, ticked: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    drawn_for = json.loads(setup.form(setup.Known(), "C0SHARED")["private_metadata"])["template"]

    values = ANSWERS | {"template": template, "check_ins": ticked}
    read = setup.read_first_form(values, None, drawn_for)

    assert read.draft is not None
    assert read.draft.check_ins == kinds
    again = json.loads(setup_preview.preview(shown(read.draft))["private_metadata"])
    assert setup_preview.read_draft(again).check_ins == kinds


def test_each_check_in_is_named_in_one_sentence_before_anything_is_posted() -> None:
    plan = presets.suggested("business_review", partnership(), MONDAY_NOON)
    assert plan is not None
    proposed = Further(plan=plan, first_at=datetime(2027, 1, 12, 14, 0, tzinfo=UTC))
    draft = replace(DRAFT, check_ins=("business_review",))

    text = words(setup_preview.preview(replace(shown(draft), further=(proposed,))))
    asked = words(consent.confirm_form(partnership(), replace(AGREEMENT, further=(proposed,))))

    line = (
        "• Proposed, for a yes of its own: Business review: the second Tuesday of January, April,"
        " July and October, 1 hour 30 minutes, leads and sponsors, where the partnership stands,"
        " and the next quarter. First on Tue 12 Jan 09:00 New York = Tue 12 Jan 22:00 Manila."
    )
    assert line in text
    assert "Operations review: every week" not in text
    assert "Proposed, for a yes of its own: Business review" in asked
    assert "Operations review: every week" in asked


@given(client=st.text(max_size=3000), vendor=st.text(max_size=3000), zone=st.text(max_size=300))
def test_any_answer_is_read_or_refused_and_never_breaks(
    client: str, vendor: str, zone: str
) -> None:
    read = setup.read_form(ANSWERS | {"client": client, "vendor": vendor, "zone": zone})

    assert (read.draft is None) == bool(read.errors)
    if read.draft is not None:
        assert view_problems(setup_preview.preview(shown(read.draft))) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            'client "Acme Retail", vendor "Globalcall", we are the client,'
            " zone America/New_York, their zone Asia/Manila",
            setup.Known(
                client="Acme Retail",
                vendor="Globalcall",
                home_side="client",
                zone="America/New_York",
                their_zone="Asia/Manila",
            ),
            id="all of it",
        ),
        pytest.param(
            "template softwareteam, lead <@U0ANA|ana>",
            setup.Known(template="software_team", other_lead="U0ANA"),
            id="a template nearly right, and a lead",
        ),
        pytest.param(
            "template zzz", setup.Known(unread=("zzz",)), id="a template that does not exist"
        ),
        pytest.param("", setup.Known(), id="nothing"),
    ],
)
def test_words_behind_the_command_fill_the_form(typed: str, expected: setup.Known) -> None:
    assert setup.known_from(read_setup(typed)) == expected


def test_the_preview_says_for_whom_the_first_check_in_is_out_of_hours() -> None:
    outside = words(setup_preview.preview(replace(shown(), outside=("vendor",))))

    assert OUTSIDE in outside
    assert OUTSIDE not in words(setup_preview.preview(shown()))
