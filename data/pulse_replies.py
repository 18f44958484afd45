"""Running answers to a survey, without names, order or moment, until they become counts."""

from collections.abc import Mapping
from typing import Any, Final

from sqlite_utils import Database

from data import pulse
from domain.people import SIDES, Side
from domain.pulse import Running, Survey, may_keep
from domain.pulse_questions import FIRST, SurveyQuestion

# So short a wait that nobody who writes is kept waiting by it.
_CHECKPOINT_MILLISECONDS: Final = 50
# As stored, every answer that is chosen is as long as every other.
_LETTERS: Final[Mapping[str, str]] = {"yes": "y", "no": "n"}
_ANSWERS: Final[Mapping[str, str]] = {letter: answer for answer, letter in _LETTERS.items()}


def put(
    db: Database, survey: Survey, asked: tuple[SurveyQuestion, str], side: Side, answer: str
) -> None:
    """Store an answer in the place of the one that the same person gave before.

    Args:
        asked: The question, and who answers it as `data.keys.answerer` says.
        answer: One of those that are offered, or words as typed.
    """
    question, answerer = asked
    stored = answer if question.kind == "text" else _LETTERS.get(answer, answer)
    values = _named(survey, question, answerer) | {"side": side, "answer": stored}
    added = db.execute(_ADD, values)
    if added.rowcount != 1:
        db.execute(_CHANGE, values)
    elif question.position == FIRST:
        db.execute(_ONE_MORE[side], _keys(survey))


def remove(db: Database, survey: Survey, question: SurveyQuestion, answerer: str) -> None:
    """Take back an answer; harmless where there is none."""
    sql = f"DELETE FROM survey_replies {_ONE}"  # noqa: S608  # a constant
    db.execute(sql, _named(survey, question, answerer))


def given(db: Database, survey: Survey, question: SurveyQuestion, answerer: str) -> str | None:
    """What a person answered; None: nothing."""
    sql = f"SELECT answer FROM survey_replies {_ONE}"  # noqa: S608  # a constant
    row = next(iter(db.query(sql, _named(survey, question, answerer))), None)
    return None if row is None else _read(question, row["answer"])


def so_far(db: Database, survey: Survey) -> dict[Side, int]:
    """How many of each side answered the first question."""
    sql = """
        SELECT running_client AS client, running_vendor AS vendor FROM surveys
        WHERE team_id = :team AND id = :survey
    """
    row = next(iter(db.query(sql, _keys(survey))))
    return {side: int(row[side]) for side in SIDES}


def count_up(db: Database, survey: Survey, *, is_whole: bool = True) -> None:
    """Turn the answers of an open survey into counts and comments; forget them and the roster.

    Args:
        is_whole: All answers that were given are there.
    """
    every = {one.position: _running(db, survey, one) for one in survey.questions}
    for running in every.values():
        beneath = every[FIRST] if running.question.code == "help" else None
        tally = may_keep(running, beneath, joins_comments=survey.joins_comments)
        pulse.keep(db, survey, running.question.position, tally)
    answered: dict[Side, int] = {
        side: sum(every[FIRST].counts.get(side, {}).values()) for side in SIDES
    }
    pulse.end(db, survey, answered if is_whole else None)
    sql = "DELETE FROM survey_replies WHERE team_id = :team AND survey_id = :survey"
    db.execute(sql, _keys(survey))


def empty_log(db: Database) -> bool:
    """Take out of SQLite's log what was deleted; False when somebody reads or writes just now.

    Outside a transaction.
    """
    usual = next(iter(db.query("PRAGMA busy_timeout")))["timeout"]
    db.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_MILLISECONDS}")
    try:
        row = next(iter(db.query("PRAGMA wal_checkpoint(TRUNCATE)")))
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")
    return bool(row["busy"] == 0)


def _running(db: Database, survey: Survey, question: SurveyQuestion) -> Running:
    at = _keys(survey) | {"position": question.position}
    if question.kind == "text":
        return _running_words(question, list(db.query(_WORDS, at)))
    counts: dict[Side, dict[str, int]] = {}
    for row in db.query(_COUNTED, at):
        counts.setdefault(row["side"], {})[_read(question, row["answer"])] = int(row["answers"])
    return Running(question=question, counts=counts)


def _running_words(question: SurveyQuestion, rows: list[dict[str, Any]]) -> Running:
    words: dict[Side, list[str]] = {}
    for row in rows:
        words.setdefault(row["side"], []).append(row["answer"])
    counts = {side: {"": len(said)} for side, said in words.items()}
    return Running(question=question, counts=counts, words=words)


def _read(question: SurveyQuestion, stored: str) -> str:
    return stored if question.kind == "text" else _ANSWERS.get(stored, stored)


def _named(survey: Survey, question: SurveyQuestion, answerer: str) -> dict[str, object]:
    return _keys(survey) | {"position": question.position, "answerer": answerer}


def _keys(survey: Survey) -> dict[str, object]:
    return {"team": survey.team_id, "survey": survey.id}


_OF_QUESTION: Final = """
    FROM survey_replies
    WHERE team_id = :team AND survey_id = :survey AND position = :position
"""
_ONE: Final = """
    WHERE team_id = :team AND survey_id = :survey AND position = :position
        AND answerer = :answerer
"""
_WORDS: Final = f"SELECT side, answer {_OF_QUESTION}"  # a constant
_COUNTED: Final = f"""
    SELECT side, answer, COUNT(*) AS answers {_OF_QUESTION} GROUP BY side, answer
"""  # a constant
_ADD: Final = """
    INSERT INTO survey_replies (team_id, survey_id, position, answerer, side, answer)
    VALUES (:team, :survey, :position, :answerer, :side, :answer)
    ON CONFLICT (team_id, survey_id, position, answerer) DO NOTHING
"""
_CHANGE: Final = f"UPDATE survey_replies SET answer = :answer {_ONE}"  # noqa: S608  # a constant
_ONE_MORE: Final[Mapping[Side, str]] = {
    side: f"""
        UPDATE surveys SET running_{side} = running_{side} + 1
        WHERE team_id = :team AND id = :survey
    """  # noqa: S608  # one of two words of ours
    for side in SIDES
}
