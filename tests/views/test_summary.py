from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.findings import Counts, Finding, Slip, Span
from domain.gaps import findings
from domain.notes import NOTE_MOST, Note
from domain.people import SIDES, Side
from domain.summaries import Preview, Settled, Summary, preview_of, summary_of
from sandbox.blocks import block_problems, view_problems
from tests.domain.test_gaps import (
    AGREED,
    DAY,
    HOUR,
    NOW,
    THURSDAY,
    WEDNESDAY_EVENING,
    commitment,
    contacts,
    finding,
    hard_week,
    moved,
    owed,
    past,
    week,
)
from tests.domain.test_summaries import MONDAY
from tests.views.test_voice_words import BLAMING
from views import daily, draft, gap_lists, gap_notes, gaps, summary
from views.blocks import Drawn
from views.gap_lists import Reading
from views.own_remedies import Viewer, own_remedies
from views.summary import Shown

VENDORS = {
    "owner": Viewer(person_id="ana", side="vendor", is_lead=False),
    "member": Viewer(person_id="miguel", side="vendor", is_lead=False),
    "lead": Viewer(person_id="liza", side="vendor", is_lead=True),
}
LONG = "<!channel> & <@U0ANA> " + "*_~`>|💣שלום" * 100
HARD = hard_week()
FAR_TOO_MANY = 500
A_LEAD = Viewer(person_id="maria", side="client", is_lead=True)


def text_of(drawn: Drawn) -> str:
    return "\n".join(part for block in drawn.blocks for part in texts(block))


def texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [str(part["text"])] if part.get("type") in {"mrkdwn", "plain_text"} else []
        return own + [line for inner in part.values() for line in texts(inner)]
    if isinstance(part, list):
        return [line for inner in part for line in texts(inner)]
    return []


def by_kind(kind: str) -> Finding:
    return next(one for one in findings(HARD) if one.kind == kind)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (
            "overdue",
            "*Training deck* was due and is not in yet."
            " Waiting for *Globalcall* since Thu 19 Nov (Manila).",
        ),
        (
            "not_accepted",
            "*Training deck* was asked for by Wed 18 Nov and is not taken on yet."
            " Waiting for *Acme* since Mon 16 Nov.",
        ),
        (
            "slipping",
            "*Globalcall*: *Training deck*, now Fri 27 Nov; told before Thu 19 Nov had passed.",
        ),
        (
            "not_held",
            "*Operations review* did not take place. Waiting for *both* since Thu 19 Nov.",
        ),
        (
            "disagreement",
            "Acme says that *Operations review* took place, Globalcall that it did not."
            " Waiting for *both* since Wed 18 Nov.",
        ),
        (
            "unconfirmed",
            "Whether *Operations review* took place is not confirmed yet."
            " Waiting for *both* since Mon 16 Nov.",
        ),
        (
            "not_reviewed",
            "*Roster* was delivered, not accepted or sent back yet."
            " Waiting for *Acme* since Mon 16 Nov.",
        ),
        (
            "waiting",
            "*Refund script* (Globalcall) waits for *Volume forecast*: 17 hours of working time"
            " so far. Waiting for *Acme* since Tue 17 Nov.",
        ),
        ("silence", "No message in the channel. Waiting for *Acme* since Sat 14 Nov."),
        ("low_response", "Few answers to the pulse: 1 of 9 people of Acme."),
        ("nothing_planned", "No check-in is planned. Waiting for *both* since Thu 19 Nov."),
        (
            "undecided",
            "Globalcall proposes: normal answer within 4 working hours (before: 8 working hours)."
            " Waiting for *Acme* since Mon 16 Nov.",
        ),
    ],
)
def test_a_line_says_what_whose_turn_and_since_when(kind: str, line: str) -> None:
    assert gaps.line(AGREED, by_kind(kind)) == line


def test_what_is_open_for_more_than_half_a_year_says_of_which_year_its_dates_are() -> None:
    one = replace(by_kind("overdue"), since=WEDNESDAY_EVENING - timedelta(days=200))

    assert "since Sun 3 May 2026 (Manila)" in gaps.line(AGREED, one)
    assert "Sun 3 May 2026" in str(gaps.why(AGREED, one, "Asia/Manila", []))


@pytest.mark.parametrize("one", findings(HARD), ids=lambda one: one.key)
def test_every_open_line_carries_its_next_step(one: Finding) -> None:
    assert gaps.remedies(AGREED, one)


@pytest.mark.parametrize(
    ("kind", "viewer", "pressed"),
    [
        pytest.param("overdue", VENDORS["owner"], ["done", "new_date", "waiting"], id="one's own"),
        pytest.param("overdue", VENDORS["lead"], ["done", "new_date", "waiting"], id="as lead"),
        pytest.param("overdue", VENDORS["member"], ["tell_done"], id="a colleague's"),
        pytest.param("overdue", A_LEAD, ["tell_done"], id="the other side's"),
        pytest.param("not_accepted", A_LEAD, ["other_date"], id="only its owner accepts"),
        pytest.param("not_accepted", VENDORS["lead"], [], id="the other side is asked"),
        pytest.param("unconfirmed", A_LEAD, ["held", "not_held"], id="both are asked"),
        pytest.param("unconfirmed", VENDORS["member"], [], id="leads say what took place"),
        pytest.param("silence", A_LEAD, ["settle"], id="the own silence"),
        pytest.param("silence", VENDORS["lead"], [], id="the other side's silence"),
        pytest.param("low_response", VENDORS["member"], ["agenda"], id="anybody adds a point"),
        pytest.param("undecided", A_LEAD, ["agree", "keep"], id="the own side decides"),
        pytest.param("undecided", VENDORS["lead"], [], id="the other side decides"),
        pytest.param("nothing_planned", VENDORS["member"], [], id="leads plan"),
    ],
)
def test_in_a_private_list_stands_only_what_its_reader_may_press(
    kind: str, viewer: Viewer, pressed: list[str]
) -> None:
    shown = own_remedies(AGREED, by_kind(kind), viewer)

    assert [str(block["action_id"]).partition(".")[2] for block in shown] == pressed


def test_a_private_list_counts_apart_what_waits_for_both() -> None:
    every = [by_kind("overdue"), by_kind("unconfirmed"), by_kind("silence")]
    assert [one.turn for one in every] == ["vendor", "both", "client"]

    drawn = gap_lists.listed(AGREED, every, Reading(side="client"))

    head = "*Waiting for Acme*: 1. *Waiting for both sides*: 1"
    assert drawn.blocks[0]["text"]["text"] == head
    assert drawn.text.startswith("Open: Acme: 1; both sides: 1; Globalcall: 1. ")


def test_a_line_links_to_where_it_can_be_seen() -> None:
    linked = replace(by_kind("silence"), link="https://acme.slack.com/archives/C1/p1")

    assert gaps.line(AGREED, linked).endswith(" (<https://acme.slack.com/archives/C1/p1|see>).")


def test_a_hard_week_names_sides_and_next_steps_and_blames_nobody() -> None:
    drawn = summary.summary(summary_of(HARD, MONDAY), Shown(notes={}))

    said = text_of(drawn)
    assert "*Week of Mon 16 Nov.* 12 things are open, each with a next step." in said
    assert "<@" not in said
    assert BLAMING.search(said) is None


def test_one_open_thing_is_told_in_the_singular() -> None:
    facts = week(owed=owed(), contacts=contacts(NOW, NOW))

    drawn = summary.summary(summary_of(facts, MONDAY), Shown(notes={}))

    assert "One thing is open, with a next step." in text_of(drawn)


def test_a_quiet_week_says_so_and_what_went_well() -> None:
    early = commitment("client", title="Forecast", state="done", closed_at=WEDNESDAY_EVENING - DAY)
    facts = week(
        check_ins=(past("held", "held"),),
        done=(early, commitment(state="done", closed_at=WEDNESDAY_EVENING)),
        owed=owed("client", title="Refund script", due_at=NOW + DAY),
        contacts=contacts(NOW, NOW),
    )

    drawn = summary.summary(summary_of(facts, MONDAY), Shown(notes={}))

    assert drawn.text == (
        "Week of Mon 16 Nov. Nothing is open. Kept: 2 of 2 promises."
        " *Operations review* took place. *Forecast* came early: thank you, Acme."
        " Next: *Refund script* (Acme), Tue 24 Nov."
    )


def test_that_a_check_in_took_place_is_said_of_both_or_by_one() -> None:
    told = summary_of(week(check_ins=(past("held", None, THURSDAY + DAY),)), MONDAY)

    said = text_of(summary.summary(told, Shown(notes={})))

    assert "Acme says that *Operations review* took place." in said


def test_a_hole_is_told_with_its_hours() -> None:
    hole = Span(from_at=THURSDAY, until_at=THURSDAY + 3 * HOUR)
    facts = week(holes=(hole,), contacts=contacts(NOW, NOW))

    said = text_of(summary.summary(summary_of(facts, MONDAY), Shown(notes={})))

    assert "not listening from Thu 19 Nov 10:00 New York to Thu 19 Nov 13:00 New York" in said


def test_a_note_is_quoted_whole_under_the_name_of_its_side() -> None:
    words = "two trainers out after the *storm* " + "x" * 450
    notes: gaps.Notes = {by_kind("overdue").key: {"vendor": words}}

    said = text_of(summary.summary(summary_of(HARD, MONDAY), Shown(notes=notes)))

    assert f"Globalcall adds: “{words}”" in said


def test_channel_and_leads_read_the_same_text() -> None:
    told = summary_of(HARD, MONDAY)

    public = summary.summary(told, Shown(notes={}))
    private = summary.summary(told, Shown(notes={}, lead=A_LEAD))

    assert public.text == private.text
    lines = [block for block in public.blocks if block["type"] == "section"]
    assert [block for block in private.blocks if block["type"] == "section"] == lines


@pytest.mark.parametrize(
    ("public", "said"),
    [
        (frozenset(), "Only the leads of both sides see this."),
        (frozenset({"client"}), "Acme wants it in the channel."),
        (frozenset({"client", "vendor"}), "From next week on this is posted in the channel."),
    ],
    ids=["nobody", "the client", "both"],
)
def test_the_leads_copy_says_where_the_summary_stands(public: frozenset[Side], said: str) -> None:
    told = replace(summary_of(HARD, MONDAY), partnership=replace(AGREED, public_summary=public))

    drawn = summary.summary(told, Shown(notes={}, lead=A_LEAD))

    assert said in text_of(drawn)


LETTER = daily.Letter(
    id="m1", name="Ana", slack_id=None, zone="Asia/Manila", put_at=NOW, day_on=NOW.date()
)


@pytest.mark.parametrize("side", SIDES)
def test_a_draft_tells_a_side_its_lines_and_the_rule(side: Side) -> None:
    drawn = daily.daily(LETTER, draft.draft(preview_of(HARD, MONDAY, side), "ana"))

    said = text_of(drawn)
    assert "The summary of Mon 23 Nov has" in said
    assert "leaves the list; the rest is shown to the leads of both sides" in said
    assert BLAMING.search(said) is None


# Slack's limits


def crowd() -> list[Finding]:
    """Far more than anybody can read, each as long as it can be."""
    long = commitment(title=LONG[:300])
    slip = moved(THURSDAY, NOW + 4 * DAY, WEDNESDAY_EVENING)[0].last_change
    assert slip is not None
    about: list[Commitment | Slip | Counts | CheckIn | None] = [
        long,
        Slip(commitment=long, change=slip),
        Counts(answered=1, asked=999),
    ]
    every = []
    for n in range(FAR_TOO_MANY):
        kind: Any = ("overdue", "slipping", "low_response")[n % 3]
        remedy: Any = ("done", "done", "agenda")[n % 3]
        turn = ("client", "vendor", "both")[n % 3]
        link = "https://acme.slack.com/archives/C1/p1?thread_ts=1.1&cid=C1"
        one = replace(finding(turn, n), kind=kind, remedy=remedy, about=about[n % 3], link=link)
        every.append(one)
    return every


CROWD = crowd()
CROWD_NOTES: gaps.Notes = {
    one.key: {"client": LONG[:NOTE_MOST], "vendor": LONG[:NOTE_MOST]} for one in CROWD
}
LONG_NAMES = replace(
    AGREED,
    client=replace(AGREED.client, name=LONG[:60]),
    vendor=replace(AGREED.vendor, name=LONG[:60]),
)


def crowded_summary() -> Summary:
    return replace(
        summary_of(HARD, MONDAY),
        partnership=LONG_NAMES,
        open=tuple(CROWD),
        early=commitment(title=LONG[:300]),
        held=tuple(past("held", "held").check_in for _ in range(9)),
        next_due=(commitment(title=LONG[:300]),),
        unheard=tuple(Span(from_at=NOW, until_at=NOW + DAY) for _ in range(9)),
    )


MUCH_SETTLED = 30 * [Settled(kind="overdue", turn="both", title=LONG[:300])]


def crowded_preview() -> Preview:
    return Preview(
        partnership=LONG_NAMES,
        week_on=MONDAY,
        side="vendor",
        told_at=NOW,
        open=tuple(CROWD),
        coming=tuple(commitment(title=LONG[:300], id=f"c{n}") for n in range(50)),
    )


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(
            summary.summary(
                crowded_summary(), Shown(notes=CROWD_NOTES, settled=MUCH_SETTLED, lead=A_LEAD)
            ),
            id="the summary",
        ),
        pytest.param(
            daily.daily(LETTER, draft.draft(crowded_preview(), "ana", CROWD_NOTES)), id="a draft"
        ),
        pytest.param(
            gap_lists.listed(
                LONG_NAMES, CROWD, Reading(side="client", is_lead=True, notes=CROWD_NOTES)
            ),
            id="the list",
        ),
        pytest.param(
            gap_lists.everywhere(
                [(replace(LONG_NAMES, id=f"p{n}"), "client", CROWD) for n in range(30)]
            ),
            id="all partnerships",
        ),
    ],
)
def test_five_hundred_lines_stay_within_slacks_limits(drawn: Drawn) -> None:
    payload = drawn.payload

    assert block_problems(payload["blocks"], surface="message") == []
    assert any("more" in line for line in texts(payload["blocks"])) or "all" in text_of(drawn)
    assert all("<!channel>" not in line for line in mrkdwn_of(payload["blocks"]))


def mrkdwn_of(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [str(part["text"])] if part.get("type") == "mrkdwn" else []
        return own + [line for inner in part.values() for line in mrkdwn_of(inner)]
    if isinstance(part, list):
        return [line for inner in part for line in mrkdwn_of(inner)]
    return []


@pytest.mark.parametrize("one", [*findings(HARD), *CROWD[:3]], ids=lambda one: one.key)
def test_every_reason_and_note_form_is_a_view_that_slack_takes(one: Finding) -> None:
    why = gaps.why(LONG_NAMES, one, "Asia/Manila", gaps.remedies(LONG_NAMES, one))
    form = gap_notes.form(
        LONG_NAMES,
        one,
        Note(side="client", words=LONG[:NOTE_MOST], noted_at=one.since),
        may_undo=True,
    )

    assert view_problems(why) == []
    assert view_problems(form) == []
    assert {"*Expected*", "*What happened*", "*Whose turn*", "*Since*"} <= {
        line.split("\n")[0] for line in texts(why["blocks"])
    }


def test_a_week_of_which_all_is_settled_says_what_was() -> None:
    told = replace(summary_of(week(), MONDAY), open=())
    settled = [
        Settled(kind="overdue", turn="client", title="Returns policy"),
        Settled(kind="silence", turn="vendor"),
    ]

    drawn = summary.summary(told, Shown(notes={}, settled=settled))

    assert "Nothing is open any more." in text_of(drawn)
    said = "Settled since: *Returns policy* (Acme); a message in the channel (Globalcall)."
    assert said in text_of(drawn)
    assert said in drawn.text
