from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Change, with_values
from domain.hours import hours_text, weekly_hours
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from sandbox.blocks import block_problems, view_problems
from tests.partners import ACME, GLOBALCALL, MONDAY_NOON, partnership
from views import changes, settings
from views.ladder_forms import read_ladder

LONG_HOURS = "; ".join(
    f"{day} " + " ".join(f"0{hour}:0{n}-0{hour}:30" for hour in (1, 3, 5, 7))
    for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
)
LONG_NAMED = partnership(
    client=replace(ACME, name="&" * 60),
    vendor=replace(GLOBALCALL, name="<" * 60),
)
OPEN = Change(
    team_id="T0ACME",
    id="c1",
    partnership_id="p1",
    side="client",
    state="proposed",
    old={"reply_time": "480"},
    new={"reply_time": "90"},
    made_by="maria",
    made_at=MONDAY_NOON,
)
STEPS = replace(OPEN, id="c2", old={"ladder": "0-1-3-6"}, new={"ladder": "1-2-0-4"})
AGREED = replace(OPEN, state="holds", settled_side="vendor", settled_at=MONDAY_NOON)
OWN = replace(
    AGREED,
    side="vendor",
    old={"name": "Globalcall", "zone": "Asia/Manila", "hours": "mon-fri 09:00-18:00"},
    new={"name": "Globalcall PH", "zone": "Asia/Kolkata", "hours": "mon-sat 20:00-05:00"},
)
REST = replace(
    OWN,
    old={"holidays": "", "summary": "leads"},
    new={"holidays": "PH US", "summary": "channel"},
)


def drawn_values(view: dict[str, Any]) -> dict[str, object]:
    """What Slack sends when nothing in a form is touched."""
    elements = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    return {
        name: element.get("initial_value") or element.get("initial_option", {}).get("value")
        for name, element in elements.items()
    }


def buttons(drawn: Any) -> list[str]:
    rows = [block for block in drawn.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    "stands",
    [
        pytest.param(partnership(), id="as set up"),
        pytest.param(partnership(reply_time=timedelta(minutes=90)), id="an odd reply time"),
        pytest.param(
            with_values(partnership(), "client", {"holidays": "US-NY"}), id="odd holidays"
        ),
        pytest.param(
            with_values(partnership(), "vendor", {"hours": LONG_HOURS}), id="the longest hours"
        ),
        pytest.param(partnership(state="proposed"), id="not agreed yet"),
    ],
)
def test_settings_drawn_and_sent_back_change_nothing(stands: Partnership, side: Side) -> None:
    view = settings.form(stands, side)

    read = settings.read_form(drawn_values(view)).settings

    assert view_problems(view) == []
    assert read is not None
    info = stands.side(side)
    assert (read.name, read.zone, read.hours) == (
        info.name,
        info.calendar.zone,
        info.calendar.hours,
    )
    assert read.reply_time in {None, stands.reply_time}
    assert not read.public_summary


def test_a_night_shift_may_keep_its_countrys_holidays_on_another_clock() -> None:
    observed = with_values(partnership(), "vendor", {"holidays": "PH"})
    nobody = with_values(partnership(), "vendor", {"holidays": ""})

    offered = [str(settings.form(one, "vendor")) for one in (observed, nobody)]

    assert "PH as now, whatever the time zone" in offered[0]
    assert "whatever the time zone" not in offered[1]


@pytest.mark.parametrize(
    "proposals",
    [[], [OPEN], [OPEN, STEPS]],
    ids=["nothing waits", "a proposal waits", "two wait"],
)
@pytest.mark.parametrize("side", SIDES)
def test_the_form_stays_within_slacks_limits(side: Side, proposals: list[Change]) -> None:
    assert view_problems(settings.form(LONG_NAMED, side, proposals)) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Mon-Fri 09:00-18:00", "mon-fri 09:00-18:00"),
        ("mon – fri 9:00 – 18:00", "mon-fri 09:00-18:00"),
        ("mon, tue 09:00-18:00\nfri 22:00-06:00", "mon-tue 09:00-18:00; fri 22:00-06:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, expected: str) -> None:
    values = drawn_values(settings.form(partnership(), "vendor")) | {"hours": typed}

    read = settings.read_form(values).settings

    assert read is not None
    assert read.hours is not None
    assert hours_text(read.hours) == expected


@pytest.mark.parametrize(
    ("changes_", "fields"),
    [
        pytest.param({"hours": "nine to five"}, {"hours"}, id="words"),
        pytest.param({"hours": ""}, {"hours"}, id="no hours"),
        pytest.param({"hours": "mon 25:00-26:00"}, {"hours"}, id="no such time"),
        pytest.param(
            {"hours": "mon " + " ".join(f"{h}:00-{h}:30" for h in range(10, 15))},
            {"hours"},
            id="five stretches",
        ),
        pytest.param(
            {"hours": "x" * 500, "name": " ", "zone": "Atlantis"},
            {"hours", "name", "zone"},
            id="all that is wrong",
        ),
    ],
)
def test_what_needs_a_change_is_said_under_its_field(
    changes_: dict[str, object], fields: set[str]
) -> None:
    read = settings.read_form(drawn_values(settings.form(partnership(), "client")) | changes_)

    assert read.settings is None
    assert set(read.errors) == fields
    assert all(len(text) < 150 and text.endswith(".") for text in read.errors.values())


@given(hours=st.text(max_size=500), zone=st.text(max_size=60), reply=st.text(max_size=10))
def test_any_answer_is_read_or_refused_and_never_breaks(hours: str, zone: str, reply: str) -> None:
    values = {"name": "Acme", "zone": zone, "hours": hours, "reply_time": reply}

    read = settings.read_form(values)

    assert (read.settings is None) == bool(read.errors)


@pytest.mark.parametrize(
    ("change", "text", "row"),
    [
        pytest.param(
            OPEN,
            "Acme proposes: normal answer within 1 hour of working time (before: 8 working hours)."
            " It holds once a lead of Globalcall agrees.",
            ["Agree", "Keep as it is"],
            id="proposed",
        ),
        pytest.param(
            OWN,
            "Globalcall changed its name, now Globalcall PH, its time zone from Manila to Kolkata"
            " and its working hours from Mon-Fri 09:00-18:00 to Mon-Sat 20:00-05:00.",
            ["Undo"],
            id="of one side",
        ),
        pytest.param(
            REST,
            "Globalcall changed the public holidays it keeps from none to those of PH and US and"
            " where it wants the weekly summary: in this channel (before: only for the leads)."
            " It is posted there once both sides want it.",
            ["Undo"],
            id="the rest of one side",
        ),
    ],
)
def test_a_change_is_told_with_old_and_new_and_names_the_side(
    change: Change, text: str, row: list[str]
) -> None:
    drawn = changes.told(partnership(), change)

    assert drawn.text == text
    assert buttons(drawn) == row


@pytest.mark.parametrize(
    ("hear", "said"),
    [
        ({"vendor"}, " Acme has to want it, too; until then they are told nothing."),
        ({"vendor", "client"}, " Acme wants it, too."),
    ],
    ids=["alone", "both"],
)
def test_that_sponsors_may_be_told_says_what_the_other_side_wants(
    hear: set[Side], said: str
) -> None:
    told = replace(OWN, old={"sponsors": "not_told"}, new={"sponsors": "told"})

    drawn = changes.told(partnership(sponsors_hear=frozenset(hear)), told)

    assert drawn.text.endswith(said)


def test_what_both_agreed_on_says_who_agreed_and_when() -> None:
    drawn = changes.told(partnership(), AGREED)

    assert "Acme proposed" in drawn.text
    assert "Globalcall agreed: <!date^" in drawn.text
    assert buttons(drawn) == ["Undo"]
    assert buttons(changes.resting(partnership(), AGREED)) == []


@pytest.mark.parametrize(
    ("state", "by", "text"),
    [
        ("holds", "vendor", "Globalcall agreed: normal answer within 4 working hours (before: 8"),
        ("kept", "vendor", "Globalcall keeps it as it is: normal answer within 8 working hours."),
        ("kept", "client", "Acme took its proposal back: normal answer within 8 working hours."),
        ("undone", "client", "Acme undid the change: normal answer within 8 working hours again"),
    ],
)
def test_what_became_of_a_proposal_is_one_line(state: Any, by: Any, text: str) -> None:
    change = replace(AGREED, new={"reply_time": "240"}, state=state, settled_side=by)

    assert changes.settled(partnership(), change).text.startswith(text)
    told = changes.told(partnership(), change)
    assert buttons(told) == (["Undo"] if state == "holds" else [])


def test_proposed_steps_say_what_they_mean_and_how_it_was() -> None:
    text = changes.told(partnership(), STEPS).text

    assert text.startswith(
        "Acme proposes: reminders in own steps (1 working day before, on the day it is due, then"
        " every 2 working days; 4 reminders at most) (before: standard (on the day it is due, then"
        " each working day, from the 4th of these on also with the owner's own lead;"
    )


@pytest.mark.parametrize(
    ("choice", "steps", "code"),
    [
        pytest.param("firm", "", "1-1-2-10", id="a known one"),
        pytest.param("unchanged", "", None, id="as it is"),
        pytest.param("gentle", "1, every 2, lead after 3, 6 in all", "1-2-3-6", id="own numbers"),
    ],
)
def test_steps_are_read_from_a_choice_or_from_four_numbers(
    choice: str, steps: str, code: str | None
) -> None:
    read, wrong = read_ladder(choice, steps)

    assert wrong is None
    assert (read.code if read else None) == code


@pytest.mark.parametrize("steps", ["often", "1, 2, 3", "6, 1, 0, 3", "0, 0, 0, 3", "0, 1, 0, 99"])
def test_numbers_that_make_no_steps_are_asked_about(steps: str) -> None:
    read, wrong = read_ladder("standard", steps)

    assert read is None
    assert wrong


@pytest.mark.parametrize("state", ["proposed", "holds", "kept", "replaced", "undone"])
@pytest.mark.parametrize("side", SIDES)
def test_every_post_stays_within_slacks_limits(state: Any, side: Side) -> None:
    hours = hours_text(weekly_hours(LONG_HOURS))
    every: dict[Any, str] = {
        "name": "&" * 60,
        "zone": "America/Argentina/ComodRivadavia",
        "hours": hours,
        "holidays": "PH US-NY",
        "summary": "channel",
    }
    own = replace(OWN, side=side, state=state, old=every, new=every)
    joint = replace(OPEN, side=side, state=state, settled_side=side, settled_at=MONDAY_NOON)
    posts = [changes.told(LONG_NAMED, own), changes.told(LONG_NAMED, joint)]
    if state not in {"proposed", "replaced"}:
        posts += [changes.settled(LONG_NAMED, own), changes.settled(LONG_NAMED, joint)]

    shown = [*posts, changes.asked(LONG_NAMED, joint, ["U0ANA"] * 30)]

    assert [block_problems(list(one.blocks), surface="message") for one in shown] == [[]] * len(
        shown
    )


def test_a_typed_name_calls_nobody() -> None:
    drawn = changes.told(partnership(), replace(OWN, new={**OWN.new, "name": "<!channel>"}))

    assert "<!channel>" not in drawn.text
