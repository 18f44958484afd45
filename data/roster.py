"""Of whom in a channel Slack has to be asked, and who is in it already; places are in people."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from data.moments import to_text
from domain.partnerships import Partnership


def unread(
    db: Database, partnership: Partnership, slack_ids: Sequence[str], before: datetime
) -> list[str]:
    """Those of whom Slack has told nothing since ``before``: leads first, then in the order given.

    A lead's rights hang on what Slack says about them.
    """
    rows = db.query(
        """
        SELECT p.slack_id, p.refreshed_at >= :before AS fresh, m.role = 'lead' AS leads
        FROM people p LEFT JOIN members m ON m.team_id = p.team_id AND m.person_id = p.id
            AND m.partnership_id = :partnership
        WHERE p.team_id = :team AND p.slack_id IN (SELECT value FROM json_each(:ids))
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "before": to_text(before),
            "ids": json.dumps(list(slack_ids)),
        },
    )
    known = {str(row["slack_id"]): row for row in rows}
    fresh = {slack_id for slack_id, row in known.items() if row["fresh"]}
    lead = {slack_id for slack_id, row in known.items() if row["leads"]}
    left = [slack_id for slack_id in slack_ids if slack_id not in fresh]
    return sorted(left, key=lambda slack_id: slack_id not in lead)


def is_read(db: Database, team_id: str, person_id: str) -> bool:
    """Whether Slack was ever asked about somebody; before, nobody knows who is a guest."""
    sql = """
        SELECT id FROM people
        WHERE team_id = :team AND id = :id AND refreshed_at IS NOT NULL
    """
    return bool(list(db.query(sql, {"team": team_id, "id": person_id})))


def read_people(db: Database, partnership: Partnership) -> frozenset[str]:
    """Our ids of those in the channel about whom Slack was asked."""
    rows = db.query(
        """
        SELECT p.id FROM members m
        JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
        WHERE m.team_id = :team AND m.partnership_id = :partnership AND m.left_at IS NULL
            AND p.refreshed_at IS NOT NULL
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    return frozenset(str(row["id"]) for row in rows)


def touch(db: Database, team_id: str, person_id: str, now: datetime) -> None:
    """Slack was asked about somebody, and told nothing."""
    db.execute(
        "UPDATE people SET refreshed_at = :now WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id, "now": to_text(now)},
    )


def present(db: Database, partnership: Partnership) -> dict[str, str]:
    """Everybody in the channel as far as we know: our id by Slack id."""
    rows = db.query(
        """
        SELECT p.slack_id, p.id FROM members m
        JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
        WHERE m.team_id = :team AND m.partnership_id = :partnership AND m.left_at IS NULL
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    return {str(row["slack_id"]): str(row["id"]) for row in rows}
