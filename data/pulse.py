"""Surveys as stored: what they ask, whom, and their results; running answers are not here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse import Survey, SurveyState, Tally
from domain.pulse_questions import SurveyQuestion
from domain.pulse_results import Group

Row = Mapping[str, Any]

_COUNTS: Final = """
    SELECT position, side, answer, answers FROM survey_counts
    WHERE team_id = :team AND survey_id = :survey ORDER BY position, side, answer
"""
_COMMENTS: Final = """
    SELECT position, side, words FROM survey_comments
    WHERE team_id = :team AND survey_id = :survey ORDER BY position, side, number
"""
_KEEP_COUNT: Final = """
    INSERT INTO survey_counts (team_id, survey_id, position, side, answer, answers)
    VALUES (:team, :survey, :position, :side, :answer, :answers)
"""
_KEEP_COMMENT: Final = """
    INSERT INTO survey_comments (team_id, survey_id, position, side, number, words)
    VALUES (:team, :survey, :position, :side, :number, :words)
"""


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
        INSERT INTO surveys (team_id, id, partnership_id, occurrence_id, asked_by, opened_at,
            closes_at, state, asked_client, asked_vendor)
        VALUES (:team, :id, :partnership, :turn, :by, :opened, :closes, 'open', :client, :vendor)
        ON CONFLICT DO NOTHING
        """,
        {
            "team": survey.team_id,
            "id": survey.id,
            "partnership": survey.partnership_id,
            "turn": survey.occurrence_id,
            "by": by,
            "opened": to_text(survey.opened_at),
            "closes": to_text(survey.closes_at),
            "client": survey.asked["client"],
            "vendor": survey.asked["vendor"],
        },
    )
    if added.rowcount != 1:
        return False
    for question in survey.questions:
        _add_question(db, survey, question)
    _ask(db, survey, roster)
    return True


def _add_question(db: Database, survey: Survey, question: SurveyQuestion) -> None:
    db.execute(
        """
        INSERT INTO survey_questions (team_id, survey_id, position, code, kind, words, low, high)
        VALUES (:team, :survey, :position, :code, :kind, :words, :low, :high)
        """,
        _keys(survey)
        | {
            "position": question.position,
            "code": question.code,
            "kind": question.kind,
            "words": question.words,
            "low": question.low or None,
            "high": question.high or None,
        },
    )


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
    """The surveys that closed within these moments, oldest first, without what was written."""
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
    return [_survey(db, row, with_words=False) for row in db.query(sql, values)]


def newest_closed(
    db: Database, partnership: Partnership, *, is_told: bool = False
) -> Survey | None:
    """The newest results; ``is_told``: that the channel has read.

    Of surveys that closed together, as those of one day do, the one that was asked last.
    """
    told = "AND told_at IS NOT NULL" if is_told else ""
    sql = f"""
        SELECT * FROM surveys
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'closed' {told}
        ORDER BY closes_at DESC, opened_at DESC, rowid DESC LIMIT 1
    """  # noqa: S608
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


def end(db: Database, survey: Survey, answered: Mapping[Side, int] | None) -> None:
    """Answers are no longer taken; how many there were is kept as far as it may be told.

    Args:
        answered: By side; None: nobody knows, because some were lost.
    """
    is_hidden = answered is None or survey.hides_a_count
    known = answered or {}
    told = {side: n for side, n in known.items() if survey.may_count(side, n)}
    values = {
        "answered": None if is_hidden else sum(known.values()),
        "client": told.get("client"),
        "vendor": told.get("vendor"),
    }
    db.execute(
        """
        UPDATE surveys SET state = 'counted', answered = :answered, answered_client = :client,
            answered_vendor = :vendor, running_client = 0, running_vendor = 0
        WHERE team_id = :team AND id = :survey
        """,
        _keys(survey) | values,
    )
    sql = "DELETE FROM survey_roster WHERE team_id = :team AND survey_id = :survey"
    db.execute(sql, _keys(survey))


def keep(db: Database, survey: Survey, position: int, tally: Tally) -> None:
    """Store the results of one question."""
    at = _keys(survey) | {"position": position}
    for group, counts in tally.counts.items():
        for answer, count in counts.items():
            db.execute(_KEEP_COUNT, at | {"side": group, "answer": answer, "answers": count})
    for side, comments in tally.comments.items():
        for number, words in enumerate(comments, start=1):
            db.execute(_KEEP_COMMENT, at | {"side": side, "number": number, "words": words})


def close(db: Database, survey: Survey) -> None:
    """The results may be drawn."""
    sql = "UPDATE surveys SET state = 'closed' WHERE team_id = :team AND id = :survey"
    db.execute(sql, _keys(survey))


def tell(db: Database, survey: Survey, now: datetime) -> None:
    """The channel reads the results from now on."""
    sql = "UPDATE surveys SET told_at = :now WHERE team_id = :team AND id = :survey"
    db.execute(sql, _keys(survey) | {"now": to_text(now)})


def open_ids(db: Database) -> set[str]:
    """The surveys, of all installations, whose answers are still to be counted."""
    return {row["id"] for row in db.query("SELECT id FROM surveys WHERE state = 'open'")}


def _surveys(db: Database, rows: Iterable[Row]) -> Iterator[Survey]:
    return iter([_survey(db, row) for row in rows])


def _survey(db: Database, row: Row, *, with_words: bool = True) -> Survey:
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
        questions=_questions(db, row["team_id"], row["id"]),
        opened_at=from_text(row["opened_at"]),
        closes_at=from_text(row["closes_at"]),
        state=state,
        asked={"client": row["asked_client"], "vendor": row["asked_vendor"]},
        answered=row["answered"],
        answered_by_side={side: n for side, n in answered.items() if n is not None},
        results={} if state == "open" else _results(db, row, with_words=with_words),
    )


def _questions(db: Database, team_id: str, survey_id: str) -> tuple[SurveyQuestion, ...]:
    sql = """
        SELECT * FROM survey_questions WHERE team_id = :team AND survey_id = :survey
        ORDER BY position
    """
    rows = db.query(sql, {"team": team_id, "survey": survey_id})
    return tuple(
        SurveyQuestion(
            position=row["position"],
            code=row["code"],
            kind=row["kind"],
            words=row["words"],
            low=row["low"] or "",
            high=row["high"] or "",
        )
        for row in rows
    )


def _results(db: Database, survey: Row, *, with_words: bool) -> dict[int, Tally]:
    values = {"team": survey["team_id"], "survey": survey["id"]}
    counts: dict[int, dict[Group, dict[str, int]]] = {}
    for row in db.query(_COUNTS, values):
        found = counts.setdefault(row["position"], {})
        found.setdefault(row["side"], {})[row["answer"]] = row["answers"]
    comments: dict[int, dict[Group, tuple[str, ...]]] = {}
    for row in db.query(_COMMENTS, values) if with_words else ():
        said = comments.setdefault(row["position"], {})
        said[row["side"]] = (*said.get(row["side"], ()), row["words"])
    return {
        position: Tally(counts=counts.get(position, {}), comments=comments.get(position, {}))
        for position in sorted(counts.keys() | comments.keys())
    }


def _keys(survey: Survey) -> dict[str, object]:
    return {"team": survey.team_id, "survey": survey.id}
