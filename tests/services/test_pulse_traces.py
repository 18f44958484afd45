"""After closing nobody can tell who of a side answered what: swapped answers leave the same."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import pulse, pulse_replies
from data.keys import answerer
from domain.people import Side
from domain.pulse import SCORES, Score
from services import pulse_planning, pulse_posts
from services.planning import plan_due
from tests.pulse_stage import CLOSES_AT, SURVEY, Stage, stage
from tests.stores import open_store

PLANNERS = {pulse_posts.CLOSING: pulse_planning.plan_closing}
KEY: Final = b"k" * 32
RANDOM_ID: Final = re.compile(r"\b[a-z2-7]{20}\b")

scores = st.sampled_from(SCORES)
answers = st.lists(scores, min_size=4, max_size=4)


def file_after(folder: Path, given_answers: Sequence[tuple[str, Side, Score]]) -> bytes:
    """The database file after one survey, with the same ids and the same key every time."""
    store = open_store(folder)
    with store.writing(None) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute(
            """
            INSERT INTO partnerships (team_id, id, channel, state, home_side, template,
                reply_minutes, installer_id, public_client, public_vendor, created_at)
            VALUES (:team, :id, 'C1', 'agreed', 'client', 'call_center', 480, 'm', 0, 0, 'now')
            """,
            {"team": SURVEY.team_id, "id": SURVEY.partnership_id},
        )
        pulse.insert(db, SURVEY, [(who, side) for who, side, _ in given_answers], None)
    for who, side, score in given_answers:
        with store.writing(None) as db:
            pulse_replies.put(db, SURVEY, (SURVEY.first, answerer(KEY, who)), side, str(score))
    with store.writing(None) as db:
        pulse_replies.count_up(db, SURVEY)
    assert pulse_replies.empty_log(store.reading())
    assert Path(f"{store.path}-wal").stat().st_size == 0
    content = store.path.read_bytes()
    store.close()
    return _without_dates_of_migrations(content)


def _without_dates_of_migrations(content: bytes) -> bytes:
    """When the tables were made is written down by the library that makes them."""
    return re.sub(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(\+00:00)?", b"", content)


@settings(max_examples=20, deadline=None)
@given(answers=answers, swapped=st.permutations(range(4)), changed_first=scores)
def test_whoever_of_a_side_answered_what_the_file_is_the_same_byte_for_byte(
    answers: list[Score], swapped: list[int], changed_first: Score
) -> None:
    people = [("ana", "vendor"), ("ben", "vendor"), ("eva", "vendor"), ("leo", "vendor")]
    sides: list[tuple[str, Side]] = [(name, "vendor") for name, _ in people]
    other: list[tuple[str, Side, Score]] = [("maria", "client", changed_first)]
    one = [(*person, score) for person, score in zip(sides, answers, strict=True)]
    mixed = [answers[index] for index in swapped]
    two = [(*person, score) for person, score in zip(sides, mixed, strict=True)]

    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        assert file_after(Path(first), [*other, *one]) == file_after(Path(second), [*other, *two])


def run(folder: Path, given_answers: dict[str, Score]) -> tuple[str, str]:
    """A whole survey through the product: what the database holds after it, and what it showed."""
    with stage(folder) as found:
        found.ask()
        for slack_id, score in given_answers.items():
            found.press(slack_id, score)
        plan_due(found.deps, PLANNERS, CLOSES_AT)
        return dump(found), " ".join(row["payload"] for row in found.rows("outbox"))


def dump(found: Stage) -> str:
    """All rows; ids made by chance are named by what they stand for, or left out."""
    text = "\n".join(found.store.reading().conn.iterdump())
    for slack_id, person_id in found.people.items():
        text = text.replace(person_id, slack_id)
    text = RANDOM_ID.sub("*", text)
    # When the tables were made is written down by the library that makes them.
    lines = [line for line in text.splitlines() if "_sqlite_migrations" not in line]
    return "\n".join(sorted(lines))


def test_a_whole_survey_leaves_the_same_whoever_answered_what(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given_answers: dict[str, Score] = {"C0": 1, "C1": 4, "C2": 5, "V0": 2, "V1": 2, "V2": 3}
    swapped: dict[str, Score] = given_answers | {"C0": 5, "C2": 1, "V0": 3, "V2": 2}

    with caplog.at_level(logging.DEBUG):
        first = run(tmp_path / "first", given_answers)
        first_log = caplog.text
        caplog.clear()
        second = run(tmp_path / "second", swapped)

    assert first == second
    assert RANDOM_ID.sub("*", first_log) == RANDOM_ID.sub("*", caplog.text)


def test_two_different_surveys_do_differ(tmp_path: Path) -> None:
    given_answers: dict[str, Score] = {"C0": 1, "C1": 4, "C2": 5}

    first = run(tmp_path / "first", given_answers)
    second = run(tmp_path / "second", given_answers | {"C0": 2})

    assert first != second


def test_while_it_is_open_no_row_but_the_roster_knows_who_was_asked(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        found.ask()
        found.press("C1", 5)
        person_id = found.people["C1"]

        tables = ("survey_replies", "outbox", "journal", "inbox", "surveys", "wakes")

        assert not any(person_id in str(found.rows(table)) for table in tables)
        assert set(found.rows("survey_roster")[0]) == {"team_id", "survey_id", "person_id", "side"}
