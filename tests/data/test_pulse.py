import sqlite3
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from data import pulse, pulse_replies
from data.keys import answerer
from data.schema import STEPS, missing_tables
from data.store import Store
from domain.pulse import Tally

OLD: Final = """
    PRAGMA foreign_keys = OFF;
    INSERT INTO surveys (team_id, id, partnership_id, question, words, asked_by, opened_at,
        closes_at, state, asked_client, asked_vendor, answered)
    VALUES
        ('T1', 'open', 'p', 'own', 'all well?', NULL, '2026-11-18T15:00:00.000000Z',
            '2026-11-19T22:00:00.000000Z', 'open', 4, 4, NULL),
        ('T1', 'closed', 'p', 'tone', NULL, NULL, '2026-11-11T15:00:00.000000Z',
            '2026-11-12T22:00:00.000000Z', 'closed', 4, 4, 3);
    INSERT INTO survey_scores VALUES ('T1', 'closed', 'client', 4, 3);
"""
KEY: Final = b"k" * 32


def test_surveys_of_one_question_go_on_as_surveys_of_several(tmp_path: Path) -> None:
    path = tmp_path / "touchbase.sqlite"
    conn = sqlite3.connect(path)
    STEPS.apply(Database(conn), stop_before="pulse_questions")
    conn.executescript(OLD)
    conn.execute(
        "INSERT INTO survey_answers VALUES ('T1', 'open', ?, 'client', '2')", [answerer(KEY, "ana")]
    )
    conn.commit()
    conn.close()

    store = Store.open(path)
    db = store.reading()
    running, closed = pulse.get(db, "T1", "open"), pulse.get(db, "T1", "closed")
    assert running is not None
    assert closed is not None
    given = pulse_replies.given(db, running, running.first, answerer(KEY, "ana"))
    so_far = pulse_replies.so_far(db, running)
    lost = missing_tables(db)
    store.close()

    assert (running.first.code, running.first.words, given) == ("own", "all well?", "2")
    assert so_far == {"client": 1, "vendor": 0}
    assert closed.first.code == "tone"
    assert closed.results == {1: Tally(counts={"client": {"4": 3}})}
    assert lost == set()
