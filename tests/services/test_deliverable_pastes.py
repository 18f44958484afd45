"""A pasted list: checked line by line, written down whole and once, taken back whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data import deliverables as stored
from domain.deliverable_pastes import LINES_MOST, TooManyLines, TooMuchText
from domain.deliverables import Commitment
from domain.partnerships import NotListed
from sandbox.blocks import view_problems
from services import deliverables
from services.deliverable_pastes import Pasted, form_here, take, take_back
from tests.partners import MONDAY_NOON
from tests.partnership_store import Stage, staged

CLEAR = "@ana product database by friday\nMaria: forecast by tomorrow\n- Ana deck, monday"
UNCLEAR = (
    "@ana product database by friday\nscript by friday\n@nobody deck by 1 jan 2020\nroster @ana"
    "\n@ana shifts every thursday"
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def send(
    stage: Stage, typed: str, *, looked: bool = False, form_id: str = "f1", who: str = "U0MARIA"
) -> dict[str, Any] | None:
    pasted = Pasted(
        partnership_id=stage.partnership.id,
        form_id=form_id,
        typed=typed,
        is_looked_through=looked,
    )
    return take(stage.deps, stage.who(who), pasted, MONDAY_NOON)


def every(stage: Stage) -> list[Commitment]:
    found = stored.open_in(stage.store.reading(), stage.partnership)
    return [one.commitment for one in found]


def told(stage: Stage) -> list[str]:
    texts = [str(row.payload["text"]) for row in stage.said()]
    return [text for text in texts if "new deliverable" in text]


def test_each_line_is_shown_as_it_is_understood_before_anything_is_created(stage: Stage) -> None:
    shown = send(stage, CLEAR)

    assert shown is not None
    assert view_problems(shown) == []
    assert shown["submit"]["text"] == "Create 3"
    assert "3. deck (Ana Reyes, Globalcall), due" in str(shown)
    assert " Manila = " in str(shown)
    assert every(stage) == []


def test_a_day_on_which_its_owner_does_not_work_is_said_before_it_is_created(stage: Stage) -> None:
    shown = send(stage, "@ana deck by saturday")

    assert "Sat 21 Nov is no working day for its owner, so it is due Fri 20 Nov 18:00" in str(shown)


def test_what_is_not_clear_is_said_line_by_line_and_nothing_is_created(stage: Stage) -> None:
    shown = send(stage, UNCLEAR, looked=True)

    assert shown is not None
    assert view_problems(shown) == []
    text = str(shown)
    assert "4 lines of 5 to be changed above" in text
    assert "2. “script by friday”: *Who owes it?*" in text
    assert "3. “@nobody deck by 1 jan 2020”: *I don't know this person here." in text
    assert "4. “roster @ana”: *By when?*" in text
    assert "5. “@ana shifts every thursday”: *What repeats is written down by itself" in text
    assert shown["blocks"][0]["element"]["initial_value"] == UNCLEAR
    assert shown["submit"]["text"] == "Check the lines"
    assert every(stage) == []


def test_a_list_sent_twice_is_written_down_once_and_told_in_one_line(stage: Stage) -> None:
    assert send(stage, CLEAR, looked=True) is None
    assert send(stage, CLEAR, looked=True) is None

    assert sorted((one.title, one.state) for one in every(stage)) == [
        ("deck", "proposed"),
        ("forecast", "accepted"),
        ("product database", "proposed"),
    ]
    (line,) = told(stage)
    assert line.startswith("3 new deliverables: Acme 1, Globalcall 2. First: *forecast* (Acme)")
    assert line.endswith("Waiting for Globalcall to accept 2.")
    assert [row for row in stage.said() if row.key.startswith("deliverable-card/")] == []
    (answer,) = stage.said("ephemeral")
    assert "First: *forecast* (Acme), <!date^" in str(answer.payload)


def test_its_owners_are_asked_in_their_message_of_the_same_shift(stage: Stage) -> None:
    # Ana reads in the thread, and no card has called her there.
    ana_works_at = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
    pasted = Pasted(
        partnership_id=stage.partnership.id, form_id="f1", typed=CLEAR, is_looked_through=True
    )
    take(stage.deps, stage.who("U0MARIA"), pasted, ana_works_at)

    stage.look(stage.ana, ana_works_at)

    (message,) = stage.dailies()
    shown = str(message.payload["blocks"])
    assert shown.count("Acme asks for it. Will you take it on?") == 2
    assert "Maria" not in shown
    assert shown.count("deliverable.accept") == 2


def test_what_is_accepted_gets_its_card_then(stage: Stage) -> None:
    send(stage, CLEAR, looked=True)
    deck = next(one for one in every(stage) if one.title == "deck")

    deliverables.accept(stage.deps, stage.who("U0ANA"), deck.id, MONDAY_NOON)

    cards = [row for row in stage.said() if row.key.startswith("deliverable-card/")]
    assert [row.key for row in cards] == [f"deliverable-card/{deck.id}"]


def test_fifty_lines_go_in_batches_and_one_more_is_refused(stage: Stage) -> None:
    lines = [f"@ana task number {n} by friday" for n in range(LINES_MOST)]

    assert send(stage, "\n".join(lines), looked=True) is None
    with pytest.raises(TooManyLines):
        send(stage, "\n".join([*lines, "one more"]), looked=True, form_id="f2")

    assert len(every(stage)) == LINES_MOST
    assert len(told(stage)) == 1
    assert "50 new deliverables" in told(stage)[0]


def test_undo_takes_back_what_nobody_touched_since(stage: Stage) -> None:
    send(stage, CLEAR, looked=True)
    deck = next(one for one in every(stage) if one.title == "deck")
    deliverables.accept(stage.deps, stage.who("U0ANA"), deck.id, MONDAY_NOON)
    value = f"{stage.partnership.id}|f1|3"

    for_others = take_back(stage.deps, stage.who("U0ANA"), value, MONDAY_NOON)
    said = take_back(stage.deps, stage.who("U0MARIA"), value, MONDAY_NOON)
    again = take_back(stage.deps, stage.who("U0MARIA"), value, MONDAY_NOON)

    assert "Taken back: 0 deliverables" in for_others.text
    assert said.text == "Taken back: 2 deliverables. 1 had been changed meanwhile and stay."
    assert again.text == said.text
    assert [one.title for one in every(stage)] == ["deck"]


def test_words_fill_the_form_and_too_many_are_refused_whole(stage: Stage) -> None:
    typed = CLEAR.replace("@ana", "<@U0ANA|ana>")

    _, form = form_here(stage.deps, stage.who("U0MARIA"), typed, MONDAY_NOON)

    assert form["submit"]["text"] == "Create 3"
    assert form["blocks"][0]["element"]["initial_value"].startswith("@Ana Reyes product database")
    assert "1. product database (Ana Reyes, Globalcall)" in str(form)
    with pytest.raises(TooManyLines):
        form_here(stage.deps, stage.who("U0MARIA"), "x\n" * 1000, MONDAY_NOON)
    with pytest.raises(TooMuchText):
        form_here(stage.deps, stage.who("U0MARIA"), "x" * 5000, MONDAY_NOON)


def test_who_reads_along_pastes_nothing(stage: Stage) -> None:
    stage.person("U0OBSERVER", ("vendor", "observer", True))

    with pytest.raises(NotListed):
        send(stage, CLEAR, looked=True, who="U0OBSERVER")
