"""What could be said to somebody in their daily message: ids by kind, in one look at all tables."""

from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from data.away import LED_AND_AWAY
from data.moments import to_text

_SURVEY_OPEN: Final = timedelta(days=6)
# A survey is open for days, a draft stands for days: so the newest are found by index.
_SURVEY_LASTS: Final = timedelta(days=30)
_DRAFT_LASTS: Final = timedelta(days=14)
# From the Monday of a week until it is told, even where nobody works for a week.
_TOLD_WITHIN: Final = timedelta(days=21)

_LEADS: Final = """
    members m INDEXED BY members_by_person
    WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL AND m.role = 'lead'
"""
_SIGNS: Final = f"""
    SELECT 'owed' AS kind, '' AS id, '' AS at WHERE EXISTS (
        SELECT 1 FROM commitments INDEXED BY commitments_by_owner
        WHERE team_id = :team AND owner_id = :person AND closed_at IS NULL)
    UNION ALL
    SELECT 'stand_in', '', '' WHERE EXISTS (
        SELECT 1 FROM away a INDEXED BY away_by_stand_in
        WHERE a.team_id = :team AND a.stand_in = :person AND a.until_at > :now
            AND a.from_at <= :now
    ) OR EXISTS (
        SELECT 1 FROM {LED_AND_AWAY} AND a.from_at <= :now)
    UNION ALL
    SELECT 'hand_over', commitment_id, changed_at FROM hand_overs INDEXED BY hand_overs_to
    WHERE team_id = :team AND to_id = :person AND state = 'asked'
    UNION ALL
    SELECT 'kept', commitment_id, changed_at FROM hand_overs INDEXED BY hand_overs_from
    WHERE team_id = :team AND from_id = :person AND state = 'refused' AND changed_at >= :since
    UNION ALL
    SELECT 'returned', a.id, a.until_at FROM away a INDEXED BY away_by_person
    WHERE a.team_id = :team AND a.person_id = :person AND a.until_at <= :now
        AND a.until_at >= :since
    UNION ALL
    SELECT 'looks_done', c.id, '' FROM commitments c INDEXED BY commitments_next
    WHERE c.team_id = :team AND c.owner_id = :person AND c.closed_at IS NULL
        AND c.next_at IS NULL AND EXISTS (
            SELECT 1 FROM journal j
            WHERE j.team_id = c.team_id AND j.subject_kind = 'commitment'
                AND j.subject_id = c.id AND j.verb = 'deliverable_looks_done'
                AND j.at >= (
                    SELECT MAX(d.changed_at) FROM commitment_dates d
                    WHERE d.team_id = c.team_id AND d.commitment_id = c.id))
    UNION ALL
    SELECT 'written', t.occurrence_id, t.closes_at
    FROM written_turns t INDEXED BY written_turns_by_partnership
    WHERE t.team_id = :team AND t.closes_at > :now AND t.partnership_id IN (
        SELECT m.partnership_id FROM members m INDEXED BY members_by_person
        WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL
            AND m.role IN ('lead', 'member'))
        AND NOT EXISTS (
            SELECT 1 FROM written_answers a
            WHERE a.team_id = t.team_id AND a.occurrence_id = t.occurrence_id
                AND a.person_id = :person)
    UNION ALL
    SELECT DISTINCT 'sponsors', n.commitment_id, ''
    FROM sponsor_notices n INDEXED BY sponsor_notices_by_partnership
    WHERE n.team_id = :team AND n.changed_at >= :since AND n.partnership_id IN (
        SELECT m.partnership_id FROM members m INDEXED BY members_by_person
        WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL
            AND m.role IN ('lead', 'member', 'sponsor'))
    UNION ALL
    SELECT 'survey', s.id, s.closes_at FROM surveys s INDEXED BY surveys_by_partnership
    WHERE s.team_id = :team AND s.opened_at >= :asked AND s.state = 'open' AND s.closes_at > :now
        AND s.partnership_id IN (
            SELECT m.partnership_id FROM members m INDEXED BY members_by_person
            WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL)
        AND EXISTS (
            SELECT 1 FROM survey_roster r
            WHERE r.team_id = s.team_id AND r.survey_id = s.id AND r.person_id = :person)
    UNION ALL
    SELECT 'declined', id, closed_at FROM commitments INDEXED BY commitments_by_author
    WHERE team_id = :team AND created_by = :person AND closed_at >= :since
        AND state = 'declined' AND owner_id <> :person
    UNION ALL
    SELECT 'other_date', c.id, c.created_at FROM commitments c INDEXED BY commitments_by_author
    WHERE c.team_id = :team AND c.created_by = :person AND c.closed_at IS NULL
        AND c.state = 'accepted' AND c.moves = 0 AND c.owner_id <> :person
        AND EXISTS (
            SELECT 1 FROM commitment_dates d
            WHERE d.team_id = c.team_id AND d.commitment_id = c.id AND d.due_at = c.due_at
                AND d.changed_by = c.owner_id AND d.old_due_at IS NOT NULL
                AND d.changed_at >= :since)
    UNION ALL
    SELECT 'review', c.id, c.closed_at FROM commitments c INDEXED BY commitments_by_author
    WHERE c.team_id = :team AND c.created_by = :person AND c.closed_at >= :since
        AND c.state = 'done' AND c.review IS NULL AND c.review_until > :now
    UNION ALL
    SELECT 'thanks', id, reviewed_at FROM commitments INDEXED BY commitments_approved
    WHERE team_id = :team AND owner_id = :person AND review = 'approved' AND reviewed_at >= :since
"""  # noqa: S608  # the part is a constant
_OF_LEADS: Final = f"""
    UNION ALL
    SELECT 'review', c.id, c.closed_at FROM commitments c INDEXED BY commitments_delivered
    WHERE c.team_id = :team AND c.partnership_id IN (SELECT m.partnership_id FROM {_LEADS})
        AND c.state = 'done' AND c.review IS NULL AND c.review_until IS NOT NULL
        AND c.review_until > :now AND c.created_by <> :person
    UNION ALL
    SELECT DISTINCT 'raised', r.commitment_id, ''
    FROM ladder_raised r INDEXED BY ladder_raised_by_partnership
    WHERE r.team_id = :team AND r.partnership_id IN (SELECT m.partnership_id FROM {_LEADS})
        AND r.tell_at >= :since AND r.tell_at <= :now
    UNION ALL
    SELECT 'signed', s.id, s.opened_at
    FROM signed_asked a INDEXED BY signed_asked_by_person
    JOIN signed_surveys s ON s.team_id = a.team_id AND s.id = a.survey_id
    WHERE a.team_id = :team AND a.person_id = :person AND s.opened_at >= :opened
        AND COALESCE(s.closed_at, s.closes_at) >= :since
        AND (s.closed_at IS NOT NULL OR s.closes_at > :now)
    UNION ALL
    SELECT 'pulse', s.id, s.closes_at FROM surveys s INDEXED BY surveys_by_partnership
    WHERE s.team_id = :team AND s.partnership_id IN (SELECT m.partnership_id FROM {_LEADS})
        AND s.opened_at >= :opened AND s.state = 'closed'
        AND s.closes_at >= :since AND s.closes_at <= :now
    UNION ALL
    SELECT 'summary', s.partnership_id, s.settled_at FROM summaries s
    WHERE s.team_id = :team AND s.partnership_id IN (SELECT m.partnership_id FROM {_LEADS})
        AND s.week_on >= :told_week AND s.told_to = 'leads' AND s.settled_at >= :since
    UNION ALL
    SELECT 'draft', s.partnership_id, s.due_at FROM summaries s
    WHERE s.team_id = :team AND s.partnership_id IN (SELECT m.partnership_id FROM {_LEADS})
        AND s.week_on >= :week AND s.state = 'planned' AND s.due_at > :now
"""  # noqa: S608  # the part is a constant above


def signs(  # noqa: PLR0913  # whether they lead anywhere stands beside who it is
    db: Database,
    team_id: str,
    person_id: str,
    since: datetime,
    now: datetime,
    *,
    leads: bool,
) -> dict[str, tuple[str, ...]]:
    """By kind, oldest first; a kind of which there is nothing is left out.

    ``owed``: the person owes anything; its one id is empty. ``stand_in``: somebody is away for
    whom the person may be asked; likewise. ``returned``: absences of the person that have ended.
    ``hand_over``: what the person is asked to take over. ``kept``: what nobody took from them.
    ``looks_done``: what of it others
    take for done, said since its date was last changed, as far as its next word was not reckoned
    since. ``written``: check-ins in
    writing that the person has not answered yet. ``survey``: open ones that ask the person.
    ``signed``: those that ask the person as a lead, open or closed of late.
    ``declined``, ``other_date``: what the
    person asked for, and was not taken on, or for another date. ``review``: what was delivered
    and may be theirs to look at. ``thanks``: what of theirs the other side accepted.
    ``sponsors``: of what sponsors are to be told, or were, where the person is of a side.
    ``raised``: what was brought up where the person leads. ``pulse``: surveys that closed
    where the person leads. ``summary``: partnerships that the person leads and of which a week was
    told to the leads alone. ``draft``: partnerships that the person leads and of which a week is
    told next.

    Args:
        since: What happened before is no news.
        leads: The person leads anywhere; else what concerns leads is not looked for.
    """
    sql = f"{_SIGNS}{_OF_LEADS if leads else ''} ORDER BY at, id"
    values = {
        "team": team_id,
        "person": person_id,
        "since": to_text(since),
        "now": to_text(now),
        "asked": to_text(now - _SURVEY_OPEN),
        "opened": to_text(since - _SURVEY_LASTS),
        "told_week": (since - _TOLD_WITHIN).date().isoformat(),
        "week": (now - _DRAFT_LASTS).date().isoformat(),
    }
    found: dict[str, tuple[str, ...]] = {}
    for row in db.query(sql, values):
        found[row["kind"]] = (*found.get(row["kind"], ()), row["id"])
    return found
