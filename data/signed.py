"""Surveys that leads answer openly, as stored."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, to_text
from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse_questions import SurveyQuestion
from domain.signed import Purpose, SignedAnswer, SignedSurvey

Row = Mapping[str, Any]


def insert(db: Database, survey: SignedSurvey) -> None:
    db.execute(
        """
        INSERT INTO signed_surveys (team_id, id, partnership_id, purpose, opened_at, closes_at)
        VALUES (:team, :survey, :partnership, :purpose, :opened, :closes)
        """,
        _keys(survey)
        | {
            "partnership": survey.partnership_id,
            "purpose": survey.purpose,
            "opened": to_text(survey.opened_at),
            "closes": to_text(survey.closes_at),
        },
    )
    for one in survey.questions:
        db.execute(
            """
            INSERT INTO signed_questions (team_id, survey_id, position, code, kind, words)
            VALUES (:team, :survey, :position, :code, :kind, :words)
            """,
            _keys(survey)
            | {"position": one.position, "code": one.code, "kind": one.kind, "words": one.words},
        )
    for person_id, side in sorted(survey.asked.items()):
        db.execute(
            """
            INSERT INTO signed_asked (team_id, survey_id, person_id, side)
            VALUES (:team, :survey, :person, :side)
            """,
            _keys(survey) | {"person": person_id, "side": side},
        )


def answer(db: Database, survey: SignedSurvey, person_id: str, answers: Mapping[int, str]) -> None:
    """Put a lead's answers, by position, in the place of all they gave before."""
    own = _keys(survey) | {"person": person_id}
    db.execute(
        """
        DELETE FROM signed_answers
        WHERE team_id = :team AND survey_id = :survey AND person_id = :person
        """,
        own,
    )
    for position, given in sorted(answers.items()):
        db.execute(
            """
            INSERT INTO signed_answers (team_id, survey_id, position, person_id, answer)
            VALUES (:team, :survey, :position, :person, :answer)
            """,
            own | {"position": position, "answer": given},
        )


def close(db: Database, survey: SignedSurvey, now: datetime) -> bool:
    """No answer is taken any more; False when it is closed already."""
    closed = db.execute(
        """
        UPDATE signed_surveys SET closed_at = :now
        WHERE team_id = :team AND id = :survey AND closed_at IS NULL
        """,
        _keys(survey) | {"now": to_text(now)},
    )
    return closed.rowcount == 1


def get(db: Database, team_id: str, survey_id: str) -> SignedSurvey | None:
    sql = "SELECT * FROM signed_surveys WHERE team_id = :team AND id = :id"
    return next(_surveys(db, db.query(sql, {"team": team_id, "id": survey_id})), None)


def newest(db: Database, partnership: Partnership, purpose: Purpose) -> SignedSurvey | None:
    """The last one that was opened for a purpose."""
    sql = """
        SELECT * FROM signed_surveys
        WHERE team_id = :team AND partnership_id = :partnership AND purpose = :purpose
        ORDER BY opened_at DESC, id LIMIT 1
    """
    values = {"team": partnership.team_id, "partnership": partnership.id, "purpose": purpose}
    return next(_surveys(db, db.query(sql, values)), None)


def weekly_asked(db: Database, partnership: Partnership) -> int:
    """How many of the weekly ones were asked so far."""
    sql = """
        SELECT COUNT(*) AS asked FROM signed_surveys
        WHERE team_id = :team AND partnership_id = :partnership AND purpose = 'weekly'
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return int(next(iter(db.query(sql, values)))["asked"])


def running_of(db: Database, partnership: Partnership, person_id: str) -> list[SignedSurvey]:
    """Those that ask a lead and are not closed, oldest first."""
    sql = """
        SELECT s.* FROM signed_surveys s
        JOIN signed_asked a ON a.team_id = s.team_id AND a.survey_id = s.id
        WHERE s.team_id = :team AND s.partnership_id = :partnership AND s.closed_at IS NULL
            AND a.person_id = :person
        ORDER BY s.opened_at, s.id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id, "person": person_id}
    return list(_surveys(db, db.query(sql, values)))


def _surveys(db: Database, rows: Iterable[Row]) -> Iterator[SignedSurvey]:
    return iter([_survey(db, row) for row in rows])


def _survey(db: Database, row: Row) -> SignedSurvey:
    at = {"team": row["team_id"], "survey": row["id"]}
    asked: dict[str, Side] = {one["person_id"]: one["side"] for one in db.query(_ASKED, at)}
    return SignedSurvey(
        team_id=row["team_id"],
        id=row["id"],
        partnership_id=row["partnership_id"],
        purpose=row["purpose"],
        questions=tuple(_question(one) for one in db.query(_QUESTIONS, at)),
        opened_at=from_text(row["opened_at"]),
        closes_at=from_text(row["closes_at"]),
        asked=asked,
        answers=tuple(_answer(one) for one in db.query(_ANSWERS, at)),
        closed_at=maybe_from(row["closed_at"]),
    )


def _question(row: Row) -> SurveyQuestion:
    return SurveyQuestion(
        position=row["position"], code=row["code"], kind=row["kind"], words=row["words"]
    )


def _answer(row: Row) -> SignedAnswer:
    return SignedAnswer(
        person_id=row["person_id"],
        name=row["name"] or "",
        side=row["side"],
        position=row["position"],
        answer=row["answer"],
    )


def _keys(survey: SignedSurvey) -> dict[str, object]:
    return {"team": survey.team_id, "survey": survey.id}


_ASKED = """
    SELECT person_id, side FROM signed_asked
    WHERE team_id = :team AND survey_id = :survey ORDER BY person_id
"""
_QUESTIONS = """
    SELECT * FROM signed_questions WHERE team_id = :team AND survey_id = :survey ORDER BY position
"""
_ANSWERS = """
    SELECT n.person_id, n.position, n.answer, a.side, p.name
    FROM signed_answers n
    JOIN signed_asked a
        ON a.team_id = n.team_id AND a.survey_id = n.survey_id AND a.person_id = n.person_id
    JOIN people p ON p.team_id = n.team_id AND p.id = n.person_id
    WHERE n.team_id = :team AND n.survey_id = :survey
    ORDER BY n.position, a.side, n.person_id
"""
