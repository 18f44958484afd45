"""After closing nobody can tell who of a side answered what: swapped answers leave the same."""

import logging
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import wakes
from data.backup import copy_to
from data.keys import KeyRing, answerer
from domain.pulse_plans import PulsePlan
from domain.pulse_questions import LOW
from domain.questions import SCALE, YES_NO
from services import pulse_planning, pulse_results
from services.planners import PLANNERS
from tests.partners import PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, HOUR, ID, Stage, stage
from views import pulse_files

SEED: Final = 20_261_118


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that one person answers; the follow-up only after a low one."""

    first: str
    in_time: str | None
    easier: str | None
    help: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who answers what, who presses twice, and which two of one side answer the other way round."""

    answers: Mapping[str, Answers]
    presses_twice: frozenset[str]
    swapped: tuple[str, str]

    @property
    def other_way(self) -> dict[str, Answers]:
        one, two = self.swapped
        found = dict(self.answers)
        found[one], found[two] = found[two], found[one]
        return found


words = st.none() | st.text(min_size=1, max_size=60) | st.just("word " * 500)
answers = st.builds(
    Answers,
    first=st.sampled_from(SCALE),
    in_time=st.none() | st.sampled_from(YES_NO),
    easier=words,
    help=words,
)


chosen = st.builds(
    Answers,
    first=st.sampled_from(SCALE),
    in_time=st.sampled_from(YES_NO),
    easier=st.none(),
    help=st.none(),
)


@st.composite
def cases(draw: st.DrawFn, each: st.SearchStrategy[Answers]) -> Case:
    people = [f"C{n}" for n in range(draw(st.integers(2, 6)))]
    others = [f"V{n}" for n in range(draw(st.integers(0, 6)))]
    given_answers = {name: draw(each) for name in (*people, *others)}
    one, two = draw(st.permutations(people))[:2]
    twice = draw(st.frozensets(st.sampled_from([*people, *others])))
    return Case(answers=given_answers, presses_twice=twice, swapped=(one, two))


@contextmanager
def same_chance() -> Iterator[None]:
    """Ids and keys come out alike, whenever they are made in the same order."""
    chance = random.Random(SEED)  # the same every time is what is wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.ids.os", SimpleNamespace(urandom=chance.randbytes))
        patch.setattr("data.keys.secrets", SimpleNamespace(token_bytes=chance.randbytes))
        yield


@contextmanager
def logged() -> Iterator[list[str]]:
    """All that is logged, at every level."""
    lines: list[str] = []
    handler = logging.Handler(logging.NOTSET)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def traces(case: Case, given_answers: Mapping[str, Answers]) -> dict[str, object]:
    """A whole survey through the product, and all that is left of it days after it closed."""
    with (
        TemporaryDirectory() as folder,
        same_chance(),
        logged() as lines,
        stage(Path(folder), 6, 6) as found,
    ):
        found.ask_weekly(0, PulsePlan(questions=3))
        keys = named(found)
        for name, one in given_answers.items():
            if name in case.presses_twice:
                found.answer(name, "3")
            answer(found, name, one)
        time_passes(found)
        assert pulse_planning.forget(found.deps)
        copy_to(found.store, Path(folder) / "copy.sqlite")
        left: dict[str, object] = {
            "tables": list(found.store.reading().conn.iterdump()),
            "log of SQLite": Path(f"{found.store.path}-wal").read_bytes(),
            "copy": (Path(folder) / "copy.sqlite").read_bytes(),
            "messages": [(row["key"], row["payload"]) for row in found.rows("outbox")],
            "log": list(lines),
            "results": [
                pulse_results.results_here(found.deps, found.who(name), in_public=False)
                for name in ("C0", "C1", "V0")
            ],
            "export": pulse_files.sheet(PARTNERSHIP, [found.survey()]),
            "file": found.store.path.read_bytes(),
        }
        everything = found.store.path.read_bytes() + repr(left).encode()
        assert not [name for name in keys if name.encode() in everything]
        return left


def named(found: Stage) -> list[str]:
    """How the database knows who answers which question, while the survey is open."""
    key = KeyRing.beside(found.store.path).read(ID)
    assert key is not None
    return [answerer(key, one, position) for one in found.people.values() for position in range(5)]


def answer(found: Stage, name: str, one: Answers) -> None:
    found.answer(name, one.first)
    shown = {"q2": one.in_time, "q3": one.easier}
    found.send(name, **(shown | {"q4": one.help} if one.first in LOW else shown))


def time_passes(found: Stage) -> None:
    """Each due moment is planned alone: how many go together depends on the machine's speed."""
    db, until = found.store.reading(), CLOSES_AT + 5 * 24 * HOUR
    while (due_at := wakes.next_at(db)) is not None and due_at <= until:
        for wake in wakes.due(db, due_at, 100):
            PLANNERS[wake.kind](found.deps, wake, due_at)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(answers))
def test_whoever_of_a_side_answered_what_the_same_is_left_of_it_byte_for_byte(case: Case) -> None:
    one, two = traces(case, case.answers), traces(case, case.other_way)

    # How much somebody wrote moves free pages about; what stands in them is zeroes.
    for name in one.keys() - {"file"}:
        assert one[name] == two[name], name
    assert one["log of SQLite"] == b""


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(chosen))
def test_what_was_chosen_leaves_not_even_another_order_in_the_file(case: Case) -> None:
    assert traces(case, case.answers) == traces(case, case.other_way)


def test_surveys_that_were_answered_otherwise_do_differ() -> None:
    four = Answers(first="4", in_time="yes", easier=None, help=None)
    every = {f"C{n}": four for n in range(3)}
    case = Case(answers=every, presses_twice=frozenset(), swapped=("C0", "C1"))

    assert traces(case, every) != traces(case, every | {"C0": replace(four, first="5")})


def test_no_file_knows_who_wrote_what_is_shown_and_none_what_may_not_be(tmp_path: Path) -> None:
    with stage(tmp_path, 5, 4) as found:
        found.ask_weekly(1)
        for name in ("C0", "C1", "C2", "C3", "C4", "V0", "V1", "V2", "V3"):
            found.answer(name, "4")
            found.send(name, q2=f"{'kept' if name[0] == 'C' else 'withheld'} words")
        found.send("C3", q2="kept words of one")
        time_passes(found)
        pulse_planning.forget(found.deps)
        lines = [line for line in found.store.reading().conn.iterdump() if "words" in line]
        author = found.people["C3"]

    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any("kept words of one" in line for line in lines)
    assert not any(name in line for line in lines for name in (author, "C3"))
    assert not [file for file in files if b"withheld words" in file.read_bytes()]


def test_while_it_is_open_no_row_but_the_roster_knows_who_was_asked(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        found.ask()
        found.press("C1", 5)
        person_id = found.people["C1"]

        tables = ("survey_replies", "outbox", "journal", "inbox", "surveys")

        assert not any(person_id in str(found.rows(table)) for table in tables)
        assert set(found.rows("survey_roster")[0]) == {"team_id", "survey_id", "person_id", "side"}
