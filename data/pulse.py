"""Surveys as stored: running answers without names, order or moment, and what is kept of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.pulse import SHOWN_FROM, Score, Survey, SurveyState, may_keep

Row = Mapping[str, Any]

# So short a wait that nobody who writes is kept waiting by it.
_CHECKPOINT_MILLISECONDS: Final = 50


def insert(
    db: Database, survey: Survey, roster: Sequence[tuple[str, Side]], by: str | None
) -> bool:
    """Store an open survey with the people who are asked (their ids, and sides as they are now).

    Args:
        by: The person who asked; None: its turn had come.

    Returns:
        False when it is there, or its turn has one already.
    """
    added = db.execute(
        """
        INSERT INTO surveys (team_id, id, partnership_id, occurrence_id, question, words, asked_by,
            opened_at, closes_at, state, asked_client, asked_vendor)
        VALUES (:team, :id, :partnership, :turn, :question, :words, :by, :opened, :closes, 'open',
            :client, :vendor)
        ON CONFLICT DO NOTHING
        """,
        {
            "team": survey.team_id,
            "id": survey.id,
            "partnership": survey.partnership_id,
            "turn": survey.occurrence_id,
            "question": survey.question,
            "words": survey.words,
            "by": by,
            "opened": to_text(survey.opened_at),
            "closes": to_text(survey.closes_at),
            "client": survey.asked["client"],
            "vendor": survey.asked["vendor"],
        },
    )
    if added.rowcount != 1:
        return False
    _ask(db, survey, roster)
    return True


def _ask(db: Database, survey: Survey, roster: Sequence[tuple[str, Side]]) -> None:
    for person_id, side in sorted(roster):
        db.execute(
            """
            INSERT INTO survey_roster (team_id, survey_id, person_id, side)
            VALUES (:team, :survey, :person, :side)
            """,
            _keys(survey) | {"person": person_id, "side": side},
        )


def get(db: Database, team_id: str, survey_id: str) -> Survey | None:
    sql = "SELECT * FROM surveys WHERE team_id = :team AND id = :id"
    return next(_surveys(db, db.query(sql, {"team": team_id, "id": survey_id})), None)


def running(db: Database, partnership: Partnership) -> list[Survey]:
    """The surveys that can be answered or are being counted, oldest first."""
    sql = """
        SELECT * FROM surveys
        WHERE team_id = :team AND partnership_id = :partnership AND state <> 'closed'
        ORDER BY opened_at, id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return list(_surveys(db, db.query(sql, values)))


def closed_between(
    db: Database, partnership: Partnership, since: datetime, until: datetime
) -> list[Survey]:
    """The surveys that closed within these moments, oldest first."""
    sql = """
        SELECT * FROM surveys
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'closed'
            AND closes_at >= :since AND closes_at < :until
        ORDER BY closes_at, id
    """
    values = {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "since": to_text(since),
        "until": to_text(until),
    }
    return list(_surveys(db, db.query(sql, values)))


def newest_closed(db: Database, partnership: Partnership) -> Survey | None:
    sql = """
        SELECT * FROM surveys
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'closed'
        ORDER BY closes_at DESC, id LIMIT 1
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return next(_surveys(db, db.query(sql, values)), None)


def weekly_asked(db: Database, partnership: Partnership) -> int:
    """How many questions of the rotation were asked so far."""
    sql = """
        SELECT COUNT(*) AS asked FROM surveys
        WHERE team_id = :team AND partnership_id = :partnership AND occurrence_id IS NOT NULL
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return int(next(iter(db.query(sql, values)))["asked"])


def side_asked(db: Database, survey: Survey, person_id: str) -> Side | None:
    """The side for which a person was asked; None when they were not."""
    sql = """
        SELECT side FROM survey_roster
        WHERE team_id = :team AND survey_id = :survey AND person_id = :person
    """
    rows = db.query(sql, _keys(survey) | {"person": person_id})
    return next((row["side"] for row in rows), None)


def answer(db: Database, survey: Survey, answerer: str, side: Side, score: Score) -> None:
    """Store an answer in the place of the one that the same person gave before."""
    db.execute(
        """
        INSERT INTO survey_answers (team_id, survey_id, answerer, side, score)
        VALUES (:team, :survey, :answerer, :side, :score)
        ON CONFLICT (team_id, survey_id, answerer) DO UPDATE SET score = excluded.score
        """,
        _keys(survey) | {"answerer": answerer, "side": side, "score": str(score)},
    )


def answered_so_far(db: Database, survey: Survey) -> int:
    sql = """
        SELECT COUNT(*) AS answered FROM survey_answers
        WHERE team_id = :team AND survey_id = :survey
    """
    return int(next(iter(db.query(sql, _keys(survey))))["answered"])


def count_up(db: Database, survey: Survey) -> None:
    """Turn the answers of an open survey into counts, and forget them and who was asked."""
    counts = _running_counts(db, survey)
    answered = {side: sum(counts[side].values()) for side in SIDES}
    told = {side: answered[side] if survey.asked[side] >= SHOWN_FROM else None for side in SIDES}
    values = {
        "answered": sum(answered.values()),
        "client": told["client"],
        "vendor": told["vendor"],
    }
    db.execute(
        """
        UPDATE surveys SET state = 'counted', answered = :answered, answered_client = :client,
            answered_vendor = :vendor
        WHERE team_id = :team AND id = :survey
        """,
        _keys(survey) | values,
    )
    for side, scores in may_keep(counts).items():
        for score, count in scores.items():
            _keep(db, survey, side, score, count)
    for table in ("survey_answers", "survey_roster"):
        sql = f"DELETE FROM {table} WHERE team_id = :team AND survey_id = :survey"  # noqa: S608
        db.execute(sql, _keys(survey))


def close(db: Database, survey: Survey) -> None:
    """The results may be drawn."""
    sql = "UPDATE surveys SET state = 'closed' WHERE team_id = :team AND id = :survey"
    db.execute(sql, _keys(survey))


def open_ids(db: Database) -> set[str]:
    """The surveys, of all installations, whose answers are still to be counted."""
    return {row["id"] for row in db.query("SELECT id FROM surveys WHERE state = 'open'")}


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


def _running_counts(db: Database, survey: Survey) -> dict[Side, dict[Score, int]]:
    sql = """
        SELECT side, score, COUNT(*) AS answers FROM survey_answers
        WHERE team_id = :team AND survey_id = :survey GROUP BY side, score ORDER BY side, score
    """
    counts: dict[Side, dict[Score, int]] = {side: {} for side in SIDES}
    for row in db.query(sql, _keys(survey)):
        counts[_side(row)][_score(row)] = int(row["answers"])
    return counts


def _keep(db: Database, survey: Survey, side: Side, score: Score, count: int) -> None:
    db.execute(
        """
        INSERT INTO survey_scores (team_id, survey_id, side, score, answers)
        VALUES (:team, :survey, :side, :score, :answers)
        """,
        _keys(survey) | {"side": side, "score": score, "answers": count},
    )


def _surveys(db: Database, rows: Iterable[Row]) -> Iterator[Survey]:
    return iter([_survey(db, row) for row in rows])


def _survey(db: Database, row: Row) -> Survey:
    state: SurveyState = row["state"]
    answered: dict[Side, int | None] = {
        "client": row["answered_client"],
        "vendor": row["answered_vendor"],
    }
    return Survey(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        occurrence_id=row["occurrence_id"],
        question=row["question"],
        words=row["words"],
        opened_at=from_text(row["opened_at"]),
        closes_at=from_text(row["closes_at"]),
        state=state,
        asked={"client": row["asked_client"], "vendor": row["asked_vendor"]},
        answered=row["answered"],
        answered_by_side={side: n for side, n in answered.items() if n is not None},
        scores={} if state == "open" else _scores(db, row["team_id"], row["id"]),
    )


def _scores(db: Database, team_id: str, survey_id: str) -> dict[Side, dict[Score, int]]:
    sql = """
        SELECT side, score, answers FROM survey_scores
        WHERE team_id = :team AND survey_id = :survey ORDER BY side, score
    """
    found: dict[Side, dict[Score, int]] = {}
    for row in db.query(sql, {"team": team_id, "survey": survey_id}):
        found.setdefault(_side(row), {})[_score(row)] = int(row["answers"])
    return found


def _side(row: Row) -> Side:
    side: Side = row["side"]
    return side


def _score(row: Row) -> Score:
    score: Score = int(row["score"])  # type: ignore[assignment]  # written from a Score
    return score


def _keys(survey: Survey) -> dict[str, object]:
    return {"team": survey.team_id, "survey": survey.id}
