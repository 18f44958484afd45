"""What people may see and say about what is open."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import finding_notes, partnerships, people
from domain.checkin_moves import NoSuchCheckIn
from domain.notes import NOTE_MOST, NoteStands
from domain.partnerships import NoPartnershipHere, NotListed, Pause
from domain.people import Side
from domain.rights import NotAllowed
from domain.summaries import UnknownFinding
from services import gap_notes, gaps
from services.actors import Who
from tests.flows.conftest import texts
from tests.partners import ACME_TEAM, PARTNERSHIP
from tests.summary_stage import DAY, HOUR, MONDAY, TOLD_AT, Office, opened
from views.words.verbs import Scope

FRIDAY = MONDAY + 4 * DAY
DECK = f"{PARTNERSHIP.id}|overdue/vendor/deck"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Each side is late with something, the client longer."""
    with opened(tmp_path) as found:
        found.owe("vendor", MONDAY + 2 * DAY)
        found.owe("client", MONDAY + DAY, "forecast")
        found.listen(FRIDAY)
        yield found


def who(name: Side | str, channel: str | None = PARTNERSHIP.channel) -> Who:
    return Who(team_id=ACME_TEAM, slack_id=f"U{name}", channel=channel)


def listed(office: Office, name: Side | str, scope: Scope | None = None) -> str:
    return gaps.list_here(office.deps, who(name), scope, FRIDAY).text


def member(office: Office, name: str, side: Side) -> None:
    with office.store.writing(None) as db:
        person = people.ensure(db, ACME_TEAM, f"U{name}", ACME_TEAM)
        people.place(db, PARTNERSHIP, person, standing=(side, "member", True), now=MONDAY)


@pytest.mark.parametrize(
    ("scope", "has", "lacks"),
    [
        pytest.param(None, ["deck", "forecast"], [], id="everything"),
        pytest.param("all", ["deck", "forecast"], [], id="all"),
        pytest.param("mine", ["deck"], ["forecast"], id="mine"),
        pytest.param("ours", ["deck"], ["forecast"], id="ours"),
        pytest.param("theirs", ["forecast"], ["deck"], id="theirs"),
    ],
)
def test_words_narrow_the_list_down(
    office: Office, scope: Scope | None, has: list[str], lacks: list[str]
) -> None:
    text = listed(office, "vendor", scope)

    assert all(word in text for word in has)
    assert not any(word in text for word in lacks)


def test_own_turns_come_first_for_each_reader(office: Office) -> None:
    for side, first, second in (("vendor", "deck", "forecast"), ("client", "forecast", "deck")):
        text = listed(office, side)
        assert text.index(first) < text.index(second)


def test_members_read_and_add_no_notes(office: Office) -> None:
    member(office, "ben", "vendor")

    assert "deck" in listed(office, "ben")
    with pytest.raises(NotAllowed):
        gap_notes.form(office.deps, who("ben"), DECK, FRIDAY)
    with pytest.raises(NotAllowed):
        gap_notes.add(office.deps, who("ben"), DECK, "no", FRIDAY)


def test_who_is_on_no_list_reads_nothing(office: Office) -> None:
    with pytest.raises(NotListed):
        listed(office, "stranger")
    with pytest.raises(NotListed):
        gaps.why(office.deps, who("stranger"), DECK, FRIDAY)


def test_in_a_direct_message_every_partnership_is_counted(office: Office) -> None:
    drawn = gaps.list_here(office.deps, who("vendor", "D1"), "all", FRIDAY)
    nobody = gaps.list_here(office.deps, who("stranger", "D1"), None, FRIDAY)

    assert "*Acme and Globalcall*: 1 for Globalcall, 2 in all" in drawn.text
    assert "deck" in texts(drawn.payload)
    assert "You are not on either side's list" in nobody.text


def test_before_agreement_nothing_is_said_of_gaps(office: Office) -> None:
    with office.store.writing(None) as db:
        partnerships.set_state(db, PARTNERSHIP, "proposed")

    assert listed(office, "client") == "I look at what is open once Globalcall has agreed."


def test_while_only_looking_nobody_but_the_installer_knows(office: Office) -> None:
    with office.store.writing(None) as db:
        partnerships.set_state(db, PARTNERSHIP, "looking")

    with pytest.raises(NoPartnershipHere):
        listed(office, "client")


def test_during_a_rest_nothing_counts_as_open(office: Office) -> None:
    with office.store.writing(None) as db:
        pause = Pause(from_at=MONDAY, until_at=None, reason="asked")
        partnerships.set_pause(db, PARTNERSHIP, pause)

    assert "is paused" in listed(office, "client")


def test_the_reasons_of_what_is_settled_say_so(office: Office) -> None:
    before = texts(gaps.why(office.deps, who("client"), DECK, FRIDAY))
    office.settle(FRIDAY)

    after = texts(gaps.why(office.deps, who("client"), DECK, FRIDAY))

    assert "*Expected*" in before
    assert "*Whose turn*\nGlobalcall" in before
    assert "This is not open any more." in after


@pytest.mark.parametrize(
    "value", ["", "nothing", "gone|overdue/vendor/deck"], ids=["empty", "a word", "another's"]
)
def test_a_button_of_a_partnership_that_is_not_there_is_refused(office: Office, value: str) -> None:
    with pytest.raises(NoPartnershipHere):
        gaps.why(office.deps, who("client"), value, FRIDAY)


# Notes


def notes(office: Office) -> finding_notes.Notes:
    return finding_notes.every(office.store.reading(), PARTNERSHIP)


def test_each_side_has_one_note_a_line_and_the_last_one_counts(office: Office) -> None:
    gap_notes.add(office.deps, who("vendor"), DECK, "storm", FRIDAY)
    gap_notes.add(office.deps, who("vendor"), DECK, "  two trainers out ", FRIDAY)
    gap_notes.add(office.deps, who("client"), DECK, "understood", FRIDAY)

    assert notes(office) == {
        "overdue/vendor/deck": {"client": "understood", "vendor": "two trainers out"}
    }


def test_an_empty_note_takes_the_last_one_away(office: Office) -> None:
    gap_notes.add(office.deps, who("vendor"), DECK, "storm", FRIDAY)

    gap_notes.add(office.deps, who("vendor"), DECK, "   ", FRIDAY)

    assert notes(office) == {}


def test_a_note_is_cut_to_its_length_and_stands_in_no_journal(office: Office) -> None:
    gap_notes.add(office.deps, who("vendor"), DECK, "storm" + "x" * 3000, FRIDAY)

    assert len(notes(office)["overdue/vendor/deck"]["vendor"]) == NOTE_MOST
    rows = list(office.store.reading().query("SELECT details FROM journal"))
    assert not any("storm" in row["details"] for row in rows)


def test_a_note_is_taken_back_once_within_a_day_by_any_lead_of_its_side(office: Office) -> None:
    gap_notes.add(office.deps, who("vendor"), DECK, "storm", FRIDAY)
    echo = gap_notes.add(office.deps, who("vendor"), DECK, "two trainers out", FRIDAY + HOUR)
    undo = undo_in(echo)

    with pytest.raises(NoteStands):  # not the other side's to take back
        gap_notes.take_back(office.deps, who("client"), undo, FRIDAY + HOUR)
    shown = gap_notes.take_back(office.deps, who("vendor"), undo, FRIDAY + HOUR)
    with pytest.raises(NoteStands):
        gap_notes.take_back(office.deps, who("vendor"), undo, FRIDAY + HOUR)

    assert "two trainers out" in str(echo["blocks"])
    assert "storm" in str(shown["blocks"])
    assert notes(office) == {"overdue/vendor/deck": {"vendor": "storm"}}


def test_a_note_stands_after_a_day(office: Office) -> None:
    undo = undo_in(gap_notes.add(office.deps, who("vendor"), DECK, "storm", FRIDAY))
    a_day_later = gap_notes.form(office.deps, who("vendor"), DECK, FRIDAY + DAY)

    with pytest.raises(NoteStands):
        gap_notes.take_back(office.deps, who("vendor"), undo, FRIDAY + DAY + HOUR)

    assert undo_in(a_day_later) == undo
    form = gap_notes.form(office.deps, who("vendor"), DECK, FRIDAY + DAY + HOUR)
    assert "gaps.undo_note" not in str(form)
    assert notes(office) == {"overdue/vendor/deck": {"vendor": "storm"}}


def test_words_that_were_taken_away_can_be_brought_back(office: Office) -> None:
    gap_notes.add(office.deps, who("vendor"), DECK, "storm", FRIDAY)
    gap_notes.add(office.deps, who("vendor"), DECK, "", FRIDAY + HOUR)
    echo = gap_notes.add(office.deps, who("vendor"), DECK, " ", FRIDAY + HOUR)  # sent twice

    gap_notes.take_back(office.deps, who("vendor"), undo_in(echo), FRIDAY + HOUR)

    assert notes(office) == {"overdue/vendor/deck": {"vendor": "storm"}}


def undo_in(view: Mapping[str, Any]) -> str:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    (value,) = [one["value"] for row in rows for one in row["elements"]]
    return str(value)


def test_a_note_about_what_is_settled_is_refused(office: Office) -> None:
    office.settle(FRIDAY)

    with pytest.raises(UnknownFinding):
        gap_notes.add(office.deps, who("vendor"), DECK, "done", FRIDAY)


# Spoken elsewhere


def silence(office: Office) -> str:
    """The value of the button about the vendor's silence, at the end of the second week."""
    office.listen(TOLD_AT + 4 * DAY)
    drawn = gaps.list_here(office.deps, who("vendor"), None, TOLD_AT + 4 * DAY)
    values = [
        element["value"]
        for block in drawn.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "gaps.settle"
    ]
    return str(next(value for value in values if "silence/vendor" in value))


def test_a_lead_of_the_silent_side_says_that_they_spoke_elsewhere(office: Office) -> None:
    value, now = silence(office), TOLD_AT + 4 * DAY

    with pytest.raises(NotAllowed):
        gaps.declare_settled(office.deps, who("client"), value, now)
    gaps.declare_settled(office.deps, who("vendor"), value, now)

    text = gaps.list_here(office.deps, who("client"), None, now).text
    assert "Waiting for *Globalcall* since Mon 16 Nov" not in text
    assert "No message in the channel. Waiting for *Acme*" in text
    with pytest.raises(UnknownFinding):
        gaps.declare_settled(office.deps, who("vendor"), value, now)


def test_what_is_late_is_settled_by_being_done_only(office: Office) -> None:
    with pytest.raises(UnknownFinding):
        gaps.declare_settled(office.deps, who("vendor"), DECK, FRIDAY)


def test_without_a_check_in_there_is_no_agenda(office: Office) -> None:
    with office.store.writing(None) as db:
        db.execute("UPDATE occurrences SET state = 'cancelled'")

    with pytest.raises(NoSuchCheckIn):
        gaps.agenda_form(office.deps, who("client"), DECK, FRIDAY)
    assert "No check-in is planned. Waiting for *both*" in listed(office, "client")


def test_a_partnership_of_another_installation_is_not_found(office: Office) -> None:
    stranger = replace(who("client"), team_id="T0OTHER")

    with pytest.raises(NoPartnershipHere):
        gaps.why(office.deps, stranger, DECK, FRIDAY)
